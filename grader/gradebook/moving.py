"""Whose scores a new key changes, and by how much. Nothing is changed here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from traitlets.config import Config

from grader.answers import Reading
from grader.gradebook.attempts import Attempt, attempts_of, counting
from grader.gradebook.choosing import worth
from grader.gradebook.late import penalty_of
from grader.gradebook.marks import Mark
from grader.gradebook.own import Allowed
from grader.gradebook.policy import rules_of
from grader.gradebook.roster import on_roster
from grader.gradebook.shelf import STAMP, NoTime, handed_in_at
from grader.gradebook.submission import handed_in, plain_bytes
from grader.scoring import Score, score_record
from grader.sheet import KeySheet, Sheet

Standing = Mapping[str, tuple[float, Mapping[str, Mark]]]


@dataclass(frozen=True)
class Moved:
    """What changes for one learner: the score, the items by points before and after, and whether feedback was given."""

    learner: str
    before: float
    after: float
    items: tuple[tuple[str, float, float], ...] = ()
    told: bool = False


@dataclass(frozen=True)
class Class:
    """A class as far as scoring it anew needs it."""

    course: Path
    config: Config
    sheet: Sheet
    old: KeySheet
    allowed: Allowed
    standing: Standing
    told: Mapping[str, str]


def moved(
    work: Class, new: KeySheet, step: Callable[[int], None] = lambda n: None
) -> tuple[list[Moved], list[str], dict[str, str]]:
    """Whose score or points change; whose answers are gone; and which variants everybody met, by learner and item."""
    found, gone, names = [], [], {}
    penalty = penalty_of(work.course, work.config, work.sheet.quiz)
    for learner, (before, marks) in sorted(work.standing.items()):
        step(1)
        folder, reading = _counts(work, new, learner)
        if not reading.found:
            gone.append(learner)
            continue
        names[learner] = reading.name(learner)
        scores, _ = score_record(new, work.sheet, reading, learner)
        points = {item: _points(mark, scores[item]) for item, mark in marks.items() if item in scores}
        late = work.allowed.seconds_late(learner, _at(folder))
        whole = sum(points.values())
        off = min(max((penalty(learner, whole, late) if late else 0.0) or 0.0, 0.0), whole)
        items = tuple((item, marks[item].score, now) for item, now in points.items() if now != marks[item].score)
        if items or abs(whole - off - before) > 1e-6:
            found.append(Moved(learner, before, whole - off, items, learner in work.told))
    return found, gone, names


def _counts(work: Class, new: KeySheet, learner: str) -> tuple[Path, Reading]:
    """The work that counts under the new key: where the best attempt does, that may be another."""
    here, rule = work.course / "submitted" / learner / work.sheet.quiz, rules_of(work.course, work.sheet.quiz).attempts
    if rule != "last":
        net = worth(work.course, work.config, work.sheet, new, work.allowed)

        def value(one: Attempt) -> float:
            return net(learner, one)

        chosen = counting(list(attempts_of(work.course, work.sheet, learner)), rule, value)
        here = chosen.folder if chosen else here
    entry = on_roster(work.course).get(learner)
    return here, handed_in(here, work.sheet, learner, entry.logins if entry else ())


def _points(mark: Mark, score: Score) -> float:
    """What an item will count: the mark a person gave, else what the answer earns, with what was added by hand."""
    if mark.manual is not None or score.verdict == "by-hand":
        return mark.score
    return score.points + (mark.score - (mark.auto or 0.0))


def _at(folder: Path) -> datetime | None:
    try:
        return handed_in_at(plain_bytes(folder / STAMP))
    except NoTime:
        return None
