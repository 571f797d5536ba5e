"""Explorer, progress and pictures by keyboard alone and open to everybody, wherever a notebook opens."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from grader.messages import ENGLISH, WORDS, say, speaking
from tests.e2e.conftest import SLOW, Front, Lab, question, saved, with_first_page
from tests.e2e.test_seat import press, serious, tab_to

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
Shot = Callable[..., None]
COLD = 3 * SLOW  # Python starts in the browser


def opened(front: Front, path: str, part: str) -> Any:
    """Open a notebook of the course and wait until a part of it can be used."""
    page = front.open_page(front.address(front.course() / path), viewport={"width": 1280, "height": 3000})
    expect(page.locator(part).first).to_be_visible(timeout=COLD)
    expect(page.locator(".grader-wait")).to_be_hidden(timeout=COLD)
    return page


def test_a_story_is_changed_by_keyboard_alone_and_the_explorer_has_no_serious_barrier(
    every_front: Front, shot: Shot
) -> None:
    page = opened(every_front, "what-if/what-if.ipynb", ".grader-explore")
    told = page.locator(".grader-explore").get_by_role("status")
    choice = page.get_by_label("The story", exact=True)
    choice.focus()
    expect(choice).to_be_focused()
    for story in ("if-the-officer-permits", "invited-to-dinner"):
        page.keyboard.press("i")  # each leads to the next story that begins with this letter
        expect(choice).to_have_value(story)
        expect(choice).to_be_focused()
    change = page.get_by_role("button", name="Who did it: Dana → No")
    expect(change).to_be_visible()
    tab_to(page, change, within=60)
    press(page, "Enter")
    expect(told).to_have_text("The answer is now: No. As told it was: Yes.")
    expect(page.get_by_role("heading", name="The answer now")).to_be_focused()
    press(page, "d", "d", "x", "Tab")
    expect(page.get_by_role("button", name="Undo the last change")).to_be_focused()
    shot(page, f"explorer-{every_front.name}")
    assert serious(page, ".grader-explore") == []
    press(page, "Enter")
    expect(told).to_have_text("The story as it is told. The answer: Yes.")
    assert page.outside == []


def test_progress_leads_to_an_exercise_by_keyboard_alone_and_has_no_serious_barrier(
    every_front: Front, shot: Shot
) -> None:
    page = opened(every_front, "progress/progress.ipynb", ".grader-progress")
    shown = page.locator(".grader-progress").first
    expect(shown).to_contain_text(say("progress-empty"))
    shot(page, f"progress-{every_front.name}")
    assert serious(page, ".grader-progress") == []
    link = shown.get_by_role("rowheader").get_by_role("link").first
    link.focus()
    expect(followed(page, every_front).locator(".grader-question").first).to_be_visible(timeout=COLD)
    assert page.outside == []


def followed(page: Any, front: Front) -> Any:
    """Follow the link that has the focus. Voila and Notebook 7 open what it leads to in a new tab."""
    if front.name in ("lab", "lite"):
        press(page, "Enter")
        return page
    with page.context.expect_page() as other:
        press(page, "Enter")
    return other.value


def test_the_pictures_of_a_case_open_by_keyboard_alone_and_have_no_serious_barrier(
    every_front: Front, shot: Shot
) -> None:
    page = opened(every_front, "practice-duration/duration.ipynb", ".grader-question")
    first = page.locator(".grader-question").first
    first.get_by_text(say("picture-case"), exact=True).focus()
    press(page, "Enter")
    expect(first.get_by_role("img", name=re.compile("^Timeline: "))).to_be_visible()
    words = first.get_by_text(say("picture-words")).first
    tab_to(page, words)
    press(page, "Enter")
    expect(first.locator(".grader-figure ol").first).to_contain_text("The order is made")
    shot(page, f"pictures-{every_front.name}")
    assert serious(page, ".grader-question") == []
    assert page.outside == []


def test_unfolded_help_lines_the_receipt_and_the_answers_panel_have_no_serious_barrier(
    every_front: Front, shot: Shot
) -> None:
    page = every_front.open(every_front.quiz("axe-around"), viewport={"width": 360, "height": 4000})
    question(page, "w3").get_by_label("The judge", exact=True).check()
    saved(page, "w3", 1)
    expect(page.locator(".grader-receipt")).to_contain_text("1 of 6 answers saved at")
    help = page.locator(".grader-care")
    for folded in help.locator("summary").all():
        folded.click()
    help.get_by_label(say("care-place")).select_option("us-ny")
    expect(help.get_by_role("link", name="Call 1-800-942-6906")).to_be_visible()
    shot(page, f"around-{every_front.name}-360")
    for part in (".grader-care", ".grader-receipt", ".grader-answers", "#grader-leave"):
        assert serious(page, part) == []
    assert help.evaluate("node => node.scrollWidth <= node.clientWidth")


@pytest.mark.parametrize("width", [360, 1280])
def test_on_voila_a_learner_goes_from_the_first_page_to_a_reason_by_keyboard_alone(
    voila: Lab, open_page: Callable[..., Any], shot: Shot, width: int
) -> None:
    with_first_page(voila)
    page = open_page(f"{voila.url}/", viewport={"width": width, "height": 1600})
    expect(page).to_have_title(ENGLISH["site-title"])
    expect(page.get_by_role("heading", name=ENGLISH["site-practice"], exact=True)).to_be_visible()
    shot(page, f"voila-first-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    link = page.get_by_role("link", name="Practice: can the protected person lift the order?")
    tab_to(page, link)
    press(page, "Enter")
    first = page.locator(".grader-question").first
    expect(first).to_be_visible()
    expect(page).to_have_title(re.compile("^Practice: can the protected person lift the order"))
    tab_to(page, first.get_by_role("radio").first, within=60)
    press(page, "Space")
    tab_to(page, first.get_by_role("button", name=say("check")))
    press(page, "Enter")
    expect(first.locator(".grader-verdict")).to_be_visible()
    shot(page, f"voila-practice-{width}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.outside == []


def test_on_voila_a_spanish_reader_meets_the_first_page_and_the_wait_in_spanish(
    voila: Lab, open_page: Callable[..., Any], shot: Shot
) -> None:
    with_first_page(voila)
    page = open_page(f"{voila.url}/", locale="es-MX")
    with speaking("es"):
        expect(page).to_have_title(WORDS["site-title"])
        expect(page.get_by_role("heading", level=1)).to_have_text(WORDS["site-title"], use_inner_text=True)
        expect(page.get_by_role("heading", name=WORDS["site-practice"], exact=True)).to_be_visible()
        expect(page.get_by_role("link", name=WORDS["progress-title"])).to_be_visible()
        waiting = f'<span data-in="es" lang="es" hidden>{WORDS["page-wait"]}</span>'
    assert waiting in page.request.get(page.url).text()  # gone from the page once it is drawn
    shot(page, "voila-first-es")
    assert barriers(page) == []
    assert page.outside == []


def barriers(page: Any) -> list[str]:
    """What axe finds on the whole page: on Voila there is nothing of Jupyter’s own around ours."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]
