"""Classes of simulated learners who hold planted misconceptions, slip and guess: how good is the diagnosis?

What a belief makes of a question comes from the facts and the law, as in ``grader.simulate``, never
from the key. A slip takes any wrong way with equal chance; a guess hits the right answer.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from grader.answers import Answer, Entry, Record
from grader.bank import Bank
from grader.diagnosis import weigh
from grader.misconceptions import View, offered
from grader.questions import Builder
from grader.quizzes import Built, Prepared, prepare
from grader.rules import ask as decide
from grader.scoring import Score, score_record
from grader.simulate import scenario_of
from grader.wording import worded

SIZE, MOST = 30, 3
SLIP, GUESS = 0.1, 0.2
TERM = ("waiver", "mutual", "duration", "violations", "final")


@dataclass(frozen=True)
class Decision:
    """One choice: what is right, what each belief makes of it, and all that can be chosen."""

    place: str
    right: str
    beliefs: Mapping[str, str]
    options: Sequence[str]

    def take(self, held: Sequence[str], dice: random.Random) -> str:
        """What somebody with these beliefs chooses."""
        led = next((self.beliefs[name] for name in self.beliefs if name in held), self.right)
        if led != self.right:
            return self.right if dice.random() < GUESS else led
        others = [option for option in self.options if option != self.right]
        return dice.choice(others) if others and dice.random() < SLIP else self.right


@dataclass(frozen=True)
class Quiz:
    """A quiz as simulated learners take it."""

    built: Built
    prepared: Prepared
    known: dict[tuple[str, str], list[Decision]]

    def scores(self, learner: str, held: Sequence[str], dice: random.Random) -> list[Score]:
        """What the grader makes of one learner’s answers."""
        sheet, keys = self.built
        items = {item.id: self._entry(item.id, learner, held, dice) for item in sheet.items if item.kind != "written"}
        return list(
            score_record(keys, sheet, Record(sheet.quiz, sheet.version, learner, items=items), learner)[0].values()
        )

    def _entry(self, id: str, learner: str, held: Sequence[str], dice: random.Random) -> Entry:
        sheet, _ = self.built
        n = next(n for n, item in enumerate(sheet.items) if item.id == id)
        item, builder = sheet.items[n], self.prepared.items[n][1]
        variant = item.pick(sheet.salt, learner).variant
        if (id, variant) not in self.known:
            self.known[id, variant] = list(_decisions(builder, scenario_of(item, builder, sheet.salt, learner)))
        return Entry(variant, _answer(item.kind, [(d.place, d.take(held, dice)) for d in self.known[id, variant]]))


def quizzes(bank: Bank, names: Iterable[str] = TERM) -> list[Quiz]:
    """The quizzes of a course, ready to be taken."""
    paths = {path.parent.name: path for path in bank.quiz_files}
    return [Quiz(bank.build(paths[name]), prepare(paths[name], bank.families), {}) for name in names]


def measured(
    taken: Sequence[Quiz],
    named: Callable[[Sequence[Score]], Iterable[str]],
    *,
    chances: int = 1,
    classes: int = 20,
    seed: int = 1,
) -> tuple[float, float, int]:
    """Precision and recall of a diagnosis, and how many planted beliefs they rest on.

    Each learner holds 0 to 3 of all the beliefs on offer to them. Only beliefs with so many chances
    to show count, on both sides.
    """
    dice = random.Random(seed)
    hits = alarms = planted = 0
    for learner in (f"s{n}" for n in range(classes * SIZE)):
        on_offer = weigh(_scores(taken, learner, (), random.Random(0)))
        held = dice.sample(sorted(on_offer), dice.randint(0, min(MOST, len(on_offer))))
        counted = {name for name, one in on_offer.items() if one.chances >= chances}
        found = set(named(_scores(taken, learner, held, dice))) & counted
        hits += len(found & set(held))
        alarms += len(found - set(held))
        planted += len(counted & set(held))
    return hits / max(hits + alarms, 1), hits / max(planted, 1), planted


def firm(scores: Sequence[Score]) -> list[str]:
    """The beliefs that one may say a person holds."""
    return [name for name, one in weigh(scores).items() if one.firm]


def _scores(taken: Sequence[Quiz], learner: str, held: Sequence[str], dice: random.Random) -> list[Score]:
    return [score for quiz in taken for score in quiz.scores(learner, held, dice)]


def _answer(kind: str, taken: list[tuple[str, str]]) -> Answer:
    if kind == "grid":
        return dict(taken)
    if kind == "select":
        return [place for place, choice in taken if choice == "yes"]
    return taken[0][1] if kind == "date" else [taken[0][1]]


def _decisions(builder: Builder, scenario) -> Iterator[Decision]:  # type: ignore[no-untyped-def]
    if builder.kind == "grid":
        for act in builder.ask.acts:
            answer, pairs = _concluded(builder, scenario, act)
            yield _yes_or_no(
                builder.id(scenario, "row", act), _says(builder, answer), {n: _says(builder, a) for n, a in pairs}
            )
        return
    answer, pairs = _concluded(builder, scenario)
    if builder.kind == "select":
        for word in builder._candidates(scenario):
            ticked = {name: _ticked(word, other) for name, other in pairs if isinstance(other, frozenset)}
            yield _yes_or_no(builder.id(scenario, word), _ticked(word, answer), ticked)
    elif builder.kind == "date":
        days = {name: other.isoformat() for name, other in pairs if isinstance(other, date)}
        yield Decision("", answer.isoformat(), days, sorted({*days.values(), answer.isoformat()}))
    elif builder.kind == "sentence":
        question, key = builder._sentence(scenario, 1.0)
        right = next(id for id, choice in key.choices.items() if choice.right)
        yield Decision("", right, {}, [option.id for option in question.options])
    else:
        question, key = builder._single(scenario, 1.0)
        ways = {choice.misconception: id for id, choice in key.choices.items() if choice.misconception}
        yield Decision("", builder.option(scenario), ways, [option.id for option in question.options])


def _concluded(builder: Builder, scenario, act: str | None = None):  # type: ignore[no-untyped-def]
    answer = decide(scenario, builder.law, builder.ask, act).answer
    found = offered(View(scenario, builder.law, builder.ask, act), answer, 9)
    return answer, [(misconception.name, mistake.answer) for misconception, mistake in found]


def _yes_or_no(place: str, right: str, beliefs: Mapping[str, str]) -> Decision:
    return Decision(place, right, {name: way for name, way in beliefs.items() if way != right}, ("no", "yes"))


def _says(builder: Builder, answer) -> str:  # type: ignore[no-untyped-def]
    return (worded(builder.ask.rule, answer) or "").lower()


def _ticked(word: str, answer: frozenset[str]) -> str:
    return "yes" if word in answer else "no"
