"""How long an order lasts, what ends it, and what renews it."""

from datetime import date
from typing import Any

import pytest

from tests.rules.stories import CA, GENERAL, MA, STATES, US, answer, charge, condition, decide, event, order, step, why

LAST, FORCE, ENDS, RENEW = "duration.last_day", "duration.in_force", "duration.what_ends_it", "duration.may_renew"
OLD = date(1980, 1, 7)


def last(place: str, paper: Any, *facts: Any) -> Any:
    return answer(LAST, place, paper, *facts)


def stands(place: str, paper: Any, *facts: Any, on: date = date(2026, 6, 10)) -> Any:
    return answer(FORCE, place, paper, *facts, day=on)


def ends(place: str, paper: Any, did: str, *facts: Any, **given: Any) -> Any:
    return answer(ENDS, place, paper, *facts, step(did, "act", **given))


class TestTheLastDay:
    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    def test_an_open_day_on_the_paper_is_the_last_day(self, place: str) -> None:
        assert last(place, order()) == date(2027, 1, 4)

    def test_a_closed_day_on_the_paper_moves_only_where_the_law_moves_it(self) -> None:
        sunday = order(ends=date(2026, 11, 15))
        assert last(MA, sunday) == date(2026, 11, 16)
        assert last(CA, sunday) == date(2026, 11, 15)
        assert last(GENERAL, sunday) == "unknown"

    def test_a_blank_lasts_as_long_as_the_law_says_or_nobody_knows(self) -> None:
        blank = order(face="blank", ends=None)
        assert last(CA, blank) == date(2029, 1, 5)
        assert last(MA, blank) == "unknown"

    def test_until_further_order_has_no_fixed_day(self) -> None:
        assert last(CA, order(face="until-further-order", ends=None)) == "no-fixed-day"

    def test_a_paper_that_bears_a_date_the_story_does_not_tell_gives_no_answer(self) -> None:
        assert last(MA, order(face="dated", ends=None)) == "unknown"

    def test_court_days_leave_out_weekends_and_holidays(self) -> None:
        short = order(kind="ex-parte", day=date(2026, 4, 10), ends=None)
        assert last(MA, short) == date(2026, 4, 27)
        assert why(LAST, MA, short) == "The order may last 10 court days: to April 27, 2026."
        assert any("Patriots’ Day" in step.says for step in decide(LAST, MA, short).because)

    def test_an_end_by_law_moves_from_a_closed_day_where_the_law_moves_it(self) -> None:
        night = {"kind": "emergency", "ends": None}
        assert last("us-va", order(day=date(2026, 6, 8), **night)) == date(2026, 6, 11)
        assert last("us-va", order(day=date(2026, 6, 10), **night)) == "unknown"

    def test_the_earlier_of_two_ends_counts(self) -> None:
        night = {"kind": "emergency", "ends": None}
        assert last(CA, order(day=date(2026, 6, 6), **night)) == date(2026, 6, 12)
        assert last(CA, order(day=date(2026, 5, 22), **night)) == date(2026, 5, 29)

    def test_a_temporary_order_runs_to_its_hearing(self) -> None:
        assert last(CA, order(kind="ex-parte", hearing=date(2026, 1, 20), ends=None)) == date(2026, 1, 20)

    def test_outside_the_table_of_court_days_the_answer_is_unknown(self) -> None:
        assert last(MA, order(kind="ex-parte", day=date(2027, 12, 30), ends=None)) == "unknown"

    def test_the_longest_term_changed_with_the_law(self) -> None:
        sentence = {"kind": "sentence-order", "offence": "spousal-injury", "ends": None}
        assert last(CA, order(day=date(2024, 11, 15), **sentence)) == date(2034, 11, 15)
        assert last(CA, order(day=date(2025, 2, 14), **sentence)) == date(2040, 2, 14)

    @pytest.mark.parametrize("kind", ["release-condition", "probation-condition"])
    def test_a_condition_has_no_fixed_day(self, kind: str) -> None:
        assert last(MA, condition(kind)) == "no-fixed-day"

    def test_an_extension_moves_it(self) -> None:
        to = {"order": "paper", "until": date(2028, 1, 4)}
        assert last(MA, order(), step("extend-order", **to)) == date(2028, 1, 4)
        assert last(MA, order(), step("extend-order", order="paper", permanent=True)) == "no-fixed-day"
        assert last(MA, order(), step("extend-order", order="paper")) == "unknown"

    def test_an_extension_after_the_end_gives_no_answer(self) -> None:
        late = step("extend-order", order="paper", until=date(2028, 1, 4), day=date(2027, 3, 1))
        assert last(MA, order(), late) == "unknown"

    def test_what_the_court_ended_has_its_last_day_then(self) -> None:
        assert last(MA, order(), step("end-order", order="paper", written=True)) == date(2026, 4, 1)
        late = step("end-order", order="paper", written=True, day=date(2027, 5, 3))
        assert last(MA, order(), late) == date(2027, 1, 4)

    def test_an_order_for_a_pending_case_does_not_outlive_the_case_whatever_the_paper_says(self) -> None:
        paper = condition("pretrial-order", case="charge", ends=date(2029, 1, 4))
        assert last(CA, paper, charge(), step("sentence", case="charge")) == date(2026, 4, 1)

    def test_a_first_order_longer_on_paper_than_the_law_allows_gives_no_answer(self) -> None:
        assert last(MA, order(ends=date(2029, 1, 4))) == "unknown"
        assert last(CA, order(ends=date(2029, 1, 4))) == date(2029, 1, 4)


