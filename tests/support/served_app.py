"""The real web application over a SQLite journal, in this process, and ways to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from rostra.adapters.clock import SystemClock
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.core.ids import LinkId
from rostra.engine.ports import Clock
from rostra.engine.room import Room
from rostra.engine.rooms import Founding, Rooms
from rostra.web.app import make_app
from rostra.web.settings import Limits, Rate
from support.rooms import founding
from web.house import KEYS, Line, settings

Client = TestClient[web.Request, web.Application]
#: A test sends faster than any person; the limits have tests of their own.
PATIENT = Limits(
    read_rate=Rate(10_000, 10_000),
    sockets_per_link=10_000,
    rates={
        role: Rate(1_000_000, 1_000_000)
        for role in (
            "moderator",
            "chair",
            "desk",
            "delegate",
            "rapporteur",
            "viewer",
            "display",
        )
    },
    frame_rate=Rate(1_000_000, 1_000_000),
    goodbye_s=0.3,
    attended_s=3600,  # a commit of the server's own would be in the way
)


class App:
    """A running server with one meeting or more."""

    def __init__(self, client: Client, rooms: Rooms, clock: Clock) -> None:
        self.client = client
        self.rooms = rooms
        self.clock = clock

    def token(self, room: Room, link: str) -> str:
        """The token of a link as it stands."""
        return KEYS.token(room.meeting_id, room.meeting.links[LinkId(link)])

    async def line(self, room: Room, link: str, device: str = "") -> Line:
        """A socket of *link* that has had its welcome."""
        url = "/socket.io/?EIO=4&transport=websocket"
        line = Line(await self.client.ws_connect(url, autoclose=False))
        assert (await line.frame()).startswith("0{")
        await line.join(token=self.token(room, link), device=device or None)
        return line

    async def request(
        self, method: str, room: Room, link: str, path: str = "", body: Any = None
    ) -> tuple[int, bytes]:
        """Ask the REST API; status and body. *path* follows the meeting's own."""
        async with self.client.request(
            method,
            f"/api/v1/meetings/{room.meeting_id}{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.token(room, link)}"},
        ) as response:
            return response.status, await response.read()

    async def page(self, room: Room, link: str, device: str = "") -> bytes:
        """The screen that *link* leads to, joined as a browser does."""
        async with self.client.post(
            "/join",
            json={"token": self.token(room, link), "device": device},
            headers={"X-Rostra-Link": "join"},
        ) as response:
            assert response.status == 200, await response.text()
            url: str = (await response.json())["url"]
        async with self.client.get(url) as response:
            assert response.status == 200
            return await response.read()


@asynccontextmanager
async def served(
    folder: Path,
    *made: Founding,
    clock: Clock | None = None,
    limits: Limits = PATIENT,
    again: bool = False,
) -> AsyncIterator[tuple[App, list[Room]]]:
    """A server whose journal lies in *folder*, and the rooms of *made*.

    With *again* these meetings are in the journal already.
    """
    clock = clock or SystemClock()
    journal = await SqliteJournal.open(folder)
    rooms = Rooms(journal, clock)
    opened = []
    for each in made or (founding(),):
        kept = await rooms.room(each.meeting) if again else None
        opened.append(kept or await rooms.create(each))
    app = make_app(rooms, settings(limits), KEYS, clock)
    jar = aiohttp.CookieJar(unsafe=True, quote_cookie=False)
    client: Client = TestClient(TestServer(app, host="127.0.0.1"), cookie_jar=jar)
    await client.start_server()
    try:
        yield App(client, rooms, clock), opened
    finally:
        await client.close()
        await rooms.close()
        await journal.close()
