"""What the Massachusetts law files say, on which day, and on whose authority."""

from datetime import date
from typing import Any

import pytest

from grader.calendar import add, next_open
from grader.law import LawNotKnown, Length, OrderLaw, law

MA = law("us-ma")
NOW = date(2026, 6, 1)


def rules(kind: str, ground: str | None = "abuse") -> OrderLaw:
    return MA.of(kind, ground)


def says(kind: str, name: str, day: date = NOW, *, ground: str | None = "abuse", term: str | None = None) -> Any:
    return rules(kind, ground).value(name, day, term).value


def unknown(kind: str, name: str, day: date = NOW, *, ground: str | None = "abuse", term: str | None = None) -> bool:
    try:
        says(kind, name, day, ground=ground, term=term)
    except LawNotKnown:
        return True
    return False


def test_an_invitation_is_no_defence_to_breaking_an_abuse_prevention_order() -> None:
    assert says("final", "consent_is_defence") is False


def test_agreeing_to_a_visit_was_no_defence_in_1988_either() -> None:
    value = rules("final").value("consent_is_defence", date(1988, 11, 10))
    assert value.value is False
    assert any("Gordon" in cite.cite for cite in value.cites)


def test_before_the_first_authority_read_the_answer_is_not_known() -> None:
    with pytest.raises(LawNotKnown):
        rules("final").value("consent_is_defence", date(1988, 11, 9))


def test_only_the_court_changes_any_order_whether_civil_or_criminal() -> None:
    kinds = ("emergency", "ex-parte", "final", "release-condition", "probation-condition")
    assert {says(kind, "changed_by") for kind in kinds} == {("court-order",)}


def test_a_judge_s_spoken_word_does_not_change_the_order() -> None:
    assert says("final", "spoken_change_counts") is False


@pytest.mark.parametrize("ground", ["abuse", "harassment"])
def test_a_plaintiff_who_asks_to_end_the_order_should_be_allowed_to(ground: str) -> None:
    assert says("final", "ending_at_protected_request", ground=ground) == "should-be-allowed"


def test_a_defendant_must_show_a_real_change_by_clear_and_convincing_evidence() -> None:
    assert says("final", "ending_at_restrained_request") == "changed-circumstances"
    assert says("final", "ending_burden") == "clear-and-convincing"
    assert says("final", "time_and_compliance_suffice") is False


def test_only_the_defendant_s_request_must_be_announced_to_the_other_side() -> None:
    assert says("final", "restrained_motion_needs_service") is True
    assert says("final", "protected_motion_needs_service") is False


def test_a_plaintiff_who_calls_does_not_break_her_own_order() -> None:
    assert says("final", "protected_person_liable") is False


def test_what_mutual_orders_need_grew_with_the_decisions() -> None:
    days = (date(1999, 1, 8), date(1999, 7, 22), date(2019, 12, 1))
    needed = [set(says("final", "mutual_requires", day)) for day in days]
    assert needed[0] < needed[1] < needed[2]
    assert needed[2] == {"proof", "written-findings", "findings-with-order"}


def test_orders_of_two_courts_in_opposite_directions_are_mutual() -> None:
    assert says("final", "separate_orders_are_mutual", date(1999, 1, 8)) is True


def test_fear_of_being_arrested_under_the_order_is_not_abuse() -> None:
    assert says("final", "enforcement_fear_is_abuse") is False


def test_whether_mutual_harassment_orders_need_written_findings_is_unsettled() -> None:
    value = rules("final", "harassment").value("mutual_requires", NOW)
    assert value.open == "unsettled"
    assert len(value.cites) > 1


def test_a_criminal_condition_never_binds_the_protected_person() -> None:
    assert says("release-condition", "may_bind_protected") is False


@pytest.mark.parametrize("ground", ["abuse", "harassment"])
def test_a_first_order_lasts_at_most_a_year_and_a_renewal_may_be_permanent(ground: str) -> None:
    assert says("final", "longest_term", ground=ground) == (Length(1, "year"),)
    assert says("final", "first_may_be_permanent", ground=ground) is False
    assert says("final", "renewal_permanent", ground=ground) is True


def test_a_renewal_has_no_longest_term() -> None:
    assert says("final", "any_fixed_term") is True
    assert unknown("final", "renewal_longest")


