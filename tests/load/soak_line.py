"""A client's own way to the server, on which everything may happen that networks do.

It carries bytes and knows nothing of what they are. What it does to them is done to the
connection that is there now; the next one is a good one again.
"""

import asyncio
import contextlib
import socket
import struct
import time

HOST = "127.0.0.1"
#: The server is to notice soon that nobody reads.
WINDOW = 8 * 1024
CHUNK = 16 * 1024
RESET = struct.pack("ii", 1, 0)


class Line:
    """One client's line to *port*."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._server: asyncio.Server | None = None
        self._now: _Carried | None = None
        #: For how long the server stayed by connections that said nothing any more.
        self.silences: list[float] = []

    async def open(self) -> None:
        """Listen, at a port of its own."""
        self._server = await asyncio.start_server(self._serve, HOST, 0, limit=CHUNK)

    @property
    def base(self) -> str:
        """The server's address by this line."""
        assert self._server is not None
        return f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """End what is there, and listen no more."""
        self.reset()
        if self._server is not None:
            self._server.close()

    def stall(self) -> None:
        """What the server sends is not taken any more."""
        if self._now:
            self._now.goes.clear()

    def go_on(self) -> None:
        """It is taken again."""
        if self._now:
            self._now.goes.set()

    def swallow(self) -> None:
        """Both ends believe that the connection is there; nothing arrives."""
        if self._now:
            self._now.swallowed_at = time.monotonic()
            self._now.goes.set()

    def reset(self) -> None:
        """RST to both sides."""
        if self._now:
            for writer in self._now.writers:
                _reset(writer)

    def cut_behind(self) -> None:
        """RST to the server; the client is closed in the usual way."""
        if self._now:
            _reset(self._now.writers[1])

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            back, forth = await _connected(self._to)
        except OSError:
            writer.close()
            return
        carried = self._now = _Carried((writer, forth))
        up = asyncio.create_task(_copy(reader, forth, carried, held=False))
        down = asyncio.create_task(_copy(back, writer, carried, held=True))
        await asyncio.wait((up, down), return_when=asyncio.FIRST_COMPLETED)
        if carried.swallowed_at and down.done():
            self.silences.append(time.monotonic() - carried.swallowed_at)
        if not carried.swallowed_at or up.done():
            up.cancel()
            down.cancel()
            forth.close()
            writer.close()
        else:
            # the server let go; the client has to find out by itself
            forth.close()
            await up
            writer.close()


class _Carried:
    """One connection that is carried."""

    def __init__(
        self, writers: tuple[asyncio.StreamWriter, asyncio.StreamWriter]
    ) -> None:
        self.writers = writers
        self.goes = asyncio.Event()
        self.goes.set()
        self.swallowed_at = 0.0


async def _copy(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    carried: _Carried,
    *,
    held: bool,
) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            if held:
                await carried.goes.wait()
            if not carried.swallowed_at:
                writer.write(data)
                await writer.drain()


async def _connected(
    port: int,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    line = socket.socket()
    line.setblocking(False)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
    try:
        await asyncio.get_running_loop().sock_connect(line, (HOST, port))
        return await asyncio.open_connection(sock=line, limit=CHUNK)
    except BaseException:
        line.close()
        raise


def _reset(writer: asyncio.StreamWriter) -> None:
    handle = writer.get_extra_info("socket")
    if handle is not None:
        with contextlib.suppress(OSError):
            handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
