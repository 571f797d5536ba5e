"""What a new course asks of its roster and its place."""

from dataclasses import replace

import pytest
from sample_quiz import KEYS, QUIZ, SHEET

from grader.gradebook import points_here
from grader.gradebook.course import new
from grader.gradebook.folder import NoKey, open_quiz
from grader.gradebook.making import building_place
from grader.gradebook.roster import read_roster, roster_text
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


SEMICOLON = "id;first_name;last_name;email;lms_id;login\nann;Ann;Lee;a@x.org;4711;annie-mac ann2\nbob;Bob;B;;;\n"


@pytest.mark.parametrize(
    "content",
    [
        SEMICOLON,
        SEMICOLON.replace(";", "\t"),
        SEMICOLON.replace(";", ","),
        SEMICOLON.encode("utf-16"),
        SEMICOLON.replace("\n", "\r\n").replace(";", "\t").encode("utf-16"),
        b"\xfe\xff" + SEMICOLON.encode("utf-16-be"),
        "\ufeff" + SEMICOLON,
        SEMICOLON.replace("first_name", " First Name ").replace("lms_id", "LMS-ID"),
        SEMICOLON + ";;;;;\n\n",
    ],
)
def test_a_roster_is_read_however_a_spreadsheet_saved_it(tmp_path, content):
    ann, bob = read_roster(roster(tmp_path, content))
    assert (ann.id, ann.lms_id, ann.logins) == ("ann", "4711", ("annie-mac", "ann2"))
    assert (bob.id, bob.lms_id, bob.logins) == ("bob", "", ())


def test_an_old_encoding_is_read_when_it_is_named_and_suggested_when_it_is_not(tmp_path):
    path = roster(tmp_path, GOOD.encode() + "cy,Zo\xeb,C,\n".encode("cp1252"))
    with pytest.raises(BadInput, match=r"roster.csv:4: is not UTF-8.*“cy,Zoë,C,”, add --encoding cp1252"):
        read_roster(path)
    assert read_roster(path, "cp1252")[2].first_name == "Zoë"


def test_an_encoding_that_does_not_exist_or_does_not_fit_is_reported(tmp_path):
    path = roster(tmp_path, GOOD.encode("utf-16-le"))
    for encoding, words in ((None, "UTF-16"), ("klingon", "no encoding"), ("ascii", "UTF-16")):
        with pytest.raises(BadInput, match=words):
            read_roster(path, encoding)
    assert read_roster(path, "utf-16-le")[0].id == "ann"


MORE = "id,first_name,last_name,email,lms_id,login\nann,Ann,A,a@x.org,1,mac\n"


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        ("bob,,,,,", "last_name", "both empty"),
        ("bob,  ,\u3000,,,", "last_name", "both empty"),
        ("bob,B\x07b,B,,,", "first_name", "cannot be seen"),
        ('bob,"B\nb",B,,,', "first_name", "cannot be seen"),
        ("bob,B\u202eb,B,,,", "first_name", "cannot be seen"),
        (f"bob,{'B' * 200},B,,,", "first_name", "200 letters"),
        ("bob,B,B,A@X.ORG,,", "email", "stands twice, first on line 2"),
        ("bob,B,B,,1,", "lms_id", "stands twice, first on line 2"),
        ("bob,B,B,,,mac", "login", "belongs to line 2 too"),
        ("bob,B,B,,,ANN", "login", "belongs to line 2 too"),
        ("mac,B,B,,,", "id", "stands twice"),
    ],
)
def test_odd_and_double_names_are_refused_with_line_and_column(tmp_path, line, field, words):
    found = problems(tmp_path, MORE + line + "\n")
    assert any(at >= 3 and name == field and words in wrong for at, name, wrong in found), found


@pytest.mark.parametrize("name", ["Zoë", "علی‌رضا", "O’Brien-Smith, Jr.", "李", "X Æ A-12", "=1+1", "@lee", "Null", "'"])
def test_names_of_people_are_taken_as_they_are(tmp_path, name):
    content = f'id,first_name,last_name,email\nann,"{name}","{name}",\n'
    assert read_roster(roster(tmp_path, content))[0].first_name == name


def test_a_login_that_everybody_has_may_stand_with_everybody(tmp_path):
    learners = read_roster(roster(tmp_path, MORE.replace("mac", "jovyan") + "bob,B,B,,,jovyan\n"))
    assert [one.logins for one in learners] == [("jovyan",), ("jovyan",)]


def test_the_roster_a_course_keeps_reads_back_as_it_was(tmp_path):
    learners = read_roster(roster(tmp_path, MORE.replace(",A,", ',"A, ""the"" 1st",')))
    assert read_roster(roster(tmp_path, roster_text(learners))) == learners


def test_a_second_command_making_a_course_in_the_same_place_is_told_to_wait(tmp_path):
    with building_place(tmp_path / "a"), pytest.raises(BadInput, match="Wait until it is done"):
        new(tmp_path / "a", roster(tmp_path, GOOD), {QUIZ: (SHEET, KEYS)})


def test_what_a_killed_command_left_half_made_is_taken_away_by_the_next(tmp_path):
    (tmp_path / ".a.building" / "keys").mkdir(parents=True)
    with building_place(tmp_path / "a") as building:
        assert list(building.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
