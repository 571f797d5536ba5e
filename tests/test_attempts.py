"""Several attempts at a quiz: none is lost, and the one that counts lies where both doors look."""

import shutil
from datetime import datetime

import pytest
from handing_in import KEYS, LATER, NOON, QUIZ, SHEET, answers, course_in, folder_with, notebook, right, snapshot, wrong

from grader.gradebook.attempts import attempts_of, counted, restore, settle
from grader.gradebook.collecting import carry_out, folder_in, plan
from grader.gradebook.pieces import Reader, wanted
from grader.gradebook.roster import on_roster
from grader.gradebook.sources import Source
from grader.scoring import score_record

LATEST = "2026-11-20T14:00:00+00:00"


def half(item, learner):
    return (right if item in ("w1", "w2") else wrong)(item, learner)


def collect(course, source, dry=False):
    planned = plan(course, Reader(SHEET, on_roster(course)), Source(source, wanted), lambda name: None, keep=not dry)
    if not dry:
        carry_out(planned, lambda name: None)
    return {row["learner"]: row["what"] for row in planned.as_json()["collected"]}


@pytest.fixture
def course(tmp_path):
    """Ann has handed in three times: half right, all right, all wrong."""
    course = course_in(tmp_path)
    for n, (at, given) in enumerate(((NOON, half), (LATER, right), (LATEST, wrong))):
        files = {"ann.ipynb": notebook("ann", at, given=given), "ann.answers.json": answers("ann", at, given=given)}
        collect(course, folder_with(tmp_path / f"mail{n}", files, at))
    return course


def points(learner, attempt):
    scores, _ = score_record(KEYS, SHEET, attempt.record, learner)
    return sum(score.points for score in scores.values())


def here(course):
    return folder_in(course, "ann", QUIZ)


def content(course):
    return snapshot(here(course))[f"{QUIZ}.answers.json"]


@pytest.mark.parametrize(
    ("rule", "given", "at", "number"), [("last", wrong, LATEST, 3), ("best", right, LATER, 2), ("first", half, NOON, 1)]
)
def test_the_attempt_that_counts_by_the_rule_lies_where_both_doors_look(course, rule, given, at, number):
    settle(course, SHEET, rule, points)
    assert content(course) == answers("ann", at, given=given)
    assert (here(course) / "timestamp.txt").read_text().startswith(at[:13].replace("T", " "))
    found = counted(course, SHEET, "ann")
    assert (found.number, found.of) == (number, 3)
    assert len(list(attempts_of(course, SHEET, "ann"))) == 3


def test_the_rule_may_change_again_and_again_and_nothing_is_lost(course):
    before = sorted(snapshot(course / "earlier").values()) + sorted(snapshot(here(course)).values())
    for rule in ("best", "first", "best", "last", "first", "last"):
        settle(course, SHEET, rule, points)
    assert content(course) == answers("ann", LATEST, given=wrong)
    assert sorted(snapshot(course / "earlier").values()) + sorted(snapshot(here(course)).values()) == before


@pytest.mark.parametrize("rule", ["best", "first"])
def test_collecting_again_changes_nothing_whichever_attempt_counts(course, tmp_path, rule):
    settle(course, SHEET, rule, points)
    chosen = content(course)
    for dry in (True, False):
        assert collect(course, tmp_path / "mail2", dry) == {"ann": "unchanged"}
    settle(course, SHEET, rule, points)
    assert content(course) == chosen
    assert len(list(attempts_of(course, SHEET, "ann"))) == 3


def test_a_later_attempt_is_collected_although_an_earlier_one_counts(course, tmp_path):
    settle(course, SHEET, "first", points)
    files = {"ann.answers.json": answers("ann", "2026-11-20T15:00:00+00:00", given=lambda *_: None or right(*_))}
    assert collect(course, folder_with(tmp_path / "mail9", files, "2026-11-20T15:00:00+00:00")) == {"ann": "replaced"}
    settle(course, SHEET, "first", points)
    assert content(course) == answers("ann", NOON, given=half)


def test_of_two_equally_good_attempts_the_later_counts(course):
    settle(course, SHEET, "best", lambda learner, attempt: 1.0)
    assert content(course) == answers("ann", LATEST, given=wrong)


def test_a_change_of_places_that_was_cut_short_is_put_right(course):
    settle(course, SHEET, "best", points)
    shutil.move(here(course), course / "earlier" / "ann" / QUIZ / "cut-short")
    restore(course, QUIZ)
    assert content(course) == answers("ann", LATEST, given=wrong)
    assert len(list(attempts_of(course, SHEET, "ann"))) == 3


def test_a_note_that_leads_out_of_the_folder_is_not_followed(course):
    (course / "earlier" / "ann" / QUIZ / "last.txt").write_text("../../../keys")
    restore(course, QUIZ)
    assert (course / "keys").is_dir()
    assert content(course) == answers("ann", LATEST, given=wrong)


def test_work_without_answers_or_of_somebody_else_is_no_attempt(course):
    other = course / "earlier" / "ann" / QUIZ / "2020-01-01T00-00-00Z-00000000"
    other.mkdir()
    (other / f"{QUIZ}.answers.json").write_bytes(answers("bob"))
    (other / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC")
    assert len(list(attempts_of(course, SHEET, "ann"))) == 3
    assert min(one.at for one in attempts_of(course, SHEET, "ann")) == datetime(2026, 11, 20, 12)
