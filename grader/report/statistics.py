"""Classical item and test statistics: pure formulas on lists of numbers, with their errors.

Formulas and thresholds are told in docs/class-report.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Care = Literal["counts", "interval", "bands"]
Third = Literal["top", "middle", "bottom"]
THIRDS: tuple[Third, ...] = ("top", "middle", "bottom")


@dataclass(frozen=True)
class Alpha:
    """Cronbach’s alpha, its standard error, and the standard error of measurement in points."""

    value: float
    error: float
    measurement: float
    items: int


def care(people: int) -> Care:
    """How much may be read out of a class of this size: counts alone, values with an interval, or bands."""
    return "counts" if people < 20 else "interval" if people < 50 else "bands"


def correlation(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Pearson’s r, or None where one side does not vary."""
    if len(x) < 3 or np.ptp(x) < 1e-12 or np.ptp(y) < 1e-12:
        return None
    return float(np.clip(np.corrcoef(x, y)[0, 1], -1.0, 1.0))


def interval(r: float, people: int) -> tuple[float, float] | None:
    """The 95 % interval of a correlation, by Fisher’s z; None for fewer than four people."""
    if people < 4:
        return None
    z, reach = math.atanh(max(min(r, 0.999999), -0.999999)), 1.959964 / math.sqrt(people - 3)
    return math.tanh(z - reach), math.tanh(z + reach)


def discrimination(columns: Sequence[Sequence[float]], n: int) -> float | None:
    """The corrected discrimination of item n: its correlation with the rest of the test, itself left out."""
    rest = [sum(row) - row[n] for row in zip(*columns, strict=True)]
    return correlation(columns[n], rest)


def alpha(columns: Sequence[Sequence[float]]) -> Alpha | None:
    """Cronbach’s alpha of some items (KR-20 where all are 0 or 1); None where nothing varies.

    The standard error is the asymptotic one of van Zyl, Neudecker and Nel (2000), which asks nothing
    of the covariances.
    """
    k, people = len(columns), len(columns[0]) if columns else 0
    if k < 2 or people < 3:
        return None
    v = np.cov(np.array(columns, dtype=float))
    whole, trace = float(v.sum()), float(np.trace(v))
    if whole < 1e-12:
        return None
    value = k / (k - 1) * (1 - trace / whole)
    square = v @ v
    inner = whole * (float(np.trace(square)) + trace**2) - 2 * trace * float(square.sum())
    error = math.sqrt(max(2 * k**2 / ((k - 1) ** 2 * whole**3) * inner, 0.0) / people)
    return Alpha(value, error, math.sqrt(whole) * math.sqrt(max(1 - min(value, 1.0), 0.0)), k)


def thirds(totals: Sequence[float]) -> list[Third]:
    """Top, middle and bottom third, for each person. People with equal totals stay together."""
    ordered = sorted(totals)
    people = len(totals)

    def third(total: float) -> Third:
        below, equal = sum(x < total for x in ordered), ordered.count(total)
        place = (below + equal / 2) / people
        return "bottom" if place <= 1 / 3 else "top" if place > 2 / 3 else "middle"

    known = {total: third(total) for total in set(totals)}
    return [known[total] for total in totals]


def middle(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean, median and standard deviation (of a sample; 0 for one person)."""
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return float(np.mean(values)), float(np.median(values)), spread
