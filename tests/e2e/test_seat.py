"""The learner's seat: every type of question by keyboard, by ear and by eye; nothing lost, whatever happens."""

import os
import re
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.messages import WORDS, say
from grader.record import Store
from grader.sheet import Option, Sheet
from tests.e2e.conftest import LEARNER, Front, answers, question, saved
from tests.sample_quiz import DAYS, KEYS_WITH_ORDER, SHEET, STORY, WITH_ORDER

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
ALL = len(WITH_ORDER.items)
Shot = Callable[..., None]
NO_NBGRADER = pytest.mark.without(
    "voila", "lite", because="nbgrader’s own buttons are in JupyterLab and Notebook 7 only"
)
NO_RESTART = pytest.mark.without(
    "voila", "lite", because="a page that loses its Python there starts again when it is reloaded"
)


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def named(sheet: Sheet, *people: str) -> Sheet:
    """The sample quiz with other people in its stories."""

    def told(text: str) -> str:
        return text.replace("Kim", people[0]).replace("Robin", people[1])

    def renamed(options: tuple[Option, ...]) -> tuple[Option, ...]:
        return tuple(replace(option, text=told(option.text)) for option in options)

    items = tuple(
        replace(
            item,
            variants=tuple(
                replace(v, stem=told(v.stem), story=renamed(v.story), options=renamed(v.options)) for v in item.variants
            ),
        )
        for item in sheet.items
    )
    return replace(sheet, items=items)


# By keyboard alone


def test_every_type_of_question_is_answered_by_keyboard_alone(every_front: Front) -> None:
    notebook = every_front.quiz("by-keys", WITH_ORDER)
    page = every_front.open(notebook, ALL)
    question(page, "w1").get_by_role("radio").first.focus()
    press(page, "Space", "ArrowDown")
    saved(page, "w1", 1, ALL)
    tab_to(page, question(page, "w2").get_by_role("radio").first)
    press(page, "Space", "Tab", "ArrowRight")
    saved(page, "w2", 2, ALL)
    tab_to(page, question(page, "w3").get_by_role("checkbox").nth(1))
    press(page, "Space")
    saved(page, "w3", 3, ALL)
    tab_to(page, question(page, "w4").locator("input[type=date]"))
    page.keyboard.type("03052030")
    saved(page, "w4", 4, ALL)
    tab_to(page, question(page, "w5").get_by_role("radio").first)
    press(page, "Space")
    saved(page, "w5", 5, ALL)
    tab_to(page, question(page, "w9").get_by_role("textbox"))
    page.keyboard.type("Only the court. dd xx mm")
    saved(page, "w9", 6, ALL)
    in_order(page)
    saved(page, "w6", 7, ALL)
    given = every_front.has(notebook, page)
    assert given["w6"] == ["made", "end", "call"]
    assert (given["w4"], given["w9"]) == ("2030-03-05", "Only the court. dd xx mm")
    assert (len(given["w2"]), len(given["w1"]), given["w5"]) == (2, 1, ["s1"])
    assert page.outside == []


def in_order(page: Any) -> None:
    """Put the three lines in order with the buttons alone, as a person does: the last line first to its place."""
    form = question(page, "w6")
    wanted = [DAYS[0].text, DAYS[2].text, DAYS[1].text]
    for place, text in enumerate(wanted):
        up = form.get_by_role("button", name=f"Move up: {text}", exact=True)
        tab_to(page, up)
        while form.locator(".grader-lines li").nth(place).get_attribute("data-line") != line_id(text):
            press(page, "Enter")
            expect(up).to_be_focused()
    tab_to(page, form.get_by_role("button", name=WORDS["order-keep"]))
    press(page, "Enter")


def tab_to(page: Any, target: Any, within: int = 25) -> None:
    """Press Tab, or Shift and Tab, until something has the focus, as a person does."""
    back = target.evaluate(
        "node => Boolean(document.activeElement.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)"
    )
    for _ in range(within):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError("Tab does not lead there")


def line_id(text: str) -> str:
    return next(day.id for day in DAYS if day.text == text)


