"""Watches which questions of which law files the rules put while they answer, so that a value can be traced
to the rules that read it and to the stories that test it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from grader.families import Asked, Family
from grader.findings import Finding, plain
from grader.law import Law, OrderLaw, Value, instead, jurisdictions, law
from grader.rules import ask as decide


class Reading(NamedTuple):
    """One question in one law file."""

    jurisdiction: str
    order: str
    question: str


@dataclass(frozen=True)
class Reader:
    """One question put to the rules: who asks it, what they answer, and what they read of the law."""

    family: Family
    asked: Asked
    finding: Finding
    read: frozenset[Reading]

    @property
    def answer(self) -> str:
        """The answer, as an author writes it."""
        return plain(self.finding.answer)


@dataclass(frozen=True)
class _Watched(OrderLaw):
    """A law file that remembers which of its questions were put."""

    seen: set[Reading] = field(default_factory=set, compare=False, kw_only=True)

    def value(self, name: str, day: date, term: str | None = None) -> Value:
        if name in self.parameters:
            self.seen.add(Reading(self.jurisdiction, self.order, name))
        return super().value(name, day, term)


def readers(families: Iterable[Family]) -> Iterator[Reader]:
    """Put every question of every story, and tell what each read."""
    seen: set[Reading] = set()
    places = {name: _watched(law(name), seen) for name in jurisdictions()}
    for family in families:
        for one in family.asked():
            seen.clear()
            with instead(places):
                finding = decided(one)
            yield Reader(family, one, finding, frozenset(seen))


def answered(one: Asked) -> str:
    """What the rules answer to a question under the law that stands now."""
    return plain(decided(one).answer)


def decided(one: Asked) -> Finding:
    """What the rules find under the law that stands now, with all reasons."""
    return decide(one.scenario, law(one.place), one.ask, one.act)


def by_reading(found: Iterable[Reader]) -> dict[Reading, list[Reader]]:
    """For each question of a law file, those who read it."""
    index: dict[Reading, list[Reader]] = {}
    for reader in found:
        for reading in reader.read:
            index.setdefault(reading, []).append(reader)
    return index


def _watched(place: Law, seen: set[Reading]) -> Law:
    orders = tuple(_watch(order, seen) for order in place.orders)
    return replace(place, orders=orders, every=_watch(place.every, seen) if place.every else None)


def _watch(order: OrderLaw, seen: set[Reading]) -> OrderLaw:
    behind = _watch(order.behind, seen) if order.behind else None
    return _Watched(**{**vars(order), "behind": behind}, seen=seen)
