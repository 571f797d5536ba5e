"""The main job end to end: a course with eight simulated learners, graded by the real nbgrader.

Everything goes the way a class goes: quizzes are built and released, fetched into a folder for each
learner, answered through the same store that the widgets use, handed in, collected, graded and
given back with feedback. What nbgrader made of it is then compared with what it should be.
"""

import csv
import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from grader.answers import SURE
from grader.bank import Bank
from grader.misconceptions import MISCONCEPTIONS
from grader.quizzes import Built, Prepared, prepare
from grader.reading import BadInput, Problem
from grader.record import Store, answers_path
from grader.simulate import Learner, answer, bears_on, expected, scenario_of

CLASS = (
    Learner("ada", "Ada", "Knows-All"),
    Learner("ben", "Ben", "Says-Nothing", silent=True),
    Learner("chao", "Chao", "Permission", ("permission-counts",)),
    Learner("dina", "Dina", "Both-Bound", ("order-binds-both",)),
    Learner("eli", "Eli", "Calendar", ("calendar-days", "renewal-needs-new-violence")),
    Learner("fiona", "Fiona", "Crime", ("either-is-a-crime", "third-parties-do-not-count")),
    Learner("gus", "Gus", "Fairness", ("fairness-makes-it-mutual", "dropping-charges-ends-it")),
    Learner("hana", "Hana", "Paper", ("paper-service-only", "accident-is-always-a-breach")),
)
MARK = ".made-by-grader-demo"


@dataclass(frozen=True)
class Course:
    """The demonstration course: where it is and what is asked in it."""

    folder: Path
    quizzes: Mapping[str, Built]
    prepared: Mapping[str, Prepared]

    def home(self, learner: Learner) -> Path:
        """The folder a learner works in."""
        return self.folder / "learners" / learner.id


def run(bank: Bank, folder: Path, out: Console) -> bool:
    """Run the demonstration anew; True if every score is as expected and every misconception was named."""
    from grader.gradebook import course as courses
    from grader.gradebook import cycle
    from grader.report.write import report as understood

    _clear(folder)
    steps = 4 + 4 * len(bank.quiz_files) + 3 * len(CLASS) * len(bank.quiz_files)
    with _progress(out) as progress:
        task = progress.add_task("building the quizzes", total=steps)

        def step(what: str) -> None:
            progress.update(task, description=what, advance=1)

        quizzes = bank.quizzes()
        prepared = {p.parent.name: prepare(p, bank.families) for p in bank.quiz_files}
        course = Course(folder, quizzes, prepared)
        step("enrolling the class")
        courses.new(folder, _roster(folder), quizzes, check_owner=False)
        (folder / MARK).touch()
        _roster(folder).rename(folder / "roster.csv")
        for quiz in quizzes:
            step(f"{quiz}: releasing")
            cycle.release(folder, quiz)
            for learner in CLASS:
                step(f"{quiz}: {learner.first_name} answers")
                take(course, quiz, learner)
            step(f"{quiz}: collecting")
            cycle.collect(folder, quiz)
            step(f"{quiz}: grading")
            cycle.autograde(folder, quiz)
            step(f"{quiz}: writing feedback")
            cycle.feedback(folder, quiz)
            for learner in CLASS:
                step(f"{quiz}: {learner.first_name} fetches feedback")
                cycle.fetch_feedback(folder, quiz, learner.id, course.home(learner))
        step("understanding the class")
        last = list(quizzes)[-1]
        understood(folder, last, date.today()).write(folder / "reports" / last)
        rows = summary(course)
        progress.update(task, description="done", completed=steps)
    (folder / "summary.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return _report(course, rows, out)


def summary(course: Course) -> list[dict[str, Any]]:
    """For each learner and quiz: what nbgrader’s gradebook holds, what it should hold, and what was diagnosed."""
    from grader.gradebook.book import scores

    held = scores(course.folder)
    return [_row(course, quiz, learner, held) for learner in CLASS for quiz in course.quizzes]


def _row(course: Course, quiz: str, learner: Learner, held: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
    sheet, _ = course.quizzes[quiz]
    prepared = course.prepared[quiz]
    score, most, _ = held.get((learner.id, quiz), (0.0, sum(item.points for item in sheet.items), False))
    earned = sum(
        expected(learner, entry, builder, scenario_of(item, builder, sheet.salt, learner.id))
        for (entry, builder), item in zip(prepared.items, sheet.items, strict=True)
    )
    return {
        "learner": learner.id,
        "quiz": quiz,
        "believes": list(bears_on(learner, prepared, sheet.items, sheet.salt)),
        "nbgrader_score": score,
        "max_score": most,
        "expected_score": earned,
        "diagnosed": list(_diagnosed(course, quiz, learner)),
    }


def _diagnosed(course: Course, quiz: str, learner: Learner) -> tuple[str, ...]:
    """What the grader diagnoses from the answers that were collected."""
    from grader.answers import read
    from grader.scoring import diagnose, score_record

    sheet, keys = course.quizzes[quiz]
    collected = course.folder / "submitted" / learner.id / quiz / f"{quiz}.ipynb"
    scores, _ = score_record(keys, sheet, read(answers_path(collected)), learner.id)
    return tuple(name for name in MISCONCEPTIONS if name in diagnose(scores))


def take(course: Course, quiz: str, learner: Learner) -> None:
    """Fetch a quiz, answer it as the widgets would, hand it in."""
    from grader.gradebook import cycle

    home = course.home(learner)
    home.mkdir(parents=True, exist_ok=True)
    cycle.fetch(course.folder, quiz, learner.id, home)
    sheet, _ = course.quizzes[quiz]
    store = Store(answers_path(home / quiz / f"{quiz}.ipynb"), sheet, learner.id)
    sure = (SURE if learner.believes else SURE - 1) if sheet.certainty else None
    for (entry, builder), item in zip(course.prepared[quiz].items, sheet.items, strict=True):
        given = answer(learner, entry, builder, scenario_of(item, builder, sheet.salt, learner.id))
        if given is not None and not store.answer(entry.id, given, sure).ok:
            raise BadInput([Problem(str(home), 1, entry.id, "could not be saved.", "Is the disk full?")])
    cycle.submit(course.folder, quiz, learner.id, home)


def _roster(folder: Path) -> Path:
    path = folder.with_name(f".{folder.name}-roster.csv")
    if not path.exists() and not folder.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "first_name", "last_name", "email"])
            writer.writerows([one.id, one.first_name, one.last_name, f"{one.id}@example.org"] for one in CLASS)
    return path


