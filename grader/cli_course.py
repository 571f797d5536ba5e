"""The command ``grader course``: make a course, see where it stands, change it, take a quiz back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from grader.reading import BadInput, Problem, nearest
from grader.terminal import Json, Root, err, find_bank, out, print_json, reporting, visible

app = typer.Typer(help="Make and run nbgrader courses.", no_args_is_help=True)
Course = Annotated[Path, typer.Option("--course", help="The course folder. Default: the one around you.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help="How the roster is encoded. UTF-8 and UTF-16 are recognised.")
]
HERE = Path(".")
WIDEST = 60
SHORT = {"nothing": "–", "outdated": "graded, newer there", "waiting": "waits for you"}


@app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="The new course folder.", show_default=False)],
    roster: Annotated[
        Path,
        typer.Option(
            "--roster",
            help="A CSV file with the columns id, first_name, last_name, email; if you like, lms_id and login.",
        ),
    ],
    exchange: Annotated[
        Path | None, typer.Option("--exchange", help="The shared folder for handing out and in.")
    ] = None,
    db: Annotated[
        str | None, typer.Option("--db", help="The URL of a database for the gradebook. Default: a file in the course.")
    ] = None,
    encoding: Encoding = None,
    root: Root = None,
    as_json: Json = False,
) -> None:
    """Make a complete nbgrader course: settings, gradebook, roster and quizzes."""
    from grader.gradebook import course

    with reporting(as_json):
        quizzes = find_bank(root).quizzes()
        if not as_json:
            out.print(f"Making a course with {len(quizzes)} quizzes …", highlight=False)
        course.new(folder.resolve(), roster, quizzes, exchange=exchange, db=db, encoding=encoding)
        if as_json:
            print_json({"ok": True, "course": str(folder), "quizzes": sorted(quizzes)})
        else:
            out.print(f"Made {folder}. Next: cd {folder} && nbgrader release_assignment waiver", highlight=False)


@app.command("add-quiz")
def add_quiz(
    quizzes: Annotated[list[str], typer.Argument(help="Quizzes of the checkout.", show_default=False)],
    name: Annotated[
        str | None,
        typer.Option("--as", help="Another name for the one quiz, such as for a new version beside the old."),
    ] = None,
    course: Course = HERE,
    dry_run: DryRun = False,
    root: Root = None,
    as_json: Json = False,
) -> None:
    """Add quizzes to a course, or replace those that nobody has yet. What learners have is never changed."""
    with reporting(as_json):
        bank = find_bank(root).quizzes()
        unknown = [quiz for quiz in quizzes if quiz not in bank]
        if unknown:
            raise BadInput([Problem("QUIZ", 1, "", f"“{one}” is no quiz.", nearest(one, bank)) for one in unknown])
        from grader.gradebook.enrolling import add, renamed
        from grader.gradebook.making import alone

        opened = opened_course(course, as_json)
        with alone(opened.folder):
            done = [add(opened, *renamed(bank[quiz], _name(name, quizzes) or quiz), dry_run) for quiz in quizzes]
        _tell(done, as_json)


@app.command("roster")
def roster(
    file: Annotated[Path, typer.Argument(help="The new roster.", show_default=False)],
    course: Course = HERE,
    dry_run: DryRun = False,
    encoding: Encoding = None,
    as_json: Json = False,
) -> None:
    """Enter new learners and changed names. Learners who are not on the new roster stay and are named."""
    with reporting(as_json):
        from grader.gradebook.enrolling import compare, enrol
        from grader.gradebook.making import alone
        from grader.gradebook.roster import read_roster

        opened = opened_course(course, as_json)
        change = compare(opened.folder, read_roster(file, encoding))
        if not dry_run:
            with alone(opened.folder):
                enrol(opened.folder, change)
        if as_json:
            print_json({"added": change.added, "changed": change.changed, "gone": change.gone, "dry_run": dry_run})
        else:
            _tell([*_changes("New", change.added), *_changes("Changed", change.changed)] or ["Nothing changes."], False)
            _tell(list(_changes("Not on the roster any more, still in the course", change.gone)), False)


@app.command("status")
def status(
    course: Course = HERE,
    quiz: Annotated[str | None, typer.Option("--quiz", help="Only this quiz.")] = None,
    as_json: Json = False,
) -> None:
    """Show what is released, fetched, handed in, collected and graded, and which rules hold for whom."""
    with reporting(as_json):
        from grader.gradebook.health import known_quiz
        from grader.gradebook.status import status as look

        opened = opened_course(course, as_json)
        found = look(opened, known_quiz(opened.folder, quiz) if quiz else None)
        if as_json:
            print_json(found.as_json())
        else:
            out.print(_quizzes(found), _learners(found))
            _tell(list(_rules(found)), False)


@app.command("reset")
def reset(
    quiz: Annotated[str, typer.Argument(help="The quiz to take back.", show_default=False)],
    course: Course = HERE,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Take a quiz back to before its release: exchange, submissions, grades, feedback. Nothing is deleted; see undo."""
    with reporting(as_json):
        from grader.gradebook.health import known_quiz
        from grader.gradebook.making import alone
        from grader.gradebook.reset import carry_out, plan

        opened = opened_course(course, as_json)
        with alone(opened.folder):
            planned = plan(opened, known_quiz(opened.folder, quiz))
            if as_json and not (dry_run or yes):
                raise BadInput([Problem("reset", 1, "", "changes much.", "Add --dry-run to look or --yes to do it.")])
            if not as_json:
                _tell([f"Takes away from {opened.folder}:", *_counted(planned.counts())], False)
                out.print(
                    f"All of it goes to {planned.backup}. Copies that learners fetched stay with them.", soft_wrap=True
                )
            if not dry_run and (yes or typer.confirm("Take the quiz back?")):
                carry_out(opened, planned)
                _tell([f"Done. To bring it back: grader course undo {planned.backup.name}"], as_json, planned.counts())
            elif as_json:
                print_json({"dry_run": True, "backup": str(planned.backup), "takes": planned.counts()})


