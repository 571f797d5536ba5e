"""How surely a belief is named: weighed by hand, and measured on simulated classes."""

import random
from pathlib import Path

import pytest

from grader.bank import Bank
from grader.diagnosis import ENOUGH, weigh
from grader.misconceptions import MISCONCEPTIONS
from grader.misconceptions.risk import MISNAMED, RIGHTS, SAFETY
from grader.quizzes import prepare
from grader.scoring import Chance, Score, diagnose
from tests.simulated_classes import Quiz, _scores, firm, measured, quizzes
from tests.test_scoring import scored

ROOT = Path(__file__).parents[1]


def chances(*taken: bool, name: str = "a", ways: int = 3) -> Score:
    """A score with so many chances of one belief, and nine other beliefs on offer."""
    others = tuple(Chance(f"other-{n}", False, 3, f"{n}") for n in range(9))
    return Score(
        0, 1, "wrong", chances=(*(Chance(name, one, ways, f"box-{n}") for n, one in enumerate(taken)), *others)
    )


@pytest.fixture(scope="module")
def term() -> list[Quiz]:
    return quizzes(Bank(ROOT))


def test_one_wrong_answer_is_no_firm_belief_however_telling() -> None:
    assert not weigh([chances(True)])["a"].firm
    assert not weigh([chances(True, True)])["a"].firm


def test_three_chances_taken_are_a_firm_belief() -> None:
    found = weigh([chances(True), chances(True, True)])["a"]
    assert (found.chances, found.taken, found.firm) == (3, 3, True)
    assert found.likely > 0.99


def test_a_chance_left_speaks_against_the_belief() -> None:
    likely = [
        weigh([chances(*taken)])["a"].likely
        for taken in [(True, True, True), (True, True, False), (True, False, False)]
    ]
    assert likely == sorted(likely, reverse=True)
    assert not weigh([chances(True, False, False)])["a"].firm


def test_a_wrong_answer_among_many_ways_tells_more_than_one_of_two() -> None:
    assert weigh([chances(True, ways=3)])["a"].likely > weigh([chances(True, ways=1)])["a"].likely


def test_a_belief_never_taken_is_never_named() -> None:
    assert weigh([Score(0, 1, "right", chances=(Chance("a", False, 1),))])["a"].firm is False
    assert weigh([]) == {}


def test_each_row_of_a_grid_that_was_judged_is_a_chance_and_each_wrong_box() -> None:
    assert scored("w2", {"call": "no"}).chances == (Chance("permission-counts", True, 1, "call"),)
    assert scored("w2", {"wave": "no"}).chances == ()
    assert scored("w3", ["judge", "clerk"]).chances == (Chance("permission-counts", False, 1, "friend"),)
    assert scored("w3", []).chances == ()


def test_every_misconception_has_one_risk() -> None:
    assert set(MISCONCEPTIONS) == SAFETY | RIGHTS | MISNAMED
    assert len(SAFETY) + len(RIGHTS) + len(MISNAMED) == len(MISCONCEPTIONS)


def test_over_a_term_nine_of_ten_are_named_and_nine_of_ten_named_hold_it(term: list[Quiz]) -> None:
    precision, recall, planted = measured(term, firm, chances=3, classes=20)
    assert planted > 100
    assert precision >= 0.9
    assert recall >= 0.9


def test_the_final_alone_tells_nine_of_ten_beliefs_held_from_slips(term: list[Quiz]) -> None:
    precision, recall, planted = measured(term[-1:], firm, classes=20)
    assert planted > 500
    assert precision >= 0.9
    assert recall >= 0.9


def test_the_final_gives_every_belief_it_offers_three_chances_whatever_variants_are_met(term: list[Quiz]) -> None:
    for n in range(40):
        on_offer = weigh(_scores(term[-1:], f"s{n}", (), random.Random(0)))
        assert [name for name, one in on_offer.items() if one.chances < ENOUGH] == []


def test_no_question_of_the_final_stands_in_a_practice_set() -> None:
    bank = Bank(ROOT)
    practised = {(e.scenario, e.ask) for path in bank.practice_files for e, _ in prepare(path, bank.families).items}
    asked = {(e.scenario, e.ask) for e, _ in prepare(ROOT / "quizzes/final/quiz.yaml", bank.families).items}
    assert not practised & asked


def test_a_belief_that_hides_another_is_not_held_against_it() -> None:
    """Only one belief can show in one choice: twice hidden by the other and once shown, it may still be held."""
    hidden = Score(0, 1, "wrong", chances=(Chance("a", False, 3), Chance("b", True, 3)))
    refused = Score(0, 1, "right", chances=(Chance("a", False, 3), Chance("b", False, 3)))
    shown = chances(True)
    assert weigh([hidden, hidden, shown])["a"].likely > weigh([refused, refused, shown])["a"].likely


def test_in_one_quiz_a_slip_looks_like_a_belief_so_only_firm_ones_are_said_of_a_person(term: list[Quiz]) -> None:
    loose, _, _ = measured(term[:1], diagnose, classes=10)
    sure, _, _ = measured(term[:1], firm, classes=10)
    assert loose < sure
