# ruff: noqa: E501 - the table of mistakes reads best with one mistake on a line
"""Every mistake an author can make is named with its file, line, field and what would be right."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.families import Family
from grader.reading import BadInput, Problem
from grader.scenarios import lint, load, load_folder

RULES = {
    "violations.breach": SimpleNamespace(needs=("act", "order")),
    "duration.last_day": SimpleNamespace(needs=("order",)),
    "coexistence.which_terms_govern": SimpleNamespace(needs=("order", "other")),
}
GOOD = """\
id: tale
title: A tale
topics: [violations]
law: [us-ma, general]
content: No violence is described.
people:
  dana: {name: Dana}
  riley: {name: Riley}
story:
  - says: "{dana} and {riley} were once married."
    relation: {between: [dana, riley], tie: former-spouses}
  - says: "{riley} is charged with an assault."
    case: {id: charge, kind: criminal, day: 2026-01-05, against: riley}
  - says: "On {day} a judge makes a {order} that binds {binds}."
    order: {id: first, kind: final, day: 2026-02-09, served: 2026-02-10, binds: riley, protects: [dana], forbids: [contact], ends: 2027-02-08}
  - says: "On {day} {who} calls {whom}."
    event: {id: visit, day: 2026-06-10, who: riley, did: call, whom: dana, by: phone}
    or:
      - says: "On {day} {who} writes to {whom}."
        event: {id: visit, day: 2026-06-10, who: riley, did: write, whom: dana, by: letter}
ask:
  - {id: breach, rule: violations.breach, act: visit, order: first, expect: {us-ma: violation}}
  - {id: last, rule: duration.last_day, order: first}
