"""What must not change an answer, what must, and that every rule answers whatever the vocabulary can say."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, time
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.facts import Case, Event, Line, Order, Person, Relation, Scenario
from grader.findings import Finding
from grader.law import jurisdictions, law
from grader.rules import RULES
from grader.words import Permission
from tests.rules.stories import CA, MA, PEOPLE, STATES, breach, event, line, order, step, story

PLACES = jurisdictions()
PERSONS = ("kim", "robin", "sam", "lee")
WHO = {"binds", "who", "whom", "through", "asked_by", "started_by", "against", "by_person"}
IDS = {"order": ("o0", "o1"), "extends": ("o0", "o1"), "case": ("c0", "c1"), "answers": ("e0", "e1", "gone")}
ELSEWHERE = {"made_in", "state"}
COURT_STEPS = {
    "dismiss", "acquit", "sentence", "commit", "end-sentence", "end-probation", "end-order", "change-order",
    "extend-order", "say-from-bench", "permit", "prosecutor-drops", "convict", "register",
}  # fmt: skip
few = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
NEAR = st.dates(date(2026, 1, 5), date(2026, 12, 31))
DAYS = st.dates(date(1987, 1, 1), date(2034, 12, 31)) | st.dates(date(2025, 1, 1), date(2027, 6, 30))
HOURS = st.sampled_from([time(9), time(15, 59), time(16), time(23, 30)])


def of(kind: Any, name: str) -> st.SearchStrategy[Any]:
    """Any value that a field of a fact can hold."""
    if name in WHO:
        return st.sampled_from(PERSONS)
    if name in IDS:
        return st.sampled_from(IDS[name])
    if name in ELSEWHERE:
        return st.sampled_from((MA, CA, "us-zz"))
    if name == "permission_by":
        return st.sampled_from(("sam", "probation-officer"))
    if name in ("distance", "protects_children_under"):
        return st.integers(1, 200)
    return {date: DAYS, time: HOURS, bool: st.booleans(), str: st.sampled_from(PERSONS)}[kind]


def value(kind: Any, name: str) -> st.SearchStrategy[Any]:
    """The same for optional fields, words of the vocabulary and lists of them."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        some = st.one_of(*(value(one, name) for one in inner if one is not NoneType))
        return st.integers(0, 3).flatmap(lambda n: st.none() if n else some)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        size = {"min_size": 2, "max_size": 2} if name == "between" else {"max_size": 4}
        return st.lists(value(inner[0], name), unique=True, **size).map(tuple)  # type: ignore[arg-type]
    return of(kind, name)


def facts(kind: type[Any], ids: tuple[str, ...]) -> st.SearchStrategy[list[Any]]:
    """Facts of one kind with these ids, in any combination of words."""
    hints = get_type_hints(kind)
    given = {f.name: value(hints[f.name], f.name) for f in fields(kind) if f.name not in ("id", "by")}
    if kind is Event:
        given["by"] = value(hints["by"], "by")
    one = [st.builds(kind, id=st.just(id), **given) for id in ids] if ids else [st.builds(kind, **given)]
    return st.tuples(*one).map(list)


@st.composite
def scenarios(draw: Any) -> Scenario:
    """Two orders, three events, two cases and a relation, in any order."""
    found = [
        *draw(facts(Order, ("o0", "o1"))),
        *draw(facts(Event, ("e0", "e1", "e2"))),
        *draw(facts(Case, ("c0", "c1"))),
        *draw(facts(Relation, ())),
    ]
    return story(*draw(st.permutations(found)))


@st.composite
def likely(draw: Any) -> Scenario:
    """A story near the middle of the law: an order that is known, and events after it that often reach somebody."""
    kind = draw(st.sampled_from(("final", "ex-parte", "emergency", "release-condition", "probation-condition")))
    forbids = draw(st.sampled_from((("abuse", "contact"), ("contact", "stay-away"), ("harass",), ("contact",))))
    loose = {"allows": draw(value(tuple[Permission, ...], "allows")), "distance": draw(st.sampled_from((None, 50)))}
    one = order("o0", kind=kind, forbids=forbids, **loose)
    two = order("o1", binds=draw(st.sampled_from(("kim", "robin"))), protects=("robin", "kim"), day=draw(NEAR))
    [made, *others] = draw(facts(Event, ("e0", "e1", "e2")))
    did = draw(st.sampled_from(("text", "call", "come-near", "reply", "move-to-end", "move-to-renew", made.did)))
    acts = [replace(made, did=did, who=draw(st.sampled_from(("kim", "kim", "robin", "sam")))), *others]
    timed = [replace(act, day=draw(NEAR), whom="robin" if act.who == "kim" else "kim") for act in acts]
    return story(one, replace(two, protects=("kim",) if two.binds == "robin" else ("robin",)), *timed,
                 *draw(facts(Case, ("c0", "c1"))))  # fmt: skip


