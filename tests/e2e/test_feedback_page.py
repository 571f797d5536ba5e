"""The released feedback page in a real browser: for everybody, on every width, in forced colours, and on paper."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.answers import Entry, Reading, Record
from grader.gradebook.marks import Mark
from grader.gradebook.pages import page as feedback
from grader.messages import ENGLISH
from tests.e2e.conftest import LEARNER
from tests.sample_quiz import KEYS_WITH_ORDER, QUIZ, SHEET, WITH_ORDER, right, wrong

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 2
TEXT = f"Only the court can end it.\n{LONG}"
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of each sort: all wrong with a person's words, all right, and one for a file that was damaged."""
    folder = tmp_path_factory.mktemp("feedback")
    marks = {"w9": Mark(0.0, WITH_ORDER.item("w9").points, manual=0.0, comment=f"See {LONG}.")}
    damaged = Reading(None, ("Your answers file is damaged.",), False)
    written = {"wrong": (_answered(wrong), marks), "right": (_answered(right), {}), "damaged": (damaged, {})}
    for name, (reading, given) in written.items():
        html = feedback(
            replace(WITH_ORDER, title=f"Lifting the order {LONG}"), KEYS_WITH_ORDER, reading, LEARNER, given
        )
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return folder


def _answered(how: Callable[[str, str], Any]) -> Reading:
    """An answer to every question but the list to be put in order."""
    items = {}
    for item in SHEET.items:
        given = TEXT if item.kind == "written" else how(item.id, LEARNER)
        items[item.id] = Entry(item.pick(SHEET.salt, LEARNER).variant, given, first=given)
    return Reading(Record(QUIZ, SHEET.version, LEARNER, "2026-11-20T10:00:00+00:00", 1, items))


@pytest.mark.parametrize("name", ["wrong", "right", "damaged"])
@pytest.mark.parametrize(
    ("width", "scheme", "forced"), [(1280, "light", "none"), (360, "dark", "none"), (360, "dark", "active")]
)
def test_the_feedback_page_is_open_to_everybody_fits_the_screen_and_asks_nobody(
    pages: Path, open_page: Open, shot: Callable[..., None], name: str, width: int, scheme: str, forced: str
) -> None:
    looks = {"color_scheme": scheme, "forced_colors": forced}
    page = open_page(f"file://{pages}/{name}.html", viewport={"width": width, "height": 1600}, **looks)
    for folded in page.locator("summary").all():
        folded.click()
    shot(page, f"feedback-{name}-{width}-{scheme}-{forced}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.outside == []


def test_a_story_and_the_reasons_unfold_by_keyboard_alone(pages: Path, open_page: Open) -> None:
    page = open_page(f"file://{pages}/wrong.html")
    first = page.get_by_role("region").first
    expect(first.get_by_text("The order binds Kim.")).to_be_hidden()
    reached = []
    while ENGLISH["whatif-reasons"] not in reached:
        page.keyboard.press("Tab")
        reached.append(page.locator(":focus").inner_text())
    page.keyboard.press("Enter")
    assert reached[0] == ENGLISH["story"]
    expect(first.get_by_text("The order binds Kim.")).to_be_visible()


def test_on_paper_everything_is_unfolded_and_dark_on_white_whatever_the_screen_prefers(
    pages: Path, open_page: Open, shot: Callable[..., None]
) -> None:
    page = open_page(f"file://{pages}/wrong.html", color_scheme="dark")
    light_on_dark = ink(page)
    page.emulate_media(media="print")
    shot(page, "feedback-on-paper")
    assert sum(light_on_dark) > 600
    assert ink(page) == [0, 0, 0]
    for folded in page.locator("details").all():
        expect(folded.locator(":scope > :not(summary)").first).to_be_visible()
        assert folded.evaluate("node => node.getBoundingClientRect().height > 2 * node.firstChild.offsetHeight")
    assert "https://law.example" in page.locator("main a").first.evaluate("a => getComputedStyle(a, '::after').content")


def ink(page: Any) -> list[int]:
    """The red, green and blue of the text, as the page shows it."""
    return list(page.evaluate("getComputedStyle(document.body).color.match(/\\d+/g).slice(0, 3).map(Number)"))
