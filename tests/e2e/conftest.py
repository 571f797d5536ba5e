"""A real JupyterLab with the learner page, and a real browser, both with nothing but this machine to talk to."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.answers import Record, read
from grader.bank import Bank
from grader.lab import calm, prepare
from grader.messages import say
from grader.notebooks import practice_notebook, quiz_notebook, write
from grader.sheet import KeySheet, Sheet
from grader.site.build import build
from grader.site.serve import serving as site_served
from grader.voila import FIRST, command, environment, mend, voila_python
from grader.voila import prepare as prepare_voila
from tests.sample_quiz import KEYS, SHEET
from tests.site_parts import SITE_PYTHON

playwright = pytest.importorskip("playwright.sync_api")
REPOSITORY = Path(__file__).parents[2]
EXTENSION = REPOSITORY / "grader" / "static" / "labextension"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SLOW = 60_000
VOILA_PYTHON = Path(os.environ.get("GRADER_VOILA_PYTHON", voila_python(REPOSITORY)))
LEARNER = "ana"


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address and the folder it serves."""

    url: str
    root: Path

    def quiz(self, folder: str, sheet: Sheet = SHEET) -> Path:
        """Put a released quiz notebook into a folder of its own."""
        from nbgrader.preprocessors import ClearHiddenTests

        released, _ = ClearHiddenTests().preprocess(quiz_notebook(sheet), {})
        return self._put(folder, released)

    def practice(self, folder: str, sheet: Sheet = SHEET, keys: KeySheet = KEYS) -> Path:
        """Put a practice notebook into a folder of its own."""
        return self._put(folder, practice_notebook(replace(sheet, mode="practice"), keys))

    def address(self, notebook: Path, app: str = "lab") -> str:
        """Where a notebook opens: as one document in JupyterLab, or in Notebook 7."""
        path = notebook.relative_to(self.root).as_posix()
        return f"{self.url}/doc/tree/{path}?reset" if app == "lab" else f"{self.url}/notebooks/{path}"

    def _put(self, folder: str, notebook: Any) -> Path:
        path = self.root / folder / f"{SHEET.quiz}.ipynb"
        path.parent.mkdir()
        write(notebook, path)
        return path


@dataclass(frozen=True)
class Front:
    """A front end in which notebooks open. A further one needs an address, and a way to put a notebook there."""

    name: str
    lab: Lab
    open_page: Callable[..., Any]

    def quiz(self, folder: str, sheet: Sheet = SHEET) -> Path:
        """Put a quiz where this front end finds it; returns the notebook on the disk."""
        return self.lab.quiz(f"{folder}-{self.name}", sheet)

    def practice(self, folder: str, sheet: Sheet = SHEET, keys: KeySheet = KEYS) -> Path:
        """Put a practice set where this front end finds it; returns the notebook on the disk."""
        return self.lab.practice(f"{folder}-{self.name}", sheet, keys)

    def course(self) -> Path:
        """The folder with the whole course, as learners get it; made once."""
        folder = self.lab.root / "course"
        return folder if folder.exists() else prepare(Bank(REPOSITORY), folder)[0].parents[1]

    def open(self, notebook: Path, questions: int = len(SHEET.items), **options: Any) -> Any:
        """Open a notebook in a browser of its own and wait until its questions can be answered."""
        page = self.open_page(self.address(notebook), **options)
        self.ready(page, questions)
        return page

    def address(self, notebook: Path) -> str:
        """Where a notebook opens."""
        return self.lab.address(notebook, self.name)

    def record(self, notebook: Path, page: Any) -> Record | None:
        """What the answers file holds."""
        return read(notebook.with_suffix(".answers.json")).record

    def has(self, notebook: Path, page: Any) -> dict[str, Any]:
        """The answers in the answers file."""
        return _given(self.record(notebook, page))

    @staticmethod
    def ready(page: Any, questions: int = len(SHEET.items)) -> None:
        """Wait until the notebook has run itself and nothing is under way."""
        playwright.expect(page.locator(".grader-question")).to_have_count(questions)
        playwright.expect(page.locator(".grader-answers")).to_have_count(1)
        playwright.expect(page.locator(".grader-wait")).to_be_hidden()


