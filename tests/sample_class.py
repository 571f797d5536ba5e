"""A class for the tests of grading: honest learners, tampered notebooks and bad answers files, all in one quiz."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sample_quiz import QUIZ, SHEET, right, wrong

from grader.answers import MIME
from grader.gradebook import cycle
from grader.record import Store

SCRIPT = "<script>alert(1)</script>"
FULL = sum(item.points for item in SHEET.items if item.kind != "written")
Notebook = dict[str, Any]


def answer_all(folder: Path, learner: str, given: Callable[[str, str], Any] = right) -> Store:
    """Answer every item through the store, as the widgets do. None leaves an item open."""
    store = Store(folder / QUIZ / f"{QUIZ}.answers.json", SHEET, learner)
    for item in SHEET.items:
        value = given(item.id, learner)
        assert value is None or store.answer(item.id, value).ok
    return store


def partly(item: str, learner: str) -> Any:
    """Half a grid, one of two right choices, a date that is off by a day, and no text."""
    return {"w2": {"call": "yes", "wave": "yes"}, "w3": ["judge"], "w4": "2030-03-04"}.get(item)


def mixed(item: str, learner: str) -> Any:
    """Every other answer right, one choice too many."""
    return ["judge", "clerk", "friend"] if item == "w3" else (right if item in ("w1", "w4") else wrong)(item, learner)


HONEST: dict[str, Callable[[str, str], Any]] = {
    "all-right": right,
    "all-wrong": wrong,
    "partly-right": partly,
    "some-of-each": mixed,
    "silent": lambda item, learner: None,
}


def attack(item: str, learner: str) -> Any:
    """All right, and a text that would like to run where the instructor reads it."""
    return (
        f"{SCRIPT}\n```\n{SCRIPT}\n[x](javascript:alert(1))\n# not a heading" if item == "w9" else right(item, learner)
    )


SITE = dict.fromkeys(("from-the-site", "from-the-site-too"), "web-bcdfghjkmn")
"""Who answered on the learners' site, both in one browser, and the name that the browser made up for itself."""

OTHERS = ("receipt-only", "receipt-newer", "script-in-the-text", *SITE)


def _cell(nb: Notebook, id: str) -> dict[str, Any]:
    return next(cell for cell in nb["cells"] if cell["id"] == id)


def _marks(nb: Notebook, id: str, **changes: Any) -> None:
    _cell(nb, id)["metadata"]["nbgrader"].update(changes)


def _added(kind: str, source: str) -> dict[str, Any]:
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": "added", "metadata": {}, "source": source, **code}


def _markdown(nb: Notebook, id: str) -> None:
    cell = _cell(nb, id)
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def _claims(nb: Notebook) -> None:
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            html = {"text/plain": "100", "text/html": SCRIPT}
            cell["outputs"] = [{"output_type": "execute_result", "data": html, "metadata": {}, "execution_count": 1}]


def _runs(nb: Notebook) -> None:
    mark = json.dumps(os.environ["RAN"])
    source = f"open({mark}, 'w').write('ran')\nimport grader.gradebook as g\ng.points_here = lambda *_: 100"
    nb["cells"].insert(0, _added("code", source))
    _cell(nb, "w1")["source"] = f"open({mark}, 'w').write('ran')"


TAMPERINGS: dict[str, Callable[[Notebook], Any]] = {
    "test-cell-copied": lambda nb: nb["cells"].append(_cell(nb, "w1") | {"id": "copy"}),
    "empty-nbgrader-metadata": lambda nb: _cell(nb, "w1")["metadata"].update(nbgrader={}),
    "empty-metadata-on-the-text": lambda nb: _cell(nb, "w9")["metadata"].update(nbgrader={}),
    "old-schema": lambda nb: _marks(nb, "w1", schema_version=2),
    "new-schema": lambda nb: _marks(nb, "w1", schema_version=99),
    "grade-false": lambda nb: _marks(nb, "w1", grade=False),
    "text-no-solution": lambda nb: _marks(nb, "w9", solution=False),
    "test-cell-deleted": lambda nb: nb["cells"].remove(_cell(nb, "w1")),
    "text-cell-deleted": lambda nb: nb["cells"].remove(_cell(nb, "w9")),
    "all-cells-deleted": lambda nb: nb["cells"].clear(),
    "test-cell-edited": lambda nb: _cell(nb, "w1").update(source="100"),
    "points-100": lambda nb: _marks(nb, "w1", points=100),
    "test-cell-as-markdown": lambda nb: _markdown(nb, "w1"),
    "warning-printed": lambda nb: _cell(nb, "w1").update(source="import warnings; warnings.warn('x')"),
    "endless-loop": lambda nb: nb["cells"].insert(0, _added("code", "while True: pass")),
    "runs-code": _runs,
    "claims-points": _claims,
    "script-cell": lambda nb: nb["cells"].append(_added("markdown", SCRIPT)),
    "attachment": lambda nb: _cell(nb, "w9").update(attachments={"a.svg": {"image/svg+xml": SCRIPT}}),
    "cells-of-any-kind": lambda nb: nb.update(cells=[1, None, {"cell_type": 7}]),
    "metadata-of-any-kind": lambda nb: nb.update(metadata={"language": 5, "grader": [], "unreadable": SCRIPT}),
    "own-answers-in-metadata": lambda nb: nb["metadata"].update(grader={"answers": {"w1": "100"}, "troubles": 3}),
    "other-kernel": lambda nb: nb["metadata"].update(kernelspec={"name": "bash", "display_name": "x"}),
    "renumbered-format": lambda nb: nb.update(nbformat=99, nbformat_minor=-1),
    "list-instead-of-notebook": lambda nb: nb.clear(),
}
"""What a learner may do to the notebook. The answers file is right, so each earns full marks all the same."""

