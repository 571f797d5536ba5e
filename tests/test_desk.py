"""The instructor's desk through a term, with the real nbgrader: set up, hand out, collect, take back."""

import json
import os
import shlex
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from handing_in import CLASS, KEYS, LATER, QUIZ, SHEET, answers, folder_with, snapshot, wrong
from sample_class import FULL, answer_all
from typer.testing import CliRunner

from grader.cli import app
from grader.gradebook.course import keep_roster, new
from grader.gradebook.roster import roster_text

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent


def run(*words, ok=True, typed=None):
    done = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"}, input=typed)
    assert done.exit_code == (0 if ok else 2), done.output + repr(done.exception)
    return done.output


def data(*words):
    done = CliRunner().invoke(app, [*(str(word) for word in words), "--json"])
    assert done.exit_code == 0, done.output + repr(done.exception)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fresh")
    (folder / "roster.csv").write_text(roster_text(CLASS), encoding="utf-8")
    new(folder / "course", folder / "roster.csv", {QUIZ: (SHEET, KEYS)}, check_owner=False)
    return folder / "course"


@pytest.fixture
def desk(fresh, tmp_path):
    """A course of one's own, and the steps of its learners."""
    from grader.gradebook import cycle

    course = shutil.copytree(fresh, tmp_path / "course")

    def fetch(login):
        (tmp_path / login).mkdir()
        cycle.fetch(course, QUIZ, login, tmp_path / login)

    def hand_in(login, given=None):
        answer_all(tmp_path / login, login, *([given] if given else []))
        cycle.submit(course, QUIZ, login, tmp_path / login)

    def states():
        return {one["learner"]: one["state"] for one in data("course", "status", "--course", course)["learners"]}

    return SimpleNamespace(
        course=course, home=tmp_path, fetch=fetch, hand_in=hand_in, states=states, cycle=cycle,
        release=lambda: cycle.release(course, QUIZ),
        collect=lambda *more: data("collect", QUIZ, *more, "--course", course),
        grade=lambda: cycle.autograde(course, QUIZ),
    )  # fmt: skip


def graded(desk):
    from grader.gradebook.book import scores

    return {learner: score for (learner, _), (score, _, _) in scores(desk.course).items()}


def test_the_status_follows_every_step_of_every_learner(desk):
    assert set(desk.states().values()) == {"nothing"}
    desk.release()
    desk.fetch("ann")
    desk.fetch("bob")
    assert desk.states() == {
        "ann": "fetched",
        "bob": "fetched",
        "zoe": "nothing",
        "twin1": "nothing",
        "twin2": "nothing",
    }
    desk.hand_in("ann", lambda item, learner: None if item == "w9" else wrong(item, learner))
    desk.hand_in("bob")
    assert (desk.states()["ann"], desk.states()["bob"]) == ("handed in", "handed in")
    assert [row["what"] for row in desk.collect()["collected"]] == ["collected", "collected"]
    assert desk.states()["ann"] == "collected"
    desk.grade()
    assert (desk.states()["ann"], desk.states()["bob"]) == ("graded", "waiting")
    desk.hand_in("ann")
    assert desk.states()["ann"] == "handed in"
    desk.collect()
    assert desk.states()["ann"] == "outdated"
    shown = run("course", "status", "--course", desk.course)
    assert "graded, newer there" in shown
    assert f"{FULL:g} of 13, waits for you" in shown


def test_collecting_from_the_exchange_shows_first_what_it_would_do(desk):
    desk.release()
    desk.fetch("ann")
    desk.hand_in("ann")
    before = snapshot(desk.course)
    told = desk.collect("--dry-run")
    assert snapshot(desk.course) == before
    done = desk.collect()
    assert told["collected"] == done["collected"]
    assert (told["missing"], done["dry_run"]) == (["bob", "zoe", "twin1", "twin2"], False)
    assert [row["what"] for row in desk.collect()["collected"]] == ["unchanged"]


