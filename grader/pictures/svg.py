"""Draws with SVG: text that is broken into lines, lines, boxes, hatching; and the picture as a whole.

Nothing has a colour of its own: all is drawn in the colour of the text around it, so that a picture can be read
on any theme, in forced colours and in black and white. Shapes and patterns tell things apart.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from grader.messages import say

WIDTH = 320
"""The width of every picture in its own units: a narrow telephone shows one unit as about one pixel."""
SIZE = 15
LINE = 19
FONT = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif"
NARROW, SLIM, MEDIUM, BROAD = "iIjl.,;:'!|’‘ ", 'ft()[]-r/“”"*', "sckvxyzJ", "mMW@%—…"
SAFE = 1.06
"""How much wider than measured a line is taken to be: fonts differ a little from machine to machine."""
FIRST_STRONG, END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True)
class Picture:
    """A picture, and the same in sentences, one for each thing drawn. ``id`` is that of the picture on a page."""

    svg: str
    text: tuple[str, ...]
    title: str
    id: str = ""


def tag(name: str, content: str = "", **attributes: object) -> str:
    """An element. Attributes are escaped, content is not; ``stroke_width`` is written stroke-width."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _attribute(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else escape(str(value))


def says(number: int, *content: str) -> str:
    """Put together what is drawn for one sentence of the text."""
    return tag("g", "".join(content), data_says=number)


def words(
    x: float, y: float, lines: Iterable[str], *, size: float = SIZE, bold: bool = False, middle: bool = False
) -> str:
    """Lines of text one below the other; y is the base line of the first."""
    style = {"font_weight": "bold"} if bold else {}
    style |= {"text_anchor": "middle"} if middle else {}
    step = LINE * size / SIZE
    return "".join(
        tag("text", escape(line), x=float(x), y=float(y + n * step), font_size=float(size), **style)
        for n, line in enumerate(lines)
    )


def line(x1: float, y1: float, x2: float, y2: float, *, width: float = 1, dash: str = "") -> str:
    """A straight line."""
    more = {"stroke_dasharray": dash} if dash else {}
    return tag("path", d=f"M{x1:g} {y1:g}L{x2:g} {y2:g}", stroke_width=float(width), **more)


def box(
    x: float, y: float, width: float, height: float, *, stroke: float = 1.5, round_: float = 0, dash: str = ""
) -> str:
    """An empty box."""
    more = {"stroke_dasharray": dash} if dash else {}
    more |= {"rx": f"{round_:g}"} if round_ else {}
    return tag(
        "rect", x=float(x), y=float(y), width=float(width), height=float(height), stroke_width=float(stroke), **more
    )


def hatch(x: float, y: float, width: float, height: float, step: float = 6) -> str:
    """Diagonal lines that fill a box, drawn as one path: a pattern would need an id of its own on every page."""
    strokes, at = [], step
    while at < width + height:
        x1, y1 = (x, y + at) if at <= height else (x + at - height, y + height)
        x2, y2 = (x + at, y) if at <= width else (x + width, y + at - width)
        strokes.append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")
        at += step
    return tag("path", d="".join(strokes), stroke_width=0.8)


def drawn(kind: str, title: str, height: float, body: str, text: Sequence[str], name: str = "") -> Picture:
    """A picture as a whole: scaled to its place, with a name and a description for people who do not see it.

    Its ids come from its content, and from ``name`` where one page shows the same picture twice.
    """
    digest = hashlib.sha256("\0".join((name, title, body)).encode()).hexdigest()
    id = f"{kind}-{digest[:10]}"
    head = tag("title", escape(spoken_text(title)), id=f"{id}-title") + tag(
        "desc", escape(say("picture-desc")), id=f"{id}-desc"
    )
    paint = tag("g", body, fill="none", stroke="currentColor", stroke_linecap="round", class_="grader-drawn")
    svg = tag(
        "svg",
        f"{head}{_style(id)}{paint}",
        xmlns="http://www.w3.org/2000/svg",
        id=id,
        class_=f"grader-picture grader-{kind}",
        viewBox=f"0 0 {WIDTH} {height:.6g}",
        width="100%",
        role="img",
        aria_labelledby=f"{id}-title",
        aria_describedby=f"{id}-desc",
        font_family=FONT,
        style="max-width:24rem;height:auto;display:block",
    )
    return Picture(svg, tuple(map(spoken_text, text)), title, id)


def figure(picture: Picture) -> str:
    """A picture for a page of HTML: under its title, and with the same in words in a list that it refers to."""
    lines = tag("ol", "".join(tag("li", escape(line)) for line in picture.text), id=f"{picture.id}-words")
    summary = tag("summary", escape(say("picture-words")), data_lm_suppress_shortcuts="true")
    svg = picture.svg.replace("<svg ", f'<svg aria-details="{picture.id}-words" ', 1)
    caption = tag("figcaption", escape(spoken_text(picture.title)))
    return tag("figure", caption + svg + tag("details", summary + lines), class_="grader-figure")


def _style(id: str) -> str:
    """Letters are filled, not outlined; a printer leaves no picture cut in two where it can help it."""
    rules = f"#{id} text{{fill:currentColor;stroke:none}}@media print{{#{id}{{break-inside:avoid;color:#000}}}}"
    return tag("style", rules)


def spoken_text(text: str) -> str:
    """A sentence without control signs, which no page can show."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs"))


def isolated(name: str) -> str:
    """A name that stays in one piece in a sentence written from left to right, whatever its own direction is."""
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name):
        return f"{FIRST_STRONG}{name}{END_ISOLATE}"
    return name


def measure(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """How wide a line of text is at most, in the units of the picture."""
    return sum(map(_width, text)) * size * SAFE * (1.09 if bold else 1)


def _width(sign: str) -> float:
    if sign in NARROW:
        return 0.28
    if sign in SLIM:
        return 0.35
    if sign in MEDIUM:
        return 0.5
    if unicodedata.east_asian_width(sign) in ("W", "F") or sign in BROAD:
        return 1.0
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return 0.0
    return 0.76 if sign.isupper() or sign in "w+=<>~" else 0.57 if sign.isascii() else 0.7


def wrap(text: str, width: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than given; a word that is wider itself is broken too."""
    lines: list[str] = []
    for word in spoken_text(text).split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined, size, bold=bold) <= width:
            lines[-1] = joined
        else:
            lines += _pieces(word, width, size, bold)
    return lines


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and measure(pieces[-1] + sign, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces
