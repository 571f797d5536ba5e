"""What a page of the law says, as plain data: every question of every law file with its answers over time,
their authority, the rules that read them and the stories that test them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from grader.calendar import DAY
from grader.law import Law, OrderLaw, Provision, Value
from grader.law.files import EVERY
from grader.law.values import parameters
from grader.lawbook import matrix
from grader.lawpages.words import confidence, said, scope
from grader.readings import Reader, Reading
from grader.words import MEANINGS

Index = Mapping[Reading, Sequence[Reader]]


@dataclass(frozen=True)
class Authority:
    """One provision behind a value, and the words of the value it stands for if not for all."""

    provision: Provision
    about: tuple[str, ...]

    @property
    def confidence(self) -> str:
        """How the provision was read, in words."""
        return confidence(self.provision.confidence)


@dataclass(frozen=True)
class Span:
    """What the law says from one day on."""

    value: Value
    says: tuple[str, ...]
    until: date | None
    terms: tuple[str, ...]
    authorities: tuple[Authority, ...]


@dataclass(frozen=True)
class Story:
    """A scenario, or a decision told as one, that puts a question to the rules."""

    id: str
    title: str
    href: str = ""
    is_case: bool = False


@dataclass(frozen=True)
class Question:
    """One question that a law file answers."""

    name: str
    means: str
    spans: tuple[Span, ...]
    rules: tuple[str, ...]
    stories: tuple[Story, ...]

    @property
    def open(self) -> bool:
        """Whether the law leaves the point open today, for some term at least."""
        return any(span.value.open for span in self.spans if span.until is None)


@dataclass(frozen=True)
class Topic:
    """The questions of one topic."""

    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Section:
    """One kind of order: what it is, and what its file answers."""

    law: OrderLaw
    scope: tuple[str, ...]
    topics: tuple[Topic, ...]

    @property
    def title(self) -> str:
        """What the order is called there."""
        return "what holds for every order" if self.law.order == EVERY else self.law.label

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question of the file."""
        return tuple(question for topic in self.topics for question in topic.questions)


@dataclass(frozen=True)
class Page:
    """Everything on file for one jurisdiction on a day."""

    law: Law
    day: date
    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question of every file."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def values(self) -> int:
        """How many values are on file."""
        return sum(len(question.spans) for question in self.questions)

    @property
    def tested(self) -> int:
        """How many of the values answer a question that a story puts."""
        return sum(len(question.spans) for question in self.questions if question.stories)

    @property
    def open(self) -> tuple[tuple[Section, Question], ...]:
        """The questions that the law leaves open."""
        return tuple((section, one) for section in self.sections for one in section.questions if one.open)

    @property
    def oldest(self) -> date:
        """The longest ago that anything here was compared with its source."""
        read = [provision.checked for section in self.sections for provision in section.law.provisions.values()]
        days = [provision.checked for provision in self.law.days.cites] if self.law.days else []
        return min([*read, *days, *(section.law.checked for section in self.sections)])

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that read anything here."""
        return tuple(sorted({name for question in self.questions for name in question.rules}))

    @cached_property
    def matrix(self) -> tuple[tuple[Section, tuple[tuple[int, int], ...]], ...]:
        """For each order and topic: how many questions have an answer on the day, and how many are left open."""
        rows = matrix([self.law], self.day)
        return tuple((section, _counts(row["answers"])) for section, row in zip(self.sections, rows, strict=True))


def page(place: Law, index: Index, day: date) -> Page:
    """Everything on file for a jurisdiction, with those who read it."""
    return Page(place, day, tuple(_section(place, order, index) for order in place.files))


def _section(place: Law, order: OrderLaw, index: Index) -> Section:
    questions = [(name, _question(order, name, index)) for name in order.parameters]
    topics = (
        Topic(topic, tuple(one for name, one in questions if parameters()[name]["topic"] == topic))
        for topic in MEANINGS["topic"]
    )
    return Section(order, tuple(scope(place, order)), tuple(topic for topic in topics if topic.questions))


def _question(order: OrderLaw, name: str, index: Index) -> Question:
    readers = index.get(Reading(order.jurisdiction, order.order, name), ())
    values = sorted(order.parameters[name], key=lambda value: (value.since, value.terms))
    return Question(
        name,
        str(parameters()[name]["means"]),
        tuple(_span(order, name, value, values) for value in values),
        tuple(sorted({reader.asked.ask.rule for reader in readers})),
        tuple(_stories(readers)),
    )


def _span(order: OrderLaw, name: str, value: Value, values: Iterable[Value]) -> Span:
    later = [one.since for one in values if one.since > value.since and _displaces(one, value)]
    until = min(later) - DAY if later else None
    earlier = any(one.since < value.since and one.value is not None for one in values)
    terms = tuple(MEANINGS["term"][term] for term in value.terms)
    return Span(value, said(name, value, earlier, order), until, terms, tuple(_authorities(value)))


def _displaces(later: Value, value: Value) -> bool:
    return set(later.terms) >= set(value.terms) if value.terms and later.terms else bool(value.terms) or not later.terms


def _authorities(value: Value) -> Iterator[Authority]:
    for cite in value.cites:
        about = tuple(word.replace("-", " ") for word, cites in value.by.items() if cite in cites)
        yield Authority(cite, about)


def _stories(readers: Iterable[Reader]) -> Iterator[Story]:
    """The stories that put a question, each once: scenarios first, then decisions."""
    families = {reader.family.id: reader.family for reader in readers}
    for family in sorted(families.values(), key=lambda family: (family.decision is not None, family.id)):
        if family.decision is None:
            yield Story(family.id, family.title)
        else:
            yield Story(family.id, family.decision.cite, family.decision.href, is_case=True)


def _counts(answers: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
    asked = [[answers[name] for name, spec in parameters().items() if spec["topic"] == t] for t in MEANINGS["topic"]]
    return tuple((states.count("known") + states.count("open"), states.count("open")) for states in asked)
