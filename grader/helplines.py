"""The help lines, read from one data file: who answers, in which place, how to reach them, and when that was checked.

Standard library only: a learner's machine reads this too. No number stands here that was not read in a source.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "helplines.json"
EVERYWHERE = "us"
OLD = timedelta(days=365)
"""After this a line has to be checked again."""
CONFIDENCE = ("official", "second-hand")
"""Read on a page of the service or of an authority; or on a page of somebody else."""


@dataclass(frozen=True)
class Helpline:
    """One service. Whatever is empty was not found in the source."""

    place: str
    name: str
    about: str
    source: str
    checked: date
    confidence: str
    phone: str = ""
    text: dict[str, str] = field(default_factory=dict)
    tty: str = ""
    site: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()

    def is_old(self, today: date) -> bool:
        """Whether it was last checked more than a year ago."""
        return today - self.checked > OLD


@dataclass(frozen=True)
class Help:
    """Everything on file: the lines, the names of their places, and the page that leaving quickly leads to."""

    lines: tuple[Helpline, ...]
    places: dict[str, str]
    leave_to: str

    def of(self, place: str) -> tuple[Helpline, ...]:
        """The lines of one place, in the order of the file."""
        return tuple(line for line in self.lines if line.place == place)


@cache
def on_file(path: Path = FILE) -> Help:
    """What the data file says; ValueError if it is damaged."""
    data = json.loads(path.read_text(encoding="utf-8"))
    lines = tuple(_line(one) for one in data["lines"])
    return Help(lines, dict(data["places"]), data["leave"]["to"])


def _line(one: dict[str, Any]) -> Helpline:
    given = {**one, "checked": date.fromisoformat(one["checked"]), "languages": tuple(one.get("languages", ()))}
    return Helpline(**given)


def old(today: date) -> Iterator[Helpline]:
    """The lines that somebody should check again."""
    return (line for line in on_file().lines if line.is_old(today))
