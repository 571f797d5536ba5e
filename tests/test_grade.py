"""A class graded in bulk: the same as by nbgrader autograde, whatever was handed in, and whatever happens meanwhile."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from gradebook_rows import learners_graded, rows
from made_class import START, answered, hand_in, put, roster, with_receipt
from sample_class import BAD_FILES, SITE, TAMPERINGS, UNREADABLE
from sample_quiz import KEYS, QUIZ, SHEET
from typer.testing import CliRunner

pytestmark = pytest.mark.slow
BAD = {name: spoil for name, (spoil, _) in BAD_FILES.items() if name not in ("link", "fifty-megabytes")}
"""Both of these stay behind when submissions are collected."""
ROOT = Path(__file__).parent.parent
PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin

class HalfAPointAnHour(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 7200
"""
CONFIG = '\nc.AssignLatePenalties.plugin_class = "half_a_point.HalfAPointAnHour"\n'


def url(course):
    return f"sqlite:///{course / 'gradebook.db'}"


def grader(course, *words, **options):
    run = [sys.executable, "-m", "grader.cli", "grade", QUIZ, "--course", str(course), *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(run, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def graded(course, *words):
    """Grade by the command, in this process; returns what it says as plain data."""
    from grader.cli import app

    done = CliRunner().invoke(app, ["grade", QUIZ, "--course", str(course), "--json", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return json.loads(done.stdout)


def autograded(course):
    from grader.gradebook import cycle

    sys.path.insert(0, str(course))
    try:
        return cycle.autograde(course, QUIZ)
    finally:
        sys.path.remove(str(course))
        sys.modules.pop("half_a_point", None)


def files(course):
    return {
        path.relative_to(course).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in (course / "autograded").rglob("*")
        if path.is_file()
    }


def assert_same(one, other):
    for table, expected in rows(url(one)).items():
        assert rows(url(other))[table] == expected, table
    assert files(other) == files(one)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A course in which a class has handed in: honest and silent learners, late ones, and every trick."""
    from grader.gradebook import book, course

    folder = tmp_path_factory.mktemp("bulk")
    known = roster(folder / "roster.csv", 30)
    course.new(folder / "course", folder / "roster.csv", {QUIZ: (SHEET, KEYS)}, check_owner=False)
    (folder / "course" / "half_a_point.py").write_text(PLUGIN)
    with (folder / "course" / "nbgrader_config.py").open("a") as config:
        config.write(CONFIG)
    hand_in(folder / "course", SHEET, known)
    tricks(folder / "course")
    with book.gradebook(folder / "course") as rows:
        rows.find_assignment(QUIZ).duedate = (START + timedelta(minutes=12)).replace(tzinfo=None)
        rows.db.commit()
    return folder / "course"


def tricks(course):
    """Learners who are not on the roster: those who tamper, those with bad files, one without times, one with more."""
    released = (course / "release" / QUIZ / f"{QUIZ}.ipynb").read_text()
    os.environ["RAN"] = str(course.parent / "ran")
    for name in (*TAMPERINGS, *UNREADABLE, *BAD, *SITE, "more-files", "no-time"):
        record = answered(SHEET, SITE.get(name, name), random.Random(name), START)
        put(course, QUIZ, name, record, with_receipt(released, record), START)
        folder = course / "submitted" / name / QUIZ
        notebook = folder / f"{QUIZ}.ipynb"
        if name in TAMPERINGS:
            data = json.loads(released)
            TAMPERINGS[name](data)
            notebook.write_text(json.dumps(data))
        if name in UNREADABLE:
            notebook.write_bytes(UNREADABLE[name])
        if name in BAD:
            notebook.write_text(released)
            BAD[name](folder / f"{QUIZ}.answers.json")
    shutil.copy(notebook, course / "submitted" / "more-files" / QUIZ / f"{QUIZ}-Copy1.ipynb")
    (course / "submitted" / "more-files" / QUIZ / "data").mkdir()
    (course / "submitted" / "more-files" / QUIZ / "data" / "x.csv").write_text("1,2")
    (course / "submitted" / "more-files" / QUIZ / "old.pyc").write_text("")
    (course / "submitted" / "no-time" / QUIZ / "timestamp.txt").unlink()


@pytest.fixture(scope="module")
def by_nbgrader(handed_in):
    """The same class, graded by nbgrader autograde."""
    course = shutil.copytree(handed_in, handed_in.parent / "by-nbgrader")
    autograded(course)
    return course


@pytest.fixture
def course(handed_in, tmp_path):
    return shutil.copytree(handed_in, tmp_path / "course")


def test_bulk_grading_leaves_the_same_rows_and_files_as_nbgrader_autograde(course, by_nbgrader):
    done = graded(course)
    assert not done["failed"]
    assert len(done["graded"]) == 30 + len((*TAMPERINGS, *UNREADABLE, *BAD, *SITE)) + 2
    assert_same(by_nbgrader, course)
    assert any(float(row.rpartition("|")[2]) > 0 for row in rows(url(course))["notebook"] if not row.endswith("None"))


def test_several_workers_leave_the_same(course, by_nbgrader):
    assert not graded(course, "--workers", "2", "--batch", "7")["failed"]
    assert_same(by_nbgrader, course)


def test_what_was_marked_extended_and_handed_in_again_is_treated_as_by_nbgrader(course, by_nbgrader, tmp_path):
    other = shutil.copytree(by_nbgrader, tmp_path / "other")
    graded(course)
    for one in (course, other):
        again(one)
    autograded(other)
    done = graded(course, "--force")
    assert not done["failed"]
    assert_same(other, course)
    assert any("|3.0|" in row and row.endswith("|1") for row in rows(url(course))["grade"])


def again(course):
    """A person marks texts, gives an extension and extra points; two learners hand in again."""
    from grader.gradebook import book

    with book.gradebook(course) as open_book:
        for n in (14, 15, 16, 20):
            grade = open_book.find_grade("w9", QUIZ, QUIZ, f"learner-{n:05}")
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 3.0, 0.5, False
            open_book.find_comment("w9", QUIZ, QUIZ, f"learner-{n:05}").manual_comment = "Good."
        open_book.db.commit()
        open_book.grant_extension(QUIZ, "learner-00020", minutes=5)
    for n in (3, 15):
        learner, at = f"learner-{n:05}", START + timedelta(minutes=40 + n)
        released = (course / "release" / QUIZ / f"{QUIZ}.ipynb").read_text()
        record = answered(SHEET, learner, random.Random(f"again {n}"), at)
        put(course, QUIZ, learner, record, with_receipt(released, record), at)


def test_what_has_not_changed_is_not_graded_again(course):
    first = graded(course)
    marked = files(course)
    assert graded(course)["graded"] == []
    assert len(graded(course)["unchanged"]) == len(first["graded"])
    assert files(course) == marked


def test_a_mark_given_by_a_person_stays_done_while_nothing_changes(course):
    from grader.gradebook import book

    graded(course)
    with book.gradebook(course) as open_book:
        grade = open_book.find_grade("w9", QUIZ, QUIZ, "learner-00014")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        open_book.db.commit()
    before = rows(url(course))
    graded(course)
    assert rows(url(course)) == before


def _answers(course):
    path = course / "submitted" / "learner-00004" / QUIZ / f"{QUIZ}.answers.json"
    path.write_text(path.read_text().replace('"seq": ', '"seq": 1'))


def _key(course):
    path = course / "keys" / f"{QUIZ}.json"
    path.write_text(path.read_text().replace("Only the court changes its order.", "Only a court changes its order."))


def _lost(course):
    (course / "autograded" / "learner-00004" / QUIZ / f"{QUIZ}.ipynb").unlink()


def _spoilt(course):
    path = course / "autograded" / "learner-00004" / QUIZ / f"{QUIZ}.ipynb"
    path.chmod(0o644)
    path.write_text("{}")


def _extended(course):
    from grader.gradebook import book

    with book.gradebook(course) as open_book:
        open_book.grant_extension(QUIZ, "learner-00004", hours=1)


@pytest.mark.parametrize(
    ("change", "again"),
    [(_answers, 1), (_lost, 1), (_spoilt, 1), (_extended, 1), (_key, 1000)],
    ids=["the answers", "the graded file is gone", "the graded file", "the time allowed", "the key or the law"],
)
def test_whatever_changes_is_graded_again(course, change, again):
    everybody = len(graded(course)["graded"])
    change(course)
    assert len(graded(course)["graded"]) == min(again, everybody)
    assert graded(course)["graded"] == []


def test_a_dry_run_says_what_would_be_graded_and_changes_nothing(course):
    before, lying = rows(url(course)), files(course)
    done = graded(course, "--dry-run", "--learner", "learner-0000*")
    assert done["graded"] == [f"learner-{n:05}" for n in range(10)]
    assert rows(url(course)) == before
    assert files(course) == lying


def test_only_the_learners_named_are_graded(course):
    assert graded(course, "--learner", "learner-00003")["graded"] == ["learner-00003"]
    assert learners_graded(url(course)) == {"learner-00003"}


def test_a_submission_that_cannot_be_graded_stops_nobody_and_is_named(course):
    (course / "submitted" / "learner-00001" / QUIZ / "timestamp.txt").write_text("yesterday evening")
    (course / "autograded" / "learner-00002").write_text("in the way")
    (course / "submitted" / "learner-00003" / QUIZ / f"{QUIZ}.ipynb").unlink()
    done = graded(course)
    assert set(done["failed"]) == {"learner-00001", "learner-00002"}
    assert "holds no time" in done["failed"]["learner-00001"]
    assert "cannot be written" in done["failed"]["learner-00002"]
    assert done["remarks"]["learner-00003"] == ["No notebook was handed in."]
    assert learners_graded(url(course)).isdisjoint({"learner-00001", "learner-00002", "learner-00003"})
    assert len(done["graded"]) > 80


def test_links_and_giants_stay_behind_and_are_named(course):
    answers = course / "submitted" / "learner-00001" / QUIZ / f"{QUIZ}.answers.json"
    (course / "submitted" / "learner-00002" / QUIZ / "secret.txt").symlink_to("/etc/hostname")
    (course / "submitted" / "learner-00003" / QUIZ / "big.bin").write_bytes(b"x" * 20_000_001)
    shutil.copy(answers, course.parent / "others.json")
    answers.unlink()
    answers.symlink_to(course.parent / "others.json")
    done = graded(course)
    for n, name in ((1, answers.name), (2, "secret.txt"), (3, "big.bin")):
        assert any(f"The file {name} is a link" in one for one in done["remarks"][f"learner-{n:05}"])
        assert not (course / "autograded" / f"learner-{n:05}" / QUIZ / name).exists()


def test_a_run_that_breaks_in_the_middle_of_a_batch_leaves_the_gradebook_as_before_it(course, monkeypatch):
    from grader.gradebook.shelf import Shelf

    put, done = Shelf.put, []

    def breaks(self, learner, *rest):
        done.append(learner)
        if len(done) == 25:
            raise MemoryError
        put(self, learner, *rest)

    monkeypatch.setattr(Shelf, "put", breaks)
    with pytest.raises(AssertionError):
        graded(course, "--batch", "10")
    assert len(learners_graded(url(course))) == 20
    monkeypatch.setattr(Shelf, "put", put)
    assert len(graded(course)["unchanged"]) == 20


def test_a_run_that_is_killed_goes_on_where_it_was_and_no_batch_is_ever_half_entered(course, by_nbgrader):
    batch, seen, kills = 5, 0, 0
    everybody = len(learners_graded(url(by_nbgrader)))
    while seen < everybody:
        run = grader(course, "--batch", str(batch))
        while run.poll() is None and len(learners_graded(url(course))) <= seen:
            time.sleep(0.002)
        run.send_signal(signal.SIGKILL)
        run.wait()
        kills += run.returncode == -signal.SIGKILL
        now = len(learners_graded(url(course)))
        assert now > seen
        assert now % batch == 0 or now == everybody
        seen = now
    assert kills > 3
    graded(course)
    assert_same(by_nbgrader, course)


def test_two_graders_at_once_spoil_nothing(course, by_nbgrader):
    runs = [grader(course, "--force", "--batch", "3"), grader(course, "--batch", "4"), grader(course, "--workers", "2")]
    assert [run.communicate()[1] for run in runs if run.wait()] == []
    assert_same(by_nbgrader, course)
    assert graded(course)["graded"] == []


def test_nbgrader_may_grade_at_the_same_time(course, by_nbgrader):
    from grader.gradebook import cycle

    run = grader(course, "--batch", "3")
    with contextlib.suppress(cycle.StepFailed):  # nbgrader gives up on learners whom somebody else enters meanwhile
        autograded(course)
    assert run.wait() == 0, run.communicate()[1]
    graded(course)
    assert_same(by_nbgrader, course)


def test_the_formgrader_and_the_feedback_pages_read_what_was_graded_in_bulk(course):
    from nbgrader.apps.api import NbGraderAPI

    from grader.gradebook import cycle

    graded(course)
    desk = NbGraderAPI(config=cycle.settings(course))
    (shown,) = [one for one in desk.get_submissions(QUIZ) if one["student"] == "learner-00003"]
    assert shown["autograded"]
    assert shown["needs_manual_grade"]
    cycle._convert(cycle.GenerateFeedback, course, QUIZ, "learner-00003", force=True)
    assert "For learner-00003." in (course / "feedback" / "learner-00003" / QUIZ / f"{QUIZ}.html").read_text()


def test_nothing_that_was_handed_in_ever_ran(course):
    graded(course)
    assert not Path(os.environ["RAN"]).exists()


def test_a_quiz_whose_key_belongs_to_another_version_is_refused_before_anybody_is_graded(course):
    key = course / "keys" / f"{QUIZ}.json"
    key.write_text(json.dumps(replace(KEYS, version="2").as_json()))
    done = graded(course)
    assert "matching key" in done["problems"][0]["wrong"]
    assert learners_graded(url(course)) == set()


def test_a_gradebook_of_an_interrupted_first_run_is_refused(course):
    import sqlite3

    from grader.cli import app

    graded(course)
    before = rows(url(course))
    with sqlite3.connect(course / "gradebook.db") as db:
        db.execute("DROP TABLE alembic_version")
    [refused] = graded(course)["problems"]
    assert "half made" in refused["wrong"]
    assert refused["right"] == "Run “grader course status” in the course: it mends a whole one. Then grade again."
    mended = CliRunner().invoke(app, ["course", "status", "--course", str(course)])
    assert "Its version is noted now" in mended.output
    assert rows(url(course)) == before
    hand_in(course, SHEET, ["learner-00000"], seed=2)
    assert graded(course)["graded"] == ["learner-00000"]
