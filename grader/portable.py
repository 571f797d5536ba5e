"""Stories as plain JSON data and back, for a browser that has neither YAML nor pydantic. Standard library only.

The types of the fields say how to read them, so a new field of a fact travels without a word here.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from grader.families import Family

LEFT_OUT = "lines"
"""Where each field stands in the author's file; a learner has no such file."""


def packed(family: Family) -> dict[str, Any]:
    """A family as plain data. Fields that hold their default are left out, and so are places in the author's file."""
    data: dict[str, Any] = _packed(family)
    return data


def unpacked(data: Mapping[str, Any]) -> Family:
    """Read back what packed wrote; ValueError if it is not that."""
    try:
        family: Family = _unpacked(Family, data)
        return family
    except (TypeError, KeyError, AttributeError, StopIteration, ValueError) as error:
        raise ValueError(f"this is no story of the course ({error})") from None


def _packed(thing: Any) -> Any:
    if is_dataclass(thing):
        held = {f.name: (getattr(thing, f.name), f.default) for f in fields(thing) if f.name != LEFT_OUT}
        return {name: _packed(value) for name, (value, default) in held.items() if value != default}
    if isinstance(thing, date | time):
        return thing.isoformat()
    if isinstance(thing, tuple):
        return [_packed(one) for one in thing]
    return {name: _packed(one) for name, one in thing.items()} if isinstance(thing, dict) else thing


def _unpacked(kind: Any, data: Any) -> Any:
    origin, parts = get_origin(kind), get_args(kind)
    if data is None:
        return None
    if origin is Literal:
        return parts[parts.index(data)]
    if origin in (Union, UnionType):
        return _unpacked(_fitting(parts, data), data)
    if origin is tuple:
        return tuple(_unpacked(parts[0], one) for one in data)
    if origin is dict:
        return {name: _unpacked(parts[1], one) for name, one in data.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _unpacked(hints[name], one) for name, one in data.items()})
    if kind in (date, time):
        return kind.fromisoformat(data)
    if type(data) is not kind:
        raise TypeError(f"{data!r} is no {kind.__name__}")
    return data


def _fitting(parts: tuple[Any, ...], data: Any) -> Any:
    """The part of a union that the data can be: a list, or something else."""
    return next(p for p in parts if p is not NoneType and (get_origin(p) is tuple) == isinstance(data, list))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
