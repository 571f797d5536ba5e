"""The bank as an examination of the law: change one value at a time and see whether any answer changes.

A change that nobody notices is a value that no scenario teaches and no scenario tests.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.families import Family
from grader.law import Law, Length, OrderLaw, Value, instead, law
from grader.law.files import parameters
from grader.readings import Reading, answered, by_reading, readers


@dataclass(frozen=True)
class Mutant:
    """One changed value of the law."""

    jurisdiction: str
    order: str
    question: str
    since: str
    change: str
    law: Law


def mutants(place: Law) -> Iterator[Mutant]:
    """Every law that differs from this one in one value: turned round, one word less, one longer, or gone."""
    for order in place.files:
        for name, values in order.parameters.items():
            for n, value in enumerate(values):
                for change, mutated in _changed(order, name, value):
                    kept = [*values[:n], *([mutated] if mutated else []), *values[n + 1 :]]
                    changed = _with(place, order, name, tuple(kept))
                    yield Mutant(place.id, order.order, name, value.since.isoformat(), change, changed)


def _changed(order: OrderLaw, name: str, value: Value) -> Iterator[tuple[str, Value | None]]:
    if not _said_behind(order, name, value):
        yield "left out", None
    spec, now = parameters()[name], value.value
    if now is None or value.open:
        return
    if spec["is"] == "boolean":
        yield f"{not now}".lower(), replace(value, value=not now)
    elif spec["is"] == "word":
        for other in [word for word in spec["words"] if word != now][:1]:
            yield f"{now} → {other}", replace(value, value=other)
    elif spec["is"] == "words" and len(now) > 1:
        for word in now:
            yield f"without {word}", replace(value, value=tuple(w for w in now if w != word))
    elif spec["is"] == "length":
        yield f"{now} and one more", replace(value, value=Length(now.n + 1, now.unit))
    elif spec["is"] == "lengths":
        longer = tuple(Length(length.n + 1, length.unit) for length in now)
        yield "each one longer", replace(value, value=longer)
    elif spec["is"] == "dollars":
        yield f"{now} and one more", replace(value, value=now + 1)


def _said_behind(order: OrderLaw, name: str, value: Value) -> bool:
    """Whether the law behind a file says the same all along: then nobody can notice that the file is silent."""
    if order.behind is None or len(order.parameters[name]) > 1 or value.terms:
        return False
    behind = order.behind.get(name, value.since)
    return behind is not None and behind.value == value.value


def _with(place: Law, order: OrderLaw, name: str, values: tuple[Value, ...]) -> Law:
    """The law with one parameter of one order changed, also where other orders fall back on it."""

    def swapped(one: OrderLaw) -> OrderLaw:
        behind = swapped(one.behind) if one.behind else None
        if one.order != order.order:
            return replace(one, behind=behind)
        rest = {key: kept for key, kept in one.parameters.items() if key != name}
        return replace(one, behind=behind, parameters=rest | ({name: values} if values else {}))

    every = swapped(place.every) if place.every else None
    return replace(place, orders=tuple(map(swapped, place.orders)), every=every)


def examine(families: Iterable[Family], places: Sequence[str]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant of the law of some jurisdictions, and whether the stories notice it.

    Only questions that read the changed value can answer differently, so only those are put again.
    """
    touched = by_reading(readers(families))
    for name in places:
        for mutant in mutants(law(name)):
            who = touched.get(Reading(name, mutant.order, mutant.question), [])
            with instead({name: mutant.law}):
                noticed = any(answered(one.asked) != one.answer for one in who)
            yield mutant, noticed


def summary(results: Iterable[tuple[Mutant, bool]]) -> dict[str, Any]:
    """How many mutants were noticed, and which were not: values that are not taught and not tested."""
    all_results = list(results)
    survivors = [mutant for mutant, noticed in all_results if not noticed]
    return {
        "mutants": len(all_results),
        "noticed": len(all_results) - len(survivors),
        "not_taught": [
            {
                "jurisdiction": m.jurisdiction,
                "order": m.order,
                "question": m.question,
                "since": m.since,
                "change": m.change,
            }
            for m in survivors
        ],
    }
