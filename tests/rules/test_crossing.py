"""A breach across a state line, and the right to have police act."""

from datetime import date
from typing import Any

from tests.rules.stories import CA, MA, US, answer, event, order, step, tie

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

    def test_an_order_made_without_notice_and_hearing_does_not_count(self) -> None:
        assert crime(trip(), hearing_notice=False) == NO

    def test_the_order_of_a_place_not_read_is_unknown(self) -> None:
        assert crime(trip(), made_in="us-zz") == "unknown"


def test_an_order_gives_no_federal_right_to_police_action() -> None:
    assert answer(RIGHT, US, order(), day=date(2026, 6, 1)) == "no-right"
    assert answer(RIGHT, MA, order(), day=date(2026, 6, 1)) == "no-right"
    assert answer(RIGHT, US, order(), day=date(2001, 6, 1)) == "unknown"


def test_an_order_of_a_place_not_read_bars_firearms_to_the_day_on_its_paper_if_nobody_touched_it() -> None:
    paper = order(made_in="us-zz", hearing_notice=True, finds_threat=True)

    def bar(*facts: Any, day: date = date(2026, 6, 1)) -> Any:
        return answer("violations.firearm_bar", US, paper, tie(), *facts, day=day)

    assert bar() == "barred"
    assert bar(day=date(2027, 1, 5)) == "not-barred"
    assert bar(step("extend-order", order="paper", until=date(2028, 1, 4))) == "unknown"
