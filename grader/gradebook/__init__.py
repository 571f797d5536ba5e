"""The instructor's side of a course: nbgrader, its gradebook and the feedback pages.

Light to import: nbgrader itself is loaded only by the modules that need it.
"""

from pathlib import Path

from grader.answers import read
from grader.gradebook.folder import course_of, open_quiz
from grader.gradebook.submission import known_as, logins_of
from grader.scoring import score_record


def points_here(quiz: str, item: str) -> float:
    """The points of one item for the submission in the working folder, for nbgrader's own executing grader.

    Reads the answers file that lies there and the key in the course folder above it. KeyError if
    the quiz has no such item, so that a cell without a key can never earn marks.
    """
    here = Path.cwd()
    sheet, keys = open_quiz(course_of(here), quiz)
    learner = here.parent.name
    reading = known_as(learner, logins_of(here, learner), read(here / f"{quiz}.answers.json"))
    scores, _ = score_record(keys, sheet, reading, learner)
    return scores[item].points
