"""What a learner is told after checking an answer in practice, as plain data for the page.

The order is fixed: the verdict; what the answer rests on; the rule; the sentence that decides; the
authority; what would change it; and, folded away, every step and what pictures show. All law in it comes from the key.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from grader.answers import Answer, Entry, is_date
from grader.messages import day, say
from grader.pictures.store import after, before
from grader.scoring import Score
from grader.sheet import THEN, Citation, Item, Key, Question, Step

SURE = 3


def in_words(item: Item, question: Question, answer: Answer | None) -> tuple[str, ...]:
    """An answer as lines of text a person can read, one for each choice; empty if there is none."""
    names = {option.id: option.text for option in (*question.options, *question.rows, *question.story)}
    if not answer:
        return ()
    if isinstance(answer, dict):
        return tuple(f"{names.get(row, row)}: {names.get(option, option)}" for row, option in answer.items())
    if item.kind == "order":
        return tuple(f"{n}. {names.get(id, id)}" for n, id in enumerate(answer, 1))
    return (answer,) if isinstance(answer, str) else tuple(names.get(id, id) for id in answer)


def feedback(item: Item, question: Question, key: Key, entry: Entry, score: Score) -> dict[str, Any]:
    """Everything the page shows about one answer."""
    decides = sentence_ids(question, key.decides)
    written = item.kind == "written"
    cites = authority(key.steps)
    return {
        "verdict": score.verdict,
        "heading": say("by-hand-practice" if score.verdict == "by-hand" else score.verdict),
        "confident": say("confident-error") if entry.certainty == SURE and score.verdict == "wrong" else "",
        "rests": [] if written else list(rests(item, question, key, entry)),
        "model": key.answer if written else "",
        "rubric": [say("rubric-line", part=p, points=_number(n), anchor=a) for p, n, a in key.rubric],
        "rule": key.rule,
        "decides": decides,
        "deciding": list(dict.fromkeys(line.text for line in question.story if line.id in decides)),
        "cites": [_cite(cite, rule=key.rule) for cite in cites],
        "flip": key.flip,
        "answer": "" if written else key.answer,
        "steps": [step_shown(step, cites) for step in key.steps],
        "pictures": [vars(picture) for picture in after(key.case, item.id)],
    }


def pictures(item: Item, key: Key | None) -> list[dict[str, Any]]:
    """The pictures of a case that stand beside its story: the facts, and nothing that answers the question."""
    return [vars(picture) for picture in before(key.case, item.id)] if key else []


def sentence_ids(question: Question, sentences: Iterable[str]) -> list[str]:
    """The ids under which the page shows some sentences of the story, named by id or by text, in the story's order."""
    wanted = set(sentences)
    wanted |= {line.text for line in question.story if line.id in wanted}
    return [line.id for line in (*question.story, *question.options) if line.text in wanted]


def rests(item: Item, question: Question, key: Key, entry: Entry) -> Iterator[dict[str, Any]]:
    """Each choice made, in the learner's words, with what it rests on; where several may be chosen, each one missed."""
    said = in_words(item, question, entry.answer)
    if item.kind == "order":
        said = (" ".join(said),) if said else ()
    for name, text in zip(_chosen(item, entry.answer), said, strict=True):
        choice = key.choices.get(name)
        if choice is not None:
            says = "" if choice.feedback in text else choice.feedback
            yield {"choice": text, "says": says, "right": choice.right, "missed": False}
        elif item.kind in ("date", "order"):
            yield {"choice": text, "says": "", "right": False, "missed": False}
    if item.kind == "select":
        missed = [id for id, choice in key.choices.items() if choice.right and id not in entry.answer]
        for id, text in zip(missed, in_words(item, question, missed), strict=True):
            yield {"choice": text, "says": key.choices[id].feedback, "right": False, "missed": True}


def _chosen(item: Item, answer: Answer) -> list[str]:
    if item.kind == "order":
        return [THEN.join(answer)] if answer else []
    if isinstance(answer, dict):
        return [f"{row}:{option}" for row, option in answer.items()]
    return [answer] if isinstance(answer, str) else answer


def authority(steps: tuple[Step, ...]) -> tuple[Citation, ...]:
    """The citations of the deciding step, the last one; none if it has none, for no other step’s are for its rule."""
    return tuple({cite.cite: cite for cite in (steps[-1].cites if steps else ())}.values())


def _cite(cite: Citation, short: bool = False, rule: str = "") -> dict[str, str]:
    """An authority with its gist and the day it was checked. What already stands as the rule is not said twice."""
    gist = "" if short or cite.gist == rule else cite.gist
    checked = say("checked", checked=_day(cite.checked)) if cite.checked else ""
    return {"cite": cite.cite, "href": cite.href, "gist": gist, "checked": checked}


def step_shown(step: Step, shown: tuple[Citation, ...]) -> dict[str, Any]:
    """One step; an authority shown in full above is only named here, with its checked day."""
    met = "" if step.met is None else say("met") if step.met else say("not-met")
    return {"says": step.says, "met": met, "cites": [_cite(cite, short=cite in shown) for cite in step.cites]}


def _day(text: str) -> str:
    return day(date.fromisoformat(text)) if is_date(text) else text


def _number(points: float) -> str:
    return f"{points:g}"
