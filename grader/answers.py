"""What a learner answered, as plain data, and how to read it back without trusting it.

Reading never raises, whatever the bytes are. It keeps known keys of known types within fixed
limits, says in plain words what it left out, and never turns trouble into an answer.
"""

import base64
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeGuard

from grader.messages import say

SCHEMA = 1
MIME = "application/vnd.grader.answers+json"
LARGEST = 256 * 1024
LONGEST_TEXT = 20_000
LONGEST_ID = 200
MOST_ITEMS = 500
MOST_CHOICES = 200
DEEPEST = 8
SELDOM = ("reset", "adopted", "login", "mode")
MODES = ("quiz", "practice")
BROWSER_NAME = re.compile(r"web-[bcdfghjkmnpqrstvwxz]{10}")
"""The name that a browser makes up for itself on the learners' site: without vowels, so that it is never a word."""
TEXTS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
"""The texts in JSON, even one that has no end."""

Answer = list[str] | dict[str, str] | str
SURE = 3
"""The highest certainty: very sure."""


@dataclass(frozen=True)
class Entry:
    """The answer to one item.

    ``answer`` is a list of option ids (single, select, sentence), a row-to-option map (grid), an ISO
    date or a text. ``first`` is the first complete answer, ``tries`` how often one was given, ``at``
    the time of the last one (ISO, UTC), ``certainty`` 1 to 3 where the learner was asked.
    """

    variant: str
    answer: Answer
    certainty: int | None = None
    at: str = ""
    tries: int = 1
    first: Answer = ""


@dataclass(frozen=True)
class Record:
    """All answers of one learner to one version of one quiz.

    ``reset`` is the moment at which the learner last cleared or replaced all answers: older copies are void.
    ``adopted`` is the name under which the learner took these answers over on another machine.
    ``login`` is the name under which the learner was given variants, where it is not the learner's id.
    The grader fills it in from the roster; it is never read from what was handed in.
    ``mode`` is quiz or practice, which may share a name; empty in a record made before that was written down.
    """

    quiz: str
    version: str
    learner: str
    saved: str = ""
    seq: int = 0
    items: Mapping[str, Entry] = field(default_factory=dict)
    reset: str = ""
    adopted: str = ""
    login: str = ""
    mode: str = ""

    def of(self, quiz: str, mode: str) -> bool:
        """Whether these are answers to that quiz, as practice or for a grade; an older record may be either."""
        return self.quiz == quiz and self.mode in ("", mode)

    def as_json(self) -> dict[str, Any]:
        """The record as plain data, as it stands in the file and in the receipt."""
        items = {id: {**vars(entry)} for id, entry in self.items.items()}
        data = {"schema": SCHEMA, **vars(self), "items": items}
        return {name: value for name, value in data.items() if value or name not in SELDOM}


@dataclass(frozen=True)
class Reading:
    """What could be read, what was wrong with it, and whether there was anything to read at all.

    ``data`` is the plain data of a file that was read.
    """

    record: Record | None
    troubles: tuple[str, ...] = ()
    found: bool = True
    data: Any = field(default=None, compare=False, repr=False)

    def name(self, learner: str) -> str:
        """The name by which a learner's variants are chosen: the login of the record, or else the learner's id."""
        return (self.record.login if self.record else "") or learner


def is_browser(learner: str) -> bool:
    """Whether a record carries the made-up name of a browser, which says nothing of who sat there."""
    return BROWSER_NAME.fullmatch(learner) is not None


