"""Where things lie in a course folder, and how the grader opens a quiz there."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.reading import BadInput, Problem
from grader.sheet import KeySheet, Sheet

KEYS = "keys"
CONFIG = "nbgrader_config.py"
"""The file that makes a folder a course."""


class NoKey(RuntimeError):
    """A quiz cannot be graded: there is no key for it, or the key and the released quiz do not belong together."""


def key_path(course: Path, quiz: str) -> Path:
    """The key of a quiz: beside the source notebooks, never among them, so that no release can carry it."""
    return course / KEYS / f"{quiz}.json"


def source_path(course: Path, quiz: str) -> Path:
    """The notebook the instructor holds."""
    return course / "source" / quiz / f"{quiz}.ipynb"


def release_path(course: Path, quiz: str) -> Path:
    """The notebook that learners are given."""
    return course / "release" / quiz / f"{quiz}.ipynb"


def find_course(folder: Path) -> Path:
    """The course folder at or around a folder; BadInput if there is none."""
    here = folder.resolve()
    for parent in (here, *here.parents):
        if (parent / CONFIG).is_file():
            return parent
    right = "Go into the course folder or name it with --course. “grader course new” makes one."
    raise BadInput([Problem(str(folder), 1, "", "is not inside a course folder.", right)])


def open_quiz(course: Path, quiz: str) -> tuple[Sheet, KeySheet]:
    """The released sheet of a quiz and its key. NoKey says what is missing or does not fit."""
    release, key = release_path(course, quiz), key_path(course, quiz)
    try:
        sheet = Sheet.from_json(_load(release)["metadata"]["grader"]["sheet"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoKey(f"{release} is not a released quiz of this course ({error!r}).") from None
    try:
        keys = KeySheet.from_json(_load(key))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoKey(f"{key} is not the key of a quiz ({error!r}).") from None
    if (keys.quiz, keys.version) != (sheet.quiz, sheet.version):
        released, known = f"{sheet.quiz} {sheet.version}", f"{keys.quiz} {keys.version}"
        raise NoKey(f"{key} is the key of {known}, but learners were given {released}. Put the matching key there.")
    return sheet, keys


def _load(path: Path) -> Mapping[str, Any]:
    stat = path.stat()
    return _parsed(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _parsed(path: Path, _changed: int, _size: int) -> Mapping[str, Any]:
    """A file is read once while it stays as it is: a class of a thousand needs the key a thousand times."""
    data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
