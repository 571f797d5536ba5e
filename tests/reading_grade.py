"""The reading grade of English by Flesch and Kincaid: years of school in the United States that a text asks for.

The libraries that compute it bring a corpus to download; the formula needs only words, sentences and syllables.
"""

import re

SENTENCE = re.compile(r"[.!?:]+(?:\s|$)|\n+")
WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?")
MARKS = re.compile(r"https?://\S+|`[^`]*`|[*“”]")


def plain(text: str) -> str:
    """The words as a reader says them: no marks, no addresses, a short word in each gap."""
    return MARKS.sub(" ", re.sub(r"\{\w+\}", "this", text))


def syllables(word: str) -> int:
    """How many syllables an English word has: its groups of vowels, without a last e that is not heard.

    Where it errs it counts one too many (note-book, some-one), so that a text never seems simpler than it is.
    """
    word = re.sub(r"[’']\w*$", "", word.lower())
    silent = re.search(r"[^aeioudtl]ed$|[aeiou]led$|[^aeiouyszxcg]es$|[^aeiouyl]e$|[aeiouy]le$", word)
    two = re.findall(r"(?<![ctsgx])i[ao]|eo(?!p)|uou", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)) - bool(silent) + len(two))


def grade(text: str) -> float:
    """Flesch-Kincaid grade level of a text; 0 for a text without words."""
    words = WORD.findall(plain(text))
    if not words:
        return 0.0
    sentences = sum(1 for part in SENTENCE.split(plain(text)) if part and WORD.search(part))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
