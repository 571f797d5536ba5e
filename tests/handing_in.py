"""Files as learners hand them in and learning platforms deliver them, and a course folder to collect them into."""

import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from sample_quiz import KEYS, QUIZ, SHEET, right, wrong

from grader.answers import MIME, Entry, Record
from grader.gradebook.config import config_text
from grader.gradebook.course import PRIVATE, add_quiz, keep_roster
from grader.gradebook.roster import Learner
from grader.notebooks import quiz_notebook, write

CLASS = (
    Learner("ann", "Ann", "Lee", "ann@example.org", "4711", ("annie-mac",)),
    Learner("bob", "Bob", "Lee", "bob@example.org", "4712"),
    Learner("zoe", "Zoë", "Müller", "zoe@example.org", "4713"),
    Learner("twin1", "Kim", "Doe", "", ""),
    Learner("twin2", "Kim", "Doe", "", ""),
)
NOON = "2026-11-20T12:00:00+00:00"
LATER = "2026-11-20T13:00:00+00:00"


def course_in(folder: Path) -> Path:
    """A course folder as far as collecting files needs one: no gradebook, no exchange."""
    course = folder / "course"
    course.mkdir()
    (course / "nbgrader_config.py").write_text(config_text("c", "write here"), encoding="utf-8")
    for name in PRIVATE:
        (course / name).mkdir()
    add_quiz(course, SHEET, KEYS)
    (course / "release" / QUIZ).mkdir()
    write(quiz_notebook(SHEET), course / "release" / QUIZ / f"{QUIZ}.ipynb")
    keep_roster(course, CLASS)
    return course


def record(
    learner: str, saved: str = NOON, given: Any = right, quiz: str = QUIZ, version: str = "1", mode: str = "quiz"
) -> dict[str, Any]:
    """A learner's answers as plain data."""
    items = {
        item.id: Entry(item.pick(SHEET.salt, learner).variant, given(item.id, learner), None, saved)
        for item in SHEET.items
    }
    return Record(quiz, version, learner, saved, 7, items, mode=mode).as_json()


def answers(learner: str, saved: str = NOON, **more: Any) -> bytes:
    """An answers file."""
    return json.dumps(record(learner, saved, **more)).encode()


def notebook(learner: str | None, saved: str = NOON, **more: Any) -> bytes:
    """A notebook with a receipt, or as it was released."""
    made = quiz_notebook(SHEET)
    if learner:
        data = {MIME: record(learner, saved, **more), "text/plain": "receipt"}
        made.cells[-1].outputs = [nbformat.v4.new_output("display_data", data=data)]
    return nbformat.writes(made).encode()


def folder_with(path: Path, files: dict[str, bytes], at: str = NOON) -> Path:
    """A folder of files, all handed in at one time."""
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
        moment = datetime.fromisoformat(at).timestamp()
        os.utime(path / name, (moment, moment))
    return path


def zip_with(path: Path, files: dict[str, bytes], at: str = NOON) -> Path:
    """The same files as a zip archive."""
    day = datetime.fromisoformat(at).astimezone()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, day.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


__all__ = [
    "CLASS", "KEYS", "LATER", "NOON", "QUIZ", "SHEET", "UTC", "answers", "course_in", "folder_with", "notebook",
    "record", "right", "snapshot", "wrong", "zip_with",
]  # fmt: skip
