"""How the progress page looks: headings, a table, a picture with its words, links. Everything is escaped."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from grader.messages import day, language, say
from grader.pictures.bars import Topic, bars
from grader.pictures.svg import figure, tag
from grader.progress import Again, Done, Part, Progress
from grader.words import MEANINGS

# Marked as important is what the styles of JupyterLab for tables and links would otherwise undo.
STYLE = """
.grader-progress { container-type: inline-size; color-scheme: light; box-sizing: border-box; max-width: 46rem;
  padding: 1rem 1.25rem; border: 1px solid #767676; border-radius: 8px; background: #fff; color: #1b1b1b;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  overflow-wrap: anywhere; }
.grader-progress h2 { margin: 1.4rem 0 0.4rem; font-size: 1.2rem; line-height: 1.3; font-weight: 600; color: inherit; }
.grader-progress h2:first-child { margin-top: 0; }
.grader-progress p, .grader-progress li { margin: 0 0 0.4rem; }
.grader-progress ul, .grader-progress ol { margin: 0; padding-left: 1.4rem; }
.grader-progress table { width: 100%; margin: 0; border-collapse: collapse; font: inherit; color: inherit; }
.grader-progress caption { padding: 0 0 0.4rem; text-align: left; color: #4d4d4d; }
.grader-progress th, .grader-progress td { padding: 0.45rem 0.6rem 0.45rem 0; border-bottom: 1px solid #c4c4c4;
  text-align: left !important; vertical-align: top; font-weight: 400; white-space: normal;
  max-width: none; background: #fff; }
.grader-progress thead th { border-bottom: 2px solid #5c5c5c; font-weight: 600; overflow-wrap: normal; }
.grader-progress tr, .grader-progress tr:hover { background: #fff; }
.grader-progress a { color: #0b4f9c !important; text-decoration: underline !important;
  display: inline-block; min-height: 24px; }
.grader-progress :focus-visible { outline: 3px solid #b34700; outline-offset: 2px; }
.grader-progress figure { margin: 0; }
.grader-progress figcaption { margin: 0 0 0.4rem; color: #4d4d4d; }
.grader-progress summary { cursor: pointer; padding: 0.3rem 0; font-weight: 600; }
@container (max-width: 30rem) {
  .grader-progress thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .grader-progress tr, .grader-progress th, .grader-progress td { display: block; border: 0; padding: 0.1rem 0; }
  .grader-progress tbody tr { padding: 0.5rem 0; border-bottom: 1px solid #c4c4c4; }
  .grader-progress td::before { content: attr(data-label) ": "; color: #4d4d4d; }
}
@media (max-width: 30rem) { .grader-progress { padding: 0.75rem; } }
@media print { .grader-progress details::details-content { content-visibility: visible; } }
"""
COLUMNS = ("answered", "first", "now")
ENGLISH = "en"
"""What titles and rules are written in, whatever the language of the page."""
FEW = 5
"""How many rules are shown at once."""
Cells = Iterable[str]


def page(found: Progress) -> str:
    """The whole page as HTML."""
    sections = (_start(found), _practice(found), _topics(found), _again(found), _quizzes(found), _notes(found))
    return tag("style", STYLE) + tag("div", "".join(sections), class_="grader-progress", lang=language())


def as_text(found: Progress) -> str:
    """The same in plain text, for places that show no page."""
    lines = [say("progress-empty-plain")] if not _begun(found) else []
    lines += [f"{part.title}: {_answered(part)}. {_first(part)}. {_now(part)}." for part in found.practice]
    lines += [topic.sentence for topic in topics(found)]
    lines += [f"{say('progress-again')}: {again.title}: {again.rule}" for again in found.again]
    lines += [f"{part.title}: {_answered(part)}. {_handed(part)}" for part in found.quizzes]
    return "\n".join([*lines, *found.notes])


def topics(found: Progress) -> tuple[Topic, ...]:
    """Practice by topic, in the order in which the sets come."""
    done = [one for part in found.practice for one in part.done]
    return tuple(
        _topic(name, [one for one in done if one.topic == name]) for name in dict.fromkeys(o.topic for o in done)
    )


def _topic(name: str, done: list[Done]) -> Topic:
    says, states = MEANINGS["topic"].get(name, name), [one.state for one in done]
    counts = (states.count(state) for state in ("right", "again", "written", "open"))
    return Topic(says[:1].upper() + says[1:], *counts)


def _begun(found: Progress) -> bool:
    return any(part.answered for part in found.parts)


def _start(found: Progress) -> str:
    if not found.parts:
        return tag("p", escape(say("progress-none")))
    if _begun(found):
        return ""
    first = found.parts[0]
    return tag("p", f"{escape(say('progress-empty'))} {_link(first.title, first.href)}.")


def _practice(found: Progress) -> str:
    rows = ((part, (_answered(part), _first(part), _now(part))) for part in found.practice)
    return _table("progress-practice", "progress-set", COLUMNS, rows) if found.practice else ""


def _quizzes(found: Progress) -> str:
    rows = ((part, (_answered(part), _handed(part))) for part in found.quizzes)
    return _table("progress-quizzes", "progress-quiz", ("answered", "handed"), rows) if found.quizzes else ""


def _table(title: str, first: str, columns: tuple[str, ...], rows: Iterable[tuple[Part, Cells]]) -> str:
    names = [say(f"progress-column-{column}") for column in columns]
    head = "".join(tag("th", escape(name), scope="col") for name in (say(first), *names))
    body = "".join(_row(part, zip(names, cells, strict=True)) for part, cells in rows)
    caption = tag("caption", escape(say(f"{title}-caption")))
    return _heading(title) + tag("table", caption + tag("thead", tag("tr", head)) + tag("tbody", body))


def _row(part: Part, cells: Iterable[tuple[str, str]]) -> str:
    told = "".join(tag("td", escape(cell), data_label=name) for name, cell in cells)
    return tag("tr", tag("th", _link(part.title, part.href), scope="row") + told)


def _topics(found: Progress) -> str:
    told = topics(found)
    if not told or not _begun(found):
        return ""
    return _heading("progress-topics") + figure(bars(say("progress-bars"), told))


def _again(found: Progress) -> str:
    """The rules to look at again: the first few at once, the others folded away, so that nobody faces a wall."""
    if not found.again:
        return ""
    first, later = found.again[:FEW], found.again[FEW:]
    shown = _heading("progress-again") + tag("p", escape(say("progress-again-why"))) + _list(first, 1)
    return shown + (_folded(say("progress-more", n=len(later)), _list(later, FEW + 1)) if later else "")


def _list(rules: Iterable[Again], start: int) -> str:
    return tag("ol", "".join(tag("li", _rule(one)) for one in rules), start=start)


def _rule(one: Again) -> str:
    sure = " " + tag("strong", escape(say("progress-sure"))) if one.sure else ""
    return f"{_link(one.title, one.href)}: {tag('span', escape(one.rule), lang=ENGLISH)}{sure}"


def _folded(title: str, content: str) -> str:
    return tag("details", tag("summary", escape(title), data_lm_suppress_shortcuts="true") + content)


def _notes(found: Progress) -> str:
    if not found.notes:
        return ""
    return _heading("receipt-trouble") + tag("ul", "".join(tag("li", escape(note)) for note in found.notes))


def _heading(key: str) -> str:
    return tag("h2", escape(say(key)))


def _link(title: str, href: str) -> str:
    return tag("a", escape(title), href=href, lang=ENGLISH, data_lm_suppress_shortcuts="true")


def _answered(part: Part) -> str:
    return say("progress-of", n=part.answered, total=part.total)


def _first(part: Part) -> str:
    return _right(part, part.first)


def _now(part: Part) -> str:
    return _right(part, part.now)


def _right(part: Part, n: int) -> str:
    return say("progress-of-answered", n=n, answered=part.answered) if part.answered else say("progress-not-begun")


def _handed(part: Part) -> str:
    if part.handed is None:
        return say("progress-not-handed")
    return say("progress-changed" if part.changed else "progress-handed", time=_time(part.handed))


def _time(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{day(here.date())}, {here:%H:%M}"
