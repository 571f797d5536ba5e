"""Reads scenario files, finds everything wrong with them at once, and describes their form.

A file holds a family of variants (:mod:`grader.families`); its sentences are told by
:mod:`grader.telling`. Only the reading needs YAML and pydantic, and only authors read.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from grader.families import Family, ScenarioFile, contrast
from grader.reading import BadInput, Loc, Problem, adapter, dotted, read, validate
from grader.scenario_checks import problems
from grader.telling import told

__all__ = ["Family", "contrast", "lint", "load", "load_folder", "schema", "told"]

LONGEST_SENTENCE = 25
LONGEST_STORY = 140
SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+")
EMAIL = re.compile(r"[\w.+-]+@(?!(?:[\w-]+\.)*example\.(?:com|org|net)\b)[\w-]+\.[\w.-]+")
PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?[2-9]\d\d\)?[ .-]?(?!555[ .-]?01)\d{3}[ .-]\d{4}(?!\d)")


def load(path: Path, shown: str | None = None, known_rules: Collection[str] | None = None) -> Family:
    """Read a scenario file; BadInput with all its problems. The rules on file are known unless others are given."""
    document = read(path, shown)
    found = problems(document, path.stem, known_rules)
    try:
        file: ScenarioFile = validate(ScenarioFile, document)
    except BadInput as bad:
        places = {(problem.line, problem.field) for problem in found}
        raise BadInput([*found, *(p for p in bad.problems if (p.line, p.field) not in places)]) from None
    if found:
        raise BadInput(found)
    return Family(**vars(file), file=document.file, lines=document.lines)


def load_folder(folder: Path, known_rules: Collection[str] | None = None) -> tuple[list[Family], list[Problem]]:
    """Read every scenario below a folder: the good ones, and all problems of the others."""
    good: dict[str, Family] = {}
    bad: list[Problem] = []
    for path in sorted(folder.rglob("*.yaml")):
        shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        try:
            family = load(path, shown, known_rules)
        except BadInput as error:
            bad += error.problems
            continue
        if (first := good.setdefault(family.id, family)) is not family:
            right = "Give one of the two files another name and id."
            bad.append(Problem(shown, family.lines[("id",)], "id", f"is also the id of {first.file}.", right))
    return list(good.values()), sorted(bad)


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, with a description of every field."""
    form = adapter(ScenarioFile).json_schema()
    parts = form["$defs"]
    for name, field in parts["Line"]["properties"].items():
        parts["StoryLine"]["properties"][name] = field
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **form, "title": "Scenario"}


def lint(family: Family) -> list[Problem]:
    """Warnings about a scenario that works: long sentences, a long story, an address that may be a real one."""
    found = {*_long_sentences(family), *_long_story(family), *_addresses(family)}
    return sorted(found)


def _long_sentences(family: Family) -> Iterator[Problem]:
    for scenario in family.variants():
        for n, (line, text) in enumerate(zip(scenario.story, told(scenario, None), strict=True)):
            longest = max(len(sentence.split()) for sentence in SENTENCE_END.split(text))
            if longest > LONGEST_SENTENCE:
                other = family.story[n].tellings.index(line)
                at: Loc = ("story", n, "or", other - 1, "says") if other else ("story", n, "says")
                wrong = f"has a sentence of {longest} words."
                yield _warning(family, at, wrong, f"Make two of it: at most {LONGEST_SENTENCE} words each.")


def _long_story(family: Family) -> Iterator[Problem]:
    longest = max(sum(len(text.split()) for text in told(scenario, None)) for scenario in family.variants())
    if longest > LONGEST_STORY:
        wrong = f"has {longest} words in its longest variant."
        yield _warning(family, ("story",), wrong, f"Leave something out: at most {LONGEST_STORY} words.")


def _addresses(family: Family) -> Iterator[Problem]:
    texts: list[tuple[Loc, str]] = [(("title",), family.title), (("content",), family.content)]
    texts += [(("people", id, "name"), person.name) for id, person in family.people.items()]
    for n, line in enumerate(family.story):
        texts.append((("story", n, "says"), line.says))
        texts += [(("story", n, "or", k, "says"), other.says) for k, other in enumerate(line.alternatives)]
    for at, text in texts:
        if match := EMAIL.search(text):
            yield _warning(family, at, f"“{match[0]}” looks like a real e-mail address.", "End it in @example.org.")
        if match := PHONE.search(text):
            yield _warning(family, at, f"“{match[0]}” looks like a real telephone number.", "Use 555-0100 to 555-0199.")


def _warning(family: Family, at: Loc, wrong: str, right: str) -> Problem:
    return Problem(family.file, family.lines.get(at, 1), dotted(at), wrong, right)
