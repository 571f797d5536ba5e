"""Care for the learner: help lines, leaving the page quickly, nothing personal asked, the language of the page.

One bar for every learner page. In a notebook it is a widget (``show``), on a page of the site it is HTML that
stands alone (``html_bar``). Its text comes from the catalogue and from the file of help lines.
"""

import json
import os
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

import anywidget
import traitlets
from IPython import get_ipython
from IPython.display import display

from grader.assets import source
from grader.carebar import as_html, bar
from grader.helplines import on_file
from grader.messages import LANGUAGES, asked_for, known, language, say, speaking, use

P = ParamSpec("P")


class Page(Protocol):
    """Something on the page whose words can change to another language."""

    def renew(self) -> None:
        """Draw everything anew in the language chosen now; nothing that was answered is lost."""


Opened = TypeVar("Opened", bound=Page)


class CareBar(anywidget.AnyWidget):
    """The bar in a notebook. The page says which language the learner wants; Python draws everything anew."""

    _esm = source("leave.js", "care.js", "care-widget.js")
    _css = source("leave.css", "care.css")

    content: Any = traitlets.List().tag(sync=True)
    """The elements to draw, as ``carebar`` makes them."""
    language = traitlets.Unicode().tag(sync=True)
    known = traitlets.List(list(LANGUAGES)).tag(sync=True)
    asked = traitlets.Unicode().tag(sync=True)
    """The language a course asks for; empty: the browser's own."""

    def __init__(self, place: str = "", renew: Callable[[], None] | None = None, intro: str = ""):
        self._place, self._renew, self._intro = place, renew, intro
        asked = asked_for() if os.environ.get("GRADER_LANGUAGE") else ""
        super().__init__(content=bar(place, intro), language=language(), asked=asked)
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return say("help")

    def _hear(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """Take what the page sends: data from outside, of any form."""
        wanted = known(message.get("language")) if isinstance(message, dict) else ""
        if wanted:
            self.speak(wanted)

    def speak(self, code: str) -> None:
        """Say everything on the page in this language."""
        use(code)
        with self.hold_sync():
            self.content, self.language = bar(self._place, self._intro), code
        if self._renew:
            self._renew()


def show(place: str = "", renew: Callable[[], None] | None = None, intro: str = "") -> CareBar | None:
    """Show the bar on this page; nothing where nbgrader runs the notebook, or where there is no notebook.

    ``renew`` is called when the learner has chosen another language. ``intro`` is the key of the words at the
    head of this kind of page, which are said again here in a language other than that of the page.
    """
    if os.environ.get("NBGRADER_EXECUTION") or not _has_page():
        return None
    made = CareBar(place or os.environ.get("GRADER_PLACE", ""), renew, intro)
    display(made)  # type: ignore[no-untyped-call]
    return made


def _has_page() -> bool:
    """Whether there is a notebook that could show anything."""
    return get_ipython() is not None


def beside(opens: Callable[P, Opened]) -> Callable[P, Opened]:
    """Show the bar whenever a page is opened by this function."""

    @wraps(opens)
    def opened(*given: P.args, **named: P.kwargs) -> Opened:
        page = opens(*given, **named)
        show(renew=page.renew, intro=getattr(page, "intro", ""))
        return page

    return opened


def html_bar(place: str = "") -> str:
    """The bar as HTML for a page without Python, in every language; a page also needs ``style`` and ``script``."""
    bars = []
    for code in LANGUAGES:
        with speaking(code):
            bars.append(as_html(bar(place, only=code)))
    return "\n".join(bars)


def style() -> str:
    """The style sheet of the bar."""
    return source("leave.css", "care.css")


def script() -> str:
    """The script of a page without Python, to stand at its end; without it every help line is in sight."""
    return f"(() => {{\n{source('leave.js', 'care.js', 'care-page.js')}\n}})();\n"


def way_out() -> str:
    """The button that leaves the page, alone, as HTML: for a page that waits for Python, which brings the bar."""
    words = {}
    for code in LANGUAGES:
        with speaking(code):
            told = {"label": say("leave"), "keys": say("leave-keys"), "language": code}
            words[code] = {"to": on_file().leave_to, **told}
    shown = f'const words = {json.dumps(words)};\nofferExit(words[wanted(Object.keys(words), "") || "en"]);'
    script = f"(() => {{\n{source('leave.js', 'care.js')}\n{shown}\n}})();"
    return f"<style>{source('leave.css')}</style>\n<script>{script}</script>"
