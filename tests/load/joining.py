"""What a delegate's device receives to join: page, names, socket; scripts apart.

A real server is asked as a browser asks. Scripts, styles and fonts never change under
their address: they come once for each build, and are counted apart.
"""

import asyncio
import gzip
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import ClientSession, WSMsgType, web
from aiohttp.test_utils import TestServer
from msgspec import Struct

from load.bytes import Play, founding
from rostra.adapters.clock import SystemClock
from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.ids import Code
from rostra.engine.rooms import Rooms
from rostra.protocol.messages import PROTOCOL
from rostra.web.app import make_app
from rostra.web.identity import Keys
from rostra.web.settings import WebSettings
from support.rooms import ROOT, HandClock

KEYS = Keys(b"a key of more than thirty-two bytes.")
LISTED = 40
_ASSET = re.compile(r'(?:src|href)="(/static/[^"]+)"')
_BOOT = re.compile(r'<script type="application/json" id="boot">(.*?)</script>', re.S)


class Joined(Struct):
    """Bytes by part, headers included: those of the meeting, and those of a build."""

    meeting: Counter[str]
    build: Counter[str]
    mode: str

    def table(self) -> str:
        """As a person reads it."""
        rows: list[str] = []
        for title, part in (("of the meeting", self.meeting), ("once", self.build)):
            rows += [f"{k:<28}{v:>8,}" for k, v in part.most_common()]
            rows += [f"{title:<28}{part.total():>8,}", ""]
        return "\n".join((*rows, f"the socket began with: {self.mode}"))


def _head(response: Any) -> int:
    """The bytes of a response's head."""
    return 17 + sum(len(k) + len(v) + 4 for k, v in response.raw_headers) + 2


async def joining(lang: str = "en", static: Path = ROOT / "client" / "dist") -> Joined:
    """Join a meeting of 200 delegations with 40 on the list, by one's link."""
    clock = SystemClock()
    rooms = Rooms(MemoryJournal(), clock)
    room = await rooms.create(founding())
    play = Play(room, HandClock(), spare=Code("CHE"))
    await play.begin(LISTED)
    settings = WebSettings(
        base="http://127.0.0.1:8080",
        hosts=("127.0.0.1",),
        templates_dir=ROOT / "templates",
        static_dir=static,
        locales_dir=ROOT / "config/locales",
        build="0123456789ab",
    )
    app: web.Application = make_app(rooms, settings, KEYS, clock)
    async with TestServer(app, host="127.0.0.1") as server:
        try:
            return await _join(server, room, lang)
        finally:
            await rooms.close()


async def _join(server: TestServer, room: Any, lang: str) -> Joined:
    link = next(
        each for each in room.meeting.links.values() if each.delegation == "CHE"
    )
    origin = str(server.make_url("")).rstrip("/")
    token = KEYS.token(room.meeting_id, link)
    got: Counter[str] = Counter()
    build: Counter[str] = Counter()
    headers = {"Accept-Encoding": "gzip, br", "Origin": origin}
    async with ClientSession(origin, auto_decompress=False) as session:

        async def get(what: str, url: str, into: Counter[str] = got) -> bytes:
            async with session.get(url, headers=headers) as response:
                assert response.status == 200, (url, response.status)
                body = await response.read()
                into[what] += _head(response) + len(body)
                plain = response.headers.get("Content-Encoding")
                return gzip.decompress(body) if plain == "gzip" else body

        body = {"token": token, "device": "Phone", "lang": lang}
        async with session.post(
            "/join", json=body, headers={**headers, "X-Rostra-Link": "join"}
        ) as response:
            text = await response.read()
            assert response.status == 200, text
            url = msgspec.json.decode(text)["url"]
            headers["Cookie"] = response.headers["Set-Cookie"].split(";")[0]
        page = (await get("page", url)).decode()
        found = _BOOT.search(page)
        assert found
        boot = msgspec.json.decode(found.group(1))
        await get("names of the roster", boot["roster"])
        if boot["catalogue"]:
            await get("catalogue", boot["catalogue"], build)
        for asset in dict.fromkeys(_ASSET.findall(page)):
            await get(Path(asset).suffix[1:], asset, build)
        mode = await _socket(session, boot, got, headers)
    return Joined(got, build, mode)


async def _socket(
    session: ClientSession, boot: Any, got: Counter[str], headers: dict[str, str]
) -> str:
    """Connect as the page does, from where its own state stands."""
    url = "/socket.io/?EIO=4&transport=websocket"
    async with session.ws_connect(url, autoclose=False, headers=headers) as ws:
        got["socket"] += _head(ws._response)
        state = boot["state"]
        auth = {
            "protocol": PROTOCOL,
            "build": boot["build"],
            "lang": boot["lang"],
            "link": boot["link"],
            "device": None,
            "resume": {key: state[key] for key in ("epoch", "seq", "chain")},
        }
        await ws.receive()
        await ws.send_str("40/meeting," + msgspec.json.encode(auth).decode())
        while True:
            message = await ws.receive(5)
            assert message.type is WSMsgType.TEXT, message
            length = len(message.data.encode())
            got["socket"] += length + (2 if length < 126 else 4)
            if '["welcome"' in message.data[:40]:
                welcome = msgspec.json.decode(message.data.split(",", 1)[1])[1]
                return str(welcome["mode"])


def main() -> None:
    """Print what joining costs."""
    print(asyncio.run(joining()).table())


if __name__ == "__main__":
    main()
