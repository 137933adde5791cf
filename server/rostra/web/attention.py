"""What follows from who is connected: pads that came, a speaker gone silent, nobody at
the floor.

With several servers it is the people of all of them that count. What is not known of
others is not concluded: nobody falls silent, and no meeting is left alone, because one
server cannot hear of another.

Presence is no state of the meeting. What of it matters to the meeting is asked of the
room, as the engine's alarms are, and the rules decide.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from rostra.core.actor import ALARM
from rostra.core.alarms import Alarm, Attended, Silent
from rostra.core.ids import Code, Instant, Role
from rostra.core.meeting import Intervention, Running
from rostra.engine.outcomes import Unsettled
from rostra.engine.room import Room
from rostra.web.settings import Limits

#: For so long others are told when the last device of a delegation was gone.
TOLD_MS = 60_000


class Person(Protocol):
    """Somebody who is connected, here or to another server."""

    @property
    def role(self) -> Role:
        """What they do."""
        ...

    @property
    def delegation(self) -> Code | None:
        """Whose voice they have."""
        ...


class Gone(Struct, frozen=True):
    """When the last device was gone, and when that is to be called silence."""

    since: Instant
    due: Instant


class Attention:
    """Watches the people of one hall. ``clock`` is seconds and never steps.

    Until ``as_of`` everything is known that was so on any server.
    """

    def __init__(self, room: Room, limits: Limits, clock: Callable[[], float]) -> None:
        self._room = room
        self._limits = limits
        self._clock = clock
        self.as_of: Callable[[], Instant] = room.now
        #: Devices by delegation: of this server, and of all.
        self._here: Counter[Code] = Counter()
        self._pads: Counter[Code] = Counter()
        #: When the last device of a delegation was gone: from this server, from any.
        self._left_here: dict[Code, Instant] = {}
        self._gone: dict[Code, Gone] = {}
        self._operators = 0
        self._no_operator_since = room.now()
        self._next_roll_call = clock() + limits.attended_s
        self._asking: dict[type[Alarm], asyncio.Task[None]] = {}
        self._settled: set[str] = set()

    @property
    def unattended(self) -> bool:
        """Whether no operator has been connected to any server for a while."""
        alone_ms = self.as_of() - self._no_operator_since
        return self._operators == 0 and alone_ms >= self._limits.unattended_s * 1000

    def look_anew(self) -> None:
        """Until now nobody was watched."""
        self._no_operator_since = self._room.now()

    def arrived(self, who: Person, *, here: bool = True) -> None:
        """A device has joined, *here* or elsewhere."""
        if who.role == "moderator":
            self._operators += 1
        if who.delegation is not None:
            self._pads[who.delegation] += 1
            self._here[who.delegation] += here

    def left(self, who: Person, *, here: bool = True) -> None:
        """A device is gone. When, is said by :meth:`gone` where it was not here."""
        if who.role == "moderator":
            self._operators -= 1
            self._no_operator_since = self._room.now()
        code = who.delegation
        if code is None:
            return
        self._pads[code] -= 1
        if here:
            self._here[code] -= 1
            self._left_here[code] = self._room.now()
            self.gone(code, self._room.now())

    def gone(self, code: Code, at: Instant, notice_ms: int = 0) -> None:
        """A device of *code* was gone *at*, or its server was.

        Then it has *notice_ms* more to find another one.
        """
        due = Instant(at + notice_ms + int(self._limits.silent_s * 1000))
        known = self._gone.get(code, Gone(at, due))
        self._gone[code] = Gone(max(known.since, at), max(known.due, due))

    def left_here(self) -> dict[Code, Instant]:
        """Who has left this server lately, and when."""
        since = self._room.now() - TOLD_MS
        return {code: at for code, at in self._left_here.items() if at >= since}

    def tick(self) -> None:
        """Ask the room for what follows; each kind once at a time."""
        if self._room.read_only or self._room.stalled:
            return
        if self._clock() >= self._next_roll_call:
            self._next_roll_call = self._clock() + self._limits.attended_s
            self._ask(self._attended())
        self._ask(self._silent())

    def _attended(self) -> Alarm | None:
        """Those with a pad here of whom the meeting does not know it: all in one.

        Other servers see to theirs; of one that both have, it is known once.
        """
        meeting = self._room.meeting
        if meeting.state not in ("lobby", "in_session", "suspended"):
            return None
        known = meeting.attendance
        fresh = [
            code
            for code, pads in self._here.items()
            if pads
            and code in meeting.roster.delegations
            and (code not in known or "pad" not in known[code].sources)
        ]
        return Attended(tuple(sorted(fresh))) if fresh else None

    def _silent(self) -> Alarm | None:
        """The one who speaks had devices, and all of them are gone from all servers.

        Since when is the same for every server, so that it is one effect.
        """
        meeting = self._room.meeting
        active = meeting.active
        if not meeting.profile.auto_hold or active is None:
            return None
        if not isinstance(active.clock, Running) or active.started_at is None:
            return None
        code = meeting.requests[active.request].delegation or Code("")
        gone = self._gone.get(code)
        if gone is None or self._pads[code] or gone.since < active.started_at:
            return None
        if self.as_of() < gone.due or _held_for_it(active, gone.since):
            return None
        return Silent(active.id, gone.since)

    def _ask(self, alarm: Alarm | None) -> None:
        if alarm is None or alarm.id in self._settled or type(alarm) in self._asking:
            return
        self._asking[type(alarm)] = asyncio.create_task(self._put(alarm))

    async def _put(self, alarm: Alarm) -> None:
        try:
            outcome = await self._room.submit(alarm, ALARM, b"")
            if isinstance(alarm, Silent) and not isinstance(outcome, Unsettled):
                # done, or the rules say no: either way not again
                self._settled.add(alarm.id)
        finally:
            del self._asking[type(alarm)]


def _held_for_it(active: Intervention, gone: Instant) -> bool:
    """Whether somebody has held the clock for that line, and let it go on since."""
    return any(
        hold.reason == "connection" and hold.since >= gone for hold in active.holds
    )
