"""The tables of closed days: beside a package of holidays that nobody here wrote, and as the rules count with them.

Saturdays and Sundays are closed anyway, so only Mondays to Fridays are compared. Each difference has its reason.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import holidays
import pytest

from grader.law import CourtDays, Length, jurisdictions, law
from tests.rules.stories import US, answer, order, step, why

ONLY_HERE, ONLY_THERE = "only in the table", "only in the package"
SATURDAY = "the law of the place moves a holiday from Sunday to Monday and leaves one on a Saturday where it is"
INDEPENDENCE = "on Texas Independence Day public business goes on"
ANTHONY = "Susan B. Anthony Day is a day of remembrance on which the courts are open"
CHAVEZ = "Cesar Chavez Day is a holiday that an employee may choose, and the courts are open"
NOT_STATED = "Juneteenth is a federal holiday that no authority read makes one of the state"
EXPLAINED: dict[str, list[tuple[str, str, str]]] = {
    "us": [],
    "us-ma": [
        (ONLY_THERE, "Evacuation Day closes no court office", "2024-03-18 2025-03-17 2026-03-17 2027-03-17"),
        (ONLY_THERE, SATURDAY, "2026-07-03 2027-06-18 2027-12-24 2027-12-31"),
    ],
    "us-ca": [
        (ONLY_HERE, "courts close on Lincoln’s Birthday", "2024-02-12 2025-02-12 2026-02-12 2027-02-12"),
        (ONLY_HERE, "courts close on Native American Day", "2024-09-27 2025-09-26 2026-09-25 2027-09-24"),
        (ONLY_THERE, ANTHONY, "2024-02-15"),
    ],
    "us-ny": [
        (ONLY_THERE, SATURDAY, "2021-06-18 2021-12-24 2021-12-31 2022-02-11 2023-11-10"),
        (ONLY_THERE, SATURDAY, "2026-07-03 2027-06-18 2027-12-24 2027-12-31"),
        (ONLY_THERE, ANTHONY, "2022-02-15 2023-02-15 2024-02-15"),
    ],
    "us-tx": [
        (ONLY_THERE, INDEPENDENCE, "2020-03-02 2021-03-02 2022-03-02 2023-03-02"),
        (ONLY_THERE, INDEPENDENCE, "2026-03-02 2027-03-02"),
        (ONLY_THERE, "on San Jacinto Day public business goes on", "2020-04-21 2021-04-21 2022-04-21 2023-04-21"),
        (ONLY_THERE, "on San Jacinto Day public business goes on", "2025-04-21 2026-04-21 2027-04-21"),
        (ONLY_THERE, "on Johnson’s birthday public business goes on", "2020-08-27 2021-08-27 2024-08-27 2025-08-27"),
        (ONLY_THERE, "on Johnson’s birthday public business goes on", "2026-08-27 2027-08-27"),
        (ONLY_THERE, "on January 19 public business goes on", "2021-01-19 2022-01-19 2023-01-19 2024-01-19 2027-01-19"),
        (ONLY_THERE, "on Emancipation Day public business goes on", "2020-06-19 2023-06-19 2024-06-19 2025-06-19"),
        (ONLY_THERE, "on Emancipation Day public business goes on", "2026-06-19"),
        (ONLY_THERE, CHAVEZ, "2020-03-31 2021-03-31 2022-03-31 2023-03-31 2025-03-31 2026-03-31 2027-03-31"),
        (ONLY_THERE, "Good Friday is a holiday by choice", "2020-04-10 2021-04-02 2022-04-15 2023-04-07 2024-03-29"),
        (ONLY_THERE, "Good Friday is a holiday by choice", "2025-04-18 2026-04-03 2027-03-26"),
        (ONLY_THERE, "the statute moves no holiday from a Saturday", "2020-07-03 2021-06-18 2021-12-31 2023-11-10"),
        (ONLY_THERE, "the statute moves no holiday from a Saturday", "2026-07-03 2027-06-18 2027-12-31"),
        (ONLY_THERE, "the statute moves no holiday from a Sunday", "2021-07-05 2022-06-20 2023-01-02 2027-07-05"),
        (ONLY_THERE, "the statute does not move Christmas Eve", "2021-12-23 2022-12-23 2023-12-22 2027-12-23"),
    ],
    "us-fl": [
        (ONLY_THERE, ANTHONY, "2021-02-15 2022-02-15 2023-02-15 2024-02-15 2027-02-15"),
        (ONLY_THERE, NOT_STATED, "2021-06-18 2022-06-20 2023-06-19 2024-06-19 2025-06-19 2026-06-19 2027-06-18"),
    ],
    "us-wa": [(ONLY_THERE, "Juneteenth became a holiday of the state in July 2021 only", "2021-06-18")],
    "us-il": [
        (ONLY_HERE, "courts close on the Friday before Easter", "2024-03-29 2025-04-18"),
        (ONLY_HERE, "courts close on the day after Thanksgiving", "2024-11-29 2025-11-28"),
        (ONLY_THERE, "Casimir Pulaski’s birthday closes no court", "2024-03-04 2025-03-03"),
        (ONLY_THERE, "Election Day is in no list of a court", "2024-11-05"),
    ],
    "us-pa": [(ONLY_HERE, "courts close on Good Friday", "2023-04-07 2024-03-29 2025-04-18 2026-04-03 2027-03-26")],
    "us-oh": [
        (ONLY_THERE, SATURDAY, "2020-07-03 2021-06-18 2021-12-24 2021-12-31 2023-11-10"),
        (ONLY_THERE, SATURDAY, "2026-07-03 2027-06-18 2027-12-24 2027-12-31"),
    ],
    "us-nj": [
        (ONLY_HERE, "there is an election in odd years too", "2021-11-02 2023-11-07 2025-11-04 2027-11-02"),
        (ONLY_HERE, "Juneteenth is the third Friday of June", "2022-06-17 2023-06-16 2024-06-21 2025-06-20"),
        (ONLY_THERE, "Juneteenth is the third Friday of June", "2022-06-20 2023-06-19 2024-06-19 2025-06-19"),
        (ONLY_THERE, "offices are open on Lincoln’s Birthday", "2021-02-12 2022-02-11 2023-02-13 2024-02-12"),
        (ONLY_THERE, "offices are open on Lincoln’s Birthday", "2025-02-12 2026-02-12 2027-02-12"),
    ],
    "us-mi": [
        (ONLY_THERE, "Election Day is not in the rule of court", "2020-11-03 2022-11-08 2024-11-05 2026-11-03"),
        (ONLY_THERE, "Juneteenth became a court holiday in June 2022 only", "2021-06-18"),
        (ONLY_THERE, "how an eve on a weekend is kept was not read", "2021-12-23 2022-12-23 2022-12-30 2023-12-22"),
        (ONLY_THERE, "how an eve on a weekend is kept was not read", "2027-12-23"),
    ],
    "us-nc": [
        (ONLY_THERE, NOT_STATED, "2021-06-18 2022-06-20 2023-06-19 2024-06-19 2025-06-19 2026-06-19 2027-06-18"),
        (ONLY_THERE, "which days beside Christmas are free differs", "2020-12-24 2020-12-28 2021-12-23 2021-12-24"),
        (ONLY_THERE, "which days beside Christmas are free differs", "2021-12-27 2022-12-23 2022-12-27 2023-12-22"),
        (ONLY_THERE, "which days beside Christmas are free differs", "2023-12-26 2024-12-24 2024-12-26 2025-12-24"),
        (ONLY_THERE, "which days beside Christmas are free differs", "2025-12-26 2026-12-24 2026-12-28 2027-12-23"),
        (ONLY_THERE, "which days beside Christmas are free differs", "2027-12-24 2027-12-27"),
        (ONLY_THERE, SATURDAY, "2020-07-03 2021-12-31 2023-11-10 2026-07-03 2027-12-31"),
        (ONLY_THERE, "the day after Thanksgiving is doubtful", "2020-11-27 2021-11-26 2022-11-25 2023-11-24"),
        (ONLY_THERE, "the day after Thanksgiving is doubtful", "2024-11-29 2025-11-28 2026-11-27 2027-11-26"),
        (ONLY_THERE, "a holiday on which courthouses may be open", "2020-02-17 2021-02-15 2022-02-21 2023-02-20"),
        (ONLY_THERE, "a holiday on which courthouses may be open", "2024-02-19 2025-02-17 2026-02-16 2027-02-15"),
    ],
    "us-nd": [
        (ONLY_HERE, "courts close on Good Friday", "2020-04-10 2021-04-02 2022-04-15 2023-04-07 2024-03-29 2025-04-18"),
        (ONLY_HERE, "courts close on Good Friday", "2026-04-03 2027-03-26"),
        (ONLY_THERE, "that Juneteenth closes courts is doubtful", "2021-06-18 2022-06-20 2023-06-19 2024-06-19"),
        (ONLY_THERE, "that Juneteenth closes courts is doubtful", "2025-06-19 2026-06-19 2027-06-18"),
    ],
    "us-az": [(ONLY_THERE, NOT_STATED, "2021-06-18 2022-06-20 2023-06-19 2024-06-19 2025-06-19 2026-06-19 2027-06-18")],
    "us-co": [
        (ONLY_THERE, CHAVEZ, "2021-03-31 2022-03-31 2023-03-31 2025-03-31 2026-03-31 2027-03-31"),
        (ONLY_THERE, "since which year Juneteenth is a holiday of the state was not read", "2021-06-18 2022-06-20"),
        (ONLY_THERE, SATURDAY, "2021-12-24 2021-12-31 2023-11-10 2026-07-03 2027-06-18 2027-12-24 2027-12-31"),
    ],
    "us-mn": [(ONLY_THERE, "Juneteenth became a holiday of the state in May 2023 only", "2021-06-18 2022-06-20")],
}
TABLES = {place: table for place in jurisdictions() if (table := law(place).days)}
LISTED = {place: (*table.closed, *table.doubtful) for place, table in TABLES.items()}


def years(table: CourtDays) -> range:
    return range(table.since.year, table.until.year + 1)


def package(place: str, table: CourtDays) -> set[date]:
    """The holidays of the package on Mondays to Fridays, in the years of a table."""
    found = holidays.country_holidays("US", subdiv=place[3:].upper() or None, years=years(table))
    return {day for day in found if day.weekday() < 5}


def explained(place: str, where: str) -> Iterator[date]:
    for side, reason, days in EXPLAINED[place]:
        assert reason
        if side == where:
            yield from map(date.fromisoformat, days.split())


def test_every_table_is_compared_with_the_package_and_the_federal_courts_have_one() -> None:
    assert "us" in TABLES
    assert set(TABLES) == set(EXPLAINED)


@pytest.mark.parametrize("place", TABLES)
def test_every_difference_from_the_package_has_a_reason(place: str) -> None:
    ours = {day for day in TABLES[place].closed if day.weekday() < 5}
    theirs = package(place, TABLES[place])
    assert sorted(ours - theirs) == sorted(explained(place, ONLY_HERE))
    assert sorted(theirs - ours) == sorted(explained(place, ONLY_THERE))


@pytest.mark.parametrize("place", TABLES)
def test_a_table_stays_within_its_days_and_no_day_is_both_closed_and_doubtful(place: str) -> None:
    table = TABLES[place]
    assert all(table.since <= day <= table.until for day in LISTED[place])
    assert len(LISTED[place]) == len(set(LISTED[place]))
    assert (table.since.month, table.since.day, table.until.month, table.until.day) == (1, 1, 12, 31)


@pytest.mark.parametrize("place", TABLES)
def test_every_table_cites_what_fixes_its_days_and_its_counting(place: str) -> None:
    assert len(TABLES[place].cites) >= 2
    assert all(cite.confidence != "recalled" and len(cite.gist.split()) <= 25 for cite in TABLES[place].cites)


@pytest.mark.parametrize("place", TABLES)
@pytest.mark.parametrize("named", ["Martin Luther King", "Thanksgiving Day", "Christmas Day", "Labor Day"])
def test_some_holidays_are_kept_everywhere_in_every_year(place: str, named: str) -> None:
    table = TABLES[place]
    kept = {day.year for day, name in table.closed.items() if named in name}
    weekend = {year for year in years(table) if date(year, 12, 25).weekday() > 4}
    assert kept >= set(years(table)) - (weekend if named == "Christmas Day" else set())


def test_juneteenth_closes_federal_courts_from_2021_and_inauguration_day_never() -> None:
    closed = TABLES["us"].closed
    assert date(2020, 6, 19) not in closed
    assert date(2021, 6, 18) in closed
    assert not {date(2021, 1, 20), date(2025, 1, 21)} & set(closed)


class TestCounting:
    """An order of one place is counted by the calendar of that place, wherever the question is put."""

    def last(self, place: str, day: date, kind: str = "emergency", **given: Any) -> Any:
        paper = order(kind=kind, day=day, made_in=place, ends=None, face=None, notice="served", **given)
        return answer("duration.last_day", US, paper)

    def test_a_holiday_of_the_place_that_made_the_order_does_not_count(self) -> None:
        assert self.last("us-pa", date(2026, 4, 2)) == date(2026, 4, 6)
        assert self.last("us-pa", date(2026, 4, 6)) == date(2026, 4, 7)

    def test_a_doubtful_day_within_the_count_leaves_the_end_unknown(self) -> None:
        assert self.last("us-pa", date(2026, 11, 2)) == "unknown"
        paper = order(kind="emergency", day=date(2026, 11, 2), ends=None)
        assert "November 3, 2026" in why("duration.last_day", "us-pa", paper)

    def test_a_doubtful_first_day_that_is_left_out_does_not_matter(self) -> None:
        assert self.last("us-pa", date(2026, 11, 3)) == date(2026, 11, 4)

    def test_outside_the_years_of_a_table_the_end_is_unknown(self) -> None:
        assert self.last("us-pa", date(2027, 12, 31)) == "unknown"

    def test_short_periods_count_open_days_where_the_law_of_the_place_says_so(self) -> None:
        assert TABLES["us-wa"].counts_open_days(Length(6, "day"))
        assert not TABLES["us-wa"].counts_open_days(Length(7, "day"))
        assert TABLES["us-az"].counts_open_days(Length(10, "day"))
        assert not TABLES["us-ma"].counts_open_days(Length(1, "day"))
        assert all(table.counts_open_days(Length(30, "court-day")) for table in TABLES.values())


class TestAnEndOnAClosedDay:
    """Where no authority read says whether it moves: unknown, but only for the days to which it might move."""

    FRIDAY = date(2026, 7, 3)
    PAPER = order(made_in="us-wa", ends=FRIDAY)

    def stands(self, days: int) -> Any:
        return answer("duration.in_force", US, self.PAPER, day=self.FRIDAY + timedelta(days))

    def test_it_stands_to_the_day_on_its_paper_and_is_over_after_the_next_open_day(self) -> None:
        assert [self.stands(days) for days in (0, 3, 4)] == ["in-force", "unknown", "not-in-force"]

    def test_a_doubtful_day_is_treated_like_a_closed_one(self) -> None:
        paper = order(made_in="us-oh", ends=self.FRIDAY)
        assert answer("duration.last_day", US, paper) == "unknown"
        assert answer("duration.in_force", US, paper, day=date(2026, 7, 7)) == "not-in-force"

    def test_on_an_open_day_there_is_no_question(self) -> None:
        paper = order(made_in="us-wa", ends=date(2026, 7, 2))
        assert answer("duration.last_day", US, paper, step("appear", who="kim")) == date(2026, 7, 2)
