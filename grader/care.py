"""Care for the learner: help lines, leaving the page quickly, nothing personal asked, the language of the page.

One bar for every learner page. In a notebook it is a widget (``show``), on a page of the site it is HTML that
stands alone (``html_bar``). Its text comes from the catalogue and from the file of help lines.
"""

import html
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

import anywidget
import traitlets
from IPython import get_ipython
from IPython.display import display

from grader.helplines import EVERYWHERE, Helpline, on_file
from grader.messages import LANGUAGES, asked_for, day, known, language, say, speaking, use

STATIC = Path(__file__).parent / "static"
KEY = 'data-lm-suppress-shortcuts="true"'
"""What keeps a notebook's single-key commands away from an element that holds the focus."""
AWAY = 'target="_blank" rel="noopener noreferrer"'
P = ParamSpec("P")


class Page(Protocol):
    """Something on the page whose words can change to another language."""

    def renew(self) -> None:
        """Draw everything anew in the language chosen now; nothing that was answered is lost."""


Opened = TypeVar("Opened", bound=Page)


def source(*names: str) -> str:
    """Scripts or styles of ours, one after another."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


class CareBar(anywidget.AnyWidget):
    """The bar in a notebook. The page says which language the learner wants; Python draws everything anew."""

    _esm = source("leave.js", "care.js", "care-widget.js")
    _css = source("leave.css", "care.css")

    html = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)
    known = traitlets.List(list(LANGUAGES)).tag(sync=True)
    asked = traitlets.Unicode().tag(sync=True)
    """The language a course asks for; empty: the browser's own."""

    def __init__(self, place: str = "", renew: Callable[[], None] | None = None, intro: str = ""):
        self._place, self._renew, self._intro = place, renew, intro
        asked = asked_for() if os.environ.get("GRADER_LANGUAGE") else ""
        super().__init__(html=bar(place, intro), language=language(), asked=asked)
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
            self.html, self.language = bar(self._place, self._intro), code
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
            bars.append(bar(place, more=f' data-in="{code}"'))
    return "\n".join(bars)


def style() -> str:
    """The style sheet of the bar."""
    return source("leave.css", "care.css")


def script() -> str:
    """The script of a page without Python, to stand at its end; without it every help line is in sight."""
    return f"(() => {{\n{source('leave.js', 'care.js', 'care-page.js')}\n}})();\n"


def bar(place: str = "", intro: str = "", more: str = "") -> str:
    """The bar in the language chosen now, as HTML."""
    code, to = language(), on_file().leave_to
    help_lines, leaving = _folded("care-lines", *_lines(place)), _folded("leave-what", *_leaving())
    parts = "".join([_top(code, to), *_abroad(code, intro), help_lines, leaving])
    marks = f'lang="{code}" aria-label="{_said("care")}" data-to="{_text(to)}"'
    words = f'data-label="{_said("leave")}" data-keys="{_said("leave-keys")}"'
    return f'<section class="grader-care" {marks} {words}{more}>{parts}</section>'


def _top(code: str, to: str) -> str:
    buttons = "".join(
        f'<button type="button" {KEY} lang="{one}" data-language="{one}" aria-pressed="{str(one == code).lower()}">'
        f"{_text(name)}</button>"
        for one, name in LANGUAGES.items()
    )
    leave = f'<a class="grader-care-leave" href="{_text(to)}" rel="noreferrer">{_said("leave")}</a>'
    group = f'<div class="grader-care-languages" role="group" aria-label="{_said("language")}" hidden>{buttons}</div>'
    return f'<div class="grader-care-top">{_p("care-private")}{leave}{group}</div>'


def _abroad(code: str, intro: str) -> Iterator[str]:
    """What a reader of another language should know about a page whose head and stories are in English."""
    if code != "en":
        yield _p("care-english")
        if intro:
            lines = [line.lstrip("* ") for line in say(intro, quiz="…").replace("`", "").split("\n")]
            yield _folded("care-how", _items(map(_text, lines)))


def _folded(title: str, *parts: str) -> str:
    return f"<details><summary {KEY}>{_said(title)}</summary>{''.join(parts)}</details>"


def _lines(place: str) -> Iterator[str]:
    on = on_file()
    yield _p("care-danger")
    yield f"<h2>{_said('care-national')}</h2>{_list(on.of(EVERYWHERE))}"
    names = {"": say("care-place-none"), **on.places}
    options = "".join(
        f'<option value="{id}"{" selected" if id == place else ""}>{_text(name)}</option>' for id, name in names.items()
    )
    choice = f"<select {KEY}>{options}</select>"
    yield f"<p hidden><label>{_said('care-place')} {choice}</label></p>"
    yield _p("care-place-private", "grader-care-small")
    for id, name in on.places.items():
        yield f'<div data-place="{id}"><h2 lang="en">{_text(name)}</h2>{_list(on.of(id))}</div>'
    yield _p("care-change", "grader-care-small")


def _list(lines: tuple[Helpline, ...]) -> str:
    return _items("".join(_line(line)) for line in lines)


def _items(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _line(line: Helpline) -> Iterator[str]:
    yield f'<strong lang="en">{_text(line.name)}</strong><span>{_said(f"care-for-{line.about}")}</span>'
    if line.phone:
        yield _way("tel", line.phone, say("care-call", number=line.phone))
    if line.text:
        key = "care-text-word" if "word" in line.text else "care-text"
        yield _way("sms", line.text["to"], say(key, **line.text))
    if line.tty:
        yield _way("tel", line.tty, say("care-tty", number=line.tty))
    if line.site:
        yield _site(line.site)
    yield f'<span class="grader-care-small">{_text(" ".join(_about(line)))} {_source(line)}</span>'


def _way(kind: str, number: str, text: str) -> str:
    digits = "".join(sign for sign in number if sign.isdigit())
    return f'<a class="grader-care-way" {KEY} href="{kind}:{digits}">{_text(text)}</a>'


def _site(address: str) -> str:
    shown = address.partition("://")[2].rstrip("/")
    return f'<a class="grader-care-way" {KEY} href="{_text(address)}" {AWAY}>{_text(shown)}</a>'


def _about(line: Helpline) -> Iterator[str]:
    if line.hours:
        start, _, end = line.hours.partition("-")
        yield say("care-always") if line.hours == "always" else say("care-weekdays", start=start, end=end)
    if line.languages:
        yield say("care-languages", names=", ".join(say(f"care-in-{name}") for name in line.languages))


def _source(line: Helpline) -> str:
    key = "care-old" if line.is_old(date.today()) else f"care-{line.confidence}"
    where = f'<a {KEY} href="{_text(line.source)}" {AWAY}>{_said("care-source")}</a>'
    return f"{_text(say(key, day=day(line.checked)))} {where}"


def _leaving() -> Iterator[str]:
    yield from (_p(key) for key in ("leave-does", "leave-not", "leave-clear", "leave-safer"))


def _p(key: str, kind: str = "") -> str:
    return f'<p class="{kind}">{_said(key)}</p>' if kind else f"<p>{_said(key)}</p>"


def _said(key: str) -> str:
    return _text(say(key))


def _text(text: str) -> str:
    return html.escape(text)
