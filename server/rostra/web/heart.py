"""Signs of life: one task pings every socket, and lets go of those that are silent.

A ping is Engine.IO's, three bytes; for clients it is the beat that says that the server
is there. One timer for each of ten thousand sockets would cost more than all deltas.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from typing import Protocol

LOOK_EVERY_S = 0.25


class Beating(Protocol):
    """A socket that is kept alive. ``heard`` is when its peer last said anything."""

    heard: float
    ended: bool

    def ping(self) -> None:
        """Write a ping, unless bytes are on their way anyhow."""
        ...

    def abort(self) -> None:
        """Let go of the socket at once."""
        ...


class Heart:
    """Pings every *interval_s*; silent for *timeout_s* more is gone.

    ``clock`` is seconds and never steps.
    """

    def __init__(
        self, interval_s: float, timeout_s: float, clock: Callable[[], float]
    ) -> None:
        self._interval_s = interval_s
        self._silence_s = interval_s + timeout_s
        self._clock = clock
        #: By when each is due; all wait equally long, so the order is that of time.
        self._due: deque[tuple[float, Beating]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._looked_at = self._awake_since = clock()

    def add(self, socket: Beating) -> None:
        """Ping *socket* from now on."""
        self._due.append((self._clock() + self._interval_s, socket))
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="heart")

    def beat(self) -> None:
        """Ping whoever is due.

        Where the server itself stood still nobody was asked: nobody is judged by it.
        """
        now = self._clock()
        if now - self._looked_at > self._interval_s / 2:
            self._awake_since = now
        self._looked_at = now
        while self._due and self._due[0][0] <= now:
            _, socket = self._due.popleft()
            if socket.ended:
                continue
            if now - max(socket.heard, self._awake_since) > self._silence_s:
                socket.abort()
                continue
            socket.ping()
            self._due.append((now + self._interval_s, socket))

    async def stop(self) -> None:
        """Ping nobody any more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(min(LOOK_EVERY_S, self._interval_s / 4))
            self.beat()
