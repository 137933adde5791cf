"""What each audience is shown of a meeting: entities made from the state.

A view is made anew only where the state changed: every row names the objects that it
is made from, and a commit that left these alone left the row alone.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct, structs

from rostra.core import entities as n
from rostra.core.audiences import FIELDS, project
from rostra.core.floor import phase
from rostra.core.forecast import cost_ms, planned_ms, reserve_ms
from rostra.core.ids import (
    Audience,
    Code,
    Instant,
    InterventionId,
    ListId,
    RequestId,
    SegmentId,
)
from rostra.core.meeting import (
    LIVE,
    Held,
    Intervention,
    Meeting,
    Request,
    Running,
    Segment,
    Stopped,
)
from rostra.core.requests import admitted_kinds
from rostra.core.rounds import panellists
from rostra.core.timing import held_ms
from rostra.core.undo import overtaken, undo_until

#: The public snapshot holds this many of the last interventions.
PUBLIC_ROWS = 5

Wire = dict[str, Any]
Order = dict[ListId, tuple[RequestId, ...]]
#: An id, the objects that its row is made from, and how to make it.
_Row = tuple[str, tuple[object, ...], Callable[[], Struct]]


class Change(Struct, frozen=True):
    """What a commit changed for one audience; nothing in it means nothing visible."""

    set: dict[str, dict[str, Wire]]
    drop: dict[str, list[str]]
    order: dict[ListId, tuple[tuple[RequestId, ...], tuple[RequestId, ...]]]

    def __bool__(self) -> bool:
        return bool(self.set or self.drop or self.order)


def snapshot(meeting: Meeting, audience: Audience) -> dict[str, dict[str, Wire]]:
    """Every collection of *audience*, by id."""
    return {
        name: {
            key: project(audience, name, make())
            for key, _, make in _ROWS[name](meeting, audience)
        }
        for name in FIELDS[audience]
    }


def order(meeting: Meeting, audience: Audience) -> Order:
    """The order of every list, as far as *audience* may know it."""
    if audience != "staff" and meeting.profile.show_list != "all":
        return {key: () for key in meeting.lists}
    return {key: speakers.order for key, speakers in meeting.lists.items()}


def change(old: Meeting, new: Meeting, audience: Audience) -> Change:
    """What *audience* sees differently in *new*."""
    put: dict[str, dict[str, Wire]] = {}
    drop: dict[str, list[str]] = {}
    for name in FIELDS[audience]:
        before = {key: (parts, make) for key, parts, make in _ROWS[name](old, audience)}
        rows = {}
        for key, parts, make in _ROWS[name](new, audience):
            was = before.pop(key, None)
            if was is not None and _same(was[0], parts):
                continue
            row = project(audience, name, make())
            # what changed may be hidden from this audience
            if was is None or project(audience, name, was[1]()) != row:
                rows[key] = row
        if rows:
            put[name] = rows
        if before:
            drop[name] = list(before)
    was_order, now_order = order(old, audience), order(new, audience)
    moved = {
        key: (was_order.get(key, ()), ids)
        for key, ids in now_order.items()
        if was_order.get(key, ()) != ids
    }
    return Change(put, drop, moved)


def _as_is(entity: Struct) -> Struct:
    return entity


def _same(was: tuple[object, ...], now: tuple[object, ...]) -> bool:
    return all(a is b or a == b for a, b in zip(was, now, strict=True))


# Rows, by collection. The parts of a row are compared by identity, then by value.


def _meeting(m: Meeting, _: Audience) -> Iterator[_Row]:
    entity = meeting_entity(m)
    yield "meeting", (entity,), partial(_as_is, entity)


def _segments(m: Meeting, _: Audience) -> Iterator[_Row]:
    for each in m.segments.values():
        yield each.id, (each, m.planned), partial(segment_entity, m, each)


def _lists(m: Meeting, _: Audience) -> Iterator[_Row]:
    for each in m.lists.values():
        entity = list_entity(m, each.id)
        yield each.id, (entity,), partial(_as_is, entity)


def _requests(m: Meeting, audience: Audience) -> Iterator[_Row]:
    listed = audience == "staff" or m.profile.show_list == "all"
    for each in m.requests.values():
        live = each.status in LIVE and listed
        panellist = each.part == "panellist" and each.status in ("granted", "done")
        if live or panellist:
            yield (
                each.id,
                (each,),
                partial(request_entity, m, each, audience),
            )


def _floor(m: Meeting, audience: Audience) -> Iterator[_Row]:
    active = m.active
    if active is None or (audience != "staff" and active.started_at is None):
        return
    request = m.requests[active.request]
    yield (
        active.id,
        (active, request),
        partial(floor_entity, m, active, request, audience),
    )


def _interventions(m: Meeting, audience: Audience) -> Iterator[_Row]:
    first = max(0, len(m.delivered) - PUBLIC_ROWS) if audience == "public" else 0
    for index, key in enumerate(m.delivered[first:], start=first + 1):
        yield _intervention_row(m, key, index, audience)
    if audience == "staff":
        for each in m.interventions.values():
            if each.outcome == "voided" and each.started_at is not None:
                yield _intervention_row(m, each.id, 0, audience)


def _intervention_row(
    m: Meeting, key: InterventionId, index: int, audience: Audience
) -> _Row:
    row = m.interventions[key]
    request = m.requests[row.request]
    return (
        key,
        (row, request, index),
        partial(intervention_entity, row, request, index, audience),
    )


def _delegations(m: Meeting, _: Audience) -> Iterator[_Row]:
    for key, total in m.totals.items():
        yield (
            key,
            (total,),
            partial(n.DelegationEntity, key, total.interventions, total.spoken_ms),
        )


def _notes(m: Meeting, audience: Audience) -> Iterator[_Row]:
    for each in m.notes.values():
        if audience == "staff" or each.scope == "record":
            yield (
                each.id,
                (each,),
                partial(
                    n.NoteEntity,
                    each.id,
                    each.intervention,
                    each.request,
                    each.scope,
                    each.text,
                    each.at,
                    each.version,
                ),
            )


def _announcements(m: Meeting, _: Audience) -> Iterator[_Row]:
    for each in m.announcements.values():
        entity = n.AnnouncementEntity(each.id, each.text, each.at)
        yield each.id, (each,), partial(_as_is, entity)


def _signals(m: Meeting, _: Audience) -> Iterator[_Row]:
    for each in m.signals.values():
        entity = n.SignalEntity(
            each.id, each.delegation, each.text, each.device, each.at
        )
        yield each.id, (each,), partial(_as_is, entity)


def _links(m: Meeting, _: Audience) -> Iterator[_Row]:
    for each in m.links.values():
        yield (
            each.id,
            (each,),
            partial(
                n.LinkEntity,
                each.id,
                each.role,
                each.delegation,
                each.label,
                each.generation,
                each.revoked,
                each.expires_at,
            ),
        )


_ROWS: dict[str, Callable[[Meeting, Audience], Iterator[_Row]]] = {
    "meeting": _meeting,
    "segments": _segments,
    "lists": _lists,
    "requests": _requests,
    "floor": _floor,
    "interventions": _interventions,
    "delegations": _delegations,
    "notes": _notes,
    "announcements": _announcements,
    "signals": _signals,
    "links": _links,
}


# Entities


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
        ),
        reserve_ms=reserve_ms(m),
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
        kinds=admitted_kinds(plan.kind, plan.kinds) if plan.requests else (),
        public_clock=plan.public_clock,
        panellists=panellists(m, segment.id),
        planned_at=_planned_at(m, segment.id),
        planned_ms=planned_ms(m, segment) or None,
        started_at=segment.started_at,
        ended_at=segment.ended_at,
    )


def _planned_at(m: Meeting, wanted: SegmentId) -> Instant | None:
    """Start plus the lengths of the segments before; None where one is unknown."""
    at = m.planned.starts_at
    for segment in m.segments.values():
        if segment.id == wanted or at is None:
            return at
        length = planned_ms(m, segment)
        at = Instant(at + length) if length else None
    return None


def list_entity(m: Meeting, key: ListId) -> n.ListEntity:
    """A list; its order travels beside it."""
    speakers = m.lists[key]
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
    )


def request_entity(
    m: Meeting, request: Request, audience: Audience | None
) -> n.RequestEntity:
    """A request; *audience* None is its own delegation, which sees its own words."""
    status: Any = request.status if request.status in LIVE else "done"
    if status == "called" and audience in ("public", "record"):
        status = "queued"
    unnamed = audience == "public" and not request.person_confirmed
    return n.RequestEntity(
        id=request.id,
        list=request.list,
        kind=request.kind,
        delegation=request.delegation,
        group=request.group,
        group_text="" if unnamed else request.group_text,
        label=request.label,
        person=None if unnamed else request.person,
        language=request.language,
        registered_at=request.registered_at,
        number=request.number,
        status=status,
        told=request.told_at is not None,
        limit_ms=request.limit_ms,
        cost_ms=cost_ms(m, request),
        addressed=request.addressed,
        answers=request.answers,
        unanswered=request.unanswered,
        confirmed=request.person_confirmed,
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
    )


def floor_entity(
    m: Meeting, active: Intervention, request: Request, audience: Audience | None
) -> n.FloorEntity:
    """Who has the floor, with everything that a clock needs."""
    clock = active.clock
    held = clock if isinstance(clock, Held) else None
    unnamed = audience == "public" and not request.person_confirmed
    return n.FloorEntity(
        id=active.id,
        request=request.id,
        delegation=request.delegation,
        group=request.group,
        group_text="" if unnamed else request.group_text,
        kind=request.kind,
        label=request.label,
        person=None if unnamed else request.person,
        language=request.language,
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
        confirmed=request.person_confirmed,
        reason=held.reason if held else None,
        called_at=active.called_at,
        attempts=active.attempts,
        ready_at=active.ready_at,
        ready_by=active.ready_by,
        line_lost=active.line_lost,
    )


def intervention_entity(
    row: Intervention, request: Request, index: int, audience: Audience
) -> n.InterventionEntity:
    """A row of the record; *index* counts delivered rows from 1."""
    assert isinstance(row.clock, Stopped) and row.started_at is not None
    unnamed = audience == "public" and not request.person_confirmed
    return n.InterventionEntity(
        id=row.id,
        n=index,
        delegation=request.delegation,
        group=request.group,
        group_text="" if unnamed else request.group_text,
        kind=request.kind,
        label=request.label,
        person=None if unnamed else request.person,
        language=request.language,
        segment=row.segment,
        started_at=row.started_at,
        ended_at=row.clock.at,
        used_ms=row.clock.used_ms,
        limit_ms=row.limit_ms,
        allotted_ms=row.allotted_ms,
        addressed=request.addressed,
        unanswered=request.unanswered,
        request=request.id,
        confirmed=request.person_confirmed,
        held_ms=held_ms(row, row.clock.at),
        holds=tuple(n.HoldEntity(h.reason, h.since, h.until) for h in row.holds),
        resume_of=request.resume_of if request.resume_of != row.id else None,
        outcome=row.outcome or "delivered",
        counted=row.counted,
        channel=request.channel,
        ended_by=row.ended_by,
    )


def log(meeting: Meeting, audience: Audience, after: int = 0) -> list[Wire]:
    """The rows of the record after number *after*, as *audience* may see them."""
    return [
        project(
            audience,
            "interventions",
            intervention_entity(
                meeting.interventions[key],
                meeting.requests[meeting.interventions[key].request],
                index,
                audience,
            ),
        )
        for index, key in enumerate(meeting.delivered[after:], start=after + 1)
    ]


# A delegation's own layer


def mine(meeting: Meeting, delegation: Code) -> n.Mine:
    """What a delegation sees of its own, from the call on."""
    own = [r for r in meeting.requests.values() if r.delegation == delegation]
    live = [r for r in own if r.status in LIVE]
    active = meeting.active
    speaking = active is not None and (
        meeting.requests[active.request].delegation == delegation
    )
    places: dict[str, int] = {}
    if meeting.profile.show_list == "own_place":
        places.update({r.id: meeting.lists[r.list].order.index(r.id) for r in live})
    return n.Mine(
        delegation=delegation,
        requests={r.id: _own_entity(meeting, r) for r in live},
        places=places,
        floor=(
            floor_entity(meeting, active, meeting.requests[active.request], None)
            if active is not None and speaking
            else None
        ),
        signals=tuple(
            s.id for s in meeting.signals.values() if s.delegation == delegation
        ),
        ended=_ended(own),
    )


def _own_entity(meeting: Meeting, request: Request) -> n.RequestEntity:
    """Its own request in full, but for what operators note for themselves."""
    entity = request_entity(meeting, request, None)
    return structs.replace(entity, note="", not_before=None, not_after=None)


def _ended(own: list[Request]) -> n.EndedRequest | None:
    """The last request of a delegation that is over, in words a pad may show."""
    over = [r for r in own if r.status not in LIVE and r.status != "granted"]
    if not over:
        return None
    last = max(over, key=lambda r: (r.ended_at or 0, r.ticket))
    how: Any = {
        "done": "heard",
        "withdrawn": "withdrawn_by_you" if last.reason == "delegation" else "removed",
        "voided": "removed",
    }.get(last.status, "contact_secretariat")
    return n.EndedRequest(last.id, last.list, how, Instant(last.ended_at or 0))


def mine_changed(old: Meeting, new: Meeting) -> frozenset[Code]:
    """The delegations whose own layer is no longer what it was."""
    changed: set[Code | None] = set()
    if old.requests is not new.requests:
        changed |= {
            request.delegation
            for key, request in new.requests.items()
            if old.requests.get(key) is not request
        }
    for meeting, other in ((old, new), (new, old)):
        active = meeting.active
        if active is not None and other.active is not active:
            changed.add(meeting.requests[active.request].delegation)
        changed |= {
            signal.delegation
            for key, signal in meeting.signals.items()
            if key not in other.signals
        }
    if new.profile.show_list == "own_place" and old.lists is not new.lists:
        changed |= {r.delegation for r in new.requests.values() if r.status in LIVE}
    return frozenset(each for each in changed if each is not None)
