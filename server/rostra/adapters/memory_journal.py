"""A journal that lasts as long as the process: for tests, with faults to order.

It keeps the port's promises as the others do, and the shared suite holds it to them.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence

from msgspec.structs import replace

from rostra.adapters.followers import Followers
from rostra.adapters.writes import Write, beginning, continuation, weigh
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import (
    Appended,
    Conflict,
    Damaged,
    Done,
    Refused,
    Stored,
    Unavailable,
    Unknown,
    Verdicts,
)
from rostra.protocol.commit import Commit, Hash, Head, first_hash, follows


class History:
    """One meeting's. Public, so that a test can damage it."""

    def __init__(self, epoch: str) -> None:
        self.epoch = epoch
        self.commits: list[Commit] = []
        self.alive_at: Instant | None = None
        self.refused: dict[str, bytes] = {}

    @property
    def head(self) -> Head:
        """Where it ends."""
        return Head(self.epoch, self.commits[-1].seq, self.commits[-1].hash)


class MemoryJournal:
    """Implements :class:`rostra.engine.ports.Journal`.

    Faults, each for the next ``create`` or ``append`` alone unless said otherwise:

    - ``fail_next``: answered, and nothing is written. A fatal one, as with a real
      journal, is the answer to every call after it, until :meth:`reopened`.
    - ``lose_next_answer``: written, and ``Unknown`` answered.
    - ``rival_next``: these commits of somebody else come first.
    - ``gate``: while it is cleared, calls wait, as for a slow disk.
    """

    read_only = False

    def __init__(self, *, shared: bool = False) -> None:
        self.shared = shared
        self.lost: dict[MeetingId, Head] = {}
        self.histories: dict[MeetingId, History] = {}
        self.fail_next: Unknown | Conflict | None = None
        self.lose_next_answer = False
        self.rival_next: Sequence[Commit] = ()
        self.gate = asyncio.Event()
        self.gate.set()
        self._failed: Unknown | None = None
        self._followers = Followers()

    def reopened(self) -> "MemoryJournal":
        """The same histories as a server finds them that has started again."""
        journal = MemoryJournal(shared=self.shared)
        journal.histories = self.histories
        return journal

    def lose_tail(self, meeting: MeetingId, after_seq: int) -> None:
        """Forget what came after *after_seq* (1 or more), as a bad restore does."""
        del self.histories[meeting].commits[after_seq:]

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
        """Add *commits* after *head*, all or none."""
        return await self._write(continuation(meeting, head, commits, epoch, verdicts))

    async def read(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """The commits after *after_seq*, in order, up to the end as it is now."""
        self._must_work()
        history = self.histories.get(meeting)
        commits = [] if history is None else list(history.commits)
        if after_seq > len(commits):
            return
        previous = commits[after_seq - 1].hash if after_seq else first_hash(meeting)
        for seq, commit in enumerate(commits[after_seq:], start=after_seq + 1):
            # As with a disk, others get their turn meanwhile.
            await asyncio.sleep(0)
            if commit.seq != seq or not follows(previous, commit):
                raise Damaged(meeting, seq)
            previous = commit.hash
            yield commit

    def follow(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """As :meth:`read`, and then every later commit as it is appended.

        Raises Damaged where what was given, or was before it, has changed.
        """
        given = self._hash_at(meeting, after_seq)

        async def read(meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
            nonlocal given
            if self._hash_at(meeting, after_seq) != given:
                raise Damaged(meeting, after_seq)
            async for commit in self.read(meeting, after_seq):
                given = commit.hash
                yield commit

        return self._followers.follow(read, meeting, after_seq)

    async def meetings(self) -> list[Stored]:
        """Every meeting of the journal, by id."""
        self._must_work()
        return [
            Stored(meeting, history.head, history.alive_at)
            for meeting, history in sorted(self.histories.items())
        ]

    async def stored(self, meeting: MeetingId) -> Stored | None:
        """One of :meth:`meetings`; None if it is not there."""
        self._must_work()
        history = self.histories.get(meeting)
        if history is None:
            return None
        return Stored(meeting, history.head, history.alive_at)

    async def new_epoch(self, meeting: MeetingId, epoch: str) -> None:
        """From now on heads of *meeting* carry *epoch*."""
        self._must_work()
        self.histories[meeting].epoch = epoch

    async def forget(self, meeting: MeetingId, up_to: int) -> int:
        """Erase the personal parts up to commit *up_to*; how many there were."""
        self._must_work()
        commits = self.histories[meeting].commits
        erased = 0
        for place, commit in enumerate(commits[:up_to]):
            erased += commit.personal is not None
            commits[place] = replace(commit, personal=None, personal_salt=None)
        return erased

    async def alive(self, meetings: Collection[MeetingId], at: Instant) -> None:
        """Stamp that a server serves these *meetings* at *at*."""
        self._must_work()
        for meeting in self.histories.keys() & set(meetings):
            self.histories[meeting].alive_at = at

    async def close(self) -> None:
        """Refuse what comes later; :meth:`reopened` goes on."""
        self._failed = self._failed or Unknown("closed", fatal=True)
        self._followers.end()

    def _hash_at(self, meeting: MeetingId, seq: int) -> Hash | None:
        """Of commit *seq*, 0 being before the first; None if it is not there."""
        history = self.histories.get(meeting)
        if seq == 0 or history is None:
            return first_hash(meeting)
        return history.commits[seq - 1].hash if seq <= len(history.commits) else None

    def _must_work(self) -> None:
        if self._failed is not None:
            raise Unavailable(self._failed)

    async def _write(self, write: Write) -> Appended:
        await self.gate.wait()
        if self._failed is not None:
            return self._failed
        rival, self.rival_next = self.rival_next, ()
        if rival:
            self._add(Write(write.meeting, write.before, write.epoch, rival))
        fault, self.fail_next = self.fail_next, None
        if fault is not None:
            if isinstance(fault, Unknown) and fault.fatal:
                self._failed = fault
            return fault
        history = self.histories.get(write.meeting)
        answer: Appended = weigh(write, history.head if history else None)
        if isinstance(answer, Done) and history and self.shared:
            known = history.refused.keys() & set(write.verdicts.asked)
            if known:
                return Refused({key: history.refused[key] for key in known})
            history.refused = {**write.verdicts.refused, **history.refused}
        if isinstance(answer, Done):
            self._add(write)
        lost, self.lose_next_answer = self.lose_next_answer, False
        return Unknown("the answer was lost") if lost else answer

    def _add(self, write: Write) -> None:
        history = self.histories.setdefault(write.meeting, History(write.epoch))
        history.commits.extend(write.commits)
        history.epoch = write.epoch
        self._followers.wake(write.meeting)
