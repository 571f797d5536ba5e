"""Replays reported decisions: what the rules answer to the facts, beside what the court held.

A case is an ordinary scenario with one jurisdiction and an ``expect:``. It is *right* if every question with
an expectation is answered as expected, *wrong* if a settled answer differs, *unknown* if an answer is open
where a settled one is expected.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
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
    return judged(cases(folder))


def cases(folder: Path) -> list[Family]:
    """The cases of a folder; BadInput with every problem of every file."""
    families, problems = load_folder(folder) if folder.is_dir() else ([], [])
    problems += [problem for family in families for problem in _unfit(family)]
    if not families and not problems:
        problems.append(Problem(str(folder), 1, "", "holds no cases.", "Name a folder with scenario files (*.yaml)."))
    if problems:
        raise BadInput(problems)
    return families


def judged(families: Iterable[Family]) -> dict[str, Any]:
    """Each case with its verdict, and how many there are of each, as plain data."""
    told = [_case(family) for family in families]
    count = Counter(case["verdict"] for case in told)
    return {"cases": told, **{verdict: count[verdict] for verdict in VERDICTS}}


def _unfit(family: Family) -> Iterator[Problem]:
    """What keeps an ordinary scenario from being a case."""
    if len(family.law) != 1:
        right = "Name the one jurisdiction whose law the court applied."
        yield Problem(family.file, family.lines.get(("law",), 1), "law", "names more than one place.", right)
    elif not asked_of(family):
        right = f"Write expect: {{{family.law[0]}: …}} with what the court held."
        yield Problem(family.file, family.lines.get(("ask",), 1), "ask", "expects nothing.", right)


def asked_of(family: Family) -> list[tuple[Ask, str | None, str | tuple[str, ...]]]:
    """Each question with its act and what the court held."""
    place = family.law[0]
    held = [(ask, ask.expect[place]) for ask in family.asks if ask.expect and place in ask.expect]
    return [(ask, act, answer) for ask, answer in held for act in ask.acts or (None,)]


def found_in(family: Family) -> list[Finding]:
    """What the rules answer to each question of a case, in the story as first written."""
    [place], scenario = family.law, family.variants()[0]
    return [decide(scenario, law(place), ask, act) for ask, act, _ in asked_of(family)]


def missed(family: Family) -> list[Finding]:
    """The answers that are not what the court held."""
    held = asked_of(family)
    return [one for one, (*_, answer) in zip(found_in(family), held, strict=True) if plain(one.answer) != plain(answer)]


def _case(family: Family) -> dict[str, Any]:
    found = found_in(family)
    return {
        "id": family.id,
        "jurisdiction": family.law[0],
        "topic": family.topics[0],
        "expected": "; ".join(plain(answer) for *_, answer in asked_of(family)),
        "answer": "; ".join(plain(finding.answer) for finding in found),
        "verdict": _verdict(missed(family)),
        "because": [step for finding in found for step in as_dict(finding)["because"]],
    }


def _verdict(otherwise: list[Finding]) -> str:
    """Wrong if one settled answer differs; unknown if one is open; right only if all are as expected."""
    if any(finding.status == "settled" for finding in otherwise):
        return "wrong"
    return "unknown" if otherwise else "right"


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
