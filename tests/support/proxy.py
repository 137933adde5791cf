"""A line that can be bad: a TCP proxy of our own between a page and the server.

It delays, cuts and refuses as networks do, and can be a network that lets HTTP through
and no WebSocket, or one whose proxy hands on whole answers only. It knows nothing of
what it carries beyond the headers that say so.
"""

import asyncio
import re
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
CHUNK = 65_536
#: Ends a connection by RST instead of FIN: on, and without waiting.
NO_LINGER = struct.pack("ii", 1, 0)
CONNECTION = re.compile(rb"^Connection:[^\r]*", re.IGNORECASE | re.MULTILINE)
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Line:
    """One page's way to the server.

    ``delay_ms`` holds back each direction by so much; ``no_upgrade`` answers 403 to
    whoever asks for a WebSocket; ``whole`` keeps an answer back until it has ended, and
    goes on taking it in when nobody waits for it any more; ``swallow`` takes in what
    the server answers and never hands it on. All may be changed while the line is in
    use.
    """

    def __init__(
        self,
        port: int,
        *,
        delay_ms: int = 0,
        no_upgrade: bool = False,
        whole: bool = False,
    ) -> None:
        self.delay_ms = delay_ms
        self.no_upgrade = no_upgrade
        self.whole = whole
        self.swallow = False
        #: How many connections were refused an upgrade.
        self.refused_upgrades = 0
        self._to = port
        self._socket = _bound(0)
        self.port: int = self._socket.getsockname()[1]
        self._server: asyncio.Server | None = None
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}

    @property
    def base(self) -> str:
        """The address of the server by this line."""
        return f"http://{HOST}:{self.port}"

    async def restore(self) -> None:
        """Accept connections, from the start or again."""
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, sock=self._socket)

    async def cut(self) -> None:
        """Reset every connection, and refuse new ones until :meth:`restore`.

        The port stays taken by a socket that is bound and does not listen: the system
        itself then answers with "connection refused".
        """
        if self._server is not None:
            self._server.close()
            self._server = None
            self._socket = _bound(self.port)
        await self.reset()

    async def lead_to(self, port: int) -> None:
        """To another server from now on; those who are connected come again."""
        self._to = port
        await self.reset()

    async def reset(self) -> None:
        """Reset every connection; new ones are welcome."""
        tasks = list(self._open.values())
        for writer, task in list(self._open.items()):
            _reset(writer)
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def __aenter__(self) -> Self:
        await self.restore()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.cut()
        self._socket.close()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open[writer] = task
        try:
            await self._carry(reader, writer)
        except (OSError, asyncio.CancelledError):
            _reset(writer)
        finally:
            del self._open[writer]
            writer.close()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        first = await reader.read(CHUNK)
        if self.no_upgrade and b"upgrade: websocket" in first.lower():
            self.refused_upgrades += 1
            writer.write(FORBIDDEN)
            await writer.drain()
            return
        async with _connected(self._to) as (back, forth):
            if self.whole:
                await _carry_whole(reader, writer, back, forth, first)
                return
            both = (
                asyncio.create_task(self._copy(reader, forth, first)),
                asyncio.create_task(self._copy(back, writer, b"", answers=True)),
            )
            try:
                await asyncio.gather(*both)
            finally:
                for each in both:
                    each.cancel()

    async def _copy(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        first: bytes,
        *,
        answers: bool = False,
    ) -> None:
        """Carry what comes, each piece after its delay and in its order."""
        loop = asyncio.get_running_loop()
        held: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def let_go() -> None:
            while True:
                due, piece = await held.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not piece:
                    with suppress(OSError):
                        writer.write_eof()
                    return
                if answers and self.swallow:
                    continue
                writer.write(piece)
                await writer.drain()

        letting_go = asyncio.create_task(let_go())
        try:
            piece = first or await reader.read(CHUNK)
            while piece:
                held.put_nowait((loop.time() + self.delay_ms / 1000, piece))
                piece = await reader.read(CHUNK)
            held.put_nowait((loop.time() + self.delay_ms / 1000, b""))
            await letting_go
        finally:
            letting_go.cancel()


async def _carry_whole(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    back: asyncio.StreamReader,
    forth: asyncio.StreamWriter,
    first: bytes,
) -> None:
    """One request, and its answer once that is whole."""
    forth.write(CONNECTION.sub(b"Connection: close", first, count=1))

    async def rest() -> None:
        while piece := await reader.read(CHUNK):
            forth.write(piece)

    sending = asyncio.create_task(rest())
    try:
        answer = await back.read()
    finally:
        sending.cancel()
    writer.write(answer)
    await writer.drain()


def _bound(port: int) -> socket.socket:
    """A socket that has *port* (0: any that is free) and does not listen yet."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((HOST, port))
    return made


@asynccontextmanager
async def _connected(
    port: int,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        yield reader, writer
    finally:
        writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    handle = writer.get_extra_info("socket")
    if handle is not None:
        with suppress(OSError):
            handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    writer.transport.abort()
