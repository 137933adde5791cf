"""One entity made from the state: the meeting, a segment, a list, a request, the floor.

What is not yet confirmed is left out for the public here. Who is shown an entity at
all, and which of its fields, belongs to :mod:`rostra.core.views` and
:mod:`rostra.core.audiences`.
"""

from collections.abc import Mapping
from typing import Any

from rostra.core import entities as n
from rostra.core.adjourning import unheard
from rostra.core.attribution import NOBODY, attributed
from rostra.core.floor import phase
from rostra.core.forecast import cost_ms, planned_ms, reserve_ms
from rostra.core.ids import Audience, Instant, ListId, RequestId, SegmentId
from rostra.core.meeting import (
    LIVE,
    Held,
    Intervention,
    Meeting,
    Request,
    Running,
    Segment,
    Swap,
)
from rostra.core.phases import also_admitted
from rostra.core.policies import why
from rostra.core.programme import day_of
from rostra.core.requests import admitted_kinds
from rostra.core.roster import LANGUAGES
from rostra.core.rounds import panellists
from rostra.core.sight import Sight
from rostra.core.undo import overtaken, undo_until


def meeting_entity(m: Meeting) -> n.MeetingEntity:
    """The meeting itself, and what the undo button would take back."""
    profile, programme = m.profile, m.programme
    return n.MeetingEntity(
        title=programme.title,
        theme=programme.theme,
        event=programme.event,
        state=m.state,
        segment=m.segment,
        starts_at=m.planned.starts_at,
        ends_at=m.planned.ends_at,
        zone=programme.zone,
        questions=programme.questions,
        called_to_order_at=m.called_to_order_at,
        resume_at=m.resume_at,
        rose_at=m.rose_at,
        roster=m.roster.id,
        rules=n.Rules(
            title=profile.title,
            enforcement=profile.enforcement,
            show_list=profile.show_list,
            on_deck=profile.on_deck,
            overhead_ms=profile.overhead_s * 1000,
            extension_cap_percent=profile.extension_cap_percent,
            park=profile.park,
            swaps=profile.swaps,
            late_tray=profile.late_tray,
            replies=profile.replies,
            interruptions=profile.interruptions,
            media_intro_ms=profile.media_intro_s * 1000,
            grace_ms=profile.grace_s * 1000,
        ),
        reserve_ms=reserve_ms(m),
        written_until=m.written_until,
        losses=m.losses,
        corrections_until=m.corrections_until,
        published=m.published,
        conclusion_shown=m.conclusion_shown,
        erased_at=m.erased_at,
        tags=profile.tags,
        handed_over_at=m.handed_over_at,
        gavel=m.gavel,
        unheard=unheard(m),
        day=day_of(m.planned, m.at),
        action=_action(m),
        downtime_ms=m.downtime_ms,
        suspended_reason=m.suspended_reason,
        profile=profile,
    )


def _action(m: Meeting) -> n.ActionEntity | None:
    if not m.actions or overtaken(m, m.actions[-1]):
        return None
    last = m.actions[-1]
    return n.ActionEntity(
        last.seq,
        last.type,
        last.at,
        undo_until(m, last),
        last.request,
        last.list,
        last.segment,
    )


def segment_entity(m: Meeting, segment: Segment) -> n.SegmentEntity:
    """A segment; planned times are counted from the programme's start."""
    plan = segment.plan
    return n.SegmentEntity(
        id=segment.id,
        list=segment.list,
        kind=plan.kind,
        title=plan.title,
        state=segment.state,
        presider=segment.presider,
        questions=plan.questions,
        requests=plan.requests,
        kinds=_kinds(segment),
        public_clock=plan.public_clock,
        attributed=plan.attributed,
        panellists=panellists(m, segment.id),
        phase=segment.phase,
        replies=segment.replies,
        planned_at=_planned_at(m, segment.id),
        planned_ms=planned_ms(m, segment) or None,
        started_at=segment.started_at,
        ended_at=segment.ended_at,
    )


def _kinds(segment: Segment) -> tuple[str, ...]:
    """What delegations may ask for on its list, in its present phase."""
    plan = segment.plan
    taken = admitted_kinds(plan.kind, plan.kinds) if plan.requests else ()
    return (*taken, *(each for each in also_admitted(segment) if each not in taken))


def _planned_at(m: Meeting, wanted: SegmentId) -> Instant | None:
    """Start plus the lengths of the segments before; None where one is unknown."""
    at = m.planned.starts_at
    for segment in m.segments.values():
        if segment.id == wanted or at is None:
            return at
        length = planned_ms(m, segment)
        at = Instant(at + length) if length else None
    return None


