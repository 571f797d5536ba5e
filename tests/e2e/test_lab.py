"""A learner opens a quiz in JupyterLab and in Notebook 7: no code to see, no key to press by mistake, nothing lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.answers import from_notebook, read
from grader.messages import WORDS
from tests.e2e.conftest import LEARNER, Lab
from tests.sample_quiz import SHEET, STORY

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
Open = Callable[..., Any]
APPS = pytest.mark.parametrize("app", ["lab", "notebook"])
MINE = {item.id: item.pick(SHEET.salt, LEARNER) for item in SHEET.items}


def question(page: Any, n: int) -> Any:
    return page.locator(".grader-question").nth(n)


def ready(page: Any) -> None:
    """Wait until the notebook has run itself and nothing is under way."""
    expect(page.locator(".grader-question")).to_have_count(len(SHEET.items))
    expect(page.locator(".grader-wait")).to_be_hidden()


def answers(notebook: Path) -> dict[str, Any]:
    record = read(notebook.with_suffix(".answers.json")).record
    return {id: entry.answer for id, entry in record.items.items()} if record else {}


def saved(page: Any, n: int, count: int) -> None:
    expect(question(page, n).locator(".grader-status")).to_have_text(f"Saved. {count} of 6 answered.")


def cells(page: Any) -> int:
    return int(page.locator(".jp-Notebook .jp-Cell").count())


@APPS
def test_a_quiz_opens_as_a_plain_page_and_takes_answers_by_mouse(
    lab: Lab, open_page: Open, shot: Callable[..., None], app: str
) -> None:
    notebook = lab.quiz(f"mouse-{app}")
    page = open_page(lab.address(notebook, app))
    ready(page)
    assert answers(notebook) == {}
    assert page.locator(".jp-CodeCell .jp-InputArea:visible").count() == 0
    assert page.locator(".jp-OutputPrompt:visible").count() == 0
    question(page, 0).get_by_text("Kim must wait.").click()
    saved(page, 0, 1)
    question(page, 1).get_by_role("radio", name="A call Yes").check()
    question(page, 1).get_by_role("radio", name="A wave No").check()
    saved(page, 1, 2)
    question(page, 2).get_by_label("The judge", exact=True).check()
    saved(page, 2, 3)
    question(page, 3).locator("input[type=date]").fill("2030-03-05")
    saved(page, 3, 4)
    question(page, 4).get_by_text(STORY[0].text).click()
    saved(page, 4, 5)
    question(page, 5).get_by_role("textbox").fill("Only the court can change it. <b>Bold</b>")
    saved(page, 5, 6)
    shot(page, f"quiz-{app}-answered")
    page.locator(".grader-receipt").scroll_into_view_if_needed()
    expect(page.locator(".grader-receipt")).to_contain_text("6 of 6 answers saved at")
    shot(page, f"quiz-{app}-receipt")
    assert answers(notebook) == {
        "w1": ["stay"],
        "w2": {"call": "yes", "wave": "no"},
        "w3": ["judge"],
        "w4": "2030-03-05",
        "w5": ["s1"],
        "w9": "Only the court can change it. <b>Bold</b>",
    }
    assert page.outside == []


@APPS
def test_a_quiz_can_be_answered_by_keyboard_alone_and_stray_keys_do_nothing(
    lab: Lab, open_page: Open, app: str
) -> None:
    notebook = lab.quiz(f"keys-{app}")
    page = open_page(lab.address(notebook, app))
    ready(page)
    before = cells(page)
    question(page, 0).get_by_role("radio").first.focus()
    for key in ("Space", "ArrowDown", "d", "d", "x", "m", "a", "b"):
        page.keyboard.press(key)
    expect(question(page, 0).get_by_role("radio").nth(1)).to_be_checked()
    saved(page, 0, 1)
    page.keyboard.press("Tab")  # the story, folded because it was just told
    page.keyboard.press("Tab")
    for key in ("Space", "Tab", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    expect(question(page, 1).get_by_role("radio", name="A call Yes")).to_be_checked()
    expect(question(page, 1).get_by_role("radio", name="A wave Yes")).to_be_checked()
    saved(page, 1, 2)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(question(page, 2).get_by_role("checkbox").first).to_be_checked()
    saved(page, 2, 3)
    assert cells(page) == before
    chosen = MINE["w1"].options[1].id
    assert answers(notebook)["w1"] == [chosen]


@APPS
def test_keys_pressed_beside_a_question_do_not_change_the_notebook(lab: Lab, open_page: Open, app: str) -> None:
    page = open_page(lab.address(lab.quiz(f"beside-{app}"), app))
    ready(page)
    before = cells(page)
    question(page, 0).locator(".grader-story").click()
    for key in "ddxmyabz":
        page.keyboard.press(key)
    question(page, 0).get_by_text("Kim may call.").click()
    saved(page, 0, 1)
    assert cells(page) == before


def test_answers_are_there_after_python_restarts_and_after_a_reload(lab: Lab, open_page: Open) -> None:
    notebook = lab.quiz("restart")
    page = open_page(lab.address(notebook))
    ready(page)
    question(page, 2).get_by_label("The judge", exact=True).check()
    saved(page, 2, 1)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator(".lm-Menu-item[data-command='kernelmenu:restart']").click()
    page.get_by_role("dialog").get_by_role("button", name="Confirm").click()
    expect(question(page, 2).locator(".grader-status")).to_have_text(WORDS["restored"])
    ready(page)
    expect(question(page, 2).get_by_label("The judge", exact=True)).to_be_checked()
    question(page, 2).get_by_label("A clerk").check()
    saved(page, 2, 1)
    page.reload()
    ready(page)
    expect(question(page, 2).get_by_label("The judge", exact=True)).to_be_checked()
    expect(question(page, 2).get_by_label("A clerk")).to_be_checked()
    assert answers(notebook) == {"w3": ["judge", "clerk"]}


def test_the_receipt_is_saved_in_the_notebook_without_anybody_pressing_save(lab: Lab, open_page: Open) -> None:
    notebook = lab.quiz("receipt")
    page = open_page(lab.address(notebook))
    ready(page)
    question(page, 2).get_by_label("The judge", exact=True).check()
    saved(page, 2, 1)
    for _ in range(50):
        receipt = from_notebook(json.loads(notebook.read_text())).record
        if receipt:
            break
        page.wait_for_timeout(200)
    assert receipt == read(notebook.with_suffix(".answers.json")).record


def test_a_learner_can_take_a_copy_of_the_answers_away(lab: Lab, open_page: Open) -> None:
    notebook = lab.quiz("download")
    page = open_page(lab.address(notebook))
    ready(page)
    question(page, 2).get_by_label("The judge", exact=True).check()
    saved(page, 2, 1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers").click()
    assert download.value.suggested_filename == "waiver.answers.json"
    assert read(download.value.path()).record == read(notebook.with_suffix(".answers.json")).record


@APPS
def test_practice_explains_a_wrong_answer_at_once_and_lets_the_learner_try_again(
    lab: Lab, open_page: Open, shot: Callable[..., None], app: str
) -> None:
    notebook = lab.practice(f"practice-{app}")
    page = open_page(lab.address(notebook, app))
    ready(page)
    sentence = question(page, 4)
    sentence.get_by_role("button", name="Check my answer").click()
    expect(sentence.locator(".grader-status")).to_have_text(WORDS["answer-first"])
    sentence.get_by_text(STORY[1].text).click()
    sentence.get_by_label("3: very sure").check()
    sentence.get_by_role("button", name="Check my answer").click()
    told = sentence.get_by_role("status").nth(1)
    expect(told).to_contain_text("Not right yet.")
    expect(told).to_contain_text("A text is no order.")
    expect(told.get_by_role("link", name="Sample Act, part 1")).to_have_attribute(
        "href", "https://law.example/sample#1"
    )
    expect(sentence.locator(".grader-decides")).to_contain_text(STORY[0].text)
    expect(sentence.locator(".grader-decides")).to_contain_text("decides")
    sentence.get_by_text(WORDS["steps"]).click()
    expect(sentence.get_by_text("The order binds Kim.")).to_be_visible()
    sentence.scroll_into_view_if_needed()
    shot(page, f"practice-{app}-wrong")
    sentence.get_by_label(STORY[0].text).check()
    expect(told).to_be_empty()
    sentence.get_by_role("button", name="Check my answer").click()
    expect(told).to_contain_text("Right.")
    record = read(notebook.with_suffix(".answers.json")).record
    assert record is not None
    assert (record.items["w5"].first, record.items["w5"].answer, record.items["w5"].tries) == (["s2"], ["s1"], 2)


def test_a_notebook_with_any_other_code_is_not_run_unasked(lab: Lab, open_page: Open) -> None:
    notebook = lab.quiz("other-code")
    data = json.loads(notebook.read_text())
    data["cells"][2]["source"] = 'question("w1"); open("ran.txt", "w").close()'
    notebook.write_text(json.dumps(data))
    page = open_page(lab.address(notebook))
    expect(page.locator(".jp-Notebook h1")).to_be_visible()
    expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first).to_be_visible()
    page.wait_for_timeout(1000)
    assert page.locator(".grader-question, .grader-wait").count() == 0
    assert not (notebook.parent / "ran.txt").exists()


def test_a_quiz_fits_a_telephone_and_forced_colours(lab: Lab, open_page: Open, shot: Callable[..., None]) -> None:
    notebook = lab.practice("small")
    page = open_page(
        lab.address(notebook, "notebook"),
        viewport={"width": 360, "height": 2400},
        forced_colors="active",
        color_scheme="dark",
    )
    ready(page)
    grid = question(page, 1)
    grid.get_by_role("radio", name="A call No").check()
    grid.get_by_role("radio", name="A wave No").check()
    grid.get_by_role("button", name="Check my answer").click()
    expect(grid.get_by_role("status").nth(1)).to_contain_text("A call is contact.")
    shot(page, "practice-360-forced-colours")
    for form in page.locator(".grader-question").all():
        assert form.evaluate("node => node.scrollWidth <= node.clientWidth")
        assert form.evaluate("node => node.getBoundingClientRect().right <= window.innerWidth")
    small = "nodes => nodes.map(n => n.getBoundingClientRect()).filter(b => b.width < 24 || b.height < 24).length"
    assert (
        page.locator(".grader-question input, .grader-question button, .grader-question summary").evaluate_all(small)
        == 0
    )


def test_a_question_keeps_its_own_paper_on_a_dark_theme(lab: Lab, open_page: Open, shot: Callable[..., None]) -> None:
    page = open_page(lab.address(lab.practice("dark")))
    ready(page)
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Theme").first.click()
    page.locator(".lm-Menu-item", has_text="JupyterLab Dark").first.click()
    expect(page.locator("body[data-jp-theme-light=false]")).to_have_count(1)
    grid = question(page, 1)
    grid.get_by_role("radio", name="A call Yes").check()
    grid.get_by_role("radio", name="A wave No").check()
    grid.get_by_role("button", name="Check my answer").click()
    expect(grid.get_by_role("status").nth(1)).to_contain_text("Right.")
    shot(page, "dark")
    for part in ("", "legend", "h3", "h4", "tbody th", "label", "li", ".grader-part p", "td"):
        node = page.locator(f".grader-question {part}").first
        assert node.evaluate("node => getComputedStyle(node).color") == "rgb(27, 27, 27)", part
    assert grid.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"


def test_a_quiz_beside_program_files_is_not_run_unasked(lab: Lab, open_page: Open) -> None:
    """A folder that somebody handed in may hold a json.py, which Python would import in the place of its own."""
    notebook = lab.quiz("beside-code")
    (notebook.parent / "json.py").write_text("open('ran', 'w').close()\n")
    page = open_page(lab.address(notebook))
    expect(page.locator(".grader-wait")).to_contain_text("holds program files, so nothing was run")
    page.wait_for_timeout(2000)
    assert page.locator(".grader-question").count() == 0
    assert not (notebook.parent / "ran").exists()
