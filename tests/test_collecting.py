"""Collecting what learning platforms and people deliver: everybody's work finds its place, and nothing is lost."""

import csv
import json
import shutil
from dataclasses import replace

import nbformat
import pytest
from handing_in import (
    CLASS,
    KEYS,
    LATER,
    NOON,
    QUIZ,
    SHEET,
    answers,
    course_in,
    folder_with,
    notebook,
    record,
    snapshot,
    wrong,
    zip_with,
)
from nbformat.v4 import new_output

from grader.answers import MIME
from grader.gradebook import collecting
from grader.gradebook.collecting import carry_out, folder_in, plan
from grader.gradebook.course import keep_roster
from grader.gradebook.folder import release_path
from grader.gradebook.pieces import Reader, wanted
from grader.gradebook.roster import Learner, on_roster
from grader.gradebook.sources import Source
from grader.gradebook.submission import handed_in
from grader.notebooks import practice_notebook
from grader.scoring import score_record

PLACE = f"{QUIZ}.answers.json"
BOOK = f"{QUIZ}.ipynb"


@pytest.fixture
def course(tmp_path):
    return course_in(tmp_path)


def collect(course, source, received=None, dry_run=False):
    reader = Reader(SHEET, on_roster(course), received)
    planned = plan(course, reader, Source(source, wanted), lambda _: None, keep=not dry_run)
    report = planned.as_json()
    if not dry_run:
        carry_out(planned, lambda _: None)
    return report


def what(report):
    return {row["learner"]: row["what"] for row in report["collected"]}


def remarks(report, learner):
    return " ".join(remark for row in report["collected"] if row["learner"] == learner for remark in row["remarks"])


def unmatched(report):
    return {one["file"]: one["why"] for one in report["unmatched"]}


def submitted(course, learner, name=PLACE):
    return (folder_in(course, learner, QUIZ) / name).read_bytes()


def earlier(course):
    return [path for path in (course / "earlier").rglob("*") if path.is_file() and path.suffix in (".json", ".ipynb")]


DELIVERED = {
    "leeann_4711_1_waiver.ipynb": notebook("ann"),
    "leebob_LATE_4712_2_waiver.answers.json": answers("bob"),
    "Zoë Müller_99_assignsubmission_file_/waiver.ipynb": notebook("zoe"),
    "twin1.answers.json": answers("twin1"),
}


@pytest.mark.parametrize("pack", [folder_with, zip_with])
def test_everybodys_work_stands_where_nbgrader_looks_for_it(course, tmp_path, pack):
    report = collect(course, pack(tmp_path / "in.zip", DELIVERED))
    assert what(report) == dict.fromkeys(["ann", "bob", "zoe", "twin1"], "collected")
    assert report["unmatched"] == []
    assert submitted(course, "ann", BOOK) == DELIVERED["leeann_4711_1_waiver.ipynb"]
    assert submitted(course, "bob") == answers("bob")
    for learner in ("ann", "bob", "zoe", "twin1"):
        assert submitted(course, learner, "timestamp.txt") == b"2026-11-20 12:00:00.000000 UTC"
        assert len(submitted(course, learner, "submission_secret.txt")) == 128


def test_with_an_answers_file_alone_the_released_notebook_stands_beside_it(course, tmp_path):
    collect(course, folder_with(tmp_path / "in", {"ann.answers.json": answers("ann")}))
    assert submitted(course, "ann", BOOK) == release_path(course, QUIZ).read_bytes()


def test_a_notebook_that_comes_after_the_answers_file_takes_the_place_of_the_released_one(course, tmp_path):
    collect(course, folder_with(tmp_path / "one", {"ann.answers.json": answers("ann")}))
    report = collect(course, folder_with(tmp_path / "two", {"ann.ipynb": notebook("ann")}))
    assert what(report) == {"ann": "replaced"}
    assert submitted(course, "ann", BOOK) == notebook("ann")
    assert submitted(course, "ann") == answers("ann")


def test_collecting_the_same_files_twice_changes_nothing(course, tmp_path):
    source = folder_with(tmp_path / "in", {**DELIVERED, "nobody.ipynb": b"x", "ann-1.ipynb": notebook("ann", LATER)})
    collect(course, source)
    before = snapshot(course)
    report = collect(course, source)
    assert set(what(report).values()) == {"unchanged"}
    assert snapshot(course) == before


