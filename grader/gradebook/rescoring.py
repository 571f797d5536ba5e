"""Scores a class anew after a key was corrected, keeps what stood before, and can put that back.

Nothing but the key changes; both doors then grade as they always do. What is to be done stands in the
gradebook before the first step, so a run that was cut short is finished by the next one.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from grader.cells import put
from grader.gradebook import own
from grader.gradebook.book import all_marks, gradebook, penalties
from grader.gradebook.database import connected
from grader.gradebook.folder import key_path
from grader.gradebook.health import Opened
from grader.gradebook.moving import Moved, Standing
from grader.reading import BadInput, Problem
from grader.sheet import KeySheet

Regrade = Callable[[Iterable[str]], Mapping[str, str]]
"""Grades learners again and says who could not be graded and why."""
BEGUN, DONE, UNDOING, UNDONE = "begun", "done", "undoing", "undone"


@dataclass(frozen=True)
class Run:
    """One time a quiz was scored anew."""

    id: str
    number: int
    at: str
    state: str
    key_before: str
    key_after: str
    why: list[dict[str, Any]]
    settled: list[list[str]]

    @property
    def unfinished(self) -> bool:
        """Whether it was cut short."""
        return self.state in (BEGUN, UNDOING)


def as_text(keys: KeySheet) -> str:
    """A key as its file holds it."""
    return json.dumps(keys.as_json(), ensure_ascii=False, indent=1) + "\n"


def runs(opened: Opened, quiz: str) -> list[Run]:
    """Every time a quiz was scored anew, the first one first."""
    with connected(opened.db_url) as db:
        query = select(own.RESCORED).where(own.RESCORED.c.quiz == quiz).order_by(own.RESCORED.c.number)
        return [_run(row) for row in own.rows_of(db, own.RESCORED, query)]


def history(opened: Opened, run: Run) -> list[Moved]:
    """Whose scores a run changed, and how they stood before."""
    with connected(opened.db_url) as db:
        query = select(own.HISTORY).where(own.HISTORY.c.run == run.id).order_by(own.HISTORY.c.student_id)
        return [
            Moved(row.student_id, row.score_before, row.score_after, _items(row.items), bool(row.told))
            for row in own.rows_of(db, own.HISTORY, query)
        ]


def begin(opened: Opened, quiz: str, new: KeySheet, moved: Iterable[Moved], why: Iterable[Any]) -> Run:
    """Note what is going to be done, before anything is."""
    before = key_path(opened.folder, quiz).read_text(encoding="utf-8")
    reasons = [asdict(one) for one in why]
    run = Run(uuid4().hex, len(runs(opened, quiz)) + 1, _now(), BEGUN, before, as_text(new), reasons, [])
    settled = _settled(opened, quiz, {one["item"] for one in reasons if one["scores"]})
    run = Run(**{**vars(run), "settled": settled})
    rows = [
        {"run": run.id, "quiz": quiz, "student_id": one.learner, "score_before": one.before, "score_after": one.after,
         "told": int(one.told), "items": json.dumps(one.items)}
        for one in moved
    ]  # fmt: skip
    texts = {"why": json.dumps(run.why), "settled": json.dumps(run.settled)}
    with connected(opened.db_url) as db:
        own.make(db.engine)
        db.execute(insert(own.RESCORED), {**vars(run), **texts, "quiz": quiz})
        if rows:
            db.execute(insert(own.HISTORY), rows)
    return run


def finish(opened: Opened, quiz: str, run: Run, regrade: Regrade) -> Mapping[str, str]:
    """Put the key of a run in its place and grade by it, or undo that; returns who could not be graded and why."""
    undoing = run.state == UNDOING
    put(key_path(opened.folder, quiz), (run.key_before if undoing else run.key_after).encode())
    with gradebook(opened.folder) as book:
        learners = sorted(all_marks(book, quiz))
    failed = regrade(learners)
    now = standing(opened, quiz)
    with connected(opened.db_url) as db:
        _settle(db, quiz, run.settled)
        _state(db, run, UNDONE if undoing else DONE)
        if not undoing:
            _note_scores(db, run, now)
    return failed


def undoable(opened: Opened, quiz: str) -> Run:
    """The run to take back; BadInput if there is none, or the key was changed since by other means."""
    done = [run for run in runs(opened, quiz) if run.state == DONE]
    if not done:
        raise BadInput([Problem("--undo", 1, quiz, "was not scored anew, so there is nothing to undo.", "")])
    key, run = key_path(opened.folder, quiz), done[-1]
    if key.read_text(encoding="utf-8") != run.key_after:
        right = "Bring back the key as it was then, or score anew once more."
        raise BadInput([Problem(str(key), 1, "", "was changed since by something else.", right)])
    return run


def undo(opened: Opened, quiz: str) -> Run:
    """Begin to take the last run back; BadInput as with ``undoable``."""
    run = undoable(opened, quiz)
    settled = _settled(opened, quiz, {one["item"] for one in run.why if one["scores"]})
    with connected(opened.db_url) as db:
        values = {"state": UNDOING, "settled": json.dumps(settled)}
        db.execute(update(own.RESCORED).where(own.RESCORED.c.id == run.id).values(values))
    return Run(**{**vars(run), "state": UNDOING, "settled": settled})


def standing(opened: Opened, quiz: str) -> Standing:
    """The score of everybody who was graded, less what lateness costs, and the marks it is made of."""
    with gradebook(opened.folder) as book:
        marks, late = all_marks(book, quiz), penalties(book, quiz)
    return {
        one: (max(sum(m.score for m in rows.values()) - late.get(one, 0.0), 0.0), rows) for one, rows in marks.items()
    }


def _settled(opened: Opened, quiz: str, changed: set[str]) -> list[list[str]]:
    """What a person has marked and need not look at again: marks by hand on items whose key stays."""
    with gradebook(opened.folder) as book:
        rows = all_marks(book, quiz)
    return [
        [learner, item]
        for learner, marks in sorted(rows.items())
        for item, mark in marks.items()
        if mark.manual is not None and not mark.waiting and item not in changed
    ]


def _settle(db: Connection, quiz: str, settled: list[list[str]]) -> None:
    """Grading again asks a person to look at every mark they gave; take that back where nothing changed."""
    from nbgrader.api import Base

    t = Base.metadata.tables
    grade, cell, notebook = t["grade"], t["base_cell"], t["submitted_notebook"]
    submitted, assignment = t["submitted_assignment"], t["assignment"]
    query = (
        select(grade.c.id, submitted.c.student_id, cell.c.name)
        .join(cell, grade.c.cell_id == cell.c.id)
        .join(notebook, grade.c.notebook_id == notebook.c.id)
        .join(submitted, notebook.c.assignment_id == submitted.c.id)
        .join(assignment, submitted.c.assignment_id == assignment.c.id)
        .where(assignment.c.name == quiz, grade.c.manual_score.is_not(None))
    )
    wanted = {(learner, item) for learner, item in settled}
    ids = [row.id for row in db.execute(query) if (row.student_id, row.name) in wanted]
    for n in range(0, len(ids), 500):
        db.execute(update(grade).where(grade.c.id.in_(ids[n : n + 500])).values(needs_manual_grade=False))


def _note_scores(db: Connection, run: Run, now: Standing) -> None:
    """Note the scores that came of it, as they stand in the gradebook."""
    mine = own.HISTORY.c.run == run.id
    for learner in db.execute(select(own.HISTORY.c.student_id).where(mine)).scalars().all():
        if learner in now:
            here = mine & (own.HISTORY.c.student_id == learner)
            db.execute(update(own.HISTORY).where(here).values(score_after=now[learner][0]))


def _state(db: Connection, run: Run, state: str) -> None:
    db.execute(update(own.RESCORED).where(own.RESCORED.c.id == run.id).values(state=state))


def _run(row: Any) -> Run:
    texts = row.key_before, row.key_after, json.loads(row.why), json.loads(row.settled)
    return Run(row.id, row.number, row.at, row.state, *texts)


def _items(text: str) -> tuple[tuple[str, float, float], ...]:
    return tuple((item, before, after) for item, before, after in json.loads(text))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
