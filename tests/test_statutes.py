"""Fact patterns whose answers were worked out from the words of statutes, rules of court and forms, not by the rules.

Each file names in its first line where the answers stand. Together with the decisions they are the examination that
`grader law mutate` counts on.
"""

from pathlib import Path
from typing import Any

import pytest

from grader.casebook import replayed
from grader.scenarios import load

FOLDER = Path(__file__).parent / "statutes"
PATHS = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture(scope="module")
def book() -> dict[str, Any]:
    return replayed(FOLDER)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_rules_answer_as_the_statute_says(path: Path, book: dict[str, Any]) -> None:
    [case] = [case for case in book["cases"] if case["id"] == path.stem]
    assert case["answer"].split("; ") == case["expected"].split("; ")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_question_has_its_answer_and_the_file_says_where_it_stands(path: Path) -> None:
    family = load(path)
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert all(ask.expect and set(ask.expect) == set(family.law) for ask in family.asks)
