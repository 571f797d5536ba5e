"""What every command shares: where it prints, how it reports bad input, where it finds the bank."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from grader.reading import BadInput, Problem, legible

if TYPE_CHECKING:
    from grader.bank import Bank

out, err = Console(), Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Print plain data instead of text.")]
Root = Annotated[
    Path | None, typer.Option("--root", help="The checkout with scenarios/ and quizzes/. Default: the one around you.")
]


@contextmanager
def reporting(as_json: bool) -> Iterator[None]:
    """Turn bad input into a report and exit code 2."""
    try:
        yield
    except BadInput as bad:
        if as_json:
            print_json({"ok": False, "problems": [problem.as_dict() for problem in bad.problems]})
        else:
            print_problems(bad.problems)
        raise typer.Exit(2) from None


def print_problems(problems: Sequence[Problem], style: str = "red") -> None:
    """Print problems, one on a line, where errors go."""
    for problem in problems:
        err.print(f"[{style}]{visible(str(problem))}[/{style}]", highlight=False, soft_wrap=True)


def visible(text: str, lines: bool = True) -> str:
    """Text that somebody else wrote, such as the name of a file, without signs that steer a terminal.

    Without ``lines`` it stays on one line, so that no name can pass for a message of its own.
    """
    return escape("\n".join(map(legible, text.split("\n"))) if lines else legible(text))


def print_json(data: Any) -> None:
    """Print plain data. Signs that steer a terminal, or that cannot be written, stand there by their numbers."""
    text = json.dumps(data, indent=1, ensure_ascii=False)
    print("".join(sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in text))


def find_bank(root: Path | None) -> "Bank":
    """The bank of the checkout named, or of the one around the current folder."""
    from grader.bank import Bank, find_root  # most commands of a course never need it, and it takes long to load

    return Bank(root.resolve() if root else find_root(Path.cwd()))


def places_named(asked: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The jurisdictions asked for, or all that are known; BadInput for one that is not on file."""
    from grader.law import jurisdictions

    for name in asked or ():
        if name not in jurisdictions():
            right = f"Known: {', '.join(jurisdictions())}."
            raise BadInput([Problem("--law", 1, "", f"“{name}” is no jurisdiction on file.", right)])
    return tuple(asked) if asked else known


@contextmanager
def progress(total: int, what: str, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal, fed with how many more are done; nothing where plain data is asked for."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=quiet) as bar:
        task = bar.add_task(what, total=total)
        yield lambda more: bar.update(task, advance=more)
