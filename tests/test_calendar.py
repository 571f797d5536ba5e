"""Counting days: months, leap years, court days, closed days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.calendar import add, add_court_days, add_months, is_open, next_open, spoken

FRIDAY = date(2026, 7, 3)
HOLIDAY = {date(2026, 7, 6)}
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), 3, date(2026, 6, 30)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_day_of_a_shorter_month(start: date, n: int, end: date) -> None:
    assert add_months(start, n) == end


def test_a_year_from_the_29th_of_february_ends_on_the_28th_and_four_years_on_the_29th() -> None:
    assert add(date(2028, 2, 29), 1, "year") == date(2029, 2, 28)
    assert add(date(2028, 2, 29), 4, "year") == date(2032, 2, 29)


def test_court_days_leave_out_weekends() -> None:
    assert add_court_days(FRIDAY, 1, ()) == date(2026, 7, 6)
    assert add_court_days(FRIDAY, 5, ()) == date(2026, 7, 10)


def test_court_days_leave_out_holidays() -> None:
    assert add_court_days(FRIDAY, 1, HOLIDAY) == date(2026, 7, 7)
    assert add(FRIDAY, 5, "court-day", HOLIDAY) == date(2026, 7, 13)


def test_the_first_day_is_left_out_or_counted_as_the_law_has_it() -> None:
    assert add(FRIDAY, 1, "court-day", exclude_first=False) == FRIDAY
    assert add(FRIDAY, 7, "day") == date(2026, 7, 10)
    assert add(FRIDAY, 7, "day", exclude_first=False) == date(2026, 7, 9)


def test_the_earlier_of_two_ends_depends_on_the_holidays() -> None:
    def earlier(closed: set[date]) -> date:
        return min(add(date(2026, 7, 2), 3, "court-day", closed), add(date(2026, 7, 2), 5, "day", closed))

    assert earlier(set()) == date(2026, 7, 7)
    assert earlier({*HOLIDAY, FRIDAY}) == date(2026, 7, 7)
    assert add(date(2026, 7, 2), 3, "court-day", {*HOLIDAY, FRIDAY}) == date(2026, 7, 9)


def test_the_next_open_day_is_the_day_itself_if_the_court_sits() -> None:
    assert next_open(FRIDAY, HOLIDAY) == FRIDAY
    assert next_open(date(2026, 7, 4), HOLIDAY) == date(2026, 7, 7)


@given(DAYS, st.integers(1, 40))
def test_the_last_court_day_is_open_and_has_the_right_number_of_open_days_before_it(start: date, n: int) -> None:
    end = add_court_days(start, n, HOLIDAY)
    between = (date.fromordinal(one) for one in range(start.toordinal() + 1, end.toordinal() + 1))
    assert is_open(end, HOLIDAY)
    assert sum(is_open(day, HOLIDAY) for day in between) == n


@given(DAYS, st.integers(0, 60))
def test_months_back_and_forth_never_pass_the_start(start: date, n: int) -> None:
    assert add_months(add_months(start, n), -n) <= start


@pytest.mark.parametrize(("hours", "last"), [(24, 6), (72, 8), (36, 7), (4, 6)])
def test_hours_run_into_the_day_on_which_the_last_of_them_can_fall(hours: int, last: int) -> None:
    assert add(date(2026, 1, 5), hours, "hour") == date(2026, 1, last)


def test_nobody_counts_in_weeks() -> None:
    with pytest.raises(ValueError, match="cannot count in weeks"):
        add(date(2026, 1, 5), 1, "week")


def test_a_date_is_written_as_people_read_it() -> None:
    assert spoken(date(2026, 6, 10)) == "June 10, 2026"
