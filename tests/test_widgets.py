"""The learner's front end without a browser: what it asks, what it saves, what it says."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader import widgets
from grader.answers import MIME, read
from grader.assets import STATIC
from grader.messages import WORDS
from grader.practice import in_words
from grader.record import Store
from grader.scoring import RULES
from grader.sheet import Sheet
from tests.sample_quiz import CITE, KEYS, QUIZ, SHEET, STORY, right, wrong

LEARNER = "ana"
PRACTICE = replace(SHEET, mode="practice")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder; no kernel, no hub, no nbgrader."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADER_LEARNER", LEARNER)
    for name in ("JPY_SESSION_NAME", "NBGRADER_EXECUTION", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


class Screen(list[Any]):
    """What a notebook would show: every output, and every renewal of one."""

    def show(self, thing: Any, **_: Any) -> "Screen":
        self.append(thing)
        return self

    update = show

    def texts(self) -> list[str]:
        return [thing["text/plain"] for thing in self if isinstance(thing, dict)]

    def receipts(self) -> list[dict[str, Any]]:
        return [thing for thing in self if isinstance(thing, dict) and MIME in thing]


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    made = Screen()
    monkeypatch.setattr(widgets, "_display", made.show)
    return made


def write(sheet: Sheet = SHEET, name: str = QUIZ, **grader: Any) -> None:
    keys = {"keys": KEYS.as_json()} if sheet.mode == "practice" else {}
    held = {"sheet": sheet.as_json(), "autorun": True, **keys, **grader}
    notebook = {"cells": [], "metadata": {"grader": held}, "nbformat": 4, "nbformat_minor": 5}
    Path(f"{name}.ipynb").write_text(json.dumps(notebook))


def opened(sheet: Sheet = SHEET) -> widgets.Quiz:
    write(sheet)
    question = widgets.quiz(QUIZ)
    assert isinstance(question, widgets.Quiz)
    return question


def shown(question: widgets.Quiz, item: str) -> widgets.QuestionWidget:
    widget = question(item)
    assert widget is not None
    return widget


def press(widget: widgets.QuestionWidget, answer: Any, certainty: Any = None, n: int = 1) -> None:
    """Do what the page does when an answer changes."""
    widget._handle_custom_msg({"answer": answer, "certainty": certainty, "n": n}, [])


def on_disk() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(f"{QUIZ}.answers.json").read_text())
    return data


# Asking


@pytest.mark.parametrize("item", SHEET.items, ids=lambda item: item.kind)
def test_the_page_gets_the_question_of_this_learner_and_no_key(item: Any) -> None:
    data = shown(opened(), item.id).data
    mine = item.pick(SHEET.salt, LEARNER)
    assert data["stem"] == mine.stem
    assert [line["text"] for line in data["story"]] == [line.text for line in STORY]
    assert not {"credit", "right", "feedback", "choices", "rule"} & set(json.dumps({**data, "words": {}}).split('"'))


@pytest.mark.parametrize("item", SHEET.items, ids=lambda item: item.kind)
def test_an_answer_from_the_page_is_saved_at_once_and_the_page_is_told(item: Any) -> None:
    widget = shown(opened(), item.id)
    press(widget, right(item.id, LEARNER), n=7)
    assert widget.status == {"text": "Saved. 1 of 6 answered.", "ok": True, "n": 7}
    assert on_disk()["items"][item.id]["answer"] == right(item.id, LEARNER)


def test_showing_questions_again_shows_the_saved_answer_and_writes_nothing() -> None:
    press(shown(opened(), "w3"), ["judge"])
    before = Path(f"{QUIZ}.answers.json").stat().st_mtime_ns
    question = opened()
    assert shown(question, "w3").value == ["judge"]
    assert shown(question, "w3").value == ["judge"]
    assert Path(f"{QUIZ}.answers.json").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "message",
    [None, "w1", [], {}, {"answer": {"a": []}}, {"answer": 5}, {"answer": [SCRIPT]}, {"answer": None, "n": []}],
)
def test_a_message_that_is_no_answer_changes_nothing(message: Any) -> None:
    widget = shown(opened(), "w1")
    widget._handle_custom_msg(message, [])
    assert not Path(f"{QUIZ}.answers.json").exists()


def test_a_failing_save_is_told_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    widget = shown(opened(), "w3")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    press(widget, ["judge"])
    assert not widget.status["ok"]
    assert "No space left on device" in widget.status["text"]
    assert widget.value == ["judge"]


def test_a_quiz_for_a_grade_gives_no_feedback_even_if_keys_were_left_in() -> None:
    write(SHEET, keys=KEYS.as_json())
    question = widgets.quiz(QUIZ)
    assert isinstance(question, widgets.Quiz)
    widget = shown(question, "w3")
    press(widget, ["judge"])
    assert widget.feedback == {}


def test_the_text_form_of_a_widget_tells_nothing_about_the_question() -> None:
    assert repr(shown(opened(), "w1")) == "Question w1. Run this notebook to see it."


# Practice


def test_practice_says_at_once_why_a_wrong_answer_is_wrong_in_the_fixed_order() -> None:
    widget = shown(opened(PRACTICE), "w5")
    press(widget, ["s2"], certainty=3)
    told = widget.feedback
    assert (told["verdict"], told["heading"]) == ("wrong", "Not right yet.")
    assert told["confident"] == WORDS["confident-error"]
    assert told["rests"] == [{"choice": "", "says": "A text is no order.", "right": False, "missed": False}]
    assert told["rule"] == KEYS.items[4].variants[0].rule
    assert told["decides"] == ["s1"]
    assert told["cites"][0]["href"] == CITE.href
    assert "compared with the source on " in told["cites"][0]["checked"]
    assert told["flip"].startswith("If the court had ended")
    assert [step["says"] for step in told["steps"]] == [
        "The order binds Kim.",
        "Robin’s wish does not change the order.",
    ]


def test_practice_does_not_say_a_thing_twice() -> None:
    keys = json.loads(json.dumps(KEYS.as_json()))
    for variant in keys["items"][0]["variants"]:
        variant["rule"] = CITE.gist
        variant["choices"]["stay"]["feedback"] = "Kim must wait."
    write(PRACTICE, keys=keys)
    question = widgets.quiz(QUIZ)
    assert isinstance(question, widgets.Quiz)
    widget = shown(question, "w1")
    press(widget, ["stay"])
    assert widget.feedback["rests"][0]["says"] == ""
    assert widget.feedback["cites"][0]["gist"] == ""
    assert widget.feedback["steps"][0]["cites"][0]["gist"] == ""
    assert widget.feedback["cites"][0]["checked"] == "compared with the source on January 1, 2030"


@pytest.mark.parametrize("item", [i for i in SHEET.items if i.kind in RULES], ids=lambda i: i.kind)
def test_practice_tells_right_from_wrong_for_every_kind(item: Any) -> None:
    widget = shown(opened(PRACTICE), item.id)
    press(widget, wrong(item.id, LEARNER))
    assert widget.feedback["verdict"] == "wrong"
    press(widget, right(item.id, LEARNER))
    assert widget.feedback["verdict"] == "right"
    entry = on_disk()["items"][item.id]
    assert (entry["first"], entry["tries"]) == (wrong(item.id, LEARNER), 2)


def test_practice_shows_a_model_answer_beside_a_text() -> None:
    widget = shown(opened(PRACTICE), "w9")
    press(widget, "Nothing changes.")
    assert widget.feedback["model"] == "Nothing: only the court can change its order."
    assert widget.feedback["rubric"] == ["Issue (1): Names the question.", "Rule (3): Names who may change an order."]


@pytest.mark.parametrize(
    ("item", "answer", "word"),
    [
        ("w1", [], "answer-first"),
        ("w2", {"call": "yes"}, "rows-first"),
        ("w4", "", "date-first"),
        ("w9", " ", "write-first"),
    ],
)
def test_practice_asks_for_a_whole_answer_before_it_judges(item: str, answer: Any, word: str) -> None:
    widget = shown(opened(PRACTICE), item)
    press(widget, answer)
    assert widget.status["text"] == WORDS[word]
    assert widget.feedback == {}
    assert not Path(f"{QUIZ}.answers.json").exists()


def test_practice_shows_the_feedback_again_when_the_notebook_is_opened_again() -> None:
    press(shown(opened(PRACTICE), "w5"), ["s2"], certainty=2)
    widget = shown(opened(PRACTICE), "w5")
    assert (widget.value, widget.certainty, widget.feedback["verdict"]) == (["s2"], 2, "wrong")


@pytest.mark.parametrize("sure", [0, 4, True, "3", [1]])
def test_a_certainty_that_is_not_one_two_or_three_is_not_kept(sure: Any) -> None:
    press(shown(opened(PRACTICE), "w5"), ["s2"], certainty=sure)
    assert on_disk()["items"]["w5"]["certainty"] is None


# The receipt


def test_the_receipt_says_what_is_saved_and_carries_a_copy(screen: Screen) -> None:
    question = opened()
    question.receipt()
    press(shown(question, "w3"), ["judge"])
    before, after = screen.receipts()
    assert before["text/plain"].startswith("No answers saved yet. This quiz has 6 questions.")
    assert after["text/plain"].startswith("1 of 6 answers saved at ")
    assert after[MIME] == on_disk()


@pytest.mark.parametrize("browser", [False, True])
@pytest.mark.parametrize("mode", ["quiz", "practice"])
def test_the_receipt_asks_to_hand_a_quiz_in_and_never_practice(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, mode: Any, browser: bool
) -> None:
    monkeypatch.setattr(widgets, "BROWSER", browser)
    question = opened(replace(SHEET, mode=mode))
    question.receipt()
    said = screen.receipts()[0]["text/plain"].lower()
    assert ("to hand in, choose" in said or "hand it in together" in said) == (mode == "quiz")
    assert ("nothing is handed in" in said) == (mode == "practice")


def test_the_button_hands_out_what_the_file_holds(screen: Screen) -> None:
    question = opened()
    question.receipt()
    press(shown(question, "w3"), ["judge"])
    (button,) = [thing for thing in screen if isinstance(thing, widgets.AnswersPanel)]
    assert (button.file, json.loads(button.content)) == (f"{QUIZ}.answers.json", on_disk())


def test_a_file_of_practice_is_handed_out_under_a_name_of_its_own(folder: Path) -> None:
    panel = widgets.AnswersPanel(Store(folder / f"{QUIZ}.answers.json", PRACTICE, LEARNER), told=True)
    assert (panel.file, json.loads(panel.content)["mode"]) == (f"practice-{QUIZ}.answers.json", "practice")


def test_the_receipt_of_a_lone_notebook_gives_the_answers_back(screen: Screen) -> None:
    question = opened()
    question.receipt()
    press(shown(question, "w3"), ["judge"])
    notebook = json.loads(Path(f"{QUIZ}.ipynb").read_text())
    outputs = [{"output_type": "display_data", "data": screen.receipts()[-1]}]
    notebook["cells"] = [{"cell_type": "code", "outputs": outputs}]
    Path(f"{QUIZ}.ipynb").write_text(json.dumps(notebook))
    Path(f"{QUIZ}.answers.json").unlink()
    again = widgets.quiz(QUIZ)
    assert isinstance(again, widgets.Quiz)
    assert again.store.value("w3") == ["judge"]


def test_nothing_a_learner_wrote_becomes_markup_in_the_receipt(screen: Screen) -> None:
    question = opened()
    question.store.notes.append(SCRIPT)
    question.receipt()
    page = screen.receipts()[0]["text/html"]
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


# Under nbgrader


def printed(question: widgets.Quiz, item: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert question(item) is None
    return capsys.readouterr().out


def test_validate_prints_whether_a_question_is_answered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    press(shown(opened(), "w2"), {"call": "yes"})
    press(shown(opened(), "w3"), ["judge"])
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    question = opened()
    assert printed(question, "w3", capsys) == "Answered.\n"
    for item, number in (("w2", 2), ("w5", 5)):
        with pytest.raises(widgets.NotAnswered, match=f"Question {number} of 6 is not answered yet"):
            question(item)


def test_autograde_prints_what_was_chosen_so_that_a_grader_sees_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for id, answer in {"w2": {"call": "yes"}, "w3": ["judge"], "w9": "Only\nthe court."}.items():
        press(shown(opened(), id), answer)
    before = Path(f"{QUIZ}.answers.json").read_bytes()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    question = opened()
    assert printed(question, "w2", capsys) == "A call: Yes\n"
    assert printed(question, "w3", capsys) == "The judge\n"
    assert printed(question, "w9", capsys) == "Only\nthe court.\n"
    assert printed(question, "w5", capsys) == "(no answer)\n"
    question.receipt()
    assert "of 6 answers saved" in capsys.readouterr().out
    assert Path(f"{QUIZ}.answers.json").read_bytes() == before


def test_every_kind_of_answer_can_be_said_in_words() -> None:
    for item in SHEET.items:
        assert in_words(item, item.pick(SHEET.salt, LEARNER), right(item.id, LEARNER))  # type: ignore[arg-type]


# Opening


def refused(screen: Screen, name: str = QUIZ) -> str:
    question = widgets.quiz(name)
    assert isinstance(question, widgets.Closed)
    question("w1")
    question.receipt()
    (text,) = screen.texts()
    return text


def test_a_notebook_that_is_not_there_is_told_in_plain_words(screen: Screen) -> None:
    assert "waiver.ipynb was not found" in refused(screen)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"metadata": {}}', '{"metadata": {"grader": {"autorun": true}}}']
)
def test_a_file_without_a_quiz_is_told_in_plain_words(screen: Screen, content: str) -> None:
    Path(f"{QUIZ}.ipynb").write_text(content)
    assert "waiver.ipynb" in refused(screen)


def test_a_quiz_made_by_another_version_of_the_course_is_told_in_plain_words(screen: Screen) -> None:
    write(sheet=SHEET, name=QUIZ)
    notebook = json.loads(Path(f"{QUIZ}.ipynb").read_text())
    notebook["metadata"]["grader"]["sheet"]["schema"] = 99
    Path(f"{QUIZ}.ipynb").write_text(json.dumps(notebook))
    assert "schema 99" in refused(screen)


def test_a_notebook_that_holds_another_quiz_is_told_in_plain_words(screen: Screen) -> None:
    write(name="mutual")
    assert "“waiver”, not “mutual”" in refused(screen, "mutual")


def test_a_question_the_quiz_does_not_have_is_told_in_plain_words(screen: Screen) -> None:
    assert opened()("w77") is None
    assert "w77" in screen.texts()[0]


def test_the_notebook_of_the_kernel_counts_even_if_it_was_renamed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed = folder / "sub" / "my copy.ipynb"
    renamed.parent.mkdir()
    write()
    Path(f"{QUIZ}.ipynb").rename(renamed)
    monkeypatch.setenv("JPY_SESSION_NAME", str(renamed))
    question = widgets.quiz(QUIZ)
    assert isinstance(question, widgets.Quiz)
    question.store.answer("w3", ["judge"])
    assert read(folder / "sub" / "my copy.answers.json").record is not None


def test_the_learner_is_named_by_the_course_then_the_hub_then_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "hub-name")
    assert widgets.learner_id() == LEARNER
    monkeypatch.delenv("GRADER_LEARNER")
    assert widgets.learner_id() == "hub-name"
    monkeypatch.delenv("JUPYTERHUB_USER")
    monkeypatch.setenv("LOGNAME", "login-name")
    assert widgets.learner_id() == "login-name"


def test_a_machine_without_login_names_still_has_a_learner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADER_LEARNER")

    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert widgets.learner_id() == "learner"


@pytest.mark.parametrize(
    ("sheet", "asked"), [(SHEET, ""), (replace(SHEET, certainty=True), "certainty-quiz"), (PRACTICE, "certainty-help")]
)
def test_practice_asks_how_sure_one_is_and_a_quiz_where_its_author_wants_it(
    folder: Path, sheet: Sheet, asked: str
) -> None:
    page = opened(sheet)
    assert shown(page, "w5").data["sure"] == (WORDS[asked] if asked else "")
    assert shown(page, "w9").data["sure"] == "", "a text is weighed by a person"


# The page's own files


def test_the_page_never_turns_data_into_markup() -> None:
    for script in STATIC.rglob("*.js"):
        text = script.read_text()
        assert not {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("} & set(text.split())
        assert "HTML =" not in text


def test_every_word_the_page_asks_for_is_sent_to_it(folder: Path) -> None:
    text = (STATIC / "question.js").read_text()
    asked = set(re.findall(r"words\.([a-z]+)", text)) | set(re.findall(r'words\["([a-z-]+)"\]', text))
    assert asked <= set(shown(opened(), "w1").data["words"])


def test_a_store_and_a_page_save_by_the_same_path(folder: Path) -> None:
    press(shown(opened(), "w3"), ["judge"])
    by_page = on_disk()["items"]["w3"]
    Store(folder / "other.answers.json", SHEET, LEARNER).answer("w3", ["judge"])
    by_store = json.loads((folder / "other.answers.json").read_text())["items"]["w3"]
    assert {**by_page, "at": ""} == {**by_store, "at": ""}