def _clear(folder: Path) -> None:
    """Take away an earlier demonstration, and nothing else."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        right = "Give a folder that is empty or was made by an earlier demonstration."
        raise BadInput([Problem(str(folder), 1, "", "holds something else.", right)])
    shutil.rmtree(folder, ignore_errors=True)
    _roster(folder).unlink(missing_ok=True)


def _progress(out: Console) -> Progress:
    columns = (TextColumn("{task.description:40}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=out)


def _report(course: Course, rows: list[dict[str, Any]], out: Console) -> bool:
    """Show what nbgrader holds and what was diagnosed; True if all of it is as it should be."""
    out.print(_table(course, rows))
    good = True
    for learner in CLASS:
        mine = [row for row in rows if row["learner"] == learner.id]
        named = dict.fromkeys(name for row in mine for name in row["diagnosed"])
        titles = ", ".join(f"“{MISCONCEPTIONS[name].title}”" for name in named) or "nothing"
        out.print(f"  {learner.first_name:7} diagnosed: {titles}", highlight=False, soft_wrap=True)
        good &= set(named) == set(learner.believes) and all(map(_as_expected, mine))
    verdict = "Every score is as expected, and every planted misconception was named."
    out.print(verdict if good else "[red]Something is not as expected; see summary.json.[/red]")
    out.print("\nNow look at:")
    for what, where in _pages(course):
        out.print(f"  {what:24} {where}", highlight=False, soft_wrap=True)
    return good


def _as_expected(row: dict[str, Any]) -> bool:
    return bool(row["nbgrader_score"] == row["expected_score"] and row["diagnosed"] == row["believes"])


def _table(course: Course, rows: list[dict[str, Any]]) -> Table:
    table = Table(title="Scores in nbgrader’s gradebook. Written answers wait for a person.")
    table.add_column("learner")
    for quiz, (sheet, _) in course.quizzes.items():
        table.add_column(f"{quiz}\nof {sum(item.points for item in sheet.items):g}", justify="right")
    for learner in CLASS:
        scores = [f"{row['nbgrader_score']:g}" for row in rows if row["learner"] == learner.id]
        table.add_row(learner.first_name, *scores)
    return table


def _pages(course: Course) -> list[tuple[str, object]]:
    """The pages worth opening, with the commands that open them."""
    quiz = "waiver" if "waiver" in course.quizzes else next(iter(course.quizzes))
    [feedback] = (course.home(CLASS[2]) / quiz / "feedback").glob(f"*/{quiz}.html")
    return [
        (f"{CLASS[2].first_name}’s feedback", feedback),
        ("what the class needs", next((course.folder / "reports").glob("*/report.html"))),
        ("a learner’s notebook", course.home(CLASS[2]) / quiz / f"{quiz}.ipynb"),
        ("the figures", course.folder / "summary.json"),
        ("the instructor’s desk", f"cd {course.folder} && {Path(sys.executable).parent / 'jupyter'} lab"),
        ("", "then, in its menu: Nbgrader, Formgrader"),
        ("a learner’s desk", "make lab"),
    ]
