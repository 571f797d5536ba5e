"""Enters a batch of graded submissions into the gradebook: the rows nbgrader's autograding leaves, many at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from grader.gradebook.desk import Graded
from grader.gradebook.ledger import TAKEN, Assignment, Ledger, Part, Taken

Row = dict[str, Any]
Penalty = Callable[[str, float, float], float | None]
"""Points to take off, from the learner, the points and the seconds late; None for none."""


def no_penalty(learner: str, points: float, seconds: float) -> None:
    """What nbgrader does unless told otherwise: late work loses nothing."""


@dataclass(frozen=True)
class Entry:
    """What is to be entered for one learner.

    ``graded`` holds the notebooks that were graded, ``missing`` the names of those not handed in.
    """

    learner: str
    handed_in_at: datetime | None
    graded: Mapping[str, Graded]
    missing: frozenset[str]
    taken: Taken | None = None


@dataclass
class _Rows:
    """The rows of a batch, by table: new ones, and changes to those there are."""

    new: dict[str, list[Row]] = field(default_factory=dict)
    changed: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> str:
        id = uuid4().hex
        self.new.setdefault(table, []).append({"id": id, **values})
        return id

    def change(self, table: str, id: str, **values: Any) -> None:
        self.changed.setdefault(table, []).append({"its_id": id, **values})


class Posting:
    """A batch on its way into the gradebook, inside one transaction."""

    def __init__(self, ledger: Ledger, assignment: Assignment, penalty: Penalty = no_penalty) -> None:
        self.tables, self.assignment, self.penalty = ledger.tables, assignment, penalty

    def enter(self, db: Connection, entries: Sequence[Entry]) -> None:
        """Enter everything; nothing is committed here."""
        found = self._found(db, [entry.learner for entry in entries])
        rows = _Rows()
        for entry in entries:
            self._one(rows, entry, found)
        self._students(db, entries)
        for table in ("submitted_assignment", "submitted_notebook", "grade", "comment"):
            self._write(db, self.tables[table], rows.new.get(table, []), rows.changed.get(table, []))
        self._remember(db, entries)

    def _one(self, rows: _Rows, entry: Entry, found: "_Found") -> None:
        old = found.submissions.get(entry.learner)
        moment, given = entry.handed_in_at, {"timestamp": entry.handed_in_at} if entry.handed_in_at else {}
        if old is None:
            values = {"assignment_id": self.assignment.id, "student_id": entry.learner, "timestamp": moment}
            submission, late = rows.add("submitted_assignment", **values), self._seconds_late(moment, None)
        else:
            submission, late = old.id, self._seconds_late(moment or old.timestamp, old.extension)
            if given:
                rows.change("submitted_assignment", old.id, **given)
        for name, part in self.assignment.parts.items():
            self._part(rows, entry, name, part, submission, late, found)

    def _part(
        self, rows: _Rows, entry: Entry, name: str, part: Part, submission: str, late: float, found: "_Found"
    ) -> None:
        graded, notebook = entry.graded.get(name), found.notebooks.get((submission, part.id))
        grades = found.of(found.grades, notebook)
        penalty = self._penalty(entry.learner, graded, grades, part, late) if graded else None
        if notebook is None:
            values = {"flagged": False, "late_submission_penalty": penalty}
            notebook = rows.add("submitted_notebook", assignment_id=submission, notebook_id=part.id, **values)
        elif graded:
            rows.change("submitted_notebook", notebook, late_submission_penalty=penalty)
        points = dict.fromkeys(part.graded, 0.0) if name in entry.missing else graded.grades if graded else {}
        for cell, id in part.graded.items():
            _grade(rows, notebook, id, grades.get(id), points, cell, name in entry.missing)
        comments = found.of(found.comments, notebook)
        for cell, id in part.remarked.items():
            _comment(rows, notebook, id, comments.get(id), graded.comments if graded else {}, cell)

    def _penalty(self, learner: str, graded: Graded, old: Mapping[str, Any], part: Part, late: float) -> float | None:
        if late <= 0:
            return None
        points = sum(_worth(old.get(id), graded.grades.get(cell)) for cell, id in part.graded.items())
        penalty = self.penalty(learner, points, late)
        return None if penalty is None else min(max(penalty, 0.0), points)

    def _seconds_late(self, moment: datetime | None, extension: timedelta | None) -> float:
        if moment is None or self.assignment.due is None:
            return 0.0
        return max(0.0, (moment - self.assignment.due - (extension or timedelta())).total_seconds())

    def _found(self, db: Connection, learners: list[str]) -> "_Found":
        """What the gradebook holds of these learners already."""
        submitted, notebook = self.tables["submitted_assignment"], self.tables["submitted_notebook"]
        mine = (submitted.c.assignment_id == self.assignment.id) & submitted.c.student_id.in_(learners)
        submissions = db.execute(select(submitted).where(mine)).all()
        found = _Found({row.student_id: row for row in submissions})
        ids = [row.id for row in submissions]
        if ids:
            notebooks = db.execute(select(notebook).where(notebook.c.assignment_id.in_(ids))).all()
            found.notebooks = {(row.assignment_id, row.notebook_id): row.id for row in notebooks}
            names = [row.id for row in notebooks]
            found.grades, found.comments = (
                _by_notebook(db.execute(select(table).where(table.c.notebook_id.in_(names))))
                for table in (self.tables["grade"], self.tables["comment"])
            )
        return found

    def _students(self, db: Connection, entries: Iterable[Entry]) -> None:
        table = self.tables["student"]
        wanted = [entry.learner for entry in entries]
        known = set(db.execute(select(table.c.id).where(table.c.id.in_(wanted))).scalars())
        new = [{"id": id} for id in wanted if id not in known]
        if new:
            db.execute(insert(table), new)

    def _write(self, db: Connection, table: Table, new: list[Row], changed: list[Row]) -> None:
        if new:
            db.execute(insert(table), new)
        by_columns: dict[tuple[str, ...], list[Row]] = {}
        for row in changed:
            by_columns.setdefault(tuple(row), []).append(row)
        for rows in by_columns.values():
            db.execute(update(table).where(table.c.id == bindparam("its_id")), rows)

    def _remember(self, db: Connection, entries: Iterable[Entry]) -> None:
        table, known = self.tables[TAKEN], [(entry.learner, entry.taken) for entry in entries if entry.taken]
        if known:
            mine = (table.c.assignment_id == self.assignment.id) & table.c.student_id.in_([one for one, _ in known])
            db.execute(delete(table).where(mine))
            here = self.assignment.id
            db.execute(insert(table), [
                {"student_id": one, "assignment_id": here, "handed_in": taken.handed_in, "written": taken.written}
                for one, taken in known
            ])  # fmt: skip


@dataclass
class _Found:
    """Rows that are there: submissions by learner, notebooks by their two ids, the rest by notebook and cell."""

    submissions: dict[str, Any]
    notebooks: dict[tuple[str, str], str] = field(default_factory=dict)
    grades: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, rows: dict[str, dict[str, Any]], notebook: str | None) -> dict[str, Any]:
        return rows.get(notebook, {}) if notebook else {}


def _by_notebook(rows: Iterable[Any]) -> dict[str, dict[str, Any]]:
    sorted_in: dict[str, dict[str, Any]] = {}
    for row in rows:
        sorted_in.setdefault(row.notebook_id, {})[row.cell_id] = row
    return sorted_in


def _grade(
    rows: _Rows, notebook: str, cell: str, old: Any, points: Mapping[str, float | None], name: str, missing: bool
) -> None:
    """One grade, by nbgrader's rule: a person is asked where there are no points, or where one has marked before."""
    auto = points.get(name)
    asks = auto is None or (not missing and old is not None and old.manual_score is not None)
    if old is None:
        rows.add("grade", cell_id=cell, notebook_id=notebook, auto_score=auto, needs_manual_grade=asks)
    elif name in points:
        rows.change("grade", old.id, auto_score=auto, needs_manual_grade=asks)


def _comment(rows: _Rows, notebook: str, cell: str, old: Any, comments: Mapping[str, str | None], name: str) -> None:
    if old is None:
        rows.add("comment", cell_id=cell, notebook_id=notebook, auto_comment=comments.get(name))
    elif name in comments:
        rows.change("comment", old.id, auto_comment=comments[name])


def _worth(old: Any, auto: float | None) -> float:
    """The points of one cell: those a person gave count before ours."""
    manual, extra = (old.manual_score, old.extra_credit) if old is not None else (None, None)
    return float(manual if manual is not None else auto or 0.0) + float(
        (extra or 0.0) if manual is not None or auto is not None else 0.0
    )
