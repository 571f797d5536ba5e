"""The command ``grader grade``: a whole class in one go."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli_feedback import give_at_once
from grader.messages import say
from grader.reading import BadInput, Problem, nearest
from grader.terminal import Json, err, out, print_json, progress, reporting, visible

if TYPE_CHECKING:
    from grader.gradebook.bulk import Bulk, Job, Outcome
    from grader.gradebook.desk import Desk
    from grader.gradebook.settings import Settings

SHOWN = 5
"""Remarks on one learner that are shown in the terminal."""


def grade(
    quiz: Annotated[str, typer.Argument(help="The quiz, such as waiver.", show_default=False)],
    course: Annotated[Path | None, typer.Option("--course", help="The course folder. Default: around you.")] = None,
    learner: Annotated[str, typer.Option("--learner", help="Only these learners; * and ? stand for letters.")] = "*",
    db: Annotated[str | None, typer.Option("--db", help="Another gradebook, as a URL (SQLite, PostgreSQL).")] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, help="How many processes read and score.")] = 1,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Read and score on a Dask cluster. Its workers share the course folder.")
    ] = "",
    batch: Annotated[int, typer.Option("--batch", min=1, help="How many submissions are entered at once.")] = 200,
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be graded; change nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Grade everything that was handed in for a quiz, in one go. Nothing a learner handed in is executed.

    Leaves the same gradebook and the same graded notebooks as nbgrader autograde, many times faster. What has not
    changed since it was graded is left alone. May be stopped and started again at any time.
    """
    from grader.gradebook.ledger import Ledger

    with reporting(as_json):
        settings, config, home = _course(course, learner, db)
        with Ledger(settings.db_url) as ledger:
            bulk = _bulk(home, config, settings, quiz, ledger, workers, batch)
            bulk.scheduler = scheduler
            if not dry_run:
                _choose(home, config, bulk)
            jobs, empty = bulk.jobs(force=force)
            outcome = _looked(bulk, jobs, as_json) if dry_run else _run(bulk, jobs, as_json)
        if not dry_run and db is None:
            give_at_once(home, quiz, outcome.graded, as_json)
        outcome.remarks |= {one: (say("no-notebook"),) for one in empty}
        print_json(_as_json(quiz, outcome, dry_run)) if as_json else _report(outcome, dry_run)
        if outcome.failed:
            raise typer.Exit(1)


def desks(home: Path, names: tuple[str, ...]) -> dict[str, "Desk"]:
    """The desks of an assignment, by notebook; made anew in every worker."""
    from grader.gradebook.desk import QuizDesk

    return {name: QuizDesk(home, name) for name in names}


def _course(course: Path | None, learner: str, db: str | None) -> tuple["Settings", Any, Path]:
    from dataclasses import replace

    from grader.gradebook.config import STEPS
    from grader.gradebook.folder import find_course
    from grader.gradebook.settings import load, own_steps, settings_of

    home = find_course(course or Path.cwd())
    config = load(home)
    for remark in own_steps(config, STEPS):
        err.print(f"[yellow]{visible(remark)}[/yellow]", highlight=False, soft_wrap=True)
    settings = settings_of(home, config, db)
    return (replace(settings, student_id=learner) if learner != "*" else settings), config, home


def _bulk(home: Path, config: Any, settings: "Settings", quiz: str, ledger: Any, workers: int, batch: int) -> "Bulk":
    from grader.gradebook.bulk import Bulk
    from grader.gradebook.folder import NoKey
    from grader.gradebook.late import late_rule, penalty_of

    if not (home / "source" / quiz).is_dir():
        known = sorted(one.name for one in (home / "source").glob("*") if one.is_dir())
        raise BadInput([Problem("QUIZ", 1, "", f"“{quiz}” is no quiz of this course.", nearest(quiz, known))])
    try:
        desks(home, (quiz,))
    except NoKey as error:
        raise BadInput([Problem(str(home), 1, quiz, str(error), "Nothing was graded.")]) from None
    opener = partial(desks, home, tuple(ledger.assignment(quiz).parts))
    penalty, rule = penalty_of(home, config, quiz), late_rule(home, config, quiz)
    return Bulk(settings, quiz, ledger, opener, penalty=penalty, rule=rule, workers=workers, batch=batch)


def _choose(home: Path, config: Any, bulk: "Bulk") -> None:
    """Put the attempts that count into their places, whatever the rule was when they were collected."""
    from grader.gradebook.choosing import choose

    bulk.ledger.at_once(lambda db: choose(home, config, bulk.name, db), bulk.assignment)


def _run(bulk: "Bulk", jobs: list["Job"], quiet: bool) -> "Outcome":
    with progress(len(jobs), "grading", quiet) as tell:
        return bulk.run(jobs, tell)


def _looked(bulk: "Bulk", jobs: list["Job"], quiet: bool) -> "Outcome":
    """What a run would do."""
    from grader.gradebook.bulk import Outcome

    outcome = Outcome()
    with progress(len(jobs), "grading", quiet) as tell:
        for looked in bulk.look(jobs):
            for one in looked:
                outcome.take(one)
            tell(len(looked))
    return outcome


def _as_json(quiz: str, outcome: "Outcome", dry_run: bool) -> dict[str, Any]:
    done = {"graded": outcome.graded, "unchanged": outcome.unchanged, "failed": outcome.failed}
    return {"ok": not outcome.failed, "quiz": quiz, "dry_run": dry_run, **done, "remarks": outcome.remarks}


def _report(outcome: "Outcome", dry_run: bool) -> None:
    """Say what was amiss with whom, and how many were graded."""
    for learner, remarks in sorted(outcome.remarks.items()):
        more = [say("more-remarks", number=len(remarks) - SHOWN)] if len(remarks) > SHOWN else []
        for remark in (*remarks[:SHOWN], *more):
            said = visible(f"  {learner}: {' '.join(remark.split())}", lines=False)
            out.print(said, highlight=False, soft_wrap=True)
    for learner, reason in sorted(outcome.failed.items()):
        err.print(f"[red]{visible(f'{learner}: {reason}', lines=False)}[/red]", highlight=False, soft_wrap=True)
    counts = f"{len(outcome.graded)} {'would be graded' if dry_run else 'graded'}, {len(outcome.unchanged)} unchanged"
    out.print(f"{counts}, {len(outcome.failed)} failed.", highlight=False)