def test_practice_and_its_feedback_work_by_keyboard_alone(every_front: Front) -> None:
    page = every_front.open(every_front.practice("keys-practice", WITH_ORDER, KEYS_WITH_ORDER), ALL)
    form = question(page, "w6")
    form.get_by_role("button", name="Move up").first.focus()
    order = [line.get_attribute("data-line") for line in form.locator(".grader-lines li").all()]
    press(page, "Enter")
    assert [line.get_attribute("data-line") for line in form.locator(".grader-lines li").all()] == order
    form.get_by_role("button", name=WORDS["check"]).focus()
    press(page, "Enter")
    told = form.locator(".grader-told")
    expect(told.locator(".grader-verdict")).to_be_visible()
    summary = form.get_by_text(WORDS["steps"])
    summary.focus()
    press(page, "Enter")
    expect(form.get_by_text("Robin’s wish does not change the order.")).to_be_visible()
    sure = question(page, "w1").get_by_role("radio", name=WORDS["certainty-3"])
    question(page, "w1").get_by_role("radio", name="Kim may call.").focus()
    press(page, "Space", "Tab", "Space")
    sure_first = question(page, "w1").get_by_role("radio", name=WORDS["certainty-1"])
    expect(sure_first).to_be_checked()
    press(page, "ArrowDown", "ArrowDown")
    expect(sure).to_be_checked()
    press(page, "Tab", "Enter")
    expect(question(page, "w1").locator(".grader-verdict")).to_be_visible()


# By ear: what the accessibility tree says


def test_a_screen_reader_hears_names_groups_states_and_news(every_front: Front) -> None:
    page = every_front.open(every_front.quiz("by-ear", WITH_ORDER), ALL)
    group = page.get_by_role("group", name="Who may write the change down?")
    expect(group.get_by_role("checkbox", name="The judge", exact=True)).not_to_be_checked()
    assert "Choose all that apply." in described(group)
    expect(page.get_by_role("group", name="Which sentence decides?").get_by_role("radio")).to_have_count(2)
    expect(page.get_by_role("group", name="Is it forbidden?").get_by_role("radio", name="A call Yes")).to_be_visible()
    expect(page.get_by_role("group", name="When does the order end?").get_by_label("Enter a date.")).to_be_visible()
    explain = page.get_by_role("group", name="Explain to Robin what the invitation changes.")
    expect(explain.get_by_role("textbox")).to_be_visible()
    lines = page.get_by_role("group", name="In which order do these come?")
    expect(lines.get_by_role("listitem")).to_have_count(3)
    group.get_by_role("checkbox", name="The judge", exact=True).check()
    expect(question(page, "w3").get_by_role("status")).to_have_text(f"Saved. 1 of {ALL} answered.")
    first = lines.get_by_role("listitem").first
    text = str(first.locator(".grader-line").evaluate("node => node.lastChild.textContent"))
    expect(first.get_by_role("button", name=f"Move up: {text}")).to_have_attribute("aria-disabled", "true")
    first.get_by_role("button", name=f"Move down: {text}").click()
    expect(lines.locator("[aria-live=polite]")).to_have_text(say("order-moved", text=text, place=2, total=3))
    expect(page.get_by_role("region", name=WORDS["answers-title"]).get_by_role("link")).to_have_count(ALL - 2)


def described(node: Any) -> str:
    return str(node.evaluate("n => document.getElementById(n.getAttribute('aria-describedby')).textContent"))


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_question_and_no_feedback_has_a_serious_barrier(front: Front, width: int, shot: Shot) -> None:
    page = front.open(
        front.practice(f"axe-{width}", WITH_ORDER, KEYS_WITH_ORDER), ALL, viewport={"width": width, "height": 6000}
    )
    answer_all(page)
    shot(page, f"practice-{front.name}-{width}")
    assert serious(page) == []
    fits(page)


@pytest.mark.parametrize("every_front", ["lite"], indirect=True)
def test_no_question_and_no_feedback_has_a_serious_barrier_where_python_runs_in_the_browser(
    every_front: Front, shot: Shot
) -> None:
    page = every_front.open(
        every_front.practice("axe-site", WITH_ORDER, KEYS_WITH_ORDER), ALL, viewport={"width": 360, "height": 6000}
    )
    answer_all(page)
    shot(page, f"practice-{every_front.name}-360")
    assert serious(page) == []
    fits(page)


