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
    Check,
    Code,
    ConclusionId,
    GroupCode,
    Instant,
    InterventionId,
    Kind,
    LinkId,
    ListId,
    MeetingId,
    MessageId,
    Modifier,
    Motion,
    NoteId,
    Policy,
    Published,
    Rank,
    RequestId,
    Role,
    SegmentId,
    Side,
    SignalId,
    SwapId,
    Ticket,
)
from rostra.core.meeting import (
    Appeal,
    Flag,
    Link,
    Outcome,
    PauseReason,
    Person,
    Phase,
    Ruling,
    Settled,
    Source,
)
from rostra.core.profile import Profile
from rostra.core.programme import Part, Planned, Programme
from rostra.core.roster import Roster

Splices = tuple[tuple[int | str, ...], ...]


class Event(Struct, frozen=True, kw_only=True, tag_field="type", gc=False):
    """Base of all events; ``v`` is the version of its shape."""

    v: int = 1


class Carried(Struct, frozen=True, kw_only=True, gc=False):
    """A request that an earlier meeting left, for the list of a segment."""

    segment: int
    kind: Kind
    delegation: Code | None = None
    group: GroupCode | None = None
    group_text: str = ""
    language: str = ""
    limit_ms: int
    #: Whether the person, or a group as typed, had been confirmed there.
    confirmed: bool = True
    rank: Rank | None = None


class MeetingCreated(Event, tag="meeting_created", frozen=True, kw_only=True):
    meeting: MeetingId
    programme: Programme
    planned: Planned
    profile: Profile
    roster: Roster
    links: tuple[Link, ...]
    lot_key: str = ""
    #: Who was not heard in an earlier meeting of the item, in their order.
    carried: tuple["Carried", ...] = ()
    #: Who was to speak for each of these: personal, so kept apart.
    persons: tuple[Person | None, ...] = ()


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
    #: Until when written statements are taken.
    written_until: Instant | None = None


class RecordClosed(Event, tag="record_closed", frozen=True, kw_only=True):
    pass


class SegmentEntered(Event, tag="segment_entered", frozen=True, kw_only=True):
    segment: SegmentId
    left: SegmentId | None


class PresiderSet(Event, tag="presider_set", frozen=True, kw_only=True):
    segment: SegmentId
    name: str = ""
    function: str = ""


class PhaseEntered(Event, tag="phase_entered", frozen=True, kw_only=True):
    segment: SegmentId
    phase: Phase


class OpeningAnnounced(Event, tag="opening_announced", frozen=True, kw_only=True):
    list: ListId
    opens_at: Instant


class LotWindowOpened(Event, tag="lot_window_opened", frozen=True, kw_only=True):
    """Requests until then are drawn by lot. The draw's seed is committed to now."""

    list: ListId
    until: Instant
    commitment: str


class DrawPrepared(Event, tag="draw_prepared", frozen=True, kw_only=True):
    """``commitment`` is the SHA-256 of the seed of draw ``number``."""

    list: ListId
    number: int
    commitment: str


class Drawn(Event, tag="drawn", frozen=True, kw_only=True):
    """A draw, with everything that it takes to make it again.

    ``inputs`` are what was drawn from: ids of requests with whom they are for, or
    letters, or regions, in the order in which they were put in.
    """

    list: ListId
    number: int
    policy: Policy
    seed: str
    inputs: tuple[str, ...]
    order: tuple[RequestId, ...] = ()
    letter: str = ""
    region: str = ""


class AutoCloseSet(Event, tag="auto_close_set", frozen=True, kw_only=True):
    """The list will close by itself so long after its segment began."""

    list: ListId
    closes_at: Instant


class LimitsSet(Event, tag="limits_set", frozen=True, kw_only=True):
    """New limits, by tier or ``any``, and what they make of those not yet called."""

    list: ListId
    limits_s: dict[str, int]
    requests: tuple[tuple[RequestId, int], ...]


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
    status: Literal["queued", "requested", "late"] = "queued"
    rank: Rank | None = None
    side: Side | None = None
    motion: Motion | None = None
    on: RequestId | None = None
    trigger: InterventionId | None = None
    item: SegmentId | None = None
    to: Code | None = None
    turn: int = 0
    media_ms: int = 0
    national_capacity: bool = False
    override: bool = False
    own_limit: bool = False


