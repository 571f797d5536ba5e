"""The stories a learner may try changes on, as they travel in a notebook: families, and where each question is put."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.facts import Ask
from grader.families import Family
from grader.portable import packed, unpacked
from grader.whatif.supposed import Supposed, start

SCHEMA = 1


@dataclass(frozen=True)
class Practised:
    """How practice puts one question: under which law, to which variant; and where it is asked for a grade."""

    law: str = ""
    variant: str = ""
    closed: tuple[str, ...] = ()


def put_by(ask: Ask) -> tuple[tuple[object, ...], ...]:
    """What an author’s question puts to the rules, one for each act; the same may be put under another id."""
    return tuple((ask.rule, act, ask.order, ask.other, ask.person, ask.day) for act in ask.acts or (ask.act,))


@dataclass(frozen=True)
class Story:
    """One story, and how practice puts its questions."""

    family: Family
    practised: Mapping[str, Practised]

    def questions(self) -> Iterator[tuple[str, Ask, str | None]]:
        """Every question that can be put, each once, those of practice first: id, question, and one act of several."""
        put = set()
        for ask in sorted(self.family.asks, key=lambda ask: not self._of(ask).law):
            for act, same in zip(ask.acts or (None,), put_by(ask), strict=True):
                if self._place(ask) and same not in put:
                    put.add(same)
                    yield f"{ask.id}/{act}" if act else ask.id, ask, act

    def told(self, question: str) -> Supposed:
        """The story as it is told, with one of its questions; KeyError for a question it has not."""
        for id, ask, act in self.questions():
            if id == question:
                how = self._of(ask)
                return start(self.family, ask, act, self._place(ask), how.variant, how.closed)
        raise KeyError(question)

    def _of(self, ask: Ask) -> Practised:
        return self.practised.get(ask.id, Practised())

    def _place(self, ask: Ask) -> str:
        """Where the question is first put: as in practice, else the first place where no grade hangs on it."""
        how = self._of(ask)
        return how.law or next((place for place in self.family.law if place not in how.closed), "")


def as_json(stories: Iterable[Story]) -> dict[str, Any]:
    """Stories as plain data for the metadata of a notebook."""
    return {
        "schema": SCHEMA,
        "stories": [
            {"family": packed(story.family), "practised": {id: vars(how) for id, how in story.practised.items()}}
            for story in stories
        ],
    }


def from_json(data: Any) -> tuple[Story, ...]:
    """Read back what as_json wrote; ValueError for anything else."""
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise ValueError("made by another version of the course")
    try:
        return tuple(Story(unpacked(one["family"]), _practised(one["practised"])) for one in data["stories"])
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"these are no stories of the course ({error})") from None


def _practised(data: Mapping[str, Any]) -> dict[str, Practised]:
    return {id: Practised(how["law"], how["variant"], tuple(how["closed"])) for id, how in data.items()}
