"""One socket, from its request to its end: what it may send, what it is sent.

It writes straight into its transport. Nothing waits in a queue of ours: what the
kernel does not take at once waits in the transport, and until that is empty the
client is left to catch up (``clear``).
"""

import asyncio
import logging
import secrets
import socket
from collections.abc import Callable

from aiohttp import WSCloseCode

from rostra.protocol.messages import Bye
from rostra.web import frames
from rostra.web.frames import Frame
from rostra.web.packets import BadPacket, Packet
from rostra.web.rates import Bucket
from rostra.web.session import Session
from rostra.web.settings import Limits

log = logging.getLogger("rostra.wire")

EVENTS = frozenset({"cmd", "time", "at"})
#: Of bytes that were not sent yet the kernel keeps so many for one client.
UNSENT = 128 * 1024


class Connection:
    """One socket, from the request to its end. The outlet of its session."""

    __slots__ = (
        "_closing",
        "_frames",
        "_limits",
        "_loop",
        "_ping_due",
        "_strikes",
        "_timer",
        "_transport",
        "_waited",
        "clear",
        "close_code",
        "ended",
        "heard",
        "raw",
        "session",
        "sid",
    )

    def __init__(self, waited: Callable[[], None], limits: Limits) -> None:
        self.sid = secrets.token_hex(8)
        self.session: Session | None = None
        self.close_code: int = WSCloseCode.OK
        self.ended = False
        #: Whether nothing waits in the transport.
        self.clear = True
        #: The descriptor, where it may be written to past the transport; else -1.
        self.raw = -1
        self._waited: Callable[[], None] | None = waited
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self.heard = self._loop.time()
        self._frames = Bucket(limits.frame_rate, self.heard)
        self._strikes = 0
        self._ping_due = False
        self._timer: asyncio.TimerHandle | None = None
        self._closing = False
        self._transport: asyncio.Transport | None = None

    @property
    def joined(self) -> bool:
        """Whether its client was let in."""
        return self.session is not None

    @property
    def closing(self) -> bool:
        """Whether it was told goodbye."""
        return self._closing

    def known(self) -> None:
        """It waits no longer: it said who it is, or is gone."""
        self._stop_timer()
        if self._waited is not None:
            self._waited()
            self._waited = None

    def open(self, transport: asyncio.Transport) -> None:
        """The handshake is done; from now on the client has to join."""
        self._transport = transport
        Watch.over(transport, self)
        # whoever reads slowly shall be noticed before the kernel has taken megabytes
        transport.set_write_buffer_limits(high=0)
        plain = transport.get_extra_info("socket")
        if plain is not None and plain.type == socket.SOCK_STREAM:
            if plain.family in (socket.AF_INET, socket.AF_INET6):
                lowat = getattr(socket, "TCP_NOTSENT_LOWAT", None)
                if lowat is not None:
                    plain.setsockopt(socket.IPPROTO_TCP, lowat, UNSENT)
            if transport.get_extra_info("sslcontext") is None:
                self.raw = plain.fileno()
        self._timer = self._loop.call_later(
            self._limits.join_deadline_s, self._deadline
        )

    # What it is sent

    def write(self, *messages: Frame) -> None:
        """Send *messages* after everything written before, as one piece."""
        transport = self._transport
        if transport is None or self._closing or self.ended:
            return
        if len(messages) == 1:
            transport.write(messages[0].websocket)
        else:
            transport.write(b"".join([each.websocket for each in messages]))

    def rest(self, data: bytes) -> None:
        """Send *data*, what is left of a frame of which the beginning was sent."""
        if self._transport is not None:
            self._transport.write(data)

    def ping(self) -> None:
        """Write a ping; where bytes wait, after them."""
        self._ping_due = not self.clear
        if self.clear:
            self.write(frames.PING)

    def goodbye(self, bye: Bye) -> None:
        """Say *bye* and close."""
        restarting = bye.code in ("restarting", "reload")
        code = WSCloseCode.GOING_AWAY if restarting else WSCloseCode.OK
        self.finish(code, frames.event("bye", bye))

    def finish(self, code: int, *last: Frame) -> None:
        """Say the *last* and close; the peer has a moment to close too."""
        if self._closing or self.ended:
            return
        self.write(*last, frames.closing(code))
        self._closing = True
        self.close_code = code
        self._let_go()
        self._stop_timer()
        self._timer = self._loop.call_later(self._limits.goodbye_s, self.abort)

    def closed(self, error: BaseException | None) -> None:
        """Nobody listens to it any more: the peer has closed, or is not listened to.

        What is left holds on to each other: not for the collector of cycles, which
        would stop everything for half a second among ten thousand sockets. *error* is
        how the library's socket ended.
        """
        self._stop_timer()
        if self._transport is not None:
            if not self._closing:
                self._transport.write(frames.closing(self.close_code).websocket)
            self._transport.close()
        if error is not None:
            error.__traceback__ = None
        self._transport = self.session = None

    def deafen(self) -> None:
        """Whatever the client says from now on is not heard."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.pause_reading()

    def abort(self) -> None:
        """Let go of the socket at once."""
        if self._transport is not None:
            self._transport.abort()

    # What happens to it

    def end(self) -> None:
        """The socket is gone, or nobody listens to it any more."""
        if not self.ended:
            self.ended = True
            self.known()
            self._let_go()

    def held(self) -> None:
        """Bytes wait in the transport."""
        self.clear = False
        if self.session is not None:
            self.session.held()

    def drained(self) -> None:
        """Nothing waits in the transport any more, unless something does again."""
        if self._transport is None or self._transport.get_write_buffer_size():
            return
        self.clear = True
        # before the news, which may fill it again and again: without a ping the
        # client's library gives up, however much else it is sent
        if self._ping_due:
            self.ping()
        if self.session is not None and not self._closing:
            self.session.drained()

    def too_many_frames(self) -> bool:
        """Count a frame of any kind: a sign of life, too."""
        self.heard = self._loop.time()
        return self._frames.take(self.heard) > 0

    def strike(self, why: str) -> None:
        """The client sent what nobody of ours sends; the third time it is cut."""
        self._strikes += 1
        log.warning("bad packet %s %d %.24s", self.sid[:6], self._strikes, why)
        if self._strikes >= self._limits.strikes:
            self.finish(WSCloseCode.POLICY_VIOLATION)

    def event(self, packet: Packet) -> None:
        """Take an event, if it is one of ours and the client is known."""
        data = packet.data
        if not isinstance(data, list) or not 1 <= len(data) <= 2:
            raise BadPacket("event")
        if not isinstance(data[0], str) or data[0] not in EVENTS:
            raise BadPacket("event name")
        if packet.id is None and data[0] != "at":
            raise BadPacket("no ack id")
        if self.session is None or packet.namespace != frames.NAMESPACE:
            raise BadPacket("not joined")
        if self._closing:
            return
        said = data[1] if len(data) > 1 else {}
        if packet.id is None:
            self.session.at(said)
        elif data[0] != "at":
            self.session.event(data[0], packet.id, said)

    def _let_go(self) -> None:
        """Its session ends here: nothing of the meeting is written to it any more."""
        self.raw = -1
        if self.session is not None:
            self.session.gone()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _deadline(self) -> None:
        if self.session is None and not self.ended:
            log.info("not joined in time %s", self.sid[:6])
            self.abort()


class Watch(asyncio.Protocol):
    """Stands between a transport and its protocol, and tells the connection two things
    at the moment when they happen: that bytes have to wait, and that the socket is
    lost, which is before its descriptor is closed and may become another's.
    """

    def __init__(self, inner: asyncio.Protocol, connection: Connection) -> None:
        self._inner = inner
        self._connection = connection
        self._soon = asyncio.get_running_loop().call_soon

    @staticmethod
    def over(transport: asyncio.Transport, connection: Connection) -> None:
        """Watch *transport* for *connection*."""
        inner = transport.get_protocol()
        assert isinstance(inner, asyncio.Protocol)
        watch = Watch(inner, connection)
        # on the way in there is nothing to see
        watch.data_received = inner.data_received  # type: ignore[method-assign]
        transport.set_protocol(watch)

    def eof_received(self) -> bool | None:
        """Passed on."""
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        """The transport has bytes that the kernel does not take yet."""
        self._inner.pause_writing()
        self._connection.held()

    def resume_writing(self) -> None:
        """It has none any more. What follows is written once it is done with that."""
        self._inner.resume_writing()
        self._soon(self._connection.drained)

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is about to be closed."""
        self._connection.end()
        self._inner.connection_lost(exc)
