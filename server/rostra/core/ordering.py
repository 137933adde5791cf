"""The operator's hand on the order of a list: policy, draw and pins (RULES 5)."""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.case import Case
from rostra.core.draws import draw_now
from rostra.core.lists import expected
from rostra.core.meeting import Request
from rostra.core.refusals import Refused

Result = dict[str, object]


def set_policy(case: Case, command: c.SetPolicy) -> Result:
    """Another order. Places that are locked stay (I8).

    Points and replies have an order of their own.
    """
    speakers = expected(case, command.expect)
    if speakers.purpose != "speakers":
        raise Refused("not_enabled")
    case.say(
        e.PolicySet(
            list=speakers.id,
            policy=command.policy,
            modifiers=tuple(sorted(set(command.modifiers))),
        )
    )
    case.undoable("set_policy", list=speakers.id)
    return {}


def draw(case: Case, command: c.DrawLots) -> Result:
    """Draw by lot. It is public, and not undone: another draw is another draw.

    While requests are still collected for the lot the draw waits for the end of that.
    """
    speakers = expected(case, command.expect)
    if speakers.state == "lot_window" or not draw_now(case, speakers):
        raise Refused("nothing_to_draw")
    drawn = case.draft.list(speakers.id).draw
    return {"draw": drawn.number if drawn else None}


def pin(case: Case, command: c.Pin) -> Result:
    """It stays where it is, counted in calls from now."""
    return _pin(case, command.expect, pinned=True)


def unpin(case: Case, command: c.Unpin) -> Result:
    """The order decides again where it stands."""
    return _pin(case, command.expect, pinned=False)


def _pin(case: Case, expect: c.ExpectPlace, *, pinned: bool) -> Result:
    case.alive()
    request = _in_place(case, expect)
    if request.status == "called":
        raise Refused("bad_place")
    case.say(e.RequestPinned(request=request.id, pinned=pinned))
    case.undoable("pin" if pinned else "unpin", request=request.id, list=request.list)
    return {}


def _in_place(case: Case, expect: c.ExpectPlace) -> Request:
    """The entry that the button showed, if it still stands there."""
    request = case.live(expect.request)
    place = case.list(request.list).order.index(request.id)
    if place != expect.place:
        raise Refused("stale", {"place": place}, what="place", place=place + 1)
    return request


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.SetPolicy: set_policy,
    c.DrawLots: draw,
    c.Pin: pin,
    c.Unpin: unpin,
}
