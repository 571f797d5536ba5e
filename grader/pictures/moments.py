"""What a timeline shows, worked out from the facts: moments in their order, each with its sentence and its mark."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal

from grader.calendar import DAY
from grader.facts import Event, Order, Scenario
from grader.messages import day as dated
from grader.messages import say
from grader.pictures.acts import begun, done
from grader.pictures.svg import isolated
from grader.telling import listed
from grader.words import MEANINGS, SHORT_NAMES

Mark = Literal[
    "start", "notice", "hearing", "end", "extended", "both", "concluded", "open", "event", "case", "asked", "gap"
]
NO_FIXED_DAY = "no-fixed-day"
Ends = Mapping[str, date | str]
"""What the rules conclude about the last day of an order, by its id: a day, or a word for none."""


@dataclass(frozen=True)
class Moment:
    """One thing to show. Without a day it stands at the foot: an end that nobody knows."""

    mark: Mark
    says: str
    day: date | None = None
    order: str = ""
    label: str = ""
    late: int = 0
    line: int = 0
    hour: time | None = None

    @property
    def when(self) -> str:
        """The day in words, and the hour where one is told."""
        at = dated(self.day) if self.day else ""
        return say("picture-hour", day=at, hour=self.hour.strftime("%H:%M")) if self.hour else at

    @property
    def sentence(self) -> str:
        """The whole of it in words."""
        if self.mark in ("event", "case"):
            return say("picture-mark", when=self.when, n=self.label, says=self.says)
        return say("picture-moment", when=self.when, says=self.says) if self.day else self.says


def letters(scenario: Scenario) -> dict[str, str]:
    """A letter for each order, by its id."""
    ids = [order.id for order in scenario.orders]
    return {id: chr(65 + n) if n < 26 else f"{chr(64 + n // 26)}{chr(65 + n % 26)}" for n, id in enumerate(ids)}


def naming(scenario: Scenario, order: str | None) -> str:
    """What an order is called in the middle of a sentence: “the order”, or by its letter where there are several."""
    known = letters(scenario)
    if order not in known and len(known) != 1:
        return say("picture-an-order")
    return say("picture-the-order") if len(known) == 1 else say("picture-order", letter=known[order or ""])


def moments(scenario: Scenario, labels: Mapping[str, str], ends: Ends, asked: date | None) -> tuple[Moment, ...]:
    """Everything a timeline shows, in the order of time; events and cases are numbered as they come."""
    found = [moment for order in scenario.orders for moment in _of_order(scenario, order, labels, ends)]
    found += [_event(scenario, event) for event in scenario.events]
    found += [Moment("case", begun(case, scenario), case.day, line=scenario.line_of(case)) for case in scenario.cases]
    if asked:
        found.append(Moment("asked", say("picture-asked"), asked, line=len(scenario.story)))
    found += _gaps(found)
    return tuple(_numbered(sorted(found, key=_place)))


def _place(moment: Moment) -> tuple[object, ...]:
    return moment.day or date.max, moment.day is None, moment.late, moment.line, moment.hour or time.min


def _numbered(found: Iterable[Moment]) -> Iterator[Moment]:
    n = 0
    for moment in found:
        n += moment.mark in ("event", "case")
        yield replace(moment, label=str(n)) if moment.mark in ("event", "case") else moment


def _event(scenario: Scenario, event: Event) -> Moment:
    says = done(event, scenario, naming(scenario, event.order))
    return Moment("event", says, event.day, line=scenario.line_of(event), hour=event.hour)


def _of_order(scenario: Scenario, order: Order, labels: Mapping[str, str], ends: Ends) -> Iterator[Moment]:
    line, letter = scenario.line_of(order), letters(scenario)[order.id]
    for moment in (*_beginning(scenario, order, labels), *_ending(scenario, order, ends)):
        yield replace(moment, order=order.id, label=letter, line=line)


def _beginning(scenario: Scenario, order: Order, labels: Mapping[str, str]) -> Iterator[Moment]:
    yield Moment("start", " ".join(_made(scenario, order, labels)), order.day)
    bound, the_order = _name(scenario, order.binds), naming(scenario, order.id)
    if order.noticed:
        how = MEANINGS["notice"][order.how_noticed or "none"]
        yield Moment("notice", say("picture-notice", bound=bound, order=the_order, how=how), order.noticed)
    if order.hearing and order.hearing > order.day:
        yield Moment("hearing", say("picture-hearing", order=the_order), order.hearing)


def _made(scenario: Scenario, order: Order, labels: Mapping[str, str]) -> Iterator[str]:
    """What is told of an order where it begins."""
    label, bound = labels.get(order.id) or SHORT_NAMES[order.kind], _name(scenario, order.binds)
    called = _capital(naming(scenario, order.id))
    yield say("picture-made", order=called, label=label, bound=bound, protected=protected(scenario, order))
    if order.extends:
        yield say("picture-extends", order=naming(scenario, order.extends))
    if order.how_noticed == "none":
        yield say("picture-untold", bound=bound)
    elif order.how_noticed and not order.noticed:
        yield say("picture-told", bound=bound, how=MEANINGS["notice"][order.how_noticed])


def _ending(scenario: Scenario, order: Order, ends: Ends) -> Iterator[Moment]:
    concluded, extended, called = ends.get(order.id), extensions(scenario, order), _capital(naming(scenario, order.id))
    days = [order.ends, *(event.until for event in extended)]
    last = max((n for n, day in enumerate(days) if day), default=0)
    same = last if concluded and days[last] == concluded else None
    for n, day in enumerate(days):
        if day:
            mark: Mark = "both" if n == same else "extended" if n else "end"
            yield Moment(mark, say(f"picture-{mark}", order=called), day, late=1)
    if isinstance(concluded, date) and same is None:
        yield Moment("concluded", say("picture-concluded", order=called), concluded, late=2)
    elif not isinstance(concluded, date) and (concluded or open_ended(scenario, order)):
        yield Moment("open", say(_no_end(order, extended, concluded), order=called))


def _no_end(order: Order, extended: tuple[Event, ...], concluded: date | str | None) -> str:
    if concluded:
        return "picture-no-fixed-day"
    if extended:
        return "picture-open-extended"
    return f"picture-open-{order.face}" if order.face in ("blank", "until-further-order") else "picture-open"


def extensions(scenario: Scenario, order: Order) -> tuple[Event, ...]:
    """The events by which the court extends an order, in the order of time."""
    only = len(scenario.orders) == 1
    found = [e for e in scenario.events if e.did == "extend-order" and (e.order == order.id or (only and not e.order))]
    return tuple(sorted(found, key=lambda event: event.day))


def open_ended(scenario: Scenario, order: Order) -> bool:
    """Whether no paper shows on which day an order ends."""
    extended = extensions(scenario, order)
    last = extended[-1] if extended else None
    return bool(last.permanent or not last.until) if last else order.ends is None


def protected(scenario: Scenario, order: Order) -> str:
    """Whom an order protects, in words."""
    names = tuple(_name(scenario, person) for person in order.protects)
    if order.protects_children_under:
        names += (say("picture-children", age=order.protects_children_under),)
    return listed(names) or say("picture-nobody")


def _gaps(found: list[Moment]) -> list[Moment]:
    """The days between the end of one order and the beginning of the next on which no order stands on paper."""
    spans = sorted(_span([m for m in found if m.order == order]) for order in {m.order for m in found if m.order})
    gaps, reached = [], spans[0][1] if spans else date.max
    for start, end in spans[1:]:
        if start > reached + DAY:
            says = say("picture-gap", first=dated(reached + DAY), last=dated(start - DAY))
            gaps.append(Moment("gap", says, reached + DAY, line=-1))
        reached = max(end, reached)
    return gaps


def _span(mine: list[Moment]) -> tuple[date, date]:
    """From which day to which day an order runs, as far as it is known; without end where it is open."""
    days = {moment.mark: moment.day for moment in mine if moment.day}
    end = next((days[mark] for mark in ("concluded", "both", "extended", "end") if mark in days), None)
    return days["start"], date.max - DAY if end is None or any(m.mark == "open" for m in mine) else end


def _name(scenario: Scenario, person: str) -> str:
    return isolated(scenario.name(person))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


__all__ = ["Ends", "Mark", "Moment", "extensions", "letters", "moments", "naming", "open_ended", "protected"]
