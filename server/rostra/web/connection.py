"""One socket, from its request to its end: what it may send, what it is sent.

Knows nothing of the library that serves it, but for the queue that it empties.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Any

from aiohttp import WSCloseCode, web

from rostra.protocol.messages import Bye
from rostra.web import frames
from rostra.web.rates import Bucket
from rostra.web.session import Session
from rostra.web.settings import Limits

log = logging.getLogger("rostra.wire")

Packet = Callable[[bytes], object]
EVENTS = frozenset({"cmd", "time"})


class BadPacket(ValueError):
    """A packet that is none of ours; the message is short and made by us."""


class Connection:
    """One socket, from the request to its end. The outlet of its session."""

    def __init__(
        self, request: web.Request, waited: Callable[[], None], limits: Limits
    ) -> None:
        self.id = secrets.token_hex(3)
        self.sid = ""
        self.request = request
        self.session: Session | None = None
        self.close_code = WSCloseCode.OK
        self.ended = False
        self._waited: Callable[[], None] | None = waited
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._frames = Bucket(limits.frame_rate, self._loop.time())
        self._strikes = 0
        self._queue: asyncio.Queue[Any] | None = None
        self._packet: Packet = bytes
        self._closing = False

    @property
    def joined(self) -> bool:
        """Whether its client was let in."""
        return self.session is not None

    def known(self) -> None:
        """It waits no longer: it said who it is, or is gone."""
        if self._waited is not None:
            self._waited()
            self._waited = None

    def bind(self, sid: str, queue: asyncio.Queue[Any], packet: Packet) -> None:
        """The library has made its socket; from now on the client has to join.

        *packet* makes of a frame what the library's *queue* takes.
        """
        self.sid = sid
        self._queue = queue
        self._packet = packet
        self._loop.call_later(self._limits.join_deadline_s, self._deadline)

    def backlog(self) -> int:
        """How many packets wait to be written."""
        return self._queue.qsize() if self._queue is not None else 0

    def write(self, frame: bytes) -> None:
        """Send *frame* after everything written before."""
        if self._queue is not None and not self._closing and not self.ended:
            self._queue.put_nowait(self._packet(frame))

    def goodbye(self, bye: Bye, *, discard: bool = False) -> None:
        """Say *bye* and close; *discard* what still waits before it."""
        if discard:
            self._discard()
        self.write(frames.event("bye", bye))
        restarting = bye.code in ("restarting", "reload")
        self.finish(WSCloseCode.GOING_AWAY if restarting else WSCloseCode.OK)

    def finish(self, code: int) -> None:
        """Close once what waits is written, or after a moment in any case."""
        if self._closing or self.ended:
            return
        self._closing = True
        self.close_code = WSCloseCode(code)
        if self._queue is not None:
            self._queue.put_nowait(None)
        self._loop.call_later(self._limits.goodbye_s, self.abort)

    def abort(self) -> None:
        """Let go of the socket at once."""
        transport = self.request.transport
        if not self.ended and transport is not None:
            transport.abort()

    def end(self) -> None:
        """The socket is gone."""
        if not self.ended and self.session is not None:
            self.session.gone()
        self.ended = True

    def sent(self) -> None:
        """One packet was written."""
        if self.session is not None and self.backlog() == 0:
            self.session.drained()

    def too_many_frames(self) -> bool:
        """Count a frame of any kind."""
        return self._frames.take(self._loop.time()) > 0

    def strike(self, why: str) -> None:
        """The client sent what nobody of ours sends; the third time it is cut."""
        self._strikes += 1
        log.warning("bad packet %s %d %.24s", self.id, self._strikes, why)
        if self._strikes >= self._limits.strikes:
            self._discard()
            self.finish(WSCloseCode.POLICY_VIOLATION)

    def event(self, namespace: str | None, ack_id: int | None, data: object) -> None:
        """Take an event, if it is one of ours and the client is known."""
        if not isinstance(data, list) or not 1 <= len(data) <= 2:
            raise BadPacket("event")
        if not isinstance(data[0], str) or data[0] not in EVENTS:
            raise BadPacket("event name")
        if ack_id is None:
            raise BadPacket("no ack id")
        if self.session is None or namespace != frames.NAMESPACE:
            raise BadPacket("not joined")
        if not self._closing:
            self.session.event(data[0], ack_id, data[1] if len(data) > 1 else {})

    def _deadline(self) -> None:
        if self.session is None and not self.ended:
            log.info("not joined in time %s", self.id)
            self.abort()

    def _discard(self) -> None:
        while self._queue is not None and not self._queue.empty():
            self._queue.get_nowait()
