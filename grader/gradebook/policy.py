"""The rules of a course on late work, several attempts and feedback: one plain file, course.yaml.

nbgrader_config.py keeps what is nbgrader's. A course without course.yaml has the rules of an empty one.
When a quiz is due, and who has longer, stands in nbgrader's gradebook, where formgrader shows it too.
"""

import math
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal

from grader.reading import BadInput, Problem, nearest, read, validate

FILE = "course.yaml"
STRICT: dict[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}
SECONDS = {"hour": 3600, "day": 86400}
Attempts = Literal["last", "best", "first"]
Language = Literal["en", "es"]
When = Literal["at once", "after submission", "after closing"]
TEXT = """\
# The rules of this course. Change what you like; “grader course status” shows what holds.
# When a quiz is due: grader course due QUIZ 2026-12-01T23:59

late:                     # what late work loses
  percent: 0              # of the points earned, for each hour or day that has begun
  per: day                # hour or day
  most: 100               # never more than this, in per cent
  grace: 0                # minutes that cost nothing

attempts: last            # which counts if somebody hands in several times: last, best or first

feedback: after closing   # at once, after submission or after closing

# language: es            # of the feedback pages: en or es; without this line, what GRADER_LANGUAGE says, else English

# quizzes:                # other rules for one quiz
#   waiver:
#     attempts: best
#     feedback: after submission
#     late: {percent: 5, per: hour, most: 50}
"""


@dataclass(frozen=True, kw_only=True)
class Late:
    """What late work loses."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    percent: float = 0.0
    """Of the points earned, for each hour or day that has begun."""
    per: Literal["hour", "day"] = "day"
    """hour or day."""
    most: float = 100.0
    """Never more than this, in per cent."""
    grace: float = 0.0
    """Minutes that cost nothing."""

    def taken_off(self, points: float, seconds: float) -> float | None:
        """The points that work loses which came so late; None for none. After the grace, all of the time counts."""
        if not self.percent or seconds <= max(0.0, 60 * self.grace):
            return None
        share = min(self.percent * math.ceil(seconds / SECONDS[self.per]), self.most) / 100
        return round(points * share, 4)

    @property
    def in_words(self) -> str:
        """The rule in one line."""
        if not self.percent:
            return "late work loses nothing"
        grace = f", {self.grace:g} minutes of grace" if self.grace else ""
        return f"late work loses {self.percent:g} % for each {self.per} begun, at most {self.most:g} %{grace}"


@dataclass(frozen=True, kw_only=True)
class _ForOne:
    """Rules for one quiz; what is left out is as for the course."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    late: Late | None = None
    attempts: Attempts | None = None
    feedback: When | None = None


@dataclass(frozen=True, kw_only=True)
class _CourseFile:
    """The whole file."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    late: Late = field(default_factory=Late)
    attempts: Attempts = "last"
    feedback: When = "after closing"
    language: Language | None = None
    quizzes: dict[str, _ForOne] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """The rules that hold for one quiz."""

    late: Late = Late()
    attempts: Attempts = "last"
    feedback: When = "after closing"
    language: str = ""

    @property
    def in_words(self) -> str:
        """The rules in one line."""
        return f"{self.late.in_words}; the {self.attempts} attempt counts; feedback {self.feedback}"

    @property
    def remark(self) -> str:
        """What to think of; empty if nothing."""
        if self.feedback != "after closing" and self.attempts != "first":
            return (
                "Whoever has feedback knows the answers and can hand in again. To count only what came before, "
                "say attempts: first."
            )
        return ""


DEFAULT = Rules()
"""What holds where nobody said otherwise."""


def rules_of(course: Path, quiz: str) -> Rules:
    """The rules that hold for a quiz; BadInput names file, line and field of everything that is wrong."""
    file = _file(course)
    own = file.quizzes.get(quiz, _ForOne())
    return Rules(
        own.late or file.late, own.attempts or file.attempts, own.feedback or file.feedback, file.language or ""
    )


def _file(course: Path) -> _CourseFile:
    path = course / FILE
    try:
        stat = path.stat()
    except OSError:
        return _CourseFile()
    quizzes = tuple(sorted(one.name for one in (course / "source").glob("*/")))
    return _read(path, quizzes, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, quizzes: tuple[str, ...], _changed: int, _size: int) -> _CourseFile:
    document = read(path)
    file: _CourseFile = validate(_CourseFile, document)
    problems: list[Problem] = []
    for name in sorted(file.quizzes.keys() - set(quizzes)):
        problems.append(document.problem(("quizzes", name), "is no quiz of this course.", nearest(name, quizzes)))
    for at, late in (((), file.late), *((("quizzes", name), one.late) for name, one in file.quizzes.items())):
        problems += [document.problem((*at, "late", *where), *says) for where, says in _odd(late or Late())]
    if problems:
        raise BadInput(problems)
    return file


def _odd(late: Late) -> list[tuple[tuple[str], tuple[str, str]]]:
    """Numbers that make no rule."""
    found: list[tuple[tuple[str], tuple[str, str]]] = []
    for name, value in (("percent", late.percent), ("most", late.most)):
        if not 0 <= value <= 100:
            found.append(((name,), (f"is {value:g}.", "Give a number from 0 to 100.")))
    if not 0 <= late.grace < math.inf:
        found.append((("grace",), (f"is {late.grace:g}.", "Give minutes, 0 or more.")))
    return found
