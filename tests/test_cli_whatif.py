"""The command grader whatif: what an author sees, and how bad input ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from grader.cli import app

DINNER = Path(__file__).parents[1] / "scenarios" / "waiver" / "invited-to-dinner.yaml"


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["whatif", *map(str, args)], env={"COLUMNS": "200"})


def data(*args: object) -> Any:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_it_prints_the_answer_as_told_and_every_change_that_gives_another() -> None:
    shown = " ".join(run(DINNER, "--law", "us-ma", "--rule", "violations.breach").output.split())
    for part in (
        "does this break the abuse prevention order after notice (209A)?",
        "How Riley learned of the order [line 1]",
        "not told in any way → No Riley did not know of the order yet.",
        "Commonwealth v. Molloy",
        "single changes give another answer.",
    ):
        assert part in shown
    assert "Come over for dinner" not in shown, "the invitation changes nothing"


def test_it_asks_every_question_in_every_place_of_the_file_unless_told_otherwise() -> None:
    asked = {(one["ask"], one["law"]) for one in data(DINNER)["questions"]}
    assert asked == {(ask, law) for ask in ("breach", "change", "liable") for law in ("us-ma", "us-ca", "general")}
    assert [one["law"] for one in data(DINNER, "--law", "us-ca", "--rule", "waiver.who_may_change")["questions"]] == [
        "us-ca"
    ]


def test_as_data_a_change_names_its_line_its_field_and_its_value() -> None:
    (breach,) = data(DINNER, "--law", "us-ma", "--rule", "violations.breach")["questions"]
    assert breach["answer"] == "violation"
    assert {"line": 1, "field": "notice", "value": "none"}.items() <= next(
        flip for flip in breach["flips"] if flip["field"] == "notice"
    ).items()
    assert {flip["answer"] for flip in breach["flips"]} == {"no-violation", "unsettled"}
    assert breach["tried"] > 100


def test_another_variant_has_another_answer_and_other_flips() -> None:
    (breach,) = data(DINNER, "--law", "us-ma", "--rule", "violations.breach", "--variant", "1.0")["questions"]
    assert breach["answer"] == "no-violation"
    back = [flip for flip in breach["flips"] if (flip["line"], flip["field"]) == (1, "or")]
    assert [flip["answer"] for flip in back] == ["violation"]


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--rule", "violations.brech", "Did you mean violations.breach?"),
        ("--law", "us-zz", "is no jurisdiction on file."),
        ("--variant", "9.9", "“9.9” is no variant of invited-to-dinner."),
    ],
)
def test_what_is_not_there_is_named_with_what_is(option: str, value: str, says: str) -> None:
    result = run(DINNER, option, value)
    assert result.exit_code == 2
    assert says in result.output
    as_data = run(DINNER, option, value, "--json")
    assert as_data.exit_code == 2
    assert json.loads(as_data.stdout)["ok"] is False


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run(tmp_path / "none.yaml")
    assert result.exit_code == 2
    assert "cannot be read" in result.output
