"""What happened: people, orders, events and the story that tells them. Free of law.

Every class is frozen and made of plain values, so that a scenario can be compared, stored as JSON
and carried to a learner's browser. The docstring under a field is its description in the JSON
Schema and in the authors' guide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar, TypeVar

from grader.words import (
    Act,
    Asker,
    Belief,
    CaseKind,
    Court,
    Departure,
    Effect,
    Face,
    Findings,
    Ground,
    Medium,
    Notice,
    Offence,
    OrderKind,
    Permission,
    Place,
    Purpose,
    Showing,
    Term,
    Tie,
    Topic,
)

FAMILY_TIES = frozenset(
    {"spouses", "former-spouses", "dating", "formerly-dating", "household", "co-parents", "relatives"}
)
STRICT: dict[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody in the story."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    """The name the learner reads. Never a real person's name."""
    age: int | None = None
    """Age in years, where it matters (a class of protected children)."""
    party: bool = True
    """False for a bystander: a friend, a relative, an officer."""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """What two people are to each other."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    between: tuple[str, str]
    """The two people."""
    tie: Tie
    """What they are to each other."""
    lived_together: bool | None = None
    """Whether they live or have lived together, where the story says so."""
    child_in_common: bool | None = None
    """Whether they have a child together, where the story says so."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A criminal or civil case."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """A short name for the case."""
    kind: CaseKind
    """Criminal or civil."""
    day: date
    """The day it began."""
    against: str
    """The defendant or respondent."""
    by: str | None = None
    """Who started it, if a person in the story did."""
    offence: Offence | None = None
    """The crime charged."""
    prosecution: bool | None = None
    """True once a criminal charge stands."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A court order that restrains somebody, as the paper stands."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """A short name for the order."""
    kind: OrderKind
    """The generic kind; the law file of the jurisdiction says what it is called there."""
    day: date
    """The day the court made it."""
    binds: str
    """The restrained person. An order that binds both is two orders."""
    protects: tuple[str, ...] = ()
    """The protected people."""
    protects_children_under: int | None = None
    """A protected class: all children under this age."""
    forbids: tuple[Term, ...] = ()
    """The terms ticked or written on the order."""
    places: tuple[Place, ...] = ()
    """The places a stay-away term names. Left out: it names none, or the story does not say."""
    distance: int | None = None
    """The distance of a stay-away term, in yards."""
    allows: tuple[Permission, ...] = ()
    """The written exceptions. Left out: none."""
    permission_by: str | None = None
    """Who the written order says may permit contact (a probation officer), if anybody."""
    ground: Ground | None = None
    """Why it was made. Left out: abuse if the people are family or partners, else harassment."""
    court: Court | None = None
    """Which court made it. Where a rule holds for one court only, a story that leaves it out stays unknown."""
    case: str | None = None
    """The case it was made in."""
    made_in: str | None = None
    """Another jurisdiction that made the order, say us-ny. Left out: where the question is asked."""
    asked_by: Asker | None = None
    """Who asked for it."""
    served: date | None = None
    """The day the paper was handed over: short for notice: served and notice_day."""
    notice: Notice | None = None
    """How the restrained person learned of it. Left out: the story does not say."""
    notice_day: date | None = None
    """The day the restrained person learned of it."""
    knew_terms: bool | None = None
    """Whether the restrained person had learned what the order forbids, where hearing of it leaves that open."""
    ends: date | None = None
    """The end date on the paper."""
    face: Face | None = None
    """What the paper says about its end, if not a date."""
    hearing: date | None = None
    """The day set for the hearing."""
    hearing_notice: bool | None = None
    """Whether the restrained person had notice of a hearing and a chance to take part before it was made."""
    findings: Findings | None = None
    """What the judge found."""
    findings_day: date | None = None
    """The day the findings were made, if not the day of the order."""
    primary_aggressor: bool | None = None
    """Whether the judge found that the bound person acted as a primary aggressor and not in self-defence."""
    finds_threat: bool | None = None
    """Whether the judge found a credible threat to the safety of a partner or child."""
    bars_force: bool | None = None
    """Whether the order in terms forbids the use or threat of physical force."""
    agreed: bool | None = None
    """Whether the parties agreed to it."""
    announced: date | None = None
    """The day it was spoken in court, if before it was written."""
    extends: str | None = None
    """The earlier order that this one extends."""
    offence: Offence | None = None
    """The crime of conviction behind an order made at sentence."""
    wrongly_made: bool | None = None
    """True where somebody says that the order should never have been made."""
    without_jurisdiction: bool | None = None
    """True where the court had no power over the person or the matter."""
    unauthorised: tuple[Term, ...] = ()
    """The terms that no statute lets the court make."""

    @property
    def noticed(self) -> date | None:
        """The first day on which the restrained person had notice, if the story says so."""
        there = self.day if self.notice == "in-court" else None
        return min(filter(None, (self.served, self.notice_day, there)), default=None)

    @property
    def how_noticed(self) -> Notice | None:
        """How notice was given; a day of service means it was served."""
        return self.notice or ("served" if self.served else None)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing somebody did, or one step a court took."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """A short name for the event."""
    day: date
    """The day it happened."""
    hour: time | None = None
    """The hour, such as 16:30, where an order ends at an hour."""
    did: Act
    """What was done."""
    who: str | None = None
    """Who did it. A court's own step needs nobody."""
    whom: str | None = None
    """The person it was aimed at."""
    by: Medium | None = None
    """The means."""
    at: Place | None = None
    """The place. Where an order names places, an act whose place is left out stays open."""
    distance: int | None = None
    """How near, in yards."""
    beside: Place | None = None
    """A place the person was beside, behind or across from without entering it."""
    within_reach: bool | None = None
    """Whether that was near enough to reach somebody who comes to the place or leaves it."""
    through: str | None = None
    """The person it went through."""
    asked_by: str | None = None
    """Who told the actor to do it, if anybody."""
    started_by: str | None = None
    """Who began the contact, if not the actor."""
    answers: str | None = None
    """The earlier event that this one answers."""
    purpose: Purpose | None = None
    """What it was for."""
    peaceful: bool | None = None
    """Whether it was peaceful, where that matters."""
    brief: bool | None = None
    """Whether it stayed within the exception (brief, on the subject)."""
    effect: Effect | None = None
    """What it would do to a reasonable person, where that matters."""
    reached: bool | None = None
    """Whether something open to everybody, such as a post, came to the eyes of the person it was aimed at."""
    present: bool | None = None
    """Whether the protected person was there."""
    accident: bool | None = None
    """True if the person did not and could not expect the other, or the other's place, to be there."""
    left: Departure | None = None
    """What the person did once they saw each other."""
    trivial: bool | None = None
    """True if it went beyond the order only in form: slight, harmless, and about something the order allows."""
    incidental: bool | None = None
    """True if the contact came about by the way of something the order does not forbid."""
    able: bool | None = None
    """False if it was impossible to obey."""
    believes: Belief | None = None
    """What the restrained person's belief that it was allowed rests on."""
    state: str | None = None
    """Where it happened, if in another jurisdiction than the question's."""
    intended: bool | None = None
    """Whether the person meant to break the order, when acting or when crossing a state line."""
    unclear: bool | None = None
    """True where the words of the order leave open whether they forbid this."""
    forced: bool | None = None
    """For crossing a state line: true if asked_by made the person cross by force, threats or deceit."""
    order: str | None = None
    """The order that a step in court is about. Left out: the only order of the story."""
    case: str | None = None
    """The case that a step in court is about."""
    written: bool | None = None
    """Whether a request or a change is in writing."""
    served: bool | None = None
    """Whether the other side was given the paper."""
    evidence: bool | None = None
    """Whether a petition came with written evidence of abuse."""
    proved: bool | None = None
    """Whether what the law asks for was shown, for a petition, a request to renew or a hearing about an order."""
    showing: Showing | None = None
    """What the person who asks can show."""
    contested: bool | None = None
    """Whether the other side opposes."""
    until: date | None = None
    """The new end date, for an extension."""
    permanent: bool | None = None
    """True if asked or ordered without end."""
    allows: tuple[Permission, ...] = ()
    """What a change of the order allows from then on."""
    drops: tuple[Term, ...] = ()
    """The terms that a change of the order takes away."""


