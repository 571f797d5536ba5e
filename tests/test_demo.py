"""The demonstration: eight simulated learners through the real nbgrader."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from grader.bank import Bank
from grader.demo import CLASS, run
from grader.misconceptions import MISCONCEPTIONS
from grader.quizzes import prepare
from grader.simulate import Learner, answer, bears_on, expected, scenario_of

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(ROOT)


def test_the_class_has_one_who_knows_all_one_who_says_nothing_and_six_with_one_or_two_misconceptions() -> None:
    assert len(CLASS) == 8
    assert [one.id for one in CLASS if one.silent] == ["ben"]
    assert sorted(len(one.believes) for one in CLASS) == [0, 0, 1, 1, 2, 2, 2, 2]
    assert {name for one in CLASS for name in one.believes} <= set(MISCONCEPTIONS)


def test_every_planted_misconception_shows_in_some_quiz(bank: Bank) -> None:
    for learner in CLASS:
        shown: set[str] = set()
        for path in bank.quiz_files:
            sheet, _ = bank.build(path)
            shown |= set(bears_on(learner, prepare(path, bank.families), sheet.items, sheet.salt))
        assert shown == set(learner.believes), learner.id


def test_someone_who_knows_everything_answers_each_item_with_its_key(bank: Bank) -> None:
    ada = Learner("ada", "Ada", "A")
    for path in bank.quiz_files:
        sheet, keys = bank.build(path)
        for (entry, builder), item, key in zip(
            prepare(path, bank.families).items, sheet.items, keys.items, strict=True
        ):
            if item.kind in ("written", "sentence"):
                continue
            scenario = scenario_of(item, builder, sheet.salt, ada.id)
            given = answer(ada, entry, builder, scenario)
            of = key.of(item.pick(sheet.salt, ada.id).variant)
            assert of is not None
            chosen = [f"{row}:{option}" for row, option in given.items()] if isinstance(given, dict) else given
            right = [id for id, choice in of.choices.items() if choice.right]
            assert sorted([chosen] if isinstance(chosen, str) else chosen or []) == sorted(right)
            assert expected(ada, entry, builder, scenario) == entry.points


@pytest.mark.slow
def test_nbgrader_holds_what_the_rules_and_beliefs_give_and_names_every_misconception(
    bank: Bank, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    assert run(bank, folder, Console(file=io.StringIO()))
    rows = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert len(rows) == len(CLASS) * len(bank.quiz_files)
    assert all(row["nbgrader_score"] == row["expected_score"] for row in rows)
    for learner in CLASS:
        mine = [row for row in rows if row["learner"] == learner.id]
        assert {name for row in mine for name in row["diagnosed"]} == set(learner.believes)
    assert all(row["nbgrader_score"] == 0 for row in rows if row["learner"] == "ben")
    assert run(bank, folder, Console(file=io.StringIO())), "a second run starts clean"
