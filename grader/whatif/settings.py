"""Gives a fact another value so that it stays one fact: nobody acts upon themselves, no dated end without a date.

Most fields are simply replaced. The few that hang together with another are set together with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from grader.facts import Case, Event, Fact, Order
from grader.whatif.supposed import Senseless

UNTOLD = (None, "none", "in-court")
"""Ways of notice that have no day of their own."""
SEQUENCES: Mapping[type, tuple[tuple[str, str], ...]] = {
    Order: (("day", "ends"), ("day", "served"), ("day", "hearing"), ("announced", "day")),
    Event: (("day", "until"),),
    Case: (),
}
"""Days of which the second may not come before the first."""
Setter = Callable[[Any, Any, Any], Mapping[str, Any]]
T = TypeVar("T", bound=Fact)


def with_value(fact: T, field: str, value: Any, written: Fact | None) -> T:
    """The fact with another value of a field, and of those that hang on it; Senseless where days then run backwards.

    ``written`` is the fact as the author wrote it: an end date that comes back is the one on the author's paper.
    """
    setter = SETTERS.get((type(fact), field))
    changed = replace(fact, **(setter(fact, value, written) if setter else {field: value}))
    _check_days(changed)
    return changed


def _check_days(fact: Fact) -> None:
    pairs = list(SEQUENCES.get(type(fact), ()))
    if isinstance(fact, Order):
        pairs.append(("day" if fact.announced is None else "announced", "notice_day"))
    for first, then in pairs:
        one, other = getattr(fact, first), getattr(fact, then)
        if one and other and other < one:
            raise Senseless("whatif-backwards", first=first, then=then)


def _who(event: Event, person: str | None, _: Any) -> Mapping[str, Any]:
    return {"who": person, "whom": event.who} if person and person == event.whom else {"who": person}


def _whom(event: Event, person: str | None, _: Any) -> Mapping[str, Any]:
    return {"whom": person, "who": event.whom} if person and person == event.who else {"whom": person}


def _binds(order: Order, person: str, _: Any) -> Mapping[str, Any]:
    """Who becomes bound is protected no more; in that place stands who was bound before."""
    protects = tuple(order.binds if one == person else one for one in order.protects)
    return {"binds": person, "protects": protects}


def _notice(order: Order, way: str | None, written: Any) -> Mapping[str, Any]:
    """Notice as the author wrote it, or with a day: the one there was, else the day of the order."""
    if isinstance(written, Order) and way == written.how_noticed:
        return {name: getattr(written, name) for name in ("notice", "served", "notice_day")}
    day: date | None = None if way in UNTOLD else order.noticed or order.announced or order.day
    return {"notice": way, "served": None, "notice_day": day}


def _noticed(order: Order, day: date | None, _: Any) -> Mapping[str, Any]:
    if order.served and order.notice in (None, "served"):
        return {"served": day, "notice_day": None}
    return {"notice_day": day, "served": None}


def _ends(_: Order, day: date | None, __: Any) -> Mapping[str, Any]:
    return {"ends": day, "face": None}


def _face(order: Order, face: str | None, written: Any) -> Mapping[str, Any]:
    if face != "dated":
        return {"face": face, "ends": None}
    ends = order.ends or getattr(written, "ends", None)
    if ends is None:
        raise Senseless("whatif-no-end")
    return {"face": None, "ends": ends}


SETTERS: Mapping[tuple[type, str], Setter] = {
    (Event, "who"): _who,
    (Event, "whom"): _whom,
    (Order, "binds"): _binds,
    (Order, "notice"): _notice,
    (Order, "noticed"): _noticed,
    (Order, "ends"): _ends,
    (Order, "face"): _face,
}
