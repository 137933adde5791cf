"""One simulated device on the real wire. The only file here that knows Socket.IO.

It connects, keeps its view up to date, sends commands until they have an answer, and
comes back after every loss, as a browser does.
"""

import asyncio
import contextlib
import random
import secrets
import time
from typing import Any

import msgspec
import socketio

from rostra.protocol.brief import filled_mine
from rostra.protocol.messages import (
    PROTOCOL,
    Beat,
    Bye,
    Delta,
    Here,
    MineFrame,
    Welcome,
)
from rostra.rehearsal.diary import Diary, Pressed
from rostra.rehearsal.pauses import after_goodbye_ms, pause_ms
from rostra.rehearsal.view import Fields, View
from rostra.rehearsal.watch import Watch

NAMESPACE = "/meeting"
ANSWER_S = 10.0
#: A command that has no answer by then is given up: nobody would still mean it.
PATIENCE_S = 60.0


class Wire:
    """A device with a token. ``await run()`` serves it until :meth:`close`."""

    def __init__(self, base: str, token: str, device: str, rng: random.Random) -> None:
        self._base = base
        self._token = token
        self._device = device
        self._rng = rng
        self._client: Any = None
        self._closed = False
        self._lost = asyncio.Event()
        self._changed = asyncio.Event()
        self._offset_ms = 0.0
        self._retry_ms: int | None = None
        self._spread_ms = 0
        self._role = ""
        self.view: View | None = None
        #: The commits of our own accepted commands.
        self.seqs: set[int] = set()
        #: Set for a wire that wants to notice what other operators do.
        self.watch: Watch | None = None
        #: Set where it matters how long everything took.
        self.diary: Diary | None = None

    def now(self) -> int:
        """The server's time as this device reckons it."""
        return int(time.monotonic() * 1000 + self._offset_ms)

    @property
    def closed(self) -> bool:
        """Whether it was hung up for good."""
        return self._closed

    async def change(self, timeout_s: float) -> None:
        """Wait until the view changed, or so long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._changed.wait()
        self._changed.clear()

    async def run(self) -> None:
        """Be connected; after a loss connect again, later each time it fails."""
        failures = 0
        while not self._closed:
            self._lost.clear()
            self._retry_ms = None
            try:
                await self._connect()
                failures = 0
                await self._lost.wait()
            except socketio.exceptions.SocketIOError:
                failures += 1
            finally:
                await self._hang_up()
            if not self._closed:
                await asyncio.sleep(self._break_s(failures))

    async def close(self) -> None:
        """Hang up for good."""
        self._closed = True
        self._lost.set()
        self._changed.set()

    async def command(self, type_: str, **fields: Any) -> Fields | None:
        """Send a command until it is done or refused; None if nobody answered.

        The id stays the same through every repetition, so it takes effect once.
        """
        command = {"id": secrets.token_hex(8), "type": type_, **fields}
        until = time.monotonic() + PATIENCE_S
        first = True
        while time.monotonic() < until and not self._closed:
            answer = await self._timed(command, first)
            first = False
            if answer is None:
                await asyncio.sleep(0.5)
            elif answer["outcome"] == "wait":
                await asyncio.sleep(answer["retry_ms"] / 1000)
            else:
                if answer["outcome"] == "ok":
                    self.seqs.add(answer["seq"])
                return answer
        if self.diary is not None and not self._closed:
            self.diary.unanswered += 1
        return None

    async def _timed(self, command: Fields, first: bool) -> Fields | None:
        """Ask, and note how long it took if this is the first time of asking."""
        sent = time.monotonic_ns()
        answer = await self._ask(command)
        if self.diary is None:
            return answer
        if not first:
            self.diary.repeated += 1
        elif answer is not None and answer["outcome"] != "wait":
            hidden = command.get("kind") == "technical"
            pressed = Pressed(
                type="technical" if hidden else command["type"],
                seq=answer["seq"] if answer["outcome"] == "ok" else None,
                sent=sent,
                answered=time.monotonic_ns(),
            )
            self.diary.pressed.append(pressed)
        if answer is not None and answer["outcome"] == "no":
            self.diary.refused(answer["code"])
        return answer

    async def _ask(self, command: Fields) -> Fields | None:
        if self._client is None or self.view is None:
            return None
        try:
            answer: Fields = await self._client.call(
                "cmd", command, namespace=NAMESPACE, timeout=ANSWER_S
            )
        except (socketio.exceptions.SocketIOError, OSError):
            return None
        return answer

    async def _connect(self) -> None:
        client = socketio.AsyncClient(reconnection=False, handle_sigint=False)
        for event in ("welcome", "delta", "beat", "mine", "here", "bye"):
            client.on(event, getattr(self, f"_on_{event}"), namespace=NAMESPACE)
        client.on("disconnect", self._on_disconnect, namespace=NAMESPACE)
        self._client = client
        await client.connect(
            self._base,
            namespaces=[NAMESPACE],
            transports=["websocket"],
            auth={"protocol": PROTOCOL, "token": self._token, "device": self._device},
            wait_timeout=10,
        )

    async def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(2):
                    await client.disconnect()

    def _break_s(self, failures: int) -> float:
        if self._retry_ms is not None:
            ms = after_goodbye_ms(self._rng, self._retry_ms, self._spread_ms)
        else:
            moderator = self._role == "moderator"
            ms = pause_ms(self._rng, failures, self._spread_ms, moderator=moderator)
        return ms / 1000

    # Synchronous on purpose: Socket.IO runs each in a task of its own, and only one
    # that never waits is sure to end before the next begins.

    def _on_welcome(self, data: Any) -> None:
        if data["mine"]:
            data["mine"] = filled_mine(data["mine"])
        welcome = msgspec.convert(data, Welcome)
        self._offset_ms = welcome.now - time.monotonic() * 1000
        self.view = View(welcome)
        self._spread_ms, self._role = welcome.spread_ms, welcome.you.role
        if self.diary is not None:
            self.diary.welcomes.append((time.monotonic_ns(), self._role))
        if self.watch is not None:
            self.watch.start(self.view)
        self._changed.set()

    def _on_delta(self, data: Any) -> None:
        delta = msgspec.convert(data, Delta)
        if self.view is None or not self.view.follow(delta):
            self._gap()
            return
        if self.watch is not None:
            self.watch.see(self.view, delta)
        self._changed.set()

    def _on_beat(self, data: Any) -> None:
        if self.view is None or not self.view.follow_beat(msgspec.convert(data, Beat)):
            self._gap()

    def _gap(self) -> None:
        """What came does not continue what is known: come back for it."""
        if self.diary is not None:
            self.diary.gaps += 1
        self._lost.set()

    def _on_mine(self, data: Any) -> None:
        if self.view is not None:
            data["state"] = filled_mine(data["state"])
            self.view.follow_mine(msgspec.convert(data, MineFrame))
            self._changed.set()

    def _on_here(self, data: Any) -> None:
        if self.view is not None:
            self.view.follow_here(msgspec.convert(data, Here))

    def _on_bye(self, data: Any) -> None:
        bye = msgspec.convert(data, Bye)
        if bye.retry_ms is None:
            self._closed = True
        else:
            self._retry_ms = bye.retry_ms

    def _on_disconnect(self, *_reason: Any) -> None:
        self._lost.set()
