"""Makes a new course: a folder in which every nbgrader command and formgrader work at once."""

import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.gradebook.config import config_text
from grader.gradebook.folder import KEYS, key_path, source_path
from grader.gradebook.roster import Learner, read_roster
from grader.notebooks import WRITTEN, quiz_notebook, write
from grader.reading import BadInput, Problem
from grader.sheet import KeySheet, Sheet

COURSE_ID = "protective-orders"
PRIVATE = (KEYS, "source", "release", "submitted", "autograded", "feedback")


def new(
    folder: Path,
    roster: Path,
    quizzes: Mapping[str, tuple[Sheet, KeySheet]],
    *,
    course_id: str = COURSE_ID,
    exchange: Path | None = None,
    check_owner: bool = True,
) -> None:
    """Make a course folder with its learners and quizzes; BadInput if the roster or the folder will not do.

    The course is built beside its place and moved there whole, so a failure leaves nothing behind.
    Other users of the machine can pass through the folder to the exchange and see nothing else in it.
    ``exchange`` is the folder through which quizzes are handed out and in; left out, it lies inside
    the course. ``check_owner`` makes nbgrader warn when somebody hands in under another name.
    """
    learners = read_roster(roster)
    _check_place(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        where = str(exchange.resolve()) if exchange else None
        config = config_text(course_id, WRITTEN, where, check_owner)
        (building / "nbgrader_config.py").write_text(config, encoding="utf-8")
        for private in PRIVATE:
            (building / private).mkdir(mode=0o700)
        _write_quizzes(building, quizzes)
        _fill_gradebook(building, learners, quizzes)
        (building / "gradebook.db").chmod(0o600)
        building.chmod(0o711)
        building.replace(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def add_quiz(course: Path, sheet: Sheet, keys: KeySheet) -> None:
    """Write the source notebook and the key of a quiz into a course."""
    source, key = source_path(course, sheet.quiz), key_path(course, sheet.quiz)
    source.parent.mkdir(parents=True, exist_ok=True)
    write(quiz_notebook(sheet), source)
    part = key.with_name(f"{key.name}.part")
    part.write_text(json.dumps(keys.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(key)


def _check_place(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput([Problem(str(folder), 1, "", "is there already and is not empty.", "Give a new folder.")])


def _write_quizzes(course: Path, quizzes: Mapping[str, tuple[Sheet, KeySheet]]) -> None:
    for name, (sheet, keys) in quizzes.items():
        if not name == sheet.quiz == keys.quiz or sheet.version != keys.version:
            raise ValueError(f"The sheet and the key of {name} do not belong together.")
        add_quiz(course, sheet, keys)


def _fill_gradebook(course: Path, learners: tuple[Learner, ...], quizzes: Mapping[str, object]) -> None:
    from grader.gradebook.book import gradebook  # nbgrader takes more than a second to load
    from grader.gradebook.cycle import generate

    with _alembic_found(), gradebook(course) as book:
        for one in learners:
            names = {"first_name": one.first_name, "last_name": one.last_name, "email": one.email}
            book.add_student(one.id, **names)
    for quiz in quizzes:
        generate(course, quiz)


@contextlib.contextmanager
def _alembic_found() -> Iterator[None]:
    """Put the environment's programs on PATH: nbgrader starts alembic by its bare name to make a gradebook."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
