"""What each audience is shown of a meeting: a snapshot, and what a commit changed.

A view is made anew only where the state changed: every row names the objects that it
is made from, and a commit that left these alone left the row alone. Which rows an
audience has is said here; what stands in one is drawn in :mod:`rostra.core.drawing`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from rostra.core import entities as n
from rostra.core.audiences import FIELDS, project
from rostra.core.drawing import (
    floor_entity,
    intervention_entity,
    list_entity,
    meeting_entity,
    request_entity,
    segment_entity,
    swap_entity,
)
from rostra.core.ids import (
    AnnouncementId,
    Audience,
    Code,
    InterventionId,
    LinkId,
    ListId,
    MessageId,
    NoteId,
    RequestId,
    SegmentId,
    SignalId,
    SwapId,
)
from rostra.core.meeting import LISTED, LIVE, Meeting, SpeakerList
from rostra.core.policies import otherwise

#: Live, and not in the order of a list.
_BESIDE = LIVE - LISTED
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
    return {
        key: speakers.order if _shown(meeting, audience, speakers) else ()
        for key, speakers in meeting.lists.items()
    }


def _shown(meeting: Meeting, audience: Audience, speakers: SpeakerList) -> bool:
    """Whether *audience* sees who is on a list: points raised are the chair's."""
    if audience == "staff":
        return True
    return meeting.profile.show_list == "all" and speakers.purpose != "points"


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


def _list_row(m: Meeting, audience: Audience, key: str) -> Struct | None:
    # how many points were raised is the chair's
    if audience != "staff" and m.lists[ListId(key)].purpose == "points":
        return None
    return list_entity(m, ListId(key))


def _lists_touched(old: Meeting, new: Meeting) -> Iterable[str]:
    """Those that changed, and those beside which somebody waits or no longer does."""
    touched = dict.fromkeys(_changed("lists")(old, new))
    if old.requests is new.requests:
        return touched
    for key, request in new.requests.items():
        was = old.requests.get(key)
        if was is not request and {request.status, was and was.status} & _BESIDE:
            touched[request.list] = None
    return touched


def _request_row(m: Meeting, audience: Audience, key: str) -> Struct | None:
    request = m.requests.get(RequestId(key))
    if request is None:
        return None
    listed = _shown(m, audience, m.lists[request.list])
    live = request.status in (LIVE if audience == "staff" else LISTED)
    # questions are addressed to panellists, whoever may see the list
    panellist = request.part == "panellist" and (
        live or request.status in ("granted", "done")
    )
    if (live and listed) or panellist:
        return request_entity(m, request, audience)
    return None


def _requests_touched(old: Meeting, new: Meeting) -> Iterable[str]:
    """Those that changed, and those that now stand for another reason."""
    changed = dict.fromkeys(_changed("requests")(old, new))
    return changed | dict.fromkeys(otherwise(old, new))


def _floor_ids(m: Meeting) -> Iterable[str]:
    return m.stack


def _floor_touched(old: Meeting, new: Meeting) -> Iterable[str]:
    return {*_floor_ids(old), *_floor_ids(new)}


def _floor_row(m: Meeting, audience: Audience, key: str) -> Struct | None:
    if key not in m.stack:
        return None
    active = m.interventions[InterventionId(key)]
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
        note.correction,
        note.correction_by,
    )


def _message_row(m: Meeting, _: Audience, key: str) -> Struct | None:
    each = m.messages.get(MessageId(key))
    return each and n.MessageEntity(
        each.id, each.at, each.role, each.link, each.phrase, each.text, each.delegation
    )


def _swap_row(m: Meeting, _: Audience, key: str) -> Struct | None:
    each = m.swaps.get(SwapId(key))
    return each and swap_entity(m, each)


def _attendance_row(m: Meeting, _: Audience, key: str) -> Struct | None:
    each = m.attendance.get(Code(key))
    return each and n.AttendanceEntity(
        each.delegation,
        each.checks,
        each.sources,
        each.contact,
        each.flag,
        each.flag_reason,
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
    "lists": (_all("lists"), _lists_touched, _list_row),
    "requests": (_all("requests"), _requests_touched, _request_row),
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
    "messages": (_all("messages"), _changed("messages"), _message_row),
    "swaps": (_all("swaps"), _changed("swaps"), _swap_row),
    "attendance": (_all("attendance"), _changed("attendance"), _attendance_row),
}