def test_a_quiz_has_no_serious_barrier_and_fits_at_double_size_in_forced_colours_without_motion(
    every_front: Front, shot: Shot
) -> None:
    width = 360 if every_front.name == "lite" else 640
    page = every_front.open(
        every_front.quiz("axe-quiz", WITH_ORDER), ALL, viewport={"width": width, "height": 3000},
        device_scale_factor=2, forced_colors="active", reduced_motion="reduce",
    )  # fmt: skip
    question(page, "w3").get_by_label("The judge", exact=True).check()
    saved(page, "w3", 1, ALL)
    page.get_by_role("button", name=WORDS["clear"]).click()
    expect(page.get_by_role("button", name=WORDS["clear-yes"])).to_be_visible()
    shot(page, f"quiz-{every_front.name}-double-forced")
    assert serious(page) == []
    fits(page)
    move = page.locator(".grader-move").first
    assert move.evaluate("node => getComputedStyle(node).transitionDuration") == "0s"


def serious(page: Any, part: str = ".grader-paper") -> list[str]:
    """What axe finds in our own parts of the page."""
    assert page.locator(part).count(), "there is something to look at"
    found = axe.Axe().run(page, context={"include": [[part]]}).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def fits(page: Any) -> None:
    """Nothing of ours is wider than its place, and whatever can be pressed is large enough."""
    for node in page.locator(".grader-paper").all():
        assert node.evaluate("n => n.scrollWidth <= n.clientWidth + 1")
        assert node.evaluate("n => n.getBoundingClientRect().right <= window.innerWidth")
    small = """nodes => nodes.filter(n => n.checkVisibility())
        .map(n => n.getBoundingClientRect()).filter(b => b.width < 24 || b.height < 24).length"""
    assert page.locator(".grader-paper :is(input, button, summary)").evaluate_all(small) == 0


def answer_all(page: Any) -> None:
    """Answer every question of the practice set, and open every explanation."""
    question(page, "w1").get_by_role("radio", name="Kim may call.").check()
    question(page, "w2").get_by_role("radio", name="A call No").check()
    question(page, "w2").get_by_role("radio", name="A wave No").check()
    question(page, "w3").get_by_label("The judge", exact=True).check()
    question(page, "w4").locator("input[type=date]").fill("2030-03-04")
    question(page, "w5").get_by_text(STORY[1].text).check()
    question(page, "w9").get_by_role("textbox").fill("Only the court.")
    for item in WITH_ORDER.items:
        form = question(page, item.id)
        form.get_by_role("button", name=WORDS["check"]).click()
        expect(form.locator(".grader-verdict")).to_be_visible()
        form.get_by_text(WORDS["steps"]).click()


# Nothing is lost


def test_a_learner_sees_how_far_they_are_and_goes_to_what_is_open(front: Front) -> None:
    notebook = front.quiz("progress")
    page = front.open(notebook, viewport={"width": 1280, "height": 700})
    expect(question(page, "w1").locator(".grader-progress")).to_have_text("0 of 6 answered")
    question(page, "w3").get_by_label("The judge", exact=True).check()
    for item in ("w1", "w9"):
        expect(question(page, item).locator(".grader-progress")).to_contain_text("1 of 6 answered, saved ")
    expect(page.locator(".grader-receipt")).to_contain_text("1 of 6 answers saved at")
    expect(page.locator(".grader-receipt")).to_contain_text("Receipt: ")
    page.get_by_role("region", name=WORDS["answers-title"]).get_by_role("link", name="Question 2 of 6").click()
    expect(question(page, "w2").get_by_role("radio").first).to_be_focused()
    expect(question(page, "w2").locator("legend")).to_be_in_viewport()


def test_a_quiz_that_asks_how_sure_one_is_keeps_it_with_the_answer(front: Front) -> None:
    notebook = front.quiz("sure", replace(SHEET, certainty=True))
    page = front.open(notebook)
    asked = question(page, "w5").get_by_role("radio", name=WORDS["certainty-3"])
    asked.check()
    question(page, "w5").locator(".grader-choice", has_text="Call me any time").get_by_role("radio").check()
    saved(page, "w5", 1)
    entry = Store(notebook.with_suffix(".answers.json"), SHEET, LEARNER).entry("w5")
    assert entry
    assert (entry.answer, entry.certainty) == (["s2"], 3)
    assert entry.tries == 1, "a certainty alone is no answer"
    page.reload()
    expect(asked).to_be_checked(timeout=60_000)


