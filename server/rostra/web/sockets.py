"""The wire to browsers: Socket.IO 5 over WebSocket, hardened.

The only place that knows socketio and engineio. The library is used for the handshake
and for pings; what clients send is parsed and dispatched here, by our own rules
(PROMISES, section B), and what we send goes straight to Engine.IO's queue.
"""

import asyncio
import logging
from typing import Any

import socketio
from aiohttp import WSCloseCode, WSMsgType, web
from engineio import packet as engine_packet
from engineio.async_drivers import aiohttp as driver
from socketio import packet as socket_packet
from socketio.exceptions import ConnectionRefusedError as RefusedByUs

from rostra.protocol.messages import MAX_FRAME
from rostra.web import frames, strict_json
from rostra.web.connection import BadPacket, Connection
from rostra.web.rates import Waiting
from rostra.web.reception import NotAdmitted, Reception
from rostra.web.settings import Limits

log = logging.getLogger("rostra.wire")
#: The library writes whole messages to its log at INFO, tokens and all.
library_log = logging.getLogger("rostra.wire.library")
library_log.setLevel(logging.ERROR)

MAX_ACK_ID = 2**31
#: What the library's parser raises on odd input.
EXPECTED = (ValueError, TypeError, KeyError, IndexError, RecursionError)


class TextPacket(socket_packet.Packet):  # type: ignore[misc]
    """A Socket.IO packet of text, strictly parsed: no attachments, no surprises."""

    uses_binary_events = False
    json = strict_json

    def decode(self, encoded_packet: object) -> int:
        """Parse; :func:`parsed` knows what this may raise."""
        if not isinstance(encoded_packet, str):
            raise BadPacket("not text")
        if encoded_packet[:1] not in ("0", "1", "2"):
            raise BadPacket("packet type")
        if super().decode(encoded_packet):
            raise BadPacket("attachments")
        if self.id is not None and self.id >= MAX_ACK_ID:
            raise BadPacket("ack id")
        return 0


def parsed(data: object) -> TextPacket:
    """The packet that *data* is. Raises :class:`BadPacket`: it is the peer's fault."""
    try:
        return TextPacket(encoded_packet=data)
    except (BadPacket, strict_json.BadJson) as error:
        raise BadPacket(str(error)) from None
    except EXPECTED as error:
        raise BadPacket(type(error).__name__) from None


class ReadyPacket(engine_packet.Packet):  # type: ignore[misc]
    """A frame made beforehand; many sockets' queues hold the same bytes."""

    def __init__(self, frame: bytes) -> None:
        super().__init__(engine_packet.MESSAGE)
        self._frame = frame

    def encode(self, b64: bool = False) -> bytes:
        """The frame as it is."""
        return self._frame


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
        queue = self.eio.sockets[eio_sid].queue
        connection.bind(eio_sid, queue, ReadyPacket)

    def _origin_allowed(self, origin: str, environ: dict[str, Any]) -> bool:
        host = environ["aiohttp.request"].host
        return self._reception.addresses.origin_allowed(origin, host)

    async def _handle_eio_message(self, eio_sid: str, data: object) -> None:
        """Everything that a client says passes here, past the library's dispatch."""
        connection = self.connections.get(eio_sid)
        if connection is None:
            return
        try:
            packet = parsed(data)
            match packet.packet_type:
                case socket_packet.CONNECT:
                    await self._join(eio_sid, connection, packet)
                case socket_packet.DISCONNECT:
                    connection.finish(WSCloseCode.OK)
                case _:
                    connection.event(packet.namespace, packet.id, packet.data)
        except BadPacket as error:
            connection.strike(str(error))
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
        if connection.joined:
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
        self._stopped = False
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
        # The library's own shutdown works once only.
        if not self._stopped:
            self._stopped = True
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
