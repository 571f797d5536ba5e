"""A corrected key for a quiz that learners have: only what answers are worth changes, never what was asked."""

from dataclasses import replace
from pathlib import Path

import pytest
from sample_quiz import KEYS, SHEET

from grader import quizzes
from grader.bank import Bank
from grader.gradebook.corrections import texts
from grader.gradebook.moving import Moved
from grader.gradebook.pages import page
from grader.gradebook.rekeying import differences, rebuild, rekey
from grader.gradebook.roster import Learner
from grader.law import law
from grader.mutants import mutants
from grader.scoring import score
from grader.sheet import Choice, KeySheet, Option

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def waiver():
    bank = Bank(ROOT)
    return bank, *bank.build(ROOT / "quizzes" / "waiver" / "quiz.yaml")


def built(sheet=SHEET, keys=KEYS):
    return {item.id: (item, keys.item(item.id)) for item in sheet.items}


def with_key(item, **changes):
    """The sample's key with the first variant of an item changed."""
    items = tuple(
        replace(one, variants=(replace(one.variants[0], **changes), *one.variants[1:])) if one.id == item else one
        for one in KEYS.items
    )
    return replace(KEYS, items=items)


FLIPPED = {"stay": Choice(False, 0.0, "No longer."), "go": Choice(True, 1.0, "The law allows it.")}


def test_a_quiz_built_again_from_the_same_law_has_the_same_key(waiver):
    bank, sheet, keys = waiver
    found = rekey(sheet, keys, rebuild(bank, sheet), {})
    assert (found.stuck, found.kept) == ({}, {})
    assert list(differences(sheet, keys, found.keys)) == []


def test_a_key_that_was_wrong_is_put_right_from_the_bank(waiver):
    bank, sheet, keys = waiver
    key = keys.item("home-again").variants[0]
    wrong = replace(key, choices={id: replace(one, right=not one.right) for id, one in key.choices.items()})
    items = tuple(
        replace(one, variants=(wrong, *one.variants[1:])) if one.id == "home-again" else one for one in keys.items
    )
    found = rekey(sheet, replace(keys, items=items), rebuild(bank, sheet), {})
    assert found.keys.item("home-again") == keys.item("home-again")
    [change] = differences(sheet, replace(keys, items=items), found.keys)
    assert (change.item, change.variant, change.scores) == ("home-again", key.variant, True)


def test_another_law_gives_another_key_where_it_answers_what_was_asked_and_a_reason_where_it_does_not(
    waiver, monkeypatch
):
    bank, sheet, keys = waiver
    changes = [m for m in mutants(law("us-ma")) if (m.order, m.question) == ("209a-after-notice", "consent_is_defence")]
    found = {}
    for mutant in changes:
        monkeypatch.setattr(quizzes, "law", lambda name, m=mutant: m.law if name == "us-ma" else law(name))
        found[mutant.change] = rekey(sheet, keys, rebuild(bank, sheet), {})
    turned = found["false → true"]
    assert "toolbox" not in turned.stuck
    assert any(one.item == "toolbox" and one.scores for one in differences(sheet, keys, turned.keys))
    assert "cannot be graded any more" in found["left out"].stuck["toolbox"]
    assert all(turned.keys.item(item.id).of(one.variant) for item in sheet.items for one in item.variants)


def test_the_change_names_old_and_new_answer_and_the_provisions_that_went_and_came():
    key = KEYS.item("w1").variants[0]
    cite = replace(key.steps[0].cites[0], cite="Sample Act, part 2", gist="An invitation is enough.")
    steps = (replace(key.steps[0], cites=(cite,)),)
    new = with_key("w1", choices=FLIPPED, answer="Kim may call.", steps=steps, rule=cite.gist)
    [change] = differences(SHEET, KEYS, rekey(SHEET, KEYS, built(keys=new), {}).keys)
    assert (change.old_answer, change.new_answer, change.number) == ("Kim must wait.", "Kim may call.", 1)
    assert [one.cite for one in change.gone] == ["Sample Act, part 1"]
    assert [one.cite for one in change.come] == ["Sample Act, part 2"]


def changed(id, **changes):
    """The sample's sheet with the first variant of an item changed."""
    items = tuple(
        replace(one, variants=(replace(one.variants[0], **changes), *one.variants[1:])) if one.id == id else one
        for one in SHEET.items
    )
    return replace(SHEET, items=items)


