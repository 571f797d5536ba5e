"""Collects submissions without trusting them: no link, no device, no giant leaves the exchange."""

import os
import shutil
import stat
from collections.abc import Iterable
from datetime import datetime
from logging import Logger
from pathlib import Path
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns, parse_utc

MOST_FILES = 200


class SafeCollect(ExchangeCollect):  # type: ignore[misc]
    """Collects what learners handed in. One bad submission is reported and never stops the others.

    A link would be followed with the instructor's rights, to the key or to somebody else's answers.
    So links, pipes and devices stay behind, and so do files over the size limit of the course.
    """

    src_records: list[dict[str, Any]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except (ExchangeError, ValueError, OverflowError):
            record = {"username": "", "filename": os.path.basename(path), "timestamp": datetime.min}
        return record

    def init_src(self) -> None:
        """Find the submissions; leave out those whose folder is a link or has no proper name."""
        super().init_src()
        found = self.src_records
        for record in found:
            if not self._is_plain(record):
                self.log.warning("Not collected, because it is no plain submission: %s", record["filename"])
        self.src_records = [record for record in found if self._is_plain(record)]

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


def _is_file_or_folder(path: str) -> bool:
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)
