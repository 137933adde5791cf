"""The past as this server was told it: held against a journal that has another."""

import contextlib
from collections import deque

from rostra.engine.ports import Damaged, Journal, Stored
from rostra.protocol.commit import Commit, Hash

#: Commits whose hash is remembered. What is lost is a matter of seconds.
REMEMBERED = 4_096


class Past:
    """Hashes of the commits from *first* on, the last :data:`REMEMBERED` of them."""

    def __init__(self, first: Commit) -> None:
        self._hashes: deque[Hash] = deque([first.hash], maxlen=REMEMBERED)
        self.last = first.seq

    @property
    def first(self) -> int:
        """The seq from which on hashes are known."""
        return self.last - len(self._hashes) + 1

    def add(self, commit: Commit) -> None:
        """*commit* is the next."""
        self._hashes.append(commit.hash)
        self.last = commit.seq

    def has(self, commit: Commit) -> bool:
        """Whether *commit*, not later than the last, is the one that was here."""
        place = commit.seq - self.first
        return place < 0 or self._hashes[place] == commit.hash

    async def common(self, journal: Journal, stored: Stored) -> int:
        """The last seq up to which *journal* tells the same. Raises Unavailable.

        Not earlier than what is remembered, which is the past of all who are here.
        """
        if stored.head.seq < self.first:
            return stored.head.seq
        same = self.first - 1
        # what is damaged further on is found by who replays it
        with contextlib.suppress(Damaged):
            async for commit in journal.read(stored.meeting, same):
                if commit.seq > self.last or not self.has(commit):
                    break
                same = commit.seq
        return same
