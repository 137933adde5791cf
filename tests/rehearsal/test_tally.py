"""How busy a crowd was: whether it, and not the server, was the slow one."""

import time
from typing import Any

from rostra.rehearsal.tally import JUDGED_NS, Tally, resident

SHORT_S = JUDGED_NS / 1e9 / 5


def burst(tally: Tally, *, idle: bool, turns: int = 12) -> Any:
    """A broadcast of some milliseconds in which there is always, or never, a pause."""
    tally.began(time.monotonic_ns())
    for _ in range(turns):
        since = time.monotonic_ns()
        time.sleep(SHORT_S)
        if idle:
            tally.idled(since)
        tally.took(10, 1)
    tally.ended(time.monotonic_ns())
    return tally.report()


def test_who_always_had_something_to_read_was_busy() -> None:
    told = burst(Tally(), idle=False)
    assert told["busiest"] > 0.99
    assert (told["bursts"], told["saturated"]) == (1, 1)


def test_who_waited_for_the_server_was_not() -> None:
    told = burst(Tally(), idle=True)
    assert told["busiest"] < 0.5
    assert told["saturated"] == 0


def test_what_was_counted_is_told() -> None:
    told = burst(Tally(), idle=True)
    assert (told["deliveries"], told["bytes"]) == (12, 120)
    assert told["rss"] == resident() or abs(told["rss"] - resident()) < 10_000_000


def test_a_very_short_broadcast_is_not_judged() -> None:
    tally = Tally()
    now = time.monotonic_ns()
    tally.began(now)
    tally.ended(now + JUDGED_NS - 1)
    assert tally.report()["bursts"] == 0


def test_the_time_after_the_last_delivery_is_nobodys() -> None:
    """While it is waited for who will not come, nothing is idle and nothing busy."""
    tally = Tally()
    tally.began(time.monotonic_ns())
    time.sleep(2 * JUDGED_NS / 1e9)
    tally.took(1, 1)
    last = time.monotonic_ns()
    since = time.monotonic_ns()
    time.sleep(3 * JUDGED_NS / 1e9)
    tally.idled(since)
    tally.ended(last)
    assert tally.report()["busiest"] > 0.99


def test_who_sleeps_does_not_have_a_core() -> None:
    assert burst(Tally(), idle=False)["on_core"] < 0.5
