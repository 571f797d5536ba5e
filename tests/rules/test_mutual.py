"""Whom an order binds, when a court may bind both, and which half is honoured elsewhere."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from grader.law import instead, law
from grader.mutants import mutants
from tests.rules.stories import CA, GENERAL, MA, MADE, STATES, US, answer, charge, condition, decide, event, order, step

ASKED = date(2025, 12, 20)
MAY, MAY_NOT = "may", "may-not"


def half(**given: Any) -> Any:
    """The order asked about: against Robin, who asked first."""
    usual = {"binds": "robin", "protects": ("kim",), "findings": "written", "primary_aggressor": True}
    return order("half", **(usual | given))


def first(**given: Any) -> Any:
    return order("first", **({"primary_aggressor": True} | given))


def request(who: str, did: str = "petition", **given: Any) -> Any:
    usual = {"written": True, "served": True, "evidence": True, "proved": True, "day": ASKED}
    return step(did, f"request-of-{who}", who=who, whom={"kim": "robin", "robin": "kim"}[who], **(usual | given))


def hearing(*people: str) -> list[Any]:
    return [step("appear", f"{who}-there", who=who, day=MADE) for who in people or ("kim", "robin")]


def both(place: str, *facts: Any, paper: Any = None) -> Any:
    return answer("mutual.may_bind_both", place, paper or half(), *facts)


ALL = (first(), request("robin"), request("kim", "cross-petition"), *hearing())


def without(*ids: str) -> list[Any]:
    return [fact for fact in ALL if fact.id not in ids]


class TestWhoIsBound:
    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    def test_an_order_binds_whom_it_names_and_a_second_order_whom_it_names(self, place: str) -> None:
        assert answer("mutual.who_is_bound", place, order()) == {"kim"}
        assert answer("mutual.who_is_bound", place, order(), half()) == {"kim", "robin"}

    def test_an_order_between_other_people_binds_nobody_here(self) -> None:
        other = order("other", binds="sam", protects=("lee",))
        assert answer("mutual.who_is_bound", MA, order(), other) == {"kim"}

    def test_who_is_bound_is_unknown_before_the_first_authority(self) -> None:
        assert answer("mutual.who_is_bound", MA, order(day=date(1980, 1, 7))) == "unknown"


class TestBindingBoth:
    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    def test_with_all_that_the_law_asks_for_the_court_may(self, place: str) -> None:
        assert both(place, *ALL) == MAY

    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    def test_without_a_request_of_the_other_side_it_may_not(self, place: str) -> None:
        assert both(place, *without("request-of-kim")) == MAY_NOT

    @pytest.mark.parametrize("did", ["respond", "ask-aloud"])
    def test_a_response_or_a_word_aloud_is_no_request(self, did: str) -> None:
        assert both(CA, *without("request-of-kim"), request("kim", did)) == MAY_NOT

    def test_a_request_of_later_or_against_somebody_else_is_none_for_this_order(self) -> None:
        late = request("kim", "cross-petition", day=date(2026, 2, 2))
        assert both(CA, *without("request-of-kim"), late) == MAY_NOT

    def test_a_request_that_was_never_served_does_not_count_where_an_authority_says_so(self) -> None:
        petition = request("kim", "cross-petition", served=False)
        assert both("us-ny", *without("request-of-kim"), petition) == "may-not"
        assert both("us-ny", *without("request-of-kim"), request("kim", "cross-petition")) == "may"
        assert both(CA, *without("request-of-kim"), petition) == "may-not"

    def test_whether_a_request_counts_that_was_never_served_is_not_read_on(self) -> None:
        assert both("us-il", *without("request-of-kim"), request("kim", "cross-petition", served=False)) == "unknown"

    def test_an_answer_can_bring_the_evidence_and_the_proof_but_is_no_request(self) -> None:
        told = request("kim", "respond", evidence=True, proved=True)
        assert both(CA, *without("request-of-kim"), told) == MAY_NOT
        assert both(MA, *without("request-of-kim"), told) == both(MA, *ALL)

    @pytest.mark.parametrize("place", [MA, GENERAL])
    def test_without_proof_it_may_not(self, place: str) -> None:
        assert both(place, *without("request-of-kim"), request("kim", "cross-petition", proved=False)) == MAY_NOT
        assert both(place, *without("request-of-kim"), request("kim", "cross-petition", proved=None)) == "unknown"

    def test_findings_must_be_written_and_come_with_the_order(self) -> None:
        assert both(MA, *ALL, paper=half(findings="boxes")) == MAY_NOT
        assert both(MA, *ALL, paper=half(findings="oral")) == MAY_NOT
        assert both(MA, *ALL, paper=half(findings_day=date(2026, 2, 9))) == MAY_NOT
        assert both(MA, *ALL, paper=half(findings=None)) == "unknown"

    def test_both_must_appear_where_the_law_asks_for_it(self) -> None:
        assert both(CA, *without("kim-there")) == "unknown"
        assert both(CA, *without("kim-there"), step("miss-hearing", who="kim", day=MADE)) == MAY_NOT
        assert both(MA, *without("kim-there")) == MAY

    def test_an_earlier_hearing_that_somebody_missed_does_not_matter(self) -> None:
        assert both(CA, *ALL, step("miss-hearing", who="kim", day=ASKED)) == MAY

    def test_written_evidence_is_needed_where_the_law_asks_for_it(self) -> None:
        assert both(CA, *without("request-of-kim"), request("kim", evidence=False)) == MAY_NOT
        assert both(CA, *without("request-of-kim"), request("kim", evidence=None)) == "unknown"

    def test_each_must_have_been_a_primary_aggressor_where_the_law_asks_for_it(self) -> None:
        assert both(CA, *ALL, paper=half(primary_aggressor=False)) == MAY_NOT
        assert both(CA, *ALL, paper=half(primary_aggressor=None)) == "unknown"
        assert both(CA, *ALL, paper=half(primary_aggressor=None, findings="none")) == MAY_NOT
        assert both(MA, *ALL, paper=half(primary_aggressor=False)) == MAY

    def test_agreement_stands_in_for_nothing(self) -> None:
        for place in STATES:
            found = decide("mutual.may_bind_both", place, half(agreed=True), *without("request-of-kim"))
            assert found.answer == MAY_NOT
            assert any(because.element == "agreement" for because in found.because)

    def test_whether_agreement_stands_in_for_proof_differs_from_place_to_place(self) -> None:
        unproved = [*without("request-of-kim"), request("kim", "cross-petition", proved=False)]
        assert both(GENERAL, *unproved, paper=half(agreed=True)) == "unsettled"
        assert both(GENERAL, *without("request-of-kim"), paper=half(agreed=True)) == MAY_NOT

    def test_where_nobody_read_whether_agreement_stands_in_the_answer_is_unknown(self) -> None:
        unproved = [*without("request-of-kim"), request("kim", "cross-petition", proved=False)]
        assert both("us-mn", *unproved, paper=half()) == MAY_NOT
        assert both("us-mn", *unproved, paper=half(agreed=True)) == "unknown"

    def test_what_a_harassment_order_both_ways_needs_is_unsettled_in_one_place(self) -> None:
        facts = [first(ground="harassment"), *without("first")]
        assert both(MA, *facts, paper=half(ground="harassment")) == "unsettled"
        assert both(CA, *facts, paper=half(ground="harassment")) == MAY


class TestSeparateOrders:
    earlier = first(day=date(2025, 6, 2), ends=date(2026, 6, 1))

    def test_orders_one_after_the_other_are_mutual_in_one_place_and_unsettled_in_another(self) -> None:
        facts = [self.earlier, *without("first")]
        assert both(MA, *facts) == MAY
        assert both(MA, *facts, paper=half(findings="none")) == MAY_NOT
        assert both(CA, *facts) == "unsettled"

    def test_they_were_not_mutual_before_that_became_doubtful(self) -> None:
        facts = [
            first(day=date(2010, 6, 1), ends=date(2011, 6, 1)),
            request("robin", day=date(2010, 5, 3)),
            request("kim", day=date(2010, 8, 2)),
        ]
        second = half(day=date(2010, 9, 1), ends=date(2011, 9, 1), findings="none")
        assert both(CA, *facts, paper=second) == MAY
        assert both(CA, *facts[:2], paper=second) == "unknown"

    def test_an_earlier_order_that_has_run_out_makes_nothing_mutual(self) -> None:
        over = first(day=date(2024, 6, 3), ends=date(2025, 6, 2))
        assert both(MA, over, *without("first"), paper=half(findings="none")) == MAY

    def test_the_first_of_two_orders_was_not_mutual_when_it_was_made(self) -> None:
        later = order("later", day=date(2026, 3, 2), ends=date(2027, 3, 1))
        assert both(MA, later, *without("first"), paper=half(findings="none")) == MAY

    def test_an_order_against_nobody_who_asked_is_no_mutual_order(self) -> None:
        assert both(MA, request("kim"), paper=half()) == "unknown"


class TestCriminalCases:
    def test_a_criminal_case_binds_the_accused(self) -> None:
        assert both(MA, charge(), paper=condition(case="charge")) == MAY

    def test_a_criminal_case_does_not_bind_the_protected_person(self) -> None:
        wrong = condition(binds="robin", protects=("kim",), case="charge")
        assert both(MA, charge(), paper=wrong) == MAY_NOT

    def test_whether_it_may_is_unsettled_in_another_place(self) -> None:
        wrong = condition("pretrial-order", binds="robin", protects=("kim",), case="charge")
        assert both(CA, charge(), paper=wrong) == "unsettled"

    def test_who_is_accused_must_be_known(self) -> None:
        assert both(MA, paper=condition()) == "unknown"


class TestHonouredElsewhere:
    def honoured(self, paper: Any, *facts: Any) -> Any:
        return answer("mutual.honoured_elsewhere", US, paper, *facts)

    def test_an_order_after_notice_and_a_hearing_is_honoured(self) -> None:
        assert self.honoured(order(hearing_notice=True)) == "honoured"
        assert self.honoured(order(hearing_notice=False)) == "not-honoured"
        assert self.honoured(order()) == "unknown"

    @pytest.mark.parametrize("kind", ["final", "ex-parte", "release-condition"])
    def test_an_order_made_without_power_is_not(self, kind: str) -> None:
        assert self.honoured(order(kind=kind, hearing_notice=True, without_jurisdiction=True)) == "not-honoured"

    def test_a_temporary_order_and_an_order_of_a_criminal_court_can_be(self) -> None:
        assert self.honoured(order(kind="ex-parte", hearing_notice=False)) == "honoured"
        assert self.honoured(condition(hearing_notice=True)) == "honoured"

    def test_an_agreement_that_no_court_made_its_own_order_gives_no_answer(self) -> None:
        assert self.honoured(order(kind="agreement", hearing_notice=True)) == "unknown"

    def test_the_half_against_who_petitioned_needs_a_request_and_findings(self) -> None:
        facts = (first(hearing_notice=True), request("robin"))
        paper = {"hearing_notice": True}
        own = request("kim", "cross-petition")
        assert self.honoured(half(**paper), *facts) == "not-honoured"
        assert self.honoured(half(**paper), *facts, own) == "honoured"
        assert self.honoured(half(findings="none", **paper), *facts, own) == "not-honoured"
        assert self.honoured(half(findings=None, **paper), *facts, own) == "unknown"
        assert self.honoured(first(**paper), half(), request("robin")) == "honoured"

    def test_a_lone_order_against_who_petitioned_still_needs_a_request(self) -> None:
        assert self.honoured(half(hearing_notice=True), request("robin")) == "not-honoured"

    @pytest.mark.parametrize(
        ("word", "facts"),
        [
            ("jurisdiction", [order(hearing_notice=True, without_jurisdiction=True)]),
            ("notice-and-hearing", [order(hearing_notice=False)]),
            ("written-pleading", [half(hearing_notice=True), first(hearing_notice=True), request("robin")]),
            (
                "findings-for-each",
                [half(hearing_notice=True, findings="none"), first(), request("robin"), request("kim")],
            ),
        ],
    )
    def test_what_the_law_no_longer_asks_for_an_order_need_not_have(self, word: str, facts: list[Any]) -> None:
        [changed] = [one.law for one in mutants(law(US)) if one.change == f"without {word}"]
        assert self.honoured(*facts) == "not-honoured"
        with instead({US: changed}):
            assert self.honoured(*facts) == "honoured"

    def test_before_the_statute_the_answer_is_unknown(self) -> None:
        assert self.honoured(order(day=date(1990, 1, 2), hearing_notice=True)) == "unknown"


@pytest.mark.parametrize("place", [*STATES, GENERAL])
def test_with_the_two_people_swapped_everywhere_the_answer_is_the_same(place: str) -> None:
    swap = {"kim": "robin", "robin": "kim"}
    facts = [
        order("half", binds="kim", protects=("robin",), findings="written", primary_aggressor=True),
        first(binds="robin", protects=("kim",)),
        request("kim"),
        request("robin", "cross-petition"),
        *hearing(*swap),
    ]
    assert both(place, *facts[1:], paper=facts[0]) == both(place, *ALL)


class TestCompetingRequests:
    def must(self, place: str, **given: Any) -> Any:
        usual = {"who": "kim", "whom": "robin", "day": date(2026, 1, 3), "written": True}
        return answer("mutual.must_bind_both", place, order(), event("cross-petition", **(usual | given)))

    def test_the_court_may_protect_one_of_two_who_ask(self) -> None:
        assert self.must(CA) == "need-not"

    def test_without_an_authority_or_a_competing_request_nothing_is_said(self) -> None:
        assert self.must(MA) == "unknown"
        assert self.must(CA, who="robin", whom="kim") == "unknown"


def test_fear_that_the_other_uses_an_order_is_no_reason_for_an_order_of_ones_own() -> None:
    ask = step("cross-petition", who="kim", whom="robin", proved=True, day=ASKED)
    plain, afraid = ask, replace(ask, showing="fear-of-enforcement")
    assert answer("mutual.may_bind_both", MA, half(), first(), plain) == "may"
    assert answer("mutual.may_bind_both", MA, half(), first(), afraid) == "may-not"


class TestCrossOrdersForWantOfAPrimaryAggressor:
    ASKED = (
        event(
            "petition", "one", who="robin", whom="kim", day=date(2025, 12, 1), written=True, served=True, proved=True
        ),
        event(
            "petition", "two", who="kim", whom="robin", day=date(2025, 12, 2), written=True, served=True, proved=True
        ),
    )

    def may(self, first: bool | None, second: bool | None) -> Any:
        mine = order("mine", binds="robin", protects=("kim",), primary_aggressor=second)
        facts = (mine, order(primary_aggressor=first), *self.ASKED)
        return answer("mutual.may_bind_both", "us-nh", *facts)

    def test_may_be_made_if_the_judge_cannot_tell_who_it_was(self) -> None:
        assert self.may(False, False) == "may"

    def test_may_not_be_made_if_the_judge_can(self) -> None:
        assert self.may(True, False) == "may-not"

    def test_cannot_be_judged_if_nobody_says(self) -> None:
        assert self.may(None, False) == "unknown"


class TestWhoAskedFirst:
    """Only Kim’s order against Robin is in the story: it needs to be told that Robin had asked for one."""

    def may(self, *facts: Any) -> Any:
        return answer("mutual.may_bind_both", MA, half(day=MADE), *facts)

    def asked(self, **given: Any) -> Any:
        return step("petition", "theirs", **({"who": "robin", "whom": "kim", "day": MADE, "written": True} | given))

    def own(self) -> Any:
        return step("cross-petition", "own", who="kim", whom="robin", day=MADE, proved=True, written=True)

    def test_a_petition_of_the_very_day_is_a_request_before_the_order(self) -> None:
        assert self.may(self.asked(), self.own()) == "may"

    def test_nobody_asked_who_asked_later_or_against_somebody_else(self) -> None:
        assert self.may(self.own()) == "unknown"
        assert self.may(self.asked(day=date(2026, 3, 2)), self.own()) == "unknown"
        assert self.may(self.asked(whom="sam"), self.own()) == "unknown"
        assert self.may(self.asked(who="sam"), self.own()) == "unknown"
