"""A term's rules with the real nbgrader: late and excused work, extensions, attempts, feedback, corrected keys."""

import json
import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from gradebook_rows import rows
from handing_in import CLASS, KEYS, QUIZ, SHEET, right, wrong
from sample_class import answer_all
from test_rekeying import built, with_key
from typer.testing import CliRunner

from grader.cli import app
from grader.gradebook.course import new
from grader.gradebook.roster import roster_text
from grader.sheet import Choice

pytestmark = pytest.mark.slow


def run(*words, code=0, typed=None):
    done = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"}, input=typed)
    assert done.exit_code == code, done.output + repr(done.exception)
    return done.output


def data(*words, code=0):
    done = CliRunner().invoke(app, [*(str(word) for word in words), "--json"])
    assert done.exit_code == code, done.output + repr(done.exception)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """Ann has handed in twice, all right and then all wrong; bob once, all right."""
    from grader.gradebook import cycle

    folder = tmp_path_factory.mktemp("term")
    (folder / "roster.csv").write_text(roster_text(CLASS), encoding="utf-8")
    course = folder / "course"
    new(course, folder / "roster.csv", {QUIZ: (SHEET, KEYS)}, check_owner=False)
    cycle.release(course, QUIZ)
    for login, given in (("ann", right), ("ann", wrong), ("bob", right)):
        home = folder / login
        if not home.exists():
            home.mkdir()
            cycle.fetch(course, QUIZ, login, home)
        answer_all(home, login, given)
        cycle.submit(course, QUIZ, login, home)
    return folder


@pytest.fixture
def term(handed_in, tmp_path):
    from grader.gradebook import cycle
    from grader.gradebook.book import gradebook, scores

    shutil.copytree(handed_in, tmp_path / "all")
    course = tmp_path / "all" / "course"

    def rules(text):
        (course / "course.yaml").write_text(text)

    def late(learner):
        with gradebook(course) as book:
            return book.find_submission_notebook(QUIZ, QUIZ, learner).late_submission_penalty

    def mark(learner, points):
        with gradebook(course) as book:
            grade = book.find_grade("w9", QUIZ, QUIZ, learner)
            grade.manual_score, grade.needs_manual_grade = points, False
            book.db.commit()

    return SimpleNamespace(
        course=course, home=tmp_path / "all", rules=rules, late=late, mark=mark, cycle=cycle,
        url=f"sqlite:///{course / 'gradebook.db'}",
        collect=lambda: run("collect", QUIZ, "--course", course),
        grade=lambda *more: data("grade", QUIZ, *more, "--course", course),
        autograde=lambda: cycle.autograde(course, QUIZ),
        scores=lambda: {one: score for (one, _), (score, _, _) in scores(course).items()},
        do=lambda *words, **more: run(*words, "--course", course, **more),
        say=lambda *words, **more: data(*words, "--course", course, **more),
    )  # fmt: skip


def both_doors(term):
    """Grade by both doors; returns the rows, which must be the same."""
    term.grade("--force")
    ours = rows(term.url)
    term.autograde()
    assert rows(term.url) == ours
    return ours


def ago(**span):
    return (datetime.now(UTC) - timedelta(**span)).isoformat(timespec="minutes")


def test_late_work_loses_by_both_doors_what_the_course_file_says_and_an_extension_gives_it_back(term):
    term.rules("late: {percent: 10, per: day, most: 30}\n")
    term.collect()
    assert "is due" in term.do("course", "due", QUIZ, ago(hours=30))
    both_doors(term)
    assert term.late("bob") == pytest.approx(9 * 0.2)
    term.do("course", "extend", QUIZ, "bob", "--by", "10h")
    both_doors(term)
    assert term.late("bob") == pytest.approx(9 * 0.1)
    term.do("course", "extend", QUIZ, "bob", "--by", "3d")
    both_doors(term)
    assert term.late("bob") is None
    assert "bob: due" in term.do("course", "status")
    term.do("course", "extend", QUIZ, "bob", "--undo")
    term.rules("late: {percent: 50, most: 30}\n")
    assert term.grade()["graded"] == ["ann", "bob"], "a changed rule grades again"
    both_doors(term)
    assert term.late("bob") == pytest.approx(9 * 0.3)
    term.do("report", QUIZ)
    page = (term.course / "reports" / QUIZ / "report.html").read_text()
    assert "Late work loses 50 % for each day begun, at most 30 %" in page
    assert "1 day 6 hours, −2.7 points" in page


