"""The rule on late work in course.yaml, as nbgrader asks for it."""

from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Unicode

from grader.gradebook.policy import rules_of


class ByCourseFile(LateSubmissionPlugin):  # type: ignore[misc]
    """What late work loses, by course.yaml. nbgrader makes it for each notebook it grades."""

    course = Unicode(help="The course folder.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """The points taken off; None for none."""
        late = rules_of(Path(self.course), self.parent.assignment_id).late
        return late.taken_off(score, total_seconds_late)
