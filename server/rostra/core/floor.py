"""The floor: who is on it, who is called to it, and when the clock starts (RULES 6).

At most one intervention is active: the one on top of the stack (I1). Nobody is called
or started by itself: a person does it.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.case import Case
from rostra.core.closings import last_called
from rostra.core.ids import InterventionId, RequestId
from rostra.core.meeting import Held, Intervention, Waiting
from rostra.core.order import head
from rostra.core.refusals import Refused

Result = dict[str, object]


def phase(intervention: Intervention) -> str:
    """``called``, ``speaking`` or ``paused``, as buttons and screens name it."""
    match intervention.clock:
        case Waiting():
            return "called"
        case Held():
            return "paused"
        case _:
            return "speaking"


def on_floor(case: Case, expect: c.ExpectFloor, *phases: str) -> Intervention:
    """The intervention that the button showed, if it still is in that phase."""
    return _in_phase(case, _known(case, expect), expect, *phases)


def _in_phase(
    case: Case, active: Intervention | None, expect: c.ExpectFloor, *phases: str
) -> Intervention:
    now = phase(active) if active else None
    if active is None or active.id != expect.intervention or now != expect.phase:
        raise stale_floor(case, active)
    if now not in phases:
        raise Refused("wrong_phase", {"phase": now}, phase=now)
    return active


def stale_floor(case: Case, active: Intervention | None) -> Refused:
    """Another than the button showed is on the floor now, or in another phase."""
    request = case.request(active.request) if active else None
    now = phase(active) if active else None
    return Refused(
        "stale",
        {"floor": active.id if active else None, "phase": now},
        what="floor",
        phase=now,
        called=request.delegation if request else None,
        label=request.label if request else None,
    )


def _known(case: Case, expect: c.ExpectFloor) -> Intervention | None:
    """Who is on the floor, as far as the sender may know.

    A call is not public before the clock starts: another delegation gets the same
    answers as if there were none, and for what is not its own always the same.
    """
    if case.actor.role != "delegate":
        return case.meeting.active
    meant = _own(case, expect)
    standing = map(case.meeting.interventions.__getitem__, case.meeting.stack)
    seen = [each for each in standing if each.started_at is not None or each is meant]
    return seen[-1] if seen else None


def _own(case: Case, expect: c.ExpectFloor) -> Intervention:
    """The delegation's own intervention that its pad showed."""
    meant = case.meeting.interventions.get(expect.intervention)
    if meant is None:
        raise Refused("not_your_delegation")
    case.own(case.request(meant.request))
    return meant


def call(case: Case, command: c.Call) -> Result:
    """Give the floor to one on the running list; a second call calls again."""
    active = case.meeting.active
    speakers = case.meeting.running_list
    first = head(case.meeting.requests, speakers.order) if speakers else None
    if command.expect.head != first:
        raise Refused("stale", _now(case, first), what="head", **_whom(case, first))
    case.in_state("in_session")
    if active:
        if active.request == command.request and isinstance(active.clock, Waiting):
            case.say(e.CalledAgain(intervention=active.id))
            return {"intervention": active.id, "again": True}
        raise Refused(
            "floor_occupied",
            _now(case, first),
            delegation=case.request(active.request).delegation,
        )
    request = case.live(command.request)
    assert speakers is not None
    if request.list != speakers.id:
        raise Refused("not_on_list", delegation=request.delegation)
    case.callable(request)
    key = InterventionId(case.new_id("i"))
    case.say(
        e.FloorGiven(
            intervention=key,
            request=request.id,
            place=speakers.order.index(request.id),
            limit_ms=request.limit_ms,
        )
    )
    last_called(case, speakers.id)
    case.undoable("call", request=request.id)
    return {"intervention": key, "again": False}


def _now(case: Case, first: RequestId | None) -> dict[str, str | int | None]:
    active = case.meeting.active
    called = case.request(active.request) if active else None
    return {
        "head": first,
        "floor": active.id if active else None,
        "called": called.delegation if called else None,
        "request": called.id if called else None,
    }


def _whom(case: Case, first: RequestId | None) -> dict[str, str | int | None]:
    """For the sentence: who was called meanwhile, or who is the first now."""
    active = case.meeting.active
    if active:
        request = case.request(active.request)
        return {
            "called": request.delegation,
            "label": request.label,
            "head": None,
        }
    if first is None:
        return {"called": None, "label": None, "head": None}
    request = case.request(first)
    return {"called": None, "label": request.label, "head": request.delegation}


def ready(case: Case, command: c.Ready) -> Result:
    """A device of the delegation says so; nothing starts, unless the profile says."""
    meant = _own(case, command.expect)
    # also beneath an interruption: a line that was lost may come back meanwhile
    known = meant if meant.id in case.meeting.stack else _known(case, command.expect)
    active = _in_phase(case, known, command.expect, "called", "paused")
    if isinstance(active.clock, Held) and not active.line_lost:
        raise Refused("wrong_phase", phase="paused")
    case.say(e.ReadySaid(intervention=active.id, device=case.actor.device))
    at_ready = case.meeting.profile.clock_starts == "at_ready"
    on_top = active.id == case.meeting.floor
    if at_ready and on_top and isinstance(active.clock, Waiting):
        case.say(e.ClockStarted(intervention=active.id))
    return {}


def start(case: Case, command: c.Start) -> Result:
    """The clock starts at the operator's press."""
    case.in_state("in_session")
    active = on_floor(case, command.expect, "called")
    case.say(e.ClockStarted(intervention=active.id))
    case.undoable("start", request=active.request)
    return {}


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.Call: call,
    c.Ready: ready,
    c.Start: start,
}
