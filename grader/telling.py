"""Tells a story: fills the {slots} of its sentences from the facts, so that nothing is written twice."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, get_args

from grader.calendar import spoken
from grader.facts import Case, Event, Line, Order, Relation, Scenario
from grader.law import Law, LawNotKnown
from grader.law import law as law_on_file
from grader.words import MEANINGS, SHORT_NAMES

KINDS: Mapping[str, type] = {"order": Order, "event": Event, "case": Case, "relation": Relation}
UNSPOKEN = frozenset({"id", "made_in", "state", "answers"})
SLOT = re.compile(r"(?:\b([Aa])n? )?\{([^{}]*)\}")


class NoFact(LookupError):
    """A slot asks for something that the fact beside the sentence does not say."""


def told(scenario: Scenario, law: Law | None) -> tuple[str, ...]:
    """The sentences the learner reads; orders carry their local names, or plain ones where no law is given."""
    return tuple(fill(line, scenario, law) for line in scenario.story)


def fill(line: Line, scenario: Scenario, law: Law | None) -> str:
    """One sentence with its slots filled; NoFact if a slot has nothing to stand for it."""

    def filled(match: re.Match[str]) -> str:
        text = _slot(match[2], line, scenario, law)
        return f"{match[1]}{'n' if text[:1].lower() in 'aeiou' else ''} {text}" if match[1] else text

    return SLOT.sub(filled, line.says)


@cache
def slots(says: str) -> tuple[str, ...]:
    """The names of the slots in a sentence."""
    return tuple(match[2] for match in SLOT.finditer(says))


@cache
def sayable(kind: str) -> tuple[str, ...]:
    """The fields of a kind of fact that a slot may name: all but true/false fields and references."""
    return tuple(f.name for f in fields(KINDS[kind]) if f.name not in UNSPOKEN and bool not in _types(f.type))


def label(order: Order, scenario: Scenario, law: Law | None) -> str:
    """What an order is called where it was made; a plain name where no law on file has one for it."""
    try:
        made_under = law_on_file(order.made_in) if law and order.made_in else law
        if made_under:
            return made_under.of(order.kind, scenario.ground(order), order.offence, order.court).label
    except (LawNotKnown, KeyError):
        pass  # a kind of order or a place that no law on file covers
    return SHORT_NAMES[order.kind]


def listed(items: tuple[str, ...]) -> str:
    """Join names the way they are spoken: “Dana, Lee and Max”."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def _slot(name: str, line: Line, scenario: Scenario, law: Law | None) -> str:
    if name == "order" and line.order:
        return label(line.order, scenario, law)
    kind = next((kind for kind in KINDS if getattr(line, kind)), None)
    value = getattr(line.fact, name, None) if kind and name in sayable(kind) else None
    if kind and value not in (None, ()):
        return _said(value, meanings(KINDS[kind], name), scenario, law)
    if name in scenario.people:
        return scenario.name(name)
    if name in (order.id for order in scenario.orders):
        return label(scenario.order(name), scenario, law)
    raise NoFact(name)


def _said(value: Any, meanings: Mapping[str, str], scenario: Scenario, law: Law | None) -> str:
    if isinstance(value, date):
        return spoken(value)
    if isinstance(value, tuple):
        return listed(tuple(_said(item, meanings, scenario, law) for item in value))
    if value in meanings or value in scenario.people:
        return meanings.get(value) or scenario.name(value)
    if value in (order.id for order in scenario.orders):
        return label(scenario.order(value), scenario, law)
    if value in (case.id for case in scenario.cases):
        return f"{scenario.case(value).kind} case"
    return str(value).replace("-", " ")


@cache
def meanings(kind: type, field: str) -> Mapping[str, str]:
    """The meanings of the closed words a field may hold; empty for a field that holds something else."""
    hint = next(f.type for f in fields(kind) if f.name == field)
    words = {word for word in _types(hint) if isinstance(word, str)}
    return next((known for known in MEANINGS.values() if set(known) == words), {})


def _types(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _types(part)
