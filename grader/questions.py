"""Makes a question from a finding: the stem, the key, the wrong options, the feedback.

The right option is what the rules conclude. Every wrong option is what a misconception concludes
from the same facts. Nothing else ever becomes an option, and nothing is a key that the law leaves open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from grader.calendar import spoken
from grader.facts import Ask, Scenario
from grader.feedback import flipped, reasons, refuted, ruling
from grader.findings import Answer, Finding, plain
from grader.law import Law
from grader.misconceptions import Misconception, Mistake, View, offered
from grader.rules import ask as decide
from grader.sheet import Choice, Item, ItemKey, Key, Kind, Option, Question, opaque, shuffled
from grader.telling import label, told
from grader.wording import CANDIDATES, GRIDS, STEMS, worded

HALF = frozenset({"ends-on-a-closed-day", "holidays-count"})
RUBRIC = (
    ("Issue", 0.1, "Names the order and the question."),
    ("Rule", 0.35, "States the rule and whether an exception applies, with its authority."),
    ("Application", 0.4, "Uses the facts that decide: {facts}"),
    ("Conclusion", 0.1, "Comes to the answer the law gives, or says what is open."),
    ("Care", 0.05, "Stays with information and gives no advice beyond the role."),
)


class Unaskable(ValueError):
    """A question that cannot be graded: the law leaves it open, or nothing wrong can be offered."""


class Builder:
    """Makes one item of a quiz from variants of a scenario; what would change the answer may come from ``others``."""

    def __init__(
        self,
        scenarios: Iterable[Scenario],
        ask: Ask,
        law: Law,
        kind: Kind,
        salt: str,
        others: Iterable[Scenario] = (),
    ):
        self.scenarios, self.ask, self.law, self.kind, self.salt = tuple(scenarios), ask, law, kind, salt
        self.family = tuple(others) or self.scenarios

    def build(self, id: str, points: float) -> tuple[Item, ItemKey]:
        """The item and its key; Unaskable if a variant has no settled key."""
        pairs = [getattr(self, f"_{self.kind}")(scenario, points) for scenario in self.scenarios]
        item = Item(id, self.kind, points, tuple(question for question, _ in pairs))
        topic = self.ask.rule.split(".")[0]
        return item, ItemKey(id, self.kind, points, topic, self.law.id, tuple(key for _, key in pairs))

    def option(self, scenario: Scenario, wrong: str | None = None) -> str:
        """The id of the right option of a single, or of the one to which a misconception leads."""
        _, key = self._single(scenario, 1.0)
        return next(id for id, one in key.choices.items() if (one.misconception == wrong if wrong else one.right))

    def _single(self, scenario: Scenario, points: float) -> tuple[Question, Key]:
        finding, view = self._finding(scenario), View(scenario, self.law, self.ask)
        text = f"{self._said(view, finding.answer)}. {finding.deciding.says}"
        right = Option(self.id(scenario, "option", text), text)
        options, choices = [right], {right.id: Choice(True, 1.0, finding.deciding.says)}
        for wrong, mistake in offered(view, finding.answer):
            text = f"{self._said(view, mistake.answer)}. {mistake.says}"
            option = Option(self.id(scenario, "option", text), text)
            if option.id in choices:
                continue
            options.append(option)
            choices[option.id] = self._wrong(view, wrong, mistake, finding)
        if len(options) < 2:
            raise Unaskable("no misconception gives a wrong answer to it")
        return self._pair(scenario, finding, tuple(options), choices, right.text)

    def _select(self, scenario: Scenario, points: float) -> tuple[Question, Key]:
        finding, view = self._finding(scenario), View(scenario, self.law, self.ask)
        if not isinstance(finding.answer, frozenset):
            raise Unaskable(f"its answer is “{finding.answer}”, and select needs a set of answers")
        options, choices = [], {}
        for word, text in self._candidates(scenario).items():
            option = Option(self.id(scenario, word), text[:1].upper() + text[1:])
            options.append(option)
            choices[option.id] = self._ticked(view, word, finding)
        right = "; ".join(option.text for option in options if choices[option.id].right)
        return self._pair(scenario, finding, tuple(options), choices, right)

    def _date(self, scenario: Scenario, points: float) -> tuple[Question, Key]:
        finding, view = self._finding(scenario), View(scenario, self.law, self.ask)
        if not isinstance(finding.answer, date):
            raise Unaskable(f"its answer is “{finding.answer}”, and date needs a day")
        choices = {finding.answer.isoformat(): Choice(True, 1.0, finding.deciding.says)}
        pairs = offered(view, finding.answer, most=9)
        for _, mistake in pairs:
            if isinstance(mistake.answer, date):
                same = [pair for pair in pairs if pair[1].answer == mistake.answer]
                choices.setdefault(mistake.answer.isoformat(), self._one_of(view, same, finding))
        return self._pair(scenario, finding, (), choices, spoken(finding.answer))

    def _grid(self, scenario: Scenario, points: float) -> tuple[Question, Key]:
        if len(self.ask.acts) < 2:
            raise Unaskable("a grid needs two or more acts")
        findings = {act: self._finding(scenario, act) for act in self.ask.acts}
        sentences = told(scenario, self.law)
        options = (Option("yes", "Yes"), Option("no", "No"))
        rows, choices = [], {}
        for act, finding in findings.items():
            row = self.id(scenario, "row", act)
            rows.append(Option(row, sentences[scenario.line_of(scenario.event(act))]))
            choices.update(self._row(scenario, row, act, finding))
        right = " ".join(
            f"“{r.text}” {worded(self.ask.rule, findings[a].answer)}." for a, r in zip(findings, rows, strict=True)
        )
        last = list(findings.values())[-1]
        return self._pair(scenario, last, options, choices, right, tuple(rows), list(findings.values()))

    def _row(self, scenario: Scenario, row: str, act: str, finding: Finding) -> dict[str, Choice]:
        view = View(scenario, self.law, self.ask, act)
        right = (worded(self.ask.rule, finding.answer) or "").lower()
        other = "no" if right == "yes" else "yes"
        wrong = [pair for pair in offered(view, finding.answer, most=9) if pair[1].answer != finding.answer]
        mistaken = self._one_of(view, wrong, finding)
        return {f"{row}:{right}": Choice(True, 1.0, finding.deciding.says), f"{row}:{other}": mistaken}

    def _sentence(self, scenario: Scenario, points: float) -> tuple[Question, Key]:
        finding = self._finding(scenario)
        sentences, decides = told(scenario, self.law), finding.decisive
        if not decides:
            raise Unaskable("its last reason rests on no sentence of the story")
        options, choices = [], {}
        for n, sentence in enumerate(sentences):
            option = Option(self.id(scenario, "line", str(n)), sentence)
            options.append(option)
            choices[option.id] = self._pointed(n, finding)
        right = " / ".join(sentences[n] for n in decides)
        return self._pair(scenario, finding, tuple(options), choices, right, keep=True)

    def _pointed(self, n: int, finding: Finding) -> Choice:
        if n in finding.decisive:
            return Choice(True, 1.0, finding.deciding.says)
        if n in finding.lines:
            return Choice(False, 0.0, f"This matters, but it is not what decides. {finding.deciding.says}")
        return Choice(False, 0.0, f"No step of the reasoning needs this sentence. {finding.deciding.says}")

    def _written(self, scenario: Scenario, points: float) -> tuple[Question, Key]:
        finding, view = self._finding(scenario), View(scenario, self.law, self.ask)
        model = " ".join([f"{self._said(view, finding.answer)}.", *(step.says for step in finding.because)])
        question, key = self._pair(scenario, finding, (), {}, model)
        facts = " ".join(told(scenario, self.law)[n] for n in finding.decisive)
        rubric = tuple((part, round(share * points, 2), anchor.format(facts=facts)) for part, share, anchor in RUBRIC)
        stem = f"{question.stem} Explain in four to six sentences: the rule, the facts that matter, the result."
        return (
            Question(question.variant, question.title, question.content, question.story, stem),
            Key(key.variant, model, key.rule, {}, key.decides, key.steps, key.flip, rubric, key.finding),
        )

    def _ticked(self, view: View, word: str, finding: Finding) -> Choice:
        assert isinstance(finding.answer, frozenset)
        if word in finding.answer:
            return Choice(True, 1.0, finding.deciding.says)
        pairs = offered(view, finding.answer, most=9)
        return self._one_of(
            view, [p for p in pairs if isinstance(p[1].answer, frozenset) and word in p[1].answer], finding
        )

    def _one_of(self, view: View, pairs: list[tuple[Misconception, Mistake]], finding: Finding) -> Choice:
        """A wrong answer that several beliefs lead to explains the first but diagnoses none of them."""
        if not pairs:
            return Choice(False, 0.0, finding.deciding.says)
        choice = self._wrong(view, *pairs[0], finding)
        close = [pair for pair in pairs if not pair[0].generic] or pairs
        return choice if len(close) == 1 else replace(choice, misconception=None)

    def _wrong(self, view: View, wrong: Misconception, mistake: Mistake, finding: Finding) -> Choice:
        credit = 0.5 if self.kind == "date" and wrong.name in HALF else 0.0
        return Choice(False, credit, refuted(view, wrong, mistake, finding), wrong.name)

    def _finding(self, scenario: Scenario, act: str | None = None) -> Finding:
        finding = decide(scenario, self.law, self.ask, act)
        if finding.status != "settled":
            raise Unaskable(f"the law {self.law.place} leaves it {finding.answer}: {finding.deciding.says}")
        return finding

    def _candidates(self, scenario: Scenario) -> Mapping[str, str]:
        people = {id: person.name for id, person in scenario.people.items() if person.party}
        return CANDIDATES.get(self.ask.rule, people)

    def _said(self, view: View, answer: Answer) -> str:
        if isinstance(answer, date):
            return spoken(answer)
        if isinstance(answer, frozenset):
            names = {id: person.name for id, person in view.scenario.people.items()}
            names |= CANDIDATES.get(self.ask.rule, {})
            return ", ".join(names.get(word, word) for word in sorted(answer))
        words = worded(self.ask.rule, answer)
        if words:
            return words
        order = next((order for order in view.scenario.orders if order.id == answer), None)
        if order is None:
            return answer[:1].upper() + answer[1:]
        return f"The {label(order, view.scenario, self.law)} of {spoken(order.day)}"

    def _pair(
        self,
        scenario: Scenario,
        finding: Finding,
        options: tuple[Option, ...],
        choices: Mapping[str, Choice],
        answer: str,
        rows: tuple[Option, ...] = (),
        findings: list[Finding] | None = None,
        *,
        keep: bool = False,
    ) -> tuple[Question, Key]:
        variant = self.id(scenario, "variant")
        story = tuple(Option(f"s{n}", text) for n, text in enumerate(told(scenario, self.law)))
        mixed = options if keep or rows else shuffled(options, variant)
        question = Question(variant, scenario.title, scenario.content, story, self._stem(scenario), mixed, rows)
        decides = tuple(f"s{n}" for n in finding.decisive)
        steps = tuple(step for one in findings or [finding] for step in reasons(one))
        flip = flipped(self.family, scenario, self.ask, self.law, self._said) if not rows else ""
        names = {option.id: option.text for option in (*options, *rows)}
        rule = ruling(finding)
        return question, Key(variant, answer, rule, choices, decides, steps, flip, (), plain(finding.answer), names)

    def _stem(self, scenario: Scenario) -> str:
        view = View(scenario, self.law, self.ask)
        sentences, act = told(scenario, self.law), view.act
        stems = GRIDS if self.kind == "grid" else STEMS
        stem = stems[self.ask.rule].format(
            act=sentences[scenario.line_of(act)] if act else "",
            actor=scenario.name(act.who) if act and act.who else "anybody",
            place=self.law.place[:1].upper() + self.law.place[1:],
            the_order=f"the {label(view.order, scenario, self.law)}",
            bound=view.bound,
            protected=view.protected,
            day=spoken(self.ask.day) if self.ask.day else "that day",
        )
        return f"Which sentence of the story decides this: {stem}" if self.kind == "sentence" else stem

    def id(self, scenario: Scenario, *parts: str) -> str:
        """The opaque id of an option, a row or a variant."""
        return opaque(self.salt, scenario.id, scenario.variant, self.ask.id, self.law.id, self.kind, *parts)
