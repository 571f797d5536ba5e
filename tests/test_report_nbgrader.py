"""Reports and exports of a course graded by the real nbgrader: marks of a person, lateness, and a lost database."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from grader.cli import app
from grader.gradebook import book, cycle
from grader.gradebook import course as courses
from grader.report.gather import gather
from tests.sample_class import answer_all
from tests.sample_quiz import KEYS, QUIZ, SHEET, wrong

pytestmark = pytest.mark.slow
ROSTER = "id,first_name,last_name,email\nana,Ana,Alm,ana@example.org\nben,Ben,Bax,ben@example.org\ncleo,Cleo,Cox,\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graded")
    (folder / "roster.csv").write_text(ROSTER)
    made = folder / "course"
    courses.new(made, folder / "roster.csv", {QUIZ: (SHEET, KEYS)}, check_owner=False)
    cycle.release(made, QUIZ)
    for learner, given in (("ana", None), ("ben", wrong)):
        home = folder / learner
        home.mkdir()
        cycle.fetch(made, QUIZ, learner, home)
        answer_all(home, learner, *([given] if given else []))
        cycle.submit(made, QUIZ, learner, home)
    cycle.collect(made, QUIZ)
    cycle.autograde(made, QUIZ)
    return made


def change(course: Path, learner: str, **changes: Any) -> None:
    """Do what a person does in formgrader, or what lateness does."""
    with book.gradebook(course) as rows:
        submission = rows.find_submission_notebook(QUIZ, QUIZ, learner)
        submission.late_submission_penalty = changes.get("late", 0.0)
        [text] = [grade for grade in submission.grades if grade.name == "w9"]
        text.manual_score, text.needs_manual_grade = changes.get("text"), "text" not in changes
        submission.assignment.timestamp = datetime(2030, 1, 1) + timedelta(hours=1)
        rows.db.commit()


def test_the_score_is_nbgraders_with_the_marks_of_a_person_less_what_lateness_cost(course: Path) -> None:
    change(course, "ana", text=3.5, late=1.25)
    ana, ben, cleo = gather(course, QUIZ).people
    held = book.scores(course)
    assert ana.points == held["ana", QUIZ][0] - 1.25 == 9 + 3.5 - 1.25
    assert (ana.waiting, ana.entered.name, ana.entered.handed_in) == (False, "Ana Alm", "2030-01-01T01:00:00")
    assert (ben.points, ben.waiting, ben.graded) == (0, True, True)
    assert (cleo.here, cleo.graded, cleo.points) == (False, False, 0)


def test_the_graded_answers_are_read_where_the_submitted_ones_are_gone(course: Path) -> None:
    (course / "submitted").rename(course / "elsewhere")
    try:
        assert [person.id for person in gather(course, QUIZ).here] == ["ana", "ben"]
    finally:
        (course / "elsewhere").rename(course / "submitted")


def test_report_and_export_run_on_a_real_course_and_change_nothing_in_it(course: Path, tmp_path: Path) -> None:
    change(course, "ana", text=3.5)
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file() and "reports" not in path.parts}
    done = CliRunner().invoke(app, ["report", QUIZ, "--course", str(course)])
    assert done.exit_code == 0, done.output
    out = tmp_path / "moodle.csv"
    done = CliRunner().invoke(app, ["export", QUIZ, "--to", "moodle", "--course", str(course), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert [row[-1] for row in csv.reader(io.StringIO(out.read_text()))][1:] == ["12.5"]
    after = {path: path.read_bytes() for path in course.rglob("*") if path.is_file() and "reports" not in path.parts}
    assert after == before


def test_a_database_that_is_away_is_told_and_nothing_is_lost(course: Path, tmp_path: Path) -> None:
    config = course / "nbgrader_config.py"
    text = config.read_text()
    try:
        config.write_text(f'{text}\nc.CourseDirectory.db_url = "sqlite:////nowhere/at/all/gradebook.db"\n')
        done = CliRunner().invoke(app, ["report", QUIZ, "--course", str(course)])
    finally:
        config.write_text(text)
    assert done.exit_code == 2
    assert "cannot be used" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert "try again" in done.stderr
