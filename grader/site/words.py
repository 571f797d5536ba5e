"""What the pages of the site say, in every language; the stories and the texts of a course stay as they are.

A page holds each sentence once for each language and shows one of them. Which one, the script of the bar of
care decides; without scripts it is English.
"""

from markupsafe import Markup, escape

from grader.messages import ENGLISH, LANGUAGES, WORDS, speaking

TOOLS = ("progress-title", "whatif-title")


def say(key: str, **values: object) -> Markup:
    """A sentence as the parts of a page, one for each language, of which only the English is not hidden."""
    told = {code: escape(text).format(**values) for code, text in _every(key).items()}
    return Markup("").join(_part(code, text) for code, text in told.items())


def every(key: str, **values: object) -> dict[str, str]:
    """A sentence in every language, by code, for a script that chooses among them itself."""
    return {code: text.format(**values) for code, text in _every(key).items()}


def english(key: str, **values: object) -> str:
    """A sentence in English for a place that holds one language, whatever the builder's machine speaks."""
    return ENGLISH[key].format(**values)


def named(title: str) -> Markup:
    """The title of a tool: in every language where it is one of ours, else as the notebook has it."""
    key = next((key for key in TOOLS if ENGLISH[key] == title), "")
    return say(key) if key else escape(title)


def find_help() -> Markup:
    """Where to find help, without the marks around the address."""
    return Markup(say("help").replace("&lt;", "").replace("&gt;", ""))


def _every(key: str) -> dict[str, str]:
    told = {}
    for code in LANGUAGES:
        with speaking(code):
            told[code] = WORDS[key]
    return told


def _part(code: str, text: Markup) -> Markup:
    away = "" if code == "en" else Markup(" hidden")
    return Markup('<span data-in="{code}" lang="{code}"{away}>{text}</span>').format(code=code, away=away, text=text)