@pytest.mark.parametrize(
    ("rebuilt", "says"),
    [
        (built(changed("w1", stem="May Kim write?")), "asks another question now: May Kim write?"),
        (built(changed("w1", story=(Option("s1", "On 5 March…"),))), "tells another story"),
        (built(changed("w1", variant="w1-z")), "lost a form"),
        ({id: one for id, one in built().items() if id != "w1"}, "no longer in the quiz"),
        ({**built(), "w1": "cannot be graded any more: open."}, "cannot be graded any more"),
        (built(replace(SHEET, items=(replace(SHEET.items[0], kind="select"), *SHEET.items[1:]))), "another kind"),
    ],
)
def test_what_learners_were_not_asked_has_no_new_key_but_an_instructor_may_decide(rebuilt, says):
    if "lost" in says:
        id, answered = "w1", KEYS.item("w1")
        rebuilt["w1"] = (rebuilt["w1"][0], replace(answered, variants=answered.variants[1:]))
        assert id in rebuilt
    found = rekey(SHEET, KEYS, rebuilt, {})
    assert list(found.stuck) == ["w1"]
    assert says in found.stuck["w1"]
    assert rekey(SHEET, KEYS, rebuilt, {}, ["w1"]).stuck == {}
    assert rekey(SHEET, KEYS, rebuilt, {"w1": "The law was changed."}).stuck == {}


def test_other_words_for_the_same_answer_leave_the_key_as_it_is():
    new = with_key("w1", choices={"new": Choice(True, 1.0, "As before.")}, finding="no")
    old = with_key("w1", finding="no")
    found = rekey(SHEET, old, built(keys=new), {})
    assert found.keys.item("w1") == old.item("w1")
    assert "same" in found.kept["w1"]
    other = with_key("w1", choices={"new": Choice(True, 1.0, "It is so.")}, finding="yes", answer="Kim may call.")
    assert "did not offer what is right now: Kim may call." in rekey(SHEET, old, built(keys=other), {}).stuck["w1"]


def test_a_choice_that_the_law_no_longer_suggests_is_wrong_and_never_without_a_key():
    new = with_key("w1", choices={"go": Choice(True, 1.0, "The law allows it."), "x": Choice(False, 0, "No.")})
    choices = rekey(SHEET, KEYS, built(keys=new), {}).keys.item("w1").variants[0].choices
    assert choices.keys() == {"stay", "go"}
    assert (choices["go"].right, choices["stay"].right) == (True, False)
    assert choices["stay"].feedback == "The law allows it."


def test_full_marks_for_everybody_outlast_the_next_correction_and_survive_the_file():
    once = rekey(SHEET, KEYS, built(), {"w3": "It could not be answered."}).keys
    assert KeySheet.from_json(once.as_json()) == once
    assert "given" not in KEYS.as_json()["items"][0]
    again = rekey(SHEET, once, built(), {"w1": "Nor could this."}).keys
    assert [item.id for item in again.items if item.given] == ["w1", "w3"]
    for answer in (None,):
        found = score(again.item("w3"), answer, "w3-a")
        assert (found.points, found.verdict, found.misconceptions) == (3.0, "given", ())


def test_the_feedback_page_says_why_everybody_has_full_marks_and_teaches_no_doubtful_law():
    keys = rekey(SHEET, KEYS, built(), {"w3": "It could not be answered <b>."}).keys
    from grader.answers import Reading

    text = page(SHEET, keys, Reading(None), "ann", {})
    third = text[text.index('id="q3"') : text.index('id="q4"')]
    assert "Everybody gets full marks" in third
    assert "could not be answered &lt;b&gt;" in third
    assert "The rule" not in third
    assert "All the reasons" not in third
    assert "The rule" in text


def test_each_learner_is_told_what_concerns_that_learner_and_nobody_is_told_of_forms_they_never_met():
    new = with_key("w1", choices=FLIPPED, answer="Kim may call.", rule="The law allows it.")
    changes = list(differences(SHEET, KEYS, new))
    met = {name: SHEET.item("w1").pick(SHEET.salt, name).variant for name in "abcdefgh"}
    told = {name: name for name in met}
    roster = {"a": Learner("a", "Ann", "=Lee", "a@example.org")}
    moved = [Moved("a", 5.0, 7.0, (), True), Moved("z", 4.0, 2.0)]
    text, rows = texts(SHEET, changes, moved, told, roster)
    assert "the key said “Kim must wait”. Right is “Kim may call”. The law allows it." in text
    found = {row[0]: row for row in rows}
    assert {one for one, row in found.items() if row[5] == "yes"} == {n for n, v in met.items() if v == "w1-a"}
    assert "Your score was 5 and is now 7 of 13 points." in found["a"][6]
    assert (found["z"][3:6]) == ("4", "2", "no")
    assert "was not right" not in found["z"][6]
