"""Reads what the authorities say, point by point, and where the law files or the rules say it.

A file ``grader/law/propositions/<jurisdiction>.yaml`` has one entry for each point that a quiz could grade. It names
the values of law files or the branches of rules that carry the point, or says in plain words why nothing does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from grader.law import Law, jurisdictions, law
from grader.law.shapes import STRICT
from grader.reading import BadInput, Document, Problem, nearest, read, validate
from grader.readings import Reading
from grader.rules import RULES
from grader.words import Topic

FOLDER = Path(__file__).parent / "law" / "propositions"
LONGEST = 20


@dataclass(frozen=True, kw_only=True)
class Proposition:
    """One point of law."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    topic: Topic
    """What it is about."""
    says: str
    """The point in one or two plain sentences of ours."""
    values: tuple[str, ...] = ()
    """The values that carry it, each as order.question; as us/order.question where the law of another place does."""
    rules: tuple[str, ...] = ()
    """The rules that carry it in their code, where no value does."""
    left_out: str = ""
    """What they leave out, where they carry only a part of it."""
    not_modelled: str = ""
    """Why nothing carries it."""


@dataclass(frozen=True, kw_only=True)
class Propositions:
    """The points of law of one jurisdiction."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    jurisdiction: str
    """general, us, or us- and the two letters of a state."""
    propositions: dict[str, Proposition] = field(default_factory=dict)
    """The points, by a short name."""


def propositions(folder: Path = FOLDER) -> dict[str, Mapping[str, Proposition]]:
    """The points of law by jurisdiction, in the order of their rank; BadInput with every problem of every file."""
    found: dict[str, Mapping[str, Proposition]] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            file = _load(path)
            found[file.jurisdiction] = file.propositions
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return {name: found[name] for name in jurisdictions() if name in found}


def _load(path: Path) -> Propositions:
    document = read(path, f"grader/law/propositions/{path.name}")
    file: Propositions = validate(Propositions, document)
    if file.jurisdiction not in jurisdictions() or file.jurisdiction != path.stem:
        right = nearest(path.stem, jurisdictions())
        raise BadInput([document.problem(("jurisdiction",), f"is “{file.jurisdiction}”.", right)])
    known = {value for name in jurisdictions() for value in _values(law(name), file.jurisdiction)}
    problems = [one for id, point in file.propositions.items() for one in _complaints(document, id, point, known)]
    if problems:
        raise BadInput(problems)
    return file


def reading(value: str, home: str) -> Reading:
    """The question of a law file that carries a point, as the file of a jurisdiction names it."""
    place, _, rest = value.rpartition("/")
    order, _, question = rest.partition(".")
    return Reading(place or home, order, question)


def _values(place: Law, home: str) -> Iterator[str]:
    """Every value of a jurisdiction, as a file of the same one or of another one names it."""
    for order in place.files:
        for name in order.parameters:
            yield f"{order.order}.{name}" if place.id == home else f"{place.id}/{order.order}.{name}"


def _near(value: str, known: set[str]) -> list[str]:
    """What a value may have been meant to be: one of the same order, or else an order of the same place."""
    order, place = value.partition(".")[0], value.rpartition("/")[0]
    same = [one for one in known if one.partition(".")[0] == order]
    return same or [one.partition(".")[0] for one in known if one.rpartition("/")[0] == place]


def _complaints(document: Document, id: str, point: Proposition, known: set[str]) -> Iterator[Problem]:
    here = ("propositions", id)
    if (count := len(point.says.split())) > LONGEST:
        yield document.problem((*here, "says"), f"has {count} words.", f"Write at most {LONGEST}.")
    if not point.values and not point.rules and not point.not_modelled.strip():
        yield document.problem(here, "says nowhere where it stands.", "Write values:, rules: or not_modelled:.")
    if (point.values or point.rules) and point.not_modelled:
        right = "Write left_out:, if they carry a part of it."
        yield document.problem((*here, "not_modelled"), "stands beside values or rules.", right)
    if point.left_out and point.not_modelled:
        yield document.problem((*here, "left_out"), "stands beside not_modelled.", "One reason is enough.")
    for n, value in enumerate(point.values):
        if value not in known:
            wrong = f"“{value}” is no value of a law file."
            yield document.problem((*here, "values", n), wrong, nearest(value, _near(value, known)))
    for n, rule in enumerate(point.rules):
        if rule not in RULES:
            yield document.problem((*here, "rules", n), f"“{rule}” is no rule.", nearest(rule, RULES))
