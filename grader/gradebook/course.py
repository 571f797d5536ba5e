"""Makes a new course: a folder in which every nbgrader command and formgrader work at once."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.gradebook.config import GRADEBOOK, config_text, learners_config_text
from grader.gradebook.folder import KEYS, key_path, source_path
from grader.gradebook.making import building_place
from grader.gradebook.roster import ROSTER, Learner, read_roster, roster_text
from grader.notebooks import WRITTEN, quiz_notebook, write
from grader.reading import BadInput, Problem
from grader.sheet import KeySheet, Sheet

COURSE_ID = "protective-orders"
PRIVATE = (KEYS, "source", "release", "submitted", "autograded", "feedback")
FOR_LEARNERS = "nbgrader_config_for_learners.py"


def new(
    folder: Path,
    roster: Path,
    quizzes: Mapping[str, tuple[Sheet, KeySheet]],
    *,
    course_id: str = COURSE_ID,
    exchange: Path | None = None,
    check_owner: bool = True,
    db: str | None = None,
    encoding: str | None = None,
) -> None:
    """Make a course folder with its learners and quizzes; BadInput if roster, folder or database will not do.

    The course is built beside its place and moved there whole, so a failure leaves nothing behind.
    Other users of the machine can pass through the folder to the exchange and see nothing else in it.
    ``exchange`` is the folder through which quizzes are handed out and in, ``db`` the URL of a
    database; left out, both lie inside the course. ``check_owner`` makes nbgrader warn when somebody
    hands in under another name.
    """
    from grader.gradebook.database import absolute, made_anew  # nbgrader takes more than a second to load

    learners = read_roster(roster, encoding)
    _check_place(folder)
    db = absolute(db) if db else None
    with building_place(folder) as building, made_anew(db):
        where = exchange.resolve() if exchange else None
        config = config_text(course_id, WRITTEN, str(where) if where else None, check_owner, db)
        (building / "nbgrader_config.py").write_text(config, encoding="utf-8")
        (building / "nbgrader_config.py").chmod(0o600 if db else 0o644)  # a database URL may hold a password
        for_learners = learners_config_text(course_id, where or folder.resolve() / "exchange")
        (building / FOR_LEARNERS).write_text(for_learners, encoding="utf-8")
        keep_roster(building, learners)
        for private in PRIVATE:
            (building / private).mkdir(mode=0o700)
        _write_quizzes(building, quizzes)
        fill_gradebook(building, learners, quizzes)


def add_quiz(course: Path, sheet: Sheet, keys: KeySheet) -> None:
    """Write the source notebook and the key of a quiz into a course."""
    source, key = source_path(course, sheet.quiz), key_path(course, sheet.quiz)
    source.parent.mkdir(parents=True, exist_ok=True)
    write(quiz_notebook(sheet), source)
    part = key.with_name(f"{key.name}.part")
    part.write_text(json.dumps(keys.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(key)


def keep_roster(course: Path, learners: Iterable[Learner]) -> None:
    """Write the course's own copy of the roster, for nobody else to read."""
    part = course / f".{ROSTER}.part"
    part.touch(mode=0o600)
    part.write_text(roster_text(learners), encoding="utf-8")
    part.replace(course / ROSTER)


def fill_gradebook(course: Path, learners: Iterable[Learner], quizzes: Iterable[str], again: bool = False) -> None:
    """Enter learners and quizzes into the gradebook. What is there already stays, with its marks.

    ``again`` enters quizzes whose learners' version is there already.
    """
    from grader.gradebook.book import gradebook
    from grader.gradebook.cycle import generate

    with gradebook(course) as book:
        for one in learners:
            names = {"first_name": one.first_name, "last_name": one.last_name, "email": one.email}
            book.update_or_create_student(one.id, lms_user_id=one.lms_id or None, **names)
    if (course / GRADEBOOK).exists():
        (course / GRADEBOOK).chmod(0o600)
    for quiz in quizzes:
        generate(course, quiz, force=again)


def _check_place(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        half_made = folder.is_dir() and (folder / "nbgrader_config.py").exists()
        right = "If it is a course that lacks parts, run “grader course repair” in it." if half_made else ""
        wrong = "is there already and is not empty."
        raise BadInput([Problem(str(folder), 1, "", wrong, f"Give a new folder. {right}".strip())])


def _write_quizzes(course: Path, quizzes: Mapping[str, tuple[Sheet, KeySheet]]) -> None:
    for name, (sheet, keys) in quizzes.items():
        if not name == sheet.quiz == keys.quiz or sheet.version != keys.version:
            raise ValueError(f"The sheet and the key of {name} do not belong together.")
        add_quiz(course, sheet, keys)
