"""A story as somebody supposes it to be: the author's sentences with some facts changed, and the question put to it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from grader.facts import Ask, Fact, Line, Scenario
from grader.families import Family
from grader.findings import Finding
from grader.law import Law, jurisdictions, law
from grader.rules import ask as decide
from grader.telling import KINDS, fill, slots

TOLD = ("id", "title", "topics", "law", "people", "content")
"""What a story has whichever way it goes."""


class Senseless(ValueError):
    """A change that cannot be thought through; its text is a key of the catalogue of words."""

    def __init__(self, key: str, **values: str):
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Supposed:
    """Which telling of each line stands, the fact beside it as it is now, and the question with its law."""

    family: Family
    ask: Ask
    act: str | None
    place: str
    tellings: tuple[int, ...]
    facts: tuple[Fact | None, ...]
    offered: tuple[str, ...] = ()
    """The places under whose law the question may be put."""

    @property
    def law(self) -> Law:
        """The law under which the question is put."""
        return law(self.place)

    def written(self, line: int) -> Line:
        """A line as the author wrote it, in the telling that stands."""
        return self.family.story[line].tellings[self.tellings[line]]

    @cached_property
    def scenario(self) -> Scenario:
        """The story with its facts as they are now; a sentence that lost what it names is told as it was written."""
        pairs = zip(self.family.story, self.tellings, strict=True)
        variant = ".".join(str(told) for line, told in pairs if line.alternatives) or "0"
        held: dict[str, Any] = {name: getattr(self.family, name) for name in TOLD}
        story = tuple(_line(self.written(n), fact) for n, fact in enumerate(self.facts))
        scenario = Scenario(**held, story=story, variant=variant)
        return replace(scenario, story=tuple(self._tellable(n, scenario) for n in range(len(story))))

    def _tellable(self, n: int, scenario: Scenario) -> Line:
        line, written = scenario.story[n], self.written(n)
        if line is written or all(getattr(line.fact, name, "") not in (None, ()) for name in slots(line.says)):
            return line
        return replace(line, says=fill(written, scenario, self.law))

    @property
    def facts_asked(self) -> object:
        """Everything the answer can depend on; two that are alike in this are the same question on the same facts."""
        return (self.place, self.facts, self.ask.order, self.ask.other, self.ask.person, self.ask.day)

    def sentence(self, line: int) -> str:
        """A sentence told from the facts as they are now."""
        return fill(self.scenario.story[line], self.scenario, self.law)

    def told(self, line: int, telling: int) -> "Supposed":
        """The same with one line told in another way, and its fact as that telling has it."""
        tellings = (*self.tellings[:line], telling, *self.tellings[line + 1 :])
        fact = self.family.story[line].tellings[telling].fact
        return replace(self, tellings=tellings).with_fact(line, fact)

    def with_fact(self, line: int, fact: Fact | None) -> "Supposed":
        """The same with another fact beside one line."""
        return replace(self, facts=(*self.facts[:line], fact, *self.facts[line + 1 :]))


def start(
    family: Family, ask: Ask, act: str | None, place: str, variant: str = "", closed: Collection[str] = ()
) -> Supposed:
    """A story as it is told, in the variant named or as first written, with a question put under one law.

    Under the law of closed places the question is not put: there it is asked for a grade.
    """
    scenarios = {one.variant: one for one in family.variants()}
    chosen = scenarios.get(variant) or next(iter(scenarios.values()))
    pairs = zip(family.story, chosen.story, strict=True)
    tellings = tuple(line.tellings.index(told) for line, told in pairs)
    offered = sorted(
        set(jurisdictions()) - set(closed), key=lambda one: (one not in family.law, jurisdictions().index(one))
    )
    return Supposed(family, ask, act, place, tellings, tuple(line.fact for line in chosen.story), tuple(offered))


def decided(supposed: Supposed) -> Finding:
    """The finding on the facts as they are now; Senseless where the rule cannot be put to them."""
    try:
        return decide(supposed.scenario, supposed.law, supposed.ask, supposed.act)
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        raise Senseless("whatif-senseless") from error


def _line(line: Line, fact: Fact | None) -> Line:
    if fact is line.fact:
        return line
    beside: dict[str, Any] = {kind: fact if isinstance(fact, of) else None for kind, of in KINDS.items()}
    return replace(line, **beside)
