"""A scenario file before its fields have types, so that one misspelt word does not hide other problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.reading import Document, Loc
from grader.telling import KINDS

Leaf = tuple[Loc, str]


@dataclass(frozen=True)
class Entry:
    """A fact or a question as plain text, and where it stands."""

    kind: str
    at: Loc
    given: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The id, or an empty text."""
        return str(self.given.get("id") or "")

    def texts(self, name: str) -> Iterator[Leaf]:
        """The text of a field, or each text of its list."""
        yield from leaves((*self.at, name), self.given.get(name))


@dataclass(frozen=True)
class Telling:
    """One way a line may go: its sentence and the facts beside it (a good line has one or none)."""

    at: Loc
    given: Mapping[str, Any]

    @property
    def says(self) -> str:
        """The sentence."""
        return str(self.given.get("says") or "")

    @property
    def facts(self) -> tuple[Entry, ...]:
        """The facts beside the sentence."""
        return tuple(Entry(k, (*self.at, k), block(self.given[k])) for k in KINDS if self.given.get(k) is not None)


@dataclass(frozen=True)
class Draft:
    """A scenario file as plain text. Whatever does not have the right shape is passed over."""

    document: Document

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """The fields of the file."""
        return block(self.document.data)

    @cached_property
    def people(self) -> Mapping[str, Any]:
        """The people by id."""
        return block(self.given.get("people"))

    @cached_property
    def lines(self) -> tuple[tuple[Telling, ...], ...]:
        """The lines of the story, each with its tellings."""
        return tuple(
            (Telling(at, line), *(Telling(other, more) for other, more in blocks((*at, "or"), line.get("or"))))
            for at, line in blocks(("story",), self.given.get("story"))
        )

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """All tellings of all lines."""
        return tuple(telling for line in self.lines for telling in line)

    @cached_property
    def facts(self) -> tuple[Entry, ...]:
        """All facts of all tellings."""
        return tuple(fact for telling in self.tellings for fact in telling.facts)

    @cached_property
    def asks(self) -> tuple[Entry, ...]:
        """The questions."""
        return tuple(Entry("ask", at, ask) for at, ask in blocks(("ask",), self.given.get("ask")))

    @cached_property
    def always(self) -> frozenset[tuple[str, str]]:
        """Kind and id of the facts that are told in every variant."""
        return frozenset(
            (fact.kind, fact.id)
            for line in self.lines
            for fact in line[0].facts
            if all(any((o.kind, o.id) == (fact.kind, fact.id) for o in other.facts) for other in line)
        )

    def ids(self, kind: str) -> frozenset[str]:
        """The ids of the facts of a kind, told in every variant or only in some."""
        return frozenset(fact.id for fact in self.facts if fact.kind == kind and fact.id)


def block(value: Any) -> Mapping[str, Any]:
    """A block of fields, or an empty one."""
    return value if isinstance(value, dict) else {}


def blocks(at: Loc, value: Any) -> Iterator[tuple[Loc, Mapping[str, Any]]]:
    """The blocks in a list, each with its place."""
    for n, item in enumerate(value if isinstance(value, list) else ()):
        yield (*at, n), block(item)


def leaves(at: Loc, value: Any) -> Iterator[Leaf]:
    """A text with its place, or each text of a list with its place."""
    if isinstance(value, str):
        yield at, value
    for n, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield (*at, n), item