def test_a_notebook_in_which_nothing_was_answered_is_collected_once(course, tmp_path):
    source = folder_with(tmp_path / "in", {"ann.ipynb": release_path(course, QUIZ).read_bytes()})
    assert what(collect(course, source)) == {"ann": "collected"}
    before = snapshot(course)
    assert what(collect(course, source)) == {"ann": "unchanged"}
    assert snapshot(course) == before
    assert submitted(course, "ann", "timestamp.txt") == b"2026-11-20 12:00:00.000000 UTC"


def test_the_same_files_downloaded_again_later_keep_the_time_they_were_handed_in(course, tmp_path):
    collect(course, folder_with(tmp_path / "one", DELIVERED))
    before = snapshot(course)
    assert set(what(collect(course, zip_with(tmp_path / "two.zip", DELIVERED, LATER))).values()) == {"unchanged"}
    assert snapshot(course) == before


def test_a_dry_run_says_what_would_happen_and_changes_nothing(course, tmp_path):
    source = folder_with(tmp_path / "in", {**DELIVERED, "nobody.ipynb": b"x"})
    before = snapshot(tmp_path)
    told = collect(course, source, dry_run=True)
    assert snapshot(tmp_path) == before
    assert told == collect(course, source)


def test_what_is_collected_from_is_never_changed(course, tmp_path):
    source = folder_with(tmp_path / "in", {**DELIVERED, "nobody.ipynb": b"x"})
    before = snapshot(source)
    for folder in (source, *(path for path in source.rglob("*") if path.is_dir())):
        folder.chmod(0o555)
    collect(course, source)
    assert snapshot(source) == before


@pytest.mark.parametrize("order", [("ann.json", "ann (1).json"), ("ann (1).json", "ann.json")])
def test_of_two_files_of_one_learner_the_later_counts_and_the_earlier_is_kept(course, tmp_path, order):
    old, new = answers("ann", NOON, given=wrong), answers("ann", LATER)
    report = collect(course, folder_with(tmp_path / "in", dict(zip(order, (old, new), strict=True))))
    assert what(report) == {"ann": "collected"}
    assert submitted(course, "ann") == new
    assert [path.read_bytes() for path in earlier(course)] == [old]


def test_a_later_file_replaces_what_was_collected_before_and_that_is_kept_whole(course, tmp_path):
    collect(course, folder_with(tmp_path / "one", {"ann.json": answers("ann"), "ann.ipynb": notebook("ann")}))
    secret = submitted(course, "ann", "submission_secret.txt")
    report = collect(course, folder_with(tmp_path / "two", {"ann.json": answers("ann", LATER)}, LATER))
    assert what(report) == {"ann": "replaced"}
    assert submitted(course, "ann") == answers("ann", LATER)
    assert submitted(course, "ann", BOOK) == notebook("ann")
    assert submitted(course, "ann", "timestamp.txt") == b"2026-11-20 13:00:00.000000 UTC"
    assert submitted(course, "ann", "submission_secret.txt") == secret
    assert {path.name: path.read_bytes() for path in earlier(course)} == {
        PLACE: answers("ann"), BOOK: notebook("ann"),
    }  # fmt: skip


def test_an_earlier_file_that_comes_later_is_kept_aside_and_does_not_count(course, tmp_path):
    collect(course, folder_with(tmp_path / "one", {"ann.json": answers("ann", LATER)}))
    source = folder_with(tmp_path / "two", {"ann.json": answers("ann", NOON)})
    assert what(collect(course, source)) == {"ann": "kept as earlier"}
    assert submitted(course, "ann") == answers("ann", LATER)
    assert [path.read_bytes() for path in earlier(course)] == [answers("ann", NOON)]
    assert what(collect(course, source)) == {"ann": "unchanged"}


def test_ones_own_work_counts_before_a_later_damaged_file(course, tmp_path):
    source = folder_with(tmp_path / "in", {"ann.json": answers("ann")})
    folder_with(source, {"ann (1).json": answers("ann")[:-40]}, LATER)
    report = collect(course, source)
    assert submitted(course, "ann") == answers("ann")
    assert "cannot be read" in remarks(report, "ann")
    assert len(earlier(course)) == 1