def test_collecting_before_a_release_says_what_to_do(desk):
    assert "release_assignment" in run("collect", QUIZ, "--course", desk.course, ok=False)


def test_work_under_another_login_is_collected_graded_and_given_back_to_its_learner(desk):
    desk.release()
    desk.fetch("annie-mac")
    desk.hand_in("annie-mac")
    assert [row["learner"] for row in desk.collect()["collected"]] == ["ann"]
    desk.grade()
    assert graded(desk)["ann"] == FULL
    desk.cycle.feedback(desk.course, QUIZ)
    page = (desk.course / "feedback" / "ann" / QUIZ / f"{QUIZ}.html").read_text()
    assert "For ann." in page
    assert "Score: 9 of 13" in page
    desk.cycle.fetch_feedback(desk.course, QUIZ, "annie-mac", desk.home / "annie-mac")
    assert [path.read_text() for path in (desk.home / "annie-mac").rglob("*.html")] == [page]


def test_files_and_the_exchange_end_at_the_same_grades_and_feedback_can_be_released(desk):
    desk.release()
    desk.fetch("bob")
    desk.hand_in("bob")
    desk.collect()
    source = folder_with(desk.home / "lms", {"leeann_4711_1_waiver.answers.json": answers("ann"), "zoe.json": b"{"})
    desk.collect(source)
    desk.grade()
    assert graded(desk) == {"ann": FULL, "bob": FULL, "zoe": 0}
    desk.cycle.feedback(desk.course, QUIZ)
    pages = list((desk.course / "exchange" / "protective-orders" / "feedback").glob("*.html"))
    assert len(pages) == 3


def test_an_unknown_login_earns_nothing_until_it_is_accepted(desk):
    source = folder_with(desk.home / "lms", {"Bob Lee.json": answers("bobs-laptop")})
    desk.collect(source)
    desk.grade()
    assert graded(desk)["bob"] == 0
    told = desk.collect(source, "--accept-logins")
    assert told["warnings"] == ["Noted as a login of bob: bobs-laptop"]
    assert told["collected"][0]["remarks"] == []
    desk.grade()
    assert graded(desk)["bob"] == FULL


def test_a_stranger_in_the_exchange_is_reported(desk):
    desk.release()
    desk.fetch("stranger")
    desk.hand_in("stranger")
    [row] = desk.collect()["collected"]
    assert "not on the roster" in row["remarks"][0]
    assert "not on the roster" in run("course", "status", "--course", desk.course)


def rows_of(course):
    with sqlite3.connect(course / "gradebook.db") as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type='table'")]
        return {table: sorted(map(repr, db.execute(f"select * from {table}"))) for table in tables}


def worked(desk):
    desk.release()
    for login in ("ann", "bob"):
        desk.fetch(login)
        desk.hand_in(login)
    desk.collect()
    desk.collect(folder_with(desk.home / "lms", {"zoe.json": answers("zoe"), "zoe-1.json": answers("zoe", LATER)}))
    desk.collect(folder_with(desk.home / "lms2", {"nobody.json": b"x"}))
    desk.grade()
    desk.cycle.feedback(desk.course, QUIZ)


def test_a_reset_is_shown_asked_for_done_and_undone_to_the_last_byte(desk):
    worked(desk)
    files, rows = snapshot(desk.course), rows_of(desk.course)
    shown = run("course", "reset", QUIZ, "--course", desk.course, "--dry-run")
    assert "submitted" in shown
    assert "rows of the gradebook" in shown
    assert "Take the quiz back?" in run("course", "reset", QUIZ, "--course", desk.course, typed="n\n")
    assert snapshot(desk.course) == files
    run("course", "reset", QUIZ, "--course", desk.course, typed="y\n")
    assert set(desk.states().values()) == {"nothing"}
    assert not [
        name for name in snapshot(desk.course) if name.startswith(("submitted", "autograded", "feedback", "earlier"))
    ]
    assert rows_of(desk.course)["grade"] == []
    [backup] = data("course", "undo", "--course", desk.course)["done"]
    run("course", "undo", backup, "--course", desk.course)
    after = {name: content for name, content in snapshot(desk.course).items() if not name.startswith("backups")}
    after.pop("gradebook.db"), files.pop("gradebook.db")
    assert after == files
    assert rows_of(desk.course) == rows
    desk.grade()
    assert graded(desk) == {"ann": FULL, "bob": FULL, "zoe": FULL}


