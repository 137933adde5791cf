"""Points of order, motions and responses: how they are raised (RULES 3, 4, 7.5).

They are raised at any time of a session, whatever the state of any list, and wait on
a list of their own until the chair's word gives them the floor.
"""

from collections.abc import Callable

from msgspec import structs

from rostra.core import commands as c
from rostra.core import text
from rostra.core.case import Case
from rostra.core.ids import Code, InterventionId, RequestId
from rostra.core.meeting import LIVE, Intervention, Request, SpeakerList
from rostra.core.programme import POINTS
from rostra.core.refusals import Refused
from rostra.core.registering import (
    answered,
    from_pad,
    joined,
    limit_ms,
    live_of,
    registration,
)
from rostra.core.stack import interrupts, rules_of

Result = dict[str, object]

#: What a delegation may raise; ``technical`` is a call for help from a pad.
RAISED = ("point_of_order", "procedural_motion", "response")
_HEARD_OR_TO_COME = LIVE | {"granted", "done"}


def raise_point(case: Case, command: c.RequestFloor, delegation: Code) -> Result:
    """A delegation raises a point; a second press joins the first (RULES 7.2)."""
    entry = structs.replace(
        from_pad(command, delegation),
        group=None,
        group_text="",
        addressed=(),
        item=None,
        to=None,
        media_s=0,
        note=text.line(command.text),
    )
    made = _raised(case, entry, device=case.actor.device)
    if isinstance(made, Request):
        return joined(case, made)
    return answered(case.draft.request(made), joined=False)


def enter_point(
    case: Case, speakers: SpeakerList, entry: c.Entry, placed: bool
) -> RequestId | Request:
    """An operator raises it for a delegation, by whatever channel it came."""
    if speakers.id != POINTS:
        raise Refused("kind_not_admitted", kind=entry.kind)
    return _raised(case, entry, confirmed=True, fixed=placed)


def _raised(
    case: Case,
    entry: c.Entry,
    *,
    device: str = "",
    confirmed: bool = False,
    fixed: bool = False,
) -> RequestId | Request:
    """The new point, or the live one of the same delegation and family."""
    case.in_state("in_session")
    entry = structs.replace(
        entry,
        group=None,
        group_text="",
        addressed=(),
        label=text.line(entry.label),
        note=text.lines(entry.note).strip(),
        person=text.person(entry.person),
    )
    _known(case, entry)
    _in_phase(case, entry)
    if not rules_of(case.meeting.profile, entry.kind).enabled:
        raise Refused("not_enabled", kind=entry.kind)
    if not entry.override:
        _entitled(case, entry)
    speakers = case.list(POINTS)
    found = live_of(case, speakers, entry)
    if found:
        return found
    event = registration(
        case,
        speakers,
        _on_motion(case, entry),
        device=device,
        confirmed=confirmed,
        fixed=fixed,
        limit_ms=limit_ms(case, entry),
    )
    case.say(structs.replace(event, trigger=_trigger(case, entry)))
    return event.request


def _known(case: Case, entry: c.Entry) -> None:
    roster = case.meeting.roster.delegations
    if entry.delegation is not None and entry.delegation not in roster:
        raise Refused("not_in_roster", delegation=entry.delegation)
    if entry.delegation is None and entry.person is None and not entry.label:
        raise Refused("empty", what="delegation")


def _in_phase(case: Case, entry: c.Entry) -> None:
    """During a vote nothing but the conduct of the voting is raised (RULES 7.5)."""
    running = case.meeting.segment
    voting = running and case.meeting.segments[running].phase == "voting"
    if voting and entry.kind not in ("point_of_order", "technical"):
        raise Refused("kind_not_admitted", kind=entry.kind)


def _entitled(case: Case, entry: c.Entry) -> None:
    """Points of order as the roster says, motions for Members (RULES 4, 7.15)."""
    own = case.meeting.roster.delegations.get(entry.delegation or Code(""))
    entitled: dict[str, Callable[[], bool]] = {
        "point_of_order": lambda: own is not None and own.may_order,
        "procedural_motion": lambda: own is not None and own.tier == "member_state",
    }
    if entry.kind in entitled and not entitled[entry.kind]():
        raise Refused("not_entitled", kind=entry.kind, delegation=entry.delegation)


def _on_motion(case: Case, entry: c.Entry) -> c.Entry:
    """Which motion it is, or on which motion one speaks and on which side."""
    if entry.kind != "procedural_motion":
        return structs.replace(entry, motion=None, side=None, on=None)
    if entry.on is None:
        if entry.motion is None:
            raise Refused("empty", what="motion")
        return structs.replace(entry, side=None)
    # whether it names a motion is not to be found out without speaking on one
    if entry.side is None:
        raise Refused("empty", what="side")
    moved = case.meeting.requests.get(entry.on)
    if moved is None or moved.motion is None or moved.on is not None:
        raise Refused("no_such_entity", what="motion", id=entry.on)
    decided = any(
        each.request == moved.id and each.ruling
        for each in case.meeting.interventions.values()
    )
    if moved.status not in _HEARD_OR_TO_COME or decided:
        raise Refused("not_on_list", delegation=moved.delegation)
    return structs.replace(entry, motion=moved.motion)


def _trigger(case: Case, entry: c.Entry) -> InterventionId | None:
    """What a response responds to: who speaks, or else spoke last (RULES 4)."""
    if entry.kind != "response":
        return None
    spoken = (*case.meeting.delivered, *case.meeting.stack)
    heard = (case.meeting.interventions[key] for key in reversed(spoken))
    last = next((each for each in heard if _may_be_answered(case, each)), None)
    if last is None:
        raise Refused("floor_idle", {"floor": None})
    most = rules_of(case.meeting.profile, "response").per_trigger
    made = sum(
        each.trigger == last.id and each.status in _HEARD_OR_TO_COME
        for each in case.draft.requests.values()
    )
    if most is not None and made >= most and not entry.override:
        raise Refused("max_responses", {"most": most}, most=most)
    return last.id


def _may_be_answered(case: Case, spoken: Intervention) -> bool:
    """Nobody responds to who is called only, or to an interruption."""
    return spoken.started_at is not None and not interrupts(
        case.request(spoken.request).kind
    )


#: For the tables of :mod:`rostra.core.asking`.
ASKED = dict.fromkeys(RAISED, raise_point)
ENTERED = dict.fromkeys((*RAISED, "technical"), enter_point)
