"""For those who run the server: is it there, is it ready, how is it doing."""

from collections.abc import Iterator

from aiohttp import web
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Info,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from rostra.engine.rooms import Rooms
from rostra.web.halls import Halls
from rostra.web.reception import Reception
from rostra.web.sockets import Sockets


class Health:
    """Routes outside the API; of a meeting no more than its name and numbers."""

    def __init__(
        self, rooms: Rooms, halls: Halls, sockets: Sockets, reception: Reception
    ) -> None:
        self._rooms = rooms
        self._halls = halls
        self._reception = reception
        self.registry = CollectorRegistry()
        # CPU and memory of this process: what `rostra rehearse` asks a server for.
        ProcessCollector(registry=self.registry)
        clients = Gauge(
            "rostra_clients", "Clients that have been welcomed.", registry=self.registry
        )
        clients.set_function(lambda: halls.connected)
        waiting = Gauge(
            "rostra_sockets_waiting",
            "Sockets that have not said who they are.",
            registry=self.registry,
        )
        waiting.set_function(lambda: sockets.waiting.total)
        self.registry.register(Meetings(rooms, halls))
        server = Info("rostra_server", "Which server this is.", registry=self.registry)
        server.info({"name": reception.name, "version": reception.build})
        self.requests = Counter(
            "rostra_http_requests", "Requests.", ["status"], registry=self.registry
        )

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/healthz", self._healthz),
            web.get("/readyz", self._readyz),
            web.get("/version", self._version),
            web.get("/metrics", self._metrics),
        ]

    async def count(self, request: web.Request, response: web.StreamResponse) -> None:
        """Count a response by the first digit of its status."""
        self.requests.labels(f"{response.status // 100}xx").inc()

    async def _healthz(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _readyz(self, request: web.Request) -> web.Response:
        if self._halls.closing:
            return web.json_response({"status": "closing"}, status=503)
        # Only for who asks: where no server reaches it, all of them go on showing.
        stalled = any(room.stalled for room in self._rooms.all())
        if stalled and "journal" in request.query:
            return web.json_response({"status": "stalled"}, status=503)
        return web.json_response({"status": "ready"})

    async def _version(self, request: web.Request) -> web.Response:
        return web.json_response({"version": self._reception.build})

    async def _metrics(self, request: web.Request) -> web.Response:
        if not self._reception.addresses.may_watch(request):
            raise web.HTTPNotFound()
        return web.Response(
            body=generate_latest(self.registry),
            headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4},
        )


class Meetings(Collector):
    """What one server has of each meeting that is open on it.

    How far a server is behind the others is the difference of their ``seq``.
    """

    def __init__(self, rooms: Rooms, halls: Halls) -> None:
        self._rooms = rooms
        self._halls = halls

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """As they are now."""
        seq = GaugeMetricFamily(
            "rostra_meeting_seq", "The last commit known here.", labels=["meeting"]
        )
        stalled = GaugeMetricFamily(
            "rostra_meeting_stalled",
            "1 while the journal takes nothing.",
            labels=["meeting"],
        )
        clients = GaugeMetricFamily(
            "rostra_meeting_clients",
            "Clients that have been welcomed, by role.",
            labels=["meeting", "role"],
        )
        for room in self._rooms.all():
            seq.add_metric([room.meeting_id], room.meeting.seq)
            stalled.add_metric([room.meeting_id], room.stalled)
        for hall in self._halls.all():
            for role, many in sorted(hall.by_role().items()):
                clients.add_metric([hall.room.meeting_id, role], many)
        return iter((seq, stalled, clients))
