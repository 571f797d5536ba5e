"""Builds the whole site aside and puts it in place at the end: at every moment the old or the new site is whole."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.bank import Bank
from grader.site import contents, lite, pages, parts, wheel
from grader.site.contents import Shown

MARK = "site.json"
HEADERS = "/*\n  Cache-Control: no-cache\n"
"""In the form that several static hosts read: browsers shall ask whether their copy is still the newest."""
UNUSED = ("rspack.config.js", "rspack.config.analyze.js", "rspack.config.watch.js", "package.json")
CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Site:
    """What was built."""

    folder: Path
    notebooks: int
    files: int
    megabytes: float


def build(bank: Bank, folder: Path, python: Path, tell: Callable[[str], None]) -> Site:
    """Build the site into a folder, which may hold an older site; BadInput if something is missing."""
    _free(folder)
    shop = parts.workshop(python)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as aside:
        made, shown = _make(bank, Path(aside), shop, tell)
        _swap(made, folder, Path(aside) / "old")
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Site(folder, len(shown), len(files), sum(path.stat().st_size for path in files) / 1e6)


def _make(bank: Bank, work: Path, shop: parts.Workshop, tell: Callable[[str], None]) -> tuple[Path, Sequence[Shown]]:
    keep = bank.root / "build" / "site-parts"
    tell("Notebooks: building practice, quizzes and tools …")
    shown = contents.gather(bank, work / "contents")
    tell(f"Python for the browser: Pyodide {shop.pyodide} …")
    pyodide = parts.pyodide(shop, keep)
    tell("Packages for the browser …")
    wheels = parts.wheels(shop, CHECKOUT / "constraints.txt", keep)
    own = wheel.build(work)
    tell("The site: putting the parts together …")
    site = lite.build(shop, pyodide, wheels, own, work / "contents", work)
    tell("Pages: first page, pages to print …")
    _finish(site, shown)
    return site, shown


def _finish(site: Path, shown: Sequence[Shown]) -> None:
    """Add what JupyterLite does not make, and take away what nobody asks for."""
    pages.write(site, shown)
    for page in site.glob("*/index.html"):
        pages.mend(page)
    for name in UNUSED:
        (site / name).unlink(missing_ok=True)
    (site / "_headers").write_text(HEADERS, encoding="utf-8")
    (site / ".nojekyll").touch()
    mark = {"made_by": "grader site", "notebooks": [one.path for one in shown]}
    (site / MARK).write_text(json.dumps(mark, indent=1), encoding="utf-8")


def _free(folder: Path) -> None:
    """Refuse a folder that holds anything but an older site."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise parts.trouble(str(folder), "is not a folder.", "Name a new folder, or the one of an older site.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise parts.trouble(str(folder), "holds files that are no site.", "Name a new folder. Nothing was changed.")


def _swap(made: Path, folder: Path, old: Path) -> None:
    try:
        if folder.exists():
            os.replace(folder, old)
        os.replace(made, folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            shutil.move(old, folder)
        raise parts.trouble(str(folder), f"cannot be written ({error.strerror}).", "Name another folder.") from None
