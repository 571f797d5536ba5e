"""Where submissions lie and where graded ones are put: folders as nbgrader lays them out.

A link in a submission would be followed with the instructor's rights, so it is left behind. Nothing
is executed and nothing is trusted but the names of files.
"""

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path

from grader.gradebook.desk import digest
from grader.gradebook.settings import Settings
from grader.gradebook.submission import plain_bytes

STAMP = "timestamp.txt"
NOTEBOOKS = "*.ipynb"


class NoTime(ValueError):
    """A timestamp that is no time."""


def files_in(folder: Path, ignore: tuple[str, ...]) -> Iterator[str]:
    """The plain files in a folder and the folders in it, as paths from there; links and ignored names are left out."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not _ignored(one, ignore))
        for name in sorted(names):
            path = os.path.join(here, name)
            if not _ignored(name, ignore) and not os.path.islink(path) and os.path.isfile(path):
                yield os.path.relpath(path, folder)


def handed_in_at(folder: Path) -> datetime | None:
    """When a submission was handed in (UTC, without a zone), or None if it does not say; NoTime for nonsense."""
    text = plain_bytes(folder / STAMP).decode("utf-8", "replace").strip()
    if not text:
        return None
    if text.endswith(" UTC"):
        try:
            return datetime.fromisoformat(text.removesuffix(" UTC")).replace(tzinfo=None)
        except ValueError:
            pass
    return _any_time(text)


class Shelf:
    """The place of the graded submissions of one assignment."""

    def __init__(self, settings: Settings, assignment: str) -> None:
        self.settings, self.assignment = settings, assignment
        source = settings.path(settings.source_directory, ".", assignment)
        own = set(settings.exclude_overwriting.get(assignment, ()))
        names = files_in(source, (*settings.ignore, NOTEBOOKS))
        self.masters = {name: plain_bytes(source / name) for name in names if name not in own}

    def place(self, learner: str) -> Path:
        """The folder of one learner's graded submission."""
        return Path(os.path.normpath(self.settings.path(self.settings.autograded_directory, learner, self.assignment)))

    def written(self, learner: str, notebooks: tuple[str, ...]) -> str:
        """A digest of the graded notebooks that lie there now."""
        place = self.place(learner)
        return digest(*(plain_bytes(place / f"{name}.ipynb") for name in notebooks))

    def put(self, learner: str, folder: Path, notebooks: Mapping[str, str]) -> None:
        """Put a graded submission in its place: what came with it first, and the notebooks last.

        So a notebook that is there tells that all else is there too, even after a sudden end.
        """
        place = self.place(learner)
        names = files_in(folder, (*self.settings.ignore, NOTEBOOKS))
        files = {name: plain_bytes(folder / name) for name in names} | self.masters
        files |= {f"{name}.ipynb": text.encode() for name, text in notebooks.items()}
        if place.exists() and self.settings.notebook_id == "*":
            self._clear(place, files.keys())
        place.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            self._write(place / name, content)
        if self.settings.groupshared:
            self._share(place)

    def _clear(self, place: Path, stays: Collection[str]) -> None:
        """Take away what an earlier submission left and this one does not have."""
        for name in sorted(os.listdir(place)):
            path = place / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif name not in stays:
                path.unlink()

    def _write(self, path: Path, content: bytes) -> None:
        """Write a file anew under a name of its own, so that under its name it is never half there."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = f"{path}.part"
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(part, flags, 0o600), "wb") as stream:
            stream.write(content)
        os.chmod(part, self.settings.mode)
        os.replace(part, path)

    def _share(self, place: Path) -> None:
        """Let the group in, as nbgrader does where several people grade."""
        top = self.settings.path(self.settings.autograded_directory, ".", ".")
        for folder in (Path(os.path.normpath(top)), place, *(one for one in place.rglob("*") if one.is_dir())):
            folder.chmod((folder.stat().st_mode | 0o2770) & 0o2777)


def _ignored(name: str, ignore: tuple[str, ...]) -> bool:
    return any(fnmatch(name, one) and (one.startswith(".") or not name.startswith(".")) for one in ignore)


def _any_time(text: str) -> datetime:
    """A time as nbgrader reads it: with the name of a zone, with an offset, or without."""
    from dateutil import parser, tz  # type: ignore[import-untyped]

    day, _, rest = text.partition(" ")
    hour, _, zone = rest.partition(" ")
    try:
        if zone and " " not in zone:
            offset = int(zone) if zone.lstrip("+-").isdigit() else tz.gettz(zone)
            moment = parser.parse(f"{day} {hour} TZ", tzinfos={"TZ": offset})
        else:
            moment = parser.parse(text)
    except (ValueError, OverflowError):
        raise NoTime(text) from None
    return datetime.fromisoformat((moment - (moment.utcoffset() or timedelta())).replace(tzinfo=None).isoformat())
