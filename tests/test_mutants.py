"""Changing the law one value at a time, and reading other law in its place for a while."""

from datetime import date
from pathlib import Path

from grader.bank import Bank
from grader.law import Length, instead, law
from grader.lawbook import as_of
from grader.mutants import examine, mutants
from grader.rules import ask as decide

ROOT = Path(__file__).parents[1]
DAY = date(2026, 6, 1)


def test_a_mutant_differs_in_one_value_and_leaves_the_law_on_file_alone() -> None:
    before = law("us-ma").of("final", "abuse").value("longest_term", DAY).value
    longer = [m for m in mutants(law("us-ma")) if m.order == "209a-after-notice" and m.question == "longest_term"]
    assert {m.change for m in longer} == {"left out", "1 year → 2 years"}
    [changed] = [m.law for m in longer if m.change == "1 year → 2 years"]
    assert changed.of("final", "abuse").value("longest_term", DAY).value == (Length(2, "year"),)
    assert law("us-ma").of("final", "abuse").value("longest_term", DAY).value == before == (Length(1, "year"),)


def test_a_change_reaches_the_stages_that_fall_back_on_it() -> None:
    [gone] = [
        m.law
        for m in mutants(law("us-ma"))
        if (m.order, m.question, m.change) == ("209a-after-notice", "consent_is_defence", "false → true")
    ]
    assert gone.of("final", "abuse").value("consent_is_defence", DAY).value is True
    assert gone.of("ex-parte", "abuse").value("consent_is_defence", DAY).value is True


def test_a_world_in_which_consent_is_a_defence_is_noticed() -> None:
    families = [Bank(ROOT).families["invited-to-dinner"]]
    noticed = {
        (m.order, m.question): seen
        for m, seen in examine(families, ["us-ma"])
        if m.change == "false → true" and m.order == "209a-after-notice"
    }
    assert noticed["209a-after-notice", "consent_is_defence"]
    assert not noticed["209a-after-notice", "renewal_automatic"]


def test_other_law_stands_in_the_place_of_what_is_on_file_only_for_a_while() -> None:
    family = Bank(ROOT).families["after-the-sentence"]
    later = next(v for v in family.variants() if v.orders[0].day.year == 2025)
    last = next(one for one in family.asks if one.id == "last")
    now = decide(later, law("us-ca"), last).answer
    with instead({"us-ca": as_of(law("us-ca"), date(2024, 12, 31))}):
        then = decide(later, law("us-ca"), last).answer
    assert (then, now) == (date(2035, 11, 14), date(2040, 11, 14))
    assert decide(later, law("us-ca"), last).answer == now


def test_while_a_mutant_is_looked_at_the_law_on_file_stands() -> None:
    families = [Bank(ROOT).families["invited-to-dinner"]]
    for _ in zip(range(40), examine(families, ["us-ma"]), strict=False):
        assert law("us-ma").of("final", "abuse").value("consent_is_defence", DAY).value is False


def test_a_rule_that_later_authorities_show_again_is_one_rule() -> None:
    paper = law("us-ma").of("final", "abuse")
    shown = [value for value in paper.parameters["survives"] if "dismissal" in value.value]
    [without] = [
        m.law
        for m in mutants(law("us-ma"))
        if (m.order, m.question, m.change) == (paper.order, "survives", "without dismissal")
    ]
    assert len(shown) > 1
    for value in shown:
        left = without.of("final", "abuse").value("survives", value.since).value
        assert set(left) == set(value.value) - {"dismissal"}


def test_what_federal_law_says_too_nobody_can_miss_in_the_law_of_a_place() -> None:
    asked = [m.change for m in mutants(law("us-ma")) if m.question == "foreign_order_enforced"]
    assert asked == ["true → false"]
