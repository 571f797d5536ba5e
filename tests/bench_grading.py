"""Measures grading: stock nbgrader, our steps inside nbgrader, and the whole class at once; and what cannot be avoided.

Each way is a command of its own, started on the same class, one after another in one run. The floor
reads and parses the same files and inserts the same rows, and does nothing else. Called by bench.py.
The class of 10,000 takes minutes and two gigabytes of disk; LARGE=1 asks for it.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from made_class import hand_in, roster

from grader.bank import Bank
from grader.gradebook import course as courses
from grader.quizzes import Built

ROOT = Path(__file__).parent.parent
QUIZ = "final"
SMALL, LARGE, LARGEST = 50, 1_000, 10_000
BATCH = 200
MEASURED = """
import os, re, runpy, sys, time
sys.argv = sys.argv[1:]
try:
    runpy.run_module(sys.argv[0], run_name="__main__")
finally:
    peak = re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]
    open("peak", "w").write(f"{peak} {time.process_time()} {os.times().user}")
"""
"""Linux hands the peak of ru_maxrss on from the program that starts another; VmHWM is the process's own."""
COPIED = ("submitted_assignment", "submitted_notebook", "grade", "comment")


def grading(bank: Bank, stock: str) -> dict[str, Any]:
    """All figures. ``stock`` is the configuration that puts nbgrader's own steps back."""
    with tempfile.TemporaryDirectory() as folder:
        courses_by_size = {size: _course(Path(folder) / str(size), bank.quizzes()[QUIZ], size) for size in _sizes()}
        small = _copies(courses_by_size[SMALL])
        config = small[0] / "nbgrader_config.py"
        config.write_text(config.read_text(encoding="utf-8") + stock, encoding="utf-8")
        executed, *_ = _run(small[0], "nbgrader", "autograde", QUIZ)
        ours, *_ = _run(small[1], "nbgrader", "autograde", QUIZ)
        bulk, *_ = _run(small[2], "grader", "grade", QUIZ)
        start = _run(small[2], "grader", "grade", QUIZ)
        begun, *_ = _run(small[2], "nbgrader", "autograde", "--help")
        figures = {
            f"{SMALL} graded by executing them": _figure(executed, "s", f"nbgrader’s own, {QUIZ}, start included"),
            f"{SMALL} graded inside nbgrader": _figure(ours, "s", "nbgrader autograde with our steps, start included"),
            f"{SMALL} graded in bulk": _figure(bulk, "s", "grader grade, start included"),
            f"{SMALL} that had not changed": _figure(start[0], "s", "grader grade once more, start included"),
            f"bulk against executing, {SMALL}": _times(executed / bulk, "wall time, start included"),
        }
        each = (executed - begun) / SMALL
        for size in _sizes()[1:]:
            figures |= _large(courses_by_size[size], size, start, each)
    return figures | growth(figures)


def growth(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The cost of one in the largest class against one in the large one; nothing where the largest was not measured."""
    ways = {
        "in bulk": "wall time; goal: at most 1.2",
        "at the floor": "wall time",
        "without the system": "our own work",
    }
    found = {}
    for way, note in ways.items():
        few, many = (figures.get(f"one of {size} {way}") for size in (LARGE, LARGEST))
        if few and many:
            times = {"value": round(many["value"] / few["value"], 2), "unit": "times", "better": "lower", "note": note}
            found[f"one of {LARGEST} against one of {LARGE}, {way}"] = times
    return found


def _large(course: Path, size: int, start: tuple[float, ...], executed: float) -> dict[str, Any]:
    wall, cpu, memory, own = _run(course, "grader", "grade", QUIZ)
    lowest, work = floor(course)
    one = (wall - start[0]) / size
    return {
        f"one of {size} in bulk": _figure(one * 1e3, "ms", "after the start"),
        f"one of {size} without the system": _figure(
            (own - start[3]) / size * 1e3, "ms", "what our program itself computes, after the start; the rest is files"
        ),
        f"one of {size} against executing": _times(executed / one, "each after its start"),
        f"one of {size} at the floor": _figure(lowest / size * 1e3, "ms", "same files parsed, same rows inserted"),
        f"one of {size} against the floor": {
            "value": round(one * size / lowest, 2),
            "unit": "times",
            "better": "lower",
            "note": f"goal: at most 5; {(cpu - start[1]) / work:.1f} by processor time",
        },
        f"memory for {size}": _figure(memory, "MB", "the most that was used at once"),
    }


def floor(course: Path) -> tuple[float, float]:
    """Wall and processor seconds to read and parse what was handed in and to insert the rows in an empty gradebook."""
    with sqlite3.connect(course / "gradebook.db") as db:
        rows = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in COPIED}
        shape = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    empty = course / "floor.db"
    empty.unlink(missing_ok=True)
    db = sqlite3.connect(empty)
    for sql in shape:
        db.execute(sql)
    db.commit()
    folders = sorted(path for path in course.glob(f"submitted/*/{QUIZ}"))
    begin, used = time.perf_counter(), time.process_time()
    for n in range(0, len(folders), BATCH):
        for folder in folders[n : n + BATCH]:
            json.loads((folder / f"{QUIZ}.answers.json").read_bytes())
            json.loads((folder / f"{QUIZ}.ipynb").read_bytes())
        for table, all_rows in rows.items():
            share = len(all_rows) // len(folders)
            some = all_rows[n * share : (n + BATCH) * share]
            db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(some[0]))})", some)
        db.commit()
    seconds = time.perf_counter() - begin, time.process_time() - used
    db.close()
    return seconds


def _sizes() -> tuple[int, ...]:
    return (SMALL, LARGE, LARGEST) if os.environ.get("LARGE") else (SMALL, LARGE)


def _course(folder: Path, built: Built, size: int) -> Path:
    folder.mkdir()
    learners = roster(folder / "roster.csv", size)
    few = folder / "few.csv"
    few.write_text("".join((folder / "roster.csv").read_text().splitlines(True)[:2]), encoding="utf-8")
    courses.new(folder / "course", few, {QUIZ: built}, check_owner=False)
    hand_in(folder / "course", built[0], learners)
    return folder / "course"


def _copies(course: Path) -> list[Path]:
    return [Path(shutil.copytree(course, course.with_name(name))) for name in ("stock", "inside", "bulk")]


def _run(folder: Path, program: str, *words: str) -> tuple[float, float, float, float]:
    """Wall seconds, processor seconds, megabytes, and processor seconds outside the system, of one command."""
    module = {"grader": "grader.cli", "nbgrader": "nbgrader"}[program]
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    env = {**os.environ, "PATH": programs, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-c", MEASURED, module, *words]
    begin = time.perf_counter()
    subprocess.run(run, cwd=folder, env=env, check=True, capture_output=True)
    wall = time.perf_counter() - begin
    peak, cpu, own = (folder / "peak").read_text().split()
    return wall, float(cpu), int(peak) / 1024, float(own)


def _figure(value: float, unit: str, note: str) -> dict[str, Any]:
    return {"value": round(value, 4), "unit": unit, "better": "lower", "note": note}


def _times(value: float, note: str) -> dict[str, Any]:
    return {"value": round(value, 2), "unit": "times faster", "better": "higher", "note": note}


if __name__ == "__main__":
    from bench import STOCK

    for name, one in grading(Bank(ROOT), STOCK).items():
        print(f"{one['value']:>12.4g} {one['unit']:<12} {name}: {one['note']}", flush=True)
    print("load", *os.getloadavg())
