"""The laws of the house: what may import what, and where law may stand."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.law.values import parameters

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "grader"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
BELOW = {
    "words": set(),
    "reading": set(),
    "markdown": set(),
    "webpage": set(),
    "calendar": {"words"},
    "facts": {"words"},
    "law": {"law", "words", "reading"},
    "findings": {"law"},
    "rules": {"facts", "words", "law", "calendar", "findings", "rules"},
    "sheet": set(),
    "scoring": {"sheet", "answers", "messages"},
    "diagnosis": {"scoring"},
    "cells": {"reading"},
    "telling": {"calendar", "facts", "law", "words"},
    "families": {"facts", "words"},
    "portable": {"families"},
    "pictures": {"calendar", "facts", "findings", "law", "messages", "pictures", "telling", "words"},
    "whatif": {
        "calendar",
        "facts",
        "families",
        "feedback",
        "findings",
        "law",
        "messages",
        "misconceptions",
        "pictures",
        "portable",
        "practice",
        "questions",
        "rules",
        "sheet",
        "telling",
        "whatif",
        "words",
    },
    "readings": {"families", "findings", "law", "rules"},
    "propositions": {"law", "reading", "readings", "rules", "words"},
}
ABOVE = {
    "widgets": {"cli", "practice", "progress", "explorer", "site"},
    "explorer": {"cli"},
    "notebooks": {"cli", "checks", "bank", "demo", "lab", "gradebook", "whatifbook", "site", "voila"},
    "cli": {"__main__"},
}
FREE = ("facts", "calendar", "findings", "rules", "misconceptions", "questions", "scoring", "sheet")
PURE = (
    *(*FREE, "words", "law", "telling", "families", "portable", "answers", "diagnosis", "pictures", "whatif"),
    *("disk", "record", "erasing", "handover", "origin", "page"),
)
HEAVY = ("jupyter", "nbgrader", "ipywidgets", "pandas")
AUTHORING = ("pydantic", "yaml")
BROWSER_LAW = ("grader.law", "grader.law.compiled")
NO_LAW = ("rules", "questions", "misconceptions")
STATES = (
    r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|"
    r"Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|"
    r"Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New.Hampshire|New.Jersey|New.Mexico|"
    r"New.York|North.Carolina|North.Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode.Island|South.Carolina|"
    r"South.Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|us-[a-z]{2}|"
    r"us_[a-z]{2}"
)
LAW = re.compile(
    rf"§|\bU\.S\.C|\bG\.L\.|\b(?:{STATES})\b"
    r"|\b\d+[ -](?:court[ -])?(?:hour|day|week|month|year)s?\b"
    r"|\b(?:hours|days|weeks|months|years)\s*=\s*(?![01]\b)\d"
)


def part_of(module: str) -> str:
    """The part of the package a module belongs to: grader.rules.waiver belongs to rules."""
    return module.split(".")[1] if "." in module else ""


def imported(module: str) -> Iterator[str]:
    """The parts of our package that a module imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            names = [f"grader.{part_of(module)}"]
        elif isinstance(node, ast.ImportFrom) and node.module == "grader":
            names = [f"grader.{alias.name}" for alias in node.names]
        else:
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (part_of(name) for name in names if name.split(".")[0] == "grader" and part_of(name))


def modules_of(*parts: str) -> list[str]:
    return [module for module in MODULES if part_of(module) in parts]


def test_there_is_something_to_check() -> None:
    assert set(BELOW) <= {part_of(module) for module in MODULES}
    assert "words" in set(imported("grader.facts"))
    assert len(modules_of("rules")) > 3


@pytest.mark.parametrize("module", modules_of(*BELOW))
def test_a_lower_module_imports_only_what_stands_below_it(module: str) -> None:
    assert set(imported(module)) <= BELOW[part_of(module)]


@pytest.mark.parametrize("module", MODULES)
def test_nothing_imports_the_front_end_or_the_command(module: str) -> None:
    for part in set(imported(module)) & set(ABOVE) - {part_of(module)}:
        assert part_of(module) in ABOVE[part], f"{module} imports {part}"


@pytest.mark.parametrize("module", modules_of(*PURE))
def test_what_decides_and_scores_needs_no_notebook_software(module: str) -> None:
    forbidden = HEAVY + AUTHORING if part_of(module) != "law" or module in BROWSER_LAW else HEAVY
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = [name for name in done.stdout.split() if name.partition(".")[0].startswith(forbidden)]
    assert loaded == []


def test_explaining_a_scenario_loads_neither_pages_nor_tracing() -> None:
    call = "app(['explain', 'scenarios/waiver/invited-to-dinner.yaml', '--json'], standalone_mode=False)"
    code = f"import sys; from grader.cli import app; {call}; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = set(done.stderr.split())
    assert "grader.explain" in loaded
    assert not loaded & {"jinja2", "grader.readings", "grader.lawpages", "grader.coverage", "grader.propositions"}


@pytest.mark.parametrize("module", modules_of(*NO_LAW))
def test_no_law_stands_in_code(module: str) -> None:
    lines = MODULES[module].read_text(encoding="utf-8").splitlines()
    assert [f"{n}: {line.strip()}" for n, line in enumerate(lines, 1) if LAW.search(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "# see § 7",
        'if law.id == "us-ma":',
        "# only in California",
        "# only in New York",
        "timedelta(days=10)",
        '"at most 5 years"',
        '"within 10 court days"',
        '"18 U.S.C. 922"',
    ],
)
def test_law_in_code_would_be_found(line: str) -> None:
    assert LAW.search(line)


@pytest.mark.parametrize(
    "line", ["timedelta(days=1)", "order.day", "the last day", "steps[-1]", "made_in another state"]
)
def test_plain_code_is_not_mistaken_for_law(line: str) -> None:
    assert not LAW.search(line)


def test_some_rule_puts_every_question_that_a_law_file_may_answer() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "rules").glob("*.py"))
    composed = {name for name in parameters() if name.endswith("_motion_needs_service")}
    assert [name for name in parameters() if f'"{name}"' not in code and name not in composed] == []
    assert '_motion_needs_service"' in code


def test_what_is_asked_for_by_name_fails_where_it_cannot_run_and_never_skips() -> None:
    for name in ("test_postgresql", "test_desk", "test_cluster"):
        source = (ROOT / "tests" / f"{name}.py").read_text(encoding="utf-8")
        assert not re.search(r"pytest\.(skip|importorskip|mark\.skip)", source), name
