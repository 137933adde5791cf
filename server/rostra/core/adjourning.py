"""The meeting rises: what becomes of those who were not heard (RULES 1, 7.18)."""

from collections.abc import Callable
from typing import Any, Literal

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.agenda import expected_state, floor_idle
from rostra.core.case import Case
from rostra.core.draft import Draft
from rostra.core.ids import Code, RequestId
from rostra.core.meeting import LIVE, Meeting, Request
from rostra.core.profile import Profile
from rostra.core.refusals import Refused

Result = dict[str, object]
How = Literal["carried", "written_only", "expired"]

#: What delegations ask to say on the item: it may be said at the next meeting.
_CARRIED = frozenset(
    ("statement", "group_statement", "question", "explanation_of_vote")
)
#: It may at least be said in writing.
_WRITTEN = _CARRIED | {"right_of_reply"}
_OPEN = frozenset(("lot_window", "open", "closing"))


def adjourn(case: Case, command: c.Adjourn) -> Result:
    """The meeting rises; whoever was not heard is carried over, or told so.

    ``unheard`` are their delegations, in the order in which they would have spoken.
    """
    expected_state(case, command.expect)
    case.in_state("in_session", "suspended")
    if command.written_until is not None and command.written_until <= case.at:
        raise Refused("bad_time")
    floor_idle(case)
    for speakers in case.meeting.lists.values():
        if speakers.state in _OPEN:
            case.say(e.ListClosed(list=speakers.id, basis=""))
    waiting = _settled(case)
    case.say(e.MeetingRose(written_until=command.written_until))
    return {"unheard": list(dict.fromkeys((*waiting, *unheard(case.draft))))}


def _settled(case: Case) -> list[Code]:
    """Everyone who still waits is told how it ends; the delegations to be told."""
    ends: dict[How, list[RequestId]] = {}
    unheard: dict[Code, None] = {}
    for request in _waiting(case):
        ends.setdefault(_end_of(case.meeting.profile, request), []).append(request.id)
        if request.delegation and request.kind in _WRITTEN:
            unheard[request.delegation] = None
    for how, requests in ends.items():
        case.say(e.RequestsExpired(requests=tuple(requests), how=how))
    return list(unheard)


def unheard(meeting: Meeting | Draft) -> tuple[Code, ...]:
    """Once it rose: whose wish to speak it left, list by list as they had come."""
    if meeting.rose_at is None:
        return ()
    requests: dict[RequestId, Request] = meeting.requests
    left = [
        each
        for each in requests.values()
        if each.kind in _WRITTEN
        and (
            each.status in ("carried", "written_only", "expired")
            or (each.status == "no_show" and not _heard_later(meeting, each))
        )
    ]
    place = {key: index for index, key in enumerate(meeting.carried)}
    left.sort(key=lambda r: (place.get(r.id, len(place)), r.list, r.ticket))
    return tuple(dict.fromkeys(each.delegation for each in left if each.delegation))


def _heard_later(meeting: Meeting | Draft, request: Request) -> bool:
    """Whether the voice that did not answer was heard on that list nevertheless."""
    rows = (meeting.interventions[key] for key in meeting.delivered)
    heard = (meeting.requests[row.request] for row in rows if row.list == request.list)
    return any(each.voice == request.voice for each in heard)


def _waiting(case: Case) -> list[Request]:
    """All live requests, list by list: in their order, then those beside it."""
    live = [r for r in case.meeting.requests.values() if r.status in LIVE]
    found = []
    for speakers in case.meeting.lists.values():
        place = {key: index for index, key in enumerate(speakers.order)}
        own = [r for r in live if r.list == speakers.id]
        found += sorted(own, key=lambda r: (place.get(r.id, len(place)), r.ticket))
    return found


def _end_of(profile: Profile, request: Request) -> How:
    if request.kind in _CARRIED and profile.carry_over:
        return "carried"
    return profile.unheard if request.kind in _WRITTEN else "expired"


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.Adjourn: adjourn,
}
