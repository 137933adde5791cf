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

from rostra.protocol.messages import (
    PROTOCOL,
    Beat,
    Bye,
    Delta,
    Here,
    MineFrame,
    Welcome,
)
from rostra.rehearsal.view import Fields, View
from rostra.rehearsal.watch import Watch

NAMESPACE = "/meeting"
ANSWER_S = 10.0
#: A command that has no answer by then is given up: nobody would still mean it.
PATIENCE_S = 60.0
LONGEST_BREAK_S = 8.0


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
        self._retry_s: float | None = None
        self.view: View | None = None
        #: The commits of our own accepted commands.
        self.seqs: set[int] = set()
        #: Set for a wire that wants to notice what other operators do.
        self.watch: Watch | None = None

    def now(self) -> int:
        """The server's time as this device reckons it."""
        return int(time.monotonic() * 1000 + self._offset_ms)

    async def change(self, timeout_s: float) -> None:
        """Wait until the view changed, or so long."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), timeout_s)
        self._changed.clear()

    async def run(self) -> None:
        """Be connected; after a loss connect again, later each time it fails."""
        failures = 0
        while not self._closed:
            self._lost.clear()
            self._retry_s = None
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

    async def command(self, type_: str, **fields: Any) -> Fields | None:
        """Send a command until it is done or refused; None if nobody answered.

        The id stays the same through every repetition, so it takes effect once.
        """
        command = {"id": secrets.token_hex(8), "type": type_, **fields}
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and not self._closed:
            answer = await self._ask(command)
            if answer is None:
                await asyncio.sleep(0.5)
            elif answer["outcome"] == "wait":
                await asyncio.sleep(answer["retry_ms"] / 1000)
            else:
                if answer["outcome"] == "ok":
                    self.seqs.add(answer["seq"])
                return answer
        return None

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
                await asyncio.wait_for(client.disconnect(), 2)

    def _break_s(self, failures: int) -> float:
        if self._retry_s is not None:
            return self._retry_s * self._rng.uniform(1.0, 1.5)
        return min(LONGEST_BREAK_S, 0.3 * 2.0**failures) * self._rng.uniform(0.5, 1.0)

    # Synchronous on purpose: Socket.IO runs each in a task of its own, and only one
    # that never waits is sure to end before the next begins.

    def _on_welcome(self, data: Any) -> None:
        welcome = msgspec.convert(data, Welcome)
        self._offset_ms = welcome.now - time.monotonic() * 1000
        self.view = View(welcome)
        if self.watch is not None:
            self.watch.start(self.view)
        self._changed.set()

    def _on_delta(self, data: Any) -> None:
        delta = msgspec.convert(data, Delta)
        if self.view is None or not self.view.follow(delta):
            self._lost.set()
            return
        if self.watch is not None:
            self.watch.see(self.view, delta)
        self._changed.set()

    def _on_beat(self, data: Any) -> None:
        if self.view is None or not self.view.follow_beat(msgspec.convert(data, Beat)):
            self._lost.set()

    def _on_mine(self, data: Any) -> None:
        if self.view is not None:
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
            self._retry_s = bye.retry_ms / 1000

    def _on_disconnect(self, *_reason: Any) -> None:
        self._lost.set()
