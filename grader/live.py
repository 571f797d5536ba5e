"""Shows a page once and changes it later, in every front end.

Voila shows each output as it was first and hears of no later change, so there a widget holds the page.
"""

import os
from typing import Any, Protocol

from IPython.display import display
from ipywidgets import HTML

IN_VOILA = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


class Live(Protocol):
    """Something on the page that can be shown anew."""

    def update(self, bundle: dict[str, Any], *, raw: bool) -> None:
        """Show other data, by kind, in the same place."""


class Held:
    """A page in a widget of its own."""

    def __init__(self, bundle: dict[str, Any]):
        self._widget = HTML(bundle["text/html"])
        display(self._widget)  # type: ignore[no-untyped-call]

    def update(self, bundle: dict[str, Any], *, raw: bool) -> None:
        """Show the HTML among other data in the same place."""
        self._widget.value = bundle["text/html"]


def shown(bundle: dict[str, Any]) -> Live:
    """Show data of several kinds, of which one is HTML, and give what can change it."""
    if IN_VOILA:
        return Held(bundle)
    handle: Live = display(bundle, raw=True, display_id=True)  # type: ignore[no-untyped-call]
    return handle
