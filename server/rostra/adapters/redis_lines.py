"""The way to a Redis: one server, the primary that Sentinels name, or a Cluster.

Nothing is ever sent twice by the library: whether a command that failed was carried
out is not known here, and sending it again is its caller's to decide.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Protocol

from msgspec import Struct
from redis.asyncio import Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from rostra.adapters.redis_errors import TROUBLE
from rostra.adapters.redis_urls import Place

CONNECT_S = 1.0
#: One Sentinel that does not answer must not use up a call's whole time.
SENTINEL_S = 0.3
#: Each meeting that is followed holds one; the rest are idle.
CONNECTIONS = 2_000
SCAN_COUNT = 1_000

Word = str | bytes | int


class Call(Struct, frozen=True):
    """A command; *key* says which node of a Cluster it is for."""

    key: str
    words: tuple[Word, ...]


class Lines(Protocol):
    """What the journal needs of a client."""

    async def send(self, calls: Sequence[Call], within_s: float) -> list[Any]:
        """The answer to each of *calls*, or the error in its place.

        Calls of one key go over one connection, in their order and at once. Raises one
        of TROUBLE where there is no answer at all.
        """
        ...

    async def every(
        self, words: Sequence[tuple[Word, ...]], within_s: float
    ) -> list[list[Any]]:
        """The answers of each primary to the commands *words*, errors in place."""
        ...

    async def keys(self, pattern: str, within_s: float) -> list[str]:
        """The keys of streams that match *pattern*."""
        ...

    async def look_again(self) -> None:
        """Doubt that what is connected is still the primary."""
        ...

    async def close(self) -> None:
        """Cut every connection."""
        ...


def lines_to(place: Place) -> Lines:
    """Connects when it is first used."""
    match place.kind:
        case "single":
            ((host, port),) = place.hosts
            return OnePrimary(Redis(host=host, port=port, **_settings(place)))
        case "sentinel":
            return OnePrimary(*_by_sentinel(place))
        case "cluster":
            return Cluster(place)


class OnePrimary:
    """All keys are in one place, wherever that is at the moment."""

    def __init__(self, client: Redis, sentinel: Sentinel | None = None) -> None:
        self._client = client
        self._sentinel = sentinel

    async def send(self, calls: Sequence[Call], within_s: float) -> list[Any]:
        """One round trip."""
        return await self._together([call.words for call in calls], within_s)

    async def every(
        self, words: Sequence[tuple[Word, ...]], within_s: float
    ) -> list[list[Any]]:
        """There is one primary."""
        return [await self._together(words, within_s)]

    async def keys(self, pattern: str, within_s: float) -> list[str]:
        """By SCAN."""
        async with asyncio.timeout(within_s):
            return await _scanned(self._client, pattern)

    async def look_again(self) -> None:
        """The Sentinels are asked at connecting only, so idle connections are cut.

        A primary that died and was back before they had told it of its successor
        believes itself the primary for ten seconds more.
        """
        if self._sentinel is not None:
            await self._client.connection_pool.disconnect(inuse_connections=False)

    async def close(self) -> None:
        """Cut every connection."""
        await self._client.aclose(close_connection_pool=True)
        if self._sentinel is not None:
            await self._sentinel.aclose()

    async def _together(
        self, words: Sequence[tuple[Word, ...]], within_s: float
    ) -> list[Any]:
        async with asyncio.timeout(within_s):
            pipeline = self._client.pipeline(transaction=False)
            for each in words:
                pipeline.execute_command(*each)
            return await pipeline.execute(raise_on_error=False)


class Cluster:
    """Each key is on the primary of its slot, which may change."""

    def __init__(self, place: Place) -> None:
        nodes = [ClusterNode(host, port) for host, port in place.hosts]
        settings = _settings(place)
        del settings["db"]
        self._client = RedisCluster(
            startup_nodes=nodes, require_full_coverage=False, **settings
        )

    async def send(self, calls: Sequence[Call], within_s: float) -> list[Any]:
        """One round trip to each node that is concerned.

        A redirection is not followed, since what belongs together would come apart: it
        was not carried out, so the map is read again and all is sent again, once.
        """
        async with asyncio.timeout(within_s):
            answers = await self._together(calls)
            if any(type(answer).__name__ == "MovedError" for answer in answers):
                await self._read_map()
                answers = await self._together(calls)
            return answers

    async def every(
        self, words: Sequence[tuple[Word, ...]], within_s: float
    ) -> list[list[Any]]:
        """One primary after the other."""
        async with asyncio.timeout(within_s):
            await self._client.initialize()
            return [
                await self._at(node, words) for node in self._client.get_primaries()
            ]

    async def keys(self, pattern: str, within_s: float) -> list[str]:
        """By SCAN on every primary."""
        async with asyncio.timeout(within_s):
            return await _scanned(self._client, pattern)

    async def look_again(self) -> None:
        """The map tells, and it is read again where a node says that it is wrong."""

    async def close(self) -> None:
        """Cut every connection."""
        await self._client.aclose()

    async def _together(self, calls: Sequence[Call]) -> list[Any]:
        try:
            await self._client.initialize()
            pipeline = self._client.pipeline()
            for call in calls:
                node = self._client.get_node_from_key(call.key)
                pipeline.execute_command(*call.words, target_nodes=node)
            answers = await pipeline.execute(
                raise_on_error=False, allow_redirections=False
            )
        except TROUBLE:
            with suppress(*TROUBLE):
                await self._read_map()
            raise
        return answers

    async def _at(
        self, node: ClusterNode, words: Sequence[tuple[Word, ...]]
    ) -> list[Any]:
        pipeline = self._client.pipeline()
        for each in words:
            pipeline.execute_command(*each, target_nodes=node)
        return await pipeline.execute(raise_on_error=False, allow_redirections=False)

    async def _read_map(self) -> None:
        """Which node has which slots."""
        await self._client.nodes_manager.initialize()


async def _scanned(client: Redis | RedisCluster, pattern: str) -> list[str]:
    found = client.scan_iter(match=pattern, count=SCAN_COUNT, _type="stream")
    return sorted({key.decode() async for key in found})


def _by_sentinel(place: Place) -> tuple[Redis, Sentinel]:
    settings = _settings(place)
    of_sentinels = settings | {
        "db": 0,
        "username": place.options.sentinel_user,
        "password": place.options.sentinel_password,
        "socket_timeout": SENTINEL_S,
        "socket_connect_timeout": SENTINEL_S,
    }
    sentinel = Sentinel(  # type: ignore[no-untyped-call]
        place.hosts, sentinel_kwargs=of_sentinels
    )
    return sentinel.master_for(place.service, redis_class=Redis, **settings), sentinel


def _settings(place: Place) -> dict[str, Any]:
    """Of every connection. How long a call may take is said at the call."""
    settings: dict[str, Any] = {
        "db": place.db,
        "username": place.user,
        "password": place.password,
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": None,
        "socket_connect_timeout": CONNECT_S,
        "max_connections": CONNECTIONS,
        # Fewer words at connecting, and fewer that an access list must allow.
        "driver_info": None,
    }
    if place.tls:
        settings |= {"ssl": True, "ssl_ca_certs": place.options.ca}
    return settings
