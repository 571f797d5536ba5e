"""Keeps a learner's answers: ``<notebook>.answers.json`` beside the notebook, and nothing else.

``Store`` is the only code path by which answers are saved, for people and for simulated learners.
What is read back, and how strictly, is decided in ``grader.answers``.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader import disk
from grader.answers import (
    LARGEST,
    LONGEST_TEXT,
    MIME,
    SCHEMA,
    Answer,
    Entry,
    Reading,
    Record,
    after,
    clean,
    from_notebook,
    is_date,
    merge,
    moment,
    newer,
    parse,
    read,
)
from grader.messages import say
from grader.sheet import Item, Question, Sheet

__all__ = [
    "LARGEST", "LONGEST_TEXT", "MIME", "SCHEMA", "Answer", "Entry", "Reading", "Record", "Saved", "Store",
    "answers_path", "complete", "fits", "from_notebook", "newer", "parse", "read",
]  # fmt: skip

BROWSER = sys.platform == "emscripten"


@dataclass(frozen=True)
class Saved:
    """Whether an answer stands on the disk now, and what to tell the learner.

    ``changed`` are the items whose answer came from elsewhere, ``kept_as`` is the name of the older file kept aside.
    """

    ok: bool
    message: str
    changed: tuple[str, ...] = ()
    kept_as: str = ""
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
        case ("order", list(ids)):
            return not ids or (len(ids) == len(options) and options.issuperset(ids))
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
        self.me = learner
        self.notes: list[str] = []
        self._listeners: list[Callable[[Saved], None]] = []
        self._seen: tuple[int, str] | None = None
        self._unsaved = False
        on_disk = read(self.path)
        self.notes += on_disk.troubles
        self._answer_as(self._adopted(on_disk.record) or learner)
        for record in (on_disk.record, *others):
            if record is not None and (record is on_disk.record or record.learner in (self.learner, learner)):
                self._take_in(record)
        if on_disk.record is not None:
            self._seen = _stamp(on_disk.record)

    def _adopted(self, record: Record | None) -> str:
        """The name in a record that this learner took over on this machine."""
        ours = record is not None and record.of(self.sheet.quiz, self.sheet.mode) and record.adopted == self.me
        return record.learner if record is not None and ours else ""

    def _answer_as(self, learner: str) -> None:
        """Choose the variants of a name, and begin with no answers."""
        self.learner = learner
        self._questions = {item.id: item.pick(self.sheet.salt, learner) for item in self.sheet.items}
        adopted = self.me if learner != self.me else ""
        self._record = Record(self.sheet.quiz, self.sheet.version, learner, adopted=adopted, mode=self.sheet.mode)

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

    @property
    def record(self) -> Record:
        """All answers as they stand now."""
        return self._record

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
        return self._tell(self._save(item_id))

    def look(self) -> Saved:
        """Take in what another window has saved since; save again what could not be saved, or what it wrote over."""
        on_disk, before = read(self.path).record, self._record.items
        if on_disk is not None and _stamp(on_disk) != self._seen and self._take_in(on_disk):
            self._seen = _stamp(on_disk)
            self._unsaved |= bool(self._changed(on_disk.items))  # in a browser nothing locks a file
        if self._unsaved:
            return self._tell(replace(self._save(), changed=self._changed(before)))
        changed = self._changed(before)
        return self._tell(Saved(True, "", changed)) if changed else Saved(True, "")

    def put(self, record: Record, why: str = "", learner: str | None = None) -> Saved:
        """Put a whole record in the place of this one, under another learner's name if one is given.

        ``why`` goes into the name of the copy of the old file; with no reason, none is kept.
        """
        before = (self.learner, self._record)
        if learner is not None:
            self._answer_as(learner)
        kept = {id: entry for id, entry in record.items.items() if self._still_fits(id, entry)}
        moments = (before[1].saved, before[1].reset, record.saved, *(entry.at for entry in record.items.values()))
        reset = after(*moments)
        self._record = replace(self._record, items=kept, seq=before[1].seq, saved=before[1].saved, reset=reset)
        saved = self._save(why=why)
        if not saved.ok:
            self._answer_as(before[0])
            self._record, self._unsaved = before[1], False
        return self._tell(replace(saved, changed=tuple(self._questions)))

    def fitting(self, record: Record, learner: str | None = None) -> int:
        """How many answers of a record belong to questions of this quiz as a learner of this name meets them."""
        questions = {item.id: item.pick(self.sheet.salt, learner or self.learner) for item in self.sheet.items}
        return sum(
            id in questions and entry.variant == questions[id].variant and bool(entry.answer)
            for id, entry in record.items.items()
        )

    def _entry(self, item: Item, question: Question, answer: Answer, certainty: int | None) -> Entry:
        before = self.entry(item.id)
        first = before.first if before else type(answer)()
        if not first and item.kind != "written" and complete(question, answer):
            first = answer
        at = after(before.at) if before else after(self._record.reset)
        return Entry(question.variant, answer, certainty, at, before.tries + 1 if before else 1, first)

    def _tell(self, saved: Saved) -> Saved:
        for listener in self._listeners:
            listener(saved)
        return saved

    def _take_in(self, record: Record) -> bool:
        """Merge a record that is this learner's and this quiz's. True if nothing of it had to stay behind."""
        notes = list(self._strangers(record))
        if record.of(self.sheet.quiz, self.sheet.mode) and record.learner == self.learner:
            kept = {id: entry for id, entry in record.items.items() if self._still_fits(id, entry)}
            notes += [say("dropped", item=id) for id in record.items if id not in kept]
            mine = replace(self._record, saved=max(self._record.saved, record.saved, key=moment))
            self._record = merge(mine, replace(record, items=kept))
        self.notes += [note for note in notes if note not in self.notes]
        return not notes

    def _strangers(self, record: Record) -> Iterator[str]:
        for name, wanted in (("quiz", self.sheet.quiz), ("learner", self.learner), ("version", self.sheet.version)):
            if (found := getattr(record, name)) != wanted:
                yield say(f"other-{name}", found=found, wanted=wanted)
        if record.mode not in ("", self.sheet.mode):
            yield say(f"other-mode-{record.mode}")

    def _still_fits(self, id: str, entry: Entry) -> bool:
        question = self._questions.get(id)
        if question is None or entry.variant != question.variant:
            return False
        return fits(self.sheet.item(id), question, entry.answer)

    def _save(self, item_id: str = "", why: str = "") -> Saved:
        """Write the record, with what another window wrote. The answer just given counts, whatever the clocks say."""
        before = self._record.items
        try:
            with disk.locked(self.path.parent):
                aside, merged = self._meet_disk()
                self._prefer(item_id, before)
                record = replace(self._record, seq=self._record.seq + 1, saved=after(self._record.saved))
                aside = aside or (why if self.path.exists() else "")
                kept_as = disk.write(self.path, _bytes(record), aside)
        except OSError as error:
            if BROWSER:
                return self._keep_here(before)
            self._unsaved = True
            return Saved(False, say("not-saved", reason=error.strerror or "disk trouble"), self._changed(before))
        self._record, self._seen, self._unsaved = record, _stamp(record), False
        kept = not BROWSER or str(self.path.resolve()).startswith("/drive")
        return Saved(True, self._message(kept_as, merged, kept), self._changed(before), kept_as, kept)

    def _keep_here(self, before: Mapping[str, Entry]) -> Saved:
        """A browser without storage: the answers last as long as the page, and can be downloaded."""
        self._record = replace(self._record, seq=self._record.seq + 1, saved=after(self._record.saved))
        return Saved(True, self._message("", False, False), self._changed(before), kept=False)

    def _prefer(self, item_id: str, before: Mapping[str, Entry]) -> None:
        """Let the answer just given stand over one from another window whose clock is ahead."""
        given, now_there = before.get(item_id), self._record.items.get(item_id)
        if given is None or now_there is None or now_there.answer == given.answer:
            return
        entry = replace(given, at=after(now_there.at), tries=now_there.tries + 1, first=now_there.first)
        self._record = replace(self._record, items={**self._record.items, item_id: entry})

    def _changed(self, before: Mapping[str, Entry]) -> tuple[str, ...]:
        """The items whose answer is another one than before, or gone."""
        new = self._record.items
        answers = {id: (before[id].answer if id in before else None) for id in (*before, *new)}
        return tuple(id for id, old in answers.items() if old != (new[id].answer if id in new else None))

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
