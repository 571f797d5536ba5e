"""What the law files of California say, on which day and on whose authority."""

from datetime import date
from typing import Any

import pytest

from grader.law import GRADABLE, CourtDays, LawNotKnown, Length, OrderLaw, law

TODAY = date(2026, 11, 21)
CALIFORNIA = law("us-ca")
EVERY = CALIFORNIA.common()


def order(kind: str, ground: str | None = None) -> OrderLaw:
    return CALIFORNIA.of(kind, ground)


DVRO, DV_TRO, EPO = order("final", "abuse"), order("ex-parte", "abuse"), order("emergency", "abuse")
CHRO, CH_TRO, WVRO = order("final", "harassment"), order("ex-parte", "harassment"), order("final", "workplace")
EARO, SVRO = order("final", "elder"), order("final", "school")
PRETRIAL, PRETRIAL_DV = order("pretrial-order"), order("pretrial-order", "abuse")
PROBATION_ORDER, PROBATION_CONDITION = order("probation-order", "abuse"), order("probation-condition")
SENTENCE = CALIFORNIA.of("sentence-order", "abuse", "spousal-injury")
SENTENCE_OTHER = CALIFORNIA.of("sentence-order", "abuse", "domestic-violence")
RELEASE, AGREEMENT = order("release-condition"), order("agreement")


def says(of: OrderLaw, name: str, day: date = TODAY, term: str | None = None) -> Any:
    return of.value(name, day, term).value


def days() -> CourtDays:
    assert CALIFORNIA.days is not None
    return CALIFORNIA.days


def test_an_emergency_order_ends_on_the_earlier_of_five_court_days_and_seven_days() -> None:
    assert says(EPO, "longest_term") == (Length(5, "court-day"), Length(7, "day"))


def test_an_emergency_order_cannot_be_renewed() -> None:
    assert says(EPO, "renewable") is False


def test_an_officer_asks_for_an_emergency_order() -> None:
    assert says(EPO, "started_by") == ("officer",)


def test_the_hearing_on_a_temporary_order_is_due_in_21_days() -> None:
    assert says(DV_TRO, "hearing_within") == (Length(21, "day"),) == says(CH_TRO, "hearing_within")


def test_a_temporary_order_lapses_when_no_hearing_is_held() -> None:
    assert "hearing-not-held" in says(DV_TRO, "ended_by")


def test_breaking_a_temporary_order_is_already_a_crime() -> None:
    assert "crime" in says(DV_TRO, "breach_is", term="contact")


@pytest.mark.parametrize(("of", "years"), [(DVRO, 5), (CHRO, 5), (EARO, 5), (WVRO, 3), (SVRO, 3)])
def test_the_longest_first_term_depends_on_the_kind_of_civil_order(of: OrderLaw, years: int) -> None:
    assert says(of, "longest_term") == (Length(years, "year"),)


@pytest.mark.parametrize("of", [DVRO, CHRO, EARO, WVRO, SVRO])
def test_an_order_without_an_end_date_lasts_three_years(of: OrderLaw) -> None:
    assert says(of, "term_if_blank") == Length(3, "year")


def test_a_family_order_is_renewed_for_no_less_than_five_years_or_for_good() -> None:
    assert says(DVRO, "renewal_shortest") == Length(5, "year")
    assert says(DVRO, "renewal_permanent") is True


def test_five_years_was_also_the_longest_renewal_until_2023() -> None:
    assert says(DVRO, "renewal_longest", date(2022, 12, 31)) == Length(5, "year")
    with pytest.raises(LawNotKnown):
        DVRO.value("renewal_longest", date(2023, 1, 1))


def test_a_family_order_is_renewed_on_a_reasonable_fear_without_new_abuse() -> None:
    assert says(DVRO, "renewal_standard") == "reasonable-fear"
    assert says(DVRO, "renewal_needs_new_abuse") is False


