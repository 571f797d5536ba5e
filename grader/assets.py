"""The scripts and styles of our pages."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def source(*names: str) -> str:
    """Scripts or styles of ours, one after another."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)
