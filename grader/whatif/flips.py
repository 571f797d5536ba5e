"""Searches every single change for those that flip the answer, by putting the question to the real rules again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from grader.facts import Event, Order
from grader.findings import Finding
from grader.whatif.knobs import Knob, knobs, rests_on, turned
from grader.whatif.reads import read_by_rule
from grader.whatif.supposed import Senseless, Supposed, decided

DAY = timedelta(days=1)
STEPS = tuple(2**n for n in range(13))
"""How far from a day others are tried, in days, up to some eleven years; what lies between is narrowed down."""
HOURS = tuple(f"{hour:02}:00" for hour in range(24))


@dataclass(frozen=True)
class Flip:
    """One change that gives another answer, and the story and the finding after it."""

    knob: Knob
    value: str
    after: Supposed
    finding: Finding


@dataclass(frozen=True)
class Search:
    """What a search found: the flips, how many changes were tried, and where the law read does not answer."""

    flips: tuple[Flip, ...]
    tried: int
    unknown_places: tuple[str, ...]


def search(supposed: Supposed) -> Search:
    """Try every single change of a fact that the rule reads; Senseless where the rule cannot be put at all.

    A change to where the law was not read, or to a story that no longer says what matters, is no flip:
    nothing follows from it.
    """
    here, trial = decided(supposed), _Trial(supposed)
    flips = [flip for knob in tried_knobs(supposed) for flip in _flips(trial, knob, here)]
    unknown = [flip.value for flip in flips if flip.finding.status == "unknown" and flip.knob.id == "place"]
    different: dict[object, Flip] = {}
    for flip in flips:
        if flip.finding.status != "unknown":
            different.setdefault(flip.after.facts_asked, flip)
    return Search(tuple(different.values()), trial.count, tuple(unknown))


def tried_knobs(supposed: Supposed) -> tuple[Knob, ...]:
    """The knobs that could matter: all but those that set nothing the rule reads."""
    read = read_by_rule(supposed)
    return tuple(knob for knob in knobs(supposed) if not rests_on(knob) or rests_on(knob) & read)


class _Trial:
    """Makes changes and counts them."""

    def __init__(self, supposed: Supposed):
        self.supposed, self.count = supposed, 0

    def flip(self, knob: Knob, value: str) -> Flip | None:
        """The change and what follows; None for a change that cannot be."""
        try:
            after = turned(self.supposed, knob, value)
            self.count += 1
            return Flip(knob, value, after, decided(after))
        except Senseless:
            return None


def _flips(trial: _Trial, knob: Knob, here: Finding) -> Iterator[Flip]:
    if knob.form == "day":
        yield from _days(trial, knob, here)
        return
    tried = (trial.flip(knob, value) for value in _values(trial.supposed, knob))
    flips = [flip for flip in tried if flip and flip.finding.answer != here.answer]
    yield from _nearest_numbers(knob, flips) if knob.form == "number" and knob.value else flips


def _nearest_numbers(knob: Knob, flips: list[Flip]) -> Iterator[Flip]:
    """The nearest smaller and the nearest larger number for each other answer."""
    found: dict[object, Flip] = {}
    for flip in sorted(flips, key=lambda flip: abs(int(flip.value) - int(str(knob.value)))):
        found.setdefault((int(flip.value) > int(str(knob.value)), flip.finding.answer), flip)
    yield from found.values()


def _values(supposed: Supposed, knob: Knob) -> tuple[str, ...]:
    match knob.form:
        case "hour":
            return HOURS
        case "number":
            return tuple(sorted(_numbers(supposed) - {knob.value}, key=int))
    return tuple(value for value, _ in knob.options if value and value != knob.value)


def _numbers(supposed: Supposed) -> set[str]:
    """The distances of the story, and just more and just less than each."""
    told = {fact.distance for fact in supposed.facts if isinstance(fact, Order | Event) and fact.distance}
    return {str(n + more) for n in told for more in (-1, 0, 1)} | {"0"}


def _days(trial: _Trial, knob: Knob, here: Finding) -> Iterator[Flip]:
    """The nearest earlier and the nearest later day for each other answer."""
    if not isinstance(knob.value, str) or not knob.value:
        return
    now = date.fromisoformat(knob.value)
    for way in (-1, 1):
        found: dict[object, Flip] = {}
        last = now
        for day in _candidates(trial.supposed, now, way):
            flip = trial.flip(knob, day.isoformat())
            if flip and flip.finding.answer != here.answer and flip.finding.answer not in found:
                found[flip.finding.answer] = _nearest(trial, knob, last, flip)
            last = day
        yield from _few(found)


def _few(found: dict[object, Flip]) -> Iterator[Flip]:
    """Where the answer is itself a day, each day gives another; the nearest tells enough."""
    flips = [flip for flip in found.values() if flip.finding.status != "unknown"]
    dated = [flip for flip in flips if isinstance(flip.finding.answer, date)]
    yield from (flip for flip in flips if flip not in dated[1:])


def _candidates(supposed: Supposed, now: date, way: int) -> list[date]:
    """Days on one side of a day, the nearest first: those of the story and their neighbours, and ever wider steps."""
    near = {day + n * DAY for day in _told(supposed) for n in (-1, 0, 1)}
    far = {now + way * step * DAY for step in STEPS if 1 <= (now.year + way * (step // 365 + 1)) <= 9998}
    return sorted((day for day in near | far if (day - now) * way > timedelta()), reverse=way < 0)


def _told(supposed: Supposed) -> set[date]:
    """Every day that the story names."""
    facts = [fact for fact in supposed.facts if fact is not None]
    days = {value for fact in facts for value in vars(fact).values() if isinstance(value, date)}
    return {day for day in days if 1 < day.year < 9998}


def _nearest(trial: _Trial, knob: Knob, before: date, flip: Flip) -> Flip:
    """Narrow a flip down to the nearest day with that answer, between a day without it and the day found."""
    best, day = flip, date.fromisoformat(flip.value)
    while abs(day - before) > DAY:
        middle = before + (day - before) // 2
        closer = trial.flip(knob, middle.isoformat())
        if closer and closer.finding.answer == flip.finding.answer:
            best, day = closer, middle
        else:
            before = middle
    return best
