"""A course folder with a simulated class, made without nbgrader, for the tests of reports and exports."""

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.answers import Entry, Record
from grader.bank import Bank
from grader.gradebook.folder import key_path, release_path
from grader.gradebook.marks import Mark
from grader.notebooks import quiz_notebook, write
from grader.report.register import Entered
from grader.scoring import score_record
from grader.sheet import KeySheet, Sheet
from tests.simulated_classes import Quiz, quizzes

ROOT = Path(__file__).parents[1]
BELIEFS = ("permission-counts", "order-binds-both", "paper-service-only", "dropping-charges-ends-it")


def simulated(names: Iterable[str]) -> dict[str, Quiz]:
    """Quizzes of the bank, ready to be taken."""
    chosen = tuple(names)
    return dict(zip(chosen, quizzes(Bank(ROOT), chosen), strict=True))


def make_course(folder: Path, built: Iterable[tuple[Sheet, KeySheet]]) -> Path:
    """A course folder as far as reports read it: the settings, the released quizzes and their keys."""
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text("c = get_config()\n")
    for sheet, keys in built:
        for path in (release_path(folder, sheet.quiz), key_path(folder, sheet.quiz)):
            path.parent.mkdir(parents=True, exist_ok=True)
        write(quiz_notebook(sheet), release_path(folder, sheet.quiz))
        key_path(folder, sheet.quiz).write_text(json.dumps(keys.as_json()))
    return folder


def hand_in(course: Path, sheet: Sheet, learner: str, items: dict[str, Entry]) -> None:
    """Put a learner's answers where collecting puts them."""
    folder = course / "submitted" / learner / sheet.quiz
    folder.mkdir(parents=True, exist_ok=True)
    record = Record(sheet.quiz, sheet.version, learner, "2030-01-01T00:00:00+00:00", 1, items)
    (folder / f"{sheet.quiz}.answers.json").write_text(json.dumps(record.as_json()))


def answers(taken: Quiz, learner: str, held: tuple[str, ...], dice: random.Random) -> dict[str, Entry]:
    """What a simulated learner answers: as first answers, with a text."""
    sheet, _ = taken.built
    items = {i.id: taken._entry(i.id, learner, held, dice) for i in sheet.items if i.kind != "written"}
    items |= {
        i.id: Entry(i.pick(sheet.salt, learner).variant, "Only the court can change it.")
        for i in sheet.items
        if i.kind == "written"
    }
    return {
        id: replace(entry, at="2030-01-01T00:00:00+00:00", first=entry.answer if id != "explain" else "")
        for id, entry in items.items()
    }


def entered(taken: Quiz, learner: str, items: dict[str, Entry], n: int, marked: bool = True, **more: Any) -> Entered:
    """The gradebook's rows for these answers; texts have 3 points where a person marked them."""
    sheet, keys = taken.built
    record = Record(sheet.quiz, sheet.version, learner, items=items)
    scores, _ = score_record(keys, sheet, record, learner)
    marks = {
        id: Mark(3.0, s.max_points, None, 3.0) if s.verdict == "by-hand" and marked
        else Mark(s.points, s.max_points, s.points, None, s.verdict == "by-hand")
        for id, s in scores.items()
    }  # fmt: skip
    names = {"first_name": f"First{n:03}", "last_name": f"Last{n:03}", "email": f"{learner}@example.org"}
    return Entered(learner, **{**names, "marks": marks, **more})


def a_class(
    course: Path, taken: Quiz, size: int, seed: int = 1, sure: bool = False, blank: float = 0.0
) -> tuple[Entered, ...]:
    """A class that handed in: a third holds a belief or two, all slip and guess, and leave a share of answers blank."""
    dice, found = random.Random(seed), []
    for n in range(size):
        learner = f"learner-{n:03}"
        held = tuple(dice.sample(BELIEFS, dice.choice([0, 0, 1, 2])))
        items = answers(taken, learner, held, dice)
        if sure:
            items = {id: replace(entry, certainty=dice.choice([1, 2, 3])) for id, entry in items.items()}
        if blank:
            items = {id: entry for id, entry in items.items() if dice.random() >= blank}
        hand_in(course, taken.built[0], learner, items)
        found.append(entered(taken, learner, items, n))
    return tuple(found)
