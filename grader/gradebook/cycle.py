"""The steps of a course, by nbgrader's own code in this process: from release to feedback.

Each step reads the course's nbgrader_config.py as the command of that name would, so a course run
from here and one run from a terminal or from formgrader are the same. A learner's steps use the
settings nbgrader has for that purpose (student id, assignment folder, cache), so several learners
can be played by one user of the machine.
"""

import warnings
from pathlib import Path
from typing import Any

from nbgrader.auth import Authenticator
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from nbgrader.utils import capture_log
from traitlets.config import Config

from grader.gradebook.settings import load

CACHE = ".nbgrader_cache"


class StepFailed(RuntimeError):
    """A step did not succeed for everybody. Carries nbgrader's log."""


def generate(course: Path, quiz: str, force: bool = False) -> str:
    """Make the learners' version of a quiz and enter it in the gradebook. Returns the log, as every step does."""
    return _convert(GenerateAssignment, course, quiz, force=force)


def release(course: Path, quiz: str) -> str:
    """Put a quiz where learners can fetch it."""
    return _exchange("ReleaseAssignment", _config(course, quiz))


def fetch(course: Path, quiz: str, learner: str, folder: Path) -> str:
    """Fetch a quiz as a learner does, into ``folder/quiz``."""
    return _exchange("FetchAssignment", _learner(course, quiz, learner, folder))


def submit(course: Path, quiz: str, learner: str, folder: Path) -> str:
    """Hand in ``folder/quiz`` as a learner does."""
    return _exchange("Submit", _learner(course, quiz, learner, folder))


def collect(course: Path, quiz: str) -> str:
    """Collect what was handed in, and later versions of what was collected before."""
    return _exchange("Collect", _config(course, quiz, ExchangeCollect={"update": True}))


def autograde(course: Path, quiz: str, learner: str = "*") -> str:
    """Grade everybody's submissions, or those of one learner, again if need be.

    StepFailed if some could not be graded; all the others are graded then.
    """
    return _convert(Autograde, course, quiz, learner, force=True)


def feedback(course: Path, quiz: str, learner: str = "*") -> str:
    """Write the feedback pages and release them to the learners."""
    log = _convert(GenerateFeedback, course, quiz, learner, force=True)
    return log + _exchange("ReleaseFeedback", _config(course, quiz, CourseDirectory={"student_id": learner}))


def fetch_feedback(course: Path, quiz: str, learner: str, folder: Path) -> str:
    """Fetch the feedback as a learner does, into ``folder/quiz/feedback``."""
    return _exchange("FetchFeedback", _learner(course, quiz, learner, folder))


def settings(course: Path) -> Config:
    """The settings of a course, as nbgrader reads them."""
    return load(course)


def _config(course: Path, quiz: str, **more: dict[str, Any]) -> Config:
    config = settings(course)
    config.merge(Config({"CourseDirectory": {"assignment_id": quiz}}))
    config.merge(Config(more))
    return config


def _learner(course: Path, quiz: str, learner: str, folder: Path) -> Config:
    exchange = {"assignment_dir": str(folder), "cache": str(folder / CACHE)}
    return _config(course, quiz, CourseDirectory={"student_id": learner}, Exchange=exchange)


def _exchange(action: str, config: Config) -> str:
    make = getattr(ExchangeFactory(config=config), action)
    return _run(make(coursedir=CourseDirectory(config=config), authenticator=Authenticator(config=config)))


def _convert(kind: type, course: Path, quiz: str, learner: str = "*", force: bool = False) -> str:
    config = _config(course, quiz, CourseDirectory={"student_id": learner})
    return _run(kind(coursedir=CourseDirectory(config=config), config=config, force=force))


def _run(app: Any) -> str:
    with warnings.catch_warnings():
        # nbgrader reads the objects it is about to add; SQLAlchemy warns of it three times, and nothing is lost
        warnings.filterwarnings("ignore", message="Object of type .* not in session")
        result = capture_log(app)
    log = str(result.get("log", ""))
    if not result["success"]:
        raise StepFailed(log or result["error"])
    return log
