"""The wire to browsers: Socket.IO 5 over WebSocket, hardened.

The only place that knows socketio and engineio. The library is used for the handshake
and for pings; what clients send is parsed and dispatched here, by our own rules
(PROMISES, section B), and what we send goes straight to Engine.IO's queue.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Any

import socketio
from aiohttp import WSCloseCode, WSMsgType, web
from engineio import packet as engine_packet
from engineio.async_drivers import aiohttp as driver
from socketio import packet as socket_packet
from socketio.exceptions import ConnectionRefusedError as RefusedByUs

from rostra.protocol.messages import MAX_FRAME, Bye
from rostra.web import frames, strict_json
from rostra.web.rates import Bucket, Waiting
from rostra.web.reception import NotAdmitted, Reception
from rostra.web.session import Session
from rostra.web.settings import Limits

log = logging.getLogger("rostra.wire")
#: The library writes whole messages to its log at INFO, tokens and all.
library_log = logging.getLogger("rostra.wire.library")
library_log.setLevel(logging.ERROR)

EVENTS = frozenset({"cmd", "time"})
MAX_ACK_ID = 2**31
EXPECTED = (ValueError, TypeError, KeyError, IndexError, RecursionError)


class BadPacket(ValueError):
    """A packet that is none of ours; the message is short and made by us."""


class TextPacket(socket_packet.Packet):  # type: ignore[misc]
    """A Socket.IO packet of text, strictly parsed: no attachments, no surprises."""

    uses_binary_events = False
    json = strict_json

    def decode(self, encoded_packet: object) -> int:
        """Parse, or raise one of ``EXPECTED``."""
        if not isinstance(encoded_packet, str):
            raise BadPacket("not text")
        if encoded_packet[:1] not in ("0", "1", "2"):
            raise BadPacket("packet type")
        if super().decode(encoded_packet):
            raise BadPacket("attachments")
        if self.id is not None and self.id >= MAX_ACK_ID:
            raise BadPacket("ack id")
        return 0


class ReadyPacket(engine_packet.Packet):  # type: ignore[misc]
    """A frame made beforehand; many sockets' queues hold the same bytes."""

    def __init__(self, frame: bytes) -> None:
        super().__init__(engine_packet.MESSAGE)
        self._frame = frame

    def encode(self, b64: bool = False) -> bytes:
        """The frame as it is."""
        return self._frame


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
        self._closing = False

    def known(self) -> None:
        """It waits no longer: it said who it is, or is gone."""
        if self._waited is not None:
            self._waited()
            self._waited = None

    def bind(self, sid: str, queue: asyncio.Queue[Any]) -> None:
        """Engine.IO has made its socket; from now on it has to say who it is."""
        self.sid = sid
        self._queue = queue
        self._loop.call_later(self._limits.join_deadline_s, self._deadline)

    def backlog(self) -> int:
        """How many packets wait to be written."""
        return self._queue.qsize() if self._queue is not None else 0

    def write(self, frame: bytes) -> None:
        """Send *frame* after everything written before."""
        if self._queue is not None and not self._closing and not self.ended:
            self._queue.put_nowait(ReadyPacket(frame))

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

    def event(self, packet: TextPacket) -> None:
        """Take an event, if it is one of ours and the client is known."""
        data = packet.data
        if not isinstance(data, list) or not 1 <= len(data) <= 2:
            raise BadPacket("event")
        if not isinstance(data[0], str) or data[0] not in EVENTS:
            raise BadPacket("event name")
        if packet.id is None:
            raise BadPacket("no ack id")
        if self.session is None or packet.namespace != frames.NAMESPACE:
            raise BadPacket("not joined")
        if not self._closing:
            self.session.event(data[0], packet.id, data[1] if len(data) > 1 else {})

    def _deadline(self) -> None:
        if self.session is None and not self.ended:
            log.info("not joined in time %s", self.id)
            self.abort()

    def _discard(self) -> None:
        while self._queue is not None and not self._queue.empty():
            self._queue.get_nowait()


CONNECTION = web.RequestKey("connection", Connection)


class TextSocket(driver.WebSocket):  # type: ignore[misc]
    """Engine.IO's view of one aiohttp WebSocket: uncompressed text in small frames."""

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        """Serve the socket to its end."""
        request: web.Request = environ["aiohttp.request"]
        self._connection = request[CONNECTION]
        self._sock = web.WebSocketResponse(
            compress=False, max_msg_size=MAX_FRAME, autoping=False, timeout=1.0
        )
        await self._sock.prepare(request)
        self.environ = environ
        await self.handler(self)
        return self._sock

    async def wait(self) -> str | None:
        """The next packet. None for anything that ends the connection, so that
        Engine.IO cleans up at once instead of a minute later.
        """
        while True:
            message = await self._sock.receive()
            if self._connection.too_many_frames():
                self._connection.close_code = WSCloseCode.POLICY_VIOLATION
                return None
            if message.type is WSMsgType.TEXT:
                return message.data if _expected(message.data) else None
            if message.type is WSMsgType.PING:
                await self._sock.pong(message.data)
            elif message.type is not WSMsgType.PONG:
                return None

    async def send(self, message: str | bytes) -> None:
        """Write one packet; ours are bytes already."""
        if isinstance(message, bytes):
            await self._sock.send_frame(message, WSMsgType.TEXT)
        else:
            await self._sock.send_str(message)
        self._connection.sent()

    async def close(self) -> None:
        """Close with the code that fits."""
        await self._sock.close(code=self._connection.close_code)


def _expected(data: str) -> bool:
    """A pong, or a message that begins as one of the three that clients send."""
    return data == "3" or data[:2] in ("40", "41", "42")


