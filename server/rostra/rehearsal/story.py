"""What the server tells its listeners, and whether it fits together. Pure.

All listeners of a meeting are told the same, so a frame is looked at once: who hears
the same bytes again finds what they mean in a table. A place in the history is one
number: which epoch, and which seq in it.
"""

from itertools import pairwise
from typing import Literal

import msgspec
from msgspec import Struct

from rostra.rehearsal import framing

Kind = Literal[
    "opened", "ping", "connected", "refused", "welcome", "moved", "bye", "other",
    "ws_ping", "closed", "joint",
]  # fmt: skip
#: What many are told in the same bytes.
SHARED = frozenset(("moved", "joint", "ping", "closed", "other"))
SEQ_BITS = 48
SEQ_MASK = (1 << SEQ_BITS) - 1
#: The place of a listener that was not welcomed yet, and one where nobody is: a frame
#: from there never simply moves a listener on.
NOWHERE = -1
NEVER = -2
#: So many frames are remembered, none of them longer; whoever is later than that has
#: them read again.
REMEMBERED = 4_096
REMEMBERED_SIZE = 32_768
#: After so many looks in which nobody heard it a move is no longer looked at.
LOOKS = 100


class Move(Struct, frozen=True):
    """What is certain in a delta or a beat."""

    from_: int = msgspec.field(name="from")
    seq: int
    chain: str
    epoch: str | None = None


class Welcomed(Struct, frozen=True, kw_only=True):
    """What a listener takes from its welcome."""

    epoch: str
    seq: int
    chain: str = ""
    mode: str = "snapshot"
    reason: str | None = None
    spread_ms: int = 0


class Goodbye(Struct, frozen=True):
    """What a listener takes from a goodbye."""

    code: str
    retry_ms: int | None


class Heard:
    """What some bytes mean: from which place to which, or what else.

    ``times`` is when they were received, one entry for each listener.
    """

    __slots__ = (
        "after", "before", "expected", "kind", "looks", "said", "size", "steps",
        "times",
    )  # fmt: skip

    def __init__(
        self,
        kind: Kind,
        before: int = NEVER,
        after: int = NEVER,
        said: Welcomed | Goodbye | bytes | None = None,
    ) -> None:
        self.kind = kind
        self.before = before
        self.after = after
        self.said = said
        #: For bytes that hold several frames: each of them.
        self.steps: tuple[Heard, ...] = ()
        self.times: list[int] = []
        self.size = 0
        self.looks = 0
        #: How many listeners there were when the first of them heard it.
        self.expected = 0


class Story:
    """One history as it is told to everybody."""

    def __init__(self, namespace: str = "/meeting") -> None:
        named = f"{namespace}," if namespace != "/" else ""
        self._event = f"42{named}".encode()
        self._connected = f"40{named}".encode()
        self._refused = f"44{named}".encode()
        self._known: dict[bytes, Heard] = {}
        self._epochs: dict[str, int] = {}
        self._epoch = 0
        self._chains: dict[int, str] = {}
        #: Places that were told with two different chain marks.
        self.contradictions: list[str] = []
        self._moves: list[Heard] = []
        #: The newest move, for whoever wants to know that there is one.
        self.fresh: Heard | None = None

    @property
    def known(self) -> dict[bytes, Heard]:
        """What is known of bytes; the same dict for ever."""
        return self._known

    def place(self, epoch: str, seq: int) -> int:
        """The number of a place."""
        return self._epochs.setdefault(epoch, len(self._epochs)) << SEQ_BITS | seq

    def position(self, place: int) -> dict[str, object] | None:
        """The place as a listener names it when it comes back."""
        number = place >> SEQ_BITS
        epoch = next((k for k, v in self._epochs.items() if v == number), None)
        if place < 0 or epoch is None:
            return None
        chain = self._chains.get(place, "")
        return {"epoch": epoch, "seq": place & SEQ_MASK, "chain": chain}

    def hear(self, frame: bytes, found: framing.Found) -> Heard:
        """What a whole frame means; looked up if it was heard before."""
        known = self._known.get(frame)
        if known is not None:
            return known
        first, start, end = found
        heard = self._read(first, frame[start:end])
        heard.size = len(frame)
        self._remember(frame, heard)
        return heard

    def hear_text(self, payload: bytes) -> Heard:
        """What a message means that came in several frames. Not remembered."""
        return self._message(payload)

    def join(self, data: bytes, steps: list[Heard]) -> None:
        """Remember that *data* is these frames; as one move if they make one."""
        moves = all(each.kind == "moved" for each in steps)
        chained = all(one.after == two.before for one, two in pairwise(steps))
        joint = Heard("joint")
        if moves and chained:
            joint = Heard("moved", steps[0].before, steps[-1].after)
            self._moves.append(joint)
            self.fresh = joint
        joint.steps, joint.size = tuple(steps), len(data)
        self._remember(data, joint)

    def moves(self) -> list[Heard]:
        """The moves of which somebody heard lately."""
        for each in self._moves:
            each.looks = 0 if each.times else each.looks + 1
        self._moves = [each for each in self._moves if each.looks < LOOKS]
        return [each for each in self._moves if each.times]

    def _remember(self, data: bytes, heard: Heard) -> None:
        if heard.kind not in SHARED or len(data) > REMEMBERED_SIZE:
            return
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[data] = heard

    def _read(self, first: int, payload: bytes) -> Heard:
        match first & 0x0F:
            case framing.TEXT:
                return self._message(payload)
            case framing.CLOSE:
                return Heard("closed", said=payload)
            case framing.PING:
                return Heard("ws_ping", said=payload)
            case _:
                return Heard("other")

    def _message(self, payload: bytes) -> Heard:
        if payload.startswith(self._event):
            return self._told(payload[len(self._event) :])
        if payload == b"2":
            return Heard("ping")
        if payload[:1] == b"0":
            return Heard("opened")
        if payload.startswith(self._connected):
            return Heard("connected")
        if payload.startswith(self._refused):
            return Heard("refused", said=payload[len(self._refused) :])
        return Heard("closed") if payload[:1] == b"1" else Heard("other")

    def _told(self, body: bytes) -> Heard:
        name, raw = msgspec.json.decode(body, type=tuple[str, msgspec.Raw])
        match name:
            case "delta" | "beat":
                return self._moved(msgspec.json.decode(raw, type=Move), name)
            case "welcome":
                return self._welcomed(msgspec.json.decode(raw, type=Welcomed))
            case "bye":
                said = msgspec.json.decode(raw, type=Goodbye)
                return Heard("bye", said=said)
            case _:
                return Heard("other")

    def _moved(self, move: Move, name: str) -> Heard:
        number = self._epoch
        if move.epoch is not None:
            number = self._epochs.setdefault(move.epoch, len(self._epochs))
        base = number << SEQ_BITS
        heard = Heard("moved", base | move.from_, base | move.seq)
        self._mark(heard.after, move.chain)
        if name == "delta":
            self._moves.append(heard)
            self.fresh = heard
        return heard

    def _welcomed(self, said: Welcomed) -> Heard:
        place = self.place(said.epoch, said.seq)
        self._epoch = place >> SEQ_BITS
        self._mark(place, said.chain)
        return Heard("welcome", after=place, said=said)

    def _mark(self, place: int, chain: str) -> None:
        before = self._chains.setdefault(place, chain)
        if before != chain:
            seq = place & SEQ_MASK
            self.contradictions.append(f"{seq} has the chain marks {before}, {chain}")
