"""What breaks an order and what follows: every element, every exception, every excuse."""

from datetime import date, time
from typing import Any, ClassVar

import pytest

from grader.facts import Person
from grader.findings import Finding
from grader.law import law
from grader.rules import RULES
from tests.rules.stories import (
    ACTED,
    CA,
    GENERAL,
    MA,
    MADE,
    PEOPLE,
    STATES,
    answer,
    breach,
    charge,
    condition,
    decide,
    event,
    order,
    step,
    story,
    tie,
    why,
)  # fmt: skip

VIOLATION, NONE = "violation", "no-violation"
BREACH = "violations.breach"
FAR = {"forbids": ("abuse", "stay-away"), "distance": 50}


def prohibited(*facts: Any, place: str = MA) -> Any:
    return answer("violations.prohibited", place, *facts)


@pytest.mark.parametrize("place", [*STATES, GENERAL])
def test_a_text_to_the_protected_person_breaks_a_no_contact_order(place: str) -> None:
    assert breach(order(), event("text"), place=place) == VIOLATION


@pytest.mark.parametrize("place", [*STATES, GENERAL])
def test_an_order_binds_only_the_person_it_names(place: str) -> None:
    assert breach(order(), event("text", who="robin", whom="kim"), place=place) == NONE


@pytest.mark.parametrize(
    "did", ["call", "email", "write", "message", "speak", "reply", "tag", "gift", "gesture", "hit"]
)
def test_every_way_of_reaching_a_person_is_contact(did: str) -> None:
    assert breach(order(forbids=("contact",)), event(did)) == VIOLATION


def test_a_message_to_somebody_whom_the_order_does_not_protect_is_no_breach() -> None:
    found = decide(BREACH, MA, order(), event("text", whom="sam"))
    assert (found.answer, found.deciding.element) == (NONE, "term")
    assert "does not protect Sam" in found.deciding.says


def test_nobody_knows_at_whom_an_act_was_aimed_that_the_story_does_not_say() -> None:
    assert breach(order(), event("text", whom=None)) == "unknown"


def test_an_act_without_an_actor_is_unknown() -> None:
    assert breach(order(), event("text", who=None)) == "unknown"


def test_an_order_without_terms_is_unknown() -> None:
    assert breach(order(forbids=()), event("text")) == "unknown"


class TestInForce:
    def test_an_act_before_the_order_breaks_nothing(self) -> None:
        assert breach(order(), event(day=date(2026, 1, 4))) == NONE

    def test_an_act_after_the_last_day_breaks_nothing(self) -> None:
        assert breach(order(), event(day=date(2027, 1, 5))) == NONE

    def test_an_act_on_the_last_day_breaks_it(self) -> None:
        assert breach(order(), event(day=date(2027, 1, 4))) == VIOLATION

    def test_an_act_after_the_court_ended_the_order_breaks_nothing(self) -> None:
        assert breach(order(), step("end-order", order="paper", written=True), event()) == NONE

    def test_what_the_court_ends_later_the_same_day_was_still_in_force_before(self) -> None:
        later = step("end-order", order="paper", written=True, day=ACTED)
        assert breach(order(), event(), later) == VIOLATION
        assert breach(order(), later, event()) == NONE

    def test_between_the_spoken_and_the_written_order_the_law_is_not_known(self) -> None:
        assert breach(order(announced=date(2026, 1, 2)), event(day=date(2026, 1, 3))) == "unknown"


