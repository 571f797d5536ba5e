"""Who makes which order, and on whose request."""

from datetime import date
from typing import Any

import pytest

from tests.rules.stories import CA, GENERAL, MA, MADE, STATES, US, answer, charge, condition, order, step, tie, why

CIVIL = [order(), order(kind="ex-parte", ends=None), order(kind="final", ground="harassment")]
CRIMINAL = [condition(), condition("probation-condition")]


@pytest.mark.parametrize("place", STATES)
@pytest.mark.parametrize("paper", CIVIL)
def test_a_civil_order_is_a_restraining_order_and_needs_no_criminal_case(place: str, paper: Any) -> None:
    assert answer("issuance.kind_of_order", place, paper) == "restraining-order"
    assert answer("issuance.which_court", place, paper) == "civil-court"
    assert answer("issuance.needs_a_criminal_case", place, paper) == "not-needed"


@pytest.mark.parametrize("place", STATES)
@pytest.mark.parametrize("paper", CRIMINAL)
def test_an_order_of_a_criminal_case_is_a_no_contact_order(place: str, paper: Any) -> None:
    assert answer("issuance.kind_of_order", place, paper) == "no-contact-order"
    assert answer("issuance.which_court", place, paper) == "criminal-court"
    assert answer("issuance.needs_a_criminal_case", place, paper) == "needed"


@pytest.mark.parametrize(
    ("place", "paper", "who"),
    [
        (MA, order(), {"protected-person"}),
        (CA, order(), {"protected-person"}),
        (GENERAL, order(), {"protected-person"}),
        (CA, order(kind="emergency"), {"officer"}),
        (CA, order(ground="workplace"), {"employer"}),
        (CA, condition("pretrial-order", ground="abuse"), {"court", "prosecutor"}),
        (MA, condition("pretrial-probation"), {"agreement"}),
        (MA, condition("probation-condition"), {"court"}),
        (US, condition(), {"court"}),
    ],
)
def test_who_sets_an_order_in_motion_depends_on_its_kind(place: str, paper: Any, who: set[str]) -> None:
    assert answer("issuance.who_starts", place, paper) == who


@pytest.mark.parametrize("rule", ["issuance.which_court", "issuance.kind_of_order"])
def test_an_agreement_that_no_court_made_its_own_order_has_no_court(rule: str) -> None:
    assert answer(rule, CA, order(kind="agreement")) == "unknown"


@pytest.mark.parametrize(
    "rule", ["issuance.which_court", "issuance.kind_of_order", "issuance.who_starts", "issuance.needs_a_criminal_case"]
)
class TestUnknown:
    def test_no_law_on_file_for_such_an_order(self, rule: str) -> None:
        assert answer(rule, US, order()) == "unknown"

    def test_a_day_before_the_first_value(self, rule: str) -> None:
        assert answer(rule, MA, order(day=date(1950, 1, 2))) == "unknown"


def test_what_the_law_of_most_states_does_not_say_stays_unknown() -> None:
    assert answer("issuance.who_starts", GENERAL, condition()) == "unknown"


@pytest.mark.parametrize(
    ("word", "ground", "fits"),
    [
        ("spouses", "abuse", "fits"), ("roommates", "abuse", "fits"), ("neighbours", "abuse", "does-not-fit"),
        ("neighbours", "harassment", "fits"),
    ],
)  # fmt: skip
def test_which_people_an_order_is_meant_for_is_a_matter_of_their_ties(word: str, ground: Any, fits: str) -> None:
    assert answer("issuance.relationship_fits", MA, order(ground=ground), tie(word)) == fits


def test_roommates_in_california_need_the_order_for_harassment() -> None:
    assert answer("issuance.relationship_fits", CA, order(), tie("roommates")) == "does-not-fit"
    assert answer("issuance.relationship_fits", CA, order(ground="harassment"), tie("roommates")) == "fits"


def test_without_a_word_on_what_they_are_to_each_other_nobody_knows_whether_the_order_fits() -> None:
    assert answer("issuance.relationship_fits", MA, order()) == "unknown"


