"""Turns one learner's answers into graded cells and into the rows of the gradebook. Knows no nbgrader.

Both doors go through ``judge``: ``nbgrader autograde`` puts its cells into the notebook and lets
nbgrader read the rows from them; ``grader grade`` writes cells and rows itself. So they cannot differ
in what an answer earns or in what a person who grades is shown.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import md5
from typing import Any, TypeVar

from grader.answers import Entry, Reading
from grader.gradebook.safetext import fenced
from grader.gradebook.slips import brief, slip, wrapped
from grader.scoring import Score, score, score_record
from grader.sheet import ItemKey, KeySheet, Sheet

THE_TEXT = "The learner wrote:"
NO_RESPONSE = "No response."
UNTROUBLED = "The answers were read without trouble."
MOST_KNOWN, DATE = 10_000, len("2026-11-20")
Output = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Cell:
    """A cell of the released notebook as nbgrader knows it: its kind, what is in it, and nbgrader's marks on it."""

    kind: str
    source: str
    marks: Mapping[str, Any]

    @cached_property
    def id(self) -> str:
        """The name of the cell in the gradebook; empty if it has none."""
        return str(self.marks.get("grade_id", ""))

    @cached_property
    def graded(self) -> bool:
        """Whether the cell earns points."""
        return bool(self.marks.get("grade"))

    @cached_property
    def written(self) -> bool:
        """Whether a person marks what stands in the cell."""
        return bool(self.marks.get("solution") or self.marks.get("task"))


@dataclass(frozen=True)
class Shown:
    """What stands below a code cell: a text, then the points, or else why there are none."""

    says: str = ""
    points: float | None = None
    refused: str = ""

    def outputs(self) -> list[Output]:
        """The same as outputs of a notebook."""
        return [
            *([_says(self.says)] if self.says else []),
            *([_number(self.points)] if self.points is not None else []),
            *([_refusal(self.refused)] if self.refused else []),
        ]


@dataclass(frozen=True)
class Judged:
    """A graded submission: texts and outputs by cell name, and the rows of the gradebook they come to.

    ``grades`` holds points, or None where a person must mark; ``comments`` what nbgrader remarks on
    a cell to write in, or None; ``remarks`` what was amiss with what was handed in, in plain words.
    """

    texts: Mapping[str, str]
    shown: Mapping[str, Shown]
    grades: Mapping[str, float | None]
    comments: Mapping[str, str | None]
    remarks: tuple[str, ...]

    @property
    def outputs(self) -> dict[str, list[Output]]:
        """What stands below the code cells, as outputs of a notebook."""
        return {id: shown.outputs() for id, shown in self.shown.items()}


def cells_of(notebook: Mapping[str, Any]) -> tuple[Cell, ...]:
    """The cells of a notebook, whether nbformat read it or it is plain data from its file."""
    return tuple(
        Cell(one["cell_type"], _joined(one["source"]), one["metadata"].get("nbgrader", {})) for one in notebook["cells"]
    )


def judge(sheet: Sheet, keys: KeySheet, cells: Iterable[Cell], reading: Reading, learner: str) -> Judged:
    """Grade what one learner handed in. Nothing is executed, and nothing but answers is looked at."""
    return Judge(sheet, keys, cells).judge(reading, learner)


class Judge:
    """Judges what learners handed in for one quiz.

    What an answer earns and shows is worked out once, for many learners give the same one.
    """

    def __init__(self, sheet: Sheet, keys: KeySheet, cells: Iterable[Cell]) -> None:
        self.sheet, self.keys, self.cells = sheet, keys, tuple(cells)
        self._known: dict[Any, Any] = {}

    def judge(self, reading: Reading, learner: str) -> Judged:
        """Grade what one learner handed in."""
        bench = _Bench(self, reading, learner)
        texts = {cell.id: text for cell in self.cells if (text := bench.text(cell)) is not None}
        shown = {cell.id: bench.shown(cell) for cell in self.cells if cell.kind == "code"}
        return Judged(
            texts,
            shown,
            {cell.id: _points(cell, texts, shown) for cell in self.cells if cell.graded},
            {cell.id: NO_RESPONSE if _untouched(cell, texts) else None for cell in self.cells if cell.written},
            bench.troubles,
        )

    def once(self, what: str, id: str, entry: Entry | None, variant: str | None, work: Callable[[], T]) -> T:
        """Work something out, unless it is known for the same item, variant and answer. A text is everybody's own."""
        answer = entry.answer if entry else ""
        if isinstance(answer, str) and len(answer) > DATE:
            return work()
        plain = answer if isinstance(answer, str) else tuple(answer.items() if isinstance(answer, dict) else answer)
        key = (what, id, variant, entry.variant if entry else None, plain)
        known: T | None = self._known.get(key)
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = known = work()
        return known


