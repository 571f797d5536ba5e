"""Writes tables for the pages that are built from data."""

from collections.abc import Iterable

MARKS = {True: "✔", False: "✘", None: "·"}
"""What a step of an argument counts for: there, not there, or neither."""


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table; a bar within a cell does not end it."""
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
