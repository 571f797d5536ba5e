"""Writes two pages for lawyers: what of the law is modelled and tested, and how the rules answer reported decisions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from grader.bank import Bank
from grader.casebook import cases, judged, missed
from grader.families import Decision, Family
from grader.findings import plain
from grader.law import law
from grader.markdown import table
from grader.propositions import Proposition, propositions, reading
from grader.readings import Reader, Reading, by_reading, readers

TEMPLATES = Path(__file__).parent / "templates"
MOST = 3
"""How many scenarios are named; of more, only the number."""


@dataclass(frozen=True)
class Point:
    """One point of law with the tests that name it and the stories that ask it."""

    id: str
    said: Proposition
    tests: tuple[str, ...]
    cases: tuple[str, ...]
    scenarios: tuple[str, ...]


@dataclass(frozen=True)
class _Witnesses:
    """Who can bear witness to a point of law: the stories by what they read or ask, and the texts of the tests."""

    readers: Sequence[Reader]
    index: Mapping[Reading, Sequence[Reader]]
    examined: frozenset[str]
    law_tests: Mapping[str, str]
    rule_tests: Mapping[str, str]


def casebook_page(bank: Bank) -> str:
    """The page on reported decisions: a part by hand, and a line for each case with its verdict."""
    families = cases(bank.root / "tests" / "casebook")
    told = judged(families)
    count = ", ".join(f"{told[verdict]} {verdict}" for verdict in ("right", "wrong", "unknown"))
    rows = (
        (f"`{one.id}`", _cited(one.decision), _asked_of(one), case["expected"], case["verdict"])
        for one, case in zip(families, told["cases"], strict=True)
    )
    head = ("Case", "Decision", "The question is put to", "The court held", "Verdict")
    return _filled("casebook.md", count=f"{count}.", table=table(head, rows))


def coverage_page(bank: Bank) -> str:
    """The page on what is modelled: for each point of law where it stands, and who tests and asks it."""
    who = _witnesses(bank)
    places = {
        name: [_point(name, id, said, who) for id, said in points.items()] for name, points in propositions().items()
    }
    return _filled(
        "law-coverage.md",
        summary=_summary(places),
        places="\n\n".join(f"## {law(name).label}\n\n{_points(points)}" for name, points in places.items()),
        unknown="\n".join(_open(cases(bank.root / "tests" / "casebook"))) or "None.",
    )


def _witnesses(bank: Bank) -> _Witnesses:
    found = list(readers(bank.stories))
    tests = bank.root / "tests"
    return _Witnesses(
        readers=found,
        index=by_reading(found),
        examined=frozenset(family.id for family in bank.examination),
        law_tests=_texts(tests.glob("test_law_*.py")),
        rule_tests=_texts(tests.glob("rules/test_*.py")),
    )


def _texts(paths: Iterable[Path]) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(paths)}


def _point(place: str, id: str, said: Proposition, who: _Witnesses) -> Point:
    readings = [reading(value, place) for value in said.values]
    read = [reader for one in readings for reader in who.index.get(one, ())]
    branch = () if readings else said.rules
    put = [one for one in who.readers if one.asked.place == place and one.asked.ask.rule in branch]
    stories = sorted({reader.family.id for reader in [*read, *put]})
    named = {file for one in readings for file, text in who.law_tests.items() if _names(text, one)}
    tried = {file for rule in said.rules for file, text in who.rule_tests.items() if re.search(rf"\b{rule}\b", text)}
    return Point(
        id,
        said,
        tests=tuple(sorted(named | tried)),
        cases=tuple(story for story in stories if story in who.examined),
        scenarios=tuple(story for story in stories if story not in who.examined),
    )


def _names(text: str, one: Reading) -> bool:
    return f'"{one.jurisdiction}"' in text and f'"{one.question}"' in text


def _summary(places: Mapping[str, Sequence[Point]]) -> str:
    head = (
        "Law",
        "Points",
        "In a value",
        "In a branch of a rule",
        "Of both, in part",
        "Not modelled",
        "Asked by a story",
    )
    rows = [(law(name).label, points) for name, points in places.items()]
    every = ("**All**", [point for _, points in rows for point in points])
    return table(head, ((label, *map(str, _figures(points))) for label, points in (*rows, every)))


def _figures(points: Iterable[Point]) -> tuple[int, ...]:
    told = list(points)
    return (
        len(told),
        sum(bool(one.said.values) for one in told),
        sum(bool(one.said.rules and not one.said.values) for one in told),
        sum(bool(one.said.left_out) for one in told),
        sum(bool(one.said.not_modelled) for one in told),
        sum(bool(one.cases or one.scenarios) for one in told),
    )


def _points(points: Iterable[Point]) -> str:
    head = ("Point", "Where it stands", "Tests", "Cases", "Scenarios")
    return table(head, (_row(point) for point in points))


def _row(point: Point) -> tuple[str, ...]:
    more = f"{len(point.scenarios)}: " if len(point.scenarios) > MOST else ""
    return (
        f"`{point.id}` {point.said.says}",
        _stands(point.said),
        _coded(point.tests),
        _coded(point.cases),
        more + _coded(point.scenarios[:MOST]) + (" …" if more else ""),
    )


def _stands(said: Proposition) -> str:
    if said.not_modelled:
        return f"*Not modelled.* {said.not_modelled}"
    orders: dict[str, list[str]] = defaultdict(list)
    for value in said.values:
        order, _, question = value.partition(".")
        orders[order].append(question)
    values = [f"{order}: {_coded(questions)}" for order, questions in orders.items()]
    carried = "; ".join([*values, *([f"rules: {_coded(said.rules)}"] if said.rules else [])])
    return f"{carried}. *Left out:* {said.left_out}" if said.left_out else carried


def _open(families: Iterable[Family]) -> Iterator[str]:
    """The decisions that the rules leave open, each with the reason."""
    for family in families:
        for finding in missed(family):
            if finding.status != "settled":
                answer = f"`{finding.rule}` answers {plain(finding.answer)}"
                yield f"* `{family.id}`, {_cited(family.decision)}: {answer}. {finding.deciding.says}"


def _asked_of(family: Family) -> str:
    place = family.law[0]
    return _coded(dict.fromkeys(ask.rule for ask in family.asks if place in (ask.expect or {})))


def _cited(decision: Decision | None) -> str:
    return f"[{decision.cite}]({decision.href})" if decision else "not named"


def _coded(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _filled(template: str, **given: str) -> str:
    return Template((TEMPLATES / template).read_text(encoding="utf-8")).substitute(given)
