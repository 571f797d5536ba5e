"""Fills scores into the CSV file that an instructor exported from Canvas. Never makes one from nothing.

Canvas takes every column it does not know for a new assignment and every score it finds for a change.
So the file written holds only the columns by which Canvas knows people and the one column of this quiz.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.cells import as_csv
from grader.exports.scores import EXCUSED, Export, Final, final, number, sorted_left
from grader.reading import BadInput, Problem, nearest
from grader.report.gather import Class

LARGEST = 20_000_000
PEOPLE = (
    "Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account",
    "Section",
)  # fmt: skip
KNOWN_BY = ("SIS Login ID", "SIS User ID", "ID")
TOTALS = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
NUMBERED = re.compile(r"(?P<title>.*\S)\s*\((?P<id>\d+)\)\s*")
POINTS = "Points Possible"
EXCUSE = "EX"
KEPT = (EXCUSE, "N/A")


@dataclass(frozen=True)
class Sheet:
    """An export of Canvas: its heading, its rows, and what stood around them."""

    file: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    delimiter: str
    mark: bytes

    def column(self, name: str) -> int | None:
        """Where a column stands, if it is there."""
        return self.header.index(name) if name in self.header else None

    def points(self, column: int) -> str:
        """What the row “Points Possible” says about a column."""
        return next((row[column].strip() for row in self.rows if POINTS in row[0]), "")

    def people(self) -> Iterator[tuple[int, list[str]]]:
        """The rows that are about a person, each with its line."""
        return ((line, row) for line, row in zip(self.lines, self.rows, strict=True) if not _about_columns(row))


def export(work: Class, path: Path, column: str | None = None, unfinished: bool = False) -> Export:
    """Fill the scores into a copy of a Canvas export; BadInput if the file or the column will not do."""
    sheet = read(path)
    here = _column(sheet, column, work)
    scores = final(work, unfinished)
    rows, strangers = _matched(sheet, scores)
    ready = {id: row for id, row in rows.items() if id in scores.ready}
    kept = {id: word for id, row in ready.items() if (word := row[here].strip()).upper() in KEPT}
    for id in ready.keys() - kept.keys():
        ready[id][here] = number(scores.ready[id])
    for id in scores.left_out.get(EXCUSED, ()):
        if id in rows:
            rows[id][here] = EXCUSE
    left: dict[str, list[str]] = {"not in the Canvas file": [id for id in scores.ready if id not in rows]}
    left["in Canvas, but not on the roster"] = strangers
    for id, word in kept.items():
        left.setdefault(f"left as “{word}” in Canvas", []).append(id)
    keep = [n for n, name in enumerate(sheet.header) if name in PEOPLE or n == here]
    content = as_csv([[row[n] for n in keep] for row in (sheet.header, *sheet.rows)], sheet.delimiter)
    return Export(sheet.mark + content, len(ready) - len(kept), sorted_left(scores.left_out, left))


def read(path: Path) -> Sheet:
    """Read an export of Canvas’s gradebook strictly; BadInput says where it is not one."""
    text, mark = _text(path)
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, lines = [], []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        raise _bad(
            path, reader.line_num, "", f"is not CSV: {error}.", "Export the gradebook from Canvas again."
        ) from None
    return _checked(path, rows, lines, delimiter, mark)


def _text(path: Path) -> tuple[str, bytes]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        right = "Give the CSV file that you exported from the gradebook of Canvas."
        raise _bad(path, 1, "", f"cannot be read ({error.strerror}).", right) from None
    if len(raw) > LARGEST:
        raise _bad(path, 1, "", f"is {len(raw):,} bytes long.", f"At most {LARGEST:,} bytes are read.")
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    try:
        return raw.decode("utf-8-sig"), mark
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _bad(path, line, "", "is not UTF-8 text.", "Use the file as Canvas exported it.") from None


def _checked(path: Path, rows: list[list[str]], lines: list[int], delimiter: str, mark: bytes) -> Sheet:
    header = [name.strip() for name in rows[0]] if rows else []
    right = "Export it from Canvas (Grades, Export) and give that file, unchanged."
    if "ID" not in header or "Section" not in header or not {"Student", "LastName"} & set(header):
        raise _bad(path, 1, "", "is not an export of Canvas’s gradebook: Student, ID or Section is missing.", right)
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise _bad(path, 1, twice[0], "is a column twice.", right)
    for line, row in zip(lines, rows, strict=True):
        if len(row) != len(header):
            raise _bad(path, line, "", f"has {len(row)} fields, but the first line has {len(header)}.", right)
    return Sheet(str(path), header, rows[1:], lines[1:], delimiter, mark)


def _column(sheet: Sheet, asked: str | None, work: Class) -> int:
    """The column of this quiz: the one named, or the assignment of the same title. It must be there already."""
    able = [name for name in sheet.header if name not in PEOPLE and _is_assignment(sheet, name)]
    wanted = asked or work.sheet.title
    names = [name for name in able if wanted in (name, _title(name))]
    names = names or [name for name in able if _title(name).casefold() == wanted.casefold()]
    if len(names) != 1:
        wrong = f"has no assignment “{wanted}”." if not names else f"has {len(names)} assignments “{wanted}”."
        right = f"Make it in Canvas first, export again, or name a column with --column. {nearest(wanted, able)}"
        raise _bad(Path(sheet.file), 1, wanted, wrong, right.strip())
    here = sheet.header.index(names[0])
    _same_points(sheet, here, work)
    return here


def _is_assignment(sheet: Sheet, name: str) -> bool:
    column = sheet.header.index(name)
    return (
        bool(NUMBERED.fullmatch(name)) and not TOTALS.search(name) and "read only" not in sheet.points(column).lower()
    )


def _title(name: str) -> str:
    found = NUMBERED.fullmatch(name)
    return found["title"] if found else name


def _same_points(sheet: Sheet, column: int, work: Class) -> None:
    given = sheet.points(column).replace(",", ".")
    try:
        same = abs(float(given) - work.most) < 0.005
    except ValueError:
        same = False
    if not same:
        right = f"Set the points of the assignment to {number(work.most)} in Canvas, and export again."
        wrong = f"is worth {given or 'no'} points in Canvas, and the quiz {number(work.most)}."
        raise _bad(Path(sheet.file), 2, sheet.header[column], wrong, right)


def _matched(sheet: Sheet, scores: Final) -> tuple[dict[str, list[str]], list[str]]:
    """The row of each learner, and the people in Canvas whom the roster does not know; BadInput for two rows of one."""
    rows: dict[str, list[str]] = {}
    strangers = []
    index = _index(scores)
    for line, row in sheet.people():
        id = _who(sheet, row, index)
        if id is None:
            strangers.append(_shown(sheet, row))
        elif id in rows:
            raise _bad(Path(sheet.file), line, id, "is the match of a second row.", "Give the people ids of their own.")
        else:
            rows[id] = row
    return rows, strangers


def _index(scores: Final) -> dict[tuple[str, str], str]:
    """Learners by the number Canvas gives them, by id and by e-mail address. An address of two people is nobody’s."""
    people = {id: person.entered for id, person in scores.people.items()}
    mails = Counter(one.email.casefold() for one in people.values())
    index = {("mail", one.email.casefold()): id for id, one in people.items() if mails[one.email.casefold()] == 1}
    index |= {("lms", one.lms_id): id for id, one in people.items() if one.lms_id}
    return index | {("name", id.casefold()): id for id in people}


def _who(sheet: Sheet, row: Sequence[str], index: Mapping[tuple[str, str], str]) -> str | None:
    """The learner of a row: by the number that the roster holds, else by SIS login, else by SIS id."""
    cells = {name: row[n].strip() for name in KNOWN_BY if (n := sheet.column(name)) is not None}
    keys = [("lms", cells["ID"])] if cells["ID"] else []
    for name in KNOWN_BY[:2]:
        if cell := cells.get(name, "").casefold():
            keys += [("name", cell), ("mail", cell)]
    return next((index[key] for key in keys if key in index), None)


def _shown(sheet: Sheet, row: Sequence[str]) -> str:
    login = sheet.column("SIS Login ID")
    return (row[login] if login is not None else "") or row[0]


def _about_columns(row: Sequence[str]) -> bool:
    """Canvas’s rows that are about no person: the points, and which columns are hidden."""
    if POINTS in row[0]:
        return True
    return all(not cell.strip() or re.fullmatch(r"(Muted|Manual Posting.*)", cell.strip(), re.I) for cell in row)


def _bad(path: Path, line: int, field: str, wrong: str, right: str) -> BadInput:
    return BadInput([Problem(str(path), line, field, wrong, right)])