class _Bench:
    """One submission on the grader's bench."""

    def __init__(self, judge: Judge, reading: Reading, learner: str) -> None:
        self.judge, self.name = judge, reading.name(learner)
        self.entries: Mapping[str, Entry] = reading.record.items if reading.record else {}
        self.variants: dict[str, str | None] = {}
        self.scores, self.troubles = score_record(judge.keys, judge.sheet, reading, learner, self._score)

    def _score(self, item: ItemKey, entry: Entry | None, variant: str | None) -> Score:
        self.variants[item.id] = variant
        return self.judge.once("score", item.id, entry, variant, lambda: score(item, entry, variant))

    def text(self, cell: Cell) -> str | None:
        """A written answer, as text, for the cell in which a person grades it; None leaves the cell as released."""
        score = self.scores.get(cell.id)
        if cell.kind != "markdown" or score is None or score.verdict != "by-hand":
            return None
        return f"{THE_TEXT}\n\n{fenced(wrapped(str(self.entries[cell.id].answer)))}"

    def shown(self, cell: Cell) -> Shown:
        """What stands below a code cell: never what the learner's notebook said."""
        if cell.graded:
            return self._graded(cell.id, float(cell.marks["points"]))
        if cell.id == "quiz-receipt":
            return Shown("\n".join(self.troubles) or UNTROUBLED)
        return self._brief(cell.id.removeprefix("ask-")) if cell.id.startswith("ask-") else Shown()

    def _graded(self, id: str, most: float) -> Shown:
        score: Score | None = self.scores.get(id)
        if score is None or score.verdict == "by-hand" or not math.isfinite(score.points):
            return Shown(refused=f"There is no key for {id}.")
        entry = self.entries.get(id)

        def work() -> Shown:
            item = self.judge.sheet.item(id)
            question = item.pick(self.judge.sheet.salt, self.name)
            return Shown(slip(item, question, score, entry, self.judge.keys), min(max(score.points, 0.0), most))

        # the verdict too, for the answer of somebody else's record is shown and counts as none
        return self.judge.once(score.verdict, id, entry, self.variants[id], work)

    def _brief(self, id: str) -> Shown:
        key = self.judge.keys.item(id)
        question = self.judge.sheet.item(id).pick(self.judge.sheet.salt, self.name)

        def work() -> Shown:
            return Shown(brief(question, key.of(question.variant) if key else None))

        return self.judge.once("brief", id, None, question.variant, work)


def _points(cell: Cell, texts: Mapping[str, str], shown: Mapping[str, Shown]) -> float | None:
    """What nbgrader reads from a graded cell: the number below it; nothing from an empty text; else a person marks."""
    if cell.written:
        return 0.0 if _untouched(cell, texts) else None
    return (shown[cell.id].points or 0.0) if cell.kind == "code" else None


def _untouched(cell: Cell, texts: Mapping[str, str]) -> bool:
    """Whether a cell to write in stands as released. nbgrader tells by the checksum that it put there."""
    return cell.id not in texts and not cell.marks.get("task") and cell.marks.get("checksum") == _checksum(cell)


def _checksum(cell: Cell) -> str:
    """nbgrader's checksum of a cell."""
    solution = bool(cell.marks.get("solution"))
    locked = not solution and bool(cell.graded or cell.marks.get("locked"))
    parts = [cell.source, cell.kind, str(cell.graded), str(solution), str(locked), cell.id]
    parts += [str(float(cell.marks["points"]))] if cell.graded else []
    return md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _says(text: str) -> Output:
    return {"output_type": "stream", "name": "stdout", "text": f"{text}\n"}


def _number(points: float) -> Output:
    data = {"text/plain": repr(points)}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}


def _refusal(why: str) -> Output:
    """An error, because nbgrader gives full marks to a cell that says nothing."""
    return {"output_type": "error", "ename": "NoKey", "evalue": why, "traceback": [why]}
