"""Puts nbgrader's own tests of autograding before our two doors. A pytest plug-in; DOOR says which one.

nbgrader's tests bring notebooks that are no quizzes of ours. So a notebook without a key is treated
as a quiz without items, restored from nbgrader's master copy: everything but what an answer earns
is then ours. Nothing is executed.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import nbgrader.apps.api
import nbgrader.apps.autogradeapp
from nbgrader import preprocessors as stock
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.answers import Reading
from grader.gradebook import preprocessors
from grader.gradebook.bulk import Bulk, Job
from grader.gradebook.desk import Graded
from grader.gradebook.judging import cells_of, judge
from grader.gradebook.late import penalty_of
from grader.gradebook.ledger import Ledger
from grader.gradebook.settings import settings_of
from grader.sheet import KeySheet, Sheet

NO_SHEET = Sheet("plain", "1", "", "", "quiz", "", ())
NO_KEYS = KeySheet("plain", "1", "", (), {})
SANITIZE = [
    stock.ClearOutput, stock.DeduplicateIds, stock.OverwriteKernelspec, stock.OverwriteCells, stock.CheckCellMetadata,
]  # fmt: skip


class NoAnswers(NbGraderPreprocessor):
    """Leaves the mark of a submission without answers, as RebuildFromRelease does with a quiz."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        nb.metadata["grader"] = {"answers": None, "troubles": []}
        return nb, resources


class PlainDesk:
    """A desk for a notebook that is no quiz: restored as nbgrader does it, judged as we do it."""

    digest = "plain"

    def __init__(self, converter: Any, name: str) -> None:
        self.converter, self.name = converter, name

    def logins(self, learner: str) -> tuple[str, ...]:
        return ()

    def grade(self, folder: Path, learner: str) -> Graded:
        nb = nbformat.read(folder / f"{self.name}.ipynb", as_version=4)
        course = self.converter.coursedir
        names = {"notebook": self.name, "assignment": course.assignment_id, "student": learner}
        resources: Any = {"nbgrader": {**names, "db_url": course.db_url}, "metadata": {"path": str(folder)}}
        for kind in SANITIZE:
            nb, resources = kind(parent=self.converter).preprocess(nb, resources)
        judged = judge(NO_SHEET, NO_KEYS, cells_of(nb), Reading(None), learner)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = nbformat.from_dict(judged.outputs[cell.metadata.get("nbgrader", {}).get("grade_id", "")])
        return Graded(nbformat.writes(nb), judged.grades, judged.comments)


class InBulk(Autograde):
    """nbgrader's command with our batch in it: which submissions are to be graded is nbgrader's decision."""

    def convert_notebooks(self) -> None:
        course = self.coursedir
        options = {name: getattr(self, name) for name in ("permissions", "create_student", "exclude_overwriting")}
        names = ("student_id", "notebook_id", "groupshared", "student_id_exclude")
        options |= {name: getattr(course, name) for name in names}
        settings = replace(settings_of(Path(course.root), self.config, course.db_url), **options)
        with Ledger(course.db_url) as ledger:
            penalty = penalty_of(Path.cwd(), self.config)
            bulk = Bulk(settings, course.assignment_id, ledger, lambda: self._desks(ledger), penalty=penalty)
            outcome = bulk.run([job for job in bulk.jobs(force=True)[0] if self._wanted(job)])
        for learner, reason in outcome.failed.items():
            self.log.error("%s: %s", learner, reason)
            bulk.shelf.place(learner).mkdir(parents=True, exist_ok=True) if course.notebook_id != "*" else None
        if outcome.failed:
            raise NbGraderException("Some submissions could not be graded.")

    def _desks(self, ledger: Ledger) -> Mapping[str, PlainDesk]:
        return {name: PlainDesk(self, name) for name in ledger.assignment(self.coursedir.assignment_id).parts}

    def _wanted(self, job: Job) -> bool:
        self.notebooks = [str(job.folder / f"{name}.ipynb") for name in job.notebooks]
        return bool(self.init_destination(self.coursedir.assignment_id, job.learner))


def _quiz(course: Path, quiz: str) -> tuple[Sheet, KeySheet]:
    return NO_SHEET, NO_KEYS


if os.environ["DOOR"] == "nbgrader autograde":
    preprocessors.open_quiz = _quiz
    Autograde.sanitize_preprocessors.default_args = ([*SANITIZE, NoAnswers],)
    Autograde.autograde_preprocessors.default_args = (
        [preprocessors.ScoreAnswers, stock.SaveAutoGrades, stock.AssignLatePenalties, stock.CheckCellMetadata],
    )
elif os.environ["DOOR"] == "grader grade":
    nbgrader.apps.autogradeapp.Autograde = nbgrader.apps.api.Autograde = InBulk

assert MissingEntry
