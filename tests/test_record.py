"""The learner's answers file: nothing given is lost, nothing read is trusted."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import LARGEST, LONGEST_TEXT, MIME, MOST_ITEMS, SCHEMA
from grader.record import Entry, Record, Store, from_notebook, newer, parse, read
from tests.sample_quiz import QUIZ, SHEET, right, wrong

LEARNER = "ana"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "waiver.answers.json"


def store(path: Path, **given: Any) -> Store:
    return Store(path, given.pop("sheet", SHEET), given.pop("learner", LEARNER), **given)


def file_of(**changes: Any) -> dict[str, Any]:
    """A good answers file with one answer, with some keys changed."""
    variant = SHEET.item("w3").pick(SHEET.salt, LEARNER).variant
    entry = {"variant": variant, "answer": ["judge"], "certainty": None, "at": "2030-03-06T10:00:00+00:00",
             "tries": 1, "first": ["judge"]}  # fmt: skip
    good = {"schema": SCHEMA, "quiz": QUIZ, "version": "1", "learner": LEARNER, "saved": "2030-03-06T10:00:00+00:00",
            "seq": 1, "items": {"w3": entry}}  # fmt: skip
    return {**good, **changes}


def with_entry(**changes: Any) -> dict[str, Any]:
    data = file_of()
    data["items"]["w3"].update(changes)
    return data


# Saving


def test_an_answer_is_on_the_disk_as_soon_as_it_is_given(path: Path) -> None:
    saved = store(path).answer("w1", right("w1", LEARNER))  # type: ignore[arg-type]
    assert saved.ok
    assert saved.message == "Saved. 1 of 6 answered."
    record = read(path).record
    assert record is not None
    assert record.items["w1"].answer == right("w1", LEARNER)


def test_opening_a_quiz_writes_nothing(path: Path) -> None:
    store(path)
    assert not list(path.parent.iterdir())


def test_opening_a_quiz_again_leaves_the_file_as_it_was(path: Path) -> None:
    store(path).answer("w3", ["judge"])
    before = path.read_bytes(), path.stat().st_mtime_ns
    store(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_answers_are_there_again_after_a_restart(path: Path) -> None:
    store(path).answer("w9", "Only the court can change it.")
    assert store(path).value("w9") == "Only the court can change it."


def test_every_kind_of_answer_comes_back_as_it_was_given(path: Path) -> None:
    first = store(path)
    for item in SHEET.items:
        assert first.answer(item.id, right(item.id, LEARNER)).ok  # type: ignore[arg-type]
    again = store(path)
    assert {i.id: again.value(i.id) for i in SHEET.items} == {i.id: right(i.id, LEARNER) for i in SHEET.items}
    assert again.progress() == (6, 6)


def test_the_first_answer_is_kept_when_a_learner_tries_again(path: Path) -> None:
    mine = store(path)
    mine.answer("w5", ["s2"], certainty=3)
    mine.answer("w5", ["s1"], certainty=2)
    entry = mine.entry("w5")
    assert entry is not None
    assert (entry.first, entry.answer, entry.tries, entry.certainty) == (["s2"], ["s1"], 2, 2)


def test_a_grid_counts_as_answered_once_every_row_is_judged(path: Path) -> None:
    mine = store(path)
    mine.answer("w2", {"call": "yes"})
    assert mine.progress()[0] == 0
    mine.answer("w2", {"call": "yes", "wave": "no"})
    entry = mine.entry("w2")
    assert mine.progress()[0] == 1
    assert entry is not None
    assert entry.first == {"call": "yes", "wave": "no"}


def test_taking_every_tick_away_again_leaves_the_question_unanswered(path: Path) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    mine.answer("w3", [])
    assert mine.value("w3") is None
    assert store(path).progress()[0] == 0


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("w1", ["no-such-option"]),
        ("w1", ["stay", "go"]),
        ("w1", "stay"),
        ("w2", {"no-such-row": "yes"}),
        ("w3", {"judge": "yes"}),
        ("w4", "5 March 2030"),
        ("w4", "2030-02-30"),
        ("w5", ["s9"]),
        ("w9", ["a list"]),
        ("w9", "x" * (LONGEST_TEXT + 1)),
        ("w9", None),
        ("w9", 12),
    ],
)
def test_an_answer_that_does_not_fit_the_question_is_refused_and_not_written(
    path: Path, item: str, answer: Any
) -> None:
    assert not store(path).answer(item, answer).ok
    assert not path.exists()


def test_a_question_the_quiz_does_not_have_is_an_error_of_the_notebook(path: Path) -> None:
    with pytest.raises(KeyError):
        store(path).answer("w77", ["stay"])


def test_text_that_would_be_a_script_is_kept_as_the_text_it_is(path: Path) -> None:
    store(path).answer("w9", SCRIPT)
    assert store(path).value("w9") == SCRIPT


def test_half_characters_and_control_signs_do_not_reach_the_file(path: Path) -> None:
    assert store(path).answer("w9", "a\x00b\ud800c\n").ok
    assert store(path).value("w9") == "ab?c\n"


def test_listeners_hear_of_every_answer(path: Path) -> None:
    heard: list[bool] = []
    mine = store(path)
    mine.listen(lambda saved: heard.append(saved.ok))
    mine.answer("w3", ["judge"])
    mine.answer("w3", ["nobody"])
    assert heard == [True, False]


# Trouble while saving


def test_a_full_disk_keeps_the_last_good_file_and_the_answers_in_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        saved = mine.answer("w5", ["s1"])
    assert not saved.ok
    assert "No space left on device" in saved.message
    assert path.read_bytes() == before
    assert mine.value("w5") == ["s1"]
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name]
    assert mine.answer("w4", "2030-03-05").ok
    assert store(path).progress()[0] == 3


def test_a_failing_rename_keeps_the_last_good_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "replace", refuse)
    assert not mine.answer("w5", ["s1"]).ok
    assert path.read_bytes() == before


def test_a_folder_that_is_gone_is_told_and_not_raised(path: Path, tmp_path: Path) -> None:
    saved = store(tmp_path / "gone" / "waiver.answers.json").answer("w3", ["judge"])
    assert not saved.ok
    assert "Your answers are still on this page" in saved.message


LOOP = """
import sys
from grader.record import Store
from tests.sample_quiz import SHEET
mine = Store(sys.argv[1], SHEET, "ana")
mine.answer("w9", "0")
print("ready", flush=True)
n = 0
while True:
    n += 1
    mine.answer("w9", f"{n} " + "x" * 5000)