class Server(socketio.AsyncServer):  # type: ignore[misc]
    """The library's server with its dispatch taken out."""

    def __init__(self, reception: Reception, limits: Limits) -> None:
        self._reception = reception
        self.connections: dict[str, Connection] = {}
        super().__init__(
            async_mode="aiohttp",
            serializer=TextPacket,
            transports=["websocket"],
            namespaces=[frames.NAMESPACE],
            async_handlers=False,
            max_http_buffer_size=MAX_FRAME,
            http_compression=False,
            allow_upgrades=False,
            cors_allowed_origins=self._origin_allowed,
            cors_credentials=False,
            ping_interval=limits.ping_interval_s,
            ping_timeout=limits.ping_timeout_s,
            logger=library_log,
            engineio_logger=library_log,
        )
        # The one private attribute: there is no option for uncompressed sockets.
        self.eio._async = {**self.eio._async, "websocket": TextSocket}
        self.on("connect", self._admit, namespace=frames.NAMESPACE)

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> None:
        await super()._handle_eio_connect(eio_sid, environ)
        connection: Connection = environ["aiohttp.request"][CONNECTION]
        self.connections[eio_sid] = connection
        connection.bind(eio_sid, self.eio.sockets[eio_sid].queue)

    def _origin_allowed(self, origin: str, environ: dict[str, Any]) -> bool:
        host = environ["aiohttp.request"].host
        return self._reception.addresses.origin_allowed(origin, host)

    async def _handle_eio_message(self, eio_sid: str, data: object) -> None:
        """Everything that a client says passes here, past the library's dispatch."""
        connection = self.connections.get(eio_sid)
        if connection is None:
            return
        try:
            packet = TextPacket(encoded_packet=data)
            match packet.packet_type:
                case socket_packet.CONNECT:
                    await self._join(eio_sid, connection, packet)
                case socket_packet.DISCONNECT:
                    connection.finish(WSCloseCode.OK)
                case _:
                    connection.event(packet)
        except EXPECTED as error:
            named = isinstance(error, BadPacket | strict_json.BadJson)
            connection.strike(str(error) if named else type(error).__name__)
        except Exception:
            log.exception("a packet failed %s", connection.id)
            connection.finish(WSCloseCode.INTERNAL_ERROR)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        await super()._handle_eio_disconnect(eio_sid, reason)
        connection = self.connections.pop(eio_sid, None)
        if connection is not None:
            connection.end()

    async def forget(self, connection: Connection) -> None:
        """Make sure that nothing is left of *connection*, whose request has ended.

        The library cleans up by itself, but not where the request was cancelled.
        """
        if connection.sid in self.connections:
            engine_socket = self.eio.sockets.pop(connection.sid, None)
            if engine_socket is not None:
                await engine_socket.close(wait=False, abort=True)
            self.connections.pop(connection.sid, None)
        connection.end()

    async def _join(
        self, eio_sid: str, connection: Connection, packet: TextPacket
    ) -> None:
        """Let the client in, or close. Whatever goes wrong, it is not let in."""
        if connection.session is not None:
            raise BadPacket("joined twice")
        await self._handle_connect(eio_sid, packet.namespace, packet.data)
        if connection.session is None:
            connection.finish(WSCloseCode.POLICY_VIOLATION)
        elif not connection.ended:
            connection.session.begin()

    async def _admit(self, sid: str, environ: dict[str, Any], auth: object) -> None:
        connection: Connection = environ["aiohttp.request"][CONNECTION]
        try:
            session = await self._reception.admit(connection.request, connection, auth)
        except NotAdmitted as refused:
            raise RefusedByUs("not admitted", {"code": refused.code}) from None
        except Exception:
            log.exception("admitting failed %s", connection.id)
            raise RefusedByUs("not admitted", {"code": "internal"}) from None
        connection.session = session
        connection.known()


class Sockets:
    """The route of the sockets, and what is checked before a request is upgraded."""

    def __init__(self, reception: Reception, limits: Limits) -> None:
        self._reception = reception
        self._limits = limits
        self.server = Server(reception, limits)
        self.waiting = Waiting(limits.waiting_per_address, limits.waiting_in_all)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Upgrade and serve one socket to its end."""
        self._check(request)
        address = self._reception.addresses.peer(request)
        if not self.waiting.enter(address):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "5"})
        connection = Connection(
            request, lambda: self.waiting.leave(address), self._limits
        )
        request[CONNECTION] = connection
        try:
            response: web.StreamResponse = await self.server.handle_request(request)
        finally:
            connection.known()
            await self.server.forget(connection)
        return response

    async def stop(self) -> None:
        """Close what is still open, wait a moment for it, stop the library's tasks."""
        for connection in list(self.server.connections.values()):
            connection.finish(WSCloseCode.GOING_AWAY)
        deadline = asyncio.get_running_loop().time() + 2 * self._limits.goodbye_s
        while self.server.connections and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.01)
        await self.server.shutdown()

    def _check(self, request: web.Request) -> None:
        query = request.query
        if query.get("transport") != "websocket" or query.get("EIO") != "4":
            raise web.HTTPBadRequest(text="websocket only")
        if "j" in query or "sid" in query:
            raise web.HTTPBadRequest(text="websocket only")
        if not web.WebSocketResponse().can_prepare(request):
            raise web.HTTPBadRequest(text="websocket only")
        origin = request.headers.get("Origin")
        allowed = self._reception.addresses.origin_allowed
        if origin is not None and not allowed(origin, request.host):
            raise web.HTTPForbidden(text="origin")
        if self._reception.halls.closing:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"})
