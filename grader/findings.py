"""What follows from the facts and the law, and why.

A finding is an answer with the reasons that lead to it, each resting on a provision, on lines of
the story, or on both. Nothing here knows a rule.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from grader.law import Provision

Answer = str | date | frozenset[str]
Status = Literal["settled", "unknown", "unsettled", "discretion"]

OPEN: dict[str, Status] = {"unknown": "unknown", "unsettled": "unsettled", "discretion": "discretion"}


@dataclass(frozen=True)
class Because:
    """One step of the argument: a plain sentence, its authority and the lines it rests on."""

    says: str
    element: str
    met: bool | None = None
    cites: tuple[Provision, ...] = ()
    lines: tuple[int, ...] = ()
    aside: bool = False
    """True for what people expect to matter and the law passes over: a wish, a belief, a spoken word."""


@dataclass(frozen=True)
class Finding:
    """An answer and its reasons, in the order a lawyer would give them."""

    rule: str
    answer: Answer
    because: tuple[Because, ...]
    jurisdiction: str
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def status(self) -> Status:
        """Whether the law settles the question, and if not, how it is open."""
        return OPEN.get(self.answer, "settled") if isinstance(self.answer, str) else "settled"

    @property
    def deciding(self) -> Because:
        """The step on which the answer turns: the last one."""
        return self.because[-1]

    @property
    def decisive(self) -> tuple[int, ...]:
        """The story lines that decide: those of the last step that is more than an aside."""
        steps = [step for step in self.because if not step.aside]
        return steps[-1].lines if steps else self.deciding.lines

    @property
    def lines(self) -> tuple[int, ...]:
        """The story lines the whole argument rests on, in order."""
        return tuple(sorted({line for because in self.because for line in because.lines}))

    @property
    def cites(self) -> tuple[Provision, ...]:
        """The provisions cited, each once, in the order of the argument."""
        return tuple(dict.fromkeys(p for because in self.because for p in because.cites))


def plain(answer: Answer | tuple[str, ...]) -> str:
    """An answer as an author writes it in ``expect:``; the same on every run."""
    if isinstance(answer, date):
        return answer.isoformat()
    return answer if isinstance(answer, str) else ", ".join(sorted(answer))


@dataclass
class Argument:
    """Collects reasons while a rule runs; a rule that cannot go on still shows how far it came."""

    rule: str
    jurisdiction: str
    steps: list[Because] = field(default_factory=list)
    asked: tuple[tuple[str, str], ...] = ()

    def because(
        self,
        element: str,
        says: str,
        *,
        met: bool | None = None,
        cites: tuple[Provision, ...] = (),
        lines: tuple[int, ...] = (),
        aside: bool = False,
    ) -> None:
        """Record one step."""
        self.steps.append(Because(says, element, met, cites, tuple(dict.fromkeys(lines)), aside))

    def conclude(self, answer: Answer) -> Finding:
        """End the argument with an answer."""
        return Finding(self.rule, answer, tuple(self.steps), self.jurisdiction, self.asked)
