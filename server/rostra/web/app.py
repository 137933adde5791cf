"""The web application: everything that faces people, wired on one page."""

import time
from pathlib import Path

from aiohttp import web

from rostra.engine.ports import Clock, Peers
from rostra.engine.rooms import Rooms
from rostra.record.proof import RecordKey
from rostra.web.api import Api
from rostra.web.assets import PREFIX
from rostra.web.callers import ADDRESSES, LONGEST_BODY
from rostra.web.catalogue import Catalogues
from rostra.web.documents import Documents
from rostra.web.drawing import Drawing
from rostra.web.errors import funnel
from rostra.web.halls import Halls
from rostra.web.headers import Headers, known_hosts
from rostra.web.health import Health
from rostra.web.identity import Keys
from rostra.web.join import Joining
from rostra.web.pages import Pages
from rostra.web.proof_page import ProofPage
from rostra.web.reception import Reception
from rostra.web.reports import Reports
from rostra.web.rosters import Rosters
from rostra.web.rules import Rules
from rostra.web.settings import WebSettings
from rostra.web.slow_lane import SlowLane
from rostra.web.sockets import Sockets

SOCKETS = web.AppKey("sockets", Sockets)
HALLS = web.AppKey("halls", Halls)


def make_app(
    rooms: Rooms,
    settings: WebSettings,
    keys: Keys,
    clock: Clock,
    peers: Peers | None = None,
    *,
    record_key: RecordKey | None = None,
) -> web.Application:
    """The application over *rooms*. Its clean-up says goodbye to everybody.

    *peers* are the other servers, where the journal of *rooms* has several.
    *record_key* signs what is exported of their histories; without it none is.
    *clock* is the engine's; the web part measures its own limits monotonically.
    """
    steady = time.monotonic
    halls = Halls(rooms, settings.limits, steady, peers=peers, server=settings.name)
    catalogues = Catalogues(Path(settings.locales_dir), settings.languages)
    reception = Reception(settings, keys, halls, catalogues, steady)
    sockets = Sockets(reception, settings.limits)
    health = Health(rooms, halls, sockets, reception)
    rosters = Rosters(halls, settings.languages)
    drawing = Drawing(settings, catalogues)
    pages = Pages(reception, drawing, rosters)
    app = web.Application(
        middlewares=[funnel(pages.error), known_hosts(settings)],
        client_max_size=LONGEST_BODY,
        handler_args={"lingering_time": 2.0},
    )
    rules = Rules(reception, drawing, pages)
    api, reports = Api(reception), Reports(reception)
    parts = (health, api, SlowLane(reception), reports, Joining(reception), rosters)
    proof = ProofPage(reception, drawing, pages)
    documents = Documents(rooms, reception, pages, record_key)
    for part in (*parts, rules, proof, documents, pages):
        app.add_routes(part.routes())
    app.router.add_get("/socket.io/", sockets.handle, allow_head=False)
    _add_static(app, Path(settings.static_dir))
    app.on_response_prepare.append(Headers(settings).on_prepare)
    app.on_response_prepare.append(health.count)
    app[SOCKETS], app[HALLS] = sockets, halls
    app[ADDRESSES] = reception.addresses
    app.on_startup.append(_start)
    app.on_shutdown.append(_shut_down)
    app.on_shutdown.append(lambda _: documents.press.stop())
    return app


async def _start(app: web.Application) -> None:
    app[HALLS].start()


async def _shut_down(app: web.Application) -> None:
    """Everybody is told when to come back, then the sockets are closed."""
    app[HALLS].goodbye()
    await app[SOCKETS].stop()
    await app[HALLS].stop()


def _add_static(app: web.Application, folder: Path) -> None:
    """The built client, if there is one."""
    if folder.is_dir():
        app.router.add_static(PREFIX, folder, follow_symlinks=False)
