"""A device on the real wire, which knows every server and goes from one to the next.

It presses with several fingers, sends what has no final answer again with the same id,
and writes down all that it hears.
"""

import asyncio
import json
import random
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import aiohttp
import msgspec

from cluster.history import Call, History, Told
from cluster.servers import LIST
from cluster.traffic import Shown
from rostra.protocol.messages import PROTOCOL, Beat, Delta, Welcome
from rostra.rehearsal.view import View

#: The server pings every 5 s: one that is silent for longer is left.
SILENT_S = 7.0
#: So long somebody waits for an answer before they try another server.
PATIENT_S = 3.0
CONNECT_S = 2.0
#: A command without a final answer by then stays unknown.
GIVES_UP_S = 90.0
PREFIX = "/meeting,"


class Client:
    """One device. ``async with`` it, it is connected or trying to be."""

    def __init__(
        self,
        name: str,
        bases: Sequence[str],
        token: str,
        history: History,
        *,
        link: str,
        delegation: str | None,
        first: int = 0,
    ) -> None:
        self.name = name
        self.link = link
        self.delegation = delegation
        self.view: View | None = None
        #: Every goodbye, every loss that it was told of.
        self.byes: list[dict[str, Any]] = []
        self.losses: list[dict[str, Any]] = []
        self.not_kept: set[str] = set()
        #: How often it was let in, by base, and why it was given a whole state.
        self.welcomes: list[tuple[str, str | None]] = []
        #: When which final answer came to what was sent when.
        self.answered: list[tuple[float, float]] = []
        self._bases = list(bases)
        self._place = first % len(self._bases)
        self._token = token
        self._history = history
        self._rng = random.Random(name)
        self._calls: dict[str, tuple[Call, asyncio.Event]] = {}
        self._acks: dict[int, tuple[str, float]] = {}
        self._ack = 0
        self._ws: aiohttp.ClientWebSocketResponse | None = None
        self._task: asyncio.Task[None] | None = None
        self._http: aiohttp.ClientSession | None = None
        self._pause_s: float | None = None
        #: From the running clock of this machine to the server's time.
        self.offset_ms = 0.0
        self._gap = False
        self._sending: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Client":
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S)
        self._http = aiohttp.ClientSession(timeout=timeout)
        self._task = asyncio.create_task(self._run(), name=self.name)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None and self._http is not None
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        await self._http.close()

    @property
    def base(self) -> str:
        """The server that it is on, or tries next."""
        return self._bases[self._place]

    @property
    def stands(self) -> Told | None:
        """Where the meeting stands on its screen."""
        if self.view is None:
            return None
        return Told(self.view.epoch, self.view.seq, self.view.chain)

    @property
    def screen(self) -> Any:
        """All that it shows, for comparing."""
        assert self.view is not None
        orders = {k: v for k, v in self.view._orders().items() if v}
        collections = {k: v for k, v in self.view._collections.items() if v}
        return {"collections": collections, "orders": orders}

    def shown(self) -> Shown | None:
        """What the buttons stand for."""
        if self.view is None:
            return None
        requests = self.view.all("requests")
        order = self.view.order(LIST)
        queued = [key for key in order if requests[key]["status"] == "queued"]
        floor = self.view.floor
        speakers = self.view.all("lists")[LIST]
        own = [
            key
            for key, row in requests.items()
            if row["delegation"] == self.delegation is not None
            and row["status"] in ("queued", "called")
        ]
        return Shown(
            open=speakers["state"] == "open",
            generation=speakers["generation"],
            head=queued[0] if queued else None,
            floor=floor["id"] if floor else None,
            phase=floor["phase"] if floor else None,
            own=own[0] if own else None,
        )

    @property
    def closed_list(self) -> bool:
        """Whether the list is closed on its screen."""
        assert self.view is not None
        return bool(self.view.all("lists")[LIST]["state"] == "closed")

    async def command(self, type_: str, fields: dict[str, Any]) -> None:
        """Send until there is a final answer."""
        call = Call(
            id=secrets.token_hex(8),
            client=self.name,
            link=self.link,
            delegation=self.delegation,
            type=type_,
            fields=fields,
            asked=time.monotonic(),
        )
        answered = asyncio.Event()
        self._calls[call.id] = (self._history.call(call), answered)
        try:
            async with asyncio.timeout(GIVES_UP_S):
                await self._send(call)
                while not answered.is_set():
                    with suppress(TimeoutError):
                        async with asyncio.timeout(PATIENT_S):
                            await answered.wait()
                            return
                    self._too_slow(call)
        except TimeoutError:
            pass
        finally:
            del self._calls[call.id]

    def _too_slow(self, call: Call) -> None:
        """Another server may be quicker."""
        sent = [at for key, at in self._acks.values() if key == call.id]
        if sent and time.monotonic() - min(sent) >= PATIENT_S:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._ws is not None and self._ws._response.connection is not None:
            transport = self._ws._response.connection.transport
            if transport is not None:
                transport.abort()

    async def _send(self, call: Call) -> None:
        if self._ws is None or self.view is None or self._ws.closed:
            return
        self._ack += 1
        call.sent += 1
        self._acks[self._ack] = (call.id, time.monotonic())
        body = {
            "type": call.type,
            "id": call.id,
            "asked_at": int(call.asked * 1000 + self.offset_ms),
            **call.fields,
        }
        with suppress(ConnectionError, RuntimeError):
            text = json.dumps(["cmd", body])
            await self._ws.send_str(f"42{PREFIX}{self._ack}{text}")

    async def _run(self) -> None:
        failures = 0
        while True:
            self._pause_s = None
            try:
                await self._serve()
                failures = 0
            except (aiohttp.ClientError, TimeoutError, OSError):
                failures += 1
            finally:
                self._ws = None
                self._acks.clear()
            self._place = (self._place + 1) % len(self._bases)
            longest = min(0.2 * 2**failures, 1.0)
            pause_s = self._pause_s
            if pause_s is None:
                pause_s = self._rng.uniform(0.02, longest)
            await asyncio.sleep(pause_s)

    async def _serve(self) -> None:
        assert self._http is not None
        url = f"{self.base}/socket.io/?EIO=4&transport=websocket"
        async with asyncio.timeout(CONNECT_S):
            ws = await self._http.ws_connect(url, max_msg_size=0)
        try:
            auth: dict[str, Any] = {
                "protocol": PROTOCOL,
                "token": self._token,
                "device": self.name,
            }
            if self.view is not None and not self._gap:
                auth["resume"] = {
                    "epoch": self.view.epoch,
                    "seq": self.view.seq,
                    "chain": self.view.chain,
                }
            await ws.send_str(f"40{PREFIX}{json.dumps(auth)}")
            self._gap = False
            while True:
                message = await ws.receive(timeout=SILENT_S)
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                if message.data == "2":
                    await ws.send_str("3")
                    continue
                await self._hears(ws, message.data)
                if self._gap:
                    return
        finally:
            self._ws = None
            with suppress(TimeoutError, OSError, aiohttp.ClientError):
                async with asyncio.timeout(0.5):
                    await ws.close()

    async def _hears(self, ws: aiohttp.ClientWebSocketResponse, text: str) -> None:
        if text.startswith(f"42{PREFIX}"):
            name, body = json.loads(text[len(PREFIX) + 2 :])
            if name == "welcome":
                self._welcomed(body)
                self._ws = ws
                for call, _ in list(self._calls.values()):
                    await self._send(call)
            else:
                self._event(name, body)
        elif text.startswith(f"43{PREFIX}"):
            number, _, body = text[len(PREFIX) + 2 :].partition("[")
            self._acknowledged(int(number), json.loads("[" + body)[0])
        elif text.startswith("44"):
            raise aiohttp.ClientError(text)

    def _welcomed(self, body: dict[str, Any]) -> None:
        # a delegation's own layer is not compared here
        welcome = msgspec.convert({**body, "mine": None}, Welcome)
        self.welcomes.append((self.base, welcome.reason))
        self.offset_ms = welcome.now - time.monotonic() * 1000
        if welcome.lost is not None:
            self.losses.append(body["lost"])
        self.not_kept.update(welcome.not_kept)
        if welcome.mode == "snapshot":
            self.view = View(welcome)
        assert self.view is not None
        self._tell()

    def _event(self, name: str, body: dict[str, Any]) -> None:
        match name:
            case "delta":
                assert self.view is not None
                self._gap = not self.view.follow(msgspec.convert(body, Delta))
                self._tell()
            case "beat":
                assert self.view is not None
                self._gap = not self.view.follow_beat(msgspec.convert(body, Beat))
                self._tell()
            case "bye":
                self.byes.append(body)
                if body["retry_ms"] is not None:
                    self._pause_s = self._rng.uniform(0, body["retry_ms"] / 1000)
            case _:
                # who is here, and a delegation's own layer, are not looked at
                pass

    def _tell(self) -> None:
        if self.stands is not None and not self._gap:
            self._history.tell(self.name, self.stands)

    def _acknowledged(self, number: int, answer: dict[str, Any]) -> None:
        key, sent = self._acks.pop(number, ("", 0.0))
        if key not in self._calls:
            return
        call, answered = self._calls[key]
        if answer["outcome"] == "wait":
            call.waits += 1
            delay_s = answer["retry_ms"] / 1000 * self._rng.uniform(0.7, 1.3)
            asyncio.get_running_loop().call_later(delay_s, self._again, key)
        else:
            call.answers(answer)
            self.answered.append((sent, time.monotonic()))
            answered.set()

    def _again(self, key: str) -> None:
        if key in self._calls and not self._calls[key][1].is_set():
            task = asyncio.ensure_future(self._send(self._calls[key][0]))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
