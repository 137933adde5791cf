"""The room: one inbox, one writer, for one meeting.

It takes everything that waits at once, decides one by one on a speculative state,
appends one batch, and only then, the batch being durable, answers and tells everybody.
Where the journal does not say "done", nothing of the batch is true: it is thrown away
and the journal is read again.
"""

import asyncio
import logging
import os
from collections.abc import Callable

from msgspec import Struct

from rostra.core.actor import ALARM, Actor
from rostra.core.alarms import Alarm, ServerReturned, next_alarm
from rostra.core.commands import AnyCommand
from rostra.core.decide import Decision, decide
from rostra.core.entities import Mine
from rostra.core.ids import Audience, Code, Instant, MeetingId
from rostra.core.meeting import Meeting
from rostra.core.refusals import Refusal
from rostra.core.views import mine, mine_changed, order, snapshot
from rostra.engine.history import AUDIENCES, History
from rostra.engine.ledger import Answered, Key, Ledger
from rostra.engine.outcomes import (
    Accepted,
    Declined,
    Outcome,
    Published,
    Tail,
    Unsettled,
)
from rostra.engine.ports import Clock, Conflict, Done, Journal, Unknown
from rostra.engine.replay import Replayed
from rostra.protocol.commit import SALT_BYTES, Commit, Head, chain_mark, seal
from rostra.protocol.messages import ResumeFrom, State
from rostra.protocol.stored import Origin, Record, read, write

log = logging.getLogger(__name__)

#: At most so many commands become one batch.
BATCH = 512
RETRY_MS = 500
_BROKEN = Refusal("read_only")


class _Pending(Struct):
    command: AnyCommand | Alarm
    actor: Actor
    digest: str
    answer: asyncio.Future[Outcome]


