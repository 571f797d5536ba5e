"""Every step of an argument that the tests of the rules bring about, as somebody has read and approved it.

A test that brings about another step fails and says so. Whoever meant the change runs ``make approve`` and reads the
difference in steps.txt.
"""

import atexit
import os
from functools import cache
from pathlib import Path

from grader.findings import Because, Finding
from grader.sentences import DAY

FILE = Path(__file__).with_name("steps.txt")
WRITING = bool(os.environ.get("GRADER_APPROVE"))
MARKS = {True: "yes", False: "no", None: "-"}
_seen: set[str] = set()


def approved(finding: Finding) -> Finding:
    """The finding, once each of its steps was found among those approved."""
    for step in finding.because:
        line = _line(finding.rule, step)
        _seen.add(line)
        assert WRITING or line in _known(), f"not approved yet (make approve): {line}"
    return finding


@cache
def _known() -> frozenset[str]:
    return frozenset(FILE.read_text(encoding="utf-8").splitlines())


def _line(rule: str, step: Because) -> str:
    """Topic, element, what it counts for, what it rests on, and the words without their days."""
    rests = "+".join(name for name, on in (("law", step.cites), ("story", step.lines), ("aside", step.aside)) if on)
    return " | ".join((rule.partition(".")[0], step.element, MARKS[step.met], rests, DAY.sub("‹day›", step.says)))


def _write() -> None:
    FILE.write_text("".join(f"{line}\n" for line in sorted(_seen)), encoding="utf-8")


if WRITING:
    atexit.register(_write)
