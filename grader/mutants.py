"""The bank as an examination of the law: change one rule at a time and see whether any answer changes.

A change that nobody notices is a rule that no scenario teaches and no case tests.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from grader.families import Family
from grader.law import Law, Length, OrderLaw, Value, instead, law
from grader.law.values import parameters
from grader.readings import Reading, answered, by_reading, readers

Change = Callable[[Value], Value | None]
Changes = Callable[[OrderLaw, str, list[Value]], Iterator[tuple[str, Change]]]


@dataclass(frozen=True)
class Mutant:
    """The law with one rule changed."""

    jurisdiction: str
    order: str
    question: str
    since: str
    change: str
    law: Law


def mutants(place: Law, how: Changes | None = None) -> Iterator[Mutant]:
    """Every law that differs from this one in one rule: turned round, one word less, one longer, or gone."""
    for order in place.files:
        for name, values in order.parameters.items():
            for said in _rules(values):
                for change, made in (how or changes)(order, name, said):
                    kept = [made(value) if value in said else value for value in values]
                    changed = _with(place, order, name, tuple(value for value in kept if value is not None))
                    yield Mutant(place.id, order.order, name, said[0].since.isoformat(), change, changed)


def _rules(values: Iterable[Value]) -> list[list[Value]]:
    """The values as rules of law: what later authorities only show again, or show with more words, is one rule."""
    found: list[list[Value]] = []
    for value in sorted(values, key=lambda value: value.since):
        home = next((said for said in found if _shown_again(said[-1], value)), None)
        if home is None:
            found.append([value])
        else:
            home.append(value)
    return found


def _shown_again(one: Value, later: Value) -> bool:
    wider = not later.terms or bool(one.terms and set(one.terms) <= set(later.terms))
    lists = isinstance(one.value, tuple) and isinstance(later.value, tuple)
    same = set(one.value) <= set(later.value) if lists else one.value == later.value
    return not later.exact and wider and same


def changes(order: OrderLaw, name: str, said: list[Value]) -> Iterator[tuple[str, Change]]:
    """How one rule of law is changed, each change with its name."""
    if not _said_behind(order, name, said[0]):
        yield "left out", lambda value: None
    spec, last = parameters()[name], said[-1].value
    if last is None or said[-1].open:
        return
    if spec["is"] == "words" and len(last) > 1:
        for word in last:
            yield f"without {word}", partial(_without, word)
    elif spec["is"] in OTHERWISE:
        other = OTHERWISE[spec["is"]](last, spec)
        if other != last:
            yield f"{_shown(last)} → {_shown(other)}", lambda value: replace(value, value=other)


def _without(word: str, value: Value) -> Value | None:
    kept = tuple(one for one in value.value if one != word)
    return replace(value, value=kept) if kept else None


def _longer(length: Length) -> Length:
    return Length(length.n + 1, length.unit)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value).lower()


OTHERWISE: Mapping[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "boolean": lambda now, spec: not now,
    "word": lambda now, spec: next((word for word in spec["words"] if word != now), now),
    "length": lambda now, spec: _longer(now),
    "lengths": lambda now, spec: tuple(map(_longer, now)),
    "dollars": lambda now, spec: now + 1,
}


def _said_behind(order: OrderLaw, name: str, value: Value) -> bool:
    """Whether the law behind a file says the same all along: then nobody can notice that the file is silent.

    Federal law stands behind what holds for every order of a place.
    """
    behind = order.behind or (law("us").every if order.jurisdiction != "us" else None)
    if behind is None or len(order.parameters[name]) > 1 or value.terms:
        return False
    said = behind.get(name, value.since)
    return said is not None and said.value == value.value


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
