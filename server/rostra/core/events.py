"""What happened. Past tense; a fact, never edited or deleted.

An event says what changed in codes and numbers, never in sentences. The instant is
the commit's. Which field lies in which part of a commit (open, personal, internal)
is said by :mod:`rostra.protocol.stored`.
"""

from typing import Literal

from msgspec import Struct

from rostra.core.ids import (
    AnnouncementId,
    Channel,
    Code,
    GroupCode,
    Instant,
    InterventionId,
    Kind,
    LinkId,
    ListId,
    MeetingId,
    Modifier,
    NoteId,
    Policy,
    RequestId,
    SegmentId,
    SignalId,
)
from rostra.core.meeting import Link, Outcome, PauseReason, Person
from rostra.core.profile import Profile
from rostra.core.programme import Part, Planned, Programme
from rostra.core.roster import Roster

Splices = tuple[tuple[int | str, ...], ...]


class Event(Struct, frozen=True, kw_only=True, tag_field="type"):
    """Base of all events; ``v`` is the version of its shape."""

    v: int = 1


class MeetingCreated(Event, tag="meeting_created", frozen=True, kw_only=True):
    meeting: MeetingId
    programme: Programme
    planned: Planned
    profile: Profile
    roster: Roster
    links: tuple[Link, ...]


class LobbyOpened(Event, tag="lobby_opened", frozen=True, kw_only=True):
    pass


class CalledToOrder(Event, tag="called_to_order", frozen=True, kw_only=True):
    pass


class MeetingSuspended(Event, tag="meeting_suspended", frozen=True, kw_only=True):
    resume_at: Instant | None
    reason: str = ""


class MeetingResumed(Event, tag="meeting_resumed", frozen=True, kw_only=True):
    pass


class MeetingRose(Event, tag="meeting_rose", frozen=True, kw_only=True):
    pass


class RecordClosed(Event, tag="record_closed", frozen=True, kw_only=True):
    pass


class SegmentEntered(Event, tag="segment_entered", frozen=True, kw_only=True):
    segment: SegmentId
    left: SegmentId | None


class PresiderSet(Event, tag="presider_set", frozen=True, kw_only=True):
    segment: SegmentId
    name: str = ""
    function: str = ""


class ListOpened(Event, tag="list_opened", frozen=True, kw_only=True):
    list: ListId


class ClosingAnnounced(Event, tag="closing_announced", frozen=True, kw_only=True):
    list: ListId
    closes_at: Instant


class ListClosed(Event, tag="list_closed", frozen=True, kw_only=True):
    list: ListId
    basis: str


class ListReopened(Event, tag="list_reopened", frozen=True, kw_only=True):
    list: ListId
    basis: str


class PolicySet(Event, tag="policy_set", frozen=True, kw_only=True):
    list: ListId
    policy: Policy
    modifiers: tuple[Modifier, ...]


class RoundClosed(Event, tag="round_closed", frozen=True, kw_only=True):
    """``unanswered`` are the questions of the round that no panellist can answer."""

    list: ListId
    round: int
    unanswered: tuple[RequestId, ...] = ()


class RequestRegistered(Event, tag="request_registered", frozen=True, kw_only=True):
    """``shown`` is whether the list is public to all, and with it this request."""

    request: RequestId
    list: ListId
    kind: Kind
    delegation: Code | None
    group: GroupCode | None
    group_text: str
    label: str
    part: Part | None
    language: str
    channel: Channel
    number: int
    generation: int
    limit_ms: int
    addressed: tuple[RequestId, ...]
    answers: tuple[RequestId, ...]
    not_before: Instant | None
    not_after: Instant | None
    fixed: bool
    after_closure: bool
    confirmed: bool
    shown: bool
    note: str = ""
    person: Person | None = None
    device: str = ""


class RequestJoined(Event, tag="request_joined", frozen=True, kw_only=True):
    """Another device of the delegation pressed too: it is the same request."""

    request: RequestId
    device: str = ""


class RequestWithdrawn(Event, tag="request_withdrawn", frozen=True, kw_only=True):
    request: RequestId
    by: Literal["delegation", "operator"]
    reason: str = ""
    device: str = ""


class RequestsExpired(Event, tag="requests_expired", frozen=True, kw_only=True):
    requests: tuple[RequestId, ...]


class RequestMoved(Event, tag="request_moved", frozen=True, kw_only=True):
    request: RequestId
    place: int
    to: int


class RequestReturned(Event, tag="request_returned", frozen=True, kw_only=True):
    """A request that was called is on the list again, at a place of its own.

    ``attempt`` counts a call that nobody answered; ``resume_of`` is set where part of
    the intervention was heard, and ``limit_ms`` is what is left of it.
    """

    request: RequestId
    attempt: bool
    fixed: bool
    limit_ms: int
    resume_of: InterventionId | None


class OrderChanged(Event, tag="order_changed", frozen=True, kw_only=True):
    """The order of a list, spliced: ``[index, delete_count, id…]`` in turn."""

    list: ListId
    splices: Splices


class SpeakersTold(Event, tag="speakers_told", frozen=True, kw_only=True):
    """These are on deck: told to be ready, and locked in their places."""

    requests: tuple[RequestId, ...]


