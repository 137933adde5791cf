"""The room: one inbox, one writer, for one meeting.

It takes everything that waits at once, decides one by one on a speculative state,
appends one batch, and only then, the batch being durable, answers and tells everybody.
Where the journal does not say "done", nothing of the batch is true: it is thrown away
and the journal is read again. If somebody else was faster the same batch is then
decided anew; otherwise nobody is told anything but to ask again.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping

from rostra.core.actor import ALARM, Actor
from rostra.core.alarms import Alarm, ServerReturned, next_alarm
from rostra.core.commands import AnyCommand
from rostra.core.differing import Between, altered
from rostra.core.entities import Mine
from rostra.core.ids import Audience, Code, Instant, LinkId, MeetingId
from rostra.core.meeting import Meeting
from rostra.core.own import mine, told_between
from rostra.core.refusals import Refusal
from rostra.core.sight import Sight
from rostra.core.views import order, snapshot
from rostra.engine.history import AUDIENCES, History
from rostra.engine.ledger import Ledger
from rostra.engine.outcomes import Declined, Outcome, Published, Tail, Unsettled
from rostra.engine.ports import (
    Appended,
    Clock,
    Conflict,
    Damaged,
    Done,
    Journal,
    Unknown,
)
from rostra.engine.replay import Replayed
from rostra.engine.turn import Pending, Turn
from rostra.protocol.commit import Commit, Head, follows, wire_mark
from rostra.protocol.messages import ResumeFrom, State
from rostra.protocol.stored import read

log = logging.getLogger(__name__)

#: At most so many commands become one batch, an alarm aside; history holds more.
BATCH = 256
RETRY_MS = 500
#: So often a batch is decided anew because somebody else was faster.
TRIES = 8
#: The loop's timers do not count a host's sleep: an alarm is looked at this often.
LOOK_AGAIN_S = 1.0
_BROKEN = Refusal("read_only")


class Room:
    """A meeting in memory, in front of its journal."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        replayed: Replayed,
        failed: Callable[[str], None],
    ) -> None:
        self.meeting_id: MeetingId = replayed.meeting.id
        self.meeting = replayed.meeting
        self.head = replayed.head
        self.read_only = replayed.read_only
        #: Whether the journal takes nothing at the moment.
        self.stalled = False
        #: Commands that had been answered with ok and were lost with a part of the past.
        self.not_kept: Mapping[LinkId, tuple[str, ...]] = {}
        self._journal = journal
        self._clock = clock
        self._ledger: Ledger = replayed.ledger
        self._failed = failed
        #: What several layers of one state share.
        self._sight = Sight(self.meeting)
        self._history = History(self.epoch, self.head.seq, self.chain)
        self._listeners: list[Callable[[Published], None]] = []
        self._inbox: list[Pending] = []
        self._batch: list[Pending] = []
        #: An alarm that had no effect is raised again, but not at once.
        self._no_alarm_before = Instant(0)
        self._wake = asyncio.Event()
        self._closing = False
        self._writer = asyncio.create_task(self._run(), name=f"room {self.meeting_id}")

    @property
    def epoch(self) -> str:
        """The random id of this meeting's history."""
        return self.head.epoch

    @property
    def chain(self) -> str:
        """The mark of the last commit, as it crosses the wire."""
        return wire_mark(self.head.hash)

    # For the people outside

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
        if self.read_only:
            settled(Declined(_BROKEN))
        elif self._closing:
            settled(Unsettled(RETRY_MS))
        else:
            self._inbox.append(Pending(command, actor, digest.hex(), settled, until))
            self._wake.set()

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

    def now(self) -> Instant:
        """The server's time."""
        return self._clock.now()

    def snapshot(self, audience: Audience) -> State:
        """The whole view of *audience* at the present seq."""
        return State(
            snapshot(self.meeting, audience),
            {key: list(ids) for key, ids in order(self.meeting, audience).items()},
        )

    def mine(self, delegation: Code) -> Mine:
        """A delegation's own layer at the present seq."""
        return mine(self.meeting, delegation, self._sight)

    def since(self, audience: Audience, resume: ResumeFrom | None) -> Tail:
        """The missed change as one merged delta, or why a snapshot is needed."""
        reason = self._history.reason(resume)
        if reason or resume is None:
            return Tail(None, reason)
        return Tail(self._history.between(audience, resume.seq), None)

    def missed(self, audience: Audience, after: int) -> Tail:
        """As :meth:`since`, for a client of which this server knows where it stands."""
        mark = self._history.mark(after)
        if mark is None:
            return Tail(None, "too_old")
        return self.since(audience, ResumeFrom(self.epoch, after, mark))

    def turns(self, after: int, to: int) -> int:
        """How many deltas lead from seq *after* to seq *to*, one for each turn."""
        return self._history.turns(after, to)

    def subscribe(self, listener: Callable[[Published], None]) -> Callable[[], None]:
        """Call *listener* after each turn, in order; answers with its cancellation."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def close(self) -> None:
        """Settle what is in the inbox, then stop."""
        self._closing = True
        self._wake.set()
        await self._writer

    # The writer

    async def _run(self) -> None:
        try:
            while not (self._closing and not self._inbox):
                self._batch = await self._take()
                await self._turn(self._batch)
                self._batch = []
        except Exception as error:
            log.exception("room %s stopped", self.meeting_id)
            self._stop(f"{type(error).__name__}: {error}")

    async def _take(self) -> list[Pending]:
        """Everything that waits; an alarm when its time has come."""
        alarm = None if self.read_only else next_alarm(self.meeting)
        due = max(alarm[0], self._no_alarm_before) if alarm else None
        while not self._inbox and not self._closing:
            left_s = None if due is None else (due - self._clock.now()) / 1000
            if left_s is not None and left_s <= 0:
                break
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                delay = None if left_s is None else min(left_s, LOOK_AGAIN_S)
                async with asyncio.timeout(delay):
                    await self._wake.wait()
        batch, self._inbox = self._inbox[:BATCH], self._inbox[BATCH:]
        if alarm and due is not None and self._clock.now() >= due:
            self._no_alarm_before = Instant(self._clock.now() + RETRY_MS)
            batch.insert(0, Pending(alarm[1], ALARM, ""))
        return batch

    async def _turn(self, batch: list[Pending]) -> None:
        for _ in range(TRIES):
            if self.read_only:
                _settle(batch, Declined(_BROKEN))
                return
            turn = Turn(self.meeting, self.head, self._ledger, self._time())
            for pending in batch:
                turn.add(pending)
            appended: Appended = Done(self.head)
            if turn.commits:
                appended = await self._journal.append(
                    self.meeting_id, self.head, turn.commits
                )
            match appended:
                case Done():
                    self._accept(turn)
                    return
                case Unknown():
                    await self._lost(appended, batch)
                    return
                case Conflict():
                    log.warning("append to %s: %s", self.meeting_id, appended)
                    if not await self.catch_up():
                        # The journal's past is not ours: a new start reads it all.
                        self._stop(f"{self.meeting_id}: the journal has another past")
                        return
        _settle(batch, Unsettled(RETRY_MS))

    def _time(self) -> Instant:
        """Now, and never before the last commit."""
        return max(self._clock.now(), self.meeting.at)

    def _accept(self, turn: Turn) -> None:
        """The batch is durable: it is the truth now, and everybody hears of it."""
        if not turn.commits:
            turn.settle()
            return
        between = self._advance(turn.commits[-1], turn.states[-1])
        turn.settle()
        self._no_alarm_before = Instant(0)
        self._publish(between)

    async def _lost(self, unknown: Unknown, batch: list[Pending]) -> None:
        """Nothing of the turn is acknowledged; what the journal has is the truth."""
        log.error("append to %s: %s", self.meeting_id, unknown)
        if unknown.fatal:
            self._stop(unknown.reason)
            return
        await self.catch_up()
        _settle(batch, Unsettled(RETRY_MS))

    async def catch_up(self) -> bool:
        """Read on in the journal from where this room stands; whether there was more.

        Raises :class:`Damaged` where the journal goes on from another commit than
        ours, and Unavailable.
        """
        start = self.meeting
        last: Commit | None = None
        head = self.head.hash
        replayed = Replayed(self.meeting, self.head, self._ledger)
        async for commit in self._journal.read(self.meeting_id, self.head.seq):
            if not follows(head, commit):
                raise Damaged(self.meeting_id, commit.seq)
            try:
                replayed.add(commit, read(commit))
            # As in a replay: what cannot be followed must not be written after.
            except Exception:
                log.exception("%s is read-only", self.meeting_id)
                self.read_only = True
                break
            last, head = commit, commit.hash
            if commit.seq - self.meeting.seq >= BATCH:
                self._publish(self._advance(commit, replayed.meeting))
                last = None
        if last is not None:
            self._publish(self._advance(last, replayed.meeting))
        return self.meeting is not start or self.read_only

    def _advance(self, commit: Commit, state: Meeting) -> Between:
        """*commit* ends a turn, is in the journal, and *state* is true after it."""
        between = Between(self.meeting, state)
        self._history.add(between, wire_mark(commit.hash))
        self.meeting, self._sight = state, between.now
        self.head = Head(self.epoch, commit.seq, commit.hash)
        return between

    def _publish(self, between: Between) -> None:
        before = between.old
        deltas = {
            audience: found
            for audience in AUDIENCES
            if self._history.changed(audience, before.seq)
            and (found := self._history.between(audience, before.seq))
        }
        published = Published(
            from_seq=before.seq,
            seq=self.meeting.seq,
            at=self.meeting.at,
            deltas=deltas,
            mine=told_between(between),
            links_touched=frozenset(altered(before.links, self.meeting.links)),
        )
        for listener in list(self._listeners):
            try:
                listener(published)
            except Exception:
                # It happened; a listener's fault must not keep others from hearing.
                log.exception("a listener of %s failed", self.meeting_id)

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