class TestNotice:
    @pytest.mark.parametrize("how", ["served", "in-court", "by-officer"])
    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    def test_service_presence_in_court_and_an_officers_word_are_enough(self, how: str, place: str) -> None:
        assert breach(order(notice=how, notice_day=date(2026, 1, 6)), event(), place=place) == VIOLATION

    def test_a_paper_left_at_home_is_enough_only_where_an_authority_says_so(self) -> None:
        left = order(notice="left-at-home", notice_day=date(2026, 1, 6))
        assert breach(left, event(), place=MA) == VIOLATION
        assert breach(left, event(), place=CA) == "unknown"

    @pytest.mark.parametrize("how", ["told-informally", "mailed"])
    def test_no_authority_was_read_on_other_ways_of_learning(self, how: str) -> None:
        assert breach(order(notice=how, notice_day=date(2026, 1, 6)), event()) == "unknown"

    @pytest.mark.parametrize("how", ["told-informally", "mailed"])
    def test_who_learned_what_the_order_forbids_had_notice_and_who_only_heard_of_it_had_none(self, how: str) -> None:
        heard = {"notice": how, "notice_day": date(2026, 1, 6)}
        assert breach(order(knew_terms=True, **heard), event()) == VIOLATION
        assert breach(order(knew_terms=False, **heard), event()) == NONE
        assert breach(order(knew_terms=True, **heard), event(), place=CA) == "unknown"

    def test_who_was_handed_the_paper_cannot_say_that_he_did_not_know_its_terms(self) -> None:
        assert breach(order(knew_terms=False, notice="served", notice_day=MADE), event()) == VIOLATION

    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    def test_without_notice_there_is_no_breach(self, place: str) -> None:
        assert breach(order(notice="none"), event(), place=place) == NONE

    def test_notice_of_the_hearing_stands_in_for_knowledge_only_where_an_authority_says_so(self) -> None:
        heard = order(notice=None, hearing_notice=True)
        assert breach(heard, event("hit"), place="us-tx") == VIOLATION
        assert breach(order(notice=None, hearing_notice=False), event("hit"), place="us-tx") == "unknown"
        assert breach(heard, event("hit"), place=MA) == "unknown"

    @pytest.mark.parametrize("notice", [None, "none"])
    def test_a_temporary_order_handed_over_in_time_that_names_the_hearing_is_notice_of_it(self, notice: str) -> None:
        def after(**first: Any) -> str:
            short = order(id="short", kind="ex-parte", day=date(2025, 12, 20), ends=date(2026, 1, 4), **first)
            return str(breach(order(notice=notice, extends="short"), short, event("hit"), place="us-tx"))

        named = {"hearing": date(2026, 1, 4), "notice": "served", "notice_day": date(2025, 12, 22)}
        assert after(**named) == VIOLATION
        for less in ({"hearing": None}, {"notice": "told-informally"}, {"notice_day": date(2026, 1, 6)}):
            assert after(**{**named, **less}) == (NONE if notice else "unknown")

    def test_an_order_made_without_a_hearing_is_not_known_from_one(self) -> None:
        early = order(kind="ex-parte", notice=None, hearing_notice=True)
        assert breach(early, event("hit"), place="us-tx") == "unknown"

    def test_who_knows_only_that_there_is_an_order_need_not_obey_where_the_law_asks_for_its_contents(self) -> None:
        for place, expected in (("us-ny", NONE), ("us-nj", NONE), (MA, NONE), (CA, "unknown")):
            assert breach(order(knew_terms=False), event(), place=place) == expected
        assert breach(order(knew_terms=True), event(), place="us-ny") == VIOLATION

    def test_a_way_of_learning_may_be_refused_by_the_law_of_the_day(self) -> None:
        told = order(
            day=date(2010, 4, 12), notice="told-informally", notice_day=date(2010, 4, 16), ends=date(2011, 4, 11)
        )
        assert breach(told, event(day=date(2010, 4, 17)), place="us-oh") == NONE
        assert breach(order(notice="told-informally", notice_day=date(2026, 1, 6)), event(), place="us-oh") == "unknown"

    def test_being_told_by_anybody_is_enough_where_only_knowledge_counts(self) -> None:
        assert breach(order(notice="told-informally", notice_day=date(2026, 1, 6)), event(), place="us-pa") == VIOLATION

    def test_notice_after_the_act_comes_too_late(self) -> None:
        assert breach(order(notice=None, served=date(2026, 6, 11)), event()) == NONE

    def test_a_story_silent_on_notice_gives_no_answer(self) -> None:
        assert breach(order(notice=None), event()) == "unknown"
        assert breach(order(notice="by-officer"), event()) == "unknown"

    def test_who_knew_the_temporary_order_and_missed_its_hearing_had_to_expect_the_next_one(self) -> None:
        def next_one(how: str, *missed: Any, place: str = MA) -> Any:
            first = order("first", kind="ex-parte", day=date(2025, 12, 20), notice=how, notice_day=date(2025, 12, 21))
            after = order(notice="none", extends="first")
            return answer(BREACH, place, after, first, *missed, event())

        missed = step("miss-hearing", who="kim", day=date(2026, 1, 5))
        assert next_one("left-at-home", missed) == VIOLATION
        assert next_one("left-at-home") == NONE
        assert next_one("told-informally", missed) == NONE
        assert next_one("served", step("miss-hearing", who="robin", day=date(2026, 1, 5))) == NONE

    def test_a_long_order_that_continues_another_one_needs_notice_of_its_own(self) -> None:
        first = order("first", day=date(2025, 1, 5), ends=date(2026, 1, 5))
        missed = step("miss-hearing", who="kim", day=date(2026, 1, 5))
        assert breach(order(notice="none", extends="first"), first, missed, event()) == NONE

    def test_past_the_first_end_the_restrained_person_must_know_of_the_extension(self) -> None:
        def extended(**given: Any) -> Any:
            until = step("extend-order", order="paper", until=date(2028, 1, 4), day=date(2026, 12, 28), **given)
            return breach(order(), until, event(day=date(2027, 6, 1)))

        assert extended(served=True) == VIOLATION
        assert extended(served=False) == NONE
        assert extended() == "unknown"

    def test_within_the_first_term_the_extension_does_not_matter(self) -> None:
        until = step("extend-order", order="paper", until=date(2028, 1, 4), served=False)
        assert breach(order(), until, event()) == VIOLATION

    def test_who_was_at_the_extension_knows_of_it(self) -> None:
        day = date(2026, 12, 28)
        until = step("extend-order", order="paper", until=date(2028, 1, 4), day=day)
        there = step("appear", "there", who="kim", day=day)
        assert breach(order(), until, there, event(day=date(2027, 6, 1))) == VIOLATION


