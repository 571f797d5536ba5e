"""Item by item: how hard it was, how well it tells people apart, and what each third of the class chose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.answers import Answer
from grader.practice import in_words
from grader.report.gather import Class, Person
from grader.report.statistics import (
    THIRDS,
    Alpha,
    Care,
    Third,
    alpha,
    care,
    correlation,
    discrimination,
    interval,
    thirds,
)  # fmt: skip
from grader.scoring import Score
from grader.sheet import THEN, Item, ItemKey, Question

VERY_EASY, VERY_HARD = 0.95, 0.20


@dataclass(frozen=True)
class Chosen:
    """One possible answer: its words, the belief behind it, and how many of each third chose it."""

    text: str
    right: bool
    belief: str | None
    by_third: tuple[int, ...]
    tells: float | None = None
    """Correlation of choosing it with the rest of the test; above zero, a wrong answer drew the stronger people."""

    @property
    def people(self) -> int:
        """How many chose it."""
        return sum(self.by_third)


@dataclass(frozen=True)
class Form:
    """One variant of an item, and what those who met it answered."""

    title: str
    stem: str
    people: tuple[int, ...]
    answers: tuple[Chosen, ...]
    rests: tuple[int, ...] = ()
    """By decision and third: how many answered, but stand in no row of that decision, such as a box left empty."""


@dataclass(frozen=True)
class ItemReport:
    """What the class made of one item. ``facility`` is the mean share of its points at the first answer."""

    number: int
    id: str
    kind: str
    topic: str
    law: str
    title: str
    people: int
    right: int
    facility: float
    open: int
    changed: int
    r: float | None
    reach: tuple[float, float] | None
    remarks: tuple[str, ...]
    forms: tuple[Form, ...]

    @property
    def wrong(self) -> int:
        """How many answered, and not all of it right."""
        return self.people - self.right - self.open


@dataclass(frozen=True)
class Analysis:
    """All items, and how far the quiz as a whole can be relied on."""

    care: Care
    items: tuple[ItemReport, ...]
    left_out: tuple[str, ...]
    """Texts that a person still has to mark. What everybody gets full marks for is left out for good and not named."""
    alpha: Alpha | None
    by_topic: tuple[tuple[str, Alpha], ...]


def analysis(work: Class) -> Analysis:
    """Analyse the first answers of everybody whose answers could be read."""
    used = [item for item in work.sheet.items if _countable(work, item)]
    columns = [[_points(item, person) for person in work.here] for item in used]
    groups = thirds([sum(row) for row in zip(*columns, strict=True)]) if columns and work.here else []
    reports = tuple(_item(work, n, columns, used, groups) for n in range(len(used))) if groups else ()
    topics = [_key(work, item).topic for item in used]
    by_topic = []
    for topic in dict.fromkeys(topics):
        found = alpha([column for column, of in zip(columns, topics, strict=True) if of == topic])
        by_topic += [(topic, found)] if found else []
    left = tuple(item.id for item in work.sheet.items if item not in used and not _given(work, item))
    return Analysis(care(len(work.here)), reports, left, alpha(columns) if groups else None, tuple(by_topic))


def _countable(work: Class, item: Item) -> bool:
    """A text counts only when a person has marked every one of them; what everybody gets full marks for, never."""
    if _given(work, item):
        return False
    if item.kind != "written":
        return True
    marks = [person.mark(item.id) for person in work.here if person.first[item.id].verdict == "by-hand"]
    return bool(marks) and all(mark and not mark.waiting for mark in marks)


def _given(work: Class, item: Item) -> bool:
    return bool((key := work.keys.item(item.id)) and key.given)


def _points(item: Item, person: Person) -> float:
    mark = person.mark(item.id) if item.kind == "written" else None
    return mark.score if mark else person.first[item.id].points


def _key(work: Class, item: Item) -> ItemKey:
    key = work.keys.item(item.id)
    if key is None:
        raise LookupError(f"The key has no item {item.id}.")
    return key


def _item(
    work: Class, n: int, columns: Sequence[Sequence[float]], used: Sequence[Item], groups: Sequence[Third]
) -> ItemReport:
    item, column, people = used[n], columns[n], work.here
    r, size = discrimination(columns, n), len(people)
    facility = sum(column) / (size * item.points)
    rest = [sum(row) - row[n] for row in zip(*columns, strict=True)]
    return ItemReport(
        number=[one.id for one in work.sheet.items].index(item.id) + 1,
        id=item.id, kind=item.kind, topic=_key(work, item).topic, law=_key(work, item).law,
        title=item.variants[0].title, people=size, right=sum(x >= item.points - 1e-9 for x in column),
        facility=facility, open=sum(person.first[item.id].verdict == "unanswered" for person in people),
        changed=sum(person.changed(item.id) for person in people), r=r,
        reach=interval(r, size) if r is not None else None, remarks=tuple(remarks(care(size), facility, r)),
        forms=tuple(_form(work, item, question, groups, rest) for question in item.variants),
    )  # fmt: skip


def remarks(care: Care, facility: float, r: float | None) -> list[str]:
    """What to look at, as far as the size of the class allows it to be said."""
    if care == "counts":
        return []
    said = ["Discrimination below zero: check the key first."] if r is not None and r < 0 else []
    if care == "bands":
        said += ["Nearly everybody is right: good after teaching, but it tells nobody apart."] * (facility > VERY_EASY)
        said += ["Very hard: teach it again, or look at its wording."] * (facility < VERY_HARD)
        said += [_band(r)] if r is not None and r >= 0 else []
    return said


def _band(r: float) -> str:
    words = [(0.4, "very well"), (0.3, "well"), (0.2, "weakly"), (0.0, "hardly")]
    return f"Tells stronger from weaker people {next(word for least, word in words if r >= least)}."


def _form(work: Class, item: Item, question: Question, groups: Sequence[Third], rest: Sequence[float]) -> Form:
    met = [n for n, person in enumerate(work.here) if work.question(person, item.id) is question]
    sizes = tuple(sum(groups[n] == third for n in met) for third in THIRDS)
    key = _key(work, item).of(question.variant)
    answers, decisions = [], dict[str, list[tuple[int, ...]]]()
    for name, choice in (key.choices if key else {}).items():
        took = [name in work.here[n].first[item.id].choices for n in met]
        by_third = tuple(sum(yes and groups[n] == third for n, yes in zip(met, took, strict=True)) for third in THIRDS)
        tells = correlation([float(yes) for yes in took], [rest[n] for n in met])
        answers.append(Chosen(words(item, question, name), choice.right, choice.misconception, by_third, tells))
        decisions.setdefault(_decision(item, name), []).append(by_third)
    others = _others(work, item, met, groups) if item.kind != "written" else []
    return Form(question.title, question.stem, sizes, (*answers, *others), _rests(sizes, decisions.values(), others))


def _decision(item: Item, name: str) -> str:
    """The row of a grid or the box to tick: answers of one decision exclude each other."""
    return {"grid": name.partition(":")[0], "select": name}.get(item.kind, "")


def _rests(
    sizes: tuple[int, ...], decisions: Iterable[list[tuple[int, ...]]], others: Iterable[Chosen]
) -> tuple[int, ...]:
    outside = [other.by_third for other in others]
    return tuple(size - sum(cells) for rows in decisions for size, *cells in zip(sizes, *rows, *outside, strict=True))


def words(item: Item, question: Question, name: str) -> str:
    """An answer in the words of its question."""
    row, _, option = name.partition(":")
    forms: dict[str, Answer] = {"grid": {row: option}, "date": name, "order": name.split(THEN)}
    return "; ".join(in_words(item, question, forms.get(item.kind, [name])))


def _others(work: Class, item: Item, met: Sequence[int], groups: Sequence[Third]) -> list[Chosen]:
    """Those who gave no answer, and those whose answer is none that the key knows."""

    def row(text: str, holds: Sequence[bool]) -> list[Chosen]:
        counts = tuple(sum(yes and groups[n] == third for n, yes in zip(met, holds, strict=True)) for third in THIRDS)
        return [Chosen(text, False, None, counts)] if sum(counts) else []

    scores: list[Score] = [work.here[n].first[item.id] for n in met]
    nothing = [score.verdict == "unanswered" for score in scores]
    strange = [not none and not score.choices for none, score in zip(nothing, scores, strict=True)]
    return [*row("(no answer)", nothing), *row("(another answer)", strange)]