class TestInForce:
    def test_from_the_day_it_is_made_to_the_last_day(self) -> None:
        days = {date(2026, 1, 4): "not-in-force", date(2026, 1, 5): "in-force", date(2027, 1, 4): "in-force",
                date(2027, 1, 5): "not-in-force"}  # fmt: skip
        for day, expected in days.items():
            assert stands(MA, order(), on=day) == expected

    def test_on_a_closed_day_it_still_stands_where_the_law_moves_the_end(self) -> None:
        assert stands(MA, order(ends=date(2026, 11, 15)), on=date(2026, 11, 16)) == "in-force"
        assert stands(CA, order(ends=date(2026, 11, 15)), on=date(2026, 11, 16)) == "not-in-force"

    @pytest.mark.parametrize("place", STATES)
    @pytest.mark.parametrize("did", ["dismiss", "acquit"])
    def test_the_end_of_the_criminal_case_leaves_the_civil_order_standing(self, place: str, did: str) -> None:
        assert stands(place, order(), charge(), step(did, case="charge")) == "in-force"

    def test_the_end_of_the_case_ends_its_order_only_where_an_authority_says_so(self) -> None:
        facts = (charge(), step("dismiss", case="charge"))
        assert stands(CA, condition("pretrial-order", case="charge"), *facts) == "not-in-force"
        assert stands(GENERAL, condition(case="charge"), *facts) == "not-in-force"
        assert stands(MA, condition(case="charge"), *facts) == "unknown"

    def test_a_doubt_is_none_any_more_once_the_court_has_ended_the_order(self) -> None:
        ended = step("end-order", "later", order="paper", written=True, day=date(2026, 5, 1))
        assert stands(MA, condition(case="charge"), charge(), step("dismiss", case="charge"), ended) == "not-in-force"

    def test_another_case_does_not_touch_it(self) -> None:
        other = charge("other")
        assert (
            stands(CA, condition("pretrial-order", case="charge"), other, step("dismiss", case="other")) == "in-force"
        )

    def test_the_case_of_an_order_must_be_known_if_there_are_several(self) -> None:
        paper, dismissed = condition("pretrial-order"), step("dismiss", case="charge")
        assert stands(CA, paper, charge(), dismissed) == "not-in-force"
        assert stands(CA, paper, charge(), charge("other"), dismissed) == "unknown"

    def test_the_sentence_that_makes_an_order_does_not_end_it(self) -> None:
        paper = condition("sentence-order", offence="stalking", case="charge", day=date(2026, 4, 1))
        assert stands(CA, paper, charge(), step("sentence", case="charge")) == "in-force"

    def test_an_order_that_extends_by_word_of_mouth_gives_no_answer(self) -> None:
        spoken = step("extend-order", order="paper", until=date(2028, 1, 4), written=False)
        assert stands(MA, order(), spoken) == "unknown"

    def test_which_order_the_court_ended_must_be_known(self) -> None:
        assert stands(MA, order(), step("end-order", written=True)) == "not-in-force"
        assert stands(MA, order(), order("other"), step("end-order", written=True)) == "unknown"


