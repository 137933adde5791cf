"""A client that listens by `text/event-stream`: the outlet of its session.

What is written goes out with the next turn of the loop; as long as the transport holds
any of it the client is left to catch up, as a socket is.
"""

import asyncio
import socket
from typing import Final

import msgspec
from aiohttp import web

from rostra.protocol.messages import Bye
from rostra.web import frames
from rostra.web.frames import Frame
from rostra.web.session import Session
from rostra.web.settings import Limits

HEADERS: Final = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
}
PING: Final = b": ping\n\n"
#: Of bytes that were not sent yet the kernel keeps so many for one client.
UNSENT: Final = 128 * 1024
#: A transport that holds bytes is looked at so often.
LOOK_S: Final = 0.05


class Place(msgspec.Struct, frozen=True):
    """Where a client stands after a frame, as far as the frame says so."""

    seq: int
    chain: str
    epoch: str = ""
    mode: str = ""


_place = msgspec.json.Decoder(Place)
#: The frames after which a client stands elsewhere.
MOVING: Final = frozenset({"welcome", "delta", "beat"})


def place_of(frame: Frame) -> Place | None:
    """Where *frame* leads; None where it leads nowhere."""
    return _place.decode(frame.body) if frame.name in MOVING else None


class EventStream:
    """One stream, from its request to its end."""

    #: There is no descriptor to write to past the transport.
    raw = -1

    def __init__(self, request: web.Request, limits: Limits) -> None:
        self.clear = True
        self.session: Session | None = None
        self.over = False
        self._request = request
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._heard = self._loop.time()
        self._epoch = ""
        self._waiting: list[Frame] = []
        self._news = asyncio.Event()

    def heard(self) -> None:
        """Its client has said that it listens."""
        self._heard = self._loop.time()

    def write(self, *messages: Frame) -> None:
        """Send *messages* after everything written before."""
        if not self.over:
            self._waiting += messages
            self._news.set()

    def rest(self, data: bytes) -> None:
        """Never called: nothing is sent past the transport."""

    def goodbye(self, bye: Bye) -> None:
        """Say *bye* and close."""
        self.write(frames.event("bye", bye))
        self.leave()
        self._loop.call_later(self._limits.goodbye_s, self.abort)

    def leave(self) -> None:
        """End once everything is written."""
        self.over = True
        self._news.set()

    def abort(self) -> None:
        """Let go of it at once."""
        self.leave()
        transport = self._request.transport
        if transport is not None:
            transport.abort()

    async def serve(self, session: Session, *, signs: bool) -> web.StreamResponse:
        """Welcome the client and write to its end. With *signs* that comes once it
        has given none for long.
        """
        patience_s = self._limits.sign_s if signs else self._limits.stream_s
        response = web.StreamResponse(headers=HEADERS)
        transport = self._request.transport
        if transport is not None:
            _keep_little(transport)
        self.session = session
        try:
            await response.prepare(self._request)
            session.begin()
            while not self.over or self._waiting:
                await self._write_next(response)
                if self._loop.time() - self._heard > patience_s:
                    break
            await response.write_eof()
        except ConnectionError:
            pass
        finally:
            self.over = True
            session.gone()
        return response

    async def _write_next(self, response: web.StreamResponse) -> None:
        """Write what comes next, or a sign of life if nothing does."""
        if not self._waiting:
            try:
                async with asyncio.timeout(self._limits.ping_interval_s):
                    await self._news.wait()
            except TimeoutError:
                pass
        self._news.clear()
        waiting, self._waiting = self._waiting, []
        if waiting or not self.over:
            await self._send(response, self._text(waiting) or PING)

    async def _send(self, response: web.StreamResponse, data: bytes) -> None:
        """Write *data*; the client is held until the transport has let go of it."""
        session, transport = self.session, self._request.transport
        assert session is not None
        self.clear = False
        session.held()
        await response.write(data)
        while transport is not None and transport.get_write_buffer_size():
            await asyncio.sleep(LOOK_S)
        self.clear = True
        session.drained()

    def _text(self, waiting: list[Frame]) -> bytes:
        """*waiting* as events; the place that they lead to is the last one's id."""
        parts: list[bytes] = []
        for frame in waiting:
            place = place_of(frame)
            parts.append(b"event: %b\n" % frame.name.encode())
            if place is not None:
                self._epoch = place.epoch or self._epoch
                here = f"{self._epoch}.{place.seq}.{place.chain}"
                parts.append(b"id: %b\n" % here.encode())
            parts.append(b"data: %b\n\n" % frame.body)
        return b"".join(parts)


def _keep_little(transport: asyncio.Transport) -> None:
    """Whoever reads slowly is noticed before the kernel has taken megabytes."""
    plain = transport.get_extra_info("socket")
    lowat = getattr(socket, "TCP_NOTSENT_LOWAT", None)
    if plain is None or lowat is None:
        return
    if plain.family in (socket.AF_INET, socket.AF_INET6):
        plain.setsockopt(socket.IPPROTO_TCP, lowat, UNSENT)
