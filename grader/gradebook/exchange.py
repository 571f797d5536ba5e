"""Collects submissions without trusting them: no link, no device, no giant leaves the exchange.

Fetching leaves a mark beside the submissions, because nbgrader itself keeps no trace of it.
"""

import contextlib
import os
import shutil
import stat
import sys
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from logging import Logger
from pathlib import Path
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect, ExchangeFetchAssignment, ExchangeReleaseAssignment
from nbgrader.utils import get_username, ignore_patterns, parse_utc

from grader.gradebook.roster import on_roster
from grader.gradebook.roster_checks import SHARED
from grader.reading import BadInput

if sys.platform != "win32":
    import pwd

MOST_FILES = 200
FETCHED = "fetched"
WRITE_ONLY = 0o1733  # everybody may leave a mark, nobody may list or take away those of others


class OpenRelease(ExchangeReleaseAssignment):  # type: ignore[misc]
    """Releases a quiz, and makes the folder in which those who fetch it leave a mark."""

    def init_dest(self) -> None:
        """Make the folders of the exchange."""
        super().init_dest()
        marks = Path(self.course_path, FETCHED)
        if not marks.is_dir():
            marks.mkdir()
            marks.chmod(WRITE_ONLY)


class NotedFetch(ExchangeFetchAssignment):  # type: ignore[misc]
    """Fetches a quiz and leaves a mark that says so. Where no mark can be left, fetching works all the same."""

    def copy_files(self) -> None:
        """Copy the quiz to the learner."""
        super().copy_files()
        course = self.coursedir
        name = course.student_id if course.student_id not in ("", "*") else get_username()
        mark = Path(self.root, course.course_id, FETCHED, f"{name}+{course.assignment_id}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with contextlib.suppress(OSError, ValueError):
            os.close(os.open(mark, flags, 0o644))


class SafeCollect(ExchangeCollect):  # type: ignore[misc]
    """Collects what learners handed in. One bad submission is reported and never stops the others.

    A link would be followed with the instructor's rights, to the key or to somebody else's answers.
    So links, pipes and devices stay behind, and so do files over the size limit of the course.
    """

    src_records: list[dict[str, Any]]
    check_owner: bool

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except (ExchangeError, ValueError, OverflowError):
            record = {"username": "", "filename": os.path.basename(path), "timestamp": datetime.min}
        record["login"] = record["username"]
        record["username"] = self._learners.get(record["login"].lower(), record["login"])
        return record

    @cached_property
    def _learners(self) -> dict[str, str]:
        """Whom the roster knows by which name; work handed in under a login is collected for its learner."""
        try:
            roster = on_roster(Path(self.coursedir.root))
        except BadInput as bad:
            self.log.warning("The roster cannot be read, so logins are taken as they are: %s", bad)
            return {}
        return {name.lower(): one.id for one in roster.values() for name in one.names if name.lower() not in SHARED}

    def init_src(self) -> None:
        """Find the submissions; leave out those whose folder is a link or has no proper name."""
        super().init_src()
        found = self.src_records
        for record in found:
            if not self._is_plain(record):
                self.log.warning("Not collected, because it is no plain submission: %s", record["filename"])
        self.src_records = [record for record in found if self._is_plain(record)]

    def copy_files(self) -> None:
        """Copy the submissions. One that belongs to another user of the machine is reported."""
        for record in self.src_records if self.check_owner else ():
            owner = _owner(os.path.join(self.inbound_path, record["filename"]))
            if owner is not None and owner not in (record["login"], record["username"]):
                self.log.warning("Handed in as %s, but owned by %s: %s", record["login"], owner, record["filename"])
        self.check_owner = False  # nbgrader would compare the learner's id, which need not be the login
        super().copy_files()

    def do_copy(self, src: str, dest: str, log: Logger | None = None) -> None:
        """Copy one submission; what is refused is named in the log."""
        if sum(len(files) for _, _, files in os.walk(src)) > MOST_FILES:
            self.log.warning("Not collected, because it holds more than %d files: %s", MOST_FILES, src)
            return
        try:
            shutil.copytree(src, dest, ignore=self._refused, symlinks=True)
        except (OSError, shutil.Error) as error:
            self.log.warning("Not collected, because it cannot be copied (%s): %s", error, src)
            shutil.rmtree(dest, ignore_errors=True)
            return
        self._finish(Path(dest), super()._path_to_record(src)["timestamp"])

    def _is_plain(self, record: dict[str, Any]) -> bool:
        path = Path(self.inbound_path, record["filename"])
        name = record["username"]
        return bool(name) and name not in (".", "..") and "/" not in name and path.is_dir() and not path.is_symlink()

    def _refused(self, folder: str, names: list[str]) -> Iterable[str]:
        course = self.coursedir
        by_rule = ignore_patterns(course.ignore, course.include, course.max_file_size, self.log)(folder, names)
        odd = [name for name in names if not _is_file_or_folder(os.path.join(folder, name))]
        for name in odd:
            self.log.warning("Left behind, because it is a link or a device: %s", os.path.join(folder, name))
        return {*by_rule, *odd}

    def _finish(self, dest: Path, moment: datetime) -> None:
        """Take away a link that came in during the copying, and give the submission a readable time."""
        for path in [path for path in dest.rglob("*") if path.is_symlink()]:
            path.unlink()
        stamp = dest / "timestamp.txt"
        try:
            readable = bool(parse_utc(stamp.read_text(encoding="utf-8").strip()))
        except (OSError, ValueError, OverflowError):
            readable = False
        if not readable:
            stamp.unlink(missing_ok=True)
            stamp.write_text(f"{moment} UTC", encoding="utf-8")


def _owner(path: str) -> str | None:
    """The user of the machine to whom a folder belongs; None where the system has no users."""
    if sys.platform == "win32":
        return None
    try:
        return pwd.getpwuid(os.lstat(path).st_uid).pw_name
    except (KeyError, OSError):
        return "an unknown user"


def _is_file_or_folder(path: str) -> bool:
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)