@app.command("undo")
def undo(
    backup: Annotated[str | None, typer.Argument(help="The name of a backup. Left out: show them.")] = None,
    course: Course = HERE,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Bring back what a reset took away."""
    with reporting(as_json):
        from grader.gradebook.making import alone
        from grader.gradebook.reset import backups_of
        from grader.gradebook.reset import undo as bring_back

        opened = opened_course(course, as_json)
        if backup is None:
            _tell(list(backups_of(opened)) or ["There are no backups."], as_json)
            return
        if backup not in (names := backups_of(opened)):
            raise BadInput([Problem("undo", 1, "", f"“{backup}” is no backup.", nearest(backup, names))])
        with alone(opened.folder):
            back = bring_back(opened, backup, dry_run)
        _tell(["Would bring back:" if dry_run else "Brought back:", *_counted(back.counts())], as_json)


@app.command("hub")
def hub(
    folder: Annotated[Path, typer.Argument(help="Where to write them, such as hub.", show_default=False)],
    instructor: Annotated[
        list[str], typer.Option("--instructor", help="The Unix account of somebody who grades. May be repeated.")
    ],
    port: Annotated[int, typer.Option("--port", help="A free port of this machine for formgrader.")] = 9999,
    course: Course = HERE,
    as_json: Json = False,
) -> None:
    """Write settings with which JupyterHub serves this course: formgrader for instructors, assignments for all."""
    with reporting(as_json):
        from grader.gradebook.hub import write_hub

        written = write_hub(opened_course(course, as_json), folder.resolve(), instructor, port)
        _tell([f"wrote {path}" for path in written], as_json)
        if not as_json:
            out.print("Read jupyterhub_config.py, then go on with docs/deploy.md.", highlight=False)


@app.command("repair")
def repair(course: Course = HERE, dry_run: DryRun = False, as_json: Json = False) -> None:
    """Put back what a half-made or half-copied course lacks and what can be made again. Nothing there is changed."""
    with reporting(as_json):
        from grader.gradebook.folder import find_course
        from grader.gradebook.health import repair as run
        from grader.gradebook.making import alone

        folder = find_course(course)
        with alone(folder):
            done = run(folder, dry_run)
            mended = () if dry_run else opened_course(folder, True).mended
        _tell([*done, *mended] or ["Nothing is missing."], as_json)


def opened_course(course: Path, quiet: bool) -> Any:
    """Open the course around a folder and say what was mended."""
    from grader.gradebook.health import open_course

    opened = open_course(course.resolve())
    for note in () if quiet else opened.mended:
        err.print(f"[yellow]{visible(note)}[/yellow]", highlight=False, soft_wrap=True)
    return opened


def _name(name: str | None, quizzes: list[str]) -> str | None:
    from grader.gradebook.roster_checks import SAFE_ID, SAFE_ID_IN_WORDS

    if name and len(quizzes) != 1:
        raise BadInput([Problem("--as", 1, "", "names one quiz, but several are given.", "Add one at a time.")])
    if name and not SAFE_ID.fullmatch(name):
        raise BadInput([Problem("--as", 1, "", f"“{name[:64]}” cannot be the name of a folder.", SAFE_ID_IN_WORDS)])
    return name


def _tell(lines: list[str], as_json: bool, more: Any = None) -> None:
    if as_json:
        print_json({"ok": True, "done": lines, **({"takes": more} if more else {})})
        return
    for line in lines:
        out.print(visible(line, lines=False), highlight=False, soft_wrap=True)


def _changes(what: str, ids: tuple[str, ...]) -> Iterator[str]:
    if ids:
        shown = ", ".join(ids[:WIDEST]) + (" …" if len(ids) > WIDEST else "")
        yield f"{what} ({len(ids)}): {shown}"


def _counted(counts: dict[str, int]) -> list[str]:
    return [f"  {count:6} {what}" for what, count in counts.items()] or ["  nothing"]


def _quizzes(found: Any) -> Table:
    table = Table(title="Quizzes")
    columns = ("quiz", "released", "learners", "fetched", "handed in", "graded", "waiting", "unmatched")
    for n, name in enumerate(columns):
        table.add_column(name, justify="left" if n < 2 else "right", no_wrap=True)
    for one in found.quizzes:
        mine = [place for place in found.places if place.quiz == one.quiz]
        counts = (
            len(mine), sum(bool(place.fetched or place.handed_in) for place in mine),
            sum(bool(place.handed_in) for place in mine),
            one.counts["graded"] + one.counts["waiting"], one.counts["waiting"], one.unmatched,
        )  # fmt: skip
        released = "not yet" if not one.released else "yes"
        table.add_row(one.quiz, f"[red]{visible(one.problem)}[/red]" if one.problem else released, *map(str, counts))
    return table


def _learners(found: Any) -> Table:
    table = Table(title="Learners")
    table.add_column("learner")
    for one in found.quizzes:
        table.add_column(one.quiz)
    rows: dict[str, dict[str, Any]] = {}
    for place in found.places:
        rows.setdefault(place.learner, {})[place.quiz] = place
    for learner, places in rows.items():
        known = all(place.on_roster for place in places.values())
        cells = [_cell(places.get(one.quiz)) for one in found.quizzes]
        table.add_row(
            visible(learner, lines=False) + ("" if known else " [yellow](not on the roster)[/yellow]"), *cells
        )
    return table


def _rules(found: Any) -> Iterator[str]:
    """The rules of each quiz, and for whom others hold."""
    for one in found.quizzes:
        due = f"due {one.due}" if one.due else "never due"
        yield f"{one.quiz}: {due}; {one.rules}."
        if one.remark:
            yield f"  {one.remark}"
        mine = [place for place in found.places if place.quiz == one.quiz]
        yield from (f"  {place.learner}: due {place.extended_until}" for place in mine if place.extended_until)
        yield from (f"  {place.learner}: excused. {place.because}".rstrip() for place in mine if place.excused)


def _cell(place: Any) -> str:
    if place is None:
        return SHORT["nothing"]
    if place.excused:
        return "excused"
    if place.state in ("graded", "waiting"):
        score = f"{place.score:g} of {place.max_score:g}"
        return score if place.state == "graded" else f"{score}, waits for you"
    return SHORT.get(place.state, str(place.state))