def test_a_damaged_file_alone_is_collected_so_that_the_grader_can_say_so(course, tmp_path):
    report = collect(course, folder_with(tmp_path / "in", {"ann.ipynb": b"{cut"}))
    assert submitted(course, "ann", BOOK) == b"{cut"
    assert "cannot be read as a notebook" in remarks(report, "ann")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("nobody.ipynb", notebook(None), "fits nobody"),
        ("somebody.json", answers("stranger"), "Inside it says “stranger”"),
        ("Kim Doe.json", answers("stranger"), "fits several learners: twin1, twin2"),
        ("ann.json", answers("bob"), "is ann’s by its name, but holds the answers of bob"),
        ("ann.json", answers("ann", quiz="mutual"), "belongs to the quiz “mutual”"),
        ("ann.ipynb", b'{"cells": [], "metadata": {}}', "not of this quiz"),
        ("ann.pdf", b"%PDF", "neither a notebook nor an answers file"),
        ("ann.txt", b"my answers are", "neither a notebook nor an answers file"),
    ],
)
def test_what_can_be_given_to_nobody_is_reported_and_kept_with_a_list(course, tmp_path, name, content, why):
    report = collect(course, folder_with(tmp_path / "in", {name: content, "bob.json": answers("bob")}))
    assert what(report) == {"bob": "collected"}
    assert why in unmatched(report)[name]
    [kept] = report["unmatched"]
    assert (course / "unmatched" / QUIZ / kept["kept_as"]).read_bytes() == content
    rows = list(csv.DictReader((course / "unmatched" / QUIZ / "list.csv").open(encoding="utf-8")))
    assert [(row["came_as"], row["kept"]) for row in rows] == [(name, kept["kept_as"])]


def of_before(content):
    """A practice file made before files said what they are of: another version, other questions."""
    data = json.loads(content)
    del data["mode"]
    for id in data["items"]:
        data["items"][id]["variant"] = f"practice-{id}"
    return json.dumps({**data, "version": "0"}).encode()


def practice_book(learner=None):
    made = practice_notebook(replace(SHEET, mode="practice"), KEYS)
    if learner:
        data = {MIME: record(learner, LATER, mode="practice"), "text/plain": "receipt"}
        made.cells[-1].outputs = [new_output("display_data", data=data)]
    return nbformat.writes(made).encode()


PRACTISED = {
    "a file": answers("ann", LATER, mode="practice"),
    "an older file": of_before(answers("ann", LATER)),
    "a file of a browser": answers("web-bcdfghjkmn", LATER, mode="practice"),
    "a notebook": practice_book("ann"),
    "a notebook without an answer": practice_book(),
}


@pytest.mark.parametrize("content", PRACTISED.values(), ids=PRACTISED)
@pytest.mark.parametrize("before", [True, False], ids=["after the quiz", "with the quiz"])
def test_practice_is_not_collected_and_takes_the_place_of_nothing(course, tmp_path, content, before):
    name = "Ann Lee (1).ipynb" if b"cells" in content else "Ann Lee (1).json"
    source = folder_with(tmp_path / "in", {"ann.json": answers("ann"), "ann.ipynb": notebook("ann")})
    if before:
        collect(course, source)
        source = tmp_path / "later"
    report = collect(course, folder_with(source, {name: content}, LATER))
    assert unmatched(report) == {name: "is from practice, not from the quiz “waiver”. Practice is not graded."}
    assert what(report) == ({} if before else {"ann": "collected"})
    assert (submitted(course, "ann"), submitted(course, "ann", BOOK)) == (answers("ann"), notebook("ann"))


def test_practice_that_was_taken_for_the_quiz_before_gives_way_to_real_work(course, tmp_path):
    collect(course, folder_with(tmp_path / "in", {"ann.json": answers("ann", LATER)}))
    (folder_in(course, "ann", QUIZ) / PLACE).write_bytes(answers("ann", LATER, mode="practice"))
    report = collect(course, folder_with(tmp_path / "again", {"ann.json": answers("ann", NOON)}))
    assert what(report) == {"ann": "replaced"}
    assert submitted(course, "ann") == answers("ann", NOON)


