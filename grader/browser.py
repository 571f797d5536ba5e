"""What Python does only in a browser: it opens a quiz even where the browser keeps no files."""

import os
from pathlib import Path


def lend(name: str, text: str) -> None:
    """Put the notebook's file where Python can read it, if the browser's storage does not give it.

    Without a service worker (plain http, a private window, storage switched off) the folder of the notebook is not
    there. Python then works in its own home, which lasts as long as the page; the record says so to the learner.
    """
    if _readable(Path(name)):
        return
    os.chdir(Path.home())
    Path(name).write_text(text, encoding="utf-8")


def _readable(file: Path) -> bool:
    try:
        return bool(file.read_bytes())
    except OSError:
        return False
