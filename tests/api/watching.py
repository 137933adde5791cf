"""Somebody who sees everything that is sent to them, while a meeting is played."""

import asyncio
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from rostra.engine.room import Room
from rostra.protocol.commit import Commit
from rostra.web.cookies import handle_of
from support.rooms import HandClock, fresh_id
from support.served_app import App
from web.house import Line

#: What everybody in a meeting may read, whatever is in it for them.
PAGES = ("", "/log", "/log.json", "/log.csv", "/log.csv?lang=ar", "/events")


class Watcher:
    """Somebody on a socket, and everything that was ever sent to them."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._heard = asyncio.Event()
        self._task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while True:
            await self.line.frame(30)
            self._heard.set()

    async def reached(self, seq: int) -> None:
        """Wait until a frame has brought them to *seq*."""
        async with asyncio.timeout(5):
            while not any(
                json.loads(frame[11:])[1]["seq"] >= seq
                for frame in self.line.frames
                if frame.startswith(('42/meeting,["beat"', '42/meeting,["delta"'))
            ):
                self._heard.clear()
                await self._heard.wait()

    async def stop(self) -> str:
        """Everything that they were sent."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.line.ws.close()
        return "\n".join([*self.line.frames, json.dumps(self.line.welcome)])


class Play:
    """A meeting that is played command by command, and what everybody saw of it."""

    def __init__(
        self, app: App, room: Room, clock: HandClock, links: tuple[str, ...]
    ) -> None:
        self.app = app
        self.room = room
        self.clock = clock
        self.seen: dict[str, list[str]] = {link: [] for link in links}
        self.refusals = 0

    async def send(self, link: str, type_: str, **fields: Any) -> dict[str, Any]:
        """Send by REST whatever becomes of it, and let everybody look."""
        body = {"id": fresh_id(), "type": type_, **fields}
        _, said = await self.app.request("POST", self.room, link, "/commands", body)
        answer: dict[str, Any] = json.loads(said)
        await self.look()
        return answer

    async def done(self, link: str, type_: str, **fields: Any) -> dict[str, Any]:
        """Send what must be done; its result."""
        answer = await self.send(link, type_, **fields)
        assert answer["outcome"] == "ok", answer
        result: dict[str, Any] = answer["result"]
        return result

    async def refused(self, link: str, type_: str, **fields: Any) -> str:
        """Send what must be refused; the code."""
        answer = await self.send(link, type_, **fields)
        assert answer["outcome"] == "no", answer
        self.refusals += 1
        if link in self.seen:
            self.seen[link].append(json.dumps(answer))
        return str(answer["code"])

    async def look(self) -> None:
        """Everybody gets all that REST and pages have for them."""
        for link, seen in self.seen.items():
            for path in PAGES:
                status, body = await self.app.request("GET", self.room, link, path)
                assert status == 200
                seen.append(body.decode("utf-8-sig"))
            page = await self.app.page(self.room, link, f"seen by {link}")
            seen.append(page.decode())

    async def rules(self, link: str) -> str:
        """The page of rules, as *link* reads it; the cookie is that of its page."""
        handle = handle_of(self.room.meeting_id, self.room.meeting.links[link].id)  # type: ignore[index]
        path = f"/m/{self.room.meeting_id}/rules?as={handle}"
        async with self.app.client.get(path) as response:
            assert response.status == 200
            return await response.text()


def exported(commit: Commit) -> str:
    """A commit as ``rostra export --commits`` writes it: all that leaves the server."""
    digest = hashlib.sha256(commit.internal_salt + commit.internal).hexdigest()
    return f"{commit.open.decode()} {commit.personal_hash.hex()} {digest}"


def found(canaries: dict[str, str], text: str) -> Iterator[str]:
    """The names of the canaries that *text* has."""
    return (name for name, canary in canaries.items() if canary in text)
