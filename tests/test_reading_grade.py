"""Whoever finished grade 8 can read what the course itself says; stories and law are another matter."""

import re
from html import unescape
from pathlib import Path

import pytest
import yaml

from grader import messages
from grader.carebar import as_html, bar
from grader.messages import ENGLISH
from tests.reading_grade import WORD, grade, plain, syllables

ROOT = Path(__file__).parent.parent
MOST = 8.0
LABEL = 8
"""With fewer words it is a label, not a sentence; one long word in it would count for years of school."""
TEXTS = {key: text for key, text in ENGLISH.items() if len(WORD.findall(plain(text))) >= LABEL}
INTROS = sorted([*ROOT.glob("notebooks/*.yaml"), *ROOT.glob("quizzes/*/quiz.yaml")])


@pytest.mark.parametrize("key", TEXTS)
def test_a_sentence_of_the_front_end_is_plain(key: str) -> None:
    assert grade(TEXTS[key]) <= MOST, TEXTS[key]


@pytest.mark.parametrize("path", INTROS, ids=lambda path: path.parent.name + "-" + path.stem)
def test_the_first_lines_of_a_notebook_are_plain(path: Path) -> None:
    assert grade(yaml.safe_load(path.read_text(encoding="utf-8"))["intro"]) <= MOST


def test_the_head_of_a_notebook_is_plain_as_a_whole() -> None:
    for how in ("intro-practice", "intro-quiz"):
        keys = ("intro-start", how, "not-advice", "help")
        assert grade(" ".join(ENGLISH[key] for key in keys)) <= MOST


def test_the_bar_of_care_is_plain_as_a_whole() -> None:
    messages.use("en")
    said = re.findall(r"<(?:p|summary)[^>]*>([^<]*)<", as_html(bar()))
    assert len(said) > 8
    assert grade(" ".join(map(unescape, said))) <= MOST
    messages.use(None)


def test_there_is_enough_to_read() -> None:
    assert len(TEXTS) > 50
    assert len(INTROS) == 10


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("The cat sat on the mat.", -1.4),
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 11.3),
        ("Notwithstanding considerations of eligibility, individuals demonstrating necessity may apply.", 29.3),
    ],
)
def test_the_formula_gives_the_known_grades(text: str, years: float) -> None:
    assert abs(grade(text) - years) < 3


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("page", 1), ("saved", 1), ("pages", 2), ("answers", 2), ("needed", 2), ("violence", 3), ("violation", 4),
        ("people", 2), ("library", 3), ("computer", 3), ("quickly", 2), ("little", 2), ("visited", 3), ("opened", 2),
        ("quiz", 1), ("files", 1), ("changes", 2), ("order", 2), ("criminal", 3), ("material", 4), ("started", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count