class TestStepsOfSomebodyElse:
    def test_the_end_of_another_persons_probation_or_sentence_ends_nothing(self) -> None:
        for place in (CA, US):
            paper = condition("probation-condition")
            assert stands(place, paper, step("end-probation", who="sam")) == "in-force"
            assert stands(place, paper, step("end-probation", who="kim")) == "not-in-force"

    def test_the_end_of_a_case_against_somebody_else_ends_nothing(self) -> None:
        theirs, its_end = charge("theirs", "sam"), step("dismiss", case="theirs")
        for place in (MA, CA, US):
            assert stands(place, condition(kind="release-condition"), theirs, its_end) == "in-force"


class TestTheMissedHearing:
    paper = order(kind="ex-parte", day=date(2026, 6, 1), hearing=date(2026, 6, 12), ends=None)

    def test_a_restrained_person_with_notice_who_stays_away_does_not_end_it(self) -> None:
        missed = step("miss-hearing", who="kim", day=date(2026, 6, 12))
        assert stands(MA, self.paper, missed, on=date(2026, 6, 20)) == "in-force"

    def test_without_notice_the_temporary_order_runs_out_at_the_hearing(self) -> None:
        missed = step("miss-hearing", who="kim", day=date(2026, 6, 12))
        short = {"kind": "ex-parte", "day": date(2026, 6, 1), "hearing": date(2026, 6, 12), "ends": None}
        assert stands(MA, order(notice="none", **short), missed, on=date(2026, 6, 20)) == "not-in-force"
        assert stands(MA, order(notice=None, **short), missed, on=date(2026, 6, 20)) == "unknown"

    def test_a_protected_person_who_stays_away_lets_it_end(self) -> None:
        missed = step("miss-hearing", who="robin", day=date(2026, 6, 12))
        assert stands(MA, self.paper, missed, on=date(2026, 6, 13)) == "not-in-force"

    def test_a_friend_who_stays_away_changes_nothing(self) -> None:
        missed = step("miss-hearing", who="sam", day=date(2026, 6, 5))
        assert stands(MA, self.paper, missed, on=date(2026, 6, 8)) == "in-force"
        assert ends(MA, self.paper, "miss-hearing", who="sam", day=date(2026, 6, 5)) == "unknown"

    def test_a_hearing_that_is_not_held_ends_it_where_an_authority_says_so_unless_it_was_extended(self) -> None:
        due, later = {"day": date(2026, 6, 12)}, date(2026, 7, 1)
        missed = step("no-hearing", **due)
        assert stands(CA, self.paper, missed, on=date(2026, 6, 12)) == "not-in-force"
        assert ends(MA, self.paper, "no-hearing", **due) == "unknown"
        put_off = step("extend-order", "put-off", order="paper", until=later, served=True, day=date(2026, 6, 11))
        assert stands(CA, self.paper, put_off, missed, on=date(2026, 6, 20)) == "in-force"
        assert stands(CA, self.paper, put_off, missed, on=date(2026, 7, 2)) == "not-in-force"


class TestWhatEndsIt:
    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    @pytest.mark.parametrize("did", ["invite", "agree", "meet", "live-with", "ask-prosecutor", "move-to-end"])
    def test_nothing_the_two_people_do_ends_it(self, place: str, did: str) -> None:
        assert ends(place, order(), did, who="robin", whom="kim") == "stands"

    @pytest.mark.parametrize("place", STATES)
    def test_nor_does_the_prosecutors_word(self, place: str) -> None:
        assert ends(place, order(), "prosecutor-drops") == "stands"
        assert ends(place, condition(), "prosecutor-drops") == "stands"

    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    def test_the_court_ends_it_in_writing(self, place: str) -> None:
        assert ends(place, order(), "end-order", order="paper", written=True) == "ended"

    @pytest.mark.parametrize("place", STATES)
    def test_but_not_by_word_of_mouth(self, place: str) -> None:
        assert ends(place, order(), "say-from-bench", order="paper", written=False) == "stands"
        assert ends(place, order(), "end-order", order="paper", written=False) == "stands"

    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    def test_the_end_of_another_order_leaves_it_standing(self, place: str) -> None:
        assert ends(place, order(), "end-order", order("other"), order="other", written=True) == "stands"

    def test_the_end_of_probation_ends_a_condition_of_probation(self) -> None:
        for place in (*STATES, US):
            assert ends(place, condition("probation-condition"), "end-probation") == "ended"

    def test_under_a_federal_condition_the_protected_persons_wish_ends_nothing_either(self) -> None:
        assert ends(US, condition("probation-condition"), "invite", who="robin") == "stands"

    def test_what_came_before_the_order_cannot_end_it(self) -> None:
        assert ends(MA, order(), "dismiss", day=date(2025, 12, 1)) == "unknown"

    @pytest.mark.parametrize("did", ["text", "call", "threaten", "film"])
    @pytest.mark.parametrize("who", ["kim", "robin"])
    def test_contact_against_the_order_does_not_end_it_whoever_makes_it(self, did: str, who: str) -> None:
        assert ends("us-nj", order(), did, who=who) == "stands"
        assert ends(MA, order(), did, who=who) == "stands"

    def test_what_has_nothing_to_do_with_the_end_of_an_order_is_unknown(self) -> None:
        assert ends(MA, order(), "arrest", who="kim") == "unknown"

    def test_before_the_first_authority_the_answer_is_unknown(self) -> None:
        assert ends(MA, order(day=OLD), "invite", who="robin", day=date(1980, 2, 1)) == "unknown"


