"""Help lines that can be trusted, a bar that can be read, and nothing from outside that can do harm in it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader import care, carebar, helplines, messages, widgets
from grader.bank import Bank
from grader.carebar import as_html
from grader.checks import check
from grader.helplines import CONFIDENCE, OLD, Help, Helpline, on_file
from grader.messages import ENGLISH, LANGUAGES, WORDS
from tests.sample_quiz import KEYS, QUIZ, SHEET

ROOT = Path(__file__).parent.parent
LINES = on_file().lines
NUMBER = re.compile(r"(1-)?\d{3}-\d{3}-\d{4}|\d{3}|\d{5,6}")
SCRIPT = "<script>alert('x')</script>"
EACH_LINE = pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.place}-{line.name}")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that asks for no language, course or place."""
    for name in ("GRADER_LANGUAGE", "GRADER_PLACE", "LC_ALL", "LC_MESSAGES", "LANG", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    messages.use(None)
    yield
    messages.use(None)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a notebook would show."""
    displayed: list[Any] = []
    monkeypatch.setattr(care, "_has_page", lambda: True)
    monkeypatch.setattr(care, "display", displayed.append)
    return displayed


def shown(place: str = "", intro: str = "") -> str:
    """The bar as HTML."""
    return as_html(carebar.bar(place, intro))


class Parts(HTMLParser):
    """The elements of some HTML with their attributes; an element that is not closed is an error."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag in tags]


# the data


@EACH_LINE
def test_a_line_says_where_it_was_read_and_when(line: Helpline) -> None:
    assert line.source.startswith(("https://", "http://"))
    assert line.confidence in CONFIDENCE
    assert date(2026, 1, 1) <= line.checked <= date.today()


@EACH_LINE
def test_a_line_can_be_reached_and_its_numbers_are_whole(line: Helpline) -> None:
    assert line.phone or line.site
    for number in (line.phone, line.tty, line.text.get("to", "")):
        assert not number or NUMBER.fullmatch(number), number
    assert set(line.text) <= {"to", "word"}
    assert not line.site or line.site.startswith("https://")
    assert line.hours in ("", "always") or re.fullmatch(r"[\d:]+ a\.m\.-[\d:]+ p\.m\.", line.hours)


@EACH_LINE
def test_the_words_about_a_line_are_in_the_catalogue(line: Helpline) -> None:
    assert f"care-for-{line.about}" in ENGLISH
    assert {f"care-in-{name}" for name in line.languages} <= set(ENGLISH)


def test_every_state_on_file_has_a_line_and_its_own_name() -> None:
    known = {
        path.parent.name.replace("_", "-"): yaml.safe_load(path.read_text(encoding="utf-8"))["label"]
        for path in ROOT.glob("grader/law/us_*/jurisdiction.yaml")
    }
    assert on_file().places == known
    assert {line.place for line in LINES} == {"us", *known}


def test_no_line_stands_twice() -> None:
    reached = [(line.place, line.phone or line.site) for line in LINES]
    assert len(set(reached)) == len(reached)


def test_a_line_checked_more_than_a_year_ago_is_reported_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    aged = replace(LINES[0], checked=date.today() - OLD - timedelta(days=1))
    fresh = replace(LINES[1], checked=date.today() - OLD)
    monkeypatch.setattr(helplines, "on_file", lambda: Help((aged, fresh), {}, "https://example.org"))
    assert list(helplines.old(date.today())) == [aged]
    monkeypatch.setattr(carebar, "on_file", helplines.on_file)
    assert shown().count("It may have changed.") == 1


def test_grader_check_warns_of_an_old_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    aged = replace(LINES[0], checked=date(2020, 2, 3))
    monkeypatch.setattr(helplines, "on_file", lambda: Help((aged,), {}, "https://example.org"))
    (tmp_path / "scenarios").mkdir()
    warned = [str(problem) for problem in check(Bank(tmp_path)).warnings]
    assert warned == [
        "grader/helplines.json:1 us: “National Domestic Violence Hotline” was last checked on 2020-02-03. "
        "Call or open the source, then set the new day."
    ]


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    data = json.loads(helplines.FILE.read_text(encoding="utf-8"))
    data["lines"][0]["checked"] = "soon"
    (tmp_path / "lines.json").write_text(json.dumps(data))
    with pytest.raises(ValueError, match="soon"):
        on_file(tmp_path / "lines.json")


# the bar


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_bar_is_whole_and_says_which_language_it_is_in(code: str) -> None:
    messages.use(code)
    parts = Parts(shown("us-ny", "intro-practice"))
    bar = parts.of("section")[0]
    assert bar["lang"] == code
    assert bar["aria-label"] == WORDS["care"]
    assert bar["data-label"] == WORDS["leave"]
    pressed = {button["data-language"]: button["aria-pressed"] for button in parts.of("button")}
    assert pressed == {one: str(one == code).lower() for one in LANGUAGES}
    assert [part["value"] for part in parts.of("option") if "selected" in part] == ["us-ny"]
    assert all(name["lang"] == "en" for name in parts.of("strong"))


def test_whatever_can_hold_the_focus_in_a_notebook_keeps_its_keys() -> None:
    bar = Parts(shown())
    focusable = [
        part for part in bar.of("button", "select", "summary", "a") if part.get("class") != "grader-care-leave"
    ]
    assert len(focusable) > 40
    assert all(part.get("data-lm-suppress-shortcuts") == "true" for part in focusable)


def test_a_link_that_leads_away_tells_nobody_where_it_stood() -> None:
    for link in Parts(shown()).of("a"):
        address = link["href"] or ""
        assert address.startswith(("tel:", "sms:")) or "noreferrer" in (link["rel"] or "")


def test_the_honest_words_about_leaving_are_there() -> None:
    told = shown()
    for part in ("does not hide that you were here", "saved answers stay on this computer", "Ctrl, Shift and Delete"):
        assert part in told


def test_a_page_in_spanish_says_what_is_still_in_english_and_how_it_works() -> None:
    messages.use("es")
    bar = shown(intro="intro-quiz")
    assert "están en inglés" in bar
    assert "Cada respuesta se guarda enseguida" in bar
    messages.use("en")
    assert ENGLISH["care-english"] not in shown()


def test_the_head_of_a_page_in_paragraphs_becomes_a_list_without_gaps() -> None:
    messages.use("es")
    bar = shown(intro="whatif-intro")
    assert "<li>Aquí nada se califica ni se guarda." in bar
    assert "<li></li>" not in bar


def test_nothing_in_the_data_becomes_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = replace(LINES[0], name=SCRIPT, site=f'https://x.org/">{SCRIPT}', source=f'https://x.org/">{SCRIPT}')
    monkeypatch.setattr(carebar, "on_file", lambda: Help((evil,), {"us-ny": SCRIPT}, f'https://x.org/">{SCRIPT}'))
    assert not Parts(shown()).of("script")


def test_a_page_without_python_holds_every_language() -> None:
    bars = Parts(care.html_bar("us-ct")).of("section")
    assert [(bar["lang"], bar["data-in"]) for bar in bars] == [(code, code) for code in LANGUAGES]
    assert messages.language() == "en"
    assert "grader-leave" in care.style()
    assert "</script" not in care.script()


# in a notebook


def test_the_bar_is_not_shown_where_nbgrader_runs_the_notebook(
    monkeypatch: pytest.MonkeyPatch, page: list[Any]
) -> None:
    assert care.show() is page[0]
    for by in ("validate", "autograde"):
        monkeypatch.setenv("NBGRADER_EXECUTION", by)
        assert care.show() is None
    assert len(page) == 1


def test_without_a_notebook_there_is_nothing_to_show() -> None:
    assert care.show() is None


def test_the_page_chooses_the_language_and_everything_is_said_again(page: list[Any]) -> None:
    renewed: list[str] = []
    bar = care.show(renew=lambda: renewed.append(messages.language()))
    assert bar is not None
    bar._hear(bar, {"language": "es-MX"}, [])
    assert (bar.language, renewed) == ("es", ["es"])
    assert "Líneas de ayuda" in as_html(bar.content)


@pytest.mark.parametrize("message", [None, [], {}, {"language": None}, {"language": 7}, {"language": "xx"}, "es"])
def test_a_message_that_makes_no_sense_changes_nothing(page: list[Any], message: Any) -> None:
    bar = care.show(renew=lambda: pytest.fail("renewed"))
    assert bar is not None
    bar._hear(bar, message, [])
    assert bar.language == "en"


def test_a_course_can_ask_for_a_language_and_a_state(monkeypatch: pytest.MonkeyPatch, page: list[Any]) -> None:
    monkeypatch.setenv("GRADER_LANGUAGE", "es")
    monkeypatch.setenv("GRADER_PLACE", "us-wa")
    bar = care.show()
    assert bar is not None
    assert (bar.language, bar.asked) == ("es", "es")
    assert '<option value="us-wa" selected="">' in as_html(bar.content)


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setenv("GRADER_LEARNER", "ana")
    metadata = {"grader": {"sheet": replace(SHEET, mode="practice").as_json(), "keys": KEYS.as_json()}}
    (folder / f"{QUIZ}.ipynb").write_text(json.dumps({"metadata": metadata, "cells": []}), encoding="utf-8")
    monkeypatch.setattr(widgets, "_display", lambda *_, **__: None)
    return widgets.quiz(QUIZ)


def test_in_a_browser_that_runs_python_the_bar_tells_where_answers_stay_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    quiz = opened(tmp_path, monkeypatch)
    assert quiz.intro == "intro-practice"
    monkeypatch.setattr(widgets, "BROWSER", True)
    assert quiz.intro == "site-how-practice"


def test_a_quiz_opens_with_the_bar_and_speaks_spanish_without_losing_an_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: list[Any]
) -> None:
    quiz = opened(tmp_path, monkeypatch)
    question = quiz("w1")
    wrong = [question.data["options"][1]["id"]]
    question.take(wrong, 3)
    bar = page[0]
    assert bar._intro == "intro-practice"
    bar.speak("es")
    assert question.data["words"]["check"] == "Revisar mi respuesta"
    assert question.data["language"] == "es"
    assert question.data["number"] == "Pregunta 1 de 6"
    assert question.value == wrong
    assert question.feedback["heading"] == "Todavía no es correcto."
    assert question.feedback["cites"][0]["checked"] == "comparado con la fuente el 1 de enero de 2030"


def test_a_notebook_without_its_quiz_still_shows_the_bar(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: list[Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(widgets, "_display", lambda *_, **__: None)
    widgets.quiz("nothing")
    assert len(page) == 1
    page[0].speak("es")
