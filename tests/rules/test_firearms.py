"""The federal bar on firearms: every element."""

from datetime import date
from typing import Any

import pytest

from grader.facts import Person
from tests.rules.stories import MA, PEOPLE, US, answer, condition, decide, event, order, step, story, tie

BARRED, FREE = "barred", "not-barred"
DAY = date(2026, 6, 10)


def paper(**given: Any) -> Any:
    return order(**({"made_in": MA, "hearing_notice": True, "finds_threat": True, "bars_force": False} | given))


def bar(paper: Any, *facts: Any, day: date = DAY) -> Any:
    return answer("violations.firearm_bar", US, paper, *(facts or (tie(),)), day=day)


def test_with_every_element_the_bar_applies() -> None:
    assert bar(paper()) == BARRED


def test_the_order_must_be_in_force() -> None:
    assert bar(paper(), day=date(2027, 2, 1)) == FREE
    assert bar(paper(), day=date(2026, 1, 4)) == FREE
    assert bar(paper(), tie(), step("end-order", order="paper", written=True)) == FREE


class TestTheHearing:
    def test_there_must_have_been_one_with_notice(self) -> None:
        assert bar(paper(hearing_notice=False)) == FREE
        assert bar(paper(hearing_notice=None)) == "unknown"

    def test_a_temporary_order_does_not_bar_unless_it_followed_one(self) -> None:
        short = {"kind": "ex-parte", "ends": None, "hearing": date(2026, 6, 15), "day": date(2026, 6, 8)}
        assert bar(paper(hearing_notice=None, **short)) == FREE
        assert bar(paper(**short)) == BARRED


class TestThePartner:
    @pytest.mark.parametrize("word", ["spouses", "former-spouses", "co-parents"])
    def test_spouses_and_co_parents_are_partners(self, word: str) -> None:
        assert bar(paper(), tie(word)) == BARRED

    def test_dating_alone_is_not_enough_but_living_together_is(self) -> None:
        assert bar(paper(), tie("dating", lived_together=False)) == FREE
        assert bar(paper(), tie("formerly-dating", lived_together=True)) == BARRED
        assert bar(paper(), tie("dating")) == "unknown"

    @pytest.mark.parametrize("word", ["relatives", "roommates"])
    def test_relatives_and_roommates_who_share_a_home_are_no_partners(self, word: str) -> None:
        assert bar(paper(), tie(word, lived_together=True)) == FREE

    def test_a_child_in_common_is_enough(self) -> None:
        assert bar(paper(), tie("acquaintances", child_in_common=True)) == BARRED

    def test_what_the_people_are_to_each_other_must_be_known_for_everybody_protected(self) -> None:
        assert bar(paper(), step("appear", who="robin")) == "unknown"
        assert bar(paper(protects=("robin", "sam")), tie("neighbours")) == "unknown"
        assert bar(paper(protects=("robin", "sam")), tie()) == BARRED

    def test_whose_child_a_protected_child_is_must_be_known(self) -> None:
        assert bar(paper(protects=("lee",)), tie("relatives", "kim", "lee")) == "unknown"


class TestTheTerms:
    def test_it_must_restrain_harassment_or_threats(self) -> None:
        assert bar(paper(forbids=("support",))) == FREE

    def test_it_must_find_a_threat_or_bar_force(self) -> None:
        assert bar(paper(finds_threat=False, bars_force=True)) == BARRED
        assert bar(paper(finds_threat=False, bars_force=False)) == FREE

    def test_whether_a_threat_was_found_must_be_known_if_nothing_forbids_force(self) -> None:
        assert bar(paper(finds_threat=None)) == "unknown"
        assert bar(paper(finds_threat=None, bars_force=True)) == BARRED

    def test_a_term_against_abuse_forbids_force_and_one_against_contact_does_not(self) -> None:
        silent = {"finds_threat": False, "bars_force": None}
        assert bar(paper(**silent)) == BARRED
        assert bar(paper(**silent, forbids=("contact", "harass", "stay-away"))) == FREE

    def test_what_the_story_says_of_force_goes_before_the_terms(self) -> None:
        assert bar(paper(finds_threat=False, bars_force=False, forbids=("abuse",))) == FREE
        assert bar(paper(finds_threat=False, bars_force=True, forbids=("contact",))) == BARRED

    def test_before_any_court_said_which_terms_forbid_force_the_story_must_say_it(self) -> None:
        then = {"day": date(1996, 10, 1), "ends": date(1997, 9, 30), "finds_threat": False}
        assert bar(paper(**then, bars_force=None), day=date(1996, 12, 1)) == "unknown"
        assert bar(paper(**then, bars_force=True), day=date(1996, 12, 1)) == BARRED


