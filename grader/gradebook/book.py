"""Reads scores back from a course's gradebook."""

from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
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
