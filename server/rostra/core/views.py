"""What each audience is shown of a meeting: a snapshot, and what a turn changed.

A view is made anew only where the state changed: :mod:`rostra.core.differing` finds the
rows that may differ. Which rows an audience has is said here; what stands in one is
drawn in :mod:`rostra.core.drawing`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from rostra.core import entities as n
from rostra.core.attribution import attributed, open_to_all
from rostra.core.audiences import FIELDS, differences, project
from rostra.core.differing import PUBLIC_ROWS, Between, differing
from rostra.core.drawing import (
    floor_entity,
    list_entity,
    meeting_entity,
    segment_entity,
    swap_entity,
)
from rostra.core.drawing_record import (
    conclusion_entity,
    intervention_entity,
    note_entity,
)
from rostra.core.ids import (
    AnnouncementId,
    Audience,
    Code,
    ConclusionId,
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
from rostra.core.readings import voice as reads_as
from rostra.core.shown import request_for
from rostra.core.sight import Sight

Wire = dict[str, Any]
Order = dict[ListId, tuple[RequestId, ...]]


class Change(Struct, frozen=True):
    """What changed for one audience; nothing in it means nothing visible.

    ``set`` are whole rows that it did not have, ``patch`` the fields that are other
    than they were in rows that it had.
    """

    set: dict[str, dict[str, Wire]]
    drop: dict[str, list[str]]
    order: dict[ListId, tuple[tuple[RequestId, ...], tuple[RequestId, ...]]]
    patch: dict[str, dict[str, Wire]] = {}

    def __bool__(self) -> bool:
        return bool(self.set or self.patch or self.drop or self.order)


def snapshot(meeting: Meeting, audience: Audience) -> dict[str, dict[str, Wire]]:
    """Every collection of *audience*, by id."""
    found: dict[str, dict[str, Wire]] = {}
    sight = Sight(meeting)
    for name in FIELDS[audience]:
        ids, row = _COLLECTIONS[name]
        found[name] = {
            key: project(audience, name, entity)
            for key in ids(meeting)
            if (entity := row(sight, audience, key)) is not None
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
    return open_to_all(meeting, speakers)


def change(old: Meeting, new: Meeting, audience: Audience) -> Change:
    """What *audience* sees differently in *new*."""
    return changes(old, new, (audience,))[audience]


def changes(
    old: Meeting, new: Meeting, audiences: Iterable[Audience]
) -> dict[Audience, Change]:
    """What each of *audiences* sees differently in *new*."""
    return seen_between(Between(old, new), audiences)


def seen_between(
    between: Between, audiences: Iterable[Audience]
) -> dict[Audience, Change]:
    """What each of *audiences* sees differently: only rows that may differ are made."""
    found = {each: Change({}, {}, {}, {}) for each in audiences}
    was, now = between.was, between.now
    touched = differing(between)
    for name, keys in touched.items():
        _, row = _COLLECTIONS[name]
        for audience, seen in found.items():
            if name in FIELDS[audience]:
                for key in keys:
                    before, after = row(was, audience, key), row(now, audience, key)
                    _note(seen, audience, name, key, was=before, now=after)
    for audience, seen in found.items():
        _note_order(seen, audience, between, touched["lists"])
    return found


def _note(
    seen: Change,
    audience: Audience,
    name: str,
    key: str,
    *,
    was: Struct | None,
    now: Struct | None,
) -> None:
    """Add to *seen* what became of one row."""
    if now is None:
        if was is not None:
            seen.drop.setdefault(name, []).append(key)
    elif was is None:
        seen.set.setdefault(name, {})[key] = project(audience, name, now)
    elif was is not now and (fields := differences(audience, name, was, now)):
        # what changed may be hidden from this audience
        seen.patch.setdefault(name, {})[key] = fields


def _note_order(
    seen: Change, audience: Audience, between: Between, touched: Iterable[str]
) -> None:
    """Add to *seen* the lists whose order is another."""
    old, new = between.old, between.new
    for key in map(ListId, touched):
        was, now = old.lists.get(key), new.lists[key]
        before = was.order if was and _shown(old, audience, was) else ()
        after = now.order if _shown(new, audience, now) else ()
        if before != after:
            seen.order[key] = (before, after)


def log(meeting: Meeting, audience: Audience, after: int = 0) -> list[Wire]:
    """The rows of the record after number *after*, as *audience* may see them."""
    return [
        project(
            audience,
            "interventions",
            intervention_entity(meeting, meeting.interventions[key], audience),
        )
        for key in meeting.delivered[after:]
    ]


# Collections: their ids, and a row as an audience sees it (None: not at all).

_Row = Callable[[Sight, Audience, str], Struct | None]
_Ids = Callable[[Meeting], Iterable[str]]


def _all(field: str) -> _Ids:
    return lambda m: getattr(m, field)


def _meeting_row(s: Sight, _: Audience, __: str) -> Struct:
    return s.once(("meeting",), lambda: meeting_entity(s.meeting))


def _segment_row(s: Sight, _: Audience, key: str) -> Struct:
    segment = s.meeting.segments[SegmentId(key)]
    return s.once(("segment", key), lambda: segment_entity(s.meeting, segment))


def _list_row(s: Sight, audience: Audience, key: str) -> Struct | None:
    # how many points were raised is the chair's
    if audience != "staff" and s.meeting.lists[ListId(key)].purpose == "points":
        return None
    return s.once(("list", key), lambda: list_entity(s, ListId(key)))


def _request_row(s: Sight, audience: Audience, key: str) -> Struct | None:
    request = s.meeting.requests.get(RequestId(key))
    if request is None:
        return None
    listed = _shown(s.meeting, audience, s.meeting.lists[request.list])
    live = request.status in (LIVE if audience == "staff" else LISTED)
    # questions are addressed to panellists, whoever may see the list
    panellist = (
        request.part == "panellist"
        and (live or request.status in ("granted", "done"))
        and (audience == "staff" or _attributed(s.meeting, request.list))
    )
    if (live and listed) or panellist:
        return request_for(s, request, audience)
    return None


def _attributed(meeting: Meeting, key: ListId) -> bool:
    return attributed(meeting, meeting.lists[key].segment)


def _floor_row(s: Sight, audience: Audience, key: str) -> Struct | None:
    if key not in s.meeting.stack:
        return None
    active = s.meeting.interventions[InterventionId(key)]
    if audience != "staff" and active.started_at is None:
        return None
    return floor_entity(s.meeting, active, s.meeting.requests[active.request], audience)


def _intervention_row(s: Sight, audience: Audience, key: str) -> Struct | None:
    row = s.meeting.interventions.get(InterventionId(key))
    if row is None or row.outcome is None or row.started_at is None:
        return None
    if row.outcome == "voided" and audience != "staff":
        return None
    if audience == "public" and row.number <= len(s.meeting.delivered) - PUBLIC_ROWS:
        return None
    return intervention_entity(s.meeting, row, audience)


def _delegation_row(s: Sight, audience: Audience, key: str) -> Struct | None:
    total = s.meeting.totals.get(key)
    if total is None or (audience == "public" and not _named(s.meeting, key)):
        return None
    return n.DelegationEntity(key, total.interventions, total.spoken_ms)


def _named(m: Meeting, voice: str) -> bool:
    """Whether everyone may read a voice: a group as typed is public once confirmed."""
    group = voice.removeprefix("group:")
    if group == voice or group in m.roster.groups:
        return True
    if any(r.voice == voice and r.person_confirmed for r in m.requests.values()):
        return True
    # or it stands so in a row that was corrected
    rows = (each for each in m.interventions.values() if each.reading)
    return any(reads_as(row, m.requests[row.request]) == voice for row in rows)


def _note_row(s: Sight, audience: Audience, key: str) -> Struct | None:
    note = s.meeting.notes.get(NoteId(key))
    if note is None or (audience != "staff" and note.scope != "record"):
        return None
    return note_entity(s.meeting, note, audience)


def _conclusion_row(s: Sight, audience: Audience, key: str) -> Struct | None:
    each = s.meeting.conclusions.get(ConclusionId(key))
    if each is None or (audience == "public" and not each.released):
        return None
    return conclusion_entity(each)


def _message_row(s: Sight, _: Audience, key: str) -> Struct | None:
    each = s.meeting.messages.get(MessageId(key))
    return each and n.MessageEntity(
        each.id, each.at, each.role, each.link, each.phrase, each.text, each.delegation
    )


def _swap_row(s: Sight, _: Audience, key: str) -> Struct | None:
    each = s.meeting.swaps.get(SwapId(key))
    return each and swap_entity(s.meeting, each)


def _attendance_row(s: Sight, _: Audience, key: str) -> Struct | None:
    each = s.meeting.attendance.get(Code(key))
    return each and n.AttendanceEntity(
        each.delegation,
        each.checks,
        each.sources,
        each.contact,
        each.flag,
        each.flag_reason,
    )


def _announcement_row(s: Sight, _: Audience, key: str) -> Struct | None:
    each = s.meeting.announcements.get(AnnouncementId(key))
    return each and n.AnnouncementEntity(each.id, each.text, each.at)


def _signal_row(s: Sight, _: Audience, key: str) -> Struct | None:
    each = s.meeting.signals.get(SignalId(key))
    return each and n.SignalEntity(
        each.id, each.delegation, each.text, each.device, each.at
    )


def _link_row(s: Sight, _: Audience, key: str) -> Struct | None:
    link = s.meeting.links.get(LinkId(key))
    return link and n.LinkEntity(
        link.id,
        link.role,
        link.delegation,
        link.label,
        link.generation,
        link.revoked,
        link.expires_at,
    )


_COLLECTIONS: dict[str, tuple[_Ids, _Row]] = {
    "meeting": (lambda _: ("meeting",), _meeting_row),
    "segments": (_all("segments"), _segment_row),
    "lists": (_all("lists"), _list_row),
    "requests": (_all("requests"), _request_row),
    "floor": (_all("stack"), _floor_row),
    "interventions": (_all("interventions"), _intervention_row),
    "delegations": (_all("totals"), _delegation_row),
    "notes": (_all("notes"), _note_row),
    "announcements": (_all("announcements"), _announcement_row),
    "signals": (_all("signals"), _signal_row),
    "links": (_all("links"), _link_row),
    "messages": (_all("messages"), _message_row),
    "swaps": (_all("swaps"), _swap_row),
    "conclusions": (_all("conclusions"), _conclusion_row),
    "attendance": (_all("attendance"), _attendance_row),
}
