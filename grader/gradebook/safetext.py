"""Puts a learner's text where Markdown is read, so that it stays text."""

import re


def fenced(text: str) -> str:
    """Text as a Markdown code block that the text itself cannot end."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
