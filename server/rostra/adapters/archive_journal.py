"""A journal out of an exported history with all its parts: to be read, never written.

What is in the file is checked as it is in every journal, by the chain; whether the file
is what was signed has been asked before (record/verify.py).
"""

from collections.abc import AsyncIterator, Collection, Sequence

import msgspec
from msgspec import Struct

from rostra.adapters.followers import Followers
from rostra.adapters.opening import CannotOpen
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import (
    Appended,
    Damaged,
    Stored,
    Unavailable,
    Unknown,
    Verdicts,
)
from rostra.protocol.commit import Commit, Head, first_hash, follows

#: What an address begins with that names such a file.
SCHEME = "archive:"
_HEAD = b'{"rostra":'
_REFUSED = Unknown("an archive takes nothing")
_CLOSED = Unknown("closed", fatal=True)


class _Line(Struct, frozen=True):
    """What a line of the export has of a commit (record/PROOF.md)."""

    seq: int
    open: str
    personal_sha256: str
    internal: str
    internal_salt: str
    hash: str
    personal: str | None = None
    personal_salt: str | None = None


class _Open(Struct, frozen=True):
    """What is asked of an open part."""

    meeting: MeetingId
    epoch: str


_line = msgspec.json.Decoder(_Line)
_open = msgspec.json.Decoder(_Open)


class ArchiveJournal:
    """Implements :class:`rostra.engine.ports.Journal`, of one meeting, read-only."""

    shared = False
    read_only = True

    def __init__(self, file: bytes) -> None:
        """Of an export. CannotOpen where it has not all that a meeting is made of."""
        self.lost: dict[MeetingId, Head] = {}
        self._followers = Followers()
        self._closed = False
        lines = [
            each for each in file.split(b"\n") if each and not each.startswith(_HEAD)
        ]
        try:
            self._commits = [_commit(_line.decode(line)) for line in lines]
            last = _open.decode(self._commits[-1].open)
        except (msgspec.DecodeError, ValueError, IndexError) as error:
            raise CannotOpen(
                "This file cannot be opened as a meeting: it has no internal parts, or "
                "is no export of commits. Write one that can be opened with: rostra "
                "export MEETING --commits --with personal,internal."
            ) from error
        self.meeting = last.meeting
        end = self._commits[-1]
        self._stored = Stored(self.meeting, Head(last.epoch, end.seq, end.hash), None)

    async def create(self, meeting: MeetingId, epoch: str, first: Commit) -> Appended:
        """Refused."""
        return _CLOSED if self._closed else _REFUSED

    async def append(
        self,
        meeting: MeetingId,
        head: Head,
        commits: Sequence[Commit],
        epoch: str | None = None,
        verdicts: Verdicts | None = None,
    ) -> Appended:
        """Refused."""
        return _CLOSED if self._closed else _REFUSED

    async def read(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """The commits after *after_seq*, in order."""
        self._must_be_open()
        previous = first_hash(meeting)
        for seq, commit in enumerate(self._of(meeting), start=1):
            if commit.seq != seq or not follows(previous, commit):
                raise Damaged(meeting, seq)
            previous = commit.hash
            if seq > after_seq:
                yield commit

    def follow(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """As :meth:`read`; nothing comes later."""
        return self._followers.follow(self.read, meeting, after_seq)

    async def meetings(self) -> list[Stored]:
        """The one."""
        self._must_be_open()
        return [self._stored]

    async def stored(self, meeting: MeetingId) -> Stored | None:
        """The one, if it is that."""
        self._must_be_open()
        return self._stored if meeting == self.meeting else None

    async def new_epoch(self, meeting: MeetingId, epoch: str) -> None:
        """Refused."""
        raise Unavailable(_REFUSED)

    async def forget(self, meeting: MeetingId, up_to: int) -> int:
        """Refused: what an archive has, only its owner can destroy."""
        raise Unavailable(_REFUSED)

    async def alive(self, meetings: Collection[MeetingId], at: Instant) -> None:
        """Nothing is kept of it."""
        self._must_be_open()

    async def close(self) -> None:
        """Let go."""
        self._closed = True
        self._followers.end()

    def _of(self, meeting: MeetingId) -> Sequence[Commit]:
        return self._commits if meeting == self.meeting else ()

    def _must_be_open(self) -> None:
        if self._closed:
            raise Unavailable(_CLOSED)


def _commit(line: _Line) -> Commit:
    both = line.personal is not None and line.personal_salt is not None
    return Commit(
        seq=line.seq,
        open=line.open.encode(),
        personal=(line.personal or "").encode() if both else None,
        internal=line.internal.encode(),
        personal_salt=bytes.fromhex(line.personal_salt or "") if both else None,
        internal_salt=bytes.fromhex(line.internal_salt),
        personal_hash=bytes.fromhex(line.personal_sha256),
        hash=bytes.fromhex(line.hash),
    )
