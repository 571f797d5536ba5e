"""Writes the pages of the law: plain HTML that stands alone, everything escaped, no script, no outside request."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment

from grader.calendar import spoken
from grader.families import Family
from grader.law import law
from grader.lawpages.content import Page, page
from grader.lawpages.words import started
from grader.reading import BadInput, Problem
from grader.readings import by_reading, readers
from grader.rules import RULES
from grader.webpage import digest, templates
from grader.words import MEANINGS

FOLDER = Path(__file__).parent


def pages(families: Iterable[Family], places: Iterable[str], day: date) -> Iterator[Page]:
    """What is on file for each jurisdiction, with the rules and the stories that read it."""
    index = by_reading(readers(families))
    for name in places:
        yield page(law(name), index, day)


def write(folder: Path, found: Iterable[Page]) -> Path:
    """Write a file for each page and one that leads to them; the path of that one."""
    kept: list[Page] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in found:
            (folder / f"{one.law.id}.html").write_text(as_html(one), encoding="utf-8")
            kept.append(one)
        index = folder / "index.html"
        index.write_text(_index(kept), encoding="utf-8")
    except OSError as error:
        right = "Give a folder that can be written."
        raise BadInput([Problem(str(folder), 1, "", f"cannot be written ({error.strerror}).", right)]) from None
    return index


def as_html(one: Page) -> str:
    """The page of one jurisdiction."""
    return _render("page.html", page=one, rules=[(name, RULES[name].decides) for name in one.rules])


def _index(found: Sequence[Page]) -> str:
    return _render("index.html", pages=found)


def _render(template: str, **given: object) -> str:
    style = (FOLDER / "pages.css").read_text(encoding="utf-8")
    return (
        _templates().get_template(template).render(given, style=style, allowed=digest(style), topics=MEANINGS["topic"])
    )


@cache
def _templates() -> Environment:
    return templates(FOLDER, spoken=spoken, started=started)
