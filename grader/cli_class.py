"""The commands about a class: what it understood, and its scores for other gradebooks."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.reading import BadInput, Problem
from grader.terminal import Json, err, out, print_json, reporting, visible

if TYPE_CHECKING:
    from grader.exports.scores import Export
    from grader.report.gather import Class

Quiz = Annotated[str, typer.Argument(help="The name of the quiz, such as waiver.", show_default=False)]
Course = Annotated[Path, typer.Option("--course", help="The course folder. Default: the one around you.")]
Parquet = Annotated[bool, typer.Option("--parquet", help="Tables as Parquet instead of CSV (needs pyarrow).")]


class Target(StrEnum):
    """The gradebooks that scores can go to."""

    canvas = "canvas"
    moodle = "moodle"
    long = "long"


def report(
    quiz: Quiz,
    course: Course = Path(),
    folder: Annotated[
        Path | None, typer.Option("--out", help="Where to write. Default: reports/QUIZ in the course.")
    ] = None,
    share: Annotated[bool, typer.Option("--share", help="No names, and no cell of fewer than five people.")] = False,
    parquet: Parquet = False,
    satisfactory: Annotated[
        int, typer.Option("--satisfactory", min=1, max=100, help="The satisfactory level of achievement, in per cent.")
    ] = 70,
    as_json: Json = False,
) -> None:
    """Write what a class understood: scores, outcomes, questions, misconceptions, and what to teach again."""
    from grader.gradebook.folder import find_course
    from grader.report.write import report as make

    with reporting(as_json):
        root = find_course(course)
        with _reading() as step:
            made = make(root, quiz, date.today(), level=satisfactory / 100, shared=share, parquet=parquet, step=step)
        place = folder or root / "reports" / (f"{quiz}-shared" if share else quiz)
        files = [str(path) for path in made.write(place)]
        if as_json:
            unread = {"strangers": made.strangers, "unreadable": made.unreadable}
            print_json({"ok": True, "people": made.people, "roster": made.roster, **unread, "files": files})
            return
        _say(f"{made.people} of {made.roster} people handed in. Open {files[0]}")
        _people("Handed in, but not on the roster", made.strangers)
        _people("Could not be read", made.unreadable)
        _say("It holds no names and no small groups." if share else "It names people. To share it, use --share.")


def export(
    quiz: Quiz,
    to: Annotated[Target, typer.Option("--to", help="Which gradebook.", show_default=False)],
    course: Course = Path(),
    into: Annotated[
        Path | None, typer.Option("--into", help="For Canvas: the CSV file you exported from its gradebook.")
    ] = None,
    column: Annotated[
        str | None, typer.Option("--column", help="For Canvas: the column. Default: the one titled like the quiz.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--out", help="The file to write. Default: in the course.")] = None,
    unfinished: Annotated[
        bool, typer.Option("--unfinished", help="Also scores that may rise, because a text waits to be marked.")
    ] = False,
    parquet: Parquet = False,
    as_json: Json = False,
) -> None:
    """Write the scores of a quiz for Canvas or Moodle, or every answer as a long table. Says who is left out."""
    from grader.cells import put
    from grader.gradebook.folder import find_course
    from grader.report.gather import gather

    with reporting(as_json):
        _check(to, into, column, parquet)
        root = find_course(course)
        with _reading() as step:
            work = gather(root, quiz, step)
        ending = "parquet" if parquet else "csv"
        place = file or root / "reports" / f"{quiz}-{to.value}.{ending}"
        if into and place.resolve() == into.resolve():
            raise BadInput([Problem("--out", 1, "", "is the file read with --into.", "Keep that, and name another.")])
        made = _exported(to, work, into, column, unfinished, parquet)
        put(place, made.content)
        if as_json:
            print_json({"ok": True, "file": str(place), "written": made.written, "left_out": made.left_out})
            return
        what = "rows" if to is Target.long else "scores"
        _say(f"{made.written} {what} written to {place}")
        for why, who in made.left_out.items():
            _people(why[:1].upper() + why[1:], who)


@contextmanager
def _reading() -> Iterator[Callable[[], None]]:
    """Show how many submissions were read, where somebody watches."""
    numbers = count(1)
    with err.status("Reading what was handed in …") as status:
        yield lambda: status.update(f"Reading what was handed in: {next(numbers)} submissions …")


def _exported(
    to: Target, work: "Class", into: Path | None, column: str | None, unfinished: bool, parquet: bool
) -> "Export":
    from grader.exports import canvas, long, moodle
    from grader.exports.scores import Export

    if into is not None:
        return canvas.export(work, into, column, unfinished)
    if to is Target.moodle:
        return moodle.export(work, unfinished)
    table = long.table(work)
    return Export(table.parquet() if parquet else table.csv(), len(table.rows))


def _check(to: Target, into: Path | None, column: str | None, parquet: bool) -> None:
    """Say which options do not go together before anything is read."""
    if to is Target.canvas and into is None:
        right = "Export the gradebook from Canvas (Grades, Export) and name that file."
        raise BadInput([Problem("--into", 1, "", "is missing.", right)])
    if to is not Target.canvas and (into or column):
        raise BadInput([Problem("--into", 1, "", "goes with --to canvas only.", "Leave --into and --column out.")])
    if parquet and to is not Target.long:
        raise BadInput([Problem("--parquet", 1, "", "goes with --to long only.", "Leave it out.")])


def _people(what: str, who: Sequence[str]) -> None:
    if who:
        _say(f"{what} ({len(who)}): {', '.join(who)}")


def _say(text: str) -> None:
    out.print(visible(text, lines=False), highlight=False, soft_wrap=True)
