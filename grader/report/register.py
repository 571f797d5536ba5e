"""Reads a whole class out of nbgrader’s gradebook with a few queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.gradebook.marks import Mark
from grader.reading import BadInput, Problem


@dataclass(frozen=True)
class Entered:
    """One learner as the gradebook has them: names, marks by item, points off for lateness, time of handing in.

    ``late_by`` counts seconds, ``extended`` is the later time by which this learner's work was due, and
    ``because`` why it does not count where the learner is ``excused``.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    late: float = 0.0
    handed_in: str = ""
    late_by: float = 0.0
    extended: str = ""
    excused: bool = False
    because: str = ""

    @property
    def name(self) -> str:
        """The name to show, or the id where there is none."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or self.id


def register(course: Path, quiz: str) -> tuple[Entered, ...]:
    """Everybody on the roster, by last name; BadInput if the gradebook cannot be read."""
    from sqlalchemy.exc import SQLAlchemyError

    from grader.gradebook.book import gradebook

    if not (course / "gradebook.db").exists() and _on_disk(course):
        raise _away(course, "is not there")
    try:
        with gradebook(course) as book:
            return _register(book, quiz)
    except SQLAlchemyError as error:
        raise _away(course, f"cannot be read ({type(error).__name__})") from None


def _away(course: Path, why: str) -> BadInput:
    right = "Nothing was changed. See that the database runs and that this is the right course, then try again."
    return BadInput([Problem(str(course), 1, "gradebook", f"{why}.", right)])


def _on_disk(course: Path) -> bool:
    from grader.gradebook.cycle import settings

    return str(settings(course).CourseDirectory.get("db_url", "")).startswith(
        "sqlite:///" + str(course / "gradebook.db")
    )


def _register(book: Any, quiz: str) -> tuple[Entered, ...]:
    from nbgrader.api import Student

    from grader.gradebook.book import all_marks
    from grader.gradebook.own import allowed

    rights, marks = allowed(book.db.connection(), quiz), all_marks(book, quiz)
    work = _work(book, quiz, rights)
    rows = book.db.query(Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id)
    people = [
        Entered(
            id,
            first or "",
            last or "",
            email or "",
            lms or "",
            marks.get(id, {}),
            *work.get(id, (0.0, "", 0.0)),
            _time(rights.until(id)) if id in rights.extensions else "",
            id in rights.excused,
            rights.excused.get(id, ""),
        )
        for id, first, last, email, lms in rows
    ]
    return tuple(sorted(people, key=lambda one: (one.last_name.lower(), one.first_name.lower(), one.id)))


def _work(book: Any, quiz: str, rights: Any) -> dict[str, tuple[float, str, float]]:
    from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook

    rows = (
        book.db.query(
            SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty, SubmittedAssignment.timestamp
        )
        .select_from(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == quiz)
    )
    return {
        learner: (float(late or 0.0), _time(when), rights.seconds_late(learner, when)) for learner, late, when in rows
    }


def _time(when: Any) -> str:
    return when.isoformat() if when else ""
