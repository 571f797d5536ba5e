"""Keeps a learner's answers: ``<notebook>.answers.json`` beside the notebook, and nothing else.

``Store`` is the only code path by which answers are saved, for people and for simulated learners.
What is read back, and how strictly, is decided in ``grader.answers``.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from grader.answers import (
    LARGEST,
    LONGEST_TEXT,
    MIME,
    SCHEMA,
    Answer,
    Entry,
    Reading,
    Record,
    clean,
    from_notebook,
    is_date,
    merge,
    newer,
    now,
    parse,
    read,
)
from grader.messages import say
from grader.sheet import Item, Question, Sheet

if sys.platform != "win32":
    import fcntl

__all__ = [
    "LARGEST", "LONGEST_TEXT", "MIME", "SCHEMA", "Answer", "Entry", "Reading", "Record", "Saved", "Store",
    "answers_path", "complete", "fits", "from_notebook", "newer", "parse", "read",
]  # fmt: skip

PATIENCE = 1.0
BROWSER = sys.platform == "emscripten"


@dataclass(frozen=True)
class Saved:
    """Whether an answer stands on the disk now, and what to tell the learner."""

    ok: bool
    message: str
    kept: bool = True
    """False in a browser that keeps the answer only as long as the page is open."""


def answers_path(notebook: str | os.PathLike[str]) -> Path:
    """The answers file of a notebook: the same name, the same folder."""
    return Path(notebook).with_suffix(".answers.json")


def fits(item: Item, question: Question, answer: Answer) -> bool:
    """Whether an answer has the form of the item and names only choices that exist. Empty always fits."""
    options = {option.id for option in question.options}
    rows = {row.id for row in question.rows}
    match item.kind, answer:
        case ("single", list(ids)):
            return len(ids) <= 1 and options.issuperset(ids)
        case ("select", list(ids)):
            return options.issuperset(ids)
        case ("sentence", list(ids)):
            return len(ids) <= 1 and {line.id for line in question.options or question.story}.issuperset(ids)
        case ("grid", dict(chosen)):
            return rows.issuperset(chosen) and options.issuperset(chosen.values())
        case ("date", str(text)):
            return not text or is_date(text)
        case _:
            return item.kind == "written" and isinstance(answer, str)


def complete(question: Question, answer: Answer) -> bool:
    """Whether an answer counts as given: not empty, and for a grid every row judged."""
    if isinstance(answer, dict):
        return bool(answer) and all(row.id in answer for row in question.rows)
    return bool(answer.strip() if isinstance(answer, str) else answer)


class Store:
    """The answers of one learner to one quiz: in memory, and on the disk after every change.

    Making a store reads and never writes. Other copies of the record, such as the receipt in the
    notebook, are taken in where they are newer. ``notes`` says in plain words what was found amiss.
    """

    def __init__(self, path: str | os.PathLike[str], sheet: Sheet, learner: str, *, others: Iterable[Record] = ()):
        self.path = Path(path)
        self.sheet = sheet
        self.learner = learner
        self.notes: list[str] = []
        self._questions = {item.id: item.pick(sheet.salt, learner) for item in sheet.items}
        self._listeners: list[Callable[[Saved], None]] = []
        self._record = Record(sheet.quiz, sheet.version, learner)
        self._seen: tuple[int, str] | None = None
        on_disk = read(self.path)
        self.notes += on_disk.troubles
        for record in (on_disk.record, *others):
            if record is not None:
                self._take_in(record)
        if on_disk.record is not None:
            self._seen = _stamp(on_disk.record)

    def variant(self, item_id: str) -> Question:
        """The variant of an item this learner meets; KeyError if the quiz has no such item."""
        return self._questions[item_id]

    def entry(self, item_id: str) -> Entry | None:
        """The whole entry of an item, or None."""
        return self._record.items.get(item_id)

    def value(self, item_id: str) -> Answer | None:
        """The answer given to an item, or None."""
        entry = self.entry(item_id)
        return entry.answer if entry and entry.answer else None

    def progress(self) -> tuple[int, int]:
        """How many items are answered, and how many there are."""
        given = sum(complete(self._questions[id], entry.answer) for id, entry in self._record.items.items())
        return given, len(self.sheet.items)

    def receipt(self) -> dict[str, Any]:
        """The record as plain data, for the copy in a cell output."""
        return self._record.as_json()

    def saved_at(self) -> str:
        """When the record was last written (ISO, UTC), or an empty text."""
        return self._record.saved

    def listen(self, listener: Callable[[Saved], None]) -> None:
        """Call a function after every answer, saved or not."""
        self._listeners.append(listener)

    def answer(self, item_id: str, value: Answer, certainty: int | None = None) -> Saved:
        """Take an answer and write it to the disk. An answer equal to the last one is written again only if need be."""
        item, question = self.sheet.item(item_id), self.variant(item_id)
        answer = clean(value)
        if answer is None or not fits(item, question, answer):
            long = isinstance(value, str) and len(value) > LONGEST_TEXT
            return self._tell(Saved(False, say("too-long", limit=LONGEST_TEXT) if long else say("not-taken")))
        items = {**self._record.items, item_id: self._entry(item, question, answer, certainty)}
        if len(_bytes(replace(self._record, items=items))) > LARGEST - 1000:
            return self._tell(Saved(False, say("too-much")))
        self._record = replace(self._record, items=items)
        return self._tell(self._save())

    def _entry(self, item: Item, question: Question, answer: Answer, certainty: int | None) -> Entry:
        before = self.entry(item.id)
        first = before.first if before else type(answer)()
        if not first and item.kind != "written" and complete(question, answer):
            first = answer
        return Entry(question.variant, answer, certainty, now(), before.tries + 1 if before else 1, first)

    def _tell(self, saved: Saved) -> Saved:
        for listener in self._listeners:
            listener(saved)
        return saved

    def _take_in(self, record: Record) -> bool:
        """Merge a record that is this learner's and this quiz's. True if nothing of it had to stay behind."""
        notes = list(self._strangers(record))
        if record.quiz == self.sheet.quiz and record.learner == self.learner:
            kept = {id: entry for id, entry in record.items.items() if self._still_fits(id, entry)}
            notes += [say("dropped", item=id) for id in record.items if id not in kept]
            mine = replace(self._record, saved=max(self._record.saved, record.saved))
            self._record = merge(mine, replace(record, items=kept))
        self.notes += [note for note in notes if note not in self.notes]
        return not notes

    def _strangers(self, record: Record) -> Iterator[str]:
        for name, wanted in (("quiz", self.sheet.quiz), ("learner", self.learner), ("version", self.sheet.version)):
            if (found := getattr(record, name)) != wanted:
                yield say(f"other-{name}", found=found, wanted=wanted)

    def _still_fits(self, id: str, entry: Entry) -> bool:
        question = self._questions.get(id)
        if question is None or entry.variant != question.variant:
            return False
        return fits(self.sheet.item(id), question, entry.answer)

    def _save(self) -> Saved:
        try:
            with _locked(self.path.parent):
                aside, merged = self._meet_disk()
                record = replace(self._record, seq=self._record.seq + 1, saved=now())
                kept_as = _write(self.path, _bytes(record), aside)
        except OSError as error:
            return (
                self._keep_here()
                if BROWSER
                else Saved(False, say("not-saved", reason=error.strerror or "disk trouble"))
            )
        self._record, self._seen = record, _stamp(record)
        kept = not BROWSER or str(self.path.resolve()).startswith("/drive")
        return Saved(True, self._message(kept_as, merged, kept), kept)

    def _keep_here(self) -> Saved:
        """A browser without storage: the answers last as long as the page, and can be downloaded."""
        self._record = replace(self._record, seq=self._record.seq + 1, saved=now())
        return Saved(True, self._message("", False, False), False)

    def _meet_disk(self) -> tuple[str, bool]:
        """Look at the file once more before replacing it: how to keep it aside, and whether somebody else wrote it."""
        on_disk = read(self.path)
        if on_disk.record is None:
            return ("damaged" if on_disk.found else ""), False
        if _stamp(on_disk.record) == self._seen and not on_disk.troubles and self._is_ours(on_disk.record):
            return "", False
        foreign = self._seen != _stamp(on_disk.record)
        whole = self._take_in(on_disk.record)
        return ("damaged" if on_disk.troubles else "" if whole else "other"), foreign and whole

    def _is_ours(self, record: Record) -> bool:
        if any(self._strangers(record)):
            return False
        return all(self._still_fits(id, entry) for id, entry in record.items.items())

    def _message(self, kept_as: str, merged: bool, kept: bool) -> str:
        answered, total = self.progress()
        key = "aside" if kept_as else "merged" if merged else "" if kept else "not-kept"
        return say(f"saved-{key}" if key else "saved", answered=answered, total=total, aside=kept_as)


def _stamp(record: Record) -> tuple[int, str]:
    return record.seq, record.saved


def _bytes(record: Record) -> bytes:
    return json.dumps(record.as_json(), ensure_ascii=False, indent=1).encode()


def _write(path: Path, content: bytes, aside: str) -> str:
    """Put new content in the place of a file, so that at every moment the old or the new one is whole."""
    part = path.with_name(path.name + ".part")
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


def _keep_aside(path: Path, why: str) -> str:
    """Give a file a second name that is free, so that replacing it loses nothing."""
    for n in count(1):
        other = path.with_name(f"{path.name}.{why}-{n}")
        if os.path.lexists(other):
            continue
        try:
            os.link(path, other, follow_symlinks=False)
        except (OSError, NotImplementedError):
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
def _locked(folder: Path) -> Iterator[None]:
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