def test_an_extension_before_anything_was_handed_in_is_no_graded_work(term):
    term.do("course", "due", QUIZ, "2040-01-01")
    assert "2040-01-03 12:00" in term.do("course", "extend", QUIZ, "zoe", "--until", "2040-01-03T12:00+00:00")
    zoe = {one["learner"]: one for one in term.say("course", "status")["learners"]}["zoe"]
    assert (zoe["state"], zoe["extended_until"]) == ("nothing", "2040-01-03T12:00:00+00:00")
    assert "Nothing handed in (5)" in term.do("export", QUIZ, "--to", "moodle")
    assert "has extensions (zoe)" in term.do("course", "due", QUIZ, "--none", code=2)
    term.collect()
    both_doors(term)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("extend", QUIZ, "bob", "--by", "3d"), "no day on which it is due"),
        (("extend", QUIZ, "bob", "--by", "soon"), "no length of time"),
        (("extend", QUIZ, "bob"), "how long"),
        (("extend", QUIZ, "bobb", "--by", "3d"), "Did you mean bob"),
        (("excuse", QUIZ, "zoo"), "Did you mean zoe"),
        (("excuse", QUIZ, "bob", "--undo"), "not excused"),
        (("due", QUIZ, "Friday"), "no time"),
        (("due", QUIZ), "missing"),
        (("due", "waver", "2030-01-01"), "Did you mean waiver"),
    ],
)
def test_what_cannot_be_allowed_is_refused_in_plain_words(term, words, says):
    assert says in term.do("course", *words, code=2)


def test_excused_work_counts_nowhere_and_the_excuse_can_be_taken_back(term):
    term.collect()
    both = both_doors(term)
    term.mark("bob", 2)
    term.do("course", "excuse", QUIZ, "bob", "--because", "Was ill.")
    assert "bob: excused. Was ill." in term.do("course", "status")
    term.mark("ann", 1)
    assert "Excused (1): bob" in term.do("export", QUIZ, "--to", "moodle")
    canvas = term.home / "canvas.csv"
    title = f"{SHEET.title} (7)"
    lines = [f"Student,ID,SIS Login ID,Section,{title}", "Points Possible,,,,13", "Lee Ann,1,ann,A,", "B,2,bob,A,3"]
    canvas.write_text("\n".join(lines))
    term.do("export", QUIZ, "--to", "canvas", "--into", canvas, "--out", term.home / "out.csv")
    assert "2,bob,A,EX" in (term.home / "out.csv").read_text()
    term.do("report", QUIZ)
    page = (term.course / "reports" / QUIZ / "report.html").read_text()
    assert "<strong>" in page
    assert "1 of 5 people handed in" in page
    assert "Excused, so nothing of it counts. Was ill." in page
    term.do("course", "excuse", QUIZ, "bob", "--undo")
    assert "Excused (" not in term.do("export", QUIZ, "--to", "moodle")
    assert rows(term.url)["submission"] == both["submission"]


@pytest.mark.parametrize(("rule", "score"), [("last", 0), ("best", 9), ("first", 9)])
def test_the_attempt_that_counts_is_the_same_by_both_doors_and_nothing_is_lost(term, rule, score):
    term.rules(f"attempts: {rule}\n")
    term.collect()
    both_doors(term)
    assert term.scores() == {"ann": score, "bob": 9}
    assert [one["what"] for one in term.say("collect", QUIZ)["collected"]] == ["unchanged", "unchanged"]
    term.cycle.collect(term.course, QUIZ)
    both_doors(term)
    assert term.scores() == {"ann": score, "bob": 9}
    assert {one["learner"]: one["state"] for one in term.say("course", "status")["learners"]}["ann"] == "waiting"
    number = 2 if rule == "last" else 1
    term.do("report", QUIZ)
    assert f"Attempt {number} of 2 counts" in (term.course / "reports" / QUIZ / "report.html").read_text()
    term.rules("attempts: last\n")
    both_doors(term)
    assert term.scores()["ann"] == 0


def reachable(term):
    """Every file a learner of the machine can read: those below the course whose way is open to everybody."""
    found = {}
    for folder, names, files in os.walk(term.course):
        names[:] = [n for n in names if os.stat(os.path.join(folder, n)).st_mode & stat.S_IXOTH]
        for name in files:
            path = os.path.join(folder, name)
            if os.stat(path).st_mode & stat.S_IROTH:
                found[path] = Path(path).read_text("utf-8", "replace")
    return found


KEY_WORDS = [
    "The order still stands.",
    "Robin’s wish is not an order",
    "permission-counts",
    "Only the court changes its",
]


def telling(term):
    return {path for path, text in reachable(term).items() if any(word in text for word in KEY_WORDS)}


