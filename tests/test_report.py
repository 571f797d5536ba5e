"""The report on a class: what it says, what it never says to others, and what it makes of hostile work."""

import csv
import io
import json
import random
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pandas
import pytest
from bs4 import BeautifulSoup, Tag
from typer.testing import CliRunner, Result

from grader.answers import Entry
from grader.cli import app
from grader.gradebook.folder import key_path
from grader.gradebook.marks import Mark
from grader.reading import BadInput
from grader.report import gather, write
from grader.report.beliefs import beliefs, lessons
from grader.report.items import analysis
from grader.report.register import Entered
from grader.report.tables import tellable
from grader.report.write import Report
from grader.scoring import Score
from tests.sample_quiz import KEYS, PERMISSION, SHEET, right, wrong
from tests.sample_report import a_class, answers, entered, hand_in, make_course, simulated
from tests.simulated_classes import Quiz

DAY = date(2030, 1, 5)
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
Make = Callable[..., Report]
PERMITTED = ("permission-counts",)


@pytest.fixture(scope="module")
def taken() -> dict[str, Quiz]:
    return simulated(["waiver", "final"])


@pytest.fixture
def course(tmp_path: Path, taken: dict[str, Quiz]) -> Path:
    return make_course(tmp_path / "course", [*(quiz.built for quiz in taken.values() if quiz.built[0].quiz == "final")])


@pytest.fixture
def roster(monkeypatch: pytest.MonkeyPatch) -> Callable[[tuple[Entered, ...]], None]:
    """Put a class into the place of nbgrader’s gradebook."""
    return lambda people: monkeypatch.setattr(gather, "register", lambda *_: people)


@pytest.fixture
def made(course: Path, taken: dict[str, Quiz], roster: Any) -> Make:
    """The report on a class of some size."""

    def make(size: int, shared: bool = False, **more: Any) -> Report:
        how = {name: more.pop(name) for name in ("sure", "seed", "blank") if name in more}
        roster(a_class(course, taken["final"], size, **how))
        return write.report(course, "final", DAY, shared=shared, **more)

    return make


def soup(report: Report) -> BeautifulSoup:
    return BeautifulSoup(report.page, "html.parser")


def section(report: Report, name: str) -> str:
    heading = soup(report).find("h2", id=name)
    assert isinstance(heading, Tag)
    assert heading.parent is not None
    return " ".join(heading.parent.get_text(" ").split())


def rows(report: Report, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report.files[f"{name}.csv"].decode(), newline="")))


# The small quiz by hand: everything about it is known


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_course(tmp_path / "small", [(SHEET, KEYS)])


def given(learner: str, answer: Callable[[str, str], Any], **more: Any) -> dict[str, Entry]:
    items = {
        i.id: Entry(i.pick(SHEET.salt, learner).variant, answer(i.id, learner), at="2030-01-01T00:00:00+00:00")
        for i in SHEET.items
    }
    return {
        id: replace(entry, first=entry.answer if id != "w9" else "", **more.get(id, {})) for id, entry in items.items()
    }


def test_each_figure_of_a_small_class_is_what_one_can_count(small: Path, roster: Any) -> None:
    for learner in ("ana", "ben", "cleo"):
        hand_in(small, SHEET, learner, given(learner, right))
    hand_in(small, SHEET, "dan", given("dan", wrong))
    roster(tuple(Entered(name) for name in ("ana", "ben", "cleo", "dan", "eve")))
    work = gather.gather(small, SHEET.quiz)
    assert [person.id for person in work.here] == ["ana", "ben", "cleo", "dan"]
    found = {item.id: item for item in analysis(work).items}
    assert {id: (item.right, item.facility) for id, item in found.items()} == dict.fromkeys(
        ["w1", "w2", "w3", "w4", "w5"], (3, 0.75)
    )
    assert analysis(work).left_out == ("w9",)
    [friend] = [answer for answer in found["w3"].forms[0].answers if answer.text == "A friend"]
    assert (friend.belief, friend.people, friend.by_third) == (PERMISSION, 1, (0, 0, 1))
    [held] = beliefs(work)
    assert (held.name, held.met, [p.id for p in (*held.firm, *held.shown)]) == (PERMISSION, 4, ["dan"])


