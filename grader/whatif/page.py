"""All that the page of the explorer shows, as plain data: every word on it comes from here."""

from collections.abc import Iterable, Mapping
from typing import Any

from grader.feedback import cited, reasons, ruling
from grader.findings import Finding
from grader.law import law
from grader.messages import Said, say
from grader.misconceptions import View
from grader.pictures import Picture, arrows, timeline
from grader.practice import step_shown
from grader.questions import said as answered
from grader.questions import stem
from grader.sheet import Step
from grader.whatif.differences import Difference, differences
from grader.whatif.flips import Flip, Search
from grader.whatif.knobs import PLACES, Knob, knobs, rests_on
from grader.whatif.reads import read_by_rule
from grader.whatif.supposed import Supposed, decided

WORDS = (
    "pick-story", "pick-question", "story", "story-hint", "change-line", "changed-mark", "before",
    "decides", "answer-now", "as-told", "as-changed", "answer", "turns-on", "law", "reasons", "new-step", "old-step",
    "you-changed", "nothing-changed", "undo", "reset", "flips", "flips-hint", "flips-none", "flips-wait",
    "pictures", "in-words", "same", "flipped", "use", "more-facts",
)  # fmt: skip
FIRST_FIELDS = ("", "who", "whom", "notice", "noticed", "knew_terms")
"""What people ask about first: another sentence, another actor, whether the order was known."""
AT_ONCE = 4
"""How many values of one fact stand in the open; the rest is folded away."""


def words() -> dict[str, str]:
    """The fixed words of the page."""
    return {word: say(f"whatif-{word}") for word in WORDS}


def option(value: str, text: str) -> dict[str, str]:
    """One of several to choose from, with the language its text is in where that is not the language of the page."""
    return {"value": value, "text": text, "lang": _tongue(text)}


def _tongue(text: str) -> str:
    """Our own words are in the language chosen now; what a story, a rule or a law says is in English."""
    return "" if isinstance(text, Said) else "en"


def answer(supposed: Supposed, finding: Finding) -> str:
    """The answer in the words of its question."""
    return answered(_view(supposed), finding.answer) or say("whatif-nobody")


def question(supposed: Supposed) -> str:
    """The question in words, put to the facts as they are now."""
    return stem(_view(supposed))


def page(told: Supposed, now: Supposed) -> dict[str, Any]:
    """The story, what can be changed, the answer before and after, and the pictures."""
    before, after = decided(told), decided(now)
    changed, mine = differences(told, now), knobs(now)
    return {
        "stem": question(now),
        "content": told.family.content,
        "knobs": [_knob(knob) for knob in mine if knob.line is None],
        "lines": _lines(told, now, changed, after, mine),
        "changed": [_change(one) for one in changed],
        "told": _answer(told, before, after if changed else None),
        "now": _answer(now, after, before) if changed else None,
        "same": before.answer == after.answer,
        "pictures": [_picture(one) for one in _pictures(now, after)],
    }


def flips(now: Supposed, search: Search) -> dict[str, Any]:
    """Every single change that gives another answer, by sentence and fact; and the places that leave it unknown."""
    found: dict[int | None, dict[str, list[Flip]]] = {n: {} for n in (*range(len(now.facts)), None)}
    for flip in sorted(search.flips, key=lambda flip: _rank(flip.knob)):
        found[flip.knob.line].setdefault(flip.knob.id, []).append(flip)
    places = tuple(law(place).label for place in search.unknown_places)
    return {
        "groups": [
            {**_about(now, line), "facts": [_group(now, group) for group in groups.values()]}
            for line, groups in found.items()
            if groups
        ],
        "tried": say("whatif-tried", count=f"{search.tried:,}"),
        "unknown": say("whatif-unknown", places=", ".join(places)) if places else "",
    }


def _about(now: Supposed, line: int | None) -> dict[str, str]:
    """The sentence whose facts a group of changes is about, or that they are about the question."""
    about = say("whatif-pick-question") if line is None else f"“{now.sentence(line)}”"
    return {"about": about, "lang": _tongue(about)}


def _worth_showing(
    told: Supposed, now: Supposed, changed: Iterable[Difference], mine: Iterable[Knob]
) -> frozenset[str]:
    """The knobs worth showing: what the story states, what the rule reads now or read before, what was changed."""
    read = read_by_rule(told) | read_by_rule(now)
    touched = {(one.line, one.field) for one in changed}
    return frozenset(
        knob.id for knob in mine if _stated(knob) or rests_on(knob) & read or (knob.line, knob.field) in touched
    )


