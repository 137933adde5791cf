"""Those who wait, in this process, for a meeting's next commit."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable

from rostra.core.ids import MeetingId
from rostra.engine.ports import Unavailable
from rostra.protocol.commit import Commit

Read = Callable[[MeetingId, int], AsyncIterator[Commit]]


class Followers:
    """Wakes by event, so that nobody polls. For one event loop."""

    def __init__(self) -> None:
        self._waiting: defaultdict[MeetingId, set[asyncio.Event]] = defaultdict(set)
        self._ended = False

    def wake(self, meeting: MeetingId) -> None:
        """There is something new to read of *meeting*."""
        for event in self._waiting.get(meeting, ()):
            event.set()

    def end(self) -> None:
        """Let every follower finish what it reads and end."""
        self._ended = True
        for meeting in self._waiting:
            self.wake(meeting)

    async def follow(
        self, read: Read, meeting: MeetingId, after_seq: int
    ) -> AsyncIterator[Commit]:
        """What *read* gives after *after_seq*, and again whenever it is woken."""
        news = asyncio.Event()
        self._waiting[meeting].add(news)
        try:
            while not self._ended:
                # Cleared before reading: what is appended meanwhile sets it again.
                news.clear()
                async for commit in read(meeting, after_seq):
                    after_seq = commit.seq
                    yield commit
                await news.wait()
        except Unavailable:
            if not self._ended:
                raise
        finally:
            self._waiting[meeting].discard(news)
            if not self._waiting[meeting]:
                del self._waiting[meeting]