class RequestAccepted(Event, tag="request_accepted", frozen=True, kw_only=True):
    request: RequestId


class RequestParked(Event, tag="request_parked", frozen=True, kw_only=True):
    request: RequestId
    by: Literal["delegation", "operator"]
    device: str = ""


class RequestUnparked(Event, tag="request_unparked", frozen=True, kw_only=True):
    """Back on the list; ``ticket`` is its new place in the order of arrival."""

    request: RequestId
    ticket: Ticket | None
    device: str = ""


class LateAdmitted(Event, tag="late_admitted", frozen=True, kw_only=True):
    list: ListId
    requests: tuple[RequestId, ...]
    generation: int


class RequestPinned(Event, tag="request_pinned", frozen=True, kw_only=True):
    request: RequestId
    pinned: bool


class WindowSet(Event, tag="window_set", frozen=True, kw_only=True):
    request: RequestId
    not_before: Instant | None
    not_after: Instant | None


class SwapOffered(Event, tag="swap_offered", frozen=True, kw_only=True):
    swap: SwapId
    offered: RequestId
    wanted: RequestId
    device: str = ""


class SwapAccepted(Event, tag="swap_accepted", frozen=True, kw_only=True):
    swap: SwapId
    device: str = ""


class SwapMade(Event, tag="swap_made", frozen=True, kw_only=True):
    """The two requests stand in each other's place, with each other's claims."""

    swap: SwapId
    offered: RequestId
    wanted: RequestId


class SwapEnded(Event, tag="swap_ended", frozen=True, kw_only=True):
    swap: SwapId
    why: Literal["declined", "vetoed", "taken_back", "lapsed"]


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
    how: Literal["expired", "carried", "written_only"] = "expired"


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
    #: The intervention that it interrupts.
    over: InterventionId | None = None


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


class ClockReset(Event, tag="clock_reset", frozen=True, kw_only=True):
    """The speaker begins again with the whole limit (RULES 7.6)."""

    intervention: InterventionId


class CutSignalled(Event, tag="cut_signalled", frozen=True, kw_only=True):
    """Limit and grace are over: to the speaker, the chair and the technical desk."""

    intervention: InterventionId


class RulingRecorded(Event, tag="ruling_recorded", frozen=True, kw_only=True):
    intervention: InterventionId
    ruling: Ruling
    appeal: Appeal | None = None
    note: str = ""


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


class PastLost(Event, tag="past_lost", frozen=True, kw_only=True):
    """The journal had lost the commits after ``after`` up to ``until``."""

    after: int
    until: int


class Row(Struct, frozen=True, kw_only=True, gc=False):
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
    over: InterventionId | None = None
    to: Code | None = None
    turn: int = 0
    motion: Motion | None = None
    side: Side | None = None
    national_capacity: bool = False


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
    #: What the delegation is told.
    text: str = ""


class SpeakerNamed(Event, tag="speaker_named", frozen=True, kw_only=True):
    request: RequestId
    language: str
    confirmed: bool
    person: Person | None = None
    rank: Rank | None = None


class NameConfirmed(Event, tag="name_confirmed", frozen=True, kw_only=True):
    request: RequestId


class NoteWritten(Event, tag="note_written", frozen=True, kw_only=True):
    note: NoteId
    intervention: InterventionId | None
    request: RequestId | None
    scope: Literal["record", "staff"]
    text: str
    version: int
    tags: tuple[str, ...] = ()
    questions: tuple[int, ...] = ()
    follow_up: bool = False
    document: str = ""
    #: A correction for the record; ``correction_by`` is who asked for it, if anyone.
    correction: bool = False
    correction_by: Code | None = None
    #: Whether it proposes another reading of the row, and which.
    proposes: bool = False
    person: Person | None = None
    kind: Kind | None = None
    group: GroupCode | None = None
    group_text: str = ""


class CorrectionSettled(Event, tag="correction_settled", frozen=True, kw_only=True):
    note: NoteId
    settled: Settled
    answer: str


class CorrectionsOpened(Event, tag="corrections_opened", frozen=True, kw_only=True):
    """Until when delegations file corrections of the record; None closes it."""

    until: Instant | None


class RowCorrected(Event, tag="row_corrected", frozen=True, kw_only=True):
    """A finished row reads otherwise; without ``kind`` its capacity is as it was."""

    intervention: InterventionId
    kind: Kind | None
    group: GroupCode | None
    group_text: str
    reason: str
    person: Person | None = None


