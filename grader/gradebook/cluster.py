"""Lets the workers of a Dask cluster look at submissions, where one machine is not enough.

Workers only look: they read submissions through a file system that all machines share, and send back
what came of it. One process, the one that was started, enters it in the gradebook and writes the
files, batch by batch. So a cluster that fails costs time and nothing else.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from grader.gradebook.bulk import Desks, Eye, Job, Looked
from grader.gradebook.shelf import Shelf
from grader.messages import say
from grader.reading import BadInput, Problem

if TYPE_CHECKING:
    from distributed import Client, Future

SECONDS = 15
"""How long a cluster may be without any worker, and how long it may take to answer at all."""
HELP = "Start “dask scheduler” on one machine and “dask worker ADDRESS” on others. Nothing was lost."
NOT_INSTALLED = "needs Dask, which is not installed."
AWAY = "cannot be reached ({reason})."
NO_WORKERS = "has no workers."
LOST = "was lost ({reason})."
OTHER_SOFTWARE = "has a worker with another version of the course software."
SAME_SOFTWARE = "Install the same version everywhere, restart the workers, and start this again."
OTHER_COURSE = "has a worker that does not find this course as it is here ({reason})."
SHARE = "Workers read the course folder {folder} by the same path. Share it with their machines, and start this again."


class Cluster:
    """A cluster that looks at submissions; use it in a ``with`` block. BadInput if it cannot be reached or fails."""

    def __init__(self, address: str, shelf: Shelf, desks: Desks) -> None:
        self.address, self.shelf, self.desks = address, shelf, desks
        self.expected = software(), {name: desk.digest for name, desk in desks().items()}
        self.run = uuid4().hex
        self.client = self._client()

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # a client whose scheduler was lost cannot even take its leave
            self.client.close()

    def look(self, batches: Sequence[Sequence[Job]]) -> Iterator[list[Looked]]:
        """Look at submissions, batch by batch: at the next one while this one is entered, and never at more."""
        self._workers_there()
        coming = [self._sent(batch) for batch in batches[:1]]
        for n in range(len(batches)):
            ready = coming.pop()
            coming += [self._sent(batch) for batch in batches[n + 1 : n + 2]]
            yield [looked for future in ready for looked in self._result(future)]

    def _client(self) -> "Client":
        try:
            from distributed import Client
        except ModuleNotFoundError:
            right = "pip install 'protective-orders-course[dask]'"
            raise BadInput([Problem("--scheduler", 1, "", NOT_INSTALLED, right)]) from None
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what fails is said once, and by us
        try:
            return Client(self.address, timeout=SECONDS, set_as_default=False, name="grader-grade")
        except Exception as error:  # what is at the address may be anything, and may answer anything
            raise self._bad(AWAY.format(reason=_short(error))) from None

    def _workers_there(self) -> None:
        with self._reached():
            try:
                self.client.wait_for_workers(1, timeout=SECONDS)
            except TimeoutError:
                raise self._bad(NO_WORKERS) from None

    def _sent(self, batch: Sequence[Job]) -> list["Future"]:
        """Send a batch in pieces, some for every worker, so that none waits long for another."""
        with self._reached():
            size = max(1, len(batch) // (4 * max(1, len(self.client.nthreads()))))
            pieces = [batch[n : n + size] for n in range(0, len(batch), size)]
            given = (self.run, self.expected, self.shelf, self.desks)
            return [self.client.submit(look, *given, piece, pure=False) for piece in pieces]

    def _result(self, future: "Future") -> list[Looked]:
        while True:
            with self._reached():
                try:
                    looked: list[Looked] = future.result(timeout=SECONDS)
                    return looked
                except TimeoutError:  # it may only be slow; without workers it would wait for ever
                    self._workers_there()

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Say in plain words what went wrong on the cluster."""
        try:
            yield
        except BadInput:
            raise
        except _OtherSoftware:
            raise self._bad(OTHER_SOFTWARE, SAME_SOFTWARE) from None
        except _OtherCourse as error:
            right = SHARE.format(folder=self.shelf.settings.root)
            raise self._bad(OTHER_COURSE.format(reason=_short(error)), right) from None
        except (Exception, CancelledError) as error:
            raise self._bad(LOST.format(reason=_short(error)), say("go-on")) from None

    def _bad(self, wrong: str, right: str = HELP) -> BadInput:
        return BadInput([Problem(f"--scheduler {self.address}", 1, "", wrong, right)])


class _OtherSoftware(RuntimeError):
    """A worker would grade by other code."""


class _OtherCourse(RuntimeError):
    """A worker sees no course, or another quiz or key."""


_eyes: dict[str, Eye] = {}
_opening = Lock()


def look(
    run: str, expected: tuple[str, Mapping[str, str]], shelf: Shelf, desks: Desks, jobs: Sequence[Job]
) -> list[Looked]:
    """What a worker does: look at some submissions, if it would see and do what everybody else does."""
    with _opening:
        if run not in _eyes:
            eye = _open_eye(expected, shelf, desks)
            _eyes.clear()
            _eyes[run] = eye
        eye = _eyes[run]
    return [eye.look(job) for job in jobs]


def _open_eye(expected: tuple[str, Mapping[str, str]], shelf: Shelf, desks: Desks) -> Eye:
    if software() != expected[0]:
        raise _OtherSoftware
    try:
        opened = desks()
    except Exception as error:
        raise _OtherCourse(_short(error)) from None
    if {name: desk.digest for name, desk in opened.items()} != expected[1]:
        raise _OtherCourse("its release or its key is another")
    return Eye(shelf, opened)


@cache
def software() -> str:
    """A digest of the code that looks at submissions: the same wherever the same is installed."""
    whole, package = blake2b(digest_size=16), Path(__file__).parent.parent
    for path in sorted([*package.glob("*.py"), *package.glob("gradebook/*.py")]):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def _short(error: BaseException) -> str:
    text: Any = " ".join(str(error).split())
    return (text or type(error).__name__)[:200]
