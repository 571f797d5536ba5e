"""The end of a notebook: what is still open, the receipt, and the learner's own hand on the answers file."""

import json
from typing import Any

import anywidget
import traitlets

from grader.answers import LARGEST, receipt_code
from grader.assets import source
from grader.handover import Handover, spoken_time
from grader.messages import WORDS, again, say
from grader.page import number
from grader.record import Store, complete
from grader.sheet import Item

LABELS = {"keep": "keep", "merge": "merge", "replace": "replace", "adopt": "adopt", "clear": "clear-yes",
          "erase": "erase", "erase-yes": "erase-yes"}  # fmt: skip
WHITHER = {
    ("quiz", False): "receipt-file", ("quiz", True): "receipt-browser",
    ("practice", False): "receipt-practice-file", ("practice", True): "receipt-practice-browser",
}  # fmt: skip
PANEL_WORDS = (
    "answers-title", "open-title", "open-none", "download", "load", "clear", "undo",
    "load-reading", "load-not-read", "no-reply",
)  # fmt: skip


class AnswersPanel(anywidget.AnyWidget):
    """Hands the learner a copy of the answers file, takes one back, clears; and lists what is still open."""

    _esm = source("elements.js", "answers.js")
    _css = source("question.css")

    file = traitlets.Unicode().tag(sync=True)
    content = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    left = traitlets.List(traitlets.Dict()).tag(sync=True)
    """The questions without a whole answer: ``item`` and ``text`` of each."""
    offer = traitlets.Dict().tag(sync=True)
    """A question to the learner: what it says, and its choices; empty when nothing is asked."""
    undo = traitlets.Bool().tag(sync=True)
    status = traitlets.Dict().tag(sync=True)

    def __init__(self, store: Store, *, told: bool):
        self._store, self._handover = store, Handover(store, told=told)
        super().__init__(file=download_name(store), words=_words(store))
        self.renew()
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return WORDS["answers-title"]

    def speak(self) -> None:
        """Say everything in the language chosen now."""
        self.words = _words(self._store)
        self.renew()

    def renew(self) -> None:
        """Show the answers as they stand now."""
        with self.hold_sync():
            self.content = json.dumps(self._store.receipt(), ensure_ascii=False, indent=1)
            self.left = [{"item": item.id, "text": self._name(item)} for item in still_open(self._store)]
            self.undo = self._handover.can_undo
            offer = self._handover.offer
            self.offer = (
                {
                    "says": list(map(again, offer.says)),
                    "choices": [{"id": c, "text": WORDS[LABELS[c]]} for c in offer.choices],
                }
                if offer
                else {}
            )

    def _name(self, item: Item) -> str:
        return f"{number(self._store.sheet, item)}: {self._store.variant(item.id).title}"

    def _hear(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """Do what the page asks: data from outside, of any form."""
        if not isinstance(message, dict):
            return
        if message.get("look") is True:
            self._store.look()
            return
        text = self._done(message)
        self.renew()
        if text:
            self.status = {"text": "" if self.offer else text, "n": message.get("n")}

    def _done(self, message: dict[str, Any]) -> str:
        if isinstance(message.get("load"), str):
            return self._handover.load(message["load"])
        if message.get("clear") is True:
            return self._handover.clear()
        if message.get("undo") is True:
            return self._handover.undo()
        return self._handover.choose(message["choose"]) if isinstance(message.get("choose"), str) else ""


def _words(store: Store) -> dict[str, Any]:
    return {
        **{word: WORDS[word] for word in PANEL_WORDS},
        "validate-help": WORDS["validate-help"] if store.sheet.mode == "quiz" else "",
        "load-too-large": say("load-too-large", limit=LARGEST // 1024),
        "limit": LARGEST,
    }


def download_name(store: Store) -> str:
    """The name under which answers are handed out: a file of practice shall not be taken for one of the quiz."""
    return f"{'practice-' if store.sheet.mode == 'practice' else ''}{store.path.name}"


def still_open(store: Store) -> list[Item]:
    """The items of a quiz that have no whole answer yet."""
    return [
        item
        for item in store.sheet.items
        if not (answer := store.value(item.id)) or not complete(store.variant(item.id), answer)
    ]


def receipt_line(store: Store) -> str:
    """What is saved, when, and the code that belongs to exactly these answers."""
    answered, total = store.progress()
    if not store.saved_at():
        return say("receipt-none", total=total)
    code, time = receipt_code(store.record), spoken_time(store.saved_at())
    return say("code-line", code=code, answered=answered, total=total, time=time)


def whither_line(store: Store, away: bool) -> str:
    """Where the answers are and what becomes of them: a quiz is handed in, practice is not.

    ``away`` says that the learner has no hold of the file but by downloading it.
    """
    return say(WHITHER[store.sheet.mode, away], file=store.path.name)


def progress_line(store: Store) -> str:
    """How far the learner is: “4 of 10 answered, saved 14:02”."""
    answered, total = store.progress()
    if not store.saved_at():
        return say("progress-not-begun-yet", total=total)
    return say("progress", answered=answered, total=total, time=spoken_time(store.saved_at()))
