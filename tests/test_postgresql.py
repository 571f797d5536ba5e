"""The gradebook in PostgreSQL: a real server, started in a folder of its own, with the same rows as SQLite."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from gradebook_rows import rows
from made_class import hand_in, roster
from sample_quiz import KEYS, QUIZ, SHEET
from test_grade import graded, grader, url

pytestmark = pytest.mark.database
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


class Server:
    """A PostgreSQL server that listens on a socket in its own folder and nowhere else."""

    def __init__(self, folder):
        self.folder, self.data = folder, folder / "data"
        # PostgreSQL refuses to run for root; Debian's package makes an account for it
        self.account = {"user": "postgres"} if os.geteuid() == 0 else {}
        if self.account:
            shutil.chown(folder, "postgres")
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8")
        self.start()

    def start(self):
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self):
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def database(self, name):
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", name, data=False)
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def _run(self, program, *words, data=True):
        where = [f"--pgdata={self.data}"] if data else []
        run = [str(PROGRAMS[-1].parent / program), *where, *words]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **self.account)


@pytest.fixture(scope="module")
def server():
    if not PROGRAMS:
        pytest.fail("The tests of PostgreSQL need Debian’s package postgresql.", pytrace=False)
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    folder.chmod(0o755)
    server = Server(folder)
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def by_sqlite(tmp_path_factory):
    from grader.gradebook import course

    folder = tmp_path_factory.mktemp("postgresql")
    known = roster(folder / "roster.csv", 40)
    course.new(folder / "course", folder / "roster.csv", {QUIZ: (SHEET, KEYS)}, check_owner=False)
    hand_in(folder / "course", SHEET, known)
    graded(folder / "course")
    return folder / "course"


@pytest.fixture
def course(by_sqlite, server, tmp_path):
    """The same course, not graded yet, with its gradebook in an empty database of the server."""
    from grader.gradebook import cycle
    from grader.gradebook.book import gradebook

    course = shutil.copytree(by_sqlite, tmp_path / "course")
    for folder in ("autograded", "release"):
        shutil.rmtree(course / folder)
    (course / "gradebook.db").unlink()
    database = server.database(f"g{os.urandom(4).hex()}")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.CourseDirectory.db_url = {database!r}\n")
    with gradebook(course) as book:
        for one in rows(url(by_sqlite))["student"]:
            id, first, last, email = one.split("|")
            book.add_student(id, first_name=first, last_name=last, email=email)
    cycle.generate(course, QUIZ)
    return course


@pytest.fixture
def database(course):
    from grader.gradebook.settings import load

    return load(course).CourseDirectory.db_url


def test_the_grades_are_the_same_as_in_sqlite(course, database, by_sqlite):
    assert len(graded(course)["graded"]) == 40
    assert rows(database) == rows(url(by_sqlite))
    assert len(graded(course)["unchanged"]) == 40


def test_the_grades_are_the_same_as_by_nbgrader_autograde(course, database, by_sqlite):
    from grader.gradebook import cycle

    cycle.autograde(course, QUIZ)
    assert rows(database) == rows(url(by_sqlite))


def test_the_gradebook_can_be_named_for_one_run(course, database, by_sqlite, tmp_path):
    other = shutil.copytree(by_sqlite, tmp_path / "other")
    assert len(graded(other, "--db", database)["graded"]) == 40
    assert rows(database) == rows(url(by_sqlite))


def test_three_graders_at_once_spoil_nothing(course, database, by_sqlite):
    runs = [grader(course, "--force", "--batch", str(batch)) for batch in (3, 4, 5)]
    assert [run.communicate()[1] for run in runs if run.wait()] == []
    assert rows(database) == rows(url(by_sqlite))


def test_a_server_that_is_away_is_reported_and_nothing_is_lost(course, server, database, by_sqlite):
    assert graded(course, "--learner", "learner-0000*")["graded"]
    server.stop()
    try:
        problem = graded(course)["problems"][0]
    finally:
        server.start()
    assert "cannot be reached" in problem["wrong"]
    assert "goes on where it stopped" in problem["right"]
    assert len(graded(course)["graded"]) == 30
    assert rows(database) == rows(url(by_sqlite))


def test_a_corrected_key_keeps_its_history_and_is_undone(course, database, monkeypatch):
    from test_rekeying import built, with_key
    from test_term import data, root

    from grader.gradebook import rekeying
    from grader.sheet import Choice

    graded(course)
    before = rows(database)
    friend = {**KEYS.item("w3").variants[0].choices, "friend": Choice(True, 1.0, "A friend may.")}
    monkeypatch.setattr(rekeying, "rebuild", lambda bank, sheet: built(keys=with_key("w3", choices=friend)))
    data("course", "due", QUIZ, "2040-01-01", "--course", course)
    data("course", "extend", QUIZ, "learner-00001", "--by", "2d12h", "--course", course)
    data("course", "excuse", QUIZ, "learner-00002", "--course", course)
    done = data("rescore", QUIZ, "--root", root(), "--yes", "--course", course)
    assert done["scores"]
    assert rows(database)["grade"] != before["grade"]
    [past] = data("rescore", QUIZ, "--history", "--course", course)["runs"]
    assert [one["after"] for one in past["scores"]] == [one["after"] for one in done["scores"]]
    data("rescore", QUIZ, "--undo", "--yes", "--course", course)
    assert rows(database)["grade"] == before["grade"]
    there = {one["learner"]: one for one in data("course", "status", "--course", course)["learners"]}
    assert there["learner-00001"]["extended_until"].startswith("2040-01-0")
    assert there["learner-00002"]["excused"]
