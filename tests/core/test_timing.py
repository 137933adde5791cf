"""Clocks: integer arithmetic of what is used and left."""

from hypothesis import given
from hypothesis import strategies as st

from rostra.core import commands as c
from rostra.core.ids import Instant
from rostra.core.meeting import Held, Running, Stopped, Waiting
from rostra.core.timing import deadline, held_ms, left_ms, used_ms
from support.floor import Floor, rule

durations = st.integers(0, 10**9)


@rule("I7")
@given(since=durations, used=durations, wait=durations)
def test_only_a_running_clock_counts(since: int, used: int, wait: int) -> None:
    at = Instant(since + wait)
    assert used_ms(Running(Instant(since), used), at) == used + wait
    for still in (
        Waiting(used),
        Held(Instant(since), used, "audio"),
        Stopped(Instant(since), used),
    ):
        assert used_ms(still, at) == used


@rule("I7")
@given(since=durations, back=durations)
def test_a_clock_never_runs_backwards(since: int, back: int) -> None:
    assert used_ms(Running(Instant(since)), Instant(since - back)) == 0


@rule("I7", "E6")
def test_time_since_the_start_is_used_or_held() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 12)
    floor.pause()
    floor.wait(34)
    assert held_ms(floor.active, floor.now) == 34_000
    floor.resume()
    floor.wait(5)
    floor.pause()
    floor.wait(6)
    assert held_ms(floor.active, floor.now) == 40_000
    assert used_ms(floor.active.clock, floor.now) == 17_000
    assert left_ms(floor.active, floor.now) == 180_000 + 10_000 - 17_000


@rule("F14", "E17")
def test_a_deadline_is_known_while_the_clock_runs() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.call("A")
    assert deadline(floor.active) is None
    floor.start()
    floor.wait(50)
    floor.do(c.Extend, seconds=30, expect=floor.on_floor)
    assert deadline(floor.active) == floor.now + 160_000
    floor.pause()
    assert deadline(floor.active) is None
    floor.wait(20)
    floor.resume(credit_s=0)
    assert deadline(floor.active) == floor.now + 160_000
