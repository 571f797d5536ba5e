"""Writes the page on which a lawyer can check how the rules argue: every reported decision, step by step."""

from collections.abc import Iterator
from pathlib import Path
from string import Template

from grader.casebook import asked_of, cases, found_in
from grader.families import Family
from grader.findings import Because, plain
from grader.law import law
from grader.markdown import MARKS
from grader.telling import told

TEMPLATE = Path(__file__).parent / "templates" / "reasons.md"


def reasons_page(folder: Path) -> str:
    """The decisions of a folder: the story, each question with its answer, and each step with its authority."""
    text = TEMPLATE.read_text(encoding="utf-8")
    return Template(text).substitute(cases="\n\n".join("\n".join(_case(family)) for family in cases(folder)))


def _case(family: Family) -> Iterator[str]:
    decision, place = family.decision, law(family.law[0])
    yield f"## {family.title} (`{family.id}`)\n"
    if decision:
        yield f"[{decision.cite}]({decision.href}), {decision.court}. Law: {place.label}.\n"
    for n, sentence in enumerate(told(family.variants()[0], place), 1):
        yield f"{n}. {sentence}"
    for (ask, act, _), finding in zip(asked_of(family), found_in(family), strict=True):
        about = f" ({act})" if act else ""
        yield f"\n**`{ask.rule}`{about}: {plain(finding.answer)}**\n"
        yield from map(_step, finding.because)


def _step(step: Because) -> str:
    lines = ", ".join(str(line + 1) for line in step.lines)
    where = f" [sentence {lines}]" if lines else ""
    cites = "; ".join(f"[{cite.cite}]({cite.href}), checked {cite.checked}" for cite in step.cites)
    element = step.element.replace("_", " ").replace("-", " ")
    rests = f" — {cites}" if cites else ""
    return f"* {MARKS[step.met]} *{element}*: {step.says}{where}{rests}"
