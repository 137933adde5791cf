"""What a crowd counts: deliveries, losses, returns, and how busy it was itself.

A crowd that always had something to read was perhaps the slower one of the two: while a
broadcast is under way it is noted how much of the time nothing waited to be read, and
how much of it the process had a core.
"""

import os
import resource
import time
from typing import Any

from rostra.rehearsal.story import SEQ_MASK, Heard

#: Shorter broadcasts say nothing about who was the slower one.
JUDGED_NS = 5_000_000
#: Above it the crowd was the bottleneck: what it measured is an upper bound.
SATURATED = 0.85
QUANTILES = 100


class Tally:
    """Counters of one process. Instants are monotonic nanoseconds."""

    def __init__(self) -> None:
        self.deliveries = 0
        self.bytes = 0
        self.losses: list[tuple[int, str]] = []
        #: When it was lost and when it was welcomed again.
        self.returns: list[tuple[int, int]] = []
        self.refusals: dict[str, int] = {}
        self.bursts = 0
        self.saturated = 0
        self.busiest = 0.0
        self._busy_ns = 0
        self._burst_ns = 0
        self._cpu_ns = 0
        self._idle_ns = 0
        self._idle_now = 0
        self._began: tuple[int, int] | None = None

    def took(self, size: int, moves: int) -> None:
        """So many bytes were read, and so many listeners moved."""
        self.bytes += size
        self.deliveries += moves
        if moves:
            self._idle_ns += self._idle_now
            self._idle_now = 0

    def began(self, now: int) -> None:
        """A broadcast is under way; one that is so already goes on."""
        if self._began is None:
            self._began = (now, time.thread_time_ns())
            self._idle_ns = self._idle_now = 0

    def idled(self, since: int) -> None:
        """Nobody had anything to read; it counts if somebody has later."""
        if self._began is not None:
            self._idle_now += time.monotonic_ns() - since

    def ended(self, last: int) -> None:
        """Everybody has it, the last one at *last*."""
        if self._began is None:
            return
        began, cpu = self._began
        self._began = None
        took = last - began
        if took < JUDGED_NS:
            return
        busy = max(0, took - self._idle_ns)
        self.bursts += 1
        self._burst_ns += took
        self._busy_ns += busy
        self._cpu_ns += min(took, time.thread_time_ns() - cpu)
        self.busiest = max(self.busiest, busy / took)
        self.saturated += busy / took > SATURATED

    def report(self) -> dict[str, Any]:
        """Everything but the lists."""
        whole = max(1, self._burst_ns)
        return {
            "deliveries": self.deliveries,
            "bytes": self.bytes,
            "refusals": self.refusals,
            "bursts": self.bursts,
            "saturated": self.saturated,
            "busy": round(self._busy_ns / whole, 3),
            "busiest": round(self.busiest, 3),
            "on_core": round(self._cpu_ns / whole, 3) if self.bursts else 1.0,
            "cpu_s": round(time.process_time(), 3),
            "rss": resident(),
            "faults": resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw,
            "now": time.monotonic_ns(),
        }


def row(heard: Heard) -> dict[str, Any]:
    """Who heard a move when; offsets in ns from the first, for percentiles of many."""
    times, heard.times = heard.times, []
    count, first = len(times), times[0]
    picked = range(count) if count <= QUANTILES else _spread(count)
    return {
        "from": heard.before & SEQ_MASK,
        "seq": heard.after & SEQ_MASK,
        "first": first,
        "last": times[-1],
        "count": count,
        "bytes": heard.size * count,
        "expected": heard.expected,
        "offsets": [times[each] - first for each in picked],
    }


def _spread(count: int) -> list[int]:
    """Indexes of the middle of each hundredth."""
    return [(2 * each + 1) * count // (2 * QUANTILES) for each in range(QUANTILES)]


def resident() -> int:
    """Bytes of memory that this process holds."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