def test_what_everybody_gets_full_marks_for_does_not_wait_for_a_person(tmp_path: Path, roster: Any) -> None:
    items = tuple(replace(key, given="Its key was wrong.") if key.id == "w1" else key for key in KEYS.items)
    course = make_course(tmp_path / "given", [(SHEET, replace(KEYS, items=items))])
    hand_in(course, SHEET, "ana", given("ana", right))
    roster((Entered("ana"),))
    report = write.report(course, SHEET.quiz, DAY)
    assert "Left out until a person has marked every text: w9." in section(report, "items")
    assert "Everybody gets full marks for w1" in section(report, "rules")


def test_only_the_first_answer_counts_for_a_question_and_the_last_one_for_the_score(small: Path, roster: Any) -> None:
    items = given("ana", right)
    items["w5"] = replace(items["w5"], first=["s2"])
    hand_in(small, SHEET, "ana", items)
    roster((Entered("ana"),))
    work = gather.gather(small, SHEET.quiz)
    assert work.here[0].points == 9
    [w5] = [item for item in analysis(work).items if item.id == "w5"]
    assert (w5.right, w5.changed) == (0, 1)
    assert [one.name for one in beliefs(work)] == [PERMISSION]


def test_marks_of_a_person_and_lateness_count_and_a_marked_text_is_a_question_like_others(
    small: Path, roster: Any
) -> None:
    hand_in(small, SHEET, "ana", given("ana", right))
    marks = {i.id: Mark(i.points, i.points, i.points) for i in SHEET.items} | {"w9": Mark(3.0, 4.0, None, 3.0)}
    roster((Entered("ana", marks=marks, late=2.0),))
    work = gather.gather(small, SHEET.quiz)
    assert work.here[0].points == 10
    assert [(item.id, item.facility) for item in analysis(work).items][-1] == ("w9", 0.75)
    waiting = {**marks, "w9": Mark(0.0, 4.0, None, None, True)}
    roster((Entered("ana", marks=waiting),))
    assert gather.gather(small, SHEET.quiz).here[0].waiting


def test_confident_errors_come_first_and_risk_to_a_client_weighs(small: Path, roster: Any) -> None:
    sure = {id: {"certainty": 3} for id in ("w2", "w3", "w5")}
    hand_in(small, SHEET, "ana", given("ana", wrong, **sure))
    hand_in(small, SHEET, "ben", given("ben", wrong))
    roster((Entered("ana"), Entered("ben")))
    [held] = beliefs(gather.gather(small, SHEET.quiz))
    assert [person.id for person in held.sure] == ["ana"]
    assert held.weight == (3, (len(held.firm) + len(held.shown) / 2) * 3)


def test_who_was_wrong_and_then_sure_of_something_else_is_no_confident_error(small: Path, roster: Any) -> None:
    hand_in(small, SHEET, "ana", given("ana", wrong, w3={"certainty": 3, "answer": ["judge"]}))
    roster((Entered("ana"),))
    [held] = beliefs(gather.gather(small, SHEET.quiz))
    assert held.people
    assert not held.sure


# A simulated class


@pytest.mark.parametrize(
    ("size", "said", "apart"),
    [
        (12, "only counts and facility are shown", False),
        (30, "with its 95 % interval", True),
        (60, "large enough for all figures", True),
    ],
)
def test_a_small_class_is_told_less(made: Make, size: int, said: str, apart: bool) -> None:
    report = made(size)
    assert said in section(report, "items")
    assert ("Discrimination" in section(report, "items").split("What each third")[0]) is apart
    assert ("no reliability is worked out" in section(report, "reliability")) is not apart
    assert any(row["discrimination"] for row in rows(report, "items")) is apart
    if size == 30:
        assert {row["remarks"] for row in rows(report, "items")} <= {
            "",
            "Discrimination below zero: check the key first.",
        }


def test_alpha_stands_with_its_error_and_mixed_topics_are_told_apart(made: Make) -> None:
    said = section(made(60), "reliability")
    assert "standard error" in said
    topics = said.split("By topic:")[1].split("For practice")[0]
    sizes = [int(n) for n in re.findall(r"(\d+) questions?", topics)]
    assert sizes
    assert topics.count("with fewer than ten questions it says little") == sum(n < 10 for n in sizes)


def test_the_instructors_page_names_people_and_says_so(made: Make) -> None:
    report = made(12)
    assert "For the instructor alone" in report.page
    assert "First003 Last003" in section(report, "people")
    assert "grader report final --share" in report.page


