"""The room: one inbox, one writer, for one meeting.

It takes everything that waits at once, decides one by one on a speculative state,
appends one batch, and only then, the batch being durable, answers and tells everybody.
Where the journal does not say "done", nothing of the batch is true: it is thrown away
and the journal is read again. If somebody else was faster the same batch is then
decided anew; otherwise nobody is told anything but to ask again.

Where other servers write to the journal too, the room follows it and goes on by what
they wrote between its own turns; and a turn that leads to nothing asks the journal all
the same, since a no from an old state, or a yes that may still be lost, is no answer.
What is refused here is refused on all servers: a command that still waits somewhere
must not happen after its sender was told no.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable, Iterable

from rostra.core.actor import ALARM, Actor
from rostra.core.alarms import Alarm, ServerReturned, next_alarm
from rostra.core.commands import AnyCommand
from rostra.core.ids import Instant
from rostra.core.refusals import Refusal
from rostra.engine.follower import Follower
from rostra.engine.outcomes import Accepted, Declined, Outcome, Unsettled
from rostra.engine.ports import (
    Appended,
    Clock,
    Conflict,
    Done,
    Journal,
    Refused,
    Unavailable,
    Unknown,
)
from rostra.engine.replay import Replayed
from rostra.engine.replica import Replica
from rostra.engine.turn import Pending, Turn
from rostra.protocol.messages import ResumeFrom

log = logging.getLogger(__name__)

#: At most so many commands become one batch, an alarm aside; history holds more.
BATCH = 256
RETRY_MS = 500
#: So often a batch is decided anew because somebody else was faster.
TRIES = 8
#: The loop's timers do not count a host's sleep: an alarm is looked at this often.
LOOK_AGAIN_S = 1.0
#: Of several servers the one that wrote last raises an alarm at once, the others so
#: much later, each a little differently: then nobody is in anybody's way.
LATER_MS = (100, 250)
#: A client that is further than this room waits so long for it to read on.
REACH_S = 2.0
_BROKEN = Refusal("read_only")


class Room(Replica):
    """A meeting in memory that takes commands."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        replayed: Replayed,
        failed: Callable[[str], None],
    ) -> None:
        super().__init__(journal, clock, replayed)
        #: Whether the journal as a whole is known to be away.
        self.unreached = False
        #: Whether it took nothing of this meeting the last time.
        self._stuck = False
        self._failed = failed
        self._inbox: list[Pending] = []
        self._batch: list[Pending] = []
        #: An alarm that had no effect is raised again, but not at once.
        self._no_alarm_before = Instant(0)
        self._later_ms = random.randint(*LATER_MS) if journal.shared else 0
        #: Up to where persons are erased in the journal, as far as is known here.
        self._erased_seq = 0
        #: Who waits until the journal was read to its end.
        self._looking: list[asyncio.Future[None]] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._follower = Follower(journal, self.meeting_id, self._wake.set)
        if not self.read_only:
            self._follower.start(self.head.seq)
        self._writer = asyncio.create_task(self._run(), name=f"room {self.meeting_id}")

    # For the people outside

    @property
    def stalled(self) -> bool:
        """Whether what is shown may be old, and nothing is taken at the moment.

        So it is for good where this server cannot follow what others write.
        """
        alone = self.read_only and self._journal.shared
        return self.unreached or self._stuck or alone

    def ask(
        self,
        command: AnyCommand | Alarm,
        actor: Actor,
        digest: bytes,
        settled: Callable[[Outcome], None],
        until: Instant | None = None,
    ) -> None:
        """Put a command into the inbox; *settled* is called once with its outcome.

        *digest* is the SHA-256 of the command's canonical JSON: the same id with
        another payload is refused as ``id_reused``. Order of asking is kept. After
        *until* it does not act any more, whatever it waited for, and is refused as
        ``expired``; one that was taken before gets its answer all the same. What was
        accepted is told before everybody hears of it, so that both can go out as one.
        """
        pending = Pending(command, actor, digest.hex(), settled, until)
        if self.read_only:
            pending.settle(self._not_taken(pending))
        elif self._closing:
            pending.settle(Unsettled(RETRY_MS))
        else:
            self._inbox.append(pending)
            self._wake.set()

    def _not_taken(self, pending: Pending) -> Outcome:
        """What a room answers that may not write."""
        known = self._ledger.accepted(pending.key)
        if known is not None and known.digest == pending.digest:
            return Accepted(known.seq, known.result)
        # another server may have done it, or may do it yet
        return Unsettled(RETRY_MS) if self._journal.shared else Declined(_BROKEN)

    async def submit(
        self,
        command: AnyCommand | Alarm,
        actor: Actor,
        digest: bytes,
        until: Instant | None = None,
    ) -> Outcome:
        """:meth:`ask`, and wait for the outcome."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

        def settled(found: Outcome) -> None:
            if not outcome.done():
                outcome.set_result(found)

        self.ask(command, actor, digest, settled, until)
        return await outcome

    async def reach(self, resume: ResumeFrom | None) -> None:
        """Where *resume* is not of this room's past, read the journal to its end first.

        On another server its client may have seen more than this one has heard of.
        """
        if resume is None or not self._journal.shared or self._closing:
            return
        if resume.epoch == self.epoch and resume.seq <= self.head.seq:
            return
        looked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._looking.append(looked)
        self._wake.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(REACH_S):
                await looked

    async def close(self) -> None:
        """Settle what is in the inbox, then stop."""
        self._closing = True
        self._wake.set()
        await self._writer
        self._follower.stop()

    # The writer

    async def _run(self) -> None:
        while not (self._closing and not self._inbox):
            try:
                await self._round()
            except Exception as error:
                log.exception("room %s stopped", self.meeting_id)
                if not self._journal.shared:
                    self._stop(f"{type(error).__name__}: {error}")
                    return
                # one meeting's misfortune; the other servers may still know better
                self.read_only = True
                self._follower.stop()
                for pending in (*self._batch, *self._inbox):
                    pending.settle(self._not_taken(pending))
                self._batch, self._inbox = [], []

    async def _round(self) -> None:
        if self.meeting.erased_seq > self._erased_seq:
            await self._forget()
        self._batch = await self._take()
        await self._hear()
        if self._batch:
            await self._turn(self._batch)
        self._batch = []

    async def _take(self) -> list[Pending]:
        """Everything that waits; an alarm when its time has come."""
        alarm = None if self.read_only else next_alarm(self.meeting)
        due: int | None = None
        if alarm is not None:
            later_ms = 0 if self._wrote_last else self._later_ms
            due = max(alarm[0] + later_ms, self._no_alarm_before)
        while not (self._inbox or self._heard_something or self._closing):
            left_s = None if due is None else (due - self._clock.now()) / 1000
            if left_s is not None and left_s <= 0:
                break
            self._wake.clear()
            delay = None if left_s is None else min(left_s, LOOK_AGAIN_S)
            try:
                async with asyncio.timeout(LOOK_AGAIN_S if self._doubtful else delay):
                    await self._wake.wait()
            except TimeoutError:
                if self._doubtful:
                    break
        batch, self._inbox = self._inbox[:BATCH], self._inbox[BATCH:]
        if alarm and due is not None and self._clock.now() >= due:
            self._no_alarm_before = Instant(self._clock.now() + RETRY_MS)
            batch.insert(0, Pending(alarm[1], ALARM, ""))
        return batch

    async def _turn(self, batch: list[Pending]) -> None:
        for _ in range(TRIES):
            if self.read_only:
                for pending in batch:
                    pending.settle(self._not_taken(pending))
                return
            turn = Turn(self.meeting, self.head, self._ledger, self._time())
            for pending in batch:
                turn.add(pending)
            appended = await self._append(turn)
            match appended:
                case Done():
                    self._well()
                    if turn.commits:
                        self._no_alarm_before = Instant(0)
                    self.accept(turn)
                    return
                case Unknown():
                    await self._lost(appended, batch)
                    return
                case Refused():
                    self._ledger.refused_elsewhere(appended.refused, turn.at)
                case Conflict():
                    log.debug("%s: somebody was faster", self.meeting_id)
                    try:
                        if not await self.catch_up():
                            await self.take_over()
                    except Unavailable as error:
                        await self._lost(error.why, batch)
                        return
        _settle(batch, Unsettled(RETRY_MS))

    async def _append(self, turn: Turn) -> Appended:
        if self._journal.shared:
            return await self._journal.append(
                self.meeting_id, self.head, turn.commits, verdicts=turn.verdicts
            )
        if not turn.commits:
            return Done(self.head)
        return await self._journal.append(self.meeting_id, self.head, turn.commits)

    def _time(self) -> Instant:
        """Now, and never before the last commit."""
        return max(self._clock.now(), self.meeting.at)

    async def _lost(self, unknown: Unknown, batch: list[Pending]) -> None:
        """Nothing of the turn is acknowledged; what the journal has is the truth."""
        if not self._trouble(unknown):
            return
        # before a journal is read that may not answer
        _settle(batch, Unsettled(RETRY_MS))
        with contextlib.suppress(Unavailable):
            await self.catch_up()

    def _trouble(self, why: Unknown) -> bool:
        """The journal takes or gives nothing at the moment; whether it may again."""
        if why.fatal:
            self._stop(why.reason)
        elif not self._stuck:
            log.error("the journal of %s takes nothing: %s", self.meeting_id, why)
        self._stuck = True
        return not why.fatal

    def _well(self) -> None:
        if self._stuck:
            log.warning("the journal of %s is well again", self.meeting_id)
        self._stuck = False

    async def _forget(self) -> None:
        """Persons were erased: from the journal too, and from what is at hand.

        Where that fails it is tried again after the next turn, and at the next start.
        """
        if self.read_only:
            return
        try:
            await self._journal.forget(self.meeting_id, self.meeting.erased_seq)
        except Unavailable as error:
            self._trouble(error.why)
            return
        except KeyError:
            log.exception("persons of %s cannot be erased", self.meeting_id)
            return
        self._erased_seq = self.meeting.erased_seq
        self.forget_steps()

    # What others wrote

    @property
    def _heard_something(self) -> bool:
        return bool(self._follower.heard or self._follower.damaged or self._looking)

    @property
    def _doubtful(self) -> bool:
        """Whether the journal is to be looked at again before long."""
        return (
            not self.read_only
            and self._journal.shared
            and (self._estranged or self._stuck)
        )

    async def _hear(self) -> None:
        """Go on by what was heard, and to the journal's end if somebody asks for it."""
        heard, looking, self._looking = self._follower.take(), self._looking, []
        known = [commit for commit in heard if commit.seq <= self.head.seq]
        fresh = heard[len(known) :]
        try:
            if self.read_only:
                self._follower.stop()
            elif (
                self._follower.damaged
                or self._estranged
                or not all(map(self._past.has, known))
                or not self.fold(fresh)
            ):
                await self.take_over()
                self._well()
            elif looking or self._doubtful:
                await self.catch_up()
                self._well()
        except Unavailable as error:
            self._trouble(error.why)
        for each in looking:
            if not each.done():
                each.set_result(None)

    async def take_over(self) -> None:
        """As the replica's; what was heard of the other past does not count."""
        self._estranged, self._follower.damaged = True, False
        await super().take_over()
        self._follower.start(self.head.seq)

    async def note_downtime(self, since: Instant) -> None:
        """The server was last alive at *since*; the console asks if it matters."""
        until = self._clock.now()
        prompt_ms = self.meeting.profile.downtime_prompt_s * 1000
        if self.meeting.floor and until - since > prompt_ms:
            await self.submit(ServerReturned(since, until), ALARM, b"")

    def _stop(self, reason: str) -> None:
        """This journal must not be used any more: the process has to start again."""
        self._closing = True
        _settle((*self._batch, *self._inbox), Unsettled(RETRY_MS))
        self._inbox = []
        self._failed(reason)


def _settle(batch: Iterable[Pending], outcome: Outcome) -> None:
    for pending in batch:
        pending.settle(outcome)
