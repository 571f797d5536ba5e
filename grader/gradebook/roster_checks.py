"""What must be right in a line of the roster, and what to do if it is not."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grader.reading import Problem

SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
SAFE_ID_IN_WORDS = "Use up to 64 letters, digits, dots, dashes, underscores or @, and begin with a letter or digit."
LONGEST = 128
SHARED = frozenset({"jovyan", "learner"})
"""Logins that say nothing about a person: Jupyter’s containers and browsers give them to everybody."""


class Checks:
    """Goes through a roster line by line and remembers what each name was used for."""

    def __init__(self, path: Path, columns: Sequence[str], needed: int) -> None:
        self.path, self.columns, self.needed = str(path), columns, columns[:needed]
        self.taken: dict[str, dict[str, int]] = {"id": {}, "email": {}, "lms_id": {}}

    def of(self, line: int, row: Mapping[str, str | None]) -> list[Problem]:
        """Everything wrong with one line."""
        found = [*self._shape(line, row), *self._id(line, row), *self._names(line, row), *self._signs(line, row)]
        return [*found, *self._twice(line, row), *self._logins(line, row)]

    def _problem(self, line: int, field: str, wrong: str, right: str) -> Problem:
        return Problem(self.path, line, field, wrong, right)

    def _shape(self, line: int, row: Mapping[str, str | None]) -> Iterator[Problem]:
        if row.get(""):
            right = "Put quotes around a field that holds the separator."
            yield self._problem(line, "", "has more fields than the first line.", right)
        if any(row[name] is None for name in self.needed):
            right = "Leave a field empty, but keep its comma."
            yield self._problem(line, "", "has fewer fields than the first line.", right)

    def _id(self, line: int, row: Mapping[str, str | None]) -> Iterator[Problem]:
        id = (row["id"] or "").strip()
        if not id:
            yield self._problem(line, "id", "is empty.", "Give every learner an id.")
        elif not SAFE_ID.fullmatch(id):
            yield self._problem(line, "id", f"“{_shown(id)}” cannot be the name of a folder.", SAFE_ID_IN_WORDS)

    def _names(self, line: int, row: Mapping[str, str | None]) -> Iterator[Problem]:
        if not any((row.get(name) or "").strip() for name in ("first_name", "last_name")):
            right = "Give at least one name; in an anonymous class repeat the id."
            yield self._problem(line, "last_name", "and first_name are both empty.", right)

    def _signs(self, line: int, row: Mapping[str, str | None]) -> Iterator[Problem]:
        for name in self.columns:
            value = row.get(name) or ""
            if name != "id" and any(map(_hidden, value.strip())):
                right = "Type the field again without line breaks and hidden signs."
                yield self._problem(line, name, f"“{_shown(value)}” holds a sign that cannot be seen.", right)
            if len(value) > LONGEST:
                yield self._problem(line, name, f"is {len(value)} letters long.", f"At most {LONGEST} are kept.")

    def _twice(self, line: int, row: Mapping[str, str | None]) -> Iterator[Problem]:
        """Report an id, an e-mail address or a number of the learning platform that two learners have."""
        for name, taken in self.taken.items():
            value = (row.get(name) or "").strip()
            first = taken.setdefault(value.lower(), line) if value else line
            if first != line:
                right = (
                    "Give every learner one of their own." if name == "id" else "Whose is it? Leave the other empty."
                )
                yield self._problem(line, name, f"“{_shown(value)}” stands twice, first on line {first}.", right)

    def _logins(self, line: int, row: Mapping[str, str | None]) -> Iterator[Problem]:
        taken = self.taken["id"]
        for login in dict.fromkeys((row.get("login") or "").lower().split()):
            if login not in SHARED and taken.setdefault(login, line) != line:
                right = "A login belongs to one learner. Several logins of one learner stand with a space between them."
                yield self._problem(line, "login", f"“{_shown(login)}” belongs to line {taken[login]} too.", right)


def _hidden(sign: str) -> bool:
    """Whether a sign is invisible. The joiners of Persian and Indic names are part of them."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") and sign not in "\u200c\u200d"


def _shown(value: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in value[:64])