def test_a_shared_report_names_nobody_and_holds_no_small_cell(made: Make) -> None:
    report = made(40, shared=True, sure=True)
    everything = report.page + "".join(content.decode() for content in report.files.values())
    for n in range(40):
        assert f"Last{n:03}" not in everything
        assert f"learner-{n:03}" not in everything
    assert "scores.csv" not in report.files
    numbers = ("right", "no_answer", "changed", "hold", "showed_once_or_twice", "very_sure", "satisfactory", "below")
    counts = [
        row[name]
        for table in ("items", "outcomes", "misconceptions")
        for row in rows(report, table)
        for name in numbers
        if row.get(name)
    ]
    assert counts
    assert all(5 <= int(n) <= 35 for n in counts)
    assert all(int(row[third]) >= 5 for row in rows(report, "options") for third in ("top", "middle", "bottom"))


Cells = dict[str, str]
FOLLOWS: dict[str, list[Callable[[Cells], int]]] = {
    "items": [lambda row: int(row["people"]) - int(row["right"]) - int(row["no_answer"])],
    "misconceptions": [
        lambda row: 40 - int(row["hold"]) - int(row["showed_once_or_twice"]),
        lambda row: int(row["hold"]) + int(row["showed_once_or_twice"]) - int(row["very_sure"]),
        lambda row: int(row["met"]) - int(row["hold"]) - int(row["showed_once_or_twice"]),
        lambda row: int(row["met"]) - int(row["hold"]),
        lambda row: int(row["met"]) - int(row["showed_once_or_twice"]),
        lambda row: int(row["met"]) - int(row["very_sure"]),
    ],
}
"""What can be worked out from one row of a shared table, where all its cells are told."""


def worked_out(report: Report) -> list[int]:
    """All that follows by subtraction from the rows of a report's tables."""
    found = []
    for name, ways in FOLLOWS.items():
        for row, way in product(rows(report, name), ways):
            with suppress(ValueError):  # a cell is left out
                found.append(way(row))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_no_small_group_follows_from_a_shared_report_by_subtraction(made: Make, seed: int) -> None:
    class_of_40: dict[str, Any] = {"sure": True, "seed": seed, "blank": 0.25}
    assert any(0 < n < 5 for n in worked_out(made(40, **class_of_40)))
    shared = made(40, shared=True, **class_of_40)
    assert worked_out(shared)
    assert not [n for n in worked_out(shared) if 0 < n < 5]
    questions = [[c.get_text() for c in row.select("td")] for row in soup(shared).select("#items ~ .scroll tbody tr")]
    beliefs = [[c.get_text() for c in row.select("td")] for row in soup(shared).select("#beliefs ~ .scroll tbody tr")]
    pairs = [(row[0], row[-3]) for row in questions] + [(row[-2], row[-1]) for row in beliefs]
    rests = [40 - sum(int(cell.split()[0]) for cell in pair) for pair in pairs if all(" of 40" in c for c in pair)]
    assert not [n for n in rests if 0 < n < 5]
    assert "left out" in [cell for pair in pairs for cell in pair]


def test_whoever_answered_but_left_a_box_empty_or_a_row_open_is_counted(small: Path, roster: Any) -> None:
    everybody = {name: given(name, right) for name in ("ana", "ben", "cleo", "dan")}
    everybody["ana"]["w2"] = replace(everybody["ana"]["w2"], answer={"call": "yes"}, first={"call": "yes"})
    everybody["ben"]["w3"] = replace(everybody["ben"]["w3"], answer=["judge"], first=["judge"])
    del everybody["cleo"]["w3"]
    for name, items in everybody.items():
        hand_in(small, SHEET, name, items)
    roster(tuple(map(Entered, everybody)))
    found = {item.id: item.forms[0].rests for item in analysis(gather.gather(small, SHEET.quiz)).items}
    by_decision = {id: [sum(rests[n : n + 3]) for n in range(0, len(rests), 3)] for id, rests in found.items()}
    assert (by_decision["w2"], by_decision["w3"]) == ([0, 1], [0, 1, 3])  # rows call, wave; boxes judge, clerk, friend


