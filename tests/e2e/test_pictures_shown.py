"""Every kind of picture in a real browser: legible, for everybody, on every width, and the words never overlap."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from grader.bank import Bank
from grader.facts import Ask, Event, Line, Order, Person, Scenario
from grader.law import law
from grader.messages import say
from grader.pictures import Picture, arrows, court_days, figure, timeline
from grader.pictures.bars import Topic, bars
from grader.rules import ask as decide
from grader.scenarios import load
from tests.e2e.conftest import REPOSITORY, Lab

pytestmark = pytest.mark.browser
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
expect = pytest.importorskip("playwright.sync_api").expect
Open = Callable[..., Any]
WIDTHS = pytest.mark.parametrize("width", [360, 768, 1280])
SHOWN = ("both/two-papers", "duration/ten-days", "duration/the-second-renewal", "mutual/each-hit-once",
         "duration/ends-on-a-closed-day", "violations/calling-the-child", "duration/the-missed-hearing")  # fmt: skip
CSS = (REPOSITORY / "grader/static/question.css").read_text(encoding="utf-8")
OVERLAPS = """svg => {
  const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
  const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
  const out = boxes.filter(([, b]) => b.x < -0.5 || b.y < -0.5 || b.x + b.width > width + 0.5
    || b.y + b.height > height + 2);
  const touch = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.5
    && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 4;
  const pairs = boxes.flatMap(([one, a], i) =>
    boxes.slice(i + 1).filter(([, b]) => touch(a, b)).map(([other]) => `${one} / ${other}`));
  return [...out.map(([text]) => `outside: ${text}`), ...pairs];
}"""


def far_and_wide() -> Scenario:
    """Names from right to left, a word that never ends, several people protected, a class of children, a gap."""
    people = {
        "a": Person(name="עדינה בת־שבע"),
        "b": Person(name="Bartholomäus" * 6),
        "c": Person(name="عبد الرحمن"),
        "d": Person(name="<script>alert(1)</script> & Co."),
    }
    facts: list[Order | Event] = [
        Order(id="x", kind="ex-parte", day=date(2026, 1, 5), binds="b", protects=("a", "c"), ends=date(2026, 1, 20)),
        Order(id="y", kind="final", day=date(2026, 2, 2), binds="a", protects=("b", "d"), protects_children_under=16),
        Event(id="call", day=date(2026, 2, 3), did="call", who="b", whom="a", through="c"),
        Event(id="visit", day=date(2026, 2, 3), did="visit", who="c", whom="d"),
    ]
    story = tuple(Line(says="", **{"order" if isinstance(fact, Order) else "event": fact}) for fact in facts)
    return Scenario(id="far", title="A <b>title</b>", topics=(), law=(), people=people, story=story)


def pictures() -> Iterator[Picture]:
    for name in SHOWN:
        family = load(REPOSITORY / f"scenarios/{name}.yaml")
        here = law(family.law[0])
        for scenario in family.variants()[:2]:
            found = {
                one.id: decide(scenario, here, Ask(id="x", rule="duration.last_day", order=one.id))
                for one in scenario.orders
            }
            asked = next((ask.day for ask in family.asks if ask.day), None)
            yield timeline(scenario, here, asked=asked, name=scenario.variant)
            yield timeline(scenario, here, found, asked, name=f"{scenario.variant} with the ends")
            yield arrows(scenario, here, name=scenario.variant)
            yield from filter(None, (court_days(scenario, one, found[one.id], here) for one in scenario.orders))
    yield timeline(far_and_wide())
    yield arrows(far_and_wide())
    yield bars("Practice by topic", [Topic("What breaks an order?", 3, 2, 1, 4), Topic("W" * 90, 0, 0, 0, 0)])


def page_of(shown: list[Picture]) -> str:
    figures = "".join(map(figure, shown))
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Pictures</title><style>{CSS}</style><main><h1>Pictures</h1>"
        f"<div class='grader-paper grader-question'>{figures}</div></main></html>"
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("pictures") / "all.html"
    file.write_text(page_of(list(pictures())), encoding="utf-8")
    return f"file://{file}"


@WIDTHS
def test_every_picture_fits_the_screen_is_legible_and_open_to_everybody(
    address: str, open_page: Open, shot: Callable[..., None], width: int
) -> None:
    page = open_page(address, viewport={"width": width, "height": 2400})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    shot(page, f"pictures-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.locator("svg text").evaluate_all(
        "all => all.map(t => Number(t.getAttribute('font-size')) * t.ownerSVGElement.getScreenCTM().a)"
    )
    assert min(sizes) >= 9.5
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.outside == []


@WIDTHS
def test_no_words_of_a_picture_overlap_or_leave_it(address: str, open_page: Open, width: int) -> None:
    page = open_page(address, viewport={"width": width, "height": 1200})
    shapes = page.locator("svg.grader-picture")
    assert shapes.count() > 40
    assert [found for one in shapes.all() if (found := one.evaluate(OVERLAPS))] == []


def test_no_words_of_any_story_of_the_bank_overlap(tmp_path: Path, open_page: Open) -> None:
    shown = []
    for family in Bank(REPOSITORY).families.values():
        for scenario in family.variants():
            shown += [timeline(scenario, law(family.law[0])), arrows(scenario, law(family.law[0]))]
    file = tmp_path / "bank.html"
    file.write_text(page_of(shown), encoding="utf-8")
    page = open_page(f"file://{file}", viewport={"width": 360, "height": 1200})
    found = page.locator("svg.grader-picture").evaluate_all(f"all => all.map({OVERLAPS})")
    assert len(found) == len(shown) > 300
    assert [pair for pairs in found for pair in pairs] == []


def test_a_picture_has_a_name_and_a_description_and_no_id_stands_twice(address: str, open_page: Open) -> None:
    page = open_page(address)
    image = page.get_by_role("img", name="Counting the days: Ten days").first
    expect(image).to_have_accessible_description(say("picture-desc"))
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_in_forced_colours_everything_is_drawn_in_the_colour_of_text(
    address: str, open_page: Open, shot: Callable[..., None]
) -> None:
    page = open_page(address, forced_colors="active", color_scheme="dark", viewport={"width": 360, "height": 2400})
    shot(page, "pictures-forced")
    colours = page.locator("svg text, svg path, svg rect, svg circle").evaluate_all(
        "all => [...new Set(all.flatMap(e => [getComputedStyle(e).fill, getComputedStyle(e).stroke]))]"
    )
    text = page.locator("figcaption").first.evaluate("e => getComputedStyle(e).color")
    paper = page.locator(".grader-question").evaluate("e => getComputedStyle(e).backgroundColor")
    assert set(colours) == {"none", text}
    assert text != paper


def test_on_paper_the_words_of_a_picture_are_not_folded_away(address: str, open_page: Open) -> None:
    page = open_page(address)
    words = page.locator(".grader-figure ol").first
    expect(words).to_be_hidden()
    page.emulate_media(media="print")
    expect(words).to_be_visible()


def test_names_of_any_kind_stay_names_and_nothing_in_them_runs(address: str, open_page: Open) -> None:
    page = open_page(address)
    page.get_by_text(say("picture-words")).nth(-3).click()
    assert page.locator("svg script, svg b, svg image, svg a").count() == 0
    expect(page.locator("li", has_text="<script>alert(1)</script> & Co.").first).to_be_visible()
    expect(page.locator("svg text", has_text="עדינה").first).to_be_visible()


def test_a_learner_opens_the_picture_of_the_case_and_sees_with_the_answer_how_the_days_were_counted(
    lab: Lab, open_page: Open, shot: Callable[..., None]
) -> None:
    notebook = lab.root / "pictures" / "duration.ipynb"
    notebook.parent.mkdir()
    shutil.copy(REPOSITORY / "notebooks/duration.ipynb", notebook)
    page = open_page(lab.address(notebook))
    question = page.locator(".grader-question").first
    folded = question.get_by_text(say("picture-case"), exact=True)
    expect(folded).to_be_visible()
    image = question.get_by_role("img", name=re.compile("^Timeline: "))
    expect(image).to_be_hidden()
    folded.focus()
    page.keyboard.press("Enter")
    expect(image).to_be_visible()
    expect(question.get_by_role("img", name=re.compile("^Who is bound toward whom: "))).to_be_visible()
    expect(question.get_by_role("img", name=re.compile("^Counting the days: "))).to_have_count(0)
    shot(page, "pictures-lab-before")
    question.get_by_text(say("picture-words")).first.click()
    expect(question.locator(".grader-figure ol").first).to_contain_text("The order is made")
    question.locator("input[type=date]").fill("2026-05-01")
    question.get_by_role("button", name=say("check")).click()
    answer = question.get_by_text(say("picture-answer"), exact=True)
    answer.click()
    expect(question.get_by_role("img", name=re.compile("^Counting the days: "))).to_be_visible()
    expect(question.get_by_role("img", name=re.compile("^Timeline: "))).to_have_count(2)
    assert question.locator(".grader-told svg, .grader-status svg").count() == 0, "a live region would read it all"
    shot(page, "pictures-lab-after")
    assert page.outside == []
