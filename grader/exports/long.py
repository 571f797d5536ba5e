"""The long table for analysis: one row for each learner and item. It names people by id and is not for sharing."""

from collections.abc import Iterator
from typing import Any

from grader.answers import Answer, Entry
from grader.report.gather import Class, Person
from grader.report.tables import Table

COLUMNS = (
    "quiz", "version", "learner", "handed_in", "item", "kind", "topic", "law", "variant", "answer", "first_answer",
    "tries", "certainty", "verdict", "auto_points", "manual_points", "points", "most", "waiting", "misconceptions",
    "first_points", "first_misconceptions", "excused", "late_seconds",
)  # fmt: skip


def table(work: Class) -> Table:
    """Every learner who handed in or was graded, item by item. Texts are not in it."""
    rows = (row for person in work.people if person.here or person.graded for row in _rows(work, person))
    return Table(f"{work.sheet.quiz}-long", COLUMNS, tuple(rows))


def _rows(work: Class, person: Person) -> Iterator[tuple[Any, ...]]:
    for item in work.sheet.items:
        key, entry = work.keys.item(item.id), person.entries.get(item.id)
        score, first, mark = person.scores[item.id], person.first[item.id], person.mark(item.id)
        yield (
            work.sheet.quiz, work.sheet.version, person.id, person.entered.handed_in, item.id, item.kind,
            key.topic if key else "", key.law if key else "", work.question(person, item.id).variant,
            _plain(item.kind, entry and entry.answer), _plain(item.kind, entry and (entry.first or entry.answer)),
            entry.tries if entry else 0, entry.certainty if entry else None, score.verdict,
            mark.auto if mark else None, mark.manual if mark else None, mark.score if mark else score.points,
            item.points, bool(mark and mark.waiting), " ".join(score.misconceptions),
            first.points, " ".join(first.misconceptions), person.entered.excused, person.entered.late_by,
        )  # fmt: skip


def _plain(kind: str, answer: Answer | Entry | None) -> str:
    """An answer as ids in one cell; nothing of a text."""
    if kind == "written" or not answer:
        return ""
    if isinstance(answer, dict):
        return " ".join(f"{row}:{option}" for row, option in answer.items())
    return " ".join(answer) if isinstance(answer, list) else str(answer)
