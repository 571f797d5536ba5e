"""Reads the answers of a law file: gives each the type its question asks for, and adds up lists that grew."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from grader.law import Length, Provision, Unit, Value
from grader.law.shapes import NOT_GIVEN, ValueEntry
from grader.reading import nearest, read

CATALOGUE = Path(__file__).parent / "parameters.yaml"
OPEN = ("unsettled", "discretion")
WHICH = "Write value:, or adds: with the words that a list gains."
UNITS: dict[str, Unit] = {"hour": "hour", "day": "day", "court-day": "court-day", "month": "month", "year": "year"}


class Unfit(ValueError):
    """A value that does not fit its question: what is wrong, and what would be right."""


@cache
def parameters() -> dict[str, dict[str, Any]]:
    """The catalogue of questions a law file may answer."""
    catalogue: dict[str, dict[str, Any]] = read(CATALOGUE, "grader/law/parameters.yaml").data
    return catalogue


def ids(cite: str | tuple[str, ...]) -> tuple[str, ...]:
    """The short names of the provisions cited."""
    return (cite,) if isinstance(cite, str) else cite


def typed(name: str, entry: ValueEntry) -> Any:
    """Give a value, or the words it adds, the type its question asks for; Unfit says what would be right."""
    value, spec = entry.value, parameters()[name]
    if entry.adds:
        if value != NOT_GIVEN:
            raise Unfit("stands beside adds.", WHICH)
        if spec["is"] != "words":
            raise Unfit("is missing.", "adds: is for lists. Write value:.")
        return tuple(_word(word, spec["words"]) for word in entry.adds)
    if value == NOT_GIVEN:
        raise Unfit("is missing.", WHICH)
    if value is None or value in OPEN:
        return value
    match spec["is"]:
        case "word":
            return _word(value, spec["words"])
        case "words":
            return tuple(_word(word, spec["words"]) for word in _list(value))
        case "length":
            return _length(value, entry.unit)
        case "lengths":
            return tuple(_length(length, entry.unit) for length in _list(value))
        case plain:
            return _plain(value, plain)


def values_of(name: str, entries: Iterable[ValueEntry], provisions: Mapping[str, Provision]) -> Iterator[Value]:
    """The answers to one question, oldest first; an entry that adds words to a list gives the whole list."""
    found: dict[tuple[str, ...], Value] = {}
    for entry in sorted(entries, key=_start):
        value = _value(name, entry, provisions)
        if entry.adds:
            value = _added(found[entry.terms], value)
        found[entry.terms] = value
        yield value


def lacks_a_list(entry: ValueEntry, entries: Iterable[ValueEntry]) -> bool:
    """Whether an entry adds words where no earlier entry for the same terms gives a list."""
    earlier = [one for one in entries if one.terms == entry.terms and _start(one) < _start(entry)]
    last = max(earlier, key=_start, default=None)
    return bool(entry.adds) and (last is None or not (last.adds or isinstance(last.value, list)))


def _added(before: Value, more: Value) -> Value:
    """A list with the words it gained; each word keeps the authorities it rests on."""
    by = {word: before.about(word).cites for word in before.value} | {
        word: more.about(word).cites for word in more.value
    }
    cites = tuple(dict.fromkeys((*before.cites, *more.cites)))
    return replace(more, value=tuple(dict.fromkeys((*before.value, *more.value))), cites=cites, by=by)


def _start(entry: ValueEntry) -> date:
    return entry.since or entry.seen or date.max


def _value(name: str, entry: ValueEntry, provisions: Mapping[str, Provision]) -> Value:
    cites = tuple(provisions[id] for id in ids(entry.cite))
    by = {word: tuple(provisions[id] for id in ids(named)) for word, named in entry.by.items()}
    return Value(typed(name, entry), cites, _start(entry), bool(entry.since), entry.terms, by)


def _plain(value: Any, kind: str) -> bool | int | str:
    if kind == "boolean" and value in ("true", "false"):
        return bool(value == "true")
    if kind == "dollars" and str(value).isdecimal():
        return int(value)
    if kind == "hour" and _is_hour(value):
        return str(value)
    right = {"boolean": "Write true or false", "dollars": "Write a whole number", "hour": "Write an hour like 16:00"}
    raise Unfit(f"“{value}” does not fit.", f"{right[kind]}, or unsettled or discretion.")


def _is_hour(value: Any) -> bool:
    hour, _, minute = str(value).partition(":")
    return hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(hour) < 24 and int(minute) < 60


def _list(value: Any) -> list[Any]:
    given = value if isinstance(value, list) else [value]
    if not given:
        raise Unfit("is an empty list.", "Write at least one, or leave the question out.")
    return given


def _word(given: Any, words: list[str]) -> str:
    if not isinstance(given, str):
        raise Unfit("is not one word.", f"Known: {', '.join(sorted(words))}.")
    if given not in words:
        raise Unfit(f"“{given}” is not a known word.", nearest(given, words))
    return given


def _length(given: Any, unit: Unit | None) -> Length:
    number, _, word = str(given).partition(" ")
    named = UNITS.get(word.strip().removesuffix("s") or unit or "")
    if not number.isdecimal() or named is None:
        raise Unfit(f"“{given}” is not a length.", "Write, say, 10 court-day, or 1 with unit: year.")
    return Length(int(number), named)
