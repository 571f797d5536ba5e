"""Questions that the law of one kind of order answers with yes or no, whatever happened."""

import pytest

from grader.law import law
from grader.rules import RULES
from grader.rules.yesno import QUESTIONS
from tests.rules.stories import CA, GENERAL, MA, STATES, answer, condition, decide, order


@pytest.mark.parametrize("place", STATES)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("duration.renews_by_itself", "on-request"),
        ("duration.tied_to_criminal_case", "not-tied"),
        ("violations.one_act_is_enough", "enough"),
    ],
)
def test_what_people_often_believe_of_an_order_is_not_so(place: str, name: str, said: str) -> None:
    assert answer(name, place, order()) == said


def test_that_the_stricter_term_controls_no_authority_says_and_only_california_says_what_goes_first() -> None:
    assert answer("coexistence.stricter_controls", MA, order()) == "unsettled"
    assert answer("coexistence.stricter_controls", CA, order()) == "does-not-control"


def test_each_answer_rests_on_the_authority_of_the_law_of_that_order() -> None:
    found = decide("issuance.request_obliges", MA, condition())
    [value] = law(MA).of("release-condition", None).parameters["request_obliges_court"]
    assert found.deciding.cites == value.cites


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.rule)
def test_each_question_has_its_two_answers_and_says_what_it_decides(one: object) -> None:
    [question] = [known for known in QUESTIONS if known is one]
    assert question.yes != question.no
    assert RULES[question.rule].decides == question.decides


def test_what_a_place_does_not_answer_stays_unknown() -> None:
    assert answer("issuance.violence_needed", GENERAL, order()) == "unknown"
    assert answer("duration.tied_to_criminal_case", CA, condition("pretrial-order", ground="abuse")) == "unknown"
