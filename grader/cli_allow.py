"""The commands that change what holds for one quiz or one learner: due dates, extensions, excused work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from grader.cli_course import HERE, Course, DryRun, opened_course
from grader.reading import BadInput, Problem
from grader.terminal import Json, out, print_json, reporting, visible

Quiz = Annotated[str, typer.Argument(help="The quiz.", show_default=False)]
Learner = Annotated[str, typer.Argument(help="The learner’s id.", show_default=False)]
Undo = Annotated[bool, typer.Option("--undo", help="Take it back.")]
AGAIN = "What is graded already is worked out anew by: grader grade {quiz}"


def due(
    quiz: Quiz,
    when: Annotated[str | None, typer.Argument(help="Such as 2026-12-01 (its end) or 2026-12-01T18:00.")] = None,
    none: Annotated[bool, typer.Option("--none", help="Never due.")] = False,
    course: Course = HERE,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Say when a quiz is due, in your own time zone. nbgrader and formgrader show it too."""
    with reporting(as_json):
        from grader.gradebook.allowances import moment, set_due

        if (when is None) == (not none):
            raise BadInput([Problem("WHEN", 1, "", "is missing, or stands beside --none.", "Give one of the two.")])
        to = moment("WHEN", when) if when else None
        with course_alone(course, as_json, quiz) as opened:
            before = set_due(opened, quiz, to, dry_run)
        says = [f"{quiz} {'would be' if dry_run else 'is'} {_when(to)}. Before, it was {_when(before)}."]
        _tell([*says, AGAIN.format(quiz=quiz)], as_json, due=_iso(to), before=_iso(before), dry_run=dry_run)


def extend(
    quiz: Quiz,
    learner: Learner,
    until: Annotated[str | None, typer.Option("--until", help="Such as 2026-12-03T18:00.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Such as 3d, 36h or 2d12h after the quiz is due.")] = None,
    undo: Undo = False,
    course: Course = HERE,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Give a learner longer for a quiz. A second extension takes the place of the first."""
    with reporting(as_json):
        from grader.gradebook import allowances

        if sum((until is not None, by is not None, undo)) != 1:
            raise BadInput([Problem("extend", 1, "", "needs to know how long.", "Give --until, --by or --undo.")])
        to: Any = allowances.moment("--until", until) if until else allowances.span("--by", by) if by else None
        with course_alone(course, as_json, quiz) as opened:
            at = allowances.extend(opened, quiz, learner, to, dry_run)
        verb = "would be" if dry_run else "is"
        says = f"For {learner}, {quiz} {verb} {_when(at)}{' like for everybody' if undo else ''}."
        _tell([says, AGAIN.format(quiz=quiz)], as_json, due=_iso(at), dry_run=dry_run)


def excuse(
    quiz: Quiz,
    learner: Learner,
    because: Annotated[str, typer.Option("--because", help="Why, in a few words, for yourself.")] = "",
    undo: Undo = False,
    course: Course = HERE,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Excuse a learner from a quiz: it counts neither for nor against them, in no report and no export."""
    with reporting(as_json):
        from grader.gradebook import allowances

        with course_alone(course, as_json, quiz) as opened:
            if undo:
                allowances.count_again(opened, quiz, learner, dry_run)
            else:
                allowances.excuse(opened, quiz, learner, because, dry_run)
        verb = "would be" if dry_run else "is"
        says = f"{learner} {verb} {'no longer excused' if undo else 'excused'} from {quiz}."
        _tell([says], as_json, excused=not undo, dry_run=dry_run)


@contextmanager
def course_alone(course: Path, quiet: bool, quiz: str) -> Iterator[Any]:
    """The course with this quiz, for one command alone as long as it works."""
    from grader.gradebook.health import known_quiz
    from grader.gradebook.making import alone

    opened = opened_course(course, quiet)
    known_quiz(opened.folder, quiz)
    with alone(opened.folder):
        yield opened


def _when(at: datetime | None) -> str:
    return f"due {at:%Y-%m-%d %H:%M} UTC" if at else "never due"


def _iso(at: datetime | None) -> str | None:
    return f"{at.isoformat()}+00:00" if at else None


def _tell(lines: list[str], as_json: bool, **data: Any) -> None:
    if as_json:
        print_json({"ok": True, **data})
        return
    for line in lines:
        out.print(visible(line, lines=False), highlight=False, soft_wrap=True)
