"""What may be shown of small groups. In anything shared no cell of fewer than five people is told,
not by itself and not by subtraction from what stands beside it."""

from collections.abc import Iterable
from itertools import pairwise

LEAST = 5
HIDDEN, LEFT_OUT = f"fewer than {LEAST}", "left out"


def count(n: int, of: int, shared: bool, *rests: int) -> str:
    """A count of people among some, or its bound. ``rests`` are what follows from it and the numbers beside it."""
    if not shared or told(n, of, *rests):
        return f"{n} of {of}"
    if told(n, of):
        return LEFT_OUT
    return HIDDEN if n < LEAST else f"more than {max(of - LEAST, 0)} of {of}"


def percent(part: float, right: int, of: int, shared: bool) -> str:
    """A share of people or points in per cent, or its bound where it would tell a small group.

    Where some earned a part of the points there is no such bound, and it is left out.
    """
    if not of:
        return "–"
    if not shared or (right >= LEAST and of - right >= LEAST):
        return f"{100 * part:.0f} %"
    if abs(part - right / of) > 1e-9:
        return LEFT_OUT
    return f"under {100 * LEAST / of:.0f} %" if right < LEAST else f"over {100 * (of - LEAST) / of:.0f} %"


def of_many(n: int, of: int) -> bool:
    """Whether a group’s mean may be shared: the group is large enough, and so are the others, if there are any."""
    return n >= LEAST and not small(of - n)


def told(n: int, of: int, *rests: int) -> bool:
    """Whether a count may be shared: it and its remainder are large, and no rest that follows is a small group."""
    return whole((n, of - n)) and not any(map(small, rests))


def small(n: int) -> bool:
    """Whether this many people are a group so small that nothing may be told of it."""
    return 0 < n < LEAST


def whole(cells: Iterable[int]) -> bool:
    """Whether a table of counts may be shared: every cell is large enough. Else all of it stays out."""
    return all(n >= LEAST for n in cells)


def merged(edges: list[float], counts: list[int]) -> tuple[list[float], list[int]]:
    """Put neighbouring columns of a picture together until none is small. ``edges`` has one more entry."""
    edges, counts = list(edges), list(counts)
    while len(counts) > 1 and min(counts) < LEAST:
        n = counts.index(min(counts))
        beside = [m for m in (n - 1, n + 1) if 0 <= m < len(counts)]
        m = min(beside, key=lambda one: counts[one])
        first = min(n, m)
        counts[first : first + 2] = [counts[n] + counts[m]]
        del edges[first + 1]
    return edges, counts


def spans(edges: list[float]) -> list[tuple[float, float]]:
    """The columns of a picture, from edge to edge."""
    return list(pairwise(edges))
