"""The command line: what an author or instructor sees, and how bad input ends."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from grader.cli import app
from grader.law import jurisdictions

ROOT = Path(__file__).parents[1]
DINNER = ROOT / "scenarios" / "waiver" / "invited-to-dinner.yaml"


def run(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], env={"COLUMNS": "200"})


def data(*args: object) -> Any:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A checkout with one scenario and one quiz, to break."""
    (tmp_path / "scenarios" / "waiver").mkdir(parents=True)
    (tmp_path / "quizzes" / "mini").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    shutil.copy(DINNER, tmp_path / "scenarios" / "waiver")
    items = "  - {id: a, scenario: invited-to-dinner, ask: breach, law: us-ma, type: single}\n"
    (tmp_path / "quizzes" / "mini" / "quiz.yaml").write_text(
        f"id: mini\ntitle: Mini\ntopic: waiver\nintro: Read and choose.\nitems:\n{items}", encoding="utf-8"
    )
    return tmp_path


def test_every_command_says_what_it_is_for() -> None:
    for command in (["--help"], ["explain", "--help"], ["course", "--help"], ["course", "new", "--help"]):
        result = run(*command)
        assert result.exit_code == 0
        assert "Usage" in result.output


def test_explain_shows_story_finding_reasons_authority_and_the_belief_behind_each_wrong_option() -> None:
    shown = run("explain", DINNER, "--law", "us-ma").output
    for part in ("Come over for dinner", "violations.breach → violation", "Guideline 8:03", "permission-counts"):
        assert part in shown


def test_explain_gives_the_same_as_data_for_every_variant() -> None:
    explained = data("explain", DINNER, "--all")
    assert [variant["variant"] for variant in explained["variants"]] == ["0.0", "0.1", "1.0", "1.1"]
    question = explained["variants"][0]["law"]["us-ca"]["questions"][0]
    assert question["answer"] == "violation"
    assert all(step["says"] for step in question["because"])
    assert {wrong["misconception"] for wrong in question["wrong"]} >= {"permission-counts"}


def test_compare_puts_every_jurisdiction_beside_the_others() -> None:
    rows = data("compare", DINNER)["rows"]
    assert tuple(rows[0]["answers"]) == jurisdictions()
    assert rows[0]["answers"]["us-ma"]["answer"] == "violation"
    assert rows[0]["answers"]["us"]["answer"] == "unknown"


def test_compare_prints_a_row_for_every_jurisdiction_and_cuts_none_of_their_names() -> None:
    shown = run("compare", DINNER).output
    lines = {place: [line for line in shown.splitlines() if f" {place} " in line] for place in jurisdictions()}
    questions = len(data("compare", DINNER)["rows"])
    assert {place: len(found) for place, found in lines.items()} == dict.fromkeys(jurisdictions(), questions)


def test_a_variant_or_a_law_that_is_not_there_is_answered_with_those_that_are() -> None:
    for option, value, hint in (("--variant", "9", "Known: 0.0"), ("--law", "us-maa", "us-ma")):
        result = run("explain", DINNER, option, value)
        assert result.exit_code == 2
        assert hint in result.output


