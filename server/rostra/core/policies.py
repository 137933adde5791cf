"""What a list's policy sorts by, and why an entry stands where it stands (RULES 5).

``why`` says facts about the entry alone, so that it changes only when they do. A
screen makes one sentence of them; several may stand, and the first decides. In the
order in which they can come:

``called``            on the floor or called to it (own delegation and staff only)
``pinned``            placed by hand: sorting leaves it there (own and staff)
``returned``          was called before and comes back at a place kept for it (own and
                      staff)
``told``              told to be ready: the place is kept (own and staff)
``swapped``           stands in the place of another delegation, by consent
``band:KIND``         of a kind that stands before or after the ordinary list:
                      ``band:programme``, ``band:introduction``, ``band:answer`` …
``motion:MOTION``     a motion, by rule 77/119: ``motion:close_debate`` …
``turn:N``            a first or second reply
``late``              came after the list was closed (own and staff)
``generation:N``      asked after the list was reopened for the N-th time, from 1
``spoken_before``     has spoken on this list already } only where a first statement
``first_time``        has not spoken on this list yet } comes before a second one
``group``             speaks for a group, where groups come first
``tier:TIER``         ``tier:member_state``, ``tier:observer_state``, ``tier:ngo`` …
``rank:RANK``         protocol: ``rank:head_of_state`` … ``rank:chair_of_delegation``
``region:CODE:N``     its regional group's turn in round N; ``region:none:N`` without a
                      regional group; ``round:N`` to those who are not shown regions
``lot:N``             drawn by lot as the N-th
``lot:later``         asked after the draw: behind those who were drawn
``lot:waiting``       lots are still to be drawn
``letter:P``          alphabetical, by this first letter of its English name
``least:N``           has made N interventions on this list
``side:for``          for and against in turn; ``side:against``, ``side:none``
``fixed``             a published order is kept
``manual``            the order is made by hand
``arrival``           in the order of arrival, among those who are equal so far
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from rostra.core.bands import ORDINARY, band, spoken_before, tier
from rostra.core.draft import Draft
from rostra.core.ids import Audience, Code, ListId, Policy, Rank, RequestId
from rostra.core.meeting import LISTED, Meeting, Request, SpeakerList
from rostra.core.profile import RANKS
from rostra.core.roster import Delegation
from rostra.core.timing import used_ms
from rostra.core.turns import (
    claims,
    heard,
    place_in_round,
    region,
    rounds,
    sides,
)

#: Policies that leave something to the lot: an order, a letter, a group.
DRAWN: frozenset[Policy] = frozenset(("lot", "alpha_from_lot", "regional_rotation"))
#: A speaker without a rank is the head of the delegation.
NO_RANK: Rank = "chair_of_delegation"
Key = tuple[int | str, ...]
KeyOf = Callable[[Request], Key]


def policy_keys(
    meeting: Meeting | Draft, speakers: SpeakerList, live: Sequence[RequestId]
) -> KeyOf:
    """What the policy of *speakers* sorts by, inside a class, before the ticket."""
    make = _KEYS.get(speakers.policy)
    return make(meeting, speakers, live) if make else lambda _: ()


def _by_rank(
    meeting: Meeting | Draft, _: SpeakerList, __: Sequence[RequestId]
) -> KeyOf:
    """Equal ranks stand as the lot drew them, if it did; else by arrival."""
    return lambda each: (
        rank_of(meeting, claims(meeting, each)),
        *_drawn_place(each),
    )


def rank_of(meeting: Meeting | Draft, request: Request) -> int:
    """The place of the speaker's rank in the protocol of this meeting."""
    rank = request.rank or NO_RANK
    return int(meeting.profile.ranks.get(rank, RANKS[rank]))


def _by_lot(_: Meeting | Draft, __: SpeakerList, ___: Sequence[RequestId]) -> KeyOf:
    return _drawn_place


def _drawn_place(request: Request) -> Key:
    """Those who were drawn, as they were; later ones after them."""
    return (int(not request.drawn), request.drawn)