@pytest.mark.parametrize(("right", "rest", "told"), [(20, 0, True), (20, 5, True), (20, 4, False), (34, 5, False)])
def test_answers_are_shared_only_where_no_small_group_follows_from_them(
    small: Path, roster: Any, right: int, rest: int, told: bool
) -> None:
    hand_in(small, SHEET, "ana", given("ana", wrong))
    roster((Entered("ana"),))
    item = next(one for one in analysis(gather.gather(small, SHEET.quiz)).items if one.kind == "select")
    answers = tuple(replace(answer, by_third=(9, 9, 9)) for answer in item.forms[0].answers)
    form = replace(item.forms[0], answers=answers, rests=(0, 5, rest))
    assert tellable(replace(item, people=40, right=right, open=5, forms=(form,))) is told


def test_a_shared_report_does_not_tell_how_few_did_not_hand_in(
    course: Path, taken: dict[str, Quiz], roster: Any
) -> None:
    roster((*a_class(course, taken["final"], 20), Entered("late")))
    lead = soup(write.report(course, "final", DAY, shared=True)).select_one(".lead")
    assert isinstance(lead, Tag)
    assert lead.get_text().startswith("20 people handed in")
    assert "21" not in lead.get_text()


def test_the_picture_of_shared_scores_has_no_column_of_fewer_than_five(made: Make) -> None:
    table = soup(made(40, shared=True)).select_one("#scores ~ details table")
    assert isinstance(table, Tag)
    counts = [int(cell.get_text()) for cell in table.select("td")]
    assert sum(counts) == 40
    assert min(counts) >= 5


@pytest.fixture(scope="module")
def with_a_text_apart() -> Quiz:
    """A quiz with a topic of one question only: a written text."""
    return simulated(["duration"])["duration"]


@pytest.mark.parametrize(("marked", "told"), [(0, False), (1, False), (4, False), (5, True), (26, False), (30, True)])
def test_what_few_have_achieved_is_not_shared_and_neither_is_it_by_whom_it_waits_for(
    tmp_path: Path, with_a_text_apart: Quiz, roster: Any, marked: int, told: bool
) -> None:
    quiz = with_a_text_apart
    course, dice, people = make_course(tmp_path / "course", [quiz.built]), random.Random(1), []
    for n in range(30):
        items = answers(quiz, f"l{n}", (), dice)
        hand_in(course, quiz.built[0], f"l{n}", items)
        people.append(entered(quiz, f"l{n}", items, n, marked=n < marked))
    roster(tuple(people))
    written = {key.topic for key in quiz.built[1].items if key.kind == "written"}
    [topic] = written - {key.topic for key in quiz.built[1].items if key.kind != "written"}
    report = write.report(course, "duration", DAY, shared=True)
    assert (topic in {row["topic"] for row in rows(report, "outcomes")}) is told
    shown = soup(report).select("[aria-labelledby=outcomes] tbody th, [aria-labelledby=picture-outcomes] text")
    assert any(topic in one.get_text() for one in shown) is told
    everybody = {row["topic"] for row in rows(write.report(course, "duration", DAY), "outcomes")}
    assert (topic in everybody) is (marked > 0)


def test_a_class_of_four_cannot_be_shared(made: Make) -> None:
    with pytest.raises(BadInput, match="fewer than 5 cannot be shared"):
        made(4, shared=True)


def test_what_to_teach_again_shows_the_story_the_wrong_answer_the_rule_and_the_contrast(made: Make) -> None:
    said = section(made(60), "monday")
    for part in (
        "Show question",
        "(decides)",
        "Who holds the belief says",
        "That is not so",
        "Risk to a client: safety",
        "The contrast",
    ):
        assert part in said
    assert "If the story said “" in said


def test_the_contrast_comes_from_another_quiz_where_this_one_has_none(
    tmp_path: Path, taken: dict[str, Quiz], roster: Any
) -> None:
    course = make_course(tmp_path / "two", [quiz.built for quiz in taken.values()])
    path = key_path(course, "final")
    without = json.loads(path.read_text(), object_hook=lambda part: part | {"flip": ""} if "flip" in part else part)
    path.write_text(json.dumps(without))
    hand_in(course, taken["final"].built[0], "ana", answers(taken["final"], "ana", PERMITTED, random.Random(3)))
    roster((Entered("ana"),))
    work = gather.gather(course, "final")
    held = [one for one in beliefs(work) if one.name in PERMITTED]
    assert [(one.key.flip, bool(one.elsewhere)) for one in lessons(work, held)] == [("", True)]


