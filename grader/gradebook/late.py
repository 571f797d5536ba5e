"""What late work loses, by the plug-in of the course. Loads nbgrader only where a course takes something off."""

import sys
from pathlib import Path
from typing import Any

from traitlets.config import Config

from grader.gradebook.posting import Penalty, no_penalty

SECTIONS = ("AssignLatePenalties", "LateSubmissionPlugin", "BasePlugin")


def penalty_of(course: Path, config: Config) -> Penalty:
    """The penalty a course's settings ask for; the plug-in may lie in the course folder, as with nbgrader."""
    own = [name for name in config if name in SECTIONS]
    return _Plugin(course, config) if own else no_penalty


class _Plugin:
    """nbgrader's plug-in, made when the first late submission asks for it."""

    def __init__(self, course: Path, config: Config) -> None:
        self.course, self.config = course, config
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
        step.init_plugin()
        return step
