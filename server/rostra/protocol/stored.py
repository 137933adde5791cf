"""How a commit's events are divided over its three parts, and put together again.

``open`` stays true for everyone, ``personal`` can be deleted later, ``internal`` is
for operators. Canonical JSON: fields in their order, objects sorted, integers only.
Reading what was written gives the same events; with ``personal`` deleted, the same
events without persons and devices.
"""

from collections.abc import Sequence
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct, structs

from rostra.core import events as e
from rostra.core.ids import Instant, LinkId, MeetingId, Role
from rostra.protocol.commit import Commit

#: Format level: what the writer of a commit knows. A reader of a lower one must stop.
FORMAT = 1

Part = Literal["open", "personal", "internal"]
_Entry = tuple[int, str, dict[str, Any]]
_Division = tuple[tuple[Part, tuple[str, ...]], ...]
#: An entry as it is read: the fields stay JSON until the event's type is known.
_RawEntry = tuple[int, str, msgspec.Raw]

_PERSONAL = frozenset(("person", "device", "contact", "persons"))
#: Events that are open, with the fields that are not.
_OPEN: dict[type, frozenset[str]] = {
    e.MeetingCreated: frozenset(("links", "lot_key", "carried")),
    e.LobbyOpened: frozenset(),
    e.CalledToOrder: frozenset(),
    e.MeetingSuspended: frozenset(("reason",)),
    e.MeetingResumed: frozenset(),
    e.PastLost: frozenset(),
    e.MeetingRose: frozenset(),
    e.RecordClosed: frozenset(),
    e.SegmentEntered: frozenset(),
    e.PresiderSet: frozenset(),
    e.PhaseEntered: frozenset(),
    e.ProfileSet: frozenset(("reason",)),
    e.OpeningAnnounced: frozenset(),
    e.LotWindowOpened: frozenset(),
    e.DrawPrepared: frozenset(),
    e.Drawn: frozenset(),
    e.AutoCloseSet: frozenset(),
    e.LimitsSet: frozenset(("requests",)),
    e.ListOpened: frozenset(),
    e.ClosingAnnounced: frozenset(),
    e.ListClosed: frozenset(),
    e.ListReopened: frozenset(),
    e.PolicySet: frozenset(),
    e.RequestRegistered: frozenset(
        (
            "group_text",
            "channel",
            "not_before",
            "not_after",
            "fixed",
            "after_closure",
            "confirmed",
            "note",
            "status",
            "trigger",
            "rank",
            "override",
            "own_limit",
        )
    ),
    e.InterventionEnded: frozenset(("outcome", "counted", "by")),
    e.RowCorrected: frozenset(("reason",)),
    e.CorrectionsOpened: frozenset(),
    e.ConclusionsReleased: frozenset(),
    e.ConclusionShown: frozenset(),
    e.PublicationSet: frozenset(),
    e.PersonsErased: frozenset(("reason",)),
    e.Announced: frozenset(),
    e.AnnouncementCleared: frozenset(),
}


class NewerFormat(Exception):
    """The commit was written by a newer version: the meeting is read-only here."""


class Origin(Struct, frozen=True, kw_only=True, gc=False):
    """Where a commit came from, and the answer that its sender got."""

    role: Role
    link: LinkId
    command: str
    digest: str
    result: dict[str, Any]


class Record(Struct, frozen=True, kw_only=True, gc=False):
    """A commit in words."""

    meeting: MeetingId
    epoch: str
    seq: int
    at: Instant
    events: tuple[e.AnyEvent, ...]
    origin: Origin


class _Open(Struct, frozen=True, kw_only=True):
    meeting: MeetingId
    epoch: str
    seq: int
    at: Instant
    format: int
    events: msgspec.Raw


class _Personal(Struct, frozen=True, kw_only=True):
    events: msgspec.Raw


class _Internal(Struct, frozen=True, kw_only=True):
    origin: Origin
    events: msgspec.Raw


class _ReadOpen(Struct, frozen=True, kw_only=True, gc=False):
    meeting: MeetingId
    epoch: str
    seq: int
    at: Instant
    format: int
    events: tuple[_RawEntry, ...]


class _ReadPersonal(Struct, frozen=True, kw_only=True, gc=False):
    events: tuple[_RawEntry, ...]


class _ReadInternal(Struct, frozen=True, kw_only=True, gc=False):
    origin: Origin
    events: tuple[_RawEntry, ...]


_encoder = msgspec.json.Encoder(order="deterministic")
_sorted = msgspec.json.Encoder(order="sorted")
_open = msgspec.json.Decoder(_ReadOpen)
_personal = msgspec.json.Decoder(_ReadPersonal)
_internal = msgspec.json.Decoder(_ReadInternal)
#: How the fields of each event are read, by its tag.
_EVENTS: dict[str, msgspec.json.Decoder[e.AnyEvent]] = {
    str(each.__struct_config__.tag): msgspec.json.Decoder(each)
    for each in get_args(e.AnyEvent)
}
_NO_PERSON = b'{"events":[]}'


