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
    """The values that carry it, each as order.question."""
    rules: tuple[str, ...] = ()
    """The rules that carry it in their code, where no value does."""
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
    place = law(file.jurisdiction)
    known = {f"{order.order}.{name}" for order in place.files for name in order.parameters}
    problems = [
        one for id, point in file.propositions.items() for one in _complaints(document, id, point, known, place)
    ]
    if problems:
        raise BadInput(problems)
    return file


def _complaints(document: Document, id: str, point: Proposition, known: set[str], place: Law) -> Iterator[Problem]:
    here = ("propositions", id)
    if (count := len(point.says.split())) > LONGEST:
        yield document.problem((*here, "says"), f"has {count} words.", f"Write at most {LONGEST}.")
    if not point.values and not point.rules and not point.not_modelled.strip():
        yield document.problem(here, "says nowhere where it stands.", "Write values:, rules: or not_modelled:.")
    if (point.values or point.rules) and point.not_modelled:
        right = "Leave out not_modelled:, or the values and rules."
        yield document.problem((*here, "not_modelled"), "stands beside values or rules.", right)
    for n, value in enumerate(point.values):
        if value not in known:
            wrong = f"“{value}” is no value of {place.label} on file."
            yield document.problem((*here, "values", n), wrong, nearest(value, known))
    for n, rule in enumerate(point.rules):
        if rule not in RULES:
            yield document.problem((*here, "rules", n), f"“{rule}” is no rule.", nearest(rule, RULES))
