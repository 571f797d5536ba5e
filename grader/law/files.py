"""Reads the law files and refuses what is uncited, overlapping or unknown.

A file ``grader/law/<jurisdiction>/<order>.yaml`` holds one kind of order. ``every-order.yaml``
holds what is true of all orders there, ``jurisdiction.yaml`` the names, ``court-days.yaml`` the
days on which courts are closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from grader.law import Confidence, CourtDays, Law, Length, OrderLaw, Provision, Unit, Value
from grader.reading import BadInput, Document, Problem, nearest, read, validate
from grader.words import MEANINGS, Ground, Offence, OrderKind

FOLDER = Path(__file__).parent
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
    value: Any
    """The value; null is a repeal."""
    cite: str | tuple[str, ...]
    """The provision or provisions it rests on."""
    since: date | None = None
    """The day it took effect."""
    seen: date | None = None
    """Where that day is not known: the earliest day on which an authority shows it."""
    unit: Unit | None = None
    """The unit of a length."""
    terms: tuple[str, ...] = ()
    """The terms of the order it holds for. Left out: all."""


@dataclass(frozen=True, kw_only=True)
class OrderFile:
    """One kind of order in one jurisdiction."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    jurisdiction: str
    """us-ma, us-ca, us or general."""
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
    family: str = "civil"
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
    provisions: dict[str, ProvisionEntry]
    """The authorities for the days and the counting."""
    closed: tuple[ClosedDay, ...]
    """The closed days, other than Saturdays and Sundays."""


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


@cache
def parameters() -> dict[str, dict[str, Any]]:
    """The catalogue of questions a law file may answer."""
    catalogue: dict[str, dict[str, Any]] = read(FOLDER / "parameters.yaml", "grader/law/parameters.yaml").data
    return catalogue


def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """The jurisdictions on file, in the order of their rank."""
    found = [(_names(path.parent).rank, _id(path.parent)) for path in folder.glob("*/jurisdiction.yaml")]
    return tuple(id for _, id in sorted(found))


def load(jurisdiction: str, folder: Path = FOLDER) -> Law:
    """Load a jurisdiction; KeyError if there is none, BadInput if a file is wrong."""
    place = folder / jurisdiction.replace("-", "_")
    if not (place / "jurisdiction.yaml").exists():
        raise KeyError(jurisdiction)
    problems: list[Problem] = []
    orders: list[OrderLaw] = []
    every: OrderLaw | None = None
    for path in sorted(place.glob("*.yaml")):
        if path.stem in ("jurisdiction", "court-days"):
            continue
        try:
            order = _order(path)
        except BadInput as bad:
            problems += bad.problems
            continue
        if path.stem == "every-order":
            every = order
        else:
            orders.append(order)
    days = None
    try:
        called = _names(place)
        days = _court_days(place, jurisdiction) if (place / "court-days.yaml").exists() else None
    except BadInput as bad:
        problems += bad.problems
    if problems:
        raise BadInput(problems)
    backed = tuple(_behind(order, every) for order in orders)
    return Law(jurisdiction, called.label, called.place, backed, every, days)


def _behind(order: OrderLaw, every: OrderLaw | None) -> OrderLaw:
    return OrderLaw(**{**{f: getattr(order, f) for f in order.__dataclass_fields__}, "behind": every})


def _id(folder: Path) -> str:
    return folder.name.replace("_", "-")


def _shown(path: Path) -> str:
    return f"grader/law/{path.parent.name}/{path.name}"


def _names(folder: Path) -> Names:
    path = folder / "jurisdiction.yaml"
    return validate(Names, read(path, _shown(path)))


def _provisions(entries: dict[str, ProvisionEntry], checked: date, jurisdiction: str) -> dict[str, Provision]:
    return {
        id: Provision(id, e.cite, e.href, e.confidence, e.gist, e.checked or checked, jurisdiction)
        for id, e in entries.items()
    }


def _court_days(place: Path, jurisdiction: str) -> CourtDays:
    path = place / "court-days.yaml"
    file: CourtDaysFile = validate(CourtDaysFile, read(path, _shown(path)))
    cites = tuple(_provisions(file.provisions, file.checked, jurisdiction).values())
    closed = {entry.day: entry.name for entry in file.closed}
    return CourtDays(closed, file.since, file.until, cites, file.exclude_first_day, file.roll_forward)


