"""From one frame to every socket: the only seam between a meeting and its clients.

A client is a cursor into the meeting's recent history, not a queue of messages. One
whose outlet is full is not written to and not waited for; once it has drained it gets
everything it missed as one merged delta. How bytes reach a socket is the outlet's
business.
"""

from collections.abc import Callable
from typing import Protocol

from msgspec import structs

from rostra.core.ids import Audience, Code, Instant
from rostra.engine.outcomes import Published
from rostra.engine.room import Room
from rostra.protocol.messages import (
    Beat,
    Bye,
    Delta,
    MineFrame,
    ResumeFrom,
)
from rostra.web import frames
from rostra.web.settings import Limits


class Outlet(Protocol):
    """A client's way out."""

    def backlog(self) -> int:
        """How many packets wait to be written."""
        ...

    def write(self, frame: bytes) -> None:
        """Send *frame* after everything written before."""
        ...

    def goodbye(self, bye: Bye, *, discard: bool = False) -> None:
        """Say *bye* and close; *discard* what still waits before it."""
        ...


class Client:
    """One client's place in the meeting's history: ``seq`` is what it was sent."""

    def __init__(
        self,
        outlet: Outlet,
        audience: Audience,
        delegation: Code | None,
        renew: Callable[[], None],
    ) -> None:
        self.outlet = outlet
        self.audience = audience
        self.delegation = delegation
        #: Sends everything anew when history itself has changed.
        self.renew = renew
        self.seq = 0
        self.chain = ""
        self.behind_since: float | None = None


class Fanout:
    """All clients of one meeting. ``clock`` is seconds and never steps."""

    def __init__(self, room: Room, limits: Limits, clock: Callable[[], float]) -> None:
        self._room = room
        self._limits = limits
        self._clock = clock
        self._clients: dict[Audience, dict[Client, None]] = {
            "public": {},
            "record": {},
            "staff": {},
        }
        self._delegates: dict[Code, dict[Client, None]] = {}
        self._behind: dict[Client, None] = {}
        #: Whether no operator is there; every beat says so.
        self.unattended = False

    def join(self, client: Client) -> None:
        """From now on *client*, which stands at its ``seq``, gets what changes."""
        self._clients[client.audience][client] = None
        if client.delegation is not None:
            self._delegates.setdefault(client.delegation, {})[client] = None
        self._catch_up(client)

    def leave(self, client: Client) -> None:
        """*client* is gone; nothing is written to it any more."""
        self._clients[client.audience].pop(client, None)
        self._behind.pop(client, None)
        if client.delegation is not None:
            mates = self._delegates.get(client.delegation, {})
            mates.pop(client, None)
            if not mates:
                self._delegates.pop(client.delegation, None)

    def publish(self, published: Published) -> None:
        """Bring everybody from where they are to what *published* says."""
        if published.epoch_changed:
            for client in self._everybody():
                self._behind.pop(client, None)
                client.behind_since = None
                client.renew()
            return
        for code in published.mine:
            self._publish_mine(code, "public" not in published.deltas)
        for audience, delta in published.deltas.items():
            self._publish_delta(audience, delta)

    def drained(self, client: Client) -> None:
        """*client*'s outlet is empty again."""
        if client.behind_since is not None:
            self._catch_up(client)

    def beat(self) -> None:
        """Tell everybody who is not behind that the server is there."""
        now = self._room.now()
        for clients in self._clients.values():
            made: dict[int, bytes] = {}
            for client in clients:
                if client.behind_since is None and self._writable(client):
                    self._write_beat(client, now, made)

    def sweep(self) -> None:
        """Cut the clients that lag too far; they resume from where they are."""
        now, seq = self._clock(), self._room.meeting.seq
        for client in list(self._behind):
            since = client.behind_since
            late = since is not None and now - since > self._limits.lag_s
            if late or seq - client.seq > self._limits.lag_commits:
                self._cut(client)

    def _everybody(self) -> list[Client]:
        return [each for clients in self._clients.values() for each in clients]

    def _writable(self, client: Client) -> bool:
        return client.outlet.backlog() <= self._limits.backlog

    def _ready(self, client: Client) -> bool:
        """Whether *client* may be written to now; else it is noted as behind."""
        if client.behind_since is not None:
            return False
        if self._writable(client):
            return True
        client.behind_since = self._clock()
        self._behind[client] = None
        return False

    def _publish_delta(self, audience: Audience, delta: Delta) -> None:
        """Nothing that the audience sees happened between a client's seq and the
        delta's own ``from``, so the frame differs by that number only.
        """
        made: dict[int, bytes] = {}
        for client in self._clients[audience]:
            if not self._ready(client):
                continue
            frame = made.get(client.seq)
            if frame is None:
                own = structs.replace(delta, from_=client.seq)
                frame = made[client.seq] = frames.event("delta", own)
            client.outlet.write(frame)
            client.seq, client.chain = delta.seq, delta.chain

    def _publish_mine(self, code: Code, number_too: bool) -> None:
        """A layer counts once the client has reached its seq: where no public delta
        will bring it there, a beat does (*number_too*).
        """
        mates = self._delegates.get(code)
        if not mates:
            return
        frame = self._mine_frame(code)
        made: dict[int, bytes] = {}
        for client in mates:
            if self._ready(client):
                client.outlet.write(frame)
                if number_too:
                    self._write_beat(client, self._room.now(), made)

    def _mine_frame(self, code: Code) -> bytes:
        room = self._room
        state = room.mine(code)
        return frames.event("mine", MineFrame(room.epoch, room.meeting.seq, state))

    def _write_beat(self, client: Client, now: Instant, made: dict[int, bytes]) -> None:
        room = self._room
        seq = room.meeting.seq
        frame = made.get(client.seq)
        if frame is None:
            beat = Beat(
                epoch=room.epoch,
                from_=client.seq,
                seq=seq,
                chain=room.chain,
                now=now,
                unattended=self.unattended,
            )
            frame = made[client.seq] = frames.event("beat", beat)
        client.outlet.write(frame)
        client.seq, client.chain = seq, room.chain

    def _catch_up(self, client: Client) -> None:
        """One merged delta from where *client* is; what is of its own comes first."""
        room = self._room
        client.behind_since = None
        self._behind.pop(client, None)
        if client.seq == room.meeting.seq:
            return
        where = ResumeFrom(room.epoch, client.seq, client.chain)
        tail = room.since(client.audience, where)
        if tail.reason is not None:
            self._cut(client)
            return
        if client.delegation is not None:
            client.outlet.write(self._mine_frame(client.delegation))
        if tail.delta is None:
            self._write_beat(client, room.now(), {})
            return
        client.outlet.write(frames.event("delta", tail.delta))
        client.seq, client.chain = tail.delta.seq, tail.delta.chain

    def _cut(self, client: Client) -> None:
        self.leave(client)
        client.outlet.goodbye(Bye("slow", 0), discard=True)
