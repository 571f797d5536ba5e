"""A quiz as a learner meets it (the sheet) and what the grader knows about it (the key).

Plain data with a JSON form, on the standard library alone. A sheet holds stems and options and
never a key; a key holds what each choice rests on. Both know variants by opaque ids.
"""

import hashlib
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

SCHEMA = 1
Kind = Literal["single", "grid", "select", "date", "order", "sentence", "written"]
Mode = Literal["quiz", "practice"]
THEN = ">"
"""Stands between the ids of an order in the key."""
MILD = frozenset({"", "No violence is described.", "Nothing in this story is violent."})
"""The content lines of stories that nobody needs to be asked about first."""


@dataclass(frozen=True)
class Option:
    """Something to choose, a row to judge, or a sentence of the story. Known by id, never by place."""

    id: str
    text: str


@dataclass(frozen=True)
class Question:
    """One variant of one item, as the learner sees it."""

    variant: str
    title: str
    content: str
    story: tuple[Option, ...]
    stem: str
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()

    @property
    def mild(self) -> bool:
        """Whether its content line says that nothing in the story is violent."""
        return self.content in MILD


@dataclass(frozen=True)
class Item:
    """One item of a quiz with all its variants.

    ``instead`` names an item of the same practice set on the same rule whose story is milder, if there is one.
    """

    id: str
    kind: Kind
    points: float
    variants: tuple[Question, ...]
    instead: str = ""

    def pick(self, salt: str, learner: str) -> Question:
        """Choose the variant of one learner: the same on every machine, and the grader can choose it again."""
        digest = hashlib.sha256(f"{salt}\0{self.id}\0{learner}".encode()).digest()
        return self.variants[int.from_bytes(digest[:8]) % len(self.variants)]


@dataclass(frozen=True)
class Sheet:
    """A whole quiz without its key."""

    quiz: str
    version: str
    title: str
    intro: str
    mode: Mode
    salt: str
    items: tuple[Item, ...]
    certainty: bool = False
    """Whether a quiz asks how sure one is. Practice always does; no grade ever turns on it."""

    def item(self, id: str) -> Item:
        """Find an item; KeyError if the quiz has none of that id."""
        for item in self.items:
            if item.id == id:
                return item
        raise KeyError(id)

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain data."""
        data = {"schema": SCHEMA, **asdict(self)}
        for item in data["items"]:
            if not item["instead"]:
                del item["instead"]
        if not self.certainty:
            del data["certainty"]
        return data

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Sheet":
        """Read back what as_json wrote; ValueError for another schema."""
        _check(data)
        items = tuple(
            Item(i["id"], i["kind"], i["points"], tuple(_question(v) for v in i["variants"]), i.get("instead", ""))
            for i in data["items"]
        )
        return Sheet(
            data["quiz"], data["version"], data["title"], data["intro"], data["mode"], data["salt"], items,
            bool(data.get("certainty")),
        )  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """A provision as feedback shows it."""

    cite: str
    href: str
    gist: str
    confidence: str
    checked: str


@dataclass(frozen=True)
class Step:
    """One step of the reasoning as feedback shows it."""

    says: str
    met: bool | None
    cites: tuple[Citation, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """What one possible answer is worth and what it rests on."""

    right: bool
    credit: float
    feedback: str
    misconception: str | None = None


@dataclass(frozen=True)
class Key:
    """What the grader knows of one variant of one item.

    ``choices`` is keyed by option id (single, select, sentence), by ``row:option`` (grid) or by an
    ISO date (date) or by all ids in their order, joined by THEN (order). A written item has no
    choices but a model answer and a rubric. ``case`` is what pictures of the story are drawn from;
    only practice has it.
    """

    variant: str
    answer: str
    rule: str
    choices: Mapping[str, Choice]
    decides: tuple[str, ...]
    steps: tuple[Step, ...]
    flip: str = ""
    rubric: tuple[tuple[str, float, str], ...] = ()
    finding: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    case: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemKey:
    """The key of one item with all its variants. ``given`` says why everybody gets full marks, where that is so."""

    id: str
    kind: Kind
    points: float
    topic: str
    law: str
    variants: tuple[Key, ...]
    given: str = ""

    def of(self, variant: str) -> Key | None:
        """The key of a variant, or None if the item has no such variant."""
        return next((key for key in self.variants if key.variant == variant), None)


@dataclass(frozen=True)
class KeySheet:
    """The key of a whole quiz. Never leaves the instructor before the grades do."""

    quiz: str
    version: str
    title: str
    items: tuple[ItemKey, ...]
    misconceptions: Mapping[str, str]

    def item(self, id: str) -> ItemKey | None:
        """The key of an item, or None if the quiz has no such item."""
        return next((item for item in self.items if item.id == id), None)

    def as_json(self) -> dict[str, Any]:
        """The key as plain data; what is not there, and that an item is scored as usual, is not written."""
        data = {"schema": SCHEMA, **asdict(self)}
        for item in data["items"]:
            for part, name in ((item, "given"), *((key, "case") for key in item["variants"])):
                if not part[name]:
                    del part[name]
        return data

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "KeySheet":
        """Read back what as_json wrote; ValueError for another schema."""
        _check(data)
        items = tuple(
            ItemKey(
                i["id"],
                i["kind"],
                i["points"],
                i["topic"],
                i["law"],
                tuple(map(_key, i["variants"])),
                i.get("given", ""),
            )
            for i in data["items"]
        )
        return KeySheet(data["quiz"], data["version"], data["title"], items, dict(data["misconceptions"]))


def shuffled(options: tuple[Option, ...], seed: str) -> tuple[Option, ...]:
    """Put options in an order that depends on the seed alone, so that their place tells nothing."""
    mixed = sorted(options, key=lambda option: option.id)
    random.Random(seed).shuffle(mixed)
    return tuple(mixed)


def opaque(*parts: str) -> str:
    """A short id that tells nothing about what it stands for."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def _check(data: Mapping[str, Any]) -> None:
    if data.get("schema") != SCHEMA:
        raise ValueError(f"made by another version of the course (schema {data.get('schema')}, here {SCHEMA})")


def _options(data: Any) -> tuple[Option, ...]:
    return tuple(Option(o["id"], o["text"]) for o in data)


def _question(data: Mapping[str, Any]) -> Question:
    story, options, rows = (_options(data[name]) for name in ("story", "options", "rows"))
    return Question(data["variant"], data["title"], data["content"], story, data["stem"], options, rows)


def _key(data: Mapping[str, Any]) -> Key:
    steps = tuple(
        Step(s["says"], s["met"], tuple(Citation(**c) for c in s["cites"]), tuple(s["sentences"]))
        for s in data["steps"]
    )
    choices = {id: Choice(**choice) for id, choice in data["choices"].items()}
    rubric = tuple((part, points, anchor) for part, points, anchor in data["rubric"])
    return Key(
        data["variant"], data["answer"], data["rule"], choices, tuple(data["decides"]), steps,
        data["flip"], rubric, data["finding"], dict(data["names"]),
        dict(data.get("case", {})),
    )  # fmt: skip
