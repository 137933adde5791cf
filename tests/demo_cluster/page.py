"""The page of the demo: which server holds whom, and buttons that end servers.

For this machine alone: whoever reaches it may kill processes. So a request must name
the page's own address, and a button's press must come from the page itself.
"""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web
from msgspec import Struct

from demo_cluster.servers import HOST, Redis, Server, State
from demo_cluster.watch import Watch
from rostra.config import resource_dir
from rostra.web.assets import PREFIX, Assets

HERE = Path(__file__).parent
REDIS_AWAY_S = 10
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
#: What the state of a server is called, and the shape beside it.
WORDS: dict[State, tuple[str, str]] = {
    "serves": ("Serves", "running"),
    "starts": ("Starts", "waiting"),
    "silent": ("Silent", "warning"),
    "ends": ("Says goodbye", "held"),
    "ended": ("Gone", "order"),
}
ROLES = {
    "moderator": ("operator", "operators"),
    "chair": ("presiding officer", "presiding officers"),
    "desk": ("technical desk", "technical desks"),
    "rapporteur": ("rapporteur", "rapporteurs"),
    "delegate": ("pad", "pads"),
    "viewer": ("viewer", "viewers"),
    "display": ("display", "displays"),
}


class Row(Struct, frozen=True, kw_only=True):
    """A server as the page shows it."""

    name: str
    pid: int | None
    state: State
    word: str
    shape: str
    total: int
    roles: str
    seq: int | None
    behind: int
    stalled: bool
    whom: list[str]


class Page:
    """Draws what *watch* sees and does what the buttons say; people come to *base*.

    ``links`` are the addresses of screens by what they are called.
    """

    def __init__(self, watch: Watch, redis: Redis, base: str) -> None:
        self.links: dict[str, str] = {}
        self._watch = watch
        self._redis = redis
        self._base = base
        self._static = resource_dir("static")
        self._assets = Assets(self._static)
        self._host = ""
        self._runner: web.AppRunner | None = None
        self._template = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        ).get_template("page.html")

    async def start(self, port: int) -> str:
        """Serve it; its address. OSError where the port is taken."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/", self._show),
                web.post("/{act:kill|stop|start}", self._end_or_start),
                web.post("/redis", self._redis_away),
                web.get("/page.css", _file("page.css")),
                web.get("/page.js", _file("page.js")),
            ]
        )
        if self._static.is_dir():
            app.router.add_static(PREFIX, self._static)
        self._runner = web.AppRunner(app, handle_signals=False, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port, shutdown_timeout=1).start()
        port = self._runner.addresses[0][1]
        self._host = f"{HOST}:{port}"
        return f"http://{self._host}"

    async def end(self) -> None:
        """Serve no longer."""
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Any]
    ) -> web.StreamResponse:
        """Nobody but this page's own people, by its own address."""
        own = (self._host, self._host.replace(HOST, "localhost"))
        origin = request.headers.get("Origin")
        if request.host not in own:
            raise web.HTTPMisdirectedRequest()
        if request.method == "POST" and origin not in [f"http://{h}" for h in own]:
            raise web.HTTPForbidden()
        response: web.StreamResponse = await handler(request)
        response.headers.update(
            {
                "Content-Security-Policy": POLICY,
                "X-Content-Type-Options": "nosniff",
                # With "no-referrer" a button's press would not say where it is from.
                "Referrer-Policy": "same-origin",
                "Cache-Control": "no-store",
            }
        )
        return response

    async def _show(self, request: web.Request) -> web.Response:
        text = self._template.render(
            styles=self._assets.needs("front").styles,
            base=self._base,
            servers=[self._row(server) for server in self._watch.servers],
            redis=self._redis.up,
            seq=self._watch.seq,
            floor=self._watch.floor,
            happened=list(self._watch.happened),
            links=self.links,
            away_s=REDIS_AWAY_S,
        )
        return web.Response(text=text, content_type="text/html")

    def _row(self, server: Server) -> Row:
        state = server.state
        numbers = self._watch.numbers[server.name]
        word, shape = WORDS[state]
        return Row(
            name=server.name,
            pid=server.pid,
            state=state,
            word=word,
            shape=shape,
            total=sum(numbers.clients.values()),
            roles=", ".join(
                f"{many} {ROLES[role][many != 1]}"
                for role, many in sorted(
                    numbers.clients.items(), key=lambda each: list(ROLES).index(each[0])
                )
            ),
            seq=numbers.seq,
            behind=self._watch.seq - (numbers.seq or 0),
            stalled=numbers.stalled,
            whom=[] if state == "ended" else self._watch.whom(server),
        )

    async def _end_or_start(self, request: web.Request) -> web.Response:
        server = self._named((await request.post()).get("server"))
        act = request.match_info["act"]
        if act == "start":
            if server.state == "ended":
                self._watch.say(f"{server.name} is started again.")
                await server.start()
        elif server.state != "ended":
            word = {"kill": "killed (SIGKILL)", "stop": "told to stop (SIGTERM)"}[act]
            self._watch.say(f"{server.name} is {word}.")
            server.signal(signal.SIGKILL if act == "kill" else signal.SIGTERM)
        raise web.HTTPSeeOther("/")

    async def _redis_away(self, request: web.Request) -> web.Response:
        if self._redis.up:
            self._watch.say(f"Redis is killed, for {REDIS_AWAY_S} s.")
            self._redis.away(REDIS_AWAY_S, self._watch.say)
        raise web.HTTPSeeOther("/")

    def _named(self, name: object) -> Server:
        for server in self._watch.servers:
            if server.name == name:
                return server
        raise web.HTTPNotFound()


def _file(name: str) -> Callable[[web.Request], Any]:
    async def send(request: web.Request) -> web.FileResponse:
        return web.FileResponse(HERE / name)

    return send
