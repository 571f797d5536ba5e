"""The learners' site in a real browser, under a path of its own: nothing installed, nobody else asked, nothing lost."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from grader.answers import is_browser, read
from grader.bank import Bank
from grader.cli import app
from grader.gradebook import course as courses
from grader.gradebook import cycle
from grader.gradebook.book import gradebook, marks
from grader.helplines import on_file
from grader.messages import ENGLISH, WORDS, say, speaking
from grader.questions import RUBRIC
from grader.sheet import Item, KeySheet, Question, Sheet
from grader.site.build import build
from grader.site.contents import PAPER
from grader.site.serve import serving
from tests.e2e.conftest import REPOSITORY, SLOW
from tests.e2e.test_whole_path import answer
from tests.site_parts import SITE_PYTHON, found, unpacked

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

COLD = 3 * SLOW  # Python starts in the browser, and other work may fill both cores
UNDER = "a/course"
PRACTICE = "practice-waiver/waiver.ipynb"
QUIZ = "quiz-waiver/waiver.ipynb"
OTHER_HOST = "learn.test"  # a name that is not this machine’s own: a browser gives plain http on it no storage
NO_WORKER = "navigator.serviceWorker.register = () => Promise.reject(new DOMException('blocked', 'SecurityError'))"
NO_WORKERS_AT_ALL = "delete Navigator.prototype.serviceWorker"
NO_WASM = "delete window.WebAssembly"
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built once. Without JupyterLite this fails and says what to run."""
    folder = tmp_path_factory.mktemp("host") / UNDER
    build(Bank(REPOSITORY), folder, SITE_PYTHON, print)
    return folder


@pytest.fixture(scope="session")
def host(built: Path) -> Iterator[str]:
    with serving(built.parents[1]) as address:
        yield f"{address}/{UNDER}"


@pytest.fixture
def visit(open_page: Open) -> Open:
    """Open a page in a browser whose profile may be used again, and which finds this machine under another name too."""

    def visit(url: str, *, profile: str = "profile", **options: Any) -> Any:
        given = {"viewport": {"width": 1280, "height": 1800}, **options}
        return open_page(url, profile=profile, flags=(f"--host-resolver-rules=MAP {OTHER_HOST} 127.0.0.1",), **given)

    return visit


def at(host: str, notebook: str) -> str:
    return f"{host}/notebooks/index.html?path={notebook}"


def sheet_of(built: Path, notebook: str) -> Sheet:
    held = json.loads((built / "files" / notebook).read_text(encoding="utf-8"))["metadata"]["grader"]
    return Sheet.from_json(held["sheet"])


def first(built: Path, notebook: str, page: Any) -> tuple[Item, Question]:
    """The first question as this browser meets it, by the name in its answers file."""
    sheet = sheet_of(built, notebook)
    return sheet.items[0], sheet.items[0].pick(sheet.salt, downloaded(page).learner)


def question(page: Any, n: int = 0) -> Any:
    return page.locator(".grader-question").nth(n)


def ready(page: Any) -> None:
    expect(question(page)).to_be_visible(timeout=COLD)
    expect(page.locator(".grader-wait")).to_be_hidden(timeout=COLD)


def practise(page: Any, option: str) -> None:
    question(page).get_by_label(option, exact=True).check()
    question(page).get_by_role("button", name=WORDS["check"]).click()
    expect(question(page).locator(".grader-verdict")).to_be_visible()


def downloaded(page: Any) -> Any:
    with page.expect_download() as download:
        page.get_by_role("button", name=WORDS["download"]).click()
    return read(download.value.path()).record


