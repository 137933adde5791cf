"""The order of a list of speakers (RULES 5).

One comparator, then the entries that keep their places: those that are called, told
to be ready, or placed by hand. Order is computed here only; nobody else sorts (I2).
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from rostra.core.draft import Draft
from rostra.core.events import Splices
from rostra.core.ids import Code, RequestId, Ticket
from rostra.core.meeting import Meeting, Request, SpeakerList

#: Priority band by kind (RULES 4); 4 is the ordinary list, 5 replies at its end.
_BAND = {
    "programme": 2,
    "secretariat": 2,
    "introduction": 2,
    "answer": 3,
    "right_of_reply": 5,
}
_ORDINARY = 4
SortKey = tuple[int, int, int, int, Ticket]
_PALESTINE = Code("PSE")


def rank(meeting: Meeting | Draft, speakers: SpeakerList, request: Request) -> int:
    """The tier of *request* in the order, as the profile ranks tiers."""
    tiers = meeting.profile.tiers
    own = meeting.roster.delegations.get(request.delegation or Code(""))
    tier = own.tier if own else "other"
    if own and own.code == _PALESTINE:
        by_request = meeting.profile.state_of_palestine == "order_of_request"
        tier = "member_state" if by_request else "observer_state"
    speaks_for_group = request.kind == "group_statement" or tier == "group"
    if speaks_for_group:
        if "groups_first" in speakers.modifiers:
            return tiers["group"]
        tier = "organisation" if tier == "group" else tier
    return tiers[tier]


def sort_key(
    meeting: Meeting | Draft, speakers: SpeakerList, request: Request
) -> SortKey:
    """``(band, generation, spoken before, tier, ticket)`` of RULES 5."""
    band = _BAND.get(request.kind, _ORDINARY)
    ordinary = band == _ORDINARY
    spoken = 0
    if ordinary and "first_time_first" in speakers.modifiers:
        spoken = int(speakers.spoken.get(request.voice, 0) > 0)
    tier = rank(meeting, speakers, request) if ordinary else 0
    if speakers.policy == "fixed":
        spoken = tier = 0
    generation = request.generation if ordinary else 0
    return (band, generation, spoken, tier, request.ticket)


def locked(request: Request) -> bool:
    """Whether automatic sorting leaves *request* in its place (I8)."""
    return request.fixed or request.status == "called" or request.told_at is not None


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
    rest = iter(
        sorted(
            (each for place, each in enumerate(present) if place not in keep),
            key=lambda each: sort_key(meeting, speakers, requests[each]),
        )
    )
    return tuple(
        keep[place] if place in keep else next(rest) for place in range(len(present))
    )


def head(
    requests: Mapping[RequestId, Request], order: Sequence[RequestId]
) -> RequestId | None:
    """The first of *order* that is not yet called."""
    return next((each for each in order if requests[each].status == "queued"), None)


def splices(old: Sequence[RequestId], new: Sequence[RequestId]) -> Splices:
    """How *old* becomes *new*: ``(index, delete_count, id…)``, applied in turn."""
    start, end = 0, 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    return tuple(
        # earlier steps have made everything before b's index right already
        (start + b_from, a_to - a_from, *after[b_from:b_to])
        for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes()
        if tag != "equal"
    )


def spliced(
    old: Sequence[RequestId], steps: Iterable[Sequence[int | str]]
) -> tuple[RequestId, ...]:
    """The order after *steps* of :func:`splices`."""
    now = list(old)
    for index, count, *ids in steps:
        now[int(index) : int(index) + int(count)] = [RequestId(str(i)) for i in ids]
    return tuple(now)