def test_before_closing_no_file_that_a_learner_can_reach_holds_a_key_and_after_it_everybody_has_a_page(term):
    term.collect()
    term.grade()
    term.do("course", "due", QUIZ, "2040-01-01")
    assert any(path.endswith(".ipynb") for path in reachable(term))
    assert "closes only on 2040-01-0" in term.do("feedback", QUIZ, code=2)
    assert "--now" in term.do("feedback", QUIZ, code=2)
    assert telling(term) == set()
    run_nbgrader = pytest.raises(term.cycle.StepFailed, match="after closing")
    with run_nbgrader:
        term.cycle._convert(term.cycle.GenerateFeedback, term.course, QUIZ, force=True)
        term.cycle.release_feedback(term.course, QUIZ, ["ann", "bob"])
    assert telling(term) == set()
    term.do("course", "due", QUIZ, ago(minutes=1))
    assert term.say("feedback", QUIZ, "--dry-run")["given"] == ["ann", "bob"]
    assert telling(term) == set()
    assert "given to 2 learners" in term.do("feedback", QUIZ)
    assert len(telling(term)) == 2
    for learner in ("ann", "bob"):
        term.cycle.fetch_feedback(term.course, QUIZ, learner, term.home / learner)
        assert list((term.home / learner / QUIZ / "feedback").glob("*/waiver.html"))
    assert sorted(path.name for path in (term.course / "reports" / f"{QUIZ}-feedback").iterdir()) == [
        "ann.html", "bob.html",
    ]  # fmt: skip
    assert term.say("feedback", QUIZ)["new"] == []
    assert "2 pages were taken back" in term.do("feedback", QUIZ, "--take-back")
    assert telling(term) == set()


def test_the_pages_are_those_of_nbgraders_own_command(term):
    term.collect()
    term.grade()
    term.do("feedback", QUIZ, "--now", typed="y\n")
    ours = {p: p.read_bytes() for p in (term.course / "feedback").rglob("*") if p.is_file()}
    term.cycle.feedback(term.course, QUIZ)
    theirs = {p: p.read_bytes() for p in (term.course / "feedback").rglob("*") if p.is_file()}
    assert ours == theirs


def test_feedback_before_closing_asks_first_and_says_what_that_means(term):
    term.collect()
    term.grade()
    asked = term.do("feedback", QUIZ, "--now", typed="n\n")
    assert "3 learners have not handed in" in asked
    assert telling(term) == set()
    assert "Add --yes" in str(term.say("feedback", QUIZ, "--now", code=2))
    assert term.say("feedback", QUIZ, "--now", "--yes")["given"] == ["ann", "bob"]


def test_feedback_after_submission_waits_for_texts_and_feedback_at_once_comes_with_grading(term):
    term.rules("feedback: after submission\n")
    term.collect()
    term.grade()
    term.mark("ann", 1)
    found = term.say("feedback", QUIZ)
    assert (found["given"], found["held"]) == (["ann"], {"bob": "a text still waits to be marked"})
    assert len(telling(term)) == 1
    term.rules("feedback: at once\n")
    term.grade("--force")
    assert len(telling(term)) == 2


def test_work_without_a_secret_stops_nobody_and_is_given_out_as_a_file(term):
    term.rules("feedback: at once\n")
    term.collect()
    for step in ("submitted",):
        (term.course / step / "ann" / QUIZ / "submission_secret.txt").unlink()
    term.grade()
    term.cycle.fetch_feedback(term.course, QUIZ, "bob", term.home / "bob")
    assert list((term.home / "bob" / QUIZ / "feedback").glob("*/waiver.html"))
    assert (term.course / "reports" / f"{QUIZ}-feedback" / "ann.html").exists()


@pytest.fixture
def corrected(term, monkeypatch):
    """The class is graded, bob's text is marked, everybody had feedback; then the key of w1 and w3 is another."""
    from grader.gradebook import rekeying

    term.collect()
    term.grade()
    term.mark("bob", 3.5)
    term.do("feedback", QUIZ, "--now", "--yes")
    new = with_key("w3", choices={**KEYS.item("w3").variants[0].choices, "friend": Choice(True, 1.0, "A friend may.")})
    monkeypatch.setattr(rekeying, "rebuild", lambda bank, sheet: built(keys=new))
    term.before = rows(term.url)
    term.key = (term.course / "keys" / f"{QUIZ}.json").read_bytes()
    return term


def root():
    return Path(__file__).parents[1]


