"""Who can lift or loosen an order, and whether the protected person answers for contact."""

from datetime import date
from typing import Any

import pytest

from tests.rules.stories import CA, GENERAL, MA, MADE, STATES, US, answer, condition, decide, event, order, step, why

COURT = frozenset({"court-order"})
RECENT = date(2026, 6, 10)


def change(place: str, *facts: Any) -> Any:
    return answer("waiver.who_may_change", place, *facts)


def end(place: str, did: str = "move-to-end", *facts: Any, paper: Any = None, **given: Any) -> Any:
    request = event(did, day=RECENT, whom=None, **({"written": True} | given))
    return answer("waiver.may_end", place, paper or order(), *facts, request)


def liable(place: str, act: Any, *facts: Any) -> Any:
    return answer("waiver.protected_person_liable", place, order(), act, *facts)


@pytest.mark.parametrize("place", [*STATES, GENERAL])
@pytest.mark.parametrize("paper", [order(), condition()])
def test_only_the_court_can_lift_an_order_of_either_family(place: str, paper: Any) -> None:
    assert change(place, paper) == COURT


def test_a_probation_officer_can_loosen_only_a_federal_condition_that_says_so() -> None:
    paper = condition("probation-condition")
    named = condition("probation-condition", permission_by="sam")
    assert change(US, paper) == COURT
    assert change(US, named) == {"court-order", "probation-officer"}
    assert change(MA, named) == "unknown"


def test_who_may_change_an_order_is_unknown_before_the_first_authority() -> None:
    assert change(MA, order(day=date(1980, 1, 7))) == "unknown"


def test_where_no_file_has_the_kind_of_order_the_answer_is_unknown() -> None:
    assert change(US, order()) == "unknown"


class TestTheProtectedPersonAsks:
    def test_the_court_should_end_a_family_order_at_once_in_one_place_and_decides_in_another(self) -> None:
        assert end(MA, who="robin") == "should-be-allowed"
        assert end(CA, who="robin", served=True) == "court-decides"

    def test_under_a_condition_of_release_the_protected_person_is_only_heard(self) -> None:
        assert end(CA, who="robin", paper=condition()) == "court-decides"

    @pytest.mark.parametrize("place", STATES)
    def test_a_request_aloud_is_not_enough(self, place: str) -> None:
        assert end(place, "ask-aloud", who="robin", written=None) == "needs-more"
        assert end(place, who="robin", written=False) == "needs-more"

    def test_the_restrained_person_must_be_told_first_only_where_the_law_says_so(self) -> None:
        assert end(CA, who="robin", served=False) == "needs-more"
        assert end(MA, who="robin", served=False) == "should-be-allowed"

    def test_a_word_to_the_prosecutor_is_no_request_to_the_court(self) -> None:
        assert end(MA, "ask-prosecutor", who="robin") == "unknown"


class TestTheRestrainedPersonAsks:
    @pytest.mark.parametrize("place", STATES)
    def test_a_real_change_lets_the_court_weigh_the_request(self, place: str) -> None:
        assert end(place, who="kim", served=True, showing="changed-circumstances") == "court-decides"

    @pytest.mark.parametrize("place", STATES)
    @pytest.mark.parametrize("showing", ["none", "unrelated", "protected-activity", "past-abuse"])
    def test_anything_less_than_a_real_change_needs_more(self, place: str, showing: str) -> None:
        assert end(place, who="kim", served=True, showing=showing) == "needs-more"

    def test_time_and_obedience_alone_are_not_enough_where_that_was_decided(self) -> None:
        assert end(MA, who="kim", served=True, showing="time-and-compliance") == "needs-more"
        assert end(CA, who="kim", served=True, showing="time-and-compliance") == "unknown"

    @pytest.mark.parametrize("place", STATES)
    def test_the_protected_person_must_be_told_first(self, place: str) -> None:
        assert end(place, who="kim", served=False, showing="changed-circumstances") == "needs-more"

    def test_justice_is_enough_without_a_change_only_where_the_law_says_so(self) -> None:
        assert end(CA, who="kim", served=True, showing="justice") == "court-decides"
        assert end(MA, who="kim", served=True, showing="justice") == "needs-more"

    def test_what_is_shown_must_be_known(self) -> None:
        assert end(MA, who="kim", served=True) == "unknown"

    def test_where_the_court_decides_freely_no_change_is_asked_for(self) -> None:
        paper = condition("sentence-order", offence="stalking", ends=date(2030, 1, 4))
        assert end(CA, who="kim", showing="none", paper=paper) == "court-decides"
        request = event("move-to-end", whom=None, written=True, showing="none")
        assert "real change" not in why("waiver.may_end", CA, paper, request)


def test_a_friend_cannot_ask_for_either() -> None:
    assert end(MA, who="sam") == "unknown"


class TestTheProtectedPersonIsNotLiable:
    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    @pytest.mark.parametrize("did", ["invite", "text", "visit", "reply"])
    def test_for_contact_of_any_kind(self, place: str, did: str) -> None:
        assert liable(place, event(did, who="robin", whom="kim")) == "not-liable"

    def test_but_a_blow_may_be_a_crime_of_its_own(self) -> None:
        hit = event("hit", who="robin", whom="kim")
        assert liable(MA, hit) == "not-liable"
        assert "crime of its own" in why("waiver.protected_person_liable", MA, order(), hit)

    def test_except_under_an_order_that_binds_that_person(self) -> None:
        own = order("own", binds="robin", protects=("kim",))
        assert liable(MA, event(who="robin", whom="kim"), own) == "liable"
        assert liable(MA, event("nothing", who="robin", whom="kim"), own) == "not-liable"

    def test_and_any_one_of_several_such_orders_is_enough(self) -> None:
        old = order("old", binds="robin", protects=("kim",), ends=date(2026, 2, 2))
        own = order("own", binds="robin", protects=("kim",))
        assert liable(MA, event(who="robin", whom="kim"), old, own) == "liable"

    def test_an_order_made_later_does_not_reach_back(self) -> None:
        own = order("own", binds="robin", protects=("kim",), day=date(2026, 7, 1))
        assert liable(MA, event(who="robin", whom="kim"), own) == "not-liable"


@pytest.mark.parametrize("who", ["kim", "sam"])
def test_the_question_of_liability_is_put_about_the_protected_person_only(who: str) -> None:
    assert liable(MA, event(who=who, whom="robin")) == "unknown"


def test_a_reason_names_its_authority() -> None:
    found = decide("waiver.who_may_change", MA, order(), step("invite", who="robin", day=MADE))
    assert all(because.cites for because in found.because)


class TestFriendlyContact:
    @pytest.mark.parametrize("place", STATES)
    @pytest.mark.parametrize("did", ["invite", "agree", "meet", "text"])
    def test_friendly_contact_bars_no_order(self, place: str, did: str) -> None:
        assert answer("waiver.bars_order", place, order(), event(did, who="robin", whom="kim")) == "does-not-bar"

    def test_it_is_the_protected_person_who_might_seek_it(self) -> None:
        assert answer("waiver.bars_order", CA, order(), event("invite")) == "unknown"
        assert answer("waiver.bars_order", CA, order(), event("hit", who="robin", whom="kim")) == "unknown"


def test_a_restrained_person_in_massachusetts_must_prove_the_change_clearly() -> None:
    assert answer("waiver.burden_to_end", MA, order()) == "clear-and-convincing"
    assert answer("waiver.burden_to_end", CA, order()) == "unknown"
