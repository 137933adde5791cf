"""The floor as a stack: who stands over whom, and who goes on when one leaves.

An interruption stands over the intervention that it interrupts; the clock beneath does
what the profile says of its kind (RULES 4, 7.5). Nobody forgets what was left.
"""

from typing import Literal

from rostra.core import events as e
from rostra.core.case import Case
from rostra.core.draft import Draft
from rostra.core.ids import InterventionId, Kind, RequestId
from rostra.core.meeting import Held, Intervention, Meeting, Request, Ruling
from rostra.core.profile import INTERRUPTIONS, Interruption, Profile

_OF_ORDER: tuple[Ruling, ...] = ("upheld", "not_upheld", "withdrawn", "noted")
_OF_MOTION: tuple[Ruling, ...] = ("carried", "lost", "withdrawn", "noted")


def interrupts(kind: Kind) -> bool:
    """Whether interventions of *kind* stand over others."""
    return kind in INTERRUPTIONS


def rules_of(profile: Profile, kind: Kind) -> Interruption:
    """What the profile says of one kind of interruption; a default else."""
    assert kind in INTERRUPTIONS
    return profile.interruptions.get(kind, INTERRUPTIONS[kind])


def rulings(request: Request) -> tuple[Ruling, ...]:
    """How the chair may rule on it; nobody rules on those who debate a motion."""
    if request.kind == "point_of_order":
        return _OF_ORDER
    if request.kind == "procedural_motion" and request.on is None:
        return _OF_MOTION
    return ()


def of_request(meeting: Meeting | Draft, request: RequestId) -> Intervention | None:
    """The intervention on the floor, at any height, that *request* was given."""
    standing = (meeting.interventions[key] for key in meeting.stack)
    return next((each for each in standing if each.request == request), None)


def ruling_pending(meeting: Meeting | Draft, key: InterventionId) -> bool:
    """Whether something that interrupted *key* has not been ruled on."""
    return any(
        each.over == key and awaits_ruling(meeting, each)
        for each in meeting.interventions.values()
    )


def awaits_ruling(meeting: Meeting | Draft, over: Intervention) -> bool:
    """Whether the chair has still to rule on an interruption that was heard."""
    if over.ruling or over.outcome in (None, "voided", "returned"):
        return False
    request = meeting.requests[over.request]
    return bool(rulings(request)) and rules_of(meeting.profile, request.kind).ruling


def void(
    case: Case,
    intervention: Intervention,
    why: Literal["mistake", "no_show", "withdrawn", "suspension", "removed"],
) -> None:
    """Off the floor as if it had not been, and the one beneath goes on."""
    case.say(e.InterventionVoided(intervention=intervention.id, why=why))
    left(case, intervention)


def left(case: Case, over: Intervention) -> None:
    """*over* has left the floor: the one that it interrupted goes on by itself.

    Unless the profile wants the operator's word, the chair has still to rule, or the
    clock beneath stood already when the interruption came.
    """
    kind = case.draft.request(over.request).kind
    if over.over is None or not interrupts(kind):
        return
    clock = case.draft.intervention(over.over).clock
    held_by_it = isinstance(clock, Held) and clock.since == over.called_at
    if held_by_it and rules_of(case.draft.profile, kind).clock == "hold":
        go_on(case, over.over)


def go_on(case: Case, key: InterventionId) -> bool:
    """The interrupted one goes on with exactly what was left, if nothing forbids."""
    beneath = case.draft.intervention(key)
    clock = beneath.clock
    if (
        case.draft.state != "in_session"
        or case.draft.stack[-1:] != (key,)
        or not isinstance(clock, Held)
        or clock.reason != "interruption"
        or ruling_pending(case.draft, key)
    ):
        return False
    case.say(e.ClockResumed(intervention=key, credit_ms=0))
    return True
