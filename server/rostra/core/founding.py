"""The meeting that its first commit makes: segments, lists, programme speakers."""

from msgspec import structs

from rostra.core.asked import asked_by
from rostra.core.events import Carried, MeetingCreated
from rostra.core.ids import (
    Channel,
    Instant,
    ListId,
    Modifier,
    Policy,
    RequestId,
    SegmentId,
    made,
)
from rostra.core.meeting import Meeting, Person, Request, Segment, SpeakerList
from rostra.core.order import arrange
from rostra.core.programme import (
    POINTS,
    TO_BE_ANNOUNCED,
    SegmentPlan,
    list_id,
    replies_id,
    segment_id,
)


def found(event: MeetingCreated, at: Instant) -> Meeting:
    """The state after *event*, commit 1 of a meeting, made *at*.

    The speakers of the programme become requests (``r1.0``, ``r1.1`` …) in the lists
    of their segments, in file order (RULES 1a).
    """
    segments: dict[SegmentId, Segment] = {}
    lists: dict[ListId, SpeakerList] = {}
    requests: dict[RequestId, Request] = {}
    number = 0
    for index, plan in enumerate(event.programme.segments):
        segment, speakers = segment_id(index), list_id(index)
        order: list[RequestId] = []
        for _ in plan.speakers:
            entry = _speaker(event, index, len(order), number, at)
            requests[entry.id] = entry
            order.append(entry.id)
            number += 1
        replies = _replies(event, index)
        lists.setdefault(replies.id, replies)
        segments[segment] = Segment(
            id=segment,
            list=speakers,
            plan=plan,
            presider=plan.presider,
            replies=replies.id,
        )
        lists[speakers] = SpeakerList(
            id=speakers,
            segment=segment,
            order=tuple(order),
            policy=_policy(event, plan),
            modifiers=_modifiers(event, plan),
        )
    persons = event.persons or (None,) * len(event.carried)
    for carried, person in zip(event.carried, persons, strict=True):
        request = _carried(carried, person, number, at)
        requests[request.id] = request
        joined = lists[request.list]
        lists[joined.id] = structs.replace(joined, order=(*joined.order, request.id))
        number += 1
    lists[POINTS] = SpeakerList(
        id=POINTS, segment=None, purpose="points", policy="arrival", modifiers=()
    )
    meeting = Meeting(
        id=event.meeting,
        seq=1,
        at=at,
        created_at=at,
        programme=event.programme,
        planned=event.planned,
        profile=event.profile,
        roster=event.roster,
        segments=segments,
        lists=lists,
        requests=requests,
        interventions={},
        totals={},
        notes={},
        announcements={},
        signals={},
        links={link.id: link for link in event.links},
        asked=asked_by(requests.values()),
        numbered=number,
        lot_key=event.lot_key,
    )
    return _in_order(meeting) if event.carried else meeting


def _in_order(meeting: Meeting) -> Meeting:
    """The lists on which somebody stands already, by their own policy."""
    lists = {
        key: structs.replace(each, order=arrange(meeting, each, each.order))
        for key, each in meeting.lists.items()
    }
    return structs.replace(meeting, lists=lists)


def _policy(event: MeetingCreated, plan: SegmentPlan) -> Policy:
    """A segment's own order; else the profile's where delegations may ask."""
    return plan.order or (event.profile.order if plan.requests else "fixed")


def _modifiers(event: MeetingCreated, plan: SegmentPlan) -> tuple[Modifier, ...]:
    if plan.modifiers is not None:
        return plan.modifiers
    return event.profile.modifiers if plan.requests else ()


def _replies(event: MeetingCreated, index: int) -> SpeakerList:
    """The list of replies of a segment: its own, or one that all segments share."""
    replies, segments = event.profile.replies, event.programme.segments
    # whoever replies in a closed segment is not to be seen on a list that others share
    closed = not segments[index].attributed
    own = closed or replies is None or replies.place == "end_of_item"
    if not own:
        index = next(n for n, plan in enumerate(segments) if plan.attributed)
    return SpeakerList(
        id=replies_id(index),
        segment=segment_id(index) if own else None,
        purpose="replies",
        policy="arrival",
        modifiers=(),
    )


def _carried(left: Carried, person: Person | None, number: int, at: Instant) -> Request:
    """A request that an earlier meeting left, with its limit and in its order."""
    return Request(
        id=RequestId(made("r", (1, number))),
        ticket=(1, number),
        list=list_id(left.segment),
        kind=left.kind,
        delegation=left.delegation,
        group=left.group,
        group_text=left.group_text,
        person=person,
        person_confirmed=left.confirmed,
        language=left.language,
        rank=left.rank,
        channel="desk",
        registered_at=at,
        number=number + 1,
        limit_ms=left.limit_ms,
    )


def _speaker(
    event: MeetingCreated, segment: int, place: int, number: int, at: Instant
) -> Request:
    speaker = event.programme.segments[segment].speakers[place]
    named = speaker.name and speaker.name != TO_BE_ANNOUNCED
    channel: Channel = "desk"
    windows = {(s, p): (start, end) for s, p, start, end in event.planned.windows}
    not_before, not_after = windows.get((segment, place), (None, None))
    return Request(
        id=RequestId(made("r", (1, number))),
        ticket=(1, number),
        list=list_id(segment),
        kind="programme",
        delegation=speaker.entity,
        label=speaker.function,
        part=speaker.role,
        person=Person(speaker.name) if named else None,
        person_confirmed=True,
        channel=channel,
        registered_at=at,
        number=number + 1,
        limit_ms=speaker.limit_s * 1000 or event.profile.part_ms(speaker.role),
        media_ms=speaker.media_s * 1000,
        not_before=not_before,
        not_after=not_after,
    )