"""


def test_a_killed_kernel_always_leaves_a_whole_file(path: Path) -> None:
    last = 0
    for round in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", LOOP, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.03 + 0.007 * round)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        reading = read(path)
        assert reading.troubles == ()
        assert reading.record is not None
        assert reading.record.seq > last
        last = reading.record.seq
    assert store(path).answer("w3", ["judge"]).message.startswith("Saved. 2 of 6")


# Two writers


def test_two_windows_lose_nothing_and_say_so(path: Path) -> None:
    one, two = store(path), store(path)
    one.answer("w3", ["judge"])
    saved = two.answer("w5", ["s1"])
    assert "Another window had saved too" in saved.message
    assert store(path).progress()[0] == 2
    assert two.value("w3") == ["judge"]
    assert two.answer("w4", "2030-03-05").message == "Saved. 3 of 6 answered."


def test_what_another_window_wrote_over_at_the_same_moment_is_saved_again(path: Path) -> None:
    one, two = store(path), store(path)
    one.answer("w3", ["judge"])
    path.unlink()  # as if neither had seen the other
    two.answer("w5", ["s1"])
    assert one.look().changed == ("w5",)
    assert store(path).progress()[0] == 2
    written = path.read_bytes()
    assert one.look().ok
    assert path.read_bytes() == written, "nothing is left to save"


def test_the_later_answer_to_one_question_counts(path: Path) -> None:
    one, two = store(path), store(path)
    one.answer("w3", ["judge"])
    two.answer("w3", ["clerk"])
    one.answer("w5", ["s1"])
    assert store(path).value("w3") == ["clerk"]


def test_many_writers_at_once_lose_no_answer(path: Path) -> None:
    code = "import sys\nfrom grader.record import Store\nfrom tests.sample_quiz import SHEET, right\nid = sys.argv[2]\n"
    code += 'mine = Store(sys.argv[1], SHEET, "ana")\nfor _ in range(20): mine.answer(id, right(id, "ana"))\n'
    root = Path(__file__).parents[1]
    children = [subprocess.Popen([sys.executable, "-c", code, str(path), item.id], cwd=root) for item in SHEET.items]
    assert [child.wait(60) for child in children] == [0] * 6
    record = read(path).record
    assert record is not None
    assert {id: entry.tries for id, entry in record.items.items()} == {item.id: 20 for item in SHEET.items}


# What is found at the start


def test_a_damaged_file_is_kept_aside_and_the_receipt_gives_the_answers_back(path: Path) -> None:
    path.write_text('{"schema": 1, "items": {"w3"')
    receipt = parse(json.dumps(file_of())).record
    assert receipt is not None
    mine = store(path, others=[receipt])
    assert mine.value("w3") == ["judge"]
    assert any("damaged" in note for note in mine.notes)
    saved = mine.answer("w5", ["s1"])
    assert "waiver.answers.json.damaged-1" in saved.message
    assert (path.parent / "waiver.answers.json.damaged-1").read_text() == '{"schema": 1, "items": {"w3"'
    assert store(path).progress()[0] == 2


def test_a_second_damaged_file_gets_a_name_of_its_own(path: Path) -> None:
    for _ in range(2):
        path.write_bytes(b"\xff\xfe")
        store(path).answer("w3", ["judge"])
    assert sorted(p.name for p in path.parent.iterdir())[1:] == [f"{path.name}.damaged-1", f"{path.name}.damaged-2"]


def test_a_file_damaged_in_one_answer_is_kept_aside_and_the_others_go_on(path: Path) -> None:
    data = file_of()
    data["items"]["w5"] = {"variant": "w5-a", "answer": 5}
    path.write_text(json.dumps(data))
    mine = store(path)
    assert mine.value("w3") == ["judge"]
    assert mine.answer("w4", "2030-03-05").ok
    assert json.loads((path.parent / f"{path.name}.damaged-1").read_text()) == data


@pytest.mark.parametrize(
    ("changes", "word"), [({"learner": "ben"}, "ben"), ({"quiz": "mutual"}, "mutual"), ({"version": "0"}, "version 0")]
)
def test_a_file_of_somebody_or_something_else_is_kept_aside(path: Path, changes: dict[str, str], word: str) -> None:
    path.write_text(json.dumps(file_of(**changes)))
    mine = store(path)
    assert any(word in note for note in mine.notes)
    assert (mine.value("w3") is not None) == ("version" in changes)
    saved = mine.answer("w5", ["s1"])
    assert f"{path.name}.other-1" in saved.message
    assert json.loads((path.parent / f"{path.name}.other-1").read_text())["items"]["w3"]["answer"] == ["judge"]
    assert mine.answer("w4", "2030-03-05").message.count("other") == 0


def test_a_newer_version_of_the_quiz_keeps_answers_whose_variant_is_still_there(path: Path) -> None:
    old = store(path)
    for id in ("w3", "w5"):
        old.answer(id, right(id, LEARNER))  # type: ignore[arg-type]
    fresh = tuple(replace(v, variant="w5-new") for v in SHEET.item("w5").variants)
    items = tuple(replace(item, variants=fresh) if item.id == "w5" else item for item in SHEET.items)
    mine = store(path, sheet=replace(SHEET, version="2", items=items))
    assert mine.value("w3") == right("w3", LEARNER)
    assert mine.value("w5") is None


def test_a_link_is_never_followed(path: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps(file_of()))
    path.symlink_to(secret)
    assert "is a link" in read(path).troubles[0]
    mine = store(path)
    assert mine.value("w3") is None
    mine.answer("w5", ["s1"])
    assert json.loads(secret.read_text()) == file_of()
    assert not path.is_symlink()


# Reading: a list of bad files. None raises, none gives an answer that was not there.

DEEP = '{"schema":1,"items":' + "[" * 100_000 + "]" * 100_000 + "}"
BAD = {
    "empty": b"",
    "blank": b"  \n",
    "cut in half": json.dumps(file_of()).encode()[:120],
    "binary": bytes(range(256)) * 10,
    "50 MB": b" " * 50_000_000,
    "nested deeply": DEEP.encode(),
    "nested deeply in an answer": json.dumps(with_entry()).replace('["judge"]', "[" * 60 + "]" * 60).encode(),
    "a list": b"[1, 2]",
    "a number": b"17",
    "null": b"null",
    "NaN": json.dumps(file_of(seq=float("nan"))).encode(),
    "infinity": json.dumps(with_entry(tries=float("inf"))).encode(),
    "a huge number": b'{"schema": ' + b"9" * 10_000 + b"}",
    "another schema": json.dumps(file_of(schema=2)).encode(),
    "schema true": json.dumps(file_of(schema=True)).encode(),
    "items a list": json.dumps(file_of(items=[])).encode(),
    "no quiz": json.dumps(file_of(quiz=None)).encode(),
    "learner a list": json.dumps(file_of(learner=["ana"])).encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_no_record_and_a_reason(name: str, path: Path) -> None:
    path.write_bytes(BAD[name])
    reading = read(path)
    assert reading.record is None
    assert len(reading.troubles) == 1


def test_no_file_is_no_trouble(path: Path) -> None:
    reading = read(path)
    assert (reading.record, reading.troubles, reading.found) == (None, (), False)


def test_a_folder_or_a_pipe_in_the_place_of_the_file_is_not_opened(path: Path, tmp_path: Path) -> None:
    path.mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert read(path).troubles == read(tmp_path / "pipe").troubles == ("The answers file is not a plain file.",)


@pytest.mark.parametrize(
    "change",
    [
        {"answer": 5},
        {"answer": None},
        {"answer": True},
        {"answer": [["judge"]]},
        {"answer": [1]},
        {"answer": {"row": ["yes"]}},
        {"answer": "x" * (LONGEST_TEXT + 1)},
        {"answer": ["x" * 1000]},
        {"answer": [str(n) for n in range(1000)]},
        {"variant": 3},
        {"variant": ""},
    ],
)
def test_an_answer_of_the_wrong_type_or_size_is_left_out_and_named(change: dict[str, Any]) -> None:
    reading = parse(json.dumps(with_entry(**change)))
    assert reading.record is not None
    assert reading.record.items == {}
    assert reading.troubles == ("The answer to item “w3” could not be read. It was left out.",)


@pytest.mark.parametrize(
    "change",
    [
        {"tries": -1},
        {"tries": True},
        {"tries": 1e400},
        {"certainty": 9},
        {"certainty": True},
        {"at": "soon"},
        {"first": 1},
    ],
)
def test_a_bad_part_of_an_entry_is_left_out_and_the_answer_stays(change: dict[str, Any]) -> None:
    raw = json.dumps(with_entry(**change)).replace("Infinity", "1e999")
    reading = parse(raw)
    assert reading.record is not None
    assert reading.record.items["w3"].answer == ["judge"]
    assert len(reading.troubles) == 1


def test_keys_nobody_knows_are_dropped() -> None:
    reading = parse(json.dumps(file_of(points=100, __class__="x") | {"items": with_entry(points=7)["items"]}))
    assert reading.record == parse(json.dumps(file_of())).record


def test_only_so_many_items_are_read() -> None:
    entry = file_of()["items"]["w3"] | {"first": [], "at": "2030-01-01"}
    reading = parse(json.dumps(file_of(items={f"i{n}": entry for n in range(MOST_ITEMS + 50)})))
    assert reading.record is not None
    assert len(reading.record.items) == MOST_ITEMS


def test_script_in_every_text_is_carried_as_text() -> None:
    data = file_of(quiz=SCRIPT, version=SCRIPT, learner=SCRIPT)
    data["items"] = {SCRIPT: {**with_entry()["items"]["w3"], "variant": SCRIPT, "answer": [SCRIPT]}}
    record = parse(json.dumps(data)).record
    assert record is not None
    assert (record.quiz, record.items[SCRIPT].answer) == (SCRIPT, [SCRIPT])


NAMES = st.sampled_from([*file_of(), "w3", *file_of()["items"]["w3"]])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=20,
)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_reading_never_raises_for_any_bytes(raw: bytes | str) -> None:
    assert parse(raw).record is None


@given(JSON, st.sampled_from(list(file_of())))
def test_reading_never_raises_for_any_json_in_any_place(value: Any, name: str) -> None:
    reading = parse(json.dumps(file_of(**{name: value})))
    assert reading.record is None or len(json.dumps(reading.record.as_json())) < LARGEST


@given(JSON, st.sampled_from(list(with_entry()["items"]["w3"])))
def test_reading_never_raises_for_any_json_in_an_entry(value: Any, name: str) -> None:
    reading = parse(json.dumps(with_entry(**{name: value})))
    for entry in reading.record.items.values() if reading.record else ():
        assert isinstance(entry.answer, (str, list, dict))
        assert 0 <= entry.tries < 10**9


# The receipt


def receipt_in(*datas: Any) -> dict[str, Any]:
    outputs = [{"output_type": "display_data", "data": {MIME: data}} for data in datas]
    return {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": outputs}]}


def test_the_newest_readable_receipt_of_a_notebook_counts() -> None:
    old, new = file_of(), file_of(saved="2030-03-07T10:00:00+00:00", seq=9)
    record = from_notebook(receipt_in(old, new, "junk", 5)).record
    assert record is not None
    assert record.seq == 9


def test_a_receipt_kept_as_lines_of_text_is_read_too() -> None:
    lines = json.dumps(file_of(), indent=1).splitlines(keepends=True)
    assert from_notebook(receipt_in(lines)).record == parse(json.dumps(file_of())).record


@pytest.mark.parametrize(
    "nb", [{}, {"cells": 5}, {"cells": [5, {"outputs": 5}, {"outputs": [5, {"data": 5}]}]}, [], None]
)
def test_a_notebook_without_a_receipt_gives_nothing(nb: Any) -> None:
    assert not from_notebook(nb).found


def test_the_receipt_holds_what_the_file_holds(path: Path) -> None:
    mine = store(path)
    mine.answer("w2", {"call": "yes", "wave": "no"})
    assert mine.receipt() == json.loads(path.read_text())


def test_the_newer_of_two_records_counts_and_a_difference_is_told(path: Path) -> None:
    mine = store(path)
    mine.answer("w3", ["judge"])
    first = read(path).record
    mine.answer("w5", wrong("w5", LEARNER))  # type: ignore[arg-type]
    second = read(path).record
    assert newer(first, second) == (second, True)
    assert newer(second, first) == (second, True)
    assert newer(second, second) == (second, False)
    assert newer(None, first) == (first, False)
    assert newer(None, None) == (None, False)


def test_a_time_that_is_no_time_is_the_oldest() -> None:
    no_time = Record("q", "1", "ana", "", 99, {"i": Entry("v", ["a"])})
    timed = Record("q", "1", "ana", "2030-01-01T00:00:00+00:00", 1, {"i": Entry("v", ["a"])})
    assert newer(no_time, timed) == (timed, False)


# Practice and quiz of one name


def test_a_record_says_whether_it_is_of_practice_or_of_the_quiz(path: Path) -> None:
    for mode in ("quiz", "practice"):
        mine = store(path.with_name(f"{mode}.answers.json"), sheet=replace(SHEET, mode=mode))
        mine.answer("w3", ["judge"])
        assert json.loads(mine.path.read_text())["mode"] == mode
        record = read(mine.path).record
        assert record is not None
        assert record.mode == mode


@pytest.mark.parametrize("mode", [None, "", "exam", 7, ["quiz"], {"quiz": 1}])
def test_what_is_no_mode_counts_as_none(mode: Any) -> None:
    record = parse(json.dumps(file_of(mode=mode))).record
    assert record is not None
    assert record.mode == ""


@pytest.mark.parametrize("mode", ["quiz", "practice"])
def test_a_file_of_before_records_said_so_is_gone_on_with(path: Path, mode: Any) -> None:
    path.write_text(json.dumps(file_of()))
    mine = store(path, sheet=replace(SHEET, mode=mode))
    assert (mine.value("w3"), mine.notes) == (["judge"], [])
    assert mine.answer("w5", ["s1"]).kept_as == ""
    assert json.loads(path.read_text())["mode"] == mode


def test_a_practice_file_in_the_place_of_the_quiz_file_is_not_used_and_is_kept_aside(path: Path) -> None:
    path.write_text(json.dumps(file_of(mode="practice")))
    mine = store(path)
    assert mine.value("w3") is None
    assert mine.notes == ["The answers file is from practice, not from this quiz. It was not used."]
    saved = mine.answer("w5", ["s1"])
    assert saved.ok
    kept = read(path.with_name(saved.kept_as)).record
    assert kept is not None
    assert (kept.mode, kept.items["w3"].answer) == ("practice", ["judge"])
