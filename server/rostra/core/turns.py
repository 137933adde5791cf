"""Policies by which groups take turns: regional rotation, for and against (RULES 5).

Turns that were taken count: a round is numbered from the first call of the list on,
and who is called, or told to be ready, has taken the turn.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from rostra.core.bands import ORDINARY, band, class_of, locked, tier
from rostra.core.draft import Draft
from rostra.core.ids import Code, RequestId
from rostra.core.meeting import Intervention, Meeting, Request, SpeakerList

#: The regional groups, in the order in which they take turns.
REGIONS = ("AFR", "APG", "EEG", "LAC", "WEO")
#: Those without a regional group take turns as a group of their own, after all.
NONE = ""
_REGIONS = frozenset(REGIONS)
_SIDES = {"for": "against", "against": "for"}


def claims(meeting: Meeting | Draft, request: Request) -> Request:
    """The request by whose claims *request* stands: its own, or what it got by a swap.

    Rank, name, region and lot are changed for another's together with the place.
    """
    if request.stands_as is None:
        return request
    found: Request = meeting.requests[request.stands_as]
    return found


def region(meeting: Meeting | Draft, request: Request) -> str:
    """The regional group whose turn *request* takes; none for an organisation."""
    code = claims(meeting, request).delegation or Code("")
    own = meeting.roster.delegations.get(code)
    return own.region if own and own.region in _REGIONS else NONE


def start_of(speakers: SpeakerList) -> str:
    """The regional group that begins: the one drawn, else the first."""
    return (speakers.draw.region if speakers.draw else "") or REGIONS[0]


def place_in_round(speakers: SpeakerList, group: str) -> int:
    """The place of a regional group in each round, counted from the one that begins."""
    if group == NONE:
        return len(REGIONS)
    return (REGIONS.index(group) - REGIONS.index(start_of(speakers))) % len(REGIONS)


def rounds(
    meeting: Meeting | Draft, speakers: SpeakerList, live: Sequence[RequestId]
) -> dict[RequestId, int]:
    """In which round each of *live* has its turn.

    A group's next turn is in the first round in which it has not had one, and not in
    a round that is over: who had nobody waiting has lost the turn and no more.
    """
    last: dict[str, int] = {}
    top = 1
    for request in _heard(meeting, speakers):
        group = region(meeting, request)
        last[group] = max(last.get(group, 0) + 1, top)
        top = last[group]
    found: dict[RequestId, int] = {}
    taken, waiting = _in_turn(meeting, speakers, live)
    for request in taken:
        group = region(meeting, request)
        top = last[group] = found[request.id] = max(last.get(group, 0) + 1, top)
    for request in waiting:
        group = region(meeting, request)
        last[group] = found[request.id] = max(last.get(group, 0) + 1, top)
    return found


def sides(
    meeting: Meeting | Draft, speakers: SpeakerList, live: Sequence[RequestId]
) -> dict[RequestId, tuple[int, int]]:
    """The turn of each of *live*: for and against alternate, after the last called.

    Who takes no side comes last.
    """
    taken, waiting = _in_turn(meeting, speakers, live)
    before = chain(reversed(taken), _heard(meeting, speakers, backwards=True))
    last = next((side for each in before if (side := _side(meeting, each))), None)
    start = _SIDES[last] if last else "for"
    turns: dict[str | None, int] = {}
    found: dict[RequestId, tuple[int, int]] = {}
    for request in waiting:
        side = _side(meeting, request)
        if side is None:
            found[request.id] = (len(waiting), 0)
            continue
        turns[side] = turns.get(side, 0) + 1
        found[request.id] = (turns[side], int(side != start))
    return found


def heard(
    meeting: Meeting | Draft, speakers: SpeakerList, *, backwards: bool = False
) -> Iterator[tuple[Intervention, Request]]:
    """Who has had the floor from this list, in order; parts of one count once."""
    every = meeting.interventions.values()
    for each in reversed(every) if backwards else every:
        if (
            each.list == speakers.id
            and each.started_at is not None
            and each.outcome != "voided"
        ):
            yield each, meeting.requests[each.request]


def _side(meeting: Meeting | Draft, request: Request) -> str | None:
    return claims(meeting, request).side


def _heard(
    meeting: Meeting | Draft, speakers: SpeakerList, *, backwards: bool = False
) -> Iterator[Request]:
    for intervention, request in heard(meeting, speakers, backwards=backwards):
        if intervention.resume_of is None and _takes_turns(meeting, speakers, request):
            yield request


def _takes_turns(
    meeting: Meeting | Draft, speakers: SpeakerList, request: Request
) -> bool:
    """Groups that come first, and all beside the ordinary list, take nobody's turn."""
    if band(request) != ORDINARY:
        return False
    groups = "groups_first" in speakers.modifiers
    return not groups or tier(meeting, speakers, request) != "group"


def _in_turn(
    meeting: Meeting | Draft, speakers: SpeakerList, live: Sequence[RequestId]
) -> tuple[list[Request], list[Request]]:
    """Those who have taken a turn by being called or next, and those who wait for one.

    Who keeps another place, put by hand or told too early, stands outside the turns
    until called.
    """
    here = [meeting.requests[each] for each in live]
    taken = [
        *(each for each in here if each.status == "called"),
        *(each for each in _next(here) if each.status != "called"),
    ]
    waiting = [each for each in here if not locked(each)]
    return (
        [each for each in taken if _takes_turns(meeting, speakers, each)],
        sorted(
            (each for each in waiting if _takes_turns(meeting, speakers, each)),
            key=lambda each: (class_of(meeting, speakers, each), each.ticket),
        ),
    )


def _next(here: Sequence[Request]) -> Iterator[Request]:
    """Those told whose call is next, once what stands before the list is over.

    It hangs on who is locked and where, not on how the others stand just now.
    """
    before = sum(not locked(each) and band(each) < ORDINARY for each in here)
    for each in here:
        if locked(each):
            if each.told_at is not None:
                yield each
            continue
        before -= 1
        if before < 0:
            return
