"""A class of attackers at both doors: none gains a mark, stops the others, runs anything, or is lost silently."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from attackers import ATTACKS, HONEST, TEXT, attack
from gradebook_rows import rows
from sample_class import FULL
from sample_quiz import KEYS, QUIZ, SHEET
from test_grade import grader
from test_nbgrader import nbgrader

pytestmark = pytest.mark.slow
AUTO = [item.id for item in SHEET.items if item.kind != "written"]
CLASS = (HONEST, *ATTACKS)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    from grader.gradebook import course

    folder = tmp_path_factory.mktemp("attacks")
    (folder / "roster.csv").write_text(
        "id,first_name,last_name,email\n" + "".join(f"{one},{one},X,\n" for one in CLASS)
    )
    course.new(folder / "course", folder / "roster.csv", {QUIZ: (SHEET, KEYS)}, check_owner=False)
    (folder / "canaries").mkdir()
    attack(folder / "course", folder / "canaries")
    return folder


@pytest.fixture(scope="module")
def doors(handed_in):
    """The class graded by nbgrader's command and by ours: the course, what was told of whom, how it ended."""
    by_nbgrader = shutil.copytree(handed_in / "course", handed_in / "by-nbgrader")
    by_grader = shutil.copytree(handed_in / "course", handed_in / "by-grader")
    stock, ours = nbgrader(by_nbgrader, "autograde", QUIZ), grader(by_grader, "--json")
    said, warned = ours.communicate()
    assert (stock.returncode, ours.returncode) == (0, 0), stock.stderr[-3000:] + warned + said[-3000:]
    lines = stock.stderr.splitlines()
    told = {one: "\n".join(line for line in lines if f"{one}, {QUIZ}: " in line) for one in CLASS}
    remarks = {one: "\n".join(remarks) for one, remarks in json.loads(said)["remarks"].items()}
    return {
        "nbgrader autograde": SimpleNamespace(course=by_nbgrader, told=told),
        "grader grade": SimpleNamespace(course=by_grader, told=remarks),
    }


@pytest.fixture(params=["nbgrader autograde", "grader grade"])
def door(request, doors):
    return doors[request.param]


def marks(course: Path):
    from grader.gradebook import book

    with book.gradebook(course) as open_book:
        return {one: book.marks(open_book, QUIZ, one) for one in CLASS}


def test_no_attack_earns_a_mark_and_the_honest_learner_has_every_one(door):
    earned = {one: sum(found[id].auto for id in AUTO) for one, found in marks(door.course).items()}
    assert earned == {HONEST: FULL} | {one: trick.earns for one, trick in ATTACKS.items()}


def test_every_text_waits_for_a_person_and_has_no_mark_of_its_own(door):
    waiting = {one: found["w9"].waiting for one, found in marks(door.course).items()}
    assert waiting == {HONEST: True} | {one: trick.waits for one, trick in ATTACKS.items()}
    assert not any(found["w9"].score for found in marks(door.course).values())


def test_nothing_that_anybody_handed_in_ever_ran(door, handed_in):
    assert "open(" in (door.course / "submitted" / "runs-in-every-cell" / QUIZ / f"{QUIZ}.ipynb").read_text()
    assert list((handed_in / "canaries").iterdir()) == []


def test_what_was_amiss_is_told_by_name(door):
    untold = {one: trick.told for one, trick in ATTACKS.items() if trick.told not in door.told.get(one, "")}
    assert untold == {}
    assert not door.told.get(HONEST)


@pytest.mark.parametrize("learner", CLASS)
def test_the_graded_notebook_is_the_released_one_with_the_learners_own_text(door, learner):
    released = nbformat.read(door.course / "release" / QUIZ / f"{QUIZ}.ipynb", as_version=4)
    graded = nbformat.read(door.course / "autograded" / learner / QUIZ / f"{QUIZ}.ipynb", as_version=4)
    assert [(c.id, c.cell_type, c.metadata) for c in graded.cells] == [
        (c.id, c.cell_type, c.metadata) for c in released.cells
    ]
    assert [c.source for c in graded.cells if c.id != "w9"] == [c.source for c in released.cells if c.id != "w9"]
    text = next(c.source for c in graded.cells if c.id == "w9")
    waits = learner == HONEST or ATTACKS[learner].waits
    assert (TEXT in text) == waits
    assert not [key for c in graded.cells for key in c if key == "attachments"]
    for cell in graded.cells[: len(AUTO)]:
        assert {kind for output in cell.get("outputs", ()) for kind in output.get("data", {})} <= {"text/plain"}


def test_both_doors_leave_the_same_rows(doors):
    one, other = (rows(f"sqlite:///{door.course / 'gradebook.db'}") for door in doors.values())
    assert one == other


def test_a_text_that_looks_like_a_template_stays_text_in_the_feedback(doors):
    from grader.gradebook import cycle

    course = doors["grader grade"].course
    cycle._convert(cycle.GenerateFeedback, course, QUIZ, force=True)
    for learner in CLASS:
        page = (course / "feedback" / learner / QUIZ / f"{QUIZ}.html").read_text()
        assert ("{{ 7 * 7 }}" in page) == (learner == HONEST or ATTACKS[learner].waits), learner
        assert "onload" not in page
