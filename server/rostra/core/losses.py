"""A part of the past that the journal has lost: told to everybody, and kept."""

from collections.abc import Callable
from typing import Any

from rostra.core import events as e
from rostra.core.alarms import TailLost
from rostra.core.case import Case

Result = dict[str, object]


def tail_lost(case: Case, alarm: TailLost) -> Result:
    """It happened: in whatever state the meeting is."""
    case.say(e.PastLost(after=alarm.after, until=alarm.until))
    return {}


RULES: dict[type, Callable[[Case, Any], Result]] = {TailLost: tail_lost}
