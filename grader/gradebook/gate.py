"""When feedback may go out. A page of feedback holds the key, so until then nobody but the instructor has one.

No key is ever in a notebook, whatever the rule: “at once” means as soon as the work is graded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.gradebook.marks import Mark
from grader.gradebook.own import Allowed
from grader.gradebook.policy import When, rules_of

WAITS = "a text still waits to be marked"


@dataclass(frozen=True)
class Gate:
    """Whether feedback on a quiz may go out now, by which rule, and why not."""

    rule: When
    open: bool
    why: str = ""

    def held(self, marks: Mapping[str, Mark]) -> str:
        """Why the page of one learner is held back; empty if it may go."""
        whole = not any(mark.waiting for mark in marks.values())
        return WAITS if self.rule == "after submission" and not whole else ""


def gate(course: Path, quiz: str, allowed: Allowed, now: datetime | None = None) -> Gate:
    """The gate for a quiz, by the rules of its course. ``now`` is UTC without a zone."""
    rule, now = rules_of(course, quiz).feedback, now or datetime.now(UTC).replace(tzinfo=None)
    if rule != "after closing" or (allowed.closes and allowed.closes <= now):
        return Gate(rule, True)
    if allowed.closes is None:
        return Gate(rule, False, f"is never due, so it never closes. Say when: grader course due {quiz} 2026-12-01")
    longer = " for those who have longest" if allowed.extensions else ""
    return Gate(rule, False, f"closes only on {allowed.closes:%Y-%m-%d %H:%M} UTC{longer}.")


def in_order(held: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The learners held back, by reason."""
    reasons: dict[str, list[str]] = {}
    for learner, why in sorted(held.items()):
        reasons.setdefault(why, []).append(learner)
    return list(reasons.items())


def still_open(learners: Iterable[str], handed_in: Iterable[str], allowed: Allowed) -> list[str]:
    """Learners who may still hand in for the first time, and to whom others could tell the answers."""
    done = {*handed_in, *allowed.excused}
    return [one for one in learners if one not in done]
