"""What a person who grades sees beside each answer, as plain text."""

import textwrap
from functools import lru_cache

from grader.answers import Entry
from grader.practice import in_words
from grader.scoring import Score
from grader.sheet import Item, Key, KeySheet, Question

VERDICTS = {
    "right": "right",
    "partly": "partly right",
    "wrong": "not right",
    "unanswered": "no answer",
    "by-hand": "waits for a person",
    "wrong-variant": "answer to another variant, no points",
}
WIDTH = 100


def slip(item: Item, question: Question, score: Score, entry: Entry | None, keys: KeySheet) -> str:
    """The question, what was chosen, the verdict, the points and the misconception behind a wrong choice."""
    lines = [
        f"Question: {question.stem}",
        f"Answer: {'; '.join(in_words(item, question, entry.answer if entry else None)) or '(none)'}",
        f"Verdict: {VERDICTS[score.verdict]}, {score.points:g} of {points_in_words(score.max_points)}",
        *(f"Misconception: {keys.misconceptions.get(name, name)}" for name in score.misconceptions),
        *([f"Note: {score.note}"] if score.note else []),
    ]
    return _wrapped(lines)


def brief(question: Question, key: Key | None) -> str:
    """What a person needs to mark a text: the story, the question, the model answer and the points to look for."""
    lines = [question.title, *(f"- {line.text}" for line in question.story), f"Question: {question.stem}"]
    if key:
        lines.append(f"Model answer: {key.answer}")
        lines += [f"Look for: {part} ({points_in_words(points)}). {anchor}" for part, points, anchor in key.rubric]
    return _wrapped(lines)


def points_in_words(points: float) -> str:
    """Points as people say them: 1 point, 2.5 points."""
    return f"{round(points, 2):g} point{'' if points == 1 else 's'}"


def wrapped(text: str) -> str:
    """A learner's text with long lines broken and line breaks kept."""
    return _wrapped(text.splitlines())


def _wrapped(lines: list[str]) -> str:
    return "\n".join(_filled(line) if line.strip() else "" for line in lines)


@lru_cache(maxsize=5000)
def _filled(line: str) -> str:
    """One line broken into several. Kept for the next learner: questions and choices are the same for many."""
    return textwrap.fill(line, WIDTH, break_on_hyphens=False)
