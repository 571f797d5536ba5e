"""No name and no answer becomes a formula in a table that leaves the course."""

import csv
import io

import pytest

from grader.cells import NUMBER
from grader.gradebook.corrections import texts, write
from grader.gradebook.moving import Moved
from grader.gradebook.roster import Learner
from grader.gradebook.unmatched import LIST, Unmatched, folder_of, read_list, write_list
from tests.sample_quiz import KEYS, QUIZ, SHEET
from tests.sample_report import hand_in, make_course

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", '=HYPERLINK("https://x","y")')


def formulas(raw):
    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row if not NUMBER.fullmatch(cell)]
    return [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_in_the_list_of_whom_to_tell_of_a_correction_is_no_formula(tmp_path, name):
    roster = {"ann": Learner("ann", name, name, name)}
    text, rows = texts(SHEET, [], [Moved("ann", 1.0, 2.0), Moved(name, 2.0, 1.0)], {}, roster)
    folder = write(tmp_path, SHEET, text, rows)
    assert folder
    raw = (folder / "to-each.csv").read_bytes()
    assert b"ann" in raw
    assert formulas(raw) == []


def test_no_file_name_in_the_list_of_what_fits_nobody_is_a_formula_and_each_is_read_back(tmp_path):
    names = [*FORMULAS, "'quoted'", "'=1", "-5", "ann.ipynb"]
    rows = [Unmatched("", name, f"{name} fits nobody.", name) for name in names]
    write_list(tmp_path, QUIZ, rows)
    raw = (folder_of(tmp_path, QUIZ) / LIST).read_bytes()
    assert raw.count(b"fits nobody") == len(names)
    assert formulas(raw) == []
    assert [one.came_as for one in read_list(tmp_path, QUIZ)] == [name.replace("\t", "\ufffd") for name in names]


def test_no_answer_in_the_long_table_is_a_formula(tmp_path, monkeypatch):
    from grader.answers import Entry
    from grader.exports import long
    from grader.gradebook.marks import Mark
    from grader.report import gather
    from grader.report.register import Entered

    course = make_course(tmp_path / "course", [(SHEET, KEYS)])
    for n, formula in enumerate(FORMULAS):
        given = {"grid": {formula: formula}, "date": formula, "written": formula}
        items = {
            item.id: Entry(item.pick(SHEET.salt, f"l{n}").variant, answer, first=answer)
            for item in SHEET.items
            for answer in [given.get(item.kind, [formula])]
        }
        hand_in(course, SHEET, f"l{n}", items)
    people = tuple(Entered(f"l{n}", one, one, one, marks={"w1": Mark(0.0, 2.0, 0.0)}) for n, one in enumerate(FORMULAS))
    monkeypatch.setattr(gather, "register", lambda *_: people)
    raw = long.table(gather.gather(course, QUIZ)).csv()
    assert raw.count(b"l0") >= len(SHEET.items)
    assert formulas(raw) == []
