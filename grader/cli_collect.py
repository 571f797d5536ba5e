"""The command ``grader collect``: take in what learners handed in, wherever it comes from."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from grader.cli_course import HERE, WIDEST, Course, DryRun, opened_course
from grader.reading import BadInput, Problem
from grader.terminal import Json, err, out, print_json, reporting, visible

EXCHANGE = "exchange"


def collect(
    quiz: Annotated[str, typer.Argument(help="The quiz.", show_default=False)],
    source: Annotated[
        str,
        typer.Argument(metavar="FROM", help="A folder, a zip file, one file, or the word exchange for nbgrader’s own."),
    ] = EXCHANGE,
    course: Course = HERE,
    received: Annotated[
        str | None,
        typer.Option(
            "--received", help="When the files came, such as 2026-11-20T18:00. Default: the time of each file."
        ),
    ] = None,
    accept_logins: Annotated[
        bool, typer.Option("--accept-logins", help="Note unknown logins found inside files as their learners’ own.")
    ] = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Collect what learners handed in: from the exchange, or from files of a learning platform or e-mail.

    Names are mapped by the roster. What fits nobody, or two, is copied to the folder “unmatched” with
    a list. The later work of a learner counts, earlier work is kept. Nothing in FROM is changed.
    """
    with reporting(as_json):
        from grader.gradebook.health import known_quiz
        from grader.gradebook.making import alone

        opened = opened_course(course, as_json)
        known_quiz(opened.folder, quiz)
        with alone(opened.folder), _progress(as_json) as progress:
            task = progress.add_task("", total=None)

            def step(what: str) -> None:
                progress.update(task, description=visible(what[-60:]), advance=1)

            if source == EXCHANGE:
                report = _from_exchange(opened, quiz, dry_run)
            else:
                report = _from_files(opened, quiz, Path(source), _moment(received), accept_logins, dry_run, step)
        report["missing"] = _missing(opened.folder, quiz, report)
        print_json({"ok": True, "dry_run": dry_run, **report}) if as_json else _tell(report, dry_run)


def _from_exchange(opened: Any, quiz: str, dry_run: bool) -> dict[str, Any]:
    from grader.gradebook.inbound import from_exchange

    handed, warnings = from_exchange(opened, quiz, dry_run)
    rows = [one.as_json() for one in handed]
    return {"quiz": quiz, "collected": rows, "unmatched": [], "warnings": list(warnings)}


def _from_files(
    opened: Any,
    quiz: str,
    path: Path,
    received: datetime | None,
    accept: bool,
    dry_run: bool,
    step: Callable[[str], None],
) -> dict[str, Any]:
    from grader.gradebook.choosing import choose
    from grader.gradebook.collecting import carry_out, plan
    from grader.gradebook.database import connected
    from grader.gradebook.enrolling import accept_logins
    from grader.gradebook.pieces import Reader, wanted
    from grader.gradebook.roster import on_roster
    from grader.gradebook.settings import load
    from grader.gradebook.sources import Source

    files = Source(path, wanted)

    def planned() -> Any:
        reader = Reader(_sheet(opened.folder, quiz), on_roster(opened.folder), received)
        return plan(opened.folder, reader, files, step, keep=not dry_run)

    now, added = planned(), []
    if accept:
        logins = {row["learner"]: row["logins"] for row in now.as_json()["collected"] if row["logins"]}
        added = [f"Noted as a login of {one}" for one in accept_logins(opened.folder, logins, dry_run)]
        now = planned() if added else now  # with the logins known, other files may count
    report = {**now.as_json(), "warnings": added}
    if not dry_run:
        carry_out(now, step)
        with connected(opened.db_url) as db:
            choose(opened.folder, load(opened.folder), quiz, db)
    return report


def _sheet(course: Path, quiz: str) -> Any:
    from grader.gradebook.folder import NoKey, open_quiz

    try:
        return open_quiz(course, quiz)[0]
    except NoKey as error:
        right = f"Run “grader course add-quiz {quiz}” or “grader course repair”."
        raise BadInput([Problem(str(course), 1, "", str(error), right)]) from None


def _missing(course: Path, quiz: str, report: dict[str, Any]) -> list[str]:
    """The learners of whom nothing has come."""
    from grader.gradebook.collecting import folder_in
    from grader.gradebook.roster import on_roster

    here = {row["learner"] for row in report["collected"]}
    return [id for id in on_roster(course) if id not in here and not folder_in(course, id, quiz).is_dir()]


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        right = "Write it like 2026-11-20T18:00, or 2026-11-20T18:00-05:00 with the time zone."
        raise BadInput([Problem("--received", 1, "", f"“{text[:40]}” is no time.", right)]) from None


def _progress(quiet: bool) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f}  {task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=err, transient=True, disable=quiet or not err.is_terminal)


def _tell(report: dict[str, Any], dry_run: bool) -> None:
    rows = report["collected"]
    if dry_run:
        _line("Nothing is changed. This would happen:")
    for row in rows:
        if row["what"] != "unchanged" or row["remarks"]:
            _line(f"{row['what']:16} {row['learner']}  {', '.join(row['files'] or row['earlier'])}")
        for remark in row["remarks"]:
            _line(f"{'':16} {row['learner']}: {remark}", "yellow")
    for one in report["unmatched"]:
        _line(f"{'unmatched':16} {one['file']} {one['why']}", "yellow")
    for warning in report["warnings"]:
        _line(warning, "yellow")
    kinds = ("collected", "replaced", "kept as earlier", "unchanged")
    counts = [f"{sum(row['what'] == kind for row in rows)} {kind}" for kind in kinds]
    _line(f"{', '.join(counts)}, {len(report['unmatched'])} unmatched.")
    if report["missing"]:
        _line(f"Nothing yet from {len(report['missing'])} learners: {', '.join(report['missing'][:WIDEST])}")
    if report["unmatched"] and not dry_run:
        _line(f"Unmatched files and the list of them are in unmatched/{report['quiz']}.")


def _line(text: str, style: str = "") -> None:
    out.print(visible(text, lines=False), style=style or None, highlight=False, soft_wrap=True)
