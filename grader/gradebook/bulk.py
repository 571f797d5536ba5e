"""Grades a whole class in one process: reads, scores, enters many submissions in one transaction, goes on.

A batch is entered in the gradebook as a whole or not at all. The graded notebooks are put in their
places inside the same transaction, and the gradebook remembers both what was handed in and what
was written. So a run that was stopped is simply started again: what is done is left alone, and what
was cut off in the middle does not match and is graded anew.
"""

import errno
import glob
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from fnmatch import fnmatch
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Connection

from grader.gradebook.desk import Desk, Graded, digest
from grader.gradebook.ledger import Assignment, Ledger, Taken
from grader.gradebook.posting import Entry, Penalty, Posting, no_penalty
from grader.gradebook.settings import Settings
from grader.gradebook.shelf import NOTEBOOKS, NoTime, Shelf, files_in, handed_in_at
from grader.gradebook.submission import plain_bytes
from grader.messages import say
from grader.reading import BadInput, Problem

BATCH = 200
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
Desks = Callable[[], Mapping[str, Desk]]


@dataclass(frozen=True)
class Job:
    """One submission to look at: whose, where, which notebooks, until when it was due, what was graded before."""

    learner: str
    folder: Path
    notebooks: tuple[str, ...]
    due: str = ""
    before: Taken | None = None


@dataclass(frozen=True)
class Looked:
    """What came of looking at a submission: graded notebooks, or why it could not be graded, or nothing new.

    ``beside`` names the other files that go along.
    """

    job: Job
    entry: Entry | None = None
    beside: tuple[str, ...] = ()
    failed: str = ""
    remarks: tuple[str, ...] = ()


@dataclass
class Outcome:
    """What a run did, by learner; ``remarks`` and ``failed`` say in plain words what was amiss."""

    graded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def take(self, looked: Looked) -> None:
        """Count one submission in."""
        learner = looked.job.learner
        if looked.failed:
            self.failed[learner] = looked.failed
        else:
            (self.graded if looked.entry else self.unchanged).append(learner)
        if looked.remarks:
            self.remarks[learner] = looked.remarks


class Eye:
    """Looks at submissions one by one. Knows no gradebook, so many can look at the same time."""

    def __init__(self, shelf: Shelf, desks: Mapping[str, Desk]) -> None:
        self.shelf, self.desks = shelf, desks

    def look(self, job: Job) -> Looked:
        """Grade one submission, unless it was graded before and nothing has changed. Never raises."""
        try:
            return self._look(job)
        except NoTime as error:
            return Looked(job, failed=say("no-time", text=str(error)[:60]))
        except Exception as error:  # one bad submission never stops the others
            return Looked(job, failed=f"{type(error).__name__}: {error}"[:300])

    def _look(self, job: Job) -> Looked:
        names = tuple(name for name in job.notebooks if name in self.desks)
        if not names:
            return Looked(job, failed=say("no-known-notebook"))
        ignore = self.shelf.settings.ignore
        files = dict(files_in(job.folder, ignore))
        content = self._digest(job, [name for name, plain in files.items() if plain])
        if (
            job.before
            and job.before.handed_in == content
            and job.before.written == self.shelf.written(job.learner, names)
        ):
            return Looked(job)
        graded = {name: self.desks[name].grade(job.folder, job.learner) for name in names}
        remarks = tuple(say("skipped-notebook", name=name) for name in job.notebooks if name not in self.desks)
        remarks += tuple(remark for one in graded.values() for remark in one.remarks)
        written = digest(*(one.text.encode() for one in graded.values()))
        missing = frozenset(name for name in self.desks if not (job.folder / f"{name}.ipynb").exists())
        entry = Entry(job.learner, handed_in_at(job.folder), graded, missing, Taken(content, written))
        remarks += tuple(say("left-behind", name=name) for name, plain in files.items() if not plain)
        beside = tuple(name for name, plain in files.items() if plain and not fnmatch(name, NOTEBOOKS))
        return Looked(job, entry, beside, remarks=remarks)

    def _digest(self, job: Job, files: Iterable[str]) -> str:
        """What was handed in, by whom, what it is graded by and when it was due, in short."""
        parts = [job.learner, job.due]
        for name, desk in self.desks.items():
            parts += [f"{name} {desk.digest}", *desk.logins(job.learner)]
        content = [one.encode() for one in parts]
        for name in files:
            content += [name.encode("utf-8", "surrogateescape"), plain_bytes(job.folder / name)]
        return digest(*content)


