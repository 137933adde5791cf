"""The slow lane where each question may reach another server, in turns or by chance."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from itertools import count, pairwise
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from msgspec import structs

from rostra.adapters.clock import SystemClock
from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.meeting import Link
from rostra.engine.rooms import Rooms
from rostra.web.app import make_app
from rostra.web.settings import Limits
from support.peers import Board, MemoryPeers
from web.house import (
    CHAIR,
    DELEGATE,
    KEYS,
    MEETING,
    MODERATOR,
    OTHER,
    RAPPORTEUR,
    VIEWER,
    XAD,
    Client,
    House,
    call_to_order,
    command,
    founding,
    settings,
)
from web.test_slow_lane import COMMANDS, EVENTS, SLOW, TIME, Poller, bearer

#: A poll of one who goes from server to server outlives what each of them keeps of it.
LIMITS = structs.replace(SLOW, attended_s=3600.0, unattended_s=60.0)
NAMES = ("a", "b", "c")
#: By then a server has heard of what another has.
HEARD_S = 0.5

Servers = list[House]


@pytest.fixture
async def servers(request: pytest.FixtureRequest) -> AsyncIterator[Servers]:
    """Three of one meeting in session."""
    limits: Limits = getattr(request, "param", LIMITS)
    clock = SystemClock()
    journal, board = MemoryJournal(shared=True), Board(clock.now)
    async with AsyncExitStack() as stack:
        houses: Servers = []
        for name in NAMES:
            rooms = Rooms(journal, clock)
            stack.push_async_callback(rooms.close)
            if not houses:
                await rooms.create(founding())
                await rooms.create(founding(OTHER))
            room, other = await rooms.room(MEETING), await rooms.room(OTHER)
            assert room is not None and other is not None
            peers = MemoryPeers(board, name)
            app = make_app(rooms, settings(limits, name=name), KEYS, clock, peers)
            jar = aiohttp.CookieJar(unsafe=True, quote_cookie=False)
            server = TestServer(app, host="127.0.0.1")
            client: Client = TestClient(server, cookie_jar=jar)
            await client.start_server()
            stack.push_async_callback(client.close)
            houses.append(House(client, rooms, room, other))
        await call_to_order(houses[0])
        await level(houses)
        yield houses


async def level(servers: Servers) -> None:
    """Wait until all are at the same commit."""
    async with asyncio.timeout(3):
        while len({house.room.head for house in servers}) > 1:
            await asyncio.sleep(0.01)


class Wanderer(Poller):
    """Its polls reach the servers in turns."""

    def __init__(self, servers: Servers, link: Link) -> None:
        super().__init__(servers[0], link)
        self.turns = (servers[n % len(servers)] for n in count())
        self.word = ""
        self.here: dict[str, Any] = {}

    def asks(self, wait: int = 2, **query: str) -> Any:
        """The request of the next poll, to the next server."""
        self.house = next(self.turns)
        tag = sum(int(id[:6], 16) for id in self.here) & (2**29 - 1)
        known = {"word": self.word, "here": str(tag)}
        return super().asks(wait, **known, **query)

    async def poll(self, wait: int = 2) -> list[tuple[str, Any]]:
        """The events of the next answer; the word, and who is there, is kept."""
        came = await super().poll(wait)
        for name, body in came:
            if name in ("welcome", "beat"):
                letters = {"u": body["unattended"], "s": body["stalled"]}
                self.word = "".join(k for k, true in letters.items() if true)
            if name == "here":
                kept = {} if body["n"] == 0 else self.here
                gone = body["drop"]
                self.here = {k: v for k, v in kept.items() if k not in gone}
                self.here |= body["set"]
        return came


async def announces(house: House, text: str) -> int:
    """Something that everybody sees; its seq."""
    body = command("announce", text=text)
    async with house.client.post(
        COMMANDS, json=body, headers=bearer(house, MODERATOR)
    ) as response:
        answer = await response.json()
    assert answer["outcome"] == "ok", answer
    seq: int = answer["seq"]
    return seq


async def test_polls_that_reach_servers_in_turns_lose_and_double_nothing(
    servers: Servers,
) -> None:
    poller = Wanderer(servers, VIEWER)
    came = await poller.poll()
    began = poller.seq

    async def changes() -> int:
        last = 0
        for n in range(30):
            last = await announces(servers[n % 3], f"Change {n}")
            await asyncio.sleep(0.02)
        return last

    changing = asyncio.create_task(changes())
    while not changing.done():
        came += await poller.poll()
    last = await changing
    came += await poller.reaches(last)
    spans = [(b["from"], b["seq"]) for name, b in came if name in ("delta", "beat")]
    assert (spans[0][0], spans[-1][1]) == (began, last)
    assert all(end == begin for (_, end), (begin, _) in pairwise(spans))
    texts = [
        each["text"]
        for name, body in came
        if name == "delta"
        for each in body.get("set", {}).get("announcements", {}).values()
    ]
    assert texts == [f"Change {n}" for n in range(30)]
    # it was welcomed once, and by nobody else
    assert [name for name, _ in came].count("welcome") == 1


async def test_a_server_that_goes_on_for_another_keeps_the_poll_until_there_is_news(
    servers: Servers,
) -> None:
    poller = Wanderer(servers, DELEGATE)
    await poller.poll()
    loop = asyncio.get_running_loop()
    for _ in range(3):
        began = loop.time()
        assert await poller.poll(wait=1) == []
        assert loop.time() - began > 0.9
    pending = asyncio.create_task(poller.poll())
    await asyncio.sleep(0.2)
    last = await announces(servers[1], "News")
    ((name, delta),) = await pending
    assert (name, delta["seq"]) == ("delta", last)


async def test_the_layer_of_a_delegation_comes_whichever_server_is_asked(
    servers: Servers,
) -> None:
    poller = Wanderer(servers, DELEGATE)
    await poller.poll()
    for server, (type_, status) in zip(
        servers, (("request_floor", "queued"), ("withdraw", None)), strict=False
    ):
        own = await requests_of(server)
        fields = {"kind": "statement", "list": "l1.0"} if not own else {"request": own}
        async with server.client.post(
            COMMANDS, json=command(type_, **fields), headers=poller.headers
        ) as response:
            answer = await response.json()
        assert answer["outcome"] == "ok", answer
        came = await poller.reaches(answer["seq"])
        layers = [body for name, body in came if name == "mine"]
        assert layers[-1]["seq"] == answer["seq"]
        mine = layers[-1]["state"].get("requests", {})
        assert [each.get("status", "queued") for each in mine.values()] == (
            [status] if status else []
        )


async def requests_of(house: House) -> str:
    """The request of XAD as *house* knows it, or ""."""
    await asyncio.sleep(0.1)
    found = [r.id for r in house.room.meeting.requests.values() if r.delegation == XAD]
    return found[0] if found else ""


async def test_a_state_that_is_ahead_of_the_server_is_waited_for(
    servers: Servers,
) -> None:
    poller = Wanderer(servers[:2], VIEWER)
    await poller.poll()
    deaf = servers[1].room
    deaf._follower.stop()
    assert await poller.poll(wait=0) == []
    last = await announces(servers[2], "Seen by the first server")
    await poller.reaches(last)
    assert deaf.head.seq < last
    assert await poller.poll(wait=0) == []
    assert deaf.head.seq == last


@pytest.mark.parametrize(
    "servers", [structs.replace(LIMITS, unattended_s=0.5)], indirect=True
)
async def test_the_word_beside_the_meeting_is_told_once_and_where_it_is_another(
    servers: Servers,
) -> None:
    # a server without people of its own asks nobody who is elsewhere
    for house in servers:
        await house.joined(VIEWER)
    poller = Wanderer(servers, VIEWER)
    await poller.poll()
    async with asyncio.timeout(5):
        while poller.word != "u":
            await poller.poll()
    assert [await poller.poll(wait=1) for _ in range(3)] == [[], [], []]
    await servers[0].joined(MODERATOR)
    async with asyncio.timeout(5):
        while poller.word:
            await poller.poll()


async def test_staff_sees_one_that_goes_from_server_to_server_as_one_that_stays(
    servers: Servers,
) -> None:
    staff = await servers[2].joined(CHAIR)
    came: list[Any] = []

    async def listens() -> None:
        while True:
            came.append((await staff.event("here", within_s=30))[1])

    def pads() -> set[str]:
        return {
            id
            for here in came
            for id, each in here["set"].items()
            if each["delegation"] == XAD
        }

    listening = asyncio.create_task(listens())
    poller = Wanderer(servers, DELEGATE)
    await poller.poll()
    for _ in range(4):
        # longer than what a server keeps of one that stays away
        await poller.poll(wait=1)
    assert len(pads()) == 1
    assert [here["drop"] for here in came if here["drop"]] == []
    # and once it asks nobody any more it is gone
    async with asyncio.timeout(5):
        while not [here for here in came if pads() & set(here["drop"])]:
            await asyncio.sleep(0.05)
    listening.cancel()


@pytest.mark.parametrize(("link", "other"), [(CHAIR, MODERATOR), (RAPPORTEUR,) * 2])
async def test_one_that_polls_is_not_told_anew_by_each_server_who_is_there(
    servers: Servers, link: Link, other: Link
) -> None:
    poller = Wanderer(servers, link)
    await servers[1].joined(other)
    await poller.poll()
    async with asyncio.timeout(5):
        while len(poller.here) < 2:
            await poller.poll(wait=1)
    await asyncio.sleep(HEARD_S)
    came = [await poller.poll(wait=1) for _ in range(6)]
    assert [name for each in came for name, body in each if body.get("n") == 0] == []
    second = await servers[0].joined(other)
    async with asyncio.timeout(5):
        while len(poller.here) < 3:
            await poller.poll()
    await second.ws.close()
    async with asyncio.timeout(5):
        while len(poller.here) > 2:
            await poller.poll()


async def test_a_command_that_is_sent_again_to_another_server_acts_once(
    servers: Servers,
) -> None:
    headers = bearer(servers[0], DELEGATE)
    body = command("request_floor", kind="statement", list="l1.0")

    async def sends(house: House) -> Any:
        async with house.client.post(COMMANDS, json=body, headers=headers) as response:
            return await response.json()

    first = await sends(servers[0])
    assert first["outcome"] == "ok"
    # at once, before the others may have heard of it
    assert [await sends(house) for house in servers[1:]] == [first, first]
    assert len(servers[0].room.meeting.requests) == 1


async def test_a_stream_learns_whether_its_own_server_took_the_sign_of_life(
    servers: Servers,
) -> None:
    client = "a-client-of-its-own"
    headers = bearer(servers[0], VIEWER)
    async with servers[1].client.get(
        EVENTS,
        params={"client": client},
        headers={**headers, "Accept": "text/event-stream"},
    ) as stream:
        assert stream.status == 200
        found = []
        for house in servers:
            async with house.client.get(
                TIME, params={"client": client}, headers=headers
            ) as answer:
                found.append("X-Rostra-Here" in answer.headers)
    assert found == [False, True, False]


async def test_a_page_whose_link_was_withdrawn_is_told_so_by_any_server(
    servers: Servers,
) -> None:
    url = await servers[1].join_page(DELEGATE)
    assert url
    handle = servers[1].handle(DELEGATE)
    poll = {"client": "a-client-of-its-own", "n": "3", "wait": "0"}
    headers = {"X-Rostra-Link": handle}
    async with servers[0].client.post(
        COMMANDS,
        json=command("revoke_link", link=DELEGATE.id),
        headers=bearer(servers[0], MODERATOR),
    ) as response:
        assert (await response.json())["outcome"] == "ok"
    await level(servers)
    get = servers[1].client.get
    async with get(EVENTS, params=poll, headers=headers) as answer:
        assert answer.status == 200
        assert (await answer.json())["events"] == [
            ["bye", {"code": "revoked", "retry_ms": None}]
        ]
    async with get(EVENTS, params=poll | {"n": "0"}, headers=headers) as answer:
        assert answer.status == 401


async def test_a_word_that_is_none_is_refused(servers: Servers) -> None:
    poller = Wanderer(servers, VIEWER)
    await poller.poll()
    poller.word = "x"
    async with poller.asks() as answer:
        assert answer.status == 400
