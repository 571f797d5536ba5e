"""Reads a quiz file and builds the quiz: its sheet for learners and its key for the grader."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Literal

from grader.facts import STRICT, Scenario
from grader.families import Family
from grader.illustrate import illustrated
from grader.law import jurisdictions, law
from grader.misconceptions import MISCONCEPTIONS
from grader.questions import Builder, Unaskable
from grader.reading import BadInput, Document, Problem, nearest, read, validate
from grader.sheet import Item, ItemKey, KeySheet, Kind, Mode, Sheet
from grader.words import Topic


@dataclass(frozen=True, kw_only=True)
class ItemEntry:
    """One item of a quiz: a question of a scenario, asked under one law."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """A short name; the learner’s answers are kept under it."""
    scenario: str
    """The id of the scenario."""
    ask: str
    """The id of the question in the scenario."""
    law: str
    """The jurisdiction under whose law it is asked."""
    type: Kind
    """single, grid, select, date, order, sentence or written."""
    points: float = 1.0
    """What it is worth."""
    variants: tuple[str, ...] = ()
    """The variants of the scenario to use. Left out: all."""


@dataclass(frozen=True, kw_only=True)
class QuizFile:
    """A quiz or a practice set."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """A short name; the name of its folder or file."""
    title: str
    """The title the learner reads."""
    topic: Topic | Literal["mixed"]
    """What it is about."""
    intro: str
    """Two or three sentences before the first question."""
    items: tuple[ItemEntry, ...]
    """The items, in the order in which they are asked."""
    mode: Mode = "quiz"
    """quiz (for a grade) or practice (explained at once)."""
    certainty: bool = False
    """Whether a quiz asks how sure one is, so that the class report can put confident errors first."""


Built = tuple[Sheet, KeySheet]


@dataclass(frozen=True)
class Prepared:
    """A quiz file that was read: its items, each with the builder that makes it."""

    file: QuizFile
    items: tuple[tuple[ItemEntry, Builder], ...]


def build(path: Path, families: Mapping[str, Family], shown: str | None = None) -> Built:
    """Build a quiz from its file; BadInput names every item that cannot be asked, and why."""
    document = read(path, shown)
    prepared = _prepared(document, path, families)
    problems: list[Problem] = []
    built: list[tuple[Item, ItemKey]] = []
    for n, (entry, builder) in enumerate(prepared.items):
        try:
            built.append(builder.build(entry.id, entry.points))
        except Unaskable as error:
            right = "Ask something the law answers in every variant, or name the variants."
            problems.append(document.problem(("items", n, "ask"), f"cannot be graded: {error}", right))
    if problems:
        raise BadInput(problems)
    sheet, keys = _sealed(prepared.file, _with_milder(prepared, built))
    if sheet.mode == "practice":
        builders = [builder for _, builder in prepared.items]
        keys = replace(keys, items=tuple(map(illustrated, builders, keys.items)))
    return sheet, keys


def prepare(path: Path, families: Mapping[str, Family], shown: str | None = None) -> Prepared:
    """Read a quiz file and find its scenarios; BadInput names everything it asks for that is not there."""
    return _prepared(read(path, shown), path, families)


def _prepared(document: Document, path: Path, families: Mapping[str, Family]) -> Prepared:
    file: QuizFile = validate(QuizFile, document)
    problems: list[Problem] = list(_twice(document, file))
    name = path.parent.name if path.stem == "quiz" else path.stem
    if file.id != name:
        problems.append(document.problem(("id",), f"is “{file.id}”.", f"The quiz stands under the name {name}."))
    items: list[tuple[ItemEntry, Builder]] = []
    for n, entry in enumerate(file.items):
        try:
            items.append((entry, _builder(document, n, entry, families, file.id)))
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return Prepared(file, tuple(items))


def _twice(document: Document, file: QuizFile) -> list[Problem]:
    ids = [entry.id for entry in file.items]
    return [
        document.problem(("items", n, "id"), f"“{id}” stands twice.", "Each item needs an id of its own.")
        for n, id in enumerate(ids)
        if id in ids[:n]
    ]


def _builder(document: Document, n: int, entry: ItemEntry, families: Mapping[str, Family], salt: str) -> Builder:
    at = ("items", n)

    def bad(field: str, wrong: str, right: str) -> BadInput:
        return BadInput([document.problem((*at, field), wrong, right)])

    if entry.scenario not in families:
        raise bad("scenario", f"“{entry.scenario}” is no scenario.", nearest(entry.scenario, families))
    family = families[entry.scenario]
    asks = {ask.id: ask for ask in family.asks}
    if entry.ask not in asks:
        raise bad("ask", f"“{entry.ask}” is no question of {family.id}.", nearest(entry.ask, asks))
    if entry.law not in jurisdictions() or entry.law not in family.law:
        raise bad("law", f"“{entry.law}” is no law for {family.id}.", nearest(entry.law, family.law))
    chosen = _variants(family, entry)
    if len(chosen) < max(1, len(entry.variants)):
        raise bad(
            "variants", "name a variant that does not exist.", nearest("", [v.variant for v in family.variants()])
        )
    if entry.points <= 0:
        raise bad("points", f"is {entry.points}.", "Give a number above 0.")
    return Builder(chosen, asks[entry.ask], law(entry.law), entry.type, f"{salt}/{entry.id}", family.variants())


def _variants(family: Family, entry: ItemEntry) -> tuple[Scenario, ...]:
    return tuple(v for v in family.variants() if not entry.variants or v.variant in entry.variants)


def _with_milder(prepared: Prepared, built: list[tuple[Item, ItemKey]]) -> list[tuple[Item, ItemKey]]:
    """In a practice set, each item with the next one on the same rule whose story is milder, if its own is not."""
    if prepared.file.mode != "practice":
        return built
    rules = [builder.ask.rule for _, builder in prepared.items]
    mild = [all(question.mild for question in item.variants) for item, _ in built]

    def instead(n: int) -> str:
        if mild[n]:
            return ""
        others = [*range(n + 1, len(built)), *range(n)]
        return next((built[m][0].id for m in others if mild[m] and rules[m] == rules[n]), "")

    return [(replace(item, instead=instead(n)), key) for n, (item, key) in enumerate(built)]


def _sealed(file: QuizFile, built: list[tuple[Item, ItemKey]]) -> Built:
    titles = {name: misconception.title for name, misconception in MISCONCEPTIONS.items()}
    items = tuple(item for item, _ in built)
    sheet = Sheet(file.id, "", file.title, file.intro, file.mode, file.id, items, file.certainty)
    keys = KeySheet(file.id, "", file.title, tuple(key for _, key in built), titles)
    content = json.dumps([sheet.as_json(), keys.as_json()], sort_keys=True)
    version = hashlib.sha256(content.encode()).hexdigest()[:12]
    return replace(sheet, version=version), replace(keys, version=version)
