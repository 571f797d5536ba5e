"""Hands out and collects without trusting anybody: no link, no device, no giant leaves the exchange.

nbgrader lets every user of the machine write into the exchange and rename what lies there. Here people may
add to it, but move away nothing that is not theirs, and read nothing that others handed in.
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
from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeFetchAssignment,
    ExchangeReleaseAssignment,
    ExchangeSubmit,
)
from nbgrader.utils import get_username, ignore_patterns, parse_utc

from grader.gradebook.attempts import keep, move_aside, restore
from grader.gradebook.choosing import choose
from grader.gradebook.database import connected
from grader.gradebook.roster import on_roster
from grader.gradebook.roster_checks import SAFE_ID, SHARED
from grader.gradebook.settings import load
from grader.reading import BadInput, legible

if sys.platform != "win32":
    import pwd

MOST_FILES = 200
ROOT = 0
FETCHED = "fetched"
WRITE_ONLY = 0o1733  # everybody may leave a mark, nobody may list or take away those of others


class OpenRelease(ExchangeReleaseAssignment):  # type: ignore[misc]
    """Releases a quiz, and makes the folder in which those who fetch it leave a mark.

    Everybody may write into the exchange and into what was handed in. The sticky bit keeps them from
    putting a course of their own, or nothing, in the place of what belongs to others.
    """

    def ensure_root(self) -> None:
        """Make the exchange, where everybody may write."""
        super().ensure_root()
        self._keep_in_place(Path(self.root))

    def init_dest(self) -> None:
        """Make the folders of the exchange."""
        super().init_dest()
        self._keep_in_place(Path(self.inbound_path))
        marks = Path(self.course_path, FETCHED)
        if not marks.is_dir():
            marks.mkdir()
            marks.chmod(WRITE_ONLY)

    def _keep_in_place(self, folder: Path) -> None:
        mode = folder.stat().st_mode
        if not mode & stat.S_ISVTX:
            try:
                folder.chmod(stat.S_IMODE(mode) | stat.S_ISVTX)
            except PermissionError:
                warning = "Anybody can move away what others put into %s. Its owner should run: chmod +t %s"
                self.log.warning(warning, folder, folder)


class ClosedSubmit(ExchangeSubmit):  # type: ignore[misc]
    """Hands in, and closes what was handed in to everybody but its owner and the course.

    nbgrader leaves a submission open to whoever knows its name. The folder for submissions gives them
    the course’s group, so the course can read them without that.
    """

    def copy_files(self) -> None:
        """Copy the quiz to the exchange."""
        super().copy_files()
        handed_in = Path(self.inbound_path, self.assignment_filename)
        if handed_in.stat().st_gid == Path(self.inbound_path).stat().st_gid:  # else the course could not read it
            handed_in.chmod(0o770)


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
    update: bool

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except (ExchangeError, ValueError, OverflowError):
            record = {"username": "", "filename": os.path.basename(path), "timestamp": datetime.min}
        record["login"] = record["username"]
        record["username"] = self._learners.get(record["login"].lower(), record["login"])
        if self.check_owner and not may_hand_in(path, (record["login"], record["username"])):
            self.log.warning("Left behind, because it belongs to %s: %s", _owner(path), legible(os.path.basename(path)))
            record["username"] = ""  # or else it would take the place of what the learner handed in
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
        """Find the submissions; leave out links, those without a proper name, and those under another’s name."""
        super().init_src()
        found = self.src_records
        for record in found:
            if record["username"] and not self._is_plain(record):
                self.log.warning("Not collected, because it is no plain submission: %s", legible(record["filename"]))
        self.src_records = [record for record in found if self._is_plain(record)]

    def copy_files(self) -> None:
        """Copy the submissions, except those that were put there by another user of the machine."""
        self.check_owner = False  # nbgrader would compare the learner's id, which need not be the login
        aside = self._keep_attempts()
        super().copy_files()
        for learner, before in aside.items():
            here = self._place(learner)
            if not here.exists():  # what came was refused, so what was there stays
                before.rename(here)
        self._choose()

    def _keep_attempts(self) -> dict[str, Path]:
        """Keep every earlier attempt, from the exchange and from where a later one will stand; returns the latter."""
        course, quiz, aside = Path(self.coursedir.root), self.coursedir.assignment_id, {}
        for record in self.src_records:
            learner, here = record["username"], self._place(record["username"])
            restore(course, quiz, learner)
            stamp = self.coursedir.get_existing_timestamp(str(here)) if here.is_dir() else None
            if here.is_dir() and self.update and (stamp is None or record["timestamp"] > stamp):
                aside[learner] = move_aside(course, quiz, learner)
        last = {record["filename"] for record in self.src_records}
        for path in sorted(Path(self.inbound_path).glob(f"*+{quiz}+*")):
            record = self._path_to_record(str(path))
            if path.name not in last and self._is_plain(record) and record["username"] in self._collected:
                keep(course, quiz, record["username"], path, self.do_copy)
        return aside

    def _choose(self) -> None:
        """Put the attempts that count into their places."""
        try:
            with connected(self.coursedir.db_url) as db:
                course = Path(self.coursedir.root)
                choose(course, load(course), self.coursedir.assignment_id, db)
        except BadInput as bad:
            self.log.error("The last attempts were left in place, because of the rules of the course: %s", bad)

    def _place(self, learner: str) -> Path:
        course = self.coursedir
        return Path(course.format_path(course.submitted_directory, learner, course.assignment_id))

    @property
    def _collected(self) -> set[str]:
        return {record["username"] for record in self.src_records}

    def do_copy(self, src: str, dest: str, log: Logger | None = None) -> None:
        """Copy one submission; what is refused is named in the log."""
        if sum(len(files) for _, _, files in os.walk(src)) > MOST_FILES:
            self.log.warning("Not collected, because it holds more than %d files: %s", MOST_FILES, legible(src))
            return
        try:
            shutil.copytree(src, dest, ignore=self._refused, symlinks=True)
        except (OSError, shutil.Error) as error:
            self.log.warning("Not collected, because it cannot be copied (%s): %s", legible(str(error)), legible(src))
            shutil.rmtree(dest, ignore_errors=True)
            return
        self._finish(Path(dest), super()._path_to_record(src)["timestamp"])

    def _is_plain(self, record: dict[str, Any]) -> bool:
        path = Path(self.inbound_path, record["filename"])
        name = record["username"]
        return bool(SAFE_ID.fullmatch(name)) and path.is_dir() and not path.is_symlink()

    def _refused(self, folder: str, names: list[str]) -> Iterable[str]:
        course = self.coursedir
        by_rule = ignore_patterns(course.ignore, course.include, course.max_file_size, self.log)(folder, names)
        odd = [name for name in names if not _is_file_or_folder(os.path.join(folder, name))]
        for name in odd:
            self.log.warning("Left behind, because it is a link or a device: %s", legible(os.path.join(folder, name)))
        unseen = [name for name in names if not name.isprintable()]
        for name in unseen:
            self.log.warning("Left behind, because of its name: %s", legible(os.path.join(folder, name)))
        return {*by_rule, *odd, *unseen}

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


def may_hand_in(path: str | Path, names: tuple[str, str]) -> bool:
    """Whether a submission belongs to the learner it names, or to whoever collects it, or to root."""
    if sys.platform == "win32":
        return True
    try:
        owner = os.lstat(path).st_uid
    except OSError:
        return False
    return owner in (ROOT, os.geteuid()) or _owner(path) in names


def _owner(path: str | Path) -> str:
    """The user of the machine to whom a folder belongs."""
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
