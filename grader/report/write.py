"""Puts a report together and writes its files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from grader.cells import put
from grader.reading import BadInput, Problem
from grader.report.beliefs import beliefs
from grader.report.gather import gather
from grader.report.items import analysis
from grader.report.outcomes import achievements
from grader.report.page import page
from grader.report.share import LEAST, of_many
from grader.report.tables import tables


@dataclass(frozen=True)
class Report:
    """A finished report: its page, its tables as file contents, and what to say about it."""

    page: str
    files: dict[str, bytes]
    people: int
    roster: int
    strangers: tuple[str, ...]
    unreadable: tuple[str, ...]

    def write(self, folder: Path) -> list[Path]:
        """Write all files into a folder that only its owner can open; the page last."""
        whole = {**self.files, "report.html": self.page.encode()}
        for name, content in whole.items():
            put(folder / name, content)
        return [folder / name for name in reversed(whole)]


def report(
    course: Path,
    quiz: str,
    day: date,
    *,
    level: float = 0.7,
    shared: bool = False,
    parquet: bool = False,
    step: Callable[[], None] = lambda: None,
) -> Report:
    """Make the report of a quiz; BadInput where there is nothing to report or too few people to share it of.

    ``step`` is called for each submission read.
    """
    work = gather(course, quiz, step)
    if shared and len(work.here) < LEAST:
        wrong = f"was handed in by {len(work.here)} people."
        raise BadInput([Problem(str(course), 1, quiz, wrong, f"A report of fewer than {LEAST} cannot be shared.")])
    found, outcomes, held = analysis(work), achievements(work, level), beliefs(work)
    if shared:  # those assessed may be a small group, and those who could not be assessed yet, too
        outcomes = [one for one in outcomes if of_many(one.people, len(work.here))]
    made = tables(work, found, outcomes, held, shared)
    files = {f"{t.name}.parquet" if parquet else f"{t.name}.csv": t.parquet() if parquet else t.csv() for t in made}
    html = page(work, found, outcomes, held, level, day, shared)
    unreadable = tuple(person.id for person in work.people if not person.here and person.troubles)
    return Report(html, files, len(work.here), len(work.people), work.strangers, unreadable)
