"""What the policy of a list sorts by, inside a class of entries (RULES 5)."""

import unicodedata
from collections.abc import Callable, Sequence

from rostra.core.draft import Draft
from rostra.core.ids import Code, Policy, Rank, RequestId
from rostra.core.meeting import Meeting, Request, SpeakerList
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
        if intervention.outcome is None:
            # who has the floor: an order that changes by the second would be none
            continue
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
