"""Opens JupyterLab the way a learner meets it: practice and quizzes in one folder, nothing else in sight."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests

from grader.bank import Bank
from grader.notebooks import practice_notebook, progress_notebook, quiz_notebook, write
from grader.reading import BadInput

QUIET = {"fetchNews": "false", "checkForUpdates": False}
FIRST = "practice-waiver/waiver.ipynb"
INSTRUCTORS_ONLY = ("formgrader", "create-assignment")


def prepare(bank: Bank, folder: Path) -> list[Path]:
    """Put what a learner opens into a folder. Answers that are there already stay."""
    folder.mkdir(parents=True, exist_ok=True)
    built, bad = bank.build_all([*bank.practice_files, *bank.quiz_files])
    if bad or bank.unreadable:
        raise BadInput([*bank.unreadable, *bad])
    written = []
    for sheet, keys in built.values():
        practice = sheet.mode == "practice"
        notebook = practice_notebook(sheet, keys) if practice else _released(quiz_notebook(sheet))
        path = folder / f"{'practice' if practice else 'quiz'}-{sheet.quiz}" / f"{sheet.quiz}.ipynb"
        path.parent.mkdir(exist_ok=True)
        write(notebook, path)
        written.append(path)
    own = (
        folder / "progress" / "progress.ipynb"
    )  # a notebook runs by itself only where no other folder stands beside it
    own.parent.mkdir(exist_ok=True)
    write(progress_notebook(), own)
    return [*written, own]


def start(folder: Path) -> None:
    """Become JupyterLab on that folder; does not come back."""
    config = folder / ".config"
    hidden = {"disabledExtensions": {f"@jupyter/nbgrader:{name}": True for name in INSTRUCTORS_ONLY}}
    _settings(config / "labconfig" / "page_config.json", hidden)
    _settings(config / "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings", QUIET)
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_PATH": str(config),
        "JUPYTERLAB_SETTINGS_DIR": str(config / "settings"),
    }
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    command.append(
        f"--LabApp.default_url=/lab/tree/{FIRST}" if (folder / FIRST).exists() else "--LabApp.default_url=/lab"
    )
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # a container has no other user
    os.chdir(folder)
    os.execve(sys.executable, command, environment)


def _settings(path: Path, content: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def _released(notebook: NotebookNode) -> NotebookNode:
    """What nbgrader hands out: the same notebook without the graders’ part of its cells."""
    released: NotebookNode = ClearHiddenTests().preprocess(notebook, {})[0]
    return released
