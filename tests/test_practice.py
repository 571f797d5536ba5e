"""What stands at once under a checked answer, for every wrong option of the whole bank, and what waits in the fold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from grader.answers import Entry
from grader.bank import Bank
from grader.feedback import new
from grader.messages import say
from grader.practice import MOST, authority, feedback
from grader.scoring import score
from grader.sheet import Citation, Item, Key, KeySheet, Question, Sheet, Step
from tests.sample_quiz import KEYS, SHEET

SERVED = Citation(
    "Sample Act, part 9", "https://law.example/sample#9", "Whoever was told is bound.", "primary", "2030-01-01"
)


@dataclass(frozen=True)
class Told:
    """What one wrong answer is told."""

    name: str
    key: Key
    says: dict[str, Any]


def told(sheet: Sheet, keys: KeySheet, item: Item, question: Question, chosen: str) -> Told:
    entry = Entry(question.variant, [chosen], 1, first=[chosen])
    item_key = keys.item(item.id)
    assert item_key
    key = item_key.of(question.variant)
    assert key
    says = feedback(item, question, key, entry, score(item_key, entry, question.variant))
    return Told(f"{sheet.quiz} {item.id}: {chosen}", key, says)


@cache
def wrong() -> tuple[Told, ...]:
    """Every wrong choice among options or sentences, in every quiz and practice set."""
    bank = Bank(Path(__file__).parents[1])
    built, problems = bank.build_all((*bank.practice_files, *bank.quiz_files))
    assert not problems
    return tuple(chain.from_iterable(_wrong(sheet, keys) for sheet, keys in built.values()))


def _wrong(sheet: Sheet, keys: KeySheet) -> Iterator[Told]:
    for item in (one for one in sheet.items if one.kind in ("single", "sentence")):
        for question in item.variants:
            for option in question.options or question.story:
                one = told(sheet, keys, item, question, option.id)
                if not one.key.choices[option.id].right:
                    yield one


def sample(*steps: Step) -> Told:
    """The sample's first question, answered wrong, with these steps behind its key."""
    item, question = SHEET.items[0], SHEET.items[0].variants[0]
    variants = tuple(replace(key, steps=steps) for key in KEYS.items[0].variants)
    keys = replace(KEYS, items=(replace(KEYS.items[0], variants=variants), *KEYS.items[1:]))
    return told(SHEET, keys, item, question, "go")


# The authority


def test_a_rule_that_rests_on_no_authority_does_not_borrow_that_of_another_step() -> None:
    says = sample(
        Step("Kim was told of the order.", True, (SERVED,), ()), Step("This is not that.", False, (), ())
    ).says
    assert says["cites"] == []
    assert [cite["cite"] for step in says["steps"] for cite in step["cites"]] == [SERVED.cite]


def test_every_authority_shown_is_one_of_the_step_whose_rule_is_shown() -> None:
    for one in wrong():
        last = one.key.steps[-1]
        assert authority(one.key.steps) == tuple(dict.fromkeys(last.cites)), one.name
        assert one.key.rule in (last.says, *(cite.gist for cite in last.cites)), one.name


def test_an_authority_keeps_its_checked_day_in_the_fold_even_if_it_stands_above_too() -> None:
    says = sample(Step("Kim was told of the order.", True, (SERVED,), ())).says
    (again,) = says["steps"][0]["cites"]
    assert says["cites"][0]["checked"] == again["checked"] == "compared with the source on January 1, 2030"


def test_the_first_authorities_stand_at_once_and_the_fold_has_them_all_with_what_they_say() -> None:
    many = tuple(replace(SERVED, cite=f"Sample Act, part {n}") for n in range(MOST + 8))
    says = sample(Step("Kim was told of the order.", True, many, ())).says
    assert [cite["cite"] for cite in says["cites"]] == [cite.cite for cite in many[:MOST]]
    assert says["cites_note"].startswith("And 8 more, with all the reasons below. All compared with the source on Jan")
    assert {(cite["cite"], cite["gist"]) for cite in says["steps"][0]["cites"]} == {(c.cite, c.gist) for c in many}


def test_a_checked_day_that_not_all_authorities_share_stays_with_each() -> None:
    later = replace(SERVED, cite="Sample Act, part 10", checked="2030-02-01")
    says = sample(Step("Kim was told of the order.", True, (SERVED, later), ())).says
    assert [cite["checked"][-15:] for cite in says["cites"]] == ["January 1, 2030", "ebruary 1, 2030"]
    assert says["cites_note"] == ""


# What would change the answer


@pytest.mark.parametrize(
    ("mine", "theirs", "anew"),
    [
        ("Kim calls.", "Kim waits.", "Kim waits."),
        ("Kim is told. The order runs a year.", "Kim is not told. The order runs a year.", "Kim is not told."),
        ("Kim is told. Robin asks.", "Kim is told. Robin asks. Kim opposes.", "Kim opposes."),
        ("A paper comes. Kim reads it.", "A paper comes. It is blank.", "A paper comes. It is blank."),
        ("Robin texts: “Come!” Kim comes.", "Robin texts: “Come!” Kim waits.", "Kim waits."),
        ("Kim is told. Kim calls.", "Kim is told.", "Kim is told."),
    ],
)
def test_only_what_the_story_says_anew_is_quoted(mine: str, theirs: str, anew: str) -> None:
    assert new(mine, theirs) == anew


# How much stands at once


def words(says: dict[str, Any]) -> int:
    """The words above the fold, without the headings of its parts."""
    rests = (text for one in says["rests"] for text in (one["choice"], one["says"]))
    cites = (text for one in says["cites"] for text in (one["cite"], one["gist"], one["checked"]))
    pointer = say("decides") if says["decides"] else ""
    texts = (says["heading"], *rests, says["rule"], pointer, *cites, says["cites_note"], says["flip"])
    return sum(len(text.split()) for text in texts)


def test_what_a_wrong_answer_is_told_at_once_is_short_enough_to_be_read() -> None:
    counted = {one.name: words(one.says) for one in wrong()}
    longest = max(counted, key=lambda name: counted[name])
    assert len(counted) > 300
    assert median(counted.values()) <= 100
    assert counted[longest] <= 165, longest


def test_what_stands_at_once_leaves_no_reason_out() -> None:
    for one in wrong():
        says = one.says
        assert all(says[part] for part in ("heading", "rests", "rule", "steps")), one.name
        assert all(told["says"] or told["choice"] for told in says["rests"]), one.name
        behind = {cite.gist for step in one.key.steps for cite in step.cites}
        assert behind <= {one.key.rule, *(cite["gist"] for step in says["steps"] for cite in step["cites"])}, one.name
