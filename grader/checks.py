"""Checks the whole bank: what people expect, what nobody reads, what nothing teaches, what is out of date."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.authoring import authoring_guide, law_guide
from grader.bank import Bank, laws
from grader.catalogue import stale
from grader.coverage import casebook_page, coverage_page
from grader.facts import Ask, Case, Relation, Scenario
from grader.families import Family
from grader.findings import Answer, Finding, plain
from grader.law import Law
from grader.misconceptions import MISCONCEPTIONS, View, offered
from grader.notebooks import practice_notebook, quiz_notebook, text
from grader.quizzes import Built
from grader.reading import BadInput, Problem, dotted
from grader.reasons import reasons_page
from grader.rules import RULES
from grader.rules import ask as decide
from grader.scenarios import lint, schema
from grader.sentences import sentences_page
from grader.words import LEGAL


@dataclass
class Report:
    """What the check found. Problems must be mended; warnings are for the author to weigh."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """The report as plain data, for ``--json``."""
        return {
            "ok": not self.problems,
            "problems": [p.as_dict() for p in self.problems],
            "warnings": [p.as_dict() for p in self.warnings],
            "counts": self.counts,
        }


def check(bank: Bank) -> Report:
    """Check law, scenarios, quizzes and built files; every problem of the run is reported together."""
    good, bad = laws()
    report = Report([*bad, *bank.unreadable])
    exposed: Counter[str] = Counter()
    findings = 0
    for family in bank.families.values():
        report.warnings += lint(family)
        if bad:
            continue
        findings += _ask_all(family, good, report, exposed)
    built, wrong = bank.build_all([*bank.quiz_files, *bank.practice_files]) if not bad else ({}, [])
    report.problems += wrong
    report.problems += _stale(bank, built)
    report.problems += [_untaught(name) for name in MISCONCEPTIONS if not bad and not exposed[name]]
    report.problems = sorted(set(report.problems))
    report.counts = {
        "jurisdictions": len(good),
        "scenarios": len(bank.families),
        "findings": findings,
        "misconceptions": len(MISCONCEPTIONS),
        "quizzes": len(bank.quiz_files),
        "practice sets": len(bank.practice_files),
        "items": sum(len(sheet.items) for sheet, _ in built.values()),
    }
    return report


def _ask_all(family: Family, on_file: dict[str, Law], report: Report, exposed: Counter[str]) -> int:
    read: set[int] = set()
    asked = list(family.asked())
    for one in asked:
        place = on_file[one.place]
        finding = decide(one.scenario, place, one.ask, one.act)
        read.update(finding.lines)
        read.update(_named(one.scenario, one.ask))
        report.problems += _unexpected(family, one.ask, one.scenario, finding)
        _expose(one.scenario, place, one.ask, one.act, finding, exposed)
    report.warnings += _unread(family, read)
    return len(asked)


def _named(scenario: Scenario, ask: Ask) -> Iterator[int]:
    """The lines of the orders a question is about."""
    return (scenario.line_of(scenario.order(id)) for id in (ask.order, ask.other) if id)


def _unexpected(family: Family, ask: Ask, scenario: Scenario, finding: Finding) -> Iterator[Problem]:
    expected = (ask.expect or {}).get(finding.jurisdiction)
    if expected is None or _same(finding.answer, expected):
        return
    at = ("ask", family.asks.index(ask), "expect")
    line = family.lines.get(at, family.lines.get(at[:2], 1))
    said = plain(finding.answer)
    wrong = f"expects “{plain(expected)}” in {finding.jurisdiction}, but variant {scenario.variant} gives “{said}”."
    yield Problem(family.file, line, dotted(at), wrong, f"The rules say: {finding.deciding.says}")


def _same(answer: Answer, expected: str | tuple[str, ...]) -> bool:
    if isinstance(answer, frozenset):
        return answer == frozenset((expected,) if isinstance(expected, str) else expected)
    return plain(answer) == expected


def _expose(scenario: Scenario, place: Law, ask: Ask, act: str | None, finding: Finding, exposed: Counter[str]) -> None:
    if finding.status == "settled":
        for misconception, mistake in offered(View(scenario, place, ask, act), finding.answer, most=9):
            exposed[misconception.name] += mistake.answer != finding.answer


def _unread(family: Family, read: set[int]) -> Iterator[Problem]:
    for n, line in enumerate(family.story):
        step = line.event is not None and line.event.did in LEGAL
        silent = line.fact is None or isinstance(line.fact, Relation | Case) or line.noise or step
        if not silent and n not in read:
            at = ("story", n)
            right = "Mark it noise: true, or ask something that turns on it."
            yield Problem(
                family.file, family.lines.get(at, 1), dotted(at), "states a fact that no reason rests on.", right
            )


def _untaught(name: str) -> Problem:
    wrong = f"“{name}” is a misconception that no scenario exposes."
    return Problem("scenarios", 1, "", wrong, "Write a scenario in which it leads to a wrong answer.")


def outputs(bank: Bank, built: dict[Path, Built]) -> dict[Path, str]:
    """Every file that is built from the bank, with the text it should have; BadInput if a source of one is wrong."""
    files: dict[Path, str] = {
        bank.root / "scenarios" / "schema.json": json.dumps(schema(), indent=1, ensure_ascii=False) + "\n",
        bank.root / "docs" / "authoring.md": authoring_guide({name: rule.decides for name, rule in RULES.items()}),
        bank.root / "docs" / "law.md": law_guide(),
    }
    if (bank.root / "tests" / "casebook").is_dir():
        files[bank.root / "docs" / "casebook.md"] = casebook_page(bank)
        files[bank.root / "docs" / "sentences.md"] = sentences_page(bank.stories)
        files[bank.root / "docs" / "reasons.md"] = reasons_page(bank.root / "tests" / "casebook")
        files[bank.root / "docs" / "law-coverage.md"] = coverage_page(bank)
    for path, (sheet, keys) in built.items():
        notebook = practice_notebook(sheet, keys) if sheet.mode == "practice" else quiz_notebook(sheet)
        files[path.parent / f"{sheet.quiz}.ipynb"] = text(notebook)
    return files


def _stale(bank: Bank, built: dict[Path, Built]) -> Iterator[Problem]:
    try:
        files = outputs(bank, built)
    except BadInput as bad:
        yield from bad.problems
        return
    for path, content in files.items():
        shown = path.relative_to(bank.root).as_posix()
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            yield Problem(shown, 1, "", "is not what its sources give.", "Run `grader build`.")
    for path in stale(bank.root):
        yield Problem(
            path.relative_to(bank.root).as_posix(), 1, "", "is not what its sources give.", "Run `grader words`."
        )
