"""The bar of care as a tree of elements: in a notebook the script draws it, on a page without Python it is HTML.

Text stays text all the way: only here is it escaped, and the script makes elements and text nodes.
"""

import html
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from grader.helplines import EVERYWHERE, Helpline, on_file
from grader.messages import LANGUAGES, day, language, say

Node = list[Any]
"""An element: its tag, its attributes, and what stands in it: elements and plain text."""
KEY = {"data-lm-suppress-shortcuts": "true"}
"""What keeps a notebook's single-key commands away from an element that holds the focus."""
AWAY = {"target": "_blank", "rel": "noopener noreferrer"}
SMALL = {"class": "grader-care-small"}


def node(tag: str, attributes: dict[str, str], *inside: Node | str) -> Node:
    """An element with what stands in it."""
    return [tag, attributes, list(inside)]


def as_html(part: Node | str) -> str:
    """An element, with everything in it, as HTML."""
    if isinstance(part, str):
        return html.escape(part)
    tag, attributes, inside = part
    given = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{given}>{''.join(map(as_html, inside))}</{tag}>"


def bar(place: str = "", intro: str = "", only: str = "") -> Node:
    """The bar in the language chosen now.

    ``place`` is the state chosen at first, ``intro`` the key of the words at the head of the page. ``only``
    marks the bar as the one of that language on a page that holds several.
    """
    code, to = language(), on_file().leave_to
    attributes = {"class": "grader-care", "lang": code, "aria-label": say("care"), "data-to": to}
    attributes |= {"data-label": say("leave"), "data-keys": say("leave-keys")} | ({"data-in": only} if only else {})
    help_lines, leaving = _folded("care-lines", *_lines(place)), _folded("leave-what", *_leaving())
    return node("section", attributes, _top(code, to), *_abroad(code, intro), help_lines, leaving)


def _top(code: str, to: str) -> Node:
    leave = node("a", {"class": "grader-care-leave", "href": to, "rel": "noreferrer"}, say("leave"))
    buttons = (_speaks(one, name, one == code) for one, name in LANGUAGES.items())
    group = {"class": "grader-care-languages", "role": "group", "aria-label": say("language"), "hidden": ""}
    return node("div", {"class": "grader-care-top"}, _p("care-private"), leave, node("div", group, *buttons))


def _speaks(code: str, name: str, now: bool) -> Node:
    pressed = {"type": "button", "lang": code, "data-language": code, "aria-pressed": str(now).lower()}
    return node("button", pressed | KEY, name)


def _abroad(code: str, intro: str) -> Iterator[Node]:
    """What a reader of another language should know about a page whose head and stories are in English."""
    if code != "en":
        yield _p("care-english")
        if intro:
            lines = say(intro, quiz="…").replace("`", "").split("\n")
            yield _folded("care-how", _list(node("li", {}, line.lstrip("* ")) for line in lines if line))


def _folded(title: str, *inside: Node) -> Node:
    return node("details", {}, node("summary", dict(KEY), say(title)), *inside)


def _lines(place: str) -> Iterator[Node]:
    on = on_file()
    yield _p("care-danger")
    yield node("h2", {}, say("care-national"))
    yield _list(map(_line, on.of(EVERYWHERE)))
    yield node("p", {"hidden": ""}, node("label", {}, say("care-place"), " ", _choice(on.places, place)))
    yield _p("care-place-private", SMALL)
    for id, name in on.places.items():
        yield node("div", {"data-place": id}, node("h2", {"lang": "en"}, name), _list(map(_line, on.of(id))))
    yield _p("care-change", SMALL)


def _choice(places: dict[str, str], place: str) -> Node:
    names = {"": say("care-place-none"), **places}
    chosen = {id: {"selected": ""} if id == place else {} for id in names}
    return node("select", dict(KEY), *(node("option", {"value": id} | chosen[id], name) for id, name in names.items()))


def _list(items: Iterable[Node]) -> Node:
    return node("ul", {}, *items)


def _line(line: Helpline) -> Node:
    name = node("strong", {"lang": "en"}, line.name)
    return node("li", {}, name, node("span", {}, say(f"care-for-{line.about}")), *_ways(line), _about(line))


def _ways(line: Helpline) -> Iterator[Node]:
    """Every way to reach a line, as a link."""
    if line.phone:
        yield _way("tel", line.phone, say("care-call", number=line.phone))
    if line.text:
        key = "care-text-word" if "word" in line.text else "care-text"
        yield _way("sms", line.text["to"], say(key, **line.text))
    if line.tty:
        yield _way("tel", line.tty, say("care-tty", number=line.tty))
    if line.site:
        shown = line.site.partition("://")[2].rstrip("/")
        yield node("a", {"class": "grader-care-way", "href": line.site} | AWAY | KEY, shown)


def _way(kind: str, number: str, text: str) -> Node:
    digits = "".join(sign for sign in number if sign.isdigit())
    return node("a", {"class": "grader-care-way", "href": f"{kind}:{digits}"} | KEY, text)


def _about(line: Helpline) -> Node:
    """When somebody answers, in which languages, and how far the line can be trusted."""
    start, _, end = line.hours.partition("-")
    hours = say("care-always") if line.hours == "always" else say("care-weekdays", start=start, end=end)
    names = ", ".join(say(f"care-in-{name}") for name in line.languages)
    key = "care-old" if line.is_old(date.today()) else f"care-{line.confidence}"
    told = (
        hours if line.hours else "",
        say("care-languages", names=names) if names else "",
        say(key, day=day(line.checked)),
    )
    source = node("a", {"href": line.source} | AWAY | KEY, say("care-source"))
    return node("span", SMALL, f"{' '.join(filter(None, told))} ", source)


def _leaving() -> Iterator[Node]:
    return (_p(key) for key in ("leave-does", "leave-not", "leave-clear", "leave-safer"))


def _p(key: str, attributes: dict[str, str] | None = None) -> Node:
    return node("p", attributes or {}, say(key))
