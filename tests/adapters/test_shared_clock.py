"""The common time of several servers."""

import asyncio
import time
from pathlib import Path

import pytest

from rostra.adapters import shared_clock
from rostra.adapters.clock import since_boot
from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.shared_clock import JUMP_MS, STEP_MS, SharedClock
from rostra.core.ids import Instant
from rostra.engine.ports import Unavailable, Unknown
from support.redis_servers import RedisServer

HOUR_MS = 3_600_000
START = 1_594_395_000_000


class Host:
    """A machine whose clocks a test moves, and the common time beside it."""

    def __init__(self) -> None:
        self.ran_ms = 5_000
        self.common = START
        #: How long each question takes, there and back.
        self.trips_ms = [0]
        #: So many questions are not answered.
        self.gone_for = 0
        self.clock = SharedClock(self.asked, lambda: 0, lambda: self.ran_ms * 1_000_000)

    def passes(self, ms: int) -> None:
        """For the machine and for the common time alike."""
        self.ran_ms += ms
        self.common += ms

    async def asked(self) -> Instant:
        """The common time, as it was before all of the trip: the worst case."""
        if self.gone_for:
            self.gone_for -= 1
            raise Unavailable(Unknown("Redis cannot be reached"))
        trip = self.trips_ms[0] if len(self.trips_ms) == 1 else self.trips_ms.pop(0)
        found = Instant(self.common)
        self.passes(trip)
        return found


async def test_servers_an_hour_apart_have_the_same_time(tmp_path: Path) -> None:
    def shifted(ms: int) -> int:
        return time.time_ns() + ms * 1_000_000

    with RedisServer(tmp_path) as server:
        journals = [await RedisJournal.open(server.address) for _ in range(2)]
        clocks = [
            SharedClock(journals[0].time, lambda: shifted(HOUR_MS)),
            SharedClock(
                journals[1].time,
                lambda: shifted(-HOUR_MS),
                lambda: since_boot() + HOUR_MS * 1_000_000,
            ),
        ]
        for clock in clocks:
            await clock.set()
        assert abs(clocks[0].now() - clocks[1].now()) < 20
        assert abs(clocks[0].now() - time.time() * 1000) < 20
        for journal in journals:
            await journal.close()


async def test_the_quickest_answer_counts() -> None:
    host = Host()
    host.trips_ms = [400, 300, 2, 700, 500]
    await host.clock.set()
    assert host.clock.now() == host.common - 1


async def test_a_drift_is_corrected_in_small_steps_and_time_never_goes_back() -> None:
    host = Host()
    await host.clock.set()
    host.common -= 50
    before = host.clock.now()
    seen = []
    for _ in range(5):
        await host.clock.correct()
        host.passes(100)
        seen.append(host.clock.now() - before)
    assert seen == [80, 160, 250, 350, 450]
    assert host.clock.now() == host.common
    host.common += 50
    await host.clock.correct()
    assert host.clock.now() == host.common - 50 + STEP_MS


async def test_time_stands_still_rather_than_going_back() -> None:
    host = Host()
    await host.clock.set()
    host.common -= 15
    before = host.clock.now()
    await host.clock.correct()
    assert host.clock.now() == before
    host.passes(20)
    assert host.clock.now() == before + 5


async def test_a_jump_is_not_followed_and_said_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    host = Host()
    await host.clock.set()
    before = host.clock.now()
    host.common += HOUR_MS
    await host.clock.correct()
    await host.clock.correct()
    assert host.clock.now() == before
    assert len(caplog.messages) == 1
    assert "has jumped by 3600000 ms" in caplog.messages[0]
    host.common -= HOUR_MS - JUMP_MS
    await host.clock.correct()
    assert host.clock.now() == before + STEP_MS


async def test_a_journal_that_is_ahead_stays_ahead() -> None:
    host = Host()
    await host.clock.set()
    host.clock.not_before(Instant(host.common + 1_500))
    for _ in range(3):
        await host.clock.correct()
        host.passes(10)
    assert host.clock.now() == host.common + 1_500


async def test_it_is_kept_while_the_journal_comes_and_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shared_clock, "EVERY_S", 0.001)
    host = Host()
    await host.clock.set()
    host.common += 30
    host.gone_for = 2
    keeping = asyncio.create_task(host.clock.keep())
    async with asyncio.timeout(5):
        while host.clock.now() != host.common:
            await asyncio.sleep(0.001)
    keeping.cancel()
