"""Real servers for real proxies: one with a folder, or three with a Redis."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

from demo_cluster.servers import Redis, Server, free_port
from deploy.proxies import NAME, Front, certificate
from support.proxy import Line

MEETING = "closing-discussion"
LOOK_S = 0.1
START_S = 40
Proxy = Callable[[Path, str, Mapping[str, int], int, int], AbstractContextManager[None]]


class Cluster:
    """The servers by the addresses that the shipped files name."""

    def __init__(
        self, servers: dict[str, Server], redis: Redis | None, line: Line | None
    ) -> None:
        self.servers = list(servers.values())
        self.redis = redis
        self.line = line

    async def start(self, server: Server) -> None:
        """Start it; returns when it serves."""
        await server.start()
        async with asyncio.timeout(START_S):
            while not await _ready(server):
                if server.state == "ended":
                    raise AssertionError(server.last_words())
                await asyncio.sleep(LOOK_S)
        server.heard = True


async def _ready(server: Server) -> bool:
    try:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        try:
            where = f"Host: {server.host}:{server.port}\r\nConnection: close"
            writer.write(f"GET /readyz HTTP/1.1\r\n{where}\r\n\r\n".encode())
            return b" 200 " in await reader.readline()
        finally:
            writer.close()
    except OSError:
        return False


@asynccontextmanager
async def one(
    folder: Path, proxy: Proxy, file: str, address: str
) -> AsyncIterator[tuple[Front, Cluster]]:
    """A server with a journal of its own, behind *proxy* with the shipped *file*."""
    certificate(folder)
    tls, plain = free_port(), free_port()
    environ = _environ(tls)
    server = Server("a", folder / "a", environ)
    links = _made({**environ, "ROSTRA_DATA": str(folder / "a")})
    cluster = Cluster({address: server}, None, None)
    try:
        await cluster.start(server)
        with proxy(folder, file, {address: server.port}, tls, plain):
            yield Front(folder, tls, plain, MEETING, links), cluster
    finally:
        await server.end()


@asynccontextmanager
async def several(
    folder: Path,
    proxy: Proxy,
    file: str,
    addresses: tuple[str, ...],
    more: Mapping[str, Mapping[str, str]] | None = None,
    *,
    by_line: str = "",
) -> AsyncIterator[tuple[Front, Cluster]]:
    """A server for each of *addresses*, with one Redis, behind *proxy*.

    *more* are settings by the names of servers: a, b, c. The one *by_line* reaches the
    Redis by a line that can be cut.
    """
    certificate(folder)
    tls, plain = free_port(), free_port()
    redis = Redis(folder / "redis")
    servers: dict[str, Server] = {}
    stack = AsyncExitStack()
    try:
        await redis.start()
        line = await stack.enter_async_context(Line(redis.port))
        environ = _environ(tls) | _keys(folder) | {"ROSTRA_JOURNAL": redis.address}
        links = _made({**environ, "ROSTRA_DATA": str(folder / "made")})
        for name, address in zip("abc", addresses, strict=True):
            own = environ | dict((more or {}).get(name, {}))
            if name == by_line:
                own["ROSTRA_JOURNAL"] = f"redis://127.0.0.1:{line.port}"
            servers[address] = Server(name, folder / name, own)
        cluster = Cluster(servers, redis, line)
        await asyncio.gather(*map(cluster.start, cluster.servers))
        ports = {address: server.port for address, server in servers.items()}
        with proxy(folder, file, ports, tls, plain):
            yield Front(folder, tls, plain, MEETING, links), cluster
    finally:
        await asyncio.gather(*(server.end() for server in servers.values()))
        await stack.aclose()
        await redis.end()


def _environ(tls: int) -> dict[str, str]:
    """As the shipped files ask for it."""
    return {
        "ROSTRA_BASE": f"https://{NAME}:{tls}",
        "ROSTRA_TRUSTED_PROXIES": "127.0.0.1,::1",
    }


def _keys(folder: Path) -> dict[str, str]:
    found = {}
    for name in ("link", "record"):
        key = folder / f"{name}.key"
        key.touch(0o600)
        key.write_text(secrets.token_hex(32))
        found[f"ROSTRA_{name.upper()}_KEY_FILE"] = str(key)
    return found


def _made(environ: Mapping[str, str]) -> dict[str, str]:
    """A meeting, made by the command line; its links by role or by code."""
    _rostra(environ, "import", MEETING)
    rows = json.loads(_rostra(environ, "links", MEETING, "--json"))
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(row["code"] or row["role"], row["url"])
    return found


def _rostra(environ: Mapping[str, str], *words: str) -> str:
    plain = {k: v for k, v in os.environ.items() if not k.startswith("ROSTRA_")}
    done = subprocess.run(
        [sys.executable, "-m", "rostra.cli.parser", *words],
        env={**plain, **environ},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
