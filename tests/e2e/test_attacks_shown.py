"""What attackers wrote, as instructors and learners see it in a real browser: no script runs and no request leaves."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from grader.answers import Entry, Record
from grader.gradebook import course as courses
from grader.gradebook import cycle
from grader.notebooks import quiz_notebook
from grader.report import write as reports
from tests.e2e.conftest import _address, _environment
from tests.sample_quiz import KEYS, QUIZ, SHEET, wrong

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
TEMPLATES = Path(__file__).parents[2] / "grader" / "static" / "formgrade"
CANARY = re.compile(r"/canary|canary\.example")
RUN = "window.canary=1;document.title='canary';fetch('/canary')"
LIVE = [
    f"<script>{RUN}</script>",
    f"<img src=/canary onerror=\"{RUN}\">",
    "<img src=https://canary.example/pixel.png>",
    f"<svg onload=\"{RUN}\"><script>{RUN}</script><image href=https://canary.example/x.svg /></svg>",
    "<iframe srcdoc=\"<script>parent.canary=1</script>\"></iframe><iframe src=\"javascript:parent.canary=1\"></iframe>",
    f"<a id=bait href=\"javascript:{RUN}\">CLICK</a>",
    f"[CLICK](javascript:{RUN})",
    f"[CLICK](data:text/html,<script>{RUN}</script>)",
    "![x](attachment:x.svg) ![x](https://canary.example/p.png) ![x](/canary)",
    f"![x](data:image/svg+xml,<svg onload='{RUN}'/>)",
    f"$\\href{{javascript:{RUN}}}{{CLICK}}$ $$\\unicode{{<img src=/canary onerror={RUN}>}}$$",
    f"</textarea></code></pre></div><details open ontoggle=\"{RUN}\"><summary>x</summary></details>",
    "<style>@import url(https://canary.example/x.css); body{background:url(/canary)}</style>",
    "<link rel=stylesheet href=https://canary.example/x.css><meta http-equiv=refresh content='0;url=/canary'>",
    "<base href=https://canary.example/><form action=/canary><button autofocus onfocus=\"window.canary=1\">x</button>",
    f"<object data=\"javascript:{RUN}\"></object><embed src=/canary><video src=/canary onerror=\"{RUN}\"></video>",
    f"```\n</code></pre><script>{RUN}</script>\n```\n````\n<img src=/canary onerror=\"{RUN}\">",
    f"{{{{ '<script>{RUN}</script>' | safe }}}} <%= 1 %> ${{7*7}}",
    f"<math><mtext></mtext><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={RUN}&gt;\">",
    f"\x1b]8;;javascript:{RUN}\x07CLICK\x1b]8;;\x07 \x1b[31mred",
]  # fmt: skip
TEXT = "\n\n".join(LIVE)
FIRST = f'<img src=/canary onerror="{RUN}">'
LAST = f"<script>{RUN}</script>"
STRANGER = "<img src=x onerror='window.canary=1'>"


@dataclass(frozen=True)
class Desk:
    """A running formgrader and the course it shows."""

    url: str
    course: Path


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class in which names, ids, answers and notebooks all hold something live, graded and given feedback."""
    folder = tmp_path_factory.mktemp("shown") / "course"
    roster = folder.parent / "roster.csv"
    roster.write_text(
        "id,first_name,last_name,email\n" + f'ann,"{FIRST.replace(chr(34), chr(34) * 2)}","{LAST}",ann@example.org\n'
        "bob,Bob,Bee,bob@example.org\n",
        encoding="utf-8",
    )
    courses.new(folder, roster, {QUIZ: (SHEET, KEYS)}, check_owner=False)
    for learner in ("ann", "bob", STRANGER):
        hand_in(folder, learner)
    cycle.autograde(folder, QUIZ)
    cycle._convert(cycle.GenerateFeedback, folder, QUIZ, force=True)
    return folder


def hand_in(course: Path, learner: str) -> None:
    """Live text in every answer that is one, and in every cell, output and attachment of the notebook."""
    place = course / "submitted" / learner / QUIZ
    place.mkdir(parents=True)
    given = {item.id: TEXT if item.kind == "written" else wrong(item.id, learner) for item in SHEET.items}
    given["w3"] = [RUN, "<script>", FIRST]
    items = {
        item.id: Entry(item.pick(SHEET.salt, learner).variant, given[item.id], 3, "2026-11-20T10:00:00+00:00")
        for item in SHEET.items
    }
    record = Record(QUIZ, "1", learner, "2026-11-20T10:00:00+00:00", 1, {**items, LAST: Entry(LAST, [FIRST])})
    (place / f"{QUIZ}.answers.json").write_text(json.dumps(record.as_json()))
    notebook = quiz_notebook(SHEET)
    for cell in notebook.cells:
        cell.source = TEXT
        cell.metadata.name = FIRST
        if cell.cell_type == "code":
            data = {"text/html": TEXT, "image/svg+xml": LIVE[3], "application/javascript": RUN, "text/markdown": TEXT}
            cell.outputs = [{"output_type": "display_data", "data": data, "metadata": {}}]
        else:
            cell.attachments = {"x.svg": {"image/svg+xml": LIVE[3]}}
    (place / f"{QUIZ}.ipynb").write_text(json.dumps(notebook))


