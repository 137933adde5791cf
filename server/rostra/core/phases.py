"""The phases of an item: labels that an operator sets, and what they let in (RULES 2).

In a phase of replies these are called instead of the list of speakers; explanations of
vote are taken before and after the vote. The vote itself is none of Rostra's business.
"""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.ids import Code, Kind
from rostra.core.meeting import REPLYING, Phase, Segment
from rostra.core.refusals import Refused
from rostra.core.registering import (
    answered,
    joined,
    limit_ms,
    live_of,
    registration,
)

Result = dict[str, object]

#: In these explanations of vote are asked for.
EXPLAINING: frozenset[Phase] = frozenset(("explanation_before", "explanation_after"))


def set_phase(case: Case, command: c.SetPhase) -> Result:
    """The running item stands in another phase now."""
    expect, running = command.expect, case.meeting.segment
    now = case.meeting.segments[running].phase if running else None
    if (expect.segment, expect.phase) != (running, now) or command.phase == now:
        raise Refused("stale", {"segment": running, "phase": now}, what="phase")
    case.in_state("in_session")
    if command.phase in REPLYING:
        _replies_known(case, command.phase)
    if {expect.phase, command.phase} & REPLYING:
        _floor_idle(case)
    case.say(e.PhaseEntered(segment=expect.segment, phase=command.phase))
    case.undoable("set_phase", segment=expect.segment)
    return {"phase": command.phase}


def _replies_known(case: Case, phase: Phase) -> None:
    replies = case.meeting.profile.replies
    rounds = len(replies.limits_s) if replies else 0
    if rounds < (2 if phase == "reply_2" else 1):
        raise Refused("not_enabled")


def _floor_idle(case: Case) -> None:
    """Another list is called from: whoever has the floor was called from the old."""
    active = case.meeting.active
    if active:
        who = case.request(active.request).delegation
        raise Refused("floor_occupied", {"floor": active.id}, delegation=who)


def ask_to_explain(case: Case, command: c.RequestFloor, delegation: Code) -> Result:
    """A Member explains its vote, whatever the state of the list (RULES 4).

    Asked for on the list of the running item, where the statements of the debate were.
    """
    suspended = case.meeting.profile.inscribe_while_suspended
    case.in_state("in_session", *(("suspended",) if suspended else ()))
    running = case.meeting.segment
    segment = case.meeting.segments[running] if running else None
    if segment is None or command.kind not in also_admitted(segment):
        raise Refused("kind_not_admitted", kind=command.kind)
    speakers = case.list(segment.list)
    if case.meeting.roster.delegations[delegation].tier != "member_state":
        raise Refused("not_entitled")
    entry = c.Entry(
        delegation=delegation,
        kind=command.kind,
        person=text.person(command.person),
        language=command.language,
        channel="pad",
    )
    found = live_of(case, speakers, entry)
    if found:
        return joined(case, found)
    limit = limit_ms(case, entry)
    event = registration(
        case, speakers, entry, device=case.actor.device, limit_ms=limit
    )
    waits = "requested" if case.meeting.profile.approval else "queued"
    case.say(structs.replace(event, status=waits, after_closure=False))
    return answered(case.draft.request(event.request), joined=False)


def also_admitted(segment: Segment) -> tuple[Kind, ...]:
    """What delegations may ask for in the present phase beside the segment's kinds."""
    return ("explanation_of_vote",) if segment.phase in EXPLAINING else ()


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.SetPhase: set_phase,
}
