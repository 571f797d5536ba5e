"""Writes the authors' guide: a page by hand, then tables of every field, slot, word and rule."""

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from typing import Any

from grader.families import MOST_VARIANTS
from grader.law import jurisdictions
from grader.law.shapes import OrderFile, ProvisionEntry, ValueEntry
from grader.law.values import parameters
from grader.markdown import table
from grader.reading import BadInput, adapter
from grader.rules import RULES
from grader.scenarios import LONGEST_SENTENCE, LONGEST_STORY, load, schema
from grader.telling import KINDS, sayable
from grader.wording import ANSWERS
from grader.words import MEANINGS

TEMPLATES = Path(__file__).parent / "templates"
EXAMPLE = TEMPLATES / "the-borrowed-ladder.yaml"
PARTS = {
    "Person": "A person",
    "StoryLine": "A line of the story",
    "Relation": "A relation",
    "Case": "A case",
    "Order": "An order",
    "Event": "An event",
    "Ask": "A question",
    "Decision": "A decision",
}
SLIPS = (
    ("kind: final", "kind: finel"),
    ("notice: in-court", "served: 2026-03-01"),
    ("who: nora, did", "who: norah, did"),
    ("“You left your", "“{whose} left your"),
    ("act: answer", "act: reply"),
)


RULE_HEAD = ("Rule", "What it does", "Put it about", "Answers")


def authoring_guide(rules: Mapping[str, str]) -> str:
    """The guide as Markdown. `rules` gives one line on what each rule decides, by its name."""
    text = (TEMPLATES / "authoring.md").read_text(encoding="utf-8")
    return Template(text).substitute(
        example=EXAMPLE.read_text(encoding="utf-8"),
        jurisdictions=", ".join(f"`{name}`" for name in jurisdictions()),
        sentence=LONGEST_SENTENCE,
        story=LONGEST_STORY,
        variants=MOST_VARIANTS,
        errors=textwrap.indent("\n".join(_errors(rules)), "    "),
        fields="\n\n".join(_fields()),
        slots=table(("Fact", "Slots"), ((f"`{k}`", ", ".join(f"`{{{s}}}`" for s in sayable(k))) for k in KINDS)),
        words="\n\n".join(_words(name) for name in MEANINGS),
        rules=table(RULE_HEAD, ((f"`{n}`", does, _put_about(n), _answers(n)) for n, does in sorted(rules.items()))),
    )


def law_guide() -> str:
    """The guide to law files as Markdown: a page by hand, then every field and every question the rules ask."""
    text = (TEMPLATES / "law.md").read_text(encoding="utf-8")
    shapes = (("A law file", OrderFile), ("A provision", ProvisionEntry), ("A value", ValueEntry))
    return Template(text).substitute(
        jurisdictions=", ".join(f"`{name}`" for name in jurisdictions()),
        fields="\n\n".join(f"### {title}\n\n{_shape(shape)}" for title, shape in shapes),
        parameters="\n\n".join(f"### {topic.capitalize()}\n\n{_parameters(topic)}" for topic in MEANINGS["topic"]),
    )


def _shape(shape: type) -> str:
    form = adapter(shape).json_schema()
    needed = form.get("required", ())
    fields = form["properties"].items()
    return table(
        ("Field", "What it says"),
        ((f"`{n}`{' •' if n in needed else ''}", field["description"]) for n, field in fields),
    )


def _parameters(topic: str) -> str:
    rows = ((name, spec) for name, spec in parameters().items() if spec["topic"] == topic)
    return table(("Name", "Answer", "Question"), ((f"`{n}`", _answer(spec), spec["means"]) for n, spec in rows))


def _answer(spec: Mapping[str, Any]) -> str:
    words, kind = ", ".join(f"`{word}`" for word in spec.get("words", ())), str(spec["is"])
    return {"word": f"one of {words}", "words": f"some of {words}", "boolean": "true or false"}.get(kind, kind)


def _put_about(rule: str) -> str:
    """The fields of a question that a rule needs."""
    return ", ".join(f"`{field}`" for field in RULES[rule].needs)


def _answers(rule: str) -> str:
    """The words a rule may answer with; where it has none of its own, it names a date, a length, people or orders."""
    return ", ".join(f"`{word}`" for word in ANSWERS.get(rule, ())) or "as the facts or the law name them"


def slipped() -> str:
    """The worked example with a few mistakes, as an author might make them."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for right, wrong in SLIPS:
        text = text.replace(right, wrong, 1)
    return text


def _errors(rules: Mapping[str, str]) -> tuple[str, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / EXAMPLE.name
        path.write_text(slipped(), encoding="utf-8")
        try:
            load(path, f"scenarios/waiver/{path.name}", rules)
        except BadInput as bad:
            return tuple(map(str, bad.problems))
    return ()


def _fields() -> Iterator[str]:
    form = schema()
    yield "### The file\n\n" + _field_table(form)
    for name, title in PARTS.items():
        part = form["$defs"][name]
        yield f"### {title}\n\n{part['description']}\n\n" + _field_table(part)


def _field_table(part: Mapping[str, Any]) -> str:
    needed = part.get("required", ())
    return table(
        ("Field", "Holds", "What it says"),
        (
            (f"`{name}`{' •' if name in needed else ''}", _holds(field), field["description"])
            for name, field in part["properties"].items()
        ),
    )


def _holds(field: Mapping[str, Any]) -> str:
    """What may stand in a field, in plain words."""
    if "anyOf" in field:
        return " or ".join(_holds(kind) for kind in field["anyOf"] if kind.get("type") != "null")
    if "$ref" in field:
        return _link(field["$ref"].rsplit("/", 1)[-1])
    if "enum" in field:
        name = next(name for name, words in MEANINGS.items() if set(words) == set(field["enum"]))
        return f"[{name}](#words-{name})"
    if field["type"] == "array":
        return "two texts" if "prefixItems" in field else f"list: {_holds(field['items'])}"
    if field["type"] == "object":
        return f"by name: {_holds(field['additionalProperties'])}"
    if field.get("format") in ("date", "time"):
        return str(field["format"])
    return {"string": "text", "integer": "number", "boolean": "true or false"}[field["type"]]


def _link(part: str) -> str:
    title = PARTS.get(part, PARTS["StoryLine"])
    text = title.lower() if part in PARTS else "a line without `or`"
    return f"[{text}](#{title.lower().replace(' ', '-')})"


def _words(name: str) -> str:
    return f"### Words: {name}\n\n" + table(("Word", "Meaning"), ((f"`{w}`", m) for w, m in MEANINGS[name].items()))
