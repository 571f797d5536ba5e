"""How surely a learner holds a misconception: every chance to show it is weighed, taken or not.

One wrong answer may be a slip. ``scoring.diagnose`` says on which beliefs somebody’s answers rest,
which is enough for “worth a second look”. To say of a person that they hold a belief takes more:
at least three chances, and enough of them taken.
"""

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, groupby

from grader.scoring import Chance, Score

SLIP = 0.1
"""How often somebody who knows better answers wrongly."""
GUESS = 0.2
"""How often somebody who holds a belief answers rightly all the same."""
BELIEFS = 1.5
"""How many of the beliefs on offer a learner holds on average: the base rate."""
MOST = 3
"""So many beliefs at once are weighed against each other."""
ENOUGH = 3
"""With fewer chances than this nobody can tell a belief from a slip (docs/class-report.md has the figures)."""

LIKELY = 0.2
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


@dataclass(frozen=True)
class _Decision:
    """One choice: the beliefs on offer, the one it rested on if any, and how many wrong ways there were."""

    offered: frozenset[str]
    taken: str | None
    ways: int

    def given(self, held: frozenset[str]) -> float:
        """How likely the choice is from somebody who holds just these beliefs.

        Only one belief can show in one choice: where two lead astray, each shows half of the time.
        """
        led = len(self.offered & held)
        if self.taken is None:
            return GUESS if led else 1 - SLIP * len(self.offered) / self.ways
        if self.taken in held:
            return (1 - GUESS) / led
        return SLIP / self.ways * (GUESS if led else 1)


def weigh(scores: Iterable[Score]) -> dict[str, Evidence]:
    """Weigh all chances in one or several quizzes; by belief, in the order in which they were first on offer.

    All sets of up to three beliefs that showed are compared at once, because a belief may hide another.
    """
    scores = list(scores)
    chances = [chance for score in scores for chance in score.chances]
    names = list(dict.fromkeys(chance.name for chance in chances))
    taken = {chance.name for chance in chances if chance.taken}
    base = min(BELIEFS / len(names), 0.5) if names else 0.5
    decisions = [one for score in scores for one in _decisions(score)]
    likely = _posterior(taken, decisions, base)
    for name in names:
        if name not in taken:
            likely |= _posterior({name}, decisions, base)
    return {name: _evidence(name, chances, likely[name]) for name in names}


def _evidence(name: str, chances: Iterable[Chance], likely: float) -> Evidence:
    own = [chance.taken for chance in chances if chance.name == name]
    return Evidence(name, len(own), sum(own), likely)


def _decisions(score: Score) -> Iterator[_Decision]:
    for _, group in groupby(score.chances, lambda chance: chance.decision):
        chances = list(group)
        took = next((chance.name for chance in chances if chance.taken), None)
        yield _Decision(frozenset(chance.name for chance in chances), took, chances[0].ways)


def _posterior(names: Collection[str], decisions: Iterable[_Decision], base: float) -> dict[str, float]:
    """The probability of each of these beliefs, if nothing but these is held."""
    telling = [one for one in decisions if one.offered & set(names)]
    odds = base / (1 - base)
    sets = [frozenset(some) for size in range(MOST + 1) for some in combinations(sorted(names), size)]
    weights = {held: odds ** len(held) * math.prod(one.given(held) for one in telling) for held in sets}
    whole = sum(weights.values())
    return {name: sum(weight for held, weight in weights.items() if name in held) / whole for name in names}