def test_two_windows_on_one_quiz_lose_nothing_and_the_other_one_says_so(every_front: Front) -> None:
    notebook = every_front.quiz("windows")
    one = every_front.open(notebook)
    question(one, "w3").get_by_label("The judge", exact=True).check()
    saved(one, "w3", 1)
    two = one.context.new_page()
    two.goto(every_front.address(notebook))
    every_front.ready(two)
    expect(question(two, "w3").get_by_label("The judge", exact=True)).to_be_checked()
    question(two, "w3").get_by_label("A clerk").check()
    saved(two, "w3", 1)
    expect(question(one, "w3").get_by_label("A clerk")).to_be_checked()
    expect(question(one, "w3").get_by_role("status")).to_have_text(WORDS["changed-elsewhere"])
    question(one, "w1").get_by_role("radio").first.check()
    saved(one, "w1", 2)
    expect(question(two, "w1").get_by_role("radio").first).to_be_checked()
    assert every_front.has(notebook, one)["w3"] == ["judge", "clerk"]
    two.wait_for_timeout(2500)  # time enough for both to save the notebook: neither asks which one counts
    assert one.get_by_role("dialog").count() == two.get_by_role("dialog").count() == 0
    third = one.context.new_page()
    third.goto(every_front.address(notebook))
    every_front.ready(third)
    expect(question(third, "w3").get_by_label("A clerk")).to_be_checked()
    expect(question(third, "w1").get_by_role("radio").first).to_be_checked()


def test_another_machine_that_answers_meanwhile_is_noticed_at_the_next_answer(front: Front) -> None:
    notebook = front.quiz("elsewhere")
    page = front.open(notebook)
    Store(notebook.with_suffix(".answers.json"), SHEET, LEARNER).answer("w5", ["s1"])
    question(page, "w3").get_by_label("The judge", exact=True).check()
    saved(page, "w3", 2)
    expect(question(page, "w3").get_by_role("status")).to_contain_text("Another window had saved too.")
    expect(question(page, "w5").get_by_role("radio").first).to_be_checked()
    expect(question(page, "w5").get_by_role("status")).to_have_text(WORDS["changed-elsewhere"])


def test_three_hundred_rapid_clicks_save_the_last_one(every_front: Front) -> None:
    notebook = every_front.quiz("rapid")
    page = every_front.open(notebook)
    form = question(page, "w1")
    form.evaluate("""form => {
        const inputs = form.querySelectorAll("input");
        for (let n = 0; n < 300; n++) inputs[n % 2].click();
    }""")
    saved(page, "w1", 1)
    last = form.get_by_role("radio").nth(1)
    expect(last).to_be_checked()
    record = every_front.record(notebook, page)
    assert record is not None
    assert record.items["w1"].answer == [last.get_attribute("value")]
    assert record.seq <= 5, "a click that another one has overtaken is not written"
    page.reload()
    every_front.ready(page)
    expect(last).to_be_checked()