def test_a_second_renewal_needs_new_conduct_for_a_harassment_order_but_not_for_a_family_order() -> None:
    assert says(CHRO, "second_renewal_needs_new_abuse") is True
    assert says(DVRO, "second_renewal_needs_new_abuse") is False


def test_a_harassment_order_is_never_permanent_but_an_elder_order_may_be() -> None:
    assert says(CHRO, "renewal_permanent") is False
    assert says(EARO, "renewal_permanent") is True


def test_a_renewal_may_be_asked_for_in_the_last_three_months() -> None:
    assert {says(of, "renewal_window") for of in (DVRO, CHRO, WVRO)} == {Length(3, "month")}


def test_the_order_on_a_spousal_injury_conviction_went_from_ten_to_fifteen_years_in_2025() -> None:
    assert says(SENTENCE, "longest_term", date(2024, 12, 31)) == (Length(10, "year"),)
    assert says(SENTENCE, "longest_term", date(2025, 1, 1)) == (Length(15, "year"),)


def test_the_fifteen_years_start_on_a_known_day_and_rest_on_two_sources() -> None:
    value = SENTENCE.value("longest_term", TODAY)
    assert value.exact
    assert len(value.cites) == 2


def test_other_orders_on_conviction_still_last_ten_years() -> None:
    assert says(SENTENCE_OTHER, "longest_term") == (Length(10, "year"),)


def test_the_sentence_files_do_not_overlap() -> None:
    assert not set(SENTENCE.grounds) & set(SENTENCE_OTHER.grounds)


def test_nobody_has_settled_whether_an_order_on_conviction_can_be_renewed() -> None:
    assert SENTENCE.value("renewable", TODAY).open == "unsettled"


def test_a_pretrial_order_lasts_no_longer_than_the_case() -> None:
    assert says(PRETRIAL_DV, "runs_until") == "case-end"
    assert {"dismissal", "acquittal", "commitment"} <= set(says(PRETRIAL, "ended_by"))


def test_what_the_statute_on_pretrial_orders_means_is_known_from_the_day_it_was_read() -> None:
    assert says(PRETRIAL, "runs_until", date(1999, 10, 10)) == "case-end"
    with pytest.raises(LawNotKnown):
        PRETRIAL.value("runs_until", date(1999, 10, 9))


def test_a_pretrial_order_about_family_violence_has_a_file_of_its_own() -> None:
    assert PRETRIAL_DV.order == "cpo-pretrial-dv"
    assert order("pretrial-order", "harassment").order == PRETRIAL.order == "cpo-pretrial"


def test_only_the_form_for_family_violence_says_that_inviting_is_no_ground_for_arrest() -> None:
    cited = [{p.id for p in of.value("protected_person_liable", TODAY).cites} for of in (PRETRIAL_DV, PRETRIAL)]
    assert "cr160" in cited[0]
    assert "cr160" not in cited[1]


def test_breaking_a_bare_probation_condition_is_no_crime() -> None:
    assert says(PROBATION_CONDITION, "breach_is") == ("revocation",)


def test_breaking_the_protective_order_that_comes_with_probation_is_a_crime() -> None:
    assert says(PROBATION_ORDER, "breach_is") == ("crime",)


def test_the_order_that_comes_with_probation_need_not_forbid_contact() -> None:
    assert says(PROBATION_ORDER, "no_contact_automatic") is False


def test_breaking_a_family_order_is_a_crime_and_may_be_contempt() -> None:
    assert says(DVRO, "breach_is", term="contact") == ("crime", "contempt")


def test_what_follows_unpaid_support_has_not_been_read() -> None:
    with pytest.raises(LawNotKnown):
        DVRO.value("breach_is", TODAY, "support")


