"""Collects from nbgrader's exchange, as nbgrader does, and says what it did or would do."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from traitlets.config import Config

from grader.gradebook.cycle import StepFailed, collect, settings
from grader.gradebook.exchange import SafeCollect
from grader.gradebook.health import Opened
from grader.gradebook.roster import on_roster
from grader.reading import BadInput, Problem

STRANGER = "is not on the roster. nbgrader collects and grades it all the same."
WARNING = re.compile(r"^\[.*?\bWARNING\] (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Handed:
    """One submission in the exchange, and what collecting makes of it."""

    learner: str
    what: str
    handed_in: str
    came_as: str
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The submission in the form in which collecting from files reports it."""
        return {
            "learner": self.learner, "what": self.what, "files": [self.came_as] if self.what != "unchanged" else [],
            "earlier": [], "handed_in": self.handed_in, "remarks": list(self.remarks), "logins": [],
        }  # fmt: skip


def from_exchange(opened: Opened, quiz: str, dry_run: bool) -> tuple[tuple[Handed, ...], tuple[str, ...]]:
    """Collect what lies in the exchange. Returns the submissions and nbgrader's warnings; a dry run only looks."""
    collector = _collector(opened.folder, quiz)
    try:
        collector.set_timestamp()
        collector.init_src()
    except ExchangeError as error:
        right = f"Was it ever released? nbgrader release_assignment {quiz}"
        raise BadInput([Problem(str(opened.exchange), 1, "", f"cannot be collected from ({error}).", right)]) from None
    found = tuple(_handed(opened.folder, quiz, record) for record in collector.src_records)
    if dry_run:
        return found, ()
    try:
        log = collect(opened.folder, quiz)
    except StepFailed as error:
        raise BadInput([Problem(str(opened.exchange), 1, "", f"cannot be collected from ({error}).", "")]) from None
    return found, tuple(WARNING.findall(log))


def _handed(course: Path, quiz: str, record: dict[str, Any]) -> Handed:
    learner, at = record["username"], record["timestamp"].replace(tzinfo=UTC)
    folder = CourseDirectory(config=settings(course))
    here = folder.get_existing_timestamp(str(course / "submitted" / learner / quiz))
    there = (course / "submitted" / learner / quiz).is_dir()
    newer = here is None or at > here.replace(tzinfo=UTC)
    what = ("replaced" if newer else "unchanged") if there else "collected"
    remarks = () if learner in on_roster(course) else (STRANGER,)
    return Handed(learner, what, _iso(at), record["filename"], remarks)


def _collector(course: Path, quiz: str) -> SafeCollect:
    config = settings(course)
    config.merge(Config({"CourseDirectory": {"assignment_id": quiz}, "ExchangeCollect": {"update": True}}))
    return SafeCollect(
        config=config, coursedir=CourseDirectory(config=config), authenticator=Authenticator(config=config)
    )


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
