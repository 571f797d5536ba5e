"""Puts what learners handed in, as files, where nbgrader's collect would put it: ``submitted/ID/QUIZ``.

First everything is looked at and a plan is made; then the plan is carried out, learner by learner,
each by one renaming. The later work of a learner counts; earlier work is kept in ``earlier/ID/QUIZ``.
What stands in the course is part of what is looked at, so doing it again changes nothing, and a run
that was cut short is finished by the next one.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.answers import moment as moment_of
from grader.gradebook import browsers
from grader.gradebook.attempts import EARLIER, last_first, restore
from grader.gradebook.folder import release_path
from grader.gradebook.pieces import Kind, Piece, Reader, digest_of, latest
from grader.gradebook.sources import LARGEST, NEVER, Found, Source
from grader.gradebook.unmatched import Unmatched, folder_of, kept_name, read_list, write_list

SPOOL = ".collecting"
STAMP, SECRET = "timestamp.txt", "submission_secret.txt"
KINDS: tuple[Kind, ...] = ("notebook", "answers")


@dataclass
class Work:
    """What one learner handed in: what stands in the course (``here``), what was kept aside, and what is new."""

    here: list[Piece] = field(default_factory=list)
    earlier: list[Piece] = field(default_factory=list)
    new: list[Piece] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def chosen(self) -> tuple[Piece, ...]:
        """The notebook and the answers file that count."""
        everything = [*self.here, *self.earlier, *self.new]
        return tuple(piece for kind in KINDS if (piece := latest(everything, kind)))

    @property
    def what(self) -> str:
        """What collecting does for this learner."""
        digests = {piece.digest for piece in self.here}
        if {piece.digest for piece in self.chosen} <= digests:
            return "unchanged" if not self.aside else "kept as earlier"
        return "replaced" if self.here else "collected"

    @property
    def aside(self) -> tuple[Piece, ...]:
        """New pieces that do not count and are kept."""
        known = {piece.digest for piece in (*self.chosen, *self.here, *self.earlier)}
        return tuple({piece.digest: piece for piece in self.new if piece.digest not in known}.values())


@dataclass
class Plan:
    """What collecting will do, or did."""

    course: Path
    quiz: str
    learners: dict[str, Work]
    unmatched: list[Unmatched]

    def as_json(self) -> dict[str, Any]:
        """The plan as plain data."""
        return {
            "quiz": self.quiz,
            "collected": [_row(learner, work) for learner, work in sorted(self.learners.items())],
            "unmatched": [{"file": one.came_as, "why": one.why, "kept_as": one.kept} for one in self.unmatched],
        }


def plan(course: Path, reader: Reader, source: Source, step: Callable[[str], None], keep: bool) -> Plan:
    """Look at every file of a source. With ``keep`` their contents are laid by, ready for ``carry_out``."""
    planned, spool = Plan(course, reader.sheet.quiz, {}, []), course / SPOOL
    shutil.rmtree(spool, ignore_errors=True)
    if keep:
        _finish(course, planned.quiz)
        restore(course, planned.quiz)
    for found in source.files():
        step(found.name)
        digest = _sort_in(planned, reader, found)
        if keep and digest:
            _lay_by(spool, digest, found.content)
    planned.unmatched = list(dict.fromkeys(planned.unmatched))
    for learner, remark in browsers.shared(course, planned.quiz, planned.learners):
        planned.learners[learner].remarks.append(remark)
    return planned


def _sort_in(planned: Plan, reader: Reader, found: Found) -> str:
    """Put one file where it belongs in a plan; returns the digest of its content, if it has any."""
    sorted_in = reader.sorted_in(found)
    if isinstance(sorted_in, str):
        digest = digest_of(found.content) if found.content else ""
        kept = kept_name(found.route, digest) if digest else ""
        planned.unmatched.append(Unmatched(kept, found.name, sorted_in, digest))
        return digest
    learner, piece = sorted_in
    if learner not in planned.learners:
        planned.learners[learner] = _known(planned.course, reader, learner)
    planned.learners[learner].new.append(piece)
    return piece.digest


def carry_out(plan: Plan, step: Callable[[str], None]) -> None:
    """Do what was planned. Interrupted at any moment, nothing is lost and the next run goes on."""
    for learner, work in sorted(plan.learners.items()):
        step(learner)
        for piece in work.aside:
            _keep_aside(plan, learner, piece)
        if work.what in ("collected", "replaced"):
            _put_in_place(plan, learner, work)
    _keep_unmatched(plan)
    shutil.rmtree(plan.course / SPOOL, ignore_errors=True)


def folder_in(course: Path, learner: str, quiz: str) -> Path:
    """Where nbgrader looks for what a learner handed in."""
    return course / "submitted" / learner / quiz


def _finish(course: Path, quiz: str) -> None:
    """Finish the one renaming that an interrupted run may have left undone; the secret is written last of all."""
    for part in (course / "submitted").glob(f"*/.{quiz}.part"):
        dest = part.with_name(quiz)
        if (part / SECRET).exists() and not dest.exists():
            part.rename(dest)
        else:
            shutil.rmtree(part, ignore_errors=True)


def _known(course: Path, reader: Reader, learner: str) -> Work:
    """What the course holds of a learner's work already."""
    quiz = reader.sheet.quiz
    blank = digest_of(release_path(course, quiz).read_bytes())
    last, folders = last_first(course, quiz, learner)
    earlier = [one for folder in folders for one in _pieces_in(folder, reader, learner)]
    here = _pieces_in(last, reader, learner)
    return Work([_blank_last(one, blank) for one in here], [_blank_last(one, blank) for one in earlier])


