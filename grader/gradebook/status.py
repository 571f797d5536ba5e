"""Where a course stands: for each quiz and learner what was released, fetched, handed in, collected and graded."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.answers import moment
from grader.gradebook.book import gradebook
from grader.gradebook.exchange import FETCHED
from grader.gradebook.folder import NoKey, open_quiz
from grader.gradebook.health import Opened, quizzes_in
from grader.gradebook.roster import on_roster
from grader.gradebook.unmatched import read_list

STATES = ("nothing", "fetched", "handed in", "collected", "outdated", "waiting", "graded")


@dataclass(frozen=True)
class Place:
    """Where one learner stands with one quiz. Times are ISO, UTC; empty where it has not happened or is not known.

    ``state`` is the latest thing that happened: ``handed in`` waits to be collected, ``outdated`` was graded before
    a later version was collected, ``waiting`` has a text that a person must mark.
    """

    learner: str
    quiz: str
    state: str
    fetched: str = ""
    handed_in: str = ""
    collected: str = ""
    score: float | None = None
    max_score: float | None = None
    feedback: bool = False
    on_roster: bool = True


@dataclass(frozen=True)
class QuizStatus:
    """Where a quiz stands: its version, whether it can be fetched, and files nobody could be given."""

    quiz: str
    version: str
    released: bool
    problem: str
    unmatched: int
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Status:
    """Where a course stands."""

    quizzes: tuple[QuizStatus, ...]
    places: tuple[Place, ...]

    def as_json(self) -> dict[str, Any]:
        """The status as plain data."""
        return {"quizzes": [asdict(one) for one in self.quizzes], "learners": [asdict(one) for one in self.places]}


def status(opened: Opened, only: str | None = None) -> Status:
    """Look at folders, exchange and gradebook; nothing is changed."""
    quizzes = (only,) if only else quizzes_in(opened.folder)
    graded = _graded(opened)
    inbound = _newest(opened.exchange / opened.course_id / "inbound", opened.folder)
    fetched = _marks(opened.exchange / opened.course_id / FETCHED, opened.folder)
    places = [place for quiz in quizzes for place in _places(opened, quiz, graded, inbound, fetched)]
    return Status(tuple(_quiz(opened, quiz, places) for quiz in quizzes), tuple(places))


def _quiz(opened: Opened, quiz: str, places: list[Place]) -> QuizStatus:
    try:
        version, problem = open_quiz(opened.folder, quiz)[0].version, ""
    except NoKey as error:
        version, problem = "", str(error)
    released = (opened.exchange / opened.course_id / "outbound" / quiz).is_dir()
    mine = [place for place in places if place.quiz == quiz]
    counts = {state: sum(place.state == state for place in mine) for state in STATES}
    return QuizStatus(quiz, version, released, problem, len(read_list(opened.folder, quiz)), counts)


Times = Mapping[tuple[str, str], datetime]


def _places(opened: Opened, quiz: str, graded: Mapping[Any, Any], inbound: Times, fetched: Times) -> Iterator[Place]:
    roster = on_roster(opened.folder)
    collected = {folder.parent.name: folder for folder in (opened.folder / "submitted").glob(f"*/{quiz}")}
    others = {learner for learner, name in (*inbound, *graded) if name == quiz} | collected.keys()
    for learner in (*roster, *sorted(others - roster.keys())):
        at = (learner, quiz)
        stamp = _stamp(collected[learner]) if learner in collected else None
        row = graded.get(at)
        yield Place(
            learner, quiz, _state(fetched.get(at), inbound.get(at), stamp, row),
            _iso(fetched.get(at)), _iso(inbound.get(at) or stamp), _iso(stamp),
            row["score"] if row else None, row["max_score"] if row else None,
            (opened.folder / "feedback" / learner / quiz).is_dir(), learner in roster,
        )  # fmt: skip


def _state(fetched: datetime | None, inbound: datetime | None, collected: datetime | None, row: Any) -> str:
    if collected is None:
        return "handed in" if inbound else "fetched" if fetched else "nothing" if not row else "graded"
    if inbound and inbound > collected:
        return "handed in"
    if row is None:
        return "collected"
    graded = row["timestamp"]
    if graded is None or graded.replace(tzinfo=UTC) < collected:
        return "outdated"
    return "waiting" if row["needs_manual_grade"] else "graded"


def _graded(opened: Opened) -> dict[tuple[str, str], Any]:
    with gradebook(opened.folder) as book:
        rows = [row for quiz in book.assignments for row in book.submission_dicts(quiz.name)]
    return {(row["student"], row["name"]): row for row in rows}


def _newest(inbound: Path, course: Path) -> dict[tuple[str, str], datetime]:
    """The latest submission of each learner to each quiz that lies in the exchange."""
    found: dict[tuple[str, str], datetime] = {}
    ids = _ids(course)
    for name in _listed(inbound):
        login, plus, rest = name.partition("+")
        quiz, _, stamp = rest.partition("+")
        at = moment(stamp.partition("+")[0].removesuffix(" UTC"))
        if plus and at.year > 1:
            key = (ids.get(login.lower(), login), quiz)
            found[key] = max(found.get(key, at), at)
    return found


def _marks(folder: Path, course: Path) -> dict[tuple[str, str], datetime]:
    """When each learner fetched each quiz, as far as the exchange tells."""
    found, ids = {}, _ids(course)
    for name in _listed(folder):
        login, plus, quiz = name.partition("+")
        if plus:
            at = datetime.fromtimestamp((folder / name).lstat().st_mtime, UTC)
            found[ids.get(login.lower(), login), quiz] = at
    return found


def _ids(course: Path) -> dict[str, str]:
    return {name.lower(): one.id for one in on_roster(course).values() for name in one.names}


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _stamp(folder: Path) -> datetime:
    try:
        at = moment((folder / "timestamp.txt").read_text(encoding="utf-8").strip().removesuffix(" UTC"))
    except (OSError, ValueError):
        at = moment("")
    return at if at.year > 1 else datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def _iso(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
