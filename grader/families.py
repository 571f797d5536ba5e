"""A scenario file as a family: the same story in all its variants, and the pairs that differ in one line."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from itertools import combinations, product
from typing import Any, ClassVar, TypeVar

from grader.facts import STRICT, Ask, Line, Person, Scenario
from grader.words import Topic

MOST_VARIANTS = 24
T = TypeVar("T")


def _as_written(field: str) -> str:
    """The name of a field in the file; “or” is no name in Python."""
    return "or" if field == "alternatives" else field


@dataclass(frozen=True, kw_only=True)
class StoryLine(Line):
    """One sentence of the story, the fact it states, and other ways the story may go at this point."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT | {"alias_generator": _as_written}
    alternatives: tuple[Line, ...] = ()
    """Lines that may stand here instead. Each makes another variant of the story."""

    @cached_property
    def tellings(self) -> tuple[Line, ...]:
        """This line as written, then its alternatives."""
        return (Line(**{f.name: getattr(self, f.name) for f in fields(Line)}), *self.alternatives)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The reported decision whose facts a story tells, and where to read it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    cite: str
    """How lawyers cite it."""
    href: str
    """Where to read it."""
    court: str
    """The court that decided."""
    day: date | None = None
    """The day of the decision, where it is known."""


@dataclass(frozen=True, kw_only=True)
class ScenarioFile:
    """A fact pattern: people, a story whose sentences carry their facts, and what may be asked about it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """A short name; the name of the file without .yaml."""
    title: str
    """The title the learner reads. It gives nothing away."""
    topics: tuple[Topic, ...]
    """What the story teaches."""
    law: tuple[str, ...]
    """The jurisdictions in which it may be asked, say us-ma, us-ny, us or general."""
    content: str
    """What a reader may find hard, or a sentence that says there is nothing of the kind."""
    people: dict[str, Person]
    """Everybody in the story, by a short name."""
    story: tuple[StoryLine, ...]
    """What happened, one sentence after another."""
    ask: tuple[Ask, ...]
    """The questions of law that may be put."""
    decision: Decision | None = None
    """The reported decision the story is taken from, if it is one; `grader casebook` replays these."""


@dataclass(frozen=True)
class Asked:
    """One question, put to one variant under one law; with an act where several are to be judged."""

    place: str
    scenario: Scenario
    ask: Ask
    act: str | None


@dataclass(frozen=True, kw_only=True)
class Family(ScenarioFile):
    """A scenario file that was read and found good, with the place of each of its lines."""

    file: str = ""
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The questions of law that may be put."""
        return self.ask

    def variants(self) -> tuple[Scenario, ...]:
        """Every combination of alternatives, the story as first written first."""
        choices = product(*(range(len(line.tellings)) for line in self.story))
        return tuple(self._variant(choice) for choice in choices)

    def asked(self) -> Iterator[Asked]:
        """Every question of the file, put to every variant under every law it may be asked in."""
        variants = self.variants()
        for place, ask, scenario in product(self.law, self.asks, variants):
            for act in ask.acts or (None,):
                yield Asked(place, scenario, ask, act)

    def pick(self, seed: str) -> Scenario:
        """Choose a variant: the same for the same seed, on every machine."""
        digest = hashlib.sha256(f"{self.id}\0{seed}".encode()).digest()
        variants = self.variants()
        return variants[int.from_bytes(digest[:8]) % len(variants)]

    def _variant(self, choice: tuple[int, ...]) -> Scenario:
        numbers = [str(n) for line, n in zip(self.story, choice, strict=True) if line.alternatives]
        return Scenario(
            id=self.id,
            title=self.title,
            topics=self.topics,
            law=self.law,
            people=self.people,
            story=tuple(line.tellings[n] for line, n in zip(self.story, choice, strict=True)),
            content=self.content,
            variant=".".join(numbers) or "0",
        )


def contrast(family: Family, answer: Callable[[Scenario], T]) -> tuple[tuple[Scenario, Scenario, int], ...]:
    """Pairs of variants that differ in one line and in their answer, each with the number of that line (from 0)."""
    answered = [(variant, answer(variant)) for variant in family.variants()]
    return tuple(
        (one, other, differing[0])
        for (one, this), (other, that) in combinations(answered, 2)
        if this != that and len(differing := _differing(one, other)) == 1
    )


def _differing(one: Scenario, other: Scenario) -> list[int]:
    return [n for n, (a, b) in enumerate(zip(one.story, other.story, strict=True)) if a != b]