class TestTerms:
    def test_a_peaceful_call_does_not_break_an_order_against_abuse_only(self) -> None:
        assert breach(order(forbids=("abuse",)), event("call", peaceful=True)) == NONE

    @pytest.mark.parametrize("did", ["hit", "threaten"])
    def test_force_and_threats_break_an_order_against_abuse(self, did: str) -> None:
        assert breach(order(forbids=("abuse",)), event(did)) == VIOLATION

    @pytest.mark.parametrize("did", ["hit", "threaten"])
    def test_force_and_threats_are_contact_too(self, did: str) -> None:
        assert breach(order(forbids=("contact",)), event(did)) == VIOLATION

    def test_an_unkind_word_is_harassment_but_whether_it_is_abuse_is_not_said(self) -> None:
        rude = event("text", purpose="harass", peaceful=False)
        assert prohibited(order(forbids=("abuse", "harass")), rude) == "forbidden"
        assert prohibited(order(forbids=("abuse",)), rude) == "unknown"

    def test_damage_is_harassment_where_the_order_forbids_that(self) -> None:
        assert prohibited(order(forbids=("harass",)), event("damage")) == "forbidden"
        assert prohibited(order(forbids=("abuse",)), event("damage")) == "unknown"

    @pytest.mark.parametrize(
        ("did", "term"),
        [("possess-firearm", "firearms"), ("withhold-support", "support"), ("keep-child", "custody"),
         ("withhold-compensation", "compensation"), ("look-for", "locate")],
    )  # fmt: skip
    def test_a_special_term_covers_its_own_act_and_no_other_term_does(self, did: str, term: str) -> None:
        assert prohibited(order(forbids=(term,)), event(did, whom=None)) == "forbidden"
        assert prohibited(order(), event(did, whom=None)) == "allowed"

    def test_a_letter_reaches_also_while_the_protected_person_is_out(self) -> None:
        assert breach(order(), event("gift", at="home", present=False)) == VIOLATION

    def test_nobody_speaks_to_a_person_who_is_not_there(self) -> None:
        assert breach(order(), event("speak", present=False)) == NONE

    def test_doing_nothing_breaks_nothing(self) -> None:
        assert breach(order(), event("nothing")) == NONE

    def test_a_post_open_to_everybody_is_unsettled_in_one_place_and_not_read_on_in_another(self) -> None:
        post = event("post", by="public-post", whom=None)
        assert breach(order(), post, place=CA) == "unsettled"
        assert breach(order(), post, place=MA) == "unknown"

    def test_what_a_newspaper_carries_to_the_protected_person_is_contact(self) -> None:
        assert breach(order(), event("post", by="public-post", through="sam")) == VIOLATION
        assert breach(order(), event("post", by="public-post", whom="sam", through="lee")) == "unknown"

    def test_a_post_that_names_the_protected_person_so_that_it_arrives_is_contact(self) -> None:
        assert breach(order(), event("post", by="social-media")) == VIOLATION

    def test_filming_is_contact_from_the_day_on_which_a_court_said_so(self) -> None:
        paper = order(day=date(2014, 1, 5), face="until-further-order", ends=None)
        assert breach(paper, event("film", day=date(2015, 3, 19)), place="us-nj") == NONE
        assert breach(paper, event("film", day=date(2015, 3, 20)), place="us-nj") == VIOLATION

    def test_a_threat_to_somebody_else_does_not_break_an_order_against_abuse(self) -> None:
        assert breach(order(forbids=("abuse",)), event("threaten", whom="sam")) == NONE
        assert breach(order(forbids=("abuse",)), event("hit", whom="sam")) == NONE

    def test_a_post_about_the_protected_person_breaks_a_term_against_posting(self) -> None:
        silent = order(forbids=("contact", "posting"))
        assert breach(silent, event("post", by="public-post")) == VIOLATION
        assert breach(order(forbids=("posting",)), event("post", by="public-post", whom="sam")) == NONE

    def test_a_term_that_no_statute_allows_cannot_be_broken_where_an_authority_says_so(self) -> None:
        void = order(forbids=("harass", "stay-away"), places=("event",), unauthorised=("stay-away",))
        there = event("enter", at="event", whom=None)
        assert breach(void, there, place="us-ny") == NONE
        assert breach(order(forbids=("harass", "stay-away"), places=("event",)), there, place="us-ny") == VIOLATION
        assert breach(void, there, place=MA) == "unknown"

    def test_a_void_term_takes_nothing_from_a_good_one(self) -> None:
        assert breach(order(forbids=("contact", "stay-away"), unauthorised=("stay-away",)), event(), place="us-ny") == (
            VIOLATION
        )

    def test_no_authority_was_read_on_filming(self) -> None:
        assert breach(order(), event("film", present=True)) == "unknown"

    def test_the_court_can_take_a_term_away_in_writing(self) -> None:
        dropped = step("change-order", order="paper", drops=("contact",), written=True)
        assert breach(order(), dropped, event()) == NONE
        assert breach(order(), event(), step("change-order", order="paper", drops=("contact",), day=ACTED)) == VIOLATION

    def test_a_term_taken_away_by_word_of_mouth_stands(self) -> None:
        dropped = step("change-order", order="paper", drops=("contact",), written=False)
        assert breach(order(), dropped, event()) == VIOLATION

    def test_a_class_of_children_is_protected_by_age(self) -> None:
        young = order(protects=("robin",), protects_children_under=12)
        assert breach(young, event("text", whom="lee")) == VIOLATION
        assert breach(order(protects_children_under=6), event("text", whom="lee")) == NONE
        assert breach(young, event("text", whom="sam")) == "unknown"


