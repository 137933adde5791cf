"""One client of the soak: what it is told is checked against what it was told before.

It comes back as browsers do, by the place where it stands, and sends its commands until
each has an answer. Whatever happens to it that the soak did not do to it is a fault.
"""

import asyncio
import random
import time
from collections import Counter
from functools import partial
from typing import Any

import msgspec

from load.ours import command
from load.soak_clients import Library, Socket
from load.soak_line import Line
from rostra.protocol.brief import filled_mine
from rostra.protocol.messages import PROTOCOL, Beat, Delta, MineFrame, Welcome
from rostra.rehearsal.view import View

#: What nobody of an audience sees moves its numbers with the next beat.
SOON_S = 8.0
#: A delta of so many commits was made for somebody who lagged behind.
MERGED = 8
EXAMPLES = 5
#: Answers that a command may have, of which none says that the server is at fault.
OUR_FAULT = ("malformed", "internal", "id_reused", "not_permitted")


class Findings:
    """What all of them found, and the chain that they share."""

    def __init__(self) -> None:
        self.faults: Counter[str] = Counter()
        self.examples: dict[str, list[str]] = {}
        self.counts: Counter[str] = Counter()
        self.chains: dict[int, str] = {}

    def fault(self, kind: str, text: str) -> None:
        """Something that must not happen did."""
        self.faults[kind] += 1
        examples = self.examples.setdefault(kind, [])
        if len(examples) < EXAMPLES:
            examples.append(text)

    def chain(self, seq: int, chain: str) -> None:
        """Everybody is told the same mark for one seq."""
        if self.chains.setdefault(seq, chain) != chain:
            self.fault("contradiction", f"{seq}: {self.chains[seq]} and {chain}")


