"""The right of reply: who has it, how often, and for how long (RULES 2, 3, 7.15).

A reply stands on the list of replies of its item, whatever the state of the list of
speakers. The ledger counts for each delegation by item and day; a day is that on which
the reply was asked for (RULES 7.9).
"""

from collections.abc import Iterable

from msgspec import Struct, structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.draft import Draft
from rostra.core.ids import Code, InterventionId, ListId, RequestId, SegmentId
from rostra.core.limits import STATEMENTS
from rostra.core.meeting import LIVE, Meeting, Request, Segment, SpeakerList
from rostra.core.profile import Replies
from rostra.core.programme import day_of
from rostra.core.refusals import Refused
from rostra.core.registering import answered, joined, live_of, registration

Result = dict[str, object]

#: Replies that use up the right; one that was withdrawn, declined or unheard does not.
_USED = LIVE | {"granted", "done"}


class Turn(Struct, frozen=True):
    """Which reply of its delegation it is, and how long it may be."""

    number: int
    limit_ms: int
    #: Whether it is there against the rules, on an operator's word.
    override: bool = False


def request_reply(case: Case, command: c.RequestFloor, delegation: Code) -> Result:
    """A delegation asks for its right of reply; a second press joins the first."""
    suspended = case.meeting.profile.inscribe_while_suspended
    case.in_state("in_session", *(("suspended",) if suspended else ()))
    item = _item(case, command.item, command.list)
    if item is None or item.started_at is None:
        raise Refused("kind_not_admitted", kind=command.kind)
    asked = c.Entry(
        delegation=delegation,
        kind="right_of_reply",
        person=command.person,
        language=command.language,
        channel="pad",
        to=command.to,
    )
    event = _registered(case, item, asked, device=case.actor.device)
    if isinstance(event, Request):
        return joined(case, event)
    waits = "requested" if case.meeting.profile.approval else "queued"
    case.say(structs.replace(event, status=waits))
    return answered(case.draft.request(event.request), joined=False)


def enter_reply(
    case: Case, speakers: SpeakerList, entry: c.Entry, placed: bool
) -> RequestId | Request:
    """An operator puts a reply on the list of replies of its item.

    *speakers* is the list that was named: that one, or one of speakers. The rules hold
    here too, unless the entry overrides them.
    """
    if entry.delegation is None:
        raise Refused("empty", what="delegation")
    if entry.delegation not in case.meeting.roster.delegations:
        raise Refused("not_in_roster", delegation=entry.delegation)
    item = _item(case, entry.item, speakers.id)
    if item is None:
        raise Refused("kind_not_admitted", kind=entry.kind)
    fixed = placed and speakers.id == item.replies
    event = _registered(case, item, entry, confirmed=True, fixed=fixed)
    if isinstance(event, Request):
        return event
    case.say(event)
    return event.request


def _registered(
    case: Case,
    item: Segment,
    entry: c.Entry,
    *,
    device: str = "",
    confirmed: bool = False,
    fixed: bool = False,
) -> e.RequestRegistered | Request:
    """The event that registers a reply on *item*; or the live one that there is."""
    speakers = case.list(item.replies)
    entry = structs.replace(
        entry,
        group=None,
        group_text="",
        label=text.line(entry.label),
        note=text.lines(entry.note).strip(),
        person=text.person(entry.person),
        item=item.id,
        rank=None,
        media_s=0,
        addressed=(),
    )
    found = live_of(case, speakers, entry)
    if found:
        return found
    turn = _turn(case, entry)
    event = registration(
        case,
        speakers,
        entry,
        device=device,
        confirmed=confirmed,
        fixed=fixed,
        limit_ms=entry.limit_s * 1000 if entry.limit_s else turn.limit_ms,
    )
    return structs.replace(
        event,
        turn=turn.number,
        override=turn.override,
        trigger=_statement(case, item.id, entry.to),
    )


def _item(case: Case, item: SegmentId | None, named: ListId | None) -> Segment | None:
    """The item meant: as said, that of the list named, else the running one."""
    if item is not None:
        return case.found(case.meeting.segments, item, "segment")
    of_list = case.list(named).segment if named else None
    wanted = of_list or case.meeting.segment
    return case.meeting.segments[wanted] if wanted else None