class _Turn:
    """A batch in the making: the speculative state and what it will answer."""

    def __init__(self, room: "Room", at: Instant) -> None:
        self.at = at
        self.meeting = room.meeting
        self.hash = room.head.hash
        self.commits: list[Commit] = []
        self.states: list[Meeting] = []
        self.accepted: dict[Key, Answered] = {}
        #: Answers that hold once the batch is durable.
        self.answers: list[tuple[_Pending, Outcome]] = []


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
        self._journal = journal
        self._clock = clock
        self._ledger: Ledger = replayed.ledger
        self._failed = failed
        self._history = History(self.epoch, self.head.seq, self.chain)
        self._listeners: list[Callable[[Published], None]] = []
        self._inbox: list[_Pending] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._writer = asyncio.create_task(self._run(), name=f"room {self.meeting_id}")

    @property
    def epoch(self) -> str:
        """The random id of this meeting's history."""
        return self.head.epoch

    @property
    def chain(self) -> str:
        """The short hash of the last commit."""
        return chain_mark(self.head.hash)

    # For the people outside

    async def submit(
        self, command: AnyCommand | Alarm, actor: Actor, digest: bytes
    ) -> Outcome:
        """Put a command into the inbox and wait for its outcome.

        *digest* is the SHA-256 of the command's canonical JSON: the same id with
        another payload is refused as ``id_reused``. Order of submission is kept.
        """
        if self.read_only:
            return Declined(_BROKEN)
        if self._closing:
            return Unsettled(RETRY_MS)
        answer = asyncio.get_running_loop().create_future()
        self._inbox.append(_Pending(command, actor, digest.hex(), answer))
        self._wake.set()
        outcome: Outcome = await answer
        return outcome

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
        return mine(self.meeting, delegation)

    def since(self, audience: Audience, resume: ResumeFrom | None) -> Tail:
        """The missed change as one merged delta, or why a snapshot is needed."""
        reason = self._history.reason(resume)
        if reason or resume is None:
            return Tail(None, reason)
        return Tail(self._history.between(audience, resume.seq), None)

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
                batch = await self._take()
                if batch:
                    await self._turn(batch)
        except Exception as error:
            log.exception("room %s stopped", self.meeting_id)
            self._stop(f"{type(error).__name__}: {error}")

    async def _take(self) -> list[_Pending]:
        """Everything that waits; an alarm when its time has come."""
        alarm = None if self.read_only else next_alarm(self.meeting)
        while not self._inbox and not self._closing:
            delay = max(0.0, (alarm[0] - self._clock.now()) / 1000) if alarm else None
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), delay)
            except TimeoutError:
                break
        batch, self._inbox = self._inbox[:BATCH], self._inbox[BATCH:]
        if alarm and self._clock.now() >= alarm[0]:
            batch.insert(0, self._alarm(alarm[1]))
        return batch

    def _alarm(self, alarm: Alarm) -> _Pending:
        return _Pending(alarm, ALARM, "", asyncio.get_running_loop().create_future())

    async def _turn(self, batch: list[_Pending]) -> None:
        turn = _Turn(self, max(self._clock.now(), self.meeting.at))
        for pending in batch:
            turn.answers.append((pending, self._decide(turn, pending)))
        if turn.commits:
            appended = await self._journal.append(
                self.meeting_id, self.head, turn.commits
            )
            if not isinstance(appended, Done):
                await self._lost(appended, turn)
                return
            self._accept(turn)
        for pending, outcome in turn.answers:
            _answer(pending, outcome)

    def _decide(self, turn: _Turn, pending: _Pending) -> Outcome:
        key = (pending.actor.link, pending.command.id)
        known = turn.accepted.get(key) or self._ledger.accepted(key)
        if known:
            if known.digest != pending.digest:
                return Declined(Refusal("id_reused"))
            return Accepted(known.seq, known.result)
        refused = self._ledger.refused(key, pending.digest, turn.at)
        if refused:
            return Declined(refused)
        try:
            decision = decide(turn.meeting, pending.command, pending.actor, turn.at)
        except Exception:
            log.exception("deciding %s", type(pending.command).__name__)
            return Declined(Refusal("internal"))
        if isinstance(decision, Refusal):
            self._ledger.refuse(key, pending.digest, turn.at, decision)
            return Declined(decision)
        return self._write(turn, pending, key, decision)

    def _write(
        self, turn: _Turn, pending: _Pending, key: Key, decision: Decision
    ) -> Outcome:
        seq = decision.meeting.seq
        record = Record(
            meeting=self.meeting_id,
            epoch=self.epoch,
            seq=seq,
            at=turn.at,
            events=decision.events,
            origin=Origin(
                role=pending.actor.role,
                link=pending.actor.link,
                command=pending.command.id,
                digest=pending.digest,
                result=decision.result,
            ),
        )
        salts = (os.urandom(SALT_BYTES), os.urandom(SALT_BYTES))
        commit = seal(turn.hash, seq, write(record), salts)
        turn.commits.append(commit)
        turn.states.append(decision.meeting)
        turn.hash = commit.hash
        turn.meeting = decision.meeting
        turn.accepted[key] = Answered(pending.digest, seq, decision.result)
        return Accepted(seq, decision.result)

    def _accept(self, turn: _Turn) -> None:
        """The batch is durable: it is the truth now, and everybody hears of it."""
        before = self.meeting
        for commit, state in zip(turn.commits, turn.states, strict=True):
            self._history.add(self.meeting, state, chain_mark(commit.hash))
            self.meeting = state
            self.head = Head(self.epoch, commit.seq, commit.hash)
        for key, answered in turn.accepted.items():
            self._ledger.accept(key, answered)
        self._publish(before)

    async def _lost(self, appended: Conflict | Unknown, turn: _Turn) -> None:
        """Nothing of the turn is acknowledged; what the journal has is the truth."""
        log.error("append to %s: %s", self.meeting_id, appended)
        for pending, _ in turn.answers:
            _answer(pending, Unsettled(RETRY_MS))
        self._ledger.forget_refusals()
        if isinstance(appended, Unknown) and appended.fatal:
            self._stop(appended.reason)
            return
        await self.catch_up()

    async def catch_up(self) -> None:
        """Read on in the journal from where this room stands."""
        before = self.meeting
        replayed = Replayed(self.meeting, self.head, self._ledger)
        async for commit in self._journal.read(self.meeting_id, self.head.seq):
            old = replayed.meeting
            replayed.add(commit, read(commit))
            self._history.add(old, replayed.meeting, chain_mark(commit.hash))
        self.meeting, self.head = replayed.meeting, replayed.head
        if self.meeting is not before:
            self._publish(before)

    def _publish(self, before: Meeting) -> None:
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
            mine=mine_changed(before, self.meeting),
            links_touched=frozenset(
                key
                for key, link in self.meeting.links.items()
                if before.links.get(key) is not link
            ),
        )
        for listener in list(self._listeners):
            listener(published)

    async def note_downtime(self, since: Instant) -> None:
        """The server was last alive at *since*; the console asks if it matters."""
        until = self._clock.now()
        prompt_ms = self.meeting.profile.downtime_prompt_s * 1000
        if self.meeting.floor and until - since > prompt_ms:
            await self.submit(ServerReturned(since, until), ALARM, b"")

    def _stop(self, reason: str) -> None:
        """This journal must not be used any more: the process has to start again."""
        self._closing = True
        for pending in self._inbox:
            _answer(pending, Unsettled(RETRY_MS))
        self._inbox = []
        self._failed(reason)


def _answer(pending: _Pending, outcome: Outcome) -> None:
    if not pending.answer.done():
        pending.answer.set_result(outcome)
