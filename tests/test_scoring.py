"""What an answer is worth: never less than nothing, never more than the points, and nothing for trouble."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.messages import say
from grader.record import Entry, Reading, Record
from grader.scoring import Score, date, diagnose, net_correct, ps50, score, score_record, single
from grader.sheet import Choice, ItemKey, Key
from tests.sample_quiz import KEYS, PERMISSION, SHEET, right, wrong

LEARNER = "ana"
YES, NO = Choice(True, 1.0, "Yes."), Choice(False, 0.0, "No.")
IDS = [f"o{n}" for n in range(8)]


def entry(item: str, answer: Any, variant: str | None = None) -> Entry:
    return Entry(variant or SHEET.item(item).pick(SHEET.salt, LEARNER).variant, answer)


def scored(item: str, answer: Any, variant: str | None = None) -> Score:
    key = KEYS.item(item)
    assert key is not None
    return score(key, entry(item, answer, variant), SHEET.item(item).pick(SHEET.salt, LEARNER).variant)


def rows(right_ones: int, of: int) -> tuple[dict[str, Choice], list[str]]:
    """A grid of yes/no rows, and an answer with so many rows right."""
    choices = {f"r{n}:yes": YES for n in range(of)} | {f"r{n}:no": NO for n in range(of)}
    return choices, [f"r{n}:{'yes' if n < right_ones else 'no'}" for n in range(of)]


# The rules


def test_one_best_answer_earns_its_credit_and_two_answers_earn_nothing() -> None:
    assert single({"a": YES, "b": NO}, ["a"]) == 1
    assert single({"a": YES, "b": NO}, ["b"]) == 0
    assert single({"a": YES, "b": NO}, ["a", "b"]) == 0


@pytest.mark.parametrize(
    ("chosen", "worth"),
    [
        ("a b", 1.0),
        ("a", 0.5),
        ("a x", 0.0),
        ("a b x", 0.5),
        ("x", 0.0),
        ("x y", 0.0),
        ("", 0.0),
        ("a b x y z", 0.0),
        ("a b nobody", 0.5),
    ],
)
def test_select_all_takes_a_false_choice_off_a_true_one(chosen: str, worth: float) -> None:
    assert net_correct({"a": YES, "b": YES, "x": NO, "y": NO, "z": NO}, chosen.split()) == worth


@pytest.mark.parametrize(
    ("right_ones", "of", "worth"),
    [(4, 4, 1), (3, 4, 0.5), (2, 4, 0), (0, 4, 0), (3, 5, 0.5), (2, 5, 0), (2, 2, 1), (1, 2, 0)],
)
def test_a_grid_earns_half_only_for_strictly_more_than_half_of_its_rows(right_ones: int, of: int, worth: float) -> None:
    assert ps50(*rows(right_ones, of)) == worth


def test_a_named_near_miss_of_a_date_earns_half_and_every_other_day_nothing() -> None:
    choices = {"2030-03-05": YES, "2030-03-04": Choice(False, 0.5, "The last day counts.")}
    assert [date(choices, [day]) for day in ("2030-03-05", "2030-03-04", "2030-03-06")] == [1, 0.5, 0]


# One answer


@pytest.mark.parametrize("item", [i for i in SHEET.items if i.kind != "written"], ids=lambda i: i.kind)
def test_the_right_answer_earns_all_points_and_the_wrong_one_none(item: Any) -> None:
    best, worst = scored(item.id, right(item.id, LEARNER)), scored(item.id, wrong(item.id, LEARNER))
    assert (best.points, best.verdict) == (item.points, "right")
    assert (worst.points, worst.verdict) == (0, "wrong")


@pytest.mark.parametrize("item", SHEET.items, ids=lambda i: i.kind)
def test_an_empty_answer_earns_nothing_and_is_unanswered(item: Any) -> None:
    blanks: tuple[Any, ...] = ([], {}, "")
    for empty in blanks:
        assert (scored(item.id, empty).points, scored(item.id, empty).verdict) == (0, "unanswered")


def test_no_answer_is_unanswered() -> None:
    key = KEYS.item("w1")
    assert key is not None
    assert score(key, None) == Score(0, 2, "unanswered")


def test_an_answer_to_another_variant_earns_nothing_even_if_it_would_be_right() -> None:
    mine = SHEET.item("w1").pick(SHEET.salt, LEARNER).variant
    other = next(v.variant for v in SHEET.item("w1").variants if v.variant != mine)
    for choice in (["stay"], ["go"]):
        result = scored("w1", choice, other)
        assert (result.points, result.verdict) == (0, "wrong-variant")
        assert "another variant" in result.note


def test_a_variant_the_key_does_not_know_earns_nothing() -> None:
    key = KEYS.item("w1")
    assert key is not None
    assert score(key, Entry("made-up", ["stay"])).verdict == "wrong-variant"


def test_a_choice_that_does_not_exist_earns_nothing_and_is_named() -> None:
    result = scored("w1", ["made-up"])
    assert result.points == 0
    assert "made-up" in result.note
    assert scored("w3", ["judge", "clerk", "made-up"]).points == 1.5


def test_a_near_miss_of_a_date_is_partly_right() -> None:
    result = scored("w4", "2030-03-04")
    assert (result.points, result.verdict, result.note) == (0.5, "partly", "")


def test_a_text_waits_for_a_person_and_earns_nothing_by_itself() -> None:
    result = scored("w9", "Only the court can change it.")
    assert (result.points, result.max_points, result.verdict) == (0, 4, "by-hand")
    assert scored("w9", "   \n").verdict == "unanswered"


@pytest.mark.parametrize(
    ("item", "answer"),
    [("w1", "stay"), ("w2", ["call:yes", "wave:no"]), ("w3", {"judge": "yes"}), ("w4", ["2030-03-05"]), ("w9", ["x"])],
)
def test_an_answer_of_another_form_earns_nothing_and_says_so(item: str, answer: Any) -> None:
    result = scored(item, answer)
    assert (result.points, result.verdict) == (0, "wrong")
    assert result.note


def test_a_wrong_choice_names_its_misconception_and_a_right_one_none() -> None:
    assert scored("w5", ["s2"]).misconceptions == (PERMISSION,)
    assert scored("w5", ["s1"]).misconceptions == ()


def test_certainty_never_changes_a_score() -> None:
    key = KEYS.item("w5")
    assert key is not None
    scores = {score(key, replace(entry("w5", ["s1"]), certainty=sure)) for sure in (None, 1, 2, 3)}
    assert len(scores) == 1


# A whole record


def record(**changes: Any) -> Record:
    items = {item.id: entry(item.id, right(item.id, LEARNER)) for item in SHEET.items}
    return replace(Record(SHEET.quiz, SHEET.version, LEARNER, "2030-01-01T00:00:00+00:00", 6, items), **changes)


def test_a_whole_record_is_scored_item_by_item() -> None:
    scores, troubles = score_record(KEYS, SHEET, Reading(record()), LEARNER)
    assert sum(one.points for one in scores.values()) == 9
    assert sum(one.max_points for one in scores.values()) == 13
    assert troubles == ()


@pytest.mark.parametrize(("changes", "word"), [({"learner": "ben"}, "ben"), ({"quiz": "mutual"}, "mutual")])
def test_somebody_elses_or_another_quizs_record_earns_nothing_and_is_reported(
    changes: dict[str, str], word: str
) -> None:
    scores, troubles = score_record(KEYS, SHEET, Reading(record(**changes)), LEARNER)
    assert {one.verdict for one in scores.values()} == {"unanswered"}
    assert word in troubles[0]


def test_an_older_version_is_scored_where_its_variants_are_still_the_learners() -> None:
    scores, troubles = score_record(KEYS, SHEET, record(version="0"), LEARNER)
    assert scores["w3"].points == 3
    assert "version 0" in troubles[0]


def test_items_the_quiz_does_not_have_earn_nothing_and_are_named() -> None:
    scores, troubles = score_record(KEYS, SHEET, record(items={"w77": Entry("x", ["stay"])}), LEARNER)
    assert sum(one.points for one in scores.values()) == 0
    assert "w77" in troubles[0]


def test_nothing_handed_in_is_nothing_earned() -> None:
    for nothing in (None, Reading(None, ("The answers file is empty.",))):
        scores, troubles = score_record(KEYS, SHEET, nothing, LEARNER)
        assert {one.points for one in scores.values()} == {0}
        assert troubles == (nothing.troubles if nothing else ())


# Diagnosis


def chose(*names: str, offered: tuple[str, ...] = ("a", "b")) -> Score:
    return Score(0, 1, "wrong" if names else "right", names, (), "", offered)


def test_a_misconception_chosen_in_half_of_the_items_that_offered_it_is_held() -> None:
    assert diagnose([chose("a"), chose()]) == ("a",)


def test_one_slip_among_three_is_no_diagnosis() -> None:
    assert diagnose([chose("a"), chose(), chose()]) == ()


def test_an_item_left_open_says_nothing_about_beliefs() -> None:
    assert diagnose({"w5": scored("w5", []), "w3": scored("w3", ["friend"])}) == (PERMISSION,)


def test_a_belief_that_was_never_offered_in_an_item_is_not_contradicted_by_it() -> None:
    assert diagnose([chose("a"), chose(offered=("b",)), chose(offered=())]) == ("a",)


def test_a_right_record_holds_no_misconception() -> None:
    assert diagnose(score_record(KEYS, SHEET, record(), LEARNER)[0]) == ()


# What holds for any item and any answer

CHOICES = st.dictionaries(
    st.sampled_from(IDS),
    st.builds(Choice, st.booleans(), st.floats(), st.just(""), st.sampled_from([None, "a", "b"])),
    min_size=1,
)
GRID = st.dictionaries(
    st.builds("{}:{}".format, st.sampled_from(IDS[:4]), st.sampled_from(["yes", "no"])),
    st.builds(Choice, st.booleans(), st.floats(), st.just("")), min_size=1,
)  # fmt: skip
ANSWERS = (
    st.lists(st.sampled_from([*IDS, "nobody"]))
    | st.dictionaries(st.sampled_from([*IDS, "nobody"]), st.sampled_from(["yes", "no", "maybe"]))
    | st.text(max_size=12)
    | st.sampled_from(IDS)
)
KINDS = st.sampled_from(["single", "select", "sentence", "grid", "date", "written"])


@given(KINDS, CHOICES | GRID, ANSWERS, st.floats())
def test_every_score_is_a_finite_number_between_nothing_and_the_points(
    kind: Any, choices: Any, answer: Any, points: float
) -> None:
    item = ItemKey("i", kind, points, "waiver", "us-xx", (Key("v", "", "", choices, (), ()),))
    result = score(item, Entry("v", answer), "v")
    assert math.isfinite(result.points)
    assert math.isfinite(result.max_points)
    assert 0 <= result.points <= result.max_points
    assert result.points == 0 or answer


@given(
    st.dictionaries(st.sampled_from(IDS), st.booleans(), min_size=1),
    st.sets(st.sampled_from(IDS)),
    st.sampled_from(IDS),
)
def test_one_more_true_choice_never_costs_and_one_more_false_choice_never_pays(
    keyed: dict[str, bool], chosen: set[str], one_more: str
) -> None:
    choices = {id: YES if is_right else NO for id, is_right in keyed.items()}
    before, after = net_correct(choices, sorted(chosen)), net_correct(choices, sorted(chosen | {one_more}))
    assert after >= before if keyed.get(one_more) else after <= before


@given(st.integers(1, 12), st.data())
def test_one_more_row_right_never_costs(of: int, data: Any) -> None:
    fewer = data.draw(st.integers(0, of - 1))
    assert ps50(*rows(fewer, of)) <= ps50(*rows(fewer + 1, of))


@given(st.dictionaries(st.sampled_from(IDS), st.booleans(), min_size=1).filter(lambda keyed: any(keyed.values())))
def test_exactly_the_true_choices_earn_all_points(keyed: dict[str, bool]) -> None:
    choices = {id: YES if is_right else NO for id, is_right in keyed.items()}
    item = ItemKey("i", "select", 3.7, "waiver", "us-xx", (Key("v", "", "", choices, (), ()),))
    result = score(item, Entry("v", [id for id, is_right in keyed.items() if is_right]), "v")
    assert (result.points, result.verdict) == (3.7, "right")


# What is told beside the points


def key_of(item: str) -> ItemKey:
    key = KEYS.item(item)
    assert key is not None
    return key


def test_nothing_to_choose_from_and_no_row_are_worth_nothing() -> None:
    assert net_correct({"x": NO}, []) == 0
    assert ps50({}, []) == 0


@pytest.mark.parametrize("points", [0.0, -1.0, math.nan, math.inf])
def test_an_item_without_a_sound_number_of_points_is_worth_nothing(points: float) -> None:
    item = replace(key_of("w1"), points=points)
    found = score(item, entry("w1", right("w1", LEARNER)))
    assert (found.points, found.max_points) == (0, 0)


def test_an_answer_to_another_variant_says_so_and_keeps_the_points_it_could_have_earned() -> None:
    item = key_of("w1")
    other = score(item, entry("w1", right("w1", LEARNER), "elsewhere"), "here")
    assert (other.points, other.max_points, other.verdict) == (0, item.points, "wrong-variant")
    assert other.note == say("wrong-variant")
    gone = score(item, entry("w1", right("w1", LEARNER), "elsewhere"))
    assert (gone.points, gone.max_points, gone.verdict) == (0, item.points, "wrong-variant")
    assert gone.note == say("no-variant", variant="elsewhere")


def test_a_score_tells_which_choices_were_made_and_which_beliefs_were_on_offer() -> None:
    item = next(i for i in SHEET.items if i.kind == "single")
    key = key_of(item.id).of(item.pick(SHEET.salt, LEARNER).variant)
    assert key is not None
    chosen = next(name for name, choice in key.choices.items() if choice.right)
    found = scored(item.id, [chosen])
    assert found.choices == (chosen,)
    assert set(found.offered) == {choice.misconception for choice in key.choices.values() if choice.misconception}
    assert found.note == ""


def test_two_answers_where_one_is_asked_are_named_as_the_reason() -> None:
    for kind in ("single", "sentence"):
        for item in [i for i in SHEET.items if i.kind == kind]:
            key = key_of(item.id).of(item.pick(SHEET.salt, LEARNER).variant)
            assert key is not None
            first, second, *rest = key.choices
            assert scored(item.id, [first, second]).note == say("several")
            assert scored(item.id, [first, second, *rest[:1]]).note == say("several")
            assert scored(item.id, [first]).note == ""
    many = next(i for i in SHEET.items if i.kind == "select")
    key = key_of(many.id).of(many.pick(SHEET.salt, LEARNER).variant)
    assert key is not None
    assert scored(many.id, list(key.choices)[:2]).note == ""


def test_choices_that_nobody_offered_are_named_except_for_days() -> None:
    single_item = next(i for i in SHEET.items if i.kind == "single")
    assert scored(single_item.id, ["nobody", "no-one"]).note.startswith(say("unknown-choice", names="nobody, no-one"))
    day_item = next(i for i in SHEET.items if i.kind == "date")
    assert scored(day_item.id, "1999-01-01").note == ""


def test_the_grader_chooses_the_variant_of_each_item_again_for_the_learner() -> None:
    entries = {item.id: entry(item.id, right(item.id, LEARNER)) for item in SHEET.items if item.kind != "written"}
    theirs = Record(quiz=SHEET.quiz, version=SHEET.version, learner=LEARNER, items=entries)
    scores, troubles = score_record(KEYS, SHEET, theirs, LEARNER)
    assert not troubles
    assert all(scores[id].verdict == "right" for id in entries)
    moved = {id: Entry("elsewhere", one.answer) for id, one in entries.items()}
    elsewhere, _ = score_record(KEYS, SHEET, replace(theirs, items=moved), LEARNER)
    assert {elsewhere[id].note for id in entries} == {say("wrong-variant")}


def test_a_belief_is_held_from_half_of_the_chances_on() -> None:
    def one(held: bool) -> Score:
        return Score(0, 1, "wrong" if held else "right", misconceptions=("b",) if held else (), offered=("b",))

    assert diagnose([one(True), one(False)]) == ("b",)
    assert diagnose([one(True), one(False), one(False)]) == ()
    assert diagnose([one(True), one(True), one(False), one(False), one(False)]) == ()
