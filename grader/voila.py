"""Opens the exercises on a Voila server: pages without menus and code, for one person, whose answers lie in one folder.

Voila gives all visitors of a server the same folder and asks nobody for a name. So one server is one person.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbformat.v4 import new_markdown_cell, new_notebook

from grader import care, lab
from grader.assets import STATIC
from grader.bank import Bank
from grader.notebooks import METADATA, START, write
from grader.reading import BadInput, Problem
from grader.site.words import english, every, find_help, named, say

ROOT = Path(__file__).parents[1]
FIRST = "start.ipynb"
TEMPLATE = "course"
OUR_LAB = "@protective-orders/learner"
PARTS = {"practice": "site-practice", "tool": "site-tools", "quiz": "site-quizzes"}
"""The headings of the first page, in their order."""
LEADS = {"practice": "site-practice-lead", "quiz": "site-quizzes-lead"}


def voila_python(root: Path) -> Path:
    """Where “make voila” puts the environment with Voila."""
    return root / ".venv-voila" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def prepare(bank: Bank, folder: Path) -> list[Path]:
    """Put what a learner opens into a folder, with a first page that names it. Answers that are there already stay."""
    notebooks = lab.prepare(bank, folder)
    for path in notebooks:
        mend(path)
    _write_first(folder, notebooks)
    return notebooks


def mend(notebook: Path) -> None:
    """Take out of a notebook the words about menus, which a Voila page has not, and give the page a title."""
    held = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in held["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = "".join(cell["source"]).replace(f"{START}\n\n", "").splitlines(keepends=True)
    held["metadata"]["title"] = _described(held)[1]
    notebook.write_text(f"{json.dumps(held, ensure_ascii=False, indent=1)}\n", encoding="utf-8")


def command(python: Path, folder: Path, port: int, show: bool = True) -> list[str]:
    """How to start Voila on a folder, for this machine only; who opens a page needs the token that it prints."""
    options = ["--Voila.ip=127.0.0.1", f"--Voila.port={port}"]
    return [str(python), "-m", "voila", str(folder), *options, *([] if show else ["--no-browser"])]


def environment(settings: Path, learner: str = "") -> dict[str, str]:
    """The environment in which Voila finds our page and our settings, and the kernels find the learner’s name."""
    configured = {
        "VoilaConfiguration": {
            "template": TEMPLATE,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "extension_denylist": [OUR_LAB],
            "resources": {"course": {"wait": every("page-wait")}},
        },
        "VoilaExecutor": {"timeout": 120},
        "Voila": {"auto_token": True},
    }
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "voila.json").write_text(json.dumps(configured), encoding="utf-8")
    _write_care(settings / "voila" / "templates" / TEMPLATE)
    return {
        **os.environ,
        "JUPYTER_CONFIG_PATH": str(settings),
        "JUPYTER_PATH": os.pathsep.join(filter(None, (str(settings), str(STATIC), os.environ.get("JUPYTER_PATH")))),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
        **({"GRADER_LEARNER": learner} if learner else {}),
    }


def _write_care(folder: Path) -> None:
    """Put what our page templates include beside them: the bar of care, and the way out where Python brings the bar."""
    folder.mkdir(parents=True, exist_ok=True)
    bar = f"<style>{care.style()}</style>\n{care.html_bar()}\n<script>{care.script()}</script>"
    for name, html in (("care", bar), ("leave", care.way_out())):
        (folder / f"{name}.html").write_text(f"{{% raw %}}{html}{{% endraw %}}", encoding="utf-8")


def start(python: Path, folder: Path, learner: str, port: int, show: bool) -> None:
    """Become Voila on that folder; does not come back. BadInput where Voila’s environment is missing."""
    if not python.exists():
        right = "Run “make voila” once, or name another with --python."
        raise BadInput([Problem("--python", 1, "", f"{python} is not there: no environment with Voila.", right)])
    given = environment(folder / ".config", learner)
    os.chdir(folder)
    os.execve(str(python), command(python, folder, port, show), given)


def _write_first(folder: Path, notebooks: Sequence[Path]) -> None:
    """A notebook without code that leads to the others, in every language. In JupyterLab the English is shown."""
    by_part: dict[str, list[str]] = {part: [] for part in PARTS}
    for path in notebooks:
        part, title = _described(json.loads(path.read_text(encoding="utf-8")))
        by_part[part].append(f"* [{named(title) if part == 'tool' else title}]({path.relative_to(folder).as_posix()})")
    lines = [f"# {say('site-title')}", say("site-lead")]
    for part, links in by_part.items():
        lead = [say(LEADS[part])] if part in LEADS else []
        lines += [f"## {say(PARTS[part])}", *lead, "\n".join(links)] if links else []
    lines += [f"*{say('not-advice')}*", find_help()]
    cell = new_markdown_cell("\n\n".join(line.strip() for line in lines), id="start")
    write(new_notebook(cells=[cell], metadata={**METADATA, "title": english("site-title")}), folder / FIRST)


def _described(held: dict[str, Any]) -> tuple[str, str]:
    """Under which heading a notebook stands, and what its own first heading says."""
    sheet = held["metadata"].get("grader", {}).get("sheet")
    if sheet:
        return sheet["mode"], sheet["title"]
    return "tool", "".join(held["cells"][0]["source"]).splitlines()[0].lstrip("# ")
