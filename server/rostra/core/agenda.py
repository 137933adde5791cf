"""The meeting's states and its segments (RULES 1, 1a)."""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.closings import begun
from rostra.core.lists import open_now
from rostra.core.meeting import Intervention, Running
from rostra.core.refusals import Refused

Result = dict[str, object]


def expected_state(case: Case, expected: c.ExpectState) -> None:
    """The meeting is in the state that the button showed."""
    state = case.meeting.state
    if expected.state != state:
        raise Refused("stale", {"state": state}, what="state", state=state)


def _open_lists(case: Case) -> None:
    for segment in case.meeting.segments.values():
        speakers = case.list(segment.list)
        announced = speakers.opens_at is not None and speakers.opens_at > case.at
        if segment.plan.requests and speakers.state == "not_open" and not announced:
            open_now(case, speakers)


def open_lobby(case: Case, command: c.OpenLobby) -> Result:
    """SCHEDULED -> LOBBY."""
    expected_state(case, command.expect)
    case.in_state("scheduled")
    case.say(e.LobbyOpened())
    if case.meeting.profile.lists_open == "at_lobby":
        _open_lists(case)
    return {}


def call_to_order(case: Case, command: c.CallToOrder) -> Result:
    """LOBBY -> IN_SESSION, and the first segment of the programme begins."""
    expected_state(case, command.expect)
    case.in_state("lobby")
    case.say(e.CalledToOrder())
    if case.meeting.profile.lists_open == "at_order":
        _open_lists(case)
    first = next(iter(case.meeting.segments))
    case.say(e.SegmentEntered(segment=first, left=None))
    begun(case, case.meeting.segments[first])
    return {"segment": first}


def suspend(case: Case, command: c.Suspend) -> Result:
    """IN_SESSION (an emergency: LOBBY) -> SUSPENDED; clocks held, calls taken back."""
    expected_state(case, command.expect)
    case.in_state("lobby", "in_session")
    if command.resume_at is not None and command.resume_at <= case.at:
        raise Refused("bad_time")
    for key in reversed(case.meeting.stack):
        _stand_still(case, case.meeting.interventions[key])
    case.say(
        e.MeetingSuspended(
            resume_at=command.resume_at, reason=text.line(command.reason)
        )
    )
    return {}


def _stand_still(case: Case, active: Intervention) -> None:
    """A call is taken back to its place; a clock that runs is held."""
    if active.started_at is None:
        case.say(e.InterventionVoided(intervention=active.id, why="suspension"))
        case.say(
            e.RequestReturned(
                request=active.request,
                attempt=False,
                fixed=False,
                limit_ms=active.limit_ms,
                resume_of=None,
            )
        )
    elif isinstance(active.clock, Running):
        case.say(
            e.ClockHeld(intervention=active.id, reason="suspension", line_lost=False)
        )


def resume_meeting(case: Case, command: c.ResumeMeeting) -> Result:
    """SUSPENDED -> IN_SESSION, or the lobby. A held clock waits for the operator."""
    expected_state(case, command.expect)
    case.in_state("suspended")
    case.say(e.MeetingResumed())
    return {}


def close_record(case: Case, command: c.CloseRecord) -> Result:
    """ROSE -> ARCHIVED: nothing changes any more."""
    expected_state(case, command.expect)
    case.in_state("rose")
    case.say(e.RecordClosed())
    return {}


def go_to_segment(case: Case, command: c.GoToSegment) -> Result:
    """Another segment of the programme begins; its own list comes with it."""
    current = case.meeting.segment
    if command.expect.segment != current:
        raise Refused("stale", {"segment": current}, what="segment")
    case.in_state("in_session")
    if command.segment not in case.meeting.segments:
        raise Refused("no_such_entity", what="segment", id=command.segment)
    if command.segment == current:
        raise Refused("stale", {"segment": current}, what="segment")
    floor_idle(case)
    case.say(e.SegmentEntered(segment=command.segment, left=current))
    begun(case, case.meeting.segments[command.segment])
    case.undoable("go_to_segment", segment=command.segment)
    return {"segment": command.segment}


def set_presider(case: Case, command: c.SetPresider) -> Result:
    """Who chairs a segment changes in one press."""
    case.alive()
    if command.segment not in case.meeting.segments:
        raise Refused("no_such_entity", what="segment", id=command.segment)
    case.say(
        e.PresiderSet(
            segment=command.segment,
            name=text.line(command.name),
            function=text.line(command.function),
        )
    )
    return {}


def floor_idle(case: Case) -> None:
    """Refuse while somebody has the floor."""
    active = case.meeting.active
    if active:
        who = case.request(active.request).delegation
        raise Refused("floor_occupied", {"floor": active.id}, delegation=who)


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.OpenLobby: open_lobby,
    c.CallToOrder: call_to_order,
    c.Suspend: suspend,
    c.ResumeMeeting: resume_meeting,
    c.CloseRecord: close_record,
    c.GoToSegment: go_to_segment,
    c.SetPresider: set_presider,
}