def test_an_answer_given_while_the_clock_was_far_ahead_gives_way_to_a_later_one(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = front.quiz("clock")
    with monkeypatch.context() as ahead:
        ahead.setattr("grader.answers.now", lambda: "2099-01-01T00:00:00.000000+00:00")
        Store(notebook.with_suffix(".answers.json"), SHEET, LEARNER).answer("w5", ["s1"])
    page = front.open(notebook)
    first, second = (question(page, "w5").get_by_role("radio").nth(n) for n in (0, 1))
    expect(first).to_be_checked()
    second.check()
    saved(page, "w5", 1)
    expect(page.locator(".grader-receipt")).to_contain_text("1 of 6 answers saved at")
    assert answers(notebook)["w5"] == ["s2"]
    page.reload()
    front.ready(page)
    expect(second).to_be_checked()


@NO_RESTART
def test_a_kernel_killed_in_the_middle_of_a_save_leaves_the_last_good_record(front: Front) -> None:
    notebook = front.quiz("killed")
    page = front.open(notebook)
    question(page, "w3").get_by_label("The judge", exact=True).check()
    saved(page, "w3", 1)
    box = question(page, "w9").get_by_role("textbox")
    box.fill("The last good text.")
    saved(page, "w9", 2)
    pid = kernel_of(notebook)
    os.kill(pid, signal.SIGSTOP)  # it hears the answer and cannot save it
    question(page, "w3").get_by_label("A clerk").check()
    page.wait_for_timeout(300)
    assert answers(notebook) == {"w3": ["judge"], "w9": "The last good text."}
    os.kill(pid, signal.SIGKILL)
    expect(question(page, "w3").get_by_label("A clerk")).to_be_checked()
    saved(page, "w3", 2)
    front.ready(page)
    expect(question(page, "w9").get_by_role("textbox")).to_have_value("The last good text.")
    assert answers(notebook)["w3"] == ["judge", "clerk"], "the new kernel is given what the old one did not save"


def kernel_of(notebook: Path) -> int:
    """The process that answers for a notebook: the one that works in its folder."""
    for process in Path("/proc").iterdir():
        try:
            here = process.name.isdigit() and (process / "cwd").readlink() == notebook.parent
            if here and b"ipykernel" in (process / "cmdline").read_bytes():
                return int(process.name)
        except OSError:
            continue
    raise AssertionError("no kernel works in that folder")


def test_a_disk_that_takes_nothing_is_told_and_the_answer_is_saved_as_soon_as_it_can_be(front: Front) -> None:
    notebook = front.quiz("full")
    page = front.open(notebook)
    blocked = notebook.with_name(f"{notebook.stem}.answers.json.part")
    blocked.mkdir()
    question(page, "w3").get_by_label("The judge", exact=True).check()
    expect(question(page, "w3").get_by_role("status")).to_contain_text("Not saved (")
    expect(question(page, "w3").get_by_role("status")).to_contain_text("Your answers are still on this page.")
    blocked.rmdir()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".grader-receipt")).to_contain_text("1 of 6 answers saved at")
    assert answers(notebook) == {"w3": ["judge"]}


def test_names_written_from_right_to_left_and_long_words_stay_readable(front: Front, shot: Shot) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 2
    sheet = named(SHEET, "عائشة بنت محمد", long)
    page = front.open(front.quiz("names", sheet), viewport={"width": 360, "height": 3000})
    question(page, "w1").get_by_role("radio", name="عائشة بنت محمد must wait.").check()
    saved(page, "w1", 1)
    shot(page, f"names-{front.name}-360")
    label = question(page, "w1").get_by_text("عائشة بنت محمد must wait.")
    name, rest = label.evaluate("""node => [[0, 14], [15, 19]].map(([from, to]) => {
        const range = document.createRange();
        range.setStart(node.firstChild, from);
        range.setEnd(node.firstChild, to);
        return range.getBoundingClientRect().left;
    })""")
    assert name < rest, "the name stands where the sentence has it: first"
    assert question(page, "w9").get_by_role("textbox").get_attribute("dir") == "auto"
    fits(page)


# The answers file in a learner's hand


def test_answers_go_to_another_machine_in_a_file_and_are_cleared_and_brought_back(front: Front, shot: Shot) -> None:
    notebook = front.quiz("hand")
    page = front.open(notebook)
    question(page, "w3").get_by_label("The judge", exact=True).check()
    saved(page, "w3", 1)
    with page.expect_download() as download:
        page.get_by_role("button", name=WORDS["download"]).click()
    file = notebook.parent.parent / f"taken-{front.name}.json"
    download.value.save_as(file)
    panel = page.get_by_role("region", name=WORDS["answers-title"])
    page.get_by_role("button", name=WORDS["clear"]).focus()
    press(page, "Enter")
    expect(panel.get_by_role("button", name=WORDS["keep"])).to_be_focused()
    shot(page, f"clear-{front.name}")
    press(page, "Tab", "Enter")
    expect(panel.get_by_role("status")).to_contain_text("Your answers are cleared. The older answers are kept in")
    expect(question(page, "w3").get_by_label("The judge", exact=True)).not_to_be_checked()
    assert answers(notebook) == {}
    panel.get_by_role("button", name=WORDS["undo"]).click()
    expect(question(page, "w3").get_by_label("The judge", exact=True)).to_be_checked()
    expect(panel.get_by_role("button", name=WORDS["undo"])).to_be_hidden()
    clear_for_good(page, panel, lambda: shot(page, f"erase-{front.name}"))
    expect(question(page, "w3").get_by_label("The judge", exact=True)).not_to_be_checked()
    expect(panel.get_by_role("button", name=WORDS["undo"])).to_be_hidden()
    page.wait_for_timeout(2500)  # longer than the pause after which a notebook with a receipt is saved
    assert holding("judge", notebook.parent) == [], "neither the file nor a copy, nor a receipt, of this notebook"
    page.reload()
    front.ready(page)
    expect(question(page, "w3").get_by_label("The judge", exact=True)).not_to_be_checked()

    other = front.quiz("hand-2")
    there = front.open(other)
    question(there, "w3").get_by_label("A clerk").check()
    saved(there, "w3", 1)
    panel = there.get_by_role("region", name=WORDS["answers-title"])
    chooser = there.locator(".grader-answers input[type=file]")
    for content, said in (("no JSON", "damaged"), ('{"schema": 9, "items": {}}', "newer version of this course")):
        bad = file.with_suffix(".bad")
        bad.write_text(content)
        chooser.set_input_files(bad)
        expect(panel.get_by_role("status")).to_contain_text(said)
    assert answers(other) == {"w3": ["clerk"]}
    chooser.set_input_files(file)
    expect(panel.get_by_role("group")).to_contain_text("Questions answered differently: 1.")
    shot(there, f"load-{front.name}")
    panel.get_by_role("button", name=WORDS["replace"]).click()
    expect(panel.get_by_role("status")).to_contain_text("Loaded. 1 of 6 answered. The older answers are kept in")
    expect(question(there, "w3").get_by_label("The judge", exact=True)).to_be_checked()
    expect(question(there, "w3").get_by_label("A clerk")).not_to_be_checked()
    assert answers(other) == {"w3": ["judge"]}


