"""What each audience is shown of a meeting: entities made from the state.

A view is made anew only where the state changed: every row names the objects that it
is made from, and a commit that left these alone left the row alone.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct, structs

from rostra.core import entities as n
from rostra.core.audiences import FIELDS, project
from rostra.core.floor import phase
from rostra.core.forecast import cost_ms, planned_ms, reserve_ms
from rostra.core.ids import (
    AnnouncementId,
    Audience,
    Code,
    Instant,
    InterventionId,
    LinkId,
    ListId,
    NoteId,
    RequestId,
    SegmentId,
    SignalId,
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
from rostra.core.roster import LANGUAGES
from rostra.core.rounds import panellists
from rostra.core.timing import held_ms
from rostra.core.undo import overtaken, undo_until

#: The public snapshot holds this many of the last interventions.
PUBLIC_ROWS = 5

Wire = dict[str, Any]
Order = dict[ListId, tuple[RequestId, ...]]


class Change(Struct, frozen=True):
    """What a commit changed for one audience; nothing in it means nothing visible."""

    set: dict[str, dict[str, Wire]]
    drop: dict[str, list[str]]
    order: dict[ListId, tuple[tuple[RequestId, ...], tuple[RequestId, ...]]]

    def __bool__(self) -> bool:
        return bool(self.set or self.drop or self.order)


def snapshot(meeting: Meeting, audience: Audience) -> dict[str, dict[str, Wire]]:
    """Every collection of *audience*, by id."""
    found: dict[str, dict[str, Wire]] = {}
    for name in FIELDS[audience]:
        ids, _, row = _COLLECTIONS[name]
        found[name] = {
            key: project(audience, name, entity)
            for key in ids(meeting)
            if (entity := row(meeting, audience, key)) is not None
        }
    return found


def order(meeting: Meeting, audience: Audience) -> Order:
    """The order of every list, as far as *audience* may know it."""
    if audience != "staff" and meeting.profile.show_list != "all":
        return {key: () for key in meeting.lists}
    return {key: speakers.order for key, speakers in meeting.lists.items()}


def change(old: Meeting, new: Meeting, audience: Audience) -> Change:
    """What *audience* sees differently in *new*: only rows that may differ are made."""
    put: dict[str, dict[str, Wire]] = {}
    drop: dict[str, list[str]] = {}
    for name in FIELDS[audience]:
        _, touched, row = _COLLECTIONS[name]
        for key in touched(old, new):
            was, now = row(old, audience, key), row(new, audience, key)
            if now is None:
                if was is not None:
                    drop.setdefault(name, []).append(key)
                continue
            wire = project(audience, name, now)
            # what changed may be hidden from this audience
            if was is None or project(audience, name, was) != wire:
                put.setdefault(name, {})[key] = wire
    was_order, now_order = order(old, audience), order(new, audience)
    moved = {
        key: (was_order.get(key, ()), ids)
        for key, ids in now_order.items()
        if was_order.get(key, ()) != ids
    }
    return Change(put, drop, moved)


# Collections: their ids, the ids whose rows may differ between two states, and a row
# as an audience sees it (None: not at all).

_Row = Callable[[Meeting, Audience, str], Struct | None]
_Ids = Callable[[Meeting], Iterable[str]]
_Touched = Callable[[Meeting, Meeting], Iterable[str]]


def _all(field: str) -> _Ids:
    return lambda m: getattr(m, field)


def _changed(field: str) -> _Touched:
    """Ids of the entities that are not the same objects in both states."""

    def touched(old: Meeting, new: Meeting) -> Iterable[str]:
        was, now = getattr(old, field), getattr(new, field)
        if was is now:
            return ()
        here = [key for key, entity in now.items() if was.get(key) is not entity]
        return here + [key for key in was if key not in now]

    return touched


def _meeting_row(m: Meeting, _: Audience, __: str) -> Struct:
    return meeting_entity(m)


def _segment_row(m: Meeting, _: Audience, key: str) -> Struct:
    return segment_entity(m, m.segments[SegmentId(key)])


def _list_row(m: Meeting, _: Audience, key: str) -> Struct:
    return list_entity(m, ListId(key))


def _request_row(m: Meeting, audience: Audience, key: str) -> Struct | None:
    request = m.requests.get(RequestId(key))
    if request is None:
        return None
    listed = audience == "staff" or m.profile.show_list == "all"
    live = request.status in LIVE
    # questions are addressed to panellists, whoever may see the list
    panellist = request.part == "panellist" and (
        live or request.status in ("granted", "done")
    )
    if (live and listed) or panellist:
        return request_entity(m, request, audience)
    return None


def _floor_ids(m: Meeting) -> Iterable[str]:
    return (m.floor,) if m.floor else ()


def _floor_touched(old: Meeting, new: Meeting) -> Iterable[str]:
    return {*_floor_ids(old), *_floor_ids(new)}


def _floor_row(m: Meeting, audience: Audience, key: str) -> Struct | None:
    active = m.active
    if active is None or active.id != key:
        return None
    if audience != "staff" and active.started_at is None:
        return None
    return floor_entity(m, active, m.requests[active.request], audience)


def _interventions_touched(old: Meeting, new: Meeting) -> Iterable[str]:
    touched: set[str] = set(_changed("interventions")(old, new))
    if old.requests is not new.requests:
        # a row shows the names of its request, a voided one's too
        touched.update(
            key
            for key, row in new.interventions.items()
            if old.requests.get(row.request) is not new.requests[row.request]
        )
    return touched | (
        set(old.delivered[-PUBLIC_ROWS:]) ^ set(new.delivered[-PUBLIC_ROWS:])
    )


def _intervention_row(m: Meeting, audience: Audience, key: str) -> Struct | None:
    row = m.interventions.get(InterventionId(key))
    if row is None or row.outcome is None or row.started_at is None:
        return None
    if row.outcome == "voided" and audience != "staff":
        return None
    if audience == "public" and row.number <= len(m.delivered) - PUBLIC_ROWS:
        return None
    return intervention_entity(row, m.requests[row.request], audience)


def _delegations_touched(old: Meeting, new: Meeting) -> Iterable[str]:
    touched = set(_changed("totals")(old, new))
    if old.requests is not new.requests:
        voices = {
            request.voice
            for key, request in new.requests.items()
            if request.group_text and old.requests.get(key) is not request
        }
        touched |= voices & new.totals.keys()
    return touched


def _delegation_row(m: Meeting, audience: Audience, key: str) -> Struct | None:
    total = m.totals.get(key)
    if total is None or (audience == "public" and not _named(m, key)):
        return None
    return n.DelegationEntity(key, total.interventions, total.spoken_ms)


def _named(m: Meeting, voice: str) -> bool:
    """Whether everyone may read a voice: a group as typed is public once confirmed."""
    group = voice.removeprefix("group:")
    if group == voice or group in m.roster.groups:
        return True
    return any(r.voice == voice and r.person_confirmed for r in m.requests.values())


def _note_row(m: Meeting, audience: Audience, key: str) -> Struct | None:
    note = m.notes.get(NoteId(key))
    if note is None or (audience != "staff" and note.scope != "record"):
        return None
    return n.NoteEntity(
        note.id,
        note.intervention,
        note.request,
        note.scope,
        note.text,
        note.at,
        note.version,
    )


def _announcement_row(m: Meeting, _: Audience, key: str) -> Struct | None:
    each = m.announcements.get(AnnouncementId(key))
    return each and n.AnnouncementEntity(each.id, each.text, each.at)


def _signal_row(m: Meeting, _: Audience, key: str) -> Struct | None:
    each = m.signals.get(SignalId(key))
    return each and n.SignalEntity(
        each.id, each.delegation, each.text, each.device, each.at
    )


def _link_row(m: Meeting, _: Audience, key: str) -> Struct | None:
    link = m.links.get(LinkId(key))
    return link and n.LinkEntity(
        link.id,
        link.role,
        link.delegation,
        link.label,
        link.generation,
        link.revoked,
        link.expires_at,
    )


_COLLECTIONS: dict[str, tuple[_Ids, _Touched, _Row]] = {
    "meeting": (lambda _: ("meeting",), lambda _, __: ("meeting",), _meeting_row),
    "segments": (_all("segments"), _changed("segments"), _segment_row),
    "lists": (_all("lists"), _changed("lists"), _list_row),
    "requests": (_all("requests"), _changed("requests"), _request_row),
    "floor": (_floor_ids, _floor_touched, _floor_row),
    "interventions": (
        _all("interventions"),
        _interventions_touched,
        _intervention_row,
    ),
    "delegations": (_all("totals"), _delegations_touched, _delegation_row),
    "notes": (_all("notes"), _changed("notes"), _note_row),
    "announcements": (
        _all("announcements"),
        _changed("announcements"),
        _announcement_row,
    ),
    "signals": (_all("signals"), _changed("signals"), _signal_row),
    "links": (_all("links"), _changed("links"), _link_row),
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
        language=_language(request, unnamed=unnamed),
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


def _language(request: Request, *, unnamed: bool) -> str:
    """One of the six is public at once; what was typed freely, once confirmed."""
    known = request.language in LANGUAGES
    return request.language if known or not unnamed else ""


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
        language=_language(request, unnamed=unnamed),
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
    row: Intervention, request: Request, audience: Audience
) -> n.InterventionEntity:
    """A row of the record."""
    assert isinstance(row.clock, Stopped) and row.started_at is not None
    unnamed = audience == "public" and not request.person_confirmed
    return n.InterventionEntity(
        id=row.id,
        n=row.number,
        delegation=request.delegation,
        group=request.group,
        group_text="" if unnamed else request.group_text,
        kind=request.kind,
        label=request.label,
        person=None if unnamed else request.person,
        language=_language(request, unnamed=unnamed),
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
        resume_of=row.resume_of,
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
                audience,
            ),
        )
        for key in meeting.delivered[after:]
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
        "expired": "time_did_not_permit",
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
