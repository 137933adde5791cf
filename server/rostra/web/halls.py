"""A hall for each meeting: everybody who is connected to it.

It holds the people of this server. Of other servers it knows who is there
(:mod:`rostra.web.elsewhere`), which matters to staff and to the floor. What one link
may take is counted here alone, so that each further server gives as much again.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from typing import Protocol

import msgspec

from rostra.core.ids import (
    Audience,
    Instant,
    InterventionId,
    LinkId,
    MeetingId,
    Role,
)
from rostra.engine.outcomes import Published
from rostra.engine.ports import Peers
from rostra.engine.room import Room
from rostra.engine.rooms import Rooms
from rostra.protocol.brief import brief_collections
from rostra.protocol.messages import Bye, Present, State
from rostra.web.attention import Attention
from rostra.web.company import Company
from rostra.web.elsewhere import Elsewhere
from rostra.web.fanout import Client, Fanout, Outlet
from rostra.web.identity import Identity, still_valid
from rostra.web.presence import Presence
from rostra.web.settings import Limits

log = logging.getLogger(__name__)


class Member(Protocol):
    """Somebody in the hall, by one socket."""

    identity: Identity
    client: Client
    outlet: Outlet
    present: Present


#: Roles whose one link may be given to a whole hall.
SHARED = frozenset(("viewer", "display"))
#: What is known of other servers is that old at most where all is well.
FRESH_MS = 4_000


class Hall:
    """The people of one meeting. *server* is the name of theirs among several."""

    def __init__(
        self,
        room: Room,
        limits: Limits,
        clock: Callable[[], float],
        *,
        peers: Peers | None = None,
        server: str = "",
    ) -> None:
        self.room = room
        self._limits = limits
        self.fanout = Fanout(room, limits, clock)
        self._presence = Presence()
        self.attention = Attention(room, limits, clock)
        self.elsewhere: Elsewhere | None = None
        if peers is not None:
            self.elsewhere = Elsewhere(
                room,
                self._presence,
                self.attention,
                server=server,
                forgotten_ms=peers.forgotten_ms,
                notice_ms=int(1000 * (limits.ping_interval_s + limits.ping_timeout_s)),
            )
            self.attention.as_of = self.elsewhere.as_of
        self._members: dict[LinkId, dict[Member, None]] = {}
        self._staff: dict[Member, None] = {}
        self._rapporteurs: dict[Member, None] = {}
        #: Whom they hold to be there, and as of when that can be judged.
        self._comparing: dict[Member, tuple[int, Instant]] = {}
        self._states: dict[
            tuple[Audience, bool], tuple[tuple[str, int], msgspec.Raw]
        ] = {}
        self.unsubscribe = room.subscribe(self._published)

    def enter(self, member: Member, here: int | None = None) -> None:
        """*member* has been welcomed and gets from now on what changes. *here* is the
        tag of those whom it holds to be there, if it knows of any.
        """
        self._members.setdefault(member.identity.link, {})[member] = None
        self._presence.arrived(member.present)
        self.attention.arrived(member.identity)
        if self.elsewhere is not None:
            self.elsewhere.arrived(member.present)
        self._word()
        watchers = self._watchers(member)
        if watchers is not None and here is None:
            watchers[member] = None
            self._presence.wanted(member)
        elif watchers is not None and here is not None:
            since = Instant(self.room.now() - FRESH_MS)
            self._comparing[member] = (here, since)
            self._compare()
        self.fanout.join(member.client)

    def entered_anew(self, member: Member) -> None:
        """*member* has been welcomed once more, and knows of nobody who is there."""
        if member in self._staff or member in self._rapporteurs:
            self._presence.wanted(member)

    def at(self, member: Member, row: InterventionId | None) -> None:
        """*member* works in this row of the record from now on, or in none."""
        before = member.present
        member.present = self._presence.moved(before, row)
        if self.elsewhere is not None and member.present is not before:
            self.elsewhere.moved(member.present)

    def crowded(self, identity: Identity) -> bool:
        """Whether a personal link has as many sockets as it may; others are shared.

        Those on other servers do not count: a device that moves must not be turned away
        because of its own old socket there.
        """
        if identity.role in SHARED:
            return False
        mates = self._members.get(identity.link, ())
        return len(mates) >= self._limits.sockets_per_link

    def leave(self, member: Member) -> None:
        """*member*'s socket is gone."""
        self.fanout.leave(member.client)
        mates = self._members.get(member.identity.link, {})
        if member not in mates:
            return
        del mates[member]
        if not mates:
            del self._members[member.identity.link]
        self._staff.pop(member, None)
        self._rapporteurs.pop(member, None)
        self._comparing.pop(member, None)
        self._presence.unwanted(member)
        self._presence.left(member.present)
        self.attention.left(member.identity)
        if self.elsewhere is not None:
            self.elsewhere.left(member.present)

    def state(self, audience: Audience, *, whole: bool = False) -> msgspec.Raw:
        """The whole view of *audience* as JSON, made once for each seq.

        Screens get it in short (:mod:`rostra.protocol.brief`), programs as it is.
        """
        key = (self.room.epoch, self.room.meeting.seq)
        found = self._states.get((audience, whole))
        if found is None or found[0] != key:
            view = self.room.snapshot(audience)
            if not whole:
                view = State(brief_collections(view.collections), view.order)
            raw = msgspec.Raw(msgspec.json.encode(view))
            found = self._states[audience, whole] = (key, raw)
        return found[1]

    def tick(self) -> None:
        """Once a second: presence, clients that lag, links that have expired."""
        self._compare()
        self._presence.tick(self._staff, self._rapporteurs)
        self.attention.tick()
        self._word()
        self.fanout.sweep()
        for link in list(self._members):
            self._check(link, "expired")

    def close(self, bye: Callable[[int], Bye]) -> None:
        """Say goodbye to everybody; *bye* is given each one's number."""
        for number, member in enumerate(self.members()):
            member.outlet.goodbye(bye(number))

    def members(self) -> list[Member]:
        """Everybody, moderators first."""
        everybody = [each for mates in self._members.values() for each in mates]
        return sorted(everybody, key=lambda each: each.identity.role != "moderator")

    @property
    def connected(self) -> int:
        """How many sockets have been welcomed."""
        return sum(map(len, self._members.values()))

    def by_role(self) -> Counter[Role]:
        """How many sockets of each role have been welcomed."""
        found: Counter[Role] = Counter()
        for mates in self._members.values():
            found[next(iter(mates)).identity.role] += len(mates)
        return found

    def _watchers(self, member: Member) -> dict[Member, None] | None:
        """Among whom *member* is told who is there; None where it is not."""
        if member.identity.audience == "staff":
            return self._staff
        return self._rapporteurs if member.identity.role == "rapporteur" else None

    def _compare(self) -> None:
        """Those whom another server has told who is there are told it anew where it is
        not so, once this server knows.
        """
        for member, (here, since) in list(self._comparing.items()):
            watchers = self._watchers(member)
            if self.elsewhere is not None and self.elsewhere.as_of() < since:
                continue
            del self._comparing[member]
            if watchers is None:
                continue
            watchers[member] = None
            role = member.identity.role if watchers is self._rapporteurs else None
            if here != self._presence.tag(role):
                self._presence.wanted(member)

    def _word(self) -> None:
        """What everybody is told beside the meeting; trouble is told at once."""
        stalled = self.room.stalled
        said, self.fanout.word = self.fanout.word, (self.attention.unattended, stalled)
        if said[1] is not stalled:
            self.fanout.beat()

    def _published(self, published: Published) -> None:
        # The room's writer calls this: whatever fails here must not stop it.
        try:
            for link in published.links_touched:
                self._check(link, "revoked")
            self.fanout.publish(published)
        except Exception:
            log.exception("publishing %d failed", published.seq)

    def _check(self, link: LinkId, otherwise: str) -> None:
        now = self.room.now()
        for member in list(self._members.get(link, ())):
            if not still_valid(member.identity, self.room.meeting, now):
                code = "revoked" if otherwise == "revoked" else "expired"
                self.leave(member)
                member.outlet.goodbye(Bye(code, None))  # type: ignore[arg-type]