def _turn(case: Case, entry: c.Entry) -> Turn:
    """Which reply it would be. Refused where the rules say no and nobody overrides."""
    assert entry.delegation is not None and entry.item is not None
    rules = case.meeting.profile.replies
    if rules is None or not rules.limits_s:
        raise Refused("not_enabled")
    if entry.to is not None and entry.to not in case.meeting.roster.delegations:
        raise Refused("not_in_roster", delegation=entry.to)
    day = day_of(case.meeting.planned, case.at)
    known = ledger(case.draft, entry.item, day)
    number = sum(each.delegation == entry.delegation for each in known) + 1
    try:
        _admitted(case, rules, entry, known, number)
        override = False
    except Refused:
        if not entry.override:
            raise
        override = True
    place = min(number, len(rules.limits_s)) - 1
    return Turn(number, rules.limits_s[place] * 1000, override)


def _admitted(
    case: Case, rules: Replies, entry: c.Entry, known: list[Request], number: int
) -> None:
    assert entry.delegation is not None and entry.item is not None
    own = case.meeting.roster.delegations[entry.delegation]
    if not own.may_reply:
        raise Refused("not_entitled")
    most = maximum(case.meeting, entry.delegation)
    if number > most:
        raise Refused("max_replies", {"replies": number - 1}, maximum=most)
    second = number > 1 or _second_round(case, entry.item)
    if second and rules.second == "involved" and not _involved(known, own.code):
        raise Refused("not_entitled")
    if rules.in_writing_to:
        statement = _statement(case, entry.item, entry.to)
        spoke = case.meeting.interventions[statement].request if statement else None
        if spoke and case.request(spoke).rank in rules.in_writing_to:
            raise Refused("in_writing", delegation=entry.to)


def _second_round(case: Case, item: SegmentId) -> bool:
    """Whether second replies are heard now from the list of that item."""
    running = case.meeting.segment
    segment = case.meeting.segments[running] if running else None
    if segment is None or segment.phase != "reply_2":
        return False
    return segment.replies == case.meeting.segments[item].replies


def _involved(known: list[Request], delegation: Code) -> bool:
    """Whether it made a first reply on the item that day, or was addressed in one."""
    first = (each for each in known if each.turn == 1)
    return any(delegation in (each.delegation, each.to) for each in first)


def _statement(
    case: Case, item: SegmentId | None, to: Code | None
) -> InterventionId | None:
    """The last statement that a delegation has made on the item."""
    for key in reversed(case.meeting.delivered if to else ()):
        row = case.meeting.interventions[key]
        request = case.request(row.request)
        here = row.segment == item and request.delegation == to
        if here and request.kind in STATEMENTS:
            return key
    return None


def maximum(meeting: Meeting, delegation: Code) -> int:
    """How many replies a delegation may make on an item in a day."""
    rules, own = meeting.profile.replies, meeting.roster.delegations[delegation]
    if rules is None or not own.may_reply:
        return 0
    most = len(rules.limits_s)
    return most if own.replies is None else min(own.replies, most)


def ledger(meeting: Meeting | Draft, item: SegmentId, day: int) -> list[Request]:
    """The replies on an item that count on that day."""
    requests: dict[RequestId, Request] = meeting.requests
    return [
        each
        for each in requests.values()
        if each.kind == "right_of_reply"
        and each.item == item
        and each.status in _USED
        and day_of(meeting.planned, each.registered_at) == day
    ]


def used(meeting: Meeting, own: Iterable[Request]) -> dict[str, int]:
    """How many of a delegation's *own* requests use up its right, by list of replies.

    Today's; and on a list that all items share, those on the item that runs.
    """
    lists: dict[str, int] = {}
    today = day_of(meeting.planned, meeting.at)
    for each in own:
        if each.kind != "right_of_reply" or each.status not in _USED:
            continue
        shared = meeting.lists[each.list].segment is None
        if shared and each.item != meeting.segment:
            continue
        if day_of(meeting.planned, each.registered_at) == today:
            lists[each.list] = lists.get(each.list, 0) + 1
    return lists
