"""The wiring of a server on one page: who is given to whom, in which order it ends.

Settings → clock → journal → rooms → keys → web → control socket. The end goes the other
way: goodbye to everyone, the rooms settle what was asked, the journal lets go.
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

from aiohttp import web
from msgspec import Struct, structs

from rostra.adapters.places import journal_at, peers_at
from rostra.cli import control
from rostra.cli.address import base_url, local_url, notify, own_names
from rostra.cli.office import Office
from rostra.config import Settings, link_key, record_key, web_settings
from rostra.engine.ports import Clock, Journal
from rostra.engine.rooms import Rooms
from rostra.record.proof import RecordKey
from rostra.web.app import SOCKETS, make_app
from rostra.web.garbage import looked_after
from rostra.web.identity import Keys
from rostra.web.sockets import MANY

log = logging.getLogger(__name__)

#: The journal's handle is spent: a new start reads it anew (PROMISES F17).
EXIT_JOURNAL = 75
EXIT_NOW = 130
#: Connections that wait to be accepted: thousands come back at once after a restart.
BACKLOG = 4096
SETTLE_S = 0.02
#: What runs beside the server gets so long to end before the server itself does.
COMPANY_S = 2


class House(Struct, frozen=True):
    """A journal that is open, and what stands in front of it."""

    clock: Clock
    journal: Journal
    rooms: Rooms
    keys: Keys
    record_key: RecordKey


class Served(Struct, frozen=True):
    """A server that accepts connections.

    ``base`` is where people reach it, ``local`` where this machine does.
    """

    base: str
    local: str
    office: Office
    clock: Clock


#: Runs beside the server from the moment it accepts connections.
Beside = Callable[[Served], Coroutine[Any, Any, None]]


@contextlib.asynccontextmanager
async def opened(settings: Settings, *, serving: bool = True) -> AsyncIterator[House]:
    """The journal that *settings* name. Raises CannotOpen with a sentence."""
    key = link_key(settings)
    place = settings.journal, Path(settings.data)
    async with journal_at(*place, serving=serving) as (journal, clock):
        rooms = Rooms(journal, clock, serving=serving)
        try:
            yield House(clock, journal, rooms, Keys(key), record_key(settings))
        finally:
            await rooms.close()


async def serve(settings: Settings, beside: Beside | None = None) -> int:
    """Serve until SIGTERM, SIGINT or a failed journal; the answer is the exit code.

    Raises CannotOpen, SettingsError, and OSError when the address is taken.
    """
    ending = Ending()
    with _listening(settings) as listener:
        port = int(listener.getsockname()[1])
        base = base_url(settings, port)
        name = settings.name or f"{socket.gethostname()}:{port}"
        async with opened(settings) as house, contextlib.AsyncExitStack() as stack:
            office = Office(
                house.rooms, house.journal, house.keys, base, house.record_key
            )
            hosts = own_names(settings, port)
            app = make_app(
                house.rooms,
                web_settings(
                    structs.replace(settings, name=name),
                    base,
                    hosts,
                    house.record_key.public,
                ),
                house.keys,
                house.clock,
                await stack.enter_async_context(peers_at(settings.journal)),
                record_key=house.record_key,
            )
            await stack.enter_async_context(_site(app, listener, settings))
            folder = Path(settings.data)
            await stack.enter_async_context(control.listen(folder, office.answer))
            log.info("Serving at %s as %s, data in %s.", base, name, folder)
            notify("READY=1")
            await stack.enter_async_context(_meanwhile(house.rooms.wake()))
            served = Served(base, local_url(settings, port), office, house.clock)
            code = await until_the_end(ending, house, beside and beside(served))
            notify("STOPPING=1")
        left = bool(app[SOCKETS].connections)
    log.info("Stopped.")
    if left:
        # They have been told everything. To end ten thousand tasks one by one takes a
        # second in which nobody is served; the system closes them at once.
        logging.shutdown()
        os._exit(code)
    return code


class Ending:
    """The first signal ends the server in order, the second at once."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, self._signalled)

    def _signalled(self) -> None:
        if self.asked.is_set():
            os._exit(EXIT_NOW)
        self.asked.set()


async def until_the_end(
    ending: Ending, house: House, beside: Coroutine[Any, Any, None] | None
) -> int:
    """Wait for a signal or a failed journal; what runs beside is ended first.

    If that fails, the server ends too and its exception is raised.
    """
    asked = asyncio.create_task(ending.asked.wait())
    company = asyncio.create_task(_endless(beside))
    ends: set[asyncio.Future[Any]] = {asked, house.rooms.failed, company}
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if company.cancel():
        await asyncio.wait({company}, timeout=COMPANY_S)
    else:
        company.result()
    if house.rooms.failed.done():
        log.error("The journal failed: %s Start again.", house.rooms.failed.result())
        return EXIT_JOURNAL
    log.info("Stopping: goodbye to everyone, then the journal is closed.")
    return 0


@contextlib.asynccontextmanager
async def _meanwhile(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """*work* goes on beside what follows; what is not done by then is left."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _endless(beside: Coroutine[Any, Any, None] | None) -> None:
    """What runs beside the server; nothing more once it is done, until cancelled."""
    if beside is not None:
        await beside
    await asyncio.Event().wait()


def _listening(settings: Settings) -> socket.socket:
    """A socket on the address, taken before anything else is opened. OSError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
    except BaseException:
        listener.close()
        raise
    return listener


@contextlib.asynccontextmanager
async def _site(
    app: web.Application, listener: socket.socket, settings: Settings
) -> AsyncIterator[None]:
    """The web part, accepting connections; its end says goodbye."""
    runner = web.AppRunner(
        app,
        handle_signals=False,
        access_log=None,
        shutdown_timeout=settings.shutdown_s,
    )
    async with looked_after(lambda: app[SOCKETS].arrivals):
        await runner.setup()
        site = web.SockSite(runner, listener, backlog=BACKLOG)
        try:
            await site.start()
            yield
        finally:
            await app.shutdown()
            await site.stop()
            # who was let in at the last moment has to begin to wait before it can end
            await asyncio.sleep(SETTLE_S)
            if len(app[SOCKETS].connections) < MANY:
                await runner.cleanup()
