"""Clocks: how much of the time is used, and what is left (RULES 6, I7).

Pure arithmetic in integer milliseconds. Pauses never count; the clock follows the
room, so neither a silent pad nor a restart stops it.
"""

from typing import assert_never

from rostra.core.ids import Instant
from rostra.core.meeting import Clock, Held, Intervention, Running, Stopped, Waiting


def used_ms(clock: Clock, at: Instant) -> int:
    """Time that *clock* has counted up to *at*."""
    match clock:
        case Running():
            return clock.used_ms + max(0, at - clock.since)
        case Waiting() | Held() | Stopped():
            return clock.used_ms
        case _:
            assert_never(clock)


def left_ms(intervention: Intervention, at: Instant) -> int:
    """What is left of the allotted time at *at*; negative over time."""
    return intervention.allotted_ms - used_ms(intervention.clock, at)


def deadline(intervention: Intervention) -> Instant | None:
    """When the allotted time is over, while the clock runs."""
    clock = intervention.clock
    if not isinstance(clock, Running):
        return None
    return Instant(clock.since + intervention.allotted_ms - clock.used_ms)


def held_ms(intervention: Intervention, at: Instant) -> int:
    """How long the clock stood still in all, up to *at*."""
    past = sum(hold.until - hold.since for hold in intervention.holds)
    clock = intervention.clock
    return past + (max(0, at - clock.since) if isinstance(clock, Held) else 0)