class Bulk:
    """A run over the submissions of one assignment."""

    def __init__(
        self,
        settings: Settings,
        name: str,
        ledger: Ledger,
        desks: Desks,
        *,
        penalty: Penalty = no_penalty,
        workers: int = 1,
        batch: int = BATCH,
    ) -> None:
        self.settings, self.name, self.ledger, self.desks = settings, name, ledger, desks
        self.assignment: Assignment = ledger.assignment(name)
        self.shelf = Shelf(settings, name)
        self.posting = Posting(ledger, self.assignment, penalty)
        self.workers, self.batch = workers, batch

    def jobs(self, *, force: bool = False) -> tuple[list[Job], list[str]]:
        """The submissions to look at, in order of learners, and the folders that hold no notebook.

        ``force`` looks at them as if nobody had been graded before.
        """
        taken = {} if force else self.ledger.taken(self.assignment)
        extensions, found, empty = self.ledger.extensions(self.assignment), [], []
        for learner, folder in self._folders():
            names = tuple(sorted(Path(one).stem for one in self._notebooks(folder)))
            due = f"{self.assignment.due} {extensions.get(learner, '')}"
            found += [Job(learner, folder, names, due, taken.get(learner))] if names else []
            empty += [] if names else [learner]
        return found, empty

    def look(self, jobs: Sequence[Job]) -> Iterator[list[Looked]]:
        """Look at submissions, batch by batch, without entering anything."""
        batches = [jobs[n : n + self.batch] for n in range(0, len(jobs), self.batch)]
        if self.workers <= 1:
            eye = Eye(self.shelf, self.desks())
            yield from ([eye.look(job) for job in batch] for batch in batches)
            return
        start = (self.shelf, self.desks)
        with ProcessPoolExecutor(self.workers, get_context("spawn"), _open_eye, start) as pool:
            try:
                yield from _one_ahead(pool, batches, max(1, self.batch // (4 * self.workers)))
            except BrokenProcessPool:
                raise BadInput([Problem("--workers", 1, "", say("worker-died"), say("go-on"))]) from None

    def run(self, jobs: Sequence[Job], tell: Callable[[int], None] = lambda number: None) -> Outcome:
        """Grade and enter submissions. ``tell`` hears how many more are done."""
        outcome = Outcome()
        known = None if self.settings.create_student else self.ledger.students()
        for looked in self.look(jobs):
            for one in self._entered([_admitted(one, known) for one in looked]):
                outcome.take(one)
            tell(len(looked))
        return outcome

    def _entered(self, looked: list[Looked]) -> list[Looked]:
        """Enter a batch; leave out, and report, a learner whose graded work cannot be put in its place."""
        while any(one.entry for one in looked):
            try:
                self._enter([one for one in looked if one.entry])
                break
            except _NoPlace as bad:
                job, reason = bad.looked.job, bad.error.strerror or str(bad.error)
                if bad.error.errno in FULL:
                    place = str(self.shelf.place(job.learner))
                    raise BadInput([Problem(place, 1, "", say("no-room", reason=reason), say("go-on"))]) from None
                failed = Looked(job, failed=say("no-place", reason=reason))
                looked = [failed if one is bad.looked else one for one in looked]
        return looked

    def _enter(self, looked: list[Looked]) -> None:
        def all_of_it(db: Connection) -> None:
            self.posting.enter(db, [one.entry for one in looked if one.entry])
            for one in looked:
                try:
                    self.shelf.put(
                        one.job.learner, one.job.folder, one.beside, _texts(one.entry.graded if one.entry else {})
                    )
                except OSError as error:
                    raise _NoPlace(one, error) from None

        self.ledger.at_once(all_of_it, self.assignment)

    def _folders(self) -> Iterator[tuple[str, Path]]:
        settings = self.settings
        excluded = settings.student_id_exclude.split(",")
        pattern = str(settings.path(settings.submitted_directory, settings.student_id, self.name))
        for folder in sorted(glob.glob(pattern)):
            learner = settings.student_in(self.name, Path(folder))
            if learner and learner not in excluded:
                yield learner, Path(folder)

    def _notebooks(self, folder: Path) -> Iterable[str]:
        wanted = f"{self.settings.notebook_id}.ipynb"
        return [one.name for one in folder.iterdir() if fnmatch(one.name, wanted) and not one.name.startswith(".")]


class _NoPlace(Exception):
    """A graded submission could not be put in its place."""

    def __init__(self, looked: Looked, error: OSError) -> None:
        self.looked, self.error = looked, error


def _texts(graded: Mapping[str, Graded]) -> dict[str, str]:
    return {name: one.text for name, one in graded.items()}


def _admitted(looked: Looked, known: set[str] | None) -> Looked:
    """A submission as it is, unless only known learners may hand in and this is none."""
    learner = looked.job.learner
    return (
        looked if known is None or learner in known else Looked(looked.job, failed=say("no-student", learner=learner))
    )


_eye: Eye


def _open_eye(shelf: Shelf, desks: Desks) -> None:
    """Make a worker ready. It leaves it to the main process to heed Ctrl-C."""
    global _eye
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _eye = Eye(shelf, desks())


def _look(job: Job) -> Looked:
    return _eye.look(job)


def _one_ahead(pool: ProcessPoolExecutor, batches: list[Sequence[Job]], chunk: int) -> Iterator[list[Looked]]:
    """Let the workers look at the next batch while this one is entered, and never at more."""
    coming = [pool.map(_look, batch, chunksize=chunk) for batch in batches[:1]]
    for n in range(len(batches)):
        ready = coming.pop()
        coming += [pool.map(_look, batch, chunksize=chunk) for batch in batches[n + 1 : n + 2]]
        yield list(ready)
