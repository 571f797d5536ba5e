"""Draws a case as a timeline that runs down the page: orders as bars, and beside each mark what it stands for.

Words beside marks need no room of their own on a narrow screen, and lines of text in a column cannot overlap.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

from grader.facts import Order, Scenario
from grader.findings import Finding
from grader.law import Law
from grader.messages import say
from grader.pictures.moments import NO_FIXED_DAY, Ends, Mark, Moment, extensions, letters, moments
from grader.pictures.svg import LINE, WIDTH, Picture, box, drawn, hatch, line, says, tag, words, wrap
from grader.telling import label

LEFT, BAR, PITCH, WIDEST = 6, 16, 27, 112
"""Where the first bar stands, how wide a bar is, how far apart two are, and how much room all may take."""
RISE, SMALL = LINE / 4, 13.0
"""How far the middle of a line of text lies above its base line; the size of the key’s letters."""
SIGNS: Mapping[str, str] = {"both": "concluded-end", "concluded": "concluded-end", "case": "event"}
SHAPES = (
    "paper",
    "extended",
    "concluded",
    "after",
    "open",
    "concluded-end",
    "notice",
    "hearing",
    "event",
    "gap",
    "asked",
)
DASHES = {"paper": "", "extended": "5 3", "concluded": "", "after": "1 4", "open": "5 3"}


@dataclass(frozen=True)
class Row:
    """A moment in its place: the height of its mark and its lines of text."""

    moment: Moment
    number: int
    y: float
    when: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """A part of a bar, from one height to another."""

    kind: str
    top: float
    foot: float


def timeline(
    scenario: Scenario,
    law: Law | None = None,
    findings: Mapping[str, Finding] | None = None,
    asked: date | None = None,
    name: str = "",
) -> Picture:
    """Draw the orders and events of a story in time, as the facts have them.

    Orders carry the names of a law, if one is given. ``findings`` are findings of duration.last_day by the id of the
    order: where one is given, the end it concludes is drawn beside the one on paper. ``asked`` is a day to mark.
    """
    labels = {order.id: label(order, scenario, law) for order in scenario.orders}
    ends = {id: _end(finding) for id, finding in (findings or {}).items()}
    return draw_timeline(scenario, labels, {id: end for id, end in ends.items() if end}, asked, name)


def _end(finding: Finding) -> date | str:
    """What a finding says about a last day; nothing where the law leaves it open."""
    answer = finding.answer
    return answer if isinstance(answer, date) else NO_FIXED_DAY if answer == NO_FIXED_DAY else ""


def draw_timeline(
    scenario: Scenario, labels: Mapping[str, str], ends: Ends, asked: date | None = None, name: str = ""
) -> Picture:
    """The same from what is stored in a notebook: the names of the orders, and their ends as concluded."""
    found = moments(scenario, labels, ends, asked)
    title = say("picture-timeline", title=scenario.title)
    columns = _columns(scenario)
    axis = max(columns.values(), default=LEFT) + 24.0
    rows, foot = _rows(found, axis + 18)
    bars = "".join(
        says(_number(rows, order), *_bar(scenario, order, rows, columns[order.id])) for order in scenario.orders
    )
    marks = "".join(says(row.number, *_mark(row, columns, axis)) for row in rows)
    key, height = _key(scenario, rows, foot + 16)
    return drawn("timeline", title, height, bars + marks + key, [moment.sentence for moment in found], name)


def _columns(scenario: Scenario) -> dict[str, float]:
    """Where the bar of each order stands: its middle."""
    return {order.id: LEFT + BAR / 2 + n * _pitch(scenario) for n, order in enumerate(scenario.orders)}


def _pitch(scenario: Scenario) -> float:
    return min(float(PITCH), WIDEST / max(1, len(scenario.orders)))


def _rows(found: Iterable[Moment], left: float) -> tuple[list[Row], float]:
    """Put moments one below the other; the more time between two, the more room, up to a limit."""
    rows: list[Row] = []
    y, before = float(LINE), None
    for number, moment in enumerate(found, 1):
        fresh = moment.day is None or before is None or moment.when != before.when
        if before is not None:
            y += _room(before, moment)
        when = tuple(wrap(moment.when, WIDTH - left, bold=True)) if fresh and moment.day else ()
        row = Row(moment, number, y, when, tuple(wrap(moment.says, WIDTH - left)))
        rows.append(row)
        y += LINE * (len(row.when) + len(row.says))
        before = moment
    return rows, y - LINE / 2


def _room(before: Moment, after: Moment) -> float:
    if before.day is None or after.day is None:
        return 10.0
    return 4 + min(34.0, sqrt((after.day - before.day).days) * 2.2)


def _number(rows: Iterable[Row], order: Order) -> int:
    """The number of the sentence that tells of the beginning of an order."""
    return next(row.number for row in rows if row.moment.mark == "start" and row.moment.order == order.id)


def _height(rows: Iterable[Row], order: Order, *marks: Mark, day: date | None = None) -> float | None:
    """How far down a mark of an order stands, if it has one."""
    mine = (row for row in rows if row.moment.order == order.id and row.moment.mark in marks)
    return next((row.y - RISE for row in mine if day in (None, row.moment.day)), None)


def _bar(scenario: Scenario, order: Order, rows: list[Row], x: float) -> Iterator[str]:
    width = min(BAR, max(3.0, _pitch(scenario) - 5))
    left, segments = x - width / 2, tuple(_segments(scenario, order, rows))
    for segment in segments:
        yield from _segment(segment, left, width)
    top = _height(rows, order, "start") or 0.0
    yield line(left - 2, top, left + width + 2, top, width=3)
    if len(scenario.orders) > 1 and width > 7:
        yield words(x, top + 15, [letters(scenario)[order.id]], size=min(13.0, width), bold=True, middle=True)


def _segment(segment: Segment, left: float, width: float) -> Iterator[str]:
    top, height, dash = segment.top, segment.foot - segment.top, DASHES.get(segment.kind, "")
    if segment.kind != "open":
        yield box(left, top, width, height, dash=dash)
    else:
        yield from (line(x, top, x, segment.foot, width=1.5, dash=dash) for x in (left, left + width))
    if segment.kind == "concluded":
        yield hatch(left, top, width, height)


def _segments(scenario: Scenario, order: Order, rows: list[Row]) -> Iterator[Segment]:
    """The parts of a bar from top to foot: on paper, extended, as the law has it, or without an end."""
    at = _height(rows, order, "start") or 0.0
    concluded, no_end = _height(rows, order, "concluded"), _height(rows, order, "open")
    for n, day in enumerate((order.ends, *(event.until for event in extensions(scenario, order)))):
        end = _height(rows, order, "end", "extended", "both", day=day) if day else None
        if end is not None and end > at:
            yield from _cut(Segment("extended" if n else "paper", at, end), concluded)
            at = end
    if concluded is not None and concluded > at:
        yield Segment("concluded", at, concluded)
    elif no_end is not None:
        yield Segment("open", at, no_end)


def _cut(segment: Segment, concluded: float | None) -> Iterator[Segment]:
    """What lies beyond the end that the law has stands on the paper only."""
    if concluded is None or concluded >= segment.foot:
        yield segment
    elif concluded <= segment.top:
        yield Segment("after", segment.top, segment.foot)
    else:
        yield Segment(segment.kind, segment.top, concluded)
        yield Segment("after", concluded, segment.foot)


def _mark(row: Row, columns: Mapping[str, float], axis: float) -> Iterator[str]:
    """The sign of a moment, a thin line from there to its words, and the words."""
    moment, y = row.moment, row.y - RISE
    x = columns.get(moment.order, axis)
    if moment.mark in ("asked", "gap"):
        yield line(1, y, axis + 12, y, width=2, dash="10 4 2 4" if moment.mark == "asked" else "2 5")
    elif moment.order:
        yield line(x + BAR / 2 + 4, y, axis + 12, y, dash="1 4")
    yield sign(moment.mark, x, y, moment.label)
    left = axis + 18
    yield words(left, row.y, row.when, bold=True)
    yield words(left, row.y + LINE * len(row.when), row.says)


def sign(mark: str, x: float, y: float, label: str = "") -> str:
    """The sign of a kind of moment, around a point."""
    match mark:
        case "event" | "case":
            size = 12.0 if len(label) < 2 else 10.0
            number = words(x, y + size * 0.36, [label], size=size, bold=True, middle=True)
            return tag("circle", cx=float(x), cy=float(y), r=9.5, stroke_width=1.5) + number
        case "notice":
            return tag("path", d=f"M{x:g} {y - 7:g}l7 7l-7 7l-7-7z", fill="currentColor")
        case "hearing":
            return box(x - 5, y - 5, 10, 10, stroke=2.5)
        case "end" | "extended":
            return line(x - 11, y, x + 11, y, width=4)
        case "both" | "concluded" | "concluded-end":
            return line(x - 11, y - 3, x + 11, y - 3, width=2) + line(x - 11, y + 3, x + 11, y + 3, width=2)
        case "open":
            return tag("path", d=f"M{x - 8:g} {y - 7:g}l8 8l8-8", stroke_width=2.5)
    return ""


def _key(scenario: Scenario, rows: list[Row], y: float) -> tuple[str, float]:
    """What the shapes mean, for those that are there; and where the picture ends."""
    found = {part.kind for order in scenario.orders for part in _segments(scenario, order, rows)}
    found |= {SIGNS.get(row.moment.mark, row.moment.mark) for row in rows}
    shapes = [shape for shape in SHAPES if shape in found]
    parts, y = [line(1, y, WIDTH - 1, y)], y + LINE + 2
    for shape in shapes:
        lines = wrap(say(f"picture-key-{shape}"), WIDTH - 36, SMALL)
        parts += [_sample(shape, y - RISE), words(36, y, lines, size=SMALL)]
        y += LINE * len(lines) + 2
    scale = wrap(say("picture-scale"), WIDTH - 2, SMALL)
    return "".join([*parts, words(1, y, scale, size=SMALL)]), y + LINE * (len(scale) - 1) + 6


def _sample(shape: str, y: float) -> str:
    if shape in DASHES:
        return "".join(_segment(Segment(shape, y - 7, y + 7), 5, BAR)) + (
            sign("open", 13, y + 5) if shape == "open" else ""
        )
    if shape in ("asked", "gap"):
        return line(1, y, 27, y, width=2, dash="10 4 2 4" if shape == "asked" else "2 5")
    return sign(shape, 13, y, "1")
