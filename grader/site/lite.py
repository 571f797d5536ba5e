"""Turns the parts into a JupyterLite site that asks no other host for anything."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from email.parser import Parser
from hashlib import sha256
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from grader.site.parts import Workshop, run
from grader.site.words import every

EXTENSION = Path(__file__).parents[1] / "static" / "labextension"
EXTENSIONS = ("anywidget", "@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension")
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
APPS = ("notebooks", "tree")
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LEFT_OUT = frozenset({"jupyterlab-widgets", "widgetsnbextension", "pexpect", "ptyprocess", "jedi", "parso"})
"""JavaScript halves that the site has as extensions; terminals; and 5 MB that only complete code while typing."""
EMPTY = "jedi"
"""The kernel asks for a package of this name before it starts; an empty one stands in."""
AT_START = (
    "micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "ipython", EMPTY, "ipywidgets", "anywidget",
)  # fmt: skip
"""Loaded side by side while Python starts, and not one after another when a notebook imports them."""
QUIET = {
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
}
"""Autosave would leave a copy of each notebook in the browser, which hides every later correction."""


def build(shop: Workshop, pyodide: Path, wheels: Path, own: Path, contents: Path, work: Path) -> Path:
    """Build the site in a work folder, which must be empty; the folder of the site."""
    lite, out = work / "lite", work / "site"
    _pack(lite / "static" / "pyodide", shop, pyodide, wheels, own)
    name = str(parse_wheel_filename(own.name)[0])
    _write(lite / "overrides.json", QUIET)
    _write(lite / "jupyter-lite.json", _settings([*AT_START, name]))
    extensions = [str(_extension(work / "learner")), *(str(shop.extensions / name) for name in EXTENSIONS)]
    only_these = {"ignore_sys_prefix": ["federated_extensions"], "federated_extensions": extensions}
    _write(lite / "jupyter_lite_config.json", {"LiteBuildConfig": only_these})
    apps = [part for app in APPS for part in ("--apps", app)]
    options = ["--lite-dir", str(lite), "--contents", str(contents), "--output-dir", str(out), *apps]
    options += ["--no-sourcemaps", "--no-unused-shared-packages"]
    run([str(shop.python), "-m", "jupyterlite_core", "build", *options], lite, "jupyterlite")
    return out


def _extension(folder: Path) -> Path:
    """Our extension under an address of its own for each content, so that no browser runs an older copy."""
    content = b"".join(path.read_bytes() for path in sorted((EXTENSION / "static").iterdir()))
    static = f"static-{sha256(content).hexdigest()[:12]}"
    shutil.copytree(EXTENSION / "static", folder / static)
    about = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    about["jupyterlab"]["_build"]["load"] = f"{static}/remoteEntry.js"
    _write(folder / "package.json", about)
    return folder


def _settings(at_start: list[str]) -> Mapping[str, Any]:
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": at_start}}
    ours = {"graderSite": "true", "graderHome": _spoken("site-home"), "graderSlow": _spoken("site-slow")}
    ours["faviconUrl"] = "./favicon.svg"
    config = {"appName": "Protective orders", **ours, "litePluginSettings": {KERNEL: kernel}}
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}


def _spoken(key: str) -> str:
    """A sentence in every language, as text: settings of a page hold nothing else."""
    return json.dumps(every(key), ensure_ascii=False)


def _pack(folder: Path, shop: Workshop, pyodide: Path, wheels: Path, own: Path) -> None:
    """Put Python, all packages and a list that names only these into one folder."""
    folder.mkdir(parents=True)
    for name in CORE:
        shutil.copy(pyodide / name, folder)
    kernel = shop.extensions / EXTENSIONS[-1] / "static" / "pypi"
    chosen = _chosen([own, *sorted(kernel.glob("*.whl")), *sorted(wheels.glob("*.whl")), _empty(folder)])
    for wheel in chosen.values():
        if wheel.parent != folder:
            shutil.copy(wheel, folder)
    info = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    packages = {name: _entry(wheel, chosen, info["python"]) for name, wheel in sorted(chosen.items())}
    _write(folder / "pyodide-lock.json", {"info": info, "packages": packages})


def _chosen(wheels: Iterable[Path]) -> dict[str, Path]:
    """One wheel for each package, the first that is offered."""
    chosen: dict[str, Path] = {}
    for wheel in wheels:
        name = str(parse_wheel_filename(wheel.name)[0])
        if name not in LEFT_OUT or wheel.name.startswith(f"{EMPTY}-0.0."):
            chosen.setdefault(name, wheel)
    return chosen


def _empty(folder: Path) -> Path:
    wheel = folder / f"{EMPTY}-0.0.1-py3-none-any.whl"
    info = f"{EMPTY}-0.0.1.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {EMPTY}\nVersion: 0.0.1\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return wheel


def _entry(wheel: Path, known: Mapping[str, Path], python: str) -> Mapping[str, Any]:
    """What the list says about one wheel: its name, digest, top modules, and which others it needs."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        told = next(name for name in names if name.endswith(".dist-info/METADATA"))
        needs = Parser().parsestr(archive.read(told).decode()).get_all("Requires-Dist") or []
    tops = {re.sub(r"\.py$", "", name.split("/")[0]) for name in names if re.match(r"\w+(/__init__)?\.py$", name)}
    wanted = [canonicalize_name(one.name) for one in map(Requirement, needs) if _counts(one, python)]
    name, version, *_ = parse_wheel_filename(wheel.name)
    return {
        "name": str(name), "version": str(version), "file_name": wheel.name, "install_dir": "site",
        "package_type": "package", "imports": sorted(tops), "depends": [one for one in wanted if one in known],
        "unvendored_tests": False, "sha256": sha256(wheel.read_bytes()).hexdigest(),
    }  # fmt: skip


def _counts(need: Requirement, python: str) -> bool:
    browser = {"python_version": ".".join(python.split(".")[:2]), "python_full_version": python, "extra": ""}
    browser |= {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix"}
    return need.marker is None or need.marker.evaluate(browser)


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
