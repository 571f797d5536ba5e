"""Writes a quiz as a notebook: for a grade without any key, for practice with it.

Everything here is fixed by the sheet, down to the last byte, so that a build can be compared with
the files that are already there.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.messages import ENGLISH
from grader.sheet import Item, KeySheet, Sheet

WRITTEN = ENGLISH["intro-written"]
NOT_ADVICE = ENGLISH["not-advice"]
HELP = ENGLISH["help"]
START = ENGLISH["intro-start"]
HOW_TO_PRACTISE = ENGLISH["intro-practice"]
HOW = ENGLISH["intro-quiz"]
FIXED = {"deletable": False, "editable": False}
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def quiz_notebook(sheet: Sheet) -> NotebookNode:
    """The notebook of a quiz for a grade, nbgrader's source version: stems and options, no key and no facts."""
    cells = [_intro(sheet), _locked("quiz-setup", _setup(sheet))]
    for item in sheet.items:
        cells += _written(item) if item.kind == "written" else [_graded(sheet, item)]
    return _notebook(
        [*cells, _locked("quiz-receipt", "question.receipt()")], {"sheet": sheet.as_json(), "autorun": True}
    )


def practice_notebook(sheet: Sheet, keys: KeySheet) -> NotebookNode:
    """The notebook of a quiz for practice: it carries the key, gives feedback at once and knows no nbgrader."""
    sources = [("quiz-setup", _setup(sheet)), *((item.id, _ask(item)) for item in sheet.items)]
    cells = [_plain(id, source) for id, source in [*sources, ("quiz-receipt", "question.receipt()")]]
    grader = {"sheet": sheet.as_json(), "keys": keys.as_json(), "autorun": True}
    return _notebook([new_markdown_cell(_welcome(sheet), id="quiz-intro"), *cells], grader)


def text(notebook: NotebookNode) -> str:
    """A notebook as the text of its file: the same notebook gives the same bytes."""
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n"


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook so that at every moment the old or the new file is whole."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(text(notebook), encoding="utf-8")
    os.replace(part, path)


def _notebook(cells: list[NotebookNode], grader: dict[str, Any]) -> NotebookNode:
    notebook: NotebookNode = new_notebook(cells=cells, metadata={**METADATA, "grader": grader})
    return notebook


def _welcome(sheet: Sheet) -> str:
    how = HOW_TO_PRACTISE if sheet.mode == "practice" else HOW
    parts = (f"# {sheet.title}", sheet.intro, START, how.format(quiz=sheet.quiz), f"*{NOT_ADVICE}*", HELP)
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _setup(sheet: Sheet) -> str:
    return f'from grader.widgets import quiz\nquestion = quiz("{sheet.quiz}")'


def _ask(item: Item) -> str:
    return f'question("{item.id}")'


def _tests(sheet: Sheet, item: Item) -> Iterator[str]:
    """The part nbgrader takes out of the released copy: how its own executing grader would find the points."""
    yield "### BEGIN HIDDEN TESTS"
    yield "from grader.gradebook import points_here"
    yield f'points_here("{sheet.quiz}", "{item.id}")'
    yield "### END HIDDEN TESTS"


def _graded(sheet: Sheet, item: Item) -> NotebookNode:
    source = "\n".join([_ask(item), *_tests(sheet, item)])
    return _locked(item.id, source, grade=True, points=item.points)


def _written(item: Item) -> list[NotebookNode]:
    """The box to write in, and below it the cell in which a grader will see the text."""
    metadata = {
        "nbgrader": _nbgrader(item.id, "markdown", grade=True, solution=True, points=item.points),
        "deletable": False,
    }
    return [_locked(f"ask-{item.id}", _ask(item)), new_markdown_cell(WRITTEN, id=item.id, metadata=metadata)]


def _intro(sheet: Sheet) -> NotebookNode:
    metadata = {"nbgrader": _nbgrader("quiz-intro", "markdown", locked=True), **FIXED}
    cell: NotebookNode = new_markdown_cell(_welcome(sheet), id="quiz-intro", metadata=metadata)
    return cell


def _locked(id: str, source: str, **nbgrader: Any) -> NotebookNode:
    cell = _plain(id, source)
    cell.metadata["nbgrader"] = _nbgrader(id, "code", locked=True, **nbgrader)
    return cell


def _plain(id: str, source: str) -> NotebookNode:
    cell: NotebookNode = new_code_cell(source, id=id, metadata={"jupyter": {"source_hidden": True}, **FIXED})
    return cell


def _nbgrader(id: str, kind: str, **given: Any) -> dict[str, Any]:
    flags = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"schema_version": 3, "cell_type": kind, "grade_id": id, **flags, **given}
