"""The servers that ``rostra rehearse`` plays on: one of its own, or somebody's."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

from msgspec import structs

from rostra.cli.files import Material, founding, rebased
from rostra.cli.office import AskCreate, LinkRow, Office, Sorry
from rostra.config import Settings
from rostra.core.ids import Instant
from rostra.main import opened
from rostra.rehearsal.machine import Reading, reading

START_S = 60.0
STOP_S = 30.0
LOOK_AGAIN_S = 0.01
PATIENCE_S = 10
_METRIC = re.compile(
    r"^(process_cpu_seconds_total|process_resident_memory_bytes) (\S+)$", re.M
)


class OwnServer:
    """``rostra serve`` in a process of its own, on this machine."""

    def __init__(self, settings: Settings, config: str | None) -> None:
        self._settings = settings
        self._config = config
        self._process: asyncio.subprocess.Process | None = None
        self._log = Path(settings.data) / "server.log"

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self._settings.port}"

    async def start(self) -> None:
        """Start it; returns when it serves."""
        config = ("--config", self._config) if self._config else ()
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "rostra.cli.parser", "serve"),
                *("--host", "127.0.0.1", "--port", str(self._settings.port)),
                *("--data", self._settings.data, *config),
                env={**os.environ, "ROSTRA_LOG__LEVEL": "warning"},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C is ours: the server ends after the report's last question.
                start_new_session=True,
            )
        deadline = time.monotonic() + START_S
        while not await _serves("127.0.0.1", self._settings.port):
            if self._process.returncode is not None or time.monotonic() > deadline:
                raise Sorry(f"The server does not start:\n{self._said()}")
            await asyncio.sleep(LOOK_AGAIN_S)

    async def stop(self) -> None:
        """End it in order, or by force where it does not."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def reading(self) -> Reading | None:
        """What it has used so far."""
        return reading(self._process.pid) if self._process else None

    async def restart(self) -> tuple[int, int]:
        """End it and start it again; when it ended, and when it served again (ns)."""
        await self.stop()
        ended = time.monotonic_ns()
        await self.start()
        return ended, time.monotonic_ns()

    def _said(self) -> str:
        return self._log.read_text(errors="replace")[-2000:].strip()


@contextlib.asynccontextmanager
async def own_server(
    settings: Settings, config: str | None, material: Material
) -> AsyncIterator[tuple[OwnServer, list[LinkRow]]]:
    """A server with a meeting made for the rehearsal, and the meeting's links."""
    settings = structs.replace(settings, port=free_port(), host="127.0.0.1")
    rows = await _made(settings, material)
    server = OwnServer(settings, config)
    try:
        await server.start()
        yield server, rows
    finally:
        await server.stop()


async def _made(settings: Settings, material: Material) -> list[LinkRow]:
    now = Instant(int(time.time() * 1000))
    made = founding(rebased(material, now), now, rehearsal=True)
    async with opened(settings, serving=False) as house:
        office = Office(house.rooms, house.journal, house.keys, "", house.record_key)
        await office.create(AskCreate(founding=made))
        return await office.links(made.meeting)


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _serves(host: str, port: int) -> bool:
    """Whether it says that it is ready."""
    try:
        reader, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    with contextlib.closing(writer):
        asked = f"GET /readyz HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n"
        writer.write(f"{asked}\r\n".encode())
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(1):
                return b" 200 " in await reader.readline()
    return False


class FarServer:
    """A server that somebody else runs."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    async def reading(self) -> Reading | None:
        """What it says of itself, where we may ask (``metrics_from``)."""
        return await asyncio.to_thread(self._metrics)

    def _metrics(self) -> Reading | None:
        try:
            asked = urllib.request.urlopen(f"{self.url}/metrics", timeout=PATIENCE_S)
            with asked as answer:
                told = dict(_METRIC.findall(answer.read().decode()))
        except (urllib.error.URLError, OSError, ValueError):
            return None
        if len(told) < 2:
            return None
        rss = int(float(told["process_resident_memory_bytes"]))
        return Reading(cpu_s=float(told["process_cpu_seconds_total"]), rss=rss)

    async def restart(self) -> tuple[int, int]:
        """Not ours to restart."""
        raise Sorry("Only a server of our own is restarted: --restart with --local.")
