"""A class in which everybody but one attacks: with wrong answers and a trick each, so that no trick may earn a mark."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from made_class import START
from sample_class import FULL
from sample_quiz import QUIZ, RIGHT, SHEET, right, wrong

from grader.answers import MIME, Entry, Record

NOON, LATER = "2026-11-20T10:00:00+00:00", "2026-11-20T11:00:00+00:00"
HONEST = "honest"
TEXT = "Robin cannot change it. {{ 7 * 7 }} {% include 'x' %} ${7*7} `id` $(id)"
KINDS: tuple[Any, ...] = (None, True, -1, 1e308, float("nan"), "100", [], {}, [[{}]], {"w1": 100})
MARKS = ("grade_id", "points", "grade", "locked", "solution", "task", "schema_version", "cell_type", "checksum")
MODULES = ("grader", "json", "nbgrader", "sitecustomize", "usercustomize", "nbgrader_config", "jupyter_config")


@dataclass
class Work:
    """What one learner is about to hand in; ``canary`` is a file that exists only if a learner's code ran."""

    learner: str
    notebook: dict[str, Any]
    record: dict[str, Any]
    canary: Path
    raw: bytes | None = None
    beside: dict[str, bytes] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Code that leaves a trace, and would like to change what everybody earns."""
        return f"open({str(self.canary)!r}, 'a').write('ran')\nimport grader.scoring\ngrader.scoring.score = 100\n"

    @property
    def cells(self) -> list[dict[str, Any]]:
        return list(self.notebook["cells"])

    def cell(self, id: str) -> dict[str, Any]:
        return next(cell for cell in self.notebook["cells"] if cell["id"] == id)

    def receipt(self, record: Any) -> None:
        """Leave a receipt where the learner page leaves it."""
        data = {MIME: record, "text/plain": "All answers saved."}
        self.cell("quiz-receipt")["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]

    def put(self, course: Path) -> None:
        """Put it where collecting puts it."""
        folder = course / "submitted" / self.learner / QUIZ
        folder.mkdir(parents=True)
        (folder / f"{QUIZ}.ipynb").write_text(json.dumps(self.notebook))
        (folder / f"{QUIZ}.answers.json").write_bytes(
            json.dumps(self.record).encode() if self.raw is None else self.raw
        )
        (folder / "timestamp.txt").write_text(f"{START.replace(tzinfo=None)} UTC")
        for name, content in self.beside.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


@dataclass(frozen=True)
class Attack:
    """What an attacker does, what the answers are worth all the same, and what the grader is told of it."""

    does: Callable[[Work], Any]
    earns: float = 0
    told: str = ""
    waits: bool = True


def answered(
    learner: str, given: Callable[[str, str], Any] = wrong, saved: str = NOON, as_: str = ""
) -> dict[str, Any]:
    """The answers of a learner, under the variants of that learner, written down under a name."""
    items = {
        item.id: Entry(
            item.pick(SHEET.salt, learner).variant, TEXT if item.id == "w9" else given(item.id, learner), 2, saved
        )
        for item in SHEET.items
    }
    return Record(QUIZ, "1", as_ or learner, saved, 7, items).as_json()


def other_variant(learner: str) -> str:
    """The variant of the first question that a learner does not meet."""
    mine = SHEET.item("w1").pick(SHEET.salt, learner).variant
    return next(one.variant for one in SHEET.item("w1").variants if one.variant != mine)


def _everywhere(work: Work) -> None:
    for cell in work.cells:
        cell["source"] = work.code


def _added(work: Work) -> None:
    magic = f"%%bash\ntouch {work.canary}"
    shell = f"!touch {work.canary}\n%run nbgrader_config.py"
    for n, (kind, source) in enumerate(
        [("code", work.code), ("code", magic), ("code", shell), ("raw", work.code), ("markdown", work.code)]
    ):
        more = {"outputs": [], "execution_count": None} if kind == "code" else {}
        work.notebook["cells"].insert(0, {"cell_type": kind, "id": f"x{n}", "metadata": {}, "source": source, **more})


def _beside(work: Work) -> None:
    work.beside = {f"{name}.py": work.code.encode() for name in MODULES}
    work.beside["grader/__init__.py"] = work.code.encode()
    work.beside[".ipython/profile_default/startup/00.py"] = work.code.encode()


def _kernel(work: Work) -> None:
    argv = ["/bin/sh", "-c", f"touch {work.canary}"]
    work.notebook["metadata"]["kernelspec"] = {"name": "python3", "display_name": "x", "argv": argv}


def _outputs(*outputs: dict[str, Any]) -> Callable[[Work], None]:
    def does(work: Work) -> None:
        for cell in work.cells:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = list(outputs), 1

    return does


def _result(**data: str) -> dict[str, Any]:
    kinds = {name.replace("_", "/"): text for name, text in data.items()}
    return {"output_type": "execute_result", "data": kinds, "metadata": {}, "execution_count": 1}


def _marked(name: str, turn: int) -> Callable[[Work], None]:
    """Give every cell other metadata, or other marks of nbgrader, or one such mark: on each cell of another kind."""

    def does(work: Work) -> None:
        for n, cell in enumerate(work.cells, turn):
            value = KINDS[n % len(KINDS)]
            if name == "metadata":
                cell["metadata"] = value
            elif name == "nbgrader":
                cell["metadata"]["nbgrader"] = value
            else:
                cell["metadata"].setdefault("nbgrader", {})[name] = value

    return does


def _doubled(work: Work) -> None:
    work.notebook["cells"] = [json.loads(json.dumps(cell)) for cell in work.cells for _ in range(2)]


def _swapped(work: Work) -> None:
    one, other = work.cell("w1")["metadata"]["nbgrader"], work.cell("w9")["metadata"]["nbgrader"]
    work.cell("w1")["metadata"]["nbgrader"], work.cell("w9")["metadata"]["nbgrader"] = other, one


def _written_in_the_cell(work: Work) -> None:
    work.cell("w9")["source"] = "**Points: 4**"
    work.cell("w9")["attachments"] = {"x.svg": {"image/svg+xml": "<svg onload=alert(1)>"}}


def _claims(work: Work) -> None:
    more = {"points": 100, "score": 100, "auto_score": 100, "verdict": "right", "credit": 1, "given": "all"}
    work.record.update(more, marks=dict.fromkeys(RIGHT, 100))
    for entry in work.record["items"].values():
        entry.update(more)


def _replaced(work: Work, record: dict[str, Any]) -> None:
    work.record = record


def _foreign(work: Work) -> None:
    _replaced(work, answered(HONEST, right))
    work.receipt(answered(HONEST, right, LATER))


def _renamed(work: Work) -> None:
    """A classmate's answers under one's own name, which happen to be all right, to the classmate's questions."""
    work.record = answered(work.learner, right)
    variant = other_variant(work.learner)
    work.record["items"]["w1"].update(variant=variant, answer=RIGHT["w1"][variant])


