"""The commands ``grader law …``: the law on file as a whole."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.progress import track
from rich.table import Table

from grader.reading import BadInput, Problem
from grader.terminal import Json, Root, err, find_bank, out, places_named, print_json, reporting

app = typer.Typer(help="Look at the law on file as a whole.", no_args_is_help=True)
OnlyLaw = Annotated[list[str] | None, typer.Option("--law", help="Only this jurisdiction; may be repeated.")]
MARKS = {"known": "●", "open": "◐", "repealed": "×", "unknown": "·"}


@app.command("matrix")
def law_matrix(
    jurisdiction: OnlyLaw = None,
    day: Annotated[str | None, typer.Option(help="On this day (2026-04-27). Default: today.")] = None,
    as_json: Json = False,
) -> None:
    """Show what every kind of order answers: known (●), open (◐), repealed (×) or unknown (·)."""
    from grader.law import jurisdictions, law
    from grader.lawbook import matrix

    with reporting(as_json):
        places = [law(name) for name in places_named(jurisdiction, jurisdictions())]
        rows = matrix(places, _day(day, "--day") if day else date.today())
        if as_json:
            print_json(rows)
            return
        for place in places:
            out.print(_matrix_table(place.label, [row for row in rows if row["jurisdiction"] == place.id]))


@app.command("diff")
def law_diff(
    first: Annotated[str, typer.Argument(help="A day, such as 2024-12-31.", show_default=False)],
    last: Annotated[str, typer.Argument(help="A later day.", show_default=False)],
    root: Root = None,
    as_json: Json = False,
) -> None:
    """List what changed in the law between two days, and the questions whose answers flip."""
    from grader.bank import laws
    from grader.lawbook import changes, flips

    with reporting(as_json):
        days = _day(first, "FIRST"), _day(last, "LAST")
        on_file, bad = laws()
        if bad:
            raise BadInput(bad)
        changed = changes(on_file.values(), *days)
        flipped = list(flips(find_bank(root).families.values(), on_file, *days))
        if as_json:
            print_json({"changes": changed, "flips": flipped})
            return
        for one in changed:
            where = f"{one['jurisdiction']} {one['order']} {one['question']}"
            out.print(
                f"{one['since']}  {where}: {one['before']} → {one['after']}  ({'; '.join(one['cites'])})",
                highlight=False,
            )
        for one in flipped:
            where = f"{one['scenario']} {one['variant']} {one['law']} {one['ask']} {one['act']}".rstrip()
            out.print(f"flips: {where}: {one['before']} → {one['after']}", highlight=False)
        out.print(f"{len(changed)} values changed, {len(flipped)} answers flip.", highlight=False)


@app.command("stale")
def law_stale(
    days: Annotated[int, typer.Option(help="Older than this many days.")] = 365,
    as_json: Json = False,
) -> None:
    """List the provisions that nobody has compared with their source for long."""
    from grader.bank import laws
    from grader.lawbook import stale

    with reporting(as_json):
        on_file, bad = laws()
        if bad:
            raise BadInput(bad)
        rows = stale(on_file.values(), date.today() - timedelta(days=days))
        if as_json:
            print_json(rows)
            return
        for row in rows:
            out.print(f"{row['checked']}  {row['jurisdiction']} {row['order']}: {row['cite']}", highlight=False)
        out.print(f"{len(rows)} provisions were last checked more than {days} days ago.", highlight=False)


@app.command("mutate")
def law_mutate(
    jurisdiction: OnlyLaw = None,
    root: Root = None,
    as_json: Json = False,
) -> None:
    """Change one value of the law at a time and list those changes that no scenario and no case notices."""
    from grader.law import jurisdictions
    from grader.mutants import examine, summary

    with reporting(as_json):
        places = places_named(jurisdiction, jurisdictions())
        bank = find_bank(root)
        results = examine(bank.stories, places)
        told = summary(track(results, "changing the law", console=err, transient=True))
        if as_json:
            print_json(told)
            return
        for one in told["not_taught"]:
            where = f"{one['jurisdiction']} {one['order']} {one['question']}"
            out.print(f"not noticed: {where} ({one['since']}): {one['change']}", highlight=False, soft_wrap=True)
        out.print(
            f"{told['noticed']} of {told['mutants']} changes are noticed by a scenario or a case.", highlight=False
        )


@app.command("pages")
def law_pages(
    folder: Annotated[Path, typer.Argument(help="Where to put the pages.")] = Path("law-pages"),
    jurisdiction: OnlyLaw = None,
    root: Root = None,
    as_json: Json = False,
) -> None:
    """Write pages on which a lawyer can check the law on file, beside the rules and stories that read it."""
    from grader.law import jurisdictions
    from grader.lawpages.site import pages, write

    with reporting(as_json):
        places = places_named(jurisdiction, jurisdictions())
        bank = find_bank(root)
        found = pages(bank.stories, places, date.today())
        told = track(found, "writing the pages", total=len(places), console=err, transient=True)
        index = write(folder, told)
        if as_json:
            print_json({"ok": True, "index": str(index), "pages": len(places)})
        else:
            out.print(f"Places written: {len(places)}. Now open {index}", highlight=False, soft_wrap=True)


def _matrix_table(place: str, rows: list[dict[str, Any]]) -> Table:
    legend = ", ".join(f"{n} {row['order']}" for n, row in enumerate(rows, 1))
    caption = f"● known  ◐ open  × repealed  · unknown\n{legend}"
    table = Table(title=place, caption=caption, caption_justify="left", box=box.SIMPLE_HEAD, padding=0)
    table.add_column("question", no_wrap=True)
    for n in range(1, len(rows) + 1):
        table.add_column(str(n), justify="center", min_width=3)
    for name in rows[0]["answers"]:
        table.add_row(name, *(MARKS[row["answers"][name]] for row in rows))
    return table


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput([Problem(field, 1, "", f"“{text}” is not a date.", "Write a date like 2026-04-27.")]) from None
