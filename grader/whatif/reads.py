"""Which facts a rule looks at. A fact that it never reads cannot change its answer, so nobody need try."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any

from grader.facts import Fact
from grader.telling import KINDS
from grader.whatif.supposed import Supposed, decided

Read = tuple[int, str]
"""The number of a line, and a field of the fact beside it."""


def read_by_rule(supposed: Supposed) -> frozenset[Read]:
    """The fields that the rule reads on its way to the answer; Senseless where it cannot be put."""
    with _watched(supposed) as (watched, seen):
        decided(watched)
    return frozenset(seen)


@contextmanager
def _watched(supposed: Supposed) -> Iterator[tuple[Supposed, set[Read]]]:
    seen: set[Read] = set()
    facts = tuple(_spy(n, fact, seen) if fact else None for n, fact in enumerate(supposed.facts))
    watched = replace(supposed, facts=facts)
    _ = watched.scenario  # building the story reads facts too, which tells nothing about the rule
    seen.clear()
    yield watched, seen


def _spy(line: int, fact: Fact, seen: set[Read]) -> Fact:
    """The same fact, of a class that notes which of its fields are read."""
    kind = next(kind for kind in KINDS.values() if isinstance(fact, kind))
    names = frozenset(field.name for field in fields(kind))

    def read(self: Any, name: str) -> Any:
        if name in names:
            seen.add((line, name))
        return object.__getattribute__(self, name)

    watched = type(f"Watched{kind.__name__}", (kind,), {"__getattribute__": read})
    spy: Fact = watched(**{name: getattr(fact, name) for name in names})
    return spy
