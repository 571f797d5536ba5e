"""Keeps what was handed in and can be given to nobody: a copy of each file, and a list of why.

The files lie in ``unmatched/QUIZ`` under cleaned names, the list beside them as ``list.csv``.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from grader.cells import safe

FOLDER = "unmatched"
LIST = "list.csv"
LONGEST = 80


@dataclass(frozen=True)
class Unmatched:
    """A file nobody could be given. ``kept`` is its copy's name; without one only the list tells of it."""

    kept: str
    came_as: str
    why: str
    digest: str = ""


def kept_name(route: Iterable[str], digest: str) -> str:
    """A harmless name for a copy: letters, digits and a few signs, told apart by the content."""
    cleaned = re.sub(r"[^\w.@+-]+", "_", "_".join(route)).strip("._") or "file"
    return f"{digest[:8]}-{cleaned[-LONGEST:]}"


def folder_of(course: Path, quiz: str) -> Path:
    """Where the unmatched files of a quiz lie."""
    return course / FOLDER / quiz


def read_list(course: Path, quiz: str) -> tuple[Unmatched, ...]:
    """The list as it stands; empty if there is none."""
    try:
        text = (folder_of(course, quiz) / LIST).read_text(encoding="utf-8")
    except OSError:
        return ()
    names = [one.name for one in fields(Unmatched)]
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return tuple(Unmatched(*(_bare(row.get(name) or "") for name in names)) for row in rows)


def write_list(course: Path, quiz: str, rows: Iterable[Unmatched]) -> None:
    """Write the list, so that a spreadsheet takes nothing in it for a formula."""
    folder = folder_of(course, quiz)
    folder.mkdir(parents=True, exist_ok=True)
    folder.parent.chmod(0o700)
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, [one.name for one in fields(Unmatched)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in asdict(row).items()} for row in rows)
    part = folder / f".{LIST}.part"
    part.write_text(file.getvalue(), encoding="utf-8")
    part.replace(folder / LIST)


def _harmless(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else "�" for sign in text)
    # an apostrophe gets another in front, because reading takes one away again
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@", "'") else str(safe(shown))


def _bare(text: str) -> str:
    return text.removeprefix("'")
