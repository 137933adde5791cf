"""The engine's time goes on evenly whatever the host's clock does."""

import time

from hypothesis import given
from hypothesis import strategies as st

from rostra.adapters.clock import NS_PER_MS, SystemClock, since_boot
from rostra.core.ids import Instant

START_MS = 1_594_017_000_000


class Host:
    """A host whose clocks are set by hand, in milliseconds."""

    def __init__(self) -> None:
        self.wall_ms = START_MS
        self.running_ms = 5_000

    def clock(self) -> SystemClock:
        """The engine's clock on this host."""
        return SystemClock(
            lambda: self.wall_ms * NS_PER_MS, lambda: self.running_ms * NS_PER_MS
        )

    def passes(self, ms: int) -> None:
        """Time passes, and the wall clock shows it."""
        self.wall_ms += ms
        self.running_ms += ms


def test_it_starts_at_the_wall_clock_and_goes_on_by_what_passes() -> None:
    host = Host()
    clock = host.clock()
    assert clock.now() == START_MS
    host.passes(1_500)
    assert clock.now() == START_MS + 1_500


def test_a_wall_clock_that_is_set_changes_nothing_and_is_shown_as_drift() -> None:
    host = Host()
    clock = host.clock()
    for step in (3_600_000, -7_200_000, 1):
        host.wall_ms += step
        host.passes(10)
    assert clock.now() == START_MS + 30
    assert clock.wall() == host.wall_ms
    assert clock.drift_ms() == 3_600_000 - 7_200_000 + 1


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(-(10**9), 10**9))))
def test_it_shows_exactly_what_passed_for_every_sequence_of_steps(
    steps: list[tuple[int, int]],
) -> None:
    host = Host()
    clock = host.clock()
    for passed, step in steps:
        before = clock.now()
        host.wall_ms += step
        host.passes(passed)
        assert clock.now() - before == passed


def test_a_journal_that_is_ahead_of_the_wall_clock_sets_the_start() -> None:
    host = Host()
    clock = host.clock()
    clock.not_before(Instant(START_MS + 90_000))
    assert clock.now() == START_MS + 90_000
    host.passes(1_000)
    assert clock.now() == START_MS + 91_000
    assert clock.drift_ms() == -90_000


def test_a_journal_that_is_behind_does_not_move_it() -> None:
    host = Host()
    clock = host.clock()
    host.passes(10_000)
    clock.not_before(Instant(START_MS - 1))
    clock.not_before(Instant(START_MS + 9_999))
    assert clock.now() == START_MS + 10_000


def test_the_real_clock_is_milliseconds_since_1970_and_runs() -> None:
    clock = SystemClock()
    assert abs(clock.now() - time.time() * 1000) < 1_000
    assert abs(clock.drift_ms()) < 1_000
    before = clock.now()
    time.sleep(0.05)
    assert 40 <= clock.now() - before < 5_000


def test_a_sleep_of_the_host_counts_where_the_system_can_tell() -> None:
    if hasattr(time, "CLOCK_BOOTTIME"):
        told = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    else:
        told = time.monotonic_ns()
    assert 0 <= since_boot() - told < 10**9