def _by_letter(
    meeting: Meeting | Draft, speakers: SpeakerList, _: Sequence[RequestId]
) -> KeyOf:
    """From the drawn letter on to the end, and then from the first."""
    start = speakers.draw.letter if speakers.draw else ""

    def key(request: Request) -> Key:
        own = delegation_of(meeting, request)
        if own is None:
            return (2, "")
        return (int(letter_of(own) < start), sort_name(own))

    return key


def delegation_of(meeting: Meeting | Draft, request: Request) -> Delegation | None:
    """The delegation by whose name *request* is sorted."""
    code = claims(meeting, request).delegation or Code("")
    found: Delegation | None = meeting.roster.delegations.get(code)
    return found


def sort_name(delegation: Delegation) -> str:
    """What the roster sorts the English name by."""
    return delegation.sort.get("en") or delegation.names["en"]


def letter_of(delegation: Delegation) -> str:
    """The first letter of the English short name, without accents: ``T``."""
    for sign in unicodedata.normalize("NFKD", delegation.names["en"]):
        if sign.isalpha():
            return sign.upper()
    return ""


def _by_rotation(
    meeting: Meeting | Draft, speakers: SpeakerList, live: Sequence[RequestId]
) -> KeyOf:
    turn = rounds(meeting, speakers, live)
    return lambda each: (
        turn.get(each.id, 0),
        place_in_round(speakers, region(meeting, each)),
    )


def _by_sides(
    meeting: Meeting | Draft, speakers: SpeakerList, live: Sequence[RequestId]
) -> KeyOf:
    turn = sides(meeting, speakers, live)
    return lambda each: turn.get(each.id, (0, 0))


