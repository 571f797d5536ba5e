"""Scores for Canvas, Moodle and for analysis: the right ones, in the right rows, and nothing else."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from grader.answers import Entry
from grader.cells import as_csv, put, safe
from grader.cli import app
from grader.gradebook.marks import Mark
from grader.reading import BadInput
from grader.report import gather
from grader.report.register import Entered
from grader.sheet import KeySheet, Sheet
from tests.sample_quiz import KEYS, SHEET, right
from tests.sample_report import hand_in, make_course

FULL = {item.id: Mark(item.points, item.points, item.points) for item in SHEET.items}
HALF = {item.id: Mark(item.points / 2, item.points, item.points / 2) for item in SHEET.items}
WAITING = {**FULL, "w9": Mark(0.0, 4.0, None, None, True)}
PEOPLE = (
    Entered("ana", "Ana", "Alm", "ana@example.org", "101", FULL, 1.5),
    Entered("ben", "Ben", "Bax", "ben@example.org", "", HALF),
    Entered("cleo", "Cleo", "Cox", "cleo@example.org", "", WAITING),
    Entered("dan", "Dan", "Day", "dan@example.org", "", {}),
    Entered("eve", "=1+1", "Eck", "eve@example.org", "", HALF),
    Entered("fay", "Fay", "Fox", "fay@example.org", "", FULL),
)
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,Essay (7),Permission (8),Assignments Current Score,Final Score
,,,,,,,Manual Posting,,
    Points Possible,,,,,,20,13,(read only),(read only)
"Alm, Ana",101,u-1,someone-else,"One, and two",,3,,80,80
"Bax, Ben",102,ben,,One,=SUM(A1),3,4,80,80
"Cox, Cleo",103,,cleo@example.org,One,,3,,80,80
"Day, Dan",104,,dan,One,,3,2.5,80,80
"Eck, =1+1",105,,EVE,One,,3,EX,80,80
"Zed, Zoe",106,,zoe,One,,3,1,80,80
"Student, Test",107,,,One,,,,,
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_course(tmp_path / "course", [(SHEET, KEYS)])
    monkeypatch.setattr(gather, "register", lambda *_: PEOPLE)
    return made


@pytest.fixture
def canvas(course: Path) -> Callable[..., tuple[Result, list[list[str]]]]:
    """Fill the scores into a Canvas export; the result of the command and the rows written."""

    def fill(text: str | bytes = CANVAS, *more: str) -> tuple[Result, list[list[str]]]:
        export, written = course / "canvas.csv", course / "filled.csv"
        export.write_bytes(text if isinstance(text, bytes) else text.encode())
        result = run(course, "--to", "canvas", "--into", str(export), "--out", str(written), *more)
        assert export.read_bytes() == (text if isinstance(text, bytes) else text.encode()), "the export stays as it was"
        raw = written.read_text(encoding="utf-8-sig") if written.exists() else ""
        delimiter = ";" if raw.startswith("Student;") else ","
        return result, list(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter))

    return fill


def run(course: Path, *args: str) -> Result:
    return CliRunner().invoke(app, ["export", SHEET.quiz, "--course", str(course), *args], env={"COLUMNS": "250"})


Fill = Callable[..., tuple[Result, list[list[str]]]]


# Canvas


def test_scores_stand_in_the_rows_of_their_people_and_in_the_one_column_of_the_quiz(canvas: Fill) -> None:
    result, rows = canvas()
    assert result.exit_code == 0, result.stderr
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Permission (8)"]
    assert {row[1]: row[-1] for row in rows[3:]} == {
        "101": "11.5", "102": "6.5", "103": "", "104": "2.5", "105": "EX", "106": "1", "107": "",
    }  # fmt: skip
    assert rows[2] == ["    Points Possible", "", "", "", "", "13"]


def test_people_are_known_by_the_number_in_the_roster_by_login_by_sis_id_or_by_mail(canvas: Fill) -> None:
    _, rows = canvas(CANVAS, "--unfinished")
    found = {row[0]: row[-1] for row in rows[3:]}
    assert (found["Alm, Ana"], found["Bax, Ben"], found["Cox, Cleo"]) == ("11.5", "6.5", "9")


def test_everybody_left_out_is_named_with_the_reason(canvas: Fill) -> None:
    result, _ = canvas()
    for line in (
        "2 scores written",
        "A text still waits to be marked (--unfinished exports the score so far) (1): cleo",
        "Nothing handed in (1): dan",
        "Left as “EX” in Canvas (1): eve",
        "Not in the Canvas file (1): fay",
        "In Canvas, but not on the roster (2): Student, Test, zoe",
    ):
        assert line in result.stdout, line


def test_no_other_column_is_written_so_an_import_changes_nothing_else(canvas: Fill) -> None:
    _, rows = canvas()
    assert not {"Notes", "Essay (7)", "Final Score"} & set(rows[0])
    assert "=SUM(A1)" not in str(rows)


def test_a_file_with_semicolons_and_a_byte_order_mark_stays_like_that(canvas: Fill, course: Path) -> None:
    lines = [";".join(f'"{cell}"' for cell in row) for row in csv.reader(io.StringIO(CANVAS))]
    result, rows = canvas(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    assert result.exit_code == 0, result.stderr
    assert (course / "filled.csv").read_bytes().startswith(b"\xef\xbb\xbfStudent;ID;")
    assert rows[3][-1] == "11.5"


def test_last_and_first_names_in_columns_of_their_own_are_fine(canvas: Fill) -> None:
    text = "LastName,FirstName,ID,SIS Login ID,Section,Permission (8)\nPoints Possible,,,,,13\nBax,Ben,1,ben,One,\n"
    _, rows = canvas(text)
    assert rows[2] == ["Bax", "Ben", "1", "ben", "One", "6.5"]


def test_a_name_that_is_a_formula_is_made_text(canvas: Fill) -> None:
    _, rows = canvas('Student,ID,SIS Login ID,Section,Permission (8)\nPoints Possible,,,,13\n"=cmd()",1,ben,@One,\n')
    assert rows[2] == ["'=cmd()", "1", "ben", "'@One", "6.5"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Permission (8)", "Permissions (8)"), "has no assignment “Permission”"),
        (("Essay (7)", "Permission (7)"), "has 2 assignments “Permission”"),
        (("Essay (7)", "Permission (8)"), "is a column twice"),
        (("20,13,", "20,10,"), "is worth 10 points in Canvas, and the quiz 13"),
        (("20,13,", "20,(read only),"), "has no assignment “Permission”"),
        (("Student,ID", "Pupil,ID"), "is not an export of Canvas’s gradebook"),
        (("Section,", "Group,"), "is not an export of Canvas’s gradebook"),
        (('"Zed, Zoe"', "Zed, Zoe"), ":9: has 11 fields"),
        (('"Zed, Zoe"', '"Zed, Zoe'), "is not CSV"),
        ((",zoe,", ",ben,"), ":9 ben: is the match of a second row"),
    ],
)
def test_a_file_that_will_not_do_is_refused_with_place_and_way_out(
    canvas: Fill, course: Path, change: tuple[str, str], said: str
) -> None:
    result, rows = canvas(CANVAS.replace(*change))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not rows


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Student", b"\n\n"])
def test_a_file_that_is_no_table_is_refused(canvas: Fill, raw: bytes) -> None:
    result, rows = canvas(raw)
    assert result.exit_code == 2
    assert not rows


def test_a_column_can_be_named_and_one_that_is_no_assignment_cannot(canvas: Fill) -> None:
    assert canvas(CANVAS.replace("20,13", "13,13"), "--column", "Essay (7)")[1][0][-1] == "Essay (7)"
    for name in ("Notes", "Final Score", "Section"):
        result, _ = canvas(CANVAS, "--column", name)
        assert result.exit_code == 2
        assert "name a column with --column" in result.stderr


def test_scores_never_go_to_canvas_from_nothing_nor_over_the_export(course: Path) -> None:
    result = run(course, "--to", "canvas")
    assert result.exit_code == 2
    assert "Export the gradebook from Canvas" in result.stderr
    (course / "c.csv").write_text(CANVAS)
    result = run(course, "--to", "canvas", "--into", str(course / "c.csv"), "--out", str(course / "c.csv"))
    assert result.exit_code == 2
    assert (course / "c.csv").read_text() == CANVAS


# Moodle


def test_moodle_gets_only_people_with_a_score(course: Path) -> None:
    result = run(course, "--to", "moodle")
    assert result.exit_code == 0, result.stderr
    rows = list(csv.reader(io.StringIO((course / "reports" / "waiver-moodle.csv").read_text(), newline="")))
    assert rows == [
        ["ID number", "Email address", "First name", "Last name", "Permission (of 13)"],
        ["ana", "ana@example.org", "Ana", "Alm", "11.5"],
        ["ben", "ben@example.org", "Ben", "Bax", "6.5"],
        ["eve", "eve@example.org", "'=1+1", "Eck", "6.5"],
        ["fay", "fay@example.org", "Fay", "Fox", "13"],
    ]
    assert "Nothing handed in (1): dan" in result.stdout


def test_an_address_that_reads_like_a_formula_is_left_out_and_told(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "register", lambda *_: (Entered("ana", email="=1@x", marks=FULL),))
    told = json.loads(run(course, "--to", "moodle", "--json").stdout)
    assert told["left_out"] == {"e-mail address left out, it reads like a formula": ["ana"]}
    assert "=1@x" not in Path(told["file"]).read_text()


def test_a_quiz_of_more_than_a_hundred_points_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def large(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "items": [{**item, "points": 50.0} for item in data["items"]]}

    made = make_course(
        tmp_path / "large", [(Sheet.from_json(large(SHEET.as_json())), KeySheet.from_json(large(KEYS.as_json())))]
    )
    monkeypatch.setattr(gather, "register", lambda *_: ())
    result = run(made, "--to", "moodle")
    assert result.exit_code == 2
    assert "Moodle takes 100" in result.stderr


# The long table


def test_the_long_table_has_a_row_for_each_learner_and_item_and_no_text(course: Path) -> None:
    items = {i.id: Entry(i.pick(SHEET.salt, "ben").variant, right(i.id, "ben"), first="") for i in SHEET.items}
    items["w5"] = Entry("w5-a", ["s1"], 2, tries=2, first=["s2"])
    hand_in(course, SHEET, "ben", items)
    result = run(course, "--to", "long")
    assert result.exit_code == 0, result.stderr
    table = pandas.read_csv(course / "reports" / "waiver-long.csv", keep_default_na=False)
    assert len(table) == 5 * 6
    assert set(table["learner"]) == {"ana", "ben", "cleo", "eve", "fay"}
    w5 = table[(table.learner == "ben") & (table["item"] == "w5")].iloc[0]
    assert (w5.answer, w5.first_answer, w5.first_misconceptions, w5.misconceptions) == (
        "s1",
        "s2",
        "permission-counts",
        "",
    )
    assert (w5.verdict, w5.points, str(w5.certainty)) == ("right", 0.5, "2")
    assert table[(table.learner == "ben") & (table["item"] == "w9")].iloc[0].answer == ""


def test_the_long_table_comes_as_parquet_too(course: Path) -> None:
    assert run(course, "--to", "long", "--parquet").exit_code == 0
    assert len(pandas.read_parquet(course / "reports" / "waiver-long.parquet")) == 30


@pytest.mark.parametrize("args", [("moodle", "--parquet"), ("moodle", "--into", "x"), ("long", "--column", "x")])
def test_options_that_do_not_go_together_are_refused(course: Path, args: tuple[str, ...]) -> None:
    assert run(course, "--to", *args).exit_code == 2


# Cells


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@x", "\t=1", "\r=1", " =1", "＝1", "=cmd|' /C calc'!A0"])
def test_what_reads_like_a_formula_is_made_text(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ana", "-", "-3.5", "+7", "a=b", "12 %", "O’Hara"])
def test_plain_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=5))
def test_whatever_a_cell_holds_comes_back_as_one_cell_that_is_no_formula(cells: list[str]) -> None:
    [row] = csv.reader(io.StringIO(as_csv([["first", *cells]]).decode(), newline=""))
    assert [cell.removeprefix("'") for cell in row[1:]] == [cell.removeprefix("'") for cell in cells]
    assert not [cell for cell in row if cell.startswith(("=", "@", "\t", "\r"))]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.csv", b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BadInput, match="No space left"):
        put(tmp_path / "a.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"
