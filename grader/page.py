"""What the page needs to draw a question: no key, and every word it shows."""

from typing import Any

from grader.answers import LONGEST_TEXT
from grader.messages import WORDS, language, say
from grader.record import Store
from grader.sheet import Item, Option, Question, Sheet, opaque

HINTS = {"single": "choose-one", "select": "choose-any", "sentence": "choose-sentence", "grid": "choose-rows",
         "date": "choose-date", "order": "choose-order", "written": "write"}  # fmt: skip
PAGE_WORDS = (
    "story", "statement", "check", "again", "certainty", "certainty-1", "certainty-2", "certainty-3",
    "mark-right", "mark-wrong", "mark-missed", "rests-on", "rule", "decides", "decides-mark", "cites",
    "flip", "model-answer", "rubric", "steps", "restored", "no-reply", "answer", "first-kept",
    "order-up", "order-down", "order-place", "order-keep", "order-moved",
    "picture-case", "picture-answer", "picture-words",
)  # fmt: skip


def drawn(store: Store, item: Item) -> dict[str, Any]:
    """One question as the page draws it for this learner."""
    sheet, question = store.sheet, store.variant(item.id)
    points = say("point") if item.points == 1 else say("points", points=f"{item.points:g}")
    return {
        "id": item.id,
        "kind": item.kind,
        "mode": sheet.mode,
        "slot": opaque(str(store.path.absolute()), sheet.version, item.id, question.variant),
        "title": question.title,
        "number": f"{number(sheet, item)} · {points}" if sheet.mode == "quiz" else number(sheet, item),
        "content": say("content", content=question.content) if question.content else "",
        "fold": _fold(store, item, question),
        "told": _is_told(store, item, question),
        "instead": _instead(sheet, item, question),
        "stem": question.stem,
        "hint": say(HINTS[item.kind], limit=f"{LONGEST_TEXT:,}"),
        "story": _pairs(question.story),
        "options": _pairs(question.options),
        "rows": _pairs(question.rows),
        "limit": LONGEST_TEXT,
        "language": language(),
        "sure": _sure(sheet, item),
        "words": {word: WORDS[word] for word in PAGE_WORDS},
    }


def _sure(sheet: Sheet, item: Item) -> str:
    """What to say beside “How sure are you?”; nothing where that is not asked."""
    if item.kind == "written":
        return ""
    if sheet.mode == "practice":
        return say("certainty-help")
    return say("certainty-quiz") if sheet.certainty else ""


def number(sheet: Sheet, item: Item) -> str:
    """Where a question stands: “Question 3 of 10”."""
    return say("number", number=sheet.items.index(item) + 1, total=len(sheet.items))


def _fold(store: Store, item: Item, question: Question) -> str:
    """The button behind which the story waits: because it was told just before, or because one may not want to read it.

    A story that was told just before is not told again, so that nobody scrolls through it twice.
    """
    if _is_told(store, item, question):
        return say("story-again", title=question.title)
    return "" if question.mild else say("story-show")


def _is_told(store: Store, item: Item, question: Question) -> bool:
    n = store.sheet.items.index(item)
    before = store.variant(store.sheet.items[n - 1].id) if n else None
    return before is not None and (before.title, before.story) == (question.title, question.story)


def _instead(sheet: Sheet, item: Item, question: Question) -> dict[str, str]:
    """What somebody can do who does not want to read the story."""
    if question.mild:
        return {}
    if sheet.mode == "quiz":
        return {"text": say("instead-quiz")}
    if not item.instead:
        return {"text": say("instead-none")}
    other = sheet.item(item.instead)
    return {"item": other.id, "text": say("instead-link", number=sheet.items.index(other) + 1)}


def _pairs(options: tuple[Option, ...]) -> list[dict[str, str]]:
    return [{"id": option.id, "text": option.text} for option in options]
