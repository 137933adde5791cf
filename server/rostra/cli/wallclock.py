"""Wall clocks in a zone, and the instants that they mean.

The core knows no calendar: what a programme says in hours and minutes becomes instants
here, and the days of a meeting its midnights. A day may have 23 or 25 hours.
"""

import datetime
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from rostra.core.ids import Instant
from rostra.core.programme import Planned, Programme
from rostra.core.roster import BadFile

#: The days of a meeting are counted for so long.
DAYS = 40
MIDNIGHT = datetime.time()
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def planned(programme: Programme) -> Planned:
    """The instants of a programme. An end before the start is on the next day."""
    starts = instant(programme, programme.starts)
    ends = instant(programme, programme.ends)
    if starts is not None and ends is not None and ends <= starts:
        ends = instant(programme, programme.ends, days=1)
    return Planned(
        starts_at=starts,
        ends_at=ends,
        midnights=() if starts is None else midnights(zone_of(programme), starts),
        windows=tuple(_windows(programme, starts, ends)),
    )


def midnights(zone: ZoneInfo, first: Instant) -> tuple[Instant, ...]:
    """The beginnings of the days from that of *first* on, as the clocks of *zone* go.

    The core counts the days by them, because it knows no calendar.
    """
    day = wall(first, zone).date()
    return tuple(
        _at(datetime.datetime.combine(day + datetime.timedelta(n), MIDNIGHT), zone)
        for n in range(DAYS)
    )


def _windows(
    programme: Programme, starts: Instant | None, ends: Instant | None
) -> Iterator[tuple[int, int, Instant | None, Instant | None]]:
    """When speakers of the programme can speak, where it says so."""
    for number, plan in enumerate(programme.segments):
        for place, speaker in enumerate(plan.speakers):
            both = (speaker.not_before, speaker.not_after)
            who = f"segment {number + 1}, speaker {speaker.name}"
            start, end = (
                _in_meeting(programme, clock, starts, ends, f"{who}: {name}")
                for name, clock in zip(("not_before", "not_after"), both, strict=True)
            )
            if start is not None and end is not None and end <= start:
                raise BadFile(f"{who}: not_after is before not_before")
            if start is not None or end is not None:
                yield number, place, start, end


def _in_meeting(
    programme: Programme,
    clock: str | None,
    starts: Instant | None,
    ends: Instant | None,
    what: str,
) -> Instant | None:
    """A wall clock of the meeting; one after midnight where it goes on until then."""
    if clock is None:
        return None
    if not _CLOCK.fullmatch(clock):
        raise BadFile(f"{what} = {clock!r} is no time of day, such as 12:05")
    at = instant(programme, clock)
    if at is None or starts is None or ends is None or at >= starts:
        return at
    tomorrow = instant(programme, clock, days=1)
    return tomorrow if tomorrow is not None and tomorrow <= ends else at


def instant(programme: Programme, clock: str | None, days: int = 0) -> Instant | None:
    """A wall clock on the programme's date, or so many days later."""
    if programme.date is None or clock is None:
        return None
    try:
        naive = datetime.datetime.fromisoformat(f"{programme.date}T{clock}")
    except ValueError as error:
        raise BadFile(f"{programme.date} {clock} is no date and time") from error
    return _at(naive + datetime.timedelta(days), zone_of(programme))


def _at(naive: datetime.datetime, zone: ZoneInfo) -> Instant:
    return Instant(int(naive.replace(tzinfo=zone).timestamp()) * 1000)


def zone_of(programme: Programme) -> ZoneInfo:
    """The zone of a programme's clocks."""
    try:
        return ZoneInfo(programme.zone)
    except (KeyError, ValueError, OSError) as error:
        raise BadFile(f"zone = {programme.zone!r} is not in the zone table") from error


def wall(at: Instant, zone: ZoneInfo) -> datetime.datetime:
    """What the clock on the wall shows."""
    return datetime.datetime.fromtimestamp(at / 1000, zone)


def clock_of(at: Instant, zone: ZoneInfo) -> str:
    """Hours and minutes on the wall."""
    return wall(at, zone).strftime("%H:%M")
