"""Which of the two copies of a learner's answers counts."""

import pytest
from sample_quiz import QUIZ, SHEET

from grader.answers import Entry, Reading, Record
from grader.gradebook.submission import DIFFER, NOTHING, keep, kept, settle


def record(learner="ann", saved="2026-11-20T10:00:00+00:00", choice="stay"):
    return Reading(Record(QUIZ, "1", learner, saved, 1, {"w1": Entry("w1-a", [choice], first=[])}))


NONE = Reading(None, found=False)
LATER = "2026-11-20T11:00:00+00:00"


def test_the_copy_saved_later_counts_and_a_difference_is_reported():
    for file, receipt in [(record(), record(saved=LATER, choice="go")), (record(saved=LATER, choice="go"), record())]:
        settled = settle(file, receipt, SHEET, "ann")
        assert settled.record
        assert settled.record.items["w1"].answer == ["go"]
        assert settled.troubles == (DIFFER.format(saved=LATER),)


def test_two_equal_copies_give_nothing_to_report():
    assert settle(record(), record(), SHEET, "ann").troubles == ()


@pytest.mark.parametrize(("file", "receipt"), [(record(), NONE), (NONE, record())])
def test_one_copy_alone_is_enough(file, receipt):
    settled = settle(file, receipt, SHEET, "ann")
    assert settled.record == record().record
    assert settled.troubles == ()


@pytest.mark.parametrize("stranger", [record("bob", LATER), record("bob")])
def test_somebody_elses_answers_never_stand_in_the_way_of_ones_own(stranger):
    for file, receipt in [(stranger, record()), (record(), stranger)]:
        settled = settle(file, receipt, SHEET, "ann")
        assert settled.record == record().record
        assert len(settled.troubles) == 1
        assert "another person" in settled.troubles[0]


def test_handing_in_nothing_is_reported():
    assert settle(NONE, NONE, SHEET, "ann") == Reading(None, (NOTHING,), found=False)


def test_what_was_settled_comes_back_out_of_the_notebook_under_grading():
    metadata = {"grader": {"sheet": {}}}
    keep(metadata, Reading(record().record, ("A remark.",)))
    assert kept(metadata) == Reading(record().record, ("A remark.",))
