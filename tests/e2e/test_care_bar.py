"""A learner leaves the page in a hurry, finds help, and reads the page in Spanish, wherever a notebook opens."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nbformat import read
from nbformat.v4 import new_code_cell

from grader import care
from grader.bank import Bank
from grader.helplines import on_file
from grader.messages import ENGLISH
from grader.notebooks import progress_notebook, write
from grader.record import Store, answers_path
from grader.whatifbook import notebook, stories
from tests.e2e.conftest import LEARNER, REPOSITORY, Front, Lab, with_first_page
from tests.e2e.test_fronts import barriers
from tests.e2e.test_lab import APPS, answers, question, ready
from tests.sample_quiz import KEYS_WITH_ORDER, SHEET, WITH_ORDER, wrong

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
Open = Callable[..., Any]
AWAY = on_file().leave_to
LEAVE = ENGLISH["leave"]
LAST = "nodes => nodes.map((node) => node.lastChild.textContent)"
NOWHERE = "A harmless page."


def lead_nowhere(page: Any) -> None:
    """Let the page that leaving leads to be one of ours: the test has nobody else to talk to."""
    page.context.route(f"{AWAY}**", lambda route: route.fulfill(body=NOWHERE, content_type="text/plain"))


def bar(page: Any) -> Any:
    return page.locator(".grader-care")


def corner(page: Any) -> Any:
    return page.locator("#grader-leave button")


def has_left(page: Any) -> None:
    page.wait_for_url(AWAY)
    expect(page.locator("body")).to_have_text(NOWHERE)


def test_one_press_leaves_the_page_even_with_unsaved_work(every_front: Front) -> None:
    page = every_front.open(every_front.quiz("leave"))
    lead_nowhere(page)
    asked: list[Any] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    question(page, 5).get_by_role("textbox").fill("Half a sentence")
    page.evaluate("window.addEventListener('beforeunload', (event) => event.preventDefault())")
    corner(page).click()
    has_left(page)
    assert asked == []


def test_three_presses_of_esc_leave_and_two_do_not(every_front: Front) -> None:
    page = every_front.open(every_front.practice("esc"))
    lead_nowhere(page)
    for key in ("Escape", "Escape", "Shift", "Escape", "Escape", "a"):
        page.keyboard.press(key)
    expect(corner(page)).to_be_visible()
    question(page, 0).get_by_role("radio").first.focus()
    for _ in range(3):
        page.keyboard.press("Escape")
    has_left(page)


HIDDEN = """() => {
  const [button, node] = [document.querySelector('#grader-leave button'), document.activeElement];
  const [over, it] = [button.getBoundingClientRect(), node.getBoundingClientRect()];
  const inside = it.left >= over.left && it.right <= over.right && it.top >= over.top && it.bottom <= over.bottom;
  return node !== button && node !== document.body && inside ? node.outerHTML : "";
}"""


def test_on_a_telephone_the_button_hides_nothing_that_has_the_focus(front: Front) -> None:
    page = front.open(front.quiz("hides"), viewport={"width": 360, "height": 740})
    question(page, 0).get_by_role("radio").first.focus()
    hidden = []
    for _ in range(35):
        page.keyboard.press("Tab")
        hidden.append(page.evaluate(HIDDEN))
    assert not any(hidden)
    last = page.locator(".grader-answers")
    page.keyboard.press("Control+End")
    last.evaluate("node => node.scrollIntoView({block: 'end'})")
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= corner(page).bounding_box()["y"]


@pytest.mark.parametrize("every_front", ["lab", "notebook", "lite"], indirect=True)
def test_one_can_leave_before_python_has_started(every_front: Front) -> None:
    page = every_front.open_page(every_front.address(every_front.quiz("early")))
    lead_nowhere(page)
    corner(page).click()
    has_left(page)


@pytest.mark.parametrize("way", ["button", "keys"])
def test_on_voila_one_can_leave_while_the_page_waits_for_python(
    voila: Lab, open_page: Open, shot: Callable[..., None], way: str
) -> None:
    page = open_page(f"{voila.url}/voila/render/nowhere.ipynb", locale="es")
    lead_nowhere(page)
    exercise = voila.quiz(f"early-{way}")
    delayed(exercise)
    page.goto(f"{voila.url}/voila/render/{exercise.parent.name}/{exercise.name}", wait_until="commit")
    try:
        expect(page.locator(".grader-wait")).to_be_visible()
        expect(corner(page)).to_contain_text("Salir rápido de esta página")
        shot(page, f"voila-waits-{way}")
        if way == "button":
            corner(page).click()
        else:
            for _ in range(3):
                page.keyboard.press("Escape")
        has_left(page)
    finally:
        exercise.with_name("go").touch()


def delayed(notebook: Path) -> None:
    """Let the first cell of a notebook wait until a file “go” is beside it."""
    held = read(notebook, as_version=4)
    wait = "import pathlib, time\nwhile not pathlib.Path('go').exists():\n    time.sleep(0.1)"
    held.cells.insert(0, new_code_cell(wait))
    write(held, notebook)


@pytest.mark.parametrize("path", ["", "voila/render/start.ipynb", "voila/render/nowhere.ipynb"])
def test_the_pages_of_voila_that_are_no_exercise_have_the_help_lines_and_the_way_out(
    voila: Lab, open_page: Open, shot: Callable[..., None], path: str
) -> None:
    with_first_page(voila)
    page = open_page(f"{voila.url}/{path}", viewport={"width": 360, "height": 1600})
    lead_nowhere(page)
    number = page.get_by_role("link", name="Call 1-800-799-7233")
    expect(page.locator(".grader-care:visible")).to_have_count(1)
    expect(number).to_be_hidden()
    bar(page).get_by_text(ENGLISH["care-lines"], exact=True).click()
    expect(number).to_be_visible()
    shot(page, f"voila-care-{path.replace('/', '-')}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.outside == []
    page.get_by_role("button", name="Español").click()
    expect(corner(page)).to_contain_text("Salir rápido de esta página")
    for _ in range(3):
        page.keyboard.press("Escape")
    has_left(page)


def test_the_help_lines_are_found_by_keyboard_and_only_those_of_the_chosen_state_are_shown(
    lab: Lab, open_page: Open, shot: Callable[..., None]
) -> None:
    page = open_page(lab.address(lab.practice("lines")))
    ready(page)
    summary = bar(page).get_by_text(ENGLISH["care-lines"], exact=True)
    summary.focus()
    page.keyboard.press("Enter")
    expect(bar(page).get_by_role("link", name="Call 1-800-799-7233")).to_be_visible()
    expect(bar(page).get_by_role("link", name="Call 1-877-785-2020")).to_be_hidden()
    choice = bar(page).get_by_label(ENGLISH["care-place"])
    choice.focus()
    page.keyboard.type("Massa")
    expect(choice).to_have_value("us-ma")
    link = bar(page).get_by_role("link", name="Call 1-877-785-2020")
    expect(link).to_have_attribute("href", "tel:18777852020")
    expect(bar(page).locator("[data-place]:visible")).to_have_count(1)
    bar(page).get_by_text(ENGLISH["leave-what"]).click()
    expect(bar(page)).to_contain_text("It does not hide that you were here.")
    shot(page, "care-lines")
    assert page.outside == []


@APPS
def test_the_page_speaks_spanish_and_keeps_what_was_chosen_typed_and_saved(
    lab: Lab, open_page: Open, shot: Callable[..., None], app: str
) -> None:
    notebook = lab.quiz(f"spanish-{app}")
    page = open_page(lab.address(notebook, app))
    ready(page)
    question(page, 0).get_by_text("Kim must wait.").click()
    expect(question(page, 0).locator(".grader-status")).to_have_text("Saved. 1 of 6 answered.")
    question(page, 5).get_by_role("textbox").fill("Only the court can change it.")
    bar(page).get_by_role("button", name="Español").click()
    expect(question(page, 0).locator(".grader-number")).to_contain_text("Pregunta 1 de 6 · 2 puntos")
    expect(question(page, 0).get_by_label("Kim must wait.")).to_be_checked()
    expect(question(page, 5).get_by_role("textbox")).to_have_value("Only the court can change it.")
    expect(corner(page)).to_contain_text("Salir rápido de esta página")
    expect(bar(page).get_by_role("button", name="Español")).to_be_focused()
    question(page, 2).get_by_label("The judge", exact=True).check()
    expect(question(page, 2).locator(".grader-status")).to_have_text("Guardado. 3 de 6 respondidas.")
    expect(page.locator(".grader-receipt")).to_contain_text("3 de 6 respuestas guardadas a las")
    shot(page, f"care-spanish-{app}")
    page.reload()
    ready(page)
    expect(question(page, 0).locator(".grader-number")).to_contain_text("Pregunta 1 de 6")
    expect(question(page, 0).get_by_label("Kim must wait.")).to_be_checked()
    assert answers(notebook)["w9"] == "Only the court can change it."


def test_a_practice_page_in_spanish_marks_what_is_in_english(lab: Lab, open_page: Open, shot: Any) -> None:
    page = open_page(lab.address(lab.practice("tongues")), locale="es-MX")
    ready(page)
    first = question(page, 0)
    expect(first.get_by_role("button", name="Revisar mi respuesta")).to_be_visible()
    first.get_by_text("Kim may call.").click()
    bar(page).get_by_role("button", name="English").click()
    expect(first.get_by_role("button", name="Check my answer")).to_be_visible()
    expect(first.get_by_label("Kim may call.")).to_be_checked()
    bar(page).get_by_role("button", name="Español").click()
    first.get_by_role("button", name="Revisar mi respuesta").click()
    expect(first.locator(".grader-verdict")).to_have_text("✘ Todavía no es correcto.")
    language = "node => node.closest('[lang]').lang"
    for part, spoken in {
        "h3": "en", "legend": "en", ".grader-story [data-sentence]": "en", ".grader-choice label": "en",
        ".grader-number": "es", ".grader-label": "es", ".grader-button": "es", ".grader-verdict": "es",
        ".grader-told h4": "es", ".grader-told li": "en", ".grader-flag": "es",
        ".grader-told > p:nth-of-type(2)": "es", ".grader-part p": "en",
    }.items():  # fmt: skip
        assert first.locator(part).first.evaluate(language) == spoken, part
    expect(bar(page)).to_contain_text("están en inglés")
    shot(page, "care-spanish-practice")


def test_a_list_put_in_order_and_not_yet_checked_stays_so_in_spanish(lab: Lab, open_page: Open) -> None:
    page = open_page(lab.address(lab.practice("order", WITH_ORDER, KEYS_WITH_ORDER)))
    lines = question_named(page, "w6").get_by_role("listitem")
    expect(lines).to_have_count(3)
    told = [str(text) for text in lines.locator(".grader-line").evaluate_all(LAST)]
    question_named(page, "w6").get_by_role("button", name=f"Move down: {told[0]}").click()
    expect(lines.first).to_contain_text(told[1])
    bar(page).get_by_role("button", name="Español").click()
    expect(lines.first).to_contain_text(f"Lugar 1 de 3{told[1]}")
    expect(lines.nth(1)).to_contain_text(f"Lugar 2 de 3{told[0]}")
    expect(question_named(page, "w6").get_by_role("button", name=f"Subir: {told[1]}")).to_have_attribute(
        "aria-disabled", "true"
    )
    assert lines.first.locator(".grader-line").evaluate("node => node.lang") == "en"


def question_named(page: Any, item: str) -> Any:
    return page.locator(f".grader-question[data-item={item}]")


def test_the_explorer_speaks_spanish_and_keeps_what_was_changed_typed_and_unfolded(
    lab: Lab, open_page: Open, shot: Callable[..., None]
) -> None:
    path = lab.root / "tongue" / "what-if.ipynb"
    path.parent.mkdir()
    write(notebook(stories(Bank(REPOSITORY))), path)
    page = open_page(lab.address(path), viewport={"width": 360, "height": 3000})
    explorer = page.locator(".grader-explore")
    page.get_by_label("The story", exact=True).select_option("invited-to-dinner")
    page.get_by_role("button", name="Who did it: Dana → No").click()
    expect(explorer.get_by_role("status")).to_have_text("The answer is now: No. As told it was: Yes.")
    order = explorer.locator(".grader-lines > li").nth(1)
    order.locator("summary", has_text="Change this").first.click()
    order.get_by_label("The end date on the paper", exact=True).fill("2029-01-01")
    bar(page).get_by_role("button", name="Español").click()
    expect(explorer.get_by_role("status")).to_have_text("La respuesta ahora es: No. Según la historia era: Yes.")
    expect(order.get_by_label("La fecha de vencimiento según el papel", exact=True)).to_have_value("2029-01-01")
    expect(explorer.locator("h3:has-text('Lo que usted cambió') + ul")).to_contain_text("Quién lo hizo: Dana")
    expect(bar(page).get_by_role("button", name="Español")).to_be_focused()
    language = "node => node.closest('[lang]').lang"
    for part, spoken in {
        ".grader-lines > li > p": "en", ".grader-lines summary": "es", ".grader-stem": "en",
        ".grader-answer > span": "es",
        ".grader-answer > span:last-child": "en", ".grader-flag": "es", ".grader-then": "en", ".grader-verdict": "es",
        "details ol li span:last-of-type": "en", "h2": "es", "h3[lang]": "en",
    }.items():  # fmt: skip
        assert explorer.locator(part).first.evaluate(language) == spoken, part
    assert explorer.evaluate("node => node.scrollWidth <= node.clientWidth")
    shot(page, "care-spanish-what-if")
    page.get_by_role("button", name="Deshacer el último cambio").click()
    expect(explorer.get_by_role("status")).to_have_text("La historia tal como se cuenta. La respuesta: Yes.")
    assert page.outside == []


def test_the_progress_page_speaks_spanish(lab: Lab, open_page: Open, shot: Callable[..., None]) -> None:
    practice = lab.practice("counted")
    store = Store(answers_path(practice), replace(SHEET, mode="practice"), LEARNER)
    assert store.answer("w1", wrong("w1", LEARNER), 3).ok
    own = practice.with_name("progress.ipynb")
    write(progress_notebook(), own)
    page = open_page(lab.address(own), viewport={"width": 360, "height": 2000})
    shown = page.locator(".grader-progress")
    expect(shown.get_by_role("heading", name="Practice by topic")).to_be_visible()
    bar(page).get_by_role("button", name="Español").click()
    expect(shown.get_by_role("heading", name="Práctica por tema")).to_be_visible()
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("1 de 6")
    assert shown.evaluate("node => node.lang") == "es"
    assert set(shown.locator("th a").evaluate_all("nodes => nodes.map((node) => node.lang)")) == {"en"}
    shot(page, "care-spanish-progress")
    assert page.outside == []


def test_nothing_stands_in_the_way_of_assistive_technology(lab: Lab, open_page: Open) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(lab.address(lab.practice("axe-care")))
    ready(page)
    for folded in bar(page).locator("summary").all():
        folded.click()
    bar(page).get_by_label(ENGLISH["care-place"]).select_option("us-ny")
    for part in (".grader-care", "#grader-leave"):
        found = Axe().run(page, context=part).response["violations"]
        assert [(one["id"], one["impact"]) for one in found] == []
    tree = bar(page).aria_snapshot()
    assert 'region "Safety and help"' in tree
    assert 'group "Language"' in tree
    assert 'button "English" [pressed]' in tree
    assert page.get_by_role("complementary", name=LEAVE).get_by_role("button").count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_of_the_site_works_without_python(
    open_page: Open, tmp_path: Path, shot: Callable[..., None], width: int
) -> None:
    page_file = tmp_path / "page.html"
    page_file.write_text(
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Course</title><style>{care.style()}</style><main><h1>Course</h1><h2>Today</h2>{care.html_bar('us-ct')}"
        "<p data-in='en'>Welcome</p><p data-in='es' lang='es' hidden>Bienvenida</p></main>"
        f"<script>{care.script()}</script></html>",
        encoding="utf-8",
    )
    page = open_page(page_file.as_uri(), viewport={"width": width, "height": 800})
    lead_nowhere(page)
    expect(page.locator(".grader-care:visible")).to_have_count(1)
    page.get_by_text(ENGLISH["care-lines"], exact=True).click()
    expect(page.get_by_role("link", name="Call 1-888-774-2900")).to_be_visible()
    expect(page.get_by_role("link", name="Call 1-800-942-6906")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shot(page, f"care-page-{width}")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_text("Bienvenida")).to_be_visible()
    expect(page.get_by_text("Welcome")).to_be_hidden()
    expect(page.get_by_role("button", name="Español")).to_be_focused()
    page.reload()
    expect(page.get_by_text("Bienvenida")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    has_left(page)
    page.go_back()
    assert page.url == "about:blank"


def test_a_page_whose_script_does_not_run_still_shows_every_line_and_a_way_out(open_page: Open, tmp_path: Path) -> None:
    page_file = tmp_path / "plain.html"
    page_file.write_text(f"<meta charset='utf-8'><style>{care.style()}</style>{care.html_bar()}", encoding="utf-8")
    page = open_page(page_file.as_uri(), java_script_enabled=False)
    page.get_by_text(ENGLISH["care-lines"], exact=True).click()
    expect(page.get_by_role("link", name="Call 1-800-942-6906")).to_be_visible()
    expect(page.get_by_role("link", name=LEAVE)).to_have_attribute("href", AWAY)


def test_the_bar_is_not_printed(open_page: Open, tmp_path: Path) -> None:
    page_file = tmp_path / "print.html"
    page_file.write_text(
        f"<meta charset='utf-8'><style>{care.style()}</style>{care.html_bar()}<script>{care.script()}</script>",
        encoding="utf-8",
    )
    page = open_page(page_file.as_uri())
    expect(corner(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(corner(page)).to_be_hidden()
    expect(page.locator(".grader-care:visible")).to_have_count(0)
