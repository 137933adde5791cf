"""The meeting that its first commit makes: segments, lists, programme speakers."""

from rostra.core.events import MeetingCreated
from rostra.core.ids import Channel, Instant, Modifier, Policy, RequestId, made
from rostra.core.meeting import Meeting, Person, Request, Segment, SpeakerList
from rostra.core.programme import TO_BE_ANNOUNCED, SegmentPlan, list_id, segment_id


def found(event: MeetingCreated, at: Instant) -> Meeting:
    """The state after *event*, commit 1 of a meeting, made *at*.

    The speakers of the programme become requests (``r1.0``, ``r1.1`` …) in the lists
    of their segments, in file order (RULES 1a).
    """
    segments, lists, requests = {}, {}, {}
    number = 0
    for index, plan in enumerate(event.programme.segments):
        segment, speakers = segment_id(index), list_id(index)
        order: list[RequestId] = []
        for _ in plan.speakers:
            entry = _speaker(event, index, len(order), number, at)
            requests[entry.id] = entry
            order.append(entry.id)
            number += 1
        segments[segment] = Segment(
            id=segment, list=speakers, plan=plan, presider=plan.presider
        )
        lists[speakers] = SpeakerList(
            id=speakers,
            segment=segment,
            order=tuple(order),
            policy=_policy(event, plan),
            modifiers=_modifiers(event, plan),
        )
    return Meeting(
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
        numbered=number,
    )


def _policy(event: MeetingCreated, plan: SegmentPlan) -> Policy:
    """A segment's own order; else the profile's where delegations may ask."""
    return plan.order or (event.profile.order if plan.requests else "fixed")


def _modifiers(event: MeetingCreated, plan: SegmentPlan) -> tuple[Modifier, ...]:
    if plan.modifiers is not None:
        return plan.modifiers
    return event.profile.modifiers if plan.requests else ()


def _speaker(
    event: MeetingCreated, segment: int, place: int, number: int, at: Instant
) -> Request:
    speaker = event.programme.segments[segment].speakers[place]
    named = speaker.name and speaker.name != TO_BE_ANNOUNCED
    channel: Channel = "desk"
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
        limit_ms=speaker.limit_s * 1000,
    )
