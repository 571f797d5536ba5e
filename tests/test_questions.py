"""Questions: made from findings, one right answer, a reason for every choice, and no key on the sheet."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.facts import Ask, Event, Line, Order, Person, Scenario
from grader.findings import plain
from grader.law import law
from grader.misconceptions import MISCONCEPTIONS
from grader.questions import Builder, Unaskable
from grader.rules import ask as decide
from grader.scenarios import load_folder
from grader.sheet import Item, ItemKey, Key, Question
from grader.wording import worded

SCENARIOS = Path(__file__).parent.parent / "scenarios"
MA, CA = law("us-ma"), law("us-ca")
Pair = tuple[Question, Key]


def paper(**given: Any) -> Order:
    usual: dict[str, Any] = {
        "kind": "final", "day": date(2026, 1, 5), "binds": "kim", "protects": ("robin",), "ground": "abuse",
        "forbids": ("abuse", "contact"), "ends": date(2027, 1, 4), "notice": "in-court",
    }  # fmt: skip
    return Order(id="paper", **(usual | given))


def call(id: str, did: str = "call", **given: Any) -> Event:
    return Event(id=id, did=did, day=date(2026, 6, 10), who="kim", whom="robin", **given)  # type: ignore[arg-type]


def told(*lines: Line, variant: str = "0") -> Scenario:
    people = {"kim": Person(name="Kim"), "robin": Person(name="Robin")}
    return Scenario(
        id="told", title="Told", topics=("violations",), law=("us-ma",), people=people, story=lines, variant=variant
    )


MADE = Line(says="On {day} a judge forbids {binds} to contact {protects}.", order=paper())
CALL = Line(says="On {day} {who} calls {whom}.", event=call("call"))
REST = Line(says="On {day} {who} stays at home.", event=call("rest", "nothing"))
INVITED = Line(says="{who} invites {whom}.", event=replace(call("asked", "invite"), who="robin", whom="kim"))
ASK = Ask(id="breach", rule="violations.breach", act="call", order="paper")
FAMILY = (told(MADE, INVITED, CALL), told(MADE, INVITED, replace(CALL, event=call("call", "nothing")), variant="1"))


def built(kind: Any, ask: Ask = ASK, *scenarios: Scenario, place: Any = MA, points: float = 1) -> list[Pair]:
    item, key = Builder(scenarios or FAMILY[:1], ask, place, kind, "quiz/item").build("item", points)
    return list(zip(item.variants, key.variants, strict=True))


def one(*given: Any, **more: Any) -> Pair:
    return built(*given, **more)[0]


@cache
def everything() -> tuple[tuple[str, Ask, Scenario, str, Item, ItemKey], ...]:
    """Every question that can be made of the scenarios of this course, in every form, one variant at a time."""
    return tuple(_everything())


def _everything() -> Iterator[tuple[str, Ask, Scenario, str, Item, ItemKey]]:
    families, _ = load_folder(SCENARIOS)
    for family in families:
        for ask in family.asks:
            for place in family.law:
                for scenario in family.variants():
                    yield from _forms(family.variants(), scenario, ask, place)


def _forms(
    variants: tuple[Scenario, ...], scenario: Scenario, ask: Ask, place: str
) -> Iterator[tuple[str, Ask, Scenario, str, Item, ItemKey]]:
    for kind in ("grid",) if ask.acts else ("single", "select", "date", "sentence", "written"):
        try:
            item, key = Builder((scenario,), ask, law(place), kind, "quiz/item").build("item", 1)  # type: ignore[arg-type]
        except Unaskable:
            continue
        yield kind, ask, scenario, place, item, key


class TestOneBestAnswer:
    def test_exactly_one_choice_is_right_and_it_says_what_the_law_says(self) -> None:
        question, key = one("single")
        [right] = [id for id, choice in key.choices.items() if choice.right]
        assert key.choices[right].credit == 1
        assert key.answer.startswith("Yes. ")
        assert {option.id for option in question.options} == set(key.choices)

    def test_every_wrong_option_is_what_a_misconception_concludes(self) -> None:
        _, key = one("single")
        wrong = [choice for choice in key.choices.values() if not choice.right]
        assert wrong
        assert all(choice.misconception in MISCONCEPTIONS for choice in wrong)
        assert any(choice.misconception == "permission-counts" for choice in wrong)

    def test_the_key_knows_the_decisive_sentences_the_rule_and_what_would_differ(self) -> None:
        _, key = built("single", ASK, *FAMILY)[0]
        assert key.decides == ("s0", "s2"), "the order and the call decide; the invitation is an aside"
        assert key.rule
        assert "Kim calls Robin" in key.flip
        assert all(step.says for step in key.steps)

    def test_an_answer_that_the_law_leaves_open_cannot_be_asked(self) -> None:
        silent = told(replace(MADE, order=paper(notice=None)), CALL)
        with pytest.raises(Unaskable, match="unknown"):
            built("single", ASK, silent)
        post = told(MADE, replace(CALL, event=replace(call("call", "post", by="public-post"), whom=None)))
        with pytest.raises(Unaskable, match="unsettled"):
            built("single", ASK, post, place=CA)

    def test_one_open_variant_is_enough_to_refuse_the_item(self) -> None:
        with pytest.raises(Unaskable):
            built("single", ASK, *FAMILY, told(replace(MADE, order=paper(notice=None)), INVITED, CALL, variant="2"))

    def test_a_set_of_answers_can_be_one_option(self) -> None:
        bound = Ask(id="bound", rule="mutual.who_is_bound", order="paper")
        _, key = one("single", bound)
        assert key.answer.startswith("Kim. ")


class TestTheOtherForms:
    def test_select_ticks_the_members_of_the_set(self) -> None:
        question, key = one("select", Ask(id="bound", rule="mutual.who_is_bound", order="paper"))
        right = {option.text for option in question.options if key.choices[option.id].right}
        assert (right, {option.text for option in question.options}) == ({"Kim"}, {"Kim", "Robin"})

    def test_select_needs_a_set(self) -> None:
        with pytest.raises(Unaskable, match="set"):
            built("select")

    def test_a_date_gives_full_credit_for_the_day_and_half_for_a_near_one(self) -> None:
        last = Ask(id="last", rule="duration.last_day", order="paper")
        sunday = told(replace(MADE, order=paper(ends=date(2026, 11, 15))))
        _, key = one("date", last, sunday)
        assert key.choices["2026-11-16"].credit == 1
        assert key.choices["2026-11-15"].credit == 0.5
        assert not key.choices["2026-11-15"].right

    def test_a_holiday_that_was_counted_gives_half(self) -> None:
        last = Ask(id="last", rule="duration.last_day", order="paper")
        short = told(replace(MADE, order=paper(kind="ex-parte", day=date(2026, 4, 10), ends=None)))
        _, key = one("date", last, short)
        assert {day: choice.credit for day, choice in key.choices.items()} == {
            "2026-04-27": 1, "2026-04-24": 0.5, "2026-04-20": 0,
        }  # fmt: skip

    def test_a_date_needs_a_day(self) -> None:
        with pytest.raises(Unaskable, match="day"):
            built("date")

    def test_a_grid_judges_each_act_by_itself(self) -> None:
        each = Ask(id="each", rule="violations.breach", acts=("call", "rest"), order="paper")
        question, key = one("grid", each, told(MADE, CALL, REST))
        assert [option.text for option in question.options] == ["Yes", "No"]
        right = [id.split(":")[1] for id, choice in key.choices.items() if choice.right]
        assert (len(question.rows), right) == (2, ["yes", "no"])

    def test_a_grid_needs_two_acts(self) -> None:
        with pytest.raises(Unaskable, match="two"):
            built("grid", replace(ASK, acts=("call",)), told(MADE, CALL))

    def test_the_deciding_sentence_is_right_and_the_story_keeps_its_order(self) -> None:
        question, key = one("sentence")
        assert [option.text for option in question.options] == [sentence.text for sentence in question.story]
        assert [key.choices[option.id].right for option in question.options] == [True, False, True]

    def test_a_written_answer_has_a_model_and_a_rubric_worth_its_points(self) -> None:
        question, key = one("written", points=8)
        assert not key.choices
        assert key.answer.startswith("Yes.")
        assert sum(points for _, points, _ in key.rubric) == pytest.approx(8)
        assert not question.options


class TestTheSheet:
    def test_the_same_quiz_built_twice_is_the_same(self) -> None:
        assert built("single", ASK, *FAMILY) == built("single", ASK, *FAMILY)

    def test_variants_have_different_opaque_ids(self) -> None:
        pairs = built("single", ASK, *FAMILY)
        ids = [id for question, key in pairs for id in (question.variant, *key.choices)]
        assert len(ids) == len(set(ids))
        assert all(len(id) == 8 and int(id, 16) >= 0 for id in ids)

    def test_ids_differ_from_quiz_to_quiz(self) -> None:
        item, _ = Builder(FAMILY[:1], ASK, MA, "single", "another/item").build("item", 1)
        assert not {o.id for o in item.variants[0].options} & {o.id for o in one("single")[0].options}

    def test_no_field_of_the_sheet_tells_the_key(self) -> None:
        for kind in ("single", "sentence"):
            question, key = one(kind)
            assert set(asdict(question)) == {"variant", "title", "content", "story", "stem", "options", "rows"}
            assert all(set(asdict(option)) == {"id", "text"} for option in question.options)
            sheet = json.dumps(asdict(question))
            assert not any(choice.feedback in sheet for choice in key.choices.values() if not choice.right)
            assert not any(f'"{name}"' in sheet for name in MISCONCEPTIONS)

    def test_an_id_depends_on_the_text_of_an_option_and_not_on_whether_it_is_right(self) -> None:
        question, _ = one("single")
        builder = Builder(FAMILY[:1], ASK, MA, "single", "quiz/item")
        assert all(option.id == builder.id(FAMILY[0], "option", option.text) for option in question.options)

    def test_the_right_option_is_not_always_in_one_place(self) -> None:
        places = set()
        for n in range(20):
            item, key = Builder(FAMILY[:1], ASK, MA, "single", f"quiz-{n}/item").build("item", 1)
            options = item.variants[0].options
            places.add(next(n for n, option in enumerate(options) if key.variants[0].choices[option.id].right))
        assert len(places) > 1


class TestEveryQuestionOfTheCourse:
    def test_there_are_questions_of_every_form(self) -> None:
        assert {kind for kind, *_ in everything()} == {"single", "select", "date", "grid", "sentence", "written"}

    def test_the_key_equals_the_finding(self) -> None:
        for kind, ask, scenario, place, _, item in everything():
            if kind == "grid":
                continue
            found, [key] = decide(scenario, law(place), ask), item.variants
            assert key.finding == plain(found.answer)
            words = worded(ask.rule, found.answer)
            assert kind not in ("single", "written") or words is None or key.answer.startswith(words)

    def test_a_grid_row_is_right_where_the_finding_is(self) -> None:
        for kind, ask, scenario, place, item, key in everything():
            if kind == "grid":
                for act, row in zip(ask.acts, item.variants[0].rows, strict=True):
                    words = worded(ask.rule, decide(scenario, law(place), ask, act).answer) or ""
                    assert key.variants[0].choices[f"{row.id}:{words.lower()}"].right

    def test_a_single_has_one_right_choice_and_something_wrong_beside_it(self) -> None:
        for kind, *_, item, key in everything():
            choices = key.variants[0].choices
            if kind == "single":
                assert sum(choice.right for choice in choices.values()) == 1
                assert 2 <= len(item.variants[0].options) <= 4

    def test_no_text_stands_twice_among_the_options(self) -> None:
        for _, _, scenario, place, item, _ in everything():
            texts = [option.text for option in item.variants[0].options]
            assert len(texts) == len(set(texts)), (scenario.id, place)

    def test_every_choice_has_feedback_and_a_known_misconception_if_any(self) -> None:
        for kind, *_, key in everything():
            for choice in key.variants[0].choices.values():
                assert choice.feedback
                assert choice.misconception is None or choice.misconception in MISCONCEPTIONS
                assert choice.right or choice.credit == 0 or kind == "date"
                assert not (choice.right and choice.misconception)

    def test_the_stem_is_a_whole_question_without_a_gap(self) -> None:
        for _, _, _, _, item, _ in everything():
            stem = item.variants[0].stem
            assert "{" not in stem
            assert "None" not in stem
            assert stem[-1] in "?.”"


def test_a_build_is_the_same_on_every_run_whatever_order_sets_have() -> None:
    """Python's sets have another order in every process; no file that is built may show it."""
    script = (
        "import sys, json; from pathlib import Path; from grader.bank import Bank;"
        "bank = Bank(Path(sys.argv[1]));"
        "print({name: sheet.version for name, (sheet, _) in sorted(bank.quizzes().items())})"
    )
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", script, str(root)]
    versions = {
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(versions) == 1
