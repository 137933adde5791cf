"""`make demo-cluster`: several servers keep one meeting while somebody kills them.

It starts a Redis, the servers, a proxy in front of them, simulated people, and a page
that shows which server holds whom. Everything is in a temporary folder, and everything
ends with it.
"""

import argparse
import asyncio
import contextlib
import errno
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from pathlib import Path
from typing import Any

from msgspec import structs

from demo_cluster.page import Page
from demo_cluster.proxy import Proxy
from demo_cluster.servers import HOST, NoRedisError, Redis, Server
from demo_cluster.watch import Watch
from rostra.cli.address import EVERYWHERE, base_url, own_names
from rostra.cli.demo import Demo, named_a_port
from rostra.cli.files import read_meeting
from rostra.cli.logs import set_up
from rostra.cli.office import LinkRow, Office, Sorry
from rostra.cli.parser import parser
from rostra.cli.plainly import REFUSED, settings_of
from rostra.config import Log, Settings
from rostra.main import opened

NAMES = "abcdefgh"
PORTS_TRIED = 20
START_S = 60
SCREENS = {
    "moderator": "Operator's console",
    "chair": "Presiding officer",
    "display": "Display",
}


def main(argv: Sequence[str]) -> int:
    """Run until Ctrl-C; 2 where something is missing, and what."""
    own = argparse.ArgumentParser(prog="make demo-cluster", description=__doc__)
    own.add_argument(
        "--servers", type=int, default=3, choices=range(2, len(NAMES) + 1), metavar="N"
    )
    own.add_argument("--page-port", type=int, default=8090, metavar="PORT")
    own.epilog = "Every option of rostra demo but --data is taken too."
    told, rest = own.parse_known_args(argv)
    args = parser().parse_args(["demo", *rest], told)
    set_up(Log(format="text", level="warning"))
    try:
        with tempfile.TemporaryDirectory(prefix="rostra-cluster-") as folder:
            return asyncio.run(run(args, Path(folder)))
    except (*REFUSED, NoRedisError) as error:
        print(f"demo-cluster: {error}", file=sys.stderr)
    except OSError as error:
        print(f"demo-cluster: {error.strerror or error}.", file=sys.stderr)
    return 2


async def run(args: argparse.Namespace, folder: Path) -> int:
    """Start everything, and end it when a signal says so."""
    asked = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(each, asked.set)
    cluster = asyncio.create_task(_run(args, folder))
    asking = asyncio.create_task(asked.wait())
    await asyncio.wait({cluster, asking}, return_when=asyncio.FIRST_COMPLETED)
    asking.cancel()
    if cluster.done():
        cluster.result()
    cluster.cancel()
    await asyncio.gather(cluster, return_exceptions=True)
    return 0


async def _run(args: argparse.Namespace, folder: Path) -> None:
    async with contextlib.AsyncExitStack() as stack:
        redis = Redis(folder / "redis")
        stack.push_async_callback(redis.end)
        await redis.start()
        servers: list[Server] = []
        settings = _settings(args, redis, folder)
        proxy = await _proxy(settings, servers, fixed=named_a_port(args))
        stack.push_async_callback(proxy.end)
        settings = structs.replace(settings, base=base_url(settings, proxy.port))
        demo = Demo(args, read_meeting(args.meeting, args.roster))
        rows = await _made(demo, settings)
        shared = _environ(settings, proxy.port)
        names = NAMES[: args.servers]
        servers += [Server(name, folder / name, shared) for name in names]
        stack.push_async_callback(_end, servers)
        for server in servers:
            await server.start()
        watch = Watch(servers, lambda: demo.crew.view if demo.crew else None)
        await stack.enter_async_context(_meanwhile(watch.run()))
        page = Page(watch, redis, settings.base)
        stack.push_async_callback(page.end)
        where = await _page(page, args.page_port)
        page.links = _screens(rows)
        await _until_they_serve(servers)
        print(f"Which server holds whom, with buttons to end them: {where}/")
        local = HOST if settings.host in EVERYWHERE else settings.host
        await demo.play(rows, settings.base, f"http://{local}:{proxy.port}")
        await asyncio.Event().wait()


def _settings(args: argparse.Namespace, redis: Redis, folder: Path) -> Settings:
    """What all servers share, and the data folder of nobody but us."""
    key = folder / "link.key"
    key.touch(0o600)
    key.write_text(secrets.token_hex(32))
    return structs.replace(
        settings_of(args),
        data=str(folder / "made"),
        journal=redis.address,
        link_key_file=str(key),
    )


def _environ(settings: Settings, port: int) -> dict[str, str]:
    """The same for the servers, who are reached by the proxy's names at *port*."""
    names = own_names(settings, port)
    return {
        "ROSTRA_BASE": settings.base,
        "ROSTRA_JOURNAL": settings.journal,
        "ROSTRA_LINK_KEY_FILE": settings.link_key_file,
        "ROSTRA_HOSTS": ",".join(names),
        "ROSTRA_ORIGINS": ",".join(f"http://{name}" for name in names),
    }


async def _made(demo: Demo, settings: Settings) -> list[LinkRow]:
    """The meeting, made before any server is there; its links."""
    async with opened(settings, serving=False) as house:
        office = Office(
            house.rooms, house.journal, house.keys, settings.base, house.record_key
        )
        return await demo.made(office, house.clock)


def _screens(rows: list[LinkRow]) -> dict[str, str]:
    """Links for the page: one of each screen that shows something at once."""
    found: dict[str, str] = {}
    for row in rows:
        name = SCREENS.get(row.role)
        if name is not None:
            found.setdefault(name, row.url)
    return found


async def _proxy(settings: Settings, servers: list[Server], *, fixed: bool) -> Proxy:
    """On the port that was asked for; on the next free one where none was."""
    for port in range(settings.port, settings.port + (1 if fixed else PORTS_TRIED)):
        proxy = Proxy(settings.host, port, servers)
        try:
            await proxy.start()
            return proxy
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise Sorry(f"Another program listens at port {settings.port}. Take another.")


async def _page(page: Page, port: int) -> str:
    """Serve the page; its address."""
    for each in range(port, port + PORTS_TRIED if port else 1):
        with contextlib.suppress(OSError):
            return await page.start(each)
    raise Sorry(f"Other programs listen at port {port} and on. Take another.")


async def _until_they_serve(servers: list[Server]) -> None:
    deadline = time.monotonic() + START_S
    while not all(server.answers for server in servers):
        for server in servers:
            if server.state == "ended" or time.monotonic() > deadline:
                raise Sorry(f"{server.name} does not start:\n{server.last_words()}")
        await asyncio.sleep(0.05)


async def _end(servers: list[Server]) -> None:
    await asyncio.gather(*(server.end() for server in servers))


@contextlib.asynccontextmanager
async def _meanwhile(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