class ConclusionWritten(Event, tag="conclusion_written", frozen=True, kw_only=True):
    conclusion: ConclusionId
    segment: SegmentId
    question: int | None
    text: str
    agreed: bool
    interventions: tuple[InterventionId, ...]
    version: int


class ConclusionMoved(Event, tag="conclusion_moved", frozen=True, kw_only=True):
    conclusion: ConclusionId
    segment: SegmentId
    question: int | None
    to: int


class ConclusionDropped(Event, tag="conclusion_dropped", frozen=True, kw_only=True):
    conclusion: ConclusionId


class ConclusionsHandedOver(
    Event, tag="conclusions_handed_over", frozen=True, kw_only=True
):
    pass


class ConclusionsReopened(Event, tag="conclusions_reopened", frozen=True, kw_only=True):
    reason: str


class ConclusionsReleased(Event, tag="conclusions_released", frozen=True, kw_only=True):
    """These are public, as their ``texts`` say; or no longer (``texts`` is empty)."""

    conclusions: tuple[ConclusionId, ...]
    texts: tuple[str, ...]
    released: bool


class ConclusionShown(Event, tag="conclusion_shown", frozen=True, kw_only=True):
    conclusion: ConclusionId | None


class PublicationSet(Event, tag="publication_set", frozen=True, kw_only=True):
    published: tuple[Published, ...]


class PersonsErased(Event, tag="persons_erased", frozen=True, kw_only=True):
    """The personal part of this commit and of all before it is to be deleted."""

    reason: str


class MessageSent(Event, tag="message_sent", frozen=True, kw_only=True):
    message: MessageId
    role: Role
    link: LinkId
    phrase: str
    text: str
    delegation: Code | None = None


class ReadinessTicked(Event, tag="readiness_ticked", frozen=True, kw_only=True):
    delegation: Code
    check: Check
    ok: bool


class AttendanceMarked(Event, tag="attendance_marked", frozen=True, kw_only=True):
    delegations: tuple[Code, ...]
    source: Source


class ContactSet(Event, tag="contact_set", frozen=True, kw_only=True):
    delegation: Code
    contact: str = ""


class DelegationFlagged(Event, tag="delegation_flagged", frozen=True, kw_only=True):
    """Absent or suspended: in its place, but not called; None clears it."""

    delegation: Code
    flag: Flag | None
    reason: str


class GavelPassed(Event, tag="gavel_passed", frozen=True, kw_only=True):
    """``link`` holds the gavel now; None puts it down: every operator may act."""

    link: LinkId | None
    taken: bool
    reason: str


class ProfileSet(Event, tag="profile_set", frozen=True, kw_only=True):
    profile: Profile
    reason: str = ""


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
    | PhaseEntered
    | OpeningAnnounced
    | LotWindowOpened
    | DrawPrepared
    | Drawn
    | AutoCloseSet
    | LimitsSet
    | ListOpened
    | ClosingAnnounced
    | ListClosed
    | ListReopened
    | PolicySet
    | RoundClosed
    | RequestRegistered
    | RequestAccepted
    | RequestParked
    | RequestUnparked
    | LateAdmitted
    | RequestPinned
    | WindowSet
    | SwapOffered
    | SwapAccepted
    | SwapMade
    | SwapEnded
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
    | ClockReset
    | CutSignalled
    | RulingRecorded
    | ClockResumed
    | TimeExtended
    | TimeCredited
    | DowntimeNoted
    | PastLost
    | InterventionEnded
    | InterventionVoided
    | RequestDropped
    | SpeakerNamed
    | NameConfirmed
    | NoteWritten
    | CorrectionSettled
    | CorrectionsOpened
    | RowCorrected
    | ConclusionWritten
    | ConclusionMoved
    | ConclusionDropped
    | ConclusionsHandedOver
    | ConclusionsReopened
    | ConclusionsReleased
    | ConclusionShown
    | PublicationSet
    | PersonsErased
    | MessageSent
    | ReadinessTicked
    | AttendanceMarked
    | ContactSet
    | DelegationFlagged
    | GavelPassed
    | ProfileSet
    | Announced
    | AnnouncementCleared
    | SignalRaised
    | SignalCleared
    | LinkRevoked
    | LinkRenewed
    | ActTaken
    | ActUndone
)
