"""Reads the law files and refuses what is uncited, overlapping or unknown.

A file ``grader/law/<jurisdiction>/<order>.yaml`` holds one kind of order. With ``like: <order>`` it
states only what differs from another kind: a question it leaves out is answered by the file it is
like, and in the end by ``every-order.yaml``, which holds what is true of all orders there. A question
it answers, even with ``null``, is answered there alone. ``jurisdiction.yaml`` holds the names,
``court-days.yaml`` the days on which courts are closed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from grader.law import CourtDays, Law, OrderLaw, Provision
from grader.law.conflicts import conflicts
from grader.law.shapes import CourtDaysFile, Names, OrderFile, ProvisionEntry, ValueEntry
from grader.law.values import Unfit, ids, lacks_a_list, parameters, typed, values_of
from grader.reading import BadInput, Document, Loc, Problem, nearest, read, validate
from grader.words import MEANINGS

FOLDER = Path(__file__).parent
EVERY = "every-order"
OTHERS = ("jurisdiction", "court-days")


@dataclass(frozen=True)
class _Read:
    """One law file as read: the order it tells of, the order it is like, and its text."""

    order: OrderLaw
    like: str
    document: Document


def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """The jurisdictions on file, in the order of their rank."""
    found = [(_names(path.parent).rank, _id(path.parent)) for path in folder.glob("*/jurisdiction.yaml")]
    return tuple(id for _, id in sorted(found))


def load(jurisdiction: str, folder: Path = FOLDER) -> Law:
    """Load a jurisdiction; KeyError if there is none, BadInput if a file is wrong."""
    place = folder / jurisdiction.replace("-", "_")
    if not (place / "jurisdiction.yaml").exists():
        raise KeyError(jurisdiction)
    paths = [path for path in sorted(place.glob("*.yaml")) if path.stem not in OTHERS]
    files: dict[str, _Read] = {}
    problems: list[Problem] = []
    days: CourtDays | None = None
    for path in paths:
        try:
            files[path.stem] = _order(path)
        except BadInput as bad:
            problems += bad.problems
    try:
        called = _names(place)
        days = _court_days(place, jurisdiction) if (place / "court-days.yaml").exists() else None
    except BadInput as bad:
        problems += bad.problems
    problems += _likes(files, [path.stem for path in paths if path.stem != EVERY])
    if problems:
        raise BadInput(problems)
    every = files[EVERY].order if EVERY in files else None
    orders = tuple(_backed(name, files, every) for name in files if name != EVERY)
    problems += [files[order].document.problem(_place(field), *said) for order, field, *said in conflicts(orders)]
    if problems:
        raise BadInput(problems)
    return Law(jurisdiction, called.label, called.place, orders, every, days)


def _place(field: str) -> Loc:
    return (field,) if field == "realises" else ("parameters", field)


def _backed(name: str, files: Mapping[str, _Read], every: OrderLaw | None) -> OrderLaw:
    like = files[name].like
    return replace(files[name].order, behind=_backed(like, files, every) if like else every)


def _likes(files: Mapping[str, _Read], known: list[str]) -> Iterator[Problem]:
    """What is wrong with the orders that files say they are like."""
    for name, file in files.items():
        if name == EVERY and file.like:
            yield file.document.problem(("like",), "has no place here.", f"{EVERY}.yaml stands behind all the others.")
        elif file.like and file.like not in known:
            yield file.document.problem(("like",), f"“{file.like}” is no order here.", nearest(file.like, known))
        elif name in (chain := _chain(file.like, files)):
            way = ", ".join((name, *chain[: chain.index(name) + 1]))
            yield file.document.problem(("like",), f"leads in a circle: {way}.", "One of them must stand on its own.")


def _chain(name: str, files: Mapping[str, _Read]) -> list[str]:
    found: list[str] = []
    while name in files and name not in found:
        found.append(name)
        name = files[name].like
    return found


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
    doubtful = {entry.day: entry.name for entry in file.doubtful}
    return CourtDays(
        closed, file.since, file.until, cites, file.exclude_first_day, file.roll_forward, file.short_period, doubtful
    )


def _order(path: Path) -> _Read:
    document = read(path, _shown(path))
    file: OrderFile = validate(OrderFile, document)
    problems = list(_complaints(document, file, path))
    if problems:
        raise BadInput(problems)
    provisions = _provisions(file.provisions, file.checked, file.jurisdiction)
    values = {name: tuple(values_of(name, entries, provisions)) for name, entries in file.parameters.items()}
    order = OrderLaw(
        jurisdiction=file.jurisdiction, order=file.order, kinds=file.realises, grounds=file.grounds,
        offences=file.offences, courts=file.courts, family=file.family, label=file.label, court=file.court,
        checked=file.checked, provisions=provisions, parameters=values,
    )  # fmt: skip
    return _Read(order, file.like, document)


def _complaints(document: Document, file: OrderFile, path: Path) -> Iterator[Problem]:
    if file.order != path.stem:
        yield document.problem(("order",), f"is “{file.order}”.", f"The file is called {path.stem}.yaml.")
    if file.jurisdiction != _id(path.parent):
        yield document.problem(("jurisdiction",), f"is “{file.jurisdiction}”.", f"The folder is {path.parent.name}.")
    if not file.realises and path.stem != EVERY:
        yield document.problem(("realises",), "is missing.", "Name the generic kinds this order stands for.")
    for name, entries in file.parameters.items():
        here = ("parameters", name)
        if name not in parameters():
            yield document.problem(here, "is not a question the rules ask.", nearest(name, parameters()))
            continue
        for n, entry in enumerate(entries):
            yield from _entry_complaints(document, file, name, (*here, n), entry)
            if lacks_a_list(entry, entries):
                right = "Write value: with the whole list; nothing stands before it."
                yield document.problem((*here, n, "adds"), "adds to a list that is not there.", right)
        yield from _overlaps(document, here, entries)


def _entry_complaints(document: Document, file: OrderFile, name: str, loc: Loc, entry: ValueEntry) -> Iterator[Problem]:
    yield from _cite_complaints(document, file, (*loc, "cite"), entry.cite)
    words = entry.adds or (entry.value if isinstance(entry.value, list) else ())
    for word, cite in entry.by.items():
        if word not in words:
            yield document.problem((*loc, "by", word), "is no word of this value.", nearest(word, words))
        yield from _cite_complaints(document, file, (*loc, "by", word), cite)
    if entry.since is None and entry.seen is None:
        yield document.problem(loc, "has no start day.", "Write since: (the day it took effect) or seen:.")
    if entry.since and entry.seen:
        yield document.problem(loc, "has two start days.", "Write since: or seen:, not both.")
    for term in entry.terms:
        if term not in MEANINGS["term"]:
            yield document.problem((*loc, "terms"), f"“{term}” is not a term.", nearest(term, MEANINGS["term"]))
    try:
        typed(name, entry)
    except Unfit as unfit:
        yield document.problem((*loc, "value"), *unfit.args)


def _cite_complaints(document: Document, file: OrderFile, loc: Loc, cite: str | tuple[str, ...]) -> Iterator[Problem]:
    if not cite or not all(ids(cite)):
        yield document.problem(loc, "is empty.", "Every value names the provision it rests on.")
    for id in filter(None, ids(cite)):
        if id not in file.provisions:
            yield document.problem(loc, f"“{id}” is no provision of this file.", nearest(id, file.provisions))


def _overlaps(document: Document, here: Loc, entries: tuple[ValueEntry, ...]) -> Iterator[Problem]:
    seen: set[tuple[date | None, str]] = set()
    for n, entry in enumerate(entries):
        keys = {(entry.since or entry.seen, term) for term in entry.terms or ("",)}
        if keys & seen:
            yield document.problem(
                (*here, n), "starts on the same day as another value.", "One value holds on one day."
            )
        seen |= keys
