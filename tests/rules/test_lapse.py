"""Whether a petition outlives the temporary order that was made on it."""

from datetime import date

from grader.facts import Event, Order
from tests.rules.stories import MA, decide, order, step

STILL = "duration.may_still_make"
NC = "us-nc"
ASKED = step("petition", "asked", who="robin", whom="kim", day=date(2024, 1, 8))


def temporary(until: date) -> tuple[Order, Event]:
    """An order without notice of January 8, 2024, kept in force to a later day."""
    made = order("first", kind="ex-parte", day=date(2024, 1, 8), ends=None, hearing=date(2024, 1, 18))
    return made, step("extend-order", "kept", order="first", day=date(2024, 1, 17), until=until, written=True)


def lasting(day: date = date(2025, 6, 2)) -> Order:
    return order(day=day, ends=date(2026, 6, 1))


def asked_about(until: date, *more: Event, place: str = NC, day: date = date(2025, 6, 2)) -> str:
    first, kept = temporary(until)
    return str(decide(STILL, place, lasting(day), ASKED, first, kept, *more).answer)


def test_while_the_temporary_order_stands_the_court_may_make_the_order_after_notice() -> None:
    assert asked_about(date(2025, 6, 2)) == "may"


def test_the_lapse_of_a_temporary_order_that_ran_over_a_year_ends_the_petition() -> None:
    assert asked_about(date(2025, 2, 3)) == "may-not"


def test_a_new_petition_after_the_lapse_lets_the_court_act() -> None:
    again = step("petition", "again", who="robin", whom="kim", day=date(2025, 4, 1))
    assert asked_about(date(2025, 2, 3), again) == "may"


def test_a_petition_of_the_other_side_does_not() -> None:
    other = step("petition", "other", who="kim", whom="robin", day=date(2025, 4, 1))
    assert asked_about(date(2025, 2, 3), other) == "may-not"


def test_what_follows_from_a_sooner_lapse_is_not_known() -> None:
    assert asked_about(date(2024, 5, 1)) == "unknown"


def test_where_no_authority_was_read_the_answer_is_unknown() -> None:
    assert asked_about(date(2025, 2, 3), place=MA) == "unknown"


def test_without_a_temporary_order_there_is_nothing_to_ask() -> None:
    assert decide(STILL, NC, lasting(), ASKED).answer == "unknown"


def test_a_temporary_order_against_somebody_else_does_not_count() -> None:
    first, kept = temporary(date(2025, 2, 3))
    swapped = order("first", kind="ex-parte", day=first.day, ends=None, binds="robin", protects=("kim",))
    assert decide(STILL, NC, lasting(), ASKED, swapped, kept).answer == "unknown"
