"""One socket on a real transport: when it holds bytes, and when it is let go."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from rostra.web import frames
from rostra.web.app import HALLS, SOCKETS
from rostra.web.connection import Connection
from rostra.web.settings import Limits
from web.house import DELEGATE, MODERATOR, QUICK, VIEWER, House, opened


class Session:
    """Notes what its connection tells it, and whether the socket was open then."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        self.told: list[str] = []
        self.on_drained: Callable[[], None] | None = None
        self.open_when_gone: bool | None = None

    def held(self) -> None:
        self.told.append("held")

    def drained(self) -> None:
        self.told.append("drained")
        again, self.on_drained = self.on_drained, None
        if again is not None:
            again()

    def gone(self) -> None:
        self.told.append("gone")
        self.open_when_gone = self._server.fileno() >= 0


class Inner(asyncio.Protocol):
    """What the transport spoke to before: it goes on to hear everything."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def data_received(self, data: bytes) -> None:
        self.heard.append(f"data {data!r}")

    def eof_received(self) -> bool:
        self.heard.append("eof")
        return False

    def pause_writing(self) -> None:
        self.heard.append("pause")

    def resume_writing(self) -> None:
        self.heard.append("resume")

    def connection_lost(self, exc: Exception | None) -> None:
        self.heard.append("lost")


@asynccontextmanager
async def pair() -> AsyncIterator[tuple[Connection, Session, Inner, socket.socket]]:
    """A connection over a real socket, and the client's end of it."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    loop = asyncio.get_running_loop()
    inner = Inner()
    transport, _ = await loop.create_connection(lambda: inner, sock=ours)
    connection = Connection(lambda: None, Limits())
    connection.open(transport)
    session = Session(ours)
    connection.session = session  # type: ignore[assignment]
    try:
        yield connection, session, inner, theirs
    finally:
        connection.end()
        transport.abort()
        theirs.close()
        await asyncio.sleep(0)


async def drain(theirs: socket.socket, size: int) -> bytes:
    """Read *size* bytes."""
    got = bytearray()
    async with asyncio.timeout(5):
        while len(got) < size:
            got += await asyncio.get_running_loop().sock_recv(theirs, 1 << 20)
    return bytes(got)


async def test_it_is_clear_until_the_kernel_takes_no_more() -> None:
    async with pair() as (connection, session, inner, theirs):
        small = frames.event("delta", {"text": "x"})
        connection.write(small, small)
        assert connection.clear and session.told == []
        assert await drain(theirs, 2 * len(small.websocket)) == 2 * small.websocket
        big = frames.event("delta", {"text": "x" * 4_000_000})
        connection.write(big)
        assert not connection.clear and session.told == ["held"]
        assert await drain(theirs, len(big.websocket)) == big.websocket
        async with asyncio.timeout(1):
            while not connection.clear:
                await asyncio.sleep(0)
        assert session.told == ["held", "drained"]
        assert inner.heard == ["pause", "resume"]


async def test_a_ping_comes_after_what_waits() -> None:
    async with pair() as (connection, _, _, theirs):
        connection.ping()
        assert await drain(theirs, 3) == b"\x81\x012"
        big = frames.event("delta", {"text": "x" * 4_000_000})
        connection.write(big)
        connection.ping()
        size = len(big.websocket)
        assert await drain(theirs, size + 3) == big.websocket + b"\x81\x012"


async def test_a_ping_that_had_to_wait_goes_before_the_news() -> None:
    """One who is told so much that it never drains for long is pinged all the same."""
    async with pair() as (connection, session, _, theirs):
        big = frames.event("delta", {"text": "x" * 4_000_000})
        connection.write(big)
        connection.ping()
        session.on_drained = lambda: connection.write(big)
        size = len(big.websocket)
        got = await drain(theirs, 2 * size + 3)
        assert got[size : size + 3] == b"\x81\x012"


async def test_its_session_hears_of_the_end_before_the_descriptor_is_free() -> None:
    async with pair() as (connection, session, inner, theirs):
        raw = connection.raw
        assert raw >= 0
        theirs.close()
        async with asyncio.timeout(5):
            while "lost" not in inner.heard:
                await asyncio.sleep(0.001)
        assert session.told == ["gone"] and session.open_when_gone is True
        assert connection.raw == -1


async def test_what_the_client_says_reaches_the_protocol() -> None:
    async with pair() as (_, _, inner, theirs):
        theirs.send(b"hello")
        await asyncio.sleep(0.02)
        assert inner.heard == ["data b'hello'"]


async def test_after_goodbye_nothing_more_is_written() -> None:
    async with pair() as (connection, session, _, theirs):
        connection.finish(1000)
        connection.write(frames.event("delta", {}))
        connection.ping()
        await asyncio.sleep(0.02)
        try:
            rest = theirs.recv(10)
        except BlockingIOError:
            rest = b""
        assert rest == b"\x88\x02\x03\xe8" and session.told == ["gone"]


async def test_one_who_is_gone_leaves_nothing_behind() -> None:
    """Rings and rooms hold nobody whose socket was reset."""
    async with opened(QUICK) as house:
        lines = [await house.joined(each) for each in (VIEWER, DELEGATE, MODERATOR)]
        for line in lines:
            raw = line.ws.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            assert line.ws._response.connection is not None
            line.ws._response.connection.transport.abort()  # type: ignore[union-attr]
        async with asyncio.timeout(2):
            while _connections(house):
                await asyncio.sleep(0.01)
        assert house.client.app is not None
        (hall,) = house.client.app[HALLS].all()
        assert hall.connected == 0
        assert hall.fanout._everybody() == []


def _connections(house: House) -> dict[str, Connection]:
    assert house.client.app is not None
    return house.client.app[SOCKETS].connections
