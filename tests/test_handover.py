"""All answers at once: a file loaded, everything cleared, taken back; nothing replaced before a person agrees."""

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader import answers, handover
from grader.answers import LARGEST, MIME, SCHEMA, after, moment, parse, receipt_code
from grader.handover import Handover, spoken_time
from grader.messages import WORDS
from grader.record import Record, Store, read
from grader.sheet import Sheet
from tests.sample_quiz import SHEET, right

LEARNER = "ana"
PRACTICE = replace(SHEET, mode="practice")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "waiver.answers.json"


def store(path: Path, learner: str = LEARNER, sheet: Any = SHEET) -> Store:
    return Store(path, sheet, learner)


def file_with(folder: Path, learner: str = LEARNER, sheet: Any = SHEET, **given: Any) -> str:
    """The content of an answers file made on another machine."""
    there = folder / "there"
    there.mkdir(exist_ok=True)
    elsewhere = store(there / "waiver.answers.json", learner, sheet)
    for item, answer in given.items():
        assert elsewhere.answer(item, answer).ok
    return elsewhere.path.read_text(encoding="utf-8")


def changed(text: str, **values: Any) -> str:
    return json.dumps({**json.loads(text), **values})


# A file that cannot be used


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("{", "damaged"),
        ("[1]", "list of answers"),
        ('"' + "x" * LARGEST + '"', "larger than"),
        ("[" * 100, "nested too deeply"),
    ],
)
def test_a_file_that_is_none_is_told_in_plain_words_and_changes_nothing(path: Path, text: str, said: str) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    before = path.read_bytes()
    hand = Handover(mine, told=True)
    told = hand.load(text)
    assert said in told
    assert told.endswith(WORDS["load-nothing-changed"])
    assert (path.read_bytes(), hand.offer, hand.can_undo) == (before, None, False)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"quiz": "mutual"}, "belongs to the quiz “mutual”"),
        ({"schema": SCHEMA + 1}, "made by a newer version of this course"),
        ({"schema": "0"}, "another form"),
        ({"learner": "ben"}, "belongs to “ben”. You are signed in as “ana”"),
        ({"items": {}}, "holds no answers"),
        ({"items": {"w3": {"variant": "gone", "answer": ["judge"]}}}, "None of its answers belongs"),
    ],
)
def test_a_file_of_something_or_somebody_else_is_refused_and_says_why(
    path: Path, values: dict[str, Any], said: str
) -> None:
    mine = store(path)
    mine.answer("w5", ["s1"])
    before = path.read_bytes()
    text = changed(file_with(path.parent, w3=["judge"]), **values)
    hand = Handover(mine, told=True)
    assert said in hand.load(text)
    assert (path.read_bytes(), hand.offer) == (before, None)


MIXED_UP = [(PRACTICE, SHEET, "load-from-practice"), (SHEET, PRACTICE, "load-from-quiz")]


@pytest.mark.parametrize(("there", "here", "said"), MIXED_UP)
def test_practice_and_the_quiz_of_the_same_name_do_not_take_each_others_files(
    path: Path, there: Sheet, here: Sheet, said: str
) -> None:
    mine = store(path, sheet=here)
    mine.answer("w5", ["s1"])
    before = path.read_bytes()
    hand = Handover(mine, told=True)
    told = hand.load(file_with(path.parent, sheet=there, w3=["judge"]))
    assert told == f"{WORDS[said]} {WORDS['load-nothing-changed']}"
    assert (path.read_bytes(), hand.offer) == (before, None)


@pytest.mark.parametrize(("there", "here", "said"), MIXED_UP)
def test_an_older_file_that_does_not_say_what_it_is_of_is_known_by_its_version_and_its_questions(
    path: Path, there: Sheet, here: Sheet, said: str
) -> None:
    data = json.loads(file_with(path.parent, sheet=replace(there, version="0"), w3=["judge"]))
    del data["mode"]
    hand = Handover(store(path, sheet=here), told=True)
    hand.load(json.dumps(data))
    assert hand.offer is not None, "an older version of this quiz, some of which still fits"
    data["items"]["w3"]["variant"] = "of-the-other"
    assert hand.load(json.dumps(data)).startswith(WORDS[said])
    assert hand.offer is None


