"""A page that changes after it was shown, on Voila.

Voila shows each output as it was first and hears of no later change, so there a widget holds the page.
"""

import os
from typing import Any

from IPython.display import display
from ipywidgets import HTML

IN_VOILA = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


class Held:
    """A page in a widget of its own, changed in the way of Jupyter’s own handle for an output."""

    def __init__(self, bundle: dict[str, Any]):
        self._widget = HTML(bundle["text/html"])
        display(self._widget)  # type: ignore[no-untyped-call]

    def update(self, bundle: dict[str, Any], *, raw: bool) -> None:
        """Show the HTML among other data in the same place."""
        self._widget.value = bundle["text/html"]
