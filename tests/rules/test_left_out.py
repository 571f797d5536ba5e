"""A fact that decides and is left out makes an answer open, never a confident no."""

from datetime import date
from typing import Any

import pytest

from tests.rules.stories import ACTED, CA, MA, MADE, US, answer, breach, event, order, step, tie

HOME = ("vacate", "stay-away")


@pytest.mark.parametrize("forbids", [("vacate",), ("stay-away",), ("contact", "vacate")])
@pytest.mark.parametrize("did", ["enter", "wait-near", "come-near"])
def test_an_order_that_names_places_leaves_open_an_act_at_a_place_untold(forbids: tuple[str, ...], did: str) -> None:
    paper = order(forbids=forbids, places=("home",))
    assert breach(paper, event(did, whom=None, present=False)) == "unknown"
    assert breach(paper, event(did, whom=None, present=False, at="public")) == "no-violation"


def test_an_order_to_stay_away_that_names_no_place_leaves_open_an_act_at_the_home() -> None:
    paper = order(forbids=("stay-away",))
    assert breach(paper, event("enter", whom=None, present=False, at="home")) == "unknown"
    assert breach(paper, event("come-near", whom=None, present=False, at="public", beside="home")) == "unknown"
    assert breach(paper, event("enter", whom=None, present=False, at="public")) == "no-violation"


def test_an_order_that_names_nobody_it_protects_is_broken_by_nothing_known() -> None:
    paper = order(protects=())
    assert breach(paper, event("text")) == "unknown"
    assert answer("mutual.may_bind_both", MA, paper) == "unknown"
    assert answer("mutual.may_bind_both", MA, order(binds="robin", protects=("kim",)), paper) == "unknown"


class TestStepsInCourtThatNameNoOrder:
    again = date(2027, 6, 10)

    def test_with_one_order_they_are_about_that_one(self) -> None:
        longer = step("extend-order", until=date(2027, 12, 31), written=True)
        assert breach(order(), longer, event(day=self.again)) == "violation"
        freed = step("change-order", written=True, drops=("contact",))
        assert breach(order(), freed, event()) == "no-violation"

    def test_with_two_orders_they_leave_the_answer_open(self) -> None:
        freed = step("change-order", written=True, drops=("contact",))
        assert breach(order(), order("second"), freed, event()) == "unknown"


def test_a_renewal_that_the_restrained_person_asks_for_is_left_open() -> None:
    ask: dict[str, Any] = {"showing": "present-fear", "day": date(2026, 12, 1)}
    assert answer("duration.may_renew", MA, order(), event("move-to-renew", who="robin", **ask)) == "may-renew"
    assert answer("duration.may_renew", MA, order(), event("move-to-renew", who="kim", **ask)) == "unknown"


def test_terms_left_out_leave_open_what_two_orders_mean_together_and_what_federal_law_bars() -> None:
    bare: dict[str, Any] = {"forbids": ()}
    assert answer("coexistence.which_terms_govern", CA, order(), order("second", **bare)) == "unknown"
    paper = order(hearing_notice=True, bars_force=True, made_in="us-ny", **bare)
    assert answer("violations.firearm_bar", US, tie(), paper, day=ACTED) == "unknown"


@pytest.mark.parametrize("place", [MA, CA])
def test_a_second_order_whose_ground_was_not_shown_may_not_be_made(place: str) -> None:
    there = [step("appear", f"{who}-there", who=who, day=MADE) for who in ("kim", "robin")]
    found: dict[str, Any] = {"findings": "written", "primary_aggressor": True}
    first = order("first", binds="robin", protects=("kim",), **found)
    own = step("petition", "own", who="kim", whom="robin", day=MADE, written=True, evidence=True, proved=True)

    def both(proved: bool) -> Any:
        cross = step("cross-petition", who="robin", whom="kim", day=MADE, written=True, evidence=True, proved=proved)
        return answer("mutual.may_bind_both", place, own, cross, *there, order(**found), first)

    assert (both(True), both(False)) == ("may", "may-not")
