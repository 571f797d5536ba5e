"""What of the law is modelled: the points on file, and the page that says who tests and asks each one."""

import shutil
from pathlib import Path

import pytest

from grader.bank import Bank
from grader.checks import check, outputs
from grader.coverage import casebook_page, coverage_page
from grader.propositions import propositions
from grader.reading import BadInput, Problem

ROOT = Path(__file__).parents[1]
GOOD = """\
jurisdiction: us-ma
propositions:
  ma-consent:
    topic: waiver
    says: "Agreement is no defence."
    values: [209a-after-notice.consent_is_defence]
    rules: [violations.breach]
"""


@pytest.fixture(scope="module")
def page() -> str:
    return coverage_page(Bank(ROOT))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A checkout with one scenario and one case."""
    for name in ("scenarios/waiver/invited-to-dinner.yaml", "tests/casebook/ma-gordon-1990.yaml"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "docs").mkdir()
    return tmp_path


def problems(folder: Path, text: str, file: str = "us-ma.yaml") -> tuple[Problem, ...]:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        propositions(folder)
    return bad.value.problems


def row(page: str, id: str) -> list[str]:
    [line] = [line for line in page.splitlines() if line.startswith(f"| `{id}` ")]
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_each_point_stands_somewhere_or_says_why_not() -> None:
    found = propositions()
    assert {place: len(points) for place, points in found.items()} == {"us": 56, "us-ma": 104, "us-ca": 125}
    assert list(found) == ["us", "us-ma", "us-ca"]
    for points in found.values():
        for point in points.values():
            assert bool(point.not_modelled) != bool(point.values or point.rules)


@pytest.mark.parametrize(
    ("slip", "line", "field", "said"),
    [
        (("consent_is_defence", "consent_is_defense"), 6, "values[0]", "Did you mean 209a-after-notice.consent_is_def"),
        (("209a-after-notice", "209a-for-ever"), 6, "values[0]", "is no value of a law file. Did you mean 209a-"),
        (("209a-after-notice", "us/every-order"), 6, "values[0]", "“us/every-order.consent_is_defence” is no value"),
        (("violations.breach", "violations.breech"), 7, "rules[0]", "Did you mean violations.breach"),
        (("Agreement", "word " * 20), 5, "says", "has 23 words. Write at most 20."),
        (("topic: waiver", "topic: weaver"), 4, "topic", "Did you mean waiver"),
        (("    rules:", "    ruling:"), 7, "ruling", "Did you mean rules"),
    ],
)
def test_a_slip_is_told_with_its_line_its_field_and_what_would_be_right(
    tmp_path: Path, slip: tuple[str, str], line: int, field: str, said: str
) -> None:
    [problem] = problems(tmp_path, GOOD.replace(*slip))
    assert (problem.file, problem.line) == ("grader/law/propositions/us-ma.yaml", line)
    assert problem.field == f"propositions.ma-consent.{field}"
    assert said in str(problem)


def test_a_point_stands_somewhere_or_nowhere_and_never_both(tmp_path: Path) -> None:
    nowhere = GOOD[: GOOD.index("    values")]
    assert "Write values:, rules: or not_modelled:." in str(problems(tmp_path, nowhere)[0])
    assert "stands beside values or rules" in str(problems(tmp_path, GOOD + "    not_modelled: nobody asks\n")[0])
    both = nowhere + "    not_modelled: nobody asks\n    left_out: who asks\n"
    assert "One reason is enough." in str(problems(tmp_path, both)[0])


def test_a_file_is_named_after_its_jurisdiction(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, GOOD, "us-ca.yaml")
    assert (problem.field, problem.wrong) == ("jurisdiction", "is “us-ma”.")


def test_the_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "us.yaml").write_text("jurisdiction: us\npropositions: {a: {topic: waiver, says: Yes.}}\n")
    found = problems(tmp_path, GOOD.replace("209a-after-notice", "x"))
    assert {problem.file.rpartition("/")[2] for problem in found} == {"us.yaml", "us-ma.yaml"}


def test_a_point_is_traced_to_its_value_its_tests_its_cases_and_its_scenarios(page: str) -> None:
    point, stands, tests, cases, scenarios = row(page, "ma-waiver-consent-no-bar")
    assert point.endswith("the restrained person still answers for it.")
    assert stands == "209a-after-notice: `consent_is_defence`, `changed_by`"
    assert "`test_law_massachusetts`" in tests
    assert "california" not in tests
    assert "`ma-gordon-1990`" in cases
    assert int(scenarios.partition(":")[0]) > 3
    assert scenarios.count("`") == 6


def test_a_point_in_a_branch_of_a_rule_is_asked_by_those_who_put_that_rule_under_that_law(page: str) -> None:
    _, stands, tests, cases, _ = row(page, "ma-violation-elements")
    assert (stands, tests) == ("rules: `violations.breach`", "`test_violations`")
    assert "`ma-gordon-1990`" in cases
    assert "ca-" not in cases


def test_a_point_that_the_law_of_another_place_carries_is_traced_there(page: str) -> None:
    _, stands, tests, _, scenarios = row(page, "ca-mutual-vawa")
    assert stands == "us/every-order: `honoured_mutual_requires`; rules: `mutual.honoured_elsewhere`"
    assert "`test_law_federal`" in tests
    assert "`the-half-that-travels`" in scenarios


def test_what_is_not_modelled_says_why(page: str) -> None:
    assert row(page, "ma-violation-free-speech")[1:] == [
        "*Not modelled.* No rule decides constitutional law.",
        *[""] * 3,
    ]


def test_what_is_modelled_in_part_says_what_is_left_out(page: str) -> None:
    stands = row(page, "ma-violation-58b-standard")[1]
    assert stands == "release-condition: `breach_is`. *Left out:* What the judge must find at the hearing."


def test_the_summary_counts_every_point_once_and_a_story_asks_every_point_that_is_modelled(page: str) -> None:
    [line] = [line for line in page.splitlines() if line.startswith("| **All** ")]
    every, values, branches, partly, nowhere, asked = map(int, line.strip("| ").split(" | ")[1:])
    assert every == 285 == values + branches + nowhere
    assert asked == values + branches
    assert partly == page.count("*Left out:*") > 0


def test_a_decision_that_stays_unknown_is_named_with_the_reason(small: Path) -> None:
    assert coverage_page(Bank(small)).endswith("\n\nNone.\n")
    case = small / "tests" / "casebook" / "ma-gordon-1990.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace(", notice: in-court", ""), encoding="utf-8")
    last = coverage_page(Bank(small)).splitlines()[-1]
    assert last.startswith(
        "* `ma-gordon-1990`, [Commonwealth v. Gordon, 407 Mass. 340, 553 N.E.2d 915 (1990)](https://"
    )
    assert "`violations.breach` answers unknown. The story does not say" in last
    assert "0 right, 0 wrong, 1 unknown." in casebook_page(Bank(small))


def test_both_pages_are_built_and_watched_where_there_is_a_casebook_and_only_there(small: Path) -> None:
    pages = {small / "docs" / "casebook.md", small / "docs" / "law-coverage.md"}
    assert pages <= set(outputs(Bank(small), {}))
    stale = {problem.file for problem in check(Bank(small)).problems if problem.wrong.startswith("is not what")}
    assert {"docs/casebook.md", "docs/law-coverage.md"} <= stale
    shutil.rmtree(small / "tests")
    assert not pages & set(outputs(Bank(small), {}))


def test_a_case_that_cannot_be_read_is_a_problem_of_the_check(small: Path) -> None:
    (small / "tests" / "casebook" / "broken.yaml").write_text("id: other\n", encoding="utf-8")
    assert any(problem.file == "casebook/broken.yaml" for problem in check(Bank(small)).problems)
