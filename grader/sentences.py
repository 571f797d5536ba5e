"""Collects every sentence that the rules can say to a learner, so that somebody can read them in one place.

A sentence is said in many stories; here it stands once, with the people, the order and the days in it masked. The
rules say some sentences only under law that no place has today, so each answer the law gives is also turned round, in
the first story that reads it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from string import Template
from typing import NamedTuple

from grader.calendar import MONTHS
from grader.families import Asked, Family
from grader.findings import Finding
from grader.law import OrderLaw, Value, instead, jurisdictions, law
from grader.markdown import MARKS, table
from grader.mutants import Change, mutants
from grader.readings import Reading, by_reading, decided, readers
from grader.telling import label

TEMPLATE = Path(__file__).parent / "templates" / "sentences.md"
DAY = re.compile(rf"\b({'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}}|\d{{4}}-\d\d-\d\d")


class Sentence(NamedTuple):
    """One step as a rule may put it: what it is about, what it counts for, its words, and what it rests on."""

    element: str
    counts: str
    says: str
    rests: str


def sentences_page(families: Iterable[Family]) -> str:
    """The page with every sentence, once, by what it is about."""
    rows = sorted(sentences(families))
    text = TEMPLATE.read_text(encoding="utf-8")
    return Template(text).substitute(table=table(("About", "Counts", "Sentence", "Rests on"), rows))


def sentences(families: Iterable[Family]) -> set[Sentence]:
    """What the rules say in some stories, under the law as it is and with each answer of the law turned round."""
    asked = list(readers(families))
    found = {sentence for reader in asked for sentence in _said(reader.asked, reader.finding)}
    index = by_reading(asked)
    for name in jurisdictions():
        for mutant in chain(mutants(law(name)), mutants(law(name), _opened)):
            first = next(iter(index.get(Reading(name, mutant.order, mutant.question), [])), None)
            if first is not None:
                with instead({name: mutant.law}):
                    found.update(_said(first.asked, decided(first.asked)))
    return found


def _opened(order: OrderLaw, name: str, said: list[Value]) -> Iterator[tuple[str, Change]]:
    yield "unsettled", lambda value: replace(value, value="unsettled")


def _said(one: Asked, finding: Finding) -> Iterator[Sentence]:
    masks = _masks(one)
    for step in finding.because:
        words = DAY.sub("‹day›", step.says)
        for text, mask in masks:
            words = re.sub(rf"\b{re.escape(text)}", mask, words)
        rests = " and ".join(name for name, on in (("law", step.cites), ("story", step.lines)) if on)
        element = step.element.replace("_", " ").replace("-", " ")
        yield Sentence(element, "aside" if step.aside else MARKS[step.met], words, rests or "nothing")


def _masks(one: Asked) -> list[tuple[str, str]]:
    """What stands for the names of people and orders, the longest first."""
    paper = one.scenario.order(one.ask.order) if one.ask.order else None
    roles = dict.fromkeys(paper.protects, "protected") | {paper.binds: "bound"} if paper else {}
    people = [(person.name, f"‹{roles.get(id, 'other')}›") for id, person in one.scenario.people.items()]
    orders = [(label(order, one.scenario, law(one.place)), "‹order›") for order in one.scenario.orders]
    return sorted({*people, *orders}, key=lambda pair: (-len(pair[0]), pair))
