"""Opens a course folder: finds it, says what it lacks, and mends what can be mended without losing anything."""

from dataclasses import dataclass
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from grader.gradebook.book import gradebook
from grader.gradebook.course import PRIVATE, fill_gradebook, keep_roster
from grader.gradebook.cycle import settings
from grader.gradebook.database import mend
from grader.gradebook.folder import KEYS, NoKey, key_path, open_quiz, source_path
from grader.gradebook.roster import ROSTER, Learner, on_roster
from grader.reading import BadInput, Problem, nearest

CONFIG = "nbgrader_config.py"
REPAIR = "Run “grader course repair”, or bring the file back from a backup."


@dataclass(frozen=True)
class Opened:
    """A course that is whole: its folder, its database, and what was mended on the way."""

    folder: Path
    db_url: str
    course_id: str
    exchange: Path
    mended: tuple[str, ...] = ()


def open_course(folder: Path) -> Opened:
    """Open the course around a folder; BadInput says what is missing and the way out."""
    course = find_course(folder)
    opened = _settings(course)
    problems = _lacking(course, opened.db_url)
    if problems:
        raise BadInput(problems)
    notes = [note for note in (mend(opened.db_url), _kept_roster(course), *_folders(course)) if note]
    return Opened(course, opened.db_url, opened.course_id, opened.exchange, tuple(notes))


def find_course(folder: Path) -> Path:
    """The course folder at or around a folder; BadInput if there is none."""
    here = folder.resolve()
    for parent in (here, *here.parents):
        if (parent / CONFIG).is_file():
            return parent
    right = "Go into the course folder or name it with --course. “grader course new” makes one."
    raise BadInput([Problem(str(folder), 1, "", "is not inside a course folder.", right)])


def repair(folder: Path, dry_run: bool) -> tuple[str, ...]:
    """Put back what a course lacks and what can be made again. Says what it does; nothing that is there is changed.

    A gradebook is made anew only where there is none; marks come back by grading again, except those a person gave.
    """
    course = find_course(folder)
    opened = _settings(course)
    roster, file = on_roster(course), sqlite_file(opened.db_url)
    gone = file is not None and not file.exists()
    if gone and not roster:
        raise BadInput([Problem(str(course / ROSTER), 1, "", "is missing too.", "Put the roster there first.")])
    waiting = [quiz for quiz in quizzes_in(course) if _unfinished(course, quiz)]
    new_book = f"gradebook: makes a new one with {len(roster)} learners. Marks a person gave are not in it."
    notes = [f"{name}: makes the folder." for name in PRIVATE if not (course / name).is_dir()]
    notes += [new_book] if gone else []
    notes += [f"{quiz}: makes the learners’ version." for quiz in waiting]
    if not dry_run and notes:
        _folders(course)
        mend(opened.db_url)
        fill_gradebook(course, roster.values(), quizzes_in(course) if gone else waiting, again=True)
    return tuple(notes)


def quizzes_in(course: Path) -> tuple[str, ...]:
    """The quizzes of a course that have a source and a key."""
    found = (folder.name for folder in (course / "source").glob("*/") if source_path(course, folder.name).is_file())
    return tuple(sorted(name for name in found if key_path(course, name).is_file()))


def known_quiz(course: Path, quiz: str) -> str:
    """The name of a quiz of the course; BadInput with the nearest ones if there is none of that name."""
    if quiz not in (quizzes := quizzes_in(course)):
        right = nearest(quiz, quizzes) or "“grader course add-quiz” adds one."
        raise BadInput([Problem(str(course), 1, "", f"has no quiz “{quiz}”.", right)])
    return quiz


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database, or None for any other database."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _settings(course: Path) -> Opened:
    try:
        config = settings(course)
    except Exception as error:  # the file is Python and may fail in any way
        line = getattr(error, "lineno", None) or 1
        wrong, right = f"cannot be used ({error}).", "Correct it, or make a new course and copy its file."
        raise BadInput([Problem(str(course / CONFIG), line, "", wrong, right)]) from None
    if "RebuildFromRelease" not in str(config.get("Autograde", {}).get("sanitize_preprocessors", "")):
        right = "Use a course made by “grader course new”: in this one learners’ code would be run."
        raise BadInput([Problem(str(course / CONFIG), 1, "", "is not of this kind of course.", right)])
    folder = CourseDirectory(config=config)
    exchange = Path(str(config.get("Exchange", {}).get("root") or course / "exchange"))
    return Opened(course, folder.db_url, folder.course_id, exchange)


def _lacking(course: Path, db_url: str) -> list[Problem]:
    file = sqlite_file(db_url)
    problems = []
    if file and not file.is_file():
        problems.append(Problem(str(file), 1, "", "is missing: the course has no gradebook.", REPAIR))
    for name in (KEYS, "source"):
        if not (course / name).is_dir():
            wrong = "is missing: the course was only half made, or half copied."
            right = (
                "Bring the folder back from a backup, or run “grader course repair” and then “grader course add-quiz”."
            )
            problems.append(Problem(str(course / name), 1, "", wrong, right))
    return problems


def _folders(course: Path) -> list[str]:
    missing = [name for name in PRIVATE if not (course / name).is_dir()]
    for name in missing:
        (course / name).mkdir(mode=0o700)
    return [f"{name}: the folder was missing and was made." for name in missing]


def _kept_roster(course: Path) -> str:
    """Write the course's copy of the roster from the gradebook, where the course has none."""
    if (course / ROSTER).exists():
        return ""
    with gradebook(course) as book:
        learners = [
            Learner(one.id, one.first_name or "", one.last_name or one.id, one.email or "", one.lms_user_id or "")
            for one in book.students
        ]
    keep_roster(course, learners)
    return f"{ROSTER}: was missing and was written from the gradebook."


def _unfinished(course: Path, quiz: str) -> bool:
    try:
        open_quiz(course, quiz)
    except NoKey:
        return not (course / "release" / quiz).exists()
    return False
