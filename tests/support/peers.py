"""The servers of a journal in one process, for tests that need no Redis."""

import asyncio
from collections.abc import Callable, Mapping

from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import Peer, Unavailable, Unknown

FORGOTTEN_MS = 5_000


class Board:
    """Where they write; ``broken`` is a Redis that is away."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self.now = now
        self.broken = False
        self.words: dict[MeetingId, dict[str, Peer]] = {}

    def alive(self, meeting: MeetingId) -> dict[str, Peer]:
        """Who was heard of lately."""
        oldest = self.now() - FORGOTTEN_MS
        words = self.words.setdefault(meeting, {})
        for name in [name for name, peer in words.items() if peer.at <= oldest]:
            del words[name]
        return words


class MemoryPeers:
    """Implements :class:`rostra.engine.ports.Peers` for the server *name*.

    ``cut``: the line of this one alone. ``gate``: while it is cleared, words are on
    their way.
    """

    forgotten_ms = FORGOTTEN_MS

    def __init__(self, board: Board, name: str) -> None:
        self.board = board
        self.name = name
        self.cut = False
        self.gate = asyncio.Event()
        self.gate.set()
        self.exchanges = 0

    async def exchange(
        self, said: Mapping[MeetingId, bytes]
    ) -> Mapping[MeetingId, Mapping[str, Peer]]:
        """Say *said* of each meeting, and hear what the others say."""
        await self.gate.wait()
        if self.board.broken or self.cut:
            raise Unavailable(Unknown("cut"))
        self.exchanges += 1
        heard: dict[MeetingId, Mapping[str, Peer]] = {}
        for meeting, word in said.items():
            words = self.board.alive(meeting)
            before = words.get(self.name)
            same = before is not None and before.said == word
            said_ = before.said if before is not None and same else word
            words[self.name] = Peer(self.board.now(), said_)
            heard[meeting] = {k: v for k, v in words.items() if k != self.name}
        return heard

    async def close(self) -> None:
        """Nothing is held."""
