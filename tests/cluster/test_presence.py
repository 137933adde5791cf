"""Who is on which of three real servers, whose clocks are an hour apart."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from cluster.servers import Server, new_meeting, serving, token
from rostra.core.meeting import Meeting
from support.redis_servers import RedisServer
from web.house import Line

HOUR_S = 3600


@asynccontextmanager
async def joined(
    http: aiohttp.ClientSession, server: Server, meeting: Meeting, name: str
) -> AsyncIterator[Line]:
    """A socket of the link *name* on *server*, welcomed."""
    url = f"{server.base}/socket.io/?EIO=4&transport=websocket"
    async with http.ws_connect(url, autoclose=False) as ws:
        line = Line(ws)
        assert (await line.frame()).startswith("0{")
        await line.join(token=token(meeting, name))
        yield line


async def shown(line: Line, here: dict[str, Any], wanted: dict[str, str]) -> float:
    """Wait until staff's screen shows these links at these servers; how long it took.

    *here* is what the screen keeps.
    """
    began = time.monotonic()
    async with asyncio.timeout(15):
        while {each["link"]: each["server"] for each in here.values()} != wanted:
            _, frame = await line.event("here", within_s=15)
            if frame["n"] == 0:
                here.clear()
            for id in frame["drop"]:
                del here[id]
            here.update(frame["set"])
    return time.monotonic() - began


@pytest.mark.torture
async def test_people_vanish_soon_after_a_kill_and_at_once_with_a_stop(
    tmp_path: Path,
) -> None:
    with RedisServer(tmp_path / "redis") as redis:
        meeting = await new_meeting(redis.address)
        async with (
            serving(
                tmp_path, [redis.address] * 3, ahead_s=(0, HOUR_S, -HOUR_S)
            ) as servers,
            aiohttp.ClientSession() as http,
        ):
            one, two, three = servers
            here: dict[str, Any] = {}
            async with (
                joined(http, one, meeting, "op1") as console,
                joined(http, two, meeting, "xad"),
                joined(http, three, meeting, "xae"),
            ):
                everybody = {"op1": one.name, "xad": two.name, "xae": three.name}
                assert await shown(console, here, everybody) < 4
                since = [each["since"] for each in here.values()]
                assert max(since) - min(since) < 10_000
                two.kill()
                del everybody["xad"]
                assert 2 < await shown(console, here, everybody) < 8
                assert await three.stop() == 0
                del everybody["xae"]
                assert await shown(console, here, everybody) < 2.5
            async with joined(http, one, meeting, "op1") as console:
                await two.start(redis.address)
                async with joined(http, two, meeting, "xad"):
                    now = {"op1": one.name, "xad": two.name}
                    assert await shown(console, {}, now) < 4
