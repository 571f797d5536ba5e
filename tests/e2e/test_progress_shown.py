"""The progress page in a real browser: from practice to progress in JupyterLab, open to everybody."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader import progress_page
from grader.messages import say
from grader.notebooks import progress_notebook, write
from grader.progress import gather
from grader.record import Store, answers_path
from grader.sheet import Sheet
from tests.e2e.conftest import LEARNER, REPOSITORY, Lab
from tests.sample_quiz import right, wrong

pytestmark = pytest.mark.browser
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
expect = pytest.importorskip("playwright.sync_api").expect
Open = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Practice half done, a set not begun, a quiz, and an answers file that nobody can read."""
    for name in ("waiver", "duration"):
        held = REPOSITORY / f"notebooks/{name}.ipynb"
        (tmp_path / name).mkdir()
        (tmp_path / name / held.name).write_bytes(held.read_bytes())
    sheet = Sheet.from_json(
        json.loads((REPOSITORY / "notebooks/waiver.ipynb").read_text())["metadata"]["grader"]["sheet"]
    )
    store = Store(answers_path(tmp_path / "waiver/waiver.ipynb"), sheet, LEARNER)
    for item in sheet.items:
        if item.kind == "single":
            store.answer(item.id, [store.variant(item.id).options[0].id], 3)
    (tmp_path / "quiz").mkdir()
    (tmp_path / "quiz/final.ipynb").write_bytes((REPOSITORY / "quizzes/final/final.ipynb").read_bytes())
    (tmp_path / "quiz/final.answers.json").write_text("{")
    (tmp_path / "progress").mkdir()
    return tmp_path


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_progress_page_fits_every_screen_and_is_open_to_everybody(
    folder: Path, open_page: Open, shot: Callable[..., None], width: int, forced: str
) -> None:
    file = folder / "progress/page.html"
    body = progress_page.page(gather(folder / "progress", LEARNER))
    file.write_text(
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Progress</title><main><h1>Your progress</h1>{body}</main></html>"
    )
    page = open_page(f"file://{file}", viewport={"width": width, "height": 2600}, forced_colors=forced)
    shot(page, f"progress-{width}-{forced}")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    expect(page.get_by_text("final.answers.json: ")).to_be_visible()
    assert page.outside == []


def test_a_learner_practises_and_then_sees_how_far_they_are(
    lab: Lab, open_page: Open, shot: Callable[..., None]
) -> None:
    notebook = lab.practice("progress/practice") if (lab.root / "progress").mkdir() is None else None
    assert notebook is not None
    (lab.root / "progress/progress").mkdir()
    own = lab.root / "progress/progress/progress.ipynb"
    write(progress_notebook(), own)
    page = open_page(lab.address(own))
    expect(page.get_by_role("heading", name=say("progress-title"))).to_be_visible()
    run_all(page)
    shown = page.locator(".grader-progress").first
    expect(shown).to_contain_text(say("progress-empty"))
    store = Store(answers_path(notebook), Sheet.from_json(sheet_of(notebook)), LEARNER)
    store.answer("w1", wrong("w1", LEARNER), 3)
    store.answer("w3", right("w3", LEARNER), 1)
    run_all(page)
    expect(shown.get_by_role("heading", name=say("progress-again"))).to_be_visible()
    expect(shown.get_by_role("cell", name="2 of 6")).to_be_visible()
    expect(shown.get_by_role("img", name=say("progress-bars"))).to_be_visible()
    shot(page, "progress-lab")
    shown.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.locator(".grader-question").first).to_be_visible()
    assert page.outside == []


def sheet_of(notebook: Path) -> dict[str, Any]:
    return dict(json.loads(notebook.read_text())["metadata"]["grader"]["sheet"])


def run_all(page: Any) -> None:
    """Run the notebook by the menu, once Python is ready: the way that is there with and without the learner page."""
    expect(page.get_by_role("button", name="Python 3 (ipykernel) | Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
