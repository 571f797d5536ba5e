"""What a collected file is: a notebook or an answers file, of which quiz, by whom, and how late it was saved.

A piece is only read, never run. Whether it counts is decided when it is graded; here it is only put
in its place, and what is odd about it is said.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Literal

from grader.answers import Reading, Record, from_notebook, is_browser, moment, parse
from grader.gradebook.naming import Naming
from grader.gradebook.roster import Learner
from grader.gradebook.sources import NEVER, Found
from grader.origin import from_the_other
from grader.sheet import Sheet

Kind = Literal["notebook", "answers"]
NAMED = (".ipynb", ".json", ".txt", ".zip")

NOT_OURS = "is neither a notebook nor an answers file."
OTHER_QUIZ = "belongs to the quiz “{found}”, not to “{quiz}”."
FROM_PRACTICE = "is from practice, not from the quiz “{quiz}”. Practice is not graded."
NO_QUIZ = "is a notebook, but not of this quiz."
NOBODY = "fits nobody on the roster. {inside}"
SEVERAL = "fits several learners: {names}. {inside}"
INSIDE = "Inside it says “{login}”."
BROWSER = (
    "It comes from the learners’ site and holds no name: put the learner’s id into its name, then collect it again."
)
SOMEBODY = "is {learner}’s by its name, but holds the answers of {other}."
LOGIN = (
    "answered as “{login}”, which the roster does not know, so the answers earn nothing yet. "
    "If it is the learner’s, put it into the column login, or collect again with --accept-logins."
)
DAMAGED = "cannot be read as {what}. It is collected as it is."
VERSION = "answers version {found} of the quiz; learners were given {wanted}."
VARIANT = "answers another variant than the learner’s own ({items})."


@dataclass(frozen=True)
class Piece:
    """A notebook or answers file of one learner. ``own`` says that it holds this learner's answers to this quiz.

    ``moment`` is when it was handed in, ``saved`` when the learner last saved an answer. ``login`` is a name in it
    that the roster does not know, ``browser`` the made-up name of the browser in which it was answered.
    """

    kind: Kind
    digest: str
    moment: datetime
    own: bool = False
    saved: datetime = NEVER
    seq: int = 0
    name: str = ""
    login: str = ""
    browser: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[Any, ...]:
        """Which of two pieces counts: the learner's own, then the one saved later, then the one handed in later."""
        return self.own, self.saved, self.seq, self.moment, self.digest


def digest_of(content: bytes) -> str:
    """A short text that stands for the content of a file."""
    return blake2b(content, digest_size=16).hexdigest()


def wanted(name: str) -> bool:
    """Whether a file of this name may hold a learner's work."""
    return name.lower().endswith(NAMED)


