"""Writes the feedback page of one learner for one quiz: plain HTML that stands alone.

No script, no request to any other place, everything escaped. The order for every item: the verdict
in words and shape; what the choice rests on; the rule; the sentence that decides; the authority;
what would change the answer; and, folded away, every step.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from grader.answers import Entry, Reading
from grader.gradebook.marks import Mark
from grader.gradebook.slips import points_in_words
from grader.notebooks import HELP, NOT_ADVICE
from grader.practice import authority, in_words, rests, sentence_ids
from grader.scoring import Score, diagnose, score_record
from grader.sheet import Citation, Item, Key, KeySheet, Question, Sheet, Step
from grader.webpage import digest, link

FOLDER = Path(__file__).parent
VERDICTS = {
    "right": ("✓", "Right."),
    "partly": ("◐", "Partly right."),
    "wrong": ("✗", "Not right."),
    "unanswered": ("○", "No answer."),
    "wrong-variant": ("○", "This answer belongs to another form of the question, so it earns nothing."),
    "by-hand": ("…", "This text waits for a person."),
    "marked": ("●", "A person marked this text."),
}

_pages = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def page(
    sheet: Sheet, keys: KeySheet, reading: Reading, learner: str, marks: Mapping[str, Mark], late: float = 0.0
) -> str:
    """The feedback page. ``marks`` are the gradebook's rows by item id; ``late`` is what was taken off, in points."""
    scores, troubles = score_record(keys, sheet, reading, learner)
    entries = reading.record.items if reading.record else {}
    name = reading.name(learner)
    items = [_item(sheet, keys, item, scores, entries, marks, name) for item in sheet.items]
    total = sum(one["points"] for one in items) - late
    style = (FOLDER / "feedback.css").read_text(encoding="utf-8")
    return _pages.get_template("feedback.html").render(
        sheet=sheet,
        learner=learner,
        total=_number(max(total, 0.0)),
        most=points_in_words(sum(one["most"] for one in items)),
        late=points_in_words(late) if late else "",
        waiting=sum(one["waiting"] for one in items),
        troubles=troubles,
        beliefs=[keys.misconceptions.get(name, name) for name in diagnose(scores)],
        items=items,
        advice=NOT_ADVICE,
        help=HELP.replace("<", "").replace(">", ""),
        style=style,
        allowed=digest(style),
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
    return {**_verdict(score, mark), **_said(item, question, key, entry, score), **_law(question, key)}


def _verdict(score: Score, mark: Mark) -> dict[str, Any]:
    marked = score.verdict == "by-hand" and not mark.waiting
    shape, words = VERDICTS["marked" if marked else score.verdict]
    return {
        "kind": "marked" if marked else score.verdict,
        "shape": shape,
        "words": words,
        "points": mark.score,
        "most": mark.max_score,
        "earned": f"{_number(mark.score)} of {points_in_words(mark.max_score)}",
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
        "rests": [] if entry is None else list(rests(item, question, key, entry)),
        "right_answer": "" if score.verdict == "right" else key.answer,
        "rubric": [f"{part} ({points_in_words(points)}): {anchor}" for part, points, anchor in key.rubric],
        "note": score.note if score.verdict in ("partly", "wrong") else "",
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
    return {"cite": cite.cite, "href": link(cite.href), "gist": cite.gist, "checked": cite.checked}


def _step(question: Question, step: Step) -> dict[str, Any]:
    ids = sentence_ids(question, step.sentences)
    met = {True: "✓ met: ", False: "✗ not met: ", None: ""}[step.met]
    sentences = [line.text for line in question.story if line.id in ids]
    return {"met": met, "says": step.says, "sentences": sentences, "cites": [_cite(cite) for cite in step.cites]}


def _number(points: float) -> str:
    return f"{round(points, 2):g}"
