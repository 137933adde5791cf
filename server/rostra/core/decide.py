"""``decide``: what a command leads to, or why not.

A calculation: the meeting, the command, who asks and the instant come in; events and
a result, or a refusal, come out. A refusal leaves no trace.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from rostra.core import agenda, floor, lists, requests, rounds, undo, words
from rostra.core import alarms as a
from rostra.core import commands as c
from rostra.core.actor import Actor
from rostra.core.case import Case
from rostra.core.events import AnyEvent
from rostra.core.ids import Instant
from rostra.core.meeting import Meeting
from rostra.core.permissions import permitted
from rostra.core.refusals import Refusal, Refused
from rostra.core.settle import settle

Result = dict[str, Any]


class Decision(Struct, frozen=True):
    """What happens: at least one event, the meeting after them, and the answer."""

    events: tuple[AnyEvent, ...]
    meeting: Meeting
    result: Result


def decide(
    meeting: Meeting, command: c.AnyCommand | a.Alarm, actor: Actor, at: Instant
) -> Decision | Refusal:
    """What *command* of *actor* does to *meeting* at the instant *at*."""
    case = Case(meeting, actor, at)
    try:
        if isinstance(command, c.Command):
            kind = str(command.__struct_config__.tag)
            if not permitted(actor.role, kind):
                raise Refused("not_permitted", command=kind)
        result = _RULES[type(command)](case, command)
    except Refused as refused:
        return refused.refusal
    settle(case)
    if case.act:
        case.say(case.act)
    return Decision(tuple(case.events), case.draft.freeze(), placed(case, result))


def placed(case: Case, result: Result) -> Result:
    """Add the place on the list to the answer of a request for the floor."""
    if "number" not in result or case.meeting.profile.show_list == "count":
        return result
    request = case.draft.request(result["request"])
    order = case.draft.list(request.list).order
    return {**result, "place": order.index(request.id)}


_RULES: dict[type, Callable[[Case, Any], Result]] = {
    **agenda.RULES,
    **lists.RULES,
    **rounds.RULES,
    **requests.RULES,
    **floor.RULES,
    **undo.RULES,
    **words.RULES,
}
