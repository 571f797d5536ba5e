"""The law as dated values with citations. Imports nothing of ours.

``law("us-ma").of("final", "abuse").value("longest_term", day)`` gives the value in force on that
day with the provisions it rests on, or raises :class:`LawNotKnown`. Nothing is ever defaulted.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, Literal, Protocol

Confidence = Literal["primary", "secondary", "inference", "recalled"]
Unit = Literal["hour", "day", "court-day", "month", "year"]
STATE = re.compile(r"us-[a-z]{2}")
GRADABLE: frozenset[str] = frozenset({"primary", "secondary", "inference"})
FIRST: Mapping[str, str] = dict.fromkeys(
    ("renewal_needs_new_abuse", "second_renewal_needs_new_abuse", "breach_supports_renewal", "renewal_standard",
     "uncontested_renewal_granted", "renewal_shortest", "renewal_longest", "later_renewal_longest",
     "renewal_permanent", "renewal_window"),
    "renewable",
)  # fmt: skip
"""The question that comes before another: a file that hides the first from view hides the other with it."""


class LawNotKnown(LookupError):
    """The law read so far does not answer: no order of that kind, no value, or none for that day."""


@dataclass(frozen=True)
class Provision:
    """One authority: how lawyers cite it, where to read it, and what it says in our words."""

    id: str
    cite: str
    href: str
    confidence: Confidence
    gist: str
    checked: date
    jurisdiction: str


@dataclass(frozen=True, order=True)
class Length:
    """A span of time, as a statute gives it."""

    n: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.n} {self.unit.replace('-', ' ')}{'' if self.n == 1 else 's'}"


@dataclass(frozen=True)
class Value:
    """What the law says on one point on one day, and on whose authority."""

    value: Any
    cites: tuple[Provision, ...]
    since: date
    exact: bool
    terms: tuple[str, ...] = ()
    by: Mapping[str, tuple[Provision, ...]] = field(default_factory=dict)

    @property
    def open(self) -> Literal["unsettled", "discretion"] | None:
        """How the point is open, if it is."""
        return self.value if self.value in ("unsettled", "discretion") else None

    def about(self, word: str) -> "Value":
        """The same value with only the authorities for one of its words, where the file tells them apart."""
        return replace(self, cites=self.by[word]) if word in self.by else self


@dataclass(frozen=True)
class OrderLaw:
    """The law of one kind of order in one jurisdiction."""

    jurisdiction: str
    order: str
    kinds: tuple[str, ...]
    grounds: tuple[str, ...]
    offences: tuple[str, ...]
    family: str
    label: str
    court: str
    checked: date
    provisions: Mapping[str, Provision]
    parameters: Mapping[str, tuple[Value, ...]]
    behind: "OrderLaw | None" = None
    courts: tuple[str, ...] = ()

    def value(self, name: str, day: date, term: str | None = None) -> Value:
        """Look up the value in force on a day; a repeal, a gap or an earlier day is LawNotKnown.

        The file of the order speaks first, then the file it is like, then the law of every order. A
        file that answers a question, even with null, is not asked further behind; nor is what hangs on a
        question that the file hides.
        """
        found = [v for v in self.parameters.get(name, ()) if v.since <= day and (not v.terms or term in v.terms)]
        if found:
            best = max(found, key=lambda v: (v.since, bool(v.terms)))
            if best.value is not None:
                return best
        if not self._hides(name) and self.behind and (general := self.behind.get(name, day, term)):
            return general
        raise LawNotKnown(f"{name.replace('_', ' ')}: no authority read for {self.label} on {day.isoformat()}")

    def _hides(self, name: str) -> bool:
        """Whether no file further behind is asked: this one has its own answer, or none to what comes first."""
        first = self.parameters.get(FIRST.get(name, ""), ())
        return name in self.parameters or (bool(first) and all(value.value is None for value in first))

    def get(self, name: str, day: date, term: str | None = None) -> Value | None:
        """Like value, but None where the law is not known."""
        try:
            return self.value(name, day, term)
        except LawNotKnown:
            return None


@dataclass(frozen=True)
class CourtDays:
    """When the courts of one jurisdiction are closed, and how days are counted there."""

    closed: Mapping[date, str]
    since: date
    until: date
    cites: tuple[Provision, ...]
    exclude_first_day: bool
    roll_forward: bool
    short_period: int = 0
    doubtful: Mapping[date, str] = field(default_factory=dict)

    def counts_open_days(self, length: Length) -> bool:
        """Whether only open days count: the length is in court days, or a short period counts that way here."""
        return length.unit == "court-day" or (length.unit == "day" and length.n <= self.short_period)


@dataclass(frozen=True)
class Law:
    """All that has been read of one jurisdiction."""

    id: str
    label: str
    place: str
    orders: tuple[OrderLaw, ...]
    every: OrderLaw | None
    days: CourtDays | None

    def of(self, kind: str, ground: str | None, offence: str | None = None, court: str | None = None) -> OrderLaw:
        """Find the law of the order that realises a generic kind; LawNotKnown if none is on file.

        A file that names the crime of conviction, the court or the ground goes before a file for any.
        """
        found = [o for o in self.orders if kind in o.kinds and _fits(o.grounds, ground) and _fits(o.offences, offence)]
        found = [o for o in found if _fits(o.courts, court)]
        if found:
            return min(found, key=lambda order: (not order.offences, not order.courts, not order.grounds))
        what = f"{kind} order" + (f" ({ground})" if ground else "")
        raise LawNotKnown(f"no law on file in {self.label} for a {what}")

    @property
    def files(self) -> tuple[OrderLaw, ...]:
        """Every order on file, and last what holds for all of them."""
        return (*self.orders, *([self.every] if self.every else []))

    def common(self) -> OrderLaw:
        """The law that holds for every order of the jurisdiction; LawNotKnown if none is on file."""
        if self.every is None:
            raise LawNotKnown(f"no law on file in {self.label} that holds for every order")
        return self.every


def _fits(named: tuple[str, ...], given: str | None) -> bool:
    return not named or given in named


_instead: ContextVar[Mapping[str, Law]] = ContextVar("law read in the place of what is on file")


def law(jurisdiction: str) -> Law:
    """The law of a jurisdiction (general, us, or a state such as us-ma); KeyError if the name is that of none.

    The law of a state of which nothing was read answers no question.
    """
    return _instead.get({}).get(jurisdiction) or _on_file(jurisdiction)


def _unread(jurisdiction: str) -> Law:
    return Law(jurisdiction, jurisdiction, f"in {jurisdiction}", (), None, None)


@contextmanager
def instead(laws: Mapping[str, Law]) -> Iterator[None]:
    """For a while, let other law stand in the place of what is on file: the law of a day, or a changed one."""
    token = _instead.set(laws)
    try:
        yield
    finally:
        _instead.reset(token)


@cache
def _on_file(jurisdiction: str) -> Law:
    if STATE.fullmatch(jurisdiction) and jurisdiction not in jurisdictions():
        return _unread(jurisdiction)
    return _library().load(jurisdiction)


@cache
def jurisdictions() -> tuple[str, ...]:
    """The jurisdictions on file, general first."""
    return _library().names()


class _Library(Protocol):
    """Where law is kept: files of a checkout, or what was compiled from them."""

    def names(self) -> tuple[str, ...]: ...

    def load(self, jurisdiction: str, /) -> Law: ...


def _library() -> _Library:
    """The compiled law where there is any, as in a wheel; the YAML files in a checkout."""
    from grader.law import compiled

    if compiled.FILE.exists():
        return compiled
    from grader.law import files

    return files
