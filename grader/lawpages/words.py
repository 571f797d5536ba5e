"""How a page of the law puts things: a value, a confidence, and what an order is, in words."""

from collections.abc import Iterator
from typing import Any

from grader.calendar import spoken
from grader.law import Confidence, Law, Length, OrderLaw, Value
from grader.law.files import EVERY
from grader.law.values import parameters
from grader.telling import listed
from grader.words import MEANINGS

CONFIDENCE: dict[Confidence, str] = {
    "primary": "its text was read",
    "secondary": "a summary of it was read",
    "inference": "concluded from the text",
    "recalled": "from memory only, so no answer key rests on it",
}
OPEN = {"unsettled": "Unsettled: the courts have not decided.", "discretion": "Left to the court, case by case."}


def confidence(word: Confidence) -> str:
    """How far an authority was read."""
    return CONFIDENCE[word]


def said(name: str, value: Value, earlier: bool, order: OrderLaw) -> tuple[str, ...]:
    """A value in words, one entry for each part of a list."""
    now = value.value
    if now is None:
        return (_silent(earlier, order),)
    if value.open:
        return (OPEN[value.open],)
    match parameters()[name]["is"]:
        case "boolean":
            return ("Yes." if now else "No.",)
        case "dollars":
            return (f"${now:,}",)
        case "hour":
            return (_hour(now),)
        case "lengths" if len(now) > 1:
            return (f"The earliest of: {listed(tuple(map(str, now)))}",)
    return tuple(map(_plain, now)) if isinstance(now, tuple) else (_plain(now),)


def started(value: Value) -> str:
    """From when a value holds: the day it took effect, or the first day on which an authority shows it."""
    return f"{'since' if value.exact else 'seen from'} {spoken(value.since)}"


def scope(place: Law, order: OrderLaw) -> Iterator[str]:
    """What a file stands for and who answers where it is silent, a sentence each."""
    if order.order == EVERY:
        yield "This file answers where the file of an order is silent."
        return
    yield f"A {order.family} order" + (f", made by: {order.court}." if order.court else ".")
    yield (
        "Stands for: " + "; ".join(f"{kind.replace('-', ' ')} ({MEANINGS['kind'][kind]})" for kind in order.kinds) + "."
    )
    if order.grounds:
        yield f"Made because of {listed(tuple(MEANINGS['ground'][ground] for ground in order.grounds))}."
    if order.offences:
        yield f"Made on a conviction of {listed(tuple(MEANINGS['offence'][one] for one in order.offences))}."
    yield _fallback(place, order)


def _fallback(place: Law, order: OrderLaw) -> str:
    chain, behind = [], order.behind
    while behind is not None:
        chain.append("what holds for every order" if behind.order == EVERY else f"the {behind.label}")
        behind = behind.behind
    if not chain:
        return "Where this file is silent, the answer is unknown."
    return f"Where this file is silent, it goes by {', and then by '.join(chain)}."


def _silent(earlier: bool, order: OrderLaw) -> str:
    if earlier:
        return "Repealed: nothing stands in its place."
    if order.behind is not None and order.behind.order != EVERY:
        return f"No answer here, and the one for the {order.behind.label} does not count."
    return "No answer here, on purpose."


def _plain(part: Any) -> str:
    return str(part) if isinstance(part, Length) else str(part).replace("-", " ")


def _hour(text: str) -> str:
    hour, minute = map(int, text.split(":"))
    return f"{(hour - 1) % 12 + 1}:{minute:02} {'a.m.' if hour < 12 else 'p.m.'}"
