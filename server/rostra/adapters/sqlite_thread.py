"""The thread that holds the database, and the queue in front of it.

Here is the grouping of what waits, and what is done about failures. The event loop's
side is :mod:`rostra.adapters.sqlite_journal`.
"""

import logging
from asyncio import Future
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from msgspec import Struct

from rostra.adapters.opening import CannotOpen
from rostra.adapters.sqlite_folder import Changed, Folder
from rostra.adapters.writes import Write
from rostra.engine.ports import Appended, Unavailable, Unknown

log = logging.getLogger(__name__)


class WriteJob(Struct, frozen=True):
    """A wish to append, and where its answer goes."""

    write: Write
    answer: "Future[Appended]"


class AskJob(Struct, frozen=True):
    """Anything else that the thread does for somebody, and where the result goes."""

    call: Callable[[Folder], Any]
    answer: "Future[Any]"


class CloseJob(Struct, frozen=True):
    """The last job."""

    answer: "Future[None]"


Job = WriteJob | AskJob | CloseJob
#: Futures of the event loop, each with its result or an exception.
Answers = Sequence[tuple["Future[Any]", Any]]


class Scribe(Thread):
    """Serves the jobs of one journal, a group at a time.

    *tell* is called from this thread with the answers. *opened* is answered first: the
    meetings that have changed, or CannotOpen.
    """

    def __init__(
        self,
        path: Path,
        *,
        heads_every_s: float,
        opened: "Future[tuple[Changed, ...]]",
        tell: Callable[[Answers], None],
    ) -> None:
        # A daemon, so that a process that has to end can.
        super().__init__(name="journal", daemon=True)
        self.jobs: SimpleQueue[Job] = SimpleQueue()
        self._path = path
        self._heads_every_s = heads_every_s
        self._opened = opened
        self._tell = tell

    def run(self) -> None:
        """Open, serve, close."""
        try:
            folder = Folder(self._path)
        except CannotOpen as error:
            self._tell([(self._opened, error)])
            return
        except Exception as error:
            log.debug("opening failed", exc_info=True)
            self._tell([(self._opened, CannotOpen(f"The journal failed: {error}."))])
            return
        self._tell([(self._opened, folder.changed)])
        while self._serve(folder, self._group(folder)):
            pass

    def _group(self, folder: Folder) -> list[Job]:
        """All that waits, having waited for it; nothing when the heads are due."""
        timeout = None
        if folder.database.failed is None and not folder.heads_are_kept():
            timeout = max(0.0, self._heads_every_s - folder.since_heads_kept())
        group: list[Job] = []
        try:
            group.append(self.jobs.get(timeout=timeout))
            while True:
                group.append(self.jobs.get_nowait())
        except Empty:
            return group

    def _serve(self, folder: Folder, group: Sequence[Job]) -> bool:
        """Do all jobs of *group*. False when the folder is closed."""
        writes = [job for job in group if isinstance(job, WriteJob)]
        if writes:
            answers = _append(folder, [job.write for job in writes])
            self._tell(
                [(job.answer, a) for job, a in zip(writes, answers, strict=True)]
            )
        for job in group:
            if isinstance(job, AskJob):
                self._tell([(job.answer, _asked(folder, job))])
        for job in group:
            if isinstance(job, CloseJob):
                return self._close(folder, job)
        self._keep_house(folder)
        return True

    def _keep_house(self, folder: Folder) -> None:
        """What is due and nobody waits for."""
        if folder.database.failed is not None:
            return
        overdue = folder.since_heads_kept() >= self._heads_every_s
        try:
            if overdue and not folder.heads_are_kept():
                folder.keep_heads()
            folder.database.checkpoint_if_due()
        except Unavailable:
            log.debug("the next call will be refused", exc_info=True)
        except Exception:
            _fail(folder)

    def _close(self, folder: Folder, job: CloseJob) -> bool:
        """Close and answer. Whether the thread goes on.

        It does after a failure, and refuses: as long as it lives it holds the
        connection, which writes to the file when it is closed or collected, and what a
        write does after an I/O error nobody knows (F17). The process has to end.
        """
        failed = folder.database.failed is not None
        if not failed:
            try:
                folder.close()
            except Exception:
                log.exception("closing the journal failed")
        self._tell([(job.answer, None)])
        return failed


def _append(folder: Folder, writes: Sequence[Write]) -> Sequence[Appended]:
    """The answers to *writes*, never an exception."""
    try:
        return folder.database.write(writes)
    except Unavailable as error:
        return [error.why] * len(writes)
    except Exception:
        return [_fail(folder)] * len(writes)


def _fail(folder: Folder) -> Unknown:
    """Refuse from now on, because of an exception that is a bug of ours.

    A transaction may be left open, and must not be gone on with.
    """
    log.exception("The journal cannot be used any more.")
    folder.database.failed = Unknown("internal", fatal=True)
    return folder.database.failed


def _asked(folder: Folder, job: AskJob) -> Any:
    """What the call gives, or the exception it raises."""
    try:
        return job.call(folder)
    except Exception as error:
        return error