class TestComingNear:
    @pytest.mark.parametrize("place", STATES)
    def test_inside_the_distance_is_a_breach_and_outside_is_not(self, place: str) -> None:
        near = {"present": True, "at": "public"}
        assert breach(order(**FAR), event("come-near", distance=49, **near), place=place) == VIOLATION
        assert breach(order(**FAR), event("come-near", distance=50, **near), place=place) == NONE

    def test_how_near_must_be_known_where_the_order_names_a_distance(self) -> None:
        assert breach(order(**FAR), event("come-near", present=True)) == "unknown"

    @pytest.mark.parametrize("did", ["approach", "speak", "meet", "hit"])
    def test_face_to_face_is_always_inside_the_distance(self, did: str) -> None:
        assert breach(order(forbids=("stay-away",), distance=50), event(did, present=True)) == VIOLATION

    def test_a_ban_on_every_place_where_somebody_is_binds_nobody_where_an_authority_says_so(self) -> None:
        wide = order(forbids=("contact", "stay-away"), places=("home", "anywhere"))
        game = event("come-near", at="event", present=True)
        assert breach(wide, game, place="us-nj") == NONE
        assert breach(wide, game, place=MA) == "unknown"
        assert breach(wide, event("enter", at="home"), place="us-nj") == VIOLATION
        assert breach(wide, event("speak", at="event"), place="us-nj") == VIOLATION

    def test_with_a_distance_a_ban_on_every_place_is_measured(self) -> None:
        wide = order(forbids=("stay-away",), places=("anywhere",), distance=50)
        assert breach(wide, event("come-near", distance=20, present=True)) == VIOLATION
        assert breach(wide, event("come-near", distance=80, present=True)) == NONE

    def test_a_named_place_is_closed_to_the_restrained_person(self) -> None:
        work = order(forbids=("stay-away",), places=("work",))
        assert breach(work, event("enter", at="work", present=True)) == VIOLATION
        assert breach(work, event("enter", at="public", present=False)) == NONE

    def test_a_named_place_is_closed_while_nobody_is_there_only_where_an_authority_says_so(self) -> None:
        home = order(forbids=("stay-away",), places=("home",))
        assert breach(home, event("enter", at="home", present=False), place=MA) == VIOLATION
        assert breach(home, event("enter", at="home", present=False), place=CA) == "unknown"

    def test_across_the_street_from_work_after_the_protected_person_has_left_is_no_breach(self) -> None:
        work = order(forbids=("stay-away",), places=("work",), distance=100)
        assert breach(work, event("wait-near", at="public", present=False)) == NONE
        assert breach(work, event("wait-near", at="public", present=False, distance=120)) == NONE

    def test_next_door_it_matters_how_near(self) -> None:
        home = order(forbids=("stay-away",), places=("home",), distance=50)
        assert breach(home, event("wait-near", at="next-door", distance=20)) == VIOLATION
        assert breach(home, event("wait-near", at="next-door")) == "unknown"

    def test_beside_a_place_without_a_distance_it_matters_who_could_be_reached(self) -> None:
        home = order(forbids=("stay-away",), places=("home",))
        near = {"at": "public", "beside": "home"}
        assert breach(home, event("wait-near", within_reach=True, **near)) == VIOLATION
        assert breach(home, event("wait-near", within_reach=True, present=False, **near)) == VIOLATION
        assert breach(home, event("wait-near", within_reach=False, **near)) == NONE
        assert breach(home, event("wait-near", **near)) == "unknown"
        far = order(forbids=("stay-away",), places=("home",), distance=50)
        assert breach(far, event("wait-near", within_reach=False, **near)) == "unknown"
        assert breach(far, event("wait-near", within_reach=False, present=False, **near)) == NONE
        assert breach(home, event("wait-near", within_reach=True, **near), place=CA) == "unknown"

    def test_following_breaks_a_term_to_stay_away_though_a_distance_is_kept_where_an_authority_says_so(self) -> None:
        apart, follow = order(forbids=("stay-away",), distance=50), event("follow", at="vehicle", distance=60)
        assert breach(apart, follow) == VIOLATION
        assert breach(apart, follow, place=CA) == "unknown"
        assert breach(apart, event("come-near", at="public", distance=60, present=True)) == NONE

    def test_beside_a_place_a_distance_on_the_paper_goes_before_reach(self) -> None:
        home = order(forbids=("stay-away",), places=("home",), distance=50)
        act = event("wait-near", at="public", beside="home", within_reach=True, distance=80)
        assert breach(home, act) == NONE

    def test_who_must_leave_the_home_may_not_come_back_for_a_visit(self) -> None:
        out = order(forbids=("vacate",))
        assert breach(out, event("visit", at="home", present=True)) == VIOLATION
        assert breach(out, event("enter", at="home", present=False)) == VIOLATION
        assert breach(out, event("meet", at="public", present=True)) == NONE

    def test_being_near_without_a_word_under_a_bare_no_contact_term_depends_on_authority(self) -> None:
        near = event("come-near", at="public", present=True)
        assert breach(condition("probation-condition"), near, place=MA) == VIOLATION
        assert breach(order(), near, place=MA) == VIOLATION
        assert breach(order(ground="harassment"), near, place=MA) == "unknown"
        assert breach(order(), event("come-near", at="public")) == "unknown"
        assert breach(order(), event("come-near", at="public", present=False)) == NONE


class TestExceptions:
    @pytest.mark.parametrize(
        ("allows", "act"),
        [
            ("child-exchange", event("meet", purpose="child-exchange", brief=True, peaceful=True)),
            ("child-call", event("call", purpose="child-call")),
            ("child-message", event("text", purpose="child-message", peaceful=True)),
            ("fetch-belongings", event("visit", purpose="fetch-belongings", at="home", present=True)),
            ("peaceful-contact", event("text", peaceful=True)),
            ("peaceful-contact", event("meet", purpose="child-exchange", peaceful=True)),
            ("incidental-public", event("speak", at="public", accident=True)),
        ],
    )
    def test_what_the_order_allows_in_writing_is_no_breach(self, allows: str, act: Any) -> None:
        assert breach(order(), act) != NONE
        assert breach(order(allows=(allows,)), act) == NONE

    @pytest.mark.parametrize("beyond", [{"brief": False}, {"peaceful": False}])
    def test_beyond_the_exception_is_a_breach(self, beyond: dict[str, bool]) -> None:
        act = event("meet", purpose="child-exchange", **beyond)
        found = decide(BREACH, MA, order(allows=("child-exchange",)), act)
        assert found.answer == VIOLATION
        assert any(step.element == "exception" and step.met is False for step in found.because)

    @pytest.mark.parametrize("did", ["hit", "threaten"])
    def test_no_exception_allows_force_or_threats(self, did: str) -> None:
        free = order(allows=("child-exchange", "peaceful-contact"))
        assert breach(free, event(did, purpose="child-exchange", peaceful=True, brief=True)) == VIOLATION

    def test_whether_contact_was_peaceful_must_be_known_where_that_is_allowed(self) -> None:
        assert breach(order(allows=("peaceful-contact",)), event("text")) == "unknown"

    @pytest.mark.parametrize("place", STATES)
    def test_court_papers_may_come_through_an_officer_but_not_by_the_restrained_persons_own_hand(
        self, place: str
    ) -> None:
        papers = {"purpose": "court-papers", "by": "in-person"}
        assert breach(order(), event("serve-papers", who="sam", asked_by="kim", **papers), place=place) == NONE
        assert breach(order(), event("visit", present=True, **papers), place=place) == VIOLATION

    def test_an_exception_written_later_counts_from_then_on(self) -> None:
        allowed = step("change-order", order="paper", allows=("child-message",), written=True)
        act = event("text", purpose="child-message")
        assert breach(order(), allowed, act) == NONE
        assert breach(order(), act) == VIOLATION


