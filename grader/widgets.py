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
from datetime import datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from grader.messages import WORDS, say
from grader.practice import feedback, in_words
from grader.record import (
    BROWSER,
    LONGEST_TEXT,
    MIME,
    Answer,
    Record,
    Saved,
    Store,
    answers_path,
    complete,
    from_notebook,
)
from grader.scoring import score
from grader.sheet import Item, KeySheet, Question, Sheet

STATIC = Path(__file__).parent / "static"
MISSING = {"single": "answer-first", "select": "answer-first", "sentence": "answer-first", "grid": "rows-first",
           "date": "date-first", "written": "write-first"}  # fmt: skip
HINTS = {"single": "choose-one", "select": "choose-any", "sentence": "choose-sentence", "grid": "choose-rows",
         "date": "choose-date", "written": "write"}  # fmt: skip

PAGE_WORDS = (
    "story", "statement", "check", "again", "certainty", "certainty-1", "certainty-2", "certainty-3",
    "certainty-help", "mark-right", "mark-wrong", "mark-missed", "rests-on", "rule", "decides", "decides-mark", "cites",
    "flip", "model-answer", "rubric", "steps", "restored", "no-reply", "answer",
)  # fmt: skip


class QuestionWidget(anywidget.AnyWidget):
    """One question on the page. The page sends answers as messages; Python saves them and says so."""

    _esm = STATIC / "question.js"
    _css = STATIC / "question.css"

    data = traitlets.Dict().tag(sync=True)
    """What is asked; it never changes."""
    value = traitlets.Any().tag(sync=True)
    """The answer last taken, for a page that is drawn anew."""
    certainty = traitlets.Int(None, allow_none=True).tag(sync=True)
    status = traitlets.Dict().tag(sync=True)
    """The line of the live region: ``text``, ``ok``, and the number of the message it replies to."""
    feedback = traitlets.Dict().tag(sync=True)
    """What practice says about the answer; empty until it was checked."""

    def __init__(self, store: Store, item: Item, keys: KeySheet | None = None):
        self._store, self._item, self._keys = store, item, keys
        self._question = store.variant(item.id)
        entry = store.entry(item.id)
        super().__init__(
            data=_page(store.sheet, item, self._question),
            value=entry.answer if entry else None,
            certainty=entry.certainty if entry else None,
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
        self.value, self.certainty = (entry.answer, entry.certainty) if entry else (None, None)
        self.feedback = self._judged()
        self.status = {"text": "" if practice and saved.ok and saved.kept else saved.message, "ok": saved.ok, "n": n}

    def _is_complete(self, answer: Any) -> bool:
        return isinstance(answer, (str, list, dict)) and complete(self._question, answer)

    def _judged(self) -> dict[str, Any]:
        entry = self._store.entry(self._item.id)
        item_key = self._keys.item(self._item.id) if self._keys else None
        key = item_key.of(self._question.variant) if item_key else None
        if self._store.sheet.mode != "practice" or not (entry and entry.answer and item_key and key):
            return {}
        return feedback(self._item, self._question, key, entry, score(item_key, entry, self._question.variant))


class DownloadButton(anywidget.AnyWidget):
    """Hands the learner a copy of the answers file."""

    _esm = STATIC / "download.js"
    _css = STATIC / "question.css"

    file = traitlets.Unicode().tag(sync=True)
    content = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)

    def __repr__(self) -> str:
        return WORDS["download"]


class Quiz:
    """The ``question`` of a notebook: shows questions, and the receipt."""

    def __init__(self, store: Store, keys: KeySheet | None = None):
        self.store = store
        self._keys = keys
        self._shown: dict[str, QuestionWidget] = {}
        self._receipt: Any = None
        self._download: DownloadButton | None = None
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
            print(self._status())
            return
        self._receipt = _display(self._bundle(), raw=True, display_id=True)
        self._download = DownloadButton(file=self.store.path.name, content=self._copy(), label=WORDS["download"])
        _display(self._download)

    def _renew(self, _saved: Saved) -> None:
        if self._receipt is not None and self._download is not None:
            self._receipt.update(self._bundle(), raw=True)
            self._download.content = self._copy()

    def _in_text(self, item: Item, run_by: str) -> str:
        question, answer = self.store.variant(item.id), self.store.value(item.id)
        if run_by == "validate":
            return say("status-answered" if answer and complete(question, answer) else "status-open")
        return "\n".join(in_words(item, question, answer)) or say("no-answer-text")

    def _copy(self) -> str:
        return json.dumps(self.store.receipt(), ensure_ascii=False, indent=1)

    def _status(self) -> str:
        answered, total = self.store.progress()
        if not self.store.saved_at():
            return say("receipt-none", total=total)
        time = datetime.fromisoformat(self.store.saved_at()).astimezone().strftime("%H:%M %Z")
        return say("receipt-status", answered=answered, total=total, time=time)

    def _bundle(self) -> dict[str, Any]:
        where = say("receipt-browser" if BROWSER else "receipt-file", file=self.store.path.name)
        lines = [self._status(), where, *self.store.notes]
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

    def __call__(self, item_id: str) -> None:
        """Show nothing."""

    def receipt(self) -> None:
        """Show nothing."""


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


def learner_id() -> str:
    """Who is answering: as told by the course, else by the hub, else by the login name."""
    for variable in ("GRADER_LEARNER", "JUPYTERHUB_USER"):
        if os.environ.get(variable):
            return os.environ[variable]
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "learner"


def _receipts(notebook: Mapping[str, Any]) -> tuple[Record, ...]:
    record = from_notebook(notebook).record
    return (record,) if record else ()


def _notice(text: str) -> None:
    """Show a message to the learner in the place of a question."""
    page = f'<div class="grader-notice" role="alert"><p>{html.escape(text)}</p></div>'
    _display({"text/plain": text, "text/html": page}, raw=True)


def _display(thing: Any, **options: Any) -> Any:
    return display(thing, **options)  # type: ignore[no-untyped-call]


def _page(sheet: Sheet, item: Item, question: Question) -> dict[str, Any]:
    """What the page needs to draw a question: no key, and every word it shows."""
    number = say("number", number=sheet.items.index(item) + 1, total=len(sheet.items))
    points = say("point") if item.points == 1 else say("points", points=f"{item.points:g}")

    def pairs(options: Any) -> list[dict[str, str]]:
        return [{"id": option.id, "text": option.text} for option in options]

    return {
        "id": item.id,
        "kind": item.kind,
        "mode": sheet.mode,
        "title": question.title,
        "number": f"{number} · {points}" if sheet.mode == "quiz" else number,
        "content": say("content", content=question.content) if question.content else "",
        "stem": question.stem,
        "hint": say(HINTS[item.kind], limit=f"{LONGEST_TEXT:,}"),
        "story": pairs(question.story),
        "options": pairs(question.options),
        "rows": pairs(question.rows),
        "limit": LONGEST_TEXT,
        "words": {word: WORDS[word] for word in PAGE_WORDS},
    }


__all__ = ["Answer", "Closed", "DownloadButton", "QuestionWidget", "Quiz", "learner_id", "notebook_file", "quiz"]
