"""Orders made under a law that was not read: what their paper says, and no more."""

from datetime import date
from typing import Any

import pytest

from grader.facts import Order
from tests.rules.stories import CA, US, answer, condition, event, order, step, tie

BARRED, FREE, UNKNOWN = "barred", "not-barred", "unknown"
YES, NO = "federal-crime", "no-federal-crime"
FAR = {"made_in": "us-zz", "hearing_notice": True, "finds_threat": True}
TRIP = step("cross-line", "trip", who="kim", intended=True, state=CA)
DAY = date(2026, 6, 10)
EXCUSES: list[dict[str, Any]] = [
    {"who": "sam"}, {"whom": "sam"}, {"accident": True}, {"incidental": True}, {"able": False},
    {"believes": "judge-word"}, {"started_by": "robin"},
]  # fmt: skip


def bar(paper: Order, *facts: Any, day: date = DAY) -> Any:
    return answer("violations.firearm_bar", US, paper, tie(), *facts, day=day)


def crime(paper: Order, act: Any = None, *facts: Any) -> Any:
    return answer("violations.interstate_crime", US, paper, TRIP, *facts, act or event(state=CA))


class TestHowLongItStands:
    def test_to_the_day_on_its_paper(self) -> None:
        paper = order(**FAR)
        days = (date(2026, 1, 4), date(2026, 1, 5), date(2027, 1, 4), date(2027, 1, 5))
        assert [bar(paper, day=day) for day in days] == [FREE, BARRED, BARRED, FREE]

    def test_until_further_order_if_the_paper_says_so(self) -> None:
        assert bar(order(**FAR, ends=None, face="until-further-order"), day=date(2031, 1, 1)) == BARRED

    def test_a_temporary_order_to_the_hearing_it_names(self) -> None:
        paper = order(**FAR, kind="ex-parte", ends=None, hearing=date(2026, 6, 12))
        assert [bar(paper, day=date(2026, 6, day)) for day in (12, 13)] == [BARRED, FREE]

    def test_an_order_for_a_criminal_case_as_long_as_the_story_tells_of_no_end(self) -> None:
        assert bar(condition(**FAR, ground="abuse")) == BARRED

    @pytest.mark.parametrize("given", [{"face": "blank"}, {}, {"kind": "probation-condition"}])
    def test_where_the_paper_shows_no_end_it_is_unknown(self, given: dict[str, Any]) -> None:
        assert bar(order(**FAR, ends=None, **given)) == UNKNOWN

    @pytest.mark.parametrize("did", ["end-order", "change-order", "extend-order", "dismiss", "acquit"])
    def test_once_a_court_touched_it_it_is_unknown(self, did: str) -> None:
        paper = order(**FAR)
        assert bar(paper, step(did, order="paper")) == UNKNOWN
        assert bar(paper, step(did, order="paper", day=date(2026, 7, 1))) == BARRED

    @pytest.mark.parametrize("did", ["convict", "sentence", "commit"])
    def test_a_step_in_the_criminal_case_touches_only_the_orders_of_that_case(self, did: str) -> None:
        assert bar(condition(**FAR, ground="abuse"), step(did)) == UNKNOWN
        assert bar(order(**FAR), step(did)) == BARRED

    def test_a_kind_of_order_that_was_not_read_in_a_place_on_file_stands_by_its_paper_too(self) -> None:
        paper = condition("probation-condition", **(FAR | {"made_in": "us-az"}), ends=date(2027, 1, 4), ground="abuse")
        assert bar(paper) == BARRED


class TestWhatBreaksIt:
    def test_contact_that_its_own_words_forbid(self) -> None:
        assert crime(order(**FAR)) == YES

    def test_force_and_threats_under_a_term_against_abuse(self) -> None:
        assert crime(order(**FAR, forbids=("abuse",)), event("hit", state=CA)) == YES
        assert crime(order(**FAR, forbids=("harass",)), event("hit", state=CA)) == UNKNOWN

    def test_meeting_face_to_face_under_a_term_to_stay_away(self) -> None:
        paper = order(**FAR, forbids=("stay-away",))
        assert crime(paper, event("meet", present=True, state=CA)) == YES
        assert crime(paper, event("meet", state=CA)) == UNKNOWN

    def test_after_its_end_there_is_no_breach(self) -> None:
        assert crime(order(**(FAR | {"ends": date(2026, 5, 1)}))) == NO

    @pytest.mark.parametrize("given", [{"notice": "mailed"}, {"notice": "none"}, {"allows": ("child-call",)}])
    def test_notice_not_handed_over_or_a_written_exception_leaves_it_unknown(self, given: dict[str, Any]) -> None:
        assert crime(order(**(FAR | given))) == UNKNOWN

    @pytest.mark.parametrize("given", EXCUSES)
    def test_so_does_another_actor_another_aim_or_an_excuse(self, given: dict[str, Any]) -> None:
        assert crime(order(**FAR), event(state=CA, **given)) == UNKNOWN

    @pytest.mark.parametrize("did", ["invite", "agree"])
    def test_so_does_a_move_of_the_protected_person(self, did: str) -> None:
        assert crime(order(**FAR), None, step(did, who="robin", whom="kim")) == UNKNOWN

    @pytest.mark.parametrize("given", [{"without_jurisdiction": True}, {"hearing_notice": False}])
    def test_so_does_a_court_without_power_over_the_bound_person(self, given: dict[str, Any]) -> None:
        assert crime(order(**(FAR | given))) == UNKNOWN

    def test_breaking_a_term_about_money_is_no_federal_crime(self) -> None:
        for term in ("support", "compensation"):
            assert crime(order(**FAR, forbids=(term,)), event(f"withhold-{term}", state=CA, whom=None)) == NO
        unpaid = event("withhold-support", state=CA, whom=None)
        assert crime(order(**FAR), unpaid) == UNKNOWN
