"""What if one fact were another: the change is the one that was asked for, and what follows is what the rules say."""

import json
import re
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from IPython.core.formatters import DisplayFormatter

from grader import care, messages
from grader.bank import Bank
from grader.explorer import explore
from grader.facts import Ask, Order
from grader.messages import WORDS
from grader.notebooks import text, write
from grader.quizzes import prepare
from grader.rules import RULES
from grader.rules import ask as decide
from grader.scenario_checks import SEQUENCES as CHECKED
from grader.telling import told as tell
from grader.whatif import Senseless, change, decided, knobs, search
from grader.whatif.differences import differences
from grader.whatif.flips import _values as values_tried
from grader.whatif.flips import tried_knobs
from grader.whatif.knobs import FIELDS, KIND, turned
from grader.whatif.page import flips, page, question
from grader.whatif.session import Session
from grader.whatif.settings import SEQUENCES
from grader.whatif.stories import as_json, from_json, put_by
from grader.whatifbook import OPEN, notebook, stories

ROOT = Path(__file__).parent.parent
BANK = Bank(ROOT)
STORIES = stories(BANK)
BY_ID = {story.family.id: story for story in STORIES}
DAY = timedelta(days=1)
TOGETHER = ({"who", "whom"}, {"binds", "protects"}, {"notice", "served", "notice_day", "noticed"}, {"face", "ends"})
each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.family.id)


def dinner(question="breach"):
    return BY_ID["invited-to-dinner"].told(question)


def knob(supposed, id):
    return next(one for one in knobs(supposed) if one.id == id)


@cache
def searched(story, question):
    told = BY_ID[story].told(question)
    return told, search(told)


def everything(supposed, one):
    """Every value a person could give a knob: those of its list, or those that the search tries."""
    return [value for value, _ in one.options] or values_tried(supposed, one)


def answered(told, one, value):
    """The finding after a change; None where days would run backwards, which is said in words."""
    try:
        return decided(turned(told, one, value))
    except Senseless as refused:
        if refused.key != "whatif-backwards":
            raise
        return None


@each_story
def test_no_single_change_is_too_much_for_a_question_and_one_the_rule_never_reads_changes_nothing(story):
    for id, _, _ in story.questions():
        told = story.told(id)
        here, tried = decided(told).answer, set(tried_knobs(told))
        for one in knobs(told):
            days = ("2020-02-29", "2026-06-10", "2031-01-01")
            for value in days if one.form == "day" else everything(told, one):
                finding = answered(told, one, value)
                assert finding is None or finding.because, (id, one.id, value)
                assert finding is None or one in tried or finding.answer == here, (id, one.id, value)


@each_story
def test_every_flip_is_true_it_gives_another_answer_when_it_is_made(story):
    for id, _, _ in story.questions():
        told, found = searched(story.family.id, id)
        here = decide(told.scenario, told.law, told.ask, told.act)
        for flip in found.flips:
            after = change(told, flip.knob.id, flip.value)
            there = decide(after.scenario, after.law, after.ask, after.act)
            assert there == flip.finding
            assert there.answer != here.answer
            assert there.status != "unknown"


@each_story
def test_nothing_but_the_changed_fact_differs_after_a_flip(story):
    for id, _, _ in story.questions():
        told, found = searched(story.family.id, id)
        for flip in found.flips:
            after = flip.after
            if flip.knob.line is None:
                assert after.scenario == told.scenario
                assert (after.place == told.place) != (after.ask == told.ask)
                continue
            others = [n for n, (a, b) in enumerate(zip(told.facts, after.facts, strict=True)) if a != b]
            assert others in ([flip.knob.line], []), flip.knob.id
            assert (after.place, after.ask, after.act) == (told.place, told.ask, told.act)
            if flip.knob.field:
                assert after.tellings == told.tellings
                assert set(different_fields(told, after)) <= companions(flip.knob.field)


def different_fields(told, after):
    pairs = [(a, b) for a, b in zip(told.facts, after.facts, strict=True) if a != b]
    return [f.name for a, b in pairs for f in fields(a) if getattr(a, f.name) != getattr(b, f.name)]


def companions(field):
    return next((group for group in TOGETHER if field in group), {field})


@each_story
def test_a_flip_of_a_day_is_the_nearest_day_with_that_answer(story):
    for id, _, _ in story.questions():
        told, found = searched(story.family.id, id)
        for flip in (flip for flip in found.flips if flip.knob.form == "day"):
            day, now = date.fromisoformat(flip.value), date.fromisoformat(flip.knob.value)
            closer = day + (DAY if day < now else -DAY)
            if closer != now and not isinstance(flip.finding.answer, date):
                assert decided(turned(told, flip.knob, closer.isoformat())).answer != flip.finding.answer


