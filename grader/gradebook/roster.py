"""Reads the list of learners: a CSV file with the columns id, first_name, last_name and email.

Two more columns help to tell whose work a file is: ``lms_id``, the number under which a learning
platform knows the learner, and ``login``, the names the learner works under on other machines.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grader.gradebook.roster_checks import Checks
from grader.gradebook.roster_text import delimiter_of, text_of
from grader.reading import BadInput, Problem, nearest

ROSTER = "roster.csv"
COLUMNS = ("id", "first_name", "last_name", "email")
MORE = ("lms_id", "login")


@dataclass(frozen=True)
class Learner:
    """One line of the roster. ``id`` is the name under which the learner hands in; ``logins`` are other such names."""

    id: str
    first_name: str
    last_name: str
    email: str
    lms_id: str = ""
    logins: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the learner may have answered under."""
        return (self.id, *self.logins)


def read_roster(path: Path, encoding: str | None = None) -> tuple[Learner, ...]:
    """Read a roster; BadInput names file, line and column of everything that is wrong with it.

    Commas, semicolons and tabs are told apart by the first line. UTF-8 and UTF-16 are recognised;
    any other ``encoding`` must be named.
    """
    text = text_of(path, encoding)
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True, delimiter=delimiter_of(text))
    learners: list[Learner] = []
    problems: list[Problem] = []
    checks = Checks(path, (*COLUMNS, *MORE), len(COLUMNS))
    try:
        rows.fieldnames = [_heading(name) for name in rows.fieldnames or ()]
        problems += _columns(path, rows.fieldnames)
        for row in rows if not problems else ():
            if any(_plain(value) for value in row.values() if isinstance(value, str)):
                wrong = checks.of(rows.line_num, row)
                problems += wrong
                learners += [] if wrong else [_learner(row)]
    except csv.Error as error:
        problems.append(Problem(str(path), rows.line_num + 1, "", f"is not CSV: {error}.", "Check quotes and commas."))
    if not learners and not problems:
        problems.append(Problem(str(path), 1, "", "names nobody.", "Write one line for each learner."))
    if problems:
        raise BadInput(problems)
    return tuple(learners)


def on_roster(course: Path) -> Mapping[str, Learner]:
    """The learners of a course by id, from its own copy of the roster; empty if it keeps none."""
    path = course / ROSTER
    try:
        stat = path.stat()
    except OSError:
        return {}
    return _kept(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _kept(path: Path, _changed: int, _size: int) -> Mapping[str, Learner]:
    """Read once while it stays as it is: grading asks for every learner."""
    return {one.id: one for one in read_roster(path)}


def roster_text(learners: Iterable[Learner]) -> str:
    """A roster as the course keeps it: commas, every column that is known."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow((*COLUMNS, *MORE))
    for one in learners:
        writer.writerow((one.id, one.first_name, one.last_name, one.email, one.lms_id, " ".join(one.logins)))
    return file.getvalue()


def _learner(row: Mapping[str, str | None]) -> Learner:
    id, first, last, email, lms_id = (_plain(row.get(name)) for name in (*COLUMNS, "lms_id"))
    return Learner(id, first, last, email, lms_id, tuple(dict.fromkeys(_plain(row.get("login")).split())))


def _plain(value: str | None) -> str:
    """A field in one spelling: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", value or "").split())


def _heading(name: str) -> str:
    """A column by its own name, whatever case and spaces a spreadsheet gave it."""
    return "_".join(name.strip().lower().replace("-", " ").split())


def _columns(path: Path, names: Sequence[str]) -> Iterable[Problem]:
    for name in (*COLUMNS, *MORE):
        if names.count(name) != 1 and (name in COLUMNS or name in names):
            wrong = "is not a column of this file." if name not in names else "is a column twice."
            right = f"The first line must read {','.join(COLUMNS)}. {nearest(name, names) if names else ''}"
            yield Problem(str(path), 1, name, wrong, right.strip())
