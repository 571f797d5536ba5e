"""Which answers count: those in the answers file, or those in the receipt inside the notebook.

Both are what the learner handed in and so are only data. What was settled on travels in the
metadata of the notebook under grading, so that scores and feedback rest on the same answers.
"""

import json
import os
from collections.abc import Collection, Iterator, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.answers import Reading, Record, from_notebook, newer, parse, read
from grader.gradebook.folder import NoKey, course_of
from grader.gradebook.roster import on_roster
from grader.reading import BadInput
from grader.sheet import Sheet

NOTHING = "No answers were handed in: there is no answers file, and the notebook holds no receipt."
DIFFER = (
    "The answers file and the receipt in the notebook hold different answers. The one saved later counts ({saved})."
)
FOREIGN_FILE = "The answers file holds another quiz or another person’s answers. The receipt in the notebook counts."
FOREIGN_RECEIPT = "The receipt in the notebook holds another quiz or another person’s answers. The answers file counts."
NO_NOTEBOOK = "The notebook could not be read. Only the answers file counts."
LARGEST_NOTEBOOK = 20_000_000


def handed_in(folder: Path, sheet: Sheet, learner: str, logins: Collection[str] = (), shared: bytes = b"") -> Reading:
    """Read both copies of a learner's answers and settle which counts. Never raises, whatever was handed in.

    ``logins`` are the further names of the learner; ``shared`` is a part of the released notebook that
    need not be read again in everybody's copy.
    """
    answers, raw = folder / f"{sheet.quiz}.answers.json", plain_bytes(folder / f"{sheet.quiz}.ipynb")
    file, notebook = read(answers), _notebook(raw.replace(shared, b'"sheet": 0', 1) if shared else raw)
    if notebook is None:
        settled = settle(file, Reading(None, found=False), sheet, learner, logins)
        return Reading(settled.record, (NO_NOTEBOOK, *settled.troubles), settled.found)
    known = (json.loads(plain_bytes(answers)), file) if file.record and not file.troubles else None
    return settle(file, from_notebook(notebook, known), sheet, learner, logins)


def plain_bytes(path: Path, most: int = LARGEST_NOTEBOOK) -> bytes:
    """What a file holds. Nothing, if it is a link, a folder, a device, larger than allowed, or cannot be read."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as stream:
            content = stream.read(most + 1)
    except OSError:
        return b""
    return content if len(content) <= most else b""


def _notebook(raw: bytes) -> dict[str, Any] | None:
    try:
        notebook = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return notebook if isinstance(notebook, dict) and isinstance(notebook.get("cells"), list) else None


def settle(file: Reading, receipt: Reading, sheet: Sheet, learner: str, logins: Collection[str] = ()) -> Reading:
    """Take the later of the two copies that are this learner's own; report a difference and every trouble.

    ``logins`` are further names the roster gives the learner; work under one of them is the learner's own.
    """
    file, receipt = (known_as(learner, logins, one) for one in (file, receipt))
    own = [_own(one.record, sheet, learner) for one in (file, receipt)]
    record, differ = newer(*own)
    record = record or file.record or receipt.record
    troubles = [*file.troubles, *receipt.troubles, *_remarks(file, receipt, own, record if differ else None)]
    return Reading(record, tuple(dict.fromkeys(troubles)), found=file.found or receipt.found)


def known_as(learner: str, logins: Collection[str], reading: Reading) -> Reading:
    """Put the learner's id into a record made under one of the learner's logins, and the login beside it."""
    record = reading.record
    if record is None or record.learner == learner or record.learner not in logins:
        return reading
    return replace(reading, record=replace(record, learner=learner, login=record.learner))


def logins_of(folder: Path, learner: str) -> tuple[str, ...]:
    """The further names that the roster of the course at or around a folder gives a learner; none if unreadable."""
    try:
        found = on_roster(course_of(folder.resolve())).get(learner)
    except (NoKey, BadInput):
        return ()
    return found.logins if found else ()


def keep(metadata: MutableMapping[str, Any], reading: Reading) -> None:
    """Put the settled answers into a notebook's metadata, in the place of the sheet, which the release still holds."""
    record = reading.record.as_json() if reading.record else None
    metadata["grader"] = {"answers": record, "troubles": list(reading.troubles)}


def kept(metadata: MutableMapping[str, Any]) -> Reading:
    """The settled answers of a notebook under grading; KeyError if none were ever settled."""
    grader = metadata["grader"]
    record = parse(json.dumps(grader["answers"])).record if grader["answers"] else None
    record = replace(record, login=grader["answers"].get("login", "")) if record else None
    return Reading(record, tuple(grader["troubles"]))


def _own(record: Record | None, sheet: Sheet, learner: str) -> Record | None:
    return record if record and (record.quiz, record.learner) == (sheet.quiz, learner) else None


def _remarks(file: Reading, receipt: Reading, own: list[Record | None], later: Record | None) -> Iterator[str]:
    if not file.found and not receipt.found:
        yield NOTHING
    if own[1] and file.record and not own[0]:
        yield FOREIGN_FILE
    if own[0] and receipt.record and not own[1]:
        yield FOREIGN_RECEIPT
    if later:
        yield DIFFER.format(saved=later.saved)
