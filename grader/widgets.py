"""The learner's front end: one widget for every kind of question, and the last line of the notebook.

It knows no law. A quiz notebook holds its sheet in its metadata and calls only

    from grader.widgets import quiz
    question = quiz("NAME")

``question("ITEM")`` shows a question, ``question.receipt()`` says how many answers are saved.
"""

import getpass
import html
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from grader import browser, care, live
from grader.assets import source
from grader.messages import again, say
from grader.page import drawn, number
from grader.panel import AnswersPanel, progress_line, receipt_line, whither_line
from grader.practice import feedback, in_words, pictures
from grader.record import BROWSER, MIME, Answer, Entry, Record, Saved, Store, answers_path, complete, from_notebook
from grader.scoring import score
from grader.sheet import Item, Key, KeySheet, Sheet

MISSING = {"single": "answer-first", "select": "answer-first", "order": "order-first",
           "sentence": "answer-first", "grid": "rows-first",
           "date": "date-first", "written": "write-first"}  # fmt: skip


NAMED_IN = ("GRADER_LEARNER", "JUPYTERHUB_USER")


class QuestionWidget(anywidget.AnyWidget):
    """One question on the page. The page sends answers as messages; Python saves them and says so."""

    _esm = source("elements.js", "question.js")
    _css = source("question.css")

    data = traitlets.Dict().tag(sync=True)
    """What is asked, in the words of the language chosen now; also anew under another name."""
    value = traitlets.Any().tag(sync=True)
    """The answer last taken, for a page that is drawn anew; an empty text for none."""
    certainty = traitlets.Int().tag(sync=True)
    """How sure the learner said to be, 1 to 3; 0 for nothing said."""
    status = traitlets.Dict().tag(sync=True)
    """The line of the live region: ``text``, ``ok``, and the number of the message it replies to."""
    feedback = traitlets.Dict().tag(sync=True)
    """What practice says about the answer; empty until it was checked."""
    progress = traitlets.Unicode().tag(sync=True)
    """How far the learner is with the whole quiz."""
    notice = traitlets.Unicode().tag(sync=True)
    """What to say when the question is drawn anew."""
    drawn = traitlets.Int().tag(sync=True)
    """Grows whenever the page has to draw the question anew."""

    def __init__(self, store: Store, item: Item, keys: KeySheet | None = None):
        self._store, self._item, self._keys = store, item, keys
        self._question = store.variant(item.id)
        entry = store.entry(item.id)
        super().__init__(
            data=self._drawn(),
            **_given(entry),
            progress=_progress(store),
        )
        self.feedback = self._judged()
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return f"Question {self._item.id}. Run this notebook to see it."

    def _hear(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """Take what the page sends: data from outside, of any form."""
        if not isinstance(message, dict) or "answer" not in message:
            return
        sure = message.get("certainty")
        self.take(message["answer"], sure if type(sure) is int and 1 <= sure <= 3 else None, message.get("n"))

    def take(self, answer: Any, certainty: int | None = None, n: Any = None) -> None:
        """Save an answer; in practice only a complete one, and then say what is right about it."""
        practice = self._store.sheet.mode == "practice"
        if practice and not self._is_complete(answer):
            self.status = {"text": say(MISSING[self._item.kind]), "ok": False, "n": n}
            return
        saved = self._store.answer(self._item.id, answer, certainty)
        entry = self._store.entry(self._item.id)
        self._show(entry)
        self.feedback = self._judged()
        self.status = {"text": "" if practice and saved.ok and saved.kept else saved.message, "ok": saved.ok, "n": n}

    def renew(self) -> None:
        """Draw the question anew in the language chosen now."""
        with self.hold_sync():
            self.data = self._drawn()
            self.feedback = self._judged()
            self.progress = _progress(self._store)

    def follow(self) -> None:
        """Show how far the learner is now."""
        self.progress = _progress(self._store)

    def redraw(self, notice: str) -> None:
        """Show what counts now, after it was changed elsewhere, and say so."""
        self._question = self._store.variant(self._item.id)
        entry = self._store.entry(self._item.id)
        with self.hold_sync():
            self.data = self._drawn()
            self._show(entry)
            self.feedback = self._judged()
            self.notice, self.drawn = notice, self.drawn + 1

    def _show(self, entry: Entry | None) -> None:
        for name, value in _given(entry).items():
            setattr(self, name, value)

    def _drawn(self) -> dict[str, Any]:
        return drawn(self._store, self._item) | {"pictures": pictures(self._item, self._key())}

    def _is_complete(self, answer: Any) -> bool:
        return isinstance(answer, (str, list, dict)) and complete(self._question, answer)

    def _key(self) -> Key | None:
        item_key = self._keys.item(self._item.id) if self._keys else None
        return item_key.of(self._question.variant) if item_key else None

    def _judged(self) -> dict[str, Any]:
        entry = self._store.entry(self._item.id)
        item_key, key = self._keys.item(self._item.id) if self._keys else None, self._key()
        if self._store.sheet.mode != "practice" or not (entry and entry.answer and item_key and key):
            return {}
        return feedback(self._item, self._question, key, entry, score(item_key, entry, self._question.variant))


def _given(entry: Entry | None) -> dict[str, Any]:
    """An answer as the page is told of it. Never None: Python in a browser does not send it; the old one would stay."""
    return {"value": entry.answer if entry else "", "certainty": (entry.certainty if entry else None) or 0}


class NotAnswered(Exception):
    """Tells nbgrader's Validate that a question is open; shown as one plain line."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Quiz:
    """The ``question`` of a notebook: shows questions, and the receipt."""

    def __init__(self, store: Store, keys: KeySheet | None = None):
        self.store = store
        self._keys = keys
        self._shown: dict[str, QuestionWidget] = {}
        self._receipt: Any = None
        self._panel: AnswersPanel | None = None
        store.listen(self._renew)

    def __call__(self, item_id: str) -> QuestionWidget | None:
        """Show a question; where nbgrader runs the notebook, print in text what was answered."""
        try:
            item = self.store.sheet.item(item_id)
        except KeyError:
            _notice(say("no-item", item=item_id))
            return None
        run_by = os.environ.get("NBGRADER_EXECUTION")
        if run_by in ("validate", "autograde"):
            print(self._in_text(item, run_by))
            return None
        if item_id in self._shown:
            self._shown[item_id].close()
        self._shown[item_id] = QuestionWidget(self.store, item, self._keys)
        return self._shown[item_id]

    def receipt(self) -> None:
        """Show how many answers are saved, with a copy of them for a grader who gets the notebook alone."""
        if os.environ.get("NBGRADER_EXECUTION"):
            print(receipt_line(self.store))
            return
        first = self._bundle()
        self._receipt = live.Held(first) if live.IN_VOILA else _display(first, raw=True, display_id=True)
        self._panel = AnswersPanel(self.store, told=is_told())
        _display(self._panel)

    def renew(self) -> None:
        """Say everything again in the language chosen now; answers stay as they are."""
        for widget in self._shown.values():
            widget.renew()
        if self._receipt is not None and self._panel is not None:
            self._receipt.update(self._bundle(), raw=True)
            self._panel.speak()

    @property
    def intro(self) -> str:
        """The key of the words at the head of the notebook."""
        return f"{'site-how' if BROWSER else 'intro'}-{self.store.sheet.mode}"

    def _renew(self, saved: Saved) -> None:
        """After a save: the receipt, how far one is, and what another window or a file has changed."""
        if self._receipt is not None and self._panel is not None:
            self._receipt.update(self._bundle(), raw=True)
            self._panel.renew()
        for id, widget in self._shown.items():
            widget.follow()
            if id in saved.changed:
                widget.redraw(say("changed-elsewhere"))

    def _in_text(self, item: Item, run_by: str) -> str:
        question, answer = self.store.variant(item.id), self.store.value(item.id)
        if run_by == "validate":
            if not (answer and complete(question, answer)):
                raise NotAnswered(say("not-answered-yet", number=number(self.store.sheet, item)))
            return say("status-answered")
        return "\n".join(in_words(item, question, answer)) or say("no-answer-text")

    def _bundle(self) -> dict[str, Any]:
        told = [say("code-help")] if self.store.saved_at() else []
        notes = map(again, self.store.notes)
        lines = [receipt_line(self.store), *told, whither_line(self.store, BROWSER or live.IN_VOILA), *notes]
        page = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        plain = "\n".join(lines)
        return {
            "text/plain": plain,
            "text/html": f'<div class="grader-receipt">{page}</div>',
            MIME: self.store.receipt(),
        }


class Closed:
    """Stands in for a quiz that could not be opened: says why once, and stays quiet after that."""

    def __init__(self, why: str):
        _notice(why)

    def renew(self) -> None:
        """Show nothing."""

    def _ipython_display_(self) -> None:
        """Show nothing where a cell ends with it."""

    def __call__(self, item_id: str) -> None:
        """Show nothing."""

    def receipt(self) -> None:
        """Show nothing."""


@care.beside
def quiz(name: str) -> Quiz | Closed:
    """Open the quiz of this notebook and the answers already given. Writes nothing."""
    file = notebook_file(name)
    try:
        notebook = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Closed(say("no-file", file=file.name))
    held = notebook.get("metadata", {}).get("grader") if isinstance(notebook, dict) else None
    if not isinstance(held, Mapping) or not held.get("sheet"):
        return Closed(say("no-sheet", file=file.name))
    try:
        sheet = Sheet.from_json(held["sheet"])
        keys = KeySheet.from_json(held["keys"]) if held.get("keys") and sheet.mode == "practice" else None
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        return Closed(say("bad-sheet", file=file.name, reason=error))
    if sheet.quiz != name:
        return Closed(say("other-sheet", file=file.name, found=sheet.quiz, wanted=name))
    return Quiz(Store(answers_path(file), sheet, learner_id(), others=_receipts(notebook)), keys)


def notebook_file(name: str) -> Path:
    """The notebook this kernel belongs to, as Jupyter names it; else the quiz's own name in the working folder."""
    session = os.environ.get("JPY_SESSION_NAME", "")
    if session.endswith(".ipynb") and Path(session).is_file():
        return Path(session)
    return Path.cwd() / f"{name}.ipynb"


def is_told() -> bool:
    """Whether a course or a hub says who is answering, so that nobody need guess."""
    return any(os.environ.get(variable) for variable in NAMED_IN)


def learner_id() -> str:
    """Who is answering: as told by the course, else by the hub, else by the browser or the login name."""
    for variable in NAMED_IN:
        if os.environ.get(variable):
            return os.environ[variable]
    if BROWSER:  # the login name there is the same for everybody
        return browser.own_name()
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "learner"


def _progress(store: Store) -> str:
    return progress_line(store) if store.sheet.mode == "quiz" else ""


def _receipts(notebook: Mapping[str, Any]) -> tuple[Record, ...]:
    record = from_notebook(notebook).record
    return (record,) if record else ()


def _notice(text: str) -> None:
    """Show a message to the learner in the place of a question."""
    page = f'<div class="grader-notice" role="alert"><p>{html.escape(text)}</p></div>'
    _display({"text/plain": text, "text/html": page}, raw=True)


def _display(thing: Any, **options: Any) -> Any:
    return display(thing, **options)  # type: ignore[no-untyped-call]


__all__ = ["Answer", "AnswersPanel", "Closed", "QuestionWidget", "Quiz", "learner_id", "notebook_file", "quiz"]
