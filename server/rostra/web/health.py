"""For those who run the server: is it there, is it ready, how is it doing."""

from aiohttp import web
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from rostra.web.halls import Halls
from rostra.web.reception import Reception
from rostra.web.sockets import Sockets


class Health:
    """Routes outside the API, without meeting data."""

    def __init__(self, halls: Halls, sockets: Sockets, reception: Reception) -> None:
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
