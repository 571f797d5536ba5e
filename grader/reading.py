"""Reads hand-written YAML strictly and says what is wrong, where, and what would be right.

Every scalar is read as text and given its type by the field it fills, so that ``on``, ``no`` or
``2025-03-03`` can never turn into something the author did not write.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")
Loc = tuple[str | int, ...]
LARGEST = 1_000_000
JOINERS = "\u200c\u200d"
HINTS = {
    "bool_parsing": "Write true or false.",
    "bool_type": "Write true or false.",
    "int_parsing": "Write a whole number.",
    "int_type": "Write a whole number.",
    "string_type": "Write one text, not a list or a block.",
    "tuple_type": "Write a list, like [one, two].",
    "dict_type": "Write names, each with a block of fields.",
    "dataclass_type": "Write a block of fields, like {name: Dana}.",
    "too_long": "The list has too many entries.",
}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one file."""

    file: str
    line: int
    field: str
    wrong: str
    right: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" + (f" {self.field}" if self.field else "")
        return f"{where}: {self.wrong}" + (f" {self.right}" if self.right else "")

    def as_dict(self) -> dict[str, Any]:
        """The problem as plain data, for ``--json``."""
        return asdict(self)


class BadInput(ValueError):
    """Something an author wrote cannot be used. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Document:
    """A file as plain text values, and the line on which each of them stands."""

    file: str
    data: Any
    lines: dict[Loc, int]

    def line(self, loc: Loc) -> int:
        """The line of a value, or of the nearest value around it."""
        while loc not in self.lines and loc:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def problem(self, loc: Loc, wrong: str, right: str = "") -> Problem:
        """A problem at a place in this document."""
        return Problem(self.file, self.line(loc), dotted(loc), wrong, right)


def legible(text: str) -> str:
    """Text that somebody else wrote, such as the name of a file, on one line and without signs that steer a terminal.

    What joins letters in some scripts stays.
    """
    return "".join(sign if sign.isprintable() or sign in JOINERS else "�" for sign in text)


def dotted(loc: Loc) -> str:
    """Write a place the way an author reads it: story[3].event.day."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest what the author may have meant."""
    words = sorted(set(map(str, known)))
    close = get_close_matches(str(word), words, n=3, cutoff=0.5)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"Known: {', '.join(words)}." if words else ""


def read(path: Path, shown: str | None = None) -> Document:
    """Read a YAML file; BadInput if it is missing, empty, too large, not UTF-8 or not YAML."""
    file = shown or str(path)

    def bad(line: int, wrong: str, right: str) -> BadInput:
        return BadInput([Problem(file, line, "", wrong, right)])

    try:
        raw = path.read_bytes()
    except OSError as error:
        raise bad(1, f"cannot be read ({error.strerror}).", "Give the path of a YAML file.") from None
    if len(raw) > LARGEST:
        raise bad(1, f"is {len(raw):,} bytes long.", f"At most {LARGEST:,} bytes are read.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise bad(line, "is not UTF-8 text.", "Save the file with UTF-8 encoding.") from None
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise bad(
            (mark.line + 1) if mark else 1, f"is not YAML: {error.problem}.", "Check the indentation and quotes."
        ) from None
    except yaml.YAMLError as error:
        raise bad(1, f"is not YAML: {error}.", "Remove characters that are not printable text.") from None
    if node is None:
        raise bad(1, "is empty.", "Write at least an id and the content the guide asks for.")
    lines: dict[Loc, int] = {}
    problems: list[Problem] = []
    data = _plain(node, (), lines, problems, file, 0)
    if problems:
        raise BadInput(problems)
    return Document(file, data, lines)


def _plain(node: Any, loc: Loc, lines: dict[Loc, int], problems: list[Problem], file: str, depth: int) -> Any:
    lines[loc] = node.start_mark.line + 1
    if depth > 40:
        problems.append(
            Problem(file, lines[loc], dotted(loc), "is nested too deeply.", "Aliases may not contain themselves.")
        )
        return None
    if isinstance(node, yaml.ScalarNode):
        plain = not node.style
        return None if plain and node.value in ("", "null", "~") else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*loc, n), lines, problems, file, depth + 1) for n, item in enumerate(node.value)]
    out: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        if name in out:
            line = key.start_mark.line + 1
            problems.append(Problem(file, line, dotted((*loc, name)), "stands twice.", "Keep one of the two."))
        out[name] = _plain(value, (*loc, name), lines, problems, file, depth + 1)
        lines[(*loc, name)] = key.start_mark.line + 1
    return out


def validate(kind: type[T] | Any, document: Document, data: Any = None, at: Loc = ()) -> T:
    """Give a document its type; BadInput names every field that does not fit."""
    try:
        result: T = adapter(kind).validate_python(document.data if data is None else data)
        return result
    except ValidationError as error:
        raise BadInput(_problems(kind, error, document, at)) from None


_adapters: dict[Any, TypeAdapter[Any]] = {}


def adapter(kind: Any) -> TypeAdapter[Any]:
    """The pydantic adapter of a dataclass, made once."""
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def _problems(kind: Any, error: ValidationError, document: Document, at: Loc) -> Iterator[Problem]:
    for item in error.errors():
        loc: Loc = (*at, *item["loc"])
        while loc and loc not in document.lines and item["type"] not in ("missing", "missing_argument"):
            loc = loc[:-1]
        given = item["input"]
        match item["type"]:
            case "missing" | "missing_argument":
                yield document.problem(loc, "is missing.", "Every entry of this kind needs it.")
            case "extra_forbidden" | "unexpected_keyword_argument":
                yield document.problem(
                    loc, "is not a field here.", nearest(str(loc[-1]), _fields(kind, loc[len(at) :]))
                )
            case _ if given is None:
                yield document.problem(loc, "is empty.", "Fill it in, or leave the field out.")
            case "literal_error":
                words = [w.strip(" '") for w in item["ctx"]["expected"].replace(" or ", ", ").split(",")]
                yield document.problem(loc, f"“{given}” is not a known word.", nearest(str(given), words))
            case name if name.startswith("date"):
                yield document.problem(loc, f"“{given}” is not a date.", "Write a date like 2026-04-27.")
            case name:
                yield document.problem(loc, f"“{_short(given)}” does not fit.", HINTS.get(name, f"{item['msg']}."))


def _fields(kind: Any, loc: Loc) -> list[str]:
    """The fields that may stand beside a place in a document."""
    whole = adapter(kind).json_schema()
    here = whole
    for step in loc[:-1]:
        here = _inside(whole, here)
        beyond = here.get("items") if isinstance(step, int) else here.get("additionalProperties")
        here = here.get("properties", {}).get(step) or beyond or {}
    return sorted(_inside(whole, here).get("properties", {}))


def _inside(whole: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Follow references, and take what an optional field holds when it is there."""
    while "$ref" in part or "anyOf" in part:
        part = part["anyOf"][0] if "anyOf" in part else whole["$defs"][part["$ref"].rsplit("/", 1)[-1]]
    return part


def _short(given: Any) -> str:
    text = str(given)
    return text if len(text) <= 60 else text[:57] + "…"
