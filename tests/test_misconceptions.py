"""Misconceptions: registered, refuted by the law, exposed by a scenario, and never two right options at once."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from grader.families import Family
from grader.findings import Finding
from grader.law import law
from grader.law.values import parameters
from grader.misconceptions import MISCONCEPTIONS, Misconception, View, mistakes, offered
from grader.misconceptions.model import Mistake
from grader.rules import RULES
from grader.rules import ask as decide
from grader.scenarios import load_folder

SCENARIOS = Path(__file__).parent.parent / "scenarios"
EACH = pytest.mark.parametrize("one", MISCONCEPTIONS.values(), ids=MISCONCEPTIONS)


@cache
def families() -> tuple[Family, ...]:
    good, bad = load_folder(SCENARIOS)
    assert not bad
    return tuple(good)


@cache
def views() -> tuple[tuple[View, Finding], ...]:
    """Every question of every variant of every scenario under every law it lists, with its settled finding."""
    return tuple((view, found) for family in families() for view, found in asked(family) if found.status == "settled")


def asked(family: Family) -> Iterator[tuple[View, Finding]]:
    for place in map(law, family.law):
        for ask in family.asks:
            for scenario in family.variants():
                for act in ask.acts or (None,):
                    yield View(scenario, place, ask, act), decide(scenario, place, ask, act)


def test_there_are_at_least_twelve() -> None:
    assert len(MISCONCEPTIONS) >= 12


@EACH
def test_a_misconception_has_a_title_and_a_belief_in_one_whole_sentence(one: Misconception) -> None:
    assert one.belief.endswith(".")
    assert one.belief[0].isupper()
    assert one.title
    assert not one.title.endswith(".")


@EACH
def test_it_bears_on_questions_that_the_rules_answer(one: Misconception) -> None:
    assert one.asks
    assert set(one.asks) <= set(RULES)


@EACH
def test_it_is_refuted_by_parameters_of_the_catalogue(one: Misconception) -> None:
    assert one.refuted_by
    assert set(one.refuted_by) <= set(parameters())


def test_no_two_misconceptions_share_a_title_or_a_belief() -> None:
    for name in ("title", "belief"):
        said = [getattr(one, name) for one in MISCONCEPTIONS.values()]
        assert len(said) == len(set(said))


@EACH
def test_some_scenario_exposes_it(one: Misconception) -> None:
    def exposed(view: View, found: Finding) -> bool:
        mistake = one.mistake(view)
        return mistake is not None and mistake.answer != found.answer

    assert any(exposed(view, found) for view, found in views() if view.ask.rule in one.asks)


@EACH
def test_where_it_is_exposed_some_law_refutes_it_with_a_citation(one: Misconception) -> None:
    refutations = [one.refutation(view) for view, _ in views() if view.ask.rule in one.asks and one.mistake(view)]
    assert any(value and value.cites for value in refutations)


@EACH
def test_it_does_not_bear_on_other_questions(one: Misconception) -> None:
    other = next(view for view, _ in views() if view.ask.rule not in one.asks)
    assert one.mistake(other) is None


def test_the_wrong_options_repeat_no_reason_and_offer_the_right_answer_at_most_once() -> None:
    for view, found in views():
        pairs = offered(view, found.answer)
        said = [mistake.says for _, mistake in pairs]
        assert len(pairs) <= 3
        assert len(said) == len(set(said))
        assert sum(mistake.answer == found.answer for _, mistake in pairs) <= 1


def test_close_beliefs_are_offered_before_generic_ones() -> None:
    for view, found in views():
        wrong = [one.generic for one, mistake in offered(view, found.answer) if mistake.answer != found.answer]
        assert wrong == sorted(wrong)


def test_what_is_offered_is_what_somebody_wrongly_concludes() -> None:
    for view, found in views():
        assert set(offered(view, found.answer)) <= set(mistakes(view))


def test_a_reason_is_a_sentence_about_the_people_of_the_story() -> None:
    for view, _ in views():
        for _, mistake in mistakes(view):
            assert isinstance(mistake, Mistake)
            assert mistake.says.endswith(".")
            assert "None" not in mistake.says
