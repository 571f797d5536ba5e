"""What the pictures of a case show, what they say in words, and that they give no answer away."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from grader.bank import Bank
from grader.facts import Ask, Case, Event, Line, Order, Person, Scenario
from grader.findings import Argument
from grader.law import law
from grader.messages import say
from grader.notebooks import quiz_notebook, text
from grader.pictures import Picture, arrows, court_days, figure, timeline
from grader.pictures.acts import done
from grader.pictures.store import after, before, packed
from grader.pictures.svg import WIDTH, measure, wrap
from grader.practice import feedback, pictures
from grader.rules import ask as decide
from grader.scenarios import load
from grader.sheet import KeySheet, Sheet
from grader.words import MEANINGS

ROOT = Path(__file__).parent.parent
BANK = Bank(ROOT)
SVG = "{http://www.w3.org/2000/svg}"
FIRST = Order(id="first", kind="final", day=date(2026, 2, 2), binds="b", protects=("a",), ends=date(2027, 2, 1))
PEOPLE = {"a": Person(name="Ana"), "b": Person(name="Ben"), "c": Person(name="Cy", party=False)}


def story(*facts: Order | Event | Case) -> Scenario:
    kinds = {Order: "order", Event: "event", Case: "case"}
    lines = tuple(Line(says="", **{kinds[type(fact)]: fact}) for fact in facts)
    return Scenario(id="s", title="A story", topics=(), law=(), people=PEOPLE, story=lines)


def last_day(scenario: Scenario, place: str, order: str):
    return decide(scenario, law(place), Ask(id="x", rule="duration.last_day", order=order))


def concluded(answer):
    return Argument("duration.last_day", "us-ma").conclude(answer)


def shown(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


@cache
def every_picture() -> tuple[Picture, ...]:
    told = [(scenario, law(family.law[0])) for family in BANK.stories for scenario in family.variants()]
    return tuple(draw(scenario, here) for scenario, here in told for draw in (timeline, arrows))


def counts() -> Iterator[tuple[str, Picture]]:
    for family in BANK.families.values():
        for asked in family.asked():
            if asked.ask.rule == "duration.last_day" and asked.ask.order:
                order = asked.scenario.order(asked.ask.order)
                finding = last_day(asked.scenario, asked.place, order.id)
                if picture := court_days(asked.scenario, order, finding, law(asked.place)):
                    yield f"{family.id} {asked.place}", picture


@pytest.fixture(scope="module")
def practice() -> list[tuple[Sheet, KeySheet]]:
    return [BANK.build(path) for path in BANK.practice_files]


def check(picture: Picture) -> None:
    """The picture is well formed, has a name, and each thing drawn has its sentence, each sentence its drawing."""
    root = shown(picture)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == desc.get("id")
    assert title.text == picture.title
    assert root.get("viewBox").split()[:3] == ["0", "0", str(WIDTH)]
    said = {int(group.get("data-says")) for group in root.iter(f"{SVG}g") if group.get("data-says")}
    assert said == set(range(1, len(picture.text) + 1))
    assert all(sentence.strip().endswith(".") for sentence in picture.text)


def test_each_mark_of_every_story_has_its_sentence_and_each_sentence_its_mark() -> None:
    assert len(every_picture()) > 700
    for picture in every_picture():
        check(picture)


def test_each_calendar_has_its_sentences_too() -> None:
    found = list(counts())
    assert {name.split()[0] for name, _ in found} >= {"ten-days", "a-call-at-night", "ends-on-a-closed-day"}
    for _, picture in found:
        check(picture)


def test_lines_of_text_keep_to_their_rows_in_every_story_of_the_bank() -> None:
    for picture in every_picture():
        if "grader-timeline" not in picture.svg:
            continue
        lines = [(float(t.get("x")), float(t.get("y")), t.text or "") for t in shown(picture).iter(f"{SVG}text")]
        column = sorted(y for x, y, _ in lines if x == max(x for x, _, _ in lines[:-1]))
        assert all(below - above > 12 for above, below in pairwise(column)), picture.text
        assert all(x + measure(words, 13) <= WIDTH + 1 for x, _, words in lines if len(words) > 2)


def test_an_order_is_told_with_its_beginning_its_notice_and_its_end() -> None:
    order = replace(FIRST, notice="served", notice_day=date(2026, 2, 5), hearing=date(2026, 2, 20))
    assert timeline(story(order)).text == (
        "February 2, 2026: The order is made: restraining order against Ben, to protect Ana.",
        "February 5, 2026: Ben learns of the order: handed the paper.",
        "February 20, 2026: Day set for the hearing about the order.",
        "February 1, 2027: The order: last day on the paper.",
    )


@pytest.mark.parametrize(
    ("face", "says"),
    [
        (None, "The order: the story shows no last day."),
        ("blank", "The order: the place for the last day is blank on the paper."),
        ("until-further-order", "The order: the paper says that it runs until further order."),
    ],
)
def test_an_order_without_an_end_is_open_in_the_picture_and_in_words(face: str | None, says: str) -> None:
    picture = timeline(story(replace(FIRST, ends=None, face=face)))
    assert picture.text[-1] == says
    assert say("picture-key-open") in picture.svg
    assert say("picture-key-paper") not in picture.svg


def test_the_end_the_law_concludes_is_drawn_otherwise_than_the_end_on_paper() -> None:
    plain, with_law = timeline(story(FIRST)), timeline(story(FIRST), findings={"first": concluded(date(2027, 2, 3))})
    assert plain.text[-1] == "February 1, 2027: The order: last day on the paper."
    assert with_law.text[-2:] == (plain.text[-1], "February 3, 2027: The order: last day by law.")
    assert say("picture-key-concluded") in with_law.svg
    assert say("picture-key-concluded") not in plain.svg
    same = timeline(story(FIRST), findings={"first": concluded(FIRST.ends)})
    assert same.text[-1] == "February 1, 2027: The order: last day, on the paper and by law."


def test_what_the_law_has_ended_before_stands_on_paper_only() -> None:
    early = timeline(story(FIRST), findings={"first": concluded(date(2026, 6, 1))})
    assert early.text[-2:] == (
        "June 1, 2026: The order: last day by law.",
        "February 1, 2027: The order: last day on the paper.",
    )
    assert say("picture-key-after").split()[0] in early.svg


def test_a_law_that_leaves_the_end_open_adds_nothing_and_one_that_fixes_none_says_so() -> None:
    assert timeline(story(FIRST), findings={"first": concluded("unsettled")}) == timeline(story(FIRST))
    none = timeline(story(replace(FIRST, ends=None)), findings={"first": concluded("no-fixed-day")})
    assert none.text[-1] == "The order: the law fixes no last day."


def test_an_extension_makes_the_bar_longer() -> None:
    longer = Event(id="e", day=date(2027, 1, 5), did="extend-order", order="first", until=date(2028, 1, 31))
    picture = timeline(story(FIRST, longer))
    assert picture.text[1:] == (
        "January 5, 2027, mark 1: The court extends the order.",
        "February 1, 2027: The order: last day on the paper.",
        "January 31, 2028: The order: new last day, as the court extended it.",
    )
    assert say("picture-key-extended") in picture.svg
    forever = timeline(story(FIRST, replace(longer, until=None, permanent=True)))
    assert forever.text[-1] == "The order: extended, and no last day is shown."


def test_an_order_that_replaces_another_after_a_gap_says_both() -> None:
    second = replace(FIRST, id="second", day=date(2027, 3, 1), ends=date(2028, 3, 1), extends="first")
    told = timeline(story(FIRST, second)).text
    assert "February 2, 2027: From February 2, 2027 to February 28, 2027 no order stands on paper." in told
    assert told[3].endswith("Order B is made: restraining order against Ben, to protect Ana. It extends order A.")
    close = replace(second, day=date(2027, 2, 2))
    assert not [line for line in timeline(story(FIRST, close)).text if "no order stands" in line]


def test_events_are_numbered_in_time_whatever_their_place_in_the_story() -> None:
    late = Event(id="late", day=date(2026, 5, 1), did="call", who="b", whom="a", through="c")
    soon = Event(id="soon", day=date(2026, 4, 1), did="visit", who="b", whom="a", hour=time(16, 30))
    case = Case(id="case", kind="criminal", day=date(2026, 3, 1), against="b")
    assert timeline(story(FIRST, late, soon, case)).text[1:4] == (
        "March 1, 2026, mark 1: A criminal case against Ben begins.",
        "April 1, 2026, 16:30, mark 2: Ben goes to see Ana.",
        "May 1, 2026, mark 3: Ben telephones Ana, through Cy.",
    )


def test_the_day_asked_about_is_a_line_of_its_own() -> None:
    picture = timeline(story(FIRST), asked=date(2026, 7, 1))
    assert picture.text[1] == "July 1, 2026: This is the day the question asks about."
    assert say("picture-key-asked") in picture.svg


@pytest.mark.parametrize("did", MEANINGS["act"])
@pytest.mark.parametrize("who", [None, "b"])
@pytest.mark.parametrize("whom", [None, "a"])
def test_everything_people_and_courts_do_can_be_said(did: str, who: str | None, whom: str | None) -> None:
    said = done(Event(id="e", day=date(2026, 4, 1), did=did, who=who, whom=whom), story(FIRST), "the order")
    assert said[0].isupper()
    assert re.search(r"[^ ]\.$", said)
    assert not set("[]{}") & set(said)
    assert "  " not in said


def test_two_orders_are_two_arrows_each_one_way() -> None:
    back = replace(FIRST, id="second", binds="a", protects=("b",))
    picture = arrows(story(FIRST, back))
    assert picture.text == (
        "Order A, restraining order: Ben must obey it, toward Ana.",
        "Order B, restraining order: Ana must obey it, toward Ben.",
    )
    tips = [float(x) for x in re.findall(r'd="M([\d.]+) [\d.]+l-?11 -6v12z"', picture.svg)]
    assert len(tips) == 2
    assert tips[0] > WIDTH / 2 > tips[1], "one points right, at Ana; the other left, at Ben"


def test_each_protected_person_and_each_class_has_an_arrow() -> None:
    several = replace(FIRST, protects=("a", "c"), protects_children_under=16)
    said = arrows(story(several)).text
    assert [line.partition("toward ")[2] for line in said] == ["Ana.", "Cy.", "all children under 16."]
    assert arrows(story()).text == ("This story tells of no order.",)
    assert "nobody the story names" in arrows(story(replace(FIRST, protects=()))).text[0]


def test_orders_carry_the_name_of_the_place_if_a_law_is_given() -> None:
    scenario = load(ROOT / "scenarios/duration/ten-days.yaml").variants()[0]
    assert "temporary abuse prevention order (209A)" in timeline(scenario, law("us-ma")).text[0]
    assert "temporary restraining order" in timeline(scenario).text[0]


def test_a_calendar_counts_court_days_and_names_the_holiday() -> None:
    scenario = load(ROOT / "scenarios/duration/ten-days.yaml").variants()[0]
    finding = last_day(scenario, "us-ma", "temporary")
    picture = court_days(scenario, scenario.order("temporary"), finding, law("us-ma"))
    assert picture is not None
    assert picture.text[0] == "April 10, 2026: the order is made. This day is not counted."
    assert "April 13, 2026 to April 17, 2026: counted as days 1 to 5." in picture.text
    assert "April 20, 2026: Patriots’ Day, the court is closed." in picture.text
    assert picture.text[-2:] == ("April 27, 2026: counted as day 10.", "April 27, 2026: the last day.")
    assert finding.answer == date(2026, 4, 27)


def test_where_every_day_counts_closed_days_have_numbers_too() -> None:
    scenario = load(ROOT / "scenarios/duration/ten-days.yaml").variants()[0]
    finding = last_day(scenario, "us-ca", "temporary")
    picture = court_days(scenario, scenario.order("temporary"), finding, law("us-ca"))
    assert picture is not None
    assert any("counted all the same" in line for line in picture.text)
    assert picture.text[-1] == "May 1, 2026: the last day."


def test_a_written_end_that_moves_shows_where_from_and_where_to() -> None:
    scenario = load(ROOT / "scenarios/duration/ends-on-a-closed-day.yaml").variants()[1]
    finding = last_day(scenario, "us-ma", scenario.orders[0].id)
    picture = court_days(scenario, scenario.orders[0], finding, law("us-ma"))
    assert picture is not None
    assert picture.text == (
        "November 11, 2026: the last day as written.",
        "November 11, 2026: Veterans Day, the court is closed.",
        "November 12, 2026: the last day, moved here because the court is closed before.",
    )


@pytest.mark.parametrize("answer", ["unknown", "no-fixed-day", date(2026, 5, 30)])
def test_there_is_no_calendar_where_the_count_does_not_lead_to_what_was_found(answer) -> None:
    scenario = load(ROOT / "scenarios/duration/ten-days.yaml").variants()[0]
    assert court_days(scenario, scenario.orders[0], concluded(answer), law("us-ma")) is None


def test_the_numbers_in_every_calendar_end_where_the_rules_end() -> None:
    for family in BANK.families.values():
        for asked in family.asked():
            if asked.ask.rule != "duration.last_day" or not asked.ask.order:
                continue
            finding = last_day(asked.scenario, asked.place, asked.ask.order)
            if any(step.element == "count" for step in finding.because):
                order = asked.scenario.order(asked.ask.order)
                assert court_days(asked.scenario, order, finding, law(asked.place)), family.id


def test_names_are_never_markup_and_long_words_are_broken() -> None:
    people = {**PEOPLE, "a": Person(name="<script>alert('x')</script>&\x00"), "b": Person(name="W" * 200)}
    for picture in (timeline(replace(story(FIRST), people=people)), arrows(replace(story(FIRST), people=people))):
        check(picture)
        assert "<script" not in picture.svg
        assert "\x00" not in "".join(picture.text)
        assert max(measure(t.text or "", 13) for t in shown(picture).iter(f"{SVG}text")) <= WIDTH


def test_a_name_from_right_to_left_stays_in_one_piece() -> None:
    people = {**PEOPLE, "a": Person(name="שרה")}
    assert "\u2068שרה\u2069" in timeline(replace(story(FIRST), people=people)).text[0]
    assert "\u2068" not in timeline(story(FIRST)).text[0]


def test_a_line_is_never_wider_than_its_room() -> None:
    for line in wrap("Ein sehrlangeswortohneendeundpause und mehr WWWWWWWW iiiiiiii 漢字漢字漢字漢字", 90):
        assert measure(line) <= 90
    assert wrap("", 90) == []


def test_nothing_in_a_picture_has_a_colour_of_its_own_or_calls_out() -> None:
    for picture in (*(p for _, p in counts()), *every_picture()[:60]):
        assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', picture.svg)) <= {"none", "currentColor"}
        assert not re.findall(r"(?:href|src|url\()", picture.svg)
        assert picture.svg.count("http") == 1, "the name of SVG itself"


def test_on_a_page_a_picture_refers_to_the_list_that_says_the_same() -> None:
    picture = timeline(replace(story(FIRST), title="<b> & more"))
    page = ElementTree.fromstring(figure(picture))
    image, lines = page.find(f"{SVG}svg"), page.find(".//ol")
    assert image.get("aria-details") == lines.get("id")
    assert [line.text for line in lines] == list(picture.text)
    assert page.find("figcaption").text == picture.title


def test_the_same_facts_make_the_same_picture_and_a_name_of_its_own_makes_other_ids() -> None:
    assert timeline(story(FIRST)) == timeline(story(FIRST))
    ids = [shown(timeline(story(FIRST), name=name)).get("id") for name in ("", "again")]
    assert ids[0] != ids[1]


def test_what_a_notebook_keeps_draws_the_same_picture(practice) -> None:
    scenario = story(FIRST, Event(id="e", day=date(2026, 4, 1), did="visit", who="b", whom="a", hour=time(16, 30)))
    kept = json.loads(json.dumps(packed(scenario, {}, asked=date(2026, 5, 5))))
    assert [one.text for one in before(kept)] == [
        timeline(scenario, asked=date(2026, 5, 5)).text,
        arrows(scenario).text,
    ]
    assert after(kept) == []


def test_before_the_answer_a_picture_shows_nothing_that_the_rules_conclude(practice) -> None:
    for sheet, keys in practice:
        for item in keys.items:
            for key in item.variants:
                shown_first = before(key.case)
                assert shown_first, f"{sheet.quiz} {item.id}"
                words = [word for one in shown_first for word in (*one.text, one.svg)]
                assert not [word for word in words if "by law" in word or "the law fixes" in word]


def test_with_the_answer_to_a_question_of_duration_comes_its_last_day(practice) -> None:
    titles = [
        one.title for _, keys in practice for item in keys.items for key in item.variants for one in after(key.case)
    ]
    assert any(title.startswith("Counting the days: Ten days") for title in titles)
    assert any(title.startswith("Timeline: ") for title in titles)


def test_arrows_wait_for_the_answer_where_the_question_is_whom_an_order_binds(practice) -> None:
    held = [key.case for _, keys in practice for i in keys.items for key in i.variants if key.case.get("later")]
    assert held
    for case in held:
        assert [one.title.split(":")[0] for one in before(case)] == ["Timeline"]
        assert "Who is bound toward whom" in [one.title.split(":")[0] for one in after(case)]


def test_the_widget_of_a_practice_question_gets_its_pictures(practice) -> None:
    sheet, keys = next(pair for pair in practice if pair[0].quiz == "duration")
    item, item_key = sheet.items[0], keys.items[0]
    question, key = item.variants[0], item_key.variants[0]
    assert [set(one) for one in pictures(item, key)] == [{"svg", "text", "title", "id"}] * 2
    assert pictures(item, None) == []
    from grader.answers import Entry
    from grader.scoring import score

    entry = Entry(question.variant, next(iter(key.choices)))
    told = feedback(item, question, key, entry, score(item_key, entry, question.variant))
    assert len(told["pictures"]) == 2
    json.dumps(told)


@pytest.mark.parametrize(
    "damaged", [{"title": "x"}, {"people": 3}, {"title": "x", "people": {}, "facts": [{"is": "?"}]}]
)
def test_damaged_data_make_no_picture_and_no_harm(damaged) -> None:
    assert before(damaged) == []
    assert after(damaged) == []


def test_a_quiz_for_a_grade_holds_no_facts_and_no_pictures() -> None:
    for sheet, keys in BANK.quizzes().values():
        assert not any(key.case for item in keys.items for key in item.variants)
        assert '"case"' not in json.dumps(keys.as_json())
        written = text(quiz_notebook(sheet))
        assert "<svg" not in written
        assert '"facts"' not in written
