"""The clock of an intervention: held, resumed, given more, begun again (RULES 6, 7).

The clock follows the room. Nothing stops it by itself, unless a profile wants it held
when every device of the speaker is gone.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.alarms import CutDue, ServerReturned, Silent, of_floor
from rostra.core.bands import tier
from rostra.core.case import Case
from rostra.core.floor import on_floor, stale_floor
from rostra.core.meeting import LIVE, Held, Intervention, PauseReason, Running
from rostra.core.refusals import Refused
from rostra.core.stack import ruling_pending
from rostra.core.timing import used_ms

Result = dict[str, object]

#: After these the profile's credit is not given: nothing was lost by a fault.
_UNCREDITED = frozenset(("suspension", "interruption", "other"))
#: Requests whose limit may still change.
_TO_COME = LIVE - {"called"}


def pause(case: Case, command: c.Pause) -> Result:
    """The clock stands still; the reason is for the record."""
    if command.reason in ("suspension", "interruption"):
        raise Refused("wrong_phase", phase="speaking")
    return _hold(case, command.expect, command.reason, line_lost=False)


def line_lost(case: Case, command: c.LineLost) -> Result:
    """The speaker's line is lost: held, and "one moment please" (RULES 7.1)."""
    return _hold(case, command.expect, "connection", line_lost=True)


def _hold(
    case: Case, expect: c.ExpectFloor, reason: PauseReason, *, line_lost: bool
) -> Result:
    active = on_floor(case, expect, "speaking")
    case.say(e.ClockHeld(intervention=active.id, reason=reason, line_lost=line_lost))
    case.undoable("line_lost" if line_lost else "pause", request=active.request)
    return {"left_ms": active.allotted_ms - used_ms(active.clock, case.at)}


def resume(case: Case, command: c.Resume) -> Result:
    """Go on with exactly what was left, and the credit (RULES 7.1, 7.6)."""
    case.in_state("in_session")
    active = on_floor(case, command.expect, "paused")
    if ruling_pending(case.meeting, active.id):
        raise Refused("ruling_pending", {"floor": active.id})
    clock, profile = active.clock, case.meeting.profile
    assert isinstance(clock, Held)
    credit_s = profile.line_lost_credit_s if active.line_lost else 0
    if not active.line_lost and clock.reason not in _UNCREDITED:
        credit_s = profile.pause_credit_s
    if command.credit_s is not None:
        credit_s = command.credit_s
    case.say(e.ClockResumed(intervention=active.id, credit_ms=credit_s * 1000))
    case.undoable("resume", request=active.request)
    return {"credit_ms": credit_s * 1000}


def extend(case: Case, command: c.Extend) -> Result:
    """More time, before or after the start, up to the profile's cap (RULES 7.7)."""
    active = on_floor(case, command.expect, "called", "speaking", "paused")
    cap = active.limit_ms * case.meeting.profile.extension_cap_percent // 100
    if active.extension_ms + command.seconds * 1000 > cap:
        left = max(0, cap - active.extension_ms) // 1000
        raise Refused("extension_cap", {"left_s": left}, left_s=left)
    case.say(e.TimeExtended(intervention=active.id, ms=command.seconds * 1000))
    if command.rest:
        _extend_rest(case, active, command.seconds * 1000)
    case.undoable("extend", request=active.request)
    return {}


def _extend_rest(case: Case, active: Intervention, ms: int) -> None:
    """The same for all of this tier and kind who are still to come (RULES 7.7)."""
    request, speakers = case.request(active.request), case.list(active.list)
    own = tier(case.meeting, speakers, request)
    rest = sorted(
        (
            each
            for each in case.meeting.requests.values()
            if each.list == speakers.id
            and each.kind == request.kind
            and each.status in _TO_COME
            and tier(case.meeting, speakers, each) == own
        ),
        key=lambda each: each.ticket,
    )
    if rest:
        limits = tuple((each.id, each.limit_ms + ms) for each in rest)
        case.say(e.LimitsSet(list=speakers.id, limits_s={}, requests=limits))


def reset_clock(case: Case, command: c.ResetClock) -> Result:
    """The speaker begins again with the whole limit (RULES 7.6)."""
    active = on_floor(case, command.expect, "speaking", "paused")
    case.say(e.ClockReset(intervention=active.id))
    case.undoable("reset_clock", request=active.request)
    return {"left_ms": active.allotted_ms}


def credit(case: Case, command: c.Credit) -> Result:
    """Whether the speech went on while the server was away (RULES 7.16)."""
    active = on_floor(case, command.expect, "speaking", "paused")
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


def cut_due(case: Case, alarm: CutDue) -> Result:
    """Limit and grace are over: the cut is signalled, and a person acts (RULES 4)."""
    active = case.meeting.active
    due = next((each for _, each in of_floor(case.meeting)), None)
    if due != alarm or case.at < alarm.deadline:
        raise stale_floor(case, active)
    case.say(e.CutSignalled(intervention=alarm.intervention))
    return {}


def silent(case: Case, alarm: Silent) -> Result:
    """All devices of the speaker are gone: held, where the profile says so (7.1)."""
    active = case.meeting.active
    if not case.meeting.profile.auto_hold:
        raise Refused("not_enabled")
    running = active is not None and isinstance(active.clock, Running)
    if active is None or not running or active.id != alarm.intervention:
        raise stale_floor(case, active)
    case.say(e.ClockHeld(intervention=active.id, reason="connection", line_lost=True))
    return {}


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.Pause: pause,
    c.LineLost: line_lost,
    c.Resume: resume,
    c.Extend: extend,
    c.ResetClock: reset_clock,
    c.Credit: credit,
    ServerReturned: server_returned,
    CutDue: cut_due,
    Silent: silent,
}