def answers(scenario: Scenario) -> dict[tuple[str, str], Any]:
    """What every rule concludes in every place; a missing fact is an answer of its own."""
    return {(name, place): outcome(name, place, scenario) for name in RULES for place in PLACES}


def outcome(name: str, place: str, scenario: Scenario) -> Any:
    asked: dict[str, Any] = {
        "act": scenario.event("e0"), "order": scenario.order("o0"), "other": scenario.order("o1"),
        "day": date(2026, 6, 1),
    }  # fmt: skip
    try:
        return RULES[name].apply(scenario, law(place), **{need: asked[need] for need in RULES[name].needs})
    except KeyError as missing:
        return f"missing {missing}"


def bare(found: Any) -> Any:
    return found.answer if isinstance(found, Finding) else found


def same(one: Scenario, other: Scenario, mapped: Callable[[Any], Any] = lambda answer: answer) -> None:
    before, after = answers(one), answers(other)
    for key, found in before.items():
        assert mapped(bare(found)) == bare(after[key]), key


def renamed(scenario: Scenario, names: dict[str, str]) -> Scenario:
    """The same story with other ids for the people, everywhere."""

    def new(name: str, given: Any) -> Any:
        if name in ("id", *IDS):
            return given
        if isinstance(given, tuple):
            return tuple(new(name, one) for one in given)
        return names.get(given, given) if isinstance(given, str) else given

    changed = [replace(fact, **{f.name: new(f.name, getattr(fact, f.name)) for f in fields(fact)}) for fact in
               (one.fact for one in scenario.story) if fact]  # fmt: skip
    return story(*changed, people={names.get(id, id): person for id, person in scenario.people.items()})


class TestEveryRuleIsTotal:
    @few
    @given(scenarios())
    def test_on_any_story(self, scenario: Scenario) -> None:
        for found in answers(scenario).values():
            assert isinstance(found, Finding) or found == "missing 'gone'"

    @few
    @given(likely())
    def test_on_likely_stories_and_each_answer_has_reasons_in_whole_sentences(self, scenario: Scenario) -> None:
        for found in answers(scenario).values():
            if isinstance(found, Finding):
                assert found.because
                for because in found.because:
                    assert because.says[0].isupper(), because.says
                    assert because.says.rstrip("”")[-1] in ".?", because.says
                    assert "  " not in because.says
                    assert " None" not in because.says


class TestTheAnswerStays:
    @few
    @given(likely())
    def test_when_people_have_other_names(self, scenario: Scenario) -> None:
        named = {id: replace(person, name=f"Another {id}") for id, person in scenario.people.items()}
        same(scenario, replace(scenario, people=named))

    @few
    @given(likely())
    def test_when_two_people_change_places_everywhere(self, scenario: Scenario) -> None:
        swap = {"kim": "robin", "robin": "kim"}

        def mapped(answer: Any) -> Any:
            return frozenset(swap.get(one, one) for one in answer) if isinstance(answer, frozenset) else answer

        same(scenario, renamed(scenario, swap), mapped)

    @few
    @given(likely(), facts(Event, ("noise",)), st.integers(0, 5))
    def test_when_something_happens_between_other_people(self, scenario: Scenario, found: Any, at: int) -> None:
        act = replace(found[0], who="ann", whom="ben", through=None, asked_by=None, started_by=None, answers=None)
        if act.did in COURT_STEPS:
            act = replace(act, did="text")
        people = scenario.people | {"ann": Person(name="Ann", age=30), "ben": Person(name="Ben", age=31)}
        lines = [*scenario.story[:at], line(act), *scenario.story[at:]]
        same(replace(scenario, people=people), replace(scenario, people=people, story=tuple(lines)))

    @few
    @given(likely(), st.lists(st.integers(0, 6), max_size=4))
    def test_when_lines_that_state_nothing_are_added(self, scenario: Scenario, places: list[int]) -> None:
        lines = list(scenario.story)
        for at in places:
            lines.insert(at, Line(says="The weather is fine.", noise=True))
        same(scenario, replace(scenario, story=tuple(lines)))


