"""What an entry costs of the meeting's time, and what later segments need.

The server sends costs; a client adds them up from the current deadline (DESIGN).
"""

from rostra.core.meeting import Meeting, Request, Segment


def cost_ms(meeting: Meeting, request: Request) -> int:
    """The time that *request* takes: its limit and the change of speakers."""
    return request.limit_ms + meeting.profile.overhead_s * 1000


def planned_ms(meeting: Meeting, segment: Segment) -> int:
    """A segment's length by the programme, else what its own speakers take."""
    if segment.plan.minutes is not None:
        return segment.plan.minutes * 60_000
    overhead = meeting.profile.overhead_s
    return sum(each.limit_s + overhead for each in segment.plan.speakers) * 1000


def reserve_ms(meeting: Meeting) -> int:
    """All segments that are still to come, and the profile's reserve (RULES 1a)."""
    later = sum(
        planned_ms(meeting, segment)
        for segment in meeting.segments.values()
        if segment.state == "upcoming"
    )
    return later + meeting.profile.reserve_s * 1000