@pytest.mark.parametrize("sheet", [SHEET, PRACTICE])
def test_an_older_file_of_this_version_is_loaded_as_ever(path: Path, sheet: Sheet) -> None:
    data = json.loads(file_with(path.parent, sheet=sheet, w3=["judge"]))
    del data["mode"]
    assert Handover(store(path, sheet=sheet), told=True).load(json.dumps(data)).startswith("Loaded.")


# A file that can be used


def test_a_file_is_loaded_at_once_where_there_is_nothing_to_lose(path: Path) -> None:
    mine = store(path)
    assert Handover(mine, told=True).load(file_with(path.parent, w3=["judge"])) == "Loaded. 1 of 6 answered."
    assert store(path).value("w3") == ["judge"]


def test_a_file_with_other_answers_waits_for_a_person_and_keeps_theirs_on_no(path: Path) -> None:
    mine = store(path)
    mine.answer("w3", ["clerk"])
    before = path.read_bytes()
    hand = Handover(mine, told=True)
    hand.load(file_with(path.parent, w3=["judge"], w5=["s1"]))
    assert hand.offer is not None
    assert hand.offer.choices == ("keep", "merge", "replace")
    assert hand.offer.says[-1].startswith("Answers in the file: 2, saved ")
    assert "Answers here: 1. Questions answered differently: 1." in hand.offer.says[-1]
    assert path.read_bytes() == before
    assert hand.choose("keep") == WORDS["load-kept"]
    assert path.read_bytes() == before


def test_put_together_the_later_answer_to_each_question_counts(path: Path) -> None:
    text = file_with(path.parent, w3=["judge"], w5=["s1"])
    mine = store(path)
    mine.answer("w3", ["clerk"])
    hand = Handover(mine, told=True)
    hand.load(text)
    hand.choose("merge")
    again = store(path)
    assert (again.value("w3"), again.value("w5")) == (["clerk"], ["s1"])


def test_a_file_put_in_the_place_of_the_answers_leaves_a_copy_and_a_way_back(path: Path) -> None:
    text = file_with(path.parent, w5=["s1"])
    mine = store(path)
    mine.answer("w3", ["clerk"])
    hand = Handover(mine, told=True)
    hand.load(text)
    told = hand.choose("replace")
    assert (store(path).value("w3"), store(path).value("w5")) == (None, ["s1"])
    [kept] = path.parent.glob("*.before-load-*")
    assert kept.name in told
    copy = read(kept).record
    assert copy is not None
    assert copy.items["w3"].answer == ["clerk"]
    assert hand.can_undo
    hand.undo()
    assert (store(path).value("w3"), store(path).value("w5"), hand.can_undo) == (["clerk"], None, False)


def test_the_same_file_again_changes_nothing(path: Path) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    before = path.read_bytes()
    assert Handover(mine, told=True).load(path.read_text()) == WORDS["load-same"]
    assert path.read_bytes() == before


def test_a_file_of_another_version_says_how_much_still_fits_and_asks_first(path: Path) -> None:
    old = file_with(path.parent, sheet=replace(SHEET, version="0"), w3=["judge"], w5=["s1"])
    data = json.loads(old)
    data["items"]["w5"]["variant"] = "of-old"
    mine = store(path)
    hand = Handover(mine, told=True)
    hand.load(json.dumps(data))
    assert hand.offer is not None
    assert "Answers in it: 2. Of these still fit: 1." in hand.offer.says[0]
    hand.choose("replace")
    assert (store(path).value("w3"), store(path).value("w5")) == (["judge"], None)


