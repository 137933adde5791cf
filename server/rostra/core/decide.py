"""``decide``: what a command leads to, or why not.

A calculation: the meeting, the command, who asks and the instant come in; events and
a result, or a refusal, come out. A refusal leaves no trace.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from rostra.core import (
    adjourning,
    agenda,
    asking,
    channel,
    clocks,
    closings,
    conclusions,
    control,
    corrections,
    endings,
    floor,
    interruptions,
    limits,
    lists,
    losses,
    notes,
    ordering,
    phases,
    publishing,
    requests,
    rounds,
    rulesets,
    swaps,
    trays,
    undo,
    words,
)
from rostra.core import alarms as a
from rostra.core import commands as c
from rostra.core.actor import Actor
from rostra.core.case import Case
from rostra.core.events import AnyEvent
from rostra.core.ids import Instant
from rostra.core.meeting import LISTED, Meeting
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
            control.may_act(case, kind)
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
    speakers = case.draft.list(request.list)
    # who else has raised a point is the chair's
    if request.status not in LISTED or speakers.purpose == "points":
        return result
    return {**result, "place": speakers.order.index(request.id)}


_RULES: dict[type, Callable[[Case, Any], Result]] = {
    **agenda.RULES,
    **lists.RULES,
    **ordering.RULES,
    **swaps.RULES,
    **limits.RULES,
    **phases.RULES,
    **rounds.RULES,
    **requests.RULES,
    **asking.RULES,
    **closings.RULES,
    **trays.RULES,
    **adjourning.RULES,
    **floor.RULES,
    **clocks.RULES,
    **losses.RULES,
    **endings.RULES,
    **interruptions.RULES,
    **undo.RULES,
    **words.RULES,
    **notes.RULES,
    **corrections.RULES,
    **conclusions.RULES,
    **publishing.RULES,
    **control.RULES,
    **channel.RULES,
    **rulesets.RULES,
}
