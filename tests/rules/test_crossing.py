"""A breach across a state line, and the right to have police act."""

from datetime import date
from typing import Any

from tests.rules.stories import CA, MA, US, answer, event, order, step

CRIME, RIGHT = "violations.interstate_crime", "violations.enforcement_right"
YES, NO = "federal-crime", "no-federal-crime"
ABROAD = {"made_in": MA, "hearing_notice": True}


def trip(**given: Any) -> Any:
    return step("cross-line", "trip", **({"who": "kim", "intended": True, "state": CA} | given))


def crime(*facts: Any, act: Any = None, **given: Any) -> Any:
    return answer(CRIME, US, order(**(ABROAD | given)), *facts, act or event(state=CA))


class TestCrossing:
    def test_who_crosses_a_line_to_break_the_order_and_breaks_it_commits_a_federal_crime(self) -> None:
        assert crime(trip()) == YES

    def test_without_crossing_there_is_none(self) -> None:
        assert crime(act=event()) == NO
        assert crime(trip(who="robin"), act=event()) == NO

    def test_a_crossing_that_the_story_leaves_out_is_unknown(self) -> None:
        assert crime() == "unknown"
        assert crime(trip(day=date(2026, 7, 1))) == "unknown"

    def test_the_intent_must_be_there_when_crossing(self) -> None:
        assert crime(trip(intended=False)) == NO
        assert crime(trip(intended=None)) == "unknown"

    def test_without_a_breach_there_is_none(self) -> None:
        assert crime(trip(), act=event(state=CA, whom="sam")) == NO

    def test_a_term_about_money_does_not_count(self) -> None:
        unpaid = event("withhold-support", state=CA, whom=None)
        assert crime(trip(), act=unpaid, forbids=("contact", "support")) == NO

    def test_a_term_of_which_no_authority_speaks_is_unknown(self) -> None:
        home = event("enter", state=CA, at="home", present=False)
        assert crime(trip(), act=home, forbids=("vacate",)) == "unknown"

    def test_an_order_that_other_states_need_not_honour_counts_all_the_same(self) -> None:
        first = step("petition", who="kim", whom="robin", day=date(2026, 1, 2))
        assert answer("mutual.honoured_elsewhere", US, order(**ABROAD), first) == "not-honoured"
        assert crime(first, trip()) == YES
        assert crime(trip(), hearing_notice=None) == YES

    def test_a_lasting_order_made_without_notice_of_a_hearing_is_broken_by_nobody(self) -> None:
        assert crime(trip(), hearing_notice=False) == NO

    def test_before_a_court_said_so_whether_such_an_order_counts_is_unknown(self) -> None:
        then = {"day": date(2012, 3, 1)}
        early = {"day": date(2012, 1, 5), "ends": date(2013, 1, 4), "hearing_notice": False}
        assert crime(trip(**then), act=event(state=CA, **then), **early) == "unknown"
        assert crime(trip(**then), act=event(state=CA, **then), **(early | {"hearing_notice": True})) == YES

    def test_an_order_of_a_court_without_power_is_broken_by_nobody(self) -> None:
        assert crime(trip(), without_jurisdiction=True) == NO

    def test_an_agreement_that_no_court_made_its_own_order_gives_no_answer(self) -> None:
        assert crime(trip(), kind="agreement") == "unknown"

    def test_an_order_older_than_the_law_counts_once_the_law_is_there(self) -> None:
        old = {"day": date(1992, 1, 6), "face": "until-further-order", "ends": None, "made_in": "us-zz"}
        then = {"day": date(1996, 3, 1)}
        assert crime(trip(**then), act=event(state=CA, **then), **old) == YES
        assert crime(trip(day=date(1994, 9, 12)), act=event(state=CA, day=date(1994, 9, 12)), **old) == "unknown"


class TestMakingTheProtectedPersonCross:
    TAKEN = {"who": "robin", "asked_by": "kim", "forced": True, "intended": None}

    def test_by_force_or_deceit_counts_like_crossing_oneself(self) -> None:
        assert crime(trip(**self.TAKEN)) == YES

    def test_without_force_or_at_another_s_hands_it_does_not(self) -> None:
        assert crime(trip(**(self.TAKEN | {"forced": None})), act=event()) == NO
        assert crime(trip(**(self.TAKEN | {"asked_by": "sam"})), act=event()) == NO
        assert crime(trip(**(self.TAKEN | {"who": "sam"})), act=event()) == NO

    def test_it_must_come_before_the_breach_and_a_breach_there_must_be(self) -> None:
        assert crime(trip(**self.TAKEN, day=date(2026, 7, 1)), act=event()) == NO
        assert crime(trip(**self.TAKEN), act=event(state=CA, whom="sam")) == NO


def test_an_order_gives_no_federal_right_to_police_action() -> None:
    assert answer(RIGHT, US, order(), day=date(2026, 6, 1)) == "no-right"
    assert answer(RIGHT, MA, order(), day=date(2026, 6, 1)) == "no-right"
    assert answer(RIGHT, US, order(), day=date(2001, 6, 1)) == "unknown"
