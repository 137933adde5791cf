"""The wire to browsers: Engine.IO 4 and Socket.IO 5 over WebSocket, what is used of it.

The protocol of the clients' library is kept to the letter; the library's own server is
not used. Of it nothing but the handshake and the ping would be left once its queues,
dispatch and transports are out of the way, and it costs 12 KB and two tasks a socket.
"""

import asyncio
import logging

from aiohttp import WSCloseCode, WSMsgType, web

from rostra.protocol.messages import MAX_FRAME
from rostra.web import frames, packets
from rostra.web.connection import Connection
from rostra.web.heart import Heart
from rostra.web.packets import BadPacket, Packet
from rostra.web.rates import Waiting
from rostra.web.reception import NotAdmitted, Reception
from rostra.web.settings import Limits

log = logging.getLogger("rostra.wire")

#: With so many sockets the server does not wait until each of them has closed.
MANY = 500


class Sockets:
    """The route of the sockets, and what is checked before a request is upgraded."""

    def __init__(self, reception: Reception, limits: Limits) -> None:
        self._reception = reception
        self._limits = limits
        self._heart = Heart(
            limits.ping_interval_s,
            limits.ping_timeout_s,
            lambda: asyncio.get_running_loop().time(),
        )
        self.connections: dict[str, Connection] = {}
        #: How many were ever let in.
        self.arrivals = 0
        self.waiting = Waiting(limits.waiting_per_address, limits.waiting_in_all)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Upgrade and serve one socket to its end."""
        self._check(request)
        address = self._reception.addresses.peer(request)
        if not self.waiting.enter(address):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "5"})
        connection = Connection(lambda: self.waiting.leave(address), self._limits)
        ws = web.WebSocketResponse(
            compress=False,
            max_msg_size=MAX_FRAME,
            autoping=False,
            autoclose=False,
            timeout=1.0,
        )
        try:
            await ws.prepare(request)
            self.connections[connection.sid] = connection
            await self._serve(connection, ws, request)
        except ConnectionResetError:
            log.debug("gone %s", connection.sid[:6])
        finally:
            connection.end()
            self.connections.pop(connection.sid, None)
            connection.closed(ws.exception())
        # who went away before the handshake was done gets no other answer either
        return ws if ws.prepared else web.Response()

    async def stop(self) -> None:
        """Close what is still open, and give the peers a moment to close too.

        With :data:`MANY` nobody is listened to any more: to hear ten thousand say that
        they have closed takes longer than the new server needs to begin.
        """
        open_ = list(self.connections.values())
        for connection in open_:
            connection.finish(WSCloseCode.GOING_AWAY)
        many = len(open_) >= MANY
        if many:
            for connection in open_:
                connection.deafen()
        loop = asyncio.get_running_loop()
        until = loop.time() + self._limits.goodbye_s
        while self.connections and loop.time() < until:
            await asyncio.sleep(0.05 if many else 0.01)
            if many and all(each.clear for each in open_):
                break
        await self._heart.stop()

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

    async def _serve(
        self, connection: Connection, ws: web.WebSocketResponse, request: web.Request
    ) -> None:
        """Listen to one client until it goes, or has to."""
        transport = request.transport
        if transport is None:
            return
        connection.open(transport)
        limits = self._limits
        connection.write(
            frames.opened(
                connection.sid,
                int(limits.ping_interval_s * 1000),
                int(limits.ping_timeout_s * 1000),
                MAX_FRAME,
            )
        )
        self._heart.add(connection)
        while True:
            message = await ws.receive()
            if connection.too_many_frames():
                connection.finish(WSCloseCode.POLICY_VIOLATION)
                return
            if message.type is WSMsgType.TEXT:
                text: str = message.data
                if packets.expected(text):
                    await self._take(connection, request, text)
                elif text != packets.PONG:
                    return
            elif message.type is WSMsgType.PING:
                await ws.pong(message.data)
            elif message.type is not WSMsgType.PONG:
                return

    async def _take(
        self, connection: Connection, request: web.Request, text: str
    ) -> None:
        """Everything that a client says passes here; a bad packet is its own fault."""
        try:
            packet = packets.parse(text)
            if packet.kind == packets.EVENT:
                connection.event(packet)
            elif packet.kind == packets.CONNECT:
                await self._join(connection, request, packet)
            else:
                connection.finish(WSCloseCode.OK)
        except BadPacket as error:
            connection.strike(str(error))
        except Exception:
            log.exception("a packet failed %s", connection.sid[:6])
            connection.finish(WSCloseCode.INTERNAL_ERROR)

    async def _join(
        self, connection: Connection, request: web.Request, packet: Packet
    ) -> None:
        """Let the client in, or close. Whatever goes wrong, it is not let in."""
        if connection.joined:
            raise BadPacket("joined twice")
        if packet.namespace != frames.NAMESPACE:
            self._refuse(connection, packet.namespace, {"message": "no such namespace"})
            return
        try:
            session = await self._reception.admit(request, connection, packet.data)
        except NotAdmitted as refused:
            self._not_admitted(connection, refused.code)
            return
        except Exception:
            log.exception("admitting failed %s", connection.sid[:6])
            self._not_admitted(connection, "internal")
            return
        if connection.closing or connection.ended:
            return
        connection.session = session
        self.arrivals += 1
        connection.known()
        session.begin(frames.connected(connection.sid))

    def _not_admitted(self, connection: Connection, code: str) -> None:
        said: dict[str, object] = {"message": "not admitted", "data": {"code": code}}
        self._refuse(connection, frames.NAMESPACE, said)

    def _refuse(
        self, connection: Connection, namespace: str, said: dict[str, object]
    ) -> None:
        connection.write(frames.refused(namespace, said))
        connection.finish(WSCloseCode.POLICY_VIOLATION)
