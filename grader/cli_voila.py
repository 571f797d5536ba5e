"""The command ``grader voila``: the exercises on a Voila server, for one person."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from grader.terminal import Root, find_bank, out, reporting


def voila(
    folder: Annotated[Path, typer.Argument(help="Where this person’s notebooks and answers are kept.")] = Path(
        "build/voila"
    ),
    learner: Annotated[
        str, typer.Option(help="Who answers here. Default: your login name.", envvar="GRADER_LEARNER")
    ] = "",
    port: Annotated[int, typer.Option(help="The port to serve on.", min=1, max=65535)] = 8866,
    show: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = True,
    python: Annotated[
        Path | None,
        typer.Option(
            help="Python of the environment with Voila. Default: the one “make voila” sets up.",
            envvar="GRADER_VOILA_PYTHON",
        ),
    ] = None,
    root: Root = None,
) -> None:
    """Open the exercises as plain pages with Voila. One server is one person: visitors share the answers."""
    from grader.site.build import CHECKOUT
    from grader.voila import prepare, start, voila_python

    name = learner or getpass.getuser()
    with reporting(False):
        chosen = python or voila_python(CHECKOUT)
        prepare(find_bank(root), folder.resolve())
        out.print(f"Answers here belong to {name}. Give each person a folder and a port of their own.", highlight=False)
        start(chosen, folder.resolve(), name, port, show)