"""
ORDER, CALL, WRITE, ASK = 15, 17, 20, 22

Load = Callable[[str], Family]


@pytest.fixture
def tale(tmp_path: Path) -> Load:
    def read(text: str, file: str = "tale.yaml") -> Family:
        path = tmp_path / file
        path.write_text(text, encoding="utf-8")
        return load(path, f"scenarios/{file}", RULES)

    return read


def problems(tale: Load, text: str) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as bad:
        tale(text)
    return bad.value.problems


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_the_tale_all_these_mistakes_are_made_in_is_good(tale: Load) -> None:
    assert tale(GOOD).id == "tale"


MISTAKES = {
    "a misspelt act": ("did: call", "did: cal", CALL, "story[3].event.did", "“cal”", "call"),
    "a misspelt kind of order": ("kind: final", "kind: finl", ORDER, "story[2].order.kind", "“finl”", "final"),
    "a misspelt tie": ("former-spouses", "ex-spouses", 11, "story[0].relation.tie", "“ex-spouses”", "former-spouses"),
    "a misspelt topic": ("[violations]", "[violation]", 3, "topics[0]", "“violation”", "violations"),
    "a misspelt word in an alternative": ("by: letter", "by: leter", WRITE, "story[3].or[0].event.by", "“leter”", "letter"),
    "a field that does not exist": ("served: ", "servd: ", ORDER, "story[2].order.servd", "not a field", "served"),
    "a field of another kind of fact": ("by: phone", "forbids: [contact]", CALL, "story[3].event.forbids", "not a field", "Did you mean"),
    "a field the file does not have": ("title: A tale", "title: A tale\ncolour: red", 3, "colour", "not a field", "Known"),
    "a missing field of the file": ("title: A tale\n", "", 1, "title", "is missing", "needs it"),
    "a missing field of a fact": ("binds: riley, ", "", ORDER, "story[2].order.binds", "is missing", "needs it"),
    "a field left empty": ("kind: final", "kind: ~", ORDER, "story[2].order.kind", "is empty", "leave the field out"),
    "a text where a list belongs": ("protects: [dana]", "protects: dana", ORDER, "story[2].order.protects", "does not fit", "list"),
    "a number in words": ("by: phone", "distance: far", CALL, "story[3].event.distance", "“far”", "whole number"),
    "a truth that is neither": ("by: phone", "brief: maybe", CALL, "story[3].event.brief", "“maybe”", "true or false"),
    "a slot that no fact fills": ("{who} calls", "{whose} calls", 16, "story[3].says", "{whose} is a slot without a fact", "who"),
    "a slot for a field left out": ("calls {whom}", "calls {whom} through {through}", 16, "story[3].says", "{through} has nothing", "Write through: in the event"),
    "a slot in an alternative": ("{who} writes", "{author} writes", 19, "story[3].or[0].says", "{author} is a slot", "Known"),
    "a slot for a truth value": ("{who} calls", "{peaceful} calls", 16, "story[3].says", "{peaceful} is a slot without", "Known"),
    "a brace left open": ("{who} calls", "{who calls", 16, "story[3].says", "brace", "{who}"),
    "an actor nobody knows": ("who: riley, did: call", "who: rilley, did: call", CALL, "story[3].event.who", "“rilley”", "riley"),
    "a target nobody knows": ("whom: dana, by: phone", "whom: danna, by: phone", CALL, "story[3].event.whom", "“danna”", "dana"),
    "a go-between nobody knows": ("by: phone", "through: morgan", CALL, "story[3].event.through", "“morgan” is not among the people", "Known: dana, riley"),
    "a principal nobody knows": ("by: phone", "asked_by: morgan", CALL, "story[3].event.asked_by", "“morgan”", "Known: dana, riley"),
    "a beginner nobody knows": ("by: phone", "started_by: morgan", CALL, "story[3].event.started_by", "“morgan”", "Known: dana, riley"),
    "a restrained person nobody knows": ("binds: riley", "binds: rley", ORDER, "story[2].order.binds", "“rley”", "riley"),
    "a protected person nobody knows": ("protects: [dana]", "protects: [dana, dna]", ORDER, "story[2].order.protects[1]", "“dna”", "dana"),
    "a permission by nobody": ("served: 2026-02-10", "permission_by: probation", ORDER, "story[2].order.permission_by", "“probation”", "probation-officer"),
    "a defendant nobody knows": ("against: riley", "against: ryley", 13, "story[1].case.against", "“ryley”", "riley"),
    "a complainant nobody knows": ("against: riley", "against: riley, by: police", 13, "story[1].case.by", "“police”", "Known"),
    "a relation with a stranger": ("[dana, riley], tie", "[dana, rilei], tie", 11, "story[0].relation.between[1]", "“rilei”", "riley"),
    "a question about a stranger": ("duration.last_day,", "duration.last_day, person: rily,", 23, "ask[1].person", "“rily”", "riley"),
    "one person on both sides of an order": ("protects: [dana]", "protects: [riley, dana]", ORDER, "story[2].order.protects[0]", "bound by the same order", "two orders"),
    "a date that is none": ("day: 2026-06-10, who: riley, did: call", "day: 2026-06-31, who: riley, did: call", CALL, "story[3].event.day", "“2026-06-31” is not a date", "2026-04-27"),
    "a date the other way round": ("ends: 2027-02-08", "ends: 02/08/2027", ORDER, "story[2].order.ends", "“02/08/2027” is not a date", "2026-04-27"),
    "a bare number for a date": ("ends: 2027-02-08", "ends: 0", ORDER, "story[2].order.ends", "“0” is not a date", "2026-04-27"),
    "an order that ends before it starts": ("ends: 2027", "ends: 2025", ORDER, "story[2].order.ends", "ends before it starts", "after the order was made"),
    "service before the order": ("served: 2026-02-10", "served: 2026-02-08", ORDER, "story[2].order.served", "served before it is made", "on or after"),
    "notice before the order": ("served: 2026-02-10", "notice_day: 2026-02-08", ORDER, "story[2].order.notice_day", "comes before the order", "made or announced"),
    "a hearing before the order": ("served: 2026-02-10", "hearing: 2026-02-08", ORDER, "story[2].order.hearing", "heard before it is made", "on or after"),
    "an announcement after the order": ("served: 2026-02-10", "announced: 2026-02-11", ORDER, "story[2].order.announced", "announced after", "earlier"),
    "an extension into the past": ("by: phone", "until: 2026-06-09", CALL, "story[3].event.until", "ends before", "after the step"),
    "a blank end with a date": ("served: 2026-02-10", "face: blank", ORDER, "story[2].order.face", "“blank”", "not both"),
    "a dated face without a date": ("ends: 2027-02-08", "face: dated", ORDER, "story[2].order.face", "“dated”", "Give ends:"),
    "no notice, on a day": ("served: 2026-02-10", "served: 2026-02-10, notice: none", ORDER, "story[2].order.notice", "“none”", "how notice came"),
    "two facts with one id": ("id: charge", "id: first", ORDER, "story[2].order.id", "already the id", "alternatives of one line"),
    "two questions with one id": ("id: last", "id: breach", 23, "ask[1].id", "already the id", "its own"),
    "an order named like a person": ("order: {id: first", "order: {id: dana", ORDER, "story[2].order.id", "“dana” is a person", "of its own"),
    "a person named like a field": ("  dana:", "  day: {name: Day}\n  dana:", 7, "people.day", "name of a field", "another"),
    "a name with a space": ("  dana:", "  Lee S: {name: Lee}\n  dana:", 7, "people.Lee S", "no short name", "small letters"),
    "a step about no known order": ("by: phone", "order: frst", CALL, "story[3].event.order", "“frst” is no order", "first"),
    "a step in no known case": ("by: phone", "case: chrge", CALL, "story[3].event.case", "“chrge” is no case", "charge"),
    "an answer to nothing": ("by: phone", "answers: hello", CALL, "story[3].event.answers", "“hello” is no event", "visit"),
    "an answer to itself": ("by: phone", "answers: visit", CALL, "story[3].event.answers", "this event itself", "another"),
    "an order in no known case": ("served: 2026-02-10", "case: trial", ORDER, "story[2].order.case", "“trial” is no case", "charge"),
    "an extension of nothing": ("served: 2026-02-10", "extends: zero", ORDER, "story[2].order.extends", "“zero” is no order", "first"),
    "a question about no known act": ("act: visit", "act: vist", ASK, "ask[0].act", "“vist” is no event", "visit"),
    "a grid with an unknown act": ("act: visit", "acts: [visit, call]", ASK, "ask[0].acts[1]", "“call” is no event", "visit"),
    "a question about no known order": ("act: visit, order: first", "act: visit, order: fist", ASK, "ask[0].order", "“fist”", "first"),
    "a question about no second order": ("duration.last_day, order: first", "duration.last_day, order: first, other: second", 23, "ask[1].other", "“second”", "first"),
    "an event where an order belongs": ("duration.last_day, order: first", "duration.last_day, order: visit", 23, "ask[1].order", "“visit” is no order", "first"),
    "an id that some variants lack": ("event: {id: visit, day: 2026-06-10, who: riley, did: write", "event: {id: letter, day: 2026-06-10, who: riley, did: write", ASK, "ask[0].act", "missing in some variants", "every alternative"),
    "an unknown jurisdiction": ("[us-ma, general]", "[us-maa, us-ma, general]", 4, "law[0]", "“us-maa”", "us-ma"),
    "an expectation for an unknown jurisdiction": ("{us-ma: violation}", "{us-maa: violation}", ASK, "ask[0].expect.us-maa", "“us-maa”", "us-ma"),
    "an expectation nobody would check": ("{us-ma: violation}", "{us-ca: violation}", ASK, "ask[0].expect.us-ca", "nobody asks it there", "law:"),
    "an order of no place": ("served: 2026-02-10", "made_in: Ohio", ORDER, "story[2].order.made_in", "“Ohio”", "two letters"),
    "an unknown rule": ("rule: violations.breach", "rule: violations.broken", ASK, "ask[0].rule", "“violations.broken” is no rule", "violations.breach"),
    "a rule without what it needs": (", order: first, expect", ", expect", ASK, "ask[0].order", "is missing", "violations.breach needs it"),
    "an id that is not the file's": ("id: tale", "id: story", 1, "id", "“story”", "tale.yaml"),
    "two facts on one line": ("    case: {", "    relation: {between: [dana, riley], tie: dating}\n    case: {", 12, "story[1]", "case: and relation:", "two lines"),
    "alternatives of an alternative": ("did: write, whom: dana, by: letter}", "did: write, whom: dana}\n        or: []", 21, "story[3].or[0].or", "no alternatives of its own", "beside the others"),
    "a story without lines": (GOOD[GOOD.index("story:") : GOOD.index("ask:")], "story: []\n", 9, "story", "is empty", "one sentence after another"),
    "nothing asked": (GOOD[GOOD.index("ask:") :], "ask: []\n", 21, "ask", "is empty", "at least one"),
    "no place to ask it": ("[us-ma, general]", "[]", 4, "law", "is empty", "jurisdictions"),
    "a civil order between people of no relation": ("{between: [dana, riley], tie: former-spouses}", "", ORDER, "story[2].order", "no relation", "or give ground:"),
    "a field that stands twice": ("title: A tale", "title: A tale\ntitle: Another", 3, "title", "stands twice", "Keep one"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "field", "wrong", "right"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_place_and_its_cure(
    tale: Load, old: str, new: str, line: int, field: str, wrong: str, right: str
) -> None:
    found = {problem.field: problem for problem in problems(tale, changed(old, new))}
    assert field in found, found
    problem = found[field]
    assert (problem.file, problem.line) == ("scenarios/tale.yaml", line)
    assert wrong in problem.wrong
    assert right in problem.right


@pytest.mark.parametrize("section", ["story", "ask"])
def test_a_file_without_a_story_or_a_question_is_refused(tale: Load, section: str) -> None:
    start = GOOD.index(f"{section}:")
    end = GOOD.index("ask:") if section == "story" else len(GOOD)
    found = [p for p in problems(tale, GOOD[:start] + GOOD[end:]) if p.field == section]
    assert [p.wrong for p in found] == ["is missing."]


def test_all_problems_of_a_file_come_at_once(tale: Load) -> None:
    text = (
        changed("did: call", "did: cal").replace("binds: riley", "binds: rily").replace("{who} writes", "{him} writes")
    )
    text = text.replace("ends: 2027", "ends: 2025").replace("rule: violations.breach", "rule: breach")
    fields = [problem.field for problem in problems(tale, text)]
    for field in (
        "story[3].event.did",
        "story[2].order.binds",
        "story[3].or[0].says",
        "story[2].order.ends",
        "ask[0].rule",
    ):
        assert field in fields


def test_one_slip_makes_one_problem(tale: Load) -> None:
    assert len(problems(tale, changed("did: call", "did: cal"))) == 1
    assert len(problems(tale, changed("ends: 2027-02-08", "ends: 0"))) == 1
    assert len(problems(tale, changed("served: 2026-02-10", "served: 2026-02-30"))) == 1


@pytest.mark.parametrize(
    ("raw", "line", "wrong"),
    [
        (b"", 1, "is empty"),
        (b"# only a remark\n", 1, "is empty"),
        (b"id: tale\ntitle: [open\n", 3, "is not YAML"),
        (b"id: tale\n  title: deep\n", 2, "is not YAML"),
        ("id: tale\ntitle: Café\n".encode("latin-1"), 2, "is not UTF-8"),
        (b"id: tale\x00\n", 1, "is not YAML"),
        (b"- id: tale\n", 1, "does not fit"),
        (b"tale\n", 1, "does not fit"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, raw: bytes, line: int, wrong: str) -> None:
    path = tmp_path / "tale.yaml"
    path.write_bytes(raw)
    with pytest.raises(BadInput, match=wrong) as bad:
        load(path, "tale.yaml", RULES)
    assert bad.value.problems[0].line == line
    assert bad.value.problems[0].right


def test_a_missing_file_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        load(tmp_path / "nowhere.yaml", known_rules=RULES)


def test_more_than_24_variants_are_refused(tale: Load) -> None:
    choice = '  - says: "It rains."\n    or:\n' + '      - says: "It snows."\n' * 4
    [problem] = problems(tale, GOOD.replace("ask:", choice * 2 + "ask:"))
    assert (problem.field, problem.wrong) == ("story", "has 50 variants.")
    assert "At most 24 variants" in problem.right


def test_an_order_told_only_in_some_variants_fills_no_slot_elsewhere(tale: Load) -> None:
    other = '    or:\n      - says: "The judge makes no order."\n'
    text = changed("ends: 2027-02-08}\n", "ends: 2027-02-08}\n" + other).replace(
        "{who} calls", "{who}, knowing the {first}, calls"
    )
    fields = [problem.field for problem in problems(tale, text)]
    assert "story[3].says" in fields
    assert "ask[0].order" in fields


def test_a_relation_told_only_in_some_variants_does_not_carry_an_order(tale: Load) -> None:
    text = changed("tie: former-spouses}\n", 'tie: former-spouses}\n    or:\n      - says: "They have met."\n')
    assert [problem.field for problem in problems(tale, text)] == ["story[2].order"]


@pytest.mark.parametrize("way", ["ground: harassment", "court: criminal, kind: release-condition"])
def test_an_order_with_a_ground_or_of_a_criminal_court_needs_no_relation(tale: Load, way: str) -> None:
    text = changed("{between: [dana, riley], tie: former-spouses}", "")
    text = text.replace("kind: final, ", "" if "kind" in way else "kind: final, ").replace("served: 2026-02-10", way)
    assert tale(text).story[2].order is not None


def test_an_order_spoken_in_court_first_may_be_known_before_it_is_written(tale: Load) -> None:
    text = changed("served: 2026-02-10", "announced: 2026-02-06, notice: in-court, notice_day: 2026-02-06")
    assert tale(text).variants()[0].order("first").noticed


def test_a_folder_gives_the_good_ones_and_all_problems_of_the_others(tmp_path: Path) -> None:
    for place, text in {
        "waiver/tale": GOOD,
        "waiver/other": GOOD.replace("id: tale", "id: other").replace("did: call", "did: cal"),
        "duration/empty": "",
        "violations/tale": GOOD,
    }.items():
        path = tmp_path / "scenarios" / f"{place}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    good, bad = load_folder(tmp_path / "scenarios", RULES)
    assert [family.file for family in good] == ["scenarios/violations/tale.yaml"]
    assert {problem.file: problem.line for problem in bad} == {
        "scenarios/duration/empty.yaml": 1,
        "scenarios/waiver/other.yaml": CALL,
        "scenarios/waiver/tale.yaml": 1,
    }
    [twice] = [problem for problem in bad if problem.field == "id"]
    assert "also the id of scenarios/violations/tale.yaml" in twice.wrong


def test_a_sound_story_draws_no_warning(tale: Load) -> None:
    assert lint(tale(GOOD)) == []


def test_a_long_sentence_draws_a_warning_where_it_stands(tale: Load) -> None:
    text = changed("{who} writes to {whom}.", "{who} writes to {whom}" + " again and again" * 9 + ".")
    [warning] = lint(tale(text))
    assert (warning.line, warning.field) == (19, "story[3].or[0].says")
    assert "at most 25 words" in warning.right


def test_two_short_sentences_are_not_one_long_one(tale: Load) -> None:
    assert lint(tale(changed("{who} calls {whom}.", "{who} calls {whom}: “Hello, how are you these days?” " * 3))) == []


def test_a_long_story_draws_a_warning(tale: Load) -> None:
    [warning] = lint(tale(changed("{who} calls {whom}.", "{who} calls {whom}. " + "It rains a lot. " * 40)))
    assert warning.field == "story"
    assert "at most 140 words" in warning.right


@pytest.mark.parametrize("real", ["dana@gmail.com", "617-482-3000", "(617) 482-3000", "+1 617 482 3000"])
def test_an_address_that_may_be_real_draws_a_warning(tale: Load, real: str) -> None:
    [warning] = lint(tale(changed("{who} calls {whom}.", f"{{who}} calls {real}.")))
    assert (warning.line, real in warning.wrong) == (16, True)


@pytest.mark.parametrize(
    "made_up", ["dana@example.org", "dana@mail.example.com", "617-555-0123", "2026-06-10", "60000"]
)
def test_an_address_that_cannot_be_real_draws_none(tale: Load, made_up: str) -> None:
    assert lint(tale(changed("{who} calls {whom}.", f"{{who}} calls {made_up}."))) == []


SCRAPS = st.sampled_from(
    ["", "[]", "{}", "null", "0", "[[]]", "{a: b}", "[{}]", "true", "dana", "'{'", "[dana, [dana]]"]
)
PLACES = st.sampled_from([line for line in GOOD.splitlines() if ":" in line])


@given(place=PLACES, scrap=SCRAPS)
def test_no_shape_of_a_file_makes_the_reader_crash(
    tmp_path_factory: pytest.TempPathFactory, place: str, scrap: str
) -> None:
    path = tmp_path_factory.mktemp("shape") / "tale.yaml"
    path.write_text(GOOD.replace(place, f"{place.split(':')[0]}: {scrap}", 1), encoding="utf-8")
    good, bad = load_folder(path.parent, RULES)
    assert len(good) + bool(bad) == 1
    assert all(problem.line >= 1 and problem.wrong for problem in bad)
