"""Shows an author what follows from a scenario: story, questions, findings, reasons and wrong options."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from grader.facts import Ask, Scenario
from grader.families import Family
from grader.feedback import refuted
from grader.findings import Finding, plain
from grader.law import Law, law
from grader.misconceptions import View, offered
from grader.rules import ask as decide
from grader.telling import told


def explained(family: Family, scenarios: Iterable[Scenario], places: Iterable[str]) -> dict[str, Any]:
    """All that follows from a scenario, as plain data: by variant, by jurisdiction, by question."""
    return {
        "id": family.id,
        "title": family.title,
        "file": family.file,
        "variants": [_variant(scenario, family, tuple(places)) for scenario in scenarios],
    }


def _variant(scenario: Scenario, family: Family, places: tuple[str, ...]) -> dict[str, Any]:
    return {
        "variant": scenario.variant,
        "law": {
            place: {
                "story": list(told(scenario, law(place))),
                "questions": [
                    question(scenario, law(place), ask, act) for ask in family.asks for act in ask.acts or (None,)
                ],
            }
            for place in places
        },
    }


def question(scenario: Scenario, place: Law, ask: Ask, act: str | None = None) -> dict[str, Any]:
    """One question with its finding, its reasons and what each misconception answers, as plain data."""
    finding, view = decide(scenario, place, ask, act), View(scenario, place, ask, act)
    wrong = [
        {
            "misconception": misconception.name,
            "belief": misconception.belief,
            "answer": plain(mistake.answer),
            "says": mistake.says,
            "feedback": refuted(view, misconception, mistake, finding),
        }
        for misconception, mistake in offered(view, finding.answer)
    ]
    asked = f"{ask.id} ({act})" if act else ask.id
    return {"ask": asked, "rule": ask.rule, **as_dict(finding), "wrong": wrong if finding.status == "settled" else []}


def as_dict(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    return {
        "answer": plain(finding.answer),
        "status": finding.status,
        "because": [
            {
                "element": step.element,
                "says": step.says,
                "met": step.met,
                "lines": list(step.lines),
                "cites": [
                    {
                        "cite": c.cite,
                        "gist": c.gist,
                        "href": c.href,
                        "confidence": c.confidence,
                        "checked": c.checked.isoformat(),
                    }
                    for c in step.cites
                ],
            }
            for step in finding.because
        ],
    }


def shown(data: dict[str, Any]) -> RenderableType:
    """What `grader explain` prints."""
    return Group(*_panels(data))


def _panels(data: dict[str, Any]) -> Iterator[RenderableType]:
    for variant in data["variants"]:
        for place, content in variant["law"].items():
            story = Text("\n").join(Text(f"{n}  {line}") for n, line in enumerate(content["story"]))
            title = f"{data['title']} · variant {variant['variant']} · {place}"
            yield Panel(story, title=title, title_align="left")
            yield from (_tree(asked) for asked in content["questions"])


def _tree(asked: dict[str, Any]) -> Tree:
    style = "bold green" if asked["status"] == "settled" else "bold yellow"
    tree = Tree(Text.assemble((asked["ask"], "bold"), f"  {asked['rule']} → ", (asked["answer"], style)))
    for step in asked["because"]:
        mark = {True: "✔", False: "✘", None: "·"}[step["met"]]
        lines = f"  [line {', '.join(map(str, step['lines']))}]" if step["lines"] else ""
        node = tree.add(Text(f"{mark} {step['says']}{lines}"))
        for cite in step["cites"]:
            node.add(
                Text(f"{cite['cite']}: {cite['gist']} ({cite['confidence']}, checked {cite['checked']})", style="dim")
            )
    for wrong in asked["wrong"]:
        node = tree.add(Text(f"✘ {wrong['answer']}: {wrong['says']}  ← {wrong['misconception']}", style="red"))
        node.add(Text(wrong["feedback"], style="dim"))
    return tree


def compared(family: Family, scenario: Scenario, places: Iterable[str]) -> dict[str, Any]:
    """The same facts under every law on file, as plain data: a row for each question."""
    rows = []
    for ask in family.asks:
        for act in ask.acts or (None,):
            answers = {place: as_dict(decide(scenario, law(place), ask, act)) for place in places}
            rows.append({"ask": f"{ask.id} ({act})" if act else ask.id, "rule": ask.rule, "answers": answers})
    return {"id": family.id, "variant": scenario.variant, "rows": rows}


def table(data: dict[str, Any]) -> Table:
    """What `grader compare` prints: under each question a row for every jurisdiction."""
    out = Table(title=f"{data['id']} · variant {data['variant']}")
    out.add_column("question")
    out.add_column("law", no_wrap=True)
    out.add_column("answer")
    out.add_column("the step that decides")
    for row in data["rows"]:
        asked = f"{row['ask']}\n{row['rule']}"
        for place, answer in row["answers"].items():
            out.add_row(asked, place, *_cells(answer))
            asked = ""
        out.add_section()
    return out


def _cells(answer: dict[str, Any]) -> tuple[Text, Text]:
    style = "bold" if answer["status"] == "settled" else "bold yellow"
    last = answer["because"][-1]
    cite = f"\n{last['cites'][0]['cite']}" if last["cites"] else ""
    return Text(answer["answer"], style=style), Text.assemble(last["says"], (cite, "dim"))
