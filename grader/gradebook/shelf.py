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
from stat import S_ISREG

from grader.gradebook.desk import digest
from grader.gradebook.settings import Settings
from grader.gradebook.submission import LARGEST_NOTEBOOK, plain_bytes

STAMP = "timestamp.txt"
NOTEBOOKS = "*.ipynb"


class NoTime(ValueError):
    """A timestamp that is no time."""


def files_in(folder: Path, ignore: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """The files in a folder and the folders in it, as paths from there, and whether each may be taken along.

    Links, devices and files larger than any notebook may be stay behind.
    """
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not _ignored(one, ignore))
        for name in sorted(names):
            if not _ignored(name, ignore):
                path = os.path.join(here, name)
                found = os.lstat(path)
                yield os.path.relpath(path, folder), S_ISREG(found.st_mode) and found.st_size <= LARGEST_NOTEBOOK


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
        self.masters = {name: plain_bytes(source / name) for name, plain in names if plain and name not in own}

    def place(self, learner: str) -> Path:
        """The folder of one learner's graded submission."""
        return Path(os.path.normpath(self.settings.path(self.settings.autograded_directory, learner, self.assignment)))

    def written(self, learner: str, notebooks: tuple[str, ...]) -> str:
        """A digest of the graded notebooks that lie there now."""
        place = self.place(learner)
        return digest(*(plain_bytes(place / f"{name}.ipynb") for name in notebooks))

    def put(self, learner: str, folder: Path, beside: Collection[str], notebooks: Mapping[str, str]) -> None:
        """Put a graded submission in its place: what came with it first, and the notebooks last.

        So a notebook that is there tells that all else is there too, even after a sudden end.
        """
        place = self.place(learner)
        files = self.masters | {f"{name}.ipynb": text.encode() for name, text in notebooks.items()}
        if place.exists():
            self._clear(place, {*beside, *files})
        place.mkdir(parents=True, exist_ok=True)
        for name in beside:
            _write(place / name, plain_bytes(folder / name), self.settings.mode)
        for name, content in files.items():
            _write(place / name, content, self.settings.mode)
        if self.settings.groupshared:
            self._share(place)

    def _clear(self, place: Path, coming: Collection[str]) -> None:
        """Take away what an earlier submission left; of one notebook alone, only what is written anew.

        Some disks write everything out before one file takes the place of another, so the old one goes first.
        """
        everything = self.settings.notebook_id == "*"
        for path in list(place.iterdir()):
            if everything and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif everything or path.name in coming:
                path.unlink()

    def _share(self, place: Path) -> None:
        """Let the group in, as nbgrader does where several people grade."""
        top = self.settings.path(self.settings.autograded_directory, ".", ".")
        for folder in (Path(os.path.normpath(top)), place, *(one for one in place.rglob("*") if one.is_dir())):
            folder.chmod((folder.stat().st_mode | 0o2770) & 0o2777)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file so that under its name it is whole or not there at all."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True)
    part = f"{path}.part"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(part)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(part, flags, 0o600), "wb") as stream:
        stream.write(content)
    os.chmod(part, mode)
    os.replace(part, path)


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