class Voila(Front):
    """Voila: a page without menus, and one kernel for each visit. It serves the folder of one person."""

    def address(self, notebook: Path) -> str:
        """Where Voila shows a notebook. It reads it from the disk each time."""
        mend(notebook)
        return f"{self.lab.url}/voila/render/{notebook.relative_to(self.lab.root).as_posix()}"


@dataclass(frozen=True)
class Lite(Front):
    """The learners' site: a copy of it for each notebook, in the place of one that is there. Answers are downloaded."""

    site: Path
    serve: Callable[[Path], str]

    def quiz(self, folder: str, sheet: Sheet = SHEET) -> Path:
        """Put a quiz where a quiz of the site is."""
        return self._in_place(super().quiz(folder, sheet), "quiz")

    def practice(self, folder: str, sheet: Sheet = SHEET, keys: KeySheet = KEYS) -> Path:
        """Put a practice set where one of the site is."""
        return self._in_place(super().practice(folder, sheet, keys), "practice")

    def course(self) -> Path:
        """The notebooks of the site itself."""
        return self.site / "files"

    def _in_place(self, notebook: Path, mode: str) -> Path:
        copy = notebook.parent / "site"
        shutil.copytree(self.site, copy, copy_function=os.link)
        place = copy / "files" / f"{mode}-{SHEET.quiz}" / notebook.name
        place.unlink()
        notebook.rename(place)
        return place

    def address(self, notebook: Path) -> str:
        """Where the copy of the site shows the notebook."""
        return f"{self.serve(notebook.parents[2])}/notebooks/index.html?path={notebook.parent.name}/{notebook.name}"

    def record(self, notebook: Path, page: Any) -> Record | None:
        """What the answers file holds, downloaded as a learner would."""
        with page.expect_download() as download:
            page.get_by_role("button", name=say("download")).click()
        return read(download.value.path()).record

    @staticmethod
    def ready(page: Any, questions: int = len(SHEET.items)) -> None:
        """Wait until Python has started in the browser and the notebook has run itself."""
        playwright.expect(page.locator(".grader-question").first).to_be_visible(timeout=3 * SLOW)
        Front.ready(page, questions)


@pytest.fixture(params=["lab", "notebook", "voila", "lite"])
def every_front(request: pytest.FixtureRequest, open_page: Callable[..., Any]) -> Iterator[Front]:
    """Every front end in turn, the site too. Python in a browser takes its time, so few tests ask for this."""
    if request.param != "lite":
        yield _served(request, open_page)
        return
    with ExitStack() as stack:
        copies = request.getfixturevalue("tmp_path") / "copies"
        copies.mkdir()
        site = request.getfixturevalue("site")
        served = cache(lambda folder: stack.enter_context(site_served(folder)))  # one address for all windows
        yield Lite("lite", Lab("", copies), open_page, site, served)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The learners' site, built once. Without JupyterLite this fails and says what to run."""
    folder = tmp_path_factory.mktemp("site") / "course"
    build(Bank(REPOSITORY), folder, SITE_PYTHON, print)
    return folder


@pytest.fixture(params=["lab", "notebook", "voila"])
def front(request: pytest.FixtureRequest, open_page: Callable[..., Any]) -> Front:
    """Every front end with a server, in turn. One that cannot do what a test is about is left out by name."""
    return _served(request, open_page)


def _served(request: pytest.FixtureRequest, open_page: Callable[..., Any]) -> Front:
    without = request.node.get_closest_marker("without")
    if without and request.param in without.args:
        pytest.skip(str(without.kwargs["because"]))
    if request.param == "voila":
        return Voila("voila", request.getfixturevalue("voila"), open_page)
    return Front(request.param, request.getfixturevalue("lab"), open_page)


def question(page: Any, item: str) -> Any:
    """The form of one question."""
    return page.locator(f".grader-question[data-item={item}]")


def saved(page: Any, item: str, count: int, total: int = len(SHEET.items)) -> None:
    """Wait until the page says that an answer is saved."""
    status = question(page, item).locator(".grader-status")
    playwright.expect(status).to_contain_text(f"Saved. {count} of {total} answered.")


def answers(notebook: Path) -> dict[str, Any]:
    """What stands in the answers file."""
    return _given(read(notebook.with_suffix(".answers.json")).record)


def _given(record: Record | None) -> dict[str, Any]:
    return {id: entry.answer for id, entry in record.items.items()} if record else {}


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with serving(tmp_path_factory.mktemp("jupyter")) as started:
        yield started


