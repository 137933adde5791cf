"""What is seen of the servers from outside: their own numbers, and who is on which."""

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

import aiohttp
from msgspec import Struct, field

from demo_cluster.servers import Server
from rostra.rehearsal.view import View

LOOK_EVERY_S = 0.4
PATIENCE_S = 1.0
LINES_KEPT = 40
_NUMBER = re.compile(r"^(rostra_\w+)\{([^}]*)\} (\S+)$", re.M)
_LABEL = re.compile(r'(\w+)="([^"]*)"')


class Numbers(Struct, kw_only=True):
    """What a server says of itself; nothing while it does not answer."""

    clients: dict[str, int] = field(default_factory=dict)
    seq: int | None = None
    stalled: bool = False


class Watch:
    """Looks at the servers again and again; ``happened`` is what was seen and done.

    *view* gives what an operator's screen knows of the meeting, if it is there.
    """

    def __init__(
        self, servers: Sequence[Server], view: Callable[[], View | None]
    ) -> None:
        self.servers = servers
        self.numbers = {server.name: Numbers() for server in servers}
        self.happened: deque[tuple[str, str]] = deque(maxlen=LINES_KEPT)
        self._view = view
        self._states = {server.name: server.state for server in servers}
        self._stalled = dict.fromkeys(self._states, False)

    def say(self, sentence: str) -> None:
        """Keep what happened, with the time of day."""
        self.happened.appendleft((time.strftime("%H:%M:%S"), sentence))

    @property
    def seq(self) -> int:
        """The last commit that any of them knows."""
        return max((each.seq or 0 for each in self.numbers.values()), default=0)

    def whom(self, server: Server) -> list[str]:
        """The delegations whose devices are on *server*, by code."""
        view = self._view()
        here = view.here.values() if view is not None else ()
        return sorted(
            {
                str(each["delegation"])
                for each in here
                if each["server"] == server.name and each["delegation"]
            }
        )

    @property
    def floor(self) -> str:
        """Who speaks, by code or by name; empty while nobody does."""
        view = self._view()
        floor = view.floor if view is not None else None
        if floor is None:
            return ""
        person = floor["person"] or {"name": ""}
        return str(floor["delegation"] or person["name"])

    async def run(self) -> None:
        """Look until cancelled."""
        patience = aiohttp.ClientTimeout(total=PATIENCE_S)
        async with aiohttp.ClientSession(timeout=patience) as http:
            while True:
                await asyncio.gather(*(self._look(http, s) for s in self.servers))
                for server in self.servers:
                    self._notice(server)
                await asyncio.sleep(LOOK_EVERY_S)

    async def _look(self, http: aiohttp.ClientSession, server: Server) -> None:
        text = None
        base = f"http://{server.host}:{server.port}"
        with suppress(aiohttp.ClientError, TimeoutError, OSError):
            async with http.get(f"{base}/readyz") as ready:
                server.heard = ready.status == 200
            async with http.get(f"{base}/metrics") as metrics:
                text = await metrics.text()
        if text is None:
            server.heard = False
        self.numbers[server.name] = numbers_in(text or "")

    def _notice(self, server: Server) -> None:
        name, state = server.name, server.state
        if state != self._states[name]:
            self._states[name] = state
            if state == "serves":
                self.say(f"{name} serves.")
            elif state == "ended":
                said = "" if server.was_told else f" by itself: {server.last_line()}"
                self.say(f"{name} has ended{said or '.'}")
            elif state == "silent":
                self.say(f"{name} does not answer.")
        stalled = self.numbers[name].stalled
        if stalled != self._stalled[name]:
            self._stalled[name] = stalled
            self.say(
                f"{name} does not reach the journal: it answers “wait”."
                if stalled
                else f"{name} reaches the journal again."
            )


def numbers_in(text: str) -> Numbers:
    """What a server's /metrics say, of all its meetings together."""
    found = Numbers()
    for name, labels, value in _NUMBER.findall(text):
        label = dict(_LABEL.findall(labels))
        if name == "rostra_meeting_seq":
            found.seq = max(found.seq or 0, int(float(value)))
        elif name == "rostra_meeting_stalled":
            found.stalled = found.stalled or float(value) > 0
        elif name == "rostra_meeting_clients":
            role = label["role"]
            found.clients[role] = found.clients.get(role, 0) + int(float(value))
    return found
