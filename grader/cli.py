"""The command ``grader``: few verbs for authors and instructors. Bad input ends with exit code 2."""

from pathlib import Path
from typing import Annotated, Any

import typer

from grader import (
    cli_allow,
    cli_class,
    cli_collect,
    cli_course,
    cli_feedback,
    cli_grade,
    cli_law,
    cli_rescore,
    cli_site,
    cli_voila,
    cli_whatif,
)
from grader.reading import BadInput, Problem, nearest
from grader.terminal import Json, Root, find_bank, out, places_named, print_json, print_problems, reporting

app = typer.Typer(
    help="Training on no-contact orders and restraining orders: answer keys are concluded from cited law, never typed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for allowance in (cli_allow.due, cli_allow.extend, cli_allow.excuse):
    cli_course.app.command()(allowance)
app.add_typer(cli_course.app, name="course")
app.command()(cli_collect.collect)
app.add_typer(cli_law.app, name="law")
app.command()(cli_grade.grade)
app.command()(cli_feedback.feedback)
app.command()(cli_rescore.rescore)
app.command()(cli_class.report)
app.command()(cli_class.export)
app.command()(cli_whatif.whatif)
app.command()(cli_site.site)
app.command()(cli_voila.voila)
Variant = Annotated[
    str | None, typer.Option("--variant", help="One variant, such as 0 or 1.0. Default: as first written.")
]
ScenarioFile = Annotated[Path, typer.Argument(help="A scenario file.", show_default=False)]


def main() -> None:
    """Run the command line; the entry point of the package."""
    app(prog_name="grader")


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

    with reporting(as_json):
        family = load(file)
        places = places_named(law, family.law)
        chosen = family.variants() if all_variants else [_chosen(family, variant)]
        data = explained(family, chosen, places)
        print_json(data) if as_json else out.print(shown(data))


@app.command()
def compare(file: ScenarioFile, variant: Variant = None, as_json: Json = False) -> None:
    """Show the same facts side by side under the law of every jurisdiction on file."""
    from grader.explain import compared, table
    from grader.law import jurisdictions
    from grader.scenarios import load

    with reporting(as_json):
        family = load(file)
        data = compared(family, _chosen(family, variant), jurisdictions())
        print_json(data) if as_json else out.print(table(data))


@app.command()
def casebook(
    folder: Annotated[Path, typer.Argument(help="A folder of cases: scenario files with expect:.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Replay reported decisions and compare what the rules answer with what the courts held."""
    from grader.casebook import replayed, table

    with reporting(as_json):
        data = replayed(folder)
        print_json(data) if as_json else out.print(table(data))
    if data["wrong"]:
        raise typer.Exit(1)


@app.command()
def check(root: Root = None, as_json: Json = False) -> None:
    """Say what is wrong in law files, scenarios and quizzes, and where. Nothing is changed."""
    from grader.checks import check as run

    with reporting(as_json):
        report = run(find_bank(root))
        if as_json:
            print_json(report.as_dict())
        else:
            print_problems(report.warnings, "yellow")
            print_problems(report.problems)
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
    """Build the notebooks, the schema, the guides, the pages on coverage and cases, and the files of translations."""
    from grader.catalogue import renewed
    from grader.checks import outputs

    with reporting(as_json):
        bank = find_bank(root)
        built, bad = bank.build_all([*bank.quiz_files, *bank.practice_files])
        if bad or bank.unreadable:
            raise BadInput([*bank.unreadable, *bad])
        written = []
        for path, text in outputs(bank, built).items():
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                _replace(path, text)
                written.append(path.relative_to(bank.root).as_posix())
        written += [path.relative_to(bank.root).as_posix() for path in renewed(bank.root)]
        print_json({"ok": True, "written": written}) if as_json else _tell(written)


@app.command()
def words(root: Root = None, as_json: Json = False) -> None:
    """Bring the files of translations in step with the English words, and say which words lack a translation."""
    from grader.catalogue import missing, renewed
    from grader.messages import LANGUAGES

    with reporting(as_json):
        bank = find_bank(root)
        written = [path.relative_to(bank.root).as_posix() for path in renewed(bank.root)]
        lacking = {code: missing(code) for code in LANGUAGES if code != "en"}
        if as_json:
            print_json({"ok": True, "written": written, "missing": lacking})
            return
        _tell(written)
        for code, keys in lacking.items():
            told = f"{len(keys)} to translate or to look at again: {', '.join(keys)}" if keys else "complete"
            out.print(f"{LANGUAGES[code]}: {told}.", highlight=False, markup=False)


def _tell(written: list[str]) -> None:
    for name in written:
        out.print(f"wrote {name}", highlight=False)
    out.print("Everything is up to date." if not written else f"{len(written)} files written.", highlight=False)


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to put the course. It is made anew each time.")] = Path("demo"),
    root: Root = None,
) -> None:
    """Run a whole course with eight simulated learners, from building the quizzes to feedback."""
    from grader.demo import run

    with reporting(False):
        if not run(find_bank(root), folder.resolve(), out):
            raise typer.Exit(1)


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(help="Where learners’ notebooks and answers are kept.")] = Path("build/lab"),
    root: Root = None,
) -> None:
    """Open JupyterLab on practice notebooks and quizzes as a learner sees them."""
    from grader.lab import prepare, start

    with reporting(False):
        prepare(find_bank(root), folder.resolve())
    start(folder.resolve())


def _chosen(family: Any, variant: str | None) -> Any:
    variants = {scenario.variant: scenario for scenario in family.variants()}
    if variant is not None and variant not in variants:
        right = nearest(variant, variants)
        raise BadInput([Problem("--variant", 1, "", f"“{variant}” is no variant of {family.id}.", right)])
    return variants[variant] if variant else next(iter(variants.values()))


if __name__ == "__main__":
    main()
