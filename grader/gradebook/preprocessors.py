"""Grades submissions inside nbgrader without running them. Put in place by nbgrader_config.py alone.

First the released notebook takes the place of what was handed in, and only the learner's answers
go into it. Then the answers are scored as data, where nbgrader would execute the notebook.
"""

from pathlib import Path
from typing import Any, TextIO

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.gradebook.folder import open_quiz, release_path
from grader.gradebook.judging import cells_of, judge
from grader.gradebook.submission import handed_in, keep, kept, logins_of
from grader.reading import legible


class PatientExporter(NotebookExporter):
    """Goes on without the notebook where a submitted notebook cannot be read: the answers file may still count."""

    def from_file(self, file_stream: TextIO, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:  # type: ignore[override]
        """Convert a notebook file; a broken one is taken for an empty one, and what is read from it decides."""
        try:
            return super().from_file(file_stream, resources=resources, **kw)  # type: ignore[return-value]
        except Exception as error:  # whatever is in the file, the class must be graded
            self.log.warning("%s could not be read: %r", getattr(file_stream, "name", "notebook"), error)
        return super().from_notebook_node(new_notebook(), resources=resources, **kw)  # type: ignore[no-any-return, no-untyped-call]


class RebuildFromRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts the released notebook in the place of the submitted one and takes over nothing but answers.

    Added, deleted, copied, retyped or relabelled cells, outputs, attachments and metadata have no effect.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Build the notebook to be graded. The answers are read from what was handed in, as data."""
        course, quiz, learner = _where(self, resources)
        sheet, keys = open_quiz(course, quiz)
        folder = Path(resources["metadata"]["path"])
        reading = handed_in(folder, sheet, learner, logins_of(course, learner))
        rebuilt = nbformat.read(release_path(course, quiz), as_version=4)
        keep(rebuilt.metadata, reading)
        judged = judge(sheet, keys, cells_of(rebuilt), reading, learner)
        for remark in judged.remarks:
            self.log.warning("%s, %s: %s", legible(learner), quiz, legible(" ".join(remark.split())))
        for cell in rebuilt.cells:
            cell.source = judged.texts.get(_id(cell), cell.source)
        return rebuilt, resources


class ScoreAnswers(NbGraderPreprocessor):  # type: ignore[misc]
    """Scores the answers as data and leaves in each cell the one number nbgrader looks for."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Fill the outputs of every code cell. Nothing is executed."""
        course, quiz, learner = _where(self, resources)
        sheet, keys = open_quiz(course, quiz)
        judged = judge(sheet, keys, cells_of(nb), kept(nb.metadata), learner)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.execution_count = None
                cell.outputs = nbformat.from_dict(judged.outputs[_id(cell)])
        return nb, resources


def _id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _where(preprocessor: Any, resources: Any) -> tuple[Path, str, str]:
    """The course folder, the quiz and the learner. A preprocessor belongs to an exporter, and that to a converter."""
    names = resources["nbgrader"]
    return Path(preprocessor.parent.parent.coursedir.root), names["notebook"], names["student"]
