"""Misconceptions: wrong rules that compute wrong answers.

Each gives the wrong option of a question, the feedback on it, the diagnosis in reports, and a
mutant of the course: a misconception that no scenario exposes is not taught.
"""

from grader.findings import Answer
from grader.misconceptions import coexistence, duration, issuance, mutual, violations, waiver
from grader.misconceptions.model import MISCONCEPTIONS, Misconception, Mistake, View

__all__ = [
    "MISCONCEPTIONS",
    "Misconception",
    "Mistake",
    "View",
    "coexistence",
    "duration",
    "issuance",
    "mistakes",
    "mutual",
    "offered",
    "violations",
    "waiver",
]


def mistakes(view: View) -> list[tuple[Misconception, Mistake]]:
    """What each misconception that bears on the question concludes, in a fixed order."""
    found = ((misconception, misconception.mistake(view)) for misconception in MISCONCEPTIONS.values())
    return [(misconception, mistake) for misconception, mistake in found if mistake is not None]


def offered(view: View, right: Answer, most: int = 3) -> list[tuple[Misconception, Mistake]]:
    """The wrong options of a question: close beliefs before generic ones, no reason twice.

    At most one of them gives the right answer for a wrong reason, so that the answer alone cannot
    be guessed from the options and still differs from most of them.
    """
    found = sorted(mistakes(view), key=lambda pair: pair[0].generic)
    chosen: list[tuple[Misconception, Mistake]] = []
    for pair in found:
        same = pair[1].answer == right
        taken = any(other[1].answer == right for other in chosen)
        if (same and (taken or not isinstance(right, str))) or any(o[1].says == pair[1].says for o in chosen):
            continue
        chosen.append(pair)
    beside = [pair for pair in chosen if pair[1].answer == right]
    wrong = [pair for pair in chosen if pair[1].answer != right]
    return [*wrong[: most - len(beside)], *beside]