def test_after_a_reset_the_quiz_can_be_given_out_anew(desk):
    worked(desk)
    run("course", "reset", QUIZ, "--course", desk.course, "--yes")
    desk.release()
    desk.fetch("twin1")
    desk.hand_in("twin1")
    desk.collect()
    desk.grade()
    assert graded(desk) == {"twin1": FULL}
    [backup] = data("course", "undo", "--course", desk.course)["done"]
    refused = run("course", "undo", backup, "--course", desk.course, ok=False)
    assert "has come since" in refused
    assert graded(desk) == {"twin1": FULL}
    run("course", "reset", QUIZ, "--course", desk.course, "--yes")
    run("course", "undo", backup, "--course", desk.course)
    assert set(graded(desk)) == {"ann", "bob", "zoe"}
    assert "brought back already" in run("course", "undo", backup, "--course", desk.course, ok=False)


@pytest.mark.parametrize("moves", [0, 1, 4])
@pytest.mark.parametrize("way", ["reset", "undo"])
def test_a_reset_or_an_undoing_that_is_cut_short_is_finished_by_the_next(desk, monkeypatch, moves, way):
    from grader.gradebook import reset

    class Killed(BaseException):
        pass

    worked(desk)
    files = snapshot(desk.course)
    rows = rows_of(desk.course)
    if way == "undo":
        run("course", "reset", QUIZ, "--course", desk.course, "--yes")
    left, move = iter(range(moves)), reset._move

    def some(*paths):
        if next(left, None) is None:
            raise Killed
        move(*paths)

    from grader.gradebook.health import open_course

    opened = open_course(desk.course)
    planned, names = reset.plan(opened, QUIZ), reset.backups_of(opened)
    cut_short = (lambda: reset.carry_out(opened, planned)) if way == "reset" else lambda: reset.undo(opened, names[0])
    with monkeypatch.context() as patch:
        patch.setattr(reset, "_move", some)
        with pytest.raises(Killed):
            cut_short()
    if way == "reset":
        run("course", "reset", QUIZ, "--course", desk.course, "--yes")
        assert len(list((desk.course / "backups").iterdir())) == 1
        assert set(desk.states().values()) == {"nothing"}
    [backup] = reset.backups_of(opened)
    run("course", "undo", backup, "--course", desk.course)
    after = {name: content for name, content in snapshot(desk.course).items() if not name.startswith("backups")}
    after.pop("gradebook.db"), files.pop("gradebook.db")
    assert after == files
    assert rows_of(desk.course) == rows


def test_a_quiz_changed_after_its_release_is_refused_with_the_way_out(desk):
    from dataclasses import replace

    from grader.gradebook.enrolling import add, renamed
    from grader.gradebook.health import open_course
    from grader.reading import BadInput

    changed = replace(SHEET, version="2"), replace(KEYS, version="2")
    opened = open_course(desk.course)
    assert "is there already" in add(opened, SHEET, KEYS)
    assert "replaced" in add(opened, *changed)
    assert "is there already" in add(opened, *changed)
    desk.release()
    before = snapshot(desk.course)
    with pytest.raises(BadInput, match=r"--as waiver-2.*course reset waiver"):
        add(opened, SHEET, KEYS)
    assert {**snapshot(desk.course), "gradebook.db": b""} == {**before, "gradebook.db": b""}
    assert "added" in add(opened, *renamed((SHEET, KEYS), "waiver-2"))
    desk.cycle.release(desk.course, "waiver-2")


