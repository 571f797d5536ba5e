"""The command ``grader site``: the learners' site, for any static host."""

from pathlib import Path
from typing import Annotated

import typer

from grader.terminal import Json, Root, find_bank, out, print_json, reporting


def site(
    folder: Annotated[Path, typer.Argument(help="Where to put the site. An older site there is replaced.")] = Path(
        "build/site"
    ),
    serve: Annotated[bool, typer.Option("--serve", help="Serve it on this machine afterwards, to try it.")] = False,
    port: Annotated[int, typer.Option(help="The port to serve on.", min=1, max=65535)] = 8000,
    python: Annotated[
        Path | None,
        typer.Option(
            help="Python of the environment with JupyterLite. Default: the one “make site” sets up.",
            envvar="GRADER_SITE_PYTHON",
        ),
    ] = None,
    root: Root = None,
    as_json: Json = False,
) -> None:
    """Build the site for learners: practice, quizzes without keys and pages to print, with nothing to install."""
    from grader.site.build import CHECKOUT, build
    from grader.site.parts import site_python

    def tell(step: str) -> None:
        if not as_json:
            out.print(step, highlight=False)

    with reporting(as_json):
        made = build(find_bank(root), folder.resolve(), python or site_python(CHECKOUT), tell)
        if as_json:
            print_json({"ok": True, "site": str(made.folder), "files": made.files, "megabytes": made.megabytes})
            return
        tell(f"Made {made.folder}: {made.notebooks} notebooks, {made.files} files, {made.megabytes:.0f} MB.")
        if not serve:
            tell(f"To try it here: grader site {folder} --serve, or python -m http.server --directory {folder}")
            return
    _serve(made.folder, port)


def _serve(folder: Path, port: int) -> None:
    from threading import Event

    from grader.site.parts import trouble
    from grader.site.serve import serving

    with reporting(False):
        try:
            with serving(folder, port) as address:
                out.print(f"Open {address}/ in a browser. Press Ctrl+C to stop.", highlight=False)
                Event().wait()
        except KeyboardInterrupt:
            out.print("Stopped.", highlight=False)
        except OSError as error:
            raise trouble("--port", f"{port} cannot be used ({error.strerror}).", "Give another port.") from None
