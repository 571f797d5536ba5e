"""Classes of any size that have handed in and been collected: random answers, seeded, written straight to disk."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from grader.answers import MIME, Answer, Entry, Record
from grader.gradebook.folder import release_path
from grader.sheet import Item, Question, Sheet

START = datetime(2026, 11, 20, 10, tzinfo=UTC)
WORDS = ("The order", "binds Kim", "until the court changes it.", "Robin may ask", "nobody else can", "to end it,\nand")


def roster(path: Path, count: int) -> list[str]:
    """Write a roster; returns the learners' ids."""
    ids = [f"learner-{n:05}" for n in range(count)]
    lines = [f"{id},First {n},Last {n},{id}@example.org" for n, id in enumerate(ids)]
    path.write_text("\n".join(["id,first_name,last_name,email", *lines]) + "\n", encoding="utf-8")
    return ids


def hand_in(course: Path, sheet: Sheet, learners: list[str], seed: int = 1) -> None:
    """Everybody answers most items at random and hands in the notebook with its receipt, and the answers file."""
    released = release_path(course, sheet.quiz).read_text(encoding="utf-8")
    for n, learner in enumerate(learners):
        record = answered(sheet, learner, random.Random(f"{seed} {learner}"), START + timedelta(minutes=n % 5000))
        put(course, sheet.quiz, learner, record, with_receipt(released, record), START + timedelta(minutes=n % 5000))


def put(course: Path, quiz: str, learner: str, record: Record | None, notebook: str, at: datetime) -> None:
    """Put a submission where nbgrader collects it to."""
    folder = course / "submitted" / learner / quiz
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{quiz}.ipynb").write_text(notebook, encoding="utf-8")
    (folder / "timestamp.txt").write_text(f"{at.replace(tzinfo=None)} UTC", encoding="utf-8")
    if record:
        text = json.dumps(record.as_json(), ensure_ascii=False, indent=1)
        (folder / f"{quiz}.answers.json").write_text(text, encoding="utf-8")


def answered(sheet: Sheet, learner: str, chance: random.Random, at: datetime) -> Record:
    """A learner's record: about nine items in ten answered, some of them over and over."""
    items = {}
    for item in sheet.items:
        question = item.pick(sheet.salt, learner)
        if chance.random() < 0.9:
            value = choice(item, question, chance)
            tries, sure = chance.randint(1, 4), chance.choice((None, 1, 2, 3))
            items[item.id] = Entry(question.variant, value, sure, at.isoformat(), tries, value)
    return Record(sheet.quiz, sheet.version, learner, at.isoformat(), len(items), items)


def choice(item: Item, question: Question, chance: random.Random) -> Answer:
    """A random answer of the right form."""
    options = [option.id for option in question.options]
    match item.kind:
        case "single":
            return [chance.choice(options)]
        case "select":
            return [id for id in options if chance.random() < 0.5] or options[:1]
        case "sentence":
            return [chance.choice([line.id for line in question.options or question.story])]
        case "grid":
            return {row.id: chance.choice(options) for row in question.rows}
        case "date":
            return f"20{chance.randint(24, 32)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
        case _:
            return " ".join(chance.choices(WORDS, k=chance.randint(5, 120)))


def with_receipt(released: str, record: Record) -> str:
    """A released notebook as Jupyter saves it after everything was run: counted cells, and the receipt at the end."""
    notebook: dict[str, Any] = json.loads(released)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for n, cell in enumerate(code, 1):
        cell["execution_count"] = n
    data = {MIME: record.as_json(), "text/plain": ["All answers saved."]}
    code[-1]["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