class FloorGiven(Event, tag="floor_given", frozen=True, kw_only=True):
    intervention: InterventionId
    request: RequestId
    place: int
    limit_ms: int


class CalledAgain(Event, tag="called_again", frozen=True, kw_only=True):
    intervention: InterventionId


class ReadySaid(Event, tag="ready_said", frozen=True, kw_only=True):
    intervention: InterventionId
    device: str = ""


class ClockStarted(Event, tag="clock_started", frozen=True, kw_only=True):
    intervention: InterventionId


class ClockHeld(Event, tag="clock_held", frozen=True, kw_only=True):
    intervention: InterventionId
    reason: PauseReason
    line_lost: bool


class ClockResumed(Event, tag="clock_resumed", frozen=True, kw_only=True):
    intervention: InterventionId
    credit_ms: int


class TimeExtended(Event, tag="time_extended", frozen=True, kw_only=True):
    intervention: InterventionId
    ms: int


class TimeCredited(Event, tag="time_credited", frozen=True, kw_only=True):
    """The answer to a downtime: ``ms`` given back, 0 if the speech went on."""

    intervention: InterventionId
    ms: int


class DowntimeNoted(Event, tag="downtime_noted", frozen=True, kw_only=True):
    """The server was away for ``ms`` while a clock ran."""

    intervention: InterventionId
    ms: int


class Row(Struct, frozen=True, kw_only=True):
    """An intervention as delivered: the only part of it that is open to everyone."""

    request: RequestId
    kind: Kind
    delegation: Code | None
    group: GroupCode | None
    group_text: str
    segment: SegmentId
    started_at: Instant
    used_ms: int
    allotted_ms: int


class InterventionEnded(Event, tag="intervention_ended", frozen=True, kw_only=True):
    intervention: InterventionId
    row: Row
    outcome: Outcome
    counted: bool
    by: Literal["operator", "delegation"]
    device: str = ""


class InterventionVoided(Event, tag="intervention_voided", frozen=True, kw_only=True):
    """It does not count and is not in the record: a mistake, or nobody answered."""

    intervention: InterventionId
    why: Literal["mistake", "no_show", "withdrawn", "suspension", "removed"]


class RequestDropped(Event, tag="request_dropped", frozen=True, kw_only=True):
    """Off the list without having spoken: nobody answered, or it was removed."""

    request: RequestId
    why: Literal["no_show", "declined"]


class SpeakerNamed(Event, tag="speaker_named", frozen=True, kw_only=True):
    request: RequestId
    language: str
    confirmed: bool
    person: Person | None = None


class NameConfirmed(Event, tag="name_confirmed", frozen=True, kw_only=True):
    request: RequestId


class NoteWritten(Event, tag="note_written", frozen=True, kw_only=True):
    note: NoteId
    intervention: InterventionId | None
    request: RequestId | None
    scope: Literal["record", "staff"]
    text: str
    version: int


class Announced(Event, tag="announced", frozen=True, kw_only=True):
    announcement: AnnouncementId
    text: str


class AnnouncementCleared(Event, tag="announcement_cleared", frozen=True, kw_only=True):
    announcement: AnnouncementId


class SignalRaised(Event, tag="signal_raised", frozen=True, kw_only=True):
    signal: SignalId
    delegation: Code
    text: str
    device: str = ""


class SignalCleared(Event, tag="signal_cleared", frozen=True, kw_only=True):
    signal: SignalId


class LinkRevoked(Event, tag="link_revoked", frozen=True, kw_only=True):
    link: LinkId


class LinkRenewed(Event, tag="link_renewed", frozen=True, kw_only=True):
    link: LinkId
    generation: int


class ActTaken(Event, tag="act_taken", frozen=True, kw_only=True):
    """Closes a commit that an operator may undo."""

    act: str
    request: RequestId | None = None
    list: ListId | None = None
    segment: SegmentId | None = None


class ActUndone(Event, tag="act_undone", frozen=True, kw_only=True):
    """The act of commit ``action`` was taken back."""

    action: int


AnyEvent = (
    MeetingCreated
    | LobbyOpened
    | CalledToOrder
    | MeetingSuspended
    | MeetingResumed
    | MeetingRose
    | RecordClosed
    | SegmentEntered
    | PresiderSet
    | ListOpened
    | ClosingAnnounced
    | ListClosed
    | ListReopened
    | PolicySet
    | RoundClosed
    | RequestRegistered
    | RequestJoined
    | RequestWithdrawn
    | RequestsExpired
    | RequestMoved
    | RequestReturned
    | OrderChanged
    | SpeakersTold
    | FloorGiven
    | CalledAgain
    | ReadySaid
    | ClockStarted
    | ClockHeld
    | ClockResumed
    | TimeExtended
    | TimeCredited
    | DowntimeNoted
    | InterventionEnded
    | InterventionVoided
    | RequestDropped
    | SpeakerNamed
    | NameConfirmed
    | NoteWritten
    | Announced
    | AnnouncementCleared
    | SignalRaised
    | SignalCleared
    | LinkRevoked
    | LinkRenewed
    | ActTaken
    | ActUndone
)
