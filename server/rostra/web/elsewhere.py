"""Who of a meeting is connected to other servers: told to them, and heard of them.

None of it is state of the meeting. What was heard stands until something else is: that
a server cannot be asked about its people does not make them go. Only one that is not
heard of although all others are has vanished, and its people with it.
"""

import logging
from collections.abc import Mapping

from msgspec import DecodeError, Struct, json, structs

from rostra.core.ids import Code, Instant, InterventionId, LinkId, Role
from rostra.engine.ports import Peer
from rostra.engine.room import Room
from rostra.protocol.messages import Present
from rostra.web.attention import Attention
from rostra.web.presence import UNNAMED, Presence

log = logging.getLogger(__name__)

#: Who has just come is spoken of a second later, and heard of another one later.
ON_ITS_WAY_MS = 2_000


class Device(Struct, frozen=True, array_like=True):
    """A connected device, as servers tell each other."""

    id: str
    link: LinkId
    role: Role
    delegation: Code | None
    device: str
    since: Instant
    row: InterventionId | None = None
    label: str = ""


class Said(Struct, frozen=True, array_like=True):
    """What a server says of a meeting: its name, the devices that it has, and when it
    lost the last one of a delegation, if that was lately.

    One that has nobody left says so as its ``last`` word, and then no more.
    """

    server: str
    devices: tuple[Device, ...]
    left: dict[Code, Instant]
    last: bool = False


class Known(Struct, frozen=True):
    """What is known of another server."""

    at: Instant
    said: bytes
    devices: dict[str, Present]
    last: bool


class Elsewhere:
    """One meeting's people here, as the others are told of them, and those there.

    ``notice_ms`` is what a client takes to notice that its server is dead.
    """

    def __init__(
        self,
        room: Room,
        presence: Presence,
        attention: Attention,
        *,
        server: str,
        forgotten_ms: int,
        notice_ms: int,
    ) -> None:
        self._room = room
        self._presence = presence
        self._attention = attention
        self._server = server
        self._forgotten_ms = forgotten_ms
        self._notice_ms = notice_ms
        self._here: dict[str, Device] = {}
        #: Everybody here, those included of whom nothing is said.
        self._people = 0
        self._said: bytes | None = None
        self._known: dict[str, Known] = {}
        #: When the others were asked last, and with how many people here.
        self._asked_at = Instant(0)
        self._asked_for = 0
        self._heard_at = Instant(0)
        #: Servers whose words are of another version.
        self._strange: set[str] = set()
        #: Since when every question was answered.
        self._steady_since: Instant | None = None

    def as_of(self) -> Instant:
        """Everything that was so anywhere until then is known; 0 if nothing is."""
        words = (each.at for each in self._known.values() if not each.last)
        return Instant(max(0, min([self._heard_at, *words]) - ON_ITS_WAY_MS))

    # Those here

    def arrived(self, present: Present) -> None:
        """A device has connected to this server."""
        self._people += 1
        if present.role not in UNNAMED:
            self._here[present.id] = _told(present)
        if present.role not in UNNAMED or self._people == 1:
            self._said = None

    def moved(self, present: Present) -> None:
        """A device of this server is in another row of the record."""
        if present.id in self._here:
            self._here[present.id] = _told(present)
            self._said = None

    def left(self, present: Present) -> None:
        """A device of this server is gone."""
        self._people -= 1
        if self._here.pop(present.id, None) or not self._people:
            self._said = None

    def say(self) -> bytes | None:
        """What the others are to know; None where there is nothing to say or hear."""
        self._asked_at, self._asked_for = self._room.now(), self._people
        if not self._people and not self._heard_at:
            return None
        if self._said is None:
            devices = tuple(self._here.values())
            left = self._attention.left_here()
            last = not self._people
            self._said = json.encode(Said(self._server, devices, left, last))
        return self._said

    def farewell(self) -> bytes:
        """What the others are to know when this server stops: everybody has left."""
        now = self._room.now()
        left = {d.delegation: now for d in self._here.values() if d.delegation}
        left = self._attention.left_here() | left
        return json.encode(Said(self._server, (), left, last=True))

    # Those there

    def heard(self, peers: Mapping[str, Peer]) -> None:
        """The answer to what was said: all that the others say."""
        if not self._asked_for:
            self._forget()
            return
        if not self._heard_at:
            self._attention.look_anew()
        if self._steady_since is None:
            self._steady_since = self._asked_at
        self._heard_at = self._asked_at
        for id, peer in peers.items():
            self._take(id, peer)
        if self._asked_at - self._steady_since >= self._forgotten_ms:
            # Before that, some may not have been able to say anything either.
            for id in self._known.keys() - peers.keys():
                self._vanished(id)

    def missed(self) -> None:
        """There was no answer."""
        self._steady_since = None

    def _take(self, id: str, peer: Peer) -> None:
        known = self._known.get(id)
        if known is None or known.said is not peer.said:
            try:
                said = json.decode(peer.said, type=Said)
            except DecodeError as error:
                self._not_understood(id, error)
                return
            for code, at in said.left.items():
                self._attention.gone(code, at)
            before = known.devices if known else {}
            devices = {each.id: _present(each, said.server) for each in said.devices}
            self._change(before, devices)
            known = Known(peer.at, peer.said, devices, said.last)
        self._known[id] = structs.replace(known, at=peer.at)

    def _not_understood(self, id: str, error: DecodeError) -> None:
        """Of another version: as with one that does not answer, nothing follows."""
        self._known.setdefault(id, Known(Instant(0), b"", {}, last=False))
        if id not in self._strange:
            self._strange.add(id)
            log.warning("what the server %s says is not understood: %s", id, error)

    def _vanished(self, id: str) -> None:
        """Its people may come back by another server once they have noticed."""
        known = self._known.pop(id)
        for code in {each.delegation for each in known.devices.values()}:
            if code is not None:
                self._attention.gone(code, known.at, self._notice_ms)
        self._change(known.devices, {})

    def _forget(self) -> None:
        """Nobody here needs to know."""
        for known in self._known.values():
            self._change(known.devices, {})
        self._known = {}
        self._heard_at, self._steady_since = Instant(0), None

    def _change(self, before: dict[str, Present], now: dict[str, Present]) -> None:
        for id in now.keys() - before.keys():
            self._presence.arrived(now[id])
            self._attention.arrived(now[id], here=False)
        for id in before.keys() - now.keys():
            self._presence.left(before[id])
            self._attention.left(before[id], here=False)
        for id in now.keys() & before.keys():
            self._presence.moved(before[id], now[id].row)


def _told(present: Present) -> Device:
    return Device(
        present.id,
        present.link,
        present.role,
        present.delegation,
        present.device,
        present.since,
        present.row,
        present.label,
    )


def _present(device: Device, server: str) -> Present:
    return Present(
        id=device.id,
        link=device.link,
        role=device.role,
        delegation=device.delegation,
        device=device.device,
        since=device.since,
        server=server,
        row=device.row,
        label=device.label,
    )
