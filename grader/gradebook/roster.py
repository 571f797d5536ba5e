"""Reads the list of learners: a CSV file with the columns id, first_name, last_name and email."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.reading import BadInput, Problem, nearest

COLUMNS = ("id", "first_name", "last_name", "email")
LARGEST = 5_000_000
SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
SAFE_ID_IN_WORDS = "Use up to 64 letters, digits, dots, dashes, underscores or @, and begin with a letter or digit."


@dataclass(frozen=True)
class Learner:
    """One line of the roster. ``id`` is the name under which the learner hands in."""

    id: str
    first_name: str
    last_name: str
    email: str


def read_roster(path: Path) -> tuple[Learner, ...]:
    """Read a roster; BadInput names file, line and column of everything that is wrong with it."""
    rows = csv.DictReader(io.StringIO(_text(path), newline=""), restkey="", strict=True)
    learners: list[Learner] = []
    problems: list[Problem] = []
    try:
        problems += _missing_columns(path, rows.fieldnames or ())
        for row in rows if not problems else ():
            wrong = list(_problems(path, rows.line_num, row, {one.id.lower() for one in learners}))
            problems += wrong
            learners += [] if wrong else [Learner(*((row[name] or "").strip() for name in COLUMNS))]
    except csv.Error as error:
        problems.append(Problem(str(path), rows.line_num + 1, "", f"is not CSV: {error}.", "Check quotes and commas."))
    if not learners and not problems:
        problems.append(Problem(str(path), 1, "", "names nobody.", "Write one line for each learner."))
    if problems:
        raise BadInput(problems)
    return tuple(learners)


def _text(path: Path) -> str:
    def bad(line: int, wrong: str, right: str) -> BadInput:
        return BadInput([Problem(str(path), line, "", wrong, right)])

    try:
        raw = path.read_bytes()
    except OSError as error:
        raise bad(1, f"cannot be read ({error.strerror}).", "Give the path of a CSV file.") from None
    if len(raw) > LARGEST:
        raise bad(1, f"is {len(raw):,} bytes long.", f"At most {LARGEST:,} bytes are read.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise bad(line, "is not UTF-8 text.", "Save the file as “CSV UTF-8”.") from None


def _missing_columns(path: Path, given: Iterable[str]) -> Iterator[Problem]:
    names = list(given)
    for name in COLUMNS:
        if names.count(name) != 1:
            wrong = "is not a column of this file." if name not in names else "is a column twice."
            right = f"The first line must read {','.join(COLUMNS)}. {nearest(name, names) if names else ''}"
            yield Problem(str(path), 1, name, wrong, right.strip())


def _problems(path: Path, line: int, row: Mapping[str, str | None], known: set[str]) -> Iterator[Problem]:
    id = (row["id"] or "").strip()
    if not id:
        yield Problem(str(path), line, "id", "is empty.", "Give every learner an id.")
    elif not SAFE_ID.fullmatch(id):
        yield Problem(str(path), line, "id", f"“{id[:64]}” cannot be the name of a folder.", SAFE_ID_IN_WORDS)
    elif id.lower() in known:
        yield Problem(str(path), line, "id", f"“{id}” stands twice.", "Give every learner an id of their own.")
    if row.get(""):
        yield Problem(
            str(path), line, "", "has more fields than the first line.", "Put quotes around a field with a comma."
        )
    if any(row[name] is None for name in COLUMNS):
        yield Problem(
            str(path), line, "", "has fewer fields than the first line.", "Leave a field empty, but keep its comma."
        )
