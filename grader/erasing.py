"""Clears a learner’s answers for good: the answers file, its older copies, and Jupyter’s copy of the notebook."""

import contextlib
import json
from dataclasses import replace
from pathlib import Path

from grader import disk
from grader.answers import Record, from_notebook, read
from grader.record import Saved, Store

LARGEST = 20_000_000


def copies(store: Store) -> list[Path]:
    """The older copies of this learner's answers to this quiz, and all that anybody cleared before."""
    cleared = f"{store.path.name}.cleared-"
    aside = [one for one in disk.kept_aside(store.path) if one.name.startswith(cleared) or _is_own(store, _read(one))]
    checkpoint = _checkpoint(store.path)
    held = _read(checkpoint)
    return [*aside, checkpoint] if held and held.items and _is_own(store, held) else aside


def erase(store: Store) -> tuple[Saved, list[str]]:
    """Clear all answers and keep no copy; returns also the names of the older files that are still there.

    The empty record is written first, whole or not at all; only then do copies go, and a second try finishes
    what the first could not. Files with somebody else's answers stay, and what cannot be read, for it may be theirs.
    """
    saved = store.put(replace(store.record, items={}))
    for copy in copies(store) if saved.ok else ():
        with contextlib.suppress(OSError):
            copy.unlink()
    return saved, [one.name for one in disk.kept_aside(store.path)]


def _checkpoint(path: Path) -> Path:
    """Where Jupyter keeps an older copy of the notebook, and with it an older receipt."""
    stem = path.name.removesuffix(".answers.json")
    return path.parent / ".ipynb_checkpoints" / f"{stem}-checkpoint.ipynb"


def _read(copy: Path) -> Record | None:
    if copy.suffix != ".ipynb":
        return read(copy).record
    try:
        notebook = json.loads(copy.read_bytes()) if copy.stat().st_size <= LARGEST else None
    except (OSError, ValueError, RecursionError):
        return None
    return from_notebook(notebook).record if isinstance(notebook, dict) else None


def _is_own(store: Store, record: Record | None) -> bool:
    ours = record is not None and record.of(store.sheet.quiz, store.sheet.mode)
    return record is not None and ours and record.learner == store.learner