def now() -> str:
    """This moment in UTC, to the microsecond, as ISO text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def after(*times: str) -> str:
    """This moment, or just after some other moments where the clock was set back since: a later time stays later."""
    latest = max((moment(time) for time in times), default=moment(""))
    if moment(now()) > latest:
        return now()
    return (latest + timedelta(microseconds=1)).isoformat(timespec="microseconds")


def receipt_code(record: Record) -> str:
    """A short code for exactly these answers: whoever holds the answers file can work it out again."""
    given = sorted((id, entry.variant, entry.answer) for id, entry in record.items.items() if entry.answer)
    content = json.dumps([record.quiz, record.version, record.learner, given], sort_keys=True, ensure_ascii=True)
    code = base64.b32encode(hashlib.sha256(content.encode()).digest()).decode()[:12]
    return "-".join((code[:4], code[4:8], code[8:]))


def read(path: str | os.PathLike[str]) -> Reading:
    """Read an answers file. Links, folders and files over the limit are refused unread."""
    file = Path(path)
    try:
        mode = file.lstat().st_mode
        if stat.S_ISLNK(mode):
            return _trouble("is-link")
        if not stat.S_ISREG(mode):
            return _trouble("not-a-file")
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(file, flags), "rb") as stream:
            return parse(stream.read(LARGEST + 1))
    except FileNotFoundError:
        return Reading(None, found=False)
    except (OSError, ValueError) as error:
        return _trouble("unreadable", reason=getattr(error, "strerror", None) or "bad name")


def parse(raw: bytes | str) -> Reading:
    """Read the content of an answers file."""
    data = raw.encode("utf-8", "replace") if isinstance(raw, str) else bytes(raw)
    if len(data) > LARGEST:
        return _trouble("too-large", limit=LARGEST // 1024)
    if not data.strip():
        return _trouble("empty")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _trouble("not-text")
    if _depth(text) > DEEPEST:
        return _trouble("too-deep")
    try:
        plain = json.loads(text, parse_constant=_refuse)
        return replace(_record(plain), data=plain)
    except (ValueError, RecursionError):
        return _trouble("not-json")


def from_notebook(nb: Mapping[str, Any], known: Reading | None = None) -> Reading:
    """Find the newest readable receipt among the outputs of a notebook.

    ``known`` is what was read from the answers file: an equal receipt need not be read again.
    """
    readings = [known if known and data == known.data else _parse_data(data) for data in _receipts(nb)]
    best: Record | None = None
    for reading in readings:
        best, _ = newer(best, reading.record)
    troubles = [say("receipt", trouble=t) for r in readings for t in r.troubles if r.record in (None, best)]
    return Reading(best, tuple(dict.fromkeys(troubles)), found=bool(readings))


def newer(a: Record | None, b: Record | None) -> tuple[Record | None, bool]:
    """The record saved later, and whether the two hold different answers. One alone differs from nothing."""
    if a is None or b is None:
        return a or b, False
    later = b if (moment(b.saved), b.seq) > (moment(a.saved), a.seq) else a
    return later, _given(a) != _given(b)


def merge(a: Record, b: Record) -> Record:
    """Put two records together: for each item the later answer counts, and none is lost but what was cleared."""
    reset = max(a.reset, b.reset, key=moment)
    mine, theirs = _since(a, reset), _since(b, reset)
    items = {**theirs, **mine}
    for id in mine.keys() & theirs.keys():
        old, new = sorted((theirs[id], mine[id]), key=lambda entry: moment(entry.at))
        items[id] = replace(new, tries=max(old.tries, new.tries), first=old.first or new.first)
    return replace(a, items=items, seq=max(a.seq, b.seq), reset=reset)


def _since(record: Record, reset: str) -> dict[str, Entry]:
    """The entries of a record that a reset leaves standing: all of a record that knows of it, else what came later."""
    if moment(record.reset) == moment(reset):
        return dict(record.items)
    return {id: entry for id, entry in record.items.items() if moment(entry.at) > moment(reset)}


def moment(text: str) -> datetime:
    """A point in time that can be compared; the earliest possible for text that is no time."""
    try:
        point = datetime.fromisoformat(text)
        return (point if point.tzinfo else point.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)


def _given(record: Record) -> dict[str, tuple[str, Answer]]:
    return {id: (entry.variant, entry.answer) for id, entry in record.items.items() if entry.answer}


def _trouble(key: str, **values: Any) -> Reading:
    return Reading(None, (say(key, **values),))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a value")


def _depth(text: str) -> int:
    """How deeply brackets are nested, strings left aside: checked first so that no parser can overflow."""
    steps = [1 if mark in "[{" else -1 for mark in re.findall(r"[\[\]{}]", TEXTS.sub("", text))]
    return max(accumulate(steps), default=0)


def _receipts(nb: Any) -> Iterator[Any]:
    for cell in _list(nb, "cells"):
        for output in _list(cell, "outputs"):
            data = output.get("data") if isinstance(output, Mapping) else None
            if isinstance(data, Mapping) and MIME in data:
                yield data[MIME]


def _list(thing: Any, name: str) -> list[Any]:
    value = thing.get(name) if isinstance(thing, Mapping) else None
    return value if isinstance(value, list) else []


def _parse_data(data: Any) -> Reading:
    """Read a receipt by the same door as a file. Notebooks may keep it as data, as text or as lines of text."""
    if isinstance(data, list) and all(isinstance(line, str) for line in data):
        data = "".join(data)
    try:
        return parse(data if isinstance(data, str) else json.dumps(data))
    except (TypeError, ValueError, RecursionError):
        return _trouble("not-json")


def _record(data: Any) -> Reading:
    if not isinstance(data, dict) or not isinstance(data.get("items"), dict):
        return _trouble("not-a-record")
    if type(data.get("schema")) is not int or data["schema"] != SCHEMA:
        form = "newer-schema" if type(data.get("schema")) is int and data["schema"] > SCHEMA else "other-schema"
        return _trouble(form, found=_text(str(data.get("schema")), 20), known=SCHEMA)
    quiz, version, learner = (_id(data.get(name)) for name in ("quiz", "version", "learner"))
    if not (quiz and version and learner):
        return _trouble("no-identity")
    items, troubles = _items(data["items"])
    seq = data.get("seq")
    mode = data.get("mode")
    record = Record(
        quiz,
        version,
        learner,
        _time(data.get("saved")),
        seq if _count(seq) else 0,
        items,
        _time(data.get("reset")),
        _id(data.get("adopted")),
        mode=mode if mode in MODES else "",
    )
    return Reading(record, tuple(troubles))


def _items(data: dict[str, Any]) -> tuple[dict[str, Entry], list[str]]:
    items: dict[str, Entry] = {}
    troubles = [say("too-many", count=len(data), limit=MOST_ITEMS)] if len(data) > MOST_ITEMS else []
    for id, value in list(data.items())[:MOST_ITEMS]:
        entry = _entry(value) if _id(id) == id else None
        if entry is None:
            troubles.append(say("bad-item", item=_text(id, 40)))
        else:
            items[id] = entry
            troubles += [say("bad-part", item=id, part=part) for part in _bad_parts(value, entry)]
    return items, troubles


def _entry(value: Any) -> Entry | None:
    if not isinstance(value, dict):
        return None
    variant, answer = _id(value.get("variant")), clean(value.get("answer"))
    if not variant or answer is None:
        return None
    certainty, tries = value.get("certainty"), value.get("tries")
    return Entry(
        variant,
        answer,
        certainty if type(certainty) is int and 1 <= certainty <= SURE else None,
        _time(value.get("at")),
        tries if _count(tries) else 1,
        clean(value.get("first")) or type(answer)(),
    )


def _bad_parts(value: dict[str, Any], entry: Entry) -> Iterator[str]:
    if value.get("certainty") not in (None, entry.certainty) or isinstance(value.get("certainty"), bool):
        yield "certainty"
    if not entry.at:
        yield "time"
    if not _count(value.get("tries")):
        yield "number of tries"
    if not entry.first and clean(value.get("first")) is None:
        yield "first answer"


def clean(value: Any) -> Answer | None:
    """An answer of a known type within the limits, or None."""
    if isinstance(value, str):
        return _text(value, LONGEST_TEXT) if len(value) <= LONGEST_TEXT else None
    if isinstance(value, list) and len(value) <= MOST_CHOICES:
        ids = [_id(one) for one in value]
        return list(dict.fromkeys(ids)) if all(ids) else None
    if isinstance(value, dict) and len(value) <= MOST_CHOICES:
        rows = {_id(row): _id(option) for row, option in value.items()}
        return rows if all(rows) and all(rows.values()) else None
    return None


def is_date(text: str) -> bool:
    """Whether a text is a full date, year first."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _id(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        return ""
    return value if _plain(value) or _text(value, LONGEST_ID) == value else ""


def _text(value: str, limit: int) -> str:
    """Text without half characters and control signs, which databases and pages choke on."""
    if _plain(value):
        return value[:limit]
    whole = value[:limit].encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", whole)


def _plain(value: str) -> bool:
    return value.isascii() and value.isprintable()


def _count(value: Any) -> TypeGuard[int]:
    return type(value) is int and 0 <= value < 10**9


def _time(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= 40 and moment(value).year > 1 else ""
