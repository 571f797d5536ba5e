"""Several attempts at one quiz: all are kept, and the one that counts lies where nbgrader looks for it.

Collecting always works with the last attempt in ``submitted/ID/QUIZ`` and keeps those before it in
``earlier/ID/QUIZ``. Where another one counts, by the rules of the course, the two change places, and
``last.txt`` in the earlier folder says which one is the last. So both doors grade the same work.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from grader.answers import Record
from grader.gradebook.desk import digest
from grader.gradebook.folder import release_path
from grader.gradebook.policy import Attempts
from grader.gradebook.roster import on_roster
from grader.gradebook.shelf import STAMP, NoTime, handed_in_at
from grader.gradebook.submission import handed_in, plain_bytes
from grader.sheet import Sheet

EARLIER = "earlier"
LAST = "last.txt"
Worth = Callable[[str, "Attempt"], float]
"""What an attempt of a learner is worth, in points."""


@dataclass(frozen=True)
class Attempt:
    """One attempt: where it lies, the answers in it, and when it was handed in (UTC, without a zone)."""

    folder: Path
    record: Record
    at: datetime

    @property
    def content(self) -> str:
        """What was answered, in short: the same work handed in twice is one attempt."""
        return repr(sorted((id, entry.variant, entry.answer) for id, entry in self.record.items.items()))


@dataclass(frozen=True)
class Counted:
    """Which attempt of a learner counts: its number, of how many."""

    number: int
    of: int


def name_of(folder: Path, quiz: str) -> str:
    """A name for an attempt, by when it was handed in and what is in it."""
    files = [plain_bytes(folder / f"{quiz}{ending}") for ending in (".ipynb", ".answers.json")]
    return f"{_at(folder):%Y-%m-%dT%H-%M-%SZ}-{digest(*files)[:8]}"


def last_first(course: Path, quiz: str, learner: str) -> tuple[Path, list[Path]]:
    """Where the last attempt lies, and where those before it do, whichever of them counts now."""
    here, earlier = course / "submitted" / learner / quiz, course / EARLIER / learner / quiz
    others = sorted(path for path in earlier.glob("*/") if path.name[0] != ".")
    last = _noted(earlier)
    if last and last.is_dir():
        return last, [here, *(path for path in others if path != last)]
    return here, others


def restore(course: Path, quiz: str, learner: str = "*") -> None:
    """Put the last attempt back into its place; ends a change of places that was cut short."""
    for note in (course / EARLIER).glob(f"{learner}/{quiz}/{LAST}"):
        earlier, here = note.parent, course / "submitted" / note.parent.parent.name / quiz
        last = _noted(earlier)
        if last and last.is_dir():
            if here.exists():
                here.rename(_free(earlier, here, quiz))
            last.rename(here)
        note.unlink()


def settle(course: Path, sheet: Sheet, rule: Attempts, worth: Worth) -> tuple[str, ...]:
    """Put the attempt that counts into its place, for everybody; returns the learners of whom not the last counts."""
    restore(course, sheet.quiz)
    if rule == "last":
        return ()
    moved = []
    for folder in sorted((course / EARLIER).glob(f"*/{sheet.quiz}/")):
        learner = folder.parent.name
        found = list(attempts_of(course, sheet, learner))
        best = counting(found, rule, partial(worth, learner))
        if best and best.folder != course / "submitted" / learner / sheet.quiz:
            _change_places(course, sheet.quiz, learner, best.folder)
            moved.append(learner)
    return tuple(moved)


def counting(attempts: list[Attempt], rule: Attempts, worth: Callable[[Attempt], float]) -> Attempt | None:
    """The attempt that counts. Of two equally good ones, the later."""
    if not attempts:
        return None
    if rule == "best":
        return max(attempts, key=lambda one: (round(worth(one), 4), one.at))
    return (min if rule == "first" else max)(attempts, key=lambda one: one.at)


def counted(course: Path, sheet: Sheet, learner: str) -> Counted | None:
    """Which of several attempts lies in the place of the one that counts; None if there is only one."""
    if not (course / EARLIER / learner / sheet.quiz).is_dir():
        return None
    found = sorted(attempts_of(course, sheet, learner), key=lambda one: one.at)
    here = course / "submitted" / learner / sheet.quiz
    numbers = [n for n, one in enumerate(found, 1) if one.folder == here]
    return Counted(numbers[0], len(found)) if numbers and len(found) > 1 else None


def keep(course: Path, quiz: str, learner: str, folder: Path, copy: Callable[[str, str], None]) -> None:
    """Keep a copy of what was handed in before, unless it is there already."""
    here, earlier = course / "submitted" / learner / quiz, course / EARLIER / learner / quiz
    name = name_of(folder, quiz)
    if (earlier / name).exists() or (here.is_dir() and name_of(here, quiz) == name):
        return
    earlier.mkdir(parents=True, exist_ok=True)
    (course / EARLIER).chmod(0o700)
    part = earlier / f".{name}.part"
    shutil.rmtree(part, ignore_errors=True)
    copy(str(folder), str(part))
    if part.is_dir():
        part.rename(earlier / name)


def move_aside(course: Path, quiz: str, learner: str) -> Path:
    """Keep what lies in the place of the last attempt as an earlier one; returns where."""
    here, earlier = course / "submitted" / learner / quiz, course / EARLIER / learner / quiz
    earlier.mkdir(parents=True, exist_ok=True)
    (course / EARLIER).chmod(0o700)
    return here.rename(_free(earlier, here, quiz))


def attempts_of(course: Path, sheet: Sheet, learner: str) -> Iterator[Attempt]:
    """The attempts of a learner with any answer of their own in them, each once."""
    last, others = last_first(course, sheet.quiz, learner)
    here, seen = course / "submitted" / learner / sheet.quiz, set()
    entry = on_roster(course).get(learner)
    for folder in sorted((last, *others), key=lambda one: (one != here, one.name)):
        reading = handed_in(folder, sheet, learner, entry.logins if entry else ())
        record = reading.record
        if record and record.items and record.of(sheet.quiz, sheet.mode) and record.learner == learner:
            attempt = Attempt(folder, record, _at(folder))
            if attempt.content not in seen:
                seen.add(attempt.content)
                yield attempt


def _change_places(course: Path, quiz: str, learner: str, chosen: Path) -> None:
    here, earlier = course / "submitted" / learner / quiz, course / EARLIER / learner / quiz
    if not (chosen / f"{quiz}.ipynb").exists():
        shutil.copyfile(release_path(course, quiz), chosen / f"{quiz}.ipynb")
    last = _free(earlier, here, quiz)
    part = earlier / f".{LAST}.part"
    part.write_text(last.name, encoding="utf-8")
    part.replace(earlier / LAST)
    here.rename(last)
    chosen.rename(here)


def _free(earlier: Path, folder: Path, quiz: str) -> Path:
    """A place for a folder among the earlier ones; the very same work may lie there already."""
    name, n = name_of(folder, quiz), 1
    while (earlier / (name if n == 1 else f"{name}.{n}")).exists():
        n += 1
    return earlier / (name if n == 1 else f"{name}.{n}")


def _noted(earlier: Path) -> Path | None:
    text = plain_bytes(earlier / LAST).decode("utf-8", "replace").strip()
    return earlier / text if text and "/" not in text and text not in (".", "..") else None


def _at(folder: Path) -> datetime:
    try:
        return handed_in_at(plain_bytes(folder / STAMP)) or datetime.min
    except NoTime:
        return datetime.min
