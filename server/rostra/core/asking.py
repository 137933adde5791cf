"""How requests come: delegations ask, operators enter (RULES 3, 4, 7.2).

A kind that has rules of its own is taken by its own module (the two tables below);
everything else is for a list of speakers.
"""

from collections.abc import Callable
from typing import Any, Literal

from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import points, text
from rostra.core.case import Case
from rostra.core.closings import full
from rostra.core.ids import Code, ListId, RequestId, SignalId
from rostra.core.meeting import Request, SpeakerList
from rostra.core.order import splices
from rostra.core.phases import ask_to_explain
from rostra.core.refusals import Refused
from rostra.core.registering import (
    answered,
    from_pad,
    joined,
    live_of,
    registration,
)
from rostra.core.replies import enter_reply, request_reply
from rostra.core.requests import admitted_kinds, cleaned
from rostra.core.statements import counted_out, statement_ms

Result = dict[str, object]
#: Takes a delegation's request of a kind with rules of its own.
Asked = Callable[[Case, c.RequestFloor, Code], Result]
#: Puts an operator's entry of such a kind on its list; a request that is there
#: already is given back instead of a new one. ``placed`` keeps it where it is put.
Entered = Callable[[Case, SpeakerList, c.Entry, bool], RequestId | Request]


def request_floor(case: Case, command: c.RequestFloor) -> Result:
    """A delegation asks for the floor; a second press joins the first (RULES 7.2)."""
    delegation = case.actor.delegation
    if delegation is None or delegation not in case.meeting.roster.delegations:
        raise Refused("not_in_roster")
    return ASKED.get(command.kind, _ask_to_speak)(case, command, delegation)


def _ask_to_speak(case: Case, command: c.RequestFloor, delegation: Code) -> Result:
    """A request for a list of speakers."""
    speakers = _asked_list(case, command.list)
    late = _late(case, speakers)
    entry = cleaned(case, speakers, from_pad(command, delegation))
    plan = case.segment_of(speakers).plan
    if entry.kind not in admitted_kinds(plan.kind, plan.kinds):
        raise Refused("kind_not_admitted", kind=entry.kind)
    found = live_of(case, speakers, entry)
    if found:
        return joined(case, found)
    counted_out(case, speakers, entry)
    event = registration(
        case,
        speakers,
        entry,
        device=case.actor.device,
        limit_ms=statement_ms(case, speakers, entry),
    )
    status = "late" if late else _taken(case)
    case.say(structs.replace(event, status=status, after_closure=late))
    full(case, speakers.id)
    return answered(case.draft.request(event.request), joined=False)


def _taken(case: Case) -> Literal["requested", "queued"]:
    """On the list at once, or once an operator has said yes."""
    return "requested" if case.meeting.profile.approval else "queued"


def call_for_help(case: Case, command: c.RequestFloor, delegation: Code) -> Result:
    """A technical problem: one per delegation at a time, no place, no queue."""
    case.alive()
    for signal in case.meeting.signals.values():
        if signal.delegation == delegation:
            case.say(e.SignalCleared(signal=signal.id))
    key = SignalId(case.new_id("t"))
    case.say(
        e.SignalRaised(
            signal=key,
            delegation=delegation,
            text=text.line(command.text),
            device=case.actor.device,
        )
    )
    return {"signal": key}


def inscribing(case: Case) -> None:
    """Refuse unless requests are taken in this state of the meeting (RULES 1)."""
    profile = case.meeting.profile
    case.in_state(
        "scheduled",
        "lobby",
        "in_session",
        *(("suspended",) if profile.inscribe_while_suspended else ()),
    )


def _asked_list(case: Case, wanted: ListId | None) -> SpeakerList:
    """The list asked for, once it was opened (RULES 3)."""
    inscribing(case)
    if wanted is None:
        running = case.meeting.segment
        if running is None:
            raise Refused("list_not_open", opens_at=None)
        wanted = case.meeting.segments[running].list
    speakers = case.list(wanted)
    if speakers.purpose != "speakers":
        raise Refused("list_takes_no_requests", segment="")
    plan = case.segment_of(speakers).plan
    if not plan.requests:
        raise Refused("list_takes_no_requests", segment=plan.title)
    if speakers.state == "not_open":
        raise Refused("list_not_open", opens_at=speakers.opens_at)
    return speakers


def _late(case: Case, speakers: SpeakerList) -> bool:
    """Whether a request comes after the closing, and is kept in the tray."""
    over = speakers.closes_at is not None and case.at >= speakers.closes_at
    closed = speakers.state == "closed" or (speakers.state == "closing" and over)
    if closed and not case.meeting.profile.late_tray:
        closed_at = speakers.closed_at or speakers.closes_at
        raise Refused("list_closed", {"closed_at": closed_at}, closed_at=closed_at)
    return closed


def insert(case: Case, command: c.Insert) -> Result:
    """An operator puts delegations or persons on a list, whatever its state."""
    case.alive()
    speakers = case.list(command.list)
    if command.at is not None and not 0 <= command.at <= len(speakers.order):
        raise Refused("bad_place", {"count": len(speakers.order)})
    made: list[RequestId] = []
    already: list[RequestId] = []
    for entry in command.entries:
        enter = ENTERED.get(entry.kind, _enter_speaker)
        found = enter(case, speakers, entry, command.at is not None)
        (already if isinstance(found, Request) else made).append(
            found.id if isinstance(found, Request) else found
        )
    if not made:
        who = case.request(already[0]).delegation
        current: dict[str, str | int | None] = {"request": already[0]}
        raise Refused("already_on_list", current, delegation=who)
    # a reply goes to the list of replies, whichever list was named
    here = [each for each in made if case.draft.request(each).list == speakers.id]
    if here and command.at is not None:
        old = speakers.order
        new = (*old[: command.at], *here, *old[command.at :])
        case.say(e.OrderChanged(list=speakers.id, splices=splices(old, new)))
    if here:
        full(case, speakers.id)
    case.undoable("insert", request=made[0], list=speakers.id)
    return {"requests": made, "already": already}


def _enter_speaker(
    case: Case, speakers: SpeakerList, entry: c.Entry, placed: bool
) -> RequestId | Request:
    """An entry for a list of speakers."""
    if speakers.purpose != "speakers":
        raise Refused("kind_not_admitted", kind=entry.kind)
    entry = cleaned(case, speakers, entry)
    if entry.delegation is None and entry.person is None and not entry.label:
        raise Refused("empty", what="delegation")
    found = live_of(case, speakers, entry)
    if found:
        return found
    counted_out(case, speakers, entry)
    event = registration(
        case,
        speakers,
        entry,
        # what an operator types has been confirmed by being typed
        confirmed=True,
        fixed=placed,
        limit_ms=statement_ms(case, speakers, entry),
    )
    case.say(event)
    return event.request


#: Kinds that have rules of their own when a delegation asks for them.
ASKED: dict[str, Asked] = {
    **points.ASKED,
    "technical": call_for_help,
    "right_of_reply": request_reply,
    "explanation_of_vote": ask_to_explain,
}
#: Kinds that have rules of their own when an operator enters them.
ENTERED: dict[str, Entered] = {
    **points.ENTERED,
    "right_of_reply": enter_reply,
}

RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.RequestFloor: request_floor,
    c.Insert: insert,
}