def test_earlier_quizzes_are_evidence_for_a_belief(tmp_path: Path, taken: dict[str, Quiz], roster: Any) -> None:
    course = make_course(tmp_path / "two", [quiz.built for quiz in taken.values()])
    hand_in(
        course, taken["final"].built[0], "ana", answers(taken["final"], "ana", ("permission-counts",), random.Random(1))
    )
    roster((Entered("ana"),))
    alone = gather.gather(course, "final").beliefs["ana"]
    hand_in(
        course,
        taken["waiver"].built[0],
        "ana",
        answers(taken["waiver"], "ana", ("permission-counts",), random.Random(1)),
    )
    together = gather.gather(course, "final").beliefs["ana"]
    assert together["permission-counts"].chances > (
        alone["permission-counts"].chances if "permission-counts" in alone else 0
    )


def test_outcomes_are_told_in_the_words_of_the_standard_with_who_needs_support(made: Make) -> None:
    said = section(made(20), "outcomes")
    assert "Student achievement of course learning outcomes" in said
    assert "satisfactory level of achievement" in said
    assert "70 % of an outcome’s points" in said
    assert "Who is below the satisfactory level: offer support" in said


def test_every_picture_has_a_name_and_its_numbers_stand_in_a_table(made: Make) -> None:
    page = soup(made(30))
    pictures = page.select("svg")
    assert len(pictures) == 3
    for picture in pictures:
        title = page.find(id=str(picture["aria-labelledby"]))
        assert isinstance(title, Tag)
        assert "The table below gives the same numbers." in title.get_text()
        assert picture.find_next("table") is not None


def test_the_page_asks_nobody_and_every_link_within_leads_somewhere(made: Make) -> None:
    page = soup(made(20))
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert isinstance(policy, Tag)
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'sha256-")
    assert not page.select("script, link, img, iframe, [style], [src]")
    names = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(names) == len(set(names))
    assert {str(a["href"])[1:] for a in page.select('a[href^="#"]')} <= set(names)


def test_nothing_a_learner_wrote_is_alive_in_the_page_or_a_formula_in_a_table(small: Path, roster: Any) -> None:
    items = given("ana", wrong)
    items["w9"] = replace(items["w9"], answer=SCRIPT)
    items["w3"] = replace(items["w3"], answer=[SCRIPT], first=[SCRIPT])
    items["w4"] = replace(items["w4"], answer="=1+1", first="=1+1")
    items[SCRIPT] = Entry("x", [SCRIPT])
    hand_in(small, SHEET, "ana", items)
    (small / "submitted" / "=cmd|stranger" / SHEET.quiz).mkdir(parents=True)
    roster((Entered("ana", "=HYPERLINK(1)", SCRIPT, "@x"),))
    report = write.report(small, SHEET.quiz, DAY)
    assert not soup(report).select("script, img, [onerror]")
    assert "&lt;script&gt;" in report.page
    [row] = rows(report, "scores")
    assert row["name"].startswith("'=HYPERLINK")
    assert not [
        cell
        for name in ("scores", "items", "options")
        for row in rows(report, name)
        for cell in row.values()
        if cell.startswith(("=", "@"))
    ]
    assert report.strangers == ("=cmd|stranger",)


def replaced(folder: Path) -> Path:
    """Where the answers file was, which is gone now."""
    path = folder / "waiver.answers.json"
    path.unlink()
    return path


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "waiver.answers.json").write_bytes(b"\xff" * 99),
        lambda folder: (folder / "waiver.answers.json").write_text("[" * 100_000),
        lambda folder: replaced(folder).symlink_to("/etc/hostname"),
        lambda folder: (replaced(folder).parent / "waiver.ipynb").write_text("[" * 100_000),
        lambda folder: (replaced(folder).parent / "waiver.ipynb").symlink_to("/etc/hostname"),
    ],
)  # fmt: skip
def test_work_that_cannot_be_read_is_named_and_stops_nobody(small: Path, roster: Any, spoil: Any) -> None:
    for learner in ("ana", "ben"):
        hand_in(small, SHEET, learner, given(learner, right))
    spoil(small / "submitted" / "ben" / SHEET.quiz)
    roster((Entered("ana"), Entered("ben")))
    report = write.report(small, SHEET.quiz, DAY)
    assert report.people == 1
    assert "ben" in section(report, "people")
    assert rows(report, "scores")[1]["readable"] == "False"


