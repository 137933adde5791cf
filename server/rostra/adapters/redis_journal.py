"""The journal of several servers: a Redis stream per meeting.

Any server may write; the stream decides who was first. It is the log and the way by
which servers hear of each other in one: whoever lost the connection reads on from where
they were. Nothing is fatal but closing: a call that failed is not repeated here, since
whether it was carried out is known only by reading.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Collection, Sequence
from typing import TypeVar

from rostra.adapters.redis_checks import examine
from rostra.adapters.redis_lines import Lines, lines_to
from rostra.adapters.redis_store import Kept, Store
from rostra.adapters.redis_urls import place_of
from rostra.adapters.writes import Write, beginning, continuation
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import Appended, Damaged, Stored, Unavailable, Unknown
from rostra.protocol.commit import Commit, Hash, Head

log = logging.getLogger(__name__)

T = TypeVar("T")

CLOSED = Unknown("closed", fatal=True)
#: A follower that cannot read tries again after a random part of this, doubled each
#: time up to the longest: servers that lost one Redis do not come back as one.
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0


class RedisJournal:
    """Implements :class:`rostra.engine.ports.Journal`; made by :meth:`open`.

    ``notes`` are sentences for the operator: what this Redis does not promise.
    """

    shared = True

    def __init__(self, lines: Lines, prefix: str, kept: Kept, notes: list[str]) -> None:
        self.notes = notes
        self._lines = lines
        self._store = Store(lines, prefix, kept)
        self._writing: set[asyncio.Task[Appended]] = set()
        self._closed = asyncio.Event()

    @classmethod
    async def open(cls, address: str) -> "RedisJournal":
        """Use the Redis at *address* until :meth:`close`.

        Raises CannotOpen with a sentence for the operator.
        """
        place = place_of(address)
        lines = lines_to(place)
        try:
            kept, notes = await examine(place, lines)
        except BaseException:
            await lines.close()
            raise
        return cls(lines, place.options.prefix, kept, notes)

    async def create(self, meeting: MeetingId, epoch: str, first: Commit) -> Appended:
        """Begin a meeting with its first commit (seq 1). Conflict if it exists."""
        return await self._write(beginning(meeting, epoch, first))

    async def append(
        self,
        meeting: MeetingId,
        head: Head,
        commits: Sequence[Commit],
        epoch: str | None = None,
    ) -> Appended:
        """Add *commits* after *head*, all or none, kept when this returns Done.

        With no commits: whether everything up to *head* is kept, whoever wrote it.
        """
        return await self._write(continuation(meeting, head, commits, epoch))

    async def read(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """The commits after *after_seq*, in order, up to the end as it is now."""
        self._must_be_open()
        stored = await self._store.look(meeting)
        up_to = stored.head.seq if stored else 0
        if after_seq >= up_to:
            return
        previous = await self._hash_at(meeting, after_seq)
        while after_seq < up_to:
            page = await self._store.page(meeting, after_seq, up_to, previous)
            for commit in page.commits:
                after_seq, previous = commit.seq, commit.hash
                yield commit
            if page.damaged is not None:
                raise Damaged(meeting, page.damaged)

    async def follow(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """As :meth:`read`, and then every later commit, whoever appends it.

        Trouble with Redis is waited out. Raises Damaged where the stream has lost or
        changed what was before *after_seq*, or what was given since.
        """
        self._must_be_open()
        place: tuple[int, Hash] | None = None
        pause_s = FIRST_PAUSE_S
        while not self._closed.is_set():
            try:
                if place is None:
                    place = (after_seq, await self._hash_at(meeting, after_seq))
                page = await self._unless_closed(self._store.news(meeting, *place))
                if pause_s > FIRST_PAUSE_S:
                    log.warning("%s is followed again", meeting)
                pause_s = FIRST_PAUSE_S
            except Unavailable as error:
                if pause_s == FIRST_PAUSE_S:
                    log.warning("%s is not followed for now: %s", meeting, error)
                await self._unless_closed(asyncio.sleep(random.uniform(0, pause_s)))
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
                continue
            for commit in page.commits if page else ():
                place = (commit.seq, commit.hash)
                yield commit
            if page and page.damaged is not None:
                raise Damaged(meeting, page.damaged)

    async def meetings(self) -> list[Stored]:
        """Every meeting of the journal, by id."""
        self._must_be_open()
        return await self._store.meetings()

    async def stored(self, meeting: MeetingId) -> Stored | None:
        """One of :meth:`meetings`; None if it is not there."""
        self._must_be_open()
        return await self._store.look(meeting)

    async def new_epoch(self, meeting: MeetingId, epoch: str) -> None:
        """From now on heads of *meeting* carry *epoch*."""
        self._must_be_open()
        await self._store.new_epoch(meeting, epoch)

    async def alive(self, meetings: Collection[MeetingId], at: Instant) -> None:
        """Stamp that a server serves these *meetings* at *at*."""
        self._must_be_open()
        await self._store.note(meetings, "alive", at)

    async def time(self) -> Instant:
        """Redis' own time, which all servers share. Raises Unavailable."""
        self._must_be_open()
        return await self._store.time()

    async def close(self) -> None:
        """Settle what was called, end who follows, cut the connections."""
        if self._closed.is_set():
            return
        self._closed.set()
        await asyncio.gather(*self._writing, return_exceptions=True)
        await self._lines.close()

    async def _write(self, write: Write) -> Appended:
        if self._closed.is_set():
            return CLOSED
        task = asyncio.create_task(self._store.append(write))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)
        # Shielded: a caller who gives up must not cut a connection in the middle.
        return await asyncio.shield(task)

    async def _hash_at(self, meeting: MeetingId, seq: int) -> Hash:
        found = await self._store.hash_at(meeting, seq)
        if found is None:
            raise Damaged(meeting, seq)
        return found

    async def _unless_closed(self, waited_for: Awaitable[T]) -> T | None:
        """What *waited_for* gives; None if the journal is closed first."""
        task = asyncio.ensure_future(waited_for)
        closed = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait({task, closed}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            task.cancel()
            closed.cancel()
            await asyncio.gather(task, closed, return_exceptions=True)

    def _must_be_open(self) -> None:
        if self._closed.is_set():
            raise Unavailable(CLOSED)