def test_a_bad_scenario_ends_with_code_2_and_names_file_line_and_field(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(DINNER.read_text(encoding="utf-8").replace("did: invite", "did: invit"), encoding="utf-8")
    result = run("explain", bad)
    assert result.exit_code == 2
    assert "bad.yaml:" in result.output
    assert "story[3].event.did" in result.output
    assert "Did you mean" in result.output
    assert json.loads(run("explain", bad, "--json").stdout)["ok"] is False


def test_the_bank_of_this_repository_is_clean() -> None:
    report = data("check", "--root", ROOT)
    assert report["ok"]
    assert report["problems"] == []
    assert report["counts"]["scenarios"] >= 16
    assert report["counts"]["misconceptions"] >= 12


def test_build_writes_what_is_out_of_date_and_nothing_twice(small: Path) -> None:
    assert "quizzes/mini/mini.ipynb" in data("build", "--root", small)["written"]
    assert data("build", "--root", small)["written"] == []


def test_check_reports_all_problems_of_a_run_together(small: Path) -> None:
    (small / "scenarios" / "waiver" / "empty.yaml").write_text("", encoding="utf-8")
    quiz = small / "quizzes" / "mini" / "quiz.yaml"
    quiz.write_text(quiz.read_text(encoding="utf-8").replace("ask: breach", "ask: breech"), encoding="utf-8")
    result = run("check", "--root", small, "--json")
    assert result.exit_code == 2
    problems = json.loads(result.stdout)["problems"]
    assert {problem["file"] for problem in problems} >= {"scenarios/waiver/empty.yaml", "quizzes/mini/quiz.yaml"}
    assert [p["field"] for p in problems if p["file"] == "quizzes/mini/quiz.yaml"] == ["items[0].ask"]


def test_an_expectation_that_the_rules_do_not_share_stops_the_check(small: Path) -> None:
    path = small / "scenarios" / "waiver" / "invited-to-dinner.yaml"
    text = path.read_text(encoding="utf-8").replace("us-ma: not-liable", "us-ma: liable")
    path.write_text(text, encoding="utf-8")
    problems = json.loads(run("check", "--root", small, "--json").stdout)["problems"]
    [told] = {p["wrong"] for p in problems if p["file"].endswith("invited-to-dinner.yaml") and "0.0" in p["wrong"]}
    assert "expects “liable” in us-ma" in told
    assert all(p["line"] > 1 for p in problems if p["file"].endswith("invited-to-dinner.yaml"))


def test_a_notebook_that_was_edited_by_hand_is_reported_as_out_of_date(small: Path) -> None:
    run("build", "--root", small)
    notebook = small / "quizzes" / "mini" / "mini.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("Mini", "Maxi"), encoding="utf-8")
    problems = json.loads(run("check", "--root", small, "--json").stdout)["problems"]
    assert [p["right"] for p in problems if p["file"] == "quizzes/mini/mini.ipynb"] == ["Run `grader build`."]


def test_a_failed_build_writes_nothing(small: Path) -> None:
    (small / "scenarios" / "waiver" / "broken.yaml").write_text("id: [", encoding="utf-8")
    assert run("build", "--root", small).exit_code == 2
    assert not (small / "quizzes" / "mini" / "mini.ipynb").exists()


def test_outside_a_checkout_the_command_says_where_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 2
    assert "--root" in result.output


def test_a_demonstration_never_deletes_a_folder_it_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    result = run("demo", tmp_path / "mine", "--root", ROOT)
    assert result.exit_code == 2
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_the_matrix_shows_for_every_order_which_questions_the_law_answers() -> None:
    rows = {(row["jurisdiction"], row["order"]): row["answers"] for row in data("law", "matrix", "--day", "2026-11-21")}
    assert rows["us-ma", "209a-after-notice"]["consent_is_defence"] == "known"
    assert rows["us-ma", "209a-after-notice"]["term_if_blank"] == "unknown"
    assert rows["us-ca", "dvro"]["separate_orders_are_mutual"] == "open"
    assert "209a-ex-parte" in run("law", "matrix", "--law", "us-ma").output


def test_a_day_before_the_law_was_read_leaves_everything_unknown() -> None:
    rows = data("law", "matrix", "--law", "us-ca", "--day", "1900-01-01")
    assert {answer for row in rows for answer in row["answers"].values()} == {"unknown"}


def test_a_change_of_the_law_is_listed_with_the_questions_whose_answers_flip() -> None:
    changed = data("law", "diff", "2024-12-31", "2025-01-01", "--root", ROOT)
    [longer] = [one for one in changed["changes"] if one["question"] == "longest_term"]
    assert (longer["jurisdiction"], longer["before"], longer["after"]) == ("us-ca", "10 years", "15 years")
    flipped = [one for one in changed["flips"] if one["scenario"] == "after-the-sentence" and one["ask"] == "last"]
    assert flipped
    assert data("law", "diff", "2025-01-01", "2025-01-01", "--root", ROOT) == {"changes": [], "flips": []}


def test_a_day_that_is_no_date_is_answered_with_the_form_it_should_have() -> None:
    result = run("law", "diff", "yesterday", "2025-01-01", "--root", ROOT)
    assert result.exit_code == 2
    assert "2026-04-27" in result.output


def test_provisions_that_nobody_compared_for_long_are_listed_oldest_first() -> None:
    rows = data("law", "stale", "--days", "-36500")
    assert rows == sorted(rows, key=lambda row: row["checked"])
    assert {row["jurisdiction"] for row in rows} >= {"us-ma", "us-ca"}
    assert data("law", "stale", "--days", "36500") == []


def test_changing_the_law_tells_which_values_no_scenario_teaches() -> None:
    told = data("law", "mutate", "--law", "us", "--root", ROOT)
    missed = [one for one in told["not_taught"] if one["jurisdiction"] == "us"]
    assert told["mutants"] == told["noticed"] + len(missed)
    assert 0 < told["noticed"] < told["mutants"]
