"""Whose a file is, told from its name alone."""

import pytest

from grader.gradebook.naming import Naming
from grader.gradebook.roster import Learner

CLASS = (
    Learner("ann", "Ann", "Lee", "ann@example.org", "4711", ("annie-mac",)),
    Learner("bob", "Bob", "Lee", "bob@example.org", "4712"),
    Learner("zoe1", "Zoë", "Müller-Groß", "", ""),
    Learner("o.brien", "Pat", "O’Brien", "pat@example.org", ""),
    Learner("a_b", "Al", "Bo", "", ""),
    Learner("kim1", "Kim", "Doe", "", ""),
    Learner("kim2", "Kim", "Doe", "", "", ("jovyan",)),
    Learner("7", "Sev", "En", "", ""),
)
NAMING = Naming(CLASS)


def owner(path):
    return NAMING.owner(path.split("/"), "waiver")


@pytest.mark.parametrize(
    ("path", "learner"),
    [
        ("leeann_4711_99871_waiver.ipynb", "ann"),
        ("leeann_LATE_4711_99871_waiver-1.ipynb", "ann"),
        ("somebodyelse_4712_1_waiver.answers.json", "bob"),
        ("mullergrosszoe_99_99871_waiver.ipynb", "zoe1"),
        ("obrienpat_1_2_waiver.ipynb", "o.brien"),
        ("Bob Lee_1234_assignsubmission_file_/waiver.ipynb", "bob"),
        ("Lee Bob_1234_assignsubmission_file_waiver.ipynb", "bob"),
        ("waiver_ann_attempt_2026-11-20-10-00-00_waiver.ipynb", "ann"),
        ("annie-mac+waiver+2026-11-20 10:00:00.000000 UTC+x/waiver.ipynb", "ann"),
        ("ann.ipynb", "ann"),
        ("ANN.answers.json", "ann"),
        ("waiver-ann.ipynb.txt", "ann"),
        ("ann (2).ipynb", "ann"),
        ("ann-1.ipynb", "ann"),
        ("Lee_Bob (2).ipynb", "bob"),
        ("Bob Lee waiver.ipynb", "bob"),
        ("ann@example.org/waiver.ipynb", "ann"),
        ("annie-mac/quiz/waiver.ipynb", "ann"),
        ("4712 waiver.ipynb", "bob"),
        ("Zoe_Mueller-Gross.ipynb", "zoe1"),
        ("Müller-Groß Zoë.ipynb", "zoe1"),
        ("Mu\u0308ller-Groß Zoe\u0308.ipynb", "zoe1"),
        ("waiver_a_b.ipynb", "a_b"),
        ("o.brien-waiver.ipynb", "o.brien"),
        ("7.ipynb", "7"),
        ("kim2/Kim Doe.ipynb", "kim2"),
    ],
)
def test_a_name_as_platforms_and_people_write_it_finds_its_learner(path, learner):
    assert owner(path).learner == learner


@pytest.mark.parametrize(
    ("path", "candidates"),
    [
        ("Kim Doe.ipynb", ("kim1", "kim2")),
        ("doekim_99_12_waiver.ipynb", ("kim1", "kim2")),
        ("bob/ann.ipynb", ("ann", "bob")),
        ("ann and bob.ipynb", ("ann", "bob")),
    ],
)
def test_a_name_that_fits_several_learners_finds_none_and_names_them(path, candidates):
    found = owner(path)
    assert (found.learner, found.candidates) == (None, candidates)


@pytest.mark.parametrize(
    "path",
    [
        "waiver.ipynb",
        "waiver-7.ipynb",
        "joanne.ipynb",
        "lee.ipynb",
        "leebob_4799_1_waiver.ipynb",
        "jovyan.ipynb",
        "../../etc/passwd",
        "_" * 5000,
        "a " * 5000,
        "\x00\u202e.ipynb",
    ],
)
def test_a_name_that_fits_nobody_finds_nobody(path):
    assert (owner(path).learner, owner(path).candidates) == (None, ())


def test_a_login_that_everybody_has_says_nothing_about_a_person():
    assert NAMING.known_as("jovyan") is None
    assert NAMING.known_as("Annie-Mac") == "ann"
