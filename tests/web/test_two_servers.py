"""Two whole servers on one real Redis: who is there, and what follows from it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from msgspec import structs

from rostra.adapters.places import journal_at, peers_at
from rostra.core.meeting import Link
from rostra.engine.rooms import Rooms
from rostra.web.app import make_app
from support.proxy import Line as Way
from support.redis_servers import RedisServer
from web.house import (
    DELEGATE,
    DESK,
    KEYS,
    MEETING,
    MODERATOR,
    QUICK,
    VIEWER,
    XAD,
    Client,
    Line,
    founding,
    settings,
)
from web.servers import HOLDS

LIMITS = structs.replace(QUICK, silent_s=1.0, unattended_s=1.0)


class Server:
    """One of them, reached by sockets, and its own way to Redis."""

    def __init__(self, client: Client, rooms: Rooms, way: Way) -> None:
        self.client = client
        self.rooms = rooms
        self.way = way

    async def join(self, link: Link) -> Line:
        """A socket of *link* that has had its welcome."""
        room = await self.rooms.room(MEETING)
        assert room is not None
        url = "/socket.io/?EIO=4&transport=websocket"
        line = Line(await self.client.ws_connect(url, autoclose=False))
        assert (await line.frame()).startswith("0{")
        await line.join(token=KEYS.token(MEETING, room.meeting.links[link.id]))
        return line

    @property
    async def floor(self) -> Any:
        """The intervention that has the floor."""
        room = await self.rooms.room(MEETING)
        assert room is not None
        return room.meeting.active


@asynccontextmanager
async def server(name: str, redis: RedisServer, folder: Path) -> AsyncIterator[Server]:
    """It runs until the end, then it stops as on SIGTERM."""
    async with AsyncExitStack() as stack:
        way = await stack.enter_async_context(Way(redis.port))
        address = f"redis://127.0.0.1:{way.port}"
        peers = await stack.enter_async_context(peers_at(address))
        opened = journal_at(address, folder / name)
        journal, clock = await stack.enter_async_context(opened)
        rooms = Rooms(journal, clock)
        stack.push_async_callback(rooms.close)
        if await rooms.room(MEETING) is None:
            await rooms.create(structs.replace(founding(), profile=HOLDS))
        app = make_app(rooms, settings(LIMITS, name=name), KEYS, clock, peers)
        jar = aiohttp.CookieJar(unsafe=True)
        client: Client = TestClient(TestServer(app, host="127.0.0.1"), cookie_jar=jar)
        await stack.enter_async_context(client)
        yield Server(client, rooms, way)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[tuple[Server, Server, AsyncExitStack]]:
    """The servers a and b; the stack ends b before its time."""
    with RedisServer(tmp_path / "redis") as redis:
        async with server("a", redis, tmp_path) as a, AsyncExitStack() as stack:
            b = await stack.enter_async_context(server("b", redis, tmp_path))
            yield a, b, stack


class Screen:
    """Staff's screen: where each link is, by its ``here`` frames."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.here: dict[str, Any] = {}

    async def shows(self, wanted: dict[str, str], within_s: float) -> None:
        """Until these links, and no others, are at these servers."""
        async with asyncio.timeout(within_s):
            while self.places != wanted:
                _, frame = await self.line.event("here", within_s=within_s)
                kept = {} if frame["n"] == 0 else self.here
                for id in frame["drop"]:
                    kept.pop(id)
                self.here = kept | frame["set"]

    @property
    def places(self) -> dict[str, str]:
        """The server of each link."""
        return {each["link"]: each["server"] for each in self.here.values()}


async def until(said: Callable[[], Awaitable[bool]], within_s: float = 10.0) -> None:
    """Wait for something that is not told by a frame."""
    async with asyncio.timeout(within_s):
        while not await said():
            await asyncio.sleep(0.02)


async def test_staff_see_who_is_on_which_server_and_who_left_with_one(
    two: tuple[Server, Server, AsyncExitStack],
) -> None:
    a, b, end_of_b = two
    console = Screen(await a.join(MODERATOR))
    desk = Screen(await b.join(DESK))
    await b.join(DELEGATE)
    await a.join(VIEWER)
    everybody = {MODERATOR.id: "a", DESK.id: "b", DELEGATE.id: "b"}
    await console.shows(everybody, 3)
    await desk.shows(everybody, 3)
    await end_of_b.aclose()
    await console.shows({MODERATOR.id: "a"}, 2)


@pytest.mark.torture
async def test_a_server_that_is_cut_off_vanishes_from_the_others_and_keeps_its_people(
    two: tuple[Server, Server, AsyncExitStack],
) -> None:
    a, b, _ = two
    console = Screen(await a.join(MODERATOR))
    desk = Screen(await b.join(DESK))
    everybody = {MODERATOR.id: "a", DESK.id: "b"}
    await console.shows(everybody, 3)
    await desk.shows(everybody, 3)
    await b.way.cut()
    await console.shows({MODERATOR.id: "a"}, 7)
    with pytest.raises(TimeoutError):
        await desk.line.event("here", within_s=0.3)
    await b.way.restore()
    await console.shows(everybody, 3)


async def test_a_console_on_another_server_attends(
    two: tuple[Server, Server, AsyncExitStack],
) -> None:
    a, b, _ = two
    console = await a.join(MODERATOR)
    pad = await b.join(DELEGATE)
    await asyncio.sleep(3.5)
    assert (await b.join(VIEWER)).welcome["unattended"] is False
    await console.ws.close()
    while not (await pad.event("beat", within_s=6))[1]["unattended"]:
        pass
    assert (await b.join(VIEWER)).welcome["unattended"] is True


@pytest.mark.torture
async def test_the_last_device_on_either_server_is_one_lost_line(
    two: tuple[Server, Server, AsyncExitStack],
) -> None:
    a, b, _ = two
    console = await a.join(MODERATOR)
    pad, other = await a.join(DELEGATE), await b.join(DELEGATE)
    await b.join(VIEWER)

    async def act(type_: str, **fields: Any) -> Any:
        answer = await console.command(type_, **fields)
        assert answer["outcome"] == "ok", answer
        return answer["result"]

    await act("open_lobby", expect={"state": "scheduled"})
    await act("call_to_order", expect={"state": "lobby"})
    put = await act("insert", list="l1.0", entries=[{"delegation": XAD}])
    request = put["requests"][0]
    called = await act("call", request=request, expect={"head": request})
    key = called["intervention"]
    await act("start", expect={"intervention": key, "phase": "called"})
    await asyncio.sleep(0.5)
    await pad.ws.close()
    await asyncio.sleep(3.5)
    assert not (await a.floor).line_lost
    await other.ws.close()

    async def lost() -> bool:
        return bool((await a.floor).line_lost and (await b.floor).line_lost)

    await until(lost)
    await act("resume", expect={"intervention": key, "phase": "paused"})
    await asyncio.sleep(3.5)
    assert not await lost()
    assert len((await b.floor).holds) == 1
