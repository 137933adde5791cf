"""One address in front of several servers: a TCP proxy that knows who is there.

It looks at nothing that it carries and keeps nobody with a server: any will do. A new
connection goes to the server with the fewest; one that does not take it is passed over.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Protocol

CHUNK = 65_536
CONNECT_S = 1.0
BACKLOG = 1_024


class Behind(Protocol):
    """A server, as far as the proxy is concerned."""

    host: str
    port: int

    @property
    def answers(self) -> bool:
        """Whether it said of late that it takes people in."""
        ...


class Proxy:
    """Listens from :meth:`start` to :meth:`end`; *servers* may still be filled."""

    def __init__(self, host: str, port: int, servers: Sequence[Behind]) -> None:
        self.port = port
        self._host = host
        self._servers = servers
        self._held: Counter[int] = Counter()
        self._turn = count()
        self._lines: set[asyncio.Task[None]] = set()
        self._listener: asyncio.Server | None = None

    async def start(self) -> None:
        """Accept connections. OSError where the address is taken."""
        self._listener = await asyncio.start_server(
            self._serve, self._host, self.port, backlog=BACKLOG
        )
        self.port = self._listener.sockets[0].getsockname()[1]

    async def end(self) -> None:
        """Hang up on everybody."""
        if self._listener is not None:
            self._listener.close()
        lines = list(self._lines)
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            await self._carry(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._lines.discard(task)
            writer.transport.abort()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """To and fro until the server has ended it, or either is gone."""
        for number in self._in_order():
            server = self._servers[number]
            try:
                async with asyncio.timeout(CONNECT_S):
                    back, forth = await asyncio.open_connection(
                        server.host, server.port
                    )
            except (OSError, TimeoutError):
                continue
            break
        else:
            return
        self._held[number] += 1
        asking = asyncio.create_task(_copy(reader, forth))
        try:
            await _copy(back, writer)
        finally:
            self._held[number] -= 1
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            forth.transport.abort()

    def _in_order(self) -> list[int]:
        """Whom to try: those that answer, those that hold the fewest, in turns."""
        first, many = next(self._turn), len(self._servers)
        return sorted(
            range(many),
            key=lambda n: (
                not self._servers[n].answers,
                self._held[n],
                (n - first) % many,
            ),
        )


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry what comes, then its end. OSError where a side is gone."""
    while piece := await reader.read(CHUNK):
        writer.write(piece)
        await writer.drain()
    with suppress(OSError):
        writer.write_eof()
        await writer.drain()