def _by_least(
    meeting: Meeting | Draft, speakers: SpeakerList, _: Sequence[RequestId]
) -> KeyOf:
    """Who has spoken least on this list: how often, then how long."""
    spoken_ms: dict[str, int] = {}
    for intervention, request in heard(meeting, speakers):
        used = used_ms(intervention.clock, meeting.at)
        spoken_ms[request.voice] = spoken_ms.get(request.voice, 0) + used

    def key(request: Request) -> Key:
        voice = claims(meeting, request).voice
        return (speakers.spoken.get(voice, 0), spoken_ms.get(voice, 0) // 1000)

    return key


_KEYS: dict[
    Policy, Callable[[Meeting | Draft, SpeakerList, Sequence[RequestId]], KeyOf]
] = {
    "protocol_rank": _by_rank,
    "lot": _by_lot,
    "alpha_from_lot": _by_letter,
    "regional_rotation": _by_rotation,
    "alternate": _by_sides,
    "least_spoken": _by_least,
}


def why(
    meeting: Meeting, request: Request, audience: Audience | None = "staff"
) -> tuple[str, ...]:
    """Why *request* stands where it stands: codes, the most decisive first.

    *audience* None is its own delegation. Who is not on the order has no place.
    """
    if request.status not in LISTED:
        return ()
    speakers = meeting.lists[request.list]
    own = audience in (None, "staff")
    kept = tuple(_kept(request)) if own else ()
    swapped = ("swapped",) if request.stands_as else ()
    late = ("late",) if own and request.after_closure else ()
    said = _standing(meeting, speakers, request, audience, late)
    return (*kept, *swapped, *said)


def _kept(request: Request) -> Iterator[str]:
    """What keeps its place, for those who may know."""
    if request.status == "called":
        yield "called"
    if request.fixed:
        back = request.returns or request.resume_of
        yield "returned" if back else "pinned"
    if request.told_at is not None:
        yield "told"


def _standing(
    meeting: Meeting,
    speakers: SpeakerList,
    request: Request,
    audience: Audience | None,
    late: tuple[str, ...],
) -> Iterator[str]:
    if speakers.purpose == "replies" and request.turn:
        yield f"turn:{request.turn}"
    elif request.motion:
        yield f"motion:{request.motion}"
    elif band(request) != ORDINARY:
        yield f"band:{request.kind}"
    else:
        yield from late
        yield from _ordinary(meeting, speakers, request, audience)
    if speakers.policy != "manual":
        yield "arrival"


def _ordinary(
    meeting: Meeting,
    speakers: SpeakerList,
    request: Request,
    audience: Audience | None,
) -> Iterator[str]:
    if request.generation:
        yield f"generation:{request.generation}"
    if speakers.policy in ("fixed", "manual"):
        yield speakers.policy
        return
    if "first_time_first" in speakers.modifiers:
        again = spoken_before(speakers, request)
        yield "spoken_before" if again else "first_time"
    own = tier(meeting, speakers, request)
    yield "group" if own == "group" else f"tier:{own}"
    if speakers.policy in _SAID:
        yield from _SAID[speakers.policy](meeting, speakers, request, audience)


def _say_rank(
    meeting: Meeting, _: SpeakerList, request: Request, audience: Audience | None
) -> Iterator[str]:
    """A rank is public with the name that it belongs to."""
    if audience != "public" or request.person_confirmed:
        yield f"rank:{claims(meeting, request).rank or NO_RANK}"


def _say_lot(
    _: Meeting, speakers: SpeakerList, request: Request, __: Audience | None
) -> Iterator[str]:
    if request.drawn:
        yield f"lot:{request.drawn}"
    else:
        yield "lot:later" if _was_drawn(speakers) else "lot:waiting"


def _was_drawn(speakers: SpeakerList) -> bool:
    """Whether the lot has decided what this policy leaves to it."""
    return speakers.draw is not None and speakers.draw.policy == speakers.policy


def _say_letter(
    meeting: Meeting, speakers: SpeakerList, request: Request, __: Audience | None
) -> Iterator[str]:
    own = delegation_of(meeting, request)
    if own:
        yield f"letter:{letter_of(own)}"
    if not _was_drawn(speakers):
        yield "lot:waiting"


def _say_region(
    meeting: Meeting,
    speakers: SpeakerList,
    request: Request,
    audience: Audience | None,
) -> Iterator[str]:
    """Regional groups are for operators, unless the profile publishes them."""
    turn = rounds(meeting, speakers, speakers.order).get(request.id)
    if turn is not None:
        shown = audience == "staff" or meeting.profile.show_regions
        group = region(meeting, request) or "none"
        yield f"region:{group}:{turn}" if shown else f"round:{turn}"


def _say_side(
    meeting: Meeting, _: SpeakerList, request: Request, __: Audience | None
) -> Iterator[str]:
    yield f"side:{claims(meeting, request).side or 'none'}"


def _say_least(
    meeting: Meeting, speakers: SpeakerList, request: Request, __: Audience | None
) -> Iterator[str]:
    yield f"least:{speakers.spoken.get(claims(meeting, request).voice, 0)}"


_SAID: dict[
    Policy,
    Callable[[Meeting, SpeakerList, Request, Audience | None], Iterator[str]],
] = {
    "protocol_rank": _say_rank,
    "lot": _say_lot,
    "alpha_from_lot": _say_letter,
    "regional_rotation": _say_region,
    "alternate": _say_side,
    "least_spoken": _say_least,
}


def otherwise(old: Meeting, new: Meeting) -> Iterable[RequestId]:
    """Who stands in *new* for another reason, though the request is the same.

    Reasons hang on the list too: its policy, its draw, who was heard from it.
    """
    for key, now in new.lists.items():
        was = old.lists.get(key)
        if was is None or (was is now and old.profile is new.profile):
            continue
        if _same_basis(was, now) and old.profile is new.profile:
            continue
        yield from _otherwise(old, new, key)


def _same_basis(was: SpeakerList, now: SpeakerList) -> bool:
    return now.policy not in ("regional_rotation",) and (
        was.policy,
        was.modifiers,
        was.draw,
        was.spoken,
    ) == (now.policy, now.modifiers, now.draw, now.spoken)


def _otherwise(old: Meeting, new: Meeting, key: ListId) -> Iterator[RequestId]:
    for each in new.lists[key].order:
        before = old.requests.get(each)
        if before is not None and why(old, before) != why(new, new.requests[each]):
            yield each
