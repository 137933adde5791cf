"""Who comes before whom among points raised (RULES 4, 5; rules 71, 77 and 119).

Points of order in the order of arrival, then motions by the rank of rule 77/119, each
followed by those who speak for and against it in turn, then responses.
"""

from collections.abc import Mapping
from typing import get_args

from rostra.core.ids import Motion, RequestId, Ticket
from rostra.core.meeting import LISTED, Request

#: Band, rank of the motion, the motion's arrival, place in its debate, own arrival.
PointKey = tuple[int, int, Ticket, int, Ticket]

#: Rule 77/119: the earlier precedes all that follow.
_MOTIONS: tuple[Motion, ...] = get_args(Motion)
_BAND = {"technical": 0, "point_of_order": 0, "procedural_motion": 1}
_LAST = 2
#: Who has spoken in a motion's debate, or is going to.
_IN_DEBATE = LISTED | {"granted", "done"}


def point_key(requests: Mapping[RequestId, Request], request: Request) -> PointKey:
    """Where *request* stands on the list of points."""
    band = _BAND.get(request.kind, _LAST)
    motion = requests[request.on] if request.on else request
    rank = _MOTIONS.index(motion.motion) if motion.motion else 0
    place = 1 + _turn(requests, request) if request.on else 0
    arrived = motion.ticket if request.kind == "procedural_motion" else request.ticket
    return (band, rank, arrived, place, request.ticket)


def _turn(requests: Mapping[RequestId, Request], request: Request) -> int:
    """Whose turn it is for or against a motion: the sides alternate.

    Each side in its order of arrival; the first who came begins. Those who were heard
    count, so that the turn does not change when a speaker has left the list.
    """
    debate = sorted(
        (
            each
            for each in requests.values()
            if each.on == request.on
            and (each.status in _IN_DEBATE or each.id == request.id)
        ),
        key=lambda each: each.ticket,
    )
    same = [each for each in debate if each.side == request.side]
    second = request.side != debate[0].side
    return 2 * same.index(request) + second
