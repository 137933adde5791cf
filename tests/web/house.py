"""A whole server over a journal in memory, and the raw wire to it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import ClientWebSocketResponse, WSMsgType, web
from aiohttp.test_utils import TestClient, TestServer

from rostra.adapters.clock import SystemClock
from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.ids import Code, GroupCode, LinkId, MeetingId
from rostra.core.meeting import Link
from rostra.core.profile import Profile
from rostra.core.programme import Planned, Programme, SegmentPlan
from rostra.core.roster import Delegation, Group, Roster
from rostra.engine.room import Room
from rostra.engine.rooms import Founding, Rooms
from rostra.protocol.messages import PROTOCOL
from rostra.record.proof import RecordKey
from rostra.web.app import make_app
from rostra.web.cookies import handle_of
from rostra.web.identity import Keys
from rostra.web.settings import Limits, WebSettings

ROOT = Path(__file__).resolve().parents[2]
MEETING = MeetingId("harbour")
OTHER = MeetingId("island")
KEYS = Keys(b"a key of more than thirty-two bytes.")
#: What a name must never do to a page.
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>"
XAD, XAE, XAL = Code("XAD"), Code("XAE"), Code("XAL")
QUICK = Limits(
    join_deadline_s=0.4, here_s=0.1, beat_s=0.3, goodbye_s=0.3, attended_s=3600
)

Client = TestClient[web.Request, web.Application]


def link(number: int, role: Any, delegation: Code | None = None) -> Link:
    """The link ``k1.<number>``."""
    return Link(id=LinkId(f"k1.{number}"), role=role, delegation=delegation)


MODERATOR = link(0, "moderator")
DEPUTY = link(1, "moderator")
DELEGATE = link(2, "delegate", XAD)
OTHER_DELEGATE = link(3, "delegate", XAE)
RAPPORTEUR = link(4, "rapporteur")
VIEWER = link(5, "viewer")
DISPLAY = link(6, "display")
CHAIR = link(7, "chair")
DESK = link(8, "desk")
LINKS = (
    MODERATOR,
    DEPUTY,
    DELEGATE,
    OTHER_DELEGATE,
    RAPPORTEUR,
    VIEWER,
    DISPLAY,
    CHAIR,
    DESK,
)


def delegation(code: str, name: str, arabic: str = "") -> Delegation:
    """A Member State of the made-up roster."""
    names = {"en": name, **({"ar": arabic} if arabic else {})}
    return Delegation(
        code=Code(code),
        tier="member_state",
        address="representative_of",
        names=names,
        sort=names,
        spoken=name,
        plate=name,
    )


ROSTER = Roster(
    id="made-up",
    title="Made up",
    delegations={
        XAD: delegation("XAD", "Adunara", "أدونارا"),
        XAE: delegation("XAE", "Aelindra"),
        XAL: delegation("XAL", NASTY),
    },
    groups={
        GroupCode("G3"): Group(
            code=GroupCode("G3"),
            names={"en": "Group of Three"},
            spoken="Group of Three",
        )
    },
)
PROFILE = Profile(id="test", title="Test", limits={"statement": {"any": 180}})


def founding(meeting: MeetingId = MEETING) -> Founding:
    """A meeting with one discussion, whose title tries to be a script."""
    discussion = SegmentPlan(
        kind="discussion", title=f"Discussion {NASTY}", order="arrival", requests=True
    )
    programme = Programme(
        id=meeting,
        title=f"Harbour </script>{NASTY}",
        zone="America/New_York",
        roster="made-up",
        profile="test",
        segments=(discussion,),
    )
    return Founding(
        meeting=meeting,
        programme=programme,
        planned=Planned(),
        profile=PROFILE,
        roster=ROSTER,
        links=LINKS,
    )


def settings(limits: Limits = QUICK, **more: Any) -> WebSettings:
    """Settings for a server on any port of this host."""
    return WebSettings(
        **{
            "base": "http://127.0.0.1:8080",
            "hosts": ("127.0.0.1",),
            "templates_dir": ROOT / "templates",
            "static_dir": ROOT / "tests/web/no-build",
            "locales_dir": ROOT / "config/locales",
            "build": "test",
            "limits": limits,
            **more,
        }
    )


class House:
    """A running server with two meetings."""

    def __init__(self, client: Client, rooms: Rooms, room: Room, other: Room) -> None:
        self.client = client
        self.rooms = rooms
        self.room = room
        self.other = other
        self._lines: list[Line] = []

    @property
    def origin(self) -> str:
        """The origin of the server's own pages."""
        return str(self.client.make_url("/")).rstrip("/")

    def token(self, link: Link, meeting: MeetingId = MEETING) -> str:
        """The token of *link* as it stands now."""
        room = self.room if meeting == MEETING else self.other
        return KEYS.token(meeting, room.meeting.links[link.id])

    async def line(self, **options: Any) -> "Line":
        """A socket that has not said anything yet."""
        url = "/socket.io/?EIO=4&transport=websocket"
        ws = await self.client.ws_connect(url, autoclose=False, **options)
        line = Line(ws)
        self._lines.append(line)
        opened = await line.frame()
        assert opened.startswith("0{")
        return line

    async def joined(self, link: Link, **auth: Any) -> "Line":
        """A socket of *link* that has had its welcome, kept in ``.welcome``."""
        line = await self.line()
        await line.join(token=self.token(link), **auth)
        return line

    async def post(self, path: str, body: Any, **headers: str) -> Any:
        """POST JSON; the response."""
        return await self.client.post(path, json=body, headers=headers)

    async def join_page(self, link: Link, lang: str = "en") -> str:
        """Join as the page does; the address of the screen. Cookies are kept."""
        body = {"token": self.token(link), "device": "Phone", "lang": lang}
        response = await self.client.post(
            "/join", json=body, headers={"X-Rostra-Link": "join"}
        )
        assert response.status == 200, await response.text()
        url: str = (await response.json())["url"]
        return url

    def handle(self, link: Link) -> str:
        """How pages name *link*'s cookie."""
        return handle_of(MEETING, link.id)


