"""What a learner is told after checking an answer in practice, as plain data for the page.

The order is fixed: the verdict; what the answer rests on; the rule; where the story marks the sentence that decides;
the authority; what would change it; and, folded away, every step with what its authorities say, and what pictures show.
What stands at once is short, so that it is read. All law in it comes from the key.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from grader.answers import SURE, Answer, Entry, is_date
from grader.messages import day, say
from grader.pictures.store import after, before
from grader.scoring import Score
from grader.sheet import THEN, Citation, Item, Key, Question, Step

MOST = 3
"""How many authorities stand at once; a survey of a dozen would bury the reason."""


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
    written = item.kind == "written"
    return {
        "verdict": score.verdict,
        "heading": say("by-hand-practice" if score.verdict == "by-hand" else score.verdict),
        "confident": say("confident-error") if entry.certainty == SURE and score.verdict == "wrong" else "",
        "rests": [] if written else [_beside(item, one) for one in rests(item, question, key, entry)],
        "model": key.answer if written else "",
        "rubric": [say("rubric-line", part=p, points=_number(n), anchor=a) for p, n, a in key.rubric],
        "rule": key.rule,
        "decides": sentence_ids(question, key.decides),
        **_named(authority(key.steps)),
        "flip": key.flip,
        "answer": "" if written else key.answer,
        "steps": [step_shown(step, key.rule) for step in key.steps],
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


def _beside(item: Item, one: dict[str, Any]) -> dict[str, Any]:
    """A choice as it is told on the page where it stands ticked: where there can be one only, by its reason alone."""
    return {**one, "choice": ""} if item.kind in ("single", "sentence") and one["says"] else one


def _chosen(item: Item, answer: Answer) -> list[str]:
    if item.kind == "order":
        return [THEN.join(answer)] if answer else []
    if isinstance(answer, dict):
        return [f"{row}:{option}" for row, option in answer.items()]
    return [answer] if isinstance(answer, str) else answer


def authority(steps: tuple[Step, ...]) -> tuple[Citation, ...]:
    """The citations of the deciding step, the last one; none if it has none, for no other step’s are for its rule."""
    return tuple({cite.cite: cite for cite in (steps[-1].cites if steps else ())}.values())


def _named(cites: tuple[Citation, ...]) -> dict[str, Any]:
    """The first authorities by name, and a note: how many more there are, and the checked day if they share it."""
    shown, days = [_cite(cite) for cite in cites[:MOST]], {cite.checked for cite in cites}
    notes = [say("cites-more", count=len(cites) - MOST)] if len(cites) > MOST else []
    if len(cites) > 1 and len(days) == 1 and all(days):
        notes.append(say("checked-all", checked=_day(*days)))
        shown = [{**one, "checked": ""} for one in shown]
    return {"cites": shown, "cites_note": " ".join(notes)}


def _cite(cite: Citation, gist: str = "") -> dict[str, str]:
    """An authority with the day it was checked, and its gist where that is wanted."""
    checked = say("checked", checked=_day(cite.checked)) if cite.checked else ""
    return {"cite": cite.cite, "href": cite.href, "gist": gist, "checked": checked}


def step_shown(step: Step, rule: str = "") -> dict[str, Any]:
    """One step with what its authorities say. What already stands above as the rule is not said twice."""
    met = "" if step.met is None else say("met") if step.met else say("not-met")
    cites = [_cite(cite, "" if cite.gist == rule else cite.gist) for cite in step.cites]
    return {"says": step.says, "met": met, "cites": cites}


def _day(text: str) -> str:
    return day(date.fromisoformat(text)) if is_date(text) else text


def _number(points: float) -> str:
    return f"{points:g}"