def says_flip(now: Supposed, flip: Flip) -> str:
    """What a change makes of a fact: words taken in or out of a list, another word, another day."""
    if flip.knob.form == "ticks":
        key = "whatif-without" if flip.value in flip.knob.value else "whatif-with"
        return say(key, word=dict(flip.knob.options)[flip.value])
    if not flip.knob.field and flip.knob.line is not None:
        return f"“{flip.after.sentence(flip.knob.line)}”"
    return flip.knob.says(flip.value)


def _rank(knob: Knob) -> int:
    """The author’s own sentences first, then what people ask about first, other places last."""
    if knob.id == "place" or knob.field in PLACES:
        return len(FIRST_FIELDS) + 1
    return FIRST_FIELDS.index(knob.field) if knob.field in FIRST_FIELDS else len(FIRST_FIELDS)


def _view(supposed: Supposed) -> View:
    return View(supposed.scenario, supposed.law, supposed.ask, supposed.act)


def _knob(knob: Knob) -> dict[str, Any]:
    options = [option(value, text) for value, text in knob.options]
    return {"id": knob.id, "label": knob.label, "form": knob.form, "value": knob.value, "options": options}


def _lines(
    told: Supposed, now: Supposed, changed: Iterable[Difference], finding: Finding, mine: Iterable[Knob]
) -> list[dict[str, Any]]:
    shown = _worth_showing(told, now, changed, mine)
    lines = []
    for n in range(len(now.facts)):
        here = [one for one in changed if one.line == n]
        was, text = told.sentence(n), now.sentence(n)
        lines.append(
            {
                "text": text,
                "was": was if here and was != text else "",
                "changed": bool(here),
                "notes": [_change(one) for one in here if not one.shown],
                "decides": n in finding.decisive,
                "knobs": [_knob(knob) for knob in mine if knob.line == n and knob.id in shown and _stated(knob)],
                "more": [_knob(knob) for knob in mine if knob.line == n and knob.id in shown and not _stated(knob)],
            }
        )
    return lines


def _stated(knob: Knob) -> bool:
    """Whether the story, as it is now, says anything of it."""
    return bool(knob.value) or not knob.field


def _change(one: Difference) -> str:
    return say("whatif-change", label=one.label, now=one.now, was=one.was)


def _answer(supposed: Supposed, finding: Finding, other: Finding | None) -> dict[str, Any]:
    """An answer with its reasons; a step that the other answer does not have is marked."""
    theirs = {step.says for step in other.because} if other else set()
    steps = [{**step_shown(step), "own": bool(other) and step.says not in theirs} for step in reasons(finding)]
    said = answer(supposed, finding)
    return {
        "answer": said,
        "lang": _tongue(said),
        "open": finding.status != "settled",
        "decides": finding.deciding.says,
        "rule": ruling(finding) if finding.deciding.cites else "",
        "cites": _cites(finding),
        "steps": steps,
    }


def _cites(finding: Finding) -> list[Mapping[str, str]]:
    """The authorities of the deciding step, else of the whole argument, each with its link and checked day."""
    behind = finding.deciding.cites or finding.cites
    shown: dict[str, Any] = step_shown(Step("", None, tuple(map(cited, behind)), ()))
    cites: list[Mapping[str, str]] = shown["cites"]
    return cites


def _pictures(now: Supposed, finding: Finding) -> tuple[Picture, ...]:
    """The timeline and the arrows; a last day that was asked for is drawn where the rules conclude it."""
    asked = {now.ask.order or "": finding} if now.ask.rule == "duration.last_day" else {}
    return (timeline(now.scenario, now.law, asked, now.ask.day), arrows(now.scenario, now.law))


def _picture(picture: Picture) -> dict[str, Any]:
    return {"svg": picture.svg, "title": picture.title, "text": list(picture.text)}


def _group(now: Supposed, group: list[Flip]) -> dict[str, Any]:
    knob = group[0].knob
    options = [_flip(now, one) for one in group]
    rest = len(options) - AT_ONCE
    more = say("whatif-more", count=rest) if rest > 1 else ""
    cut = AT_ONCE if more else len(options)
    return {"label": knob.label, "options": options[:cut], "rest": options[cut:], "more": more}


def _flip(now: Supposed, one: Flip) -> dict[str, Any]:
    """One change to try, and the answer it gives."""
    then = answer(one.after, one.finding)
    return {**option(one.value, says_flip(now, one)), "id": one.knob.id, "answer": then, "then": _tongue(then)}


__all__ = ["answer", "flips", "option", "page", "question", "says_flip", "words"]