class Line:
    """One raw WebSocket, spoken to in Socket.IO's own text."""

    def __init__(self, ws: ClientWebSocketResponse) -> None:
        self.ws = ws
        self.welcome: dict[str, Any] = {}
        self.frames: list[str] = []
        self._ids = 0

    async def send(self, text: str) -> None:
        """Send one text frame as it is."""
        await self.ws.send_str(text)

    async def raw(self, within_s: float = 3.0) -> str:
        """The next frame, a ping too, as it is."""
        text: str = await self.ws.receive_str(timeout=within_s)
        return text

    async def frame(self, within_s: float = 3.0) -> str:
        """The next frame that is no ping. Raises EOFError when it is closed."""
        while True:
            message = await self.ws.receive(timeout=within_s)
            if message.type is not WSMsgType.TEXT:
                raise EOFError(str(message.type))
            if message.data == "2":
                await self.ws.send_str("3")
                continue
            self.frames.append(message.data)
            text: str = message.data
            return text

    async def join(self, **auth: Any) -> None:
        """Connect to the namespace and wait for the welcome."""
        await self.say({"protocol": PROTOCOL, **auth})
        connected = await self.frame()
        assert connected.startswith("40/meeting,"), connected
        name, self.welcome = await self.event()
        assert name == "welcome"

    async def say(self, auth: Any) -> None:
        """The CONNECT packet."""
        await self.send(f"40/meeting,{json.dumps(auth)}")

    async def event(self, *names: str, within_s: float = 3.0) -> tuple[str, Any]:
        """The next event, or the next of *names*."""
        while True:
            frame = await self.frame(within_s)
            if frame.startswith("42/meeting,"):
                name, body = json.loads(frame[len("42/meeting,") :])
                if not names or name in names:
                    return name, body

    async def ask(self, name: str, body: Any) -> int:
        """Send an event that wants an answer; its number."""
        self._ids += 1
        await self.send(f"42/meeting,{self._ids}{json.dumps([name, body])}")
        return self._ids

    async def say_at(self, body: Any) -> None:
        """Say in which row of the record this client works."""
        await self.send(f"42/meeting,{json.dumps(['at', body])}")

    async def answer(self, number: int | None = None) -> Any:
        """The next answer, or that to *number*."""
        while True:
            frame = await self.frame()
            if frame.startswith("43/meeting,"):
                got, _, body = frame[len("43/meeting,") :].partition("[")
                if number is None or int(got) == number:
                    return json.loads("[" + body)[0]

    async def command(self, type_: str, **fields: Any) -> Any:
        """Send a command and wait for its answer."""
        return await self.answer(await self.ask("cmd", command(type_, **fields)))

    async def closed(self, within_s: float = 3.0) -> int | None:
        """Wait until the server has closed; its code."""
        deadline = asyncio.get_running_loop().time() + within_s
        while True:
            left = deadline - asyncio.get_running_loop().time()
            message = await self.ws.receive(timeout=max(0.01, left))
            if message.type is WSMsgType.TEXT:
                self.frames.append(message.data)
            elif message.type is WSMsgType.CLOSE:
                await self.ws.close()
                return int(message.data)
            elif message.type in (WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR):
                return self.ws.close_code


_numbers = iter(range(1, 1_000_000))


def command(type_: str, **fields: Any) -> dict[str, Any]:
    """A command with an id of its own."""
    return {"id": f"test-{next(_numbers):08d}", "type": type_, **fields}


@asynccontextmanager
async def opened(
    limits: Limits = QUICK,
    journal: MemoryJournal | None = None,
    *,
    signer: RecordKey | None = None,
    **more: Any,
) -> AsyncIterator[House]:
    """A running house; several on one *journal* are servers of the same meetings."""
    rooms = Rooms(journal or MemoryJournal(), SystemClock())
    room = await rooms.room(MEETING) or await rooms.create(founding())
    other = await rooms.room(OTHER) or await rooms.create(founding(OTHER))
    made = settings(limits, **more)
    app = make_app(rooms, made, KEYS, SystemClock(), record_key=signer)
    server = TestServer(app, host="127.0.0.1")
    jar = aiohttp.CookieJar(unsafe=True, quote_cookie=False)
    client: Client = TestClient(server, cookie_jar=jar)
    await client.start_server()
    try:
        yield House(client, rooms, room, other)
    finally:
        await client.close()
        await rooms.close()


async def call_to_order(house: House) -> None:
    """Bring the meeting into session with its list open and its segment running."""
    moderator = await house.joined(MODERATOR)
    steps: list[tuple[str, dict[str, Any]]] = [
        ("open_lobby", {"expect": {"state": "scheduled"}}),
        ("call_to_order", {"expect": {"state": "lobby"}}),
    ]
    for type_, fields in steps:
        answer = await moderator.command(type_, **fields)
        assert answer["outcome"] == "ok", answer
    if house.room.meeting.segment is None:
        answer = await moderator.command(
            "go_to_segment", segment="s1.0", expect={"segment": None}
        )
        assert answer["outcome"] == "ok", answer
    await moderator.ws.close()
