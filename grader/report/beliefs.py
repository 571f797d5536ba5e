"""Which misconceptions a class holds, who holds them, and which to teach first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from grader.answers import SURE
from grader.misconceptions import MISCONCEPTIONS
from grader.misconceptions.risk import Risk, risk
from grader.practice import authority, sentence_ids
from grader.report.gather import Class, Person
from grader.report.items import words
from grader.sheet import Choice, Citation, Item, Key, Question

LESSONS = 3


@dataclass(frozen=True)
class Held:
    """One misconception in one class.

    ``firm`` are those who hold it by at least three chances, ``shown`` those who took it at least
    once without that, ``sure`` those of both who were very sure of a wrong answer that rests on it.
    ``met`` is how many people met it in an answer they gave.
    """

    name: str
    title: str
    belief: str
    risk: Risk
    met: int
    firm: tuple[Person, ...]
    shown: tuple[Person, ...]
    sure: tuple[Person, ...]

    @property
    def people(self) -> int:
        """How many people’s answers rest on it."""
        return len(self.firm) + len(self.shown)

    @property
    def weight(self) -> tuple[float, float]:
        """Confident errors first, then all who hold it, both weighted by the risk to a client."""
        return len(self.sure) * self.risk, (len(self.firm) + len(self.shown) / 2) * self.risk


@dataclass(frozen=True)
class Lesson:
    """One thing to teach again: the story on which the belief shows, and what would turn the answer."""

    held: Held
    number: int
    question: Question
    deciding: tuple[str, ...]
    wrong: str
    why: str
    key: Key
    cites: tuple[Citation, ...]
    took: int
    elsewhere: "Elsewhere | None" = None


@dataclass(frozen=True)
class Elsewhere:
    """A story of another quiz in which one sentence turns the answer: the contrast where this quiz has none."""

    quiz: str
    question: Question
    answer: str
    flip: str


def asked_for_certainty(work: Class) -> bool:
    """Whether anybody said how sure they were."""
    return any(entry.certainty for person in work.here for entry in person.entries.values())


def beliefs(work: Class) -> list[Held]:
    """The misconceptions that showed in this quiz, the most urgent first."""
    offered = dict.fromkeys(chance.name for p in work.here for score in p.first.values() for chance in score.chances)
    found = [_held(work, name) for name in offered]
    return sorted((one for one in found if one.people), key=lambda one: one.weight, reverse=True)


def _held(work: Class, name: str) -> Held:
    known = MISCONCEPTIONS.get(name)
    took = [person for person in work.here if any(name in score.misconceptions for score in person.first.values())]
    firm = [p for p in work.here if (found := work.beliefs.get(p.id, {}).get(name)) and found.firm]
    return Held(
        name, work.keys.misconceptions.get(name, name), known.belief if known else "", risk(name),
        sum(any(chance.name == name for s in person.first.values() for chance in s.chances) for person in work.here),
        tuple(firm), tuple(p for p in took if p not in firm), tuple(p for p in took if _sure(p, name)),
    )  # fmt: skip


def _sure(person: Person, name: str) -> bool:
    """Whether they were very sure of an answer that rests on it. Of one they changed, it is not known."""
    kept = {id: one for id, one in person.entries.items() if not one.first or one.first == one.answer}
    certain = (id for id, one in kept.items() if one.certainty == SURE and id in person.first)
    return any(name in person.first[id].misconceptions for id in certain)


def lessons(work: Class, held: Iterable[Held], most: int = LESSONS) -> list[Lesson]:
    """What to teach again first: a story for each of the most urgent beliefs, with a contrast if there is one."""
    found = (max(_lessons(work, one), key=_telling, default=None) for one in held)
    chosen = [lesson for lesson in found if lesson][:most]
    return [one if one.key.flip else replace(one, elsewhere=_elsewhere(work, one.held.name)) for one in chosen]


def _elsewhere(work: Class, name: str) -> Elsewhere | None:
    """The first story on which the belief shows, in the other quizzes of the course, that has a contrast."""
    for sheet, keys in work.others:
        for item in sheet.items:
            item_key = keys.item(item.id)
            for question in item.variants:
                key = item_key.of(question.variant) if item_key else None
                if key and key.flip and any(choice.misconception == name for choice in key.choices.values()):
                    return Elsewhere(sheet.title, question, key.answer, key.flip)
    return None


def _telling(lesson: Lesson) -> tuple[bool, int]:
    """A story with a contrast teaches best; among those, the one that caught most people."""
    return bool(lesson.key.flip), lesson.took


def _lessons(work: Class, held: Held) -> Iterator[Lesson]:
    for number, item in enumerate(work.sheet.items, 1):
        item_key = work.keys.item(item.id)
        for question in item.variants:
            key = item_key.of(question.variant) if item_key else None
            for name, choice in key.choices.items() if key else ():
                if key and choice.misconception == held.name:
                    yield _lesson(work, held, number, item, question, key, name, choice)


def _lesson(
    work: Class, held: Held, number: int, item: Item, question: Question, key: Key, name: str, choice: Choice
) -> Lesson:
    met = (person for person in work.here if work.question(person, item.id) is question)
    deciding = sentence_ids(question, key.decides)
    return Lesson(
        held, number, question, tuple(line.text for line in question.story if line.id in deciding),
        words(item, question, name), choice.feedback, key, authority(key.steps),
        sum(name in person.first[item.id].choices for person in met),
    )  # fmt: skip
