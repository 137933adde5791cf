"""How a commit's events are divided over its three parts, and put together again.

``open`` stays true for everyone, ``personal`` can be deleted later, ``internal`` is
for operators. Canonical JSON: fields in their order, objects sorted, integers only.
Reading what was written gives the same events; with ``personal`` deleted, the same
events without persons and devices.
"""

from typing import Any, Literal

import msgspec
from msgspec import Struct, structs, to_builtins

from rostra.core import events as e
from rostra.core.ids import Instant, LinkId, MeetingId, Role
from rostra.protocol.commit import Commit

#: Format level: what the writer of a commit knows. A reader of a lower one must stop.
FORMAT = 1

Part = Literal["open", "personal", "internal"]
_Entry = tuple[int, str, dict[str, Any]]

_PERSONAL = frozenset(("person", "device", "contact", "persons"))
#: Events that are open, with the fields that are not.
_OPEN: dict[type, frozenset[str]] = {
    e.MeetingCreated: frozenset(("links", "lot_key", "carried")),
    e.LobbyOpened: frozenset(),
    e.CalledToOrder: frozenset(),
    e.MeetingSuspended: frozenset(("reason",)),
    e.MeetingResumed: frozenset(),
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
    e.Announced: frozenset(),
    e.AnnouncementCleared: frozenset(),
}


class NewerFormat(Exception):
    """The commit was written by a newer version: the meeting is read-only here."""


class Origin(Struct, frozen=True, kw_only=True):
    """Where a commit came from, and the answer that its sender got."""

    role: Role
    link: LinkId
    command: str
    digest: str
    result: dict[str, Any]


class Record(Struct, frozen=True, kw_only=True):
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
    events: list[_Entry]


class _Personal(Struct, frozen=True, kw_only=True):
    events: list[_Entry]


class _Internal(Struct, frozen=True, kw_only=True):
    origin: Origin
    events: list[_Entry]


_encoder = msgspec.json.Encoder(order="deterministic")
_open = msgspec.json.Decoder(_Open)
_personal = msgspec.json.Decoder(_Personal)
_internal = msgspec.json.Decoder(_Internal)


def part_of(event: e.AnyEvent, field: str) -> Part:
    """In which part of the commit a field of an event lies."""
    if field in _PERSONAL or (isinstance(event, e.PresiderSet) and field == "name"):
        return "personal"
    hidden = _OPEN.get(type(event))
    if hidden is None or field in hidden or _kept(event):
        return "internal"
    return "open"


def _kept(event: e.AnyEvent) -> bool:
    """A request that not everybody may know of: its list is not shown to all, or it
    waits beside it (for a yes, or having come late).
    """
    return isinstance(event, e.RequestRegistered) and not (
        event.shown and event.status == "queued"
    )


def write(record: Record) -> tuple[bytes, bytes, bytes]:
    """The parts (open, personal, internal) of *record*."""
    parts: dict[Part, list[_Entry]] = {"open": [], "personal": [], "internal": []}
    for index, event in enumerate(record.events):
        tag = str(event.__struct_config__.tag)
        divided: dict[Part, dict[str, Any]] = {}
        is_open = type(event) in _OPEN and not _kept(event)
        default: Part = "open" if is_open else "internal"
        divided[default] = {}
        for field in event.__struct_fields__:
            value = to_builtins(getattr(event, field))
            divided.setdefault(part_of(event, field), {})[field] = value
        for part, fields in divided.items():
            parts[part].append((index, tag, fields))
    opened = _Open(
        meeting=record.meeting,
        epoch=record.epoch,
        seq=record.seq,
        at=record.at,
        format=FORMAT,
        events=parts["open"],
    )
    return (
        _encoder.encode(opened),
        _encoder.encode(_Personal(events=parts["personal"])),
        _encoder.encode(_Internal(origin=record.origin, events=parts["internal"])),
    )


def read(commit: Commit) -> Record:
    """The record that *commit* holds. Raises :class:`NewerFormat`, or
    msgspec.ValidationError for an event that this version does not know.
    """
    opened = _open.decode(commit.open)
    if opened.format > FORMAT:
        raise NewerFormat(f"commit {commit.seq} has format {opened.format}")
    internal = _internal.decode(commit.internal)
    personal = _personal.decode(commit.personal).events if commit.personal else []
    merged: dict[int, dict[str, Any]] = {}
    for index, tag, fields in (*opened.events, *internal.events):
        merged.setdefault(index, {"type": tag}).update(fields)
    for index, _, fields in personal:
        merged[index].update(fields)
    events = tuple(
        msgspec.convert(merged[index], e.AnyEvent) for index in sorted(merged)
    )
    return Record(
        meeting=opened.meeting,
        epoch=opened.epoch,
        seq=opened.seq,
        at=opened.at,
        events=events,
        origin=internal.origin,
    )


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