def test_the_search_finds_what_an_advocate_would_name_first():
    told, found = searched("invited-to-dinner", "breach")
    assert decided(told).answer == "violation"
    turning = {(flip.knob.id, flip.value): flip.finding.answer for flip in found.flips}
    assert turning["1-notice", "none"] == "no-violation"
    assert turning["4-who", "dana"] == "no-violation"
    assert turning["told-1", "1"] == "no-violation"
    assert turning["1-ends", "2026-06-09"] == "no-violation"
    assert turning["4-day", "2027-02-06"] == "no-violation"
    assert ("told-3", "1") not in turning, "the invitation changes nothing"


def test_of_several_distances_only_the_nearest_with_another_answer_is_told():
    told, found = searched("one-hundred-yards", next(BY_ID["one-hundred-yards"].questions())[0])
    assert (told.scenario.event("game").distance, told.scenario.order("first").distance) == (20, 100)
    near = [flip.value for flip in found.flips if flip.knob.id == "2-distance"]
    assert near == ["100"]


def test_a_question_that_the_story_puts_twice_is_offered_once():
    for story in STORIES:
        texts = [question(story.told(id)) for id, _, _ in story.questions()]
        assert len(texts) == len(set(texts)), story.family.id


def test_swapping_who_acts_swaps_the_person_it_was_aimed_at():
    after = change(dinner(), "4-who", "dana")
    visit = after.scenario.event("visit")
    assert (visit.who, visit.whom) == ("dana", "riley")
    assert after.sentence(4) == "That evening Dana goes to Riley’s home. They talk for two hours."


def test_whoever_becomes_bound_is_protected_no_more():
    order = change(dinner(), "1-binds", "dana").scenario.order("first")
    assert (order.binds, order.protects) == ("dana", ("riley",))


def test_notice_that_is_taken_away_and_given_back_is_as_the_author_wrote_it():
    told = dinner()
    without = change(told, "1-notice", "none")
    assert without.scenario.order("first").noticed is None
    served = change(without, "1-notice", "served").scenario.order("first")
    assert (served.how_noticed, served.noticed) == ("served", date(2026, 2, 9))
    assert change(without, "1-notice", "in-court").facts == told.facts


def test_an_order_without_an_end_date_gets_back_the_one_on_the_paper():
    told = dinner()
    blank = change(told, "1-face", "blank")
    assert blank.scenario.order("first").ends is None
    assert change(blank, "1-face", "dated").scenario.order("first") == told.scenario.order("first")


def test_a_word_of_a_list_is_taken_out_and_put_in_again():
    told = dinner()
    without = change(told, "1-forbids", "contact")
    assert without.scenario.order("first").forbids == ("abuse",)
    assert change(without, "1-forbids", "contact").facts == told.facts


