"""What a misconception is: a mistaken person’s conclusion from the same facts, with its refutation."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import product

from grader.facts import Ask, Event, Order, Scenario
from grader.findings import Answer
from grader.law import Law, LawNotKnown, OrderLaw, Value, jurisdictions, law


@dataclass(frozen=True)
class View:
    """The question as the mistaken person sees it."""

    scenario: Scenario
    law: Law
    ask: Ask
    one: str | None = None

    @property
    def act(self) -> Event | None:
        """The event asked about, if any."""
        id = self.one or self.ask.act
        return self.scenario.event(id) if id else None

    @property
    def order(self) -> Order:
        """The order asked about."""
        return self.scenario.order(self.ask.order or "")

    @property
    def other(self) -> Order | None:
        """The second order asked about, if any."""
        return self.scenario.order(self.ask.other) if self.ask.other else None

    @property
    def bound(self) -> str:
        """The name of the restrained person."""
        return self.scenario.name(self.order.binds)

    @property
    def protected(self) -> str:
        """The name of the protected person."""
        return self.scenario.name(self.order.protects[0]) if self.order.protects else "the protected person"

    @property
    def day(self) -> date:
        """The day of the act, or the day asked about, or the day of the order."""
        return self.act.day if self.act else self.ask.day or self.order.day

    def rules(self) -> OrderLaw:
        """The law of the order under which it was made."""
        if self.order.made_in and self.order.made_in not in jurisdictions():
            raise LawNotKnown(f"no law on file for {self.order.made_in}")
        where = law(self.order.made_in) if self.order.made_in else self.law
        return where.of(self.order.kind, self.scenario.ground(self.order), self.order.offence, self.order.court)

    def before(self, *did: str) -> list[Event]:
        """The events of some kinds up to the day."""
        return [e for e in self.scenario.events if e.did in did and e.day <= self.day]


@dataclass(frozen=True)
class Mistake:
    """What a mistaken person answers, and the reason that person would give."""

    answer: Answer
    says: str


Conclude = Callable[[View], Mistake | None]


@dataclass(frozen=True)
class Misconception:
    """A false belief with a name, the answers it leads to, and the parameters that refute it."""

    name: str
    title: str
    belief: str
    asks: tuple[str, ...]
    refuted_by: tuple[str, ...]
    conclude: Conclude
    topic: str
    generic: bool = False

    def mistake(self, view: View) -> Mistake | None:
        """The answer of somebody who holds the belief; None where the belief does not bear on the facts."""
        if view.ask.rule not in self.asks:
            return None
        try:
            return self.conclude(view)
        except LawNotKnown:
            return None

    def refutation(self, view: View) -> Value | None:
        """The value of the law that shows the belief to be false, in the jurisdiction asked about."""
        for place, name in product(_places(view), self.refuted_by):
            for term in (None, *view.order.forbids):
                value = place.get(name, view.day, term)
                if value is not None and not value.open:
                    return value
        return None


def _places(view: View) -> Iterable[OrderLaw]:
    with suppress(LawNotKnown):
        yield view.rules()
    with suppress(LawNotKnown, KeyError):
        yield law("us").common()


MISCONCEPTIONS: dict[str, Misconception] = {}


def belief(
    name: str, title: str, says: str, *asks: str, refuted_by: tuple[str, ...], generic: bool = False
) -> Callable[[Conclude], Conclude]:
    """Register a function as what somebody with this belief concludes.

    A generic belief bears on almost any facts; it gives an option only where no closer one does.
    """

    def wrap(conclude: Conclude) -> Conclude:
        topic = conclude.__module__.rsplit(".", 1)[-1]
        MISCONCEPTIONS[name] = Misconception(name, title, says, asks, refuted_by, conclude, topic, generic)
        return conclude

    return wrap