def test_a_renewal_is_neither_automatic_nor_in_need_of_new_abuse() -> None:
    assert says("final", "renewal_automatic") is False
    assert says("final", "renewal_needs_new_abuse") is False
    assert says("final", "second_renewal_needs_new_abuse") is False


def test_an_order_that_has_run_out_cannot_be_extended() -> None:
    assert says("final", "lapsed_can_be_renewed") is False


@pytest.mark.parametrize("ground", ["abuse", "harassment"])
def test_an_order_without_notice_lasts_ten_court_days_to_four_o_clock(ground: str) -> None:
    assert says("ex-parte", "longest_term", ground=ground) == (Length(10, "court-day"),)
    assert says("ex-parte", "expiry_hour", ground=ground) == "16:00"


def test_ten_court_days_from_the_middle_of_june_2026_skip_juneteenth() -> None:
    assert MA.days is not None
    assert add(date(2026, 6, 15), 10, "court-day", MA.days.closed, exclude_first=True) == date(2026, 6, 30)


def test_an_order_that_ends_on_patriots_day_runs_to_the_tuesday() -> None:
    assert MA.days is not None
    assert says("final", "rolls_over") is True
    assert next_open(date(2026, 4, 20), MA.days.closed) == date(2026, 4, 21)


def test_a_sunday_holiday_closes_the_courts_on_monday_and_a_saturday_holiday_not_on_friday() -> None:
    assert MA.days is not None
    assert date(2027, 7, 5) in MA.days.closed
    assert date(2026, 7, 3) not in MA.days.closed


def test_the_two_holidays_of_suffolk_county_close_no_court_office() -> None:
    assert MA.days is not None
    assert not {date(2025, 3, 17), date(2025, 6, 17)} & set(MA.days.closed)


def test_a_temporary_order_ends_if_she_misses_the_hearing_and_not_if_he_does() -> None:
    assert "hearing-missed-by-protected" in says("ex-parte", "ended_by")
    assert "hearing-missed-by-restrained" in says("ex-parte", "survives")


def test_an_order_made_at_night_lasts_to_the_next_court_day() -> None:
    assert says("emergency", "longest_term") == (Length(1, "court-day"),)


def test_the_end_of_the_criminal_case_does_not_end_the_civil_order() -> None:
    assert {"dismissal", "acquittal", "conviction", "sentence"} <= set(says("final", "survives"))
    assert "prosecutor" not in says("final", "changed_by")
    assert says("final", "tied_to_criminal_case") is False


def test_ending_the_civil_order_does_not_lift_the_criminal_condition() -> None:
    assert "other-order-ended" in says("release-condition", "survives")


def test_whether_a_condition_falls_away_by_itself_when_the_case_ends_is_not_known() -> None:
    assert says("release-condition", "runs_until") == "case-end"
    with pytest.raises(LawNotKnown):
        says("release-condition", "ended_by")
    assert not {"dismissal", "acquittal", "sentence"} & set(says("release-condition", "survives"))


@pytest.mark.parametrize("term", ["abuse", "contact", "stay-away", "vacate", "firearms"])
def test_breaking_a_term_of_safety_is_a_crime_and_contempt(term: str) -> None:
    assert says("final", "breach_is", term=term) == ("crime", "contempt")


@pytest.mark.parametrize("term", ["support", "custody", "compensation"])
def test_breaking_a_term_about_money_or_children_is_contempt_only(term: str) -> None:
    assert says("final", "breach_is", term=term) == ("contempt",)


def test_what_a_breach_is_depends_on_the_term_so_without_one_it_is_not_known() -> None:
    assert unknown("final", "breach_is")


def test_breaking_a_release_condition_leads_to_revocation_and_no_arrest_on_the_spot() -> None:
    assert says("release-condition", "breach_is", term="contact") == ("revocation", "detention", "contempt")
    assert says("release-condition", "arrest") == "not-allowed"


def test_breaking_probation_before_trial_brings_the_case_back() -> None:
    assert says("pretrial-probation", "breach_is", term="contact") == ("case-restored",)


@pytest.mark.parametrize("kind", ["emergency", "ex-parte", "final"])
def test_police_must_arrest_for_breaking_a_civil_order(kind: str) -> None:
    assert says(kind, "arrest", term="contact") == "mandatory"


