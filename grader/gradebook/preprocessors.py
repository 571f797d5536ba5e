"""Grades submissions inside nbgrader without running them. Put in place by nbgrader_config.py alone.

First the released notebook takes the place of what was handed in, and only the learner's answers
go into it. Then the answers are scored as data, where nbgrader would execute the notebook.
"""

import math
from pathlib import Path
from typing import Any, TextIO

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook, new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.answers import Reading
from grader.gradebook.folder import open_quiz, release_path
from grader.gradebook.safehtml import fenced
from grader.gradebook.slips import brief, slip, wrapped
from grader.gradebook.submission import NO_NOTEBOOK, handed_in, keep, kept
from grader.scoring import Score, score_record
from grader.sheet import KeySheet, Sheet

UNREADABLE = "unreadable"
THE_TEXT = "The learner wrote:"


class PatientExporter(NotebookExporter):
    """Goes on without the notebook where a submitted notebook cannot be read: the answers file may still count."""

    def from_file(self, file_stream: TextIO, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:  # type: ignore[override]
        """Convert a notebook file; a broken one is taken for an empty one that says so."""
        try:
            return super().from_file(file_stream, resources=resources, **kw)  # type: ignore[return-value]
        except Exception as error:  # whatever is in the file, the class must be graded
            self.log.warning("%s could not be read: %r", getattr(file_stream, "name", "notebook"), error)
        empty = new_notebook(metadata={UNREADABLE: True})
        return super().from_notebook_node(empty, resources=resources, **kw)  # type: ignore[no-any-return, no-untyped-call]


class RebuildFromRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts the released notebook in the place of the submitted one and takes over nothing but answers.

    Added, deleted, copied, retyped or relabelled cells, outputs, attachments and metadata have no effect.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Build the notebook to be graded. Runs first, while the receipt still stands in the outputs."""
        course, quiz, learner = _where(self, resources)
        sheet, keys = open_quiz(course, quiz)
        reading = handed_in(Path(resources["metadata"]["path"]), nb, sheet, learner)
        if nb.get("metadata", {}).get(UNREADABLE):
            reading = Reading(reading.record, (NO_NOTEBOOK, *reading.troubles), reading.found)
        rebuilt = nbformat.read(release_path(course, quiz), as_version=4)
        keep(rebuilt.metadata, reading)
        scores, troubles = score_record(keys, sheet, reading, learner)
        for trouble in troubles:
            self.log.warning("%s, %s: %s", learner, quiz, " ".join(trouble.split()))
        _write_texts(rebuilt, reading, scores)
        return rebuilt, resources


class ScoreAnswers(NbGraderPreprocessor):  # type: ignore[misc]
    """Scores the answers as data and leaves in each cell the one number nbgrader looks for."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Fill the outputs of every code cell. Nothing is executed."""
        course, quiz, learner = _where(self, resources)
        sheet, keys = open_quiz(course, quiz)
        bench = _Bench(sheet, keys, kept(nb.metadata), learner)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.execution_count = None
                cell.outputs = bench.outputs(cell)
        return nb, resources


class _Bench:
    """One submission on the grader's bench."""

    def __init__(self, sheet: Sheet, keys: KeySheet, reading: Reading, learner: str) -> None:
        self.sheet, self.keys, self.name = sheet, keys, reading.name(learner)
        self.entries = reading.record.items if reading.record else {}
        self.scores, self.troubles = score_record(keys, sheet, reading, learner)

    def outputs(self, cell: NotebookNode) -> list[NotebookNode]:
        marks = cell.metadata.get("nbgrader", {})
        id = marks.get("grade_id", "")
        if marks.get("grade"):
            return self._graded(id, float(marks["points"]))
        if id == "quiz-receipt":
            return [_says("\n".join(self.troubles) or "The answers were read without trouble.")]
        return self._brief(id.removeprefix("ask-")) if id.startswith("ask-") else []

    def _graded(self, id: str, most: float) -> list[NotebookNode]:
        score = self.scores.get(id)
        if score is None or score.verdict == "by-hand" or not math.isfinite(score.points):
            return [_refusal(f"There is no key for {id}.")]
        item = self.sheet.item(id)
        question = item.pick(self.sheet.salt, self.name)
        says = slip(item, question, score, self.entries.get(id), self.keys)
        points = min(max(score.points, 0.0), most)
        return [_says(says), new_output("execute_result", data={"text/plain": repr(points)})]

    def _brief(self, id: str) -> list[NotebookNode]:
        key = self.keys.item(id)
        question = self.sheet.item(id).pick(self.sheet.salt, self.name)
        return [_says(brief(question, key.of(question.variant) if key else None))]


def _write_texts(nb: NotebookNode, reading: Reading, scores: dict[str, Score]) -> None:
    """Show each written answer, as text, in the cell a person grades; without one the cell stays as it was released."""
    for cell in nb.cells:
        id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.cell_type == "markdown" and id in scores and scores[id].verdict == "by-hand" and reading.record:
            answer = str(reading.record.items[id].answer)
            cell.source = f"{THE_TEXT}\n\n{fenced(wrapped(answer))}"


def _says(text: str) -> Any:
    return new_output("stream", name="stdout", text=f"{text}\n")


def _refusal(why: str) -> Any:
    """An error, because nbgrader gives full marks to a cell that says nothing."""
    return new_output("error", ename="NoKey", evalue=why, traceback=[why])


def _where(preprocessor: Any, resources: Any) -> tuple[Path, str, str]:
    """The course folder, the quiz and the learner. A preprocessor belongs to an exporter, and that to a converter."""
    names = resources["nbgrader"]
    return Path(preprocessor.parent.parent.coursedir.root), names["notebook"], names["student"]
