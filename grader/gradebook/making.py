"""Work that must be done whole or not at all, and by one command at a time."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.reading import BadInput, Problem

if sys.platform != "win32":
    import fcntl


@contextlib.contextmanager
def building_place(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the place of a new one, moved there at the end; what an earlier run left is cleared.

    BadInput if another command is building the same folder at this moment.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = folder.parent / f".{folder.name}.building"
    with alone(folder.parent, "Another command is making a course here."):
        shutil.rmtree(building, ignore_errors=True)
        try:
            building.mkdir(mode=0o700)
            yield building
            building.chmod(0o711)
            building.replace(folder)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise


@contextlib.contextmanager
def alone(folder: Path, busy: str = "Another grader command is at work in this course.") -> Iterator[None]:
    """Let one command at a time into a folder; BadInput at once if one is inside. A killed command leaves no lock."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise BadInput([Problem(str(folder), 1, "", busy, "Wait until it is done, then try again.")]) from None
    except OSError:  # this disk knows no locks
        pass
    try:
        yield
    finally:
        os.close(handle)
