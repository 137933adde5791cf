"""How much one client may ask for: token buckets and a count of those who wait.

They protect the server that they are of, and each of several keeps its own.
"""

from collections import Counter
from collections.abc import Callable, Hashable

from rostra.web.settings import Rate


class Bucket:
    """A token bucket. ``now`` is seconds on a clock that never steps."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._tokens = float(rate.burst)
        self._at = now
        self.refused = 0

    def take(self, now: float) -> int:
        """Take one: 0, or the milliseconds after which there will be one again."""
        grown = self._tokens + (now - self._at) * self._rate.per_s
        self._tokens = min(float(self._rate.burst), grown)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            if self._tokens >= self._rate.burst / 2:
                # a pause long enough to fill it again: not a flood
                self.refused = 0
            return 0
        self.refused += 1
        return max(1, int((1 - self._tokens) / self._rate.per_s * 1000))

    @property
    def flooded(self) -> bool:
        """Whether it went on asking for three times the burst without a pause."""
        return self.refused > 3 * self._rate.burst

    def empty(self, now: float) -> bool:
        """Whether there is nothing to take."""
        return self._tokens + (now - self._at) * self._rate.per_s < 1

    def full(self, now: float) -> bool:
        """Whether nothing would be lost by forgetting this bucket."""
        grown = self._tokens + (now - self._at) * self._rate.per_s
        return grown >= self._rate.burst


class Buckets:
    """A bucket for each key, forgotten once it is full again."""

    def __init__(self, clock: Callable[[], float], at_most: int = 4096) -> None:
        self._clock = clock
        self._at_most = at_most
        self._buckets: dict[Hashable, Bucket] = {}

    def bucket(self, key: Hashable, rate: Rate) -> Bucket:
        """The bucket of *key*."""
        found = self._buckets.get(key)
        if found is None:
            if len(self._buckets) >= self._at_most:
                self._forget()
            found = self._buckets[key] = Bucket(rate, self._clock())
        return found

    def take(self, key: Hashable, rate: Rate) -> int:
        """As :meth:`Bucket.take`, of the bucket of *key*."""
        return self.bucket(key, rate).take(self._clock())

    def _forget(self) -> None:
        now = self._clock()
        self._buckets = {k: b for k, b in self._buckets.items() if not b.full(now)}


class Waiting:
    """Counts sockets that have not said who they are, by address and in all."""

    def __init__(self, per_address: int, in_all: int) -> None:
        self._per_address = per_address
        self._in_all = in_all
        self._count: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Count one in; False if there are too many already."""
        if self._count[address] >= self._per_address or self.total >= self._in_all:
            self._count += Counter()
            return False
        self._count[address] += 1
        return True

    def leave(self, address: str) -> None:
        """It said who it is, or went away."""
        self._count[address] -= 1
        if self._count[address] <= 0:
            del self._count[address]

    @property
    def total(self) -> int:
        """How many wait now."""
        return sum(self._count.values())