@pytest.mark.parametrize("choice", ["adopt", "clear", "no such choice", 5, None, ["merge"]])
def test_only_what_was_offered_can_be_chosen(path: Path, choice: object) -> None:
    mine = store(path)
    mine.answer("w3", ["clerk"])
    before = path.read_bytes()
    hand = Handover(mine, told=True)
    hand.load(file_with(path.parent, w3=["judge"]))
    assert hand.choose(choice) == WORDS["load-kept"]
    assert path.read_bytes() == before


# Another machine, another login name


def test_on_another_machine_a_person_says_that_answers_are_theirs_and_goes_on_with_them(path: Path) -> None:
    text = file_with(path.parent, w1=right("w1", LEARNER), w3=["judge"])
    here = store(path, "a.lee")
    hand = Handover(here, told=False)
    assert "carries the name “ana”. Here you are “a.lee”" in hand.load(text)
    assert not path.exists()
    assert "Loaded. 2 of 6" in hand.choose("adopt")
    assert here.learner == LEARNER
    assert here.variant("w1") == SHEET.item("w1").pick(SHEET.salt, LEARNER)
    again = store(path, "a.lee")
    assert (again.learner, again.value("w3")) == (LEARNER, ["judge"])
    again.answer("w5", ["s1"])
    record = read(path).record
    assert record is not None
    assert (record.learner, record.adopted) == (LEARNER, "a.lee")


def test_answers_taken_over_by_one_person_are_asked_about_again_at_the_next(path: Path) -> None:
    hand = Handover(store(path, "a.lee"), told=False)
    hand.load(file_with(path.parent, w3=["judge"]))
    hand.choose("adopt")
    next_person = store(path, "ben")
    assert next_person.learner == "ben"
    assert next_person.value("w3") is None
    assert any("“ana”" in note for note in next_person.notes)


def test_taking_over_can_be_taken_back(path: Path) -> None:
    here = store(path, "a.lee")
    here.answer("w5", ["s1"])
    hand = Handover(here, told=False)
    hand.load(file_with(path.parent, w3=["judge"]))
    hand.choose("adopt")
    hand.undo()
    again = store(path, "a.lee")
    assert (again.learner, again.value("w5"), again.value("w3")) == ("a.lee", ["s1"], None)


def test_in_practice_answers_can_be_taken_over_even_on_a_hub(path: Path) -> None:
    hand = Handover(store(path, "a.lee", PRACTICE), told=True)
    hand.load(file_with(path.parent, sheet=PRACTICE, w3=["judge"]))
    assert hand.offer is not None
    assert "adopt" in hand.offer.choices


# Clearing


def test_clearing_asks_once_keeps_a_dated_copy_and_can_be_taken_back(path: Path) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    hand = Handover(mine, told=True)
    hand.clear()
    assert store(path).value("w3") == ["judge"], "nothing happens before the answer"
    told = hand.choose("clear")
    [kept] = path.parent.glob("waiver.answers.json.cleared-20??-??-??-1")
    assert kept.name in told
    assert store(path).progress()[0] == 0
    hand.undo()
    assert store(path).value("w3") == ["judge"]


def test_cleared_answers_do_not_come_back_from_an_older_receipt_or_window(path: Path) -> None:
    other_window = store(path)
    other_window.answer("w5", ["s1"])
    mine = store(path)
    mine.answer("w3", ["judge"])
    receipt = parse(json.dumps(mine.receipt())).record
    assert receipt is not None
    hand = Handover(mine, told=True)
    hand.clear()
    hand.choose("clear")
    assert Store(path, SHEET, LEARNER, others=[receipt]).progress()[0] == 0
    other_window.answer("w4", "2030-03-05")
    again = store(path)
    assert (again.value("w3"), again.value("w5"), again.value("w4")) == (None, None, "2030-03-05")


def test_an_answer_given_since_is_not_lost_by_taking_back(path: Path) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    hand = Handover(mine, told=True)
    hand.clear()
    hand.choose("clear")
    mine.answer("w5", ["s1"])
    assert not hand.can_undo
    assert hand.undo() == WORDS["undo-nothing"]
    assert store(path).value("w5") == ["s1"]


