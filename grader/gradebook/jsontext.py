"""JSON as nbformat writes it: sorted, one value a line, indented by one space. Faster than the standard library."""

import json
from json.encoder import encode_basestring
from typing import Any


def dumped(data: Any, pad: str = "") -> str:
    """The same text as ``json.dumps`` with nbformat's settings; ``pad`` stands before every line but the first."""
    inner = f"{pad} "
    if isinstance(data, str):
        return encode_basestring(data)
    if isinstance(data, dict) and data:
        lines = [f"{encode_basestring(key)}: {dumped(data[key], inner)}" for key in sorted(data)]
        return _block("{", lines, "}", pad)
    if isinstance(data, list | tuple) and data:
        return _block("[", [dumped(one, inner) for one in data], "]", pad)
    return "null" if data is None else int.__repr__(data) if type(data) is int else json.dumps(data)


def _block(opening: str, lines: list[str], closing: str, pad: str) -> str:
    between = f",\n{pad} "
    return f"{opening}\n{pad} {between.join(lines)}\n{pad}{closing}"