@pytest.fixture(scope="module")
def desk(course: Path) -> Iterator[Desk]:
    """formgrader as an instructor starts it: a Jupyter server in the course folder."""
    home = course.parent / "server"
    (home / "config").mkdir(parents=True)
    shared = home / "share/nbconvert/templates/formgrade"
    shared.parent.mkdir(parents=True)
    shared.symlink_to(TEMPLATES)
    options = ["--no-browser", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", "--IdentityProvider.token="]
    command = [sys.executable, "-m", "jupyter_server", *options, "--allow-root", f"--ServerApp.root_dir={course}"]
    extension = "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"
    with open(home / "server.log", "w") as log:
        server = subprocess.Popen(
            [*command, extension], env=_environment(home), cwd=course, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield Desk(_address(server, home), course)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


@pytest.fixture
def watch(open_page: Callable[..., Any]) -> Callable[[str], Any]:
    """Open a page and note what would show that something came alive: dialogs, new windows, errors, and requests."""

    def watch(url: str) -> Any:
        page = open_page(f"{url.split('/formgrader')[0]}/api" if url.startswith("http") else url)
        page.alive, page.outside = [], []
        page.on("dialog", lambda dialog: (page.alive.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: page.alive.append(str(error)))
        page.context.on("page", lambda new: page.alive.append(new.url))
        page.context.on("request", lambda one: page.alive.append(one.url) if CANARY.search(one.url) else None)
        page.goto(url)
        return page

    return watch


def tame(page: Any) -> None:
    """Click every bait, look at every link, and see that the page is as dead as it should be."""
    bait = page.get_by_role("link", name="CLICK")
    for n in range(bait.count()):
        bait.nth(n).click()
    links = page.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href') || '')")
    assert [href for href in links if not href.startswith(("http:", "https:", "/", "#"))] == []
    assert page.evaluate("window.canary === undefined && document.title !== 'canary'"), page.url
    assert page.alive == []
    assert [url for url in page.outside if url.partition("#")[0] != page.url.partition("#")[0]] == []


@pytest.mark.parametrize("live", LIVE[:3])
def test_the_watch_sees_what_is_alive(watch: Callable[[str], Any], tmp_path: Path, live: str) -> None:
    (tmp_path / "live.html").write_text(f"<p>here{live}</p>", encoding="utf-8")
    page = watch((tmp_path / "live.html").as_uri())
    expect(page.get_by_text("here")).to_be_visible()
    with pytest.raises(AssertionError):
        tame(page)


PAGES = {
    "": QUIZ,
    "gradebook": QUIZ,
    f"gradebook/{QUIZ}": QUIZ,
    f"gradebook/{QUIZ}/{QUIZ}": "Submission #3",
    f"manage_submissions/{QUIZ}": "onerror",
    "manage_students": "onerror",
    "manage_students/ann": QUIZ,
    f"manage_students/ann/{QUIZ}": QUIZ,
}


def test_no_name_comes_alive_in_the_lists_of_formgrader(desk: Desk, watch: Callable[[str], Any]) -> None:
    page = watch(f"{desk.url}/formgrader")
    for path, shown in PAGES.items():
        page.goto(f"{desk.url}/formgrader/{path}")
        expect(page.locator("tbody").last).to_contain_text(shown)
        tame(page)
    for name in page.locator("td.name a").all():
        name.hover()
    tame(page)


def test_no_answer_comes_alive_where_an_instructor_marks_it(
    desk: Desk, watch: Callable[[str], Any], shot: Callable[[Any, str], None]
) -> None:
    page = watch(f"{desk.url}/formgrader/gradebook/{QUIZ}/{QUIZ}")
    expect(page.locator("tbody").last).to_contain_text("Submission #3")
    links = set(page.locator("td.name a").evaluate_all("all => all.map(a => a.href)"))
    assert len(links) == 3
    for link in links:
        page.goto(link)
        expect(page.get_by_text("The learner wrote:")).to_be_visible()
        expect(page.locator("pre", has_text="window.canary=1").last).to_be_visible()
        expect(page.locator(".tabbable:focus")).to_have_count(1)
        shot(page, "attack-formgrader")
        tame(page)


def test_no_answer_comes_alive_in_the_feedback(course: Path, watch: Callable[[str], Any]) -> None:
    for learner in ("ann", "bob", STRANGER):
        page = watch((course / "feedback" / learner / QUIZ / f"{QUIZ}.html").as_uri())
        expect(page.get_by_text("window.canary=1").first).to_be_visible()
        tame(page)


def test_no_name_or_answer_comes_alive_in_the_report(course: Path, watch: Callable[[str], Any]) -> None:
    page = watch(reports.report(course, QUIZ, date(2026, 11, 21)).write(course / "reports" / QUIZ)[0].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    expect(page.get_by_text("onerror").first).to_be_visible()
    tame(page)
