"""Replays reported decisions: what the rules answer to the facts, beside what the court held.

A case is an ordinary scenario with one jurisdiction and an ``expect:``. It is *right* if every question with
an expectation is answered as expected, *wrong* if a settled answer differs, *unknown* if an answer is open
where a settled one is expected.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from grader.explain import as_dict
from grader.facts import Ask
from grader.families import Family
from grader.findings import OPEN, Finding, plain
from grader.law import law
from grader.reading import BadInput, Problem
from grader.rules import ask as decide
from grader.scenarios import load_folder

VERDICTS = ("right", "wrong", "unknown")
STYLES = {"right": "bold green", "wrong": "bold red"}


def replayed(folder: Path) -> dict[str, Any]:
    """Every case of a folder with its verdict, as plain data; BadInput if a file cannot be replayed."""
    families, problems = load_folder(folder) if folder.is_dir() else ([], [])
    problems += [problem for family in families for problem in _unfit(family)]
    if not families and not problems:
        problems.append(Problem(str(folder), 1, "", "holds no cases.", "Name a folder with scenario files (*.yaml)."))
    if problems:
        raise BadInput(problems)
    cases = [_case(family) for family in families]
    count = Counter(case["verdict"] for case in cases)
    return {"cases": cases, **{verdict: count[verdict] for verdict in VERDICTS}}


def _unfit(family: Family) -> Iterator[Problem]:
    """What keeps an ordinary scenario from being a case."""
    if len(family.law) != 1:
        right = "Name the one jurisdiction whose law the court applied."
        yield Problem(family.file, family.lines.get(("law",), 1), "law", "names more than one place.", right)
    elif not _expected(family):
        right = f"Write expect: {{{family.law[0]}: …}} with what the court held."
        yield Problem(family.file, family.lines.get(("ask",), 1), "ask", "expects nothing.", right)


def _expected(family: Family) -> list[tuple[Ask, str | None, str | tuple[str, ...]]]:
    """Each question with its act and what the court held."""
    place = family.law[0]
    held = [(ask, ask.expect[place]) for ask in family.asks if ask.expect and place in ask.expect]
    return [(ask, act, answer) for ask, answer in held for act in ask.acts or (None,)]


def _case(family: Family) -> dict[str, Any]:
    """One case, judged on the story as first written."""
    [place], scenario, held = family.law, family.variants()[0], _expected(family)
    found = [decide(scenario, law(place), ask, act) for ask, act, _ in held]
    answers = [plain(answer) for _, _, answer in held]
    return {
        "id": family.id,
        "jurisdiction": place,
        "topic": family.topics[0],
        "expected": "; ".join(answers),
        "answer": "; ".join(plain(finding.answer) for finding in found),
        "verdict": _verdict(found, answers),
        "because": [step for finding in found for step in as_dict(finding)["because"]],
    }


def _verdict(found: list[Finding], expected: list[str]) -> str:
    """Wrong if one settled answer differs; unknown if one is open; right only if all are as expected."""
    missed = [finding for finding, held in zip(found, expected, strict=True) if plain(finding.answer) != held]
    if any(finding.status == "settled" for finding in missed):
        return "wrong"
    return "unknown" if missed else "right"


def table(data: dict[str, Any]) -> Table:
    """What ``grader casebook`` prints."""
    total = f"{data['right']} right, {data['wrong']} wrong, {data['unknown']} unknown"
    out = Table(title=f"{len(data['cases'])} cases: {total}", show_lines=True)
    for name in ("case", "law", "the court held", "the rules answer", "verdict", "because"):
        out.add_column(name, no_wrap=name in ("case", "law", "verdict"))
    for case in data["cases"]:
        out.add_row(*(case[key] for key in ("id", "jurisdiction", "expected", "answer")), _mark(case), _why(case))
    return out


def _mark(case: dict[str, Any]) -> Text:
    open_as = next((word for word in case["answer"].split("; ") if word in OPEN), case["verdict"])
    return Text(
        open_as if case["verdict"] == "unknown" else case["verdict"], STYLES.get(case["verdict"], "bold yellow")
    )


def _why(case: dict[str, Any]) -> Text:
    last = case["because"][-1]
    cite = f"\n{last['cites'][0]['cite']}" if last["cites"] else ""
    return Text.assemble(last["says"], (cite, "dim"))