class TestThirdPeople:
    @pytest.mark.parametrize("place", STATES)
    def test_what_a_friend_does_unasked_does_not_count(self, place: str) -> None:
        assert breach(order(), event("speak", who="sam"), place=place) == NONE

    def test_whether_a_friends_own_idea_counts_was_not_read_on_everywhere(self) -> None:
        assert breach(order(), event("speak", who="sam"), place=GENERAL) == "unknown"

    @pytest.mark.parametrize("did", ["speak", "text", "pass-on", "gift"])
    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    def test_what_a_friend_does_at_the_restrained_persons_wish_counts(self, did: str, place: str) -> None:
        assert breach(order(), event(did, who="sam", asked_by="kim"), place=place) == VIOLATION

    def test_a_friend_who_was_sent_before_acts_at_the_restrained_persons_wish(self) -> None:
        sent = event("ask-other-to-tell", "sent", through="sam", day=date(2026, 6, 9))
        assert breach(order(), sent, event("pass-on", who="sam")) == VIOLATION

    def test_a_message_sent_through_a_friend_is_contact(self) -> None:
        assert "somebody else" in why(BREACH, MA, order(), event("ask-other-to-tell", through="sam"))

    def test_for_whom_a_message_was_must_be_known(self) -> None:
        assert breach(order(), event("ask-other-to-tell", whom="sam")) == "unknown"


class TestExcuses:
    def test_a_chance_meeting_is_excused_only_if_the_restrained_person_leaves(self) -> None:
        met = {"present": True, "distance": 5, "accident": True}
        for place in STATES:
            assert breach(order(**FAR), event("come-near", left="at-once", **met), place=place) == NONE
            assert breach(order(**FAR), event("come-near", left="stayed", **met), place=place) == VIOLATION
            assert breach(order(**FAR), event("come-near", **met), place=place) == "unknown"

    def test_chance_under_a_bare_no_contact_term_is_no_breach_either_way(self) -> None:
        met = event("come-near", present=True, accident=True, left="at-once")
        assert breach(order(), met) == NONE

    def test_who_never_learned_whose_home_it_was_broke_nothing(self) -> None:
        near = {"beside": "home", "distance": 5, "present": False, "accident": True}
        paper = order(forbids=("stay-away",), places=("home",), distance=50)
        for place in STATES:
            assert breach(paper, event("pass-by", left="unaware", **near), place=place) == NONE
            assert breach(paper, event("pass-by", left="stayed", **near), place=place) == VIOLATION

    def test_chance_excuses_no_blow(self) -> None:
        assert breach(order(), event("hit", accident=True, left="at-once")) == VIOLATION

    def test_contact_by_the_way_of_a_call_to_a_child_is_excused_where_an_authority_says_so(self) -> None:
        assert breach(order(), event("call", incidental=True), place=MA) == NONE
        assert breach(order(), event("call", incidental=True), place=CA) == "unknown"

    def test_a_technical_breach_is_excused_where_an_authority_says_so(self) -> None:
        for place, expected in (("us-nj", NONE), (MA, "unknown"), (CA, "unknown")):
            assert breach(order(), event("call", trivial=True), place=place) == expected
            assert breach(order(), event("call", trivial=False), place=place) == VIOLATION
        assert breach(order(), event("hit", trivial=True), place="us-nj") == VIOLATION

    def test_where_a_trifle_is_excused_a_peaceful_errand_must_be_told_in_full(self) -> None:
        errand = {"purpose": "fetch-belongings", "present": True}
        assert breach(order(), event("visit", **errand), place="us-nj") == "unknown"
        assert breach(order(), event("visit", peaceful=False, **errand), place="us-nj") == VIOLATION
        assert breach(order(), event("visit", **errand), place=MA) == VIOLATION

    @pytest.mark.parametrize("place", STATES)
    def test_who_cannot_obey_breaks_nothing(self, place: str) -> None:
        assert breach(order(), event("text", able=False), place=place) == NONE
        assert breach(order(), event("text", able=True), place=place) == VIOLATION

    def test_what_the_words_of_the_order_leave_open_is_no_breach_where_an_authority_says_so(self) -> None:
        for place, expected in (("us-nj", NONE), ("us-pa", NONE), ("us-ny", NONE), (MA, "unknown")):
            assert breach(order(), event(unclear=True), place=place) == expected
        assert breach(order(), event(unclear=False), place="us-nj") == VIOLATION

    @pytest.mark.parametrize("place", ["us-pa", "us-ny"])
    def test_where_a_breach_must_be_meant_an_act_without_that_intent_is_none(self, place: str) -> None:
        assert breach(order(), event("speak", intended=False), place=place) == NONE
        assert breach(order(), event("speak", intended=True), place=place) == VIOLATION
        assert breach(order(), event("speak"), place=place) == VIOLATION

    @pytest.mark.parametrize("place", [MA, CA, "us-tx", "us-co", "us-oh"])
    def test_elsewhere_a_breach_need_not_be_meant(self, place: str) -> None:
        found = decide(BREACH, place, order(notice=None, served=MADE), event("hit", intended=False))
        assert (found.answer, found.deciding.aside) == (VIOLATION, True)

    @pytest.mark.parametrize("place", STATES)
    def test_an_order_made_without_power_cannot_be_broken_but_a_wrong_one_can(self, place: str) -> None:
        assert breach(order(without_jurisdiction=True), event(), place=place) == NONE
        assert breach(order(wrongly_made=True), event(), place=place) == VIOLATION

    @pytest.mark.parametrize("place", STATES)
    def test_nobody_breaks_a_final_order_made_without_notice_of_the_hearing(self, place: str) -> None:
        assert breach(order(hearing_notice=False), event(), place=place) == NONE
        assert breach(order(hearing_notice=True), event(), place=place) == VIOLATION
        assert breach(order(hearing_notice=False), event(), place="us-fl") == "unknown"

    @pytest.mark.parametrize("place", STATES)
    def test_a_temporary_order_binds_although_nobody_was_heard(self, place: str) -> None:
        short = order(kind="ex-parte", hearing_notice=False, ends=date(2026, 6, 12), day=date(2026, 6, 8))
        assert breach(short, event(), place=place) == VIOLATION


