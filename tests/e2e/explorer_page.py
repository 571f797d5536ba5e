"""A page that holds nothing but the explorer: the real script and the real rules, with a model between them."""

import json
from collections.abc import Callable
from typing import Any

from grader.assets import source
from grader.whatif.session import Session

MODEL = """
class Model {
  constructor(values) { this.values = values; this.heard = {}; }
  get(name) { return this.values[name]; }
  on(name, listener) { (this.heard[name] ||= []).push(listener); }
  off(name, listener) { this.heard[name] = this.heard[name].filter((one) => one !== listener); }
  set(name, value) { this.values[name] = value; (this.heard[`change:${name}`] || []).forEach((one) => one()); }
  async send(message) {
    const { page, status, flips } = await window.python(message);
    this.set("page", page);
    this.set("status", status);
    this.set("flips", flips);
  }
}
"""
FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What if</title>
<meta name="viewport" content="width=device-width"><style>body{margin:8px}%s</style></head>
<body><main><h1>What if?</h1><div id="here"></div></main>
<script type="module">%s
%s
render({model: new Model(%s), el: document.getElementById("here")});
</script></body></html>"""


def show(page: Any, session: Session) -> None:
    """Put the explorer on a blank page of a browser; what it sends is answered by the session in this process."""
    count = 1

    def state(status: Any) -> dict[str, Any]:
        shown = {"n": count, "no_reply": "", **session.shown()}
        return {"page": shown, "status": status, "flips": {"n": count, **session.searched()}}

    def python(message: Any) -> dict[str, Any]:
        nonlocal count
        said = session.do(message["do"], message["knob"], message["value"])
        count += 1
        return state({"text": said, "n": message["n"]})

    hear: Callable[[Any], dict[str, Any]] = python
    page.expose_function("python", hear)
    script = source("elements.js", "explorer.js").replace("export default { render };", "")
    first = json.dumps(state({"text": "", "n": 0})).replace("</", "<\\/")
    page.set_content(FRAME % (source("explorer.css"), MODEL, script, first))