def list_entity(s: Sight, key: ListId) -> n.ListEntity:
    """A list; its order travels beside it."""
    m, speakers = s.meeting, s.meeting.lists[key]
    return n.ListEntity(
        id=speakers.id,
        segment=speakers.segment,
        state=speakers.state,
        generation=speakers.generation,
        opens_at=speakers.opens_at,
        closes_at=speakers.closes_at,
        closed_at=speakers.closed_at,
        basis=speakers.basis,
        policy=speakers.policy,
        modifiers=speakers.modifiers,
        count=len(speakers.order),
        round=speakers.round,
        heard=speakers.heard,
        round_size=m.profile.round_size,
        purpose=speakers.purpose,
        lot_until=speakers.lot_until,
        commitment=speakers.commitment,
        draw=speakers.draw,
        auto_close_at=speakers.auto_close_at,
        limits_s=speakers.limits_s,
        limits_set_at=speakers.limits_set_at,
        requested=s.beside(key, "requested"),
        late=s.beside(key, "late"),
        deferred=s.beside(key, "deferred"),
    )


def request_entity(
    m: Meeting,
    request: Request,
    audience: Audience | None,
    rounds: Mapping[RequestId, int] | None = None,
) -> n.RequestEntity:
    """A request; *audience* None is its own delegation, which sees its own words.

    *rounds* are those of a rotation, where somebody has reckoned them already.
    """
    status: Any = request.status if request.status in LIVE else "done"
    if status == "called" and audience in ("public", "record"):
        status = "queued"
    return n.RequestEntity(
        **of_request(request, audience),
        id=request.id,
        list=request.list,
        registered_at=request.registered_at,
        number=request.number,
        status=status,
        told=request.told_at is not None,
        limit_ms=request.limit_ms,
        cost_ms=cost_ms(m, request),
        addressed=request.addressed,
        answers=request.answers,
        unanswered=request.unanswered,
        group_confirmed=request.person_confirmed or not request.group_text,
        channel=request.channel,
        told_at=request.told_at,
        fixed=request.fixed,
        returns=request.returns,
        remaining=request.resume_of is not None,
        not_before=request.not_before,
        not_after=request.not_after,
        note=request.note,
        device=request.device,
        after_closure=request.after_closure,
        why=why(m, request, audience, rounds),
        rank=None if unnamed(request, audience) else request.rank,
        on=request.on,
        item=request.item,
        trigger=request.trigger,
        override=request.override,
    )


def of_request(request: Request, audience: Audience | None) -> dict[str, Any]:
    """What a request, the floor and the record all say of who speaks and for what."""
    hidden = unnamed(request, audience)
    return {
        "kind": request.kind,
        "delegation": request.delegation,
        "group": request.group,
        "group_text": "" if hidden else request.group_text,
        "label": request.label,
        "person": None if hidden else request.person,
        "language": language_shown(request, unnamed=hidden),
        "side": request.side,
        "motion": request.motion,
        "to": request.to,
        "turn": request.turn,
        "media_ms": request.media_ms,
        "national_capacity": request.national_capacity,
        "confirmed": request.person_confirmed,
    }


def of_nobody(request: Request) -> dict[str, Any]:
    """The same where nobody is to be named: for what it was, and no more."""
    return {**of_request(request, None), **NOBODY}


def unnamed(request: Request, audience: Audience | None) -> bool:
    """Whether what was typed of the speaker still waits for an operator."""
    return audience == "public" and not request.person_confirmed


def language_shown(request: Request, *, unnamed: bool) -> str:
    """One of the six is public at once; what was typed freely, once confirmed."""
    known = request.language in LANGUAGES
    return request.language if known or not unnamed else ""


def floor_entity(
    m: Meeting, active: Intervention, request: Request, audience: Audience | None
) -> n.FloorEntity:
    """Who has the floor, with everything that a clock needs."""
    clock = active.clock
    held = clock if isinstance(clock, Held) else None
    neutral = audience in ("public", "record") and not attributed(m, active.segment)
    return n.FloorEntity(
        **(of_nobody(request) if neutral else of_request(request, audience)),
        id=active.id,
        request=request.id,
        segment=active.segment,
        phase=phase(active),  # type: ignore[arg-type]
        started_at=active.started_at,
        limit_ms=active.limit_ms,
        allotted_ms=active.allotted_ms,
        used_ms=clock.used_ms,
        running_since=clock.since if isinstance(clock, Running) else None,
        held_since=held.since if held else None,
        warn_ms=m.profile.warn_ms(active.limit_ms),
        one_moment=active.line_lost,
        reason=held.reason if held else None,
        called_at=active.called_at,
        attempts=active.attempts,
        ready_at=active.ready_at,
        ready_by=active.ready_by,
        line_lost=active.line_lost,
        over=active.over,
        depth=_depth(m, active, audience),
        cut_at=active.cut_at,
    )


def _depth(m: Meeting, active: Intervention, audience: Audience | None) -> int:
    """How many stand beneath; one who is called only is known to staff alone."""
    beneath = m.stack[: m.stack.index(active.id)]
    if audience == "staff":
        return len(beneath)
    return sum(m.interventions[key].started_at is not None for key in beneath)


def swap_entity(m: Meeting, swap: Swap) -> n.SwapEntity:
    """A swap, with the two delegations that it is between."""
    return n.SwapEntity(
        id=swap.id,
        offered=swap.offered,
        wanted=swap.wanted,
        offered_by=m.requests[swap.offered].delegation,
        wanted_from=m.requests[swap.wanted].delegation,
        at=swap.at,
        accepted=swap.accepted,
    )
