"""A scenario file is read into a family of variants whose sentences say what its facts say."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from grader import law as law_package
from grader.authoring import EXAMPLE, PARTS, authoring_guide, law_guide, slipped
from grader.facts import Event, Line, Order, Person, Relation, Scenario
from grader.families import Family
from grader.law import Law, OrderLaw
from grader.law.values import parameters
from grader.reading import BadInput
from grader.scenarios import contrast, lint, load, schema, told
from grader.telling import NoFact
from grader.words import MEANINGS, SHORT_NAMES

RULES = ("violations.breach", "waiver.who_may_change")
TWO_FORKS = """\
id: forks
title: Forks
topics: [violations]
law: [us-ma]
content: No violence is described.
people: {dana: {name: Dana}, riley: {name: Riley}}
story:
  - says: "A judge makes a {order}."
    order: {id: first, kind: final, ground: abuse, day: 2026-02-09, binds: riley, protects: [dana]}
    or:
      - says: "A judge makes a {order} with no end."
        order: {id: first, kind: final, ground: abuse, day: 2026-02-09, binds: riley, protects: [dana], face: blank}
  - says: "It rains."
    noise: true
  - says: "{who} calls."
    event: {id: act, day: 2026-06-10, who: riley, did: call, whom: dana}
    or:
      - says: "{who} writes."
        event: {id: act, day: 2026-06-10, who: riley, did: write, whom: dana}
      - says: "{who} does nothing."
        event: {id: act, day: 2026-06-10, who: riley, did: nothing}
ask:
  - {id: breach, rule: violations.breach, act: act, order: first}
