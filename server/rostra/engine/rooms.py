"""All meetings of this server: read when first needed, closed at the end."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator

from msgspec import Struct, structs

from rostra.core.actor import CONTROL_LINK
from rostra.core.events import Carried, MeetingCreated
from rostra.core.ids import Instant, MeetingId
from rostra.core.meeting import Link, Meeting, Person
from rostra.core.profile import Profile
from rostra.core.programme import Planned, Programme
from rostra.core.roster import Roster
from rostra.engine.lost import tell
from rostra.engine.ports import Clock, Done, Journal, Unavailable
from rostra.engine.replay import replay
from rostra.engine.room import Room
from rostra.protocol.commit import SALT_BYTES, Commit, first_hash, seal
from rostra.protocol.stored import Origin, Record, write

log = logging.getLogger(__name__)

ALIVE_EVERY_S = 1.0
#: The secret from which a meeting's draws by lot get their seeds.
LOT_KEY_BYTES = 32
#: A meeting that was served within a day may go on: its lists close on time.
WAKE_MS = 86_400_000
#: Of several servers each opens so often what others have opened: they may die.
WAKE_EVERY_S = 30.0


class MeetingExists(Exception):
    """There is a meeting of this id already."""


class NotCreated(Exception):
    """The journal did not take the meeting's first commit; the text says why."""


class Founding(Struct, frozen=True, kw_only=True):
    """Everything that a meeting is made from; its first commit carries it all."""

    meeting: MeetingId
    programme: Programme
    planned: Planned
    profile: Profile
    roster: Roster
    links: tuple[Link, ...]
    #: Who was not heard in an earlier meeting of the item, and who was to speak.
    carried: tuple[Carried, ...] = ()
    persons: tuple[Person | None, ...] = ()


def first_record(founding: Founding, epoch: str, at: Instant) -> Record:
    """The first commit of the meeting that *founding* describes, in words."""
    event = MeetingCreated(
        meeting=founding.meeting,
        programme=founding.programme,
        planned=founding.planned,
        profile=founding.profile,
        roster=founding.roster,
        links=founding.links,
        lot_key=os.urandom(LOT_KEY_BYTES).hex(),
        carried=founding.carried,
        persons=founding.persons,
    )
    return Record(
        meeting=founding.meeting,
        epoch=epoch,
        seq=1,
        at=at,
        events=(event,),
        origin=Origin(
            role="moderator",
            link=CONTROL_LINK,
            command=f"create:{founding.meeting}",
            digest="",
            result={},
        ),
    )


