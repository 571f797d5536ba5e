"""What differs between a story as it is told and as somebody supposes it to be, in plain words."""

from dataclasses import dataclass, replace

from grader.telling import slots
from grader.whatif.knobs import RESTS_ON, Knob, knobs
from grader.whatif.supposed import Supposed


@dataclass(frozen=True)
class Difference:
    """One thing that was changed: what it is called, what it was and what it is now."""

    label: str
    was: str
    now: str
    line: int | None
    field: str
    shown: bool
    """Whether the sentence of the story says it by itself."""


def differences(told: Supposed, now: Supposed) -> tuple[Difference, ...]:
    """Everything that was changed, the question first and then the story from its first sentence to its last."""
    same = _same_tellings(told, now)
    before = {knob.id: knob for knob in knobs(same)}
    first = before if same.tellings == told.tellings else {knob.id: knob for knob in knobs(told)}
    found = []
    for knob in knobs(now):
        was = first.get(knob.id) if knob.id.startswith("told-") else before.get(knob.id)
        if was is not None and was.value != knob.value:
            found.append(_difference(same, now, was, knob))
    return tuple(found)


def _difference(same: Supposed, now: Supposed, was: Knob, knob: Knob) -> Difference:
    shown = knob.line is not None and _says_it(same, now, knob)
    return Difference(knob.label, was.says(was.value), knob.says(knob.value), knob.line, knob.field, shown)


def _same_tellings(told: Supposed, now: Supposed) -> Supposed:
    """The story as told, but with the author’s other sentences where they were chosen; no fact is changed."""
    facts = tuple(now.written(n).fact for n in range(len(now.facts)))
    return replace(told, tellings=now.tellings, facts=facts)


def _says_it(before: Supposed, now: Supposed, knob: Knob) -> bool:
    """Whether the sentence has a slot for what was changed, and reads differently now."""
    assert knob.line is not None
    if not knob.field:
        return True
    named = {"order"} if knob.field == "kind" else {knob.field, *RESTS_ON.get(knob.field, ())}
    has_slot = bool(named & set(slots(now.written(knob.line).says)))
    return has_slot and before.sentence(knob.line) != now.sentence(knob.line)