class TestRenewal:
    def renew(self, place: str, *facts: Any, paper: Any = None, **given: Any) -> Any:
        usual = {"who": "robin", "whom": None, "day": date(2026, 12, 14), "showing": "present-fear", "contested": True}
        return answer(RENEW, place, paper or order(), *facts, event("move-to-renew", **(usual | given)))

    @pytest.mark.parametrize("place", STATES)
    def test_a_reasonable_fear_is_enough_and_new_abuse_is_not_needed(self, place: str) -> None:
        assert self.renew(place) == "may-renew"
        assert self.renew(place, showing="new-abuse") == "may-renew"

    @pytest.mark.parametrize("place", STATES)
    @pytest.mark.parametrize("showing", ["none", "unrelated", "time-and-compliance"])
    def test_without_any_showing_a_contested_request_fails(self, place: str, showing: str) -> None:
        assert self.renew(place, showing=showing) == "may-not-renew"

    @pytest.mark.parametrize("place", STATES)
    def test_on_past_abuse_alone_the_court_decides(self, place: str) -> None:
        assert self.renew(place, showing="past-abuse") == "court-decides"

    def test_breaches_of_the_order_support_its_renewal_where_an_authority_says_so(self) -> None:
        assert self.renew(CA, showing="breaches") == "may-renew"
        assert self.renew(MA, showing="breaches") == "unknown"

    def test_a_request_that_nobody_opposes_is_granted_only_where_that_is_the_rule(self) -> None:
        assert self.renew(CA, showing="none", contested=False) == "may-renew"
        assert self.renew(MA, showing="none", contested=False) == "may-not-renew"

    def test_where_nobody_read_whether_silence_is_enough_only_a_present_fear_settles_it(self) -> None:
        assert self.renew("us-nd", showing="none", contested=True) == "may-not-renew"
        assert self.renew("us-nd", showing="none", contested=False) == "unknown"
        assert self.renew("us-nd", contested=False) == "may-renew"

    @pytest.mark.parametrize("place", STATES)
    def test_after_the_end_it_is_too_late(self, place: str) -> None:
        assert self.renew(place, day=date(2027, 1, 5)) == "may-not-renew"

    def test_it_can_be_too_early_where_the_law_sets_a_window(self) -> None:
        assert self.renew(CA, day=date(2026, 10, 3)) == "may-not-renew"
        assert self.renew(CA, day=date(2026, 10, 4)) == "may-renew"
        assert self.renew(MA, day=date(2026, 10, 3)) == "may-renew"

    @pytest.mark.parametrize("place", STATES)
    def test_what_the_court_has_ended_cannot_be_renewed(self, place: str) -> None:
        assert self.renew(place, step("end-order", order="paper", written=True)) == "may-not-renew"

    def test_a_second_renewal_of_a_harassment_order_needs_new_harassment_in_one_place(self) -> None:
        paper = order(ground="harassment")
        again = step("extend-order", order="paper", until=date(2027, 1, 4))
        first = {"day": date(2026, 12, 14)}
        assert self.renew(CA, again, paper=paper, **first) == "may-not-renew"
        assert self.renew(CA, again, paper=paper, showing="new-abuse", **first) == "may-renew"
        assert self.renew(MA, again, paper=paper, **first) == "may-renew"

    def test_an_order_that_followed_a_temporary_one_is_no_renewal(self) -> None:
        short = order("short", kind="ex-parte", ground="harassment", ends=None)
        paper = order(ground="harassment", extends="short")
        assert decide(RENEW, CA, paper, short, event("move-to-renew", who="robin", showing="none")).answer == (
            "may-not-renew"
        )
        reasons = decide(RENEW, CA, paper, short, event("move-to-renew", day=date(2026, 12, 1), showing="none")).because
        assert not any("second" in because.says for because in reasons)

    def test_an_emergency_order_cannot_be_renewed(self) -> None:
        paper = order(kind="emergency", ends=None)
        assert self.renew(CA, paper=paper, day=date(2026, 1, 6)) == "may-not-renew"

    def test_whether_an_order_at_sentence_can_be_renewed_is_unsettled(self) -> None:
        paper = condition("sentence-order", offence="stalking", ends=date(2030, 1, 4))
        assert self.renew(CA, paper=paper) == "unsettled"

    def test_an_order_without_an_end_needs_no_renewal(self) -> None:
        assert self.renew(MA, step("extend-order", order="paper", permanent=True)) == "may-not-renew"

    def test_what_is_shown_must_be_known(self) -> None:
        assert self.renew(MA, showing=None) == "unknown"

    def test_what_most_states_ask_for_was_not_read(self) -> None:
        assert self.renew(GENERAL) == "unknown"