UNREADABLE: dict[str, bytes] = {
    "notebook-not-json": b"this is not a notebook",
    "notebook-empty": b"",
    "notebook-cut": b'{"cells": [',
    "notebook-not-text": b"\xff\xfe\x00\x00",
    "notebook-deep": b"[" * 100_000,
}


def _changed(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], None]:
    def apply(path: Path) -> None:
        data = json.loads(path.read_text())
        change(data)
        path.write_text(json.dumps(data))

    return apply


def _every(answer: Any) -> Callable[[Path], None]:
    """Put one answer, or anything else, in the place of every answer."""
    return _changed(lambda data: [entry.update(answer=answer) for entry in data["items"].values()])


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def _bytes(content: bytes) -> Callable[[Path], None]:
    def apply(path: Path) -> None:
        path.write_bytes(content)

    return apply


def _scripts(data: dict[str, Any]) -> None:
    data.update(saved=SCRIPT, seq=SCRIPT, extra=SCRIPT)
    for entry in data["items"].values():
        entry.update(certainty=SCRIPT, at=SCRIPT, first=SCRIPT, tries=SCRIPT)
        entry["answer"] = [SCRIPT]
    data["items"][SCRIPT] = {"variant": SCRIPT, "answer": SCRIPT}


def _strange_items(data: dict[str, Any]) -> None:
    data["items"] = {f"{id}-other": entry for id, entry in data["items"].items()}


BAD_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "absent": (lambda path: path.unlink(), "No answers were handed in"),
    "empty": (_bytes(b""), "is empty"),
    "cut-in-half": (_cut, "not complete JSON"),
    "fifty-megabytes": (_bytes(b" " * 50_000_000), "No answers were handed in"),
    "five-hundred-kilobytes": (_bytes(b"[" + b" " * 500_000), "larger than"),
    "deep": (_bytes(b"[" * 200_000), "nested too deeply"),
    "list": (_bytes(b"[1, 2]"), "not hold a list of answers"),
    "number": (_bytes(b"7"), "not hold a list of answers"),
    "items-a-list": (_changed(lambda data: data.update(items=[])), "not hold a list of answers"),
    "wrong-types": (_every(7), "could not be read"),
    "true-as-answer": (_every(True), "could not be read"),
    "nan": (_every(float("nan")), "not complete JSON"),
    "infinity": (_every(float("inf")), "not complete JSON"),
    "huge-number": (_bytes(b'{"schema": 1e999}'), "not hold a list of answers"),
    "other-schema": (_changed(lambda data: data.update(schema=2)), "newer version"),
    "unknown-items": (_changed(_strange_items), "does not have"),
    "unknown-options": (_every(["nonsense"]), ""),
    "all-options": (_every(["stay", "go", "judge", "clerk", "friend", "s1", "s2"]), ""),
    "scores-instead-of-answers": (_every("100"), ""),
    "another-learners": (_changed(lambda data: data.update(learner="all-right")), "belongs to “all-right”"),
    "another-quizs": (_changed(lambda data: data.update(quiz="mutual")), "belongs to the quiz “mutual”"),
    "another-variant": (
        _changed(lambda data: [entry.update(variant="other") for entry in data["items"].values()]), "",
    ),
    "scripts": (_changed(_scripts), "unreadable certainty"),
    "not-utf8": (_bytes(b"\xff" * 99), "not text"),
    "link": (_link, "No answers were handed in"),
}  # fmt: skip
"""What may be wrong with an answers file in the exchange, and how the grader is told. None may earn a mark."""


def hand_in(course: Path, homes: Path) -> None:
    """Everybody fetches the quiz, answers it, does what the learner's name says, and hands in."""
    for learner in (*HONEST, *TAMPERINGS, *UNREADABLE, *BAD_FILES, *OTHERS):
        home = homes / learner
        home.mkdir(parents=True)
        cycle.fetch(course, QUIZ, learner, home)
        given = attack if learner == "script-in-the-text" else HONEST.get(learner, right)
        store = answer_all(home, SITE.get(learner, learner), given)
        notebook = home / QUIZ / f"{QUIZ}.ipynb"
        if learner in TAMPERINGS:
            _changed(TAMPERINGS[learner])(notebook)
        if learner in UNREADABLE:
            notebook.write_bytes(UNREADABLE[learner])
        if learner.startswith("receipt"):
            _with_receipt(store, notebook, learner)
        cycle.submit(course, QUIZ, learner, home)
        if learner in BAD_FILES:
            (handed_in,) = (course / "exchange").glob(f"*/inbound/{learner}+*/{store.path.name}")
            handed_in.chmod(0o644)
            BAD_FILES[learner][0](handed_in)


def _with_receipt(store: Store, notebook: Path, learner: str) -> None:
    """Put the receipt into the notebook; then lose the answers file, or leave an older one with an answer less."""
    data = {MIME: store.receipt(), "text/plain": "6 of 6 answers saved"}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    _changed(lambda nb: _cell(nb, "quiz-receipt").update(outputs=[output]))(notebook)
    if learner == "receipt-only":
        store.path.unlink()
        return
    _changed(lambda old: [old["items"].pop("w1"), old.update(saved="2020-01-01T00:00:00+00:00")])(store.path)
