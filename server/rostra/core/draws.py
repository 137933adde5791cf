"""Draws by lot that anybody can make again (RULES 5, LOT).

The seed of a draw is fixed by the meeting's secret and published as a digest before
it is known what is drawn from; the draw then says the seed, what was put in and what
came out. What was put in is sorted by SHA-256 of ``seed:input``: for an order all of
it, for a letter or a regional group the first.
"""

import hashlib
from collections.abc import Iterable

from rostra.core import events as e
from rostra.core.attribution import open_to_all
from rostra.core.bands import ORDINARY, band
from rostra.core.case import Case
from rostra.core.draft import Draft
from rostra.core.ids import ListId, RequestId
from rostra.core.meeting import Meeting, Request, SpeakerList
from rostra.core.sorting import DRAWN, letter_of
from rostra.core.turns import REGIONS


def seed(meeting: Meeting | Draft, key: ListId, number: int) -> str:
    """The seed of a list's draw of that *number*, as hex digits.

    A meeting made without a secret takes its own name instead: its draws can be made
    again like all others, but also be foreseen.
    """
    secret = meeting.lot_key or meeting.id
    return _digest(f"{secret}:{key}:{number}")


def commitment(meeting: Meeting | Draft, key: ListId, number: int) -> str:
    """What is published before the draw: the digest of its seed."""
    return _digest(seed(meeting, key, number))


def by_lot(seed: str, inputs: Iterable[str]) -> tuple[str, ...]:
    """*inputs* in the order that *seed* gives them."""
    return tuple(sorted(inputs, key=lambda each: _digest(f"{seed}:{each}")))


def prepare(case: Case) -> None:
    """Publish the digest for the next draw of every list that will need one."""
    for speakers in list(case.draft.lists.values()):
        if (
            speakers.policy in DRAWN
            and speakers.purpose == "speakers"
            and not speakers.commitment
        ):
            number = speakers.draws + 1
            case.say(
                e.DrawPrepared(
                    list=speakers.id,
                    number=number,
                    commitment=commitment(case.draft, speakers.id, number),
                )
            )


def draw_now(case: Case, speakers: SpeakerList) -> bool:
    """Draw what the policy of *speakers* leaves to the lot, if there is anything."""
    speakers = case.draft.list(speakers.id)
    inputs = _inputs(case, speakers)
    if speakers.policy not in DRAWN or not speakers.commitment or not inputs:
        return False
    own = seed(case.draft, speakers.id, speakers.draws)
    drawn = by_lot(own, inputs)
    case.say(
        e.Drawn(
            list=speakers.id,
            number=speakers.draws,
            policy=speakers.policy,
            seed=own,
            inputs=inputs,
            order=_ids(drawn) if speakers.policy == "lot" else (),
            letter=drawn[0] if speakers.policy == "alpha_from_lot" else "",
            region=drawn[0] if speakers.policy == "regional_rotation" else "",
        )
    )
    return True


def lot_of(request: Request, *, shown: bool) -> str:
    """A request as it is put in: its id, and whose it is where the list is public."""
    return f"{request.id} {request.delegation}" if shown else request.id


def _ids(drawn: Iterable[str]) -> tuple[RequestId, ...]:
    return tuple(RequestId(each.partition(" ")[0]) for each in drawn)


def _inputs(case: Case, speakers: SpeakerList) -> tuple[str, ...]:
    """What is put in: who waits, the letters of the roster, or its regional groups."""
    roster = case.draft.roster.delegations.values()
    if speakers.policy == "alpha_from_lot":
        return tuple(sorted({letter_of(each) for each in roster} - {""}))
    if speakers.policy == "regional_rotation":
        present = {each.region for each in roster}
        return tuple(each for each in REGIONS if each in present)
    shown = open_to_all(case.draft, speakers)
    waiting = [
        request
        for request in map(case.draft.request, speakers.order)
        if request.status == "queued" and band(request) == ORDINARY
    ]
    found = (lot_of(request, shown=shown) for request in waiting)
    return tuple(sorted(found))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
