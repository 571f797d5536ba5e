"""Where submissions lie and where graded ones are put: folders as nbgrader lays them out.

A link in a submission would be followed with the instructor's rights, so it is left behind. Nothing
is executed and nothing is trusted but the names of files.
"""

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

from grader.gradebook.desk import digest
from grader.gradebook.settings import Settings
from grader.gradebook.submission import content_of, plain_bytes

STAMP = "timestamp.txt"
NOTEBOOKS = "*.ipynb"
WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class NoTime(ValueError):
    """A timestamp that is no time."""


def files_in(folder: str | Path, ignore: tuple[str, ...], within: str = "") -> Iterator[tuple[str, bytes | None]]:
    """The files in a folder and the folders in it, by their paths from there, and what each holds.

    None for what must stay behind: links, devices and files larger than any notebook may be.
    """
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        name = os.path.join(within, entry.name)
        if _ignored(entry.name, ignore):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_in(entry.path, ignore, name)
        else:
            yield name, content_of(entry.path)


def handed_in_at(stamp: bytes | None) -> datetime | None:
    """When a submission was handed in (UTC, without a zone), or None if it does not say; NoTime for nonsense."""
    text = (stamp or b"").decode("utf-8", "replace").strip()
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
        found = files_in(source, (*settings.ignore, NOTEBOOKS))
        self.masters = {name: content for name, content in found if content is not None and name not in own}

    def place(self, learner: str) -> Path:
        """The folder of one learner's graded submission."""
        return Path(self._place(learner))

    def _place(self, learner: str) -> str:
        return os.path.normpath(self.settings.path(self.settings.autograded_directory, learner, self.assignment))

    def written(self, learner: str, notebooks: tuple[str, ...]) -> str:
        """A digest of the graded notebooks that lie there now."""
        place = self._place(learner)
        return digest(*(plain_bytes(f"{place}/{name}.ipynb") for name in notebooks))

    def put(self, learner: str, folder: Path, beside: Collection[str], notebooks: Mapping[str, str]) -> None:
        """Put a graded submission in its place: what came with it first, and the notebooks last.

        So a notebook that is there tells that all else is there too, even after a sudden end.
        """
        place, mode = self._place(learner), self.settings.mode
        files = {f"{name}.ipynb": text.encode() for name, text in notebooks.items()}
        if not _made(place):
            self._clear(Path(place), {*beside, *self.masters, *files})
        for name in beside:
            if name not in self.masters:
                _write(f"{place}/{name}", plain_bytes(f"{folder}/{name}"), mode)
        for name, content in self.masters.items():
            _write(f"{place}/{name}", content, mode)
        for name, content in files.items():
            _write(f"{place}/{name}.part", content, mode)
            os.replace(f"{place}/{name}.part", f"{place}/{name}")
        if self.settings.groupshared:
            self._share(Path(place))

    def _clear(self, place: Path, coming: Collection[str]) -> None:
        """Take away what an earlier submission left, notebooks first; of one notebook alone, only what is written anew.

        Some disks write everything out before one file takes the place of another, so the old one goes first.
        """
        everything = self.settings.notebook_id == "*"
        for path in sorted(place.iterdir(), key=lambda path: path.suffix != ".ipynb"):
            if everything and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif everything or path.name in coming:
                path.unlink()

    def _share(self, place: Path) -> None:
        """Let the group in, as nbgrader does where several people grade."""
        top = self.settings.path(self.settings.autograded_directory, ".", ".")
        for folder in (Path(os.path.normpath(top)), place, *(one for one in place.rglob("*") if one.is_dir())):
            folder.chmod((folder.stat().st_mode | 0o2770) & 0o2777)


def _made(place: str) -> bool:
    """Make the folder of a graded submission; tells whether it was not there yet."""
    try:
        os.mkdir(place)
    except FileNotFoundError:
        os.makedirs(place)
    except FileExistsError:
        return False
    return True


def _write(path: str, content: bytes, mode: int) -> None:
    """Write a file anew, and the folder it lies in."""
    try:
        file = os.open(path, WRITING, 0o600)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return _write(path, content, mode)
    except FileExistsError:
        os.unlink(path)
        return _write(path, content, mode)
    with os.fdopen(file, "wb") as stream:
        stream.write(content)
    return os.chmod(path, mode)


@lru_cache(maxsize=1000)
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
