"""Hooks the feedback pages into nbgrader: ``generate_feedback`` and formgrader's button write them."""

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from traitlets import default

from grader.gradebook.book import marks, penalty
from grader.gradebook.folder import open_quiz
from grader.gradebook.pages import page
from grader.gradebook.policy import rules_of
from grader.gradebook.submission import kept


class FeedbackExporter(Exporter):
    """Turns a graded notebook into the feedback page of its learner."""

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @property
    def converter(self) -> Any:
        """nbgrader's converter, which made this exporter and knows the course folder."""
        return self.parent

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, dict[str, Any]]:  # type: ignore[override]
        """The page. The answers are those that were graded; the points are those in the gradebook now."""
        graded, resources = super().from_notebook_node(nb, resources, **kw)
        names, folder = resources["nbgrader"], self.converter.coursedir
        quiz, learner = names["notebook"], names["student"]
        sheet, keys = open_quiz(Path(folder.root), quiz)
        asked = rules_of(Path(folder.root), quiz).language
        with Gradebook(names["db_url"], folder.course_id) as book:
            rows, late = marks(book, quiz, learner), penalty(book, quiz, learner)
        return page(sheet, keys, kept(graded.metadata), learner, rows, late, asked), resources
