"""From one commit to every socket: the only seam between a meeting and its clients.

A client is a cursor into the meeting's recent history, not a queue of messages. One
whose outlet holds bytes is not written to and not waited for; once it has drained it
gets everything it missed as one merged delta. How bytes reach a socket is the outlet's
business, and the ring's (:mod:`rostra.web.ring`).

Whoever asked something, or has a layer of its own that changed, is told first and in
one piece: layer, delta, answers. Then come staff and record, then everybody.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

from rostra.core.ids import Audience, Code
from rostra.engine.outcomes import Published
from rostra.engine.room import Room
from rostra.protocol.brief import brief_mine
from rostra.protocol.messages import Beat, Bye, Delta, MineFrame
from rostra.web import frames, sending
from rostra.web.frames import Frame
from rostra.web.ring import BY_HAND, WAITS, Ring
from rostra.web.settings import Limits

#: Whether no operator is there, and whether the journal takes nothing at the moment.
Word = tuple[bool, bool]

#: In which order the audiences hear of a change.
FIRST_TO_LAST: tuple[Audience, ...] = ("staff", "record", "public")


class Outlet(Protocol):
    """A client's way out."""

    #: Whether nothing that was written waits to be taken.
    clear: bool
    #: A descriptor that may be written to while ``clear``; -1 where there is none.
    raw: int

    def write(self, *messages: Frame) -> None:
        """Send *messages* after everything written before, as one piece."""
        ...

    def rest(self, data: bytes) -> None:
        """Send *data*, the end of a frame that ``raw`` took the beginning of."""
        ...

    def goodbye(self, bye: Bye) -> None:
        """Say *bye* and close."""
        ...

    def abort(self) -> None:
        """Let go of it at once."""
        ...


class Client:
    """One client's place in the meeting's history: ``seq`` is what it was sent."""

    __slots__ = (
        "_seq",
        "audience",
        "delegation",
        "held_since",
        "layer_due",
        "outlet",
        "place",
        "renew",
        "ring",
        "told",
        "unsent",
    )

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
        self.ring: Ring[Client] | None = None
        self.place = -1
        #: Since when bytes wait in its outlet, if they do.
        self.held_since = 0.0
        #: Whether its own layer is not what it was sent last.
        self.layer_due = False
        #: What it was told last beside the meeting: :attr:`Fanout.word`.
        self.told: Word = (False, False)
        #: Answers and the like, which go out with its next write.
        self.unsent: list[Frame] | None = None
        self._seq = 0

    @property
    def seq(self) -> int:
        """Up to where it was told."""
        return self._seq if self.ring is None else self.ring.seqs[self.place]

    @seq.setter
    def seq(self, seq: int) -> None:
        if self.ring is None:
            self._seq = seq
        else:
            self.ring.seqs[self.place] = seq

    @property
    def line(self) -> int:
        """What the ring has to know of its outlet."""
        if not self.outlet.clear:
            return WAITS
        return self.outlet.raw if self.outlet.raw >= 0 else BY_HAND


