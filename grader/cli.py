"""The command ``grader``: few verbs for authors and instructors. Bad input ends with exit code 2."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from grader.bank import Bank, find_root
from grader.reading import BadInput, Problem, nearest

app = typer.Typer(
    help="Training on no-contact orders and restraining orders: answer keys are concluded from cited law, never typed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
course_app = typer.Typer(help="Make and run nbgrader courses.", no_args_is_help=True)
app.add_typer(course_app, name="course")
out, err = Console(), Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Print plain data instead of text.")]
Root = Annotated[
    Path | None, typer.Option("--root", help="The checkout with scenarios/ and quizzes/. Default: the one around you.")
]
Variant = Annotated[
    str | None, typer.Option("--variant", help="One variant, such as 0 or 1.0. Default: as first written.")
]
ScenarioFile = Annotated[Path, typer.Argument(help="A scenario file.", show_default=False)]


def main() -> None:
    """Run the command line; the entry point of the package."""
    app(prog_name="grader")


@contextmanager
def _reporting(as_json: bool) -> Iterator[None]:
    """Turn bad input into a report and exit code 2."""
    try:
        yield
    except BadInput as bad:
        if as_json:
            print(
                json.dumps({"ok": False, "problems": [p.as_dict() for p in bad.problems]}, indent=1, ensure_ascii=False)
            )
        else:
            _print_problems(bad.problems)
        raise typer.Exit(2) from None


def _print_problems(problems: tuple[Problem, ...] | list[Problem], style: str = "red") -> None:
    for problem in problems:
        err.print(f"[{style}]{escape(str(problem))}[/{style}]", highlight=False, soft_wrap=True)


def _print_json(data: Any) -> None:
    print(json.dumps(data, indent=1, ensure_ascii=False))


def _bank(root: Path | None) -> Bank:
    return Bank(root.resolve() if root else find_root(Path.cwd()))


@app.command()
def explain(
    file: ScenarioFile,
    law: Annotated[list[str] | None, typer.Option("--law", help="Only this jurisdiction; may be repeated.")] = None,
    variant: Variant = None,
    all_variants: Annotated[bool, typer.Option("--all", help="Every variant, one after another.")] = False,
    as_json: Json = False,
) -> None:
    """Show a scenario: its story, each question, the finding with its reasons, and the wrong options."""
    from grader.explain import explained, shown
    from grader.scenarios import load

    with _reporting(as_json):
        family = load(file)
        places = _places(law, family.law)
        chosen = family.variants() if all_variants else [_chosen(family, variant)]
        data = explained(family, chosen, places)
        _print_json(data) if as_json else out.print(shown(data))


@app.command()
def compare(file: ScenarioFile, variant: Variant = None, as_json: Json = False) -> None:
    """Show the same facts side by side under the law of every jurisdiction on file."""
    from grader.explain import compared, table
    from grader.law import jurisdictions
    from grader.scenarios import load

    with _reporting(as_json):
        family = load(file)
        data = compared(family, _chosen(family, variant), jurisdictions())
        _print_json(data) if as_json else out.print(table(data))


@app.command()
def casebook(
    folder: Annotated[Path, typer.Argument(help="A folder of cases: scenario files with expect:.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Replay reported decisions and compare what the rules answer with what the courts held."""
    from grader.casebook import replayed, table

    with _reporting(as_json):
        data = replayed(folder)
        _print_json(data) if as_json else out.print(table(data))
    if data["wrong"]:
        raise typer.Exit(1)


@app.command()
def check(root: Root = None, as_json: Json = False) -> None:
    """Say what is wrong in law files, scenarios and quizzes, and where. Nothing is changed."""
    from grader.checks import check as run

    with _reporting(as_json):
        report = run(_bank(root))
        if as_json:
            _print_json(report.as_dict())
        else:
            _print_problems(report.warnings, "yellow")
            _print_problems(report.problems)
            counts = ", ".join(f"{count} {name}" for name, count in report.counts.items())
            out.print(
                f"{counts}. {len(report.problems)} problems, {len(report.warnings)} warnings.",
                highlight=False,
                soft_wrap=True,
            )
        if report.problems:
            raise typer.Exit(2)


@app.command()
def build(root: Root = None, as_json: Json = False) -> None:
    """Build the quiz and practice notebooks, the JSON Schema and the authors’ guide from their sources."""
    from grader.checks import outputs

    with _reporting(as_json):
        bank = _bank(root)
        built, bad = bank.build_all([*bank.quiz_files, *bank.practice_files])
        if bad or bank.unreadable:
            raise BadInput([*bank.unreadable, *bad])
        written = []
        for path, text in outputs(bank, built).items():
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                _replace(path, text)
                written.append(path.relative_to(bank.root).as_posix())
        _print_json({"ok": True, "written": written}) if as_json else _tell(written)


def _tell(written: list[str]) -> None:
    for name in written:
        out.print(f"wrote {name}", highlight=False)
    out.print("Everything is up to date." if not written else f"{len(written)} files written.", highlight=False)


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


@course_app.command("new")
def course_new(
    folder: Annotated[Path, typer.Argument(help="The new course folder.", show_default=False)],
    roster: Annotated[
        Path, typer.Option("--roster", help="A CSV file with the columns id, first_name, last_name, email.")
    ],
    exchange: Annotated[
        Path | None, typer.Option("--exchange", help="The shared folder for handing out and in.")
    ] = None,
    root: Root = None,
    as_json: Json = False,
) -> None:
    """Make a complete nbgrader course: settings, gradebook, roster and quizzes."""
    from grader.gradebook import course

    with _reporting(as_json):
        quizzes = _bank(root).quizzes()
        if not as_json:
            out.print(f"Making a course with {len(quizzes)} quizzes …", highlight=False)
        course.new(folder.resolve(), roster, quizzes, exchange=exchange)
        if as_json:
            _print_json({"ok": True, "course": str(folder), "quizzes": sorted(quizzes)})
        else:
            out.print(f"Made {folder}. Next: cd {folder} && nbgrader release_assignment waiver", highlight=False)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to put the course. It is made anew each time.")] = Path("demo"),
    root: Root = None,
) -> None:
    """Run a whole course with eight simulated learners, from building the quizzes to feedback."""
    from grader.demo import run

    with _reporting(False):
        if not run(_bank(root), folder.resolve(), out):
            raise typer.Exit(1)


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(help="Where learners’ notebooks and answers are kept.")] = Path("build/lab"),
    root: Root = None,
) -> None:
    """Open JupyterLab on practice notebooks and quizzes as a learner sees them."""
    from grader.lab import prepare, start

    with _reporting(False):
        prepare(_bank(root), folder.resolve())
    start(folder.resolve())


def _places(asked: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    from grader.law import jurisdictions

    for name in asked or ():
        if name not in jurisdictions():
            right = nearest(name, jurisdictions())
            raise BadInput([Problem("--law", 1, "", f"“{name}” is no jurisdiction on file.", right)])
    return tuple(asked) if asked else known


def _chosen(family: Any, variant: str | None) -> Any:
    variants = {scenario.variant: scenario for scenario in family.variants()}
    if variant is not None and variant not in variants:
        right = nearest(variant, variants)
        raise BadInput([Problem("--variant", 1, "", f"“{variant}” is no variant of {family.id}.", right)])
    return variants[variant] if variant else next(iter(variants.values()))


if __name__ == "__main__":
    main()