def _order(path: Path) -> OrderLaw:
    document = read(path, _shown(path))
    file: OrderFile = validate(OrderFile, document)
    problems = list(_complaints(document, file, path))
    provisions = _provisions(file.provisions, file.checked, file.jurisdiction)
    values: dict[str, tuple[Value, ...]] = {}
    for name, entries in file.parameters.items():
        read_values = []
        for n, entry in enumerate(entries):
            try:
                read_values.append(_value(name, entry, provisions))
            except ValueError as error:
                problems.append(document.problem(("parameters", name, n, "value"), str(error)))
            except KeyError:
                continue
        values[name] = tuple(read_values)
    if problems:
        raise BadInput(problems)
    return OrderLaw(
        file.jurisdiction, file.order, file.realises, file.grounds,
        file.offences,
        file.family, file.label, file.court,
        file.checked, provisions, values,
    )  # fmt: skip


def _complaints(document: Document, file: OrderFile, path: Path) -> Iterator[Problem]:
    if file.order != path.stem:
        yield document.problem(("order",), f"is “{file.order}”.", f"The file is called {path.stem}.yaml.")
    if not file.realises and path.stem != "every-order":
        yield document.problem(("realises",), "is missing.", "Name the generic kinds this order stands for.")
    for name, entries in file.parameters.items():
        here = ("parameters", name)
        if name not in parameters():
            yield document.problem(here, "is not a question the rules ask.", nearest(name, parameters()))
            continue
        for n, entry in enumerate(entries):
            yield from _entry_complaints(document, file, (*here, n), entry)
        yield from _overlaps(document, here, entries)


def _entry_complaints(document: Document, file: OrderFile, loc: Any, entry: ValueEntry) -> Iterator[Problem]:
    cites = (entry.cite,) if isinstance(entry.cite, str) else entry.cite
    if not cites or not all(cites):
        yield document.problem((*loc, "cite"), "is empty.", "Every value names the provision it rests on.")
    for cite in cites:
        if cite and cite not in file.provisions:
            yield document.problem(
                (*loc, "cite"), f"“{cite}” is no provision of this file.", nearest(cite, file.provisions)
            )
    if (entry.since is None) == (entry.seen is None):
        yield document.problem(loc, "needs a start day.", "Write since: (the day it took effect) or seen:, not both.")
    for term in entry.terms:
        if term not in MEANINGS["term"]:
            yield document.problem((*loc, "terms"), f"“{term}” is not a term.", nearest(term, MEANINGS["term"]))
    if entry.value == "unsettled" and len(cites) < 1:
        yield document.problem((*loc, "cite"), "names no authority.", "Cite the authorities on both sides.")


def _overlaps(document: Document, here: Any, entries: tuple[ValueEntry, ...]) -> Iterator[Problem]:
    seen: dict[tuple[Any, str], int] = {}
    for n, entry in enumerate(entries):
        for term in entry.terms or ("",):
            key = (entry.since or entry.seen, term)
            if key in seen:
                yield document.problem(
                    (*here, n), "starts on the same day as another value.", "One value holds on one day."
                )
            seen[key] = n


def _value(name: str, entry: ValueEntry, provisions: dict[str, Provision]) -> Value:
    cites = (entry.cite,) if isinstance(entry.cite, str) else entry.cite
    start = entry.since or entry.seen
    if start is None or name not in parameters():
        raise KeyError(name)
    return Value(_typed(name, entry), tuple(provisions[c] for c in cites), start, bool(entry.since), entry.terms)


def _typed(name: str, entry: ValueEntry) -> Any:
    value, spec = entry.value, parameters()[name]
    if value is None or value in ("unsettled", "discretion"):
        return value
    kind = spec["is"]
    if kind == "boolean":
        if value not in ("true", "false"):
            raise ValueError(f"“{value}” is not true, false, unsettled or discretion.")
        return value == "true"
    if kind in ("word", "words"):
        given = [value] if isinstance(value, str) else value
        for word in given:
            if word not in spec["words"]:
                raise ValueError(f"“{word}” is not a known word. {nearest(word, spec['words'])}")
        return tuple(given) if kind == "words" else given[0]
    if kind in ("length", "lengths"):
        given = value if isinstance(value, list) else [value]
        lengths = tuple(_length(item, entry.unit) for item in given)
        return lengths if kind == "lengths" else lengths[0]
    return int(value) if kind == "dollars" else str(value)


def _length(item: Any, unit: Unit | None) -> Length:
    parts = str(item).split()
    if len(parts) == 1 and unit:
        parts.append(unit)
    if (
        len(parts) != 2
        or not parts[0].isdigit()
        or parts[1].rstrip("s") not in ("hour", "day", "court-day", "month", "year")
    ):
        raise ValueError(f"“{item}” is not a length. Write, say, 10 court-day, or 1 with unit: year.")
    return Length(int(parts[0]), parts[1].rstrip("s"))  # type: ignore[arg-type]
