"""Everything around the questions by keyboard alone, in every front end: answers file, language, help, the exit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.messages import ENGLISH, WORDS
from tests.e2e.conftest import Front, question, saved
from tests.e2e.test_care_bar import AWAY, bar, corner, has_left, lead_nowhere
from tests.e2e.test_seat import press, tab_to

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
FAR = 90  # keys: from one end of our page to the other


def test_answers_file_language_help_and_the_way_out_are_reached_by_keyboard_alone(
    every_front: Front, tmp_path: Path, shot: Callable[..., None]
) -> None:
    page = every_front.open(every_front.quiz("keys-around"))
    lead_nowhere(page)
    panel = page.get_by_role("region", name=WORDS["answers-title"])
    judge, clerk = (
        question(page, "w3").get_by_label("The judge", exact=True),
        question(page, "w3").get_by_label("A clerk"),
    )

    go_and_press(page, judge, "Space")
    saved(page, "w3", 1)
    file = downloaded(page, panel, tmp_path)
    go_and_press(page, clerk, "Space")
    saved(page, "w3", 1)

    load(page, panel, file)
    expect(panel.get_by_role("button", name=WORDS["keep"])).to_be_focused()
    go_and_press(page, panel.get_by_role("button", name=WORDS["replace"]), "Enter")
    expect(clerk).not_to_be_checked()
    expect(panel.get_by_role("button", name=WORDS["load"])).to_be_focused()
    go_and_press(page, panel.get_by_role("button", name=WORDS["undo"]), "Enter")
    expect(clerk).to_be_checked()
    expect(panel.get_by_role("button", name=WORDS["load"])).to_be_focused()

    go_and_press(page, panel.get_by_role("link", name="Question 2 of 6"), "Enter")
    expect(question(page, "w2").get_by_role("radio").first).to_be_focused()

    go_and_press(page, bar(page).get_by_role("button", name="Español"), "Enter")
    expect(question(page, "w3").locator(".grader-number")).to_contain_text("Pregunta 3 de 6")
    expect(bar(page).get_by_role("button", name="Español")).to_be_focused()
    go_and_press(page, bar(page).get_by_role("button", name="English"), "Enter")
    expect(question(page, "w3").locator(".grader-number")).to_contain_text("Question 3 of 6")
    expect(clerk).to_be_checked()

    go_and_press(page, bar(page).get_by_text(ENGLISH["care-lines"], exact=True), "Enter")
    call = bar(page).get_by_role("link", name="Call 1-800-799-7233")
    tab_to(page, call)
    expect(call).to_be_in_viewport()
    shot(page, f"keyboard-{every_front.name}")
    assert page.outside == []
    press(page, "Escape", "Escape", "Escape")
    has_left(page)


def test_the_way_out_is_the_first_thing_that_tab_leads_to(every_front: Front) -> None:
    page = every_front.open(every_front.quiz("keys-first"))
    lead_nowhere(page)
    page.evaluate("document.activeElement.blur()")
    go_and_press(page, corner(page), "Enter")
    has_left(page)
    assert all(address.startswith(AWAY) for address in page.outside)


def go_and_press(page: Any, target: Any, key: str) -> None:
    """Go there with Tab alone, and press a key."""
    tab_to(page, target, within=FAR)
    expect(target).to_be_focused()
    press(page, key)


def downloaded(page: Any, panel: Any, folder: Path) -> Path:
    """The answers file as the Download button gives it."""
    with page.expect_download() as download:
        go_and_press(page, panel.get_by_role("button", name=WORDS["download"]), "Enter")
    file = folder / "taken.json"
    download.value.save_as(file)
    return file


def load(page: Any, panel: Any, file: Path) -> None:
    """Choose a file in the window that the browser itself opens."""
    with page.expect_file_chooser() as chooser:
        go_and_press(page, panel.get_by_role("button", name=WORDS["load"]), "Enter")
    chooser.value.set_files(file)
