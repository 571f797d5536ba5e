"""Serves the site on this machine, to try it: with the headers that a host should send."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

KINDS = {
    ".wasm": "application/wasm",
    ".mjs": "text/javascript",
    ".ipynb": "application/json",
    ".whl": "application/zip",
}


class Quiet(SimpleHTTPRequestHandler):
    """Sends files; the browser has to ask each time whether its copy is still the newest."""

    protocol_version = "HTTP/1.1"
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **KINDS}

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a page asks for some hundred files."""

    def end_headers(self) -> None:
        """Finish the headers with the one that lets corrections arrive."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


@contextmanager
def serving(folder: Path, port: int = 0, answers: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder on this machine only, on a free port unless one is given; its address. OSError if taken."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(answers, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
