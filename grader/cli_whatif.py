"""The command ``grader whatif``: which single change of a fact flips an answer, for whoever writes scenarios."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from grader.facts import Ask
from grader.families import Family
from grader.findings import Finding, plain
from grader.reading import BadInput, Problem, nearest
from grader.terminal import Json, out, places_named, print_json, reporting
from grader.whatif import Flip, Senseless, Supposed, decided, search, start
from grader.whatif.page import answer, question, says_flip


def whatif(
    file: Annotated[Path, typer.Argument(help="A scenario file.", show_default=False)],
    law: Annotated[list[str] | None, typer.Option("--law", help="Only this jurisdiction; may be repeated.")] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help="Only questions put to this rule; may be repeated.")
    ] = None,
    variant: Annotated[
        str | None, typer.Option("--variant", help="One variant, such as 0 or 1.0. Default: as first written.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the answer as told, and every single change of a fact that gives another answer.

    Each change is put to the real rules. Tried are the other sentences of the author, and every fact that the
    rule reads; a change after which the law read does not answer is not listed.
    """
    from grader.scenarios import load

    with reporting(as_json):
        family = load(file)
        places = places_named(law, family.law)
        asked = _asked(family, rule)
        if variant is not None and variant not in (known := [one.variant for one in family.variants()]):
            wrong = f"“{variant}” is no variant of {family.id}."
            raise BadInput([Problem("--variant", 1, "", wrong, nearest(variant, known))])
        told = [start(family, ask, act, place, variant or "") for place in places for ask, act in asked]
        if as_json:
            print_json({"id": family.id, "questions": [_searched(one) for one in told]})
            return
        for one in told:
            out.print(_shown(_searched(one)))


def _asked(family: Family, rules: Iterable[str] | None) -> list[tuple[Ask, str | None]]:
    """The questions of a scenario, or those put to some rules; BadInput for a rule that it does not ask."""
    known = {ask.rule for ask in family.asks}
    for name in rules or ():
        if name not in known:
            wrong = f"“{name}” is asked by no question of {family.id}."
            raise BadInput([Problem("--rule", 1, "", wrong, nearest(name, known))])
    return [(ask, act) for ask in family.asks if not rules or ask.rule in rules for act in ask.acts or (None,)]


def _searched(told: Supposed) -> dict[str, Any]:
    """One question with its answer and its flips, as plain data."""
    try:
        finding, found = decided(told), search(told)
    except Senseless as wrong:
        right = "Look at the facts it names with `grader explain`."
        problem = Problem(told.family.file, 1, told.ask.id, f"cannot be asked under {told.place}.", right)
        raise BadInput([problem]) from wrong
    return {
        "ask": f"{told.ask.id} ({told.act})" if told.act else told.ask.id,
        "rule": told.ask.rule,
        "law": told.place,
        "question": question(told),
        **_answered(told, finding),
        "tried": found.tried,
        "flips": [_flip(told, flip) for flip in found.flips],
        "unknown_in": list(found.unknown_places),
    }


def _answered(supposed: Supposed, finding: Finding) -> dict[str, Any]:
    return {
        "answer": plain(finding.answer),
        "answer_in_words": answer(supposed, finding),
        "decides": finding.deciding.says,
        "cites": [provision.cite for provision in finding.deciding.cites],
    }


def _flip(told: Supposed, flip: Flip) -> dict[str, Any]:
    line = flip.knob.line
    field = flip.knob.field or ("law" if flip.knob.id == "place" else "or")
    change = {"line": line, "field": field, "value": flip.value}
    return {**change, "what": flip.knob.label, "to": says_flip(told, flip), **_answered(flip.after, flip.finding)}


def _shown(data: dict[str, Any]) -> RenderableType:
    """What the command prints about one question."""
    head = Text.assemble((f"{data['ask']} · {data['law']}", "bold"), f"  {data['question']}")
    tree = Tree(Text.assemble(head, "\n→ ", (data["answer_in_words"], "bold green"), f"  {data['decides']}"))
    for what, flips in _grouped(data["flips"]):
        node = tree.add(Text(what, style="bold"))
        for flip in flips:
            node.add(_line(flip))
    if not data["flips"]:
        tree.add("No single change gives another answer.")
    count = f"{len(data['flips'])} of {data['tried']:,} single changes give another answer."
    unknown = f" The law read does not answer in: {', '.join(data['unknown_in'])}." if data["unknown_in"] else ""
    return Group(tree, Text(f"{count}{unknown}\n", style="dim"))


def _grouped(flips: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Flips by the fact that changes, with the line of the story on which it stands."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for flip in flips:
        line = "" if flip["line"] is None else f"  [line {flip['line']}]"
        groups.setdefault(f"{flip['what']}{line}", []).append(flip)
    yield from groups.items()


def _line(flip: dict[str, Any]) -> Text:
    cite = f"\n  {flip['cites'][0]}" if flip["cites"] else ""
    return Text.assemble(
        flip["to"], " → ", (flip["answer_in_words"], "bold yellow"), f"  {flip['decides']}", (cite, "dim")
    )