def _under_anothers_login(work: Work) -> None:
    _renamed(work)
    work.record["login"] = work.record["adopted"] = HONEST


def _everybodys_variants(work: Work) -> None:
    for entry in work.record["items"].values():
        entry["variant"] = [one.variant for item in SHEET.items for one in item.variants]


def _million(count: int = 1_000_000) -> bytes:
    return b'{"schema": 1, "items": {' + b",".join(b'"i%d":1' % n for n in range(count)) + b"}}"


def _million_in_the_receipt(work: Work) -> None:
    work.receipt(_million().decode())


def _thousand(work: Work) -> None:
    good = answered(work.learner, right)["items"]
    work.record["items"] = {f"i{n}": {"variant": "x", "answer": "y"} for n in range(5000)} | good


def _receipt_later(work: Work) -> None:
    _replaced(work, answered(work.learner, right, NOON))
    work.receipt(answered(work.learner, wrong, LATER))


def _receipt_earlier(work: Work) -> None:
    _replaced(work, answered(work.learner, wrong, LATER))
    work.receipt(answered(work.learner, right, NOON))


def _receipts_everywhere(work: Work) -> None:
    _outputs(*({"output_type": "display_data", "data": {MIME: record}, "metadata": {}} for record in (
        answered(HONEST, right, LATER), {**answered(work.learner, right, LATER), "schema": True}, [], "x", None, 7,
    )))(work)  # fmt: skip


SVG = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>"
ATTACKS: dict[str, Attack] = {
    "runs-in-every-cell": Attack(_everywhere),
    "runs-in-added-cells": Attack(_added),
    "runs-from-files-beside": Attack(_beside),
    "runs-as-the-kernel": Attack(_kernel),
    "deletes-the-graded": Attack(lambda work: work.notebook.update(cells=[work.cell("quiz-receipt")])),
    "doubles-every-cell": Attack(_doubled),
    "turns-the-order": Attack(lambda work: work.notebook["cells"].reverse()),
    "swaps-the-marks": Attack(_swapped),
    "writes-in-the-cell": Attack(_written_in_the_cell),
    "forges-numbers": Attack(_outputs(_result(text_plain="100"))),
    "forges-silence": Attack(_outputs()),
    "forges-pictures": Attack(_outputs(_result(text_plain="100", image_svg=SVG, text_html=SVG))),
    "forges-widgets": Attack(lambda work: work.notebook["metadata"].update(
        widgets={"application/vnd.jupyter.widget-state+json": {"state": {"x": {"state": {"points": 100}}}}})),
    "claims-points": Attack(_claims),
    "anothers-record": Attack(_foreign, told="belongs to “honest”", waits=False),
    "anothers-answers": Attack(_renamed, FULL - 2),
    "anothers-login": Attack(_under_anothers_login, FULL - 2),
    "every-variant": Attack(_everybodys_variants, told="could not be read", waits=False),
    "million-items": Attack(lambda work: setattr(work, "raw", _million()), told="larger than", waits=False),
    "million-in-the-receipt": Attack(_million_in_the_receipt, told="larger than"),
    "thousands-of-items": Attack(_thousand, told="5006", waits=False),
    "receipt-later": Attack(_receipt_later, told="different answers"),
    "receipt-earlier": Attack(_receipt_earlier, told="different answers"),
    "receipts-everywhere": Attack(_receipts_everywhere, told="receipt"),
    **{f"marks-{name}-{turn}": Attack(_marked(name, turn)) for name in ("metadata", "nbgrader") for turn in (0, 5)},
    **{f"marks-{name}": Attack(_marked(name, turn)) for turn, name in enumerate(MARKS)},
}  # fmt: skip
"""Every attacker has answered all wrong, unless the trick is in the answers themselves."""


def attack(course: Path, canaries: Path) -> None:
    """Everybody hands in: the honest learner what is right, the attackers what they do."""
    released = (course / "release" / QUIZ / f"{QUIZ}.ipynb").read_text()
    Work(HONEST, json.loads(released), answered(HONEST, right), canaries / HONEST).put(course)
    for learner, trick in ATTACKS.items():
        work = Work(learner, json.loads(released), answered(learner), canaries / learner)
        trick.does(work)
        work.put(course)