class TestWhatChangesNothing:
    def test_an_order_made_by_agreement_bars_if_there_was_a_hearing_with_notice(self) -> None:
        assert bar(paper(agreed=True)) == BARRED
        assert bar(paper(agreed=True, hearing_notice=False)) == FREE

    def test_that_the_order_should_not_have_been_made_is_for_the_court_that_made_it(self) -> None:
        assert bar(paper(wrongly_made=True)) == BARRED
        found = decide("violations.firearm_bar", US, paper(wrongly_made=True), tie(), day=DAY)
        assert [step.element for step in found.because if step.aside] == ["wrong_order_bars"]

    def test_whether_an_order_of_a_court_without_power_bars_is_unknown(self) -> None:
        assert bar(paper(without_jurisdiction=True)) == "unknown"

    def test_living_together_again_lifts_no_bar(self) -> None:
        assert bar(paper(made_in="us-zz"), tie(), step("live-with", who="robin", whom="kim")) == BARRED


def test_a_condition_of_release_can_bar_too() -> None:
    facts = {"made_in": MA, "hearing_notice": True, "finds_threat": True}
    assert bar(condition(ground="abuse", **facts)) == BARRED


def test_an_agreement_that_no_court_made_its_own_order_gives_no_answer() -> None:
    assert bar(paper(kind="agreement")) == "unknown"


def test_before_the_first_authority_the_answer_is_unknown() -> None:
    assert bar(paper(day=date(1994, 1, 3), ends=date(1995, 1, 3)), day=date(1994, 9, 12)) == "unknown"


def test_the_person_restrained_may_be_anybody() -> None:
    people = PEOPLE | {"alex": Person(name="Alex")}
    found = story(paper(binds="alex"), tie("spouses", "alex", "robin"), people=people)
    assert found.orders[0].binds == "alex"
    assert decide("violations.firearm_bar", US, *found.orders, *found.relations, day=DAY).answer == BARRED


class TestTheCrime:
    """Having a firearm while barred: private possession, by somebody who knew of the order."""

    def crime(self, *facts: Any, act: Any = None, **given: Any) -> Any:
        gun = act or event("possess-firearm", whom=None)
        return answer("violations.firearm_crime", US, paper(**given), tie(), *facts, gun)

    def test_it_takes_the_bar_a_firearm_and_knowledge_of_the_order(self) -> None:
        assert self.crime() == "federal-crime"

    def test_without_the_bar_there_is_none(self) -> None:
        assert self.crime(hearing_notice=False) == "no-federal-crime"
        assert self.crime(act=event("possess-firearm", whom=None, day=date(2027, 2, 1))) == "no-federal-crime"

    def test_the_bar_holds_for_nobody_else(self) -> None:
        assert self.crime(act=event("possess-firearm", who="robin", whom=None)) == "no-federal-crime"

    def test_the_weapon_of_a_public_office_for_its_duty_is_left_out_and_a_private_one_is_not(self) -> None:
        assert self.crime(act=event("possess-firearm", whom=None, purpose="official-duty")) == "no-federal-crime"
        assert self.crime(act=event("possess-firearm", whom=None, purpose="business")) == "federal-crime"

    def test_somebody_who_never_learned_of_the_order_commits_none_since_2019(self) -> None:
        assert self.crime(notice="none") == "no-federal-crime"
        assert self.crime(notice="served", served=date(2026, 7, 1)) == "no-federal-crime"
        then = {"day": date(2012, 1, 5), "ends": date(2013, 1, 4)}
        gun = event("possess-firearm", whom=None, day=date(2012, 6, 1))
        assert self.crime(act=gun, notice="none", **then) == "unknown"
        assert self.crime(act=gun, **then) == "federal-crime"

    def test_whether_the_person_knew_of_the_order_must_be_told(self) -> None:
        assert self.crime(notice=None) == "unknown"

    def test_not_knowing_of_the_bar_is_no_defence(self) -> None:
        gun = event("possess-firearm", whom=None, believes="own-reading")
        found = decide("violations.firearm_crime", US, paper(), tie(), gun)
        assert found.answer == "federal-crime"
        assert [step.element for step in found.because if step.aside] == ["belief"]

    def test_another_act_is_not_what_the_question_is_about(self) -> None:
        assert self.crime(act=event()) == "unknown"