@pytest.mark.parametrize("of", [DVRO, DV_TRO, EPO, CHRO, WVRO, EARO, SVRO, PRETRIAL, PROBATION_ORDER])
def test_a_simple_breach_means_up_to_a_year_and_a_thousand_dollars(of: OrderLaw) -> None:
    assert of.value("longest_jail", TODAY, "contact").value == Length(1, "year")
    assert of.value("highest_fine", TODAY, "contact").value == 1000


def test_breaking_a_release_condition_means_up_to_six_months() -> None:
    assert says(RELEASE, "longest_jail") == Length(6, "month")


@pytest.mark.parametrize("of", [DVRO, DV_TRO, EPO, CHRO, PRETRIAL_DV, PROBATION_ORDER])
def test_police_must_arrest_for_a_breach_of_these_orders(of: OrderLaw) -> None:
    assert says(of, "arrest", term="contact") == "mandatory"


@pytest.mark.parametrize("of", [DVRO, EPO, CHRO, EARO, PRETRIAL, PROBATION_CONDITION, SENTENCE, RELEASE])
def test_an_invitation_is_never_a_defence(of: OrderLaw) -> None:
    assert says(of, "consent_is_defence") is False


def test_the_rule_on_invitations_is_shown_for_family_orders_since_the_facts_of_1994() -> None:
    assert says(DVRO, "consent_is_defence", date(1994, 9, 30)) is False
    with pytest.raises(LawNotKnown):
        DVRO.value("consent_is_defence", date(1994, 9, 29))


@pytest.mark.parametrize("of", [CHRO, WVRO, PRETRIAL, RELEASE])
def test_the_jury_instruction_shows_the_elements_of_a_breach_since_2006(of: OrderLaw) -> None:
    for name, value in (("accident_is_breach", False), ("inability_is_defence", True), ("must_leave", True)):
        assert says(of, name, date(2006, 1, 1)) is value


@pytest.mark.parametrize("of", [DVRO, DV_TRO, EPO])
def test_an_officer_may_tell_a_person_of_a_family_order_since_1994(of: OrderLaw) -> None:
    assert "by-officer" not in says(of, "notice_by", date(1993, 12, 31))
    assert says(of, "notice_by", date(1994, 1, 1)) == ("served", "in-court", "by-officer")


def test_knowing_an_order_from_the_courtroom_was_enough_long_before_the_forms() -> None:
    assert says(PROBATION_CONDITION, "notice_by", date(1992, 3, 16)) == ("served", "in-court")


@pytest.mark.parametrize(
    ("of", "day"), [(DVRO, date(1991, 12, 12)), (CHRO, date(1996, 2, 29)), (PRETRIAL, date(1996, 2, 29))]
)
def test_breaking_an_order_was_a_crime_in_the_nineties(of: OrderLaw, day: date) -> None:
    assert "crime" in says(of, "breach_is", day, "contact")


def test_a_harassment_order_went_from_three_years_to_five_in_july_2014() -> None:
    for name, before, after in (
        ("longest_term", (Length(3, "year"),), (Length(5, "year"),)),
        ("renewal_longest", Length(3, "year"), Length(5, "year")),
    ):
        assert says(CHRO, name, date(2014, 6, 30)) == before
        assert says(CHRO, name, date(2014, 7, 1)) == after


def test_a_harassment_order_is_renewed_on_a_present_need_and_not_as_a_matter_of_course() -> None:
    assert says(CHRO, "renewal_standard", date(2014, 6, 17)) == "present-need"
    assert says(CHRO, "renewal_automatic", date(2014, 6, 17)) is False


def test_the_hearing_on_a_temporary_harassment_order_was_due_in_fifteen_days_until_2012() -> None:
    assert says(CH_TRO, "hearing_within", date(2011, 12, 31)) == (Length(15, "day"),)
    assert says(CH_TRO, "hearing_within", date(2012, 1, 1)) == (Length(21, "day"),)