def test_adding_a_quiz_that_was_cut_short_is_finished_by_the_next(desk, monkeypatch):
    from grader.gradebook import enrolling
    from grader.gradebook.health import open_course

    opened, quiz = open_course(desk.course), enrolling.renamed((SHEET, KEYS), "second")
    with monkeypatch.context() as patch:
        patch.setattr(enrolling, "generate", lambda *a, **k: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            enrolling.add(opened, *quiz)
    enrolling.add(opened, *quiz)
    desk.cycle.release(desk.course, "second")


def test_a_new_roster_adds_learners_and_takes_nobody_out(desk):
    (desk.home / "new.csv").write_text("id,first_name,last_name,email\nann,Anna,Lee,\neve,Eve,E,\n")
    told = data("course", "roster", desk.home / "new.csv", "--course", desk.course, "--dry-run")
    assert (told["added"], told["changed"]) == (["eve"], ["ann"])
    assert "eve" not in desk.states()
    run("course", "roster", desk.home / "new.csv", "--course", desk.course)
    assert set(desk.states()) == {"ann", "bob", "zoe", "twin1", "twin2", "eve"}
    assert "ann,Anna,Lee,,4711,annie-mac" in (desk.course / "roster.csv").read_text()


def test_a_gradebook_from_an_interrupted_first_run_is_mended_and_can_be_upgraded(desk):
    from test_nbgrader import nbgrader

    with sqlite3.connect(desk.course / "gradebook.db") as db:
        db.execute("drop table alembic_version")
    assert "Its version is noted now" in run("course", "status", "--course", desk.course)
    assert nbgrader(desk.course, "db", "upgrade").returncode == 0
    assert "Its version is noted now" not in run("course", "status", "--course", desk.course)


def test_a_gradebook_of_another_kind_is_left_as_it_is(desk):
    for change in ("drop table alembic_version; alter table grade drop column auto_score", None):
        if change:
            with sqlite3.connect(desk.course / "gradebook.db") as db:
                db.executescript(change)
        else:
            (desk.course / "gradebook.db").write_bytes(b"this is no database" * 99)
        before = (desk.course / "gradebook.db").read_bytes()
        told = run("course", "status", "--course", desk.course, ok=False)
        assert "lacks grade.auto_score" in told or "cannot be used" in told
        assert (desk.course / "gradebook.db").read_bytes() == before


def test_a_course_without_its_gradebook_is_named_and_repaired(desk):
    (desk.course / "gradebook.db").unlink()
    shutil.rmtree(desk.course / "feedback")
    assert "course repair" in run("course", "status", "--course", desk.course, ok=False)
    before = snapshot(desk.course)
    assert "5 learners" in run("course", "repair", "--course", desk.course, "--dry-run")
    assert snapshot(desk.course) == before
    run("course", "repair", "--course", desk.course)
    assert "Nothing is missing" in run("course", "repair", "--course", desk.course)
    worked(desk)
    assert graded(desk) == {"ann": FULL, "bob": FULL, "zoe": FULL}


def test_a_course_without_keys_is_called_half_made(desk):
    shutil.rmtree(desk.course / "keys")
    assert "half made" in run("course", "status", "--course", desk.course, ok=False)


@pytest.mark.parametrize(
    "words", [("course", "status"), ("collect", QUIZ), ("course", "reset", QUIZ), ("course", "undo")]
)
def test_outside_a_course_the_command_says_where_to_go(tmp_path, words):
    assert "--course" in run(*words, "--course", tmp_path, ok=False)


def test_a_quiz_that_is_not_there_is_answered_with_those_that_are(desk):
    for words in (("collect", "waver"), ("course", "reset", "waver"), ("course", "status", "--quiz", "waver")):
        assert "Did you mean waiver?" in run(*words, "--course", desk.course, ok=False)


def test_a_course_of_nbgraders_own_making_is_not_taken_for_one_of_ours(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    assert "learners’ code would be run" in run("course", "status", "--course", tmp_path, ok=False)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config(\n")
    assert "cannot be used" in run("course", "status", "--course", tmp_path, ok=False)


def test_a_course_may_keep_its_gradebook_in_a_database_of_its_own(tmp_path, monkeypatch):
    (tmp_path / "roster.csv").write_text(roster_text(CLASS), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    new(tmp_path / "course", tmp_path / "roster.csv", {QUIZ: (SHEET, KEYS)}, db="sqlite:///elsewhere.db")
    monkeypatch.chdir("/")
    assert not (tmp_path / "course" / "gradebook.db").exists()
    assert oct((tmp_path / "course" / "nbgrader_config.py").stat().st_mode)[-3:] == "600"
    assert len(data("course", "status", "--course", tmp_path / "course")["learners"]) == len(CLASS)


def test_a_database_that_is_away_in_use_or_unknown_is_reported_and_nothing_is_made(tmp_path):
    from grader.reading import BadInput

    (tmp_path / "roster.csv").write_text(roster_text(CLASS), encoding="utf-8")
    taken = f"sqlite:///{tmp_path / 'taken.db'}"
    new(tmp_path / "first", tmp_path / "roster.csv", {}, db=taken)
    for url, words in (
        (taken, "already holds a gradebook"),
        ("postgresql+psycopg://me:secret@127.0.0.1:1/x", "Is the server running"),
        ("nonsense", "cannot be used"),
        ("mysql+nodriver://x", "cannot be used"),
        (f"sqlite:///{tmp_path}/no/such/folder/x.db", "cannot be used"),
    ):
        with pytest.raises(BadInput, match=words) as bad:
            new(tmp_path / "course", tmp_path / "roster.csv", {QUIZ: (SHEET, KEYS)}, db=url)
        assert "secret" not in str(bad.value)
        assert not (tmp_path / "course").exists()


def test_a_course_that_fails_half_way_leaves_a_database_of_its_own_as_empty_as_it_was(tmp_path):
    from dataclasses import replace

    from grader.gradebook.cycle import StepFailed

    (tmp_path / "roster.csv").write_text(roster_text(CLASS), encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'db'}"
    broken = replace(SHEET, items=(*SHEET.items, SHEET.items[0]))
    with pytest.raises(StepFailed):
        new(tmp_path / "course", tmp_path / "roster.csv", {QUIZ: (broken, KEYS)}, db=url)
    with sqlite3.connect(tmp_path / "db") as db:
        assert list(db.execute("select name from sqlite_master")) == []
    new(tmp_path / "course", tmp_path / "roster.csv", {QUIZ: (SHEET, KEYS)}, db=url)


def test_the_command_line_makes_a_course_from_a_spreadsheet_and_adds_quizzes(tmp_path):
    text = "id;first_name;last_name;email\nzoe;Zoë;Müller;\n"
    (tmp_path / "roster.csv").write_bytes(text.encode("cp1252"))
    words = ("course", "new", tmp_path / "course", "--roster", tmp_path / "roster.csv", "--root", ROOT)
    assert "--encoding cp1252" in run(*words, ok=False)
    assert list(tmp_path.iterdir()) == [tmp_path / "roster.csv"]
    run(*words, "--encoding", "cp1252")
    add = ("course", "add-quiz", "--course", tmp_path / "course", "--root", ROOT)
    assert "waiver-2 would be added" in run(*add, "waiver", "--as", "waiver-2", "--dry-run")
    assert "waiver-2 is added" in run(*add, "waiver", "--as", "waiver-2")
    assert "is there already" in run(*add, "waiver", "mutual")
    assert "Did you mean waiver?" in run(*add, "waver", ok=False)
    assert "Add one at a time" in run(*add, "waiver", "mutual", "--as", "x", ok=False)
    assert "name of a folder" in run(*add, "waiver", "--as", "../x", ok=False)
    [zoe] = [
        one
        for one in data("course", "status", "--course", tmp_path / "course")["learners"]
        if one["quiz"] == "waiver-2"
    ]
    assert (zoe["learner"], zoe["state"]) == ("zoe", "nothing")


def test_two_commands_at_once_do_not_meet(desk):
    from grader.gradebook.making import alone

    with alone(desk.course):
        assert "Another grader command" in run("collect", QUIZ, "--course", desk.course, ok=False)
        assert "Another grader command" in run("course", "reset", QUIZ, "--course", desk.course, "--yes", ok=False)
    desk.states()


def test_a_course_made_before_rosters_were_kept_gets_one_from_its_gradebook(desk):
    (desk.course / "roster.csv").unlink()
    told = run("course", "status", "--course", desk.course)
    assert "written from the gradebook" in told
    assert "Müller" in (desk.course / "roster.csv").read_text()
    keep_roster(desk.course, CLASS)
    assert os.stat(desk.course / "roster.csv").st_mode & 0o077 == 0


SERVER = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@pytest.fixture
def postgres(tmp_path):
    """The URL of an empty database on a PostgreSQL server of one's own."""
    if not SERVER or os.geteuid() != 0:
        why = "This test needs Debian’s package postgresql, and root to start it as its own user."
        pytest.fail(why, pytrace=False)
    bin, place = SERVER[-1].parent, Path(tempfile.mkdtemp(prefix="pg"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def server(*words):
        line = shlex.join(str(word) for word in words)
        subprocess.run(["su", "postgres", "-s", "/bin/sh", "-c", line], check=True, stdout=subprocess.DEVNULL, cwd="/")

    shutil.chown(place, "postgres")
    server(bin / "initdb", "-D", place / "data", "-A", "trust")
    options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1"
    server(bin / "pg_ctl", "-D", place / "data", "-o", options, "-l", place / "log", "-w", "start")
    server(bin / "createdb", "-h", "127.0.0.1", "-p", port, "gradebook")
    yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/gradebook"
    server(bin / "pg_ctl", "-D", place / "data", "-m", "immediate", "stop")
    shutil.rmtree(place)


@pytest.mark.database
def test_on_postgresql_a_course_is_made_worked_taken_back_and_brought_back(postgres, tmp_path):
    from grader.gradebook import book, cycle

    course = tmp_path / "course"
    (tmp_path / "roster.csv").write_text(roster_text(CLASS), encoding="utf-8")
    new(course, tmp_path / "roster.csv", {QUIZ: (SHEET, KEYS)}, db=postgres)
    data("collect", QUIZ, folder_with(tmp_path / "in", {"ann.json": answers("ann")}), "--course", course)
    cycle.autograde(course, QUIZ)
    held = book.scores(course)
    assert held["ann", QUIZ][0] == FULL
    run("course", "reset", QUIZ, "--course", course, "--yes")
    assert book.scores(course) == {}
    [backup] = data("course", "undo", "--course", course)["done"]
    run("course", "undo", backup, "--course", course)
    assert book.scores(course) == held


def test_names_that_would_steer_a_terminal_are_shown_without_their_signs(desk):
    inbound = desk.course / "exchange" / "protective-orders" / "inbound"
    desk.release()
    (inbound / f"evil\x1b[2J+{QUIZ}+2026-11-20 10:00:00.000000 UTC+x").mkdir()
    files = folder_with(desk.home / "in", {"\x1b]0;title\x07.json": b"x"})
    for words in (("course", "status"), ("collect", QUIZ), ("collect", QUIZ, files)):
        told = run(*words, "--course", desk.course)
        assert "\x1b" not in told
        assert "\x07" not in told
