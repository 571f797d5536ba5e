"""The pages on which a lawyer checks the law: what they say about a value, and what they never let through."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from typer.testing import CliRunner, Result

from grader.bank import Bank
from grader.cli import app
from grader.law import Law, Provision, Value, jurisdictions, law
from grader.law.values import parameters
from grader.lawpages.content import Page, page
from grader.lawpages.site import as_html, pages, write
from grader.readings import Reading, by_reading, readers

ROOT = Path(__file__).parents[1]
DAY = date(2026, 6, 1)
AFTER_NOTICE, TEMPORARY = "209a-after-notice", "209a-ex-parte"


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["law", "pages", *map(str, args)], env={"COLUMNS": "200"})


def made_up(place: Law, **changed: Any) -> Law:
    """A law of one order, whose first provision and label are changed."""
    order = place.orders[0]
    authority = next(iter(order.provisions.values()))
    cite = replace(authority, **{key: text for key, text in changed.items() if key in Provision.__annotations__})
    value = Value(True, (cite,), date(2020, 1, 1), exact=True)
    order = replace(order, label=changed.get("label", order.label), parameters={"consent_is_defence": (value,)})
    return replace(place, orders=(order,), every=None)


@pytest.fixture(scope="module")
def found() -> dict[str, Page]:
    bank = Bank(ROOT)
    families = bank.stories
    return {one.law.id: one for one in pages(families, ("us-ma", "us-ca"), DAY)}


@pytest.fixture(scope="module")
def massachusetts(found: dict[str, Page]) -> BeautifulSoup:
    return BeautifulSoup(as_html(found["us-ma"]), "html.parser")


def question(soup: BeautifulSoup, order: str, name: str) -> Tag:
    heading = soup.find(id=f"{order}-{name}")
    assert isinstance(heading, Tag)
    assert isinstance(heading.parent, Tag)
    return heading.parent


def words(tag: Tag | None) -> str:
    assert tag is not None
    return re.sub(r" ([.,:])", r"\1", " ".join(tag.get_text(" ").split()))


def test_a_value_stands_with_its_question_its_day_and_its_authority(massachusetts: BeautifulSoup) -> None:
    shown = question(massachusetts, AFTER_NOTICE, "consent_is_defence")
    assert words(shown.h4) == parameters()["consent_is_defence"]["means"]
    assert words(shown.select_one(".when")) == "seen from November 10, 1988"
    assert words(shown.select_one(".says")) == "No."
    authority = next(one for one in shown.select(".authorities li") if "Guideline 8:03" in words(one))
    assert "only the court can change or end the order" in words(authority)
    assert "Its text was read. Checked November 21, 2026." in words(authority)
    assert authority.a is not None
    assert str(authority.a["href"]).startswith("https://www.mass.gov/")


def test_a_value_stands_beside_the_rules_that_read_it_and_the_stories_that_test_it(
    massachusetts: BeautifulSoup,
) -> None:
    code = words(question(massachusetts, AFTER_NOTICE, "consent_is_defence").select_one(".code"))
    for part in ("consent_is_defence", "Read by violations.breach", "Invited to dinner invited-to-dinner"):
        assert part in code
    assert "Commonwealth v. Gordon, 407 Mass. 340, 553 N.E.2d 915 (1990) ma-gordon-1990" in code


def test_each_rule_that_is_named_is_told_at_the_end(massachusetts: BeautifulSoup) -> None:
    named = {str(one["href"])[1:] for one in massachusetts.select(".code p a")}
    assert "violations.breach" in named
    assert all(massachusetts.find("dt", id=name) for name in named)


def test_a_value_that_no_story_reads_says_so() -> None:
    shown = BeautifulSoup(as_html(page(law("us-ma"), {}, DAY)), "html.parser")
    code = words(question(shown, AFTER_NOTICE, "consent_is_defence").select_one(".code"))
    assert code == "consent_is_defence No story tests this yet."


def test_only_the_questions_that_are_read_count_as_tested(found: dict[str, Page]) -> None:
    bank = Bank(ROOT)
    index = by_reading(readers(bank.stories))
    values = [
        len(entries) for order in law("us-ma").files for name, entries in order.parameters.items()
        if Reading("us-ma", order.order, name) in index
    ]  # fmt: skip
    assert 0 < found["us-ma"].tested == sum(values) <= found["us-ma"].values
    assert page(law("us-ma"), {}, DAY).tested == 0


def test_a_value_ends_where_the_next_one_for_the_same_terms_begins(massachusetts: BeautifulSoup) -> None:
    spans = [words(one) for one in question(massachusetts, AFTER_NOTICE, "mutual_requires").select(".when")]
    assert spans == [
        "seen from January 8, 1999 to July 21, 1999",
        "seen from July 22, 1999 to June 13, 2019",
        "seen from June 14, 2019",
    ]


def test_a_value_for_some_terms_names_them_and_each_word_of_a_list_its_authority(massachusetts: BeautifulSoup) -> None:
    assert "Holds for the terms: do not abuse, hurt or threaten" in words(
        question(massachusetts, AFTER_NOTICE, "breach_is").select_one(".law")
    )
    last = question(massachusetts, AFTER_NOTICE, "mutual_requires").select(".values > li")[-1]
    assert [words(one) for one in last.select("ul.says li")] == ["proof", "written findings", "findings with order"]
    assert words(last.select_one(".about")) == "for written findings"


def test_silence_on_purpose_is_told_apart_from_an_answer(massachusetts: BeautifulSoup) -> None:
    shown = words(question(massachusetts, TEMPORARY, "renewable").select_one(".says"))
    assert shown == "No answer here, and the one for the abuse prevention order after notice (209A) does not count."


def test_an_order_says_what_it_is_and_who_answers_where_its_file_is_silent(massachusetts: BeautifulSoup) -> None:
    heading = massachusetts.find("h2", id=TEMPORARY)
    assert isinstance(heading, Tag)
    shown = words(heading.find_next_sibling("div"))  # type: ignore[arg-type]
    for part in (
        "Stands for: ex parte (made before the restrained person was heard; runs to the hearing).",
        "Made because of family or household abuse.",
        "it goes by the abuse prevention order after notice (209A), and then by what holds for every order.",
    ):
        assert part in shown


def test_what_is_open_stands_on_top_and_leads_to_its_question(massachusetts: BeautifulSoup) -> None:
    [link] = massachusetts.select('#glance ~ details a[href="#every-order-stricter_controls"]')
    assert words(link) == parameters()["stricter_controls"]["means"]
    assert "Unsettled" in words(question(massachusetts, "every-order", "stricter_controls").select_one(".open"))


def test_the_days_on_which_courts_are_closed_stand_by_year(massachusetts: BeautifulSoup) -> None:
    tables = {words(table.caption): words(table) for table in massachusetts.select(".years table")}
    assert list(tables) == ["2024", "2025", "2026", "2027"]
    assert "April 20, 2026 Patriots’ Day" in tables["2026"]


def test_every_link_within_a_page_leads_somewhere_and_no_name_stands_twice(found: dict[str, Page]) -> None:
    for one in found.values():
        soup = BeautifulSoup(as_html(one), "html.parser")
        names = [str(tag["id"]) for tag in soup.find_all(id=True)]
        assert len(names) == len(set(names))
        assert {str(a["href"])[1:] for a in soup.select('a[href^="#"]')} <= set(names)


def test_what_a_law_file_holds_is_shown_and_never_run() -> None:
    hostile = "<script>alert(1)</script>\"><img src=x onerror='alert(2)'>"
    place = made_up(law("us-ma"), label=hostile, cite=hostile, gist=hostile, href="javascript:alert(3)")
    soup = BeautifulSoup(as_html(page(place, {}, DAY)), "html.parser")
    assert not soup.find(["script", "img"])
    assert hostile in soup.get_text()
    assert not soup.select('[href^="javascript"]')


def test_a_page_asks_nobody_for_anything_and_allows_one_style_only(massachusetts: BeautifulSoup) -> None:
    policy = massachusetts.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert isinstance(policy, Tag)
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'sha256-")
    assert not massachusetts.find(["script", "link", "img", "iframe"])
    assert not massachusetts.select("[style], [src]")


def test_the_index_leads_to_each_page_and_gives_its_figures(found: dict[str, Page], tmp_path: Path) -> None:
    index = BeautifulSoup(write(tmp_path / "new", found.values()).read_text(encoding="utf-8"), "html.parser")
    [row] = [words(row) for row in index.select("tbody tr") if "Massachusetts" in words(row)]
    place = found["us-ma"]
    assert row.split()[1:5] == [str(n) for n in (len(place.sections), place.values, place.tested, len(place.open))]
    for link in index.select("tbody a"):
        assert (tmp_path / "new" / str(link["href"])).exists()


def test_the_command_writes_the_places_named_and_says_what_to_open(tmp_path: Path) -> None:
    result = run(tmp_path, "--law", "us-ma", "--root", ROOT)
    assert result.exit_code == 0
    assert str(tmp_path / "index.html") in result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "us-ma.html"]
    told = json.loads(run(tmp_path, "--law", "us", "--root", ROOT, "--json").stdout)
    assert told == {"ok": True, "index": str(tmp_path / "index.html"), "pages": 1}


def test_a_place_that_is_not_on_file_is_bad_input_and_the_known_ones_are_named(tmp_path: Path) -> None:
    result = run(tmp_path, "--law", "atlantis", "--root", ROOT)
    assert result.exit_code == 2
    assert all(name in result.stderr for name in jurisdictions())
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    result = run(tmp_path / "taken", "--law", "us", "--root", ROOT)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_no_question_of_the_catalogue_is_cut_short_by_a_comma() -> None:
    for name, spec in parameters().items():
        assert set(spec) <= {"topic", "is", "words", "by", "means"}, name
        assert str(spec["means"]).endswith("."), name
