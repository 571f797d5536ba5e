"""The rules of a course in course.yaml: what a teacher may write there, and what late work loses by them."""

from datetime import datetime, timedelta
from typing import get_args

import pytest

from grader.gradebook.gate import gate
from grader.gradebook.own import Allowed
from grader.gradebook.policy import TEXT, Language, Late, Rules, rules_of
from grader.messages import LANGUAGES
from grader.reading import BadInput

HOUR, DAY = 3600, 86400


def course(tmp_path, text):
    (tmp_path / "source" / "waiver").mkdir(parents=True, exist_ok=True)
    (tmp_path / "course.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_course_without_the_file_and_one_with_the_file_as_made_have_the_same_rules(tmp_path):
    assert rules_of(tmp_path, "waiver") == rules_of(course(tmp_path, TEXT), "waiver") == Rules()
    assert Rules().in_words == "late work loses nothing; the last attempt counts; feedback after closing"


def test_one_quiz_may_have_rules_of_its_own_and_the_rest_is_as_for_the_course(tmp_path):
    text = "late: {percent: 10}\nattempts: first\nquizzes:\n  waiver: {attempts: best, feedback: at once}\n"
    rules = rules_of(course(tmp_path, text), "waiver")
    assert rules == Rules(Late(percent=10), "best", "at once")
    assert "attempts: first" in rules.remark
    assert rules_of(tmp_path, "mutual") == Rules(Late(percent=10), "first", "after closing")


def test_a_course_may_ask_for_a_language_of_its_feedback_pages(tmp_path):
    assert rules_of(course(tmp_path, "language: es\n"), "waiver").language == "es"
    assert rules_of(course(tmp_path, "attempts: best\n"), "waiver").language == ""
    assert set(get_args(Language)) == set(LANGUAGES)


def test_a_change_of_the_file_is_seen_at_once(tmp_path):
    assert rules_of(course(tmp_path, "attempts: best\n"), "waiver").attempts == "best"
    assert rules_of(course(tmp_path, "attempts: first\n"), "waiver").attempts == "first"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("late: {percent: 110}\n", r"course.yaml:1 late.percent: is 110. Give a number from 0 to 100"),
        ("late: {percent: -1}\n", "is -1"),
        ("late: {percent: nan}\n", "late.percent"),
        ("late: {grace: -5}\n", "minutes, 0 or more"),
        ("late: {percent: ten}\n", "“ten” does not fit"),
        ("language: fr\n", "“fr” is not a known word"),
        ("late: {per: week}\n", "“week” is not a known word"),
        ("attempts: median\n", "“median” is not a known word"),
        ("feedback: after close\n", "Did you mean after closing"),
        ("feedbak: at once\n", "is not a field here. Did you mean feedback"),
        ("quizzes:\n  waver: {attempts: best}\n", r"course.yaml:2 quizzes.waver: is no quiz .* Did you mean waiver"),
        ("quizzes:\n  waiver: {late: {most: 200}}\n", r"quizzes.waiver.late.most: is 200"),
        ("attempts: best\nattempts: last\n", "stands twice"),
        ("", "is empty"),
    ],
)
def test_what_makes_no_rule_is_refused_with_file_line_and_what_would_be_right(tmp_path, text, says):
    with pytest.raises(BadInput, match=says):
        rules_of(course(tmp_path, text), "waiver")


@pytest.mark.parametrize(
    ("late", "seconds", "expected"),
    [
        (Late(), 5 * DAY, None),
        (Late(percent=10), 0, None),
        (Late(percent=10), 1, 1.0),
        (Late(percent=10), DAY, 1.0),
        (Late(percent=10), DAY + 1, 2.0),
        (Late(percent=10, most=50), 100 * DAY, 5.0),
        (Late(percent=10), 100 * DAY, 10.0),
        (Late(percent=5, per="hour"), 2 * HOUR + 1, 1.5),
        (Late(percent=10, grace=15), 900, None),
        (Late(percent=10, grace=15), 901, 1.0),
        (Late(percent=100 / 3), 1, 3.3333),
    ],
)
def test_late_work_loses_a_share_for_each_hour_or_day_begun_up_to_a_limit_and_nothing_within_the_grace(
    late, seconds, expected
):
    assert late.taken_off(10.0, seconds) == expected


NOON = datetime(2026, 11, 20, 12)


@pytest.mark.parametrize(
    ("rule", "due", "longer", "open"),
    [
        ("after closing", None, 0, False),
        ("after closing", NOON + timedelta(hours=1), 0, False),
        ("after closing", NOON, 0, True),
        ("after closing", NOON, 1, False),
        ("after submission", None, 0, True),
        ("at once", NOON + timedelta(hours=1), 0, True),
    ],
)
def test_feedback_goes_out_when_the_rule_allows_it_and_not_while_anybody_has_longer(tmp_path, rule, due, longer, open):
    extensions = {"ann": timedelta(hours=longer)} if longer else {}
    found = gate(course(tmp_path, f"feedback: {rule}\n"), "waiver", Allowed(due, extensions, {}), NOON)
    assert found.open == open
    assert bool(found.why) != open
