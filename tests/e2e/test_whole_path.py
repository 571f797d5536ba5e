"""The whole path on real law: a course, a quiz in the browser, answers, hand-in, grade, feedback."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.answers import read
from grader.bank import Bank
from grader.gradebook import course as courses
from grader.gradebook import cycle
from grader.gradebook.book import scores
from grader.sheet import Key, KeySheet, Question, Sheet
from tests.e2e.conftest import LEARNER, REPOSITORY, Lab

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
QUIZ = "waiver"
WRITTEN = "Only the court can end the order. <script>document.title = 'broken'</script>"


@pytest.fixture(scope="module")
def quiz() -> tuple[Sheet, KeySheet]:
    return Bank(REPOSITORY).quizzes()[QUIZ]


@pytest.fixture
def course(tmp_path: Path, quiz: tuple[Sheet, KeySheet]) -> Path:
    roster = tmp_path / "roster.csv"
    roster.write_text(f"id,first_name,last_name,email\n{LEARNER},Ana,Lee,ana@example.org\n", encoding="utf-8")
    folder = tmp_path / "course"
    courses.new(folder, roster, {QUIZ: quiz}, check_owner=False)
    cycle.release(folder, QUIZ)
    return folder


def test_a_learner_answers_comes_back_hands_in_and_reads_why(
    lab: Lab, open_page: Callable[..., Any], course: Path, quiz: tuple[Sheet, KeySheet], shot: Callable[..., None]
) -> None:
    sheet, keys = quiz
    home = lab.root / "ana"
    home.mkdir()
    cycle.fetch(course, QUIZ, LEARNER, home)
    notebook = home / QUIZ / f"{QUIZ}.ipynb"
    page = open_page(lab.address(notebook))
    ready(page, sheet)
    for n, (item, key) in enumerate(zip(sheet.items, keys.items, strict=True)):
        variant = item.pick(sheet.salt, LEARNER)
        answer(page.locator(".grader-question").nth(n), item.kind, variant, key.of(variant.variant))
        expect(page.locator(".grader-question").nth(n).locator(".grader-status")).to_contain_text("Saved.")
    shot(page, "whole-path-quiz")
    restart(page)
    page = in_a_new_tab(page, lab.address(notebook))
    ready(page, sheet)
    expect(page.locator(".grader-question").last.get_by_role("textbox")).to_have_value(WRITTEN)
    record = read(notebook.with_suffix(".answers.json")).record
    assert record is not None
    assert set(record.items) == {item.id for item in sheet.items}

    cycle.submit(course, QUIZ, LEARNER, home)
    cycle.collect(course, QUIZ)
    cycle.autograde(course, QUIZ)
    by_rules = sum(item.points for item in sheet.items if item.kind != "written")
    assert scores(course)[LEARNER, QUIZ] == (by_rules, sum(item.points for item in sheet.items), True)

    cycle.feedback(course, QUIZ)
    cycle.fetch_feedback(course, QUIZ, LEARNER, home)
    [pages] = (home / QUIZ / "feedback").rglob(f"{QUIZ}.html")
    page.goto(pages.as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Feedback")
    expect(page.get_by_text("Only the court can end the order. <script>")).to_be_visible()
    assert page.title() != "broken"
    assert page.get_by_role("link").count() >= len(sheet.items)
    shot(page, "whole-path-feedback")
    assert page.outside == [pages.as_uri()], "nothing but the page itself was asked for"


def ready(page: Any, sheet: Sheet) -> None:
    expect(page.locator(".grader-question")).to_have_count(len(sheet.items))
    expect(page.locator(".grader-wait")).to_be_hidden()


def in_a_new_tab(page: Any, address: str) -> Any:
    """Close the tab and open another one in the same browser, as a person does who comes back."""
    page.close()
    other = page.context.new_page()
    other.outside = page.outside
    other.goto(address)
    return other


def restart(page: Any) -> None:
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator(".lm-Menu-item[data-command='kernelmenu:restart']").click()
    page.get_by_role("dialog").get_by_role("button", name="Confirm").click()
    expect(page.locator(".grader-wait")).to_be_hidden()


def answer(box: Any, kind: str, question: Question, key: Key | None) -> None:
    """Give the right answer, as a person does: by what stands on the page."""
    assert key is not None
    right = [id for id, choice in key.choices.items() if choice.right]
    texts = {option.id: option.text for option in (*question.options, *question.rows)}
    if kind == "written":
        box.get_by_role("textbox").fill(WRITTEN)
    elif kind == "date":
        box.locator("input[type=date]").fill(right[0])
    elif kind == "grid":
        for row, option in (id.split(":") for id in right):
            box.get_by_role("radio", name=f"{texts[row]} {texts[option]}").check()
    elif kind == "select":
        for id in right:
            box.get_by_label(texts[id], exact=True).check()
    else:
        box.get_by_label(texts[right[0]], exact=True).check()