def test_a_learner_goes_from_the_first_page_to_a_reason_and_takes_the_answers_away(
    built: Path, host: str, visit: Open, shot: Callable[..., None]
) -> None:
    page = visit(f"{host}/")
    shot(page, "site-first-page")
    page.get_by_role("link", name=sheet_of(built, PRACTICE).title).first.click()
    expect(page.locator(".grader-first p").last).to_be_visible(timeout=COLD)
    expect(page.locator(".grader-wait")).to_be_visible()
    early = page.locator(".grader-first").inner_text()
    shot(page, "site-waiting")
    ready(page)
    item, asked = first(built, PRACTICE, page)
    assert all(line.text in early for line in asked.story)
    expect(page.locator(".grader-first")).to_have_count(0)
    for line in asked.story:
        expect(question(page).locator(".grader-story")).to_contain_text(line.text)
    practise(page, asked.options[0].text)
    shot(page, "site-practice")
    record = downloaded(page)
    assert record.items[item.id].answer == [asked.options[0].id]
    assert record.items[item.id].variant == asked.variant
    assert is_browser(record.learner)
    page.get_by_role("link", name=WORDS["site-home"]).click()
    expect(page.get_by_role("heading", name=WORDS["site-title"])).to_be_visible()
    page.get_by_role("link", name=WORDS["progress-title"]).click()
    expect(counted(built, page)).to_contain_text(one_of_all(built), timeout=COLD)
    assert page.outside == []


def counted(built: Path, page: Any) -> Any:
    """The row of the practice set on the progress page."""
    return page.locator(".grader-progress tr", has_text=sheet_of(built, PRACTICE).title)


def one_of_all(built: Path) -> str:
    """What that row says after one question."""
    return say("progress-of", n=1, total=len(sheet_of(built, PRACTICE).items))


def test_answers_are_there_after_a_reload_and_after_the_browser_was_closed(built: Path, host: str, visit: Open) -> None:
    page = visit(at(host, PRACTICE))
    ready(page)
    _, asked = first(built, PRACTICE, page)
    practise(page, asked.options[1].text)
    page.reload()
    ready(page)
    expect(question(page).get_by_label(asked.options[1].text, exact=True)).to_be_checked()
    expect(question(page).locator(".grader-verdict")).to_be_visible()
    page.context.close()
    page = visit(at(host, PRACTICE))
    ready(page)
    expect(question(page).get_by_label(asked.options[1].text, exact=True)).to_be_checked()


def test_a_quiz_saves_each_choice_explains_nothing_and_says_how_to_hand_in(
    built: Path, host: str, visit: Open, shot: Callable[..., None]
) -> None:
    total = len(sheet_of(built, QUIZ).items)
    page = visit(at(host, QUIZ))
    ready(page)
    item, asked = first(built, QUIZ, page)
    question(page).get_by_label(asked.options[0].text, exact=True).check()
    expect(question(page).locator(".grader-status")).to_have_text(say("saved", answered=1, total=total))
    expect(question(page).locator(".grader-verdict")).to_have_count(0)
    expect(page.locator(".grader-receipt")).to_contain_text(say("receipt-browser", file="waiver.answers.json"))
    shot(page, "site-quiz")
    assert downloaded(page).items[item.id].answer == [asked.options[0].id]
    page.reload()
    ready(page)
    expect(question(page).get_by_label(asked.options[0].text, exact=True)).to_be_checked()
    assert page.outside == []


