"""The figures of a report: the formulas, the guards for small classes, and what may be shared."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.share import LEAST, count, merged, percent, whole
from grader.report.statistics import alpha, care, correlation, discrimination, interval, middle, thirds

# Six people, four items, worked out by hand: item variances 4/15, 3/10, 4/15, 3/10; totals 4 3 2 1 0 2, variance 2.
COLUMNS = [[1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 0, 1], [1, 1, 1, 0, 0, 1], [1, 0, 0, 0, 0, 0]]


def made_up_class(people: int, items: int, seed: int) -> list[list[float]]:
    """Right and wrong answers of people of differing skill to items of differing difficulty."""
    dice = np.random.default_rng(seed)
    skill, hard = dice.normal(size=people), np.linspace(-1.5, 1.0, items)
    chance = 1 / (1 + np.exp(-(1.2 * (skill[None, :] - hard[:, None]))))
    return [list(map(float, row)) for row in (dice.random((items, people)) < chance)]


def test_alpha_is_what_the_formula_gives_by_hand() -> None:
    found = alpha(COLUMNS)
    variances = [np.var(column, ddof=1) for column in COLUMNS]
    total = np.var([sum(row) for row in zip(*COLUMNS, strict=True)], ddof=1)
    assert found is not None
    assert found.value == pytest.approx(4 / 3 * (1 - sum(variances) / total))
    assert found.measurement == pytest.approx(math.sqrt(total * (1 - found.value)))


@pytest.mark.parametrize("people", [30, 100])
def test_the_standard_error_of_alpha_is_how_far_it_strays_from_class_to_class(people: int) -> None:
    found = [alpha(made_up_class(people, 24, seed)) for seed in range(300)]
    strays = float(np.std([one.value for one in found if one]))
    told = float(np.mean([one.error for one in found if one]))
    assert told == pytest.approx(strays, rel=0.2)


def test_alpha_says_nothing_of_one_item_or_of_equal_answers() -> None:
    assert alpha([[1.0, 0.0, 1.0]]) is None
    assert alpha([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]) is None


def test_discrimination_leaves_the_item_itself_out() -> None:
    rest = [sum(row) - row[0] for row in zip(*COLUMNS, strict=True)]
    assert discrimination(COLUMNS, 0) == pytest.approx(np.corrcoef(COLUMNS[0], rest)[0, 1])
    twice = [[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0]]
    assert discrimination(twice, 0) == pytest.approx(0.0), "with itself it would be 0.7"


def test_a_correlation_without_variation_is_none() -> None:
    assert correlation([1.0, 1.0, 1.0], [0.0, 1.0, 2.0]) is None


def test_the_interval_of_a_correlation_is_fishers() -> None:
    low, high = interval(0.5, 28) or (0.0, 0.0)
    assert (round(low, 3), round(high, 3)) == (0.156, 0.736)
    assert interval(0.5, 3) is None


def test_the_interval_holds_the_true_value_in_about_95_of_100_classes() -> None:
    dice, inside = np.random.default_rng(5), 0
    for _ in range(400):
        x = dice.normal(size=30)
        y = 0.4 * x + math.sqrt(1 - 0.16) * dice.normal(size=30)
        low, high = interval(correlation(list(x), list(y)) or 0.0, 30) or (0.0, 0.0)
        inside += low <= 0.4 <= high
    assert 0.92 <= inside / 400 <= 0.98


@pytest.mark.parametrize(
    ("people", "word"), [(0, "counts"), (19, "counts"), (20, "interval"), (49, "interval"), (50, "bands")]
)
def test_how_much_may_be_said_depends_on_the_size_of_the_class(people: int, word: str) -> None:
    assert care(people) == word


def test_people_with_equal_scores_are_in_the_same_third() -> None:
    assert thirds([1, 2, 3, 4, 5, 6]) == ["bottom", "bottom", "middle", "middle", "top", "top"]
    assert thirds([5, 5, 5, 5]) == ["middle"] * 4
    scores = random.Random(1).choices(range(8), k=50)
    found = thirds(scores)
    assert len({(score, third) for score, third in zip(scores, found, strict=True)}) == len(set(scores))


def test_one_person_has_a_mean_and_no_spread() -> None:
    assert middle([0.5]) == (0.5, 0.5, 0.0)


# What may be shared


@pytest.mark.parametrize(
    ("n", "of", "said"),
    [
        (5, 10, "5 of 10"),
        (4, 10, "fewer than 5"),
        (0, 10, "fewer than 5"),
        (6, 10, "more than 5 of 10"),
        (10, 10, "more than 5 of 10"),
    ],
)
def test_a_count_is_shared_only_if_it_and_its_remainder_are_large(n: int, of: int, said: str) -> None:
    assert count(n, of, shared=True) == said
    assert count(n, of, shared=False) == f"{n} of {of}"


@given(st.integers(0, 60), st.integers(0, 60))
def test_no_shared_count_tells_small_groups_apart(n: int, of: int) -> None:
    n = min(n, of)
    same = {count(m, of, shared=True) for m in range(of + 1) if m < LEAST and n < LEAST}
    assert len(same) <= 1
    high = {count(m, of, shared=True) for m in range(of + 1) if m >= LEAST and of - m < LEAST}
    assert len(high) <= 1


def test_a_share_that_would_tell_a_small_group_is_only_bounded_or_left_out() -> None:
    assert percent(0.5, 10, 20, shared=True) == "50 %"
    assert percent(0.95, 19, 20, shared=True) == "over 75 %"
    assert percent(0.1, 2, 20, shared=True) == "under 25 %"
    assert percent(0.6, 0, 20, shared=True) == "left out"
    assert percent(0.1, 2, 20, shared=False) == "10 %"


@given(st.lists(st.integers(0, 12), min_size=2, max_size=12))
def test_columns_of_a_shared_picture_are_put_together_until_none_is_small(counts: list[int]) -> None:
    edges = [float(n) for n in range(len(counts) + 1)]
    found_edges, found = merged(edges, counts)
    assert sum(found) == sum(counts)
    assert (found_edges[0], found_edges[-1], len(found_edges)) == (edges[0], edges[-1], len(found) + 1)
    assert whole(found) or len(found) == 1
