"""Trays beside a list: for approval, late, parked (RULES 3, 6)."""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.ids import RequestId, ticket_of
from rostra.core.lists import expected
from rostra.core.meeting import LIVE, Request
from rostra.core.refusals import Refused

Result = dict[str, object]

#: Live and not called: on the list, or beside it.
_WAITING = tuple(sorted(LIVE - {"called"}))


def _standing(case: Case, key: RequestId, *statuses: str) -> Request:
    """The request that a button showed, if it still waits where it was shown."""
    case.alive()
    case.own(case.request(key))
    request = case.live(key, LIVE)
    if request.status == "called":
        raise Refused("floor_occupied", {"request": key}, delegation=request.delegation)
    if request.status not in statuses:
        raise Refused("stale", {"status": request.status}, what="request")
    return request


def accept(case: Case, command: c.Accept) -> Result:
    """REQUESTED -> QUEUED: on the list, where it would have stood at once."""
    request = _standing(case, command.request, "requested")
    case.say(e.RequestAccepted(request=request.id))
    case.undoable("accept", request=request.id)
    return {}


def decline(case: Case, command: c.Decline) -> Result:
    """Not taken, wherever it waits; the delegation is told the reason."""
    request = _standing(case, command.request, *_WAITING)
    told = text.line(command.reason)
    case.say(e.RequestDropped(request=request.id, why="declined", text=told))
    case.undoable("decline", request=request.id)
    return {}


def park(case: Case, command: c.Park) -> Result:
    """QUEUED -> DEFERRED: not now; off the order until it is taken back."""
    request = case.request(command.request)
    case.own(request)
    by_delegation = case.actor.role == "delegate"
    # an operator may always defer (RULES 5)
    allowed = case.meeting.profile.park or not by_delegation
    if not allowed or _purpose(case, request) == "points":
        raise Refused("not_enabled")
    request = _standing(case, command.request, "queued")
    case.say(
        e.RequestParked(
            request=request.id,
            by="delegation" if by_delegation else "operator",
            device=case.actor.device if by_delegation else "",
        )
    )
    case.undoable("park", request=request.id)
    return {}


def _purpose(case: Case, request: Request) -> str:
    return case.meeting.lists[request.list].purpose


def unpark(case: Case, command: c.Unpark) -> Result:
    """DEFERRED -> QUEUED: behind those who came meanwhile, or at the old place.

    A speaker of the programme always comes back to the programme's own order.
    """
    request = _standing(case, command.request, "deferred")
    keeps = case.meeting.profile.keep_place or request.kind == "programme"
    by_delegation = case.actor.role == "delegate"
    case.say(
        e.RequestUnparked(
            request=request.id,
            ticket=None if keeps else ticket_of(case.new_id("r")),
            device=case.actor.device if by_delegation else "",
        )
    )
    case.undoable("unpark", request=request.id)
    return {}


def admit_late(case: Case, command: c.AdmitLate) -> Result:
    """LATE -> QUEUED in the order of arrival, behind those who were in time."""
    speakers = expected(case, command.expect)
    late = [
        each
        for each in case.meeting.requests.values()
        if each.list == speakers.id and each.status == "late"
    ]
    if command.requests is not None:
        for key in command.requests:
            if case.request(key) not in late:
                raise Refused("stale", {"request": key}, what="request")
        late = [each for each in late if each.id in command.requests]
    if not late:
        raise Refused("stale", {"late": 0}, what="request")
    batches: dict[int, list[RequestId]] = {}
    for each in late:
        # of the next generation, also while the list has not been reopened
        generation = max(each.generation + 1, speakers.generation)
        batches.setdefault(generation, []).append(each.id)
    for generation, requests in sorted(batches.items()):
        case.say(
            e.LateAdmitted(
                list=speakers.id, requests=tuple(requests), generation=generation
            )
        )
    case.undoable("admit_late", list=speakers.id)
    return {"requests": [key for _, batch in sorted(batches.items()) for key in batch]}


def set_window(case: Case, command: c.SetWindow) -> Result:
    """From when and until when a person can speak: for the operators (RULES 1a)."""
    case.alive()
    request = case.live(command.request, LIVE)
    start, end = command.not_before, command.not_after
    if start is not None and end is not None and end <= start:
        raise Refused("bad_time", what="window")
    case.say(e.WindowSet(request=request.id, not_before=start, not_after=end))
    case.undoable("set_window", request=request.id)
    return {}


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.Accept: accept,
    c.Decline: decline,
    c.Park: park,
    c.Unpark: unpark,
    c.AdmitLate: admit_late,
    c.SetWindow: set_window,
}