class TestAnAgreedOrderWithoutFindings:
    def renew(self, place: str, **given: Any) -> Any:
        paper = order(agreed=True, findings="none", day=date(2025, 7, 7), ends=date(2026, 7, 6))
        usual = {"who": "robin", "order": "paper", "written": True, "showing": "present-fear", "contested": True}
        return answer(RENEW, place, paper, step("move-to-renew", "act", **(usual | given)))

    def test_is_renewed_against_opposition_only_if_its_ground_is_proved_now(self) -> None:
        assert self.renew("us-nd", proved=True) == "may-renew"
        assert self.renew("us-nd", proved=False) == "may-not-renew"

    def test_needs_to_be_known_for_whether_that_was_proved_and_opposed(self) -> None:
        assert self.renew("us-nd", proved=None) == "unknown"
        assert self.renew("us-nd", contested=None, proved=True) == "unknown"

    def test_must_be_told_apart_from_one_made_on_findings(self) -> None:
        silent = order(agreed=True, day=date(2025, 7, 7), ends=date(2026, 7, 6))
        act = step("move-to-renew", "act", who="robin", order="paper", showing="present-fear", contested=True)
        assert answer(RENEW, "us-nd", silent, act) == "unknown"
        assert answer(RENEW, MA, silent, act) == "may-renew"

    def test_is_renewed_as_any_other_where_nobody_opposes_or_no_authority_says_so(self) -> None:
        assert self.renew("us-nd", contested=False, proved=False) == "may-renew"
        assert self.renew(MA, proved=False) == "may-renew"

    def test_is_not_an_order_made_on_findings(self) -> None:
        found = order(agreed=True, findings="written", day=date(2025, 7, 7), ends=date(2026, 7, 6))
        act = step("move-to-renew", "act", who="robin", order="paper", showing="present-fear", contested=True)
        assert answer(RENEW, "us-nd", found, act) == "may-renew"


class TestARequestInTime:
    """The order ran out on July 6; the court extended it in August."""

    PAPER = order(day=date(2026, 1, 6), ends=date(2026, 7, 6))
    LATE = step("extend-order", "late", order="paper", day=date(2026, 8, 10), until=date(2027, 8, 9), written=True)

    def stands(self, place: str, asked: date, on: date = date(2026, 9, 1)) -> Any:
        request = step("move-to-renew", "request", who="robin", order="paper", day=asked, written=True)
        return stands(place, self.PAPER, request, self.LATE, on=on)

    def test_is_enough_where_an_authority_says_so_though_the_court_rules_later(self) -> None:
        assert self.stands("us-nd", date(2026, 7, 6)) == "in-force"

    def test_leaves_the_order_lapsed_until_the_court_rules(self) -> None:
        assert self.stands("us-nd", date(2026, 7, 6), on=date(2026, 7, 20)) == "not-in-force"

    def test_does_not_come_after_the_end(self) -> None:
        assert self.stands("us-nd", date(2026, 7, 7)) == "unknown"

    def test_does_nothing_where_no_authority_was_read(self) -> None:
        assert self.stands("us-nc", date(2026, 7, 1)) == "unknown"