class TestWhatChangesNothing:
    @pytest.mark.parametrize("place", [*STATES, GENERAL])
    @pytest.mark.parametrize("did", ["invite", "agree"])
    def test_the_protected_persons_wish_changes_nothing(self, place: str, did: str) -> None:
        found = decide(BREACH, place, order(), step(did, who="robin", whom="kim"), event())
        assert (found.answer, found.deciding.element) == (VIOLATION, "consent_is_defence")

    def test_an_answer_to_the_protected_person_is_a_breach(self) -> None:
        asked = event("text", "asked", who="robin", whom="kim")
        assert breach(order(), asked, event("reply", answers="asked")) == VIOLATION
        assert breach(order(), event("reply", started_by="robin")) == VIOLATION

    def test_an_invitation_after_the_act_or_before_the_order_is_not_even_mentioned(self) -> None:
        late = step("invite", who="robin", day=date(2026, 7, 1))
        early = step("invite", who="robin", day=date(2025, 7, 1))
        for asked in (late, early):
            assert decide(BREACH, MA, order(), asked, event()).deciding.element == "term"

    @pytest.mark.parametrize("place", STATES)
    @pytest.mark.parametrize("belief", ["her-word", "judge-word", "later-paper", "own-reading", "lawyer-word"])
    def test_a_mistaken_belief_changes_nothing(self, place: str, belief: str) -> None:
        assert breach(order(), event(believes=belief), place=place) == VIOLATION

    @pytest.mark.parametrize("place", STATES)
    def test_a_judges_spoken_word_changes_nothing(self, place: str) -> None:
        said = step("say-from-bench", order="paper", written=False)
        assert breach(order(), said, event(), place=place) == VIOLATION

    def test_whether_a_spoken_word_counts_is_not_read_on_everywhere(self) -> None:
        said = step("say-from-bench", order="paper", written=False)
        assert breach(order(), said, event(), place=GENERAL) == "unknown"

    def test_an_officers_leave_changes_nothing_unless_the_condition_gives_that_power(self) -> None:
        leave = step("permit", who="sam", whom="kim", order="paper")
        assert breach(condition("probation-condition"), leave, event()) == VIOLATION
        empowered = condition("probation-condition", permission_by="sam")
        assert breach(empowered, leave, event(), place="us") == NONE
        assert breach(empowered, leave, event()) == "unknown"


class TestOtherStates:
    def abroad(self, **given: Any) -> Finding:
        return decide(BREACH, CA, order(made_in=MA, **given), event())

    def test_an_order_of_another_state_is_enforced_without_registration(self) -> None:
        found = self.abroad(hearing_notice=True)
        assert found.answer == VIOLATION
        assert any("need not be registered" in because.says for because in found.because)

    def test_an_order_made_without_notice_or_power_is_not_enforced_elsewhere(self) -> None:
        assert self.abroad(hearing_notice=False).answer == NONE
        assert self.abroad(without_jurisdiction=True).answer == NONE

    def test_the_half_of_a_mutual_order_against_who_petitioned_needs_a_request_of_the_other_side(self) -> None:
        asked = step("petition", who="kim", whom="robin", day=date(2026, 1, 2), written=True)
        paper = order(made_in=MA, hearing_notice=True)
        assert breach(paper, asked, event(), place=CA) == NONE
        own = step("cross-petition", "own", who="robin", whom="kim", day=date(2026, 1, 3), written=True)
        assert breach(paper, asked, own, event(), place=CA) == VIOLATION

    def test_an_order_of_a_place_whose_law_was_not_read_stands_by_its_paper(self) -> None:
        far = order(made_in="us-zz")
        assert breach(far, event()) == VIOLATION
        assert breach(far, event(day=date(2027, 1, 5))) == NONE
        assert answer("violations.consequences", MA, far, event()) == {"crime", "contempt"}

    def test_once_somebody_touched_it_or_without_a_last_day_that_law_must_be_read(self) -> None:
        longer = step("extend-order", order="paper", until=date(2028, 1, 4), written=True, served=True)
        assert breach(order(made_in="us-zz"), longer, event()) == "unknown"
        assert breach(order(made_in="us-zz", ends=None, face="blank"), event()) == "unknown"


class TestConsequences:
    def follows(self, place: str, *facts: Any) -> Any:
        return answer("violations.consequences", place, *facts)

    def test_what_follows_depends_on_the_family_of_the_order(self) -> None:
        assert self.follows(MA, order(), event()) == {"crime", "contempt"}
        assert self.follows(MA, condition(), event()) == {"revocation", "detention", "contempt"}
        assert self.follows(MA, condition("probation-condition"), event()) == {"revocation"}
        assert self.follows(CA, condition("probation-condition"), event()) == {"revocation"}
        assert self.follows(CA, condition(), event()) == {"crime"}

    def test_what_follows_depends_on_the_term(self) -> None:
        paper = order(forbids=("contact", "support"))
        assert self.follows(MA, paper, event("withhold-support", whom=None)) == {"contempt"}

    def test_nothing_follows_where_nothing_is_broken(self) -> None:
        assert self.follows(MA, order(), event("nothing")) == NONE

    def test_what_follows_from_an_act_done_elsewhere_is_not_said(self) -> None:
        assert self.follows(MA, order(), event(state=CA)) == "unknown"

    def test_an_agreement_outside_the_register_is_unsettled_at_most(self) -> None:
        assert self.follows(CA, order(kind="agreement"), event()) == "unknown"

    def test_a_day_before_the_first_value_is_unknown(self) -> None:
        old = order(day=date(1980, 1, 7), ends=date(1981, 1, 5))
        assert self.follows(MA, old, event(day=date(1980, 6, 2))) == "unknown"


