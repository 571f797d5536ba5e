"""Our own tables beside nbgrader's: who is excused, who was given feedback, what was scored anew and how it stood.

They know quizzes and learners by name, so they need no row of nbgrader's. A gradebook in which nothing of
the kind ever happened has none of them, and reading it makes none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    Float,
    Integer,
    Interval,
    MetaData,
    String,
    Table,
    Text,
    column,
    insert,
    inspect,
    select,
    table,
)
from sqlalchemy.exc import DBAPIError, InvalidRequestError

_known = MetaData()
EXCUSED = Table(
    "grader_excused",
    _known,
    Column("quiz", String(128), primary_key=True),
    Column("student_id", String(128), primary_key=True),
    Column("because", Text, nullable=False),
    Column("at", String(40), nullable=False),
)
RESCORED = Table(
    "grader_rescored",
    _known,
    Column("id", String(32), primary_key=True),
    Column("quiz", String(128), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Column("state", String(16), nullable=False),
    Column("key_before", Text, nullable=False),
    Column("key_after", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("settled", Text, nullable=False),
)
HISTORY = Table(
    "grader_history",
    _known,
    Column("run", String(32), primary_key=True),
    Column("student_id", String(128), primary_key=True),
    Column("quiz", String(128), nullable=False),
    Column("score_before", Float, nullable=False),
    Column("score_after", Float, nullable=False),
    Column("told", Integer, nullable=False),
    Column("items", Text, nullable=False),
)
GIVEN = Table(
    "grader_given",
    _known,
    Column("quiz", String(128), primary_key=True),
    Column("student_id", String(128), primary_key=True),
    Column("at", String(40), nullable=False),
)
TABLES = (EXCUSED, RESCORED, HISTORY, GIVEN)
_ASSIGNMENT = table("assignment", column("id"), column("name"), column("duedate", DateTime))
_SUBMITTED = table(
    "submitted_assignment", column("assignment_id"), column("student_id"), column("extension", Interval)
)  # fmt: skip


@dataclass(frozen=True)
class Allowed:
    """When a quiz is due and what single learners are allowed. Times are UTC without a zone, as in nbgrader."""

    due: datetime | None
    extensions: Mapping[str, timedelta]
    excused: Mapping[str, str]
    """By learner: why; empty where nobody said."""

    @property
    def closes(self) -> datetime | None:
        """When the last learner must have handed in; None if it never closes."""
        return self.due and self.due + max((timedelta(), *self.extensions.values()))

    def until(self, learner: str) -> datetime | None:
        """When the quiz is due for one learner."""
        return self.due and self.due + self.extensions.get(learner, timedelta())

    def seconds_late(self, learner: str, at: datetime | None) -> float:
        """How late something came."""
        until = self.until(learner)
        return max(0.0, (at - until).total_seconds()) if at and until else 0.0


def make(engine: Engine) -> None:
    """Make our tables where they are missing. Two commands may try at once; one of them finds them made."""
    for one in TABLES:
        try:
            one.create(engine, checkfirst=True)
        except (DBAPIError, InvalidRequestError):
            if not inspect(engine).has_table(one.name):
                raise


def allowed(db: Connection, quiz: str) -> Allowed:
    """Read when a quiz is due and who has longer or is excused."""
    assignment = db.execute(select(_ASSIGNMENT).where(_ASSIGNMENT.c.name == quiz)).first()
    if assignment is None:
        return Allowed(None, {}, {})
    mine = (_SUBMITTED.c.assignment_id == assignment.id) & _SUBMITTED.c.extension.is_not(None)
    extensions = {row.student_id: row.extension for row in db.execute(select(_SUBMITTED).where(mine))}
    rows = select(EXCUSED.c.student_id, EXCUSED.c.because).where(EXCUSED.c.quiz == quiz)
    excused = {row.student_id: row.because for row in rows_of(db, EXCUSED, rows)}
    return Allowed(assignment.duedate, extensions, excused)


def given(db: Connection, quiz: str) -> dict[str, str]:
    """Who was given feedback, and when first."""
    query = select(GIVEN.c.student_id, GIVEN.c.at).where(GIVEN.c.quiz == quiz)
    return {row.student_id: row.at for row in rows_of(db, GIVEN, query)}


def note_given(db: Connection, quiz: str, learners: Iterable[str]) -> None:
    """Note that learners were given feedback, if it was not noted before."""
    make(db.engine)
    at, known = datetime.now(UTC).isoformat(timespec="seconds"), given(db, quiz)
    new = [{"quiz": quiz, "student_id": one, "at": at} for one in dict.fromkeys(learners) if one not in known]
    if new:
        db.execute(insert(GIVEN), new)


def rows_of(db: Connection, one: Table, query: Any) -> Iterator[Any]:
    """The rows of a query on one of our tables; none where the table was never made."""
    if inspect(db).has_table(one.name):
        yield from db.execute(query)
