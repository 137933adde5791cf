"""The order of a list of speakers (RULES 5).

One comparator, then the entries that keep their places: those that are called, told
to be ready, or placed by hand. Order is computed here only; nobody else sorts (I2).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rostra.core.bands import ORDINARY, class_of, locked
from rostra.core.draft import Draft
from rostra.core.events import Splices
from rostra.core.ids import RequestId
from rostra.core.meeting import Meeting, Request, SpeakerList
from rostra.core.precedence import point_key
from rostra.core.sorting import policy_keys
from rostra.core.spacing import spaced


def comparator(
    meeting: Meeting | Draft, speakers: SpeakerList, live: Sequence[RequestId]
) -> Callable[[RequestId], tuple[Any, ...]]:
    """What the entries of *speakers* are sorted by, *live* being all that are on it.

    ``(class, policy, ticket)``; on a list of replies the first ones before the second,
    on the list of points as rule 77/119 has it.
    """
    requests = meeting.requests
    if speakers.purpose == "points":
        return lambda key: point_key(requests, requests[key])
    if speakers.purpose == "replies":
        return lambda key: (requests[key].turn, requests[key].ticket)
    policy = policy_keys(meeting, speakers, live)

    def sort_key(key: RequestId) -> tuple[Any, ...]:
        request = requests[key]
        own = class_of(meeting, speakers, request)
        ordinary = own[0] == ORDINARY
        return (own, policy(request) if ordinary else (), request.ticket)

    return sort_key


def arrange(
    meeting: Meeting | Draft, speakers: SpeakerList, live: Iterable[RequestId]
) -> tuple[RequestId, ...]:
    """The order of *live* requests, given the present order of the list.

    The rest is sorted; whoever is locked then stands at the place that it has now,
    counted in calls from now.
    """
    requests = meeting.requests
    wanted = set(live)
    present = [each for each in speakers.order if each in wanted]
    present += sorted(wanted.difference(present), key=lambda r: requests[r].ticket)
    keep = {
        place: each
        for place, each in enumerate(present)
        if locked(requests[each]) or speakers.policy == "manual"
    }
    rest = sorted(
        (each for place, each in enumerate(present) if place not in keep),
        key=comparator(meeting, speakers, present),
    )
    return spaced(meeting, speakers, keep, rest)


def head(
    requests: Mapping[RequestId, Request], order: Sequence[RequestId]
) -> RequestId | None:
    """The first of *order* that is not yet called."""
    return next((each for each in order if requests[each].status == "queued"), None)


def splices(old: Sequence[RequestId], new: Sequence[RequestId]) -> Splices:
    """How *old* becomes *new*: ``(index, delete_count, id…)``, applied in turn.

    As few as can be are taken out and put in. Nobody stands twice on a list.
    """
    start, end = 0, 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    steps: list[tuple[int | str, ...]] = []
    was, now = 0, 0
    for left, right in (*_staying(before, after), (len(before), len(after))):
        if (was, now) != (left, right):
            # earlier steps have made everything before this index right already
            steps.append((start + now, left - was, *after[now:right]))
        was, now = left + 1, right + 1
    return tuple(steps)


def _staying(
    before: Sequence[RequestId], after: Sequence[RequestId]
) -> list[tuple[int, int]]:
    """The most entries that follow each other in both, by their two places.

    The longest rising run of old places: for each length the run that ends lowest is
    known, and who stands before its last.
    """
    places = {each: place for place, each in enumerate(before)}
    both = [(places[each], at) for at, each in enumerate(after) if each in places]
    lowest: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for index, (place, _) in enumerate(both):
        length = bisect_left(lowest, place)
        previous.append(last[length - 1] if length else -1)
        lowest[length : length + 1] = [place]
        last[length : length + 1] = [index]
    run: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(both[index])
        index = previous[index]
    return run[::-1]


def spliced(
    old: Sequence[RequestId], steps: Iterable[Sequence[int | str]]
) -> tuple[RequestId, ...]:
    """The order after *steps* of :func:`splices`."""
    now = list(old)
    for index, count, *ids in steps:
        now[int(index) : int(index) + int(count)] = [RequestId(str(i)) for i in ids]
    return tuple(now)
