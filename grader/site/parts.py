"""Fetches what the site is made of from elsewhere: Python for the browser (npm) and pure-Python packages (pip).

What was fetched is kept, so that a second build needs no network. Each trouble says what is missing and what to do.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from grader.reading import BadInput, Problem

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
WANTED = (
    "anywidget", "asttokens", "comm", "executing", "ipython", "ipython-pygments-lexers", "ipywidgets",
    "matplotlib-inline", "micropip", "packaging", "prompt-toolkit", "psygnal", "pure-eval", "pygments", "stack-data",
    "traitlets", "typing-extensions", "wcwidth",
)  # fmt: skip
"""All that the kernel and the widgets need in a browser. pip cannot find it out: it knows what this machine needs."""
PROBE = """
import json, sys
from importlib.metadata import version
from jupyterlite_pyodide_kernel.constants import PYODIDE_PYTHON_VERSION, PYODIDE_VERSION
import jupyterlite_core
print(json.dumps({"prefix": sys.prefix, "pyodide": PYODIDE_VERSION, "python": PYODIDE_PYTHON_VERSION}))
"""
MAKE = "Run “make site”, which sets it up."
ONLINE = "Check the network and the registry settings of {tool}, then build again. What was fetched before is kept."


@dataclass(frozen=True)
class Workshop:
    """The environment that holds JupyterLite, and the versions that go with it."""

    python: Path
    prefix: Path
    pyodide: str
    browser_python: str

    @property
    def extensions(self) -> Path:
        """Where this environment keeps extensions of JupyterLab."""
        return self.prefix / "share" / "jupyter" / "labextensions"


def workshop(python: Path) -> Workshop:
    """Look at the environment with JupyterLite in it; BadInput if it is not there or not whole."""
    if not python.exists():
        raise trouble(str(python), "there is no environment with JupyterLite.", MAKE)
    done = subprocess.run([python, "-c", PROBE], capture_output=True, text=True)
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise trouble(str(python), f"JupyterLite cannot be loaded ({why}).", f"Remove that environment. {MAKE}")
    told = json.loads(done.stdout)
    return Workshop(python, Path(told["prefix"]), told["pyodide"], told["python"])


def pyodide(shop: Workshop, keep: Path) -> Path:
    """The folder with Python for the browser, fetched with npm unless it was fetched before."""
    npm = shutil.which("npm")
    folder = keep / f"pyodide-{shop.pyodide}"
    if not folder.is_dir() and npm is None:
        raise trouble("npm", "was not found.", "Install Node with npm (Debian: apt-get install nodejs npm).")

    def fetch(into: Path) -> None:
        run([npm or "npm", "pack", "--silent", f"pyodide@{shop.pyodide}"], into, "npm")
        with tarfile.open(next(into.glob("*.tgz"))) as archive:
            for name in CORE:
                part = archive.extractfile(f"package/{name}")  # its content alone: no link, no rights
                (into / name).write_bytes(part.read() if part else b"")

    return _kept(folder, fetch)


def wheels(shop: Workshop, constraints: Path, keep: Path) -> Path:
    """The folder with the pure-Python packages, of the versions in the constraints file."""
    if not constraints.exists():
        raise trouble(str(constraints), "was not found.", "Build the site from a checkout of the course.")
    marks = [shop.pyodide, *WANTED, constraints.read_text(encoding="utf-8")]
    folder = keep / f"wheels-{sha256(chr(0).join(marks).encode()).hexdigest()[:12]}"
    target = ["--python-version", shop.browser_python, "--implementation", "cp", "--abi", "none", "--platform", "any"]
    command = [str(shop.python), "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += [
        "--no-deps",
        "--only-binary",
        ":all:",
        *target,
        "--constraint",
        str(constraints.resolve()),
        "--dest",
        ".",
        *WANTED,
    ]
    return _kept(folder, lambda into: run(command, into, "pip"))


def run(command: Sequence[str], folder: Path, tool: str) -> None:
    """Run another program quietly; BadInput with the end of what it said if it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr + done.stdout).strip().splitlines()[-3:]
        raise trouble(tool, f"failed: {' '.join(line.strip() for line in said)}", ONLINE.format(tool=tool))


def trouble(what: str, wrong: str, right: str) -> BadInput:
    """One problem with a program or a folder, in the form in which all problems are reported."""
    return BadInput([Problem(what, 1, "", wrong, right)])


def site_python(root: Path) -> Path:
    """Where “make site” puts the environment with JupyterLite."""
    return root / ".venv-site" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _kept(folder: Path, fetch: Callable[[Path], None]) -> Path:
    """A folder that is either not there or whole: filled elsewhere, then given its name."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".part-") as part:
            into = Path(part) / "in"
            into.mkdir()
            fetch(into)
            os.replace(into, folder)
    return folder
