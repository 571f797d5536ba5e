"""What the feedback page of a quiz says, in which order, and that it never runs anything."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sample_quiz import KEYS, PERMISSION, QUIZ, SHEET, right, wrong

from grader.answers import Entry, Reading, Record
from grader.gradebook.marks import Mark
from grader.gradebook.pages import FOLDER, page
from grader.messages import ENGLISH, WORDS
from grader.sheet import Citation, KeySheet, Sheet
from tests.test_words import has_words

ANN = "ann"
SCRIPT = "<script>alert(1)</script>"


def reading(answers, learner=ANN):
    items = {
        id: Entry(SHEET.item(id).pick(SHEET.salt, learner).variant, answer, first=answer)
        for id, answer in answers.items()
    }
    return Reading(Record(QUIZ, "1", learner, "2026-11-20T10:00:00+00:00", 1, items))


def all_right(learner=ANN):
    return reading({item.id: right(item.id, learner) for item in SHEET.items}, learner)


def all_wrong(learner=ANN):
    return reading({item.id: wrong(item.id, learner) for item in SHEET.items}, learner)


def section(html, number):
    return html.split("<section")[number].split("</section>")[0]


class Outline(HTMLParser):
    """The tags of a page, the levels of its headings, and everything that would call out or run."""

    def __init__(self, html):
        super().__init__()
        self.levels, self.tags, self.alive, self.ids = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.ids += [value for name, value in attrs if name == "id"]
        loads = [name for name, _ in attrs if name in ("src", "srcset", "style", "background") or name.startswith("on")]
        self.alive += [(tag, name) for name in loads]
        self.alive += [
            value for name, value in attrs if name == "href" and not value.startswith(("https://", "http://"))
        ]
        self.alive += (
            [tag] if tag in {"script", "img", "iframe", "link", "object", "embed", "form", "svg", "base"} else []
        )


class Speech(HTMLParser):
    """The texts of a page, by the language in which a screen reader reads them out."""

    def __init__(self, html):
        super().__init__()
        self.open, self.by_language = [], {"en": set(), "es": set()}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(dict(attrs).get("lang") or (self.open or [""])[-1])

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        if self.open and data.strip():
            self.by_language[self.open[-1]].add(data.strip())


def plain(html):
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


@pytest.mark.parametrize("answers", [all_right(), all_wrong(), reading({}), Reading(None, ("Nothing there.",), False)])
def test_the_page_stands_alone_and_can_be_read_by_a_screen_reader(answers):
    html = page(SHEET, KEYS, answers, ANN, {})
    outline = Outline(html)
    assert '<html lang="en">' in html
    assert outline.alive == []
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert html.count('aria-hidden="true"') == len(SHEET.items)


def test_the_page_allows_its_own_style_and_nothing_else():
    html = page(SHEET, KEYS, all_right(), ANN, {})
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "script" not in policy


def test_a_wrong_answer_is_explained_in_the_order_that_teaches():
    key = KEYS.item("w1").of(SHEET.item("w1").pick(SHEET.salt, ANN).variant)
    html = section(page(SHEET, KEYS, all_wrong(), ANN, {}), 1)
    heads = ("rests-on", "feedback-right-answer", "rule", "feedback-decides", "cites")
    parts = ["Not right.", *(ENGLISH[key] for key in heads),
             "January 1, 2030", ENGLISH["flip"], "All the reasons"]  # fmt: skip
    places = [html.index(part) for part in parts]
    assert places == sorted(places)
    assert key.rule in html
    assert f"<blockquote>{SHEET.items[0].variants[0].story[0].text}</blockquote>" in html


def test_the_verdict_is_told_in_words_and_in_shape():
    good, bad, none = (page(SHEET, KEYS, answers, ANN, {}) for answers in (all_right(), all_wrong(), reading({})))
    assert "✓</span> Right." in section(good, 1)
    assert "✗</span> Not right." in section(bad, 1)
    assert "○</span> No answer." in section(none, 1)
    assert "The right answer" not in section(good, 1)


def test_half_a_grid_is_partly_right_or_wrong_but_every_row_is_judged():
    html = section(page(SHEET, KEYS, reading({"w2": {"call": "yes", "wave": "yes"}}), ANN, {}), 2)
    assert "✓ Right: <em>A call: Yes</em> A call is contact." in html
    assert "✗ Not right: <em>A wave: Yes</em> This order allows a wave." in html


def test_a_right_choice_that_was_left_out_is_named():
    html = section(page(SHEET, KEYS, reading({"w3": ["judge"]}), ANN, {}), 3)
    assert "◐</span> Partly right." in html
    assert "You left out: <em>A clerk whom the judge tells to</em>" in html


def test_a_belief_behind_several_answers_is_named_at_the_top():
    belief = KEYS.misconceptions[PERMISSION]
    assert belief in page(SHEET, KEYS, all_wrong(), ANN, {}).split("<section")[0]
    assert belief not in page(SHEET, KEYS, all_right(), ANN, {})


def test_a_text_waits_for_a_person_until_one_has_marked_it():
    waiting = page(SHEET, KEYS, all_right(), ANN, {})
    assert "This text waits for a person." in section(waiting, 6)
    assert "1 text still waits" in waiting
    marks = {"w9": Mark(3.0, 4.0, None, 3.0, False, "Clear & short. Cite <the> rule.")}
    marked = page(SHEET, KEYS, all_right(), ANN, marks)
    assert "A person marked this text." in section(marked, 6)
    assert "3 of 4 points" in section(marked, 6)
    assert "Clear &amp; short. Cite &lt;the&gt; rule." in section(marked, 6)
    assert "still waits" not in marked


def test_the_score_is_the_gradebooks_even_where_a_person_changed_it():
    marks = {item.id: Mark(item.points, item.points, item.points) for item in SHEET.items}
    marks["w1"] = Mark(0.5, 2.0, 2.0, 0.5)
    html = page(SHEET, KEYS, all_right(), ANN, marks, late=1.0)
    assert "Score: 10.5 of 13 points" in html
    assert "came in late: 1 point." in html
    assert "A person looked at this answer" in section(html, 1)


def test_answers_of_another_learner_are_reported_and_earn_nothing():
    html = page(SHEET, KEYS, all_right("bob"), ANN, {})
    assert "Score: 0 of 13 points" in html
    assert "belongs to “bob”" in html


def with_scripts(thing):
    """The same sheet or key with a script in every text field that is not an id."""
    ids = {"schema", "quiz", "version", "mode", "salt", "id", "kind", "variant", "topic", "law", "misconception"}

    def poison(value, name=""):
        match value:
            case dict():
                return {key: poison(inner, key) for key, inner in value.items()}
            case list() | tuple():
                return [inner if name == "decides" else poison(inner, name) for inner in value]
            case str() if name not in ids:
                return SCRIPT + value
            case _:
                return value

    return type(thing).from_json(poison(thing.as_json()))


def test_a_script_in_any_text_of_the_quiz_its_key_or_the_learner_is_only_text():
    sheet, keys = with_scripts(SHEET), with_scripts(KEYS)
    assert isinstance(sheet, Sheet)
    assert isinstance(keys, KeySheet)
    answers = {item.id: wrong(item.id, ANN) for item in SHEET.items} | {"w9": SCRIPT + "my text", "x": [SCRIPT]}
    record = reading({k: v for k, v in answers.items() if k != "x"}).record
    evil = replace(record, items={**record.items, SCRIPT: Entry(SCRIPT, [SCRIPT])})
    marks = {"w9": Mark(1.0, 4.0, None, 1.0, False, SCRIPT)}
    html = page(sheet, keys, Reading(evil, (SCRIPT,)), ANN, marks)
    assert Outline(html).alive == []
    assert SCRIPT not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 30


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", " javascript:alert(1)", ""])
def test_only_pages_of_the_web_become_links(href):
    cite = Citation("Sample Act", href, "A gist.", "primary", "2030-01-01")
    items = tuple(
        replace(item, variants=tuple(
            replace(key, steps=tuple(replace(step, cites=(cite,)) for step in key.steps)) for key in item.variants
        ))
        for item in KEYS.items
    )  # fmt: skip
    html = page(SHEET, replace(KEYS, items=items), all_right(), ANN, {})
    assert "<a " not in html
    assert "Sample Act" in html


@pytest.mark.parametrize("answer", [["nonsense"], {"a": "b"}, "text", ["stay", "go"], [SCRIPT], {SCRIPT: SCRIPT}])
@pytest.mark.parametrize("item", [item.id for item in SHEET.items])
def test_an_answer_of_any_form_gives_a_page(item, answer):
    html = page(SHEET, KEYS, reading({item: answer}), ANN, {})
    assert SCRIPT not in html
    assert html.count("<section") == len(SHEET.items)


def test_the_page_speaks_the_language_of_the_course_and_marks_what_stays_english():
    html = page(SHEET, KEYS, all_wrong(), ANN, {"w9": Mark(3.0, 4.0, None, 3.0, False, "Bien.")}, asked="es")
    assert '<html lang="es">' in html
    told, shown = Speech(html).by_language, plain(html)
    assert {"Comentarios:", "La regla", "Dónde lo dice la ley", "Lo que pasó"} <= told["es"]
    assert "comparado con la fuente el 1 de enero de 2030" in shown
    assert "Puntuación: 3 de 13 puntos." in shown
    assert KEYS.item("w1").variants[0].rule in told["en"]
    assert {line.text for item in SHEET.items for line in item.pick(SHEET.salt, ANN).story} <= told["en"]
    assert Outline(html).alive == []


def test_no_word_of_ours_is_left_in_english_on_a_spanish_page():
    marks = {"w1": Mark(0.5, 2.0, 2.0, 0.5), "w9": Mark(3.0, 4.0, None, 3.0, False, "Bien.")}
    answers = (all_right(), all_wrong(), reading({}), all_right("bob"))
    pages = [page(SHEET, KEYS, one, ANN, given, late=1.0, asked="es") for one in answers for given in ({}, marks)]
    ours = {text.strip(" :.") for html in pages for text in Speech(html).by_language["es"]}
    english = {text.strip(" :.") for key, text in ENGLISH.items() if has_words(key)} - {WORDS["whatif-no"]}
    assert len(ours) > 20
    assert ours & english == set()


def test_the_template_holds_no_words_outside_the_catalogue():
    text = (FOLDER / "feedback.html").read_text(encoding="utf-8")
    for marks in (r"\{%.*?%\}", r"\{\{.*?\}\}", r"<[^>]*>"):
        text = re.sub(marks, "", text, flags=re.DOTALL)
    assert re.findall(r"\w+", text) == []


def test_without_a_rule_of_the_course_the_surroundings_are_asked_and_else_it_is_english(monkeypatch):
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    assert '<html lang="en">' in page(SHEET, KEYS, reading({}), ANN, {})
    monkeypatch.setenv("GRADER_LANGUAGE", "es")
    assert '<html lang="es">' in page(SHEET, KEYS, reading({}), ANN, {})
    assert '<html lang="en">' in page(SHEET, KEYS, reading({}), ANN, {}, asked="en")


def test_help_is_named_on_every_page():
    assert "Hotline" in page(SHEET, KEYS, reading({}), ANN, {})
    assert "not legal advice" in page(SHEET, KEYS, reading({}), ANN, {})


def test_the_authority_of_another_step_does_not_stand_under_a_rule_that_has_none():
    keys = json.loads(json.dumps(KEYS.as_json()))
    for variant in keys["items"][0]["variants"]:
        variant["steps"][-1]["cites"] = []
    html = section(page(SHEET, KeySheet.from_json(keys), all_wrong(), ANN, {}), 1)
    assert "Where the law says so" not in html
    assert "Sample Act" in html.partition("All the reasons")[2]
