"""Short stories for the tests of the rules: Kim is restrained, Robin is protected, Sam is a friend."""

from datetime import date
from typing import Any

from grader.facts import Case, Event, Fact, Line, Order, Person, Relation, Scenario
from grader.findings import Finding
from grader.law import law
from grader.rules import RULES
from tests.rules.approved import approved

MA, CA, US, GENERAL = "us-ma", "us-ca", "us", "general"
STATES = (MA, CA)
MADE = date(2026, 1, 5)
ACTED = date(2026, 6, 10)
PEOPLE = {
    "kim": Person(name="Kim"),
    "robin": Person(name="Robin"),
    "sam": Person(name="Sam", party=False),
    "lee": Person(name="Lee", age=8, party=False),
}


def order(id: str = "paper", **given: Any) -> Order:
    """A family order after notice that binds Kim, protects Robin and forbids contact; told to Kim in court."""
    usual: dict[str, Any] = {
        "kind": "final", "day": MADE, "binds": "kim", "protects": ("robin",), "ground": "abuse",
        "forbids": ("abuse", "contact"), "ends": date(2027, 1, 4), "notice": "in-court",
    }  # fmt: skip
    return Order(id=id, **(usual | given))


def condition(kind: str = "release-condition", **given: Any) -> Order:
    """An order of a criminal case against Kim."""
    usual: dict[str, Any] = {"kind": kind, "forbids": ("contact",), "ends": None, "ground": None}
    return order(**(usual | given))


def event(did: str = "text", id: str = "act", **given: Any) -> Event:
    """What Kim does to Robin in June."""
    usual: dict[str, Any] = {"day": ACTED, "who": "kim", "whom": "robin"}
    return Event(id=id, did=did, **(usual | given))  # type: ignore[arg-type]


def step(did: str, id: str = "step", **given: Any) -> Event:
    """A step in court, or of anybody, in spring."""
    return event(did, id, **({"day": date(2026, 4, 1), "who": None, "whom": None} | given))


def tie(word: str = "spouses", *people: str, **given: Any) -> Relation:
    """What Kim and Robin are to each other."""
    return Relation(between=people or ("kim", "robin"), tie=word, **given)  # type: ignore[arg-type]


def charge(id: str = "charge", against: str = "kim") -> Case:
    """A criminal case."""
    return Case(id=id, kind="criminal", day=date(2025, 12, 1), against=against)


def line(fact: Fact) -> Line:
    """A line that states a fact."""
    word = {Order: "order", Event: "event", Case: "case", Relation: "relation"}[type(fact)]
    return Line(says="…", **{word: fact})  # type: ignore[arg-type]


def story(*facts: Fact, people: dict[str, Person] | None = None) -> Scenario:
    """A scenario that states these facts, one a line, in this order."""
    return Scenario(
        id="story", title="A story", topics=("violations",), law=STATES, people=people or PEOPLE,
        story=tuple(map(line, facts)),
    )  # fmt: skip


def decide(rule: str, place: str, *facts: Fact, **given: Any) -> Finding:
    """Put a rule to the facts; the first event called act and the first order are what is asked about."""
    found = story(*facts)
    asked: dict[str, Any] = {}
    for need in RULES[rule].needs:
        if need == "act":
            asked["act"] = next((e for e in found.events if e.id == "act"), None)
        elif need == "order":
            asked["order"] = found.orders[0]
        elif need == "other":
            asked["other"] = found.orders[1]
    return approved(RULES[rule].apply(found, law(place), **(asked | given)))


def answer(rule: str, place: str, *facts: Fact, **given: Any) -> Any:
    """The answer of a rule to the facts."""
    return decide(rule, place, *facts, **given).answer


def breach(*facts: Fact, place: str = MA) -> Any:
    """Whether Kim’s act breaks the order."""
    return answer("violations.breach", place, *facts)


def why(rule: str, place: str, *facts: Fact, **given: Any) -> str:
    """The deciding reason."""
    return decide(rule, place, *facts, **given).deciding.says
