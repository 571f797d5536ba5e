"""What tests of the learners' site share: the environment to build with, and a search through all that a site holds."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from grader.site.parts import site_python

ROOT = Path(__file__).parents[1]
SITE_PYTHON = Path(os.environ.get("GRADER_SITE_PYTHON", site_python(ROOT)))


def unpacked(site: Path, into: Path) -> Path:
    """A copy of a site in which every archive is a folder of its files."""
    copy = into / "unpacked"
    shutil.copytree(site, copy, copy_function=os.link)
    for path in [one for one in copy.rglob("*") if one.is_file() and zipfile.is_zipfile(one)]:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(path.with_name(f"{path.name}!"))
    return copy


def found(folder: Path, texts: set[str]) -> set[tuple[str, str]]:
    """Which of some texts stand in which files of a folder, whatever kind of files these are."""
    lines = folder.with_name("searched.txt")
    lines.write_text("\n".join(sorted(texts)) + "\n", encoding="utf-8")
    command = ["grep", "--recursive", "--text", "--only-matching", "--null", "--fixed-strings", f"--file={lines}", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
    assert done.returncode in (0, 1), done.stderr
    pairs = (line.split("\0", 1) for line in done.stdout.splitlines())
    return {(name.removeprefix("./"), text) for name, text in pairs}
