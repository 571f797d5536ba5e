"""What may stand in a law file, field by field."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

from grader.law import Confidence, Unit
from grader.words import Court, Ground, Offence, OrderKind

NOT_GIVEN = ""
STRICT: dict[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}


@dataclass(frozen=True, kw_only=True)
class ProvisionEntry:
    """One authority."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    cite: str
    """How lawyers cite it, with the pinpoint."""
    href: str
    """Where it can be read."""
    confidence: Confidence
    """primary (its text was read), secondary (a summary was read), inference, or recalled."""
    gist: str
    """What it says, in one plain sentence of ours."""
    checked: date | None = None
    """The day it was last compared with its source, if not the day of the file."""


@dataclass(frozen=True, kw_only=True)
class ValueEntry:
    """What the law says from one day on."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    cite: str | tuple[str, ...]
    """The provision or provisions it rests on."""
    value: Any = NOT_GIVEN
    """The value; null is a repeal, or hides a value of the file this one is like."""
    adds: tuple[str, ...] = ()
    """In the place of value: the words that the list of the entry before gains, with their own provisions."""
    since: date | None = None
    """The day it took effect."""
    seen: date | None = None
    """Where that day is not known: the earliest day on which an authority shows it."""
    unit: Unit | None = None
    """The unit of a length."""
    terms: tuple[str, ...] = ()
    """The terms of the order it holds for. Left out: all."""
    by: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    """For a list of words: the provision or provisions behind one of them, if not all of cite."""


@dataclass(frozen=True, kw_only=True)
class OrderFile:
    """One kind of order in one jurisdiction."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    jurisdiction: str
    """general, us, or us- and the two letters of a state."""
    order: str
    """A short name; the name of the file."""
    label: str
    """What the order is called there, without an article, in lower case unless a proper name."""
    checked: date
    """The day somebody last compared this file with its sources."""
    provisions: dict[str, ProvisionEntry]
    """The authorities, by a short name."""
    parameters: dict[str, tuple[ValueEntry, ...]]
    """The answers, by the name of the question in parameters.yaml."""
    realises: tuple[OrderKind, ...] = ()
    """The generic kinds it stands for. Left out in every-order.yaml only."""
    grounds: tuple[Ground, ...] = ()
    """The grounds it is made on. Left out: any."""
    offences: tuple[Offence, ...] = ()
    """The crimes of conviction it is made on. Left out: any, or none."""
    courts: tuple[Court, ...] = ()
    """The courts it speaks of, where others may follow another rule. Left out: any."""
    like: str = ""
    """Another order of the same jurisdiction, which answers what this file leaves out. Null here hides its answer."""
    family: Literal["civil", "criminal"] = "civil"
    """civil or criminal: the family of order it belongs to."""
    court: str = ""
    """Which courts make it, in a few words."""


@dataclass(frozen=True, kw_only=True)
class ClosedDay:
    """One day on which the courts are closed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    day: date
    """The day."""
    name: str
    """What is kept that day."""


@dataclass(frozen=True, kw_only=True)
class CourtDaysFile:
    """When the courts of a jurisdiction are closed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    checked: date
    """The day somebody last compared this file with its sources."""
    since: date
    """The first day the table covers."""
    until: date
    """The last day the table covers."""
    exclude_first_day: bool
    """Whether the day of the act is left out of the count."""
    roll_forward: bool
    """Whether a period that ends on a closed day runs to the next open day."""
    short_period: int = 0
    """The longest period in days that counts open days only. 0: every period counts every day."""
    provisions: dict[str, ProvisionEntry]
    """The authorities for the days and the counting."""
    closed: tuple[ClosedDay, ...]
    """The closed days, other than Saturdays and Sundays."""
    doubtful: tuple[ClosedDay, ...] = ()
    """Days of which no authority read says whether the courts were open, each with the reason to doubt."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """How a jurisdiction is called."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    label: str
    """Its name."""
    place: str
    """With its preposition: “in California”."""
    rank: int = field(default=9)
    """Its place in lists."""
