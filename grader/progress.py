"""What a learner has answered so far, read from the answers files in the learner’s own folders. Sends nothing.

The progress notebook calls only

    from grader.progress import progress
    progress()

Practice is told by what is right now and at the first try. Of quizzes for a grade it says only what is answered.
"""

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote

from grader.answers import SURE, Entry, read
from grader.messages import say
from grader.record import Store, answers_path, complete, from_notebook
from grader.scoring import Score, score
from grader.sheet import Item, ItemKey, KeySheet, Sheet
from grader.words import Topic

NAME = "progress"
LARGEST, MOST = 5_000_000, 300
"""The largest notebook that is read, in bytes, and how many at most: a folder may hold more than a course."""


@dataclass(frozen=True)
class Done:
    """How one question of practice stands: open, right, again (look at it again) or written."""

    topic: str
    state: str
    first: bool = False
    sure: bool = False
    rule: str = ""
    title: str = ""


@dataclass(frozen=True)
class Part:
    """One practice set or quiz: where it is, how much of it is answered, and what was found amiss."""

    quiz: str
    title: str
    href: str
    practice: bool
    answered: int
    total: int
    done: tuple[Done, ...] = ()
    handed: datetime | None = None
    changed: bool = False

    @property
    def first(self) -> int:
        """How many questions were right at the first try."""
        return sum(one.first for one in self.done)

    @property
    def now(self) -> int:
        """How many questions are right now."""
        return sum(one.state == "right" for one in self.done)


@dataclass(frozen=True)
class Again:
    """A rule to look at again, with the question it belongs to."""

    rule: str
    title: str
    href: str
    sure: bool


@dataclass(frozen=True)
class Progress:
    """All that was found, practice first, and in plain words what could not be used."""

    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def practice(self) -> tuple[Part, ...]:
        """The practice sets."""
        return tuple(part for part in self.parts if part.practice)

    @property
    def quizzes(self) -> tuple[Part, ...]:
        """The quizzes for a grade."""
        return tuple(part for part in self.parts if not part.practice)

    @property
    def again(self) -> tuple[Again, ...]:
        """The rules behind answers that are not right now, each once; first those the learner was very sure of."""
        found: dict[str, Again] = {}
        for part in self.practice:
            for one in part.done:
                if one.state == "again" and (one.rule not in found or one.sure):
                    found[one.rule] = Again(one.rule, one.title, part.href, one.sure)
        return tuple(sorted(found.values(), key=lambda rule: not rule.sure))


def progress() -> None:
    """Show how far the learner is, from the answers files beside the notebook and in the folders around it."""
    from grader import care
    from grader.widgets import learner_id, notebook_file

    shown = Shown(notebook_file(NAME).parent, learner_id())
    care.show(renew=shown.renew, intro="progress-intro")
    shown.show()


class Shown:
    """The progress page in a notebook."""

    def __init__(self, folder: Path, learner: str):
        self._folder, self._learner = folder, learner
        self._place: Any = None

    def show(self) -> None:
        """Show the page."""
        from grader.widgets import _display

        self._place = _display(self._page(), raw=True, display_id=True)

    def renew(self) -> None:
        """Count again, and say it in the language chosen now."""
        if self._place is not None:
            self._place.update(self._page(), raw=True)

    def _page(self) -> dict[str, str]:
        from grader.progress_page import as_text, page

        found = gather(self._folder, self._learner)
        return {"text/plain": as_text(found), "text/html": page(found)}


def gather(folder: Path, learner: str) -> Progress:
    """Read every course notebook and answers file in a folder and the folders in it, or else in those beside it."""
    root = folder if _notebooks(folder) else folder.parent
    notebooks = _notebooks(root)
    parts, notes = list[Part](), list[str]()
    for path, held in notebooks.items():
        try:
            part, troubles = _part(path, held, folder, learner)
        except (ValueError, TypeError, LookupError, AttributeError):
            notes.append(say("progress-bad-notebook", file=path.name))
            continue
        parts.append(part)
        notes += [say("progress-note", file=answers_path(path).name, note=note) for note in troubles]
    notes += _alone(notebooks, root)
    return Progress(tuple(sorted(parts, key=_place)), tuple(dict.fromkeys(notes)))


