"""Taking back the last act of an operator (RULES 7.8).

A call can be taken back until the clock starts; anything else for a few seconds. The
act stays in the log; an event says that it was undone, and everything that it touched
stands as before, with whatever others have done since.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.case import Case
from rostra.core.ids import Instant
from rostra.core.meeting import Action, Meeting, Request, SpeakerList, Touched
from rostra.core.refusals import Refused

Result = dict[str, object]


def undo(case: Case, command: c.Undo) -> Result:
    """Take back the act that the button named, if it still is the last one."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    action = case.meeting.actions[-1] if case.meeting.actions else None
    if action is None:
        raise Refused("nothing_to_undo")
    if command.expect.action != action.seq:
        raise Refused("stale", {"action": action.seq}, what="action")
    until = undo_until(case.meeting, action)
    if until is not None and case.at > until:
        raise Refused("undo_too_late", seconds=case.meeting.profile.undo_s)
    if overtaken(case.meeting, action):
        raise Refused("undo_overtaken")
    case.say(e.ActUndone(action=action.seq))
    return {"undone": action.type}


def undo_until(meeting: Meeting, action: Action) -> Instant | None:
    """The last instant at which *action* can be undone; None is "until started"."""
    if action.type in ("call", "recognise"):
        return None
    return Instant(action.at + meeting.profile.undo_s * 1000)


def overtaken(meeting: Meeting, action: Action) -> bool:
    """Whether somebody else has since changed what *action* had done."""
    was, became = action.before, action.after
    if became.stack not in (was.stack, meeting.stack):
        return True
    if became.segment not in (was.segment, meeting.segment):
        return True
    if any(
        meeting.interventions[key].clock != intervention.clock
        for key, intervention in became.interventions.items()
    ):
        return True
    return any(
        meeting.requests[key].status != request.status and _status_set(was, request)
        for key, request in became.requests.items()
    ) or any(
        (meeting.lists[key].state, meeting.lists[key].generation)
        != (speakers.state, speakers.generation)
        and _state_set(was, speakers)
        for key, speakers in became.lists.items()
    )


def _status_set(was: Touched, request: Request) -> bool:
    """Whether the act itself made *request*, or gave it its status."""
    old = was.requests.get(request.id)
    return old is None or old.status != request.status


def _state_set(was: Touched, speakers: SpeakerList) -> bool:
    """Whether the act itself opened or closed the list."""
    old = was.lists[speakers.id]
    return (old.state, old.generation) != (speakers.state, speakers.generation)


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.Undo: undo,
}