def test_notice_left_at_home_is_enough_only_since_an_authority_says_so() -> None:
    assert "left-at-home" not in says("final", "notice_by", date(1992, 9, 13))
    assert "left-at-home" in says("final", "notice_by", date(1992, 9, 14))


def test_hearing_of_an_order_from_somebody_else_is_not_listed_as_notice() -> None:
    assert not {"told-informally", "mailed"} & set(says("final", "notice_by"))


def test_a_chance_meeting_is_no_breach_for_one_who_leaves() -> None:
    assert says("final", "accident_is_breach") is False
    assert says("final", "must_leave") is True


def test_coming_inside_the_distance_breaks_the_order_without_a_word() -> None:
    assert says("final", "near_is_contact") is True


def test_the_printed_form_lets_court_papers_through_and_nothing_else() -> None:
    assert says("final", "always_allowed") == ("court-papers",)


def test_abuse_needs_no_violence_and_since_september_2024_coercive_control_is_named() -> None:
    before, after = (rules("final").value("violence_needed", date(2024, 9, day)) for day in (17, 18))
    assert before.value is after.value is False
    assert (before.exact, after.exact) == (False, True)
    assert "coercive control" in after.cites[0].gist


def test_a_209a_order_needs_a_family_tie_and_a_258e_order_needs_none() -> None:
    assert not {"neighbours", "strangers"} & set(says("final", "ties"))
    assert {"neighbours", "strangers"} <= set(says("final", "ties", ground="harassment"))


def test_the_victim_s_request_obliges_the_criminal_court() -> None:
    assert says("release-condition", "request_obliges_court", ground=None) is True


def test_civil_and_criminal_orders_each_bind_and_one_is_no_reason_to_refuse_the_other() -> None:
    assert MA.common().value("overlap", NOW).value == "each-binds"
    assert says("final", "other_order_bars_this") is False


def test_whether_the_stricter_order_controls_is_unsettled_because_no_authority_says_so() -> None:
    assert MA.common().value("stricter_controls", NOW).open == "unsettled"


def test_an_order_of_another_state_is_enforced_without_registration() -> None:
    assert MA.common().value("foreign_order_enforced", NOW).value is True
    assert MA.common().value("foreign_order_needs_registration", NOW).value is False


FIRST_SEEN = {
    "spoken_change_counts": date(1997, 6, 27),
    "restrained_person_may_move": date(1997, 10, 31),
    "ending_burden": date(2002, 6, 20),
    "reconciliation_bars_order": date(2002, 1, 3),
    "longest_term": date(1988, 11, 10),
    "renewable": date(1988, 11, 10),
    "renewal_permanent": date(1991, 12, 11),
    "renewal_needs_new_abuse": date(1991, 12, 11),
    "renewal_standard": date(1996, 11, 22),
    "intent_to_break_needed": date(1992, 9, 14),
    "accident_is_breach": date(1999, 11, 29),
    "near_is_contact": date(1997, 4, 8),
    "others_need_direction": date(1997, 4, 8),
    "stay_away_when_absent": date(2001, 3, 16),
    "through_others": date(1994, 12, 15),
    "wrong_order_is_defence": date(2007, 12, 31),
    "presence_is_contact": date(1999, 7, 10),
}


@pytest.mark.parametrize(("name", "day"), FIRST_SEEN.items(), ids=FIRST_SEEN)
def test_the_law_of_an_earlier_day_is_what_the_decisions_of_that_day_applied(name: str, day: date) -> None:
    assert says("final", name, day) == says("final", name)
    assert unknown("final", name, day.replace(year=day.year - 1))


def test_in_1988_only_breaking_an_order_not_to_abuse_or_to_vacate_was_a_crime() -> None:
    day = date(1988, 11, 10)
    assert says("final", "breach_is", day, term="abuse") == says("final", "breach_is", day, term="vacate") == ("crime",)
    assert unknown("final", "breach_is", day, term="contact")
    assert says("final", "breach_is", date(1992, 9, 14), term="contact") == ("crime", "contempt")


def test_contempt_of_an_order_is_no_bar_to_a_charge_since_the_acts_of_december_1991() -> None:
    assert says("final", "breach_is", date(1991, 12, 11), term="abuse") == ("crime", "contempt")


