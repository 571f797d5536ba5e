"""Gives feedback back through nbgrader's exchange, by the rule of the course, and stops for nobody.

nbgrader's own step gives out whatever lies there and ends at the first learner whose work came without a
secret, such as from a learning platform; nobody after that learner gets anything.
"""

import secrets
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from traitlets import Bool

from grader.gradebook import own
from grader.gradebook.book import all_marks, gradebook
from grader.gradebook.database import connected
from grader.gradebook.gate import gate
from grader.reading import BadInput

NO_SECRET = "%s handed in through files and cannot fetch feedback. Give out the page %s"


class CarefulRelease(ExchangeReleaseFeedback):  # type: ignore[misc]
    """Releases feedback when and to whom the rules of the course allow it."""

    now = Bool(False, help="Release feedback whatever the rule of the course says.").tag(config=True)

    def init_src(self) -> None:
        """Find the pages; fail while the rule of the course does not allow any."""
        super().init_src()
        course, quiz = Path(self.coursedir.root), self.coursedir.assignment_id
        try:
            with connected(self.coursedir.db_url) as db:
                self.gate = gate(course, quiz, own.allowed(db, quiz))
        except BadInput as bad:
            self.fail(str(bad))
        if not (self.gate.open or self.now):
            self.fail(f"{quiz} {self.gate.why} Feedback is given after closing (course.yaml).")

    def copy_files(self) -> None:
        """Copy the pages of those who may have them, and note who was given one."""
        course, quiz, kept_out = self.coursedir, self.coursedir.assignment_id, self.coursedir.student_id_exclude
        held = set() if self.now else self._held()
        course.student_id_exclude = ",".join([*(kept_out.split(",") if kept_out else ()), *sorted(held)])
        excluded = set(course.student_id_exclude.split(","))
        pages = [page for page in Path(course.root).glob(self._pattern) if page.parent.parent.name not in excluded]
        for page in pages:
            self._signed(page)
        try:
            super().copy_files()
        finally:
            course.student_id_exclude = kept_out
        with connected(course.db_url) as db:
            own.note_given(db, quiz, (page.parent.parent.name for page in pages))

    @property
    def _pattern(self) -> str:
        course = self.coursedir
        learner = course.student_id or "*"
        return f"{course.feedback_directory}/{learner}/{course.assignment_id}/{course.assignment_id}.html"

    def _held(self) -> set[str]:
        with gradebook(Path(self.coursedir.root)) as book:
            rows = all_marks(book, self.coursedir.assignment_id)
        held = {learner for learner, marks in rows.items() if self.gate.held(marks)}
        for learner in sorted(held):
            self.log.warning("Held back, because a text still waits to be marked: %s", learner)
        return held

    def _signed(self, page: Path) -> None:
        """Let a page without a secret through: nobody can fetch it, but those after it can fetch theirs."""
        secret, stamp = page.with_name("submission_secret.txt"), page.with_name("timestamp.txt")
        if not secret.exists():
            self.log.warning(NO_SECRET, page.parent.parent.name, page)
            secret.write_text(secrets.token_hex(64), encoding="utf-8")
        if not stamp.exists():
            stamp.write_text("", encoding="utf-8")