@pytest.fixture(scope="session")
def voila(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Voila as “grader voila” starts it. Without its environment this fails and says what to run."""
    assert VOILA_PYTHON.exists(), f"{VOILA_PYTHON} is not there: run “make browser”, or set GRADER_VOILA_PYTHON"
    home = tmp_path_factory.mktemp("voila")
    (home / "work").mkdir()
    told = home / "server.log"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]  # Voila does not say which one it chose
    run = [*command(VOILA_PYTHON, home / "work", port, show=False), "--Voila.token="]
    given = environment(home / "settings", LEARNER) | {
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "IPYTHONDIR": str(home / "ipython")
    }  # fmt: skip
    with open(told, "w") as log:
        server = subprocess.Popen(run, env=given, stdout=log, stderr=log, start_new_session=True)
        try:
            yield Lab(_printed(server, told), home / "work")
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


def with_first_page(voila: Lab) -> None:
    """Put the whole course, with the page that names it, where Voila serves; once."""
    if not (voila.root / FIRST).exists():
        prepare_voila(Bank(REPOSITORY), voila.root)


def _printed(server: "subprocess.Popen[bytes]", log: Path) -> str:
    """Wait for the server to print where it listens."""
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        found = re.search(r"running at:\s+(http://\S+?)/?\s", log.read_text())
        if found:
            return str(found[1])
        time.sleep(0.2)
    raise RuntimeError(log.read_text()[-2000:])


@contextmanager
def serving(home: Path, nbgrader: str = "") -> Iterator[Lab]:
    """A JupyterLab of its own, with the settings of nbgrader that a learner's machine has."""
    root = home / "work"
    root.mkdir()
    (home / "config").mkdir()
    (home / "config/nbgrader_config.py").write_text(nbgrader)
    shutil.copytree(EXTENSION, home / "share/labextensions/@protective-orders/learner")
    with open(home / "server.log", "w") as log:
        server = subprocess.Popen(
            _command(root), env=_environment(home), stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield Lab(_address(server, home), root)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


def _command(root: Path) -> list[str]:
    options = ["--no-browser", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", "--IdentityProvider.token="]
    if os.geteuid() == 0:
        options.append("--allow-root")
    return [sys.executable, "-m", "jupyterlab", *options, f"--ServerApp.root_dir={root}"]


def _environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY),
        "GRADER_LEARNER": LEARNER,
        "JUPYTER_PATH": str(home / "share"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        **calm(home / "calm"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
    }


def _address(server: "subprocess.Popen[bytes]", home: Path) -> str:
    """Wait for the server to write down where it listens."""
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        for told in (home / "runtime").glob("jpserver-*.json"):
            try:
                return str(json.loads(told.read_text())["url"]).rstrip("/")
            except (ValueError, KeyError):
                pass  # still being written
        time.sleep(0.2)
    raise RuntimeError((home / "server.log").read_text()[-2000:])


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright.expect.set_options(timeout=SLOW)
    with playwright.sync_playwright() as started:
        yield started


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a page in a browser, with an empty profile or one that is named again; requests to other hosts are noted."""
    contexts: list[Any] = []

    def open_page(url: str, *, profile: str = "", script: str = "", flags: tuple[str, ...] = (), **options: Any) -> Any:
        given = {"viewport": {"width": 1280, "height": 2000}, **options}
        context = browser.chromium.launch_persistent_context(
            str(tmp_path / (profile or f"profile-{len(contexts)}")), executable_path=CHROMIUM, headless=True,
            args=[*FLAGS, *flags], **given,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(SLOW)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.outside = []
        home = url.split("/", 3)[2]
        context.on("request", lambda request: _note(page.outside, request.url, home))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _note(outside: list[str], url: str, home: str) -> None:
    if not url.startswith(("data:", "blob:", "chrome")) and url.split("/", 3)[2] != home:
        outside.append(url)


@pytest.fixture
def shot() -> Callable[[Any, str], None]:
    """Keep a picture of the page where SHOTS names a folder; else do nothing."""
    folder = os.environ.get("SHOTS")

    def take(page: Any, name: str) -> None:
        if folder:
            page.screenshot(path=f"{folder}/{name}.png")

    return take
