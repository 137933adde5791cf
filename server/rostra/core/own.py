"""A delegation's own layer: what it alone is told of itself, and when that changes.

What everyone in an audience sees belongs to :mod:`rostra.core.views`.
"""

from itertools import zip_longest
from typing import Any

from msgspec import structs

from rostra.core import entities as n
from rostra.core.attribution import tells_place
from rostra.core.differing import Between, altered
from rostra.core.drawing import floor_entity, swap_entity
from rostra.core.drawing_record import filed_entity
from rostra.core.ids import Code, Instant
from rostra.core.meeting import LISTED, LIVE, Meeting, Request
from rostra.core.programme import day_of
from rostra.core.replies import used
from rostra.core.shown import request_for
from rostra.core.sight import Sight


def mine(meeting: Meeting, delegation: Code, sight: Sight | None = None) -> n.Mine:
    """What a delegation sees of its own, from the call on.

    *sight* is one of *meeting*, where several layers of it are drawn at once.
    """
    s = sight or Sight(meeting)
    own = [meeting.requests[key] for key in meeting.asked.get(delegation, ())]
    live = [r for r in own if r.status in LIVE]
    on_floor = [
        each
        for each in map(meeting.interventions.__getitem__, meeting.stack)
        if meeting.requests[each.request].delegation == delegation
    ]
    places: dict[str, int] = {
        r.id: s.place(r.list, r.id)
        for r in live
        # who else has raised a point is the chair's
        if r.status in LISTED and tells_place(meeting, meeting.lists[r.list])
    }
    return n.Mine(
        delegation=delegation,
        requests={r.id: _own_entity(s, r) for r in live},
        places=places,
        floor=(
            floor_entity(
                meeting, on_floor[-1], meeting.requests[on_floor[-1].request], None
            )
            if on_floor
            else None
        ),
        signals=tuple(
            s.id for s in meeting.signals.values() if s.delegation == delegation
        ),
        ended=_ended(meeting, own),
        swaps=tuple(
            swap_entity(meeting, swap)
            for swap in meeting.swaps.values()
            if delegation
            in (
                meeting.requests[swap.offered].delegation,
                meeting.requests[swap.wanted].delegation,
            )
        ),
        replies=used(meeting, own),
        flag=known.flag if (known := meeting.attendance.get(delegation)) else None,
        corrections=tuple(
            filed_entity(note)
            for note in meeting.notes.values()
            if note.correction and note.correction_by == delegation
        ),
    )


def _own_entity(s: Sight, request: Request) -> n.RequestEntity:
    """Its own request in full, but for what operators note for themselves."""
    entity = request_for(s, request, None)
    if not (entity.note or entity.not_before or entity.not_after):
        return entity
    return structs.replace(entity, note="", not_before=None, not_after=None)


def _ended(meeting: Meeting, own: list[Request]) -> n.EndedRequest | None:
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
        "carried": "carried",
        "written_only": "written_only",
        "declined": "declined" if last.told else "contact_secretariat",
        # who did not answer may send a statement too (RULES 7.3)
        "no_show": "written_only" if meeting.written_until else "contact_secretariat",
    }.get(last.status, "contact_secretariat")
    return n.EndedRequest(
        last.id, last.list, how, Instant(last.ended_at or 0), last.kind, last.told
    )


def mine_changed(old: Meeting, new: Meeting) -> frozenset[Code]:
    """The delegations whose own layer is no longer what it was."""
    return told_between(Between(old, new))


def told_between(between: Between) -> frozenset[Code]:
    """The same, of two states that are compared for others too."""
    old, new = between.old, between.new
    changed: set[Code | None] = {
        new.requests[key].delegation
        for key in (*between.requests, *between.otherwise)
        if key in new.requests
    }
    for meeting, other in ((old, new), (new, old)):
        for key in meeting.stack:
            active = meeting.interventions[key]
            if key not in other.stack or other.interventions[key] is not active:
                changed.add(meeting.requests[active.request].delegation)
        for swap in meeting.swaps.values():
            if other.swaps.get(swap.id) is not swap:
                changed.add(meeting.requests[swap.offered].delegation)
                changed.add(meeting.requests[swap.wanted].delegation)
        if meeting.signals is not other.signals:
            changed |= {
                signal.delegation
                for key, signal in meeting.signals.items()
                if key not in other.signals
            }
    changed |= set(altered(old.attendance, new.attendance))
    changed |= {
        new.notes[key].correction_by
        for key in altered(old.notes, new.notes)
        if key in new.notes
    }
    if _other_item(old, new):
        changed |= {
            r.delegation for r in new.requests.values() if r.kind == "right_of_reply"
        }
    if old.written_until != new.written_until:
        changed |= {r.delegation for r in new.requests.values() if r.ended_at}
    if old.profile is not new.profile:
        # by other rules places are shown or not, and everything takes another time
        changed |= {r.delegation for r in new.requests.values() if r.status in LIVE}
    else:
        changed |= _moved(old, new)
    return frozenset(each for each in changed if each is not None)


def _moved(old: Meeting, new: Meeting) -> set[Code | None]:
    """Those who are told their place, and stand at another than they did."""
    return {
        new.requests[key].delegation
        for speakers in new.lists.values()
        if (was := old.lists.get(speakers.id)) is not speakers
        and tells_place(new, speakers)
        for key, before in zip_longest(speakers.order, was.order if was else ())
        if key is not None and key != before
    }


def _other_item(old: Meeting, new: Meeting) -> bool:
    """Whether replies are counted anew: on another item, or another day."""
    days = (day_of(new.planned, old.at), day_of(new.planned, new.at))
    return old.segment != new.segment or days[0] != days[1]
