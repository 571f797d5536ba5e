"""What a new course asks of its roster and its place."""

from dataclasses import replace

import pytest
from sample_quiz import KEYS, QUIZ, SHEET

from grader.gradebook import points_here
from grader.gradebook.course import new
from grader.gradebook.folder import NoKey, open_quiz
from grader.gradebook.roster import read_roster
from grader.reading import BadInput

GOOD = "id,first_name,last_name,email\nann,Ann,A,ann@example.org\nbob,Bob,B,\n"


def roster(tmp_path, content):
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problems(tmp_path, content):
    with pytest.raises(BadInput) as bad:
        read_roster(roster(tmp_path, content))
    return [(problem.line, problem.field, problem.wrong) for problem in bad.value.problems]


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_roster_is_read_with_or_without_a_byte_order_mark(tmp_path, start):
    learners = read_roster(roster(tmp_path, start + GOOD))
    assert [one.id for one in learners] == ["ann", "bob"]
    assert learners[0].email == "ann@example.org"


def test_a_roster_with_windows_line_ends_and_further_columns_is_read(tmp_path):
    content = "id,first_name,last_name,email,group\r\nann,Ann,“A, the first”,,g1\r\n".replace("“", '"').replace(
        "”", '"'
    )
    assert read_roster(roster(tmp_path, content))[0].last_name == "A, the first"


def test_a_missing_column_is_named_with_what_the_first_line_must_read(tmp_path):
    with pytest.raises(BadInput, match=r"roster.csv:1 first_name: .*id,first_name,last_name,email.*firstname"):
        read_roster(roster(tmp_path, "id,firstname,last_name,email\nann,Ann,A,\n"))


@pytest.mark.parametrize(
    ("content", "line", "field", "words"),
    [
        (GOOD + "ann,Again,A,\n", 4, "id", "stands twice"),
        (GOOD + "ANN,Again,A,\n", 4, "id", "stands twice"),
        (GOOD + ",Nobody,N,\n", 4, "id", "is empty"),
        (GOOD + "../up,Up,U,\n", 4, "id", "name of a folder"),
        (GOOD + "a+b,Plus,P,\n", 4, "id", "name of a folder"),
        (GOOD + "*,Star,S,\n", 4, "id", "name of a folder"),
        (GOOD + "-x,Dash,D,\n", 4, "id", "name of a folder"),
        (GOOD + "cy,Cy\n", 4, "", "fewer fields"),
        (GOOD + "cy,Cy,C,,,x\n", 4, "", "more fields"),
        (GOOD.encode() + "cy,Zo\xeb,C,\n".encode("latin-1"), 4, "", "not UTF-8"),
        ("id,first_name,last_name,email\n", 1, "", "names nobody"),
        ("", 1, "id", "not a column"),
        ("id,id,first_name,last_name,email\n", 1, "id", "twice"),
        ('id,first_name,last_name,email\nann,"Ann,A,\n', 2, "", "not CSV"),
    ],
)
def test_a_bad_roster_is_refused_with_line_and_column(tmp_path, content, line, field, words):
    found = problems(tmp_path, content)
    assert any(at == line and name == field and words in wrong for at, name, wrong in found), found


def test_every_bad_line_of_a_roster_is_reported_at_once(tmp_path):
    assert len(problems(tmp_path, GOOD + ",X,Y,\nann,A,B,\n")) == 2


def test_a_roster_that_is_not_there_is_reported(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_roster(tmp_path / "none.csv")


def test_a_course_is_never_made_over_something_else(tmp_path):
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "mine.txt").write_text("keep me")
    with pytest.raises(BadInput, match="not empty"):
        new(tmp_path / "course", roster(tmp_path, GOOD), {QUIZ: (SHEET, KEYS)})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "roster.csv"]
    assert (tmp_path / "course" / "mine.txt").read_text() == "keep me"


def test_a_bad_roster_leaves_nothing_behind(tmp_path):
    with pytest.raises(BadInput):
        new(tmp_path / "course", roster(tmp_path, "id\n"), {QUIZ: (SHEET, KEYS)})
    assert [path.name for path in tmp_path.iterdir()] == ["roster.csv"]


def test_a_course_that_fails_half_way_leaves_nothing_behind(tmp_path):
    with pytest.raises(ValueError, match="do not belong together"):
        new(tmp_path / "course", roster(tmp_path, GOOD), {QUIZ: (SHEET, replace(KEYS, version="2"))})
    assert [path.name for path in tmp_path.iterdir()] == ["roster.csv"]


def test_a_quiz_without_a_key_cannot_be_opened(tmp_path):
    with pytest.raises(NoKey, match="not a released quiz"):
        open_quiz(tmp_path, QUIZ)


def test_points_are_found_only_inside_a_course(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoKey, match="not inside a course"):
        points_here(QUIZ, "w1")
