"""The notebook of the what-if explorer: the stories of the practice sets, and one cell that opens them."""

from collections.abc import Iterable
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.bank import Bank
from grader.facts import Ask
from grader.families import Family
from grader.messages import say
from grader.notebooks import FIXED, HELP, METADATA, NOT_ADVICE, START
from grader.quizzes import ItemEntry, prepare
from grader.whatif.stories import Practised, Story, as_json, put_by

NAME = "what-if"
OPEN = "from grader.explorer import explore\nexplore()"


def stories(bank: Bank) -> tuple[Story, ...]:
    """The stories asked in practice, by title; BadInput if a quiz file is wrong.

    A question that a graded quiz puts under one law is not put under that law here. Stories that only
    graded quizzes ask do not come along.
    """
    practised = _entries(bank, bank.practice_files)
    graded = _entries(bank, bank.quiz_files)
    ids = {entry.scenario for entry in practised}
    families = sorted((bank.families[id] for id in ids), key=lambda family: family.title)
    return tuple(
        Story(family, {ask.id: _how(family, ask, practised, graded) for ask in family.asks}) for family in families
    )


def notebook(stories: tuple[Story, ...]) -> NotebookNode:
    """The notebook itself; the same stories give the same notebook."""
    parts = (f"# {say('whatif-title')}", say("whatif-intro"), START, f"*{NOT_ADVICE}*", HELP)
    cells = [
        new_markdown_cell("\n\n".join(parts), id="what-if-intro"),
        new_code_cell(OPEN, id="what-if-open", metadata={"jupyter": {"source_hidden": True}, **FIXED}),
    ]
    metadata = {**METADATA, "grader": {"explorer": as_json(stories), "autorun": True}}
    made: NotebookNode = new_notebook(cells=cells, metadata=metadata)
    return made


def _entries(bank: Bank, files: Iterable[Path]) -> tuple[ItemEntry, ...]:
    prepared = (prepare(path, bank.families, path.relative_to(bank.root).as_posix()) for path in files)
    return tuple(entry for one in prepared for entry in one.file.items)


def _how(family: Family, ask: Ask, practised: Iterable[ItemEntry], graded: Iterable[ItemEntry]) -> Practised:
    same = {other.id for other in family.asks if set(put_by(other)) & set(put_by(ask))}
    closed = {entry.law for entry in graded if entry.scenario == family.id and entry.ask in same}
    mine = [entry for entry in practised if (entry.scenario, entry.ask) == (family.id, ask.id)]
    first = next((entry for entry in mine if entry.law not in closed), None)
    if first is None:
        return Practised(closed=tuple(sorted(closed)))
    return Practised(first.law, next(iter(first.variants), ""), tuple(sorted(closed)))
