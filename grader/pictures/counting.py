"""Which days a last day was counted by: what a calendar can show of a finding of duration.last_day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from grader.calendar import DAY, add, next_open
from grader.facts import Order, Scenario
from grader.findings import Finding
from grader.law import CourtDays, Law, LawNotKnown, Length, law
from grader.pictures.moments import extensions

LONGEST = 62
"""No picture for a count of more days than that: nobody counts months day by day."""


@dataclass(frozen=True)
class Count:
    """A count of days from the making of an order to its last day.

    ``counted`` are the days with a number, ``end`` is the end before a closed day moved it, ``closed`` names the
    days on which courts do not sit. Nothing is counted where the paper itself names the end.
    """

    start: date
    counted: tuple[date, ...]
    end: date
    last: date
    closed: Mapping[date, str] = field(default_factory=dict)


def count(scenario: Scenario, order: Order, finding: Finding, here: Law) -> Count | None:
    """The count behind a last day; None where none was made, or where it does not lead to what was found."""
    last = finding.answer
    days = (law(order.made_in) if order.made_in else here).days
    if not isinstance(last, date) or days is None:
        return None
    written = _written(scenario, order)
    if written is not None:
        return Count(written, (), written, last, _named(days, written, last)) if written < last else None
    for length in _lengths(scenario, order, here):
        counted = tuple(_counted(order.day, length, days))
        if counted and len(counted) <= LONGEST and last in (counted[-1], next_open(counted[-1], days.closed)):
            return Count(order.day, counted, counted[-1], last, _named(days, order.day, last))
    return None


def _written(scenario: Scenario, order: Order) -> date | None:
    return next((event.until for event in reversed(extensions(scenario, order)) if event.until), order.ends)


def _named(days: CourtDays, first: date, last: date) -> dict[date, str]:
    return {day: name for day, name in days.closed.items() if first <= day <= last}


def _lengths(scenario: Scenario, order: Order, here: Law) -> tuple[Length, ...]:
    """How long the law lets such an order last, where it says so in days."""
    try:
        place = law(order.made_in) if order.made_in else here
        rules = place.of(order.kind, scenario.ground(order), order.offence, order.court)
        longest = rules.get("longest_term", order.day) or rules.value("hearing_within", order.day)
    except LawNotKnown:
        return ()
    return () if longest.open else tuple(length for length in longest.value if length.unit in ("day", "court-day"))


def _counted(start: date, length: Length, days: CourtDays) -> Iterator[date]:
    """Each day that counts, one after another."""
    unit = "court-day" if days.counts_open_days(length) else "day"
    end = add(start, length.n, unit, days.closed, exclude_first=days.exclude_first_day)
    day = start + DAY if days.exclude_first_day else start
    while day <= end:
        if unit == "day" or next_open(day, days.closed) == day:
            yield day
        day += DAY