class Halls:
    """Every hall that is in use, and the one task that keeps their time."""

    def __init__(
        self,
        rooms: Rooms,
        limits: Limits,
        clock: Callable[[], float],
        *,
        peers: Peers | None = None,
        server: str = "",
    ) -> None:
        self._rooms = rooms
        self._limits = limits
        self._clock = clock
        self._peers = peers
        self._server = server
        self.company = Company(peers, self._elsewheres) if peers is not None else None
        self._halls: dict[MeetingId, Hall] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self.closing = False

    async def hall(self, meeting: MeetingId) -> Hall | None:
        """The hall of *meeting*; None if there is no such meeting."""
        room = await self._rooms.room(meeting)
        if room is None:
            return None
        hall = self._halls.get(meeting)
        if hall is None or hall.room is not room:
            if hall is not None:
                hall.unsubscribe()
            hall = self._halls[meeting] = Hall(
                room,
                self._limits,
                self._clock,
                peers=self._peers,
                server=self._server,
            )
        return hall

    @property
    def connected(self) -> int:
        """How many sockets have been welcomed."""
        return sum(hall.connected for hall in self._halls.values())

    def all(self) -> list[Hall]:
        """Every hall in use."""
        return list(self._halls.values())

    def start(self) -> None:
        """Begin to keep time, and company."""
        self._tasks.append(asyncio.create_task(self._keep_time()))
        if self.company is not None:
            keeping = self.company.keep(self._limits.here_s)
            self._tasks.append(asyncio.create_task(keeping))

    async def stop(self) -> None:
        """Keep time no longer, and tell other servers that everybody has left."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        if self.company is not None:
            await self.company.leave()
        while self._halls:
            self._halls.popitem()[1].unsubscribe()

    def spread_ms(self) -> int:
        """Over how long this server's clients are to come back."""
        limits = self._limits
        spread = int(self.connected * limits.spread_ms_per_client)
        return min(spread, limits.spread_ms_at_most)

    def goodbye(self) -> None:
        """The server restarts: everybody is told when to come back."""
        self.closing = True
        for hall in self.all():
            step = self._limits.spread_ms_per_client
            hall.close(lambda n, step=step: Bye("restarting", 500 + int(n * step)))  # type: ignore[misc]

    def _elsewheres(self) -> dict[MeetingId, Elsewhere]:
        return {
            meeting: hall.elsewhere
            for meeting, hall in self._halls.items()
            if hall.elsewhere is not None
        }

    async def _keep_time(self) -> None:
        next_beat = self._clock() + self._limits.beat_s
        while True:
            await asyncio.sleep(self._limits.here_s)
            beat = self._clock() >= next_beat
            if beat:
                next_beat = self._clock() + self._limits.beat_s
            for hall in self.all():
                try:
                    hall.tick()
                    if beat:
                        hall.fanout.beat()
                except Exception:
                    log.exception("a hall's tick failed")