"""


@pytest.fixture
def forks(tmp_path: Path) -> Family:
    path = tmp_path / "forks.yaml"
    path.write_text(TWO_FORKS, encoding="utf-8")
    return load(path, "scenarios/forks.yaml", RULES)


def orders_called(place: str, label: str, kind: str = "final") -> Law:
    day = date(2026, 11, 21)
    order = OrderLaw(
        jurisdiction=place, order="an-order", kinds=(kind,), grounds=(), offences=(), family="civil", label=label,
        court="", checked=day, provisions={}, parameters={},
    )  # fmt: skip
    return Law(place, place, f"in {place}", (order,), None, None)


PEOPLE = {
    "dana": Person(name="Dana"),
    "lee": Person(name="Lee"),
    "max": Person(name="Max"),
    "riley": Person(name="Riley"),
}
FIRST = Order(
    id="first", kind="final", day=date(2026, 6, 1), binds="riley", protects=("dana", "lee"),
    ends=date(2027, 5, 31), distance=100,
)  # fmt: skip
CALL = Event(
    id="call", day=date(2026, 6, 10), did="call", who="riley", whom="dana", by="phone", at="work", order="first"
)


def tell(says: str, law: Law | None = None, **fact: Any) -> str:
    lines = (Line(says="An order stands.", order=FIRST), Line(says=says, **fact))
    scenario = Scenario(id="tale", title="", topics=(), law=(), people=PEOPLE, story=lines)
    return told(scenario, law)[1]


def test_a_file_becomes_a_family_that_knows_its_place(forks: Family) -> None:
    assert (forks.id, forks.file) == ("forks", "scenarios/forks.yaml")
    assert [ask.rule for ask in forks.asks] == ["violations.breach"]
    assert forks.lines[("story", 2, "or", 1)] == 20


def test_values_get_the_type_of_their_field_and_nothing_is_guessed(forks: Family) -> None:
    [order] = forks.variants()[0].orders
    assert order.day == date(2026, 2, 9)
    assert order.protects == ("dana",)
    assert order.notice is order.noticed is order.ends is None


def test_every_combination_of_alternatives_is_a_variant(forks: Family) -> None:
    assert [variant.variant for variant in forks.variants()] == ["0.0", "0.1", "0.2", "1.0", "1.1", "1.2"]
    assert [variant.event("act").did for variant in forks.variants()] == ["call", "write", "nothing"] * 2


def test_a_story_without_alternatives_has_one_variant(forks: Family, tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    text = TWO_FORKS.replace("id: forks", "id: plain")
    path.write_text(
        text[: text.index("    or:")] + text[text.index("ask:") :].replace("act: act, ", ""), encoding="utf-8"
    )
    [only] = load(path, known_rules=RULES).variants()
    assert only.variant == "0"


def test_a_variant_finds_the_line_of_each_of_its_facts(forks: Family) -> None:
    for variant in forks.variants():
        assert variant.line_of(variant.order("first")) == 0
        assert variant.line_of(variant.event("act")) == 2


def test_one_seed_picks_one_variant_and_many_seeds_pick_all(forks: Family) -> None:
    assert forks.pick("anna") == forks.pick("anna")
    assert {forks.pick(str(seed)).variant for seed in range(100)} == {v.variant for v in forks.variants()}


def test_a_contrast_pair_is_one_line_apart_with_different_answers(forks: Family) -> None:
    pairs = contrast(forks, lambda scenario: "no" if scenario.event("act").did == "nothing" else "yes")
    assert [(one.variant, other.variant, line) for one, other, line in pairs] == [
        ("0.0", "0.2", 2), ("0.1", "0.2", 2), ("1.0", "1.2", 2), ("1.1", "1.2", 2),
    ]  # fmt: skip


def test_variants_with_one_answer_make_no_contrast_pair(forks: Family) -> None:
    assert contrast(forks, lambda scenario: "yes") == ()


@pytest.mark.parametrize(
    ("says", "fact", "sentence"),
    [
        ("On {day} {who} calls {whom} {by}.", {"event": CALL}, "On June 10, 2026 Riley calls Dana by telephone."),
        ("{who}’s phone rings.", {"event": CALL}, "Riley’s phone rings."),
        ("{who} comes to {at}.", {"event": CALL}, "Riley comes to the protected person's workplace."),
        ("It breaks the {order}.", {"event": CALL}, "It breaks the restraining order."),
        ("It protects {protects} until {ends}.", {"order": FIRST}, "It protects Dana and Lee until May 31, 2027."),
        ("Keep {distance} yards away.", {"order": FIRST}, "Keep 100 yards away."),
        ("A judge makes a {order}.", {"order": FIRST}, "A judge makes a restraining order."),
        ("{max} saw the {first}.", {}, "Max saw the restraining order."),
        ("{between} were {tie}.", {"relation": Relation(between=("dana", "riley"), tie="former-spouses")},
         "Dana and Riley were once married."),
    ],
)  # fmt: skip
def test_slots_are_filled_from_the_fact_beside_the_sentence(says: str, fact: dict[str, Any], sentence: str) -> None:
    assert tell(says, **fact) == sentence


def test_three_protected_people_are_listed_as_one_speaks() -> None:
    order = Order(id="second", kind="final", day=date(2026, 6, 1), binds="riley", protects=("dana", "lee", "max"))
    assert tell("It protects {protects}.", order=order) == "It protects Dana, Lee and Max."


def test_an_order_carries_the_name_it_has_where_the_question_is_asked() -> None:
    law = orders_called("us-ma", "abuse prevention order")
    assert tell("A judge makes a {order}. A {order}!", law, order=FIRST) == (
        "A judge makes an abuse prevention order. An abuse prevention order!"
    )
    assert tell("The {first} stands.", law) == "The abuse prevention order stands."


def test_an_order_that_the_law_on_file_does_not_know_has_a_plain_name() -> None:
    assert tell("The {first} stands.", orders_called("us-ma", "condition of release", "release-condition")) == (
        "The restraining order stands."
    )


def test_an_order_of_another_state_carries_the_name_it_has_there(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"us-ca": orders_called("us-ca", "order after hearing")}
    monkeypatch.setattr("grader.telling.law_on_file", there.__getitem__)
    foreign = Order(id="far", kind="final", day=date(2026, 6, 1), binds="riley", protects=("dana",), made_in="us-ca")
    assert (
        tell("The {far} stands.", orders_called("us-ma", "local order"), order=foreign)
        == "The order after hearing stands."
    )
    unread = Order(id="far", kind="final", day=date(2026, 6, 1), binds="riley", protects=("dana",), made_in="us-nh")
    assert (
        tell("The {far} stands.", orders_called("us-ma", "local order"), order=unread)
        == "The restraining order stands."
    )


@pytest.mark.parametrize("says", ["{nobody} calls.", "{through} calls.", "{accident} happens.", "{id} happens."])
def test_a_slot_without_a_fact_is_never_left_empty(says: str) -> None:
    with pytest.raises(NoFact):
        tell(says, event=CALL)


def fields(part: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    for name, field in part.get("properties", {}).items():
        yield f"{at}.{name}", field
    for name, inner in part.get("$defs", {}).items():
        yield from fields(inner, name)


def test_the_schema_describes_every_field() -> None:
    described = dict(fields(schema()))
    assert {"Order.served", "StoryLine.says", "StoryLine.or", "Ask.expect", ".story"} <= set(described)
    assert [name for name, field in described.items() if not field.get("description")] == []


def yaml_as_json(text: str) -> Any:
    """YAML as an editor reads it: numbers and booleans typed, dates as text."""

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {
            first: [(tag, regexp) for tag, regexp in pairs if not tag.endswith(":timestamp")]
            for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(text, Loader)


@pytest.mark.parametrize("text", [TWO_FORKS, EXAMPLE.read_text(encoding="utf-8")], ids=["forks", "guide"])
def test_the_schema_accepts_a_good_file(text: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(yaml_as_json(text), schema())


@pytest.mark.parametrize(
    ("old", "new"), [("did: call", "did: cal"), ("id: forks", "ids: forks"), ("binds: riley, ", "")]
)
def test_the_schema_refuses_a_bad_file(old: str, new: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml_as_json(TWO_FORKS.replace(old, new)), schema())


def test_the_schema_is_plain_data() -> None:
    assert json.loads(json.dumps(schema())) == schema()


def test_every_word_an_author_may_use_has_a_meaning() -> None:
    lists = [set(words) for words in MEANINGS.values()]
    for name, field in fields(schema()):
        for kind in (
            field,
            field.get("items", {}),
            *field.get("anyOf", ()),
            *(k.get("items", {}) for k in field.get("anyOf", ())),
        ):
            assert "enum" not in kind or set(kind["enum"]) in lists, name


def test_every_kind_of_order_has_a_short_name() -> None:
    assert set(SHORT_NAMES) == set(MEANINGS["kind"])


def test_the_worked_example_of_the_guide_is_a_good_scenario() -> None:
    family = load(EXAMPLE, known_rules=RULES)
    assert lint(family) == []
    assert [variant.variant for variant in family.variants()] == ["0", "1"]


def test_the_guide_is_right_about_its_example() -> None:
    from grader.rules import ask

    family = load(EXAMPLE)
    for place in family.law:
        law = law_package.law(place)
        for variant in family.variants():
            for question in family.asks:
                expected = (question.expect or {}).get(place)
                answer = ask(variant, law, question).answer
                assert expected is None or answer in (expected, frozenset(expected)), (place, question.id)
        [(one, other, line)] = contrast(family, lambda scenario, law=law: ask(scenario, law, family.asks[0]).answer)
        assert (one.variant, other.variant, line) == ("0", "1", 4)


GUIDE = authoring_guide(
    {"violations.breach": "Decide whether an act breaks an order.", "waiver.who_may_change": "Decide who."}
)


def test_the_guide_shows_the_example_and_the_errors_an_author_would_see(tmp_path: Path) -> None:
    assert EXAMPLE.read_text(encoding="utf-8") in GUIDE
    path = tmp_path / EXAMPLE.name
    path.write_text(slipped(), encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        load(path, f"scenarios/waiver/{EXAMPLE.name}", RULES)
    assert len(bad.value.problems) == 5
    for problem in bad.value.problems:
        assert f"    {problem}\n" in GUIDE


def test_the_guide_lists_every_field_word_and_rule() -> None:
    for name, field in fields(schema()):
        assert field["description"] in GUIDE, name
    for words in MEANINGS.values():
        for word, meaning in words.items():
            assert f"| `{word}` | {meaning} |" in GUIDE
    assert "| `violations.breach` | Decide whether an act breaks an order. | `act`, `order` |" in GUIDE
    assert "| `act`, `order` | `violation`, `no-violation` |" in GUIDE


def test_every_part_of_a_file_has_a_table_in_the_guide() -> None:
    assert set(PARTS) | {"Line"} == set(schema()["$defs"])


def test_every_link_in_the_guide_leads_somewhere() -> None:
    import re

    headings = {
        re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-") for h in re.findall(r"(?m)^#+ (.+)$", GUIDE)
    }
    links = set(re.findall(r"\]\(#([^)]+)\)", GUIDE))
    assert links
    assert links <= headings


def test_the_guide_to_law_lists_every_field_and_every_question_a_rule_asks() -> None:
    guide = law_guide()
    assert all(f"| `{name}` |" in guide for name in parameters())
    assert "`by`" in guide
    assert "a first order may run" in guide.lower()
