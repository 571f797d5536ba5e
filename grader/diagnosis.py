"""How surely a learner holds a misconception: every chance to show it is weighed, taken or not.

One wrong answer may be a slip. ``scoring.diagnose`` says on which beliefs somebody’s answers rest,
which is enough for “worth a second look”. To say of a person that they hold a belief takes more:
at least three chances, and enough of them taken.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from grader.scoring import Chance, Score

SLIP = 0.1
"""How often somebody who knows better answers wrongly."""
GUESS = 0.2
"""How often somebody who holds a belief answers rightly all the same."""
BELIEFS = 1.5
"""How many of the beliefs on offer a learner holds on average: the base rate."""
ENOUGH = 3
"""With fewer chances than this nobody can tell a belief from a slip (docs/class-report.md has the figures)."""

LIKELY = 0.4
"""From this probability on a belief is named: where false alarms and misses are about as many."""


@dataclass(frozen=True)
class Evidence:
    """What somebody’s answers say about one belief. ``likely`` is the probability that the person holds it."""

    name: str
    chances: int
    taken: int
    likely: float

    @property
    def firm(self) -> bool:
        """Whether one may say that the person holds the belief."""
        return self.taken > 0 and self.chances >= ENOUGH and self.likely >= LIKELY


def weigh(scores: Iterable[Score]) -> dict[str, Evidence]:
    """Weigh all chances in one or several quizzes; by belief, in the order in which they were first on offer."""
    by_name: dict[str, list[Chance]] = {}
    for score in scores:
        for chance in score.chances:
            by_name.setdefault(chance.name, []).append(chance)
    base = min(BELIEFS / len(by_name), 0.5) if by_name else 0.5
    return {name: _weighed(name, chances, base) for name, chances in by_name.items()}


def _weighed(name: str, chances: list[Chance], base: float) -> Evidence:
    odds = math.log(base / (1 - base)) + sum(map(_odds, chances))
    return Evidence(name, len(chances), sum(one.taken for one in chances), 1 / (1 + math.exp(-odds)))


def _odds(chance: Chance) -> float:
    """How much more likely the answer is from somebody who holds the belief than from somebody who does not."""
    by_slip = SLIP / chance.ways
    return math.log((1 - GUESS) / by_slip) if chance.taken else math.log(GUESS / (1 - by_slip))