Fact = Order | Event | Case | Relation
Named = TypeVar("Named", Order, Event, Case)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A question of law put to the facts."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """A short name for the question."""
    rule: str
    """The rule that answers it, such as violations.breach."""
    act: str | None = None
    """The event it is about."""
    acts: tuple[str, ...] = ()
    """Several events to be judged one by one (a grid)."""
    order: str | None = None
    """The order it is about."""
    other: str | None = None
    """A second order."""
    person: str | None = None
    """The person it is about."""
    day: date | None = None
    """The day it is about."""
    expect: dict[str, str | tuple[str, ...]] | None = None
    """What you think the answer is, by jurisdiction. If the rules disagree, the check fails."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sentence of the story and the fact it states, if any."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    says: str
    """The sentence the learner reads, with {slots} filled from the fact beside it or naming a person."""
    order: Order | None = None
    """The order this sentence tells of."""
    event: Event | None = None
    """The event this sentence tells of."""
    case: Case | None = None
    """The case this sentence tells of."""
    relation: Relation | None = None
    """What two people are to each other."""
    noise: bool = False
    """True if no rule needs the fact: telling what matters from what does not is a skill."""

    @property
    def fact(self) -> Fact | None:
        """The one fact of this line."""
        return self.order or self.event or self.case or self.relation


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One variant of a fact pattern: people and the lines of the story, in order."""

    id: str
    title: str
    topics: tuple[Topic, ...]
    law: tuple[str, ...]
    people: dict[str, Person]
    story: tuple[Line, ...]
    content: str = ""
    variant: str = ""

    def _facts(self, kind: type[Any]) -> Iterator[Any]:
        return (line.fact for line in self.story if isinstance(line.fact, kind))

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders in the order of the story."""
        return tuple(self._facts(Order))

    @property
    def events(self) -> tuple[Event, ...]:
        """The events in the order of the story."""
        return tuple(self._facts(Event))

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases in the order of the story."""
        return tuple(self._facts(Case))

    @property
    def relations(self) -> tuple[Relation, ...]:
        """What people are to each other."""
        return tuple(self._facts(Relation))

    def order(self, id: str) -> Order:
        """Find an order by its id; KeyError if the story has none."""
        return self._find(self.orders, id)

    def event(self, id: str) -> Event:
        """Find an event by its id; KeyError if the story has none."""
        return self._find(self.events, id)

    def case(self, id: str) -> Case:
        """Find a case by its id; KeyError if the story has none."""
        return self._find(self.cases, id)

    @staticmethod
    def _find(facts: "tuple[Named, ...]", id: str) -> "Named":
        for fact in facts:
            if fact.id == id:
                return fact
        raise KeyError(id)

    def line_of(self, fact: Fact) -> int:
        """The number of the line (from 0) that states a fact."""
        return next(n for n, line in enumerate(self.story) if line.fact is fact)

    def name(self, person: str) -> str:
        """The name the learner reads."""
        return self.people[person].name if person in self.people else person

    def tie(self, one: str, other: str) -> Relation | None:
        """What two people are to each other, if the story says so."""
        return next((r for r in self.relations if set(r.between) == {one, other}), None)

    def ground(self, order: Order) -> Ground | None:
        """Why an order was made: as stated, or from what the people are to each other."""
        if order.ground:
            return order.ground
        ties = [self.tie(order.binds, person) for person in order.protects]
        known = [tie for tie in ties if tie]
        if not known:
            return None
        return "abuse" if any(tie.tie in FAMILY_TIES for tie in known) else "harassment"
