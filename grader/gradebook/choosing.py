"""Chooses which of several attempts counts, by the rules of the course: after collecting and before grading."""

from pathlib import Path

from sqlalchemy import Connection
from traitlets.config import Config

from grader.gradebook import own
from grader.gradebook.attempts import Attempt, Worth, restore, settle
from grader.gradebook.folder import NoKey, open_quiz
from grader.gradebook.late import penalty_of
from grader.gradebook.policy import rules_of
from grader.scoring import score_record
from grader.sheet import KeySheet, Sheet


def choose(course: Path, config: Config, quiz: str, db: Connection) -> tuple[str, ...]:
    """Put the attempt that counts where both doors find it; returns the learners of whom not the last one counts."""
    rule = rules_of(course, quiz).attempts
    if rule == "last":
        restore(course, quiz)
        return ()
    try:
        sheet, keys = open_quiz(course, quiz)
    except NoKey:  # not to be graded yet, so nothing is better than the last
        restore(course, quiz)
        return ()
    return settle(course, sheet, rule, worth(course, config, sheet, keys, own.allowed(db, quiz)))


def worth(course: Path, config: Config, sheet: Sheet, keys: KeySheet, allowed: own.Allowed) -> Worth:
    """What attempts are worth: the points that need no person, less what lateness costs."""
    penalty = penalty_of(course, config, sheet.quiz)

    def net(learner: str, attempt: Attempt) -> float:
        scores, _ = score_record(keys, sheet, attempt.record, learner)
        points = sum(score.points for score in scores.values())
        late = allowed.seconds_late(learner, attempt.at)
        return points - min(max((penalty(learner, points, late) if late else 0.0) or 0.0, 0.0), points)

    return net
