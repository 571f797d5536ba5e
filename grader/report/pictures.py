"""Two pictures, drawn as SVG. The page says the same in a table beside each, so nobody needs the picture."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One bar, with the name under or before it and the number at its end."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str


@dataclass(frozen=True)
class Picture:
    """A picture as numbers; the template writes it."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    says: str
    upright: bool


WIDTH, HEIGHT, ROW, NAME = 360, 190, 22, 96


def columns(says: str, spans: Sequence[tuple[float, float]], counts: Sequence[int]) -> Picture:
    """Upright bars over ranges of a score in per cent. The area is the number; under each stands where it begins."""
    dense = [n / (high - low) for (low, high), n in zip(spans, counts, strict=True)]
    tallest, floor, left, room = max(dense, default=0) or 1, HEIGHT - 26, 12, WIDTH - 26
    bars = []
    for (low, high), n, high_as in zip(spans, counts, dense, strict=True):
        tall = (floor - 22) * high_as / tallest
        x, width = left + room * low / 100, room * (high - low) / 100
        bars.append(Bar(x + 1, floor - tall, width - 2, tall, f"{low:.0f}", str(n)))
    return Picture(WIDTH, HEIGHT, tuple(bars), says, True)


def rows(says: str, named: Sequence[tuple[str, float | None, str]]) -> Picture:
    """Lying bars, one for each name; None draws no bar, only its words."""
    room = WIDTH - NAME - 74
    bars = tuple(
        Bar(NAME, n * ROW + 4, room * min(max(share or 0.0, 0.0), 1.0), ROW - 8, name, value)
        for n, (name, share, value) in enumerate(named)
    )
    return Picture(WIDTH, ROW * len(bars) + 4, bars, says, False)
