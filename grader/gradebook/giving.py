"""Writes the feedback pages of a class and gives them out: through the exchange, and as files to hand on."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import notebook_hash

from grader.cells import put
from grader.gradebook import own
from grader.gradebook.book import all_marks, gradebook, penalties
from grader.gradebook.cycle import release_feedback
from grader.gradebook.database import connected
from grader.gradebook.folder import NoKey, open_quiz
from grader.gradebook.gate import Gate, gate
from grader.gradebook.health import Opened
from grader.gradebook.marks import Mark
from grader.gradebook.pages import page
from grader.gradebook.policy import rules_of
from grader.gradebook.roster import on_roster
from grader.gradebook.shelf import files_in
from grader.gradebook.submission import kept, plain_bytes
from grader.reading import BadInput, Problem

IGNORED = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.ipynb")
MODE = 0o644
Step = Callable[[int], None]


@dataclass(frozen=True)
class Giving:
    """What giving feedback would do: whose pages are ready, whose are held back and why, who gets a file only."""

    quiz: str
    gate: Gate
    ready: tuple[str, ...]
    held: Mapping[str, str]
    by_file: tuple[str, ...]
    waiting_for: tuple[str, ...]
    marks: Mapping[str, Mapping[str, Mark]]
    late: Mapping[str, float]


def plan(opened: Opened, quiz: str, only: Iterable[str] | None = None) -> Giving:
    """Look at who was graded and what the rule of the course allows; BadInput if the quiz cannot be opened."""
    with connected(opened.db_url) as db:
        allowed = own.allowed(db, quiz)
    with gradebook(opened.folder) as book:
        marks, late = all_marks(book, quiz), penalties(book, quiz)
    gated, wanted = gate(opened.folder, quiz, allowed), set(marks if only is None else only)
    held = {one: why for one in sorted(wanted) if (why := _held(opened.folder, quiz, gated, one, marks.get(one, {})))}
    ready = tuple(one for one in sorted(wanted) if one not in held)
    inbound = _handed_in(opened, quiz)
    away = (one for one in on_roster(opened.folder) if one not in marks and one not in allowed.excused)
    files = tuple(one for one in ready if one not in inbound)
    return Giving(quiz, gated, ready, held, files, tuple(away), marks, late)


def give(opened: Opened, giving: Giving, folder: Path, step: Step = lambda n: None, now: bool = False) -> list[str]:
    """Write the pages, release them through the exchange and put them into a folder. Returns whose page is new."""
    try:
        sheet, keys = open_quiz(opened.folder, giving.quiz)
    except NoKey as error:
        raise BadInput([Problem(str(opened.folder), 1, giving.quiz, str(error), "Nothing was given out.")]) from None
    new, asked = [], rules_of(opened.folder, giving.quiz).language
    for learner in giving.ready:
        graded = opened.folder / "autograded" / learner / giving.quiz
        reading = kept(json.loads(plain_bytes(graded / f"{giving.quiz}.ipynb"))["metadata"])
        text = page(sheet, keys, reading, learner, giving.marks[learner], giving.late.get(learner, 0.0), asked)
        new += [learner] if _write(opened.folder, giving.quiz, learner, text.encode()) else []
        put(folder / f"{learner}.html", text.encode())
        step(1)
    if (opened.exchange / opened.course_id).is_dir():
        release_feedback(opened.folder, giving.quiz, giving.ready, now=now)
    with connected(opened.db_url) as db:
        own.note_given(db, giving.quiz, giving.ready)
    return new


def take_back(opened: Opened, quiz: str, folder: Path) -> int:
    """Take the pages out of the exchange and the folder. What learners fetched stays with them. Returns how many."""
    outbound, taken = opened.exchange / opened.course_id / "feedback", 0
    for secret in (opened.folder / "feedback").glob(f"*/{quiz}/submission_secret.txt"):
        name = notebook_hash(secret=secret.read_text(encoding="utf-8"), notebook_id=quiz)
        learner = secret.parent.parent.name
        places = [place for place in (outbound / f"{name}.html", folder / f"{learner}.html") if place.exists()]
        for place in places:
            place.unlink()
        taken += bool(places)
    return taken


def _held(course: Path, quiz: str, gated: Gate, learner: str, marks: Mapping[str, Mark]) -> str:
    graded = course / "autograded" / learner / quiz
    if not marks or not (graded / f"{quiz}.ipynb").is_file():
        return "is not graded yet"
    stamps = [plain_bytes(place / "timestamp.txt") for place in (graded, course / "submitted" / learner / quiz)]
    if all(stamps) and stamps[0] != stamps[1]:
        return "other work was collected since; grade it first"
    try:
        kept(json.loads(plain_bytes(graded / f"{quiz}.ipynb"))["metadata"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return "the graded notebook cannot be read; grade it again"
    return gated.held(marks)


def _write(course: Path, quiz: str, learner: str, text: bytes) -> bool:
    """Put a page where nbgrader's own command would, with all that came along; returns whether it is new."""
    graded, place = course / "autograded" / learner / quiz, course / "feedback" / learner / quiz
    files = {name: plain_bytes(graded / name) for name, plain in files_in(graded, IGNORED) if plain}
    files[f"{quiz}.html"] = text
    new = plain_bytes(place / f"{quiz}.html") != text
    for name, content in files.items():
        if plain_bytes(place / name) != content or not (place / name).exists():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            part = place / f"{name}.part"
            part.write_bytes(content)
            part.chmod(MODE)
            os.replace(part, place / name)
    return new


def _handed_in(opened: Opened, quiz: str) -> set[str]:
    """The learners who handed in through the exchange and so can fetch feedback from there."""
    names = {name.lower(): one.id for one in on_roster(opened.folder).values() for name in one.names}
    inbound = opened.exchange / opened.course_id / "inbound"
    try:
        logins = [entry.partition("+")[0] for entry in os.listdir(inbound) if f"+{quiz}+" in entry]
    except OSError:
        return set()
    return {names.get(login.lower(), login) for login in logins}
