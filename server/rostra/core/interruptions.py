"""Interruptions: recognised on the chair's word, ruled on, gone on from (RULES 7.5).

Also the chair's own remarks, for which nobody has to be called.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.endings import finish
from rostra.core.floor import stale_floor
from rostra.core.ids import InterventionId, Kind
from rostra.core.meeting import Intervention, Person, Running, Waiting
from rostra.core.programme import POINTS, TO_BE_ANNOUNCED
from rostra.core.refusals import Refused
from rostra.core.registering import limit_ms, registration
from rostra.core.stack import go_on, interrupts, rules_of, rulings

Result = dict[str, object]


def recognise(case: Case, command: c.Recognise) -> Result:
    """A point that was raised gets the floor, over whoever has it."""
    _expect_top(case, command.expect)
    case.in_state("in_session")
    request, active = case.live(command.request), case.meeting.active
    if request.list != POINTS:
        raise Refused("not_on_list", delegation=request.delegation)
    if active and active.request == request.id and isinstance(active.clock, Waiting):
        case.say(e.CalledAgain(intervention=active.id))
        return {"intervention": active.id, "again": True}
    if request.status == "called":
        raise _occupied(case)
    case.callable(request)
    _may_interrupt(case, request.kind)
    key = InterventionId(case.new_id("i"))
    # who is called only is not interrupted, but waits beneath
    begun = (
        each
        for each in reversed(case.meeting.stack)
        if case.meeting.interventions[each].started_at is not None
    )
    over = next(begun, None)
    case.say(
        e.FloorGiven(
            intervention=key,
            request=request.id,
            place=case.list(POINTS).order.index(request.id),
            limit_ms=request.limit_ms,
            over=over,
        )
    )
    stands = rules_of(case.meeting.profile, request.kind).clock != "run_on"
    if active and stands and isinstance(active.clock, Running):
        case.say(
            e.ClockHeld(intervention=active.id, reason="interruption", line_lost=False)
        )
    case.undoable("recognise", request=request.id)
    return {"intervention": key, "again": False}


def _expect_top(case: Case, expect: c.ExpectTop) -> None:
    """Nobody else has got the floor since the button was drawn."""
    if expect.floor != case.meeting.floor:
        raise stale_floor(case, case.meeting.active)


def _occupied(case: Case) -> Refused:
    active = case.active()
    who = case.request(active.request).delegation
    return Refused("floor_occupied", {"floor": active.id}, delegation=who)


def _may_interrupt(case: Case, kind: Kind) -> None:
    """Refuse what the profile does not have, or not now (RULES 4)."""
    profile = case.meeting.profile
    rules = rules_of(profile, kind)
    if not rules.enabled:
        raise Refused("not_enabled", kind=kind)
    standing = [case.meeting.interventions[key] for key in case.meeting.stack]
    speaks = any(each.started_at is not None for each in standing)
    if rules.when == "between" and speaks:
        raise _occupied(case)
    depth = sum(interrupts(case.request(each.request).kind) for each in standing)
    if depth >= profile.interruption_depth:
        raise Refused("depth_reached", {"depth": depth}, depth=depth)


def rule(case: Case, command: c.Rule) -> Result:
    """The chair's ruling; said again it is corrected. Then the interrupted goes on."""
    case.in_state("in_session", "suspended", "rose")
    over = case.found(case.meeting.interventions, command.intervention, "intervention")
    request = case.request(over.request)
    if over.outcome in (None, "voided", "returned"):
        raise Refused("wrong_phase", phase=None)
    if command.ruling not in rulings(request):
        raise Refused("not_enabled", ruling=command.ruling)
    if command.appeal is not None and request.kind != "point_of_order":
        raise Refused("not_enabled", appeal=command.appeal)
    beneath = _to_be_ended(case, over) if command.then == "end" else None
    case.say(
        e.RulingRecorded(
            intervention=over.id,
            ruling=command.ruling,
            appeal=command.appeal,
            note=text.line(command.note),
        )
    )
    gone_on = False
    if beneath:
        finish(case, beneath, "order")
    elif over.over and command.then == "go_on":
        gone_on = go_on(case, over.over)
    case.undoable("rule", request=request.id)
    return {"gone_on": gone_on}


def _to_be_ended(case: Case, over: Intervention) -> Intervention:
    """Whom *over* interrupted, if it has the floor to be taken from it."""
    active = case.active()
    if active.id != over.over:
        raise stale_floor(case, active)
    return active


def chair_remarks(case: Case, command: c.ChairRemarks) -> Result:
    """The presider speaks at once: a row of the record, on nobody's list."""
    _expect_top(case, command.expect)
    case.in_state("in_session")
    if case.meeting.stack:
        raise _occupied(case)
    assert case.meeting.segment is not None
    presider = case.meeting.segments[case.meeting.segment].presider
    named = presider.name and presider.name != TO_BE_ANNOUNCED
    entry = c.Entry(
        kind="chair",
        label=presider.function,
        person=Person(presider.name) if named else None,
    )
    request = registration(
        case,
        case.list(POINTS),
        entry,
        limit_ms=limit_ms(case, entry),
        confirmed=True,
    )
    key = InterventionId(case.new_id("i"))
    case.say(request)
    case.say(
        e.FloorGiven(
            intervention=key,
            request=request.request,
            place=0,
            limit_ms=request.limit_ms,
        )
    )
    case.say(e.ClockStarted(intervention=key))
    case.undoable("chair_remarks", request=request.request)
    return {"intervention": key}


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.Recognise: recognise,
    c.Rule: rule,
    c.ChairRemarks: chair_remarks,
}
