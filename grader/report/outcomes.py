"""Outcome by outcome: what the class has achieved of what the course sets out to teach.

The words are those of ABA Standard 314: measure student achievement of course learning outcomes, give
feedback relative to them, and offer support to those below a satisfactory level of achievement.
"""

from dataclasses import dataclass

from grader.report.gather import Class, Person

OUTCOMES = {
    "waiver": "Say who may lift, loosen or change an order, and what an invitation or consent changes.",
    "mutual": "Say whom an order binds, and when a court may bind both people.",
    "duration": "Say how long an order lasts, what ends it and what renews it.",
    "violations": "Say what breaks an order, what does not, and what follows from a breach.",
    "coexistence": "Say which terms govern when two orders stand side by side.",
    "issuance": "Say which court makes which order, and on whose request.",
}


@dataclass(frozen=True)
class Achievement:
    """How far a class has come with one learning outcome."""

    topic: str
    outcome: str
    items: int
    points: float
    mean: float
    satisfactory: tuple[Person, ...]
    below: tuple[Person, ...]

    @property
    def people(self) -> int:
        """How many people were assessed."""
        return len(self.satisfactory) + len(self.below)


def achievements(work: Class, level: float) -> list[Achievement]:
    """Achievement of each outcome by the answers that count. ``level`` is the share of points that is satisfactory."""
    topics = dict.fromkeys(key.topic for key in work.keys.items)
    found = [_achievement(work, topic, level) for topic in topics]
    return [one for one in found if one.people]


def _achievement(work: Class, topic: str, level: float) -> Achievement:
    items = [key for key in work.keys.items if key.topic == topic]
    shares: list[tuple[Person, float]] = []
    for person in work.here:
        judged = [(points, key.points) for key in items if (points := _earned(person, key.id)) is not None]
        if judged:
            shares.append((person, sum(points for points, _ in judged) / sum(most for _, most in judged)))
    return Achievement(
        topic, OUTCOMES.get(topic, topic), len(items), sum(key.points for key in items),
        sum(share for _, share in shares) / len(shares) if shares else 0.0,
        tuple(person for person, share in shares if share >= level - 1e-9),
        tuple(person for person, share in shares if share < level - 1e-9),
    )  # fmt: skip


def _earned(person: Person, item: str) -> float | None:
    """The points of an item, or None while a text waits to be marked."""
    mark = person.mark(item)
    if mark is not None:
        return None if mark.waiting else mark.score
    score = person.scores[item]
    return None if score.verdict == "by-hand" else score.points
