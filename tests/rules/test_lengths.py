"""What an order runs to, how long the court may make it run, and what may shorten it."""

from datetime import date
from typing import Any

import pytest

from tests.rules.stories import CA, GENERAL, MA, STATES, answer, charge, condition, event, order, step

LAST, SHORTER = "duration.may_last", "duration.may_shorten"
ASKED = date(2026, 6, 10)


def may_last(place: str, did: str, **given: Any) -> Any:
    return answer(LAST, place, order(), event(did, who="robin", whom=None, day=ASKED, **given))


class TestWhatItRunsTo:
    @pytest.mark.parametrize(
        ("paper", "end"),
        [(order(), "face-date"), (order(kind="ex-parte"), "hearing"), (order(kind="emergency"), "own-term"),
         (condition(), "case-end"), (condition("probation-condition"), "probation-end")],
    )  # fmt: skip
    def test_each_kind_of_order_has_an_end_of_its_own_kind(self, paper: Any, end: str) -> None:
        assert answer("duration.runs_until", MA, paper) == end

    def test_what_no_authority_says_is_unknown(self) -> None:
        assert answer("duration.runs_until", MA, order(day=date(1980, 1, 7))) == "unknown"


class TestTheHearing:
    def due(self, place: str, day: date) -> Any:
        return answer("duration.hearing_due", place, order(kind="ex-parte", day=day, ends=None))

    def test_court_days_leave_out_weekends_and_holidays(self) -> None:
        assert self.due(MA, date(2026, 1, 5)) == date(2026, 1, 20)

    def test_whether_a_closed_day_puts_it_off_is_not_known(self) -> None:
        assert self.due(CA, date(2026, 3, 2)) == date(2026, 3, 23)
        assert self.due(CA, date(2026, 3, 7)) == "unknown"

    def test_an_order_made_after_a_hearing_waits_for_none(self) -> None:
        assert answer("duration.hearing_due", MA, order()) == "unknown"


class TestFirstOrder:
    @pytest.mark.parametrize("place", STATES)
    def test_a_first_order_may_not_be_permanent(self, place: str) -> None:
        assert may_last(place, "hearing", permanent=True) == "may-not"

    @pytest.mark.parametrize(("place", "within", "beyond"), [(MA, 2027, 2028), (CA, 2031, 2032)])
    def test_a_first_order_has_a_longest_term(self, place: str, within: int, beyond: int) -> None:
        assert may_last(place, "hearing", until=date(within, 6, 10)) == "may"
        assert may_last(place, "petition", until=date(beyond, 6, 10)) == "may-not"


class TestCriminalOrder:
    asked = event("sentence", day=ASKED, whom=None, until=date(2036, 6, 10))

    def on_conviction(self, offence: str, **given: Any) -> Any:
        return answer(LAST, CA, condition("sentence-order", day=ASKED, offence=offence), self.asked, **given)

    def test_an_order_on_conviction_has_a_longest_term_of_its_own(self) -> None:
        assert self.on_conviction("stalking") == self.on_conviction("spousal-injury") == "may"

    def test_where_the_law_gives_no_power_no_length_is_short_enough(self) -> None:
        assert self.on_conviction("other") == "may-not"

    def test_an_order_for_a_pending_case_may_not_outlive_the_case(self) -> None:
        paper, over = condition("pretrial-order", case="charge"), step("sentence", who="kim", case="charge")
        for until, right in ((date(2029, 1, 5), "may-not"), (date(2026, 3, 1), "unknown")):
            assert answer(LAST, CA, charge(), event("hearing", day=paper.day, until=until), paper, over) == right

    def test_the_end_of_another_case_does_not_matter(self) -> None:
        paper, over = condition("pretrial-order", case="charge"), step("sentence", who="kim", case="other")
        asked = event("hearing", day=paper.day, until=date(2029, 1, 5))
        assert answer(LAST, CA, charge(), charge("other"), asked, paper, over) == "unknown"


