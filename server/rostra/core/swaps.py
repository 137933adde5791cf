"""Two delegations change places, with the consent of both (RULES 5).

Only between equals: who stands before or after the other by right stays there. The
operator sees it from the offer on and may say no.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.attribution import attributed
from rostra.core.bands import class_of
from rostra.core.case import Case
from rostra.core.draft import Draft
from rostra.core.ids import RequestId, SwapId
from rostra.core.meeting import Meeting, Swap
from rostra.core.refusals import Refused

Result = dict[str, object]


def offer_swap(case: Case, command: c.OfferSwap) -> Result:
    """A delegation offers its place to another, for the other's."""
    case.alive()
    profile = case.meeting.profile
    # places of others are not to be asked for where they are not shown
    if profile.swaps == "off" or profile.show_list != "all":
        raise Refused("not_enabled")
    own = case.request(command.request)
    case.own(own)
    if not attributed(case.meeting, case.list(own.list).segment):
        raise Refused("not_enabled")
    other = case.meeting.requests.get(command.wanted)
    if other is None or other.delegation in (None, own.delegation):
        raise Refused("swap_not_possible")
    if not _possible(case.meeting, own.id, other.id) or _in_swap(
        case, own.id, other.id
    ):
        raise Refused("swap_not_possible")
    key = SwapId(case.new_id("w"))
    case.say(
        e.SwapOffered(
            swap=key, offered=own.id, wanted=other.id, device=case.actor.device
        )
    )
    return {"swap": key}


def answer_swap(case: Case, command: c.AnswerSwap) -> Result:
    """Yes or no of the delegation that was asked; who offered may take it back."""
    case.alive()
    swap = _known(case, command.swap)
    asked = case.request(swap.wanted).delegation == case.actor.delegation
    if not command.accept:
        why = "declined" if asked else "taken_back"
        case.say(e.SwapEnded(swap=swap.id, why=why))  # type: ignore[arg-type]
        return {}
    if not asked:
        raise Refused("not_your_delegation")
    if swap.accepted:
        raise Refused("swap_not_possible")
    case.say(e.SwapAccepted(swap=swap.id, device=case.actor.device))
    if case.meeting.profile.swaps == "auto":
        _make(case, swap)
    return {}


def settle_swap(case: Case, command: c.SettleSwap) -> Result:
    """The operator lets an accepted swap happen, or says no at any stage."""
    case.alive()
    swap = _known(case, command.swap)
    if not command.allow:
        case.say(e.SwapEnded(swap=swap.id, why="vetoed"))
    elif swap.accepted:
        _make(case, swap)
    else:
        raise Refused("swap_not_possible")
    speakers = case.request(swap.offered).list
    case.undoable("settle_swap", request=swap.offered, list=speakers)
    return {}


def lapse(case: Case) -> None:
    """An offer ends when the places it was about are no longer what they were."""
    for swap in list(case.draft.swaps.values()):
        if not _possible(case.draft, swap.offered, swap.wanted) or _moved(case, swap):
            case.say(e.SwapEnded(swap=swap.id, why="lapsed"))


def _known(case: Case, key: SwapId) -> Swap:
    """The swap *key*; a delegation knows its own only."""
    swap: Swap = case.found(case.meeting.swaps, key, "swap")
    between = [case.request(each).delegation for each in (swap.offered, swap.wanted)]
    if case.actor.role == "delegate" and case.actor.delegation not in between:
        raise Refused("no_such_entity", what="swap", id=key)
    return swap


def _make(case: Case, swap: Swap) -> None:
    case.say(e.SwapMade(swap=swap.id, offered=swap.offered, wanted=swap.wanted))


def _possible(meeting: Meeting | Draft, one: RequestId, other: RequestId) -> bool:
    """Whether the two wait on one list, in one class, and nobody was put by hand."""
    first, second = meeting.requests[one], meeting.requests[other]
    speakers = meeting.lists[first.list]
    return (
        first.list == second.list
        and speakers.purpose == "speakers"
        and all(each.status == "queued" and not each.fixed for each in (first, second))
        and class_of(meeting, speakers, first) == class_of(meeting, speakers, second)
    )


def _in_swap(case: Case, *requests: RequestId) -> bool:
    """One swap at a time for each."""
    return any(
        each in (swap.offered, swap.wanted)
        for swap in case.meeting.swaps.values()
        for each in requests
    )


def _moved(case: Case, swap: Swap) -> bool:
    """Whether this commit gave the list another order, or turned the two about.

    An offer that an undo has just brought back is for the places that it finds.
    """
    if swap.id not in case.meeting.swaps:
        return False
    key = case.request(swap.offered).list
    was, now = case.meeting.lists[key], case.draft.list(key)
    if (was.policy, was.modifiers, was.draw) != (now.policy, now.modifiers, now.draw):
        return True

    def first(order: tuple[RequestId, ...]) -> bool:
        return order.index(swap.offered) < order.index(swap.wanted)

    return first(was.order) != first(now.order)


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.OfferSwap: offer_swap,
    c.AnswerSwap: answer_swap,
    c.SettleSwap: settle_swap,
}
