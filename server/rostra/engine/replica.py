"""A meeting in memory, as far as its journal was read: what everybody here is shown.

It goes on by turns of its own room and by what other servers wrote; each time its
listeners are told what changed. Where the journal turns out to have another past, that
is taken over and everybody is welcomed anew.
"""

import logging
from collections.abc import Callable, Iterable, Mapping

from rostra.core.differing import Between, altered
from rostra.core.entities import Mine
from rostra.core.ids import Audience, Code, Instant, LinkId, MeetingId
from rostra.core.meeting import Meeting
from rostra.core.own import mine, told_between
from rostra.core.sight import Sight
from rostra.core.views import order, snapshot
from rostra.engine.history import AUDIENCES, History
from rostra.engine.lost import other_past
from rostra.engine.outcomes import Published, Tail
from rostra.engine.ports import Clock, Damaged, Journal, Unavailable, Unknown
from rostra.engine.replay import Replayed, Unreadable
from rostra.engine.turn import Turn
from rostra.protocol.commit import Commit, Head, follows, wire_mark
from rostra.protocol.messages import Lost, ResumeFrom, State
from rostra.protocol.stored import read

log = logging.getLogger(__name__)

#: So many commits of somebody else are shown as one step at most.
STEP = 256
#: So often another past is looked at that changes while it is read.
TRIES = 8


class Replica:
    """A meeting in memory. Only its writer changes it."""

    def __init__(self, journal: Journal, clock: Clock, replayed: Replayed) -> None:
        self.meeting_id: MeetingId = replayed.meeting.id
        self.meeting = replayed.meeting
        self.head = replayed.head
        self.read_only = replayed.read_only
        #: Commands that were answered with ok, and lost with a part of the past.
        self.not_kept: Mapping[LinkId, tuple[str, ...]] = {}
        #: How far this server was when a part of the past was lost.
        self._had = 0
        self._journal = journal
        self._clock = clock
        self._ledger = replayed.ledger
        self._past = replayed.past
        #: Whether the last turn was this server's own.
        self._wrote_last = False
        #: Whether the journal is known to have another past.
        self._estranged = False
        #: What several layers of one state share.
        self._sight = Sight(self.meeting)
        self._history = History(self.epoch, self.head.seq, self.chain)
        self._listeners: list[Callable[[Published], None]] = []

    @property
    def epoch(self) -> str:
        """The random id of this meeting's history."""
        return self.head.epoch

    @property
    def chain(self) -> str:
        """The mark of the last commit, as it crosses the wire."""
        return wire_mark(self.head.hash)

    @property
    def lost(self) -> Lost | None:
        """Which numbers are gone since the last loss, as people here were shown."""
        if not self.meeting.losses:
            return None
        loss = self.meeting.losses[-1]
        return Lost(loss.after, max(loss.until, self._had))

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

    # For the writer

    def accept(self, turn: Turn) -> None:
        """*turn* is durable: it is the truth now, and everybody hears of it."""
        if not turn.commits:
            turn.settle()
            return
        for commit in turn.commits:
            self._past.add(commit)
        last = turn.commits[-1]
        head = Head(self.epoch, last.seq, last.hash)
        between = self._advance(head, turn.states[-1])
        turn.settle()
        self._wrote_last = True
        self._publish(between)

    def forget_steps(self) -> None:
        """What led here is not to be told any more, only what is."""
        self._history = History(self.epoch, self.head.seq, self.chain)

    async def catch_up(self) -> bool:
        """Read on in the journal from where this stands; whether there was more.

        Where the journal goes on from another commit than ours its past is taken over.
        Raises Damaged, and Unavailable.
        """
        try:
            read_on = self._journal.read(self.meeting_id, self.head.seq)
            commits = [commit async for commit in read_on]
            if self.fold(commits):
                return bool(commits)
        except Damaged as error:
            log.error("%s", error)
        await self.take_over()
        return True

    async def take_over(self) -> None:
        """The journal has another past than ours: go on with that. Raises Unavailable.

        Raises Damaged where nobody else may have written it: a new start reads it all.
        """
        if not self._journal.shared:
            raise Damaged(self.meeting_id, self.head.seq)
        self._estranged = True
        for _ in range(TRIES):
            stored = await self._journal.stored(self.meeting_id)
            if stored is None:
                raise Unavailable(Unknown("the journal has lost the whole meeting"))
            ours = self._replayed()
            try:
                other = await other_past(self._journal, stored, ours, self._clock.now())
            except Unreadable as error:
                raise Unavailable(Unknown(str(error))) from error
            if other is None:
                continue
            self._estranged = False
            if other.replayed.head != self.head:
                self._begin(other.replayed, other.not_kept)
            return
        raise Unavailable(Unknown("the journal's past changes all the time"))

    def _replayed(self) -> Replayed:
        return Replayed(self.meeting, self.head, self._ledger, self._past)

    def fold(self, commits: Iterable[Commit]) -> bool:
        """Go on by *commits* of somebody else; False where one does not follow."""
        replayed = self._replayed()
        for commit in commits:
            if not follows(replayed.head.hash, commit):
                self._show(replayed)
                return False
            try:
                replayed.add(commit, read(commit))
            # As in a replay: what cannot be followed must not be written after.
            except Exception:
                log.exception("%s is read-only", self.meeting_id)
                self.read_only = True
                break
            if replayed.head.epoch != self.epoch:
                self._begin(replayed, {})
            elif replayed.head.seq - self.head.seq >= STEP:
                self._show(replayed)
        self._show(replayed)
        return True

    def _show(self, replayed: Replayed) -> None:
        """What somebody else wrote is true here too, and everybody hears of it."""
        if replayed.head.seq > self.head.seq:
            self._wrote_last = False
            self._publish(self._advance(replayed.head, replayed.meeting))

    def _begin(
        self, replayed: Replayed, not_kept: Mapping[LinkId, tuple[str, ...]]
    ) -> None:
        """History is another from here on: everybody is welcomed anew."""
        log.error(
            "%s has a new epoch: %s at %d, was %s at %d; %d commands are not kept",
            self.meeting_id,
            replayed.head.epoch,
            replayed.head.seq,
            self.epoch,
            self.head.seq,
            sum(map(len, not_kept.values())),
        )
        before, self._had = self.meeting, self.head.seq
        self.meeting, self.head = replayed.meeting, replayed.head
        self._ledger, self._past = replayed.ledger, replayed.past
        self.read_only, self.not_kept = replayed.read_only, not_kept
        self._sight = Sight(self.meeting)
        self._history = History(self.epoch, self.head.seq, self.chain)
        self._wrote_last = False
        self._tell(
            Published(
                from_seq=self.head.seq,
                seq=self.head.seq,
                at=self.meeting.at,
                deltas={},
                mine=frozenset(),
                links_touched=frozenset(altered(before.links, self.meeting.links)),
                epoch_changed=True,
            )
        )

    def _advance(self, head: Head, state: Meeting) -> Between:
        """A turn ended: *head* is in the journal, and *state* is true after it."""
        between = Between(self.meeting, state)
        self._history.add(between, wire_mark(head.hash))
        self.meeting, self._sight = state, between.now
        self.head = head
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
        self._tell(published)

    def _tell(self, published: Published) -> None:
        for listener in list(self._listeners):
            try:
                listener(published)
            except Exception:
                # It happened; a listener's fault must not keep others from hearing.
                log.exception("a listener of %s failed", self.meeting_id)