class TestArrest:
    def arrest(self, place: str, *facts: Any) -> Any:
        return answer("violations.arrest", place, *facts)

    @pytest.mark.parametrize("place", STATES)
    def test_police_must_arrest_for_contact_under_a_family_order(self, place: str) -> None:
        assert self.arrest(place, order(), event()) == "mandatory"

    def test_police_may_not_arrest_for_a_condition_of_release(self) -> None:
        assert self.arrest(MA, condition(), event()) == "not-allowed"

    def test_the_duty_to_arrest_does_not_reach_unpaid_support(self) -> None:
        assert self.arrest(MA, order(forbids=("support",)), event("withhold-support", whom=None)) == "unknown"

    def test_places_differ_so_the_general_rule_is_unsettled(self) -> None:
        assert self.arrest(GENERAL, order(), event()) == "unsettled"

    def test_orders_both_ways_may_change_the_duty_to_arrest(self) -> None:
        other = order("other", binds="robin", protects=("kim",))
        ended = event("end-order", "end", day=date(2026, 5, 4), who=None, whom=None, order="other", written=True)
        assert self.arrest(CA, order(), other, event()) == "discretion"
        assert self.arrest(CA, order(), other, ended, event()) == "mandatory"
        assert self.arrest(MA, order(), other, event()) == "mandatory"

    def test_there_is_no_arrest_without_a_breach(self) -> None:
        assert self.arrest(MA, order(), event("nothing")) == "not-allowed"


def test_prohibited_leaves_notice_and_chance_aside() -> None:
    assert prohibited(order(notice="none"), event()) == "forbidden"
    assert prohibited(order(**FAR), event("come-near", distance=5, present=True, accident=True)) == "forbidden"
    assert prohibited(order(allows=("child-call",)), event("call", purpose="child-call")) == "allowed"


def test_both_families_of_orders_share_the_elements() -> None:
    case = charge()
    for place in STATES:
        assert breach(condition(case="charge"), case, tie(), event(), place=place) == VIOLATION
    assert breach(condition(case="charge"), case, event(who="robin", whom="kim")) == NONE


class TestWhatABreachMayCost:
    def test_jail_and_fine_have_a_highest_measure(self) -> None:
        for place, jail, fine in ((MA, "30 months", "5000 dollars"), (CA, "1 year", "1000 dollars")):
            assert answer("violations.longest_jail", place, order(), event()) == jail
            assert answer("violations.highest_fine", place, order(), event()) == fine

    def test_what_breaks_no_order_costs_nothing(self) -> None:
        assert answer("violations.longest_jail", MA, order(), event(who="robin", whom="kim")) == "no-violation"

    def test_the_measure_for_a_crime_does_not_hold_for_a_term_that_is_none(self) -> None:
        paper = order(forbids=("abuse", "support"))
        assert answer("violations.longest_jail", MA, paper, event("withhold-support")) == "unknown"


class TestTheLastHour:
    SHORT: ClassVar[dict[str, Any]] = {"kind": "ex-parte", "ends": date(2026, 1, 14), "hearing": date(2026, 1, 14)}

    @pytest.mark.parametrize(("hour", "answer"), [(time(15, 59), "violation"), (time(16), "no-violation")])
    def test_an_order_that_ends_at_an_hour_binds_up_to_that_hour(self, hour: time, answer: str) -> None:
        assert breach(order(**self.SHORT), event(day=date(2026, 1, 14), hour=hour)) == answer

    @pytest.mark.parametrize(("hour", "answer"), [(time(11), "violation"), (time(17), "no-violation")])
    def test_an_order_whose_hearing_the_protected_person_misses_still_runs_to_that_hour(
        self, hour: time, answer: str
    ) -> None:
        missed = step("miss-hearing", who="robin", day=date(2026, 1, 14))
        later = order(**self.SHORT | {"hearing": date(2026, 1, 14), "ends": date(2026, 1, 16)})
        for paper in (order(**self.SHORT), later):
            assert breach(paper, missed, event(day=date(2026, 1, 14), hour=hour)) == answer

    def test_on_the_last_day_the_hour_must_be_known(self) -> None:
        assert breach(order(**self.SHORT), event(day=date(2026, 1, 14))) == "unknown"
        assert breach(order(**self.SHORT), event(day=date(2026, 1, 13))) == "violation"

    def test_where_no_hour_is_on_file_an_act_at_an_hour_of_the_last_day_stays_open(self) -> None:
        paper = order(ends=ACTED)
        assert breach(paper, event(), place=CA) == "violation"
        assert breach(paper, event(hour=time(18)), place=CA) == "unknown"


class TestFromJail:
    LETTER = event("write", by="letter", at="jail")

    def test_a_condition_of_release_binds_there_where_an_authority_says_so(self) -> None:
        assert decide("violations.breach", "us-nc", condition(), charge(), self.LETTER).answer == "violation"

    def test_elsewhere_that_is_not_known(self) -> None:
        assert decide("violations.breach", "us-ma", condition(), charge(), self.LETTER).answer == "unknown"

    def test_an_order_that_is_no_condition_of_release_binds_anywhere(self) -> None:
        assert decide("violations.breach", "us-ma", order(), self.LETTER).answer == "violation"

    def test_outside_jail_nobody_asks(self) -> None:
        assert (
            decide("violations.breach", "us-ma", condition(), charge(), event("write", by="letter")).answer
            == "violation"
        )