def test_the_court_is_freer_to_end_a_harassment_order_early_than_a_family_order() -> None:
    assert says(CHRO, "ending_at_restrained_request") == "court-decides"
    assert says(DVRO, "ending_at_restrained_request") == "material-change-or-justice"
    assert EARO.value("ending_at_restrained_request", TODAY).open == "unsettled"


def test_in_1994_and_1995_agreement_could_stand_in_for_evidence() -> None:
    assert says(DVRO, "mutual_by_agreement", date(1995, 12, 31)) is True
    assert says(DVRO, "mutual_by_agreement", date(1996, 1, 1)) is False
    assert "primary-aggressor" not in says(DVRO, "mutual_requires", date(1995, 12, 31))


def test_an_order_on_a_conviction_of_family_violence_has_a_statute_since_2012() -> None:
    assert says(SENTENCE_OTHER, "longest_term", date(2012, 1, 1)) == (Length(10, "year"),)
    with pytest.raises(LawNotKnown):
        SENTENCE_OTHER.value("longest_term", date(2011, 12, 31))


def test_no_statute_lets_a_court_add_an_order_at_sentence_on_any_other_crime() -> None:
    assert says(CALIFORNIA.of("sentence-order", None, "other"), "may_be_made") is False
    for crime in ("spousal-injury", "domestic-violence", "stalking", "trafficking", "gang", "sex-crime"):
        assert says(CALIFORNIA.of("sentence-order", None, crime), "may_be_made") is True


@pytest.mark.parametrize("of", [PRETRIAL, PRETRIAL_DV])
def test_a_pretrial_order_is_made_on_good_cause(of: OrderLaw) -> None:
    assert of.value("may_be_made", TODAY).open == "discretion"


@pytest.mark.parametrize("of", [DVRO, DV_TRO, EPO, CHRO, WVRO, EARO, PRETRIAL_DV, RELEASE])
def test_only_a_court_changes_an_order(of: OrderLaw) -> None:
    assert says(of, "changed_by") == ("court-order",)


@pytest.mark.parametrize("of", [DV_TRO, DVRO, CHRO, WVRO, EARO])
def test_civil_forms_let_court_papers_through(of: OrderLaw) -> None:
    assert says(of, "always_allowed") == ("court-papers",)


def test_the_criminal_form_does_not_let_court_papers_through() -> None:
    assert PRETRIAL_DV.get("always_allowed", TODAY) is None


def test_a_chance_meeting_and_what_cannot_be_obeyed_are_no_breach() -> None:
    assert says(DVRO, "accident_is_breach") is False
    assert says(DVRO, "inability_is_defence") is True


def test_a_mistaken_order_must_be_obeyed_but_not_one_made_without_power() -> None:
    assert says(PRETRIAL, "wrong_order_is_defence") is False
    assert says(PRETRIAL, "no_jurisdiction_is_defence") is True


def test_whether_a_public_post_is_contact_is_unsettled() -> None:
    assert DVRO.value("post_reaches", TODAY).open == "unsettled"


def test_a_mutual_family_order_needs_a_request_of_each_side_since_the_text_so_read() -> None:
    for year in (1994, 1996, 2014):
        assert "own-petition" in says(DVRO, "mutual_requires", date(year, 1, 1))
    with pytest.raises(LawNotKnown):
        DVRO.value("mutual_requires", date(1993, 12, 31))
    assert DVRO.value("mutual_requires", TODAY).since == date(2016, 1, 1)


def test_agreement_does_not_make_a_mutual_order_lawful() -> None:
    assert says(DVRO, "mutual_by_agreement") is False


def test_orders_after_one_hearing_are_mutual_and_separate_ones_are_disputed_since_salmon() -> None:
    assert says(DVRO, "same_hearing_is_mutual") is True
    assert says(DVRO, "separate_orders_are_mutual", date(2020, 1, 1)) is False
    assert DVRO.value("separate_orders_are_mutual", TODAY).open == "unsettled"


