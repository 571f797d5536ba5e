"""Takes a quiz back to the moment before it was released, and can undo that.

nbgrader knows five steps for this, each by hand: the released copy, the exchange both ways, what was
collected and graded, the feedback, and the gradebook. Here they are one. Nothing is deleted: files are
moved into a dated folder under ``backups``, rows of the gradebook are written there.

The plan of every move is on the disk before the first one, so an interrupted reset, or an interrupted
undoing, is finished by running it again.
"""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.gradebook.cycle import generate
from grader.gradebook.exchange import FETCHED
from grader.gradebook.folder import source_path
from grader.gradebook.health import Opened
from grader.gradebook.reset_rows import delete_rows, insert_rows, read_rows
from grader.reading import BadInput, Problem

BACKUPS = "backups"
MANIFEST = "manifest.json"
PER_LEARNER = ("submitted", "autograded", "feedback", "earlier")


@dataclass(frozen=True)
class Reset:
    """What a reset takes away: files by where they stand and where they go, and the rows of the gradebook."""

    quiz: str
    backup: Path
    moves: tuple[tuple[Path, Path], ...]
    rows: dict[str, list[dict[str, Any]]]

    def counts(self) -> dict[str, int]:
        """How many of each kind are taken away: folders by where they stood, and rows of the gradebook."""
        kinds: dict[str, int] = {}
        for _, to in self.moves:
            kind = to.relative_to(self.backup).parts[0]
            kinds[kind] = kinds.get(kind, 0) + 1
        rows = sum(map(len, self.rows.values()))
        graded = len(self.rows.get("submitted_assignment", ()))
        return {**kinds, **({"graded in the gradebook": graded} if graded else {}), "rows of the gradebook": rows}


def plan(opened: Opened, quiz: str, now: datetime | None = None) -> Reset:
    """What there is to take away. An interrupted reset of the same quiz is gone on with."""
    backups = opened.folder / BACKUPS
    for unfinished in sorted(backups.glob(f"*-{quiz}/{MANIFEST}")):
        if (data := _manifest(unfinished.parent))["state"] == "taking away":
            return _read(unfinished.parent, data)
    backup = _free(backups, f"{now or datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}-{quiz}")
    return Reset(quiz, backup, tuple(_moves(opened, quiz, backup)), read_rows(opened.db_url, quiz))


def carry_out(opened: Opened, reset: Reset) -> None:
    """Take everything away and make the learners' version anew."""
    (opened.folder / BACKUPS).mkdir(mode=0o700, exist_ok=True)
    reset.backup.mkdir(mode=0o700, exist_ok=True)
    _write(reset, "taking away")
    delete_rows(opened.db_url, reset.quiz)
    for source, to in reset.moves:
        _move(source, to)
    _write(reset, "away")
    if source_path(opened.folder, reset.quiz).exists():
        generate(opened.folder, reset.quiz, force=True)


def backups_of(opened: Opened) -> tuple[str, ...]:
    """The names of the backups that can be brought back, oldest first."""
    return tuple(sorted(path.parent.name for path in (opened.folder / BACKUPS).glob(f"*/{MANIFEST}")))


def undo(opened: Opened, name: str, dry_run: bool = False) -> Reset:
    """Bring everything of a backup back; BadInput if work has been handed in since, for that would be overwritten."""
    backup = opened.folder / BACKUPS / name
    data = _manifest(backup)
    reset = _read(backup, data)
    release = opened.folder / "release" / reset.quiz
    _may_come_back(data["state"], backup, [one for one, _ in _moves(opened, reset.quiz, backup) if one != release])
    if dry_run:
        return reset
    _write(reset, "bringing back")
    for source, to in reset.moves:
        if to.exists() and source == release:
            shutil.rmtree(release, ignore_errors=True)
        _move(to, source)
    delete_rows(opened.db_url, reset.quiz)
    insert_rows(opened.db_url, reset.rows)
    _write(reset, "back")
    return reset


def _may_come_back(state: str, backup: Path, since: list[Path]) -> None:
    if state == "back":
        raise BadInput([Problem(str(backup), 1, "", "was brought back already.", "")])
    if state == "away" and since:
        right = "Reset the quiz once more first, which keeps it."
        raise BadInput([Problem(str(since[0]), 1, "", "has come since and would be overwritten.", right)])


def _moves(opened: Opened, quiz: str, backup: Path) -> list[tuple[Path, Path]]:
    course, exchange = opened.folder, opened.exchange / opened.course_id
    inside = [course / "release" / quiz, course / "unmatched" / quiz]
    inside += [path for step in PER_LEARNER for path in sorted((course / step).glob(f"*/{quiz}"))]
    moves = [(path, backup / path.relative_to(course)) for path in inside if path.exists()]
    outside = {"outbound": f"{quiz}", "inbound": f"*+{quiz}+*", FETCHED: f"*+{quiz}"}
    for folder, pattern in outside.items():
        moves += [
            (path, backup / f"exchange-{folder}" / path.name) for path in sorted((exchange / folder).glob(pattern))
        ]
    return moves + _feedback(opened, quiz, backup)


def _feedback(opened: Opened, quiz: str, backup: Path) -> list[tuple[Path, Path]]:
    """The feedback in the exchange: one folder for all quizzes; each page is named after a submission's secret."""
    from nbgrader.utils import notebook_hash

    folder = opened.exchange / opened.course_id / "feedback"
    moves = []
    for secret in sorted((opened.folder / "feedback").glob(f"*/{quiz}/submission_secret.txt")):
        page = folder / f"{notebook_hash(secret=secret.read_text(encoding='utf-8'), notebook_id=quiz)}.html"
        if page.exists():
            moves.append((page, backup / "exchange-feedback" / page.name))
    return moves


def _move(source: Path, to: Path) -> None:
    """Move one thing, if it has not been moved yet. Between two disks it is copied whole before it is taken away."""
    if not os.path.lexists(source) or os.path.lexists(to):
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.rename(to)
    except OSError:
        part = to.with_name(f".{to.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.unlink(missing_ok=True)
        copy = shutil.copytree if source.is_dir() and not source.is_symlink() else shutil.copy2
        copy(source, part, **({"symlinks": True} if source.is_dir() else {"follow_symlinks": False}))  # type: ignore[arg-type]
        part.rename(to)
        shutil.rmtree(source) if source.is_dir() and not source.is_symlink() else source.unlink()


def _free(backups: Path, name: str) -> Path:
    n = 1
    while (backups / (name if n == 1 else f"{name}.{n}")).exists():
        n += 1
    return backups / (name if n == 1 else f"{name}.{n}")


def _write(reset: Reset, state: str) -> None:
    data = {
        "quiz": reset.quiz,
        "state": state,
        "moves": [[str(source), str(to.relative_to(reset.backup))] for source, to in reset.moves],
        "rows": reset.rows,
    }
    part = reset.backup / f".{MANIFEST}.part"
    part.write_text(json.dumps(data, indent=1), encoding="utf-8")
    part.replace(reset.backup / MANIFEST)


def _manifest(backup: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
        _read(backup, data), data["state"]
    except (OSError, ValueError, KeyError, TypeError):
        right = "“grader course undo” without a name lists what can be brought back."
        raise BadInput([Problem(str(backup), 1, "", "is no backup of a reset.", right)]) from None
    return data


def _read(backup: Path, data: dict[str, Any]) -> Reset:
    moves = tuple((Path(source), backup / to) for source, to in data["moves"])
    return Reset(data["quiz"], backup, moves, data["rows"])
