"""Draws who is bound toward whom: an arrow from the restrained to the protected person, one for each order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.facts import Order, Scenario
from grader.law import Law
from grader.messages import say
from grader.pictures.moments import letters, naming
from grader.pictures.svg import LINE, WIDTH, Picture, box, drawn, isolated, says, tag, words, wrap
from grader.telling import label
from grader.words import SHORT_NAMES

Somebody = str | int | None
"""A person by id, a class of children by its age, or nobody whom the story names."""
BOX, GAP, SMALL = 92, 12, 13.0
"""How wide the box of a person is, how far two pairs are apart, and the size of the letters above an arrow."""


@dataclass(frozen=True)
class Arrow:
    """One order toward one person it protects; ``onward`` if it runs from left to right."""

    number: int
    lines: tuple[str, ...]
    onward: bool


def arrows(scenario: Scenario, law: Law | None = None, name: str = "") -> Picture:
    """Draw whom each order binds and whom it protects, as the facts have it. Two orders are two arrows."""
    return draw_arrows(scenario, {order.id: label(order, scenario, law) for order in scenario.orders}, name)


def draw_arrows(scenario: Scenario, labels: Mapping[str, str], name: str = "") -> Picture:
    """The same with the names of the orders given."""
    title, text = say("picture-arrows", title=scenario.title), list[str]()
    pairs: dict[tuple[Somebody, Somebody], list[Arrow]] = {}
    for order in scenario.orders:
        called = labels.get(order.id) or SHORT_NAMES[order.kind]
        for protected in _protected(order):
            text.append(_sentence(scenario, order, protected, called))
            onward = (protected, order.binds) not in pairs
            pair = (order.binds, protected) if onward else (protected, order.binds)
            lines = wrap(_label(scenario, order, called), WIDTH - 2 * BOX - 20, SMALL)
            pairs.setdefault(pair, []).append(Arrow(len(text), tuple(lines), onward))
    body, y = "", 4.0
    for (left, right), between in pairs.items():
        part, y = _pair(_name(scenario, left), _name(scenario, right), between, y)
        body, y = body + part, y + GAP
    if not text:
        text, body, y = (
            [say("picture-no-arrows")],
            says(1, words(4, y + LINE, wrap(say("picture-no-arrows"), 300))),
            y + 30,
        )
    return drawn("arrows", title, y, body, text, name)


def _protected(order: Order) -> tuple[Somebody, ...]:
    """The protected people by their ids, a class of children by its age; None where the story names nobody."""
    return (*order.protects, *filter(None, (order.protects_children_under,))) or (None,)


def _name(scenario: Scenario, person: Somebody) -> str:
    if isinstance(person, int):
        return say("picture-children", age=person)
    return isolated(scenario.name(person)) if person else say("picture-nobody")


def _sentence(scenario: Scenario, order: Order, protected: Somebody, called: str) -> str:
    order_called = naming(scenario, order.id)
    bound, toward = _name(scenario, order.binds), _name(scenario, protected)
    return say(
        "picture-arrow", order=order_called[:1].upper() + order_called[1:], label=called, bound=bound, protected=toward
    )


def _label(scenario: Scenario, order: Order, called: str) -> str:
    if len(scenario.orders) == 1:
        return called
    return say("picture-arrow-label", letter=letters(scenario)[order.id], label=called)


def _pair(left: str, right: str, between: list[Arrow], y: float) -> tuple[str, float]:
    """Two people and all arrows between them; and how far down they reach."""
    names = [wrap(name, BOX - 12, bold=True) for name in (left, right)]
    rows = [len(arrow.lines) * LINE * SMALL / 15 + 20 for arrow in between]
    height = max(sum(rows) + 8, *(len(lines) * LINE + 14 for lines in names))
    body, at = "".join(_people(names, y, height)), y + (height - sum(rows)) / 2 - 2
    for arrow, room in zip(between, rows, strict=True):
        body += says(arrow.number, *_arrow(arrow, at, room))
        at += room
    return body, y + height


def _people(names: list[list[str]], y: float, height: float) -> Iterator[str]:
    for x, lines in zip((1.5, WIDTH - BOX - 1.5), names, strict=True):
        yield box(x, y, BOX, height, stroke=2, round_=6)
        yield words(x + BOX / 2, y + (height - len(lines) * LINE) / 2 + LINE * 0.74, lines, bold=True, middle=True)


def _arrow(arrow: Arrow, y: float, room: float) -> Iterator[str]:
    low, x1, x2 = y + room - 9, BOX + 6.0, WIDTH - BOX - 6.0
    start, tip, back = (x1, x2, -11) if arrow.onward else (x2, x1, 11)
    yield words(WIDTH / 2, y + 13, arrow.lines, size=SMALL, middle=True)
    yield tag("path", d=f"M{start:g} {low:g}L{tip:g} {low:g}", stroke_width=2)
    yield tag("path", d=f"M{tip:g} {low:g}l{back} -6v12z", fill="currentColor")
    yield tag("circle", cx=start, cy=float(low), r=3.5, fill="currentColor")
