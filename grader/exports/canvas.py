"""Fills scores into the CSV file that an instructor exported from Canvas. Never makes one from nothing.

Canvas takes every column it does not know for a new assignment and every score it finds for a change.
So the file written holds only the columns by which Canvas knows people and the one column of this quiz.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.cells import as_csv
from grader.exports.scores import Export, Final, final, number, sorted_left
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
KEPT = ("EX", "N/A")


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

    def people(self) -> Iterator[list[str]]:
        """The rows that are about a person."""
        return (row for row in self.rows if not _about_columns(row))


def export(work: Class, path: Path, column: str | None = None, unfinished: bool = False) -> Export:
    """Fill the scores into a copy of a Canvas export; BadInput if the file or the column will not do."""
    sheet = read(path)
    here = _column(sheet, column, work)
    scores = final(work, unfinished)
    found, left = _fill(sheet, here, scores)
    missing = [id for id in scores.ready if id not in found]
    left_out = sorted_left(scores.left_out, left, {"not in the Canvas file": missing})
    keep = [n for n, name in enumerate(sheet.header) if name in PEOPLE or n == here]
    rows = [[row[n] for n in keep] for row in (sheet.header, *sheet.rows)]
    written = len(found) - sum(map(len, left.values())) + len(left.get("in Canvas, but not on the roster", []))
    return Export(sheet.mark + as_csv(rows, sheet.delimiter), written, left_out)


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


def _fill(sheet: Sheet, here: int, scores: Final) -> tuple[set[str], dict[str, list[str]]]:
    """Write each score into its row. Returns who was found, and who was left as they were and why."""
    found: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    matches = [(row, _who(sheet, row, scores)) for row in sheet.people()]
    everybody = [id for _, id in matches if id]
    for row, id in matches:
        if id is None:
            left.setdefault("in Canvas, but not on the roster", []).append(_shown(sheet, row))
        elif everybody.count(id) > 1:
            raise _bad(Path(sheet.file), 1, id, "is the match of two rows.", "Give the people ids of their own.")
        else:
            found[id] = row
    for id in [id for id in found if id in scores.ready]:
        if found[id][here].strip().upper() in KEPT:
            left.setdefault(f"left as “{found[id][here].strip()}” in Canvas", []).append(id)
        else:
            found[id][here] = number(scores.ready[id])
    return {id for id in found if id in scores.ready}, left


def _who(sheet: Sheet, row: Sequence[str], scores: Final) -> str | None:
    """The learner of a row: by the LMS id of the roster, then by login, SIS id or the part of a login before “@”."""
    by_lms = {person.entered.lms_id: id for id, person in scores.people.items() if person.entered.lms_id}
    by_name = {id.casefold(): id for id in scores.people}
    by_mail = {p.entered.email.casefold(): id for id, p in scores.people.items() if p.entered.email}
    cells = {name: row[n].strip() for name in KNOWN_BY if (n := sheet.column(name)) is not None}
    if cells.get("ID") in by_lms:
        return by_lms[cells["ID"]]
    for name in KNOWN_BY[:2]:
        cell = cells.get(name, "").casefold()
        if cell and (match := by_name.get(cell) or by_mail.get(cell)):
            return match
    return None


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
