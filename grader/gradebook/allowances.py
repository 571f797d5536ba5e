"""What single learners are allowed, and when a quiz is due: excused work, extensions, due dates.

Extensions and due dates are nbgrader's own, so that both doors and formgrader heed them. nbgrader knows
no excused work; that stands in a table of ours and changes no score, only what counts.
"""

import re
import warnings
from datetime import UTC, datetime, time, timedelta
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy import delete, insert

from grader.gradebook import own
from grader.gradebook.book import gradebook
from grader.gradebook.database import connected
from grader.gradebook.health import Opened
from grader.reading import BadInput, Problem, nearest

SPAN = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m)?")
HOW_LONG = "Write it like 3d, 36h, 90m or 2d12h."
HOW_TIME = "Write it like 2026-12-01T18:00, or 2026-12-01 for the end of that day."


def moment(option: str, text: str) -> datetime:
    """A time as people write it, in UTC without a zone; a day alone means its end. BadInput for anything else."""
    try:
        when = datetime.fromisoformat(text)
        if re.fullmatch(r"[\d-]+", text):
            when = datetime.combine(when.date(), time(23, 59))
        return when.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise BadInput([Problem(option, 1, "", f"“{text[:40]}” is no time.", HOW_TIME)]) from None


def span(option: str, text: str) -> timedelta:
    """A length of time as people write it, such as 2d12h; BadInput for anything else, and for nothing."""
    found = SPAN.fullmatch(text.strip().lower())
    days, hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if not length:
        raise BadInput([Problem(option, 1, "", f"“{text[:40]}” is no length of time.", HOW_LONG)])
    return length


def set_due(opened: Opened, quiz: str, due: datetime | None, dry_run: bool = False) -> datetime | None:
    """Set or take away when a quiz is due, in nbgrader's own field; returns what stood there before."""
    with gradebook(opened.folder) as book:
        assignment = book.find_assignment(quiz)
        before: datetime | None = assignment.duedate
        extended = [one.student.id for one in assignment.submissions if one.extension is not None]
        if due is None and extended:
            right = "Take those back first (grader course extend … --undo)."
            wrong = f"has extensions ({', '.join(extended[:5])}), and they count from the day it is due."
            raise BadInput([Problem(quiz, 1, "", wrong, right)])
        if not dry_run:
            assignment.duedate = due
            book.db.commit()
    return before


def extend(opened: Opened, quiz: str, learner: str, to: datetime | timedelta | None, dry_run: bool = False) -> datetime:
    """Give one learner longer, in nbgrader's own field, or with None take that back; returns when it is due then."""
    with gradebook(opened.folder) as book:
        _known(book, learner)
        due = book.find_assignment(quiz).duedate
        if due is None:
            right = f"Set it first: grader course due {quiz} 2026-12-01"
            raise BadInput([Problem(quiz, 1, "", "has no day on which it is due.", right)])
        length = to - due if isinstance(to, datetime) else to or timedelta()
        if to is not None and length <= timedelta():
            wrong = f"is not later than {due:%Y-%m-%d %H:%M} UTC, when everybody must have handed in."
            raise BadInput([Problem("--until", 1, "", wrong, "Give a later time.")])
        if not dry_run:
            submission = _submission(book, quiz, learner)
            submission.extension = length or None
            book.db.commit()
        until: datetime = due + length
    return until


def excuse(opened: Opened, quiz: str, learner: str, because: str, dry_run: bool = False) -> None:
    """Excuse a learner from a quiz: whatever is or will be handed in does not count."""
    with gradebook(opened.folder) as book:
        _known(book, learner)
    if dry_run:
        return
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with connected(opened.db_url) as db:
        own.make(db.engine)
        db.execute(delete(own.EXCUSED).where(_row(quiz, learner)))
        db.execute(insert(own.EXCUSED), {"quiz": quiz, "student_id": learner, "because": because, "at": at})


def count_again(opened: Opened, quiz: str, learner: str, dry_run: bool = False) -> None:
    """Take an excuse back; BadInput if there is none."""
    with connected(opened.db_url) as db:
        excused = own.allowed(db, quiz).excused
        if learner not in excused:
            raise BadInput([Problem("LEARNER", 1, "", f"“{learner}” is not excused from {quiz}.", _who(excused))])
        if not dry_run:
            db.execute(delete(own.EXCUSED).where(_row(quiz, learner)))


def allowed(opened: Opened, quiz: str) -> own.Allowed:
    """When a quiz is due and what single learners are allowed."""
    with connected(opened.db_url) as db:
        return own.allowed(db, quiz)


def _row(quiz: str, learner: str) -> Any:
    return (own.EXCUSED.c.quiz == quiz) & (own.EXCUSED.c.student_id == learner)


def _who(excused: Any) -> str:
    return f"Excused are: {', '.join(sorted(excused))}." if excused else "Nobody is."


def _known(book: Gradebook, learner: str) -> None:
    try:
        book.find_student(learner)
    except MissingEntry:
        right = nearest(learner, (one.id for one in book.students))
        raise BadInput([Problem("LEARNER", 1, "", f"“{learner}” is no learner of this course.", right)]) from None


def _submission(book: Gradebook, quiz: str, learner: str) -> Any:
    """The place of a learner's work in the gradebook; made empty if nothing was handed in yet, and nothing waits."""
    try:
        return book.find_submission(quiz, learner)
    except MissingEntry:
        with warnings.catch_warnings():
            # nbgrader reads the objects it is about to add; SQLAlchemy warns of it, and nothing is lost
            warnings.filterwarnings("ignore", message="Object of type .* not in session")
            made = book.add_submission(quiz, learner)
        for notebook in made.notebooks:
            for grade in notebook.grades:
                grade.needs_manual_grade = False
        return made