def test_a_full_disk_leaves_everything_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    hand = Handover(mine, told=True)
    hand.clear()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        assert "No space left on device" in hand.choose("clear")
    assert mine.value("w3") == store(path).value("w3") == ["judge"]
    assert not hand.can_undo


def for_good(mine: Store) -> str:
    """Clear for good, as a person does: ask, choose, confirm."""
    hand = Handover(mine, told=True)
    hand.clear()
    hand.choose("erase")
    return hand.choose("erase-yes")


def test_clearing_for_good_is_confirmed_keeps_no_copy_and_leaves_no_way_back(path: Path) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    hand = Handover(mine, told=True)
    hand.clear()
    assert hand.offer is not None
    assert hand.offer.choices == ("keep", "clear", "erase")
    assert hand.choose("erase").startswith("This cannot be undone.")
    assert hand.offer.choices == ("keep", "erase-yes")
    assert store(path).value("w3") == ["judge"], "nothing happens before the answer"
    assert hand.choose("erase-yes") == WORDS["erase-done"]
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert "judge" not in path.read_text()
    assert (hand.can_undo, hand.undo()) == (False, WORDS["undo-nothing"])


@pytest.mark.parametrize("choice", ["keep", "erase", "clear", "yes", None])
def test_at_the_second_question_only_yes_clears_for_good(path: Path, choice: object) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    before = path.read_bytes()
    hand = Handover(mine, told=True)
    assert hand.choose("erase-yes") == WORDS["load-kept"], "and not without the first"
    hand.clear()
    hand.choose("erase")
    assert hand.choose(choice) == WORDS["load-kept"]
    assert path.read_bytes() == before


def test_clearing_for_good_takes_every_older_copy_of_these_answers_along(path: Path) -> None:
    text = file_with(path.parent, w3=["friend"])
    mine = store(path)
    hand = Handover(mine, told=True)
    for wish in ("clear", "replace", "undo"):
        mine.answer("w3", ["judge"])
        hand.load(text) if wish == "replace" else hand.clear()
        hand.choose("replace" if wish == "replace" else "clear")
        if wish == "undo":
            hand.undo()
    assert len(list(path.parent.glob("waiver.answers.json.*"))) == 4
    assert for_good(mine) == WORDS["erase-done"]
    assert list(path.parent.glob("waiver.answers.json.*")) == []


def test_copies_that_were_kept_once_can_still_be_cleared_when_no_answer_is_left(path: Path) -> None:
    mine = store(path)
    assert Handover(mine, told=True).clear() == WORDS["clear-none"]
    mine.answer("w3", ["judge"])
    hand = Handover(mine, told=True)
    hand.clear()
    hand.choose("clear")
    assert "Copies of older answers: 1." in Handover(store(path), told=True).clear()
    assert for_good(store(path)) == WORDS["erase-done"]
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_somebody_else_answered_stays_and_is_named(path: Path) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    for name, text in (("other-1", file_with(path.parent, "ben", w3=["clerk"])), ("damaged-1", "{")):
        path.with_name(f"{path.name}.{name}").write_text(text)
    path.with_name("mutual.answers.json.cleared-2030-01-01-1").write_text("another quiz")
    before = {one for one in path.parent.iterdir() if one != path}
    told = for_good(mine)
    assert "waiver.answers.json.damaged-1, waiver.answers.json.other-1" in told
    assert {one for one in path.parent.iterdir() if one != path} == before


def test_what_is_cleared_for_good_comes_back_from_no_receipt_and_no_window(path: Path) -> None:
    other_window = store(path)
    undoing = Handover(other_window, told=True)
    undoing.load(file_with(path.parent, w3=["judge"]))
    assert undoing.can_undo
    mine = store(path)
    receipt = parse(json.dumps(mine.receipt())).record
    assert receipt is not None
    for_good(mine)
    assert other_window.look().changed == ("w3",)
    assert not undoing.can_undo
    assert Store(path, SHEET, LEARNER, others=[receipt]).progress()[0] == 0


