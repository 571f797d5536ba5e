"""Which answers count: those in the answers file, or those in the receipt inside the notebook.

Both are what the learner handed in and so are only data. What was settled on travels in the
metadata of the notebook under grading, so that scores and feedback rest on the same answers.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping, MutableMapping
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG
from typing import Any

from grader.answers import Reading, Record, from_notebook, is_browser, newer, parse, read
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
READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
NOT_READ: Mapping[str, bytes | None] = {}


def handed_in(
    folder: Path,
    sheet: Sheet,
    learner: str,
    logins: Collection[str] = (),
    *,
    held: Mapping[str, bytes | None] = NOT_READ,
    shared: bytes = b"",
) -> Reading:
    """Read both copies of a learner's answers and settle which counts. Never raises, whatever was handed in.

    ``logins`` are the further names of the learner; ``held`` is what has been read from the folder before,
    and ``shared`` a part of the released notebook that need not be read again in everybody's copy.
    """
    name = f"{sheet.quiz}.answers.json"
    content, raw = held.get(name), held.get(f"{sheet.quiz}.ipynb")
    file = read(folder / name) if content is None else parse(content)
    notebook = _notebook(_without(plain_bytes(folder / f"{sheet.quiz}.ipynb") if raw is None else raw, shared))
    if notebook is None:
        settled = settle(file, Reading(None, found=False), sheet, learner, logins)
        return Reading(settled.record, (NO_NOTEBOOK, *settled.troubles), settled.found)
    known = file if file.record and not file.troubles else None
    return settle(file, from_notebook(notebook, known), sheet, learner, logins)


def plain_bytes(path: str | Path) -> bytes:
    """What a file holds. Nothing, if it is a link, a folder, a device, larger than allowed, or cannot be read."""
    return content_of(path) or b""


def content_of(path: str | Path) -> bytes | None:
    """What a file holds. None for a link, a folder, a device, what is larger than allowed, or cannot be read."""
    try:
        file = os.open(path, READING)
    except OSError:
        return None
    try:
        about = os.fstat(file)
        plain = S_ISREG(about.st_mode) and about.st_size <= LARGEST_NOTEBOOK
        return os.read(file, about.st_size) if plain else None
    except OSError:
        return None
    finally:
        os.close(file)


def _without(raw: bytes, shared: bytes) -> bytes:
    """A notebook without the part that is the same in every learner's."""
    start = raw.find(shared[:10]) if shared else -1
    if start < 0 or not raw.startswith(shared, start):
        return raw
    return raw[:start] + b'"sheet": 0' + raw[start + len(shared) :]


def _notebook(raw: bytes) -> dict[str, Any] | None:
    try:
        notebook = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return notebook if isinstance(notebook, dict) and isinstance(notebook.get("cells"), list) else None


def settle(file: Reading, receipt: Reading, sheet: Sheet, learner: str, logins: Collection[str] = ()) -> Reading:
    """Take the later of the two copies that are this learner's own; report a difference and every trouble.

    ``logins`` are further names the roster gives the learner; work under one of them is the learner's own.
    So is work under the made-up name of a browser: it is nobody else's, and the learner handed it in.
    """
    file, receipt = (known_as(learner, logins, one) for one in (file, receipt))
    own = [_own(one.record, sheet, learner) for one in (file, receipt)]
    record, differ = newer(*own)
    record = record or file.record or receipt.record
    troubles = [*file.troubles, *receipt.troubles, *_remarks(file, receipt, own, record if differ else None)]
    return Reading(record, tuple(dict.fromkeys(troubles)), found=file.found or receipt.found)


def known_as(learner: str, logins: Collection[str], reading: Reading) -> Reading:
    """Put the learner's id into a record made under a login of the learner or in a browser, and that name beside it."""
    record = reading.record
    if record is None or record.learner == learner:
        return reading
    if record.learner not in logins and not is_browser(record.learner):
        return reading
    return replace(reading, record=replace(record, learner=learner, login=record.learner))


def logins_of(course: Path, learner: str) -> tuple[str, ...]:
    """The further names that the roster of a course gives a learner; none if unreadable."""
    try:
        found = on_roster(course).get(learner)
    except BadInput:
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
    return record if record and record.of(sheet.quiz, sheet.mode) and record.learner == learner else None


def _remarks(file: Reading, receipt: Reading, own: list[Record | None], later: Record | None) -> Iterator[str]:
    if not file.found and not receipt.found:
        yield NOTHING
    if own[1] and file.record and not own[0]:
        yield FOREIGN_FILE
    if own[0] and receipt.record and not own[1]:
        yield FOREIGN_RECEIPT
    if later:
        yield DIFFER.format(saved=later.saved)
