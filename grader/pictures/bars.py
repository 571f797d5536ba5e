"""Draws how far somebody is, topic by topic: a bar for each, its parts told apart by pattern."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.messages import say
from grader.pictures.svg import LINE, WIDTH, Picture, box, drawn, hatch, line, says, tag, words, wrap

SMALL, TALL = 13.0, 18
PARTS = ("right", "again", "written", "open")


@dataclass(frozen=True)
class Topic:
    """One topic: how many answers are right now, to be looked at again, in one’s own words, and not yet given."""

    name: str
    right: int
    again: int
    written: int
    open: int

    @property
    def sentence(self) -> str:
        """The same in words; what is nought is not said."""
        parts = [say(f"progress-part-{part}", n=n) for part in PARTS if (n := getattr(self, part))]
        return say("progress-topic", topic=self.name, parts=", ".join(parts))


def bars(title: str, topics: Sequence[Topic], name: str = "") -> Picture:
    """Draw a bar for each topic, as long for one question as for another."""
    body, y, most = "", 4.0, max((sum(_counts(topic)) for topic in topics), default=1)
    for number, topic in enumerate(topics, 1):
        lines = wrap(topic.name, WIDTH - 4)
        body += says(
            number, words(2, y + 14, lines), *_bar(topic, y + LINE * len(lines) + 2, (WIDTH - 4) / max(1, most))
        )
        y += LINE * len(lines) + TALL + 16
    key, height = _key(topics, y)
    return drawn("bars", title, height, body + key, [topic.sentence for topic in topics], name)


def _counts(topic: Topic) -> tuple[int, ...]:
    return tuple(getattr(topic, part) for part in PARTS)


def _bar(topic: Topic, y: float, unit: float) -> Iterator[str]:
    x = 2.0
    for part, n in zip(PARTS, _counts(topic), strict=True):
        for _ in range(n):
            yield _piece(part, x, y, unit)
            x += unit


def _piece(part: str, x: float, y: float, unit: float) -> str:
    width = max(2.0, unit - 3)
    match part:
        case "right":
            return tag("rect", x=float(x), y=float(y), width=float(width), height=TALL, fill="currentColor")
        case "again":
            return box(x, y, width, TALL) + hatch(x, y, width, TALL, 5)
        case "written":
            return box(x, y, width, TALL) + line(x + 3, y + TALL / 2, x + width - 3, y + TALL / 2, width=2)
    return box(x, y, width, TALL, stroke=1, dash="2 3")


def _key(topics: Sequence[Topic], y: float) -> tuple[str, float]:
    parts = [line(1, y, WIDTH - 1, y)]
    y += LINE
    for part in PARTS:
        if any(getattr(topic, part) for topic in topics):
            parts += [_piece(part, 2, y - 12, 27), words(36, y + 2, [say(f"progress-key-{part}")], size=SMALL)]
            y += LINE + 6
    return "".join(parts), y
