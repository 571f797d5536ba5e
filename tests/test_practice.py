"""What stands at once under a checked answer, for every wrong option of the whole bank, and what waits in the fold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from grader.answers import Entry
from grader.bank import Bank
from grader.practice import authority, feedback
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
