"""A quiz from nbgrader's own list to the feedback: fetched, taken, checked, handed in, graded, explained."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.answers import Record, from_notebook, read, receipt_code
from grader.gradebook import course as courses
from grader.gradebook import cycle
from grader.gradebook.book import scores
from tests.e2e.conftest import LEARNER, Front, Lab, question, saved, serving
from tests.sample_quiz import KEYS, QUIZ, SHEET, right

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
SETTINGS = """
c = get_config()
c.CourseDirectory.course_id = "{course}"
c.CourseDirectory.student_id = "{learner}"
c.Exchange.root = "{exchange}"
c.Exchange.cache = "{cache}"
c.Exchange.assignment_dir = "{root}"
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    roster = tmp_path / "roster.csv"
    roster.write_text(f"id,first_name,last_name,email\n{LEARNER},Ana,Lee,ana@example.org\n", encoding="utf-8")
    folder = tmp_path / "course"
    courses.new(folder, roster, {QUIZ: (SHEET, KEYS)}, check_owner=False)
    cycle.release(folder, QUIZ)
    return folder


@pytest.fixture
def seat(tmp_path: Path, course: Path) -> Iterator[Lab]:
    """The learner's own JupyterLab, which knows the exchange of the course."""
    home = tmp_path / "seat"
    home.mkdir()
    id = cycle.settings(course).CourseDirectory.course_id
    places = {"exchange": course / "exchange", "cache": home / "cache", "root": home / "work"}
    given = SETTINGS.format(course=id, learner=LEARNER, **places)
    with serving(home, given) as lab:
        yield lab


def listed(page: Any) -> None:
    """Open nbgrader's list of assignments."""
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Assignment List").click()


def receipt_in(notebook: Path) -> Record | None:
    """The receipt a notebook on the disk carries; None while it is being written."""
    try:
        return from_notebook(json.loads(notebook.read_text())).record
    except ValueError:
        return None


def until(page: Any, holds: Callable[[], object]) -> None:
    """Wait for something to stand on the disk."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came to stand on the disk")


def test_a_learner_fetches_takes_checks_hands_in_and_reads_why_with_nbgraders_own_buttons(
    seat: Lab, course: Path, open_page: Callable[..., Any], shot: Callable[..., None]
) -> None:
    page = open_page(f"{seat.url}/lab?reset", viewport={"width": 1400, "height": 1400})
    listed(page)
    page.get_by_role("button", name="Fetch", exact=True).click()
    expect(page.get_by_role("button", name="Submit", exact=True)).to_be_visible()
    notebook = seat.root / QUIZ / f"{QUIZ}.ipynb"
    assert notebook.exists()

    quiz = page.context.new_page()
    quiz.goto(seat.address(notebook))
    Front.ready(quiz)
    question(quiz, "w3").get_by_label("The judge", exact=True).check()
    question(quiz, "w3").get_by_label("A clerk").check()
    saved(quiz, "w3", 1)
    quiz.locator(".validate-button").click()
    expect(quiz.get_by_role("dialog")).to_contain_text("Question 1 of 6 is not answered yet.")
    quiz.get_by_role("dialog").get_by_role("button").click()
    quiz.locator(f"input[value='{right('w5', LEARNER)[0]}']").check()  # type: ignore[index]
    saved(quiz, "w5", 2)
    in_file = read(notebook.with_suffix(".answers.json")).record
    assert in_file is not None
    code = receipt_code(in_file)
    expect(quiz.locator(".grader-receipt")).to_contain_text(f"Receipt: {code}")
    until(quiz, lambda: receipt_in(notebook) == in_file)

    page.bring_to_front()
    page.get_by_role("button", name="Submit", exact=True).click()
    until(page, lambda: list((course / "exchange").rglob(f"inbound/*/{QUIZ}.answers.json")))
    shot(page, "assignment-list")
    cycle.collect(course, QUIZ)
    cycle.autograde(course, QUIZ)
    assert scores(course)[LEARNER, QUIZ][0] == 4.0
    collected = read(course / "submitted" / LEARNER / QUIZ / f"{QUIZ}.answers.json").record
    assert collected is not None
    assert receipt_code(collected) == code

    cycle.feedback(course, QUIZ)
    page.reload()
    listed(page)
    page.get_by_role("button", name="Fetch Feedback").click()
    until(page, lambda: list((seat.root / QUIZ).rglob(f"feedback/*/{QUIZ}.html")))
    [feedback] = (seat.root / QUIZ).rglob(f"feedback/*/{QUIZ}.html")
    quiz.goto(feedback.as_uri())
    expect(quiz.get_by_role("heading", level=1)).to_contain_text("Feedback")
    expect(quiz.get_by_text("A clerk may, on the judge’s word.").first).to_be_visible()
