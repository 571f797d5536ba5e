"""What the pages of the site say: in English, the language of the stories and of the pages around them."""

from grader.messages import ENGLISH


def say(key: str, **values: object) -> str:
    """A sentence of the catalogue in English, with its gaps filled, whatever the builder's machine speaks."""
    return ENGLISH[key].format(**values)
