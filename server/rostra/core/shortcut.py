"""The order after one request came or went, without sorting the others again.

A list is in order after every commit. As long as nothing has changed by which those on
it stand, whoever leaves it takes nobody else's place, and whoever comes is put between
two others. What :func:`rostra.core.order.arrange` would make of it is the same.
"""

from collections.abc import Sequence
from operator import attrgetter

from rostra.core.bands import locked
from rostra.core.draft import Draft
from rostra.core.events import Splices
from rostra.core.ids import ListId, Policy, RequestId
from rostra.core.meeting import LISTED, Meeting, Request, SpeakerList
from rostra.core.order import comparator
from rostra.core.spacing import gap_of

#: Policies by which an entry stands where it does whoever else is on the list.
_EACH_ALONE: frozenset[Policy] = frozenset(
    ("arrival", "protocol_rank", "lot", "alpha_from_lot", "fixed", "manual")
)
#: By what a request stands itself, and what another may stand by after a swap.
_OWN = attrgetter("kind", "ticket", "generation", "drawn", "stands_as", "turn")
_LENT = attrgetter("rank", "delegation", "group", "group_text")


def short_way(was: Meeting, draft: Draft, key: ListId) -> Splices | None:
    """The steps that bring the list *key* into order after what happened since *was*.

    None where more than one came or went, or others may stand elsewhere now.
    """
    speakers = draft.list(key)
    if not _as_before(was, draft, speakers):
        return None
    changed = _changed(was, draft, key)
    if changed is None or len(changed) > 1:
        return None
    for each in changed:
        if each.status not in LISTED:
            return ((speakers.order.index(each.id), 1),)
        place = _place(draft, speakers, each)
        return None if place is None else ((place, 0, each.id),)
    return ()


def _changed(was: Meeting, draft: Draft, key: ListId) -> list[Request] | None:
    """Who has come onto the list *key*, or gone from it, since *was*.

    None if anybody else may have lost the place, or got another claim to one.
    """
    changed: list[Request] = []
    for each in draft.touched("requests"):
        now, old = draft.requests[each], was.requests.get(RequestId(each))
        if now.list != key:
            continue
        listed = now.status in LISTED
        if listed != (old is not None and old.status in LISTED):
            changed.append(now)
        elif old is not None and listed and not _unmoved(old, now):
            return None
        if old is not None and _LENT(old) != _LENT(now):
            return None
    return changed


def _unmoved(old: Request, now: Request) -> bool:
    """Whether one who stays on the list has the same claim, or keeps the place."""
    return _OWN(old) == _OWN(now) and (locked(now) or not locked(old))


def _as_before(was: Meeting, draft: Draft, speakers: SpeakerList) -> bool:
    """Whether the list has its old order still, and everything by which it was made."""
    before = was.lists[speakers.id]
    return (
        speakers.order is before.order
        and draft.profile is was.profile
        and (speakers.policy, speakers.modifiers) == (before.policy, before.modifiers)
        and speakers.draw is before.draw
        and (
            speakers.spoken is before.spoken
            or "first_time_first" not in speakers.modifiers
        )
        and speakers.policy in _EACH_ALONE
        and speakers.purpose != "points"
        and not gap_of(draft, speakers)
    )


def _place(draft: Draft, speakers: SpeakerList, new: Request) -> int | None:
    """Where *new* is put between the others; None if that would shift a kept place."""
    order: Sequence[RequestId] = speakers.order
    if locked(new):
        return None
    if speakers.policy == "manual":
        return len(order)
    requests, key = draft.requests, comparator(draft, speakers, order)
    own = key(new.id)
    low, high = 0, len(order)
    # as a rule the last comes last
    middle = high - 1
    while low < high:
        # who keeps a place is not in order: the next before it is, that keeps none
        free = middle
        while free >= low and locked(requests[order[free]]):
            free -= 1
        if free < low or key(order[free]) < own:
            low = middle + 1
        else:
            high = free
        middle = (low + high) // 2
    shifts = any(map(locked, map(requests.__getitem__, order[low:])))
    return None if shifts else low