class Reader:
    """Reads what a class handed in for one quiz."""

    def __init__(self, sheet: Sheet, roster: Mapping[str, Learner], received: datetime | None = None) -> None:
        self.sheet, self.roster, self.received = sheet, roster, received
        self.naming = Naming(roster.values())

    def sorted_in(self, found: Found) -> tuple[str, Piece] | str:
        """The learner a file belongs to, and what it is; or why it cannot be given to anybody."""
        if found.why:
            return found.why
        kind, data = _kind(found)
        if kind is None:
            return NOT_OURS
        reading = _reading(kind, data, found.content)
        if why := self._other_quiz(kind, data, reading):
            return why
        learner, why = self._learner(found, reading)
        return why if learner is None else (learner, self.piece(learner, kind, found, reading))

    def piece(self, learner: str, kind: Kind, found: Found, reading: Reading | None = None) -> Piece:
        """A file as a piece of a learner's work."""
        if reading is None:
            reading = _reading(kind, _kind(found)[1], found.content)
        record, names = reading.record, self.roster[learner].names if learner in self.roster else (learner,)
        piece = Piece(kind, digest_of(found.content), self._moment(found, reading), name=found.name)
        if record is None:
            words = "a notebook" if kind == "notebook" else "an answers file"
            return replace(piece, remarks=(DAMAGED.format(what=words),) if reading.troubles else ())
        browser = record.learner if is_browser(record.learner) else ""
        theirs = browser != "" or record.learner in names
        own, login = theirs and self._of_this_quiz(record), "" if theirs else record.learner
        remarks = (LOGIN.format(login=login),) if login else ()
        return replace(
            piece, own=own, saved=moment(record.saved), seq=record.seq, login=login, browser=browser,
            remarks=(*remarks, *self._odd(reading)),
        )  # fmt: skip

    def _moment(self, found: Found, reading: Reading) -> datetime:
        """When a file was handed in; where its time is lost, when it was saved, or now."""
        if self.received:
            return self.received
        if found.moment.year >= 2000:
            return found.moment
        saved = moment(reading.record.saved) if reading.record else found.moment
        return saved if saved.year >= 2000 and saved <= datetime.now(UTC) else datetime.now(UTC)

    def _other_quiz(self, kind: Kind, data: Any, reading: Reading) -> str:
        quiz = reading.record.quiz if reading.record else _quiz_of(data) if kind == "notebook" else self.sheet.quiz
        if quiz is None:
            return NO_QUIZ if data is not None else ""
        if quiz != self.sheet.quiz:
            return OTHER_QUIZ.format(found=quiz[:80], quiz=self.sheet.quiz)
        practised = _is_practice(data) or (reading.record and not self._of_this_quiz(reading.record))
        return FROM_PRACTICE.format(quiz=quiz) if practised else ""

    def _of_this_quiz(self, record: Record) -> bool:
        return record.quiz == self.sheet.quiz and not from_the_other(record, self.sheet)

    def _learner(self, found: Found, reading: Reading) -> tuple[str | None, str]:
        """Whose a file is: by its name, or else by what stands in it. Where the two disagree, nobody's."""
        owner = self.naming.owner(found.route, self.sheet.quiz)
        login = reading.record.learner if reading.record else ""
        inside = self.naming.known_as(login) if login else None
        if owner.learner:
            other = inside not in (None, owner.learner)
            return (None, SOMEBODY.format(learner=owner.learner, other=inside)) if other else (owner.learner, "")
        if inside and (not owner.candidates or inside in owner.candidates):
            return inside, ""
        says = BROWSER if is_browser(login) else INSIDE.format(login=login[:80]) if login else ""
        why = SEVERAL.format(names=", ".join(owner.candidates), inside=says) if owner.candidates else ""
        return None, (why or NOBODY.format(inside=says)).strip()

    def _odd(self, reading: Reading) -> tuple[str, ...]:
        record = reading.record
        assert record
        others = [
            item.id
            for item in self.sheet.items
            if (entry := record.items.get(item.id))
            and entry.variant != item.pick(self.sheet.salt, record.learner).variant
        ]
        version = VERSION.format(found=record.version[:40], wanted=self.sheet.version)
        return (
            *((version,) if record.version != self.sheet.version else ()),
            *((VARIANT.format(items=", ".join(others)),) if others else ()),
        )


def latest(pieces: Collection[Piece], kind: Kind) -> Piece | None:
    """The piece of a kind that counts."""
    return max((one for one in pieces if one.kind == kind), key=lambda one: one.order, default=None)


def _kind(found: Found) -> tuple[Kind | None, Any]:
    """What a file is, by what stands in it rather than by its name, which mail programs and browsers change."""
    name = found.route[-1].lower()
    if not name.endswith(NAMED):
        return None, None
    try:
        data = json.loads(found.content)
    except (ValueError, RecursionError):
        return ("notebook" if ".ipynb" in name else "answers" if ".json" in name else None), None
    if isinstance(data, dict) and "cells" in data:
        return "notebook", data
    answers = isinstance(data, dict) and "items" in data
    if not answers and name.endswith(".txt") and ".json" not in name and ".ipynb" not in name:
        return None, None
    return ("notebook" if ".ipynb" in name and not answers else "answers"), data


def _reading(kind: Kind, data: Any, content: bytes) -> Reading:
    if kind == "answers":
        return parse(content)
    return from_notebook(data) if isinstance(data, dict) else Reading(None, ("unreadable",))


def _quiz_of(notebook: Any) -> str | None:
    """The quiz a notebook was made for, as far as its metadata says so."""
    quiz = _of_sheet(notebook, "quiz")
    return quiz if isinstance(quiz, str) else None


def _is_practice(data: Any) -> bool:
    """Whether something holds the questions of practice: a notebook, whatever was answered in it."""
    return bool(_of_sheet(data, "mode") == "practice")


def _of_sheet(notebook: Any, name: str) -> Any:
    try:
        return notebook["metadata"]["grader"]["sheet"][name]
    except (KeyError, TypeError):
        return None
