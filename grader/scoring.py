"""What an answer is worth. Pure, named rules; every score is a finite number between 0 and the points.

An empty answer earns 0. A choice that does not exist never earns anything. Only the variant that
belongs to the learner counts. Certainty is never looked at.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from grader.answers import Entry, Reading, Record
from grader.messages import say
from grader.sheet import THEN, Choice, ItemKey, Key, KeySheet, Kind, Sheet

Verdict = Literal["right", "partly", "wrong", "unanswered", "by-hand", "wrong-variant", "given"]
Choices = Mapping[str, Choice]


@dataclass(frozen=True)
class Chance:
    """One decision in which a misconception was on offer: was it taken, and among how many wrong ways?

    ``decision`` is the row of a grid or the box to tick; chances of one decision exclude each other.
    """

    name: str
    taken: bool
    ways: int
    decision: str = ""


@dataclass(frozen=True)
class Score:
    """The worth of one answer.

    ``choices`` are the keys of the choices judged (``row:option`` in a grid), ``misconceptions``
    those that the chosen ones rest on, ``offered`` those that some choice of the item rests on,
    each once. ``note`` says what was wrong with the answer itself, in plain words. ``chances`` are
    the decisions in which a misconception was on offer: one for each row of a grid and each box to tick.
    """

    points: float
    max_points: float
    verdict: Verdict
    misconceptions: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    note: str = ""
    offered: tuple[str, ...] = ()
    chances: tuple[Chance, ...] = ()


def single(choices: Choices, chosen: Sequence[str]) -> float:
    """One best answer, or one sentence: the credit of the one choice made. Several choices earn 0."""
    choice = choices.get(chosen[0]) if len(chosen) == 1 else None
    return _share(choice.credit) if choice else 0.0


def net_correct(choices: Choices, chosen: Sequence[str]) -> float:
    """Select all: true choices less false ones, over the number of true ones. A choice that does not exist is false."""
    true = {id for id, choice in choices.items() if choice.right}
    picked = set(chosen)
    return _share((len(picked & true) - len(picked - true)) / len(true)) if true else 0.0


def ps50(choices: Choices, chosen: Sequence[str]) -> float:
    """A grid: 1 if every row is right, a half if strictly more than half of the rows are, else 0."""
    rows = {_row(key) for key in choices}
    right = {_row(key) for key in chosen if key in choices and choices[key].right}
    if not rows:
        return 0.0
    return 1.0 if right == rows else 0.5 if 2 * len(right) > len(rows) else 0.0


def date(choices: Choices, chosen: Sequence[str]) -> float:
    """A date: the credit the key gives that very day, such as a half for a named near miss, else 0."""
    return single(choices, chosen)


def pairs(choices: Choices, chosen: Sequence[str]) -> float:
    """Put in order: pairs in the right order less pairs in the wrong one, over all pairs. Half an order earns 0."""
    right = next((name.split(THEN) for name, choice in choices.items() if choice.right), [])
    given = chosen[0].split(THEN) if len(chosen) == 1 else []
    if len(right) < 2 or sorted(given) != sorted(right):
        return 0.0
    both = [(given.index(one), given.index(other)) for n, one in enumerate(right) for other in right[n + 1 :]]
    return _share(sum(1 if one < other else -1 for one, other in both) / len(both))


RULES: Mapping[Kind, Callable[[Choices, Sequence[str]], float]] = {
    "single": single,
    "sentence": single,
    "select": net_correct,
    "grid": ps50,
    "date": date,
    "order": pairs,
}


def score(item: ItemKey, answer: Entry | None, variant: str | None = None) -> Score:
    """Score one answer. ``variant`` is the one the learner was given; an answer to another earns nothing.

    Where everybody gets full marks, nothing else is looked at.
    """
    most = item.points if math.isfinite(item.points) and item.points > 0 else 0.0
    if item.given:
        return Score(most, most, "given", note=item.given)
    if answer is None or not answer.answer:
        return Score(0.0, most, "unanswered")
    if variant is not None and answer.variant != variant:
        return Score(0.0, most, "wrong-variant", note=say("wrong-variant"))
    key = item.of(answer.variant)
    if key is None:
        return Score(0.0, most, "wrong-variant", note=say("no-variant", variant=answer.variant))
    if item.kind == "written":
        return _by_hand(answer, most)
    return _judge(item.kind, key, answer, most)


def score_record(
    keys: KeySheet,
    sheet: Sheet,
    reading: Reading | Record | None,
    learner: str,
    rule: Callable[[ItemKey, Entry | None, str | None], Score] = score,
) -> tuple[dict[str, Score], tuple[str, ...]]:
    """Score every item of a quiz for one learner. Returns the scores by item id, and what was amiss in plain words.

    A record of another quiz, of practice or of another learner earns nothing. One of another version is scored as
    far as its variants are still the learner's own. ``rule`` may be one that remembers what it scored before.
    """
    record = reading.record if isinstance(reading, Reading) else reading
    troubles = list(reading.troubles) if isinstance(reading, Reading) else []
    entries: Mapping[str, Entry] = {}
    name = learner
    if record is not None:
        name = record.login or learner
        strange = dict(_strangers(record, sheet, learner))
        troubles += strange.values()
        troubles += [say("unknown-item", item=id) for id in record.items if keys.item(id) is None]
        entries = {} if strange.keys() & {"quiz", "learner", "mode"} else record.items
    scores = {item.id: rule(item, entries.get(item.id), _variant(sheet, item.id, name)) for item in keys.items}
    return scores, tuple(troubles)


def diagnose(scores: Mapping[str, Score] | Iterable[Score]) -> tuple[str, ...]:
    """The misconceptions a learner holds, in the order they first showed.

    One is held if the learner chose it at least once, and in at least half of the answered items
    that offered it. One slip among many right answers is no diagnosis.
    """
    all_scores = list(scores.values() if isinstance(scores, Mapping) else scores)
    chosen = [name for one in all_scores for name in one.misconceptions]
    offered = [name for one in all_scores for name in one.offered]
    return tuple(name for name in dict.fromkeys(chosen) if 2 * chosen.count(name) >= offered.count(name))


def _judge(kind: Kind, key: Key, answer: Entry, most: float) -> Score:
    chosen = _chosen(kind, answer)
    if chosen is None:
        return Score(0.0, most, "wrong", note=say("wrong-form"))
    known = tuple(name for name in chosen if name in key.choices)
    unknown = [name for name in chosen if name not in key.choices and kind not in ("date", "order")]
    share = RULES[kind](key.choices, chosen)
    wrong = (key.choices[name] for name in known if not key.choices[name].right)
    notes = [say("unknown-choice", names=", ".join(unknown))] if unknown else []
    notes += [say("several")] if kind in ("single", "sentence") and len(chosen) > 1 else []
    return Score(
        points=min(round(share * most, 4), most),
        max_points=most,
        verdict="right" if share == 1 else "partly" if share > 0 else "wrong",
        misconceptions=_names(wrong),
        choices=known,
        note=" ".join(notes),
        offered=_names(key.choices.values()),
        chances=tuple(_chances(kind, key.choices, chosen)),
    )


def _chances(kind: Kind, choices: Choices, chosen: Sequence[str]) -> Iterable[Chance]:
    """The decisions that were made. A row left open is none; a box left empty is one."""
    decisions: dict[str, list[str]] = {}
    for name, choice in choices.items():
        if not choice.right:
            decisions.setdefault({"grid": _row(name), "select": name}.get(kind, ""), []).append(name)
    judged = {_row(name) for name in chosen}
    for decision, ways in decisions.items():
        for name in ways if kind != "grid" or decision in judged else ():
            if belief := choices[name].misconception:
                yield Chance(belief, name in chosen, len(ways), decision)


def _by_hand(answer: Entry, most: float) -> Score:
    if not isinstance(answer.answer, str):
        return Score(0.0, most, "wrong", note=say("wrong-form"))
    if not answer.answer.strip():
        return Score(0.0, most, "unanswered")
    return Score(0.0, most, "by-hand", note=say("by-hand"))


def _chosen(kind: Kind, entry: Entry) -> tuple[str, ...] | None:
    """The keys of the choices made, each once, or None if the answer has not the form of its kind."""
    match kind, entry.answer:
        case ("grid", dict(rows)):
            return tuple(f"{row}:{option}" for row, option in rows.items())
        case ("date", str(day)):
            return (day,)
        case ("order", list(ids)):
            return (THEN.join(ids),)
        case ("single" | "select" | "sentence", list(ids)):
            return tuple(dict.fromkeys(ids))
        case _:
            return None


def _row(key: str) -> str:
    return key.partition(":")[0]


def _names(choices: Iterable[Choice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(choice.misconception for choice in choices if choice.misconception))


def _share(value: float) -> float:
    return min(max(float(value), 0.0), 1.0) if math.isfinite(value) else 0.0


def _strangers(record: Record, sheet: Sheet, learner: str) -> Iterable[tuple[str, str]]:
    for name, wanted in (("quiz", sheet.quiz), ("learner", learner), ("version", sheet.version)):
        if (found := getattr(record, name)) != wanted:
            yield name, say(f"other-{name}", found=found, wanted=wanted)
    if record.mode not in ("", sheet.mode):
        yield "mode", say(f"other-mode-{record.mode}")


def _variant(sheet: Sheet, item_id: str, learner: str) -> str | None:
    try:
        return sheet.item(item_id).pick(sheet.salt, learner).variant
    except KeyError:
        return None