def clear_for_good(page: Any, panel: Any, look: Callable[[], None]) -> None:
    """Ask, choose and confirm: the button that changes nothing has the focus until the last."""
    page.get_by_role("button", name=WORDS["clear"]).click()
    panel.get_by_role("button", name=WORDS["erase"]).click()
    expect(panel.get_by_role("group")).to_contain_text(WORDS["erase-ask"])
    expect(panel.get_by_role("button", name=WORDS["keep"])).to_be_focused()
    look()
    panel.get_by_role("button", name=WORDS["erase-yes"]).click()
    expect(panel.get_by_role("status")).to_have_text(WORDS["erase-done"])


def holding(choice: str, folder: Path) -> list[str]:
    """The files below a folder that hold a choice as somebody's answer."""
    given = re.compile(rf'"(?:answer|first)":\s*\[\s*"{choice}"')
    return [
        path.name for path in folder.rglob("*") if path.is_file() and given.search(path.read_text("utf-8", "replace"))
    ]


# Care


def test_a_story_one_may_not_want_to_read_waits_behind_a_button(front: Front, shot: Shot) -> None:
    hard = replace(
        SHEET.items[0].variants[0], content="A threat is mentioned. Nothing is described.", title="At the door"
    )
    first = replace(SHEET.items[0], variants=(hard,), instead="w3")
    sheet = replace(SHEET, items=(first, *SHEET.items[1:]))
    page = front.open(front.practice("care", sheet))
    form = question(page, "w1")
    expect(form.get_by_text("About this story: A threat is mentioned.")).to_be_visible()
    expect(form.get_by_text(STORY[0].text)).to_be_hidden()
    form.get_by_role("link", name="Another story on the same rule: question 3").click()
    expect(question(page, "w3").get_by_role("checkbox").first).to_be_focused()
    form.get_by_text(WORDS["story-show"]).click()
    expect(form.get_by_text(STORY[0].text)).to_be_visible()
    shot(page, f"care-{front.name}")


# nbgrader's own button


@NO_NBGRADER
def test_validate_of_nbgrader_names_what_is_not_answered(front: Front, shot: Shot) -> None:
    notebook = front.quiz("validate")
    page = front.open(notebook)
    for item in ("w1", "w5"):
        question(page, item).get_by_role("radio").first.check()
    saved(page, "w5", 2)
    page.locator(".validate-button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Question 2 of 6 is not answered yet.")
    shot(page, f"validate-{front.name}")
    assert "Question 1 of 6" not in dialog.inner_text()


@NO_NBGRADER
def test_nothing_for_instructors_and_no_news_stand_in_a_learners_way(front: Front) -> None:
    page = front.open(front.quiz("calm"))
    expect(page.locator(".validate-button")).to_be_visible()
    assert page.get_by_text("Create Assignment").count() == 0
    assert page.get_by_text("Formgrader").count() == 0
    assert page.locator(".Toastify__toast").count() == 0