def test_practice_handed_in_by_another_way_earns_nothing_and_says_why(course, tmp_path):
    folder = folder_with(tmp_path / "ann", {PLACE: answers("ann", LATER, mode="practice")})
    scores, troubles = score_record(KEYS, SHEET, handed_in(folder, SHEET, "ann"), "ann")
    assert sum(score.points or 0 for score in scores.values()) == 0
    assert "The answers file is from practice, not from this quiz. It was not used." in troubles
    folder_with(folder, {BOOK: notebook("ann")})
    scores, _ = score_record(KEYS, SHEET, handed_in(folder, SHEET, "ann"), "ann")
    assert all(score.verdict in ("right", "by-hand") for score in scores.values())


def test_two_learners_of_one_name_are_told_apart_by_what_stands_in_the_file(course, tmp_path):
    report = collect(course, folder_with(tmp_path / "in", {"Kim Doe.json": answers("twin2")}))
    assert what(report) == {"twin2": "collected"}


def test_a_file_without_a_telling_name_goes_by_what_stands_in_it(course, tmp_path):
    files = {"mail 1/waiver.ipynb": notebook("ann"), "mail 2/waiver.answers.json": answers("bob")}
    assert what(collect(course, folder_with(tmp_path / "in", files))) == {"ann": "collected", "bob": "collected"}


def test_once_the_roster_knows_a_name_the_file_finds_its_learner_and_leaves_the_list(course, tmp_path):
    from grader.gradebook.course import keep_roster
    from grader.gradebook.roster import Learner

    source = folder_with(tmp_path / "in", {"dee.json": answers("dee"), "nobody.ipynb": b"x"})
    assert len(collect(course, source)["unmatched"]) == 2
    keep_roster(course, [*on_roster(course).values(), Learner("dee", "Dee", "Ort", "")])
    report = collect(course, source)
    assert what(report) == {"dee": "collected"}
    assert list(unmatched(report)) == ["nobody.ipynb"]
    assert len(list((course / "unmatched" / QUIZ).iterdir())) == 2


def test_work_under_a_login_of_the_roster_is_the_learners_own(course, tmp_path):
    report = collect(course, folder_with(tmp_path / "in", {"Ann Lee.json": answers("annie-mac")}))
    assert what(report) == {"ann": "collected"}
    assert remarks(report, "ann") == ""


def test_work_under_an_unknown_login_is_collected_and_the_login_named(course, tmp_path):
    report = collect(course, folder_with(tmp_path / "in", {"Bob Lee.json": answers("bobs-laptop")}))
    assert what(report) == {"bob": "collected"}
    assert "“bobs-laptop”" in remarks(report, "bob")
    assert [row["logins"] for row in report["collected"]] == [["bobs-laptop"]]


WEB, OTHER_WEB = "web-bcdfghjkmn", "web-zzzzzzzzzz"


@pytest.mark.parametrize("name", ["leeann_4711_1_waiver.answers.json", "ann/waiver.answers.json", "Ann Lee.json"])
def test_a_file_from_the_learners_site_is_the_work_of_whoever_handed_it_in(course, tmp_path, name):
    report = collect(course, folder_with(tmp_path / "in", {name: answers(WEB)}))
    assert what(report) == {"ann": "collected"}
    assert remarks(report, "ann") == ""
    assert [row["logins"] for row in report["collected"]] == [[]]
    reading = handed_in(folder_in(course, "ann", QUIZ), SHEET, "ann")
    assert (reading.record.learner, reading.record.login, reading.troubles) == ("ann", WEB, ())
    scores, troubles = score_record(KEYS, SHEET, reading, "ann")
    assert all(score.verdict in ("right", "by-hand") for score in scores.values())
    assert troubles == ()


def test_a_file_from_the_learners_site_without_a_telling_name_is_kept_and_what_to_do_is_said(course, tmp_path):
    report = collect(course, folder_with(tmp_path / "in", {"waiver.answers (1).json": answers(WEB)}))
    assert "put the learner’s id into its name" in unmatched(report)["waiver.answers (1).json"]
    assert WEB not in unmatched(report)["waiver.answers (1).json"]


