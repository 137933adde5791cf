"""The host's clocks as the engine's :class:`~rostra.engine.ports.Clock`."""

import time
from collections.abc import Callable

from rostra.core.ids import Instant

NS_PER_MS = 1_000_000

Nanoseconds = Callable[[], int]


def since_boot() -> int:
    """Nanoseconds that no setting of the clock changes, a sleep of the host counted.

    Where there is no CLOCK_BOOTTIME (outside Linux), sleep may not count.
    """
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    return time.monotonic_ns()


class SystemClock:
    """Wall time as it was at the start, carried on by a clock that never steps."""

    def __init__(
        self, wall: Nanoseconds = time.time_ns, running: Nanoseconds = since_boot
    ) -> None:
        self._wall = wall
        self._running = running
        # What is added to the running clock to get milliseconds since 1970.
        self._offset_ms = wall() // NS_PER_MS - running() // NS_PER_MS

    def now(self) -> Instant:
        """Milliseconds since 1970 UTC, as measured since this process started."""
        return Instant(self._running() // NS_PER_MS + self._offset_ms)

    def wall(self) -> Instant:
        """What the host's wall clock says now; for comparison only."""
        return Instant(self._wall() // NS_PER_MS)

    def not_before(self, at: Instant) -> None:
        """Journal time has reached *at*: :meth:`now` never answers less.

        It jumps only by what is missing: with meetings opened one after another, an
        old one must not push the running clocks of the others.
        """
        self._offset_ms += max(0, at - self.now())

    def drift_ms(self) -> int:
        """By how much the wall clock is ahead of :meth:`now`; shown to staff."""
        return self.wall() - self.now()