class TestHarassing:
    QUIET = {"forbids": ("harass",)}

    @pytest.mark.parametrize(("effect", "found"), [("annoys", NONE), ("distresses", NONE), ("frightens", VIOLATION)])
    def test_is_what_the_law_of_the_place_says(self, effect: str, found: str) -> None:
        assert breach(order(**self.QUIET), event(effect=effect, purpose="reconcile"), place="us-vt") == found
        assert breach(order(**self.QUIET), event(effect=effect, purpose="harass"), place="us-vt") == found

    def test_cannot_be_told_there_from_ill_will_alone(self) -> None:
        assert breach(order(**self.QUIET), event(purpose="harass"), place="us-vt") == "unknown"

    def test_covers_ill_will_where_only_the_words_of_the_order_speak(self) -> None:
        assert breach(order(**self.QUIET), event(purpose="harass", effect="annoys")) == VIOLATION
        assert breach(order(**self.QUIET), event(purpose="reconcile", effect="annoys")) == "unknown"

    def test_needs_no_word_on_the_effect_of_an_act_without_ill_will(self) -> None:
        assert breach(order(**self.QUIET), event(purpose="reconcile"), place="us-vt") == NONE

    def test_that_is_denied_cites_the_law_that_denies_it(self) -> None:
        finding = decide(BREACH, "us-vt", order(**self.QUIET), event(effect="annoys"))
        assert "Waters" in finding.deciding.cites[0].cite


class TestTheKindOfNotice:
    HERE = {"made_in": "us-nh", "hearing_notice": True}

    def test_of_an_order_of_another_state_is_what_that_state_asks_for_where_the_law_here_says_so(self) -> None:
        for how, found in (("mailed", VIOLATION), ("served", VIOLATION), ("in-court", NONE), ("told-informally", NONE)):
            paper = order(notice=how, notice_day=date(2026, 1, 6), **self.HERE)
            assert breach(paper, event(), place="us-vt") == found, how

    def test_of_an_order_made_here_is_what_the_law_here_asks_for(self) -> None:
        assert breach(order(notice="in-court"), event(), place="us-vt") == VIOLATION
        assert breach(order(notice="mailed", notice_day=date(2026, 1, 6)), event(), place="us-vt") == NONE

    def test_by_knowledge_is_enough_where_the_law_says_so(self) -> None:
        paper = order(notice="told-informally", notice_day=date(2026, 1, 6))
        assert breach(paper, event(), place="us-nh") == VIOLATION

    def test_by_a_paper_left_behind_brings_no_knowledge_for_certain(self) -> None:
        paper = order(notice="left-at-home", notice_day=date(2026, 1, 6))
        assert breach(paper, event(), place="us-nh") == "unknown"

    def test_in_a_way_nobody_wrote_of_stays_unknown(self) -> None:
        paper = order(notice="told-informally", notice_day=date(2026, 1, 6))
        assert breach(paper, event(), place="us-ia") == "unknown"


class TestAConditionOfRelease:
    def test_begins_with_release_where_the_law_says_so(self) -> None:
        assert breach(condition(), event("call", at="jail"), place="us-vt") == NONE
        assert breach(condition(), event("call"), place="us-vt") == VIOLATION

    def test_may_have_begun_before_a_later_arrest(self) -> None:
        arrest = step("arrest", who="kim")
        assert breach(condition(), arrest, event("call", at="jail"), place="us-vt") == "unknown"

    def test_is_not_the_same_as_another_order(self) -> None:
        assert breach(order(), event("call", at="jail"), place="us-vt") == VIOLATION


class TestBeingThere:
    ROOM = {"forbids": ("contact", "stay-away"), "distance": 50, "face": "until-further-order"}

    @pytest.mark.parametrize("did", ["stay", "come-near"])
    def test_is_no_breach_where_only_contact_is(self, did: str) -> None:
        near = event(did, distance=20, present=True)
        assert breach(condition(**self.ROOM), near, place="us-id") == NONE
        assert breach(order(**self.ROOM), near) == VIOLATION

    def test_at_a_named_place_is_none_either(self) -> None:
        paper = condition(forbids=("contact", "stay-away"), places=("work",), face="until-further-order")
        there = event("wait-near", at="work", present=True)
        assert breach(paper, there, place="us-id") == NONE

    def test_is_contact_as_soon_as_a_word_is_spoken(self) -> None:
        assert breach(condition(**self.ROOM), event("speak", present=True), place="us-id") == VIOLATION


class TestAPostAimedAtSomebody:
    def test_is_contact_once_it_is_read(self) -> None:
        assert breach(order(), event("post", by="public-post", reached=True), place="us-nh") == VIOLATION

    def test_that_nobody_is_known_to_have_read_is_another_matter(self) -> None:
        assert breach(order(), event("post", by="public-post"), place="us-nh") == "unknown"
        assert breach(order(), event("post", by="public-post", whom="sam", reached=True), place="us-nh") == "unknown"


def test_a_lawyer_who_is_told_to_call_breaks_the_order_only_before_the_law_allowed_it() -> None:
    people = PEOPLE | {"counsel": Person(name="Grace", party=False)}
    for year, found in ((2004, VIOLATION), (2026, NONE)):
        paper = order(day=date(year, 1, 5), kind="ex-parte", ends=None, served=date(year, 1, 5), notice=None)
        call = event("call", who="counsel", asked_by="kim", day=date(year, 1, 8), purpose="settle-case")
        assert (
            RULES[BREACH].apply(story(paper, call, people=people), law("us-nh"), act=call, order=paper).answer == found
        )


@pytest.mark.parametrize("place", STATES)
def test_where_somebody_came_near_must_be_told_where_the_order_names_places(place: str) -> None:
    paper = order(forbids=("stay-away",), places=("home",))
    assert breach(paper, event("visit", whom=None), place=place) == "unknown"
    assert breach(order(forbids=("vacate",)), event("visit", whom=None), place=place) == "unknown"
    assert breach(paper, event("visit", whom=None, at="public"), place=place) == NONE
    assert breach(paper, event("visit", whom=None, at="home", present=True), place=place) == VIOLATION


def test_staying_where_the_other_is_breaks_nothing_where_only_contact_counts() -> None:
    paper = condition("pretrial-order", day=date(2015, 1, 5), forbids=("contact", "stay-away"), distance=100)
    for near in ({}, {"distance": 20}):
        stays = event("stay", day=date(2015, 2, 5), at="public", present=True, **near)
        assert prohibited(paper, stays, place="us-id") in ("allowed", "unknown")
