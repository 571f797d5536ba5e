"""What the federal law files say, on which day and on whose authority."""

from datetime import date
from typing import Any

import pytest

from grader.law import GRADABLE, LawNotKnown, OrderLaw, law

TODAY = date(2026, 11, 21)
FEDERAL = law("us")
EVERY = FEDERAL.common()
RELEASE = FEDERAL.of("release-condition", None)
PROBATION = FEDERAL.of("probation-condition", "abuse")


def says(of: OrderLaw, name: str, day: date = TODAY) -> Any:
    return of.value(name, day).value


def test_an_order_is_honoured_elsewhere_if_the_court_had_power_and_the_person_a_hearing() -> None:
    assert says(EVERY, "honoured_requires") == ("jurisdiction", "notice-and-hearing")


def test_the_second_half_of_a_mutual_order_needs_a_written_request_and_findings_for_each() -> None:
    assert says(EVERY, "honoured_mutual_requires") == ("written-pleading", "findings-for-each")


def test_a_temporary_order_is_honoured_too() -> None:
    assert says(EVERY, "ex_parte_honoured") is True


def test_a_no_contact_order_of_a_criminal_court_counts_as_a_protection_order() -> None:
    assert says(EVERY, "criminal_order_honoured") is True


def test_an_order_need_not_be_registered_to_be_enforced_elsewhere() -> None:
    assert says(EVERY, "foreign_order_needs_registration") is False


def test_the_intent_to_break_the_order_must_be_there_at_the_state_line() -> None:
    assert says(EVERY, "crossing_needs_intent") is True


def test_before_the_violence_against_women_act_no_authority_read_makes_an_order_travel() -> None:
    with pytest.raises(LawNotKnown):
        EVERY.value("honoured_requires", date(1994, 1, 1))


def test_the_federal_law_on_protection_orders_begins_on_september_13_1994() -> None:
    first = date(1994, 9, 13)
    names = ("honoured_requires", "ex_parte_honoured", "crossing_needs_intent", "firearm_bar_requires")
    assert all(EVERY.value(name, first).exact for name in names)
    assert not any(EVERY.get(name, date(1994, 9, 12)) for name in names)


def test_registration_is_dispensed_with_from_october_2000() -> None:
    assert says(EVERY, "foreign_order_needs_registration", date(2000, 10, 28)) is False
    assert EVERY.get("foreign_order_needs_registration", date(2000, 10, 27)) is None


def test_an_order_need_not_be_honoured_elsewhere_to_be_broken_across_a_state_line() -> None:
    assert says(EVERY, "crossing_needs_honour") is False
    assert says(EVERY, "crossing_may_be_forced") is True


def test_a_term_against_abuse_forbids_force_and_one_against_contact_does_not() -> None:
    assert says(EVERY, "force_terms") == ("abuse",)


def test_neither_agreement_nor_error_keeps_an_order_from_barring_firearms() -> None:
    assert says(EVERY, "wrong_order_bars") is True
    assert says(EVERY, "agreed_order_bars") is True


def test_since_2019_the_person_must_have_known_of_the_order_but_never_of_the_bar() -> None:
    assert says(EVERY, "order_must_be_known", date(2019, 6, 21)) is True
    assert EVERY.get("order_must_be_known", date(2019, 6, 20)) is None
    assert says(EVERY, "bar_must_be_known", date(1999, 1, 1)) is False


def test_the_weapon_of_an_office_is_left_out_of_the_bar() -> None:
    assert says(EVERY, "official_weapon_exempt") is True


def test_federal_release_runs_with_the_case() -> None:
    assert says(RELEASE, "runs_until") == "case-end"
    assert "dismissal" in says(RELEASE, "ended_by")
    assert "conviction" not in says(RELEASE, "ended_by")


def test_the_firearm_bar_needs_a_noticed_hearing_a_partner_a_restraint_and_a_threat_or_force_term() -> None:
    needed = says(EVERY, "firearm_bar_requires")
    assert needed == ("noticed-hearing", "partner-or-child", "restrains-harassment", "threat-finding-or-force-term")


def test_a_dating_partner_who_never_shared_a_home_is_no_intimate_partner() -> None:
    assert "dating" not in says(EVERY, "partner_ties")
    assert "lived-together" in says(EVERY, "partner_ties")


def test_a_civilian_order_and_another_order_bind_side_by_side() -> None:
    assert says(EVERY, "overlap") == "each-binds"


def test_breaking_federal_release_is_no_crime_of_its_own() -> None:
    assert says(RELEASE, "breach_is") == ("revocation", "detention", "contempt")


def test_only_the_judge_changes_release_conditions_and_the_victim_is_heard() -> None:
    assert says(RELEASE, "changed_by") == ("court-order",)
    assert says(RELEASE, "protected_person_may_move") is False
    assert says(RELEASE, "restrained_person_may_move") is True


def test_release_does_not_always_forbid_contact() -> None:
    assert says(RELEASE, "no_contact_automatic") is False
    assert says(RELEASE, "request_obliges_court") is False


def test_a_written_probation_condition_may_empower_the_probation_officer() -> None:
    assert says(PROBATION, "changed_by") == ("court-order", "probation-officer")
    assert says(PROBATION, "changed_by", date(2010, 1, 1)) == ("court-order",)


def test_a_probation_condition_lasts_as_long_as_probation_and_its_breach_means_revocation() -> None:
    assert says(PROBATION, "runs_until") == "probation-end"
    assert says(PROBATION, "breach_is") == ("revocation",)


def test_the_victims_wish_is_no_defence_in_a_federal_case() -> None:
    assert says(RELEASE, "consent_is_defence") is False
    assert says(PROBATION, "consent_is_defence") is False


def test_federal_law_has_no_civil_restraining_order_on_file() -> None:
    with pytest.raises(LawNotKnown):
        FEDERAL.of("final", "abuse")


@pytest.mark.parametrize("of", [*FEDERAL.orders, EVERY], ids=lambda of: of.order)
def test_every_value_rests_on_an_authority_that_was_read(of: OrderLaw) -> None:
    values = [value for entries in of.parameters.values() for value in entries]
    assert values
    assert all(any(cite.confidence in GRADABLE for cite in value.cites) for value in values)


@pytest.mark.parametrize("of", [*FEDERAL.orders, EVERY], ids=lambda of: of.order)
def test_every_authority_is_used_and_told_in_at_most_25_words(of: OrderLaw) -> None:
    used = {cite.id for entries in of.parameters.values() for value in entries for cite in value.cites}
    assert used == set(of.provisions)
    assert all(len(p.gist.split()) <= 25 for p in of.provisions.values())