def test_another_quiz_from_the_learners_site_is_refused(course, tmp_path):
    report = collect(course, folder_with(tmp_path / "in", {"ann.json": answers(WEB, quiz="duration")}))
    assert "belongs to the quiz “duration”" in unmatched(report)["ann.json"]


def test_a_browser_that_the_roster_gives_to_somebody_else_is_theirs(course, tmp_path):
    keep_roster(course, [replace(one, logins=(WEB,)) if one.id == "bob" else one for one in CLASS])
    report = collect(course, folder_with(tmp_path / "in", {"ann.json": answers(WEB), "bob.json": answers(WEB)}))
    assert what(report) == {"bob": "collected"}
    assert "holds the answers of bob" in unmatched(report)["ann.json"]


def test_two_learners_of_one_browser_are_both_collected_and_it_is_said(course, tmp_path):
    files = {"ann.json": answers(WEB), "bob.json": answers(WEB), "zoe.json": answers(OTHER_WEB)}
    report = collect(course, folder_with(tmp_path / "in", files))
    assert what(report) == {"ann": "collected", "bob": "collected", "zoe": "collected"}
    assert f"in the same browser as bob ({WEB}): a shared computer, or a copied file" in remarks(report, "ann")
    assert "in the same browser as ann" in remarks(report, "bob")
    assert remarks(report, "zoe") == ""


@pytest.mark.parametrize("form", [answers, notebook])
def test_a_browser_that_somebody_handed_in_with_before_is_noticed_later(course, tmp_path, form):
    collect(course, folder_with(tmp_path / "in", {"ann.json": form(WEB)}))
    report = collect(course, folder_with(tmp_path / "later", {"bob.json": answers(WEB), "zoe.json": answers("zoe")}))
    assert "in the same browser as ann" in remarks(report, "bob")
    assert remarks(collect(course, tmp_path / "in"), "ann").count("in the same browser as bob") == 1


def test_of_many_who_share_a_browser_some_are_named_and_the_rest_counted(course, tmp_path):
    keep_roster(course, [Learner(f"l{n}", "A", f"B{n}", "") for n in range(8)])
    report = collect(course, folder_with(tmp_path / "in", {f"l{n}.json": answers(WEB) for n in range(8)}))
    assert "as l1, l2, l3, l4, l5 and 2 more" in remarks(report, "l0")


def test_another_version_or_variant_is_reported(course, tmp_path):
    other = json.loads(answers("bob"))
    other["items"]["w1"]["variant"] = "other"
    files = {"ann.json": answers("ann", version="0"), "bob.json": json.dumps(other).encode()}
    report = collect(course, folder_with(tmp_path / "in", files))
    assert "version 0" in remarks(report, "ann")
    assert "another variant" in remarks(report, "bob")
    assert "w1" in remarks(report, "bob")


def test_files_that_mail_programs_and_browsers_renamed_are_known_by_their_content(course, tmp_path):
    files = {"ann.ipynb.txt": notebook("ann"), "bob.ipynb.json": notebook("bob"), "zoe.ipynb": answers("zoe")}
    collect(course, folder_with(tmp_path / "in", files))
    assert submitted(course, "ann", BOOK) == notebook("ann")
    assert submitted(course, "bob", BOOK) == notebook("bob")
    assert submitted(course, "zoe") == answers("zoe")


def test_links_in_a_folder_are_listed_and_nobody_gets_what_they_point_to(course, tmp_path):
    source = folder_with(tmp_path / "in", {"bob.json": answers("bob")})
    (source / "ann.ipynb").symlink_to(course / "keys" / f"{QUIZ}.json")
    (source / "zoe").symlink_to(course / "submitted")
    report = collect(course, source)
    assert what(report) == {"bob": "collected"}
    assert set(unmatched(report)) == {"ann.ipynb", "zoe"}
    assert not [path for path in course.rglob("*") if path.is_symlink()]