class TestRenewal:
    @pytest.mark.parametrize("place", STATES)
    def test_at_a_renewal_the_order_may_be_made_permanent(self, place: str) -> None:
        assert may_last(place, "move-to-renew", permanent=True) == "may"
        assert may_last(place, "extend-order", permanent=True) == "may"

    def test_a_renewal_may_have_a_shortest_term(self) -> None:
        assert may_last(CA, "extend-order", until=date(2028, 6, 10)) == "may-not"
        assert may_last(CA, "extend-order", until=date(2033, 6, 10)) == "may"

    def test_a_harassment_order_is_renewed_for_some_years_only_and_never_for_good(self) -> None:
        paper = order(ground="harassment", forbids=("harass", "contact"))
        for until, right in ((date(2031, 1, 4), "may"), (date(2035, 1, 4), "may-not")):
            assert answer(LAST, CA, paper, event("move-to-renew", who="robin", whom=None, until=until)) == right
        assert answer(LAST, CA, paper, event("move-to-renew", who="robin", whom=None, permanent=True)) == "may-not"

    @pytest.mark.parametrize("ground", ["abuse", "harassment"])
    def test_a_renewal_may_run_for_any_time_where_the_law_says_so(self, ground: str) -> None:
        longer = event("move-to-renew", who="robin", whom=None, until=date(2033, 6, 10))
        assert answer(LAST, MA, order(ground=ground), longer) == "may"

    def test_what_nobody_read_or_said_is_unknown(self) -> None:
        assert may_last(GENERAL, "extend-order", until=date(2033, 6, 10)) == "unknown"
        assert may_last(MA, "extend-order") == "unknown"
        assert may_last(MA, "text", permanent=True) == "unknown"


class TestShorter:
    def shorter(self, place: str = MA, **given: Any) -> Any:
        return answer(SHORTER, place, order(), event("ask-aloud", whom=None, **given))

    @pytest.mark.parametrize("showing", ["unrelated", "protected-activity"])
    def test_a_reason_that_is_not_about_safety_does_not_shorten_an_order(self, showing: str) -> None:
        assert self.shorter(showing=showing) == "may-not"

    def test_a_reason_about_safety_is_weighed(self) -> None:
        assert self.shorter(showing="changed-circumstances") == "court-decides"

    def test_without_a_reason_or_an_authority_nothing_is_said(self) -> None:
        assert self.shorter() == "unknown"
        assert self.shorter(CA, showing="unrelated") == "unknown"
        assert self.shorter(GENERAL, showing="unrelated") == "unknown"


class TestLaterRenewals:
    RENEWED = step("extend-order", day=date(2026, 3, 2), order="paper", until=date(2027, 3, 2), written=True)

    def test_may_be_longer_than_the_first(self) -> None:
        wish = event("move-to-renew", until=date(2031, 6, 10))
        assert answer(LAST, "us-nh", order(ends=date(2026, 12, 1)), wish) == "may-not"
        assert answer(LAST, "us-nh", order(ends=date(2026, 12, 1)), self.RENEWED, wish) == "may"

    def test_have_a_limit_too(self) -> None:
        wish = event("move-to-renew", until=date(2033, 6, 10))
        assert answer(LAST, "us-nh", order(ends=date(2026, 12, 1)), self.RENEWED, wish) == "may-not"

    def test_count_the_order_that_extends_another(self) -> None:
        first = order("first", day=date(2024, 1, 5), ends=date(2025, 1, 4))
        wish = event("move-to-renew", until=date(2031, 6, 10))
        assert answer(LAST, "us-nh", order(ends=date(2026, 12, 1), extends="first"), first, wish) == "may"


class TestAnyEnd:
    def test_may_be_set_where_the_law_leaves_the_length_to_the_court(self) -> None:
        assert may_last("us-vt", "hearing", until=date(2045, 6, 10)) == "may"

    def test_is_still_an_end(self) -> None:
        assert may_last("us-vt", "hearing", permanent=True) == "may-not"

    def test_may_be_set_at_a_renewal_too(self) -> None:
        wish = event("move-to-renew", until=date(2046, 6, 10))
        assert answer(LAST, "us-id", order(kind="sentence-order", ground=None), wish) == "may"


def test_hours_from_an_hour_that_no_paper_shows_end_on_an_unknown_day() -> None:
    paper = order(kind="emergency", made_in="us-ia", ends=None, hearing=None)
    assert answer("duration.last_day", "us-ia", paper) == "unknown"
