"""The what-if explorer in a notebook: a learner changes facts of a story and sees what follows. It knows no law.

The stories stand in the metadata of the notebook, which calls only

    from grader.explorer import explore
    explore()
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from grader import care
from grader.assets import source
from grader.messages import again, say
from grader.whatif.session import Session
from grader.whatif.stories import Story, from_json
from grader.widgets import Closed, notebook_file

NAME = "what-if"


class ExplorerWidget(anywidget.AnyWidget):
    """The explorer on the page. The page says what was chosen; Python puts the question to the rules again."""

    _esm = source("elements.js", "explorer.js")
    _css = source("explorer.css")

    intro = "whatif-intro"
    page = traitlets.Dict().tag(sync=True)
    """Everything shown, but for the flips."""
    flips = traitlets.Dict().tag(sync=True)
    """The single changes that flip the answer, and ``n``, the number of the page they belong to."""
    status = traitlets.Dict().tag(sync=True)
    """The text of the live region, and the number of the message it replies to."""

    def __init__(self, session: Session, note: str = ""):
        self._session, self._count = session, 0
        super().__init__(status={"text": note, "n": 0})
        self._show()
        self._search()
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return say("whatif-heading")

    def _hear(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """Take what the page sends: data from outside, of any form."""
        if isinstance(message, dict):
            said = self._session.do(message.get("do"), message.get("knob"), message.get("value"))
            self._show()
            self.status = {"text": said, "n": message.get("n")}
            self._search()

    def renew(self) -> None:
        """Say everything again in the language chosen now; what was changed stays changed."""
        with self.hold_sync():
            self._show()
            self.status = {**self.status, "text": again(self.status["text"])}
            self._search()

    def _show(self) -> None:
        self._count += 1
        self.page = {"n": self._count, "no_reply": say("whatif-no-reply"), **self._session.shown()}

    def _search(self) -> None:
        """Search after the answer was sent: the page need not wait for it."""
        self.flips = {"n": self._count, **self._session.searched()}


@care.beside
def explore(name: str = "") -> ExplorerWidget | Closed:
    """Open the explorer on the stories of this notebook, with the story named or the first one. Writes nothing."""
    file = notebook_file(NAME)
    try:
        stories = _stories(file)
    except (OSError, ValueError):
        return Closed(say("whatif-no-file", file=file.name))
    known = name in {story.family.id for story in stories}
    note = "" if known or not name else say("whatif-no-story", story=name)
    return ExplorerWidget(Session(stories, name if known else ""), note)


def _stories(file: Path) -> tuple[Story, ...]:
    """The stories in a notebook; ValueError if it holds none that can be read."""
    notebook = json.loads(file.read_text(encoding="utf-8"))
    held = notebook.get("metadata", {}).get("grader") if isinstance(notebook, dict) else None
    stories = from_json(held.get("explorer")) if isinstance(held, Mapping) else ()
    if not stories:
        raise ValueError(f"{file.name} holds no stories")
    return stories


__all__ = ["ExplorerWidget", "explore"]