def test_names_are_cleaned_and_never_taken_for_formulas_in_the_list(course, tmp_path):
    evil = {"=cmd|' ' .ipynb": b"x", "..\\\u202e<b>.json": b"y", ("n" * 200) + ".ipynb": b"z"}
    report = collect(course, folder_with(tmp_path / "in", evil))
    kept = [one["kept_as"] for one in report["unmatched"]]
    assert all(len(name) < 100 and not set(name) & set("<>=|\\/ '\u202e") for name in kept)
    text = (course / "unmatched" / QUIZ / "list.csv").read_text(encoding="utf-8")
    assert "\u202e" not in text
    assert not [cell for row in csv.reader(text.splitlines()) for cell in row if cell.startswith("=")]


def test_a_list_edited_to_point_elsewhere_takes_nothing_away(course, tmp_path):
    source = folder_with(tmp_path / "in", {"dee.json": answers("dee")})
    collect(course, source)
    listed = course / "unmatched" / QUIZ / "list.csv"
    [kept] = [path.name for path in listed.parent.iterdir() if path.name != "list.csv"]
    listed.write_text(listed.read_text(encoding="utf-8").replace(kept, "../../keys/waiver.json"), encoding="utf-8")
    (source / "dee.json").rename(source / "ann.json")
    source.joinpath("ann.json").write_bytes(answers("dee"))
    collect(course, source)
    assert (course / "keys" / f"{QUIZ}.json").exists()


def test_a_million_items_in_one_record_stop_nobody(course, tmp_path):
    big = b'{"schema": 1, "items": {' + b",".join(b'"i%d": 1' % n for n in range(100_000)) + b"}}"
    report = collect(course, folder_with(tmp_path / "in", {"ann.json": big, "bob.json": answers("bob")}))
    assert what(report)["bob"] == "collected"
    assert "cannot be read" in remarks(report, "ann")


def test_a_time_that_is_lost_is_taken_from_the_answers(course, tmp_path):
    collect(course, zip_with(tmp_path / "in.zip", {"ann.json": answers("ann", LATER)}, "1980-01-01T00:00:00+00:00"))
    assert submitted(course, "ann", "timestamp.txt") == b"2026-11-20 13:00:00.000000 UTC"


@pytest.mark.parametrize("step", ["sign", "aside", "rename"])
def test_a_run_that_is_cut_short_loses_nothing_and_the_next_one_goes_on(course, tmp_path, monkeypatch, step):
    old, new = {"ann.json": answers("ann")}, {"ann.json": answers("ann", LATER)}
    collect(course, folder_with(tmp_path / "one", old))

    class Killed(BaseException):
        pass

    def killed(*_args, **_more):
        raise Killed

    source = folder_with(tmp_path / "two", new)
    move = collecting._move_aside
    steps = {
        "sign": ("_sign", killed),
        "aside": ("_move_aside", killed),
        "rename": ("_move_aside", lambda *paths: (move(*paths), killed())),
    }
    with monkeypatch.context() as patch:
        patch.setattr(collecting, *steps[step])
        with pytest.raises(Killed):
            collect(course, source)
    shutil.rmtree(tmp_path / "one")
    collect(course, source)
    assert submitted(course, "ann") == answers("ann", LATER)
    assert [path.read_bytes() for path in earlier(course) if path.name == PLACE] == [answers("ann")]
    assert [path.name for path in (course / "submitted" / "ann").iterdir()] == [QUIZ]
    assert not (course / ".collecting").exists()


def test_a_submission_that_was_moved_but_not_replaced_comes_back_whatever_is_collected_next(course, tmp_path):
    collect(course, folder_with(tmp_path / "one", {"ann.json": answers("ann")}))
    place = folder_in(course, "ann", QUIZ)
    place.rename(place.with_name(f".{QUIZ}.part"))
    collect(course, folder_with(tmp_path / "two", {"bob.json": answers("bob")}))
    assert submitted(course, "ann") == answers("ann")


def test_a_thousand_files_are_collected_and_each_finds_its_learner(course, tmp_path):
    from grader.gradebook.course import keep_roster
    from grader.gradebook.roster import Learner

    ids = [f"s{n:04}" for n in range(1000)]
    keep_roster(course, [Learner(id, "First", f"Last{id}", "") for id in ids])
    report = collect(course, zip_with(tmp_path / "in.zip", {f"{id}.answers.json": answers(id) for id in ids}))
    assert len(report["collected"]) == 1000
    assert all(json.loads(submitted(course, id))["learner"] == id for id in ids)
    assert report["unmatched"] == []
