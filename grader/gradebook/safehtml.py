"""Shows Markdown without trusting it: the filter that formgrader uses in place of its own.

nbgrader's templates pass Markdown on as it comes, so a script in a learner's text would run with
the instructor's rights. Here raw HTML is text, links lead only to web and mail addresses, there are
no pictures, and an allow-list has the last word. Mathematics stays text as well, for a formula can
carry a link.
"""

import bleach
import mistune

TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
ATTRIBUTES = {"a": ["href", "title"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})

_markdown = mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])


def markdown2html(source: str) -> str:
    """Markdown as harmless HTML. The name is the one nbconvert's templates ask for."""
    html = bleach.clean(str(_markdown(source)), tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)
    return f'<div class="tex2jax_ignore mathjax_ignore">{html}</div>'
