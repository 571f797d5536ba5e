"""Writes the feedback page of one learner for one quiz: plain HTML that stands alone.

Its own words are in the language of the course; story, law and key stay as the course has them, in English, and say so.
No script, no request to any other place, everything escaped. The order for every item: the verdict
in words and shape; what the choice rests on; the rule; the sentence that decides; the authority;
what would change the answer; and, folded away, every step.
"""

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from grader.answers import Entry, Reading, is_date
from grader.gradebook.marks import Mark
from grader.messages import WORDS, Said, day, known, language, say, speaking
from grader.practice import authority, in_words, rests, sentence_ids
from grader.scoring import Score, diagnose, score_record
from grader.sheet import Citation, Item, Key, KeySheet, Question, Sheet, Step
from grader.webpage import digest, in_english, link, templates

FOLDER = Path(__file__).parent
VERDICTS = {
    "right": ("✓", "right"),
    "partly": ("◐", "partly"),
    "wrong": ("✗", "feedback-wrong"),
    "unanswered": ("○", "feedback-unanswered"),
    "wrong-variant": ("○", "feedback-wrong-variant"),
    "given": ("●", "feedback-given"),
    "by-hand": ("…", "feedback-by-hand"),
    "marked": ("●", "feedback-marked"),
}
"""For each verdict its shape and the key of its words."""
NOTHING_MORE = {"rests": [], "right_answer": "", "rule": "", "deciding": [], "cites": [], "flip": "", "steps": []}
"""A key for which everybody gets full marks teaches nothing."""


def page(
    sheet: Sheet,
    keys: KeySheet,
    reading: Reading,
    learner: str,
    marks: Mapping[str, Mark],
    late: float = 0.0,
    asked: str = "",
) -> str:
    """The feedback page. ``marks`` are the gradebook's rows by item id; ``late`` is what was taken off, in points.

    ``asked`` is the language the rules of the course ask for; without one it is that of GRADER_LANGUAGE, else English.
    """
    with speaking(asked or known(os.environ.get("GRADER_LANGUAGE")) or "en"):
        return _page(sheet, keys, reading, learner, marks, late)


def _page(sheet: Sheet, keys: KeySheet, reading: Reading, learner: str, marks: Mapping[str, Mark], late: float) -> str:
    scores, troubles = score_record(keys, sheet, reading, learner)
    entries = reading.record.items if reading.record else {}
    name = reading.name(learner)
    items = [_item(sheet, keys, item, scores, entries, marks, name) for item in sheet.items]
    total = sum(one["points"] for one in items) - late
    style = (FOLDER / "feedback.css").read_text(encoding="utf-8")
    return (
        _templates()
        .get_template("feedback.html")
        .render(
            sheet=sheet,
            learner=learner,
            total=_number(max(total, 0.0)),
            most=_points(sum(one["most"] for one in items)),
            late=_points(late) if late else "",
            waiting=sum(one["waiting"] for one in items),
            troubles=troubles,
            beliefs=[keys.misconceptions.get(name, name) for name in diagnose(scores)],
            items=items,
            help=say("help").replace("<", "").replace(">", ""),
            language=language(),
            words=WORDS,
            say=_say,
            style=style,
            allowed=digest(style),
        )
    )


def _item(
    sheet: Sheet,
    keys: KeySheet,
    item: Item,
    scores: Mapping[str, Score],
    entries: Mapping[str, Entry],
    marks: Mapping[str, Mark],
    name: str,
) -> dict[str, Any]:
    question, score = item.pick(sheet.salt, name), scores.get(item.id)
    item_key = keys.item(item.id)
    key = item_key.of(question.variant) if item_key else None
    if score is None or key is None:
        raise LookupError(f"The key has no item {item.id} with variant {question.variant}.")
    mark = marks.get(item.id) or Mark(
        score.points, score.max_points, auto=score.points, waiting=score.verdict == "by-hand"
    )
    entry = entries.get(item.id) if score.verdict not in ("unanswered", "wrong-variant") else None
    told = {**_verdict(score, mark), **_said(item, question, key, entry, score), **_law(question, key)}
    return {**told, **NOTHING_MORE} if score.verdict == "given" else told