def _place(part: Part) -> tuple[object, ...]:
    """Practice before quizzes, and topics in the order in which they are taught."""
    known = list(get_args(Topic))
    return not part.practice, known.index(part.quiz) if part.quiz in known else len(known), part.title


def _folders(folder: Path) -> Iterator[Path]:
    yield folder
    with contextlib.suppress(OSError):
        yield from sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    for one in _folders(folder):
        with contextlib.suppress(OSError):
            yield from sorted(path for path in one.glob(pattern) if path.is_file())


def _notebooks(folder: Path) -> dict[Path, dict[str, Any]]:
    """The notebooks that hold a sheet of questions, with their content."""
    found: dict[Path, dict[str, Any]] = {}
    for path in [path for _, path in zip(range(MOST), _files(folder, "*.ipynb"), strict=False)]:
        try:
            content = json.loads(path.read_bytes()) if path.stat().st_size <= LARGEST else None
        except (OSError, ValueError, RecursionError):
            continue  # whatever it is, it is no notebook of the course
        if isinstance(content, dict) and _held(content).get("sheet"):
            found[path] = content
    return found


def _held(notebook: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the course keeps in a notebook; nothing for a notebook of somebody else."""
    metadata = notebook.get("metadata")
    held = metadata.get("grader") if isinstance(metadata, dict) else None
    return held if isinstance(held, dict) else {}


def _part(path: Path, notebook: Mapping[str, Any], folder: Path, learner: str) -> tuple[Part, list[str]]:
    held = _held(notebook)
    sheet = Sheet.from_json(held["sheet"])
    receipt = from_notebook(notebook).record
    store = Store(answers_path(path), sheet, learner, others=(receipt,) if receipt else ())
    answered, total = store.progress()
    href = quote(os.path.relpath(path, folder).replace(os.sep, "/"))
    if sheet.mode == "practice":
        keys = KeySheet.from_json(held["keys"])
        done = tuple(_done(store, item, keys.item(item.id)) for item in sheet.items)
        return Part(sheet.quiz, sheet.title, href, True, answered, total, done), store.notes
    handed = handed_in(sheet.quiz)
    changed = bool(handed and store.saved_at() and datetime.fromisoformat(store.saved_at()) > handed)
    return Part(sheet.quiz, sheet.title, href, False, answered, total, handed=handed, changed=changed), store.notes


def _done(store: Store, item: Item, key: ItemKey | None) -> Done:
    entry, question = store.entry(item.id), store.variant(item.id)
    one = key.of(question.variant) if key else None
    topic = key.topic if key else ""
    if entry is None or key is None or one is None or not complete(question, entry.answer):
        return Done(topic, "open")
    now, first = _verdict(key, entry), _verdict(key, replace(entry, answer=entry.first))
    state = "written" if now == "by-hand" else "right" if now == "right" else "again"
    sure = entry.certainty == SURE and now == "wrong"
    return Done(topic, state, first == "right", sure, one.rule, question.title)


def _verdict(key: ItemKey, entry: Entry) -> str:
    judged: Score = score(key, entry, entry.variant)
    return judged.verdict


def _alone(notebooks: Iterable[Path], folder: Path) -> Iterator[str]:
    """Answers files that belong to no notebook here."""
    known = {answers_path(path) for path in notebooks}
    for path in _files(folder, "*.answers.json"):
        if path not in known:
            reading = read(path)
            yield say("progress-alone", file=path.name)
            yield from (say("progress-note", file=path.name, note=note) for note in reading.troubles)


def handed_in(assignment: str) -> datetime | None:
    """When a quiz was last handed in from this machine by nbgrader, as its own copies of hand-ins say; else None."""
    try:
        from jupyter_core.paths import jupyter_data_dir
    except ImportError:
        return None
    cache = Path(jupyter_data_dir()) / "nbgrader_cache"
    found = [_moment(path) for path in cache.glob(f"*/*+{escape(assignment)}+*/timestamp.txt")]
    return max((moment for moment in found if moment), default=None)


def _moment(path: Path) -> datetime | None:
    with contextlib.suppress(OSError, ValueError):
        return datetime.fromisoformat(path.read_text(encoding="utf-8")[:19]).replace(tzinfo=UTC)
    return None


__all__ = ["Again", "Done", "Part", "Progress", "gather", "handed_in", "progress"]
