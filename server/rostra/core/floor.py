"""The floor: giving it, the clock of an intervention, and its end (RULES 6, 7).

At most one intervention is called or speaking (I1). Nothing happens by itself: a
person starts, holds and ends.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.alarms import ServerReturned
from rostra.core.case import Case
from rostra.core.ids import InterventionId, RequestId
from rostra.core.meeting import (
    Held,
    Intervention,
    Outcome,
    PauseReason,
    Request,
    Running,
    Waiting,
)
from rostra.core.order import head
from rostra.core.refusals import Refused
from rostra.core.requests import back_on_list
from rostra.core.timing import used_ms

Result = dict[str, object]

#: Kinds whose interventions count in the totals (RULES 4).
_COUNTS = frozenset(("statement", "group_statement", "question"))


def phase(intervention: Intervention) -> str:
    """``called``, ``speaking`` or ``paused``, as buttons and screens name it."""
    match intervention.clock:
        case Waiting():
            return "called"
        case Held():
            return "paused"
        case _:
            return "speaking"


def _on_floor(case: Case, expect: c.ExpectFloor, *phases: str) -> Intervention:
    """The intervention that the button showed, if it still is in that phase."""
    active = _known(case, expect)
    now = phase(active) if active else None
    if active is None or active.id != expect.intervention or now != expect.phase:
        request = case.request(active.request) if active else None
        raise Refused(
            "stale",
            {"floor": active.id if active else None, "phase": now},
            what="floor",
            phase=now,
            called=request.delegation if request else None,
            label=request.label if request else None,
        )
    if now not in phases:
        raise Refused("wrong_phase", {"phase": now}, phase=now)
    return active


def _known(case: Case, expect: c.ExpectFloor) -> Intervention | None:
    """Who is on the floor, as far as the sender may know.

    A call is not public before the clock starts: another delegation gets the same
    answers as if there were none, and for what is not its own always the same.
    """
    active = case.meeting.active
    if case.actor.role != "delegate":
        return active
    meant = case.meeting.interventions.get(expect.intervention)
    if meant is None:
        raise Refused("not_your_delegation")
    case.own(case.request(meant.request))
    if active and active.started_at is None and active is not meant:
        return None
    return active


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
    key = InterventionId(case.new_id("i"))
    case.say(
        e.FloorGiven(
            intervention=key,
            request=request.id,
            place=speakers.order.index(request.id),
            limit_ms=request.limit_ms,
        )
    )
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
    active = _on_floor(case, command.expect, "called", "paused")
    case.own(case.request(active.request))
    if isinstance(active.clock, Held) and not active.line_lost:
        raise Refused("wrong_phase", phase="paused")
    case.say(e.ReadySaid(intervention=active.id, device=case.actor.device))
    at_ready = case.meeting.profile.clock_starts == "at_ready"
    if at_ready and isinstance(active.clock, Waiting):
        case.say(e.ClockStarted(intervention=active.id))
    return {}


def start(case: Case, command: c.Start) -> Result:
    """The clock starts at the operator's press."""
    case.in_state("in_session")
    active = _on_floor(case, command.expect, "called")
    case.say(e.ClockStarted(intervention=active.id))
    case.undoable("start", request=active.request)
    return {}


def pause(case: Case, command: c.Pause) -> Result:
    """The clock stands still; the reason is for the record."""
    if command.reason == "suspension":
        raise Refused("wrong_phase", phase="speaking")
    return _hold(case, command.expect, command.reason, "pause", line_lost=False)


def line_lost(case: Case, command: c.LineLost) -> Result:
    """The speaker's line is lost: held, and "one moment please" (RULES 7.1)."""
    return _hold(case, command.expect, "connection", "line_lost", line_lost=True)


def _hold(
    case: Case, expect: c.ExpectFloor, reason: PauseReason, act: str, *, line_lost: bool
) -> Result:
    active = _on_floor(case, expect, "speaking")
    case.say(e.ClockHeld(intervention=active.id, reason=reason, line_lost=line_lost))
    case.undoable(act, request=active.request)
    return {"left_ms": active.allotted_ms - used_ms(active.clock, case.at)}


def resume(case: Case, command: c.Resume) -> Result:
    """Go on with exactly what was left, and the credit (RULES 7.1, 7.6)."""
    case.in_state("in_session")
    active = _on_floor(case, command.expect, "paused")
    clock, profile = active.clock, case.meeting.profile
    assert isinstance(clock, Held)
    credit_s = profile.line_lost_credit_s if active.line_lost else 0
    if not active.line_lost and clock.reason not in ("suspension", "other"):
        credit_s = profile.pause_credit_s
    if command.credit_s is not None:
        credit_s = command.credit_s
    case.say(e.ClockResumed(intervention=active.id, credit_ms=credit_s * 1000))
    case.undoable("resume", request=active.request)
    return {"credit_ms": credit_s * 1000}


def extend(case: Case, command: c.Extend) -> Result:
    """More time, before or after the start, up to the profile's cap (RULES 7.7)."""
    active = _on_floor(case, command.expect, "called", "speaking", "paused")
    cap = active.limit_ms * case.meeting.profile.extension_cap_percent // 100
    if active.extension_ms + command.seconds * 1000 > cap:
        left = max(0, cap - active.extension_ms) // 1000
        raise Refused("extension_cap", {"left_s": left}, left_s=left)
    case.say(e.TimeExtended(intervention=active.id, ms=command.seconds * 1000))
    case.undoable("extend", request=active.request)
    return {}


