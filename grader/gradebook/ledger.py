"""Opens a gradebook for many rows at a time: SQLite or PostgreSQL, nbgrader's own tables and one of ours.

nbgrader's classes open a database connection for each cell and need nbgrader loaded. Here its tables
are read as they stand in the database. Our one table remembers what was graded, so that nobody is
graded twice for the same work; nbgrader never looks at it.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Interval,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    inspect,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InvalidRequestError, NoSuchModuleError, OperationalError, SQLAlchemyError

from grader.reading import BadInput, Problem

NBGRADER = (
    "assignment", "notebook", "base_cell", "student", "submitted_assignment", "submitted_notebook", "grade", "comment",
)  # fmt: skip
TAKEN = "grader_taken"
PATIENCE = 60
TRIES = 5
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """A notebook of an assignment: its id, and the ids of its cells by name, to be graded and to be remarked on."""

    id: str
    graded: Mapping[str, str]
    remarked: Mapping[str, str]


@dataclass(frozen=True)
class Assignment:
    """An assignment as the gradebook knows it. Times are UTC without a zone, as everywhere in nbgrader."""

    id: str
    due: datetime | None
    parts: Mapping[str, Part]


@dataclass(frozen=True)
class Taken:
    """What was last graded for a learner, and the file that came of it, as digests."""

    handed_in: str
    written: str


class Ledger:
    """A gradebook. BadInput if it cannot be reached or is none; close it after use, or use it in a ``with`` block."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.name = self.engine.url.render_as_string(hide_password=True)
        with self.reached():
            self._check()
            self.tables = _tables(self.engine)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    def assignment(self, name: str) -> Assignment:
        """Look an assignment up; BadInput if the gradebook has none of that name."""
        table = self.tables["assignment"]
        with self.reached(), self.engine.begin() as db:
            row = db.execute(select(table.c.id, table.c.duedate).where(table.c.name == name)).first()
            if row is None:
                right = f"Enter it first: nbgrader generate_assignment {name} --force --db {self.name}"
                raise BadInput([Problem(self.name, 1, "", f"has no assignment “{name}”.", right)])
            return Assignment(row.id, row.duedate, self._parts(db, row.id))

    def taken(self, assignment: Assignment) -> dict[str, Taken]:
        """What was graded before, by learner."""
        table = self.tables[TAKEN]
        with self.reached(), self.engine.begin() as db:
            rows = db.execute(select(table).where(table.c.assignment_id == assignment.id))
            return {row.student_id: Taken(row.handed_in, row.written) for row in rows}

    def extensions(self, assignment: Assignment) -> dict[str, timedelta]:
        """The extensions that learners were given."""
        table = self.tables["submitted_assignment"]
        wanted = (table.c.assignment_id == assignment.id) & table.c.extension.is_not(None)
        with self.reached(), self.engine.begin() as db:
            rows = db.execute(select(table.c.student_id, table.c.extension).where(wanted))
            return {row.student_id: row.extension for row in rows}

    def students(self) -> set[str]:
        """The learners in the gradebook."""
        with self.reached(), self.engine.begin() as db:
            return set(db.execute(select(self.tables["student"].c.id)).scalars())

    def at_once(self, job: Callable[[Connection], T], assignment: Assignment) -> T:
        """Do a job in one transaction: all of it or nothing. No other grader of the assignment works at the same time.

        A gradebook that is busy, or that somebody else changed meanwhile, is tried again a few times.
        """
        table = self.tables["assignment"]
        with self.reached():
            for patience in range(TRIES, 0, -1):
                try:
                    with self.engine.begin() as db:
                        db.execute(select(table.c.id).where(table.c.id == assignment.id).with_for_update())
                        return job(db)
                except DBAPIError:
                    if patience == 1:
                        raise
                    time.sleep(random.uniform(0.05, 0.5))
        raise AssertionError

    @contextmanager
    def reached(self) -> Iterator[None]:
        """Say in plain words that the gradebook cannot be reached."""
        try:
            yield
        except OperationalError as error:
            right = "Nothing was lost. Try again; grading goes on where it stopped."
            raise BadInput([Problem(self.name, 1, "", f"cannot be reached ({_reason(error)}).", right)]) from None

    def _check(self) -> None:
        found = set(inspect(self.engine).get_table_names())
        right = (
            "Give the gradebook of a course. “grader course new” makes one, and so does nbgrader generate_assignment."
        )
        if not found.issuperset(NBGRADER):
            raise BadInput([Problem(self.name, 1, "", "holds no gradebook of nbgrader.", right)])
        if "alembic_version" not in found:
            right = "Run “grader course status” in the course: it mends a whole one. Then grade again."
            raise BadInput(
                [Problem(self.name, 1, "", "was left half made by an interrupted first run: it has no version.", right)]
            )

    def _parts(self, db: Connection, assignment: str) -> dict[str, Part]:
        notebook, cell = self.tables["notebook"], self.tables["base_cell"]
        parts = {}
        for row in db.execute(select(notebook.c.id, notebook.c.name).where(notebook.c.assignment_id == assignment)):
            cells = db.execute(select(cell.c.id, cell.c.name, cell.c.type).where(cell.c.notebook_id == row.id)).all()
            graded = {one.name: one.id for one in cells if one.type in ("GradeCell", "TaskCell")}
            remarked = {one.name: one.id for one in cells if one.type in ("SolutionCell", "TaskCell")}
            parts[row.name] = Part(row.id, graded, remarked)
        return parts


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        lite = parsed.get_backend_name() == "sqlite"
        if lite and parsed.database and not Path(parsed.database).is_file():
            right = "Go into the course folder, or name the gradebook with --db."
            raise BadInput([Problem(parsed.database, 1, "", "is not there.", right)])
        engine = create_engine(parsed, connect_args={"timeout": PATIENCE} if lite else {})
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        right = "For PostgreSQL: pip install 'protective-orders-course[postgres]'"
        raise BadInput([Problem("--db", 1, "", f"needs a driver that is not installed ({error}).", right)]) from None
    except SQLAlchemyError:
        right = "Write sqlite:////path/to/gradebook.db or postgresql+psycopg://user@host/name."
        raise BadInput([Problem("--db", 1, "", "is no address of a database.", right)]) from None
    if lite:
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _write_lock_first)
    return engine


def _leave_transactions_to_us(connection: Any, _: object) -> None:
    connection.isolation_level = None


def _write_lock_first(db: Connection) -> None:
    """Wait for other writers at the start of a transaction: in its middle SQLite would refuse to wait."""
    db.exec_driver_sql("BEGIN IMMEDIATE")


def _tables(engine: Engine) -> Mapping[str, Table]:
    known = MetaData()
    Table("submitted_assignment", known, Column("extension", Interval), autoload_with=engine)
    known.reflect(engine, only=NBGRADER)
    _make_own(engine)
    Table(TAKEN, known, autoload_with=engine)
    return known.tables


def _make_own(engine: Engine) -> None:
    """Make our table where it is missing. Two graders may try at once; one of them finds it made."""
    own = Table(
        TAKEN,
        MetaData(),
        Column("student_id", String(128), primary_key=True),
        Column("assignment_id", String(32), primary_key=True),
        Column("handed_in", String(64), nullable=False),
        Column("written", String(64), nullable=False),
    )
    try:
        own.create(engine, checkfirst=True)
    except (DBAPIError, InvalidRequestError):
        if not inspect(engine).has_table(TAKEN):
            raise


def _reason(error: OperationalError) -> str:
    return " ".join(str(error.orig).split())[:200]
