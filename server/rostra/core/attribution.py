"""Closed segments: what is said there is in the record, and nobody's.

Staff see who speaks, and each delegation itself; nobody else is told a name, a place
on a list, or whose time it was.
"""

from typing import Any

from rostra.core.draft import Draft
from rostra.core.ids import SegmentId
from rostra.core.meeting import Meeting, SpeakerList

#: What is said of a speaker whom nobody is to know.
NOBODY: dict[str, Any] = {
    "delegation": None,
    "group": None,
    "group_text": "",
    "label": "",
    "person": None,
    "language": "",
    "side": None,
    "to": None,
    "national_capacity": False,
    "confirmed": False,
}


def attributed(meeting: Meeting | Draft, segment: SegmentId | None) -> bool:
    """Whether the record says who spoke in *segment*."""
    if segment is None:
        return True
    plan: Any = meeting.segments[segment].plan
    return bool(plan.attributed)


def open_to_all(meeting: Meeting | Draft, speakers: SpeakerList) -> bool:
    """Whether everybody may see who stands on *speakers*: points are the chair's."""
    shown = meeting.profile.show_list == "all" and speakers.purpose != "points"
    return shown and attributed(meeting, speakers.segment)


def tells_place(meeting: Meeting, speakers: SpeakerList) -> bool:
    """Whether a delegation is told its own place, because it cannot see the list."""
    if speakers.purpose == "points" or meeting.profile.show_list == "count":
        return False
    return not open_to_all(meeting, speakers)
