"""Several servers of one journal in one process, and a clock that is set by hand.

Each has rooms, halls and company of its own. Only sockets are missing: whoever joins
has an outlet that takes everything.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from msgspec import structs

from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.actor import CONTROL
from rostra.core.meeting import Link
from rostra.core.profile import Profile
from rostra.engine.outcomes import Accepted
from rostra.engine.rooms import Rooms
from rostra.protocol.messages import Bye, Present, convert_command
from rostra.protocol.stored import Record, read
from rostra.web.company import Company
from rostra.web.fanout import Client
from rostra.web.frames import Frame
from rostra.web.halls import Hall, Halls
from rostra.web.identity import identify
from rostra.web.settings import Limits
from rostra.web.submit import digest
from support.peers import Board, MemoryPeers
from support.rooms import HandClock
from web.house import MEETING, PROFILE, XAD, command, founding

LIMITS = Limits(attended_s=2.0, silent_s=5.0, unattended_s=15.0)
HOLDS: Profile = structs.replace(PROFILE, auto_hold=True)


class Pipe:
    """An outlet that takes everything."""

    raw = -1
    clear = True

    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def write(self, *messages: Frame) -> None:
        self.frames += messages

    def rest(self, data: bytes) -> None:
        raise AssertionError("nothing is written past it")

    def abort(self) -> None:
        raise AssertionError("nothing fails")

    def goodbye(self, bye: Bye) -> None:
        """It is closed by whoever made it."""


class Device:
    """Somebody who is connected to a server."""

    _ids = iter(range(1, 1_000_000))

    def __init__(self, server: "Server", link: Link) -> None:
        room = server.hall.room
        self.outlet = Pipe()
        self.identity = identify(room.meeting, room.meeting.links[link.id])
        self.client = Client(
            self.outlet, self.identity.audience, link.delegation, lambda: None
        )
        self.client.seq = room.meeting.seq
        self.present = Present(
            id=f"c{next(self._ids)}",
            link=link.id,
            role=link.role,
            delegation=link.delegation,
            device="Phone",
            since=room.now(),
            server=server.name,
            row=None,
            label="",
        )
        self._here: dict[str, Any] = {}

    @property
    def id(self) -> str:
        """By which presence names it."""
        return self.present.id

    def frames(self) -> list[Any]:
        """The ``here`` frames that came since the last look; what they say is kept."""
        found = [json.loads(e.body) for e in self.outlet.frames if e.name == "here"]
        self.outlet.frames.clear()
        for each in found:
            kept = {} if each["n"] == 0 else self._here
            gone = each["drop"]
            self._here = {k: v for k, v in kept.items() if k not in gone} | each["set"]
        return found

    @property
    def sees(self) -> dict[str, str]:
        """To which server each device is connected, as its screen shows it."""
        self.frames()
        return {id: each["server"] for id, each in self._here.items()}


class Server:
    """One of them; ``dead`` as by SIGKILL or SIGSTOP."""

    def __init__(self, name: str, rooms: Rooms, halls: Halls, hall: Hall) -> None:
        self.name = name
        self.rooms = rooms
        self.halls = halls
        self.hall = hall
        self.dead = False

    @property
    def company(self) -> Company:
        """What it tells the others, and hears."""
        assert self.halls.company is not None
        return self.halls.company

    @property
    def peers(self) -> MemoryPeers:
        """Its line to the others."""
        peers = self.company.peers
        assert isinstance(peers, MemoryPeers)
        return peers

    def join(self, link: Link) -> Device:
        """A device of *link* connects."""
        device = Device(self, link)
        self.hall.enter(device)
        return device

    def leave(self, *devices: Device) -> None:
        """These are gone."""
        for each in devices:
            self.hall.leave(each)

    async def second(self) -> None:
        """What it does once a second."""
        if not self.dead:
            await self.company.exchange()
            self.hall.tick()

    @property
    def unattended(self) -> bool:
        """Whether it tells its people that nobody operates."""
        return self.hall.attention.unattended

    @property
    def clock(self) -> str:
        """What the clock of the speaker does."""
        active = self.hall.room.meeting.active
        assert active is not None
        return type(active.clock).__name__


class Town:
    """The servers, their journal and their board."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.journal = MemoryJournal(shared=True)
        self.board = Board(self.clock.now)
        self.servers: list[Server] = []

    async def server(self, name: str) -> Server:
        """One more."""
        rooms = Rooms(self.journal, self.clock)
        halls = Halls(
            rooms,
            LIMITS,
            lambda: self.clock.now() / 1000,
            peers=MemoryPeers(self.board, name),
            server=name,
        )
        if not self.servers:
            await rooms.create(structs.replace(founding(), profile=HOLDS))
        hall = await halls.hall(MEETING)
        assert hall is not None
        server = Server(name, rooms, halls, hall)
        self.servers.append(server)
        return server

    async def wait(self, seconds: float) -> None:
        """Time passes second by second, and everybody has done what follows."""
        left = seconds
        while left > 0:
            self.clock.advance(int(min(1.0, left) * 1000))
            left -= 1
            for server in self.servers:
                await server.second()
                await settled()

    async def act(self, type_: str, **fields: Any) -> dict[str, Any]:
        """A command of the first server's own."""
        body = convert_command(command(type_, **fields))
        room = self.servers[0].hall.room
        outcome = await room.submit(body, CONTROL, digest(body))
        assert isinstance(outcome, Accepted), outcome
        await settled()
        return outcome.result

    async def lobby(self) -> None:
        """The lobby opens."""
        await self.act("open_lobby", expect={"state": "scheduled"})

    async def speaking(self) -> str:
        """XAD speaks; the id of the intervention."""
        await self.lobby()
        await self.act("call_to_order", expect={"state": "lobby"})
        put = await self.act("insert", list="l1.0", entries=[{"delegation": XAD}])
        (request,) = put["requests"]
        called = await self.act("call", request=request, expect={"head": request})
        key: str = called["intervention"]
        await self.act("start", expect={"intervention": key, "phase": "called"})
        return key

    async def events(self, kind: str) -> list[Record]:
        """The commits that have an event of that type, from the journal."""
        commits = [commit async for commit in self.journal.read(MEETING, 0)]
        records = [read(commit) for commit in commits]
        return [
            record
            for record in records
            if any(type(event).__name__ == kind for event in record.events)
        ]


async def settled() -> None:
    """Whatever was asked of the rooms is done, and heard of by the others."""
    for _ in range(60):
        await asyncio.sleep(0)


@asynccontextmanager
async def town(*names: str) -> AsyncIterator[Town]:
    """Servers of these names."""
    made = Town()
    for name in names:
        await made.server(name)
    try:
        yield made
    finally:
        for server in made.servers:
            await server.rooms.close()
        await made.journal.close()
