"""Writes tables that a spreadsheet can open and nobody can hide a formula in."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from grader.reading import BadInput, Problem

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")
BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe in front."""
    if not isinstance(value, str):
        return "" if value is None else value
    begins = value.lstrip(" \u00a0").startswith(BEGINS) or value.startswith(("\t", "\r", "\n"))
    plain = NUMBER.fullmatch(value.strip()) or value.strip() in ("-", "--")
    return f"'{value}" if begins and not plain else value


def as_csv(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> bytes:
    """Rows as CSV in UTF-8, every cell safe and quoted where it must be."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([[safe(cell) for cell in row] for row in rows])
    return text.getvalue().encode()


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner alone; BadInput if that is not possible."""
    part = ""
    try:
        _private(path.parent)
        handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    except OSError as error:
        if part:
            Path(part).unlink(missing_ok=True)
        right = "Give a place that can be written."
        raise BadInput([Problem(str(path), 1, "", f"cannot be written ({error.strerror}).", right)]) from None


def _private(folder: Path) -> None:
    """Make a folder and those above it that are missing, each for its owner alone."""
    for one in reversed([folder, *folder.parents]):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)