class TestTheSentence:
    PAPER = condition(ends=date(2027, 1, 4))
    SENTENCED = step("sentence", "act", who="kim")

    def test_ends_an_order_for_the_pending_case_where_an_authority_says_so(self) -> None:
        assert answer(ENDS, "us-wa", self.PAPER, charge(), self.SENTENCED) == "ended"

    def test_leaves_it_standing_if_the_court_keeps_it_that_day(self) -> None:
        kept = step("extend-order", "kept", order="paper", until=date(2027, 1, 4), written=True)
        assert answer(ENDS, "us-wa", self.PAPER, charge(), self.SENTENCED, kept) == "stands"
        assert stands("us-wa", self.PAPER, charge(), self.SENTENCED, kept) == "in-force"

    def test_ends_it_all_the_same_if_the_court_extended_it_some_other_day(self) -> None:
        before = step("extend-order", "kept", order="paper", day=date(2026, 3, 2), until=date(2027, 1, 4), written=True)
        assert answer(ENDS, "us-wa", self.PAPER, charge(), before, self.SENTENCED) == "ended"

    def test_gives_no_answer_where_nobody_wrote_whether_the_court_may_keep_it(self) -> None:
        kept = step("extend-order", "kept", order="paper", until=date(2027, 1, 4), written=True)
        assert answer(ENDS, "us-nc", self.PAPER, charge(), self.SENTENCED, kept) == "unknown"


def test_the_end_of_the_sentence_ends_the_order_made_for_it() -> None:
    assert ends("us-fl", condition("sentence-order"), "end-sentence") == "ended"
    assert ends(MA, condition("sentence-order"), "end-sentence") == "unknown"


class TestAnEndThatThePaperLacks:
    BLANK = order(face="blank", ends=None, day=date(2025, 1, 6), notice="in-court")

    def test_is_a_fault_for_the_court_to_mend_and_the_order_binds_meanwhile(self) -> None:
        assert answer("duration.in_force", "us-ia", self.BLANK, day=date(2026, 6, 10)) == "in-force"
        assert last("us-ia", self.BLANK) == "no-fixed-day"

    def test_does_not_keep_alive_what_the_court_ended(self) -> None:
        ended = step("end-order", order="paper", written=True)
        assert answer("duration.in_force", "us-ia", self.BLANK, ended, day=date(2026, 6, 10)) == "not-in-force"

    def test_of_a_pretrial_order_still_lets_a_dismissal_end_it(self) -> None:
        facts = (condition(face="blank"), charge(), step("dismiss"))
        assert answer("duration.in_force", "us-id", *facts[:2], day=date(2026, 6, 10)) == "in-force"
        assert answer("duration.in_force", "us-id", *facts, day=date(2026, 6, 10)) == "not-in-force"

    def test_stays_open_where_the_courts_differ(self) -> None:
        assert (
            answer("duration.in_force", "us-id", condition("sentence-order", face="blank"), day=date(2026, 6, 10))
            == "unsettled"
        )


class TestATemporaryOrderWithoutALongestTerm:
    SHORT = order(kind="ex-parte", ends=None, served=date(2026, 1, 5), notice=None)

    def test_waits_for_the_hearing(self) -> None:
        assert answer("duration.in_force", "us-nh", self.SHORT, day=date(2026, 1, 20)) == "in-force"

    def test_is_not_known_to_outlast_it(self) -> None:
        held = step("hearing", day=date(2026, 1, 15))
        assert answer("duration.in_force", "us-nh", self.SHORT, held, day=date(2026, 1, 20)) == "unknown"

    def test_has_no_last_day_that_anybody_could_name(self) -> None:
        assert last("us-nh", self.SHORT) == "unknown"


def test_within_the_time_that_the_law_allows_a_first_order_stands_though_its_paper_names_a_later_day() -> None:
    long = order(ends=date(2030, 1, 5))
    assert answer("duration.in_force", MA, long, day=date(2026, 12, 1)) == "in-force"
    assert answer("duration.in_force", MA, long, day=date(2028, 1, 5)) == "unknown"
    assert answer("duration.last_day", MA, long) == "unknown"


def test_before_a_last_day_that_no_table_of_court_days_covers_nobody_need_know_whether_it_moves() -> None:
    old = order(day=date(2017, 3, 20), ends=date(2018, 3, 18))
    assert answer("duration.in_force", MA, old, day=date(2018, 3, 16)) == "in-force"
    assert answer("duration.in_force", MA, old, day=date(2018, 3, 19)) == "unknown"
