"""Several real servers on one real Redis, each a process of its own."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import count
from pathlib import Path

import aiohttp
from msgspec import structs

from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.shared_clock import SharedClock
from rostra.core.ids import Code, LinkId, ListId, MeetingId
from rostra.core.meeting import Meeting
from rostra.core.programme import Planned, Programme, SegmentPlan
from rostra.engine.room import Room
from rostra.engine.rooms import Founding, Rooms
from rostra.web.identity import Keys
from support.redis_servers import HOST, free_port
from support.rooms import FICTIONAL, PROFILE, Sender, link, on_list
from support.served import environment

LAUNCHER = Path(__file__).with_name("launcher.py")
KEY = b"a link key that three servers have in common"
STARTS_WITHIN_S = 30
STOPS_WITHIN_S = 20
OPERATORS = ("op1", "op2", "op3")
DELEGATIONS = ("XAD", "XAE", "XAL", "XAH", "XAR", "XAZ", "XBN")
LIST = "l1.0"

_numbers = count(1)


class Server:
    """One process. ``name`` is its name among several."""

    def __init__(self, folder: Path, name: str, *, ahead_s: float = 0) -> None:
        self.name = name
        self.port = free_port()
        self._folder = folder
        self._ahead_s = ahead_s
        self._process: asyncio.subprocess.Process | None = None

    @property
    def base(self) -> str:
        """Where it is reached."""
        return f"http://{HOST}:{self.port}"

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    async def start(self, journal: str) -> None:
        """Start on *journal*, the second time on the same port; ready at the end."""
        self._folder.mkdir(parents=True, exist_ok=True)
        key = self._folder / "shared.key"
        key.write_bytes(KEY)
        with (self._folder / "output").open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, str(LAUNCHER), "serve", "--port", str(self.port)),
                *("--data", str(self._folder / "data")),
                env={
                    **environment(),
                    "ROSTRA_JOURNAL": journal,
                    "ROSTRA_NAME": self.name,
                    "ROSTRA_LINK_KEY_FILE": str(key),
                    "ROSTRA_TEST_CLOCK_S": str(self._ahead_s),
                    # what an audience does not see moves its number with a beat
                    "ROSTRA_LIMITS__BEAT_S": "1",
                    "ROSTRA_LIMITS__FRAME_RATE__PER_S": "5000",
                    "ROSTRA_LIMITS__FRAME_RATE__BURST": "5000",
                },
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        await self._ready()

    def kill(self) -> None:
        """SIGKILL: it says goodbye to nobody."""
        self._signal(signal.SIGKILL)

    def hang(self) -> None:
        """SIGSTOP."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End :meth:`hang`."""
        self._signal(signal.SIGCONT)

    async def gone(self) -> int:
        """Wait until the process has ended; its code."""
        assert self._process is not None
        async with asyncio.timeout(STOPS_WITHIN_S):
            return await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM, and wait; its code."""
        self._signal(signal.SIGTERM)
        return await self.gone()

    async def close(self) -> None:
        """Leave nothing running."""
        if self.runs:
            self.go_on()
            self.kill()
            await self.gone()

    def said(self) -> str:
        """What it wrote."""
        file = self._folder / "output"
        return file.read_text(errors="replace") if file.exists() else ""

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            os.kill(self._process.pid, number)

    async def _ready(self) -> None:
        async with aiohttp.ClientSession() as http:
            for _ in range(STARTS_WITHIN_S * 20):
                assert self.runs, f"{self.name} ended at once:\n{self.said()[-4000:]}"
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with http.get(
                        f"{self.base}/readyz", timeout=aiohttp.ClientTimeout(1)
                    ) as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.05)
        raise AssertionError(f"{self.name} does not serve:\n{self.said()[-4000:]}")


@asynccontextmanager
async def serving(
    folder: Path, journals: Sequence[str], *, ahead_s: Sequence[float] = ()
) -> AsyncIterator[list[Server]]:
    """A server for each of *journals*, which may all be the same; all end with it."""
    async with AsyncExitStack() as stack:
        servers = []
        for n, _ in enumerate(journals):
            name = f"server-{n + 1}"
            ahead = ahead_s[n] if ahead_s else 0
            server = Server(folder / name, name, ahead_s=ahead)
            stack.push_async_callback(server.close)
            servers.append(server)
        await asyncio.gather(
            *(server.start(at) for server, at in zip(servers, journals, strict=True))
        )
        yield servers


def founding() -> Founding:
    """A meeting with one discussion, three operators and seven delegations."""
    name = MeetingId(f"harbour-{next(_numbers)}-{os.getpid()}")
    programme = Programme(
        id=name,
        title="Harbour dialogue",
        zone="America/New_York",
        roster="fictional",
        profile="test",
        segments=(
            SegmentPlan(
                kind="discussion", title="Discussion", order="arrival", requests=True
            ),
        ),
    )
    links = (
        *(link(each, "moderator") for each in OPERATORS),
        *(link(each.lower(), "delegate", Code(each)) for each in DELEGATIONS),
    )
    profile = structs.replace(PROFILE, limits={"statement": {"any": 3600}})
    return Founding(
        meeting=name,
        programme=programme,
        planned=Planned(),
        profile=profile,
        roster=FICTIONAL,
        links=links,
    )


async def bring_into_session(room: Room) -> None:
    """Call the meeting to order and open its list."""
    say = Sender(room, "op1")
    await say.ok("open_lobby", expect={"state": "scheduled"})
    await say.ok("call_to_order", expect={"state": "lobby"})
    if room.meeting.segment is None:
        await say.ok("go_to_segment", segment="s1.0", expect={"segment": None})
    if room.meeting.lists[ListId(LIST)].state == "not_open":
        await say.ok("open_list", expect=on_list(room.meeting, LIST))


@asynccontextmanager
async def in_session(address: str) -> AsyncIterator[tuple[Rooms, Meeting]]:
    """A new meeting at *address*, called to order and with its list open.

    It is made by rooms of the test's own, which are open as long as this is.
    """
    journal = await RedisJournal.open(address)
    try:
        clock = SharedClock(journal.time)
        await clock.set()
        rooms = Rooms(journal, clock, serving=False)
        try:
            room = await rooms.create(founding())
            await bring_into_session(room)
            yield rooms, room.meeting
        finally:
            await rooms.close()
    finally:
        await journal.close()


async def new_meeting(address: str) -> Meeting:
    """As :func:`in_session`, and only what came of it."""
    async with in_session(address) as (_, meeting):
        return meeting


def token(meeting: Meeting, name: str) -> str:
    """What the personal link *name* holds."""
    return Keys(KEY).token(meeting.id, meeting.links[LinkId(name)])
