"""A whole class through the real nbgrader: whatever is handed in, everybody is graded, and nothing ever runs."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import gradebook_rows
import made_class
import nbformat
import pytest
from sample_class import BAD_FILES, FULL, HONEST, OTHERS, SCRIPT, SITE, TAMPERINGS, UNREADABLE, hand_in
from sample_quiz import KEYS, QUIZ, SHEET
from test_feedback import Outline
from test_grade import CONFIG, PLUGIN, autograded, url

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
AUTO = [item.id for item in SHEET.items if item.kind != "written"]
LEARNERS = (*HONEST, *TAMPERINGS, *UNREADABLE, *BAD_FILES, *OTHERS)


class Class:
    """A class that has handed in, been collected, graded and given feedback."""

    def __init__(self, folder):
        from grader.gradebook import book, course, cycle

        self.folder, self.homes, self.ran = folder / "course", folder / "homes", folder / "ran"
        os.environ["RAN"] = str(self.ran)
        roster = folder / "roster.csv"
        roster.write_text("id,first_name,last_name,email\n" + "".join(f"{one},{one},X,\n" for one in LEARNERS))
        course.new(self.folder, roster, {QUIZ: (SHEET, KEYS)}, check_owner=False)
        (self.folder / "course.yaml").write_text("feedback: at once\n")
        cycle.release(self.folder, QUIZ)
        hand_in(self.folder, self.homes)
        self.collected = cycle.collect(self.folder, QUIZ)
        self.log = cycle.autograde(self.folder, QUIZ)
        cycle.feedback(self.folder, QUIZ)
        self.scores = book.scores(self.folder)
        with book.gradebook(self.folder) as rows:
            self.marks = {one: book.marks(rows, QUIZ, one) for one in LEARNERS}

    def auto(self, learner):
        return sum(self.marks[learner][id].auto for id in AUTO)

    def graded(self, learner):
        return nbformat.read(self.folder / "autograded" / learner / QUIZ / f"{QUIZ}.ipynb", as_version=4)

    def page(self, learner):
        return (self.folder / "feedback" / learner / QUIZ / f"{QUIZ}.html").read_text()

    def reported(self, learner):
        return [line for line in self.log.splitlines() if f"{learner}, {QUIZ}: " in line]


@pytest.fixture(scope="module")
def the_class(tmp_path_factory):
    return Class(tmp_path_factory.mktemp("class"))


def test_everybody_is_graded_whatever_anybody_handed_in(the_class):
    assert set(the_class.scores) == {(one, QUIZ) for one in LEARNERS}
    assert all(mark.auto is not None for one in LEARNERS for id, mark in the_class.marks[one].items() if id in AUTO)


def test_an_honest_class_gets_the_points_it_earned(the_class):
    earned = {one: the_class.auto(one) for one in HONEST}
    assert earned == {"all-right": 9, "all-wrong": 0, "partly-right": 2.0, "some-of-each": 4.5, "silent": 0}


@pytest.mark.parametrize("learner", [*TAMPERINGS, *UNREADABLE])
def test_whatever_is_done_to_the_notebook_the_answers_are_graded(the_class, learner):
    assert the_class.auto(learner) == FULL
    assert the_class.marks[learner]["w9"].waiting


@pytest.mark.parametrize("learner", SITE)
def test_what_was_answered_on_the_learners_site_is_the_work_of_whoever_handed_it_in(the_class, learner):
    assert the_class.auto(learner) == FULL
    assert the_class.reported(learner) == []


@pytest.mark.parametrize("learner", UNREADABLE)
def test_a_notebook_that_cannot_be_read_is_reported(the_class, learner):
    assert "notebook could not be read" in "".join(the_class.reported(learner))


@pytest.mark.parametrize(("learner", "says"), [(name, says) for name, (_, says) in BAD_FILES.items()])
def test_a_bad_answers_file_earns_nothing_and_is_reported(the_class, learner, says):
    assert the_class.auto(learner) == 0
    assert the_class.marks[learner]["w9"].score == 0
    assert the_class.scores[learner, QUIZ][0] == 0
    assert says in "".join(the_class.reported(learner))
    assert says in text_of(cell_of(the_class.graded(learner), "quiz-receipt"))


@pytest.mark.parametrize("learner", ["unknown-options", "another-variant", "scores-instead-of-answers"])
def test_answers_that_name_nothing_in_this_quiz_are_said_to_earn_nothing(the_class, learner):
    notes = text_of(cell_of(the_class.graded(learner), "w1"))
    assert "Note: " in notes
    assert "0 of 2 points" in notes


def cell_of(notebook, id):
    return next(cell for cell in notebook.cells if cell.id == id)


def text_of(cell):
    return "".join(output.text for output in cell.outputs if "text" in output)


def test_the_receipt_alone_is_enough(the_class):
    assert the_class.auto("receipt-only") == FULL
    assert the_class.marks["receipt-only"]["w9"].waiting


def test_of_two_copies_the_newer_counts_and_the_difference_is_reported(the_class):
    assert the_class.auto("receipt-newer") == FULL
    assert "different answers" in "".join(the_class.reported("receipt-newer"))


def test_nothing_that_was_handed_in_ever_ran(the_class):
    assert "open(" in (the_class.homes / "runs-code" / QUIZ / f"{QUIZ}.ipynb").read_text()
    assert not the_class.ran.exists()


@pytest.mark.parametrize("learner", [*HONEST, "claims-points", "test-cell-copied", "all-options"])
def test_every_graded_cell_holds_one_number_between_nothing_and_its_points(the_class, learner):
    cells = [cell for cell in the_class.graded(learner).cells if cell.metadata.nbgrader.get("grade")]
    assert [cell.id for cell in cells] == [item.id for item in SHEET.items]
    for cell in cells[: len(AUTO)]:
        (number,) = [out.data["text/plain"] for out in cell.outputs if out.output_type == "execute_result"]
        assert 0 <= float(number) <= cell.metadata.nbgrader.points


def test_the_rebuilt_notebook_is_the_released_one_but_for_the_answers(the_class):
    released = nbformat.read(the_class.folder / "release" / QUIZ / f"{QUIZ}.ipynb", as_version=4)
    for learner in ("all-cells-deleted", "cells-of-any-kind", "notebook-not-json"):
        graded = the_class.graded(learner)
        assert [(cell.id, cell.cell_type) for cell in graded.cells] == [(c.id, c.cell_type) for c in released.cells]
        assert [c.source for c in graded.cells if c.id != "w9"] == [c.source for c in released.cells if c.id != "w9"]


def test_the_release_holds_no_key_and_no_hidden_test(the_class):
    released = (the_class.folder / "release" / QUIZ / f"{QUIZ}.ipynb").read_text()
    exchanged = [path for path in (the_class.folder / "exchange").rglob("*") if "outbound" in str(path)]
    assert "HIDDEN" not in released
    assert "points_here" not in released
    assert "credit" not in released
    assert [path.name for path in exchanged if path.is_file()] == [f"{QUIZ}.ipynb"]
    assert nbformat.reads(released, as_version=4).metadata.grader.sheet.quiz == QUIZ


def test_a_text_is_shown_to_the_person_who_grades_with_all_that_is_needed(the_class):
    graded = the_class.graded("all-right")
    brief = cell_of(graded, "ask-w9").outputs[0].text
    assert "The learner wrote" in cell_of(graded, "w9").source
    assert "Only the court can change its order" in cell_of(graded, "w9").source
    for words in ("Model answer: Nothing", "Look for: Issue (1 point)", "Robin texts"):
        assert words in brief


def test_without_a_text_nobody_has_to_grade_one(the_class):
    mark = the_class.marks["silent"]["w9"]
    assert (mark.auto, mark.waiting) == (0, False)


def test_links_stay_behind_when_submissions_are_collected(the_class):
    assert "link or a device" in the_class.collected
    assert not [path for path in (the_class.folder / "submitted").rglob("*") if path.is_symlink()]


@pytest.mark.parametrize("learner", LEARNERS)
def test_every_learner_gets_a_feedback_page_that_runs_nothing(the_class, learner):
    page = the_class.page(learner)
    assert Outline(page).alive == []
    assert SCRIPT not in page
    assert f"For {learner}." in page


def test_feedback_reaches_the_learner_through_the_exchange(the_class):
    from grader.gradebook import cycle

    home = the_class.homes / "all-wrong"
    cycle.fetch_feedback(the_class.folder, QUIZ, "all-wrong", home)
    (page,) = (home / QUIZ / "feedback").rglob("*.html")
    assert page.read_text() == the_class.page("all-wrong")
    assert "For all-wrong." in page.read_text()


def test_a_person_marks_a_text_and_the_page_says_so(the_class, tmp_path):
    from grader.gradebook import book, cycle

    course = shutil.copytree(the_class.folder, tmp_path / "course")
    with book.gradebook(course) as rows:
        grade = rows.find_grade("w9", QUIZ, QUIZ, "all-right")
        grade.manual_score, grade.needs_manual_grade = 3, False
        rows.find_comment("w9", QUIZ, QUIZ, "all-right").manual_comment = "Good. Name <the> rule."
        rows.db.commit()
    cycle.feedback(course, QUIZ, "all-right")
    page = (course / "feedback" / "all-right" / QUIZ / f"{QUIZ}.html").read_text()
    assert "Score: 12 of 13 points" in page
    assert "Good. Name &lt;the&gt; rule." in page
    cycle.autograde(course, QUIZ, "all-right")
    assert book.scores(course)["all-right", QUIZ][0] == 12


def test_a_later_submission_takes_the_place_of_the_first(the_class, tmp_path):
    from sample_class import answer_all

    from grader.gradebook import book, cycle

    course = shutil.copytree(the_class.folder, tmp_path / "course")
    home = shutil.copytree(the_class.homes / "silent", tmp_path / "silent")
    answer_all(home, "silent")
    cycle.submit(course, QUIZ, "silent", home)
    cycle.collect(course, QUIZ)
    cycle.autograde(course, QUIZ, "silent")
    assert book.scores(course)["silent", QUIZ][0] == FULL


def test_bad_folders_in_the_exchange_stop_nobody(the_class, tmp_path):
    from grader.gradebook import cycle

    course = shutil.copytree(the_class.folder, tmp_path / "course", symlinks=True)
    shutil.rmtree(course / "submitted")
    inbound = course / "exchange" / "protective-orders" / "inbound"
    good = next(path for path in inbound.iterdir() if path.name.startswith("all-right+"))
    (inbound / f"thief+{QUIZ}+2026-11-20 10:00:00.000000 UTC+x").symlink_to(good)
    (inbound / f"nonsense+{QUIZ}+not a time+x").mkdir()
    pipe = inbound / f"pipe+{QUIZ}+2026-11-20 10:00:00.000000 UTC+x"
    pipe.mkdir()
    os.mkfifo(pipe / f"{QUIZ}.answers.json")
    log = cycle.collect(course, QUIZ)
    collected = {path.name for path in (course / "submitted").iterdir()}
    assert set(LEARNERS) <= collected
    assert not collected & {"thief", "nonsense"}
    assert "thief" in log
    assert not list((course / "submitted" / "pipe").rglob("*.json"))


def test_grading_is_refused_when_the_key_belongs_to_another_version(the_class, tmp_path):
    from grader.gradebook import cycle

    course = shutil.copytree(the_class.folder, tmp_path / "course")
    key = course / "keys" / f"{QUIZ}.json"
    key.write_text(key.read_text().replace('"version": "1"', '"version": "2"'))
    with pytest.raises(cycle.StepFailed, match="matching key"):
        cycle.autograde(course, QUIZ, "all-right")


def test_an_item_without_a_key_earns_nothing(the_class, tmp_path):
    import json

    from grader.gradebook import book, cycle

    course = shutil.copytree(the_class.folder, tmp_path / "course")
    key = course / "keys" / f"{QUIZ}.json"
    data = json.loads(key.read_text())
    data["items"] = [item for item in data["items"] if item["id"] != "w1"]
    key.write_text(json.dumps(data))
    cycle.autograde(course, QUIZ, "all-right")
    with book.gradebook(course) as rows:
        assert book.marks(rows, QUIZ, "all-right")["w1"].auto == 0


STOCK = """
from nbgrader import preprocessors as stock
c.Autograde.exporter_class = "nbconvert.exporters.NotebookExporter"
c.Autograde.sanitize_preprocessors = [
    stock.ClearOutput, stock.DeduplicateIds, stock.OverwriteKernelspec, stock.OverwriteCells, stock.CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    stock.Execute, stock.LimitOutput, stock.SaveAutoGrades, stock.AssignLatePenalties, stock.CheckCellMetadata,
]
"""


def test_grades_equal_those_of_nbgraders_own_executing_grader(the_class, tmp_path, monkeypatch):
    from grader.gradebook import book, cycle

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    course = shutil.copytree(the_class.folder, tmp_path / "course")
    shutil.rmtree(course / "autograded")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(STOCK)
    for learner in HONEST:
        cycle.autograde(course, QUIZ, learner)
    with book.gradebook(course) as rows:
        stock = {(one, id): book.marks(rows, QUIZ, one)[id].auto for one in HONEST for id in AUTO}
    assert stock == {(one, id): the_class.marks[one][id].auto for one in HONEST for id in AUTO}
    ran = nbformat.read(course / "autograded" / "all-right" / QUIZ / f"{QUIZ}.ipynb", as_version=4)
    assert cell_of(ran, "w1").execution_count


@pytest.fixture
def generated(tmp_path):
    """A course in which six learners handed in random answers, three of them late; an hour costs half a point."""
    from grader.gradebook import book, course

    known = made_class.roster(tmp_path / "roster.csv", 6)
    folder = tmp_path / "course"
    course.new(folder, tmp_path / "roster.csv", {QUIZ: (SHEET, KEYS)}, check_owner=False)
    (folder / "half_a_point.py").write_text(PLUGIN)
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(CONFIG)
    made_class.hand_in(folder, SHEET, known, seed=2)
    with book.gradebook(folder) as rows:
        rows.find_assignment(QUIZ).duedate = (made_class.START + timedelta(minutes=2)).replace(tzinfo=None)
        rows.db.commit()
    return folder


def as_stock(row):
    """Our row as nbgrader’s own grader writes it; only that of a written text differs.

    A written text lies in the answers file, which nbgrader does not know. It finds the cell for the text as it was
    released, so it gives 0 points at once (auto_score), asks nobody to mark it (needs_manual_grade) and remarks
    “No response.” (auto_comment). We leave all three open for a person.
    """
    learner, cell, kind, *values = row.split("|")
    if (cell, kind, values) == ("w9", "GradeCell", ["None", "None", "None", "1"]):
        values = ["0.0", "None", "None", "0"]
    if (cell, kind, values) == ("w9", "SolutionCell", ["None", "None"]):
        values = ["No response.", "None"]
    return "|".join([learner, cell, kind, *values])


def test_a_class_graded_by_us_has_the_rows_of_nbgraders_own_executing_grader(generated, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    executing = shutil.copytree(generated, tmp_path / "executing")
    with (executing / "nbgrader_config.py").open("a") as config:
        config.write(STOCK)
    autograded(generated)
    autograded(executing)
    ours, stock = gradebook_rows.rows(url(generated)), gradebook_rows.rows(url(executing))
    for table in ("student", "submission", "notebook"):
        assert ours[table] == stock[table], table
    for table in ("grade", "comment"):
        assert sorted(map(as_stock, ours[table])) == stock[table], table
        assert {row for row in ours[table] if as_stock(row) != row}
    assert len(ours["grade"]) == 6 * len(SHEET.items)
    lateness = [row.rpartition("|")[2] for row in ours["notebook"]]
    assert lateness[:3] == ["None"] * 3
    assert all(float(points) > 0 for points in lateness[3:])


def test_formgraders_buttons_do_the_same(the_class, tmp_path):
    from nbgrader.apps.api import NbGraderAPI

    from grader.gradebook import book, cycle

    course = shutil.copytree(the_class.folder, tmp_path / "course")
    shutil.rmtree(course / "autograded")
    shutil.rmtree(course / "feedback")
    desk = NbGraderAPI(config=cycle.settings(course))
    for button in (desk.autograde, desk.generate_feedback, desk.release_feedback):
        assert button(QUIZ, "all-wrong")["success"]
    assert "For all-wrong." in (course / "feedback" / "all-wrong" / QUIZ / f"{QUIZ}.html").read_text()
    assert desk.collect(QUIZ)["success"]
    assert desk.generate_assignment(QUIZ)["success"]
    assert book.scores(course)["all-wrong", QUIZ] == the_class.scores["all-wrong", QUIZ]


@pytest.mark.parametrize("learner", ["script-in-the-text", "scripts", "script-cell", "claims-points", "attachment"])
def test_what_a_learner_wrote_is_not_live_in_formgrader(the_class, learner):
    import nbgrader.server_extensions.formgrader as formgrader
    from nbconvert.exporters import HTMLExporter

    from grader.gradebook import cycle

    config = cycle.settings(the_class.folder)
    templates = str(Path(formgrader.__file__).parent / "templates")
    exporter = HTMLExporter(config=config, template_name="formgrade", extra_template_basedirs=[templates])
    ids = dict.fromkeys(("notebook_id", "assignment_id", "submission_id"), QUIZ)
    resources = {"base_url": "", "index": 0, "total": 1, **ids}
    html, _ = exporter.from_notebook_node(the_class.graded(learner), resources=resources)
    assert SCRIPT not in html
    assert 'href="javascript' not in html
    assert "<h1>not a heading" not in html
    assert ("[x](javascript:alert(1))" in html) == (learner == "script-in-the-text")
    assert "mathjax_ignore" in html


COMMANDS = [
    ("generate_assignment", QUIZ, "--force"),
    ("release_assignment", QUIZ, "--force"),
    ("list",),
    ("collect", QUIZ, "--update"),
    ("autograde", QUIZ, "--student=all-right", "--force"),
    ("generate_feedback", QUIZ, "--student=all-right", "--force"),
    ("release_feedback", QUIZ, "--student=all-right"),
    ("export",),
    ("db", "student", "list"),
    ("db", "upgrade"),
]


def nbgrader(folder, *words):
    programs = Path(sys.executable).parent
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    run = [str(programs / "nbgrader"), *words]
    return subprocess.run(run, cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def test_every_nbgrader_command_works_in_the_course_folder(the_class, tmp_path):
    course = shutil.copytree(the_class.folder, tmp_path / "course")
    failed = {}
    for words in COMMANDS:
        done = nbgrader(course, *words)
        if done.returncode:
            failed[words] = done.stderr
    assert failed == {}
    rows = (course / "grades.csv").read_text().splitlines()
    assert len(rows) == len(LEARNERS) + 1
    assert any(",all-right," in row and ",9.0,13.0" in row for row in rows)


def test_a_learner_hands_in_and_gets_feedback_by_nbgraders_own_commands(the_class, tmp_path):
    from sample_class import answer_all

    course = shutil.copytree(the_class.folder, tmp_path / "course")
    home = tmp_path / "home"
    home.mkdir()
    (home / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'protective-orders'\n"
        f"c.Exchange.root = {str(course / 'exchange')!r}\n"
        f"c.Exchange.cache = {str(home / 'cache')!r}\n"
    )
    done = [nbgrader(home, "fetch_assignment", QUIZ)]
    answer_all(home, "silent")
    done += [nbgrader(home, "submit", QUIZ, "--student=silent")]
    done += [nbgrader(course, "collect", QUIZ, "--update")]
    for command in ("autograde", "generate_feedback", "release_feedback"):
        done += [nbgrader(course, command, QUIZ, "--student=silent")]
    done += [nbgrader(home, "fetch_feedback", QUIZ)]
    assert [one.stderr for one in done if one.returncode] == []
    (page,) = (home / QUIZ / "feedback").rglob("*.html")
    assert "Score: 9 of 13 points" in page.read_text()