def test_answers_of_another_learner_are_nobodys(small: Path, roster: Any) -> None:
    hand_in(small, SHEET, "ana", given("ana", right))
    stolen = small / "submitted" / "ben" / SHEET.quiz
    stolen.mkdir(parents=True)
    source = small / "submitted" / "ana" / SHEET.quiz / "waiver.answers.json"
    (stolen / "waiver.answers.json").write_bytes(source.read_bytes())
    roster((Entered("ana"), Entered("ben")))
    report = write.report(small, SHEET.quiz, DAY)
    assert (report.people, report.unreadable) == (1, ("ben",))


def test_a_class_that_has_not_handed_in_has_an_empty_report(small: Path, roster: Any) -> None:
    roster((Entered("ana"),))
    report = write.report(small, SHEET.quiz, DAY)
    assert "Nobody has handed in answers yet." in report.page
    assert "Nothing handed in." in section(report, "people")


def test_tables_come_as_parquet_with_their_types(made: Make) -> None:
    report = made(20, parquet=True)
    assert set(report.files) == {
        f"{name}.parquet" for name in ("scores", "outcomes", "items", "options", "misconceptions")
    }
    items = pandas.read_parquet(io.BytesIO(report.files["items.parquet"]))
    assert items["facility"].between(0, 1).all()
    assert items["people"].eq(20).all()


# The command


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["report", *map(str, args)], env={"COLUMNS": "200"})


def test_the_command_writes_for_the_owner_alone_and_says_what_to_open(
    course: Path, taken: dict[str, Quiz], roster: Any
) -> None:
    roster(a_class(course, taken["final"], 6))
    result = run("final", "--course", course / "submitted")
    assert result.exit_code == 0, result.stderr
    page = course / "reports" / "final" / "report.html"
    assert str(page) in result.stdout
    assert (
        page.stat().st_mode & 0o077
        == page.parent.stat().st_mode & 0o077
        == page.parent.parent.stat().st_mode & 0o077
        == 0
    )
    told = json.loads(run("final", "--course", course, "--share", "--json").stdout)
    assert (told["ok"], told["people"]) == (True, 6)
    assert all("final-shared" in name and Path(name).exists() for name in told["files"])


def test_a_quiz_that_is_not_there_is_bad_input_and_the_nearest_is_named(course: Path) -> None:
    result = run("finl", "--course", course)
    assert result.exit_code == 2
    assert "Did you mean final?" in result.stderr


def test_a_key_that_does_not_fit_what_was_released_is_bad_input(course: Path, roster: Any) -> None:
    roster(())
    data = json.loads(key_path(course, "final").read_text())
    key_path(course, "final").write_text(json.dumps({**data, "version": "0"}))
    result = run("final", "--course", course)
    assert result.exit_code == 2
    assert "Put the matching key there" in result.stderr


def test_a_folder_that_is_no_course_is_bad_input(tmp_path: Path) -> None:
    result = run("final", "--course", tmp_path)
    assert result.exit_code == 2
    assert "is not inside a course folder" in result.stderr


def test_a_place_that_cannot_be_written_is_bad_input_and_nothing_is_left(
    course: Path, taken: dict[str, Quiz], roster: Any
) -> None:
    roster(a_class(course, taken["final"], 6))
    (course / "taken").touch()
    result = run("final", "--course", course, "--out", course / "taken")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_course_without_its_gradebook_is_bad_input_and_none_is_made(course: Path) -> None:
    config = f"""
c = get_config()
c.CourseDirectory.root = {str(course)!r}
c.CourseDirectory.db_url = "sqlite:///{course}/gradebook.db"
"""
    (course / "nbgrader_config.py").write_text(config)
    result = run("final", "--course", course)
    assert result.exit_code == 2
    assert "is not there" in result.stderr
    assert not (course / "gradebook.db").exists()


def test_a_score_knows_nothing_of_chances_it_was_not_given() -> None:
    assert Score(0.0, 1.0, "unanswered").chances == ()


def test_the_sample_class_is_marked(taken: dict[str, Quiz]) -> None:
    one = entered(taken["final"], "ana", answers(taken["final"], "ana", (), random.Random(1)), 1)
    assert one.marks["explain"].manual == 3.0