@pytest.mark.parametrize(("who", "stays"), [(LEARNER, False), ("ben", True)])
def test_jupyters_copy_of_the_notebook_goes_too_where_it_holds_these_answers(path: Path, who: str, stays: bool) -> None:
    receipt = json.loads(file_with(path.parent, who, w3=["judge"]))
    copy = path.parent / ".ipynb_checkpoints" / "waiver-checkpoint.ipynb"
    copy.parent.mkdir()
    copy.write_text(json.dumps({"cells": [{"outputs": [{"data": {MIME: receipt}}]}]}))
    mine = store(path)
    mine.answer("w3", ["clerk"])
    for_good(mine)
    assert copy.exists() is stays


def test_a_full_disk_clears_nothing_and_keeps_the_copies(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = store(path)
    mine.answer("w3", ["clerk"])
    hand = Handover(mine, told=True)
    hand.clear()
    hand.choose("clear")
    mine.answer("w3", ["judge"])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        assert "No space left on device" in for_good(mine)
    assert mine.value("w3") == store(path).value("w3") == ["judge"]
    assert len(list(path.parent.glob("waiver.answers.json.cleared-*"))) == 1


def test_a_copy_that_cannot_be_removed_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    kept = path.with_name(f"{path.name}.cleared-2030-01-01-1")
    kept.write_bytes(path.read_bytes())
    remove = Path.unlink

    def held(one: Path, missing_ok: bool = False) -> None:
        if one == kept:
            raise PermissionError(13, "in use")
        remove(one, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    assert kept.name in for_good(mine)
    assert "judge" not in path.read_text()


# Windows and clocks


def test_a_window_that_looks_sees_what_another_has_changed(path: Path) -> None:
    one, two = store(path), store(path)
    one.answer("w3", ["judge"])
    assert two.look().changed == ("w3",)
    assert two.value("w3") == ["judge"]
    assert two.look().changed == ()


def test_a_window_that_could_not_save_tries_again_when_it_looks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = store(path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        assert not mine.answer("w3", ["judge"]).ok
    assert mine.look().ok
    assert store(path).value("w3") == ["judge"]


def test_the_later_answer_counts_even_if_the_clock_was_set_back_in_between(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = store(path), store(path)
    one.answer("w3", ["judge"])
    monkeypatch.setattr(answers, "now", lambda: "2020-01-01T00:00:00.000000+00:00")
    saved = two.answer("w3", ["clerk"])
    assert "Another window had saved too" in saved.message
    assert store(path).value("w3") == ["clerk"]
    two.answer("w3", ["friend"])
    assert store(path).value("w3") == ["friend"]
    assert one.look().changed == ("w3",)
    assert one.value("w3") == ["friend"]


def test_times_in_a_record_never_run_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    first = after()
    monkeypatch.setattr(answers, "now", lambda: "2020-01-01T00:00:00.000000+00:00")
    assert moment(after(first)) > moment(first)


def test_summer_time_changes_nothing_but_the_time_that_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        before, later = "2026-11-01T05:30:00+00:00", "2026-11-01T06:10:00+00:00"
        assert spoken_time(before) == "2026-11-01, 01:30"
        assert spoken_time(later) == "2026-11-01, 01:10"
        assert moment(later) > moment(before)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_receipt_code_belongs_to_exactly_these_answers(path: Path) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    code = receipt_code(mine.record)
    on_disk = read(path).record
    assert on_disk is not None
    assert receipt_code(on_disk) == code
    mine.answer("w3", ["judge"])
    assert receipt_code(mine.record) == code, "the time is not part of it"
    mine.answer("w3", ["judge", "clerk"])
    assert receipt_code(mine.record) != code
    assert receipt_code(Record("waiver", "1", "ben", items=mine.record.items)) != receipt_code(mine.record)


def test_a_time_that_is_none_is_said_in_words() -> None:
    assert handover.spoken_time("soon") == WORDS["time-unknown"]
