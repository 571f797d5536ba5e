"""What Python does only in a browser: it opens a quiz even where the browser keeps no files, and has a name there."""

import os
import secrets
from functools import cache
from pathlib import Path

from grader.answers import is_browser

LETTERS = "bcdfghjkmnpqrstvwxz"
NAME = "GRADER_BROWSER"


def lend(name: str, text: str, learner: str = "") -> None:
    """Take from the page its name, and the notebook's file, if the browser's storage does not give that.

    Without a service worker (plain http, a private window, storage switched off) the folder of the notebook is not
    there. Python then works in its own home, which lasts as long as the page; the record says so to the learner.
    """
    os.environ[NAME] = learner
    if _readable(Path(name)):
        return
    os.chdir(Path.home())
    Path(name).write_text(text, encoding="utf-8")


def own_name() -> str:
    """The made-up name of this browser, which the page keeps; where it keeps none, one for as long as the page is open.

    Different names meet different variants of the questions. Nothing about a person is in them.
    """
    given = os.environ.get(NAME, "")
    return given if is_browser(given) else _for_this_page()


@cache
def _for_this_page() -> str:
    return f"web-{''.join(secrets.choice(LETTERS) for _ in range(10))}"


def _readable(file: Path) -> bool:
    try:
        return bool(file.read_bytes())
    except OSError:
        return False
