"""What a quiz looks like as a notebook, and what it must never hold."""

import json

import nbformat
import pytest
from sample_quiz import KEYS, SHEET

from grader.notebooks import practice_notebook, quiz_notebook, text, write
from grader.sheet import KeySheet, Sheet


def cell(id):
    return next(one for one in quiz_notebook(SHEET).cells if one.id == id)


@pytest.mark.parametrize("make", [lambda: quiz_notebook(SHEET), lambda: practice_notebook(SHEET, KEYS)])
def test_the_same_quiz_gives_the_same_bytes(make, tmp_path):
    write(make(), tmp_path / "one.ipynb")
    write(make(), tmp_path / "two.ipynb")
    assert (tmp_path / "one.ipynb").read_bytes() == (tmp_path / "two.ipynb").read_bytes()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["one.ipynb", "two.ipynb"]


def test_the_quiz_is_a_valid_notebook_and_its_cells_are_known_by_the_names_of_its_items():
    notebook = nbformat.reads(text(quiz_notebook(SHEET)), as_version=4)
    nbformat.validate(notebook)
    items = ["w1", "w2", "w3", "w4", "w5", "ask-w9", "w9"]
    assert [one.id for one in notebook.cells] == ["quiz-intro", "quiz-setup", *items, "quiz-receipt"]
    assert not any(one.get("outputs") for one in notebook.cells)


def test_another_wording_of_a_question_leaves_every_cell_id_and_source_as_it_was():
    data = SHEET.as_json() | {"title": "Another title", "version": "2"}
    before, after = quiz_notebook(SHEET).cells, quiz_notebook(Sheet.from_json(data)).cells
    assert [(one.id, one.source) for one in before[1:]] == [(one.id, one.source) for one in after[1:]]


def test_the_quiz_for_a_grade_holds_nothing_of_the_key():
    written = text(quiz_notebook(SHEET))
    for item in KEYS.items:
        for key in item.variants:
            hidden = [key.flip, *(choice.feedback for choice in key.choices.values()), *(a for _, _, a in key.rubric)]
            assert not [words for words in hidden if words and json.dumps(words, ensure_ascii=False)[1:-1] in written]
    assert "permission-counts" not in written
    assert '"credit"' not in written


def test_the_practice_notebook_carries_the_key_and_knows_no_nbgrader():
    notebook = practice_notebook(SHEET, KEYS)
    assert KeySheet.from_json(json.loads(text(notebook))["metadata"]["grader"]["keys"]) == KEYS
    assert not any("nbgrader" in one.metadata for one in notebook.cells)


def test_the_sheet_comes_back_out_of_the_notebook_as_it_went_in():
    notebook = json.loads(text(quiz_notebook(SHEET)))
    assert Sheet.from_json(notebook["metadata"]["grader"]["sheet"]) == SHEET
    assert notebook["metadata"]["grader"]["autorun"] is True


def test_a_choice_is_graded_by_machine_and_a_text_by_a_person():
    choice, text_cell, box = (cell(id).metadata["nbgrader"] for id in ("w1", "w9", "ask-w9"))
    assert (choice["grade"], choice["solution"], choice["locked"], choice["points"]) == (True, False, True, 2.0)
    assert (text_cell["grade"], text_cell["solution"], text_cell["points"]) == (True, True, 4.0)
    assert (box["grade"], box["locked"]) == (False, True)


def test_a_learner_can_neither_edit_nor_delete_what_asks_the_questions():
    for one in quiz_notebook(SHEET).cells:
        assert one.metadata["deletable"] is False
        assert one.metadata.get("editable") is False or one.id == "w9"


def test_the_first_cell_says_what_this_is_and_where_help_is():
    welcome = cell("quiz-intro").source
    assert welcome.startswith("# Permission")
    assert "training material, not legal advice" in welcome
    assert "Hotline" in welcome
    assert "waiver.answers.json" in welcome
