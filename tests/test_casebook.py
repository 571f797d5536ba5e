"""Reported decisions replayed: the rules answer as the courts did, and the command says so."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from grader.bank import Bank
from grader.casebook import VERDICTS, replayed
from grader.cli import app
from grader.coverage import casebook_page
from grader.law import law
from grader.reasons import reasons_page
from grader.rules import ask as decide
from grader.scenarios import load

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "casebook"
FLOOR = 178
"""How many decisions the rules answered as the court did when this was last raised. It never goes down."""
PATHS = sorted(FOLDER.glob("*.yaml"))
GORDON = (FOLDER / "ma-gordon-1990.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def book() -> dict[str, Any]:
    return replayed(FOLDER)


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["casebook", *map(str, args)], env={"COLUMNS": "200"})


def folder(tmp_path: Path, text: str) -> Path:
    """A folder with one case, the first decision told in another way."""
    (tmp_path / "ma-gordon-1990.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_no_decision_is_answered_against_the_court(book: dict[str, Any]) -> None:
    assert [case["id"] for case in book["cases"] if case["verdict"] == "wrong"] == []


def test_the_rules_answer_as_the_court_did_in_at_least_as_many_cases_as_before(book: dict[str, Any]) -> None:
    assert book["right"] >= FLOOR
    assert sum(book[verdict] for verdict in VERDICTS) == len(book["cases"]) == len(PATHS)


def test_each_case_has_the_form_that_others_read(book: dict[str, Any]) -> None:
    assert list(book) == ["cases", "right", "wrong", "unknown"]
    for case in book["cases"]:
        assert list(case) == ["id", "jurisdiction", "topic", "expected", "answer", "verdict", "because"]
        assert case["because"]
        assert all(step["says"] for step in case["because"])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_case_names_its_decision_and_its_court(path: Path) -> None:
    decision = load(path).decision
    assert decision is not None
    assert decision.href.startswith("http")
    assert decision.court
    assert re.search(r"\d{4}", decision.cite)


def test_each_case_has_its_line_in_the_docs(book: dict[str, Any]) -> None:
    page = casebook_page(Bank(ROOT))
    assert f"{book['right']} right, {book['wrong']} wrong, {book['unknown']} unknown." in page
    for case in book["cases"]:
        [row] = [line for line in page.splitlines() if line.startswith(f"| `{case['id']}` ")]
        assert f"| {case['expected']} | {case['verdict']} |" in row


def test_the_docs_tell_every_step_of_the_argument_as_the_rules_make_it() -> None:
    assert (ROOT / "docs" / "reasons.md").read_text(encoding="utf-8") == reasons_page(FOLDER)


def test_the_command_prints_each_case_and_ends_well_if_none_is_wrong() -> None:
    result = run(FOLDER)
    assert result.exit_code == 0
    assert all(path.stem in result.output for path in PATHS)
    assert "0 wrong" in result.output


def test_the_data_of_the_command_are_those_of_the_replay(book: dict[str, Any]) -> None:
    assert json.loads(run(FOLDER, "--json").stdout) == book


def test_an_answer_against_the_court_is_wrong_and_makes_the_command_fail(tmp_path: Path) -> None:
    result = run(folder(tmp_path, GORDON.replace("us-ma: violation", "us-ma: no-violation")), "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert (data["cases"][0]["verdict"], data["wrong"]) == ("wrong", 1)


def test_one_wrong_answer_among_several_makes_the_case_wrong(tmp_path: Path) -> None:
    ask = "{id: force, rule: duration.in_force, order: paper, day: 1988-12-01, expect: {us-ma: not-in-force}}"
    text = GORDON.replace("\ndecision", f"\n  - {ask}\ndecision")
    assert replayed(folder(tmp_path, text))["wrong"] == 1


def test_a_decision_from_a_place_of_which_nothing_was_read_leaves_every_question_open(tmp_path: Path) -> None:
    elsewhere = GORDON.replace("us-ma", "us-zz")
    case = replayed(folder(tmp_path, elsewhere))["cases"][0]
    assert (case["verdict"], case["answer"]) == ("unknown", "unknown")
    assert "us-zz" in case["because"][-1]["says"]
    assert run(tmp_path).exit_code == 0
    assert run(folder(tmp_path, elsewhere.split("\ndecision")[0])).exit_code == 2  # an ordinary story needs law on file


FEDERAL = ("firearm", "interstate", "honoured", "enforcement_right")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_where_no_law_was_read_no_question_of_state_law_is_settled(path: Path) -> None:
    family = load(path)
    for ask in family.asks:
        for act in ask.acts or (None,):
            if not any(word in ask.rule for word in FEDERAL):
                assert decide(family.variants()[0], law("us-zz"), ask, act).answer == "unknown"


def test_an_open_answer_is_unknown_unless_the_court_held_it_open(tmp_path: Path) -> None:
    silent = GORDON.replace(", notice: in-court", "")
    assert replayed(folder(tmp_path, silent))["cases"][0]["verdict"] == "unknown"
    assert run(tmp_path).exit_code == 0
    held = silent.replace("us-ma: violation", "us-ma: unknown")
    assert replayed(folder(tmp_path, held))["cases"][0]["verdict"] == "right"


def test_a_case_is_put_under_one_law_and_expects_something(tmp_path: Path) -> None:
    for text, wrong in (
        (GORDON.replace("law: [us-ma]", "law: [us-ma, us-ca]"), "names more than one place"),
        (GORDON.replace(", expect: {us-ma: violation}", ""), "expects nothing"),
        (GORDON.replace("  court: ", "  bench: "), "bench"),
    ):
        result = run(folder(tmp_path, text), "--json")
        assert result.exit_code == 2
        assert wrong in result.stdout


def test_a_folder_without_cases_is_bad_input(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 2
    assert run(tmp_path / "nowhere").exit_code == 2


def test_no_rule_knows_a_decision() -> None:
    names = {path.stem.split("-")[1] for path in PATHS}
    for path in (ROOT / "grader" / "rules").glob("*.py"):
        text = path.read_text(encoding="utf-8").lower()
        assert not [name for name in names if len(name) > 2 and re.search(rf"\b{name}\b", text)], path.name
