"""A meeting made again from its commits: a restart is a replay.

A commit that cannot be read or applied here ends it: the meeting stands as it was
before, and nothing may be written to it.
"""

import logging

from rostra.core.draft import Draft
from rostra.core.events import MeetingCreated
from rostra.core.evolve import evolve, fold
from rostra.core.founding import found
from rostra.core.meeting import Meeting
from rostra.engine.ledger import Answered, Ledger
from rostra.engine.past import Past
from rostra.engine.ports import Damaged, Journal, Stored
from rostra.protocol.commit import Commit, Head
from rostra.protocol.stored import Record, read

log = logging.getLogger(__name__)


class Unreadable(Exception):
    """Commit *seq* is damaged, of a newer format, or cannot be applied."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"commit {seq} cannot be read")
        self.seq = seq


class Replayed:
    """A meeting's state, head, ledger and past while its commits are read."""

    def __init__(
        self,
        meeting: Meeting,
        head: Head,
        ledger: Ledger,
        past: Past,
        *,
        read_only: bool = False,
    ) -> None:
        self.meeting = meeting
        self.head = head
        self.ledger = ledger
        self.past = past
        self.read_only = read_only

    @staticmethod
    def first(commit: Commit, record: Record, epoch: str) -> "Replayed":
        """The meeting after its first commit."""
        event = record.events[0]
        assert isinstance(event, MeetingCreated)
        head = Head(epoch, commit.seq, commit.hash)
        replayed = Replayed(found(event, record.at), head, Ledger(), Past(commit))
        replayed.remember(record)
        return replayed

    def add(self, commit: Commit, record: Record) -> None:
        """The next commit; a new epoch may begin with it."""
        self.meeting = evolve(self.meeting, record.seq, record.at, record.events)
        self.head = Head(record.epoch, commit.seq, commit.hash)
        self.past.add(commit)
        self.remember(record)

    def remember(self, record: Record) -> None:
        """A command that was accepted keeps its answer for the meeting's life."""
        origin = record.origin
        if origin.command:
            self.ledger.accept(
                (origin.link, origin.command),
                Answered(origin.digest, record.seq, origin.result),
            )


class LongReplay:
    """Folds a whole history through one draft; :meth:`done` freezes it."""

    def __init__(self, replayed: Replayed, first: Commit) -> None:
        self._replayed = replayed
        self._draft = Draft(replayed.meeting)
        self._last = first

    def add(self, commit: Commit, record: Record) -> None:
        """The next commit."""
        fold(self._draft, record.seq, record.at, record.events)
        self._replayed.past.add(commit)
        self._last = commit
        self._replayed.remember(record)

    def done(self) -> Replayed:
        """The meeting as it stands after the last commit."""
        epoch, last = self._replayed.head.epoch, self._last
        self._replayed.head = Head(epoch, last.seq, last.hash)
        self._replayed.meeting = self._draft.freeze()
        return self._replayed


async def replay(journal: Journal, stored: Stored) -> Replayed:
    """The meeting *stored*; read-only where its history cannot be read to the end.

    Raises :class:`Unreadable` if not even the first commit can be read.
    """
    try:
        return await _fold(journal, stored, None)
    except Unreadable as broken:
        if broken.seq == 1:
            raise
        log.error("%s is read-only: %s", stored.meeting, broken, exc_info=True)
        # The draft is spoilt by what was half applied: read again, up to there.
        replayed = await _fold(journal, stored, broken.seq - 1)
        replayed.read_only = True
        return replayed


async def _fold(journal: Journal, stored: Stored, up_to: int | None) -> Replayed:
    long: LongReplay | None = None
    try:
        async for commit in journal.read(stored.meeting, 0):
            long = _next(long, commit, stored.head.epoch)
            if commit.seq == up_to:
                break
    except Damaged as damaged:
        raise Unreadable(damaged.seq) from damaged
    if long is None:
        raise Unreadable(1)
    return long.done()


def _next(long: LongReplay | None, commit: Commit, epoch: str) -> LongReplay:
    try:
        record = read(commit)
        if long is None:
            return LongReplay(Replayed.first(commit, record, epoch), commit)
        long.add(commit, record)
        return long
    # Whatever a stored event raises, it is a fact that this version cannot follow.
    except Exception as error:
        raise Unreadable(commit.seq) from error