def test_a_harassment_order_both_ways_needs_a_petition_and_proof_but_no_aggressor_findings() -> None:
    assert says(CHRO, "mutual_requires") == ("own-petition", "proof")


def test_the_no_contact_term_entered_the_ranking_in_july_2014() -> None:
    assert "no-contact-term" not in says(EVERY, "ranking", date(2014, 6, 30))
    assert says(EVERY, "ranking", date(2014, 7, 1))[:2] == ("emergency-if-stricter", "no-contact-term")


def test_orders_are_ranked_and_the_stricter_one_does_not_simply_win() -> None:
    assert says(EVERY, "overlap") == "ranked"
    assert says(EVERY, "stricter_controls") is False


def test_a_criminal_order_is_no_reason_to_refuse_a_family_order() -> None:
    assert says(DVRO, "other_order_bars_this") is False
    assert says(DVRO, "tied_to_criminal_case") is False


def test_an_order_of_another_state_is_enforced() -> None:
    assert says(EVERY, "foreign_order_enforced") is True


def test_an_employer_starts_a_workplace_order_and_violence_is_not_needed_since_2025() -> None:
    assert says(WVRO, "started_by") == ("employer",)
    assert says(WVRO, "violence_needed", date(2025, 1, 1)) is False
    with pytest.raises(LawNotKnown):
        WVRO.value("violence_needed", date(2024, 12, 31))


def test_a_family_order_needs_no_criminal_case_and_a_criminal_order_does() -> None:
    assert says(DVRO, "needs_criminal_case") is False
    assert says(PRETRIAL, "needs_criminal_case") is True


def test_a_private_agreement_does_not_borrow_the_rules_for_court_orders() -> None:
    with pytest.raises(LawNotKnown):
        AGREEMENT.value("consent_is_defence", TODAY)
    assert AGREEMENT.value("breach_is", TODAY).open == "unsettled"


def test_no_law_is_on_file_for_a_temporary_school_order() -> None:
    with pytest.raises(LawNotKnown):
        order("ex-parte", "school")


@pytest.mark.parametrize("of", [*CALIFORNIA.orders, EVERY], ids=lambda of: of.order)
def test_every_value_rests_on_an_authority_that_was_read(of: OrderLaw) -> None:
    values = [value for entries in of.parameters.values() for value in entries]
    assert values
    assert all(any(cite.confidence in GRADABLE for cite in value.cites) for value in values)


@pytest.mark.parametrize("of", [*CALIFORNIA.orders, EVERY], ids=lambda of: of.order)
def test_every_authority_is_used_and_told_in_at_most_25_words(of: OrderLaw) -> None:
    used = {cite.id for entries in of.parameters.values() for value in entries for cite in value.cites}
    assert used == set(of.provisions)
    assert all(len(p.gist.split()) <= 25 for p in of.provisions.values())


def test_courts_close_on_fourteen_holidays_a_year_and_never_list_a_weekend() -> None:
    assert [sum(day.year == year for day in days().closed) for year in (2024, 2025, 2026)] == [14, 14, 14]
    assert all(day.weekday() < 5 for day in days().closed)


def test_a_holiday_on_a_weekend_is_kept_on_friday_or_monday() -> None:
    assert date(2026, 7, 3) in days().closed
    assert date(2024, 4, 1) in days().closed
    assert date(2027, 12, 31) in days().closed


def test_courts_keep_native_american_day_and_not_columbus_day() -> None:
    assert date(2026, 9, 25) in days().closed
    assert date(2026, 10, 12) not in days().closed


def test_the_first_day_is_left_out_and_a_closed_last_day_moves_on() -> None:
    assert days().exclude_first_day
    assert days().roll_forward


def test_a_family_order_ends_on_the_day_on_its_face_since_the_form_of_2012() -> None:
    for name, value in (("runs_until", "face-date"), ("rolls_over", False), ("term_if_blank", Length(3, "year"))):
        assert says(DVRO, name, date(2012, 1, 1)) == value