CHANCE = {"distance": 5, "present": True, "accident": True}
FAR = order(forbids=("stay-away",), distance=50)
ELEMENTS = {
    "the order binds the actor": ((order(), event()), (order(), event(who="robin", whom="kim"))),
    "somebody asked the friend": ((order(), event(who="sam", asked_by="kim")), (order(), event(who="sam"))),
    "the order has been made": ((order(), event(day=date(2026, 1, 5))), (order(), event(day=date(2026, 1, 4)))),
    "the order has not run out": ((order(), event(day=date(2027, 1, 4))), (order(), event(day=date(2027, 1, 5)))),
    "the court has not ended it": (
        (order(), step("end-order", order="paper", written=False), event()),
        (order(), step("end-order", order="paper", written=True), event()),
    ),
    "the actor has notice": ((order(), event()), (order(notice="none"), event())),
    "the act is aimed at the protected person": ((order(), event()), (order(), event(whom="sam"))),
    "a term covers the act": ((order(), event()), (order(forbids=("abuse",)), event())),
    "the distance is kept": (
        (FAR, event("come-near", distance=49, present=True)),
        (FAR, event("come-near", distance=51, present=True)),
    ),
    "no exception allows it": ((order(), event("call", purpose="child-call")),
                               (order(allows=("child-call",)), event("call", purpose="child-call"))),
    "it went beyond the exception": (
        (order(allows=("child-call",)), event("call", purpose="child-call", brief=False)),
        (order(allows=("child-call",)), event("call", purpose="child-call", brief=True)),
    ),
    "it was no accident ended at once": (
        (FAR, event("come-near", left="stayed", **CHANCE)),
        (FAR, event("come-near", left="at-once", **CHANCE)),
    ),
    "it was possible to obey": ((order(), event(able=True)), (order(), event(able=False))),
    "the restrained person was told of the hearing": (
        (order(hearing_notice=True), event()),
        (order(hearing_notice=False), event()),
    ),
    "the court had power": ((order(wrongly_made=True), event()), (order(without_jurisdiction=True), event())),
}  # fmt: skip


@pytest.mark.parametrize("place", STATES)
@pytest.mark.parametrize("element", ELEMENTS)
def test_each_element_alone_turns_the_answer(element: str, place: str) -> None:
    met, failed = ELEMENTS[element]
    assert breach(*met, place=place) == "violation"
    assert breach(*failed, place=place) == "no-violation"


WIDE = order(forbids=("contact", "stay-away"), places=("home", "anywhere"))
AT_THE_GAME = {"at": "event", "present": True}
ELEMENTS_OF_SOME = {
    "a breach must be meant": ("us-pa", (order(), event(intended=True)), (order(), event(intended=False))),
    "it was no trifle": ("us-nj", (order(), event(trivial=False)), (order(), event(trivial=True))),
    "the words are plain": ("us-nj", (order(), event(unclear=False)), (order(), event(unclear=True))),
    "what the order says is known": (
        "us-ny", (order(knew_terms=True), event()), (order(knew_terms=False), event())
    ),
    "a statute allows the term": (
        "us-ny",
        (order(forbids=("contact",)), event()),
        (order(forbids=("contact",), unauthorised=("contact",)), event()),
    ),
    "the place is named": (
        "us-nj", (WIDE, event("enter", at="home")), (WIDE, event("come-near", **AT_THE_GAME)),
    ),
    "the post is about the protected person": (
        MA, (order(forbids=("posting",)), event("post")), (order(forbids=("posting",)), event("post", whom="sam"))
    ),
    "the blow is aimed at the protected person": (
        MA, (order(forbids=("abuse",)), event("hit")), (order(forbids=("abuse",)), event("hit", whom="sam"))
    ),
}  # fmt: skip


@pytest.mark.parametrize("element", ELEMENTS_OF_SOME)
def test_each_element_that_some_places_add_turns_the_answer_there(element: str) -> None:
    place, met, failed = ELEMENTS_OF_SOME[element]
    assert breach(*met, place=place) == "violation"
    assert breach(*failed, place=place) == "no-violation"


def test_the_people_of_the_stories_are_all_in_the_strategy() -> None:
    assert set(PERSONS) == set(PEOPLE)
