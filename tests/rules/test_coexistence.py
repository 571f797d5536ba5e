"""Two orders side by side between the same people."""

from datetime import date
from typing import Any

import pytest

from tests.rules.stories import CA, GENERAL, MA, STATES, US, answer, condition, order, step

NEW = date(2026, 3, 2)


def govern(place: str, one: Any, other: Any, *facts: Any) -> Any:
    return answer("coexistence.which_terms_govern", place, one, other, *facts)


def civil(**given: Any) -> Any:
    return order("civil", **given)


def criminal(**given: Any) -> Any:
    return condition("pretrial-order", **({"id": "criminal", "ground": "abuse", "day": NEW} | given))


LOOSE = ("abuse",)


@pytest.mark.parametrize("place", [MA, GENERAL])
def test_where_each_order_binds_on_its_own_terms_both_must_be_obeyed(place: str) -> None:
    assert govern(place, civil(), criminal(forbids=LOOSE)) == "both"


def test_where_orders_are_ranked_but_do_not_conflict_both_must_be_obeyed() -> None:
    assert govern(CA, civil(forbids=("contact",)), criminal()) == "both"


def test_a_no_contact_term_goes_first_whichever_court_made_it() -> None:
    assert govern(CA, civil(), criminal(forbids=LOOSE)) == "civil"
    assert govern(CA, civil(forbids=LOOSE), criminal()) == "criminal"


def test_before_the_ranking_changed_the_latest_criminal_order_went_first() -> None:
    old = {"day": date(2014, 2, 3), "ends": date(2016, 2, 3)}
    assert govern(CA, civil(**old), criminal(forbids=LOOSE, day=date(2014, 3, 3))) == "criminal"


def test_peaceful_contact_that_one_order_allows_conflicts_with_a_bar_on_contact() -> None:
    assert govern(CA, civil(allows=("peaceful-contact",)), criminal()) == "criminal"


def test_exceptions_that_differ_are_a_conflict() -> None:
    assert govern(CA, civil(allows=("child-exchange",)), criminal()) == "criminal"


def test_distances_that_differ_are_a_conflict_and_the_criminal_order_goes_first() -> None:
    far, near = {"forbids": ("stay-away",), "distance": 100}, {"forbids": ("stay-away",), "distance": 50}
    assert govern(CA, civil(**far), criminal(**near)) == "criminal"
    assert govern(CA, criminal(**near), civil(**far)) == "criminal"
    assert govern(CA, civil(**far), criminal(**far)) == "both"


def test_between_civil_orders_the_later_is_enforced() -> None:
    early = civil(forbids=("stay-away",), distance=100)
    late = order("late", forbids=("stay-away",), distance=50, day=NEW)
    assert govern(CA, early, late) == "late"
    assert govern(CA, late, early) == "late"


def test_of_two_orders_of_one_day_the_ranking_picks_neither() -> None:
    one, two = civil(forbids=("stay-away",), distance=100), order("two", forbids=("stay-away",), distance=50)
    assert govern(CA, one, two) == govern(CA, two, one) == "both"


def test_a_stricter_emergency_order_goes_before_all() -> None:
    night = order("night", kind="emergency", forbids=("abuse", "contact"), day=NEW, ends=None)
    assert govern(CA, night, criminal(forbids=LOOSE)) == "night"
    assert govern(CA, order("night", kind="emergency", forbids=LOOSE, day=NEW, ends=None), criminal()) == "criminal"


@pytest.mark.parametrize("place", STATES)
def test_an_order_that_is_over_leaves_the_other_alone(place: str) -> None:
    ended = step("end-order", order="civil", written=True, day=date(2026, 2, 2))
    assert govern(place, civil(), criminal(forbids=LOOSE), ended) == "criminal"
    assert govern(place, civil(ends=date(2026, 2, 2)), criminal(forbids=LOOSE)) == "criminal"


def test_orders_in_opposite_directions_do_not_compete() -> None:
    assert govern(CA, civil(), criminal(binds="robin", protects=("kim",), forbids=LOOSE)) == "both"
    assert govern(CA, civil(), criminal(protects=("lee",), forbids=LOOSE)) == "both"


def test_an_agreement_that_no_court_made_its_own_order_gives_no_answer() -> None:
    assert govern(CA, civil(), order("deal", kind="agreement", forbids=LOOSE)) == "unknown"


def test_before_the_first_authority_the_answer_is_unknown() -> None:
    old = {"day": date(1990, 1, 2), "ends": date(1991, 1, 2)}
    assert govern(MA, civil(**old), criminal(**(old | {"ends": None}))) == "unknown"


def test_federal_law_lets_each_order_bind() -> None:
    assert govern(US, civil(), criminal(forbids=LOOSE)) == "both"


def test_on_the_children_an_order_of_the_family_court_goes_before_a_protective_order() -> None:
    later = {"id": "later", "day": NEW, "forbids": ("custody",)}
    assert answer("coexistence.child_terms", MA, civil(), order(**later, court="probate")) == "later"
    assert answer("coexistence.child_terms", MA, civil(), order(**later, court="civil")) == "unknown"
    assert answer("coexistence.child_terms", MA, civil(), order(**later)) == "unknown"


class TestNewOrder:
    bars = "coexistence.bars_new_order"

    def first_criminal(self, **given: Any) -> Any:
        return criminal(day=date(2026, 1, 2), **given)

    @pytest.mark.parametrize("place", STATES)
    def test_an_order_that_already_stands_is_no_reason_to_refuse_another(self, place: str) -> None:
        assert answer(self.bars, place, civil(), self.first_criminal()) == "does-not-bar"

    def test_only_an_earlier_order_for_the_same_people_is_asked_about(self) -> None:
        assert answer(self.bars, CA, civil(), criminal()) == "unknown"
        assert answer(self.bars, CA, civil(), self.first_criminal(protects=("lee",))) == "unknown"

    def test_what_nobody_read_is_unknown(self) -> None:
        assert answer(self.bars, GENERAL, civil(), self.first_criminal()) == "unknown"


def test_where_the_strictest_term_controls_the_stricter_order_is_enforced_whichever_came_later() -> None:
    old = {"day": date(2015, 3, 2), "ends": date(2016, 3, 1)}
    strict, loose = civil(**old), criminal(forbids=LOOSE, day=date(2015, 4, 1), ends=None)
    assert govern("us-id", strict, loose) == "civil"
    assert govern("us-id", criminal(day=date(2015, 4, 1), ends=None), civil(**old, forbids=LOOSE)) == "criminal"
    assert govern("us-id", strict, criminal(day=date(2015, 4, 1), ends=None)) == "both"