class Fanout:
    """All clients of one meeting. ``clock`` is seconds and never steps."""

    def __init__(self, room: Room, limits: Limits, clock: Callable[[], float]) -> None:
        self._room = room
        self._limits = limits
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._rings: dict[Audience, Ring[Client]] = {
            audience: Ring(
                lambda seq, audience=audience: self._news(audience, seq),  # type: ignore[misc]
                self._bring,
                self._loop.call_soon,
                sending.library() if limits.compiled_send else None,
            )
            for audience in FIRST_TO_LAST
        }
        for ring in self._rings.values():
            ring.reset(room.meeting.seq)
        self._delegates: dict[Code, dict[Client, None]] = {}
        self._due: dict[Client, None] = {}
        self._soon: asyncio.Handle | None = None
        self._held: dict[Client, None] = {}
        #: Frames for the present seq, by audience and by where a client stands.
        self._made: dict[tuple[Audience, int], Frame | None] = {}
        self._layers: dict[Code, Frame] = {}
        self._made_at = (room.epoch, room.meeting.seq)
        #: Beats say it to those who were told something else.
        self.word: Word = (False, False)

    def join(self, client: Client) -> None:
        """From now on *client*, which stands at its ``seq``, gets what changes."""
        self._rings[client.audience].join(client)
        if client.delegation is not None:
            self._delegates.setdefault(client.delegation, {})[client] = None
        if not client.outlet.clear:
            self.held(client)
        if client.seq != self._room.meeting.seq:
            client.layer_due = client.delegation is not None
            self._bring(client)

    def leave(self, client: Client) -> None:
        """*client* is gone; nothing is written to it any more."""
        if client.ring is None:
            return
        client.ring.leave(client)
        self._held.pop(client, None)
        self._due.pop(client, None)
        client.unsent = None
        if client.delegation is not None:
            mates = self._delegates.get(client.delegation, {})
            mates.pop(client, None)
            if not mates:
                self._delegates.pop(client.delegation, None)

    def publish(self, published: Published) -> None:
        """Bring everybody from where they are to what *published* says."""
        if published.epoch_changed:
            for ring in self._rings.values():
                ring.reset(self._room.meeting.seq)
            for client in self._everybody():
                client.layer_due = False
                client.renew()
            return
        for code in published.mine:
            for mate in self._delegates.get(code, ()):
                mate.layer_due = True
                self._due[mate] = None
        for audience, ring in self._rings.items():
            # what is hidden goes out as a number, before it is more than may be missed
            hidden = published.seq - ring.goal > self._limits.lag_deltas // 4
            if audience in published.deltas or hidden:
                ring.aim(published.seq, run=False)
        self._tell_due()
        for audience in FIRST_TO_LAST:
            self._rings[audience].run()

    def say(self, client: Client, message: Frame) -> None:
        """Send *message* to *client* alone, with whatever else this turn has for it."""
        if client.ring is None:
            client.outlet.write(message)
            return
        if client.unsent is None:
            client.unsent = []
        client.unsent.append(message)
        self._due[client] = None
        if self._soon is None:
            self._soon = self._loop.call_soon(self._tell_due)

    def held(self, client: Client) -> None:
        """Bytes wait in *client*'s outlet: it is left to catch up."""
        if client.ring is not None:
            client.ring.lines[client.place] = WAITS
            client.held_since = self._clock()
            self._held[client] = None

    def drained(self, client: Client) -> None:
        """*client*'s outlet is empty again."""
        if client.ring is not None:
            client.ring.lines[client.place] = client.line
            self._held.pop(client, None)
            self._bring(client)

    def beat(self) -> None:
        """Tell the numbers of what is hidden, and the word where it is another."""
        seq = self._room.meeting.seq
        for ring in self._rings.values():
            ring.aim(seq, run=True)
        for client in [c for c in self._everybody() if c.told != self.word]:
            if client.outlet.clear:
                self._bring(client)
                client.told = self.word
                client.outlet.write(frames.event("beat", self._beat(client.seq)))

    def sweep(self) -> None:
        """Cut the clients that lag too far; they resume from where they are."""
        now = self._clock()
        for client in list(self._held):
            ring = client.ring
            missed = self._room.turns(client.seq, ring.goal) if ring is not None else 0
            owed = missed > 0 or bool(client.unsent)
            late = owed and now - client.held_since > self._limits.lag_s
            if late or missed > self._limits.lag_deltas:
                self._cut(client)

    def _everybody(self) -> list[Client]:
        return [each for ring in self._rings.values() for each in ring.members]

    def _tell_due(self) -> None:
        """Those who asked something, or have a layer of their own."""
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        due, self._due = self._due, {}
        for client in due:
            self._bring(client)

    def _bring(self, client: Client) -> None:
        """Everything that *client* has not been told, in one write."""
        ring = client.ring
        if ring is None or not client.outlet.clear:
            return
        messages: list[Frame] = []
        seq = self._room.meeting.seq
        if client.layer_due and client.delegation is not None:
            messages.append(self._layer(client.delegation))
            client.layer_due = False
        # a layer counts once the client has reached its seq
        if client.seq < ring.goal or (messages and client.seq != seq):
            news = self._news(client.audience, client.seq)
            if news is None:
                self._cut(client)
                return
            messages.append(news[0])
            client.seq = seq
        if client.unsent:
            messages += client.unsent
            client.unsent = None
        if messages:
            client.outlet.write(*messages)

    def _fresh(self) -> None:
        """Forget the frames that lead to another seq than the present one."""
        now = (self._room.epoch, self._room.meeting.seq)
        if now != self._made_at:
            self._made_at = now
            self._made.clear()
            self._layers.clear()

    def _layer(self, code: Code) -> Frame:
        self._fresh()
        found = self._layers.get(code)
        if found is None:
            room = self._room
            state = room.mine(code)
            frame = MineFrame(room.meeting.seq, brief_mine(state))
            found = self._layers[code] = frames.event("mine", frame)
        return found

    def _news(self, audience: Audience, seq: int) -> tuple[Frame, int] | None:
        """What leads from *seq* to now: a delta, or a beat where nothing is seen of it.
        None where the tail does not reach back so far.
        """
        self._fresh()
        key = (audience, seq)
        if key not in self._made:
            tail = self._room.missed(audience, seq)
            if tail.reason is not None:
                self._made[key] = None
            elif tail.delta is None or not _shows(tail.delta):
                self._made[key] = frames.event("beat", self._beat(seq))
            else:
                self._made[key] = frames.event("delta", tail.delta)
        made = self._made[key]
        return None if made is None else (made, self._room.meeting.seq)

    def _beat(self, seq: int) -> Beat:
        room = self._room
        return Beat(
            from_=seq,
            seq=room.meeting.seq,
            chain=room.chain,
            unattended=self.word[0],
            stalled=self.word[1],
        )

    def _cut(self, client: Client) -> None:
        self.leave(client)
        client.outlet.goodbye(Bye("slow", 0))


def _shows(delta: Delta) -> bool:
    """Whether there is anything in it but numbers."""
    return bool(delta.set or delta.patch or delta.drop or delta.order)
