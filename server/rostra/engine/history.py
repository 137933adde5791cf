"""The recent past of a meeting, as each audience saw it: one step per turn of the room.

From it a client that was away gets what it missed as one delta; whoever is away for
longer than the tail gets a snapshot and the reason.

A turn is many commits, and only the state after the last of them is ever shown: no
client of this server can stand between them, so that a step for each would be made for
nobody. Who does stand there, by another server's word, gets a snapshot.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from operator import attrgetter

from rostra.core.differing import Between
from rostra.core.ids import Audience
from rostra.core.views import seen_between
from rostra.protocol.deltas import Step, delta
from rostra.protocol.messages import Delta, ResumeFrom

AUDIENCES: tuple[Audience, ...] = ("public", "record", "staff")
#: Steps kept: what a slow or absent client may lag behind.
TAIL = 512
_SEQ = attrgetter("seq")


class History:
    """Steps of the last :data:`TAIL` turns for each audience."""

    def __init__(self, epoch: str, seq: int, chain: str) -> None:
        self.epoch = epoch
        self.seq = seq
        self.chain = chain
        #: Seq and chain mark of every state that was shown.
        self._marks: deque[tuple[int, str]] = deque([(seq, chain)], maxlen=TAIL + 1)
        self._steps: dict[Audience, deque[Step]] = {
            audience: deque(maxlen=TAIL) for audience in AUDIENCES
        }

    def add(self, between: Between, chain: str) -> None:
        """A turn led from one state to another, whose last commit has *chain*."""
        seq = between.new.seq
        for audience, seen in seen_between(between, AUDIENCES).items():
            self._steps[audience].append(Step(seq, chain, seen))
        self.seq, self.chain = seq, chain
        self._marks.append((seq, chain))

    def between(self, audience: Audience, after: int) -> Delta | None:
        """One delta from seq *after* to now; None where nothing was missed.

        The caller has made sure that *after* is within the tail.
        """
        missed = self._missed(audience, after)
        return delta(after, missed) if missed else None

    def changed(self, audience: Audience, after: int) -> bool:
        """Whether *audience* sees a change after seq *after*."""
        return any(step.change for step in self._missed(audience, after))

    def _missed(self, audience: Audience, after: int) -> list[Step]:
        steps = self._steps[audience]
        if not steps or steps[-1].seq <= after:
            return []
        # nearly always the last one alone
        if len(steps) == 1 or steps[-2].seq <= after:
            return [steps[-1]]
        return list(steps)[bisect_right(steps, after, key=_SEQ) :]

    def mark(self, seq: int) -> str | None:
        """The chain mark of *seq*; None where that state is not within the tail."""
        place = bisect_left(self._marks, seq, key=lambda mark: mark[0])
        if place == len(self._marks) or self._marks[place][0] != seq:
            return None
        return self._marks[place][1]

    def turns(self, after: int, to: int) -> int:
        """How many turns of the tail ended after seq *after*, and not after *to*."""
        first, last = (
            bisect_right(self._marks, seq, key=lambda mark: mark[0])
            for seq in (after, to)
        )
        return last - first

    def reason(self, resume: ResumeFrom | None) -> str | None:
        """Why a client at *resume* needs a snapshot; None if the tail will do."""
        if resume is None:
            return "first"
        if resume.epoch != self.epoch:
            return "epoch"
        first, _ = self._marks[0]
        if resume.seq < first:
            return "too_old"
        if resume.seq > self.seq:
            return "diverged"
        known = self.mark(resume.seq)
        if known is None:
            # within a turn: that state was never shown by this server
            return "too_old"
        return None if known == resume.chain else "diverged"
