"""What every rule works on: the facts, the law and the argument that grows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from grader.facts import Ask, Event, Fact, Order, Scenario
from grader.findings import Answer, Argument, Finding
from grader.law import GRADABLE, Law, LawNotKnown, OrderLaw, Provision, Value, jurisdictions, law

P = ParamSpec("P")
CRIMINAL = (
    "release-condition",
    "pretrial-order",
    "pretrial-probation",
    "probation-condition",
    "probation-order",
    "sentence-order",
)
OPENLY = {
    ("unsettled", True): "The courts have not settled this.",
    ("unsettled", False): "What follows from that, the courts have not settled.",
    ("discretion", True): "The court decides case by case.",
    ("discretion", False): "What follows from that, the court decides case by case.",
}


class NotStated(LookupError):
    """The story does not say what the rule needs to know."""


class Open(Exception):
    """The law leaves the point open: unsettled, or for the court to decide."""


@dataclass(frozen=True)
class Matter:
    """One question put to one rule."""

    scenario: Scenario
    law: Law
    argument: Argument

    def because(
        self,
        element: str,
        says: str,
        *,
        met: bool | None = None,
        value: Value | None = None,
        cites: tuple[Provision, ...] = (),
        facts: Iterable[Fact | None] = (),
        aside: bool = False,
    ) -> None:
        """Record a step with the authority behind a value and the lines that state the facts."""
        lines = tuple(self.scenario.line_of(fact) for fact in facts if fact is not None)
        behind = value.cites if value else cites
        self.argument.because(element, says, met=met, cites=behind, lines=lines, aside=aside)

    def conclude(self, answer: Answer) -> Finding:
        """End the argument."""
        return self.argument.conclude(answer)

    def place(self, order: Order) -> Law:
        """The law of the place that made an order; LawNotKnown if none is on file."""
        if order.made_in and order.made_in not in jurisdictions():
            raise LawNotKnown(f"no law on file for {order.made_in}")
        return law(order.made_in) if order.made_in else self.law

    def issuing(self, order: Order) -> OrderLaw:
        """The law under which an order was made: it fixes what the order says and how long it lasts."""
        return self.place(order).of(order.kind, self.scenario.ground(order), order.offence, order.court)

    def local(self, order: Order) -> OrderLaw:
        """The law of the place where the question is asked: it decides what a breach is."""
        return self.law.of(order.kind, self.scenario.ground(order), order.offence, order.court)

    def settled(self, value: Value, element: str, says: str, *facts: Fact | None) -> Any:
        """The value, unless the law leaves the point open or only a recalled authority supports it."""
        if all(cite.confidence not in GRADABLE for cite in value.cites):
            raise LawNotKnown(f"{element}: no authority whose text or summary was read")
        if value.open:
            self.because(element, f"{says} {OPENLY[value.open, says.endswith('?')]}", value=value, facts=facts)
            raise Open(value.open)
        return value.value

    def name(self, person: str | None) -> str:
        """The name of a person, or a word for nobody in particular."""
        return self.scenario.name(person) if person else "somebody"

    def the(self, order: Order) -> str:
        """An order as its law calls it, if that law was read."""
        unread = order.made_in not in (None, *jurisdictions())
        return "the order" if unread else f"the {self.issuing(order).label}"

    def events(self, *did: str) -> tuple[Event, ...]:
        """The events of some kinds, in the order of the story."""
        return tuple(event for event in self.scenario.events if event.did in did)

    def by_then(self, event: Event, day: date, act: Event | None = None) -> bool:
        """Whether an event came by a day, or, with an act of that day, before the act in the story."""
        if act is None or event.day != act.day:
            return event.day <= day
        return self.scenario.line_of(event) < self.scenario.line_of(act)

    def about(self, event: Event, order: Order) -> bool:
        """Whether a step in court is about an order; a step that names none is about the only order of the story."""
        if event.order is None and len(self.scenario.orders) > 1:
            raise NotStated("which order a step in court is about")
        return event.order in (None, order.id)

    def guards(self, order: Order, person: str | None) -> bool:
        """Whether an order protects a person, by name or as one of a class of children."""
        if person is None or person in order.protects:
            return person is not None
        limit, known = order.protects_children_under, self.scenario.people.get(person)
        if limit is None or known is None or person == order.binds:
            return False
        if known.age is None:
            raise NotStated(f"how old {known.name} is")
        return known.age < limit

    def quiet(self) -> "Matter":
        """The same matter with an argument of its own, to try a step without recording it."""
        return replace(self, argument=Argument(self.argument.rule, self.law.id))


Decide = Callable[Concatenate[Matter, P], Finding]
Apply = Callable[Concatenate[Scenario, Law, P], Finding]


@dataclass(frozen=True)
class Rule:
    """A question of law that can be put to any scenario."""

    name: str
    apply: Callable[..., Finding]
    decides: str
    needs: tuple[str, ...]


RULES: dict[str, Rule] = {}


def rule(name: str, *needs: str) -> Callable[[Decide[P]], Apply[P]]:
    """Make a function a public rule: total, and honest about what is not known."""

    def wrap(decide: Decide[P]) -> Apply[P]:
        @wraps(decide)
        def apply(scenario: Scenario, law: Law, /, *args: P.args, **kwargs: P.kwargs) -> Finding:
            matter = Matter(scenario, law, Argument(name, law.id))
            try:
                return decide(matter, *args, **kwargs)
            except NotStated as gap:
                matter.because("facts", f"The story does not say {gap}.")
                return matter.conclude("unknown")
            except LawNotKnown as gap:
                matter.because("law", f"The law read for this course does not answer: {gap}.")
                return matter.conclude("unknown")
            except Open as point:
                return matter.conclude(str(point))

        RULES[name] = Rule(name, apply, (decide.__doc__ or "").strip().splitlines()[0], needs)
        return apply

    return wrap


def ask(scenario: Scenario, law: Law, question: Ask, act: str | None = None) -> Finding:
    """Put an author's question to its rule; KeyError if it names a fact the story does not have."""
    found = RULES[question.rule]
    given: dict[str, Any] = {}
    for need in found.needs:
        value = act if need == "act" and act else getattr(question, need)
        if value is None:
            raise KeyError(f"{question.rule} needs {need}:")
        if need == "act":
            value = scenario.event(value)
        elif need in ("order", "other"):
            value = scenario.order(value)
        given[need] = value
    return found.apply(scenario, law, **given)


def federal() -> OrderLaw:
    """The federal law that holds for every order."""
    return law("us").common()


def cap(text: str) -> str:
    """A sentence begins with a capital letter."""
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str], last: str = "and") -> str:
    """Words in a row: a, b and c."""
    return f" {last} ".join(filter(None, [", ".join(items[:-1]), items[-1]]))
