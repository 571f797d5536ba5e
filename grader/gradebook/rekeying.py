"""A new key for a quiz that learners already have: what they were given stays, only what it is worth changes.

The quiz is built again from the bank, and each item and variant is held against the released one. Where
learners were asked something else than the new key answers, there is no new key, only an instructor's word.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from grader.bank import Bank
from grader.misconceptions import MISCONCEPTIONS
from grader.questions import Unaskable
from grader.quizzes import prepare
from grader.sheet import Choice, Citation, Item, ItemKey, Key, KeySheet, Question, Sheet

Rebuilt = Mapping[str, tuple[Item, ItemKey] | str]
"""Items by id as the bank makes them now, or why it cannot."""


@dataclass(frozen=True)
class Change:
    """What is different for one variant of one item, and why.

    ``scores`` tells whether answers can be worth something else; else only the explanation is another.
    """

    item: str
    number: int
    variant: str
    title: str
    scores: bool
    old_answer: str
    new_answer: str
    old_rule: str
    new_rule: str
    gone: tuple[Citation, ...] = ()
    come: tuple[Citation, ...] = ()
    given: str = ""


@dataclass(frozen=True)
class Rekeyed:
    """A new key. ``stuck`` says by item what cannot be scored anew, ``kept`` which wording alone is another."""

    keys: KeySheet
    stuck: Mapping[str, str]
    kept: Mapping[str, str]


def rebuild(bank: Bank, sheet: Sheet) -> Rebuilt:
    """Build the released items again from the bank; BadInput if the quiz file cannot be read."""
    path = bank.root / "quizzes" / sheet.salt / "quiz.yaml"
    prepared = prepare(path, bank.families, path.relative_to(bank.root).as_posix())
    points = {item.id: item.points for item in sheet.items}
    found: dict[str, tuple[Item, ItemKey] | str] = {}
    for entry, builder in prepared.items:
        try:
            found[entry.id] = builder.build(entry.id, points.get(entry.id, entry.points))
        except Unaskable as error:
            found[entry.id] = f"cannot be graded any more: {error}."
    return found


def rekey(
    sheet: Sheet, keys: KeySheet, rebuilt: Rebuilt, full: Mapping[str, str], keep: Collection[str] = ()
) -> Rekeyed:
    """The new key. ``full`` names items for which everybody gets full marks, and why; ``keep`` those left alone."""
    items: list[ItemKey] = []
    stuck: dict[str, str] = {}
    kept: dict[str, str] = {}
    for key in keys.items:
        if key.id in full or key.id in keep or key.given:
            items.append(replace(key, given=full.get(key.id, key.given)))
            continue
        again, why, reworded = _again(sheet.item(key.id), key, rebuilt.get(key.id, "is no longer in the quiz."))
        items.append(again)
        stuck |= {key.id: why} if why else {}
        kept |= {key.id: reworded} if reworded else {}
    titles = {name: one.title for name, one in MISCONCEPTIONS.items()}
    return Rekeyed(replace(keys, items=tuple(items), misconceptions={**keys.misconceptions, **titles}), stuck, kept)


def differences(sheet: Sheet, old: KeySheet, new: KeySheet) -> Iterator[Change]:
    """What two keys of one quiz say differently, variant by variant."""
    for number, item in enumerate(sheet.items, 1):
        before, after = old.item(item.id), new.item(item.id)
        assert before
        assert after
        for question in item.variants:
            one, other = before.of(question.variant), after.of(question.variant)
            if one and other and (one != other or before.given != after.given):
                yield _change(number, question, before, after, one, other)


def _change(number: int, question: Question, before: ItemKey, after: ItemKey, one: Key, other: Key) -> Change:
    old, new = (_cites(key) for key in (one, other))
    return Change(
        item=before.id, number=number, variant=question.variant, title=question.title,
        scores=_worth(one) != _worth(other) or before.given != after.given,
        old_answer=one.answer, new_answer=other.answer, old_rule=one.rule, new_rule=other.rule,
        gone=tuple(cite for name, cite in old.items() if name not in new),
        come=tuple(cite for name, cite in new.items() if name not in old),
        given=after.given,
    )  # fmt: skip


def _cites(key: Key) -> dict[tuple[str, str], Citation]:
    return {(cite.cite, cite.gist): cite for step in key.steps for cite in step.cites}


def _worth(key: Key) -> dict[str, float]:
    """What every choice is worth that is worth anything, and which are right."""
    return {id: one.credit + (2 if one.right else 0) for id, one in key.choices.items() if one.credit or one.right}


def _again(item: Item, key: ItemKey, found: tuple[Item, ItemKey] | str) -> tuple[ItemKey, str, str]:
    """An item's new key; why it has none; whether only its wording is another."""
    if isinstance(found, str):
        return key, found, ""
    asked, answered = found
    if asked.kind != item.kind:
        return key, f"is of another kind now ({asked.kind}).", ""
    now = {question.variant: question for question in asked.variants}
    variants, kept = [], ""
    for question in item.variants:
        old, new = key.of(question.variant), answered.of(question.variant)
        if old is None or new is None:
            return key, "has lost a form that learners were given.", ""
        if other := _asks_otherwise(question, now[question.variant]):
            return key, other, ""
        fits = _offers_the_right(question, new, item.kind)
        if not fits and old.finding != new.finding:
            return key, f"did not offer what is right now: {new.answer}", ""
        kept = kept if fits else "words its answers otherwise, but the answer is the same."
        variants.append(_fitted(old, new, item.kind) if fits else old)
    return replace(key, variants=tuple(variants), topic=answered.topic, law=answered.law), "", kept


def _asks_otherwise(released: Question, now: Question) -> str:
    """What learners were asked that the new key does not answer; empty if it does."""
    if released.story != now.story:
        return "tells another story now."
    if released.stem != now.stem:
        return f"asks another question now: {now.stem}"
    return "has other rows now." if set(released.rows) != set(now.rows) else ""


def _offers_the_right(released: Question, key: Key, kind: str) -> bool:
    """Whether what is right now was among what learners could choose."""
    offered = {option.id for option in released.options} or {line.id for line in released.story}
    right = {name.rpartition(":")[2] for name, choice in key.choices.items() if choice.right}
    return kind in ("date", "written") or right <= offered


def _fitted(old: Key, new: Key, kind: str) -> Key:
    """The new key for the choices that learners were offered; one that the law no longer suggests is wrong."""
    if kind in ("date", "written"):
        return new
    why = next(choice.feedback for choice in new.choices.values() if choice.right)
    choices = {id: new.choices.get(id) or Choice(False, 0.0, why) for id in old.choices}
    return replace(new, choices=choices, names={**new.names, **old.names})
