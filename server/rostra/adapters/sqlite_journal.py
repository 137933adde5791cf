"""The embedded journal: SQLite behind one thread, for the event loop.

One server, one folder. Every call is put into the thread's queue and awaited, so a slow
disk delays answers and never the loop; what waits together is written together.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from rostra.adapters.followers import Followers
from rostra.adapters.opening import CannotOpen
from rostra.adapters.sqlite_file import JournalBusy
from rostra.adapters.sqlite_folder import Changed, Folder
from rostra.adapters.sqlite_rows import Page
from rostra.adapters.sqlite_thread import (
    Answers,
    AskJob,
    CloseJob,
    Scribe,
    WriteJob,
)
from rostra.adapters.writes import Write, beginning, continuation
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import (
    Appended,
    Damaged,
    Done,
    Stored,
    Unavailable,
    Unknown,
    Verdicts,
)
from rostra.protocol.commit import Commit, Head

__all__ = ["CannotOpen", "Changed", "JournalBusy", "SqliteJournal"]

T = TypeVar("T")

CLOSED = Unknown("closed", fatal=True)


class SqliteJournal:
    """Implements :class:`rostra.engine.ports.Journal`; made by :meth:`open`.

    Belongs to the event loop that opened it. ``changed`` names the meetings whose past
    had changed since the folder was last served; they have a new epoch.
    """

    shared = False
    read_only = False
    changed: tuple[Changed, ...]
    lost: dict[MeetingId, Head]

    def __init__(self, folder: Path, *, heads_every_s: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._followers = Followers()
        self._closed = False
        self._opened: asyncio.Future[tuple[Changed, ...]] = self._loop.create_future()
        self._scribe = Scribe(
            folder,
            heads_every_s=heads_every_s,
            opened=self._opened,
            tell=self._tell,
        )

    @classmethod
    async def open(cls, folder: Path, *, heads_every_s: float = 1.0) -> "SqliteJournal":
        """Serve *folder*, made with mode 0700 if need be, until :meth:`close`.

        The heads are kept beside the database every *heads_every_s* seconds if they
        have changed. Raises CannotOpen with a sentence for the operator, JournalBusy if
        it is that another server has the folder.
        """
        journal = cls(folder, heads_every_s=heads_every_s)
        journal._scribe.start()
        journal.changed = await journal._opened
        journal.lost = {each.meeting: each.kept for each in journal.changed}
        return journal

    async def create(self, meeting: MeetingId, epoch: str, first: Commit) -> Appended:
        """Begin a meeting with its first commit (seq 1). Conflict if it exists."""
        return await self._write(beginning(meeting, epoch, first))

    async def append(
        self,
        meeting: MeetingId,
        head: Head,
        commits: Sequence[Commit],
        epoch: str | None = None,
        verdicts: Verdicts | None = None,
    ) -> Appended:
        """Add *commits* after *head*, all or none, durable when this returns Done."""
        return await self._write(continuation(meeting, head, commits, epoch, verdicts))

    async def read(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """The commits after *after_seq*, in order, up to the end as it is now."""
        up_to = await self._ask(lambda folder: folder.database.end(meeting))
        while after_seq < up_to:
            page = await self._page(meeting, after_seq, up_to)
            for commit in page.commits:
                yield commit
            if page.damaged is not None:
                raise Damaged(meeting, page.damaged)
            after_seq += len(page.commits)

    def follow(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """As :meth:`read`, and then every later commit as it is appended."""
        return self._followers.follow(self.read, meeting, after_seq)

    async def meetings(self) -> list[Stored]:
        """Every meeting of the journal, by id."""
        return await self._ask(Folder.meetings)

    async def stored(self, meeting: MeetingId) -> Stored | None:
        """One of :meth:`meetings`; None if it is not there."""
        return await self._ask(lambda folder: folder.stored(meeting))

    async def new_epoch(self, meeting: MeetingId, epoch: str) -> None:
        """From now on heads of *meeting* carry *epoch*."""
        await self._ask(lambda folder: folder.new_epoch(meeting, epoch))

    async def forget(self, meeting: MeetingId, up_to: int) -> int:
        """Erase the personal parts up to commit *up_to*; how many there were."""
        return await self._ask(lambda folder: folder.database.forget(meeting, up_to))

    async def alive(self, meetings: Collection[MeetingId], at: Instant) -> None:
        """Stamp that a server serves these *meetings* at *at*."""
        await self._ask(lambda folder: folder.stamp_alive(meetings, at))

    async def close(self) -> None:
        """Settle what was called, keep the heads, let the folder go."""
        if self._closed:
            return
        self._closed = True
        self._followers.end()
        answer: asyncio.Future[None] = self._loop.create_future()
        self._scribe.jobs.put(CloseJob(answer))
        await answer

    async def _page(self, meeting: MeetingId, after_seq: int, up_to: int) -> Page:
        return await self._ask(
            lambda folder: folder.database.page(meeting, after_seq, up_to)
        )

    async def _write(self, write: Write) -> Appended:
        if self._closed:
            return CLOSED
        answer: asyncio.Future[Appended] = self._loop.create_future()
        answer.add_done_callback(partial(self._wake, write.meeting))
        self._scribe.jobs.put(WriteJob(write, answer))
        # Shielded: it is written, and followers hear of it, if the caller is cancelled.
        return await asyncio.shield(answer)

    def _wake(self, meeting: MeetingId, answer: "asyncio.Future[Appended]") -> None:
        if not answer.cancelled() and isinstance(answer.result(), Done):
            self._followers.wake(meeting)

    async def _ask(self, call: Callable[[Folder], T]) -> T:
        if self._closed:
            raise Unavailable(CLOSED)
        answer: asyncio.Future[T] = self._loop.create_future()
        self._scribe.jobs.put(AskJob(call, answer))
        return await answer

    def _tell(self, answers: Answers) -> None:
        """Called by the thread. A loop that is closed has nobody to tell."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._settle, answers)

    def _settle(self, answers: Answers) -> None:
        for future, result in answers:
            if future.done():
                continue  # cancelled: its caller no longer waits
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
