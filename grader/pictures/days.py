"""Draws a calendar to count days by: counted days with their numbers, closed days hatched, the last one ringed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from grader.calendar import DAY, add_months, is_open
from grader.facts import Order, Scenario
from grader.findings import Finding
from grader.law import Law
from grader.messages import WORDS, say
from grader.messages import day as dated
from grader.pictures.counting import Count, count
from grader.pictures.svg import LINE, WIDTH, Picture, box, drawn, hatch, line, says, tag, words, wrap

CELL, TALL, EDGE, SMALL = 45, 42, 2, 13.0
SHAPES = ("start", "written", "counted", "closed", "last")


@dataclass(frozen=True)
class Mark:
    """What is told in one sentence of some days, and how each is drawn."""

    kind: str
    days: tuple[date, ...]
    says: str


def court_days(scenario: Scenario, order: Order, finding: Finding, law: Law, name: str = "") -> Picture | None:
    """Draw the count behind a finding of duration.last_day for an order; None if nothing was counted by days."""
    counted = count(scenario, order, finding, law)
    return draw_days(counted, scenario.title, name) if counted else None


def draw_days(counted: Count, title: str, name: str = "") -> Picture:
    """The same from a count."""
    found = sorted(_marks(counted), key=lambda mark: (mark.days[0], SHAPES.index(mark.kind)))
    body, y = "", 0.0
    month = counted.start.replace(day=1)
    while month <= counted.last:
        first, last = (
            max(month, _sunday(counted.start)),
            min(add_months(month, 1) - DAY, _sunday(counted.last) + 6 * DAY),
        )
        part, y = _month(month, first, last, found, counted, y)
        body, month = body + part, add_months(month, 1)
    key, height = _key(found, y + 6)
    return drawn("days", say("picture-days", title=title), height, body + key, [mark.says for mark in found], name)


def _column(day: date) -> int:
    """Weeks begin on Sunday, as calendars in the United States do."""
    return day.isoweekday() % 7


def _sunday(day: date) -> date:
    return day - _column(day) * DAY


def _marks(counted: Count) -> Iterator[Mark]:
    if counted.counted:
        left_out = "left-out" if counted.start not in counted.counted else "counted"
        yield Mark("start", (counted.start,), say(f"picture-start-{left_out}", day=dated(counted.start)))
    else:
        yield Mark("written", (counted.start,), say("picture-written", day=dated(counted.start)))
    for run in _runs(counted):
        yield _numbered(run, counted.counted.index(run[0]) + 1)
    yield from _shut(counted)
    moved = "picture-last-moved" if counted.last != counted.end else "picture-last"
    yield Mark("last", (counted.last,), say(moved, day=dated(counted.last)))


def _runs(counted: Count) -> list[list[date]]:
    """Counted days that follow each other without a break within one week."""
    runs: list[list[date]] = [[counted.counted[0]]] if counted.counted else []
    for before, day in pairwise(counted.counted):
        if day - before == DAY and _column(day) and _kind(before, counted) == _kind(day, counted):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _kind(day: date, counted: Count) -> bool:
    return is_open(day, counted.closed)


def _numbered(run: list[date], n: int) -> Mark:
    first, last, m = dated(run[0]), dated(run[-1]), n + len(run) - 1
    if len(run) == 1:
        return Mark("counted", tuple(run), say("picture-counted-one", first=first, n=n))
    return Mark("counted", tuple(run), say("picture-counted", first=first, last=last, n=n, m=m))


def _shut(counted: Count) -> Iterator[Mark]:
    """The closed days; a Sunday is told together with the Saturday before it."""
    span = [counted.start + n * DAY for n in range((counted.last - counted.start).days + 1)]
    plain = [day for day in span if day.weekday() > 4 and day not in counted.closed]
    for day in span:
        if is_open(day, counted.closed) or (day in plain and _column(day) == 0 and day - DAY in plain):
            continue
        both = day in plain and day + DAY in plain
        yield _closed((day, day + DAY) if both else (day,), counted)


def _closed(days: tuple[date, ...], counted: Count) -> Mark:
    """A closed day or a weekend; where every day of the calendar counts, it is counted all the same."""
    counts = "-counts" if set(days) & set(counted.counted) else ""
    if len(days) > 1:
        return Mark("closed", days, say(f"picture-weekend{counts}", first=dated(days[0]), last=dated(days[1])))
    name = counted.closed.get(days[0]) or WORDS[f"weekday-{_column(days[0])}"]
    return Mark("closed", days, say(f"picture-closed{counts}", day=dated(days[0]), name=name))


def _month(month: date, first: date, last: date, found: list[Mark], counted: Count, y: float) -> tuple[str, float]:
    """The weeks of one month that matter, under their heads; and how far down they reach."""
    head = words(EDGE, y + LINE, [f"{WORDS[f'month-{month.month}']} {month.year}"], bold=True)
    heads = [
        words(EDGE + (n + 0.5) * CELL, y + 2 * LINE, [WORDS[f"weekday-{n}"][:2]], size=SMALL, middle=True)
        for n in range(7)
    ]
    top = y + 2 * LINE + 6
    weeks = (last - _sunday(first)).days // 7 + 1
    cells = []
    for day in (first + n * DAY for n in range((last - first).days + 1)):
        at = EDGE + _column(day) * CELL, top + (day - _sunday(first)).days // 7 * TALL
        cells.append(_cell(day, *at, found, counted))
    foot = top + weeks * TALL + 4
    names = [f"{day.day}: {name}" for day, name in sorted(counted.closed.items()) if first <= day <= last]
    lines = [part for text in names for part in wrap(text, WIDTH - 4, SMALL)]
    return "".join([head, *heads, *cells, words(EDGE, foot + 14, lines, size=SMALL)]), foot + LINE * len(lines) + 8


def _cell(day: date, x: float, y: float, found: list[Mark], counted: Count) -> str:
    parts = [box(x, y, CELL, TALL, stroke=0.7), words(x + 6, y + 16, [str(day.day)], size=SMALL)]
    for number, mark in enumerate(found, 1):
        if day in mark.days:
            parts.append(says(number, *_sign(mark.kind, x, y, _n(day, counted))))
    return "".join(parts)


def _n(day: date, counted: Count) -> str:
    return str(counted.counted.index(day) + 1) if day in counted.counted else ""


def _sign(kind: str, x: float, y: float, n: str = "") -> Iterator[str]:
    match kind:
        case "start":
            yield tag("path", d=f"M{x + CELL - 17:g} {y + 5:g}l10 6l-10 6z", fill="currentColor")
        case "written":
            yield line(x + 5, y + TALL - 7, x + CELL - 5, y + TALL - 7, width=4)
        case "counted":
            yield words(x + CELL - 15, y + TALL - 8, [n], size=16.0, bold=True, middle=True)
        case "closed":
            yield hatch(x, y + 19, CELL - 28 if n else CELL, TALL - 19, 7)
        case "last":
            yield box(x + 2, y + 2, CELL - 4, TALL - 4, stroke=3, round_=7)


def _key(found: list[Mark], y: float) -> tuple[str, float]:
    """What the signs mean, for those that are there, in two columns; and where the picture ends."""
    parts, kinds = [line(1, y, WIDTH - 1, y)], {mark.kind for mark in found}
    for n, kind in enumerate(kind for kind in SHAPES if kind in kinds):
        x, top = EDGE + n % 2 * WIDTH / 2, y + 8 + n // 2 * (TALL + 6)
        lines = wrap(say(f"picture-key-{kind}"), WIDTH / 2 - CELL - 14, SMALL)
        parts += [box(x, top, CELL, TALL, stroke=0.7), *_sign(kind, x, top, "1" if kind == "counted" else "")]
        parts.append(words(x + CELL + 8, top + (TALL - len(lines) * 17) / 2 + 12, lines, size=SMALL))
    return "".join(parts), y + 12 + (len(kinds) + 1) // 2 * (TALL + 6)
