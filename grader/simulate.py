"""Simulated learners: people who hold known misconceptions, or none, or do not answer at all.

They answer from the facts and the law alone, never from the key, so that what the grader makes of
their answers can be compared with what it should have made of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from grader.answers import Answer
from grader.facts import Scenario
from grader.findings import Answer as Concluded
from grader.misconceptions import MISCONCEPTIONS, Misconception, Mistake, View, offered
from grader.questions import HALF, Builder
from grader.quizzes import ItemEntry, Prepared
from grader.rules import ask as decide
from grader.scoring import pairs
from grader.sheet import THEN, Choice, Item
from grader.wording import CANDIDATES, worded


@dataclass(frozen=True)
class Learner:
    """A simulated learner and the misconceptions the person holds."""

    id: str
    first_name: str
    last_name: str
    believes: tuple[str, ...] = ()
    silent: bool = False

    def mistake(
        self, builder: Builder, scenario: Scenario, act: str | None = None
    ) -> tuple[Misconception, Mistake] | None:
        """What the first of the learner’s beliefs that is on offer makes of a question."""
        finding = decide(scenario, builder.law, builder.ask, act)
        view = View(scenario, builder.law, builder.ask, act)
        most = 3 if builder.kind == "single" else 9
        for misconception, mistake in offered(view, finding.answer, most):
            if misconception.name in self.believes and (builder.kind == "single" or mistake.answer != finding.answer):
                return misconception, mistake
        return None


def scenario_of(item: Item, builder: Builder, salt: str, learner: str) -> Scenario:
    """The variant of the story that a learner meets."""
    picked = item.pick(salt, learner)
    return builder.scenarios[item.variants.index(picked)]


def answer(learner: Learner, entry: ItemEntry, builder: Builder, scenario: Scenario) -> Answer | None:
    """What a learner answers: the right answer, or what a misconception of theirs concludes."""
    if learner.silent:
        return None
    if builder.kind == "written":
        return "The order binds the person it names. Only the court can change it."
    if builder.kind == "grid":
        return {builder.id(scenario, "row", act): _yes(learner, builder, scenario, act) for act in builder.ask.acts}
    finding, wrong = decide(scenario, builder.law, builder.ask), learner.mistake(builder, scenario)
    if builder.kind == "single":
        return [builder.option(scenario, wrong[0].name if wrong else None)]
    if builder.kind == "sentence":
        return [builder.id(scenario, "line", str(finding.decisive[0]))]
    concluded = wrong[1].answer if wrong else finding.answer
    if builder.kind == "order":
        assert isinstance(concluded, date)
        return builder.in_order(scenario, concluded).split(THEN)
    if isinstance(concluded, date):
        return concluded.isoformat()
    assert isinstance(concluded, frozenset)
    return [builder.id(scenario, word) for word in sorted(concluded)]


def expected(learner: Learner, entry: ItemEntry, builder: Builder, scenario: Scenario) -> float:
    """What a learner’s answer should earn, from the rules and the beliefs alone. Written answers wait for a person."""
    if learner.silent or builder.kind == "written":
        return 0.0
    if builder.kind == "sentence":
        return entry.points
    if builder.kind == "grid":
        right = sum(learner.mistake(builder, scenario, act) is None for act in builder.ask.acts)
        share = 1.0 if right == len(builder.ask.acts) else 0.5 if 2 * right > len(builder.ask.acts) else 0.0
        return entry.points * share
    wrong = learner.mistake(builder, scenario)
    if wrong is None:
        return entry.points
    return entry.points * _share(builder, scenario, *wrong)


def bears_on(learner: Learner, prepared: Prepared, items: Iterable[Item], salt: str) -> tuple[str, ...]:
    """Those of a learner’s beliefs that show in the variants the person meets: an answer no other belief leads to."""
    shown: set[str] = set()
    for (_, builder), item in zip(prepared.items, items, strict=True):
        if builder.kind in ("sentence", "written"):
            continue
        scenario = scenario_of(item, builder, salt, learner.id)
        for act in builder.ask.acts or (None,):
            wrong = learner.mistake(builder, scenario, act)
            if wrong and _singled_out(builder, scenario, act, *wrong):
                shown.add(wrong[0].name)
    return tuple(name for name in MISCONCEPTIONS if name in shown)


def _singled_out(
    builder: Builder, scenario: Scenario, act: str | None, misconception: Misconception, mistake: Mistake
) -> bool:
    """Whether an answer tells this belief from all others that close in on the same facts."""
    if builder.kind == "single":
        return True
    view, key = View(scenario, builder.law, builder.ask, act), decide(scenario, builder.law, builder.ask, act).answer
    rivals = [m for m, other in offered(view, key, 9) if _overlap(other.answer, mistake.answer, key)]
    close = [m for m in rivals if not m.generic] or rivals
    return [m.name for m in close] == [misconception.name]


def _overlap(one: Concluded, other: Concluded, key: Concluded) -> bool:
    if isinstance(one, frozenset) and isinstance(other, frozenset) and isinstance(key, frozenset):
        return bool((one & other) - key)
    return one == other


def _yes(learner: Learner, builder: Builder, scenario: Scenario, act: str) -> str:
    wrong = learner.mistake(builder, scenario, act)
    concluded: Concluded = wrong[1].answer if wrong else decide(scenario, builder.law, builder.ask, act).answer
    return (worded(builder.ask.rule, concluded) or "").lower()


def _share(builder: Builder, scenario: Scenario, misconception: Misconception, mistake: Mistake) -> float:
    key = decide(scenario, builder.law, builder.ask).answer
    if builder.kind == "order" and isinstance(key, date) and isinstance(mistake.answer, date):
        right = {builder.in_order(scenario, key): Choice(True, 1.0, "")}
        return pairs(right, (builder.in_order(scenario, mistake.answer),))
    if isinstance(key, frozenset) and isinstance(mistake.answer, frozenset):
        known = CANDIDATES.get(builder.ask.rule, scenario.people)
        ticked = mistake.answer & set(known)
        return max(0.0, (len(ticked & key) - len(ticked - key)) / len(key))
    return 0.5 if isinstance(key, date) and misconception.name in HALF else 0.0
