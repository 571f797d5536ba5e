"""What late work loses: by course.yaml, or by a plug-in of the course's own. Loads nbgrader only for the latter."""

import sys
from pathlib import Path
from typing import Any

from traitlets.config import Config

from grader.gradebook.config import LATE
from grader.gradebook.policy import FILE, rules_of
from grader.gradebook.posting import Penalty, no_penalty
from grader.reading import BadInput, Problem

SECTIONS = ("AssignLatePenalties", "LateSubmissionPlugin", "BasePlugin")
PLUGIN = "grader.gradebook.late_plugin.ByCourseFile"


def penalty_of(course: Path, config: Config, quiz: str) -> Penalty:
    """The penalty a course asks for; a plug-in may lie in the course folder, as with nbgrader.

    BadInput if course.yaml takes something off and nbgrader would not know of it.
    """
    if _plugin(config) == PLUGIN:
        late = rules_of(course, quiz).late
        return lambda learner, points, seconds: late.taken_off(points, seconds)
    if rules_of(course, quiz).late.percent:
        right = f"Add to nbgrader_config.py:\n{LATE}\nor set percent to 0."
        wrong = "takes points off late work, but nbgrader_config.py does not tell nbgrader of it."
        raise BadInput([Problem(str(course / FILE), 1, "late", wrong, right)])
    own = [name for name in config if name in SECTIONS]
    return _Plugin(course, config, quiz) if own else no_penalty


def late_rule(course: Path, config: Config, quiz: str) -> str:
    """The rule in short, so that work is graded again when it changes; empty where course.yaml takes nothing off."""
    late = rules_of(course, quiz).late
    return repr(late) if late.percent and _plugin(config) == PLUGIN else ""


def _plugin(config: Config) -> str:
    named = config.get("AssignLatePenalties", {}).get("plugin_class", "")
    return named if isinstance(named, str) else f"{named.__module__}.{named.__qualname__}"


class _Plugin:
    """A plug-in for nbgrader, made when the first late submission asks for it."""

    def __init__(self, course: Path, config: Config, quiz: str) -> None:
        self.course, self.config, self.quiz = course, config, quiz
        self.step: Any = None

    def __call__(self, learner: str, points: float, seconds: float) -> float | None:
        if self.step is None:
            self.step = self._made()
        taken_off: float | None = self.step.plugin_inst.late_submission_penalty(learner, points, seconds)
        return taken_off

    def _made(self) -> Any:
        from nbgrader.preprocessors import AssignLatePenalties

        if str(self.course) not in sys.path:
            sys.path.insert(0, str(self.course))
        step = AssignLatePenalties(config=self.config)
        step.assignment_id = self.quiz
        step.init_plugin()
        return step