def _blank_last(piece: Piece, blank: str) -> Piece:
    """The released notebook, which may stand beside an answers file, gives way to any other."""
    return replace(piece, moment=NEVER) if piece.digest == blank else piece


def _pieces_in(folder: Path, reader: Reader, learner: str) -> Iterator[Piece]:
    at = _stamp(folder)
    for kind in KINDS:
        path = _file(folder, reader.sheet.quiz, kind)
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST:
            found = Found((path.name,), at, path.read_bytes())
            yield replace(reader.piece(learner, kind, found), moment=at, name=str(path))


def _put_in_place(plan: Plan, learner: str, work: Work) -> None:
    """Build the submission beside its place, move what stands there aside, and rename."""
    dest = folder_in(plan.course, learner, plan.quiz)
    part = dest.with_name(f".{plan.quiz}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for piece in work.chosen:
        shutil.copyfile(_content(plan, piece), _file(part, plan.quiz, piece.kind))
    if not any(piece.kind == "notebook" for piece in work.chosen):
        shutil.copyfile(release_path(plan.course, plan.quiz), _file(part, plan.quiz, "notebook"))
    _sign(part, max(piece.moment for piece in work.chosen), dest)
    if dest.exists():
        _move_aside(plan, learner, dest)
    part.rename(dest)


def _move_aside(plan: Plan, learner: str, dest: Path) -> None:
    at = _stamp(dest)
    to = _aside(plan, learner, at, secrets.token_hex(4))
    to.parent.mkdir(parents=True, exist_ok=True)
    (plan.course / EARLIER).chmod(0o700)
    dest.rename(to)


def _keep_aside(plan: Plan, learner: str, piece: Piece) -> None:
    to = _aside(plan, learner, piece.moment, piece.digest[:8])
    part = to.with_name(f".{to.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    (plan.course / EARLIER).chmod(0o700)
    shutil.copyfile(plan.course / SPOOL / piece.digest, _file(part, plan.quiz, piece.kind))
    _sign(part, piece.moment, part)
    if not to.exists():
        part.rename(to)


def _keep_unmatched(plan: Plan) -> None:
    """Copy what fits nobody, and take out of the list what has found its learner since."""
    folder = folder_of(plan.course, plan.quiz)
    placed = {piece.digest for work in plan.learners.values() for piece in work.new}
    before = read_list(plan.course, plan.quiz)
    for one in before:
        if one.digest in placed and one.kept == Path(one.kept).name:
            (folder / one.kept).unlink(missing_ok=True)
    seen = {(one.came_as, one.digest) for one in plan.unmatched}
    rows = [one for one in before if one.digest not in placed and (one.came_as, one.digest) not in seen]
    if not (before or plan.unmatched):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for one in plan.unmatched:
        if one.kept and not (folder / one.kept).exists():
            shutil.copyfile(plan.course / SPOOL / one.digest, folder / one.kept)
    write_list(plan.course, plan.quiz, [*rows, *plan.unmatched])


def _content(plan: Plan, piece: Piece) -> Path:
    laid_by = plan.course / SPOOL / piece.digest
    return laid_by if laid_by.exists() else Path(piece.name)


def _lay_by(spool: Path, digest: str, content: bytes) -> None:
    spool.mkdir(mode=0o700, exist_ok=True)
    path = spool / digest
    if not path.exists():
        path.write_bytes(content)


def _sign(folder: Path, at: datetime, before: Path) -> None:
    """Leave what nbgrader needs: when it was handed in, and a secret under which feedback is given back."""
    (folder / STAMP).write_text(f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC", encoding="utf-8")
    try:
        secret = (before / SECRET).read_text(encoding="utf-8")
    except (OSError, ValueError):
        secret = secrets.token_hex(64)
    (folder / SECRET).write_text(secret, encoding="utf-8")


def _stamp(folder: Path) -> datetime:
    try:
        return moment_of((folder / STAMP).read_text(encoding="utf-8").strip().replace(" UTC", "+00:00"))
    except (OSError, ValueError):
        return moment_of("")


def _aside(plan: Plan, learner: str, at: datetime, name: str) -> Path:
    return plan.course / EARLIER / learner / plan.quiz / f"{at:%Y-%m-%dT%H-%M-%SZ}-{name}"


def _file(folder: Path, quiz: str, kind: Kind) -> Path:
    return folder / (f"{quiz}.ipynb" if kind == "notebook" else f"{quiz}.answers.json")


def _row(learner: str, work: Work) -> Mapping[str, Any]:
    new = {piece.digest: piece for piece in work.new}
    return {
        "learner": learner,
        "what": work.what,
        "files": [new[piece.digest].name for piece in work.chosen if piece.digest in new],
        "earlier": [piece.name for piece in work.aside],
        "handed_in": max(piece.moment for piece in work.chosen).isoformat(timespec="seconds"),
        "remarks": list(dict.fromkeys([*(remark for piece in work.new for remark in piece.remarks), *work.remarks])),
        "logins": sorted({piece.login for piece in work.new if piece.login}),
    }