@pytest.mark.parametrize("notebook", [PRACTICE, QUIZ])
def test_a_corrected_notebook_reaches_a_learner_who_had_the_old_one_and_answers_stay(
    built: Path, visit: Open, tmp_path: Path, notebook: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(built, copy, copy_function=os.link)
    with serving(copy) as address:
        page = visit(at(address, notebook))
        ready(page)
        _, asked = first(built, notebook, page)
        question(page).get_by_label(asked.options[0].text, exact=True).check()
        if notebook == PRACTICE:
            question(page).get_by_role("button", name=WORDS["check"]).click()
            expect(question(page).locator(".grader-verdict")).to_be_visible()
        else:
            expect(question(page).locator(".grader-status")).to_contain_text("1 of")
        page.keyboard.press("Control+s")
        page.wait_for_timeout(2500)  # longer than the pause after which a notebook with a receipt is saved in Lab
        _correct(copy / "files" / notebook)
        page.reload()
        expect(page.locator(".jp-MarkdownOutput").first).to_contain_text("A corrected sentence.", timeout=COLD)
        ready(page)
        expect(question(page)).to_contain_text("A corrected title")
        expect(question(page).get_by_label(asked.options[0].text, exact=True)).to_be_checked()


def _correct(path: Path) -> None:
    """Change a notebook as a new build would, in the copy only: the site itself shares its files with the copy."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"].append("\n\nA corrected sentence.")
    held = notebook["metadata"]["grader"]
    sheet = Sheet.from_json(held["sheet"])
    item = sheet.items[0]
    variants = tuple(replace(variant, title="A corrected title") for variant in item.variants)
    held["sheet"] = replace(sheet, items=(replace(item, variants=variants), *sheet.items[1:])).as_json()
    path.unlink()
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.parametrize(
    ("script", "plain_http"), [(NO_WORKER, False), (NO_WORKERS_AT_ALL, False), ("", True)],
    ids=["worker blocked", "no workers", "plain http"],
)  # fmt: skip
def test_where_the_browser_keeps_no_files_the_page_works_says_so_and_gives_the_answers_out(
    built: Path, host: str, visit: Open, shot: Callable[..., None], script: str, plain_http: bool
) -> None:
    total = len(sheet_of(built, PRACTICE).items)
    page = visit(at(host.replace("127.0.0.1", OTHER_HOST) if plain_http else host, PRACTICE), script=script)
    ready(page)
    item, asked = first(built, PRACTICE, page)
    practise(page, asked.options[0].text)
    expect(question(page).locator(".grader-status")).to_have_text(say("saved-not-kept", answered=1, total=total))
    practise(page, asked.options[1].text)
    shot(page, f"site-not-kept-{plain_http}")
    entry = downloaded(page).items[item.id]
    assert (entry.answer, entry.first, entry.tries) == ([asked.options[1].id], [asked.options[0].id], 2)


@pytest.mark.parametrize(("script", "plain_http"), [(NO_WORKERS_AT_ALL, False), ("", True)])
def test_the_first_page_says_beforehand_where_answers_will_not_be_kept(
    host: str, visit: Open, script: str, plain_http: bool
) -> None:
    page = visit(f"{host.replace('127.0.0.1', OTHER_HOST) if plain_http else host}/", script=script)
    expect(page.get_by_text(WORDS["site-not-kept"])).to_be_visible()
    expect(page.get_by_text(WORDS["site-old"])).to_be_hidden()


def test_without_webassembly_the_first_page_and_the_exercise_lead_to_pages_to_print(
    built: Path, host: str, visit: Open, shot: Callable[..., None]
) -> None:
    page = visit(at(host, PRACTICE), script=NO_WASM)
    expect(page.get_by_text(WORDS["site-old"])).to_be_visible()
    shot(page, "site-unable")
    page.get_by_role("link", name=WORDS["site-old-link"]).click()
    expect(page.get_by_text(WORDS["site-old"])).to_be_visible()
    page.locator("section[aria-labelledby=paper]").get_by_role("link", name=sheet_of(built, PRACTICE).title).click()
    sheet = sheet_of(built, PRACTICE)
    asked = sheet.items[0].pick(sheet.salt, PAPER)
    expect(page.get_by_text(asked.story[0].text)).to_be_visible()
    expect(page.get_by_text(asked.options[0].text)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".back")).to_be_hidden()
    shot(page, "site-paper")


def test_without_scripts_everything_can_be_read_and_printed(built: Path, host: str, visit: Open) -> None:
    page = visit(f"{host}/", java_script_enabled=False)
    expect(page.locator("noscript .warn")).to_contain_text(WORDS["site-old"])
    page.get_by_role("link", name=WORDS["site-old-link"]).click()
    page.locator("section[aria-labelledby=paper]").get_by_role("link").last.click()
    expect(page.locator(".question").first).to_be_visible()
    assert page.outside == []


def test_if_python_does_not_start_the_page_says_what_to_do(host: str, visit: Open) -> None:
    page = visit(f"{host}/")
    page.context.route("**/pyodide.asm.wasm", lambda route: route.abort())
    page.clock.install()
    page.goto(at(host, PRACTICE))
    expect(page.locator(".grader-wait")).to_contain_text("Getting the exercise ready", timeout=COLD)
    page.clock.fast_forward("00:50")
    expect(page.locator(".grader-wait")).to_contain_text(WORDS["site-slow"])
    page.locator(".grader-wait").get_by_role("link").click()
    expect(page.get_by_role("heading", name=WORDS["site-paper"])).to_be_visible()


def test_an_exercise_is_found_answered_and_explained_by_keyboard_alone(built: Path, host: str, visit: Open) -> None:
    page = visit(f"{host}/")
    for _ in range(10):  # past the way out, the help and the languages
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.cards a')"):
            break
    expect(page.locator(":focus")).to_have_attribute("href", f"notebooks/index.html?path={PRACTICE}")
    page.keyboard.press("Enter")
    ready(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.grader-question input[type=radio]')"):
            break
    for key in ("Space", "ArrowDown", "d", "d"):
        page.keyboard.press(key)
    expect(question(page).get_by_role("radio").nth(1)).to_be_checked()
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button')"):
            break
    page.keyboard.press("Enter")
    expect(question(page).locator(".grader-verdict")).to_be_visible()
    assert page.locator(".grader-question").count() == len(sheet_of(built, PRACTICE).items)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["", "print/quiz-waiver.html"])
def test_each_plain_page_has_help_lines_that_fold_and_a_quick_way_out(
    host: str, visit: Open, shot: Callable[..., None], name: str, width: int
) -> None:
    page = visit(f"{host}/{name}", viewport={"width": width, "height": 900})
    page.context.route(f"{on_file().leave_to}**", lambda route: route.fulfill(body="elsewhere"))
    number = page.get_by_role("link", name="1-800-799-7233").first
    expect(page.locator(".grader-care:visible")).to_have_count(1)
    expect(number).to_be_hidden()
    shot(page, f"site-care-{width}-{bool(name)}")
    page.get_by_text(ENGLISH["care-lines"], exact=True).click()
    expect(number).to_be_visible()
    shot(page, f"site-care-open-{width}-{bool(name)}")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Español").click()
    expect(page.locator(".grader-care:visible")).to_have_attribute("lang", "es")
    page.locator("#grader-leave button").click()
    page.wait_for_url(on_file().leave_to)
    page.go_back()
    assert not page.url.startswith(host)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_words_of_the_site_follow_the_chosen_language_and_stay(
    built: Path, host: str, visit: Open, shot: Callable[..., None], width: int
) -> None:
    page = visit(f"{host}/", viewport={"width": width, "height": 1800})
    heading, count = page.get_by_role("heading", level=1), len(sheet_of(built, PRACTICE).items)
    expect(heading).to_have_text(ENGLISH["site-title"], use_inner_text=True)
    page.get_by_role("button", name="Español").click()
    for _ in range(2):  # after the choice, and after the page was loaded again
        with speaking("es"):
            expect(heading).to_have_text(WORDS["site-title"], use_inner_text=True)
            expect(page).to_have_title(WORDS["site-title"])
            card = page.get_by_role("region", name=WORDS["site-practice"], exact=True).get_by_role("listitem").first
            expect(card).to_contain_text(say("site-count", count=count), use_inner_text=True)
            printed = f"{WORDS['site-print']} {sheet_of(built, PRACTICE).title}"
            expect(card.get_by_role("link", name=printed, exact=True)).to_be_visible()
        assert axe.Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") == width
        shot(page, f"site-spanish-{width}")
        page.reload()
    page.goto(f"{host}/print/practice-waiver.html")
    with speaking("es"):
        expect(page.get_by_text(WORDS["site-paper-choose"])).to_be_visible()
    expect(page.get_by_text(ENGLISH["site-paper-choose"])).to_be_hidden()
    page.goto(f"{host}/")
    page.get_by_role("button", name="English").click()
    expect(heading).to_have_text(ENGLISH["site-title"], use_inner_text=True)


def test_a_spanish_reader_finds_the_way_back_and_the_wait_in_spanish(host: str, visit: Open) -> None:
    page = visit(at(host, PRACTICE), locale="es-MX")
    with speaking("es"):
        expect(page.get_by_role("link", name=WORDS["site-home"])).to_have_attribute("lang", "es", timeout=COLD)
        expect(page.locator(".grader-first h3")).to_have_text(WORDS["story"], timeout=COLD)
        ready(page)
        expect(question(page).get_by_role("button", name=WORDS["check"])).to_be_visible()
        page.get_by_text(WORDS["care-how"], exact=True).click()
        expect(page.get_by_text("en este navegador, en este equipo").first).to_be_visible()


def test_what_is_printed_says_where_to_find_help(host: str, visit: Open) -> None:
    page = visit(f"{host}/print/quiz-waiver.html")
    expect(page.locator(".on-paper")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_contain_text("1-800-799-7233")
    expect(page.locator(".grader-care:visible")).to_have_count(0)


def test_the_tools_run_and_progress_finds_what_was_practised(
    built: Path, host: str, visit: Open, shot: Callable[..., None]
) -> None:
    page = visit(at(host, PRACTICE))
    ready(page)
    practise(page, first(built, PRACTICE, page)[1].options[0].text)
    page.goto(at(host, "progress/progress.ipynb"))
    expect(counted(built, page)).to_contain_text(one_of_all(built), timeout=COLD)
    shot(page, "site-progress")
    counted(built, page).get_by_role("link").click()
    ready(page)
    expect(question(page).locator(".grader-verdict")).to_be_visible()
    page.goto(at(host, "what-if/what-if.ipynb"))
    expect(page.locator(".grader-explore .grader-side").first).to_be_visible(timeout=COLD)
    expect(page.get_by_text("Run All Cells")).to_have_count(0)
    shot(page, "site-what-if")
    assert page.outside == []


def test_each_browser_has_a_name_of_its_own_that_stays(built: Path, host: str, visit: Open) -> None:
    page = visit(at(host, PRACTICE))
    ready(page)
    mine = downloaded(page).learner
    page.goto(at(host, QUIZ))
    ready(page)
    assert downloaded(page).learner == mine
    page.context.close()
    page = visit(at(host, QUIZ))
    ready(page)
    assert downloaded(page).learner == mine
    other = visit(at(host, QUIZ), profile="another")
    ready(other)
    theirs = downloaded(other).learner
    assert is_browser(mine)
    assert is_browser(theirs)
    assert mine != theirs


def test_answers_are_cleared_brought_back_and_taken_to_another_browser_and_all_of_it_stays(
    built: Path, host: str, visit: Open, tmp_path: Path, shot: Callable[..., None]
) -> None:
    page = visit(at(host, QUIZ))
    ready(page)
    name, (_, asked) = downloaded(page).learner, first(built, QUIZ, page)
    choice = asked.options[0].text
    question(page).get_by_label(choice, exact=True).check()
    expect(question(page).locator(".grader-status")).to_contain_text(WORDS["saved"].partition(".")[0])
    file = tmp_path / "waiver.answers.json"
    with page.expect_download() as download:
        page.get_by_role("button", name=WORDS["download"]).click()
    download.value.save_as(file)
    panel(page).get_by_role("button", name=WORDS["clear"]).click()
    panel(page).get_by_role("button", name=WORDS["clear-yes"]).click()
    expect(question(page).get_by_label(choice, exact=True)).not_to_be_checked()
    page.reload()
    ready(page)
    expect(question(page).get_by_label(choice, exact=True)).not_to_be_checked()
    load(page, file)
    expect(question(page).get_by_label(choice, exact=True)).to_be_checked()
    page.reload()
    ready(page)
    expect(question(page).get_by_label(choice, exact=True)).to_be_checked()
    other = visit(at(host, QUIZ), profile="another")
    ready(other)
    load(other, file)
    expect(panel(other).get_by_role("group")).to_contain_text(name)
    shot(other, "site-adopt")
    panel(other).get_by_role("button", name=WORDS["adopt"]).click()
    expect(question(other).get_by_label(choice, exact=True)).to_be_checked()
    other.reload()
    ready(other)
    expect(question(other).get_by_label(choice, exact=True)).to_be_checked()
    assert downloaded(other).learner == name
    for wish in ("clear", "erase", "erase-yes"):
        panel(other).get_by_role("button", name=WORDS[wish]).click()
    expect(panel(other).get_by_role("status")).to_have_text(WORDS["erase-done"])
    other.reload()
    ready(other)
    expect(question(other).get_by_label(choice, exact=True)).not_to_be_checked()
    assert downloaded(other).items == {}
    panel(other).get_by_role("button", name=WORDS["clear"]).click()
    expect(panel(other).get_by_role("status")).to_have_text(WORDS["clear-none"])  # it would offer copies that are left


def panel(page: Any) -> Any:
    return page.get_by_role("region", name=WORDS["answers-title"])


def load(page: Any, file: Path) -> None:
    page.locator(".grader-answers input[type=file]").set_input_files(file)


def test_a_quiz_taken_on_the_site_is_collected_and_graded(
    built: Path, host: str, visit: Open, tmp_path: Path, shot: Callable[..., None]
) -> None:
    sheet, keys = Bank(REPOSITORY).quizzes()["waiver"]
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,last_name,email\nana,Ana,Lee,\nben,Ben,Day,\n", encoding="utf-8")
    folder = tmp_path / "course"
    courses.new(folder, roster, {"waiver": (sheet, keys)}, check_owner=False)
    cycle.release(folder, "waiver")
    page = visit(at(host, QUIZ))
    ready(page)
    name = downloaded(page).learner
    wrong = next(n for n, item in enumerate(sheet.items) if item.kind == "single")
    for n, (item, key) in enumerate(zip(sheet.items, keys.items, strict=True)):
        variant = item.pick(sheet.salt, name)
        given = key.of(variant.variant)
        if n == wrong:
            given = replace(given, choices={id: replace(one, right=not one.right) for id, one in given.choices.items()})
        answer(question(page, n), item.kind, variant, given)
        expect(question(page, n).locator(".grader-status")).to_contain_text(WORDS["saved"].partition(".")[0])
    with page.expect_download() as download:
        page.get_by_role("button", name=WORDS["download"]).click()
    (tmp_path / "in").mkdir()
    download.value.save_as(tmp_path / "in" / "leeana_11_22_waiver.answers.json")
    download.value.save_as(tmp_path / "in" / "dayben_12_23_waiver.answers.json")
    shot(page, "site-handed-in")
    said = command("collect", "waiver", str(tmp_path / "in"), "--course", str(folder))
    assert f"ana: answered in the same browser as ben ({name})" in said
    command("grade", "waiver", "--course", str(folder))
    with gradebook(folder) as book:
        for learner in ("ana", "ben"):
            earned = marks(book, "waiver", learner)
            for n, item in enumerate(sheet.items):
                if item.kind != "written":
                    assert earned[item.id].auto == (0 if n == wrong else item.points), item.id


def command(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "300"})
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


@pytest.mark.parametrize(
    ("width", "scheme", "forced"), [(1280, "light", "none"), (360, "dark", "none"), (360, "light", "active")]
)
@pytest.mark.parametrize(
    "name", ["", "print/quiz-waiver.html", "print/practice-duration.html", "print/quiz-final.html"]
)
def test_each_plain_page_is_open_to_everybody_and_fits_the_screen(
    host: str, visit: Open, name: str, width: int, scheme: str, forced: str
) -> None:
    looks = {"color_scheme": scheme, "forced_colors": forced}
    page = visit(f"{host}/{name}", viewport={"width": width, "height": 2400}, **looks)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_no_key_of_a_graded_quiz_is_on_the_site(built: Path, tmp_path: Path) -> None:
    """Ids of options stand in their own quiz alone, and what only a grader knows stands nowhere."""
    bank = Bank(REPOSITORY)
    graded = bank.quizzes()
    secret = {text for sheet, keys in graded.values() for text in _graders_words(keys)} - _said_in_the_open(bank)
    assert len(secret) > 100
    everything = unpacked(built, tmp_path)
    assert found(everything, {*secret, *(json.dumps(text)[1:-1] for text in secret)}) == set()
    ids = {id: f"files/quiz-{quiz}/{quiz}.ipynb" for quiz, (sheet, _) in graded.items() for id in _ids(sheet)}
    places = found(everything, set(ids))
    assert {id for _, id in places} == set(ids)
    assert {(name, id) for name, id in places if ids[id] != name} == set()
    for name in set(ids.values()):
        assert "keys" not in json.loads((built / name).read_text())["metadata"]["grader"]


def test_a_key_on_the_site_would_be_found(built: Path, tmp_path: Path) -> None:
    """The search above sees into archives and through the escapes of JSON."""
    practice, _ = Bank(REPOSITORY).build_all(Bank(REPOSITORY).practice_files)
    told = max((text for _, keys in practice.values() for text in _graders_words(keys)), key=len)
    places = found(unpacked(built, tmp_path), {told, json.dumps(told)[1:-1], "class QuestionWidget"})
    assert {name.split("/")[0] for name, _ in places} == {"files", "static"}


def _ids(sheet: Sheet) -> set[str]:
    return {
        option.id
        for item in sheet.items
        for variant in item.variants
        for option in variant.options
        if len(option.id) == 8
    }


def _graders_words(keys: KeySheet) -> Iterator[str]:
    """What a grader is told and a learner is not: reasons, model answers, rubrics, what would change the answer."""
    for item in keys.items:
        for key in item.variants:
            yield from (key.flip, *(step.says for step in key.steps), *(anchor for _, _, anchor in key.rubric))
            yield from (choice.feedback for choice in key.choices.values())
            yield key.answer if item.kind == "written" else ""


def _said_in_the_open(bank: Bank) -> set[str]:
    """What practice explains, and what the options of a quiz say themselves; short words prove nothing."""
    practice, bad = bank.build_all(bank.practice_files)
    assert bad == []
    open_words = {text for _, keys in practice.values() for text in _graders_words(keys)}
    every = {text for _, keys in bank.quizzes().values() for text in _graders_words(keys)}
    pages = "\n".join(_page_words(sheet) for sheet, _ in (*practice.values(), *bank.quizzes().values()))
    known = "\n".join([pages, *open_words, _general()])
    return {text for text in every if len(text) < 25 or text in known}


def _general() -> str:
    """What rules, beliefs and law say of any case: a browser that runs the rules holds it, and it is no key."""
    files = [
        path for part in ("rules", "misconceptions", "law") for path in (REPOSITORY / "grader" / part).rglob("*.*")
    ]
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".yaml")]
    texts += [anchor for _, _, anchor in RUBRIC]  # of every written question; where it names facts, those are a key
    return " ".join(" ".join(texts).split())


def _page_words(sheet: Sheet) -> str:
    return "\n".join(
        line.text for item in sheet.items for one in item.variants for line in (*one.story, *one.options, *one.rows)
    )


def test_the_site_holds_the_extensions_it_needs_and_no_others(built: Path) -> None:
    found = {
        path.parent.relative_to(built / "extensions").as_posix() for path in built.glob("extensions/**/package.json")
    }
    assert found == {
        "@protective-orders/learner", "anywidget", "@jupyter-widgets/jupyterlab-manager",
        "@jupyterlite/pyodide-kernel-extension",
    }  # fmt: skip
    configured = json.loads((built / "jupyter-lite.json").read_text())["jupyter-config-data"]["federated_extensions"]
    assert {one["name"] for one in configured} == found