class Rooms:
    """Every meeting of one journal.

    Not *serving* is for a command that only looks or writes and goes: it leaves no
    sign that a server was alive, and answers for no downtime.
    ``failed`` is done, with a sentence, once the journal must not be used any more:
    the process is then to stop and be started again.
    """

    def __init__(self, journal: Journal, clock: Clock, *, serving: bool = True) -> None:
        self._journal = journal
        self._serving = serving
        self._clock = clock
        self._rooms: dict[MeetingId, Room] = {}
        self._opening: dict[MeetingId, asyncio.Task[Room | None]] = {}
        self._rosters: dict[str, Roster] = {}
        self._alive: asyncio.Task[None] | None = None
        self.failed: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def room(self, meeting: MeetingId) -> Room | None:
        """The room of *meeting*, replayed if need be; None if there is none.

        Raises Unreadable if not even its first commit can be read.
        """
        if meeting in self._rooms:
            return self._rooms[meeting]
        opening = self._opening.get(meeting)
        if opening is None:
            opening = asyncio.create_task(self._open(meeting), name=f"open {meeting}")
            self._opening[meeting] = opening
            opening.add_done_callback(lambda _: self._opening.pop(meeting))
        # Shielded: others may wait for it too.
        return await asyncio.shield(opening)

    async def wake(self) -> None:
        """Open the meetings that were served a while ago: they may have alarms due.

        All others are read when somebody first needs them, and whomever somebody needs
        meanwhile comes before these. Of several servers each goes on to look what
        others have opened, until cancelled.
        """
        await self._wake()
        while self._journal.shared:
            await asyncio.sleep(WAKE_EVERY_S)
            await self._wake()

    async def _wake(self) -> None:
        try:
            for meeting in await self._asleep():
                while self._opening:
                    await asyncio.wait(list(self._opening.values()))
                try:
                    await self.room(meeting)
                except Unavailable:
                    raise
                except Exception:
                    # One meeting's misfortune; whoever asks for it is told.
                    log.exception("%s cannot be opened", meeting)
        except Unavailable as error:
            log.error("no more meetings are opened: %s", error)
            if error.why.fatal:
                self._fail(error.why.reason)

    async def _asleep(self) -> list[MeetingId]:
        """The meetings to wake, those that were served last first."""
        now = self._clock.now()
        found = [
            (stored.alive_at, stored.meeting)
            for stored in await self._journal.meetings()
            if stored.alive_at is not None
            and now - stored.alive_at < WAKE_MS
            and stored.meeting not in self._rooms
        ]
        return [meeting for _, meeting in sorted(found, key=lambda each: -each[0])]

    async def meetings(self) -> list[MeetingId]:
        """The ids of all meetings of the journal."""
        return [stored.meeting for stored in await self._journal.meetings()]

    def commits(self, meeting: MeetingId) -> AsyncIterator[Commit]:
        """The history of *meeting* from its first commit on, as it is kept.

        Raises Damaged and Unavailable.
        """
        return self._journal.read(meeting, 0)

    def all(self) -> list[Room]:
        """Every meeting that is open here."""
        return list(self._rooms.values())

    async def create(self, founding: Founding) -> Room:
        """Make a meeting by its first commit. Raises :class:`MeetingExists`."""
        epoch = os.urandom(8).hex()
        record = first_record(founding, epoch, self._clock.now())
        salts = (os.urandom(SALT_BYTES), os.urandom(SALT_BYTES))
        first = seal(first_hash(founding.meeting), 1, write(record), salts)
        appended = await self._journal.create(founding.meeting, epoch, first)
        if not isinstance(appended, Done):
            try:
                stored = await self._journal.stored(founding.meeting)
            except Unavailable as error:
                raise NotCreated(error.why.reason) from error
            if stored is None:
                raise NotCreated(str(appended))
            if stored.head.hash != first.hash:  # else only the answer was lost
                raise MeetingExists(founding.meeting)
            kept = await self._journal.append(founding.meeting, stored.head, ())
            if not isinstance(kept, Done):
                raise NotCreated(str(kept))
        # Whoever looked before it was made may still be told that it is not there.
        room = await self.room(founding.meeting) or await self.room(founding.meeting)
        assert room is not None
        return room

    async def close(self) -> None:
        """Stop every room, having settled what was in their inboxes."""
        opening = list(self._opening.values())
        for task in opening:
            task.cancel()
        await asyncio.gather(*opening, return_exceptions=True)
        if self._alive:
            self._alive.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._alive
        for room in self._rooms.values():
            await room.close()

    async def _open(self, meeting: MeetingId) -> Room | None:
        stored = await self._journal.stored(meeting)
        if stored is None:
            return None
        replayed = await replay(self._journal, stored)
        replayed.read_only = replayed.read_only or self._journal.read_only
        kept = self._journal.lost.pop(meeting, None)
        untold = not self._journal.shared or (
            # else another server has told it already
            kept is not None and kept.epoch == replayed.head.epoch
        )
        if kept and untold and self._serving and not replayed.read_only:
            await tell(self._journal, replayed, kept, self._clock.now())
        replayed.meeting = self._sharing(replayed.meeting)
        self._clock.not_before(replayed.meeting.at)
        room = Room(self._journal, self._clock, replayed, self._fail)
        self._rooms[meeting] = room
        if not self._serving:
            return room
        if self._alive is None:
            self._alive = asyncio.create_task(self._stamp(), name="alive")
        if stored.alive_at is not None:
            await room.note_downtime(stored.alive_at)
        return room

    def _sharing(self, meeting: Meeting) -> Meeting:
        """*meeting* with the roster that others have too: half of what it weighs."""
        roster = self._rosters.setdefault(meeting.roster.id, meeting.roster)
        if roster != meeting.roster:
            return meeting
        return structs.replace(meeting, roster=roster)

    async def _stamp(self) -> None:
        """Each second: this server serves these meetings."""
        well = True
        while not self.failed.done():
            try:
                await self._journal.alive(self._awake(), self._clock.now())
            except Unavailable as error:
                # A full disk may have room again; what is spent is spent.
                if error.why.fatal:
                    self._fail(error.why.reason)
                if well:
                    log.warning("no sign of life kept: %s", error)
                well = False
                self._unreached(True)
            else:
                if not well:
                    log.warning("signs of life are kept again")
                well = True
                self._unreached(False)
            await asyncio.sleep(ALIVE_EVERY_S)

    def _awake(self) -> list[MeetingId]:
        """The meetings in which something may still happen."""
        return [
            meeting
            for meeting, room in self._rooms.items()
            if room.meeting.state != "archived"
        ]

    def _unreached(self, unreached: bool) -> None:
        for room in self._rooms.values():
            room.unreached = unreached

    def _fail(self, reason: str) -> None:
        if not self.failed.done():
            self.failed.set_result(reason)
