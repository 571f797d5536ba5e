"""Notices when several learners hand in what was answered in one browser: a shared computer, or a copied file.

On the learners' site a browser makes up a name for itself, which stands in the answers file. Such work is
graded whoever hands it in; that two people hand in the same name is only said.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from grader.answers import BROWSER_NAME
from grader.gradebook.pieces import Piece
from grader.gradebook.submission import plain_bytes

SAME = (
    "answered in the same browser as {others} ({name}): a shared computer, or a copied file. "
    "Each is graded as their own; if that is not so, ask them."
)
INSIDE = re.compile(rb'"learner"\s*:\s*"(%s)"' % BROWSER_NAME.pattern.encode())
MOST = 5
"""How many others are named."""


class Handed(Protocol):
    """What one learner handed in now."""

    new: list[Piece]


def shared(course: Path, quiz: str, now: Mapping[str, Handed]) -> Iterator[tuple[str, str]]:
    """Each learner whose browser somebody else's work names too, now or before, with a remark in plain words."""
    names = {learner: {piece.browser for piece in work.new if piece.browser} for learner, work in now.items()}
    users: dict[str, set[str]] = defaultdict(set)
    for learner, given in names.items():
        for name in given:
            users[name].add(learner)
    for learner, name in _before(course, quiz) if users else ():
        users[name].add(learner)
    for learner, given in sorted(names.items()):
        for name in sorted(given):
            if others := sorted(users[name] - {learner}):
                yield learner, SAME.format(others=_told(others), name=name)


def _before(course: Path, quiz: str) -> Iterator[tuple[str, str]]:
    """The learners whose work stands in the course, with the browsers it names."""
    for folder in (course / "submitted").glob(f"*/{quiz}/"):
        held = plain_bytes(folder / f"{quiz}.answers.json") or plain_bytes(folder / f"{quiz}.ipynb")
        for name in set(INSIDE.findall(held)):
            yield folder.parent.name, name.decode()


def _told(others: Iterable[str]) -> str:
    first = list(others)
    more = len(first) - MOST
    return ", ".join(first[:MOST]) + (f" and {more} more" if more > 0 else "")