def test_two_and_a_half_years_were_the_longest_term_in_1999_too() -> None:
    assert says("final", "longest_jail", date(1999, 7, 31), term="contact") == Length(30, "month")
    assert says("final", "highest_fine", date(1999, 7, 31), term="contact") == 5000


def test_what_counts_is_knowing_the_terms() -> None:
    assert says("final", "contents_must_be_known") is True
    assert says("final", "contents_must_be_known", ground="harassment") is True


def test_a_harassment_order_exists_since_may_10_2010() -> None:
    first, before = date(2010, 5, 10), date(2010, 5, 9)
    for name, term in (("breach_is", "contact"), ("longest_jail", "contact"), ("renewable", None)):
        assert says("final", name, first, ground="harassment", term=term) == says(
            "final", name, ground="harassment", term=term
        )
        assert unknown("final", name, before, ground="harassment", term=term)
    assert says("ex-parte", "longest_term", first, ground="harassment") == (Length(10, "court-day"),)


def test_being_within_reach_of_a_home_breaks_a_harassment_order_too() -> None:
    assert says("final", "reach_is_breach", date(2015, 2, 23), ground="harassment") is True


def test_no_contact_on_probation_takes_in_presence_and_what_a_newspaper_carries() -> None:
    assert says("probation-condition", "presence_is_contact", date(2002, 8, 29)) is True
    assert says("probation-condition", "through_others", date(2015, 7, 28)) is True


def test_only_the_judge_sets_the_terms_of_probation_so_the_victim_s_consent_is_no_answer() -> None:
    assert says("probation-condition", "changed_by", date(1997, 12, 15)) == ("court-order",)
    assert says("probation-condition", "consent_is_defence", date(1997, 12, 15)) is False


def test_a_judge_may_review_a_condition_of_release_at_the_defendant_s_request() -> None:
    assert says("release-condition", "ending_at_restrained_request", date(2009, 11, 23)) == "court-decides"


def test_a_chance_meeting_breaks_no_condition_of_release_for_one_who_leaves() -> None:
    assert says("release-condition", "accident_is_breach") is False
    assert says("release-condition", "must_leave") is True


@pytest.mark.parametrize("kind", ["final", "release-condition", "probation-condition"])
def test_what_others_do_unasked_counts_under_no_order(kind: str) -> None:
    assert says(kind, "others_need_direction", ground="harassment") is True


@pytest.mark.parametrize("kind", ["final", "release-condition", "probation-condition"])
def test_even_a_wrong_order_must_be_obeyed(kind: str) -> None:
    assert says(kind, "wrong_order_is_defence", ground="harassment") is False


def test_an_order_of_another_state_was_enforced_here_in_2010() -> None:
    assert MA.common().value("foreign_order_enforced", date(2010, 5, 11)).value is True


@pytest.mark.parametrize("place", ["us-ma", "general"])
def test_no_value_rests_only_on_what_is_recalled(place: str) -> None:
    everything = (*law(place).orders, law(place).common())
    values = [value for order in everything for found in order.parameters.values() for value in found]
    assert all(any(cite.confidence != "recalled" for cite in value.cites) for value in values)


@pytest.mark.parametrize("place", ["us-ma", "general"])
def test_every_reason_is_one_short_sentence(place: str) -> None:
    everything = (*law(place).orders, law(place).common())
    reasons = [provision.gist for order in everything for provision in order.provisions.values()]
    assert all(len(reason.split()) <= 25 and reason.endswith(".") for reason in reasons)


def test_the_general_rule_has_no_number_for_the_length_of_a_final_order() -> None:
    final = law("general").of("final", "abuse")
    with pytest.raises(LawNotKnown):
        final.value("longest_term", NOW)
    assert final.value("first_may_be_permanent", NOW).open == "unsettled"


def test_the_general_rule_says_how_many_states_follow_it() -> None:
    value = law("general").of("final", "abuse").value("consent_is_defence", NOW)
    assert value.value is False
    assert "of twelve states" in value.cites[0].gist


def test_in_most_states_a_pretrial_order_ends_when_the_charge_is_dismissed() -> None:
    assert "dismissal" in law("general").of("release-condition", None).value("ended_by", NOW).value
