"""What bulk grading rests on, without nbgrader's commands: settings, folders, times, texts, and clear errors."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from grader.cli import app
from grader.gradebook.config import STEPS, config_text
from grader.gradebook.jsontext import dumped
from grader.gradebook.ledger import Ledger
from grader.gradebook.settings import Settings, load, own_steps, settings_of
from grader.gradebook.shelf import NoTime, files_in, handed_in_at
from grader.reading import BadInput

ROOT = Path(__file__).parent.parent
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
data = st.recursive(scalars, lambda of: st.lists(of) | st.dictionaries(st.text(), of), max_leaves=30)


@given(data)
def test_json_is_written_letter_by_letter_as_nbformat_writes_it(value):
    kept = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": "))
    assert dumped(value) == kept
    assert dumped(value, "   ") == kept.replace("\n", "\n   ")


def test_the_settings_nobody_made_are_those_of_nbgrader():
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory

    ours, course = Settings(), CourseDirectory()
    autograde = Autograde(coursedir=course)
    names = [name for name in vars(ours) if hasattr(course, name) and name not in ("root", "db_url")]
    assert len(names) > 9
    for name in names:
        value = getattr(course, name)
        assert getattr(ours, name) == (tuple(value) if isinstance(value, list) else value), name
    assert ours.mode == int(str(autograde.permissions), 8)
    assert ours.create_student == autograde.create_student
    assert ours.exclude_overwriting == autograde.exclude_overwriting


def course_of(tmp_path, more=""):
    (tmp_path / "source" / "waiver").mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").write_text(config_text("c", "text") + more)
    return tmp_path


def test_a_course_of_ours_grades_by_no_steps_but_ours(tmp_path):
    assert list(own_steps(load(course_of(tmp_path)), STEPS)) == []


@pytest.mark.parametrize(
    "more",
    [
        "c.Autograde.pre_convert_hook = print",
        "c.Autograde.autograde_preprocessors = ['nbgrader.preprocessors.Execute']",
    ],
)
def test_steps_that_bulk_grading_would_leave_out_are_named(tmp_path, more):
    assert len(list(own_steps(load(course_of(tmp_path, f"\n{more}\n")), STEPS))) == 1


def test_the_learner_is_read_from_the_place_of_the_submission(tmp_path):
    settings = settings_of(tmp_path, load(course_of(tmp_path)))
    place = settings.submissions("waiver")
    assert place.fullmatch(str(tmp_path / "submitted" / "a.b+c@d" / "waiver"))[1] == "a.b+c@d"
    assert place.fullmatch(str(tmp_path / "submitted" / "a" / "b" / "waiver")) is None
    assert place.fullmatch(str(tmp_path / "submitted" / "a" / "duration")) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20 10:00:00.000001 UTC", datetime(2026, 11, 20, 10, 0, 0, 1)),
        ("2026-11-20 10:00:00 America/New_York", datetime(2026, 11, 20, 15)),
        ("2026-11-20 10:00:00 +3600", datetime(2026, 11, 20, 9)),
        ("2026-11-20T10:00:00+01:00", datetime(2026, 11, 20, 9)),
        ("2026-11-20 10:00", datetime(2026, 11, 20, 10)),
        ("", None),
    ],
)
def test_times_are_read_as_nbgrader_reads_them(text, moment):
    from nbgrader.utils import parse_utc

    assert handed_in_at(text.encode()) == moment
    assert not text or parse_utc(text) == moment


def test_a_time_that_is_none_is_said_to_be_none():
    with pytest.raises(NoTime, match="soon"):
        handed_in_at(b"soon")


def test_links_and_what_the_course_ignores_are_not_taken_along(tmp_path):
    (tmp_path / "data").mkdir()
    for name in ("a.txt", "b.pyc", "data/c.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "link").symlink_to("/etc/hostname")
    found = dict(files_in(tmp_path, Settings().ignore))
    assert found == {"a.txt": b"x", "link": None, "data/c.txt": b"x"}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:////nowhere/at/all.db", "is not there"),
        ("nonsense", "no address of a database"),
        ("oracle+cx_oracle://x/y", "driver that is not installed"),
        ("postgresql+psycopg://user:secret@127.0.0.1:1/x", "cannot be reached"),
    ],
)
def test_a_gradebook_that_cannot_be_opened_is_refused_in_plain_words(url, words):
    pytest.importorskip("psycopg")
    with pytest.raises(BadInput, match=words) as bad:
        Ledger(url)
    assert "secret" not in str(bad.value)


def test_a_database_that_is_no_gradebook_is_refused_and_left_as_it_was(tmp_path):
    import sqlite3

    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE notes (text)")
    with pytest.raises(BadInput, match="holds no gradebook"):
        Ledger(f"sqlite:///{tmp_path / 'other.db'}")
    with sqlite3.connect(tmp_path / "other.db") as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]


def said(*words):
    done = CliRunner().invoke(app, ["grade", *words, "--json"])
    assert done.exit_code == 2
    return json.loads(done.stdout)["problems"][0]


def test_outside_a_course_nothing_is_graded(tmp_path):
    assert "not inside a course" in said("waiver", "--course", str(tmp_path))["wrong"]


def test_a_course_without_a_gradebook_says_so(tmp_path):
    assert "is not there" in said("waiver", "--course", str(course_of(tmp_path)))["wrong"]


def test_bulk_grading_never_loads_nbgrader():
    import subprocess
    import sys

    code = "import sys, grader.cli, grader.gradebook.bulk, grader.gradebook.late; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"nbgrader", "nbconvert", "nbformat", "pandas", "jupyter_server"}


def test_what_the_largest_class_costs_more_is_worked_out_and_told_as_it_was_measured():
    from bench_grading import growth

    measured = json.loads((ROOT / "docs" / "bench.json").read_text(encoding="utf-8"))
    by_clock, bare, own = (one["value"] for one in growth(measured).values())
    told = " ".join((ROOT / "docs" / "instructors.md").read_text(encoding="utf-8").split())
    assert f"10,000 take {by_clock - 1:.0%} longer".replace("%", " %") in told
    assert f"bare reading and writing takes {bare - 1:.0%} longer".replace("%", " %") in told
    assert f"own work, 2 ms, takes {1 - own:.0%} less".replace("%", " %") in told
    assert growth({name: one for name, one in measured.items() if "10000" not in name}) == {}
