"""Reads the files that learners handed in, from a folder or a zip archive, without trusting any of it.

Nothing is ever unpacked: files are read into memory one at a time, each up to a limit, and are only
read. Links, devices, paths that lead out, encrypted and oversized files are refused and named.
"""

import contextlib
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from grader.reading import BadInput, Problem

NEVER = datetime.min.replace(tzinfo=UTC)
LARGEST = 2_000_000
LARGEST_ARCHIVE = 20_000_000
MOST_FILES = 100_000
MOST_IN_ARCHIVE = 200
MOST_BYTES = 8_000_000_000
DEEPEST = 12
LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".ipynb_checkpoints", "timestamp.txt"})

LINK = "is a link. Links are not followed."
DEVICE = "is not a plain file."
LARGE = "is larger than {limit:,} bytes."
UNSAFE = "has a path that leads out of the archive."
LOCKED = "is encrypted."
BROKEN = "cannot be read ({reason})."
DEEP = "lies too deep in folders or archives."
MANY = "holds more than {limit:,} files."
ALL = "comes after {limit:,} bytes were read. The rest was left."


@dataclass(frozen=True)
class Found:
    """A file that was handed in. ``route`` leads to it by folders and archives; ``why`` says why it is refused."""

    route: tuple[str, ...]
    moment: datetime = NEVER
    content: bytes = b""
    why: str = ""

    @property
    def name(self) -> str:
        """The path as a person reads it."""
        return "/".join(self.route)


@dataclass
class _Budget:
    """What may still be read in all."""

    files: int = MOST_FILES
    bytes: int = MOST_BYTES

    def spent(self) -> bool:
        return self.files <= 0 or self.bytes <= 0


@dataclass
class Source:
    """A folder, a zip archive or a single file. Going through it again reads it again."""

    path: Path
    wanted: Callable[[str], bool]
    most_bytes: int = MOST_BYTES
    budget: _Budget = field(default_factory=_Budget)

    def __post_init__(self) -> None:
        if not self.path.exists():
            raise BadInput([Problem(str(self.path), 1, "", "is not there.", "Give a folder, a zip file or one file.")])
        if self.path.is_file() and not (zipfile.is_zipfile(self.path) or self.wanted(self.path.name)):
            right = "Give a folder, a zip file, a notebook or an answers file."
            raise BadInput([Problem(str(self.path), 1, "", "holds nothing that can be collected.", right)])

    def files(self) -> Iterator[Found]:
        """Every file, refused ones too, in the order of their names; what operating systems leave behind is not one."""
        self.budget = _Budget(bytes=self.most_bytes)
        if self.path.is_dir():
            yield from self._folder(self.path, ())
        elif zipfile.is_zipfile(self.path):
            yield from self._archive(self.path, (), MOST_FILES, 0)
        else:
            yield from self._plain(self.path, (self.path.name,))

    def _folder(self, folder: Path, route: tuple[str, ...]) -> Iterator[Found]:
        if len(route) > DEEPEST:
            yield Found(route, why=DEEP)
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Found(route, why=BROKEN.format(reason=error.strerror))
            return
        for entry in entries:
            here = (*route, entry.name)
            if entry.name.lower() in LITTER:
                continue
            if entry.is_symlink():
                yield Found(here, why=LINK)
            elif entry.is_dir(follow_symlinks=False):
                yield from self._folder(folder / entry.name, here)
            else:
                yield from self._plain(folder / entry.name, here)

    def _plain(self, path: Path, route: tuple[str, ...]) -> Iterator[Found]:
        """One file of a folder; an archive is gone through."""
        self.budget.files -= 1
        archive = path.suffix.lower() == ".zip"
        limit = LARGEST_ARCHIVE if archive and len(route) > 1 else MOST_BYTES if archive else LARGEST
        try:
            with _opened(path) as stream:
                info = os.fstat(stream.fileno())
                moment = datetime.fromtimestamp(info.st_mtime, UTC)
                if not stat.S_ISREG(info.st_mode):
                    yield Found(route, why=DEVICE)
                elif info.st_size > limit:
                    yield Found(route, moment, why=LARGE.format(limit=limit))
                elif archive:
                    yield from self._archive(stream, route, MOST_FILES if len(route) == 1 else MOST_IN_ARCHIVE, 0)
                else:
                    yield self._counted(Found(route, moment, stream.read(limit + 1)))
        except OSError as error:
            yield Found(route, why=LINK if path.is_symlink() else BROKEN.format(reason=error.strerror))

    def _archive(self, file: object, route: tuple[str, ...], most: int, depth: int) -> Iterator[Found]:
        try:
            with zipfile.ZipFile(file) as archive:  # type: ignore[call-overload]
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
                if len(entries) > most:
                    yield Found(route or (self.path.name,), why=MANY.format(limit=most))
                    return
                for entry in sorted(entries, key=lambda entry: entry.filename):
                    yield from self._entry(archive, entry, route, depth)
        except (zipfile.BadZipFile, OSError, ValueError, zlib.error) as error:
            yield Found(route or (self.path.name,), why=BROKEN.format(reason=error))

    def _entry(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, route: tuple[str, ...], depth: int
    ) -> Iterator[Found]:
        parts = tuple(part for part in PurePosixPath(entry.filename.replace("\\", "/")).parts if part != "/")
        here, moment = (*route, *parts), _moment(entry)
        if {part.lower() for part in parts} & LITTER:
            return
        self.budget.files -= 1
        inner = here[-1].lower().endswith(".zip")
        limit = LARGEST_ARCHIVE if inner else LARGEST
        if why := self._refused(entry, parts, limit, inner and depth > 0):
            yield Found(here, moment, why=why)
            return
        try:
            with archive.open(entry) as stream:
                content = stream.read(limit + 1)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
            yield Found(here, moment, why=BROKEN.format(reason=error))
            return
        if len(content) > limit:
            yield Found(here, moment, why=LARGE.format(limit=limit))
        elif inner:
            yield from self._archive(io.BytesIO(content), here, MOST_IN_ARCHIVE, depth + 1)
        else:
            yield self._counted(Found(here, moment, content))

    def _refused(self, entry: zipfile.ZipInfo, parts: tuple[str, ...], limit: int, too_deep: bool) -> str:
        """Why an entry of an archive is not read; empty if it may be."""
        mode = entry.external_attr >> 16
        path = entry.filename
        out = ".." in parts or path.startswith(("/", "\\")) or (len(path) > 1 and path[1] == ":") or not parts
        tests = (
            (out, UNSAFE),
            (stat.S_ISLNK(mode), LINK),
            (bool(stat.S_IFMT(mode)) and not stat.S_ISREG(mode), DEVICE),
            (bool(entry.flag_bits & 1), LOCKED),
            (entry.file_size > limit, LARGE.format(limit=limit)),
            (too_deep or len(parts) > DEEPEST, DEEP),
            (self.budget.spent(), ALL.format(limit=self.most_bytes)),
        )
        return next((why for wrong, why in tests if wrong), "")

    def _counted(self, found: Found) -> Found:
        self.budget.bytes -= len(found.content)
        return (
            found
            if not self.budget.spent()
            else Found(found.route, found.moment, why=ALL.format(limit=self.most_bytes))
        )


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    """Open a file for reading only, never by way of a link, and never waiting for a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        yield stream


def _moment(entry: zipfile.ZipInfo) -> datetime:
    """When a file of an archive was last changed. Archives keep the local time of whoever made them."""
    try:
        return datetime(*entry.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return NEVER
