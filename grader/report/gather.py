"""Gathers what a class handed in for a quiz, and what nbgrader’s gradebook says about it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.answers import Entry, Reading, Record
from grader.diagnosis import Evidence, weigh
from grader.gradebook.attempts import Counted, counted
from grader.gradebook.folder import KEYS, NoKey, key_path, open_quiz
from grader.gradebook.marks import Mark
from grader.gradebook.policy import DEFAULT, Rules, rules_of
from grader.gradebook.submission import handed_in, kept, logins_of, plain_bytes
from grader.reading import BadInput, Problem, nearest
from grader.report.register import Entered, register
from grader.scoring import Score, score_record
from grader.sheet import KeySheet, Question, Sheet


@dataclass(frozen=True)
class Person:
    """One learner: the answers, what they are worth, the first answers, and the gradebook’s rows."""

    entered: Entered
    entries: Mapping[str, Entry]
    scores: Mapping[str, Score]
    first: Mapping[str, Score]
    troubles: tuple[str, ...]
    here: bool
    called: str
    """The name by which the person’s variants were chosen: the id, or a login of theirs."""
    attempt: Counted | None = None
    """Which of several attempts counts."""

    @property
    def id(self) -> str:
        """The name under which the person hands in."""
        return self.entered.id

    @property
    def graded(self) -> bool:
        """Whether the gradebook holds marks."""
        return bool(self.entered.marks)

    @property
    def waiting(self) -> bool:
        """Whether an answer still waits for a person, so that the score may rise."""
        if self.graded:
            return any(mark.waiting for mark in self.entered.marks.values())
        return any(score.verdict == "by-hand" for score in self.scores.values())

    @property
    def points(self) -> float:
        """The score that counts: the gradebook’s, less what lateness costs; before grading, that of the answers."""
        if not self.graded:
            return sum(score.points for score in self.scores.values())
        return max(sum(mark.score for mark in self.entered.marks.values()) - self.entered.late, 0.0)

    def mark(self, item: str) -> Mark | None:
        """The gradebook’s row of one item."""
        return self.entered.marks.get(item)

    def changed(self, item: str) -> bool:
        """Whether the person changed a complete first answer later."""
        entry = self.entries.get(item)
        return bool(entry and entry.first and entry.first != entry.answer)


@dataclass(frozen=True)
class Class:
    """Everybody’s work on one quiz."""

    course: Path
    sheet: Sheet
    keys: KeySheet
    people: tuple[Person, ...]
    strangers: tuple[str, ...]
    beliefs: Mapping[str, Mapping[str, Evidence]]
    """By learner and belief: the evidence from the first answers in all quizzes handed in so far."""
    others: tuple[tuple[Sheet, KeySheet], ...] = ()
    """The other quizzes of the course."""
    rules: Rules = DEFAULT
    """What holds for late work, several attempts and feedback."""

    @cached_property
    def here(self) -> tuple[Person, ...]:
        """Those whose answers could be read and count."""
        return tuple(person for person in self.people if person.here and not person.entered.excused)

    @property
    def most(self) -> float:
        """The points of the whole quiz."""
        return sum(item.points for item in self.sheet.items)

    def question(self, person: Person, item: str) -> Question:
        """The variant of an item that a person met."""
        return self.sheet.item(item).pick(self.sheet.salt, person.called)


def gather(course: Path, quiz: str, step: Callable[[], None] = lambda: None) -> Class:
    """Read everything there is about a quiz. Nothing a learner handed in is run or trusted; BadInput without a key.

    ``step`` is called for each submission read, so that somebody who waits can be told.
    """
    sheet, keys = _opened(course, quiz)
    entered = register(course, quiz)
    people = tuple(_person(course, sheet, keys, one, step) for one in entered)
    known = {one.id for one in entered}
    strangers = sorted(name for name in _folders(course / "submitted") if name not in known)
    strangers = [name for name in strangers if (course / "submitted" / name / quiz).is_dir()]
    others = tuple(_others(course, quiz))
    evidence = _evidence(course, people, others, step)
    return Class(course, sheet, keys, people, tuple(strangers), evidence, others, rules_of(course, quiz))


def quizzes(course: Path) -> list[str]:
    """The quizzes of a course that have a key."""
    return sorted(path.stem for path in (course / KEYS).glob("*.json"))


def _opened(course: Path, quiz: str) -> tuple[Sheet, KeySheet]:
    try:
        if quiz not in quizzes(course):
            raise NoKey(f"there is no quiz “{quiz}” in this course. {nearest(quiz, quizzes(course))}")
        return open_quiz(course, quiz)
    except NoKey as missing:
        right = "Release the quiz first, with the key that belongs to it."
        raise BadInput([Problem(str(key_path(course, quiz)), 1, "", f"{missing}", right)]) from None


def _person(course: Path, sheet: Sheet, keys: KeySheet, entered: Entered, step: Callable[[], None]) -> Person:
    step()
    reading = _reading(course, sheet, entered.id)
    scores, troubles = score_record(keys, sheet, reading, entered.id)
    own = _own(reading.record, sheet, entered.id)
    entries, called = dict(own.items) if own else {}, reading.name(entered.id)
    first, _ = score_record(keys, sheet, replace(own, items=_first(entries)) if own else None, entered.id)
    attempt, seen = counted(course, sheet, entered.id), troubles if reading.found else ()
    return Person(entered, entries, scores, first, seen, own is not None, called, attempt)


def _own(record: Record | None, sheet: Sheet, learner: str) -> Record | None:
    return record if record and record.of(sheet.quiz, sheet.mode) and record.learner == learner else None


def _first(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The entries with the first complete answer in the place of the last one, where there was one."""
    return {id: replace(entry, answer=entry.first or entry.answer) for id, entry in entries.items()}


def _reading(course: Path, sheet: Sheet, learner: str) -> Reading:
    """What was handed in; where that is gone, what was graded."""
    folder = course / "submitted" / learner / sheet.quiz
    if folder.is_dir():
        return handed_in(folder, sheet, learner, logins_of(course, learner))
    graded = _notebook(course / "autograded" / learner / sheet.quiz / f"{sheet.quiz}.ipynb")
    try:
        return kept(graded["metadata"])
    except (KeyError, TypeError, AttributeError, ValueError):
        return Reading(None, found=False)


def _notebook(path: Path) -> Any:
    """A notebook as plain data, or nothing: no link is followed, no large file read, no error passed on."""
    with suppress(ValueError, RecursionError):
        return json.loads(plain_bytes(path))
    return {}


def _folders(parent: Path) -> Iterable[str]:
    return [path.name for path in parent.iterdir() if path.is_dir()] if parent.is_dir() else []


def _others(course: Path, quiz: str) -> Iterator[tuple[Sheet, KeySheet]]:
    for other in quizzes(course):
        with suppress(NoKey):
            if other != quiz:
                yield open_quiz(course, other)


def _evidence(
    course: Path, people: tuple[Person, ...], others: Iterable[tuple[Sheet, KeySheet]], step: Callable[[], None]
) -> dict[str, dict[str, Evidence]]:
    """Weigh the first answers of each person in this quiz and in all others handed in so far."""
    scores: dict[str, list[Score]] = {person.id: list(person.first.values()) for person in people if person.here}
    for sheet, keys in others:
        for learner, found in scores.items():
            more = _person(course, sheet, keys, Entered(learner), step)
            found += more.first.values() if more.here else ()
    return {learner: weigh(found) for learner, found in scores.items()}
