"""A meeting made again from its commits: a restart is a replay."""

from rostra.core.draft import Draft
from rostra.core.events import MeetingCreated
from rostra.core.evolve import evolve, fold
from rostra.core.founding import found
from rostra.core.meeting import Meeting
from rostra.engine.ledger import Answered, Ledger
from rostra.protocol.commit import Commit, Head
from rostra.protocol.stored import Record


class Replayed:
    """A meeting's state, head and ledger while its commits are read."""

    def __init__(
        self,
        meeting: Meeting,
        head: Head,
        ledger: Ledger,
        *,
        read_only: bool = False,
    ) -> None:
        self.meeting = meeting
        self.head = head
        self.ledger = ledger
        self.read_only = read_only

    @staticmethod
    def first(commit: Commit, record: Record, epoch: str) -> "Replayed":
        """The meeting after its first commit."""
        event = record.events[0]
        assert isinstance(event, MeetingCreated)
        head = Head(epoch, commit.seq, commit.hash)
        replayed = Replayed(found(event, record.at), head, Ledger())
        replayed.remember(record)
        return replayed

    def add(self, commit: Commit, record: Record) -> None:
        """The next commit."""
        self.meeting = evolve(self.meeting, record.seq, record.at, record.events)
        self.head = Head(self.head.epoch, commit.seq, commit.hash)
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

    def __init__(self, replayed: Replayed) -> None:
        self._replayed = replayed
        self._draft = Draft(replayed.meeting)

    def add(self, commit: Commit, record: Record) -> None:
        """The next commit."""
        fold(self._draft, record.seq, record.at, record.events)
        epoch = self._replayed.head.epoch
        self._replayed.head = Head(epoch, commit.seq, commit.hash)
        self._replayed.remember(record)

    def done(self) -> Replayed:
        """The meeting as it stands after the last commit."""
        self._replayed.meeting = self._draft.freeze()
        return self._replayed
