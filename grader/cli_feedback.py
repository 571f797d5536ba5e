"""The command ``grader feedback``: pages for everybody, given out when the rules of the course allow it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli_allow import course_alone
from grader.cli_course import HERE, WIDEST, Course, DryRun, Yes
from grader.reading import BadInput, Problem
from grader.terminal import Json, out, print_json, progress, reporting, visible

if TYPE_CHECKING:
    from grader.gradebook.giving import Giving


def feedback(
    quiz: Annotated[str, typer.Argument(help="The quiz.", show_default=False)],
    learner: Annotated[list[str] | None, typer.Option("--learner", help="Only this learner; may be repeated.")] = None,
    now: Annotated[bool, typer.Option("--now", help="Before the rule of the course allows it. Asks first.")] = False,
    take_back: Annotated[bool, typer.Option("--take-back", help="Take away what nobody has fetched yet.")] = False,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Where to put the files. Default: reports/QUIZ-feedback.")
    ] = None,
    course: Course = HERE,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Write the feedback pages of a quiz and give them out, through the exchange and as files.

    When it may be given says course.yaml: at once, after submission or after closing.
    """
    with reporting(as_json), course_alone(course, as_json, quiz) as opened:
        from grader.gradebook import giving

        place = folder or opened.folder / "reports" / f"{quiz}-feedback"
        if take_back:
            _taken_back(0 if dry_run else giving.take_back(opened, quiz, place), dry_run, as_json)
            return
        planned = giving.plan(opened, quiz, learner)
        _may(planned, now, yes or dry_run, as_json)
        new: list[str] = []
        if not dry_run:
            with progress(len(planned.ready), "writing", as_json) as step:
                new = giving.give(opened, planned, place, step, now)
        _tell(planned, new, place, dry_run, as_json)


def give_at_once(home: Path, quiz: str, learners: list[str], quiet: bool) -> None:
    """Give feedback to those who have just been graded, where the rule of the course is “at once”."""
    from grader.gradebook.policy import rules_of

    if not learners or rules_of(home, quiz).feedback != "at once":
        return
    from grader.gradebook import giving
    from grader.gradebook.health import open_course

    opened = open_course(home)
    planned = giving.plan(opened, quiz, learners)
    with progress(len(planned.ready), "feedback", quiet) as step:
        giving.give(opened, planned, home / "reports" / f"{quiz}-feedback", step)
    if not quiet:
        _say(f"Feedback was given to {len(planned.ready)} at once, as course.yaml says.")


def _may(planned: "Giving", now: bool, sure: bool, as_json: bool) -> None:
    """Go on only if the rule allows it, or somebody who knows what that means says so."""
    if planned.gate.open:
        return
    if not now:
        right = "Feedback is given after closing (course.yaml). To give it all the same: --now."
        raise BadInput([Problem(planned.quiz, 1, "", planned.gate.why, right)])
    away = len(planned.waiting_for)
    warning = f"{planned.quiz} {planned.gate.why} Pages hold the answers, and {away} learners have not handed in."
    if as_json and not sure:
        raise BadInput([Problem("--now", 1, "", warning, "Add --yes to do it, or --dry-run to look.")])
    if not as_json:
        _say(warning)
    if not sure and not typer.confirm("Give feedback now?"):
        raise typer.Exit(0)


def _taken_back(count: int, dry_run: bool, as_json: bool) -> None:
    says = "Would take back what lies there." if dry_run else f"{count} pages were taken back."
    print_json({"ok": True, "dry_run": dry_run, "taken_back": count}) if as_json else _say(
        f"{says} What learners have fetched or were sent stays with them."
    )


def _tell(planned: "Giving", new: list[str], place: Path, dry_run: bool, as_json: bool) -> None:
    from grader.gradebook.gate import in_order

    if as_json:
        lists: dict[str, Any] = {"given": planned.ready, "held": planned.held, "new": new, "by_file": planned.by_file}
        print_json({"ok": True, "dry_run": dry_run, "rule": planned.gate.rule, **lists, "folder": str(place)})
        return
    verb = "would be given" if dry_run else "given"
    _say(f"Feedback {verb} to {len(planned.ready)} learners{'' if dry_run else f', {len(new)} pages new'}.")
    for why, who in in_order(planned.held):
        _say(f"Held back ({len(who)}), {why}: {_names(who)}")
    if planned.by_file:
        _say(f"Did not hand in through the exchange; send them their files ({len(planned.by_file)}): ", planned.by_file)
    if not dry_run:
        _say(f"A file for each learner lies in {place}")


def _names(who: Any) -> str:
    return ", ".join(who[:WIDEST]) + (" …" if len(who) > WIDEST else "")


def _say(text: str, who: Any = ()) -> None:
    out.print(visible(text + _names(who), lines=False), highlight=False, soft_wrap=True)
