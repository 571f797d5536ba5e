"""Puts a learner's text where Markdown is read, so that it stays text."""


def fenced(text: str) -> str:
    """Text as a Markdown code block that the text itself cannot end."""
    longest = max((len(run) for run in _backticks(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _backticks(text: str) -> list[str]:
    return "".join(sign if sign == "`" else " " for sign in text).split()
