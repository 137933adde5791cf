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

from rostra.adapters.opening import CannotOpen
from rostra.adapters.redis_checks import examine
from rostra.adapters.redis_lines import Lines, lines_to
from rostra.adapters.redis_store import Kept, Store
from rostra.adapters.redis_urls import place_of
from rostra.adapters.remembered import Remembered
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
    read_only = False

    def __init__(
        self,
        lines: Lines,
        prefix: str,
        kept: Kept,
        notes: list[str],
        remembered: Remembered | None = None,
    ) -> None:
        self.notes = notes
        self.lost: dict[MeetingId, Head] = {}
        self._remembered = remembered
        self._lines = lines
        self._store = Store(lines, prefix, kept)
        self._writing: set[asyncio.Task[Appended]] = set()
        self._closed = asyncio.Event()

    @classmethod
    async def open(
        cls, address: str, remembered: Remembered | None = None
    ) -> "RedisJournal":
        """Use the Redis at *address* until :meth:`close`.

        What this server has reached is kept in *remembered*. Raises CannotOpen with a
        sentence for the operator.
        """
        place = place_of(address)
        lines = lines_to(place)
        try:
            kept, notes = await examine(place, lines)
            journal = cls(lines, place.options.prefix, kept, notes, remembered)
            await journal._look_back()
        except Unavailable as error:
            await lines.close()
            raise CannotOpen(f"{place}: {error.why.reason}.") from error
        except BaseException:
            await lines.close()
            raise
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
        """Add *commits* after *head*, all or none, kept when this returns Done.

        With no commits: whether everything up to *head* is kept, whoever wrote it.
        """
        return await self._write(continuation(meeting, head, commits, epoch, verdicts))

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
                if self._remembered is not None:
                    self._remembered.reached(meeting, commit)
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

    async def forget(self, meeting: MeetingId, up_to: int) -> int:
        """Erase the personal parts up to commit *up_to*; how many there were.

        Redis' own log has them until it is rewritten: that is asked of the server that
        holds the meeting, and begins a little later. Its replicas and whatever was
        copied from its disk are beyond this.
        """
        self._must_be_open()
        return await self._store.forget(meeting, up_to)

    async def alive(self, meetings: Collection[MeetingId], at: Instant) -> None:
        """Stamp that a server serves these *meetings* at *at*."""
        self._must_be_open()
        await self._store.note(meetings, "alive", at)
        if self._remembered is not None:
            await self._remembered.keep()

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
        if self._remembered is not None:
            await self._remembered.keep()
        await self._lines.close()

    async def _write(self, write: Write) -> Appended:
        if self._closed.is_set():
            return CLOSED
        task = asyncio.create_task(self._store.append(write))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)
        # Shielded: a caller who gives up must not cut a connection in the middle.
        answer = await asyncio.shield(task)
        if isinstance(answer, Done) and write.commits and self._remembered is not None:
            self._remembered.reached(write.meeting, write.commits[-1])
        return answer

    async def _look_back(self) -> None:
        """Find out what is gone of what this server had reached. Raises Unavailable."""
        heads = self._remembered.heads if self._remembered is not None else {}
        for meeting, kept in heads.items():
            stored = await self._store.look(meeting)
            if stored is None:
                log.error("%s is gone: it was at commit %d.", meeting, kept.seq)
            elif stored.head.epoch == kept.epoch and (
                await self._store.hash_at(meeting, kept.seq) != kept.hash
            ):
                # With another epoch the loss has been told already.
                self.lost[meeting] = kept

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