@pytest.mark.parametrize(
    ("id", "value", "key"),
    [
        ("1-ends", "2026-01-01", "whatif-backwards"),
        ("1-ends", "soon", "whatif-bad-day"),
        ("1-day", "", "whatif-bad-day"),
        ("4-hour", "noonish", "whatif-bad-hour"),
        ("4-distance", "-3", "whatif-bad-number"),
        ("4-distance", "9" * 40, "whatif-bad-number"),
        ("1-notice", "by-owl", "whatif-no-value"),
        ("place", "us-zz", "whatif-no-value"),
        ("told-1", "7", "whatif-no-value"),
        ("99-who", "dana", "whatif-no-knob"),
        ("", "", "whatif-no-knob"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(id, value, key):
    with pytest.raises(Senseless) as refused:
        change(dinner(), id, value)
    assert refused.value.key == key
    assert key in WORDS


def test_a_question_that_the_rule_cannot_be_put_is_refused_in_words():
    told = replace(dinner(), ask=replace(dinner().ask, act="nothing-of-that-name"))
    with pytest.raises(Senseless) as refused:
        decided(told)
    assert WORDS[refused.value.key].startswith("The question makes no sense")


def test_every_fact_that_can_be_changed_has_a_plain_name():
    asked = [f"fact-ask-{field}" for field in ("order", "other", "person", "day")]
    named = [f"fact-{KIND[kind]}-{field}" for kind, names in FIELDS.items() for field in names]
    paired = [f"fact-{KIND[kind]}-{name}" for kind, pairs in SEQUENCES.items() for pair in pairs for name in pair]
    assert [key for key in (*asked, *named, *paired) if key not in WORDS] == []


def test_every_fact_that_can_be_changed_is_a_field_of_its_kind():
    for kind, names in FIELDS.items():
        assert set(names) - {"noticed"} <= {field.name for field in fields(kind)}


def test_days_must_follow_each_other_here_as_they_must_in_a_scenario_file():
    assert {(KIND[kind], *pair) for kind, pairs in SEQUENCES.items() for pair in pairs} == {
        (rule.kind, rule.first, rule.then) for rule in CHECKED
    }


def test_what_was_changed_is_named_with_what_it_was():
    told = dinner()
    now = change(change(told, "1-notice", "none"), "4-day", "2026-07-01")
    notice, day = differences(told, now)
    assert (notice.label, notice.now) == ("How Riley learned of the order", "not told in any way")
    assert notice.was == "present when the judge made the order"
    assert not notice.shown, "the sentence still says that Riley is in the courtroom, so a note must stand beside it"
    assert (day.now, day.was) == ("July 1, 2026", "June 10, 2026")


def test_another_sentence_of_the_author_shows_by_itself_and_names_no_single_fact():
    told = dinner()
    now = change(told, "told-3", "1")
    (only,) = differences(told, now)
    assert only.shown
    assert only.now == tell(now.scenario, now.law)[3]


def test_a_sentence_whose_slot_has_lost_its_fact_stays_as_it_was_with_a_note_beside_it():
    told = dinner()
    now = change(told, "1-face", "blank")
    assert now.sentence(1) == told.sentence(1)
    assert now.sentence(1).endswith("The order runs to February 5, 2027.")
    assert {one.field: one.shown for one in differences(told, now)} == {"ends": False, "face": False}


def test_the_page_says_side_by_side_what_was_and_what_is():
    told = dinner()
    shown = page(told, change(told, "1-notice", "none"))
    assert (shown["told"]["answer"], shown["now"]["answer"], shown["same"]) == ("Yes", "No", False)
    assert shown["now"]["decides"] == "Riley did not know of the order yet."
    assert all(cite["href"] and "November" in cite["checked"] for cite in shown["now"]["cites"])
    assert [step["own"] for step in shown["now"]["steps"]][-1] is True
    assert shown["lines"][1]["notes"] == [
        "How Riley learned of the order: not told in any way (in the story: present when the judge made the order)"
    ]
    assert len(shown["pictures"]) == 2
    assert all(picture["svg"].startswith("<svg") and picture["text"] for picture in shown["pictures"])


def test_a_story_as_it_is_told_has_one_answer_and_nothing_changed():
    shown = page(dinner(), dinner())
    assert shown["now"] is None
    assert shown["changed"] == []
    assert not any(line["changed"] or line["notes"] for line in shown["lines"])


def test_what_the_law_leaves_open_is_an_answer_too_with_the_reason_why():
    told = dinner()
    unsettled = page(told, change(told, "place", "us-vt"))["now"]
    assert (unsettled["answer"], unsettled["open"]) == ("The courts have not settled it", True)
    assert unsettled["decides"].endswith("The courts have not settled this.")
    unknown = page(told, change(told, "4-who", ""))["now"]
    assert (unknown["answer"], unknown["open"]) == ("The law read for this course does not say", True)
    assert unknown["decides"] == "The story does not say who did this."


@each_story
def test_every_page_can_be_shown_as_told_and_after_each_flip(story):
    for id, _, _ in story.questions():
        told, found = searched(story.family.id, id)
        data = [page(told, told), flips(told, found), *(page(told, flip.after) for flip in found.flips[:6])]
        assert json.loads(json.dumps(data, ensure_ascii=False))


def test_no_answer_of_a_graded_quiz_can_be_had_by_asking_its_question_here_under_whatever_name():
    graded = set()
    for path in BANK.quiz_files:
        for entry in prepare(path, BANK.families).file.items:
            ask = next(ask for ask in BANK.families[entry.scenario].asks if ask.id == entry.ask)
            graded |= {(entry.scenario, entry.law, *one) for one in put_by(ask)}
    assert len(graded) > 40
    for story in STORIES:
        for id, ask, act in story.questions():
            told = story.told(id)
            one = (ask.rule, act or ask.act, ask.order, ask.other, ask.person, ask.day)
            assert not {(story.family.id, place, *one) for place in told.offered} & graded
            assert told.place in told.offered


def test_the_notebook_holds_the_stories_of_practice_and_none_that_only_quizzes_ask():
    asked = {entry for path in BANK.practice_files for entry in re.findall(r"scenario: ([\w-]+)", path.read_text())}
    assert set(BY_ID) == asked
    held = json.loads(text(notebook(STORIES)))["metadata"]["grader"]
    assert {one["family"]["id"] for one in held["explorer"]["stories"]} == asked
    assert held["autorun"] is True


def test_stories_come_back_out_of_the_notebook_as_they_went_in():
    held = json.loads(text(notebook(STORIES)))["metadata"]["grader"]["explorer"]
    assert [replace(one.family, file="") for one in from_json(held)] == [replace(s.family, file="") for s in STORIES]
    assert [one.practised for one in from_json(held)] == [story.practised for story in STORIES]


def test_the_notebook_has_one_cell_of_the_form_that_may_run_by_itself():
    code = [cell.source for cell in notebook(STORIES).cells if cell.cell_type == "code"]
    assert code == [OPEN]
    assert re.fullmatch(r'from grader\.explorer import explore\nexplore\((?:"[A-Za-z0-9_-]{1,100}")?\)\s*', OPEN)


def test_the_story_begins_where_practice_puts_it():
    note = BY_ID["a-second-paper-for-safety"]
    first, ask, _ = next(note.questions())
    assert ask.id == "govern"
    assert (note.told(first).place, note.told(first).scenario.variant) == ("us-ma", "1")


# a sitting


def sitting():
    return Session(STORIES, "invited-to-dinner")


def test_a_change_is_answered_at_once_and_can_be_taken_back():
    session = sitting()
    assert session.do("set", "1-notice", "none") == "The answer is now: No. As told it was: Yes."
    assert session.do("set", "4-day", "2026-06-12") == "The answer is now: No. As told it was: Yes."
    assert session.do("undo") == "The answer is now: No. As told it was: Yes."
    assert session.do("undo") == "The story as it is told. The answer: Yes."
    assert session.shown()["undo"] is False
    assert session.do("undo") == "The story as it is told. The answer: Yes."


def test_going_back_to_the_story_can_itself_be_taken_back():
    session = sitting()
    session.do("set", "1-notice", "none")
    assert session.do("reset") == "The story as it is told. The answer: Yes."
    assert session.do("undo") == "The answer is now: No. As told it was: Yes."


def test_setting_what_is_so_already_changes_nothing():
    session = sitting()
    assert session.do("set", "1-notice", "in-court") == ""
    assert session.shown()["undo"] is False


def test_a_refused_change_says_why_in_plain_words_and_leaves_all_as_it_was():
    session = sitting()
    said = session.do("set", "1-ends", "2026-01-01")
    assert said == (
        "This cannot be: “The end date on the paper” would come before “The day the order was made”. "
        "The change was not made."
    )
    assert session.now is session.told


@pytest.mark.parametrize(
    "message",
    [("", "", ""), (None, None, None), ("set", None, "x"), ("set", "1-notice", ["none"]), ("story", "", 7),
     ("story", "", "no-such-story"), ("question", "", {"a": 1}), ("fly", "", ""), ([], {}, ())],
)  # fmt: skip
def test_nonsense_from_outside_changes_nothing(message):
    session = sitting()
    session.do(*message)
    assert session.now is session.told
    assert session.story.family.id == "invited-to-dinner"


def test_another_story_or_question_starts_afresh():
    session = sitting()
    session.do("set", "1-notice", "none")
    assert session.do("question", value="liable").startswith("The story as it is told.")
    assert session.shown()["changed"] == []
    session.do("story", value="ten-days")
    assert session.shown()["story"] == "ten-days"
    assert session.shown()["undo"] is False


def test_undo_keeps_no_more_than_it_must():
    session = sitting()
    for n in range(130):
        session.do("set", "4-distance", str(n + 1))
    assert len(session.past) == 100


# in the notebook


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    write(notebook(STORIES[:3]), tmp_path / "what-if.ipynb")
    return tmp_path


def test_the_explorer_opens_on_the_stories_of_its_notebook(folder):
    widget = explore()
    assert [one["value"] for one in widget.page["stories"]] == [story.family.id for story in STORIES[:3]]
    assert widget.flips["n"] == widget.page["n"] == 1
    assert sorted(path.name for path in folder.iterdir()) == ["what-if.ipynb"]


def test_the_explorer_opens_on_the_story_named_and_says_so_where_there_is_none(folder):
    named = STORIES[2].family.id
    assert explore(named).page["story"] == named
    other = explore("no-such-story")
    assert other.page["story"] == STORIES[0].family.id
    assert other.status["text"] == "There is no story “no-such-story” here. The first one is shown."


def test_the_widget_answers_a_message_with_page_status_and_flips(folder):
    widget = explore()
    widget._hear(None, {"do": "set", "knob": "place", "value": "us-ca", "n": 4}, [])
    assert widget.status["n"] == 4
    assert widget.status["text"]
    assert widget.page["n"] == widget.flips["n"] == 2
    widget._hear(None, "nonsense", [])
    assert widget.page["n"] == 2


@pytest.fixture
def bars(monkeypatch):
    """The bars of care that the notebook shows."""
    shown = []
    monkeypatch.setattr(care, "_has_page", lambda: True)
    monkeypatch.setattr(care, "display", shown.append)
    yield shown
    messages.use(None)


def test_the_explorer_speaks_spanish_and_keeps_what_was_changed(folder, bars):
    widget = explore()
    before = widget.page
    widget._hear(None, {"do": "set", "knob": "place", "value": "us-ca", "n": 4}, [])
    bars[0].speak("es")
    page = widget.page
    assert (page["language"], page["words"]["undo"]) == ("es", "Deshacer el último cambio")
    assert len(page["changed"]) == 1
    assert page["changed"][0].startswith("Dónde se hace la pregunta: California (en la historia: ")
    assert widget.status["text"].startswith("La respuesta ")
    assert widget.status["n"] == 4
    assert widget.flips["n"] == page["n"]
    assert widget.flips["tried"].startswith("Cambios probados")
    assert [line["text"] for line in page["lines"]] == [line["text"] for line in before["lines"]]
    widget._hear(None, {"do": "undo", "n": 5}, [])
    assert widget.page["changed"] == []
    bars[0].speak("en")
    assert widget.page["lines"] == before["lines"]
    assert widget.status["text"].startswith("The story as it is told.")


def test_what_the_explorer_says_tells_stories_in_english_from_its_own_words(folder, bars):
    widget = explore()
    bars[0].speak("es")
    assert {one["lang"] for one in widget.page["stories"] + widget.page["questions"]} == {"en"}
    assert widget.page["told"]["lang"] == "en"
    options = {
        one["text"]: one["lang"] for line in widget.page["lines"] for knob in line["knobs"] for one in knob["options"]
    }
    assert options["la historia no lo dice"] == ""
    assert set(options.values()) == {"", "en"}


def test_a_day_is_told_in_the_language_of_the_page():
    messages.use("es")
    assert knob(dinner(), "1-day").says("2026-03-02") == "2 de marzo de 2026"
    messages.use(None)


def test_an_explorer_that_cannot_open_shows_the_bar_and_nothing_of_its_own(folder, bars, capsys):
    (folder / "what-if.ipynb").write_text("{")
    closed = explore()
    bars[0].speak("es")
    capsys.readouterr()
    assert DisplayFormatter().format(closed) == ({}, {})


@pytest.mark.parametrize(
    "held",
    [None, {}, {"explorer": None}, {"explorer": {"schema": 99}}, {"explorer": {"schema": 1, "stories": []}},
     {"explorer": {"schema": 1, "stories": [{"family": {"id": 3}, "practised": {}}]}},
     {"explorer": {"schema": 1, "stories": 7}}],
)  # fmt: skip
def test_a_notebook_without_readable_stories_says_so_and_shows_no_traceback(folder, capsys, held):
    (folder / "what-if.ipynb").write_text(json.dumps({"metadata": {"grader": held} if held is not None else {}}))
    assert not hasattr(explore(), "page")
    assert "holds no stories to try changes on" in capsys.readouterr().out


def test_a_missing_or_damaged_notebook_says_so(folder, capsys):
    (folder / "what-if.ipynb").write_text("{")
    explore()
    (folder / "what-if.ipynb").unlink()
    explore()
    assert capsys.readouterr().out.count("'text/plain': 'The file what-if.ipynb holds no stories") == 2


def test_stories_as_data_can_be_told_from_those_of_another_version():
    with pytest.raises(ValueError, match="another version of the course"):
        from_json(as_json(STORIES) | {"schema": 2})


def test_a_question_to_any_rule_can_name_what_it_is_about():
    assert {need for rule in RULES.values() for need in rule.needs} <= {field.name for field in fields(Ask)}
    assert isinstance(dinner().facts[1], Order)
