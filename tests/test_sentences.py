"""Every sentence the rules can say: whole, plain, and approved on one page."""

from pathlib import Path

import pytest

from grader.bank import Bank
from grader.sentences import Sentence, sentences, sentences_page

ROOT = Path(__file__).parents[1]
BANK = Bank(ROOT)
FAMILIES = BANK.stories
LONGEST = 45
"""Words. Only what is left open for want of an authority, with the names of the order and the question, comes near."""


@pytest.fixture(scope="module")
def said() -> set[Sentence]:
    return sentences(FAMILIES)


def test_the_page_in_the_docs_is_what_the_rules_say() -> None:
    assert (ROOT / "docs" / "sentences.md").read_text(encoding="utf-8") == sentences_page(FAMILIES)


def test_each_is_made_of_whole_sentences(said: set[Sentence]) -> None:
    for one in said:
        assert one.says.endswith((".", "?")), one
        assert one.says[0] in "‹“" or one.says[0].isupper(), one
        assert not {"{", "}", "_"} & set(one.says), one
        assert "None" not in one.says, one


def test_none_is_too_long_to_be_read_at_once(said: set[Sentence]) -> None:
    assert [one for one in said if len(one.says.split()) > LONGEST] == []


def test_what_counts_rests_on_the_story_or_the_law(said: set[Sentence]) -> None:
    assert [one for one in said if one.counts in "✔✘" and one.rests == "nothing"] == []


def test_nobody_and_no_day_of_a_story_is_left_in_a_sentence(said: set[Sentence]) -> None:
    names = {person.name for family in FAMILIES for person in family.people.values() if len(person.name) > 2}
    for one in said:
        assert not names & set(one.says.replace("’", " ").replace(".", " ").split()), one
