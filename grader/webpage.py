"""What every page we write has in common: links that lead to the web only, and one style that is let in."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def link(href: str) -> str:
    """An address if it leads to a page of the web, else nothing: no other kind of link is ever written."""
    return href if href.lower().startswith(("https://", "http://")) else ""


def digest(style: str) -> str:
    """The fingerprint by which a page allows this one style sheet and nothing else."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def in_english(text: str) -> Markup:
    """A text of the course, which is English, marked so that a page in another language reads it out rightly."""
    return Markup('<span lang="en">{}</span>').format(text)


def templates(folder: Path, **filters: Callable[..., object]) -> Environment:
    """The templates of a folder: everything is escaped, and a name that nobody gave is an error."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters.update(filters, link=link)
    return made
