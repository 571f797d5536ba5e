"""What can be wrong with a scenario file beyond the types of its fields."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from importlib import import_module
from math import prod
from typing import get_args

from grader.drafts import Draft, Entry, Telling, block, leaves
from grader.facts import Ask
from grader.families import MOST_VARIANTS
from grader.law import STATE, jurisdictions
from grader.reading import Document, Loc, Problem, nearest
from grader.telling import KINDS, SLOT, sayable, slots

CIVIL = frozenset({"emergency", "ex-parte", "final"})
OFFICES = ("probation-officer", "prosecutor", "officer", "court")
NAME = re.compile(r"[a-z][a-z0-9_-]*")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
DAYS = {kind: [f.name for f in fields(of) if date in (f.type, *get_args(f.type))] for kind, of in KINDS.items()}
DAYS["ask"] = [f.name for f in fields(Ask) if date in get_args(f.type)]
SLOTS = frozenset(name for kind in KINDS for name in sayable(kind)) | {"order"}
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "order": ("binds", "protects", "permission_by"),
    "event": ("who", "whom", "through", "asked_by", "started_by"),
    "case": ("against", "by"),
    "relation": ("between",),
    "ask": ("person",),
}
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "order": {"case": "case", "extends": "order"},
    "event": {"order": "order", "case": "case", "answers": "event"},
    "ask": {"act": "event", "acts": "event", "order": "order", "other": "order"},
}
Check = Callable[[Draft], Iterator[Problem]]


@dataclass(frozen=True)
class Sequence:
    """Two days of a fact, of which the second may not come before the first."""

    kind: str
    first: str
    then: str
    at: str
    wrong: str
    right: str


SEQUENCES = (
    Sequence("order", "day", "ends", "ends", "ends before it starts.", "Give a day after the order was made."),
    Sequence("order", "day", "served", "served", "is served before it is made.", "Give a day on or after it."),
    Sequence("order", "day", "hearing", "hearing", "is heard before it is made.", "Give a day on or after it."),
    Sequence("order", "announced", "day", "announced", "is announced after it is made.", "Give an earlier day."),
    Sequence("event", "day", "until", "until", "ends before the step in court.", "Give a day after the step."),
)  # fmt: skip


def problems(document: Document, stem: str, known_rules: Collection[str] | None) -> list[Problem]:
    """Everything wrong with a scenario file that its types cannot tell. `stem` is the file name without .yaml."""
    draft = Draft(document)
    found = [problem for check in CHECKS for problem in check(draft)]
    rules = known_rules if known_rules is not None else import_module("grader.rules").RULES
    return list(dict.fromkeys([*found, *_file_name(draft, stem), *_rules(draft, rules)]))


def _file_name(draft: Draft, stem: str) -> Iterator[Problem]:
    id = draft.given.get("id")
    if isinstance(id, str) and id != stem:
        yield draft.document.problem(("id",), f"is “{id}”.", f"The file is called {stem}.yaml; give both one name.")


def _nothing(draft: Draft) -> Iterator[Problem]:
    wanted = {
        "topics": "Name what the story teaches.",
        "law": "Name the jurisdictions in which it may be asked.",
        "people": "Name everybody in the story.",
        "story": "Tell what happened, one sentence after another.",
        "ask": "Ask at least one question of law.",
    }
    for name, right in wanted.items():
        if name in draft.given and draft.given[name] in (None, [], {}):
            yield draft.document.problem((name,), "is empty.", right)


def _jurisdictions(draft: Draft) -> Iterator[Problem]:
    """A reported decision may come from any state: one whose law was not read leaves every question open."""
    known, reported = jurisdictions(), bool(draft.given.get("decision"))
    here = [text for _, text in leaves((), draft.given.get("law"))]
    named = list(leaves(("law",), draft.given.get("law")))
    named += [((*ask.at, "expect", key), key) for ask in draft.asks for key in block(ask.given.get("expect"))]
    for at, name in named:
        if name not in known and not (reported and STATE.fullmatch(name)):
            yield draft.document.problem(at, f"“{name}” is no jurisdiction on file.", nearest(name, known))
        elif at[0] == "ask" and name not in here:
            yield draft.document.problem(at, f"“{name}” is not in law:, so nobody asks it there.", "Add it to law:.")
    for fact in draft.facts:
        for field in ("made_in", "state"):
            for at, name in fact.texts(field):
                if name not in known and not STATE.fullmatch(name):
                    right = "Write “us-” and the two letters of the state."
                    yield draft.document.problem(at, f"“{name}” is no jurisdiction.", right)


def _names(draft: Draft) -> Iterator[Problem]:
    named: list[tuple[Loc, str, bool]] = [(("people", person), person, True) for person in draft.people]
    named += [((*e.at, "id"), e.id, e.kind == "order") for e in (*draft.facts, *draft.asks) if e.id]
    for at, name, is_slot in named:
        if not NAME.fullmatch(name):
            right = "Use small letters, digits and hyphens, like first-order."
            yield draft.document.problem(at, f"“{name}” is no short name.", right)
        elif is_slot and name in SLOTS:
            right = "Choose another short name, so that the slot has one meaning."
            yield draft.document.problem(at, f"“{name}” is the name of a field.", right)
        elif is_slot and at[0] == "story" and name in draft.people:
            yield draft.document.problem(at, f"“{name}” is a person.", "Give the order a short name of its own.")


def _twice(draft: Draft) -> Iterator[Problem]:
    lines = [((fact.at, fact.id) for telling in line for fact in telling.facts) for line in draft.lines]
    groups = [*map(list, lines), *([(ask.at, ask.id)] for ask in draft.asks)]
    seen: dict[tuple[object, str], int] = {}
    for n, group in enumerate(groups):
        for at, id in group:
            if id and seen.setdefault((at[0], id), n) != n:
                right = "Give each its own. Only the alternatives of one line may share an id."
                yield draft.document.problem((*at, "id"), f"“{id}” is already the id of another entry.", right)


def _shape(draft: Draft) -> Iterator[Problem]:
    for telling in draft.tellings:
        if len(telling.facts) > 1:
            both = " and ".join(f"{fact.kind}:" for fact in telling.facts)
            yield draft.document.problem(telling.at, f"has {both}", "One line states one fact. Make two lines of it.")
        if "or" in telling.at and "or" in telling.given:
            right = "List it beside the others, under the line itself."
            yield draft.document.problem((*telling.at, "or"), "An alternative has no alternatives of its own.", right)
    variants = prod(map(len, draft.lines))
    if variants > MOST_VARIANTS:
        right = f"At most {MOST_VARIANTS} variants: take out alternatives, or make two scenarios of it."
        yield draft.document.problem(("story",), f"has {variants} variants.", right)


def _people(draft: Draft) -> Iterator[Problem]:
    for entry in (*draft.facts, *draft.asks):
        for field in PEOPLE[entry.kind]:
            known = (*draft.people, *(OFFICES if field == "permission_by" else ()))
            for at, person in entry.texts(field):
                if person not in known:
                    yield draft.document.problem(at, f"“{person}” is not among the people.", nearest(person, known))
        for at, person in entry.texts("protects"):
            if entry.kind == "order" and person == entry.given.get("binds"):
                right = "Somebody else is protected. An order that binds both is two orders."
                yield draft.document.problem(at, f"“{person}” is bound by the same order.", right)


def _references(draft: Draft) -> Iterator[Problem]:
    for entry in (*draft.facts, *draft.asks):
        for field, kind in REFERENCES.get(entry.kind, {}).items():
            for at, id in entry.texts(field):
                if (entry.kind, entry.id) == (kind, id):
                    yield draft.document.problem(at, f"“{id}” is this {kind} itself.", f"Name another {kind}.")
                elif id not in draft.ids(kind):
                    right = nearest(id, draft.ids(kind)) or f"Tell of it on a line with {kind}:."
                    yield draft.document.problem(at, f"“{id}” is no {kind} of this story.", right)
                elif (kind, id) not in draft.always:
                    right = f"Give every alternative of its line {'an' if kind != 'case' else 'a'} {kind}: {id}."
                    yield draft.document.problem(at, f"“{id}” is missing in some variants.", right)


def _slots(draft: Draft) -> Iterator[Problem]:
    for telling in draft.tellings:
        at = (*telling.at, "says")
        if "{" in (rest := SLOT.sub("", telling.says)) or "}" in rest:
            yield draft.document.problem(at, "has a brace without its partner.", "Write a slot like {who}.")
        fact = telling.facts[0] if telling.facts else None
        can = _can_say(draft, telling, fact)
        for name in dict.fromkeys(slots(telling.says)):
            if name in can:
                continue
            if fact and name in sayable(fact.kind):
                right = f"Write {name}: in the {fact.kind}, or say the sentence without it."
                yield draft.document.problem(at, f"{{{name}}} has nothing to stand for it.", right)
            else:
                yield draft.document.problem(at, f"{{{name}}} is a slot without a fact.", nearest(name, can))


def _can_say(draft: Draft, telling: Telling, fact: Entry | None) -> set[str]:
    can = {*draft.people, *(id for kind, id in draft.always if kind == "order")}
    if fact:
        can |= {name for name in sayable(fact.kind) if fact.given.get(name) not in (None, [])}
    if fact and fact.kind == "order":
        can |= {"order", fact.id}
    return can


def _days(draft: Draft) -> Iterator[Problem]:
    for entry in (*draft.facts, *draft.asks):
        for field in DAYS[entry.kind]:
            for at, text in entry.texts(field):
                if not DAY.fullmatch(text):
                    yield draft.document.problem(at, f"“{text}” is not a date.", "Write a date like 2026-04-27.")
        for rule in SEQUENCES:
            first, then = _day(entry, rule.first), _day(entry, rule.then)
            if rule.kind == entry.kind and first and then and then < first:
                yield draft.document.problem((*entry.at, rule.at), rule.wrong, rule.right)
        told, heard = _day(entry, "announced") or _day(entry, "day"), _day(entry, "notice_day")
        if told and heard and heard < told:
            right = "Give the day it was made or announced, or a later one."
            yield draft.document.problem((*entry.at, "notice_day"), "comes before the order.", right)


def _day(entry: Entry, field: str) -> date | None:
    text = entry.given.get(field)
    try:
        return date.fromisoformat(text) if isinstance(text, str) and DAY.fullmatch(text) else None
    except ValueError:
        return None


def _contradictions(draft: Draft) -> Iterator[Problem]:
    for fact in draft.facts:
        given = fact.given
        dated, face, notice = given.get("ends") is not None, given.get("face"), given.get("notice")
        if fact.kind == "order" and face is not None and dated != (face == "dated"):
            right = (
                "Give ends: with face: dated, or leave face: out." if not dated else "Keep ends: or face:, not both."
            )
            yield draft.document.problem((*fact.at, "face"), f"is “{face}”, but ends: says otherwise.", right)
        if notice == "none" and (given.get("served") or given.get("notice_day")):
            right = "Leave the day of notice out, or say how notice came."
            yield draft.document.problem((*fact.at, "notice"), "is “none”, but there is a day of notice.", right)


def _ties(draft: Draft) -> Iterator[Problem]:
    for fact in draft.facts:
        if fact.kind != "order" or fact.given.get("kind") not in CIVIL or fact.given.get("ground"):
            continue
        protected = {person for _, person in fact.texts("protects")}
        if not any(_ties_in(line, str(fact.given.get("binds")), protected) for line in draft.lines):
            right = "Say what they are to each other on a line with relation:, or give ground:."
            yield draft.document.problem(fact.at, "has no ground, and its people have no relation.", right)


def _ties_in(line: tuple[Telling, ...], bound: str, protected: set[str]) -> bool:
    """Whether every telling of a line says what the bound person is to a protected one."""
    pairs = [{p for f in t.facts if f.kind == "relation" for _, p in f.texts("between")} for t in line]
    return all(bound in pair and pair & protected for pair in pairs)


def _rules(draft: Draft, known: Collection[str]) -> Iterator[Problem]:
    for ask in draft.asks:
        rule = ask.given.get("rule")
        if not isinstance(rule, str):
            continue
        if rule not in known:
            yield draft.document.problem((*ask.at, "rule"), f"“{rule}” is no rule.", nearest(rule, known))
            continue
        for need in getattr(known[rule], "needs", ()) if isinstance(known, Mapping) else ():
            if not ask.given.get(need) and not (need == "act" and ask.given.get("acts")):
                yield draft.document.problem((*ask.at, need), "is missing.", f"The rule {rule} needs it.")


CHECKS: tuple[Check, ...] = (
    _nothing, _jurisdictions, _names, _twice, _shape, _people, _references, _slots, _days, _contradictions, _ties,
)  # fmt: skip
