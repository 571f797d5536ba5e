"""Packs what a learner's machine imports, and nothing else, into a wheel for the browser.

The wheel is found, not listed: it starts from ``DOORS`` and follows imports, also those inside functions, as long as
a module needs only the standard library and ``WIDGETS``. What reads YAML, grades or reports therefore stays out.
Beside each module that goes in, files of the kinds in ``DATA`` go in too: compiled law, translations, scripts, styles.
"""

import ast
import hashlib
import sys
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
DOORS = ("grader.widgets", "grader.browser", "grader.explorer", "grader.progress")
"""What notebooks and the learner page import, as far as it is there. Everything else follows from these."""
COMPILED_LAW = "grader.law.compiled"
"""Where law files are turned into JSON for a browser, which has no YAML."""
WIDGETS = frozenset({"anywidget", "ipywidgets", "traitlets", "IPython", "pyodide", "js"})
DATA = frozenset({".json", ".mo", ".js", ".css", ".svg"})
NOT_IMPORTED = ("static/labextension",)
NAME = "protective_orders_course"
EPOCH = (1980, 1, 1, 0, 0, 0)


def build(folder: Path) -> Path:
    """Write the wheel into a folder. The same content gives the same bytes; other content another file name."""
    content = {**{name: path.read_bytes() for name, path in sorted(members().items())}, **made()}
    digest = hashlib.sha256(b"\0".join(name.encode() + b"\0" + data for name, data in content.items())).hexdigest()
    version = f"0+{digest[:12]}"
    wheel = folder / f"{NAME}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**content, **_about(version)}.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return wheel


def members() -> dict[str, Path]:
    """Every file of the wheel by its name in it."""
    modules = learner_modules()
    files = [_modules()[module] for module in modules]
    homes = {path.parent for path in files if path.name == "__init__.py"}
    found = [*files, *(path for path in PACKAGE.rglob("*") if path.suffix in DATA and _home(path) in homes)]
    return {path.relative_to(PACKAGE.parent).as_posix(): path for path in found if _is_imported(path)}


def made() -> dict[str, bytes]:
    """Package data that lies in no file of the source and is made for the wheel."""
    if COMPILED_LAW not in _modules() or "grader.law" not in learner_modules():
        return {}
    return {"grader/law/law.json": import_module(COMPILED_LAW).on_file().encode()}


def learner_modules() -> tuple[str, ...]:
    """The modules of ours that a learner's machine may import."""
    seen: set[str] = set()
    waiting = [door for door in DOORS if door in _modules()]
    while waiting:
        module = waiting.pop()
        if module not in seen and light(module):
            seen.add(module)
            waiting += [*_parents(module), *_ours(module, deep=True)]
    return tuple(sorted(seen))


def light(module: str) -> bool:
    """Whether loading a module needs nothing but the standard library and the widgets."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            if any(name not in WIDGETS and name not in sys.stdlib_module_names for name in _others(one)):
                return False
            waiting += [*_parents(one), *_ours(one, deep=False)]
    return True


@cache
def _modules() -> Mapping[str, Path]:
    paths = sorted(PACKAGE.rglob("*.py"))
    named = {path: ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in paths}
    return {name.removesuffix(".__init__"): path for path, name in named.items()}


def _parents(module: str) -> Iterator[str]:
    while "." in module:
        module = module.rpartition(".")[0]
        yield module


def _ours(module: str, *, deep: bool) -> Iterator[str]:
    return (name for name in _imported(module, deep) if name in _modules())


def _others(module: str) -> Iterator[str]:
    tops = {name.partition(".")[0] for name in _imported(module, False)}
    return (top for top in tops if top != PACKAGE.name)


@cache
def _imported(module: str, deep: bool) -> tuple[str, ...]:
    """The names a module imports: when it is loaded, or (deep) ever."""
    tree = ast.parse(_modules()[module].read_text(encoding="utf-8"))
    found: list[str] = []
    for node in ast.walk(tree) if deep else _at_load(tree.body):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(found)


def _at_load(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when a module is loaded; what stands only for a type checker does not."""
    for node in body:
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from _at_load([*node.body, *node.orelse])
        elif isinstance(node, ast.Try | ast.With | ast.ClassDef):
            yield from _at_load(node.body)


def _home(path: Path) -> Path:
    """The package a data file belongs to."""
    return next(folder for folder in path.parents if (folder / "__init__.py").exists())


def _is_imported(path: Path) -> bool:
    return not path.relative_to(PACKAGE).as_posix().startswith(NOT_IMPORTED)


def _about(version: str) -> dict[str, bytes]:
    info = f"{NAME}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {NAME.replace('_', '-')}", f"Version: {version}"]
    lines += ["Requires-Dist: anywidget", "Requires-Dist: ipywidgets"]
    kind = ["Wheel-Version: 1.0", "Generator: grader site", "Root-Is-Purelib: true", "Tag: py3-none-any"]
    texts = {"METADATA": lines, "WHEEL": kind, "RECORD": []}
    return {f"{info}/{name}": "".join(f"{line}\n" for line in text).encode() for name, text in texts.items()}
