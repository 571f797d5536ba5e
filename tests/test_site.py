"""The learners' site: what goes into it, what never does, and what is said when it cannot be built."""

import hashlib
import html
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from grader import browser, care, disk, record, widgets
from grader.answers import BROWSER_NAME, is_browser
from grader.bank import Bank
from grader.cli import app
from grader.messages import ENGLISH, LANGUAGES, say, speaking
from grader.panel import receipt_line
from grader.reading import BadInput
from grader.record import Store
from grader.site import build as whole
from grader.site import lite, pages, parts, wheel
from grader.site.contents import Shown, gather
from grader.site.words import named
from grader.site.words import say as say_parts
from grader.webpage import digest, in_english
from grader.widgets import QuestionWidget
from tests.sample_quiz import KEYS, SHEET, WITH_ORDER
from tests.site_parts import ROOT

NEVER = (
    "bank", "quizzes", "scenarios", "reading", "gradebook", "report", "exports", "casebook", "checks", "simulate",
    "demo", "lab", "lawpages", "lawbook", "site", "cli", "explain", "notebooks", "drafts", "authoring", "mutants",
)  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel.build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Shown, ...]]:
    folder = tmp_path_factory.mktemp("contents")
    return folder, gather(Bank(ROOT), folder)


def members(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_the_wheel_holds_what_a_notebook_imports_and_its_scripts_and_styles(own: Path) -> None:
    held = set(members(own))
    for name in ("widgets", "practice", "record", "answers", "scoring", "sheet", "messages", "browser"):
        assert f"grader/{name}.py" in held
    assert {"grader/static/question.js", "grader/static/question.css"} <= held


def test_the_wheel_holds_nothing_that_authors_or_graders_use(own: Path) -> None:
    for name in members(own):
        assert not name.endswith((".yaml", ".yml", ".ipynb", ".csv", ".html"))
        assert name.split("/")[1].removesuffix(".py") not in NEVER
        assert "labextension" not in name


def test_every_module_of_the_wheel_loads_where_there_is_nothing_but_the_standard_library_and_widgets(
    own: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(own) as archive:
        archive.extractall(tmp_path)
    modules = [name[:-3].replace("/", ".").removesuffix(".__init__") for name in members(own) if name.endswith(".py")]
    forbidden = ("yaml", "pydantic", "pandas", "numpy", "nbgrader", "nbformat", "jinja2", "typer", "rich")
    code = f"""
import sys
sys.path = [entry for entry in sys.path if entry not in ("", {str(ROOT)!r})]
sys.path.insert(0, {str(tmp_path)!r})
sys.modules.update(dict.fromkeys({forbidden!r}))
import importlib
import grader
assert grader.__file__.startswith({str(tmp_path)!r})
for name in {modules!r}:
    importlib.import_module(name)
"""
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_same_content_makes_the_same_wheel_and_other_content_another_name(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = wheel.build(tmp_path)
    assert (again.name, again.read_bytes()) == (own.name, own.read_bytes())
    changed = tmp_path / "note.json"
    changed.write_text("{}")
    members_before = wheel.members()
    monkeypatch.setattr(wheel, "members", lambda: {**members_before, "grader/note.json": changed})
    assert wheel.build(tmp_path).name != own.name


def test_imports_inside_functions_count_but_never_bring_in_what_a_browser_cannot_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "grader"
    (package / "tools").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "tools" / "__init__.py").touch()
    (package / "tools" / "law.json").write_text("{}")
    (package / "tools" / "law.yaml").touch()
    (package / "widgets.py").write_text("def later():\n    from grader.tools import near\n    import grader.heavy\n")
    (package / "tools" / "near.py").write_text("import json\n")
    (package / "heavy.py").write_text("from grader import reader\n")
    (package / "reader.py").write_text("import yaml\n")
    (package / "unused.py").touch()
    monkeypatch.setattr(wheel, "PACKAGE", package)
    wheel._modules.cache_clear()
    wheel._imported.cache_clear()
    try:
        assert set(wheel.members()) == {
            "grader/__init__.py", "grader/widgets.py", "grader/tools/__init__.py", "grader/tools/near.py",
            "grader/tools/law.json",
        }  # fmt: skip
    finally:
        wheel._modules.cache_clear()
        wheel._imported.cache_clear()


def test_all_practice_sets_and_quizzes_are_there_in_the_order_of_teaching(
    shown: tuple[Path, tuple[Shown, ...]],
) -> None:
    names = [one.name for one in shown[1]]
    assert names[0] == "practice-waiver"
    assert names[-1] == "quiz-final"
    assert len([one for one in shown[1] if one.kind == "practice"]) == len(Bank(ROOT).practice_files)
    assert len([one for one in shown[1] if one.kind == "quiz"]) == len(Bank(ROOT).quiz_files)


def test_a_notebook_that_asks_nothing_is_taken_too_as_it_is(tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    for name in ("scenarios", "quizzes", "notebooks"):
        (bank / name).mkdir(parents=True)
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# What if?\n", "\n", "Change a fact."]}]
    notebook = {"cells": cells, "metadata": {"grader": {"autorun": True}}, "nbformat": 4, "nbformat_minor": 5}
    (bank / "notebooks" / "what-if.ipynb").write_text(json.dumps(notebook))
    (one,) = [one for one in gather(Bank(bank), tmp_path / "out") if one.name == "what-if"]
    assert (one.path, one.title, one.kind) == ("what-if/what-if.ipynb", "What if?", "tool")
    assert json.loads((tmp_path / "out" / one.path).read_text()) == notebook


def test_the_notebooks_say_where_answers_stay_in_a_browser(shown: tuple[Path, tuple[Shown, ...]]) -> None:
    folder, found = shown
    for one in found:
        if one.sheet:
            intro = "".join(json.loads((folder / one.path).read_text())["cells"][0]["source"])
            assert "in this browser, on this machine" in intro
            assert "beside this notebook" not in intro
            assert "Run All" not in intro


def test_quiz_notebooks_carry_no_key_and_practice_notebooks_do(shown: tuple[Path, tuple[Shown, ...]]) -> None:
    folder, found = shown
    for one in found:
        if one.sheet:
            held = json.loads((folder / one.path).read_text())["metadata"]["grader"]
            assert ("keys" in held) == (one.kind == "practice")


def test_the_first_story_stands_in_the_notebook_in_each_variant_to_be_chosen_as_the_question_is(
    shown: tuple[Path, tuple[Shown, ...]],
) -> None:
    folder, found = shown
    one = found[0]
    assert one.sheet
    first = json.loads((folder / one.path).read_text())["metadata"]["grader"]["first"]
    item = one.sheet.items[0]
    for name in ("web-bcdfghjkmn", "web-zzzzzzzzzz", "web-bbbbbbbbbb"):
        number = int.from_bytes(hashlib.sha256(f"{first['pick']}{name}".encode()).digest()[:8]) % len(first["variants"])
        question = item.pick(one.sheet.salt, name)
        assert first["variants"][number]["title"] == question.title
        assert first["variants"][number]["story"] == [line.text for line in question.story]


def test_a_story_that_waits_behind_a_button_is_not_shown_while_python_starts(
    shown: tuple[Path, tuple[Shown, ...]],
) -> None:
    folder, found = shown
    waiting = 0
    for one in (one for one in found if one.sheet):
        assert one.sheet
        first = json.loads((folder / one.path).read_text())["metadata"]["grader"]["first"]
        for variant, told in zip(one.sheet.items[0].variants, first["variants"], strict=True):
            assert bool(told["story"]) == bool(told["label"]) == variant.mild
            waiting += not variant.mild
    assert waiting


def test_the_first_page_tells_what_the_stories_of_every_variant_hold(shown: tuple[Path, tuple[Shown, ...]]) -> None:
    for one in shown[1]:
        if one.sheet:
            every = {variant.content for item in one.sheet.items for variant in item.variants if variant.content}
            assert set(one.contents) == every


def test_the_first_page_leads_to_everything_and_runs_no_script_but_its_own(
    shown: tuple[Path, tuple[Shown, ...]], tmp_path: Path
) -> None:
    pages.write(tmp_path, shown[1])
    index = (tmp_path / "index.html").read_text()
    for one in shown[1]:
        assert f'href="notebooks/index.html?path={one.path}"' in index
        if one.sheet:
            assert f'href="print/{one.name}.html"' in index
            assert (tmp_path / "print" / f"{one.name}.html").is_file()
    scripts = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    allowed = re.search(r"script-src (.*?); img-src", index)
    assert allowed
    assert html.unescape(allowed[1]).split() == [f"'{digest(one)}'" for one in scripts]
    assert len(scripts) == 2


def test_each_page_holds_the_help_in_every_language_its_style_and_its_script(
    shown: tuple[Path, tuple[Shown, ...]], tmp_path: Path
) -> None:
    pages.write(tmp_path, shown[1])
    for page in (tmp_path / "index.html", tmp_path / "print" / "quiz-waiver.html"):
        text = page.read_text()
        assert care.html_bar() in text
        assert care.style() in text
        assert f"<script>{care.script()}</script>" in text
        assert f"'{digest(care.script())}'" in html.unescape(text).partition("script-src")[2].partition("img-src")[0]


def test_a_page_to_print_holds_every_story_question_and_option(
    shown: tuple[Path, tuple[Shown, ...]], tmp_path: Path
) -> None:
    pages.write(tmp_path, shown[1])
    for one in (one for one in shown[1] if one.sheet):
        page = (
            (tmp_path / "print" / f"{one.name}.html").read_text().replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
        )
        for _, question in one.questions():
            for text in (question.stem, *(line.text for line in (*question.story, *question.options, *question.rows))):
                assert html.escape(text) in page


def test_a_page_to_print_asks_for_nothing_that_paper_cannot_do(
    shown: tuple[Path, tuple[Shown, ...]], tmp_path: Path
) -> None:
    sheet = replace(WITH_ORDER, mode="practice", intro="Each answer is explained at once. Try again as you like.")
    pages.write(tmp_path, [*shown[1], Shown("practice-x/x.ipynb", sheet.title, "practice", sheet)])
    for page in (tmp_path / "print").iterdir():
        text = page.read_text().partition("<main")[2].partition("</main>")[0]
        for word in ("the buttons", "explained at once", "try again", "Try again", "characters", "Enter a date"):
            assert word not in text, f"{page.name}: {word}"


def test_a_list_to_put_in_order_is_numbered_on_paper(tmp_path: Path) -> None:
    pages.write(tmp_path, [Shown("quiz-x/x.ipynb", "Order", "quiz", WITH_ORDER)])
    *_, order = (tmp_path / "print" / "quiz-x.html").read_text().split('<section class="question"')
    assert say("site-paper-order") in order
    assert '<ul class="options places">' in order


def test_each_word_of_ours_is_there_in_every_language_and_only_the_english_is_in_sight(
    shown: tuple[Path, tuple[Shown, ...]], tmp_path: Path
) -> None:
    pages.write(tmp_path, shown[1])
    for page in (tmp_path / "index.html", tmp_path / "print" / "quiz-waiver.html"):
        parts = re.findall(r'<span data-in="(\w+)" lang="(\w+)"( hidden)?>', page.read_text())
        assert {(said, language, bool(away)) for said, language, away in parts} == {
            ("en", "en", False),
            ("es", "es", True),
        }
        assert [said for said, *_ in parts] == ["en", "es"] * (len(parts) // 2)


def test_the_tools_have_names_in_every_language_and_an_unknown_one_keeps_its_own() -> None:
    assert named(ENGLISH["whatif-title"]) == say_parts("whatif-title")
    assert named("<Law>") == "&lt;Law&gt;"


def test_what_stands_in_a_spanish_sentence_of_ours_in_english_is_marked_and_never_run() -> None:
    told = say_parts("content", content=in_english("<b>a threat</b>"))
    assert told.endswith('<span lang="en">&lt;b&gt;a threat&lt;/b&gt;</span></span>')
    assert "<b>" not in say_parts("content", content="<b>a threat</b>")


def test_the_exercises_get_their_words_in_every_language() -> None:
    settings = lite._settings([])["jupyter-config-data"]
    for name, key in (("graderHome", "site-home"), ("graderSlow", "site-slow")):
        told = json.loads(settings[name])
        assert set(told) == set(LANGUAGES)
        assert told["en"] == ENGLISH[key] != told["es"]


def test_what_a_quiz_says_is_shown_and_never_run(tmp_path: Path) -> None:
    sheet = replace(SHEET, title="<script>alert(1)</script>", intro='"><img src=x onerror=alert(1)>')
    pages.write(tmp_path, [Shown("quiz-x/x.ipynb", sheet.title, "quiz", sheet)])
    for name in ("index.html", "print/quiz-x.html"):
        page = (tmp_path / name).read_text()
        assert "<script>alert" not in page
        assert "<img" not in page


def test_a_page_of_jupyterlite_gets_a_language_an_icon_and_a_way_out(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<html><head><title>Jupyter</title></head><body data-notebook='x'><div></div></body></html>")
    pages.mend(page)
    text = page.read_text()
    assert '<html lang="en">' in text
    assert "../favicon.svg" in text
    assert "../index.html#paper" in text
    for code in LANGUAGES:
        with speaking(code):
            assert text.count(f'<p lang="{code}">{say("site-old")} <a') == 2


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["site", *arguments], env={"COLUMNS": "300"})


def test_without_jupyterlite_the_command_says_what_to_run_and_writes_nothing(tmp_path: Path) -> None:
    done = run(str(tmp_path / "site"), "--python", str(tmp_path / "none"), "--root", str(ROOT))
    assert done.exit_code == 2
    assert "there is no environment with JupyterLite" in done.output
    assert "make site" in done.output
    assert list(tmp_path.iterdir()) == []


def test_an_environment_without_jupyterlite_is_named(tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\necho 'No module named jupyterlite_core' >&2\nexit 1\n")
    bare.chmod(0o755)
    done = run(str(tmp_path / "site"), "--python", str(bare), "--root", str(ROOT))
    assert done.exit_code == 2
    assert "JupyterLite cannot be loaded (No module named jupyterlite_core)" in done.output


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    done = run(str(tmp_path), "--root", str(ROOT))
    assert done.exit_code == 2
    assert "holds files that are no site" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


SHOP = parts.Workshop(Path(sys.executable), Path(sys.prefix), "314.0.6", "3.14")


def test_without_npm_and_network_the_problem_is_named_and_nothing_half_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadInput, match=r"npm:1: was not found. Install Node with npm"):
        parts.pyodide(SHOP, tmp_path / "keep")
    (tmp_path / "npm").write_text("#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n")
    (tmp_path / "npm").chmod(0o755)
    with pytest.raises(BadInput, match=r"npm:1: failed: npm error code ENOTFOUND Check the network"):
        parts.pyodide(SHOP, tmp_path / "keep")
    assert list((tmp_path / "keep").iterdir()) == []


def test_what_was_fetched_before_is_used_without_any_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "pyodide-314.0.6").mkdir()
    assert parts.pyodide(SHOP, tmp_path) == tmp_path / "pyodide-314.0.6"


def test_a_build_that_fails_leaves_the_older_site_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / whole.MARK).write_text("{}")

    def fail(*_: Any) -> None:
        raise parts.trouble("jupyterlite", "failed.", "")

    monkeypatch.setattr(parts, "workshop", lambda python: SHOP)
    monkeypatch.setattr(whole, "_make", fail)
    with pytest.raises(BadInput):
        whole.build(Bank(ROOT), folder, Path(sys.executable), lambda step: None)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (folder / whole.MARK).read_text() == "{}"


def test_a_new_site_takes_the_place_of_the_older_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / whole.MARK).write_text("{}")
    (folder / "gone.html").touch()

    def make(bank: Any, work: Path, *_: Any) -> tuple[Path, list[Shown]]:
        (work / "site").mkdir()
        (work / "site" / "index.html").touch()
        return work / "site", []

    monkeypatch.setattr(parts, "workshop", lambda python: SHOP)
    monkeypatch.setattr(whole, "_make", make)
    whole.build(Bank(ROOT), folder, Path(sys.executable), lambda step: None)
    assert [path.name for path in folder.iterdir()] == ["index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_python_in_a_browser_gets_the_notebook_when_storage_does_not_give_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    home.mkdir()
    here.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(here)
    (here / "quiz.ipynb").write_text("stored")
    browser.lend("quiz.ipynb", "lent")
    assert (Path("quiz.ipynb").read_text(), Path.cwd()) == ("stored", here)
    (here / "quiz.ipynb").unlink()
    browser.lend("quiz.ipynb", "lent")
    assert (Path("quiz.ipynb").read_text(), Path.cwd()) == ("lent", home)


def test_a_browser_that_stores_nothing_keeps_answers_on_the_page_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(record, "BROWSER", True)
    monkeypatch.setattr(disk, "write", full)
    practice = replace(SHEET, mode="practice")
    store = Store(tmp_path / "waiver.answers.json", practice, "ana")
    question = QuestionWidget(store, practice.item("w3"), KEYS)
    question.take(["judge"], 2, 1)
    words = say("saved-not-kept", answered=1, total=6)
    assert question.status == {"text": words, "ok": True, "n": 1}
    assert question.feedback["verdict"]
    assert store.value("w3") == ["judge"]
    assert store.receipt()["items"]["w3"]["answer"] == ["judge"]
    assert "1 of 6" in receipt_line(store)
    assert not (tmp_path / "waiver.answers.json").exists()


def test_a_browser_with_storage_keeps_practice_answers_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = replace(SHEET, mode="practice")
    question = QuestionWidget(Store(tmp_path / "waiver.answers.json", practice, "ana"), practice.item("w3"), KEYS)
    question.take(["judge"], 2, 1)
    assert question.status == {"text": "", "ok": True, "n": 1}


@pytest.fixture
def in_a_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Python as it is on the site: nobody says who is answering, and the login name is everybody's."""
    for name in ("GRADER_LEARNER", "JUPYTERHUB_USER", browser.NAME):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("USER", "web_user")
    monkeypatch.setattr(widgets, "BROWSER", True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quiz.ipynb").write_text("{}")
    browser._for_this_page.cache_clear()
    return monkeypatch


def test_on_the_site_the_learner_is_the_browser_by_the_name_the_page_keeps(in_a_browser: pytest.MonkeyPatch) -> None:
    in_a_browser.setenv(browser.NAME, "")
    browser.lend("quiz.ipynb", "{}", "web-bcdfghjkmn")
    assert widgets.learner_id() == "web-bcdfghjkmn"
    assert not widgets.is_told()


@pytest.mark.parametrize("given", ["", "web_user", "web-Ann", "../ann", "web-bcdfghjkmn\n"])
def test_without_a_name_from_the_page_python_makes_one_up_for_as_long_as_the_page_is_open(
    in_a_browser: pytest.MonkeyPatch, given: str
) -> None:
    in_a_browser.setenv(browser.NAME, "")
    browser.lend("quiz.ipynb", "{}", given)
    name = widgets.learner_id()
    assert is_browser(name)
    assert widgets.learner_id() == name
    browser._for_this_page.cache_clear()
    assert widgets.learner_id() != name


def test_the_page_and_python_make_up_names_of_one_form() -> None:
    script = (ROOT / "grader/static/labextension/static/site.js").read_text()
    assert f"/^{BROWSER_NAME.pattern}$/" in script
    assert f'"{browser.LETTERS}"' in script