class Person:
    """Somebody at a screen. ``here`` while it is welcomed."""

    def __init__(
        self, name: str, token: str, library: Library, line: Line, found: Findings
    ) -> None:
        self.name = f"{name} ({library.name})"
        self.line = line
        self.here = False
        self.view: View | None = None
        #: Commands without an answer, by id.
        self.pending: dict[str, dict[str, Any]] = {}
        self.delegate = False
        self.token = token
        self._library = library
        self._found = found
        self._rng = random.Random(name)
        self._socket: Socket | None = None
        #: Sockets are counted; the one of which the end is no fault.
        self._turn = 0
        self._excused = -1
        self._asked: dict[str, Any] | None = None
        self._layer: MineFrame | None = None
        self._coming: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        #: Acknowledged commits that are to be seen by then.
        self._due: list[tuple[int, float]] = []

    async def come(self, *, fresh: bool = False) -> None:
        """Open a socket; it goes on from where we stand, unless *fresh*."""
        if fresh:
            self.view = self._layer = None
        self._turn += 1
        self._asked = None
        if self.view is not None:
            view = self.view
            self._asked = {"epoch": view.epoch, "seq": view.seq, "chain": view.chain}
        auth: dict[str, Any] = {"protocol": PROTOCOL, "token": self.token}
        if self._asked:
            auth["resume"] = self._asked
        hear = partial(self._hear, self._turn)
        self._socket = await self._library.open(self.line.base, auth, hear)

    async def leave(self) -> None:
        """Hang up."""
        self.here = False
        self._turn += 1
        if self._coming is not None:
            self._coming.cancel()
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    def excuse(self) -> None:
        """What becomes of this socket from now on is our own doing."""
        self._excused = self._turn

    def ask(self, kind: str, /, **fields: Any) -> None:
        """Send a command, again after every loss until it is answered."""
        asked = command(kind, **fields)
        self.pending[asked["id"]] = asked
        self._send(asked)

    def look(self) -> None:
        """Whether what was acknowledged was seen in time."""
        now = time.monotonic()
        at = self.view.seq if self.view else 0
        self._due = [(seq, by) for seq, by in self._due if seq > at]
        if self.here and any(by < now for _, by in self._due):
            self._fault("acknowledged, not seen", f"{self._due[0][0]} at {at}")
            self._due.clear()

    def _fault(self, kind: str, text: str) -> None:
        self._found.fault(kind, f"{self.name}: {text}")

    def _send(self, asked: dict[str, Any]) -> None:
        if self.here and self._socket is not None:
            task = asyncio.create_task(self._socket.send(asked))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    # What it hears

    def _hear(self, turn: int, kind: str, *what: Any) -> None:
        if turn != self._turn:
            return
        if kind == "event":
            self._event(*what)
        elif kind == "answer":
            self._answer(*what)
        elif kind == "lost":
            self._lost(str(what[0]) if what else "")

    def _event(self, name: str, frame: Any) -> None:
        self._found.counts[name] += 1
        if name == "welcome":
            self._welcome(frame)
            return
        if not self.here or self.view is None:
            self._fault("before the welcome", name)
            return
        if name in ("delta", "beat"):
            self._move(name, frame)
        elif name == "mine":
            frame["state"] = filled_mine(frame["state"])
            self._layer = msgspec.convert(frame, MineFrame)
            if self._layer.seq < self.view.seq:
                self._fault("old layer", f"{self._layer.seq} at {self.view.seq}")
        elif name == "bye" and self._excused != self._turn:
            self._fault("bye", str(frame))
        if self._layer is not None and self._layer.seq <= self.view.seq:
            self.view.follow_mine(self._layer)
            self._layer = None
        elif self._layer is not None and name != "mine":
            self._fault("layer of another seq", f"{self._layer.seq}, then {name}")

    def _welcome(self, frame: Any) -> None:
        if self.here:
            self._fault("welcomed twice", "")
        if frame["mine"]:
            frame["mine"] = filled_mine(frame["mine"])
        welcome = msgspec.convert(frame, Welcome)
        place = {"epoch": welcome.epoch, "seq": welcome.seq, "chain": welcome.chain}
        if welcome.mode == "resume":
            self._found.counts["resumed"] += 1
            if place != self._asked or self.view is None:
                self._fault("resumed elsewhere", f"{place}, asked for {self._asked}")
            else:
                self.view.mine = welcome.mine
        else:
            self.view = View(welcome)
            reason = welcome.reason
            self._found.counts[f"snapshot: {reason}"] += 1
            if reason not in ("first", "too_old") or (reason == "first") is bool(
                self._asked
            ):
                self._fault("snapshot", f"{reason}, asked for {self._asked}")
        self._found.chain(welcome.seq, welcome.chain)
        self._layer = None
        self.here = True
        self._due = [(seq, time.monotonic() + SOON_S) for seq, _ in self._due]
        for asked in list(self.pending.values()):
            self._send(asked)

    def _move(self, name: str, frame: Any) -> None:
        view = self.view
        assert view is not None
        start, end = frame["from"], frame["seq"]
        if start != view.seq:
            kind = "gap" if start > view.seq else "again"
            if start < view.seq < end:
                kind = "overlap"
            self._fault(kind, f"{name} from {start} to {end}, at {view.seq}")
            self._begin_anew()
        elif name == "delta":
            self._found.counts["merged"] += end - start >= MERGED
            if end <= start:
                self._fault("no move", f"delta from {start} to {end}")
            view.follow(msgspec.convert(frame, Delta))
        else:
            view.follow_beat(msgspec.convert(frame, Beat))
        self._found.chain(end, frame["chain"])

    def _answer(self, id: str, answer: Any) -> None:
        asked = self.pending.get(id)
        outcome = answer["outcome"]
        if asked is None:
            self._fault("answered twice", id)
            return
        self._found.counts[outcome] += 1
        if outcome == "wait":
            asyncio.get_running_loop().call_later(
                answer["retry_ms"] / 1000, self._send, asked
            )
            return
        del self.pending[id]
        if outcome == "no":
            self._found.counts[f"no: {asked['type']} {answer['code']}"] += 1
            if answer["code"] in OUR_FAULT:
                self._fault("refused", f"{asked} {answer}")
            return
        self._effect(asked, answer)

    def _effect(self, asked: dict[str, Any], answer: Any) -> None:
        """Whoever is told that it is done sees that it is done."""
        seq, view = answer["seq"], self.view
        assert view is not None
        self._due.append((seq, time.monotonic() + SOON_S))
        if self.delegate and view.seq < seq:
            self._fault("answer before its effect", f"{seq} at {view.seq}: {asked}")
        elif self.delegate and asked["type"] == "request_floor":
            request = answer["result"]["request"]
            if view.seq == seq and view.mine and request not in view.mine.requests:
                self._fault("not in the layer", f"{request} at {seq}")

    def _lost(self, why: str) -> None:
        if self._excused == self._turn:
            self._found.counts["lost by our doing"] += 1
        else:
            self._fault("lost", why)
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Come back, from where we stand."""
        old, self._socket = self._socket, None
        self.here = False
        self._turn += 1

        async def again() -> None:
            if old is not None:
                await old.close()
            await asyncio.sleep(self._rng.uniform(0.05, 0.4))
            await self.come()

        self._coming = asyncio.create_task(again())
