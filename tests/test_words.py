"""A learner reads the course's own words in their language; a translator finds every sentence with its context."""

import ast
import gettext
import json
import os
import re
import shutil
import string
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from grader import catalogue, messages
from grader.messages import ENGLISH, LANGUAGES, LOCALE, WORDS, again, day, say
from grader.reading import BadInput

ROOT = Path(__file__).parent.parent
OTHERS = [code for code in LANGUAGES if code != "en"]
KEYS = list(ENGLISH)
ALIKE = {"es": {"whatif-no"}}
"""Words that are the same in another language."""
VARIABLES = ("GRADER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that asks for no language, and a learner who has not chosen one."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    messages.use(None)


@pytest.fixture
def spanish() -> object:
    messages.use("es")
    yield
    messages.use(None)


def gaps(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def has_words(key: str) -> bool:
    """Whether a sentence is more than gaps and signs."""
    return any(text.strip(" :,.()") for text, *_ in string.Formatter().parse(ENGLISH[key]))


def test_the_files_of_translations_are_what_the_catalogue_gives() -> None:
    assert catalogue.stale(ROOT) == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_translated(code: str) -> None:
    assert catalogue.missing(code) == []
    messages.use(code)
    assert [key for key in KEYS if WORDS[key] == ENGLISH[key] and has_words(key) and key not in ALIKE[code]] == []
    messages.use(None)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("key", KEYS)
def test_a_translation_has_the_same_gaps_and_marks_as_its_source(code: str, key: str) -> None:
    messages.use(code)
    there, here = WORDS[key], ENGLISH[key]
    messages.use(None)
    assert gaps(there) == gaps(here)
    assert re.findall(r"https?://[^\s>]+|\d(?:-\d+){2,}|\*\*|`|\n\*", there) == re.findall(
        r"https?://[^\s>]+|\d(?:-\d+){2,}|\*\*|`|\n\*", here
    )


@pytest.mark.parametrize("code", OTHERS)
def test_what_gettext_reads_is_what_translators_wrote(code: str) -> None:
    read = gettext.translation(messages.DOMAIN, LOCALE, [code])
    with open(catalogue.po_file(code), "rb") as file:
        written = {message.context: message for message in read_po(file) if message.id}
    assert set(written) == set(ENGLISH)
    assert {key: read.pgettext(key, ENGLISH[key]) for key in written} == {k: m.string for k, m in written.items()}


def test_translators_see_where_a_sentence_is_said() -> None:
    text = (LOCALE / "grader.pot").read_text(encoding="utf-8")
    assert '#. scoring\n#: grader/messages.py\nmsgctxt "several"\n' in text
    assert text.count("\nmsgctxt ") == len(ENGLISH)
    assert text.count("\n#. ") >= len(ENGLISH)


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({}, "en"),
        ({"GRADER_LANGUAGE": "es"}, "es"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LC_ALL": "es-US", "LANG": "en_US.UTF-8"}, "es"),
        ({"GRADER_LANGUAGE": "en", "LANG": "es_MX.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "es_MX.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "../../etc"}, "en"),
    ],
)
def test_the_language_is_the_one_the_surroundings_ask_for(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], spoken: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert messages.language() == spoken


def test_a_choice_on_the_page_outweighs_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    messages.use("en")
    assert say("by-hand") == ENGLISH["by-hand"]
    messages.use("tlh")
    assert messages.language() == "es"
    messages.use(None)


def test_a_sentence_without_translation_is_said_in_english(monkeypatch: pytest.MonkeyPatch, spanish: None) -> None:
    monkeypatch.setitem(ENGLISH, "brand-new", "Nobody has translated this yet, {name}.")
    assert say("brand-new", name="Ana") == "Nobody has translated this yet, Ana."


def test_a_sentence_can_be_said_again_in_another_language() -> None:
    trouble = say("receipt", trouble=say("too-many", count=9, limit=3))
    messages.use("es")
    assert again(trouble) == say("receipt", trouble=say("too-many", count=9, limit=3))
    assert "Comprobante" in again(trouble)
    assert "preguntas" in again(trouble)
    assert again("a file name") == "a file name"
    messages.use(None)


def test_dates_are_told_as_people_tell_them(spanish: None) -> None:
    assert day(date(2026, 6, 10)) == "10 de junio de 2026"
    messages.use("en")
    assert day(date(2026, 6, 10)) == "June 10, 2026"


def test_the_spanish_addresses_the_reader_as_usted(spanish: None) -> None:
    familiar = re.compile(r"\b(tú|tus?|tienes|puedes|elige|escribe|haz|contigo|ti)\b", re.IGNORECASE)
    assert {key: text for key, text in WORDS.items() if familiar.search(text)} == {}


def test_changed_english_keeps_its_old_translation_for_a_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGLISH, "several", "More than one answer was given where one was asked.")
    po = catalogue.outputs()[catalogue.po_file("es")].decode()
    entry = po[po.index('msgctxt "several"') - 140 :][:420]
    assert "fuzzy" in entry
    assert '#| msgid "Several answers were given where one was asked."' in entry
    assert "Se dieron varias respuestas" in entry
    assert catalogue.missing("es") == ["several"]


@pytest.mark.parametrize(
    ("whole", "damaged", "told"),
    [
        ('msgstr "Correcto."', 'msgstr "Correcto."\nmsg "again"', "Unknown"),
        ("{answered} de {total} respondidas", "{answered} de {todas} respondidas", "has other gaps than the English"),
        ("{answered} de {total} respondidas", "{answered} de {total respondidas", "has a brace too many or too few"),
    ],
)
def test_a_damaged_file_of_translations_is_reported_with_its_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, whole: str, damaged: str, told: str
) -> None:
    shutil.copytree(LOCALE, tmp_path / "locale")
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path / "locale")
    path = catalogue.po_file("es")
    text = path.read_text(encoding="utf-8")
    assert whole in text
    path.write_text(text.replace(whole, damaged, 1), encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        catalogue.outputs()
    assert told in str(bad.value)
    assert bad.value.problems[0].file == str(path)
    assert bad.value.problems[0].line > 1


def test_the_page_that_waits_for_python_speaks_both_languages() -> None:
    text = catalogue.SCRIPT.read_text(encoding="utf-8")
    block = text.partition(catalogue.BEGIN)[2].partition(catalogue.END)[0]
    for key in catalogue.EARLY:
        assert json.dumps(ENGLISH[key]) in block
        messages.use("es")
        assert json.dumps(WORDS[key], ensure_ascii=False) in block
        messages.use(None)


def test_no_sentence_is_called_that_the_catalogue_lacks() -> None:
    named = set()
    for path in (ROOT / "grader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            key = node.args[0] if isinstance(node, ast.Call) and node.args else None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                named |= {key.value} if isinstance(key, ast.Constant) else set()
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "WORDS":
                named |= {node.slice.value} if isinstance(node.slice, ast.Constant) else set()
    assert len(named) > 30
    assert named - set(ENGLISH) == set()


def test_a_learners_machine_needs_no_babel_to_read_spanish() -> None:
    code = "import sys; from grader.messages import say; print(say('by-hand'), 'babel' in sys.modules)"
    environment = {**os.environ, "GRADER_LANGUAGE": "es"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.stdout == "Una persona califica esta respuesta. False\n"


def test_grader_words_says_that_spanish_is_complete() -> None:
    command = [sys.executable, "-m", "grader.cli", "words", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert json.loads(done.stdout) == {"ok": True, "written": [], "missing": {"es": []}}
