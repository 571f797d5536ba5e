"""Replaces a file so that at every moment the old or the new one is whole, one writer at a time."""

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PATIENCE = 1.0
OWN = f".{os.urandom(4).hex()}" if sys.platform == "emscripten" else ""
"""Two windows of one browser run two Pythons that cannot lock each other out: each writes a part of its own."""


def write(path: Path, content: bytes, aside: str = "") -> str:
    """Put new content in the place of a file. ``aside`` says why the old one is kept; returns the name it got."""
    part = path.with_name(f"{path.name}{OWN}.part")
    part.unlink(missing_ok=True)
    try:
        with open(part, "xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        kept_as = _keep_aside(path, aside) if aside else ""
        os.replace(part, path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return kept_as


def kept_aside(path: Path) -> list[Path]:
    """The older files that were kept under a second name when a file was replaced."""
    name = re.compile(rf"{re.escape(path.name)}\.[a-z0-9-]+-\d+")
    try:
        return sorted(one for one in path.parent.iterdir() if name.fullmatch(one.name) and one.is_file())
    except OSError:
        return []


def _keep_aside(path: Path, why: str) -> str:
    """Give a file a second name that is free, so that replacing it loses nothing."""
    for n in count(1):
        other = path.with_name(f"{path.name}.{why}-{n}")
        if os.path.lexists(other):
            continue
        try:
            os.link(path, other, follow_symlinks=False)
        except (OSError, NotImplementedError, AttributeError):  # Python in a browser gives no second names
            os.rename(path, other)
        return other.name
    raise AssertionError


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one writer at a time into a folder, where the system can; give up waiting after a second."""
    if sys.platform in ("win32", "emscripten"):
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + PATIENCE
        while not _lock(handle) and time.monotonic() < until:
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Whether the lock was taken, or cannot be had on this disk at all."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
