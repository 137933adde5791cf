"""Requests for the floor: who may ask, and how they come and go (RULES 3, 4, 6)."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.ids import Code, ListId, RequestId, SignalId
from rostra.core.meeting import LIVE, Request, SpeakerList
from rostra.core.order import splices
from rostra.core.refusals import Refused

Result = dict[str, object]

#: Families of kinds: one live request per voice, list and family (I3).
_FAMILY = {
    "statement": "statement",
    "group_statement": "statement",
    "question": "question",
    "right_of_reply": "reply",
}


def registration(
    case: Case,
    speakers: SpeakerList,
    entry: c.Entry,
    *,
    limit_ms: int,
    confirmed: bool = False,
    device: str = "",
    answers: tuple[RequestId, ...] = (),
    fixed: bool = False,
) -> e.RequestRegistered:
    """The event that puts *entry* on *speakers*, with a new id and number."""
    return e.RequestRegistered(
        request=RequestId(case.new_id("r")),
        list=speakers.id,
        kind=entry.kind,
        delegation=entry.delegation,
        group=entry.group,
        group_text=entry.group_text,
        label=entry.label,
        part=None,
        language=entry.language,
        channel=entry.channel,
        number=case.draft.numbered + 1,
        generation=speakers.generation,
        limit_ms=limit_ms,
        addressed=entry.addressed,
        answers=answers,
        not_before=entry.not_before,
        not_after=entry.not_after,
        fixed=fixed,
        after_closure=speakers.state == "closed",
        confirmed=confirmed,
        shown=case.meeting.profile.show_list == "all",
        note=entry.note,
        person=entry.person,
        device=device,
    )


def request_floor(case: Case, command: c.RequestFloor) -> Result:
    """A delegation asks for the floor; a second press joins the first (RULES 7.2)."""
    delegation = case.actor.delegation
    if delegation is None or delegation not in case.meeting.roster.delegations:
        raise Refused("not_in_roster")
    if command.kind == "technical":
        return _signal(case, delegation, command.text)
    speakers = _admitting(case, command.list)
    entry = _cleaned(
        case,
        speakers,
        c.Entry(
            delegation=delegation,
            group=command.group,
            group_text=command.group_text,
            kind=command.kind,
            person=command.person,
            language=command.language,
            channel="pad",
            addressed=command.addressed,
        ),
    )
    plan = case.segment_of(speakers).plan
    if entry.kind not in admitted_kinds(plan.kind, plan.kinds):
        raise Refused("kind_not_admitted", kind=entry.kind)
    found = live_of(case, speakers, entry)
    if found:
        case.say(e.RequestJoined(request=found.id, device=case.actor.device))
        return {
            "request": found.id,
            "number": found.number,
            "registered_at": found.registered_at,
            "joined": True,
        }
    event = registration(
        case,
        speakers,
        entry,
        device=case.actor.device,
        limit_ms=_limit_ms(case, entry),
    )
    case.say(event)
    return {
        "request": event.request,
        "number": event.number,
        "registered_at": case.at,
        "joined": False,
    }


def _signal(case: Case, delegation: Code, typed: str) -> Result:
    """A call for technical help: one per delegation at a time, no place, no queue."""
    case.alive()
    for signal in case.meeting.signals.values():
        if signal.delegation == delegation:
            case.say(e.SignalCleared(signal=signal.id))
    key = SignalId(case.new_id("t"))
    case.say(
        e.SignalRaised(
            signal=key,
            delegation=delegation,
            text=text.line(typed),
            device=case.actor.device,
        )
    )
    return {"signal": key}


def _admitting(case: Case, wanted: ListId | None) -> SpeakerList:
    """The list asked for, if it takes requests now (RULES 3)."""
    profile = case.meeting.profile
    case.in_state(
        "scheduled",
        "lobby",
        "in_session",
        *(("suspended",) if profile.inscribe_while_suspended else ()),
    )
    running = case.meeting.running_list
    if wanted is None and running is None:
        raise Refused("list_not_open", opens_at=None)
    speakers = case.list(wanted) if wanted else running
    assert speakers is not None
    plan = case.segment_of(speakers).plan
    if not plan.requests:
        raise Refused("list_takes_no_requests", segment=plan.title)
    if speakers.state == "not_open":
        raise Refused("list_not_open", opens_at=speakers.opens_at)
    over = speakers.closes_at is not None and case.at >= speakers.closes_at
    if speakers.state == "closed" or (speakers.state == "closing" and over):
        closed_at = speakers.closed_at or speakers.closes_at
        raise Refused("list_closed", {"closed_at": closed_at}, closed_at=closed_at)
    return speakers


def admitted_kinds(segment: str, kinds: tuple[str, ...] | None) -> tuple[str, ...]:
    """What delegations may ask for in a segment: questions in a panel."""
    if kinds is not None:
        return kinds
    return ("question",) if segment == "panel" else ("statement", "group_statement")


def _cleaned(case: Case, speakers: SpeakerList, entry: c.Entry) -> c.Entry:
    """*entry* with its words trimmed and its references checked.

    A statement on behalf of a group is a group statement; the group is of the
    register, or free text that an operator confirms (RULES 12).
    """
    roster = case.meeting.roster
    group_text = text.line(entry.group_text)
    if entry.delegation is not None and entry.delegation not in roster.delegations:
        raise Refused("not_in_roster", delegation=entry.delegation)
    if entry.group is not None and entry.group not in roster.groups:
        raise Refused("no_such_entity", what="group", id=entry.group)
    kind = entry.kind
    if kind == "statement" and (entry.group or group_text):
        kind = "group_statement"
    if kind == "technical":
        raise Refused("kind_not_admitted", kind=kind)
    if kind == "group_statement" and entry.group is None and not group_text:
        raise Refused("empty", what="group")
    for each in entry.addressed:
        request = case.request(each)
        if request.list != speakers.id or request.part != "panellist":
            raise Refused("no_such_entity", what="panellist", id=each)
    grouped = kind == "group_statement"
    return structs.replace(
        entry,
        kind=kind,
        group=entry.group if grouped else None,
        group_text=group_text if grouped and not entry.group else "",
        label=text.line(entry.label),
        note=text.lines(entry.note).strip(),
        person=text.person(entry.person),
    )


def _limit_ms(case: Case, entry: c.Entry) -> int:
    if entry.limit_s:
        return entry.limit_s * 1000
    own = case.meeting.roster.delegations.get(entry.delegation or Code(""))
    return case.meeting.profile.limit_ms(entry.kind, own.tier if own else "other")


def live_of(case: Case, speakers: SpeakerList, entry: c.Entry) -> Request | None:
    """The live request of a voice on a list in the same family of kinds (I3)."""
    family = _FAMILY.get(entry.kind)
    if entry.delegation is None or family is None:
        return None
    wanted = (entry.delegation, entry.group, entry.group_text.casefold(), family)
    requests: dict[RequestId, Request] = case.draft.requests
    for each in requests.values():
        if (
            each.list == speakers.id
            and each.status in LIVE
            and capacity(each) == wanted
        ):
            return each
    return None


def capacity(request: Request) -> tuple[object, ...] | None:
    """For whom and for what a delegation asks: one live request each (I3)."""
    family = _FAMILY.get(request.kind)
    if request.delegation is None or family is None:
        return None
    group_text = request.group_text.casefold()
    return (request.delegation, request.group, group_text, family)


def withdraw(case: Case, command: c.Withdraw) -> Result:
    """Off the list, also between the call and the start (RULES 7.11)."""
    case.alive()
    request = case.request(command.request)
    case.own(request)
    case.live(command.request)
    active = case.meeting.active
    if active and active.request == request.id:
        case.say(e.InterventionVoided(intervention=active.id, why="withdrawn"))
    by_delegation = case.actor.role == "delegate"
    case.say(
        e.RequestWithdrawn(
            request=request.id,
            by="delegation" if by_delegation else "operator",
            reason=text.line(command.reason),
            device=case.actor.device if by_delegation else "",
        )
    )
    case.undoable("withdraw", request=request.id)
    return {}


def insert(case: Case, command: c.Insert) -> Result:
    """An operator puts delegations or persons on a list, whatever its state."""
    case.alive()
    speakers = case.list(command.list)
    if command.at is not None and not 0 <= command.at <= len(speakers.order):
        raise Refused("bad_place", {"count": len(speakers.order)})
    made: list[RequestId] = []
    already: list[RequestId] = []
    for entry in command.entries:
        found = _insert_one(case, speakers, entry, placed=command.at is not None)
        (already if isinstance(found, Request) else made).append(
            found.id if isinstance(found, Request) else found
        )
    if not made:
        who = case.request(already[0]).delegation
        current: dict[str, str | int | None] = {"request": already[0]}
        raise Refused("already_on_list", current, delegation=who)
    if command.at is not None:
        old = speakers.order
        new = (*old[: command.at], *made, *old[command.at :])
        case.say(e.OrderChanged(list=speakers.id, splices=splices(old, new)))
    case.undoable("insert", request=made[0], list=speakers.id)
    return {"requests": made, "already": already}


def _insert_one(
    case: Case, speakers: SpeakerList, entry: c.Entry, *, placed: bool
) -> RequestId | Request:
    entry = _cleaned(case, speakers, entry)
    if entry.delegation is None and entry.person is None and not entry.label:
        raise Refused("empty", what="delegation")
    found = live_of(case, speakers, entry)
    if found:
        return found
    event = registration(
        case,
        speakers,
        entry,
        # what an operator types has been confirmed by being typed
        confirmed=True,
        fixed=placed,
        limit_ms=_limit_ms(case, entry),
    )
    case.say(event)
    return event.request


def move(case: Case, command: c.Move) -> Result:
    """By hand to another place; it stays there, counted in calls from now."""
    case.alive()
    request = case.live(command.request)
    order = case.list(request.list).order
    place = order.index(request.id)
    if (command.expect.request, command.expect.place) != (request.id, place):
        raise Refused("stale", {"place": place}, what="place", place=place + 1)
    if request.status == "called" or not 0 <= command.to < len(order):
        raise Refused("bad_place", {"count": len(order)})
    rest = (*order[:place], *order[place + 1 :])
    new = (*rest[: command.to], request.id, *rest[command.to :])
    case.say(e.RequestMoved(request=request.id, place=place, to=command.to))
    if new != order:
        case.say(e.OrderChanged(list=request.list, splices=splices(order, new)))
    case.undoable("move", request=request.id, list=request.list)
    return {"place": command.to}


def back_on_list(
    case: Case,
    list_id: ListId,
    place: int,
    event: e.RequestReturned,
) -> None:
    """Put a request that was called on its list again, at *place*."""
    case.say(event)
    old = case.draft.list(list_id).order
    rest = tuple(each for each in old if each != event.request)
    new = (*rest[:place], event.request, *rest[place:])
    if new != old:
        case.say(e.OrderChanged(list=list_id, splices=splices(old, new)))


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.RequestFloor: request_floor,
    c.Withdraw: withdraw,
    c.Insert: insert,
    c.Move: move,
}
