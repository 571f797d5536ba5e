"""Turns one learner's answers into graded cells and into the rows of the gradebook. Knows no nbgrader.

Both doors go through ``judge``: ``nbgrader autograde`` puts its cells into the notebook and lets
nbgrader read the rows from them; ``grader grade`` writes cells and rows itself. So they cannot differ
in what an answer earns or in what a person who grades is shown.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Any

from grader.answers import Entry, Reading
from grader.gradebook.safetext import fenced
from grader.gradebook.slips import brief, slip, wrapped
from grader.scoring import Score, score_record
from grader.sheet import KeySheet, Sheet

THE_TEXT = "The learner wrote:"
NO_RESPONSE = "No response."
UNTROUBLED = "The answers were read without trouble."
Output = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell of the released notebook as nbgrader knows it: its kind, what is in it, and nbgrader's marks on it."""

    kind: str
    source: str
    marks: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The name of the cell in the gradebook; empty if it has none."""
        return str(self.marks.get("grade_id", ""))

    @property
    def graded(self) -> bool:
        """Whether the cell earns points."""
        return bool(self.marks.get("grade"))

    @property
    def written(self) -> bool:
        """Whether a person marks what stands in the cell."""
        return bool(self.marks.get("solution") or self.marks.get("task"))


@dataclass(frozen=True)
class Judged:
    """A graded submission: texts and outputs by cell name, and the rows of the gradebook they come to.

    ``grades`` holds points, or None where a person must mark; ``comments`` what nbgrader remarks on
    a cell to write in, or None; ``remarks`` what was amiss with what was handed in, in plain words.
    """

    texts: Mapping[str, str]
    outputs: Mapping[str, list[Output]]
    grades: Mapping[str, float | None]
    comments: Mapping[str, str | None]
    remarks: tuple[str, ...]


def cells_of(notebook: Mapping[str, Any]) -> tuple[Cell, ...]:
    """The cells of a notebook, whether nbformat read it or it is plain data from its file."""
    return tuple(
        Cell(one["cell_type"], _joined(one["source"]), one["metadata"].get("nbgrader", {})) for one in notebook["cells"]
    )


def judge(sheet: Sheet, keys: KeySheet, cells: Iterable[Cell], reading: Reading, learner: str) -> Judged:
    """Grade what one learner handed in. Nothing is executed, and nothing but answers is looked at."""
    cells = tuple(cells)
    bench = _Bench(sheet, keys, reading, learner)
    texts = {cell.id: text for cell in cells if (text := bench.text(cell)) is not None}
    outputs = {cell.id: bench.outputs(cell) for cell in cells if cell.kind == "code"}
    return Judged(
        texts,
        outputs,
        {cell.id: _points(cell, texts, outputs) for cell in cells if cell.graded},
        {cell.id: NO_RESPONSE if _untouched(cell, texts) else None for cell in cells if cell.written},
        bench.troubles,
    )


class _Bench:
    """One submission on the grader's bench."""

    def __init__(self, sheet: Sheet, keys: KeySheet, reading: Reading, learner: str) -> None:
        self.sheet, self.keys, self.name = sheet, keys, reading.name(learner)
        self.entries: Mapping[str, Entry] = reading.record.items if reading.record else {}
        self.scores, self.troubles = score_record(keys, sheet, reading, learner)

    def text(self, cell: Cell) -> str | None:
        """A written answer, as text, for the cell in which a person grades it; None leaves the cell as released."""
        score = self.scores.get(cell.id)
        if cell.kind != "markdown" or score is None or score.verdict != "by-hand":
            return None
        return f"{THE_TEXT}\n\n{fenced(wrapped(str(self.entries[cell.id].answer)))}"

    def outputs(self, cell: Cell) -> list[Output]:
        """What stands below a code cell: never what the learner's notebook said."""
        if cell.graded:
            return self._graded(cell.id, float(cell.marks["points"]))
        if cell.id == "quiz-receipt":
            return [_says("\n".join(self.troubles) or UNTROUBLED)]
        return self._brief(cell.id.removeprefix("ask-")) if cell.id.startswith("ask-") else []

    def _graded(self, id: str, most: float) -> list[Output]:
        score: Score | None = self.scores.get(id)
        if score is None or score.verdict == "by-hand" or not math.isfinite(score.points):
            return [_refusal(f"There is no key for {id}.")]
        item = self.sheet.item(id)
        question = item.pick(self.sheet.salt, self.name)
        says = slip(item, question, score, self.entries.get(id), self.keys)
        return [_says(says), _number(min(max(score.points, 0.0), most))]

    def _brief(self, id: str) -> list[Output]:
        key = self.keys.item(id)
        question = self.sheet.item(id).pick(self.sheet.salt, self.name)
        return [_says(brief(question, key.of(question.variant) if key else None))]


def _points(cell: Cell, texts: Mapping[str, str], outputs: Mapping[str, list[Output]]) -> float | None:
    """What nbgrader reads from a graded cell: the number below it; nothing from an empty text; else a person marks."""
    if cell.written:
        return 0.0 if _untouched(cell, texts) else None
    if cell.kind != "code":
        return None
    numbers = [float(one["data"]["text/plain"]) for one in outputs[cell.id] if one["output_type"] == "execute_result"]
    return numbers[0] if numbers else 0.0


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