def part_of(event: e.AnyEvent, field: str) -> Part:
    """In which part of the commit a field of an event lies."""
    return _part(type(event), field, kept=_kept(event))


def _part(event: type, field: str, *, kept: bool) -> Part:
    if field in _PERSONAL or (event is e.PresiderSet and field == "name"):
        return "personal"
    hidden = _OPEN.get(event)
    if hidden is None or field in hidden or kept:
        return "internal"
    return "open"


def _kept(event: e.AnyEvent) -> bool:
    """A request that not everybody may know of: its list is not shown to all, or it
    waits beside it (for a yes, or having come late).
    """
    return isinstance(event, e.RequestRegistered) and not (
        event.shown and event.status == "queued"
    )


def _division(event: type, *, kept: bool) -> _Division:
    """Which fields of an event lie in which part; it stands in one of them always."""
    divided: dict[Part, list[str]] = {}
    divided["open" if event in _OPEN and not kept else "internal"] = []
    for field in structs.fields(event):
        divided.setdefault(_part(event, field.name, kept=kept), []).append(field.name)
    return tuple((part, tuple(names)) for part, names in divided.items())


#: The same for every event of a type, so found out once: by type, and kept or not.
_DIVIDED: dict[tuple[type, bool], _Division] = {
    (event, kept): _division(event, kept=kept)
    for event in get_args(e.AnyEvent)
    for kept in (False, True)
}


def write(record: Record) -> tuple[bytes, bytes, bytes]:
    """The parts (open, personal, internal) of *record*."""
    parts: dict[Part, list[_Entry]] = {"open": [], "personal": [], "internal": []}
    for index, event in enumerate(record.events):
        tag = str(event.__struct_config__.tag)
        for part, names in _DIVIDED[type(event), _kept(event)]:
            fields = {name: getattr(event, name) for name in names}
            parts[part].append((index, tag, fields))
    opened = _Open(
        meeting=record.meeting,
        epoch=record.epoch,
        seq=record.seq,
        at=record.at,
        format=FORMAT,
        events=_written(parts["open"]),
    )
    internal = _Internal(origin=record.origin, events=_written(parts["internal"]))
    personal = _Personal(events=_written(parts["personal"]))
    return (
        _encoder.encode(opened),
        _encoder.encode(personal),
        _encoder.encode(internal),
    )


def _written(entries: list[_Entry]) -> msgspec.Raw:
    """What events hold is sorted throughout, unlike the head of a part."""
    return msgspec.Raw(_sorted.encode(entries))


def read(commit: Commit) -> Record:
    """The record that *commit* holds. Raises :class:`NewerFormat`, or
    msgspec.ValidationError for an event that this version does not know.
    """
    opened = _open.decode(commit.open)
    if opened.format > FORMAT:
        raise NewerFormat(f"commit {commit.seq} has format {opened.format}")
    internal = _internal.decode(commit.internal)
    personal: tuple[_RawEntry, ...] = ()
    if commit.personal and commit.personal != _NO_PERSON:
        personal = _personal.decode(commit.personal).events
    entries: Sequence[_RawEntry] = internal.events
    if opened.events or personal or not _in_order(entries):
        entries = _joined(opened.events, internal.events, personal)
    try:
        events = tuple([_EVENTS[tag].decode(fields) for _, tag, fields in entries])
    except KeyError as tag:
        raise msgspec.ValidationError(f"there is no event {tag}") from None
    return Record(
        meeting=opened.meeting,
        epoch=opened.epoch,
        seq=opened.seq,
        at=opened.at,
        events=events,
        origin=internal.origin,
    )


def _in_order(entries: Sequence[_RawEntry]) -> bool:
    return [entry[0] for entry in entries] == [*range(len(entries))]


def _joined(
    opened: tuple[_RawEntry, ...],
    internal: tuple[_RawEntry, ...],
    personal: tuple[_RawEntry, ...],
) -> list[_RawEntry]:
    """One entry per event, in order, of what the parts have of it."""
    entries: dict[int, _RawEntry] = {}
    for entry in (*opened, *internal):
        known = entries.get(entry[0])
        entries[entry[0]] = entry if known is None else _both(known, entry)
    for entry in personal:
        entries[entry[0]] = _both(entries[entry[0]], entry)
    return [entries[index] for index in sorted(entries)]


def _both(one: _RawEntry, other: _RawEntry) -> _RawEntry:
    """Two JSON objects become one: what the other says of a field counts."""
    index, tag, fields = one
    before, after = bytes(fields)[1:-1], bytes(other[2])[1:-1]
    comma = b"," if before.strip() and after.strip() else b""
    return index, tag, msgspec.Raw(b"{%b%b%b}" % (before, comma, after))


def without_persons(record: Record) -> Record:
    """*record* as it reads once its personal part is deleted."""
    events = tuple(
        structs.replace(
            event,
            **{
                field: default
                for field, default in (
                    ("person", None),
                    ("device", ""),
                    ("name", ""),
                    ("contact", ""),
                    ("persons", ()),
                )
                if field in event.__struct_fields__
                and part_of(event, field) == "personal"
            },
        )
        for event in record.events
    )
    return structs.replace(record, events=events)
