"""Quiz files: what is wrong with them is said with file, line and field, all at once."""

from pathlib import Path
from typing import Any

import pytest

from grader.families import Family
from grader.quizzes import build, prepare
from grader.reading import BadInput, Problem
from grader.scenarios import load

SCENARIO = """\
id: called
title: Called
topics: [violations]
law: [us-ma, us-ca]
content: No violence is described.
people:
  kim: {name: Kim}
  robin: {name: Robin}
story:
  - says: "On {day} a judge forbids {binds}, who is there, to contact {protects}. The order runs to {ends}."
    order: {id: paper, kind: final, day: 2026-01-05, notice: in-court, binds: kim, protects: [robin],
      forbids: [abuse, contact], ground: abuse, ends: 2027-01-04}
  - says: "On {day} {who} calls {whom}."
    event: {id: act, day: 2026-06-10, who: kim, did: call, whom: robin, by: phone}
    or:
      - says: "On {day} {who} writes on an open page."
        event: {id: act, day: 2026-06-10, who: kim, did: post, by: public-post}
ask:
  - {id: breach, rule: violations.breach, act: act, order: paper}
  - {id: last, rule: duration.last_day, order: paper}
"""
QUIZ = """\
id: mine
title: Mine
topic: violations
intro: Read and choose.
items:
"""
ITEM = {"id": "one", "scenario": "called", "ask": "breach", "law": "us-ma", "type": "single", "variants": "['0']"}


@pytest.fixture
def families(tmp_path: Path) -> dict[str, Family]:
    path = tmp_path / "called.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return {"called": load(path)}


def write(folder: Path, *items: dict[str, Any], head: str = QUIZ) -> Path:
    lines = ["  - {" + ", ".join(f"{name}: {given}" for name, given in item.items()) + "}\n" for item in items]
    path = folder / "mine.yaml"
    path.write_text(head + "".join(lines), encoding="utf-8")
    return path


def problems(folder: Path, families: dict[str, Family], *items: dict[str, Any], head: str = QUIZ) -> list[Problem]:
    with pytest.raises(BadInput) as caught:
        build(write(folder, *items, head=head), families, "quizzes/mine.yaml")
    return list(caught.value.problems)


def test_a_good_file_gives_a_sheet_and_a_key_of_one_version(tmp_path: Path, families: dict[str, Family]) -> None:
    sheet, key = build(write(tmp_path, ITEM), families)
    assert (sheet.quiz, sheet.version) == (key.quiz, key.version)
    assert [item.id for item in sheet.items] == [item.id for item in key.items] == ["one"]
    assert build(write(tmp_path, ITEM), families) == (sheet, key)


def test_a_change_of_the_items_is_another_version(tmp_path: Path, families: dict[str, Family]) -> None:
    one, _ = build(write(tmp_path, ITEM), families)
    other, _ = build(write(tmp_path, ITEM | {"points": 2}), families)
    assert one.version != other.version


def test_preparing_reads_without_asking_the_law(tmp_path: Path, families: dict[str, Family]) -> None:
    prepared = prepare(write(tmp_path, ITEM | {"variants": "['1']"}), families)
    assert [entry.id for entry, _ in prepared.items] == ["one"]


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"scenario": "caled"}, "scenario", "called"),
        ({"ask": "brech"}, "ask", "breach"),
        ({"law": "us-zz"}, "law", "us-"),
        ({"law": "general"}, "law", "us-"),
        ({"type": "essay"}, "type", "single"),
        ({"points": 0}, "points", "above 0"),
        ({"points": -1}, "points", "above 0"),
        ({"variants": "['9']"}, "variants", "0"),
        ({"ponts": 2}, "ponts", "points"),
        ({"ask": "breach", "variants": "['1']"}, "ask", "in every variant"),
        ({"type": "date"}, "ask", "every variant"),
        ({"type": "select"}, "ask", "every variant"),
        ({"type": "grid"}, "ask", "every variant"),
    ],
)
def test_a_wrong_item_is_named_with_file_line_and_field(
    tmp_path: Path, families: dict[str, Family], change: dict[str, Any], field: str, says: str
) -> None:
    [problem] = problems(tmp_path, families, ITEM, ITEM | {"id": "two"} | change)
    assert (problem.file, problem.line) == ("quizzes/mine.yaml", 7)
    assert problem.field.endswith(field)
    assert says in f"{problem.wrong} {problem.right}"


def test_an_id_that_stands_twice_is_named(tmp_path: Path, families: dict[str, Family]) -> None:
    [problem] = problems(tmp_path, families, ITEM, ITEM)
    assert (problem.line, problem.field) == (7, "items[1].id")
    assert "twice" in problem.wrong


def test_the_id_of_the_quiz_is_the_name_of_its_file(tmp_path: Path, families: dict[str, Family]) -> None:
    [problem] = problems(tmp_path, families, ITEM, head=QUIZ.replace("id: mine", "id: yours"))
    assert (problem.line, problem.field) == (1, "id")


def test_a_missing_field_of_the_quiz_is_named(tmp_path: Path, families: dict[str, Family]) -> None:
    [problem] = problems(tmp_path, families, ITEM, head=QUIZ.replace("intro: Read and choose.\n", ""))
    assert problem.field == "intro"


def test_all_problems_are_told_at_once(tmp_path: Path, families: dict[str, Family]) -> None:
    found = problems(tmp_path, families, ITEM | {"ask": "nothing"}, ITEM | {"id": "two", "law": "us-zz"})
    assert [problem.line for problem in found] == [6, 7]


def test_an_unknown_key_says_why_it_cannot_be_graded(tmp_path: Path, families: dict[str, Family]) -> None:
    [problem] = problems(tmp_path, families, ITEM | {"variants": "['1']"})
    assert "unknown" in problem.wrong
