"""The undo's half of ``evolve``: an act kept as it was and became, and put back.

Whether an act may still be undone belongs to :mod:`rostra.core.undo`.
"""

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct, structs

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.ids import InterventionId, ListId, RequestId
from rostra.core.meeting import LISTED, Action, Intervention, Stopped
from rostra.core.timing import used_ms

_S = TypeVar("_S", bound=Struct)

#: Adds an intervention to the totals (1), or takes it away again (-1).
Count = Callable[[Draft, Intervention, int], None]

#: How many acts can be taken back, one after the other.
ACTIONS_KEPT = 10


def act_taken(d: Draft, ev: e.ActTaken) -> None:
    """Remember the act of this commit, and what it touched, for an undo."""
    action = Action(
        seq=d.seq,
        type=ev.act,
        at=d.at,
        request=ev.request,
        list=ev.list,
        segment=ev.segment,
        before=d.before(),
        after=d.after(),
    )
    d.amend(actions=(*d.actions, action)[-ACTIONS_KEPT:])


def act_undone(d: Draft, ev: e.ActUndone, count: Count) -> None:
    """Put back what an act changed; *count* takes a delivered row from the totals."""
    action = next(each for each in d.actions if each.seq == ev.action)
    was, became = action.before, action.after
    for key in became.interventions:
        _restore_intervention(d, action, key, count)
    for request in became.requests:
        _restore_request(d, action, request)
    for segment, changed in became.segments.items():
        now = d.segments[segment]
        d.put("segments", segment, _back(was.segments[segment], changed, now))
    for speakers in became.lists:
        _restore_list(d, action, speakers)
    for swap in (*was.swaps, *became.swaps):
        d.put("swaps", swap, was.swaps.get(swap))
    for name in ("stack", "segment", "downtime_ms"):
        if getattr(was, name) != getattr(became, name):
            d.amend(**{name: getattr(was, name)})
    d.amend(actions=tuple(each for each in d.actions if each.seq != ev.action))


def _back(was: _S, became: _S, now: _S, *, but: str = "") -> _S:
    """*now*, with what an act changed and nobody has touched since as it *was*."""
    fields = {
        name: getattr(was, name)
        for name in was.__struct_fields__
        if name != but and getattr(now, name) == getattr(became, name)
    }
    return structs.replace(now, **fields)


def _restore_intervention(
    d: Draft, action: Action, key: InterventionId, count: Count
) -> None:
    became = action.after.interventions[key]
    was = action.before.interventions.get(key)
    ended_by_it = was is None or was.outcome is None
    if ended_by_it and became.outcome not in (None, "voided"):
        d.amend(delivered=tuple(each for each in d.delivered if each != key))
        count(d, d.intervention(key), -1)
    if was is None:
        used = used_ms(d.intervention(key).clock, d.at)
        clock = Stopped(at=d.at, used_ms=used)
        d.change("interventions", key, clock=clock, outcome="voided")
        return
    d.put("interventions", key, _back(was, became, d.intervention(key)))


def _restore_request(d: Draft, action: Action, key: RequestId) -> None:
    was = action.before.requests.get(key)
    if was is None:
        d.change("requests", key, status="voided", ended_at=d.at)
        return
    became = action.after.requests[key]
    # whoever was told to be ready stays so, and in place (I8)
    back = _back(was, became, d.request(key), but="told_at")
    told_at = back.told_at or (was.told_at if became.told_at is None else None)
    d.put("requests", key, structs.replace(back, told_at=told_at))


def _restore_list(d: Draft, action: Action, key: ListId) -> None:
    """The list as it was, with whoever came since at the end of the old order."""
    was, now = action.before.lists[key], d.list(key)
    back = _back(was, action.after.lists[key], now, but="order")
    wanted = (*was.order, *(each for each in now.order if each not in was.order))
    order = tuple(each for each in wanted if d.request(each).status in LISTED)
    d.put("lists", key, structs.replace(back, order=order))
