"""The pages of the law in a real browser: for everybody, on every width, and with nobody else to talk to."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from grader.bank import Bank
from grader.lawpages.site import pages, write
from tests.e2e.conftest import REPOSITORY

pytestmark = pytest.mark.browser
axe = pytest.importorskip("axe_playwright_python.sync_playwright")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bank = Bank(REPOSITORY)
    families = bank.stories
    return write(tmp_path_factory.mktemp("law-pages"), pages(families, ("us-ma",), date(2026, 6, 1))).parent


@pytest.mark.parametrize("name", ["index", "us-ma"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_a_page_is_open_to_everybody_fits_the_screen_and_asks_nobody(
    site: Path, open_page: Callable[..., Any], shot: Callable[[Any, str], None], name: str, width: int, scheme: str
) -> None:
    page = open_page(f"file://{site}/{name}.html", viewport={"width": width, "height": 1600}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.outside == []
    shot(page, f"law-{name}-{width}-{scheme}")


def test_on_paper_each_link_shows_its_address_and_nothing_scrolls(site: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(f"file://{site}/us-ma.html")
    page.emulate_media(media="print")
    cited = page.locator(".authorities a").first
    assert "http" in cited.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.locator(".scroll").first.evaluate("one => getComputedStyle(one).overflowX") == "visible"
    assert page.locator(".contents").evaluate("one => getComputedStyle(one).position") == "static"
