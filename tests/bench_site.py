"""Measures the learners' site: how large it is, and how long a learner waits on this machine.

Three visits, each in a browser that was never there before; the middle one counts. The site is served
by this machine, so the network costs nothing; both share the processors. Called by bench.py.
"""

import gzip
import importlib.util
import io
import os
import statistics
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from grader.site.serve import Quiet, serving

ROOT = Path(__file__).parent.parent
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGE = "notebooks/index.html?path=practice-waiver/waiver.ipynb"
VISITS = 3
PATIENCE = 180_000
FACTS, QUESTION = 4, 10
"""What a learner may have to wait, in seconds: until there is something to read, until there is something to do."""
MB = 1e6


def site(folder: Path = ROOT / "build" / "site") -> dict[str, Any]:
    """All figures; none, and a line that says why, where there is no site or no browser."""
    missing = [
        (not (folder / "site.json").exists(), f"no site in {folder}: run make site"),
        (not CHROMIUM.exists(), f"no browser at {CHROMIUM}: install Debian’s chromium"),
        (importlib.util.find_spec("playwright") is None, "no Playwright: run make dev"),
    ]
    for is_missing, why in missing:
        if is_missing:
            print(f"The learners’ site was not measured: {why}.", file=sys.stderr)
            return {}
    return {**sizes(folder), **waits(folder)}


def sizes(folder: Path) -> dict[str, Any]:
    """The whole site, as files and packed."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.add(folder, arcname="site")
    note = f"{len(files)} files"
    return {
        "site on disk": figure(sum(path.stat().st_size for path in files) / MB, "MB", note),
        "site packed": figure(len(packed.getvalue()) / MB, "MB", f"{note}, tar.gz"),
    }


def waits(folder: Path) -> dict[str, Any]:
    """What a learner waits for, and what has to travel."""
    from playwright.sync_api import sync_playwright

    load = os.getloadavg()[0]
    with serving(folder, answers=Counting) as address, sync_playwright() as started:
        visits = [visit(started, address) for _ in range(VISITS)]
    middle = {name: statistics.median(one[name] for one in visits) for name in visits[0]}
    sent = [folder / path for status, path in Counting.asked if status == HTTPStatus.OK and (folder / path).is_file()]
    where = f"middle of {VISITS} first visits by this machine, {os.cpu_count()} cores, load {load:.1f} at the start"
    return {
        "site, requests of a first visit": figure(len(Counting.asked), "requests", "that reach the host"),
        "site, first visit": figure(sum(path.stat().st_size for path in sent) / MB, "MB", "as it lies on the disk"),
        "site, first visit packed": figure(sum(map(_packed, sent)) / MB, "MB", "where the host compresses (gzip)"),
        "site, facts readable": figure(middle["facts"], "s", f"at most {FACTS} wanted; {where}"),
        "site, first question usable": figure(middle["question"], "s", f"at most {QUESTION} wanted; {where}"),
        "site, question after a reload": figure(middle["reload"], "s", "Python starts again"),
        "site, click to feedback": figure(middle["feedback"], "s", "through Python in the browser, and saved"),
    }


class Counting(Quiet):
    """Notes what was asked of the host since the visit began."""

    asked: ClassVar[list[tuple[int, str]]] = []

    def send_response(self, code: int, message: str | None = None) -> None:
        """Answer, and note with what."""
        self.asked.append((code, urlsplit(self.path).path.strip("/") or "index.html"))
        super().send_response(code, message)


def visit(started: Any, address: str) -> dict[str, float]:
    """One learner who was never here: reads, answers, comes back. Seconds for each."""
    with tempfile.TemporaryDirectory() as profile:
        context = started.chromium.launch_persistent_context(
            profile, executable_path=str(CHROMIUM), headless=True, args=FLAGS
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        Counting.asked.clear()
        start = time.perf_counter()
        page.goto(f"{address}/{PAGE}", wait_until="commit")
        times = {"facts": after(start, lambda: page.locator(".grader-first").wait_for())}
        question = page.locator(".grader-question").first
        times["question"] = after(start, lambda: question.get_by_role("radio").first.check())
        counted = list(Counting.asked)
        pressed = time.perf_counter()
        question.get_by_role("button", name="Check my answer").click()
        times["feedback"] = after(pressed, lambda: question.locator(".grader-verdict").wait_for())
        again = time.perf_counter()
        page.reload(wait_until="commit")
        page.locator(".grader-wait").wait_for()
        times["reload"] = after(again, lambda: question.get_by_role("radio").first.wait_for())
        context.close()
        Counting.asked[:] = counted
    return times


def after(start: float, job: Callable[[], Any]) -> float:
    job()
    return time.perf_counter() - start


@cache
def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def figure(value: float, unit: str, note: str) -> dict[str, Any]:
    return {"value": round(value, 2), "unit": unit, "better": "lower", "note": note}


if __name__ == "__main__":
    for name, one in site().items():
        print(f"{one['value']:>12.4g} {one['unit']:<12} {name}: {one['note']}")
