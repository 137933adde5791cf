"""Requests for the floor: what they hold, where they stand, how they go (RULES 6)."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.ids import ListId
from rostra.core.meeting import LIVE, SpeakerList
from rostra.core.order import splices
from rostra.core.refusals import Refused
from rostra.core.stack import of_request, void

Result = dict[str, object]


def admitted_kinds(segment: str, kinds: tuple[str, ...] | None) -> tuple[str, ...]:
    """What delegations may ask for in a segment: questions in a panel."""
    if kinds is not None:
        return kinds
    return ("question",) if segment == "panel" else ("statement", "group_statement")


def cleaned(case: Case, speakers: SpeakerList, entry: c.Entry) -> c.Entry:
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
        asked = case.meeting.requests.get(each)
        if not asked or asked.list != speakers.id or asked.part != "panellist":
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


def withdraw(case: Case, command: c.Withdraw) -> Result:
    """Off the list or what lies beside it, also before the start (RULES 7.11)."""
    case.alive()
    request = case.request(command.request)
    case.own(request)
    case.live(command.request, LIVE)
    called = of_request(case.meeting, request.id)
    if called:
        void(case, called, "withdrawn")
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
    c.Withdraw: withdraw,
    c.Move: move,
}
