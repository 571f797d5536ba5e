"""What others named their files and themselves is shown on a terminal, and never steers it."""

import json
import os

import pytest
from handing_in import KEYS, LATER, QUIZ, SHEET, answers, folder_with, record
from hypothesis import given
from hypothesis import strategies as st
from rich.markup import render
from typer.testing import CliRunner

from grader.cli import app
from grader.reading import JOINERS
from grader.terminal import print_json, visible

EVIL = "evil\x1b[2J\x1b]0;x\x07\x9b31m\u202efdp.\x7f"
SLY = "evil\x9b31m\u202efdp"  # these two signs may stand in a record
anything = st.text(st.characters())  # half characters too, as in names of files that are not UTF-8


def steers(text):
    return [sign for sign in text if not (sign.isprintable() or sign in JOINERS or sign == "\n")]


@given(anything)
def test_nothing_that_is_shown_steers_a_terminal_or_is_taken_for_markup(text):
    shown = visible(text, lines=False)
    assert not steers(shown)
    assert "\n" not in shown
    assert render(f" {shown} ").plain.replace("\\", "")[1:-1] == "".join(
        "�" if steers(sign) or sign == "\n" else sign for sign in text if sign != "\\"
    )


@given(st.recursive(anything | st.integers(), lambda of: st.lists(of) | st.dictionaries(anything, of), max_leaves=9))
def test_plain_data_reads_back_as_it_was_and_steers_no_terminal(data):
    import contextlib
    import io

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        print_json(data)
    assert not steers(printed.getvalue())
    printed.getvalue().encode()
    assert json.loads(printed.getvalue()) == json.loads(json.dumps(data))


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class with names that would steer a terminal: of learners, of files, within records."""
    from grader.gradebook import cycle
    from grader.gradebook.course import new

    folder = tmp_path_factory.mktemp("terminal")
    (folder / "roster.csv").write_text("id,first_name,last_name,email\nann,Ann,[red]Lee[/red],\nbob,Bob,Lee,\n")
    new(folder / "course", folder / "roster.csv", {QUIZ: (SHEET, KEYS)}, check_owner=False)
    cycle.release(folder / "course", QUIZ)
    inbound = folder / "course" / "exchange" / "protective-orders" / "inbound"
    (inbound / f"{EVIL}+{QUIZ}+2026-11-20 10:00:00.000000 UTC+x").mkdir()
    for learner in ("ann", EVIL, "[bold]x[/bold]"):
        place = folder / "course" / "submitted" / learner / QUIZ
        foreign = record(SLY) | {"items": {EVIL: {"variant": EVIL, "answer": EVIL}}}
        folder_with(place, {f"{QUIZ}.answers.json": json.dumps(foreign).encode(), f"{QUIZ}.ipynb": b"{}"})
        (place / f"{EVIL}.txt").symlink_to("/etc/hostname")
        if learner == EVIL:
            (place / f"{EVIL}.ipynb").write_text("{}")
        (place / "timestamp.txt").write_text(EVIL if learner == EVIL else "2026-11-20 10:00:00 UTC")
    lms = folder_with(folder / "lms", {
        f"{EVIL}.json": b"x", "bob.json": answers("bob", LATER), "line\n0 unmatched.\nbob.json": b"x",
        "ann.json": json.dumps(record("ann\x1b[31m")).encode(),
    })  # fmt: skip
    with open(os.fsencode(lms) + b"/\xff\xfe.json", "wb") as odd:
        odd.write(b"x")
    return folder


STEPS = [
    (0, "course", "status"),
    (0, "collect", QUIZ),
    (0, "collect", QUIZ, "lms"),
    (1, "grade", QUIZ),
    (1, "grade", QUIZ, "--force"),
    (0, "course", "status"),
    (0, "report", QUIZ),
    (0, "export", QUIZ, "--to", "long"),
    (0, "export", QUIZ, "--to", "moodle", "--unfinished"),
    (0, "feedback", QUIZ, "--now", "--yes"),
    (0, "course", "reset", QUIZ, "--dry-run"),
]


@pytest.mark.slow
@pytest.mark.parametrize("plain", [(), ("--json",)], ids=["text", "json"])
def test_no_command_lets_a_name_steer_the_terminal(course, plain):
    said = ""
    for code, *words in STEPS:
        given = [str(course / word) if word == "lms" else word for word in words]
        done = CliRunner().invoke(app, [*given, "--course", str(course / "course"), *plain], env={"COLUMNS": "200"})
        assert done.exit_code == code, (words, done.output[-2000:], done.exception)
        assert not steers(done.stdout + done.stderr), words
        if plain:
            json.loads(done.stdout)
        said += done.stdout + done.stderr
    assert "evil" in said
    assert "\n0 unmatched." not in said


@pytest.mark.slow
def test_nbgraders_own_commands_say_what_is_amiss_without_those_signs(course):
    from grader.gradebook import cycle

    inbound = course / "course" / "exchange" / "protective-orders" / "inbound"
    files = {f"{QUIZ}.answers.json": answers("bob"), f"{EVIL}.ipynb": b"{}", f"{EVIL}/x.ipynb": b"{}"}
    folder_with(inbound / f"bob+{QUIZ}+2026-11-21 10:00:00.000000 UTC+x", files)
    (inbound / f"<img src=x onerror=alert(1)>+{QUIZ}+2026-11-21 10:00:00.000000 UTC+x").mkdir()
    told = cycle.collect(course / "course", QUIZ)
    assert "no plain submission: <img" in told
    assert not list((course / "course/submitted").glob("*img*"))
    assert "no plain submission: evil�" in told
    assert told.count("because of its name") == 2
    assert not [path for path in (course / "course/submitted/bob").rglob("*") if not path.name.isprintable()]
    told += cycle.autograde(course / "course", QUIZ, "ann")
    assert "belongs to “evil" in told
    # nbgrader itself names each file it copies, as it is.
    ours = [line for line in told.splitlines() if not line.startswith("[INFO]")]
    assert not steers("\n".join(ours))
