"""A quiz laid out for grading many submissions: everything that is the same for all is done once.

The graded notebook of a learner is the released one with a few gaps filled. So the released one is
turned into text once, and only what fills the gaps is turned into text for each learner. The file
is the same, byte for byte, as the one nbgrader writes.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from grader.answers import Reading
from grader.gradebook.folder import key_path, open_quiz, release_path
from grader.gradebook.jsontext import dumped
from grader.gradebook.judging import Judged, cells_of, judge
from grader.gradebook.roster import on_roster
from grader.gradebook.submission import handed_in, keep

RULES = "1"
"""Count this up when the same answers would be graded or shown in another way, so that nothing old is taken as done."""
GAP = re.compile(r'^( *)(.*)"\x00gap (\S+) (\S*)\x00"', re.MULTILINE)


@dataclass(frozen=True)
class Graded:
    """One graded notebook: its file, its rows of the gradebook, and remarks in plain words."""

    text: str
    grades: Mapping[str, float | None]
    comments: Mapping[str, str | None]
    remarks: tuple[str, ...] = ()


class Desk(Protocol):
    """Where submissions of one notebook are graded."""

    digest: str

    def logins(self, learner: str) -> tuple[str, ...]:
        """The further names under which a learner works."""

    def grade(self, folder: Path, learner: str) -> Graded:
        """Grade the notebook in a folder that a learner handed in."""


class QuizDesk:
    """The desk of a quiz of a course. NoKey if it cannot be graded.

    ``digest`` stands for the released quiz, its key (and so the law the key was concluded from) and
    the rules of grading: while it is the same, the same answers earn the same points.
    """

    def __init__(self, course: Path, quiz: str) -> None:
        self.sheet, self.keys = open_quiz(course, quiz)
        released, key = release_path(course, quiz).read_bytes(), key_path(course, quiz).read_bytes()
        self.digest = digest(RULES.encode(), released, key)
        notebook = json.loads(released)
        self.cells = cells_of(notebook)
        self.pieces = _pieces(notebook)
        self.shared = _sheet_in(released)
        self.roster = on_roster(course)

    def logins(self, learner: str) -> tuple[str, ...]:
        """The further names that the roster gives a learner."""
        return self.roster[learner].logins if learner in self.roster else ()

    def grade(self, folder: Path, learner: str) -> Graded:
        """Grade the quiz in a folder that a learner handed in. Nothing is executed."""
        reading = handed_in(folder, self.sheet, learner, self.logins(learner), self.shared)
        judged = judge(self.sheet, self.keys, self.cells, reading, learner)
        return Graded(self._text(judged, reading), judged.grades, judged.comments, judged.remarks)

    def _text(self, judged: Judged, reading: Reading) -> str:
        metadata: dict[str, Any] = {}
        keep(metadata, reading)
        fillings: dict[str, Mapping[str, Any]] = {
            "kept": metadata["grader"], "outputs": judged.outputs, "source": judged.texts,
        }  # fmt: skip
        return "".join(piece if isinstance(piece, str) else piece.filled(fillings[piece.kind]) for piece in self.pieces)


@dataclass(frozen=True)
class _Gap:
    """A place in the notebook's text that differs from learner to learner."""

    kind: str
    name: str
    indent: int
    otherwise: Any = None

    def filled(self, fillings: Mapping[str, Any]) -> str:
        value = fillings.get(self.name, self.otherwise)
        if self.kind == "outputs":
            return _outputs_text(json.dumps(value), " " * self.indent)
        return dumped(value.splitlines(True) if self.kind == "source" else value, " " * self.indent)


def digest(*parts: bytes) -> str:
    """A short text that stands for some bytes, each part on its own."""
    whole = blake2b(digest_size=16)
    for part in parts:
        whole.update(len(part).to_bytes(8))
        whole.update(part)
    return whole.hexdigest()


def _pieces(notebook: dict[str, Any]) -> tuple[str | _Gap, ...]:
    """The text of a released notebook, cut at the gaps."""
    sources = {}
    for cell, known in zip(notebook["cells"], cells_of(notebook), strict=True):
        if known.kind == "code":
            cell["execution_count"] = None
            cell["outputs"] = f"\x00gap outputs {known.id}\x00"
        elif known.graded:
            sources[known.id] = known.source
            cell["source"] = f"\x00gap source {known.id}\x00"
    notebook["metadata"]["grader"] = {name: f"\x00gap kept {name}\x00" for name in ("answers", "troubles")}
    text = dumped(notebook).replace("\\u0000", "\x00") + "\n"
    return tuple(_cut(text, sources))


def _cut(text: str, sources: Mapping[str, str]) -> Iterable[str | _Gap]:
    end = 0
    for gap in GAP.finditer(text):
        indent, before, kind, name = gap.groups()
        yield text[end : gap.start(2)] + before
        yield _Gap(kind, name, len(indent), sources.get(name))
        end = gap.end()
    yield text[end:]


@lru_cache(maxsize=5000)
def _outputs_text(outputs: str, pad: str) -> str:
    """The outputs of one cell as text. Kept for the next learner, for many give the same answer."""
    return dumped([_split_output(one) for one in json.loads(outputs)], pad)


def _split_output(output: dict[str, Any]) -> dict[str, Any]:
    """An output with its texts as lists of lines, as nbformat keeps them."""
    if "text" in output:
        return {**output, "text": output["text"].splitlines(True)}
    if "data" in output:
        return {**output, "data": {kind: text.splitlines(True) for kind, text in output["data"].items()}}
    return output


def _sheet_in(released: bytes) -> bytes:
    """The sheet as it stands in the released file and so, letter by letter, in what Jupyter saved from it."""
    text = released.decode()
    start = text.find('"sheet": {')
    if start < 0:
        return b""
    _, end = json.JSONDecoder().raw_decode(text, start + len('"sheet": '))
    return text[start:end].encode()
