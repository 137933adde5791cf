"""What a request is when it comes: its event, limit, owner and answer (RULES 4, I3).

Whoever takes requests (statements, points, replies) registers them here.
"""

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.attribution import open_to_all
from rostra.core.case import Case
from rostra.core.ids import Code, RequestId
from rostra.core.meeting import LIVE, Request, SpeakerList

Result = dict[str, object]

#: Families of kinds: one live request per voice, list and family (I3).
_FAMILY = {
    "statement": "statement",
    "group_statement": "statement",
    "question": "question",
    "explanation_of_vote": "explanation",
    "right_of_reply": "reply",
    "point_of_order": "points",
    "procedural_motion": "motions",
    "response": "responses",
}


def registration(
    case: Case,
    speakers: SpeakerList,
    entry: c.Entry,
    *,
    limit_ms: int,
    confirmed: bool = False,
    device: str = "",
    answers: tuple[RequestId, ...] = (),
    fixed: bool = False,
) -> e.RequestRegistered:
    """The event that puts *entry* on *speakers*, with a new id and number.

    Who needs more of it (a tray, a turn) replaces these fields. What is said of a
    motion or of a reply means nothing elsewhere, and is left out there.
    """
    motion = entry.kind == "procedural_motion"
    reply = entry.kind == "right_of_reply"
    return e.RequestRegistered(
        request=RequestId(case.new_id("r")),
        list=speakers.id,
        kind=entry.kind,
        delegation=entry.delegation,
        group=entry.group,
        group_text=entry.group_text,
        label=entry.label,
        part=None,
        language=text.line(entry.language),
        channel=entry.channel,
        number=case.draft.numbered + 1,
        generation=speakers.generation,
        limit_ms=limit_ms,
        addressed=entry.addressed,
        answers=answers,
        not_before=entry.not_before,
        not_after=entry.not_after,
        fixed=fixed,
        after_closure=speakers.state == "closed",
        confirmed=confirmed,
        shown=open_to_all(case.meeting, speakers),
        note=entry.note,
        person=entry.person,
        device=device,
        rank=entry.rank,
        side=entry.side,
        motion=entry.motion if motion else None,
        on=entry.on if motion else None,
        item=entry.item if reply else None,
        to=entry.to if reply else None,
        media_ms=entry.media_s * 1000,
        national_capacity=entry.national_capacity,
        override=entry.override,
        own_limit=entry.limit_s is not None,
    )


def limit_ms(case: Case, entry: c.Entry) -> int:
    """Its own limit, else that of its kind for its tier (RULES 4)."""
    if entry.limit_s:
        return entry.limit_s * 1000
    own = case.meeting.roster.delegations.get(entry.delegation or Code(""))
    return case.meeting.profile.limit_ms(entry.kind, own.tier if own else "other")


def live_of(case: Case, speakers: SpeakerList, entry: c.Entry) -> Request | None:
    """The live request of a voice on a list in the same family of kinds (I3)."""
    family = _FAMILY.get(entry.kind)
    if entry.delegation is None or family is None:
        return None
    wanted = (entry.delegation, entry.group, entry.group_text.casefold(), family)
    for each in case.draft.requests_of(entry.delegation):
        if (
            each.list == speakers.id
            and each.status in LIVE
            and capacity(each) == wanted
        ):
            return each
    return None


def capacity(request: Request) -> tuple[object, ...] | None:
    """For whom and for what a delegation asks: one live request each (I3)."""
    family = _FAMILY.get(request.kind)
    if request.delegation is None or family is None:
        return None
    group_text = request.group_text.casefold()
    return (request.delegation, request.group, group_text, family)


def from_pad(command: c.RequestFloor, delegation: Code) -> c.Entry:
    """What a pad asks for, as the line that an operator would have put down."""
    return c.Entry(
        delegation=delegation,
        group=command.group,
        group_text=command.group_text,
        kind=command.kind,
        person=command.person,
        language=command.language,
        channel="pad",
        addressed=command.addressed,
        rank=command.rank,
        side=command.side,
        motion=command.motion,
        on=command.on,
        item=command.item,
        to=command.to,
        media_s=command.media_s,
    )


def joined(case: Case, found: Request) -> Result:
    """Another press for what was asked already: an event, and the same answer."""
    case.say(e.RequestJoined(request=found.id, device=case.actor.device))
    return answered(found, joined=True)


def answered(request: Request, *, joined: bool) -> Result:
    """What a delegation is told of its request; beside the list it says where."""
    beside = {"requested": "requested", "late": "late", "deferred": "parked"}
    where = beside.get(request.status)
    return {
        "request": request.id,
        "number": request.number,
        "registered_at": request.registered_at,
        "joined": joined,
        **({where: True} if where else {}),
    }
