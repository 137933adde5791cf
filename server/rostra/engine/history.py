"""The recent past of a meeting, as each audience saw it: one step per commit.

From it a client that was away gets what it missed as one delta; whoever is away for
longer than the tail gets a snapshot and the reason.
"""

from collections import deque

from rostra.core.ids import Audience
from rostra.core.meeting import Meeting
from rostra.core.views import changes
from rostra.protocol.deltas import Step, delta
from rostra.protocol.messages import Delta, ResumeFrom

AUDIENCES: tuple[Audience, ...] = ("public", "record", "staff")
#: Steps kept: what a slow or absent client may lag behind.
TAIL = 512


class History:
    """Steps of the last :data:`TAIL` commits for each audience."""

    def __init__(self, epoch: str, seq: int, chain: str) -> None:
        self.epoch = epoch
        self.seq = seq
        self.chain = chain
        self._chains: deque[tuple[int, str]] = deque([(seq, chain)], maxlen=TAIL + 1)
        self._steps: dict[Audience, deque[Step]] = {
            audience: deque(maxlen=TAIL) for audience in AUDIENCES
        }

    def add(self, old: Meeting, new: Meeting, chain: str) -> None:
        """Commit ``new.seq`` led from *old* to *new*."""
        for audience, seen in changes(old, new, AUDIENCES).items():
            self._steps[audience].append(Step(new.seq, chain, new.at, seen))
        self.seq, self.chain = new.seq, chain
        self._chains.append((new.seq, chain))

    def between(self, audience: Audience, after: int) -> Delta | None:
        """One delta from seq *after* to now; None where nothing was missed.

        The caller has made sure that *after* is within the tail.
        """
        steps = self._steps[audience]
        missed = [step for step in steps if step.seq > after]
        return delta(self.epoch, after, missed) if missed else None

    def changed(self, audience: Audience, after: int) -> bool:
        """Whether *audience* sees a change after seq *after*."""
        return any(
            step.change for step in reversed(self._steps[audience]) if step.seq > after
        )

    def reason(self, resume: ResumeFrom | None) -> str | None:
        """Why a client at *resume* needs a snapshot; None if the tail will do."""
        if resume is None:
            return "first"
        if resume.epoch != self.epoch:
            return "epoch"
        first, _ = self._chains[0]
        if resume.seq < first:
            return "too_old"
        known = next((mark for seq, mark in self._chains if seq == resume.seq), None)
        return None if known == resume.chain else "diverged"
