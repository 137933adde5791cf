"""An audience as a ring that is gone round: one frame to thousands of sockets.

Whoever stands where most stand gets the same bytes, sent in a tight loop (compiled
where it was built, :mod:`rostra.web.sending`); the others are brought one by one. A
round is taken in slices, so that commands and pings are served meanwhile, and goes on
until everybody is at the goal; what happens during a round is in its next frames.
"""

import time
from array import array
from collections.abc import Callable, Iterator
from typing import Any, Generic, Protocol, TypeVar

from rostra.web import sending
from rostra.web.frames import Frame

#: In ``lines`` stand descriptors that may be written to, or one of these.
WAITS = sending.WAITS
BY_HAND = sending.BY_HAND
#: One slice of a round takes about so long, and is checked after so many.
SLICE_S = 0.002
CHUNK = 64


class Outlet(Protocol):
    """What is written to."""

    def write(self, *messages: Frame) -> None:
        """Send *messages*."""
        ...

    def rest(self, data: bytes) -> None:
        """Send the end of a frame."""
        ...

    def abort(self) -> None:
        """Let go of it."""
        ...


class Member(Protocol):
    """Somebody in the ring; ``place`` is the ring's own."""

    place: int
    ring: Any
    outlet: Any
    seq: int

    @property
    def line(self) -> int:
        """A descriptor, or :data:`WAITS`, or :data:`BY_HAND`."""
        ...


M = TypeVar("M", bound=Member)


class Ring(Generic[M]):
    """The clients of one audience.

    *news* makes the frame that leads from a seq to now, and says to which that is;
    *bring* tells one member all that it has not been told; *soon* calls in the loop's
    next round. *compiled* is the loop that sends, if there is one.
    """

    def __init__(
        self,
        news: Callable[[int], tuple[Frame, int] | None],
        bring: Callable[[M], None],
        soon: Callable[[Callable[[], None]], object],
        compiled: sending.Library | None = None,
    ) -> None:
        self._news = news
        self._bring = bring
        self._soon = soon
        self._compiled = compiled
        self.members: list[M] = []
        self.lines = array("i")
        self.seqs = array("q")
        #: The seq that everybody is to reach.
        self.goal = 0
        self._at = 0
        self._left = 0
        self._running = False

    def join(self, member: M) -> None:
        """*member* stands in the ring from now on, at its own seq."""
        seq, line = member.seq, member.line
        member.place = len(self.members)
        self.members.append(member)
        self.lines.append(line)
        self.seqs.append(seq)
        member.ring = self
        # the round under way gets longer: nobody before its beginning is passed over
        self._left += 1 if self._left else 0

    def leave(self, member: M) -> None:
        """*member* is gone; the last takes its place."""
        place = member.place
        seq = self.seqs[place]
        last = self.members.pop()
        line, at = self.lines.pop(), self.seqs.pop()
        member.ring, member.place = None, -1
        member.seq = seq
        if last is not member:
            self.members[place], last.place = last, place
            self.lines[place], self.seqs[place] = line, at
            # it may have moved to where this round has been already
            self._left = len(self.members) if self._left else 0

    def aim(self, goal: int, *, run: bool) -> None:
        """Everybody is to be brought to *goal*; with *run* that begins now."""
        if goal > self.goal:
            self.goal = goal
            self._left = len(self.members)
        if run:
            self.run()

    def reset(self, goal: int) -> None:
        """History is another: the goal may lie before the old one."""
        self.goal, self._left = goal, 0

    def run(self) -> None:
        """Go on with the round, unless that is under way."""
        if not self._running and self._left:
            self._slice()

    def _slice(self) -> None:
        self._running = False
        until = time.perf_counter() + SLICE_S
        while self._left > 0 and self.members:
            count = min(CHUNK, self._left, len(self.members) - self._at)
            if count <= 0:
                self._at = 0
                continue
            start = self._at
            self._at, self._left = start + count, self._left - count
            self._tell(start, start + count)
            if time.perf_counter() > until and self._left > 0:
                self._running = True
                self._soon(self._slice)
                return
        if not self.members:
            self._left = self._at = 0

    def _tell(self, start: int, end: int) -> None:
        """Bring the members from *start* to *end* to the goal."""
        members = self.members[start:end]
        first = next(
            (seq for seq, line in self._stand(start, end) if line != WAITS), None
        )
        if first is None:
            return
        news = self._news(first)
        if news is not None and self._compiled is not None:
            members = self._send(start, end, (first, news[1]), news[0].websocket)
        elif news is not None:
            members = self._write(start, end, (first, news[1]), news[0])
        for member in members:
            self._bring(member)

    def _stand(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Seq and line of those who are not at the goal yet."""
        pairs = zip(self.seqs[start:end], self.lines[start:end], strict=True)
        return (each for each in pairs if each[0] < self.goal)

    def _write(
        self, start: int, end: int, step: tuple[int, int], frame: Frame
    ) -> list[M]:
        """The same frame to all who stand at the first of *step*; who does not."""
        at, to = step
        seqs, lines, goal = self.seqs, self.lines, self.goal
        others: list[M] = []
        for place, member in enumerate(self.members[start:end], start):
            if lines[place] == WAITS or seqs[place] >= goal:
                continue
            if seqs[place] != at or lines[place] == BY_HAND:
                others.append(member)
                continue
            seqs[place] = to
            member.outlet.write(frame)
        return others

    def _send(
        self, start: int, end: int, step: tuple[int, int], data: bytes
    ) -> list[M]:
        """As :meth:`_write`, by the compiled loop."""
        assert self._compiled is not None
        others: list[M] = []
        members = self.members[start:end]
        for place, took in self._compiled.send(
            self.lines, self.seqs, (start, end), (*step, self.goal), data
        ):
            member = members[place - start]
            if took == sending.OTHER:
                others.append(member)
            elif took < 0:
                member.outlet.abort()
            else:
                member.outlet.rest(data[took:])
        return others
