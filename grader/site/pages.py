"""The pages of the site that work without Python and scripts: the first page, and one to print of each notebook."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from grader import care
from grader.page import HINTS
from grader.site.contents import Shown
from grader.site.words import english, every, find_help, named, say
from grader.webpage import digest, in_english, templates

FOLDER = Path(__file__).parent / "templates"
ICON = "favicon.svg"
ON_PAPER = {"date": "site-paper-date", "order": "site-paper-order", "written": "site-paper-written"}


def write(folder: Path, shown: Sequence[Shown]) -> None:
    """Write the first page, the pages to print and the icon into the folder of the site."""
    script = (FOLDER / "check.js").read_text(encoding="utf-8")
    index = _render("index.html", up="", script=script, shown=shown)
    (folder / "index.html").write_text(index, encoding="utf-8")
    (folder / ICON).write_bytes((FOLDER / ICON).read_bytes())
    paper = folder / "print"
    paper.mkdir()
    for one in shown:
        if one.sheet:
            page = _render("print.html", up="../", one=one)
            (paper / f"{one.name}.html").write_text(page, encoding="utf-8")


def mend(page: Path) -> None:
    """Give a page of JupyterLite a language, our icon and title, and words for a browser that cannot run it."""
    text = page.read_text(encoding="utf-8")
    text = text.replace("<html>", '<html lang="en">', 1)
    text = re.sub(r"<title>.*?</title>", f"<title>{english('site-title')}</title>", text, count=1)
    text = text.replace("</head>", f'<link rel="icon" href="../{ICON}" type="image/svg+xml">\n</head>', 1)
    words = _templates().get_template("unable.html").render(old=every("site-old"), link=every("site-old-link"))
    text, count = re.subn(r"(<body[^>]*>)", lambda found: found[1] + words, text, count=1)
    if not count or 'lang="en"' not in text:
        raise AssertionError(f"{page.name} of JupyterLite has another form than the one known")
    page.write_text(text, encoding="utf-8")


def hint(kind: str) -> Markup:
    """What to do with a question on paper, where there is nothing to press or to type."""
    return say(ON_PAPER.get(kind, HINTS[kind]))


def _render(template: str, *, script: str = "", **given: object) -> str:
    """A page with help in sight. It runs its own script and that of the help, and no other."""
    style = f"{(FOLDER / 'site.css').read_text(encoding='utf-8')}\n{care.style()}"
    allowed = " ".join(f"'{digest(one)}'" for one in (script, care.script()) if one)
    held = {"care": care.html_bar(), "care_script": care.script(), "help": find_help()}
    page = _templates().get_template(template)
    return page.render(given, **held, style=style, script=script, scripts=allowed, say=say, hint=hint, english=english)


@cache
def _templates() -> Environment:
    return templates(FOLDER, digest=digest, in_english=in_english, named=named)