def test_a_corrected_key_changes_scores_by_both_doors_and_can_be_undone(corrected):
    term = corrected
    found = term.say("rescore", QUIZ, "--dry-run", "--root", root())
    assert [(one["item"], one["scores"]) for one in found["changes"]] == [("w3", True)]
    assert {one["learner"]: (one["before"], one["after"]) for one in found["scores"]} == {
        "ann": (0, 1), "bob": (12.5, 11.5),
    }  # fmt: skip
    assert found["told"] == ["ann", "bob"]
    assert rows(term.url) == term.before
    said = term.do("rescore", QUIZ, "--root", root(), typed="y\n")
    assert "bob: 12.5 → 11.5  (w3 3 → 2)" in said
    assert term.scores() == {"ann": 1, "bob": 11.5}
    after = rows(term.url)
    assert [row for row in after["grade"] if row.startswith("bob|w9")] == [
        row for row in term.before["grade"] if row.startswith("bob|w9")
    ], "a mark by hand stays, and nobody is asked to look again"
    assert_told(term)
    assert term.grade()["graded"] == []
    [past] = term.say("rescore", QUIZ, "--history")["runs"]
    assert (past["state"], [one["before"] for one in past["scores"]]) == ("done", [0, 12.5])
    term.autograde()
    assert {row.split("|")[3] for row in rows(term.url)["grade"]} == {row.split("|")[3] for row in after["grade"]}
    assert term.scores() == {"ann": 1, "bob": 11.5}
    term.mark("bob", 3.5)
    term.do("rescore", QUIZ, "--undo", "--yes")
    assert rows(term.url) == term.before
    assert (term.course / "keys" / f"{QUIZ}.json").read_bytes() == term.key
    assert term.say("rescore", QUIZ, "--history")["runs"][0]["state"] == "undone"
    assert "nothing to undo" in term.do("rescore", QUIZ, "--undo", code=2)


def assert_told(term):
    [folder] = (term.course / "reports").glob(f"{QUIZ}-corrected-*")
    lines = (folder / "to-each.csv").read_text("utf-8-sig").splitlines()
    assert "Your score was 12.5 and is now 11.5 of 13 points." in lines[2]
    assert lines[2].startswith("bob,Bob Lee,bob@example.org,12.5,11.5,yes,")
    assert "Question 3" in (folder / "to-the-class.txt").read_text()


def test_a_run_that_was_cut_short_is_finished_by_the_next(corrected, monkeypatch):
    from grader.gradebook import rescoring

    term = corrected
    real = rescoring.put
    monkeypatch.setattr(rescoring, "put", lambda *_: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(AssertionError):
        term.do("rescore", QUIZ, "--root", root(), "--yes")
    assert rows(term.url) == term.before
    monkeypatch.setattr(rescoring, "put", real)
    assert "was finished" in term.do("rescore", QUIZ, "--root", root())
    assert term.scores() == {"ann": 1, "bob": 11.5}
    term.do("rescore", QUIZ, "--undo", "--yes")
    assert rows(term.url) == term.before


def test_a_question_that_learners_were_not_asked_is_refused_with_the_ways_out(corrected, monkeypatch):
    from dataclasses import replace

    from grader.gradebook import rekeying

    term = corrected
    item = SHEET.items[0]
    asked = replace(item, variants=tuple(replace(one, stem="Another?") for one in item.variants))
    found = {**built(), "w1": (asked, KEYS.item("w1"))}
    monkeypatch.setattr(rekeying, "rebuild", lambda bank, sheet: found)
    said = term.do("rescore", QUIZ, "--root", root(), code=2)
    assert "asks another question now: Another?" in said
    assert "--as waiver-2" in said
    assert rows(term.url) == term.before
    assert "is missing" in term.do("rescore", QUIZ, "--full", "w1", "--root", root(), code=2)
    term.do("rescore", QUIZ, "--full", "w1", "--because", "The law was changed.", "--root", root(), "--yes")
    assert term.scores() == {"ann": 2, "bob": 12.5}
    ours = rows(term.url)
    term.autograde()
    assert [row.split("|")[3] for row in rows(term.url)["grade"]] == [row.split("|")[3] for row in ours["grade"]]
    term.do("feedback", QUIZ, "--now", "--yes")
    assert "Everybody gets full marks" in (term.course / "feedback" / "ann" / QUIZ / f"{QUIZ}.html").read_text()
    assert "marked by a person" in term.do("rescore", QUIZ, "--full", "w9", "--because", "x", "--root", root(), code=2)


def test_taking_a_quiz_back_keeps_excuses_extensions_and_history_with_it(corrected):
    term = corrected
    term.do("course", "due", QUIZ, "2040-01-01")
    term.do("course", "extend", QUIZ, "bob", "--by", "3d")
    term.do("course", "excuse", QUIZ, "zoe")
    term.do("rescore", QUIZ, "--root", root(), "--yes")
    before = term.say("course", "status")
    past = term.say("rescore", QUIZ, "--history")
    term.do("course", "reset", QUIZ, "--yes")
    assert term.say("rescore", QUIZ, "--history")["runs"] == []
    backup = term.do("course", "undo").split()[0]
    term.do("course", "undo", backup)
    assert term.say("rescore", QUIZ, "--history") == past
    assert term.say("course", "status") == before
