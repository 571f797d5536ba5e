"""Settings for JupyterHub, and an exchange in which many people write: what is refused, what is kept apart."""

import json
import shutil
import stat

import pytest
from handing_in import CLASS, course_in
from sample_class import QUIZ
from typer.testing import CliRunner

from grader.cli import app
from grader.gradebook import exchange, hub
from grader.gradebook.course import FOR_LEARNERS
from grader.gradebook.health import Opened
from grader.reading import BadInput


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """A course that belongs to the account “orders”, with an exchange everybody reaches."""
    tmp_path.chmod(0o755)
    course = course_in(tmp_path)
    (course / FOR_LEARNERS).write_text("c = get_config()\n")
    monkeypatch.setattr(hub, "_account", lambda _: "orders")
    monkeypatch.setattr(hub, "_known", lambda name: name != "nobody-here")
    monkeypatch.setattr(hub, "_exchange", lambda _: [])
    return Opened(course, "sqlite://", "orders101", tmp_path)


def refusal(opened, tmp_path, *instructors):
    with pytest.raises(BadInput) as bad:
        hub.write_hub(opened, tmp_path / "hub", instructors)
    assert not (tmp_path / "hub").exists(), "nothing is half written"
    return str(bad.value)


def test_the_settings_are_python_and_json_that_can_be_read(opened, tmp_path):
    files = hub.write_hub(opened, tmp_path / "hub", ["ines", "ines", "olaf"], port=7777)
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
        compile(path.read_text(), path.name, "exec") if path.suffix == ".py" else json.loads(path.read_text())
    text = files[0].read_text()
    assert "INSTRUCTORS = {'ines', 'olaf'}" in text
    assert "http://127.0.0.1:7777" in text
    assert "access:services!service=orders101" in text


def test_the_roster_is_read_anew_at_each_start_and_learners_are_no_instructors(opened, tmp_path):
    config = hub.write_hub(opened, tmp_path / "hub", ["ines"])[0]

    class Anything:
        def __getattr__(self, name):
            self.__dict__[name] = Anything()
            return self.__dict__[name]

    told = Anything()
    exec(compile(config.read_text(), str(config), "exec"), {"get_config": lambda: told, "__file__": str(config)})
    learners = {one.id for one in CLASS}
    assert told.Authenticator.allowed_users == learners | {"ines"}
    assert told.Authenticator.allow_existing_users is False
    [role] = told.JupyterHub.load_roles
    assert role["users"] == ["ines"]
    assert "groups" not in role


def test_a_learner_is_never_made_an_instructor(opened, tmp_path):
    assert f"“{CLASS[0].id}” is a learner" in refusal(opened, tmp_path, "ines", CLASS[0].id)


def test_the_courses_account_must_not_be_a_learners(opened, tmp_path, monkeypatch):
    monkeypatch.setattr(hub, "_account", lambda _: CLASS[0].id)
    assert "would reach formgrader" in refusal(opened, tmp_path, "ines")


def test_formgrader_never_runs_as_root(opened, tmp_path, monkeypatch):
    monkeypatch.setattr(hub, "_account", lambda _: "root")
    assert "formgrader would run as root" in refusal(opened, tmp_path, "ines")


def test_an_unknown_account_is_named(opened, tmp_path):
    assert "“nobody-here” is no account of this machine" in refusal(opened, tmp_path, "ines", "nobody-here")


def test_an_exchange_behind_a_closed_door_is_named(opened, tmp_path, monkeypatch):
    monkeypatch.undo()
    (tmp_path / "closed" / "exchange").mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    there = Opened(opened.folder, "sqlite://", "orders101", tmp_path / "closed" / "exchange")
    [problem] = hub._exchange(there)
    assert "cannot be reached by learners" in str(problem)


def test_the_command_explains_itself():
    shown = CliRunner().invoke(app, ["course", "hub", "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert "--instructor" in shown.output


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A course with a released quiz, and one learner who handed in as learners on a shared machine do."""
    from sample_class import answer_all
    from sample_quiz import KEYS, SHEET

    from grader.gradebook import cycle
    from grader.gradebook.course import new
    from grader.gradebook.roster import roster_text

    folder = tmp_path_factory.mktemp("shared")
    (folder / "roster.csv").write_text(roster_text(CLASS), encoding="utf-8")
    new(folder / "course", folder / "roster.csv", {QUIZ: (SHEET, KEYS)})
    cycle.release(folder / "course", QUIZ)
    home = folder / "ann"
    home.mkdir()
    cycle.fetch(folder / "course", QUIZ, "ann", home)
    answer_all(home, "ann")
    with open(folder / "course" / "nbgrader_config.py", "a") as file:
        file.write('c.ExchangeFactory.submit = "grader.gradebook.exchange.ClosedSubmit"\n')
    cycle.submit(folder / "course", QUIZ, "ann", home)
    return folder / "course"


@pytest.mark.slow
def test_people_may_add_to_the_exchange_and_move_away_nothing_of_others(shared):
    for folder in ("exchange", "exchange/protective-orders/inbound", "exchange/protective-orders/fetched"):
        assert (shared / folder).stat().st_mode & stat.S_ISVTX, folder


@pytest.mark.slow
def test_what_was_handed_in_is_open_to_the_course_alone(shared):
    [handed_in] = (shared / "exchange/protective-orders/inbound").iterdir()
    assert stat.S_IMODE(handed_in.stat().st_mode) & 0o007 == 0


@pytest.mark.slow
def test_work_under_anothers_name_neither_counts_nor_hides_the_real_work(shared, tmp_path, monkeypatch):
    from grader.gradebook import cycle
    from grader.gradebook.health import open_course
    from grader.gradebook.status import status

    course = shutil.copytree(shared, tmp_path / "course")
    inbound = course / "exchange/protective-orders/inbound"
    [real] = inbound.iterdir()
    forged = inbound / f"ann+{QUIZ}+2031-01-01 00:00:00.000000 UTC+forged"
    shutil.copytree(real, forged)
    (forged / f"{QUIZ}.answers.json").write_text("{}")
    whose = {real.name: "ann", forged.name: "bob"}
    monkeypatch.setattr(exchange, "_owner", lambda path: whose[str(path).rsplit("/", 1)[-1]])
    monkeypatch.setattr(exchange.os, "geteuid", lambda: 4711)
    monkeypatch.setattr(exchange, "ROOT", 4712)
    log = cycle.collect(course, QUIZ)
    assert "belongs to bob" in log
    collected = course / "submitted" / "ann" / QUIZ / f"{QUIZ}.answers.json"
    assert collected.read_text() == (real / collected.name).read_text()
    [ann] = [place for place in status(open_course(course)).places if place.learner == "ann" and place.quiz == QUIZ]
    assert ann.state == "collected"
