"""What may be changed about a story, and how: the author's other sentences first, then the facts one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time
from functools import cache
from typing import Any, Literal, get_args

from grader.calendar import spoken
from grader.facts import Case, Event, Fact, Order, Relation
from grader.law import jurisdictions, law
from grader.messages import day, say
from grader.telling import fill, label, meanings
from grader.whatif.settings import with_value
from grader.whatif.supposed import Senseless, Supposed
from grader.words import LEGAL

Form = Literal["choice", "day", "hour", "number", "ticks"]
Options = tuple[tuple[str, str], ...]
"""Pairs of a value, as text, and what it says in plain words."""

ACTING = (
    "by", "at", "beside", "distance", "within_reach", "present", "through", "started_by", "purpose", "peaceful",
    "brief", "effect", "accident", "left", "trivial", "incidental", "able", "believes", "unclear",
)  # fmt: skip
"""What is asked of something that a person did."""
IN_COURT = (
    "order", "written", "served", "evidence", "proved", "showing", "contested", "until", "permanent", "allows", "drops",
)  # fmt: skip
"""What is asked of a step in court."""
FIELDS: Mapping[type, tuple[str, ...]] = {
    Event: ("who", "whom", "did", "day", "hour", *ACTING, "asked_by", "intended", "forced", "state", *IN_COURT),
    Order: (
        "kind", "binds", "protects", "notice", "noticed", "knew_terms", "day", "ends", "face", "forbids", "allows",
        "places", "distance", "ground", "court", "offence", "made_in", "asked_by", "hearing", "hearing_notice",
        "findings", "findings_day", "primary_aggressor", "finds_threat", "bars_force", "agreed", "announced",
        "wrongly_made", "without_jurisdiction",
    ),
    Case: ("day", "offence", "prosecution"),
    Relation: ("tie", "lived_together", "child_in_common"),
}  # fmt: skip
KIND: Mapping[type, str] = {Event: "event", Order: "order", Case: "case", Relation: "relation"}
ASKED = ("order", "other", "person", "day")
NOTICE, ACTORS, END = ("served", "notice", "notice_day"), ("who", "whom"), ("face", "ends")
RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "notice": NOTICE, "noticed": NOTICE, "who": ACTORS, "whom": ACTORS, "binds": ("binds", "protects"),
    "face": END, "ends": END,
}  # fmt: skip
"""Fields that are set together with others."""
PEOPLE = ("who", "whom", "through", "asked_by", "started_by", "binds", "protects", "person")
PLACES = ("made_in", "state")
NEEDED = ("did", "kind", "tie", "binds", "day")


@dataclass(frozen=True)
class Knob:
    """One thing that can be changed: its name in plain words, what it is now, and what it may be."""

    id: str
    label: str
    form: Form
    value: str | tuple[str, ...]
    options: Options = ()
    line: int | None = None
    field: str = ""

    def says(self, value: str | tuple[str, ...]) -> str:
        """A value of this knob in plain words."""
        if isinstance(value, tuple):
            return "; ".join(map(self.says, value)) or say("whatif-nothing")
        if self.form == "day" and value:
            return day(date.fromisoformat(value))
        return dict(self.options).get(value, value) or say("whatif-not-said")

    def toggled(self, word: str) -> tuple[str, ...]:
        """For ticks: the words that stand after one of them is taken in or out, in the order of the options."""
        chosen = {*self.value} ^ {word}
        return tuple(value for value, _ in self.options if value in chosen)


def knobs(supposed: Supposed) -> tuple[Knob, ...]:
    """Everything that can be changed, the question first and then the story from its first sentence to its last."""
    found = [_place(supposed), *_asked(supposed)]
    for n in range(len(supposed.facts)):
        found += [*_tellings(supposed, n), *_facts(supposed, n)]
    return tuple(found)


def change(supposed: Supposed, id: str, value: str) -> Supposed:
    """The story with one thing changed; for ticks, one word taken in or out. Senseless for what cannot be."""
    knob = next((knob for knob in knobs(supposed) if knob.id == id), None)
    if knob is None:
        raise Senseless("whatif-no-knob")
    return turned(supposed, knob, value)


def turned(supposed: Supposed, knob: Knob, value: str) -> Supposed:
    """The same for a knob that is at hand."""
    if knob.options and value not in dict(knob.options):
        raise Senseless("whatif-no-value")
    if knob.id == "place":
        return replace(supposed, place=value)
    if knob.line is None:
        return _ask_again(supposed, knob.field, _typed(knob, value))
    if not knob.field:
        return supposed.told(knob.line, int(value))
    fact = supposed.facts[knob.line]
    assert fact is not None
    wanted = knob.toggled(value) if knob.form == "ticks" else _typed(knob, value)
    return supposed.with_fact(knob.line, with_value(fact, knob.field, wanted, supposed.written(knob.line).fact))


def rests_on(knob: Knob) -> frozenset[tuple[int, str]]:
    """The fields of the facts that a knob sets; empty for one that sets none."""
    if knob.line is None or not knob.field:
        return frozenset()
    return frozenset((knob.line, name) for name in RESTS_ON.get(knob.field, (knob.field,)))


def value_of(fact: Fact, field: str) -> Any:
    """What a field says, in the one way in which it is changed: how notice came, the first day of it, the face."""
    if isinstance(fact, Order):
        same = {"notice": fact.how_noticed, "noticed": fact.noticed, "face": fact.face or (fact.ends and "dated")}
        if field in same:
            return same[field]
    return getattr(fact, field)


def _place(supposed: Supposed) -> Knob:
    options = tuple((place, law(place).label) for place in supposed.offered)
    return Knob("place", say("whatif-place"), "choice", supposed.place, options)


def _asked(supposed: Supposed) -> Iterator[Knob]:
    """What the question itself is about, where the story has something else that it could be about."""
    for field in ASKED:
        value = getattr(supposed.ask, field)
        options = () if field == "day" else _people_or_orders(supposed, field)
        if value is not None and (field == "day" or len(options) > 1):
            form: Form = "day" if field == "day" else "choice"
            yield Knob(f"ask-{field}", say(f"fact-ask-{field}"), form, _text(value), options, None, field)


def _tellings(supposed: Supposed, n: int) -> Iterator[Knob]:
    tellings = supposed.family.story[n].tellings
    if len(tellings) > 1:
        told = [(str(k), fill(line, supposed.told(n, k).scenario, supposed.law)) for k, line in enumerate(tellings)]
        yield Knob(f"told-{n}", say("whatif-told"), "choice", str(supposed.tellings[n]), tuple(told), n)


def _facts(supposed: Supposed, n: int) -> Iterator[Knob]:
    fact = supposed.facts[n]
    for field in FIELDS[type(fact)] if fact else ():
        assert fact is not None
        value, form = value_of(fact, field), _form(fact, field)
        if not value and (field == "noticed" or _is_foreign(fact, field)):
            continue
        shown = tuple(value) if form == "ticks" else _text(value)
        yield Knob(
            f"{n}-{field}",
            _label(supposed, fact, field),
            form,
            shown,
            _options(supposed, fact, field, supposed.written(n).fact),
            n,
            field,
        )


def _is_foreign(fact: Fact, field: str) -> bool:
    """Whether a field belongs to steps in court and the fact is none, or the other way round."""
    return isinstance(fact, Event) and field in (ACTING if fact.did in LEGAL else IN_COURT)


def _label(supposed: Supposed, fact: Fact, field: str) -> str:
    people = {name: supposed.scenario.name(getattr(fact, name, None) or "") for name in ("who", "whom", "binds")}
    named = {name: person or say("whatif-somebody") for name, person in people.items()}
    text = say(f"fact-{KIND[type(fact)]}-{field}", **named)
    return text[:1].upper() + text[1:]


def _form(fact: Fact, field: str) -> Form:
    types = {date} if field == "noticed" else _types(_kind(fact), field)
    if tuple in types:
        return "ticks"
    return "day" if date in types else "hour" if time in types else "number" if int in types else "choice"


def _kind(fact: Fact) -> type:
    return type(fact)


@cache
def _types(kind: type, field: str) -> frozenset[Any]:
    """What a field may hold: date, bool, tuple, or the words themselves."""
    hint = next(one.type for one in fields(kind) if one.name == field)
    return frozenset(getattr(part, "__origin__", None) or part for part in (hint, *get_args(hint)))


def _options(supposed: Supposed, fact: Fact, field: str, written: Fact | None) -> Options:
    if _form(fact, field) in ("day", "hour", "number"):
        return ()
    words = tuple(_words(supposed, fact, field, written))
    unsaid = () if field in NEEDED or _form(fact, field) == "ticks" else (("", _unsaid(field)),)
    return (*unsaid, *words)


def _unsaid(field: str) -> str:
    return say("whatif-here") if field in PLACES else say("whatif-not-said")


def _words(supposed: Supposed, fact: Fact, field: str, written: Fact | None) -> Iterator[tuple[str, str]]:
    """The words a field may hold, each with its meaning."""
    if field in PLACES:
        yield from ((place, law(place).label) for place in jurisdictions() if place not in ("general", "us"))
    elif field == "order" or (field in PEOPLE and not (field == "asked_by" and isinstance(fact, Order))):
        bound = getattr(fact, "binds", None) if field == "protects" else None
        yield from (pair for pair in _people_or_orders(supposed, field) if pair[0] != bound)
    elif bool in _types(_kind(fact), field):
        yield from (("yes", say("whatif-yes")), ("no", say("whatif-no")))
    elif field == "face":
        dated = isinstance(fact, Order) and (fact.ends or getattr(written, "ends", None))
        yield from ((w, text) for w, text in meanings(Order, field).items() if dated or w != "dated")
    else:
        said = meanings(_kind(fact), field)
        steps = isinstance(fact, Event) and fact.did in LEGAL
        yield from ((w, said[w]) for w in said if field != "did" or (w in LEGAL) == steps)


def _people_or_orders(supposed: Supposed, field: str) -> Options:
    scenario = supposed.scenario
    if field in ("order", "other"):
        return tuple((o.id, f"{label(o, scenario, supposed.law)}, {spoken(o.day)}") for o in scenario.orders)
    party = field in ("binds", "person")
    return tuple((id, person.name) for id, person in scenario.people.items() if person.party or not party)


def _ask_again(supposed: Supposed, field: str, value: Any) -> Supposed:
    """The question about something else; about two orders it stays a question about two."""
    ask = replace(supposed.ask, **{field: value})
    if ask.order and ask.order == ask.other:
        ask = replace(ask, order=supposed.ask.other, other=supposed.ask.order)
    return replace(supposed, ask=ask)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return "" if value is None else str(value)


def _typed(knob: Knob, value: str) -> Any:
    """A value from its text; Senseless where it is none, or where there must be one."""
    if not value and knob.field in NEEDED:
        raise Senseless(f"whatif-bad-{knob.form}")
    if not value:
        return None
    if {"yes", "no"} <= dict(knob.options).keys():
        return value == "yes"
    try:
        match knob.form:
            case "day":
                return date.fromisoformat(value)
            case "hour":
                return time.fromisoformat(value)
            case "number":
                return _number(value)
    except ValueError:
        raise Senseless(f"whatif-bad-{knob.form}") from None
    return value


def _number(value: str) -> int:
    if not value.isdecimal() or len(value) > 6:
        raise ValueError(value)
    return int(value)
