"""Measures what people wait for, side by side in one run, and writes docs/bench.json.

Run with ``make bench``. Ratios of figures from one run mean something; single times depend on the machine.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench_grading import grading
from bench_site import site

from grader.bank import Bank
from grader.checks import check
from grader.demo import CLASS, Course, take
from grader.gradebook import course as courses
from grader.gradebook import cycle
from grader.law import Law, jurisdictions, law
from grader.quizzes import prepare
from grader.rules import ask as decide
from grader.scoring import diagnose

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
QUIZ = "waiver"


def main() -> None:
    bank = Bank(ROOT)
    figures = {
        **findings(bank),
        **everywhere(bank),
        **whole_bank(),
        **explaining(),
        **submissions(bank),
        **grading(bank, STOCK),
        **diagnosis(bank),
        **site(),
    }
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    (ROOT / "docs" / "bench.json").write_text(f"{text}\n", encoding="utf-8")
    for name, figure in figures.items():
        print(f"{figure['value']:>12.4g} {figure['unit']:<12} {name}: {figure['note']}")


def findings(bank: Bank) -> dict[str, Any]:
    """One finding: a breach with its ten or so reasons."""
    family = bank.families["invited-to-dinner"]
    scenario, ask, place = family.variants()[0], family.asks[0], law("us-ma")
    seconds = best(lambda: [decide(scenario, place, ask) for _ in range(200)]) / 200
    return {
        "one finding": figure(
            seconds * 1e6, "µs", "lower", "violations.breach on invited-to-dinner, best of 5 runs of 200"
        )
    }


def everywhere(bank: Bank) -> dict[str, Any]:
    """Every question of the bank in every variant, put to the law of every jurisdiction, and what one more costs."""
    asked = [one for family in bank.families.values() for one in family.asked() if one.place == family.law[0]]
    places = [law(name) for name in jurisdictions()]

    def put(some: list[Law]) -> None:
        for place in some:
            for one in asked:
                decide(one.scenario, place, one.ask, one.act)

    all_of_them, half = best(lambda: put(places), 3), best(lambda: put(places[: len(places) // 2]), 3)
    number = len(asked) * len(places)
    note = f"{len(asked)} questions in {len(places)} jurisdictions, {number} findings"
    rest = (all_of_them - half) / (len(places) - len(places) // 2) / (half / (len(places) // 2))
    return {
        "every question everywhere": figure(all_of_them, "s", "lower", note),
        "one finding on average": figure(all_of_them / number * 1e6, "µs", "lower", note),
        "a further jurisdiction": figure(rest, "times", "lower", "its cost against the average of the first half"),
    }


def explaining() -> dict[str, Any]:
    """What an author waits for, from the start of the program."""
    command = [sys.executable, "-m", "grader.cli", "explain", "scenarios/waiver/invited-to-dinner.yaml"]
    seconds = best(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True))
    return {"one scenario explained": figure(seconds, "s", "lower", "grader explain, start included, best of 5")}


def whole_bank() -> dict[str, Any]:
    """The whole bank checked: law, scenarios, every question in every law, every quiz built."""
    seconds, report = timed(lambda: check(Bank(ROOT)))
    note = f"{report.counts['findings']} findings, {report.counts['items']} items, read from YAML"
    return {"whole bank checked": figure(seconds, "s", "lower", note)}


def submissions(bank: Bank) -> dict[str, Any]:
    """The same class graded by nbgrader with our settings and with its own executing ones."""
    with tempfile.TemporaryDirectory() as folder:
        course = _class(bank, Path(folder) / "course")
        ours, _ = timed(lambda: cycle.autograde(course.folder, QUIZ))
        config = course.folder / "nbgrader_config.py"
        config.write_text(config.read_text(encoding="utf-8") + STOCK, encoding="utf-8")
        stock, _ = timed(lambda: cycle.autograde(course.folder, QUIZ))
    each = f"{len(CLASS)} submissions of the {QUIZ} quiz, nbgrader loaded before"
    return {
        "one submission graded": figure(ours / len(CLASS) * 1e3, "ms", "lower", each),
        "one submission graded by executing it": figure(stock / len(CLASS) * 1e3, "ms", "lower", f"the same {each}"),
        "grading against executing": figure(stock / ours, "times faster", "higher", "both in this run"),
    }


def diagnosis(bank: Bank) -> dict[str, Any]:
    """How often a named belief is held, and how often a held belief is named, in simulated classes."""
    from tests.simulated_classes import firm, measured, quizzes

    term = quizzes(bank)
    ways: list[tuple[str, list[Any], Callable[[Any], Any], int]] = [
        ("term, three chances", term, firm, 3),
        ("final alone", term[-1:], firm, 1),
        ("final alone, any wrong answer", term[-1:], diagnose, 1),
    ]
    found: dict[str, Any] = {}
    for name, taken, named, chances in ways:
        precision, recall, planted = measured(taken, named, chances=chances, classes=50, seed=2)
        note = f"{name}: 50 classes of 30, {planted} planted beliefs counted, slip 10 %, guess 20 %"
        found[f"diagnosis, {name}: precision"] = figure(precision, "share", "higher", note)
        found[f"diagnosis, {name}: recall"] = figure(recall, "share", "higher", note)
    return found


STOCK = """
from nbgrader import preprocessors as _stock
c.Autograde.sanitize_preprocessors = [_stock.ClearOutput, _stock.DeduplicateIds, _stock.OverwriteKernelspec,
                                      _stock.OverwriteCells, _stock.CheckCellMetadata]
c.Autograde.autograde_preprocessors = [_stock.Execute, _stock.LimitOutput, _stock.SaveAutoGrades,
                                       _stock.AssignLatePenalties, _stock.CheckCellMetadata]
c.Execute.extra_arguments = ["--log-level=ERROR"]
"""


def _class(bank: Bank, folder: Path) -> Course:
    built = {QUIZ: bank.quizzes()[QUIZ]}
    path = ROOT / "quizzes" / QUIZ / "quiz.yaml"
    roster = folder.with_suffix(".csv")
    lines = [f"{one.id},{one.first_name},{one.last_name},{one.id}@example.org" for one in CLASS]
    roster.write_text("\n".join(["id,first_name,last_name,email", *lines]) + "\n", encoding="utf-8")
    courses.new(folder, roster, built, check_owner=False)
    cycle.release(folder, QUIZ)
    course = Course(folder, built, {QUIZ: prepare(path, bank.families)})
    for learner in CLASS:
        take(course, QUIZ, learner)
    cycle.collect(folder, QUIZ)
    return course


def timed(job: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = job()
    return time.perf_counter() - start, result


def best(job: Callable[[], Any], times: int = 5) -> float:
    return min(timed(job)[0] for _ in range(times))


def figure(value: float, unit: str, better: str, note: str) -> dict[str, Any]:
    return {"value": round(value, 4), "unit": unit, "better": better, "note": note}


if __name__ == "__main__":
    main()
