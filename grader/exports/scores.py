"""The scores that may leave: who has one, and who is left out and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.report.gather import Class, Person

EXCUSED = "excused"


@dataclass(frozen=True)
class Export:
    """A file to be written, how many scores are in it, and who was left out and why."""

    content: bytes
    written: int
    left_out: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Final:
    """The scores that count, by learner, and those that do not count yet."""

    ready: dict[str, float]
    people: dict[str, Person]
    left_out: dict[str, list[str]]


def final(work: Class, unfinished: bool = False) -> Final:
    """The gradebook’s scores. Left out are people without one, and, unless asked for, those whose texts still wait."""
    ready: dict[str, float] = {}
    left: dict[str, list[str]] = {}
    for person in work.people:
        why = _why_not(person, unfinished)
        if why:
            left.setdefault(why, []).append(person.id)
        else:
            ready[person.id] = round(person.points, 2)
    return Final(ready, {person.id: person for person in work.people}, left)


def number(points: float) -> str:
    """A score as every gradebook reads it: a decimal point, at most two places."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def sorted_left(*groups: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Put the reasons together, each with the people it concerns."""
    found: dict[str, list[str]] = {}
    for group in groups:
        for why, who in group.items():
            found.setdefault(why, []).extend(who)
    return {why: sorted(who) for why, who in found.items() if who}


def _why_not(person: Person, unfinished: bool) -> str:
    if person.entered.excused:
        return EXCUSED
    if not person.graded:
        return "handed in, but not graded yet" if person.here else "nothing handed in"
    if person.waiting and not unfinished:
        return "a text still waits to be marked (--unfinished exports the score so far)"
    return ""
