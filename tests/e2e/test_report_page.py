"""The class report in a real browser: for everybody, on every width, on paper, and with nobody else to talk to."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from grader.report import gather, write
from tests.sample_report import a_class, make_course, simulated

pytestmark = pytest.mark.browser
axe = pytest.importorskip("axe_playwright_python.sync_playwright")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    quiz = simulated(["final"])["final"]
    course = make_course(folder / "course", [quiz.built])
    with pytest.MonkeyPatch.context() as patch:
        people = a_class(course, quiz, 60, sure=True)
        patch.setattr(gather, "register", lambda *_: people)
        for name, shared in (("own", False), ("shared", True)):
            (folder / f"{name}.html").write_text(write.report(course, "final", date(2030, 1, 5), shared=shared).page)
        patch.setattr(gather, "register", lambda *_: people[:7])
        (folder / "small.html").write_text(write.report(course, "final", date(2030, 1, 5)).page)
    return folder


@pytest.mark.parametrize("name", ["own", "shared", "small"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_report_is_open_to_everybody_fits_the_screen_and_asks_nobody(
    site: Path, open_page: Callable[..., Any], shot: Callable[[Any, str], None], name: str, width: int, scheme: str
) -> None:
    page = open_page(f"file://{site}/{name}.html", viewport={"width": width, "height": 1600}, color_scheme=scheme)
    shot(page, f"report-{name}-{width}-{scheme}")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.outside == []


def test_the_labels_of_the_pictures_do_not_touch(site: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(f"file://{site}/own.html", viewport={"width": 360, "height": 1600})
    boxes = (
        page.locator("svg")
        .first.locator("text")
        .evaluate_all(
            "all => all.filter(t => t.textContent).map(t => t.getBoundingClientRect()).map(b => [b.x, b.right, b.y])"
        )
    )
    by_line: dict[int, list[tuple[float, float]]] = {}
    for left, right, top in boxes:
        by_line.setdefault(round(top), []).append((left, right))
    assert max(map(len, by_line.values())) >= 11
    for line in by_line.values():
        line.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(line))


def test_on_paper_everything_is_open_and_nothing_scrolls(site: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(f"file://{site}/own.html")
    page.emulate_media(media="print")
    assert page.locator(".scroll").first.evaluate("one => getComputedStyle(one).overflowX") == "visible"
    assert page.get_by_text("How many people have which score").is_visible()
    assert "http" in page.locator(".pair a").first.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.locator("nav").is_hidden()
