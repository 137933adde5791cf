"""How an intervention ends: heard, without an answer, or taken back (RULES 6, 7).

What was said stays a row of the record; whoever was interrupted goes on.
"""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.attribution import NOBODY, attributed
from rostra.core.bands import tier
from rostra.core.case import Case
from rostra.core.floor import on_floor
from rostra.core.meeting import Intervention, Outcome, Request
from rostra.core.refusals import Refused
from rostra.core.requests import back_on_list
from rostra.core.stack import interrupts, left, rules_of, void
from rostra.core.timing import left_ms, used_ms

Result = dict[str, object]

#: Kinds whose interventions count in the totals (RULES 4).
_COUNTS = frozenset(("statement", "group_statement", "question", "explanation_of_vote"))


def end(case: Case, command: c.End) -> Result:
    """Over; or the line is lost for good and the rest is kept for later."""
    active = on_floor(case, command.expect, "speaking", "paused")
    request = case.request(active.request)
    by_delegation = case.actor.role == "delegate"
    if command.returns and by_delegation:
        raise Refused("not_permitted", command="end")
    rest = left_ms(active, case.at)
    returns = command.returns and rest > 0 and request.kind != "chair"
    finish(case, active, "returned" if returns else "delivered")
    if returns:
        _return(case, active, place=1, attempt=False, rest=rest)
    case.undoable("end", request=request.id)
    return {"used_ms": used_ms(active.clock, case.at)}


def finish(case: Case, active: Intervention, outcome: Outcome) -> None:
    """A row of the record is made, and whoever was interrupted goes on."""
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
        over=active.over,
        to=request.to,
        turn=request.turn,
        motion=request.motion,
        side=request.side,
        national_capacity=request.national_capacity,
    )
    if not attributed(case.meeting, active.segment):
        neutral = {k: v for k, v in NOBODY.items() if k in row.__struct_fields__}
        row = structs.replace(row, **neutral)
    case.say(
        e.InterventionEnded(
            intervention=active.id,
            row=row,
            outcome=outcome,
            # a part that was heard is not counted again with the rest of it
            counted=_counts(case, request) and active.resume_of is None,
            by="delegation" if by_delegation else "operator",
            device=case.actor.device if by_delegation else "",
        )
    )
    left(case, active)


def _counts(case: Case, request: Request) -> bool:
    """Whether it is an intervention of its delegation; a perspective may be one."""
    if request.part == "perspective":
        speakers = case.meeting.lists[request.list]
        return case.segment_of(speakers).plan.perspectives_count
    if interrupts(request.kind):
        return rules_of(case.meeting.profile, request.kind).counts
    return request.kind in _COUNTS


def _return(
    case: Case, active: Intervention, *, place: int, attempt: bool, rest: int
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
            limit_ms=rest,
            resume_of=active.id if heard else None,
        ),
    )


def no_show(case: Case, command: c.NoShow) -> Result:
    """Nobody answers: called again later, or off the list (RULES 7.3)."""
    active = on_floor(case, command.expect, "called")
    request, profile = case.request(active.request), case.meeting.profile
    void(case, active, "no_show")
    drop = command.drop or request.returns >= profile.returns
    # a point that nobody makes is not waited for
    drop = drop or interrupts(request.kind)
    if drop:
        case.say(e.RequestDropped(request=request.id, why="no_show"))
    else:
        place = _place_of_return(case, request)
        _return(case, active, place=place, attempt=True, rest=active.limit_ms)
    case.undoable("no_show", request=request.id)
    return {"dropped": drop}


def _place_of_return(case: Case, request: Request) -> int:
    """After the next two, or after the last of its own category (the profile)."""
    profile, speakers = case.meeting.profile, case.meeting.lists[request.list]
    if profile.no_show == "end_of_category":
        others = [case.request(each) for each in speakers.order if each != request.id]
        own = profile.tiers[tier(case.meeting, speakers, request)]
        alike = [
            place
            for place, each in enumerate(others)
            if profile.tiers[tier(case.meeting, speakers, each)] == own
        ]
        if alike:
            return alike[-1] + 1
    return profile.return_after


def revoke(case: Case, command: c.Revoke) -> Result:
    """Take the floor back (RULES 7.8). A mistake puts everything in its old place."""
    active = on_floor(case, command.expect, "called", "speaking", "paused")
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
        finish(case, active, outcomes[command.reason])
    else:
        void(case, active, "removed")
        case.say(e.RequestDropped(request=request.id, why="declined"))
    case.undoable("revoke", request=request.id)
    return {}


def _void_mistake(case: Case, active: Intervention, request: Request) -> None:
    void(case, active, "mistake")
    if request.kind == "chair":
        # the presider waits on no list
        case.say(e.RequestDropped(request=request.id, why="declined"))
        return
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
    c.End: end,
    c.NoShow: no_show,
    c.Revoke: revoke,
}
