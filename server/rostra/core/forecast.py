"""What an entry costs of the meeting's time, and what later segments need.

The server sends costs; a client adds them up from the current deadline (DESIGN). What
a meeting has taught about the change of speakers, and who would still be heard, is
reckoned here.
"""

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from rostra.core.ids import Instant
from rostra.core.meeting import (
    Intervention,
    Meeting,
    Request,
    Segment,
    SpeakerList,
    Stopped,
)
from rostra.core.timing import left_ms

#: So many changes of speakers teach how long one takes, the last so many count.
FEWEST_CHANGES, LAST_CHANGES = 3, 10
_DAY_MS = 86_400_000


class Projection(Struct, frozen=True):
    """How many of those who wait would be heard in time, and when the last ends."""

    heard: int
    ends_at: Instant


def cost_ms(meeting: Meeting, request: Request) -> int:
    """The time that *request* takes: its limit and the change of speakers."""
    return request.limit_ms + meeting.profile.overhead_s * 1000


def planned_ms(meeting: Meeting, segment: Segment) -> int:
    """A segment's length by the programme, else what its own speakers take."""
    if segment.plan.minutes is not None:
        return segment.plan.minutes * 60_000
    profile = meeting.profile
    return sum(
        (each.limit_s * 1000 or profile.part_ms(each.role)) + profile.overhead_s * 1000
        for each in segment.plan.speakers
    )


def reserve_ms(meeting: Meeting) -> int:
    """All segments that are still to come, and the profile's reserve (RULES 1a)."""
    later = sum(
        planned_ms(meeting, segment)
        for segment in meeting.segments.values()
        if segment.state == "upcoming"
    )
    return later + meeting.profile.reserve_s * 1000


def overhead_ms(meeting: Meeting) -> int:
    """Time from one speaker's end to the next one's start, as this meeting has it.

    The median of the last changes in the running segment; the profile's number until
    there were a few. Interruptions are no change of speakers, and what the chair says
    between two belongs to it.
    """
    rows: list[Intervention] = []
    for key in reversed(meeting.delivered):
        row = meeting.interventions[key]
        spoke = meeting.requests[row.request].kind != "chair"
        if row.segment == meeting.segment and row.over is None and spoke:
            rows.append(row)
        if len(rows) > LAST_CHANGES:
            break
    gaps = sorted(
        later.started_at - earlier.clock.at
        for later, earlier in pairwise(rows)
        if later.started_at is not None and isinstance(earlier.clock, Stopped)
    )
    if len(gaps) < FEWEST_CHANGES:
        return meeting.profile.overhead_s * 1000
    middle = len(gaps) // 2
    return gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) // 2


def waiting(meeting: Meeting, speakers: SpeakerList) -> list[Request]:
    """Those on the list who are not yet called, in their order."""
    entries = (meeting.requests[each] for each in speakers.order)
    return [each for each in entries if each.status == "queued"]


def begins_at(meeting: Meeting, at: Instant) -> Instant:
    """When the next can be called: after whoever is on the floor has used all time."""
    if meeting.state == "suspended" and meeting.resume_at is not None:
        at = max(at, meeting.resume_at)
    on_floor = (meeting.interventions[each] for each in meeting.stack)
    return Instant(at + sum(max(0, left_ms(each, at)) for each in on_floor))


def hard_stop(meeting: Meeting, at: Instant) -> Instant | None:
    """The planned end less the reserve; a programme of another day has none."""
    ends = meeting.planned.ends_at
    if ends is None or abs(ends - at) >= _DAY_MS:
        return None
    return Instant(ends - reserve_ms(meeting))


def projected(
    begins: Instant, limits_ms: Iterable[int], overhead: int, until: Instant | None
) -> Projection:
    """Who is heard by *until* when everybody uses their limit, one after the other."""
    heard, ends = 0, begins
    for limit in limits_ms:
        ends = Instant(ends + overhead + limit)
        heard += until is None or ends <= until
    return Projection(heard, ends)


def at_present(meeting: Meeting, speakers: SpeakerList, at: Instant) -> Projection:
    """How many fit at the present limits before the hard stop (RULES 7.18)."""
    return projected(
        begins_at(meeting, at),
        (each.limit_ms for each in waiting(meeting, speakers)),
        overhead_ms(meeting),
        hard_stop(meeting, at),
    )
