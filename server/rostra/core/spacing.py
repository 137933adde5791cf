"""Sorted entries put between those who keep their places (RULES 5, 7.13).

A delegation that speaks for a group may have to wait a few places with its own
statement: then others go before it, as far as there are any.
"""

from collections.abc import Mapping, Sequence
from itertools import islice

from rostra.core.draft import Draft
from rostra.core.ids import Code, RequestId
from rostra.core.meeting import Meeting, Request, SpeakerList
from rostra.core.turns import heard

#: Orders that are made by people are left as they are.
_BY_HAND = frozenset(("fixed", "manual"))


def spaced(
    meeting: Meeting | Draft,
    speakers: SpeakerList,
    keep: Mapping[int, RequestId],
    rest: Sequence[RequestId],
) -> tuple[RequestId, ...]:
    """*rest* in its order, each of *keep* at its place, and the gap as best it can."""
    gap = gap_of(meeting, speakers)
    if not gap:
        sorted_on = iter(rest)
        places = range(len(keep) + len(rest))
        return tuple(keep[p] if p in keep else next(sorted_on) for p in places)
    waiting = list(rest)
    before = _just_heard(meeting, speakers, gap)
    order: list[RequestId] = []
    for place in range(len(keep) + len(rest)):
        if place in keep:
            order.append(keep[place])
            continue
        ahead = [keep[p] for p in range(place + 1, place + 1 + gap) if p in keep]
        near = [*[*before, *order][-gap:], *ahead]
        order.append(waiting.pop(_next(meeting, waiting, near, gap)))
    return tuple(order)


def gap_of(meeting: Meeting | Draft, speakers: SpeakerList) -> int:
    """How many places a spokesperson waits on *speakers*; 0 where nobody does."""
    if speakers.purpose != "speakers" or speakers.policy in _BY_HAND:
        return 0
    return int(meeting.profile.spokesperson_gap)


def _next(
    meeting: Meeting | Draft,
    waiting: Sequence[RequestId],
    near: Sequence[RequestId],
    gap: int,
) -> int:
    """The first of *waiting* whose delegation speaks for no group so near."""
    spoken_for = _spokespersons(meeting, near)
    for index, each in enumerate(waiting):
        request = meeting.requests[each]
        to_come = [key for key in waiting[: gap + 1] if key != each]
        if not _national(request) or request.delegation not in (
            spoken_for | _spokespersons(meeting, to_come)
        ):
            return index
    return 0


def _spokespersons(
    meeting: Meeting | Draft, among: Sequence[RequestId]
) -> frozenset[Code | None]:
    requests = (meeting.requests[each] for each in among)
    return frozenset(r.delegation for r in requests if r.kind == "group_statement")


def _national(request: Request) -> bool:
    return request.kind == "statement" and request.delegation is not None


def _just_heard(
    meeting: Meeting | Draft, speakers: SpeakerList, gap: int
) -> list[RequestId]:
    """The last ones who had the floor from this list."""
    last = islice(heard(meeting, speakers, backwards=True), gap)
    return [request.id for _, request in last][::-1]
