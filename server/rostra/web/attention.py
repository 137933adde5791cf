"""What follows from who is connected: pads that came, a speaker gone silent, nobody at
the floor.

Presence is no state of the meeting. What of it matters to the meeting is asked of the
room, as the engine's alarms are, and the rules decide.
"""

import asyncio
from collections.abc import Callable

from rostra.core.actor import ALARM
from rostra.core.alarms import Alarm, Attended, Silent
from rostra.core.ids import Code, Instant
from rostra.core.meeting import Running
from rostra.engine.outcomes import Unsettled
from rostra.engine.room import Room
from rostra.web.identity import Identity
from rostra.web.settings import Limits


class Attention:
    """Watches the people of one hall. ``clock`` is seconds and never steps."""

    def __init__(self, room: Room, limits: Limits, clock: Callable[[], float]) -> None:
        self._room = room
        self._limits = limits
        self._clock = clock
        self._pads: dict[Code, int] = {}
        #: When the last device of a delegation was gone, by the server's time.
        self._gone: dict[Code, Instant] = {}
        self._operators = 0
        self._no_operator_since = clock()
        self._next_roll_call = clock() + limits.attended_s
        self._asking: dict[type[Alarm], asyncio.Task[None]] = {}
        self._settled: set[str] = set()

    @property
    def unattended(self) -> bool:
        """Whether no operator has been connected for a while."""
        since = self._clock() - self._no_operator_since
        return self._operators == 0 and since >= self._limits.unattended_s

    def arrived(self, identity: Identity) -> None:
        """A device has joined."""
        if identity.role == "moderator":
            self._operators += 1
        if identity.delegation is not None:
            self._pads[identity.delegation] = self._pads.get(identity.delegation, 0) + 1
            self._gone.pop(identity.delegation, None)

    def left(self, identity: Identity) -> None:
        """A device is gone."""
        if identity.role == "moderator":
            self._operators -= 1
            self._no_operator_since = self._clock()
        code = identity.delegation
        if code is None:
            return
        self._pads[code] -= 1
        if not self._pads[code]:
            del self._pads[code]
            self._gone[code] = self._room.now()

    def tick(self) -> None:
        """Ask the room for what follows; each kind once at a time."""
        if self._room.read_only:
            return
        if self._clock() >= self._next_roll_call:
            self._next_roll_call = self._clock() + self._limits.attended_s
            self._ask(self._attended())
        self._ask(self._silent())

    def _attended(self) -> Alarm | None:
        """Those with a pad here of whom the meeting does not know it: all in one."""
        meeting = self._room.meeting
        if meeting.state not in ("lobby", "in_session", "suspended"):
            return None
        known = meeting.attendance
        fresh = [
            code
            for code in self._pads
            if code in meeting.roster.delegations
            and (code not in known or "pad" not in known[code].sources)
        ]
        return Attended(tuple(sorted(fresh))) if fresh else None

    def _silent(self) -> Alarm | None:
        """The one who speaks had devices here, and all of them are gone."""
        meeting = self._room.meeting
        active = meeting.active
        if not meeting.profile.auto_hold or active is None:
            return None
        if not isinstance(active.clock, Running) or active.started_at is None:
            return None
        gone = self._gone.get(meeting.requests[active.request].delegation or Code(""))
        if gone is None or gone < active.started_at:
            return None
        if self._room.now() - gone < self._limits.silent_s * 1000:
            return None
        return Silent(active.id, gone)

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