@pytest.mark.parametrize("place", STATES)
@pytest.mark.parametrize("ground", ["abuse", "harassment"])
def test_no_blow_need_have_fallen(place: str, ground: Any) -> None:
    assert answer("issuance.violence_needed", place, order(ground=ground)) == "not-needed"


def test_a_victim_can_require_a_condition_of_release_in_massachusetts_and_only_ask_elsewhere() -> None:
    assert answer("issuance.request_obliges", MA, condition()) == "must"
    assert answer("issuance.request_obliges", CA, condition("pretrial-order", ground="abuse")) == "court-decides"
    assert answer("issuance.request_obliges", US, condition()) == "court-decides"


@pytest.mark.parametrize("place", STATES)
def test_an_order_forbids_contact_only_if_its_terms_say_so(place: str) -> None:
    assert answer("issuance.forbids_all_contact", place, order()) == "only-if-written"


class TestPower:
    make = "issuance.may_make"

    def test_an_order_on_conviction_needs_a_crime_that_the_law_lists(self) -> None:
        assert answer(self.make, CA, condition("sentence-order", offence="stalking")) == "may"
        assert answer(self.make, CA, condition("sentence-order", offence="other")) == "may-not"

    def test_an_order_that_no_law_lets_the_court_make_binds_nobody(self) -> None:
        paper = condition("sentence-order", offence="other", ends=date(2029, 1, 5))
        assert answer("duration.in_force", CA, paper, day=date(2026, 6, 10)) == "not-in-force"
        assert "No law gives the court the power" in why("duration.in_force", CA, paper, day=date(2026, 6, 10))

    def test_while_the_case_is_pending_the_court_decides_and_after_it_has_no_power(self) -> None:
        paper = condition("pretrial-order", case="charge")
        over = step("sentence", day=MADE, who="kim", case="charge")
        assert answer(self.make, CA, charge(), paper, over) == "discretion"
        assert answer(self.make, CA, charge(), over, paper) == "may-not"

    @pytest.mark.parametrize(
        ("relation", "right"),
        [(tie("spouses"), "may"), (tie("strangers"), "may-not"), (tie("acquaintances", child_in_common=True), "may")],
    )
    def test_some_orders_protect_only_people_with_certain_ties(self, relation: Any, right: str) -> None:
        assert answer(self.make, CA, relation, condition("probation-order", ground="abuse")) == right

    def test_without_an_authority_on_the_power_nothing_is_said(self) -> None:
        assert answer(self.make, MA, condition()) == "unknown"
        assert answer(self.make, CA, order(ground="workplace")) == "unknown"

    @pytest.mark.parametrize("place", STATES)
    @pytest.mark.parametrize(
        ("shown", "right"),
        [({"proved": True}, "may"), ({"proved": False}, "may-not"), ({"showing": "none"}, "may-not"), ({}, "unknown")],
    )
    def test_an_order_after_a_request_needs_its_ground_shown(self, place: str, shown: Any, right: str) -> None:
        asked = step("petition", day=MADE, who="robin", whom="kim", written=True, **shown)
        assert answer(self.make, place, asked, order()) == right

    @pytest.mark.parametrize("place", STATES)
    def test_where_no_request_is_told_of_only_the_power_is_asked_about(self, place: str) -> None:
        assert answer(self.make, place, order()) == "may"

    def test_an_order_in_a_criminal_case_needs_what_the_law_asks_for_at_the_hearing(self) -> None:
        paper = condition("pretrial-order", case="charge")
        heard = [step("hearing", day=MADE, case="charge", proved=proved) for proved in (True, False)]
        assert [answer(self.make, CA, charge(), one, paper) for one in heard] == ["discretion", "may-not"]
        other = step("hearing", day=MADE, case="another", proved=False)
        assert answer(self.make, CA, charge(), charge("another"), other, paper) == "discretion"

    def test_before_an_authority_on_proof_too_little_proof_decides_nothing(self) -> None:
        asked = step("petition", day=date(2000, 1, 3), who="robin", whom="kim", written=True, proved=False)
        assert answer(self.make, MA, asked, order(day=date(2000, 1, 5), ends=date(2001, 1, 4))) == "unknown"
