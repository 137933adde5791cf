"""Where faults happen: a Redis in one of four forms, and three servers on it.

Each server reaches a Redis of its own address through a line of its own that can be
cut; what Sentinels and a Cluster name they reach without.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from cluster.servers import Server, new_meeting, serving
from rostra.core.meeting import Meeting
from support.proxy import Line
from support.redis_servers import (
    DURABLE,
    HOST,
    RedisServer,
    cluster,
    linked,
    replica_of,
    sentinels,
)

SERVERS = 3


class Stand:
    """Three servers, and all of Redis that is behind them."""

    def __init__(self, redis: Sequence[RedisServer], address: str) -> None:
        #: Every Redis that has data; the first is the primary at the beginning.
        self.redis = list(redis)
        #: Where the test itself reaches them.
        self.address = address
        self.servers: list[Server] = []
        self.journals: list[str] = []
        self.lines: list[Line] = []
        #: Between the primary and its replica, where there is one.
        self.link: Line | None = None

    @property
    def primary(self) -> RedisServer:
        """As it was at the beginning."""
        return self.redis[0]

    async def meeting(self) -> Meeting:
        """A new one, in session."""
        return await new_meeting(self.address)

    async def start(self, server: Server) -> None:
        """Start *server* again."""
        await server.start(self.journals[self.servers.index(server)])

    async def holder(self, meeting: Meeting) -> RedisServer:
        """The primary that has *meeting* now, of those that answer.

        Where two believe to be it, the one with more replicas.
        """
        for _ in range(200):
            found = [(await _replicas(each, meeting), each) for each in self.redis]
            most, holder = max(found, key=lambda each: each[0])
            if most >= 0:
                return holder
            await asyncio.sleep(0.1)
        raise AssertionError(f"no primary has {meeting.id}")

    async def client(self, meeting: Meeting) -> Redis:
        """To the one that has *meeting*."""
        return (await self.holder(meeting)).client()


async def _replicas(redis: RedisServer, meeting: Meeting) -> int:
    """How many *redis* has, where it is a primary with *meeting*; else -1."""
    try:
        async with asyncio.timeout(1), redis.client() as client:
            role = await client.execute_command("ROLE")
            key = f"rostra:{{{meeting.id}}}:log"
            if role[0] != b"master" or not await client.exists(key):
                return -1
            return len(role[2])
    except (RedisError, OSError):
        return -1


@asynccontextmanager
async def alone(folder: Path) -> AsyncIterator[Stand]:
    """One Redis, which starts with a shorter file where its end is damaged."""
    settings = DURABLE | {"aof-load-truncated": "yes"}
    with RedisServer(folder / "redis", settings=settings) as redis:
        stand = Stand([redis], redis.address)
        async with _with_lines(stand, folder, ""):
            yield stand


@asynccontextmanager
async def with_replica(
    folder: Path, *, ahead_s: Sequence[float] = ()
) -> AsyncIterator[Stand]:
    """A primary with a replica, which has each commit before it is acknowledged."""
    with RedisServer(folder / "redis") as redis:
        async with replica_of(redis, folder / "replica") as replica:
            stand = Stand([redis, replica], f"{redis.address}?replicas=1")
            async with _with_lines(stand, folder, "?replicas=1", ahead_s=ahead_s):
                yield stand


@asynccontextmanager
async def with_a_link(folder: Path, *, wait: bool) -> AsyncIterator[Stand]:
    """A primary with a replica, and between them a line that can be cut.

    Servers reach what the operator says is the primary; *wait* for the replica.
    """
    with RedisServer(folder / "redis") as redis:
        async with (
            Line(redis.port) as link,
            replica_of(redis, folder / "replica", by=link.port) as replica,
        ):
            options = f"?replicas={int(wait)}"
            stand = Stand([redis, replica], redis.address + options)
            stand.link = link
            async with _with_lines(stand, folder, options):
                yield stand


@asynccontextmanager
async def watched_by_sentinels(
    folder: Path, *, wait: bool = True
) -> AsyncIterator[Stand]:
    """A primary with two replicas, and three Sentinels; *wait* for one replica."""
    settings = DURABLE | {"aof-load-truncated": "yes"}
    with RedisServer(folder / "redis", settings=settings) as redis:
        async with (
            replica_of(redis, folder / "one") as one,
            replica_of(redis, folder / "two") as two,
            sentinels(redis, folder, replicas=2) as watching,
        ):
            hosts = ",".join(f"{HOST}:{each.port}" for each in watching)
            address = f"redis+sentinel://{hosts}/m?replicas={int(wait)}"
            stand = Stand([redis, one, two], address)
            stand.journals = [address] * SERVERS
            async with serving(folder, stand.journals) as stand.servers:
                yield stand


@asynccontextmanager
async def in_a_cluster(folder: Path) -> AsyncIterator[Stand]:
    """Three primaries with a replica each."""
    async with cluster(folder / "nodes") as nodes:
        hosts = ",".join(f"{HOST}:{each.port}" for each in nodes[:2])
        address = f"redis+cluster://{hosts}?replicas=1"
        stand = Stand(nodes, address)
        stand.journals = [address] * SERVERS
        async with serving(folder, stand.journals) as stand.servers:
            yield stand


@asynccontextmanager
async def _with_lines(
    stand: Stand, folder: Path, options: str, *, ahead_s: Sequence[float] = ()
) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for _ in range(SERVERS):
            line = await stack.enter_async_context(Line(stand.primary.port))
            stand.lines.append(line)
            stand.journals.append(f"redis://{HOST}:{line.port}{options}")
        stand.servers = await stack.enter_async_context(
            serving(folder, stand.journals, ahead_s=ahead_s)
        )
        yield


async def replicas_follow(stand: Stand) -> None:
    """Wait until all replicas have caught up."""
    for replica in stand.redis[1:]:
        await linked(replica)
