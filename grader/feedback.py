"""The words of feedback, all taken from findings and provisions: why, on whose authority, what would differ."""

import re
from collections.abc import Callable, Iterable
from itertools import takewhile

from grader.facts import Ask, Scenario
from grader.findings import Answer, Because, Finding
from grader.law import Law, Provision, Value
from grader.misconceptions import Misconception, Mistake, View
from grader.rules import ask as decide
from grader.sheet import Citation, Step
from grader.telling import told

SENTENCE = re.compile(r"(?<=[.!?”]) (?=[A-Z“])")
"""Where one sentence ends and the next begins. A place wrongly taken for one only leaves more, or less, unquoted."""


def reasons(finding: Finding) -> tuple[Step, ...]:
    """The whole chain of reasons, step by step."""
    return tuple(
        Step(step.says, step.met, tuple(map(cited, step.cites)), tuple(f"s{n}" for n in step.lines))
        for step in finding.because
    )


def cited(provision: Provision) -> Citation:
    """A provision as feedback shows it."""
    checked = provision.checked.isoformat()
    return Citation(provision.cite, provision.href, provision.gist, provision.confidence, checked)


def ruling(finding: Finding) -> str:
    """The rule in one sentence: the gist of the authority behind the deciding step, else the step itself."""
    cites = finding.deciding.cites
    return cites[0].gist if cites else finding.deciding.says


def refuted(view: View, wrong: Misconception, mistake: Mistake, finding: Finding) -> str:
    """What a wrong choice rests on, that it is false, and why."""
    value = wrong.refutation(view)
    step = _step_on(value, finding) if value else None
    why = step.says if step else value.cites[0].gist if value else finding.deciding.says
    if mistake.answer == finding.answer:
        return f"The answer is right, but the reason is not. The belief: “{wrong.belief}” {why}"
    return f"The belief: “{wrong.belief}” That is not so. {why}"


def _step_on(value: Value, finding: Finding) -> Because | None:
    """The step of the argument that rests on a value, the deciding one first."""
    behind = (value.cites, *value.by.values())
    steps = (finding.deciding, *finding.because)
    return next((step for step in steps if step.cites in behind), None)


def flipped(
    family: Iterable[Scenario], scenario: Scenario, ask: Ask, law: Law, said: Callable[[View, Answer], str]
) -> str:
    """What would be different if one sentence of the story were another; empty if no variant shows it."""
    here = decide(scenario, law, ask)
    mine = told(scenario, law)
    for other in family:
        changed = [n for n, (a, b) in enumerate(zip(scenario.story, other.story, strict=True)) if a != b]
        if len(changed) != 1:
            continue
        there = decide(other, law, ask)
        if there.answer != here.answer and there.status == "settled":
            anew = new(mine[changed[0]], told(other, law)[changed[0]])
            answer = said(View(other, law, ask), there.answer)
            return f"If the story said “{anew}” instead, the answer would be: {answer}."
    return ""


def new(mine: str, theirs: str) -> str:
    """What a changed part of the story says anew, without the sentences around it that stay; what “It” means stays."""
    here, there = SENTENCE.split(mine), SENTENCE.split(theirs)
    start, end = _same(here, there), _same(here[::-1], there[::-1])
    if there[start:] and there[start].startswith("It "):
        start = max(start - 1, 0)
    return " ".join(there[start : len(there) - end]) or theirs


def _same(here: list[str], there: list[str]) -> int:
    """How many sentences two texts have in common at their start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
