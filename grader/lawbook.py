"""Looks at the law on file as a whole: what is known where, what changed between two days, what has grown old."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from grader.families import Family
from grader.law import Law, OrderLaw, Value, instead
from grader.law.values import parameters
from grader.readings import answered


def matrix(laws: Iterable[Law], day: date) -> list[dict[str, Any]]:
    """For every order on file and every question the rules ask: known, open, repealed or unknown on a day."""
    return [
        {
            "jurisdiction": law.id,
            "order": order.order,
            "answers": {name: state(order, name, day) for name in parameters()},
        }
        for law in laws
        for order in law.files
    ]


def state(order: OrderLaw, name: str, day: date) -> str:
    """How far the law of an order answers one question on a day."""
    started = [value for value in order.parameters.get(name, ()) if value.since <= day]
    if started and all(value.value is None for value in started if value.since == max(v.since for v in started)):
        return "repealed"
    found = [order.get(name, day, term) for term in (None, *{t for v in started for t in v.terms})]
    known = [value for value in found if value is not None]
    if not known:
        return "unknown"
    return "open" if all(value.open for value in known) else "known"


def changes(laws: Iterable[Law], first: date, last: date) -> list[dict[str, Any]]:
    """The values that start after the first day and not after the last, each with what held before."""
    return [
        {
            "jurisdiction": law.id,
            "order": order.order,
            "question": name,
            "since": value.since.isoformat(),
            "exact": value.exact,
            "before": shown(order.get(name, first, *value.terms[:1])),
            "after": shown(value),
            "cites": [cite.cite for cite in value.cites],
        }
        for law in laws
        for order in law.files
        for name, values in order.parameters.items()
        for value in values
        if first < value.since <= last
    ]


def flips(families: Iterable[Family], laws: Mapping[str, Law], first: date, last: date) -> Iterator[dict[str, Any]]:
    """The questions of the bank that the law of the two days answers differently."""
    asked = [(family.id, one) for family in families for one in family.asked()]
    answers = []
    for day in (first, last):
        with instead({name: as_of(law, day) for name, law in laws.items()}):
            answers.append([answered(one) for _, one in asked])
    for (id, one), before, after in zip(asked, *answers, strict=True):
        if before != after:
            where = {"scenario": id, "variant": one.scenario.variant, "law": one.place, "ask": one.ask.id}
            yield {**where, "act": one.act or "", "before": before, "after": after}


def as_of(law: Law, day: date) -> Law:
    """The law as it stood on a day: nothing that started later."""
    every = _cut(law.every, day, None) if law.every else None
    return replace(law, orders=tuple(_cut(order, day, every) for order in law.orders), every=every)


def _cut(order: OrderLaw, day: date, every: OrderLaw | None) -> OrderLaw:
    kept = {name: tuple(v for v in values if v.since <= day) for name, values in order.parameters.items()}
    behind = order.behind
    if behind is not None:
        behind = every if every is not None and behind.order == every.order else _cut(behind, day, every)
    return replace(order, parameters={name: values for name, values in kept.items() if values}, behind=behind)


def stale(laws: Iterable[Law], before: date) -> list[dict[str, str]]:
    """The provisions last compared with their source before a day, oldest first."""
    found = {
        (provision.checked, law.id, order.order, provision.cite)
        for law in laws
        for order in law.files
        for provision in order.provisions.values()
        if provision.checked < before
    }
    names = ("checked", "jurisdiction", "order", "cite")
    return [dict(zip(names, (row[0].isoformat(), *row[1:]), strict=True)) for row in sorted(found)]


def shown(value: Value | None) -> str:
    """A value as a person reads it."""
    if value is None:
        return "not known"
    if value.value is None:
        return "repealed"
    return ", ".join(map(str, value.value)) if isinstance(value.value, tuple) else str(value.value).lower()
