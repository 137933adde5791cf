"""Hears of every commit that is added to a meeting of a shared journal."""

import asyncio
import logging
from collections.abc import Callable

from rostra.core.ids import MeetingId
from rostra.engine.ports import Damaged, Journal, Unavailable
from rostra.protocol.commit import Commit

log = logging.getLogger(__name__)

#: After trouble it is tried again so much later.
AGAIN_S = 1.0


class Follower:
    """What was heard waits in ``heard`` for the room's writer, which *wake* tells.

    ``damaged`` says that the journal has lost or changed what was given before.
    """

    def __init__(
        self, journal: Journal, meeting: MeetingId, wake: Callable[[], None]
    ) -> None:
        self._journal = journal
        self._meeting = meeting
        self._wake = wake
        self._task: asyncio.Task[None] | None = None
        self.heard: list[Commit] = []
        self.damaged = False

    def start(self, after: int) -> None:
        """Listen from seq *after* on; what was heard until now does not count."""
        self.stop()
        self.heard, self.damaged = [], False
        if self._journal.shared:
            name = f"follow {self._meeting}"
            self._task = asyncio.create_task(self._follow(after), name=name)

    def take(self) -> list[Commit]:
        """What was heard since the last time."""
        heard, self.heard = self.heard, []
        return heard

    def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _follow(self, after: int) -> None:
        while True:
            try:
                async for commit in self._journal.follow(self._meeting, after):
                    after = commit.seq
                    self.heard.append(commit)
                    self._wake()
                return
            except Damaged:
                self.damaged = True
                self._wake()
                return
            except Unavailable as error:
                log.warning("%s is not followed: %s", self._meeting, error)
            except Exception:
                # nobody else would say that this room has gone deaf
                log.exception("%s is not followed", self._meeting)
            await asyncio.sleep(AGAIN_S)
