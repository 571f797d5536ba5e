"""Counting days: calendar days, court days, months and years.

Which days a court is closed, whether the first day counts and whether an end rolls forward are
law, not arithmetic: they are arguments here and come with citations from ``grader/law``.
"""

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta

DAY = timedelta(days=1)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def is_open(day: date, closed: Container[date]) -> bool:
    """Whether a court sits: Monday to Friday, and not on a closed day."""
    return day.weekday() < 5 and day not in closed


def next_open(day: date, closed: Container[date]) -> date:
    """The day itself if the court is open, else the next day it is."""
    while not is_open(day, closed):
        day += DAY
    return day


def add_court_days(start: date, n: int, closed: Container[date], *, exclude_first: bool = True) -> date:
    """The n-th day on which the court is open, counted from a day that itself counts or not."""
    day = start if exclude_first else start - DAY
    for _ in range(n):
        day = next_open(day + DAY, closed)
    return day


def add_months(start: date, n: int) -> date:
    """The same day n months later; the last day of the month where that month is shorter."""
    months = start.year * 12 + start.month - 1 + n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add(start: date, n: int, unit: str, closed: Container[date] = (), *, exclude_first: bool = True) -> date:
    """Add a length of hours, days, court days, months or years; ValueError for another unit.

    Hours run from an hour that nobody states: counted is the day on which the last of them can fall.
    """
    match unit:
        case "hour":
            return start + -(-n // 24) * DAY
        case "day":
            return start + (n if exclude_first else n - 1) * DAY
        case "court-day":
            return add_court_days(start, n, closed, exclude_first=exclude_first)
        case "month":
            return add_months(start, n)
        case "year":
            return add_months(start, 12 * n)
    raise ValueError(f"cannot count in {unit}s")


def spoken(day: date) -> str:
    """A date as people read it, in English on every machine: June 10, 2026."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
