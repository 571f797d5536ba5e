"""To put in order: the days of a story and the day that the law gives, with mistaken days as wrong orders."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader.answers import Entry
from grader.bank import Bank
from grader.feedback import flipped
from grader.practice import feedback, in_words
from grader.questions import Builder, Unaskable
from grader.quizzes import ItemEntry, prepare
from grader.record import Store, complete, fits
from grader.report.items import words
from grader.scoring import pairs, score
from grader.sheet import THEN, Choice, Item, ItemKey, Option, Sheet
from grader.simulate import Learner, answer, expected
from grader.widgets import QuestionWidget
from tests.sample_quiz import KEYS_WITH_ORDER, SHEET, WITH_ORDER

ROOT = Path(__file__).parent.parent
LEARNER = "ana"
ITEM = WITH_ORDER.item("w6")
KEY = KEYS_WITH_ORDER.item("w6")
YES, NO = Choice(True, 1.0, "Yes."), Choice(False, 0.0, "No.")
FOUR = {"a>b>c>d": YES, "a>b>d>c": NO}


@pytest.fixture(scope="module")
def built() -> tuple[Builder, Item, ItemKey]:
    prepared = prepare(ROOT / "notebooks/duration.yaml", Bank(ROOT).families)
    builder = next(builder for entry, builder in prepared.items if entry.type == "order")
    return builder, *builder.build("in-order", 2.0)


# What it is worth


@pytest.mark.parametrize(
    ("chosen", "worth"),
    [
        ("a>b>c>d", 1.0),
        ("b>a>c>d", 2 / 3),
        ("b>a>d>c", 1 / 3),
        ("d>c>b>a", 0.0),
        ("c>d>a>b", 0.0),
        ("a>b>c", 0.0),
        ("a>a>b>c", 0.0),
        ("a>b>c>x", 0.0),
        ("", 0.0),
    ],
)
def test_pairs_in_the_wrong_order_are_taken_off_those_in_the_right_one(chosen: str, worth: float) -> None:
    assert pairs(FOUR, (chosen,)) == pytest.approx(worth)


def test_two_orders_or_none_earn_nothing() -> None:
    assert pairs(FOUR, ()) == pairs(FOUR, ("a>b>c>d", "a>b>d>c")) == pairs({}, ("a",)) == 0.0


def test_a_wrong_order_names_the_belief_that_leads_to_it() -> None:
    assert KEY is not None
    scored = score(KEY, Entry("w6-a", ["made", "call", "end"]))
    assert (scored.verdict, scored.misconceptions) == ("partly", ("permission-counts",))
    assert score(KEY, Entry("w6-a", ["made", "end", "call"])).verdict == "right"
    assert score(KEY, Entry("w6-a", ["call", "end", "made"])).note == "", "nobody foresaw it: no mistake"


# What may be answered


@pytest.mark.parametrize("given", [["made"], ["made", "end"], ["made", "end", "nobody"], {"made": "end"}, "made"])
def test_an_order_names_each_line_once(given: object) -> None:
    assert not fits(ITEM, ITEM.variants[0], given)  # type: ignore[arg-type]


def test_an_order_is_saved_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "waiver.answers.json"
    assert Store(path, WITH_ORDER, LEARNER).answer("w6", ["end", "made", "call"]).ok
    again = Store(path, WITH_ORDER, LEARNER)
    assert again.value("w6") == ["end", "made", "call"]
    assert complete(again.variant("w6"), ["end", "made", "call"])


def test_an_order_is_told_line_by_line() -> None:
    assert in_words(ITEM, ITEM.variants[0], ["made", "end", "call"])[1] == "2. The last day of the order"
    assert words(ITEM, ITEM.variants[0], "made>end>call").startswith(
        "1. On 4 March 2030 the court makes the order.; 2."
    )


@pytest.mark.parametrize(("given", "says"), [("made>call>end", "until somebody calls"), ("end>call>made", "")])
def test_practice_says_what_an_order_rests_on(given: str, says: str) -> None:
    assert KEY is not None
    entry = Entry("w6-a", given.split(THEN))
    told = feedback(ITEM, ITEM.variants[0], KEY.variants[0], entry, score(KEY, entry))
    [rests] = told["rests"]
    assert rests["choice"].startswith("1. ")
    assert says in rests["says"]
    assert not rests["right"]
    assert told["answer"] == KEY.variants[0].answer


# How it is made


def test_the_right_order_puts_the_day_the_law_gives_among_the_days_of_the_story(
    built: tuple[Builder, Item, ItemKey],
) -> None:
    _, item, key = built
    for question, one in zip(item.variants, key.variants, strict=True):
        texts = {option.id: option.text for option in question.options}
        [right] = [name for name, choice in one.choices.items() if choice.right]
        lines = [texts[id] for id in right.split(THEN)]
        assert lines[-1].startswith("The last day on which")
        assert "November 30, 2023" in lines[0]
        assert set(right.split(THEN)) == set(texts)


def test_a_mistaken_day_gives_a_wrong_order_with_the_belief_behind_it(built: tuple[Builder, Item, ItemKey]) -> None:
    _, item, key = built
    [wrong] = [name for name, choice in key.variants[0].choices.items() if choice.misconception]
    texts = {option.id: option.text for option in item.variants[0].options}
    assert texts[wrong.split(THEN)[1]].startswith("The last day on which")
    assert "lasts one year" in key.variants[0].choices[wrong].feedback


def test_no_field_of_the_question_tells_its_order(built: tuple[Builder, Item, ItemKey]) -> None:
    _, item, key = built
    shown = [THEN.join(option.id for option in question.options) for question in item.variants]
    assert shown != [next(iter(one.choices)) for one in key.variants]


def test_what_has_no_day_or_too_few_days_cannot_be_put_in_order(built: tuple[Builder, Item, ItemKey]) -> None:
    builder = built[0]
    short = [replace(scenario, story=scenario.story[:2]) for scenario in builder.scenarios]
    with pytest.raises(Unaskable, match="two dated sentences or more"):
        Builder(short, builder.ask, builder.law, "order", "salt").build("x", 1.0)
    asked = replace(builder.ask, rule="violations.breach", act=builder.scenarios[0].story[-1].event.id)  # type: ignore[union-attr]
    with pytest.raises(Unaskable, match="order needs the last day"):
        Builder(builder.scenarios, asked, builder.law, "order", "salt").build("x", 1.0)


def test_simulated_learners_put_in_order_what_they_believe(built: tuple[Builder, Item, ItemKey]) -> None:
    builder, item, key = built
    entry = ItemEntry(id="in-order", scenario="", ask="last", law="us-ca", type="order", points=2.0)
    scenario = builder.scenarios[0]
    for believes in ((), ("one-year-everywhere",)):
        learner = Learner("x", "X", "Y", believes)
        given = answer(learner, entry, builder, scenario)
        assert isinstance(given, list)
        scored = score(key, Entry(item.variants[0].variant, given))
        assert scored.points == pytest.approx(expected(learner, entry, builder, scenario), abs=1e-3)
        assert scored.misconceptions == believes
    assert flipped(builder.scenarios, scenario, builder.ask, builder.law, lambda *_: "") == ""


# Stories that are folded, and another one instead


def page_of(sheet: Sheet, item: str, tmp_path: Path) -> dict[str, object]:
    store = Store(tmp_path / "waiver.answers.json", sheet, LEARNER)
    data: dict[str, object] = QuestionWidget(store, sheet.item(item)).data
    return data


def with_content(content: str, mode: str = "quiz", instead: str = "") -> Sheet:
    first = SHEET.items[0]
    variants = tuple(
        replace(v, content=content, story=(*v.story, Option("s9", "Then they shouted."))) for v in first.variants
    )
    items = (replace(first, variants=variants, instead=instead), *SHEET.items[1:])
    return replace(SHEET, items=items, mode=mode)  # type: ignore[arg-type]


def test_a_story_that_was_just_told_is_folded_the_next_time(tmp_path: Path) -> None:
    assert page_of(SHEET, "w1", tmp_path)["fold"] == ""
    assert page_of(SHEET, "w2", tmp_path)["fold"] == "The same story again: The invitation"


def test_a_story_one_may_not_want_to_read_waits_behind_a_button(tmp_path: Path) -> None:
    assert page_of(with_content("A threat is mentioned."), "w1", tmp_path)["fold"] == "Show this story"
    assert page_of(with_content("No violence is described."), "w1", tmp_path)["instead"] == {}


@pytest.mark.parametrize(
    ("mode", "instead", "text"),
    [
        ("practice", "w3", "Another story on the same rule: question 3"),
        ("practice", "", "You can leave this question out."),
        ("quiz", "", "Ask your instructor for another question. You need not say why."),
    ],
)
def test_somebody_who_would_rather_not_read_is_told_what_to_do(
    mode: str, instead: str, text: str, tmp_path: Path
) -> None:
    told = page_of(with_content("A threat is mentioned.", mode, instead), "w1", tmp_path)["instead"]
    assert isinstance(told, dict)
    assert text in told["text"]
    assert told.get("item", "") == instead


def test_practice_sets_offer_a_milder_story_on_the_same_rule_and_quizzes_none() -> None:
    bank = Bank(ROOT)
    sheet, _ = bank.build(ROOT / "notebooks/duration.yaml")
    assert sheet.item("in-order").instead == "hearing"
    assert all(question.mild for question in sheet.item("hearing").variants)
    assert Sheet.from_json(sheet.as_json()) == sheet
    quiz, _ = bank.build(ROOT / "quizzes/waiver/quiz.yaml")
    assert not any(item.instead for item in quiz.items)
