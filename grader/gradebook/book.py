"""Reads scores back from a course's gradebook."""

from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory

from grader.gradebook.cycle import settings
from grader.gradebook.database import programs_found, reached
from grader.gradebook.marks import Mark


def gradebook(course: Path) -> Gradebook:
    """Open the gradebook of a course; use it in a ``with`` block. BadInput if the database cannot be reached."""
    folder = CourseDirectory(config=settings(course))
    with programs_found(), reached(folder.db_url):
        return Gradebook(folder.db_url, folder.course_id)


def scores(course: Path) -> dict[tuple[str, str], tuple[float, float, bool]]:
    """By learner and quiz: the score, the highest possible score, and whether an answer still waits for a person."""
    with gradebook(course) as book:
        rows = [row for assignment in book.assignments for row in book.submission_dicts(assignment.name)]
    return {(r["student"], r["name"]): (r["score"], r["max_score"], bool(r["needs_manual_grade"])) for r in rows}


def marks(book: Gradebook, quiz: str, learner: str) -> dict[str, Mark]:
    """The rows of one submission by item id; empty if nothing was handed in."""
    try:
        submission = book.find_submission_notebook(quiz, quiz, learner)
    except MissingEntry:
        return {}
    comments = {comment.name: comment.comment or "" for comment in submission.comments}
    return {
        grade.name: Mark(
            grade.score, grade.max_score, grade.auto_score, grade.manual_score,
            bool(grade.needs_manual_grade), comments.get(grade.name, ""),
        )
        for grade in submission.grades
    }  # fmt: skip


def penalty(book: Gradebook, quiz: str, learner: str) -> float:
    """The points taken off for handing in late."""
    return float(book.find_submission_notebook(quiz, quiz, learner).late_submission_penalty or 0.0)


def worked(book: Gradebook) -> set[str]:
    """The ids of submissions that were graded. Others stand in the gradebook only because somebody has longer."""
    rows = (
        book.db.query(SubmittedNotebook.assignment_id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .filter(Grade.auto_score.is_not(None) | Grade.manual_score.is_not(None) | Grade.needs_manual_grade)
        .distinct()
    )
    return {id for (id,) in rows}


def all_marks(book: Gradebook, quiz: str) -> dict[str, dict[str, Mark]]:
    """The rows of everybody who was graded, by learner and item id, with a few queries."""
    comments = {(one.notebook_id, one.cell_id): one.comment for one in _of_quiz(book, Comment, quiz)}
    found: dict[str, dict[str, Mark]] = {}
    for grade, learner, item in _of_quiz(book, Grade, quiz).add_columns(SubmittedAssignment.student_id, BaseCell.name):
        said = comments.get((grade.notebook_id, grade.cell_id)) or ""
        points, waiting = (grade.score or 0.0, grade.max_score or 0.0), bool(grade.needs_manual_grade)
        found.setdefault(learner, {})[item] = Mark(*points, grade.auto_score, grade.manual_score, waiting, said)
    return {learner: rows for learner, rows in found.items() if any(map(_touched, rows.values()))}


def penalties(book: Gradebook, quiz: str) -> dict[str, float]:
    """The points taken off for handing in late, by learner."""
    rows = (
        book.db.query(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == quiz)
    )
    return {learner: float(late or 0.0) for learner, late in rows}


def _of_quiz(book: Gradebook, kind: Any, quiz: str) -> Any:
    """Grades or comments of one quiz."""
    return (
        book.db.query(kind)
        .join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(BaseCell, kind.cell_id == BaseCell.id)
        .filter(Assignment.name == quiz)
    )


def _touched(mark: Mark) -> bool:
    return mark.auto is not None or mark.manual is not None or mark.waiting