def credit(case: Case, command: c.Credit) -> Result:
    """Whether the speech went on while the server was away (RULES 7.16)."""
    active = _on_floor(case, command.expect, "speaking", "paused")
    if not case.meeting.downtime_ms or command.ms > case.meeting.downtime_ms:
        current: dict[str, str | int | None] = {"downtime_ms": case.meeting.downtime_ms}
        raise Refused("stale", current, what="downtime")
    case.say(e.TimeCredited(intervention=active.id, ms=command.ms))
    case.undoable("credit", request=active.request)
    return {}


def server_returned(case: Case, alarm: ServerReturned) -> Result:
    """Ask the console about a downtime that is long enough to matter."""
    active = case.meeting.active
    if active is None or not isinstance(active.clock, Running):
        raise Refused("floor_idle")
    since = max(alarm.since, active.clock.since)
    case.say(e.DowntimeNoted(intervention=active.id, ms=max(0, alarm.until - since)))
    return {}


def end(case: Case, command: c.End) -> Result:
    """Over; or the line is lost for good and the rest is kept for later."""
    active = _on_floor(case, command.expect, "speaking", "paused")
    request = case.request(active.request)
    case.own(request)
    by_delegation = case.actor.role == "delegate"
    if command.returns and by_delegation:
        raise Refused("not_permitted", command="end")
    left = active.allotted_ms - used_ms(active.clock, case.at)
    returns = command.returns and left > 0
    _end(case, active, "returned" if returns else "delivered")
    if returns:
        _return(case, active, place=1, attempt=False, left=left)
    case.undoable("end", request=request.id)
    return {"used_ms": used_ms(active.clock, case.at)}


def _end(case: Case, active: Intervention, outcome: Outcome) -> None:
    request = case.request(active.request)
    assert active.started_at is not None
    by_delegation = case.actor.role == "delegate"
    row = e.Row(
        request=request.id,
        kind=request.kind,
        delegation=request.delegation,
        group=request.group,
        group_text=request.group_text if request.person_confirmed else "",
        segment=active.segment,
        started_at=active.started_at,
        used_ms=used_ms(active.clock, case.at),
        allotted_ms=active.allotted_ms,
    )
    case.say(
        e.InterventionEnded(
            intervention=active.id,
            row=row,
            outcome=outcome,
            # a part that was heard is not counted again with the rest of it
            counted=request.kind in _COUNTS and active.resume_of is None,
            by="delegation" if by_delegation else "operator",
            device=case.actor.device if by_delegation else "",
        )
    )


def _return(
    case: Case, active: Intervention, *, place: int, attempt: bool, left: int
) -> None:
    """Back on the list after some further speakers, with what is left."""
    heard = active.started_at is not None
    back_on_list(
        case,
        active.list,
        place,
        e.RequestReturned(
            request=active.request,
            attempt=attempt,
            fixed=True,
            limit_ms=left,
            resume_of=active.id if heard else None,
        ),
    )


def no_show(case: Case, command: c.NoShow) -> Result:
    """Nobody answers: called again after the next two, or off the list (7.3)."""
    active = _on_floor(case, command.expect, "called")
    request, profile = case.request(active.request), case.meeting.profile
    case.say(e.InterventionVoided(intervention=active.id, why="no_show"))
    drop = command.drop or request.returns >= profile.returns
    if drop:
        case.say(e.RequestDropped(request=request.id, why="no_show"))
    else:
        place = profile.return_after
        _return(case, active, place=place, attempt=True, left=active.limit_ms)
    case.undoable("no_show", request=request.id)
    return {"dropped": drop}


def revoke(case: Case, command: c.Revoke) -> Result:
    """Take the floor back (RULES 7.8). A mistake puts everything in its old place."""
    active = _on_floor(case, command.expect, "called", "speaking", "paused")
    request = case.request(active.request)
    heard = active.started_at is not None
    if command.reason == "mistake" and not (heard and command.counts):
        _void_mistake(case, active, request)
    elif heard:
        outcomes: dict[str, Outcome] = {
            "order": "order",
            "time": "time",
            "security": "security",
            "mistake": "delivered",
        }
        _end(case, active, outcomes[command.reason])
    else:
        case.say(e.InterventionVoided(intervention=active.id, why="removed"))
        case.say(e.RequestDropped(request=request.id, why="declined"))
    case.undoable("revoke", request=request.id)
    return {}


def _void_mistake(case: Case, active: Intervention, request: Request) -> None:
    case.say(e.InterventionVoided(intervention=active.id, why="mistake"))
    event = e.RequestReturned(
        request=request.id,
        attempt=False,
        fixed=request.fixed,
        limit_ms=request.limit_ms,
        resume_of=None,
    )
    if active.started_at is None:
        # it never left the list
        case.say(event)
        return
    order = case.meeting.lists[active.list].order
    before = [place for place, each in enumerate(order) if each in active.ahead]
    back_on_list(case, active.list, max(before, default=-1) + 1, event)


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.Call: call,
    c.Ready: ready,
    c.Start: start,
    c.Pause: pause,
    c.LineLost: line_lost,
    c.Resume: resume,
    c.Extend: extend,
    c.Credit: credit,
    c.End: end,
    c.NoShow: no_show,
    c.Revoke: revoke,
    ServerReturned: server_returned,
}
