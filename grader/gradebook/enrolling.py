"""Changes a course after it was made: more quizzes, more learners, further logins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from nbgrader.api import MissingEntry

from grader.gradebook.book import gradebook
from grader.gradebook.course import add_quiz, fill_gradebook, keep_roster
from grader.gradebook.cycle import generate
from grader.gradebook.folder import NoKey, key_path, open_quiz, source_path
from grader.gradebook.health import Opened
from grader.gradebook.roster import Learner, on_roster
from grader.gradebook.roster_checks import SHARED
from grader.reading import BadInput, Problem
from grader.sheet import KeySheet, Sheet

HANDED_OUT = (
    "Answers to the old version cannot be graded by the new one. Add the new version under a name of its own "
    "(--as {quiz}-2), or take the old one back first (grader course reset {quiz})."
)


@dataclass(frozen=True)
class Change:
    """What a new roster changes. ``gone`` are learners of the course who are not on it; they stay enrolled."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    roster: tuple[Learner, ...]


def renamed(built: tuple[Sheet, KeySheet], name: str) -> tuple[Sheet, KeySheet]:
    """A quiz under another name, such as for a new version beside the old one."""
    sheet, keys = built
    return replace(sheet, quiz=name), replace(keys, quiz=name)


def add(opened: Opened, sheet: Sheet, keys: KeySheet, dry_run: bool = False) -> str:
    """Add a quiz to a course, or replace one that nobody has yet. Says what was done.

    BadInput if learners have another version already. A run that was cut short is finished by the next one.
    """
    course, quiz = opened.folder, sheet.quiz
    state = _state(opened, sheet)
    if state == "there":
        return f"{quiz} is there already, version {sheet.version}."
    if state == "handed out":
        wrong = f"is in the hands of learners in another version than {sheet.version}."
        raise BadInput([Problem(str(source_path(course, quiz)), 1, "", wrong, HANDED_OUT.format(quiz=quiz))])
    if not dry_run:
        add_quiz(course, sheet, keys)
        generate(course, quiz, force=True)
    verb = {"old": "replaced", "new": "added"}[state]
    return f"{quiz} {'would be' if dry_run else 'is'} {verb}, version {sheet.version}."


def compare(course: Path, learners: Iterable[Learner]) -> Change:
    """What a new roster would change. Learners who are not on it keep their place.

    Logins are added, never taken away, and a number of the learning platform stays where the new roster has none.
    """
    before = on_roster(course)
    after = {one.id: _kept(before.get(one.id), one) for one in learners}
    gone = tuple(before[id] for id in before if id not in after)
    both = [id for id in after if id in before and after[id] != before[id]]
    added = tuple(id for id in after if id not in before)
    return Change(added, tuple(both), tuple(one.id for one in gone), (*after.values(), *gone))


def enrol(course: Path, change: Change) -> None:
    """Enter a changed roster into gradebook and course. Nobody is ever taken out."""
    fill_gradebook(course, change.roster, ())
    keep_roster(course, change.roster)


def accept_logins(course: Path, logins: Mapping[str, Iterable[str]], dry_run: bool = False) -> tuple[str, ...]:
    """Add logins to learners of the roster. Says what was added; a login that is somebody else's is left out."""
    roster = dict(on_roster(course))
    taken = {name.lower() for one in roster.values() for name in one.names}
    added = []
    for learner, names in logins.items():
        fresh = [name for name in names if name.lower() not in taken - SHARED and name.split() == [name]]
        roster[learner] = replace(roster[learner], logins=(*roster[learner].logins, *fresh))
        taken |= {name.lower() for name in fresh}
        added += [f"{learner}: {name}" for name in fresh]
    if added and not dry_run:
        keep_roster(course, roster.values())
    return tuple(added)


def _kept(before: Learner | None, now: Learner) -> Learner:
    """A learner of a new roster with what only the old one knew."""
    if before is None:
        return now
    logins = tuple(dict.fromkeys((*before.logins, *now.logins)))
    return replace(now, lms_id=now.lms_id or before.lms_id, logins=logins)


def _state(opened: Opened, sheet: Sheet) -> str:
    """Whether a quiz is new to the course, there, there in an older version, or handed out in an older version."""
    course, quiz = opened.folder, sheet.quiz
    try:
        same = open_quiz(course, quiz)[0].version == sheet.version
    except NoKey:
        same = False
    with gradebook(course) as book:
        try:
            assignment = book.find_assignment(quiz)
        except MissingEntry:
            return "new" if not source_path(course, quiz).exists() else "old"
        entered, submitted = bool(assignment.notebooks), bool(assignment.submissions)
    if same and entered:
        return "there"
    out = (opened.exchange / opened.course_id / "outbound" / quiz).exists() or any(
        (course / "submitted").glob(f"*/{quiz}")
    )
    return "handed out" if out or submitted else "old" if key_path(course, quiz).exists() else "new"