def _verdict(score: Score, mark: Mark) -> dict[str, Any]:
    marked = score.verdict == "by-hand" and not mark.waiting
    shape, key = VERDICTS["marked" if marked else score.verdict]
    return {
        "kind": "marked" if marked else score.verdict,
        "shape": shape,
        "words": WORDS[key],
        "points": mark.score,
        "most": mark.max_score,
        "earned": say("feedback-earned", points=_number(mark.score), most=_points(mark.max_score)),
        "waiting": mark.waiting,
        "changed": score.verdict != "by-hand" and mark.manual is not None,
        "comment": mark.comment if marked or mark.manual is not None else "",
    }


def _said(item: Item, question: Question, key: Key, entry: Entry | None, score: Score) -> dict[str, Any]:
    """The question, what the learner answered and what that rests on."""
    return {
        "title": question.title,
        "story": question.story,
        "stem": question.stem,
        "written": item.kind == "written",
        "answer": in_words(item, question, entry.answer if entry else None),
        "rests": [] if entry is None else [{**one, "mark": _mark(one)} for one in rests(item, question, key, entry)],
        "right_answer": "" if score.verdict == "right" else key.answer,
        "rubric": [{"name": name, "points": _points(n), "anchor": anchor} for name, n, anchor in key.rubric],
        "note": score.note if score.verdict in ("partly", "wrong", "given") else "",
    }


def _law(question: Question, key: Key) -> dict[str, Any]:
    """The rule, the sentences that decide, the authority, the turn of the facts and the whole argument."""
    deciding = sentence_ids(question, key.decides)
    return {
        "rule": key.rule,
        "deciding": [line.text for line in question.story if line.id in deciding],
        "cites": [_cite(cite) for cite in authority(key.steps)],
        "flip": key.flip,
        "steps": [_step(question, step) for step in key.steps],
    }


def _cite(cite: Citation) -> dict[str, str]:
    """A citation; it becomes a link only where it leads to a page of the web."""
    return {"cite": cite.cite, "href": link(cite.href), "gist": cite.gist, "checked": _checked(cite.checked)}


def _step(question: Question, step: Step) -> dict[str, Any]:
    ids = sentence_ids(question, step.sentences)
    met = {True: f"✓ {say('met')}: ", False: f"✗ {say('not-met')}: ", None: ""}[step.met]
    sentences = [line.text for line in question.story if line.id in ids]
    return {"met": met, "says": step.says, "sentences": sentences, "cites": [_cite(cite) for cite in step.cites]}


def _mark(rests: Mapping[str, Any]) -> str:
    """What stands before a choice: whether it is right, in shape and words, or that it was left out."""
    if rests["missed"]:
        return say("mark-missed")
    return f"✓ {say('mark-right')}" if rests["right"] else f"✗ {say('mark-wrong')}"


def _checked(when: str) -> str:
    return say("checked", checked=day(date.fromisoformat(when)) if is_date(when) else when) if when else ""


def _points(points: float) -> str:
    return say("point") if round(points, 2) == 1 else say("points", points=_number(points))


def _number(points: float) -> str:
    return f"{round(points, 2):g}"


def _say(key: str, **values: str | int | Markup) -> Markup:
    """A sentence of ours in which a gap may hold a marked text of the course."""
    return escape(WORDS[key]).format(**values)


def _told(text: str) -> Markup:
    """A text of the course, marked as English on a page in another language; what we said ourselves is not."""
    return escape(text) if isinstance(text, Said) or not text or language() == "en" else in_english(text)


@cache
def _templates() -> Environment:
    return templates(FOLDER, told=_told)
