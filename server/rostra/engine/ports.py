"""What is needed from outside: a journal, a clock, and word of other servers.

Adapters implement these; neither the engine nor the web part names a vendor.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from rostra.core.ids import Instant, MeetingId
from rostra.protocol.commit import Commit, Head


class Done(Struct, frozen=True):
    """The commits are durable; ``head`` is the new end of the history."""

    head: Head


class Conflict(Struct, frozen=True):
    """Someone was faster: ``head`` is what the journal has. Nothing was written."""

    head: Head | None


class Unknown(Struct, frozen=True):
    """I/O trouble or a time-out: whether it was written is not known.

    Nothing may be acknowledged; the journal is to be read again. ``fatal`` means that
    this handle must not be used any more and the process has to start again;
    ``full`` that the disk has no room and writing may go on once it has.
    """

    reason: str
    fatal: bool = False
    full: bool = False


class Refused(Struct, frozen=True):
    """Another server has refused some of the commands. Nothing was written."""

    refused: Mapping[str, bytes]


Appended = Done | Conflict | Unknown | Refused


#: The longest validity of a command, and 60 s: so long a no is remembered.
REFUSALS_KEPT_MS = 360_000


class Verdicts(Struct, frozen=True):
    """What a turn answers, where another server might answer the same otherwise.

    ``asked`` names the command of each commit, in order; ``refused`` has the commands
    that get a no, each with what it takes to give it again.
    """

    asked: Sequence[str] = ()
    refused: Mapping[str, bytes] = {}


class Damaged(Exception):
    """What is stored of *meeting* is not what was written, from commit *seq* on."""

    def __init__(self, meeting: MeetingId, seq: int) -> None:
        super().__init__(f"meeting {meeting}: commit {seq} is damaged or missing")
        self.meeting = meeting
        self.seq = seq


class Unavailable(Exception):
    """A call that has no :class:`Unknown` to answer with could not be done.

    ``why`` says it as :class:`Unknown` would: ``fatal``, ``full`` or neither.
    """

    def __init__(self, why: Unknown) -> None:
        super().__init__(why.reason)
        self.why = why


class Stored(Struct, frozen=True):
    """A meeting that the journal holds: its head, and when a server was last alive."""

    meeting: MeetingId
    head: Head
    alive_at: Instant | None


class Journal(Protocol):
    """The only truth: an append-only history of commits per meeting."""

    #: Whether other processes write to it too.
    shared: bool
    #: Whether it takes nothing, now or ever: an archive.
    read_only: bool
    #: Heads that this server had reached and did not find any more when it was opened.
    lost: dict[MeetingId, Head]

    async def create(self, meeting: MeetingId, epoch: str, first: Commit) -> Appended:
        """Begin a meeting with its first commit (seq 1). Conflict if it exists.

        Raises ValueError where *first* cannot begin its chain.
        """
        ...

    async def append(
        self,
        meeting: MeetingId,
        head: Head,
        commits: Sequence[Commit],
        epoch: str | None = None,
        verdicts: Verdicts | None = None,
    ) -> Appended:
        """Add *commits* after *head*, all or none, durable when this returns Done.

        Epoch, seq and hash of *head* must all equal the journal's own. From these
        commits on heads carry *epoch*, where one is given. With no commits the answer
        says whether *head* is the end, and all before it durable. Raises ValueError
        where *commits* do not continue the chain after *head*.

        A shared journal keeps what *verdicts* refuse for REFUSALS_KEPT_MS, and answers
        Refused where one of the commands it is asked for was refused.
        """
        ...

    def read(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """The commits after *after_seq*, in order, up to the present end.

        None for a meeting that is not there. Raises Damaged after the last commit
        that is intact, and Unavailable.
        """
        ...

    def follow(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """As :meth:`read`, and then every later commit as it is appended.

        Ends when the journal is closed.
        """
        ...

    async def meetings(self) -> list[Stored]:
        """Every meeting of the journal, by id. Raises Unavailable."""
        ...

    async def stored(self, meeting: MeetingId) -> Stored | None:
        """One of :meth:`meetings`; None if it is not there. Raises Unavailable."""
        ...

    async def new_epoch(self, meeting: MeetingId, epoch: str) -> None:
        """The past was found to be changed: from now on heads carry *epoch*.

        Raises Unavailable, and KeyError for a meeting that is not there.
        """
        ...

    async def forget(self, meeting: MeetingId, up_to: int) -> int:
        """Erase the personal parts, with their salts, of all commits up to *up_to*.

        Says how many there were; done again it finds none. All else stays as it was,
        their digests and so the chain included. Once this returns nothing of them is
        left where the journal keeps them; what others copied from there is theirs.
        Raises Unavailable, and KeyError for a meeting that is not there.
        """
        ...

    async def alive(self, meetings: Collection[MeetingId], at: Instant) -> None:
        """Stamp that a server serves these *meetings* at *at*; kept across a crash.

        Those that are not there are passed over. Need not survive a power failure.
        Raises Unavailable.
        """
        ...

    async def close(self) -> None:
        """Flush and let go. What is called afterwards is refused as fatal."""
        ...


class Clock(Protocol):
    """Time for the engine: never steps, goes on while the host sleeps."""

    def now(self) -> Instant:
        """Milliseconds since 1970 UTC, as measured since this process started."""
        ...

    def wall(self) -> Instant:
        """What the host's wall clock says now; for comparison only."""
        ...

    def not_before(self, at: Instant) -> None:
        """Journal time has reached *at*: :meth:`now` never answers less."""
        ...


class Peer(Struct, frozen=True):
    """Another server of the journal: when it was heard of last, and what it said."""

    at: Instant
    said: bytes


class Peers(Protocol):
    """The servers of a journal, and what each of them says of itself for a while.

    None of it is kept: who is not heard of for ``forgotten_ms`` has said nothing.
    """

    forgotten_ms: int

    async def exchange(
        self, said: Mapping[MeetingId, bytes]
    ) -> Mapping[MeetingId, Mapping[str, Peer]]:
        """Say *said* of each meeting, and hear what all others say of these, by server.

        A meeting is left out of the answer where nothing could be said or heard of it.
        What a peer says again is the same object. Raises Unavailable.
        """
        ...

    async def close(self) -> None:
        """Let go."""
        ...
