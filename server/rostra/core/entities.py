"""What screens are shown: one entity per thing, ready to be drawn.

Entities cross the wire as they are. A field that an audience may not see is left out
by the table in :mod:`rostra.core.audiences`, so every field here has a line there.
``None`` fields are sent as null; instants are milliseconds since 1970, UTC.
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
    Interrupting,
    InterventionId,
    Kind,
    LinkId,
    ListId,
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
)
from rostra.core.meeting import (
    Appeal,
    Draw,
    Flag,
    Gavel,
    ListPurpose,
    ListState,
    Loss,
    MeetingState,
    Outcome,
    PauseReason,
    Person,
    Phase,
    Reading,
    Ruling,
    Settled,
    Source,
)
from rostra.core.profile import Interruption, Profile, Replies, TagKey
from rostra.core.programme import Presider, SegmentKind


class ActionEntity(Struct, frozen=True):
    """What the undo button would take back. ``until`` is None while it has no end."""

    seq: int
    type: str
    at: Instant
    until: Instant | None
    request: RequestId | None
    list: ListId | None
    segment: SegmentId | None


class Rules(Struct, frozen=True, kw_only=True):
    """What every screen needs of the profile."""

    title: str
    enforcement: Literal["soft", "firm", "hard"]
    show_list: Literal["all", "own_place", "count"]
    on_deck: int
    overhead_ms: int
    extension_cap_percent: int
    park: bool
    swaps: Literal["off", "confirm", "auto"]
    late_tray: bool
    replies: Replies | None
    interruptions: dict[Interrupting, Interruption]
    media_intro_ms: int
    grace_ms: int


class MeetingEntity(Struct, frozen=True, kw_only=True):
    """The meeting itself; the only entity of its collection, id ``meeting``.

    ``starts_at`` and ``ends_at`` are None where the programme says "to be announced".
    ``downtime_ms`` > 0 asks the console whether the speech went on while the server
    was away. ``reserve_ms`` is what a forecast keeps for later segments. ``unheard``
    are, once it rose, the delegations that asked and were not heard. ``losses`` say
    when the journal lost a part of the past, and which commits.
    """

    id: Literal["meeting"] = "meeting"
    title: str
    theme: str
    event: str
    state: MeetingState
    segment: SegmentId | None
    starts_at: Instant | None
    ends_at: Instant | None
    zone: str
    questions: tuple[str, ...]
    called_to_order_at: Instant | None
    resume_at: Instant | None
    rose_at: Instant | None
    roster: str
    rules: Rules
    reserve_ms: int
    written_until: Instant | None
    losses: tuple[Loss, ...]
    corrections_until: Instant | None
    published: tuple[Published, ...]
    #: The conclusion that stands large on the displays.
    conclusion_shown: ConclusionId | None
    # record
    tags: tuple[TagKey, ...]
    handed_over_at: Instant | None
    erased_at: Instant | None
    # staff
    gavel: Gavel | None
    day: int
    unheard: tuple[Code, ...]
    action: ActionEntity | None
    downtime_ms: int
    suspended_reason: str
    profile: Profile


class SegmentEntity(Struct, frozen=True, kw_only=True):
    """A segment of the programme."""

    id: SegmentId
    list: ListId
    kind: SegmentKind
    title: str
    state: Literal["upcoming", "running", "done"]
    presider: Presider
    questions: tuple[int, ...]
    requests: bool
    kinds: tuple[str, ...]
    public_clock: bool
    #: False for a closed segment: nobody but staff is told who speaks.
    attributed: bool
    panellists: tuple[RequestId, ...]
    phase: Phase
    replies: ListId
    # staff
    planned_at: Instant | None
    planned_ms: int | None
    started_at: Instant | None
    ended_at: Instant | None


class ListEntity(Struct, frozen=True, kw_only=True):
    """A list of speakers. Its order crosses beside it, spliced (``order``).

    ``count`` is the number of live requests; ``round`` and ``heard`` are a panel's.
    """

    id: ListId
    segment: SegmentId | None
    purpose: ListPurpose
    state: ListState
    generation: int
    opens_at: Instant | None
    closes_at: Instant | None
    closed_at: Instant | None
    basis: str
    policy: Policy
    modifiers: tuple[Modifier, ...]
    count: int
    round: int
    heard: tuple[RequestId, ...]
    round_size: int
    #: When the window for the lot ends; the commitment to the seed; the last draw.
    lot_until: Instant | None
    commitment: str
    draw: Draw | None
    auto_close_at: Instant | None
    #: Limits that were changed, by tier or ``any``, and when.
    limits_s: dict[str, int]
    limits_set_at: Instant | None
    # staff: beside the order, each in the order of arrival
    requested: tuple[RequestId, ...]
    late: tuple[RequestId, ...]
    deferred: tuple[RequestId, ...]


class RequestEntity(Struct, frozen=True, kw_only=True):
    """A live request, or a panellist at any stage.

    ``person`` is public once ``confirmed``. ``status`` is ``queued`` or ``called`` to
    staff, always ``queued`` to others (a call is not public before the clock starts);
    a panellist who has the floor or has spoken is ``done``. ``cost_ms`` is what the
    entry adds to a forecast.
    """

    id: RequestId
    list: ListId
    kind: Kind
    delegation: Code | None
    group: GroupCode | None
    group_text: str
    label: str
    person: Person | None
    language: str
    registered_at: Instant
    number: int
    status: Literal["requested", "queued", "deferred", "late", "called", "done"]
    told: bool
    limit_ms: int
    cost_ms: int
    addressed: tuple[RequestId, ...]
    answers: tuple[RequestId, ...]
    unanswered: bool
    #: Why it stands where it stands: codes, the most decisive first (RULES 5).
    why: tuple[str, ...]
    rank: Rank | None
    side: Side | None
    motion: Motion | None
    on: RequestId | None
    item: SegmentId | None
    to: Code | None
    turn: int
    media_ms: int
    national_capacity: bool
    # record
    confirmed: bool
    # staff
    trigger: InterventionId | None
    override: bool
    group_confirmed: bool
    channel: Channel
    told_at: Instant | None
    fixed: bool
    returns: int
    remaining: bool
    not_before: Instant | None
    not_after: Instant | None
    note: str
    device: str
    after_closure: bool


class FloorEntity(Struct, frozen=True, kw_only=True):
    """Who has the floor: one for each height of the stack, id = the intervention.

    The clock: while ``running_since`` is set the time left at instant t is
    ``allotted_ms - used_ms - (t - running_since)``; else ``allotted_ms - used_ms``.
    The warning begins when ``warn_ms`` are left. ``one_moment`` says that the line was
    lost and the speaker will go on. Phase ``called`` is shown to staff only (and to
    the delegation itself, in ``mine``).
    """

    id: InterventionId
    request: RequestId
    delegation: Code | None
    group: GroupCode | None
    group_text: str
    kind: Kind
    label: str
    person: Person | None
    language: str
    segment: SegmentId
    phase: Literal["called", "speaking", "paused"]
    started_at: Instant | None
    limit_ms: int
    allotted_ms: int
    used_ms: int
    running_since: Instant | None
    held_since: Instant | None
    warn_ms: int
    one_moment: bool
    #: What it interrupts, and its height: 0 for the one beneath all.
    over: InterventionId | None
    depth: int
    turn: int
    to: Code | None
    motion: Motion | None
    side: Side | None
    media_ms: int
    national_capacity: bool
    # record
    confirmed: bool
    reason: PauseReason | None
    # staff
    cut_at: Instant | None
    called_at: Instant
    attempts: tuple[Instant, ...]
    ready_at: Instant | None
    ready_by: str
    line_lost: bool


class HoldEntity(Struct, frozen=True):
    """A pause that is over."""

    reason: PauseReason
    since: Instant
    until: Instant


class CorrectionEntity(Struct, frozen=True):
    """A row was corrected; ``was`` is how it read until then."""

    at: Instant
    reason: str
    was: Reading


class InterventionEntity(Struct, frozen=True, kw_only=True):
    """A row of the record. ``n`` counts delivered rows from 1; 0 is a voided one."""

    id: InterventionId
    n: int
    delegation: Code | None
    group: GroupCode | None
    group_text: str
    kind: Kind
    label: str
    person: Person | None
    language: str
    segment: SegmentId
    started_at: Instant
    ended_at: Instant
    used_ms: int
    limit_ms: int
    allotted_ms: int
    addressed: tuple[RequestId, ...]
    unanswered: bool
    over: InterventionId | None
    turn: int
    to: Code | None
    motion: Motion | None
    side: Side | None
    media_ms: int
    national_capacity: bool
    ruling: Ruling | None
    appeal: Appeal | None
    # record
    ruling_note: str
    rank: Rank | None
    request: RequestId
    confirmed: bool
    held_ms: int
    holds: tuple[HoldEntity, ...]
    resume_of: InterventionId | None
    phase: Phase = "debate"
    corrections: tuple[CorrectionEntity, ...]
    # staff
    outcome: Outcome
    counted: bool
    channel: Channel
    ended_by: Literal["operator", "delegation"] | None


class DelegationEntity(Struct, frozen=True):
    """Totals of a voice that has spoken: a code, or ``group:CODE``."""

    id: str
    interventions: int
    spoken_ms: int


class NoteEntity(Struct, frozen=True, kw_only=True):
    """A note; ``scope`` record is the rapporteurs' and staff's, staff staff's only.

    ``questions`` are numbers of the meeting's guiding questions, from 1.
    """

    id: NoteId
    intervention: InterventionId | None
    request: RequestId | None
    scope: Literal["record", "staff"]
    text: str
    at: Instant
    version: int
    tags: tuple[str, ...]
    questions: tuple[int, ...]
    follow_up: bool
    document: str
    correction: bool
    correction_by: Code | None
    proposed: Reading | None
    settled: Settled | None
    answer: str


class ConclusionEntity(Struct, frozen=True, kw_only=True):
    """A conclusion; to the public once it is released.

    ``place`` counts from 0 among those under the same segment, guiding question (a
    number, or None) and part: what was handed over, or the addendum.
    """

    id: ConclusionId
    segment: SegmentId
    question: int | None
    place: int
    text: str
    addendum: bool
    # record
    released: bool
    agreed: bool
    interventions: tuple[InterventionId, ...]
    at: Instant
    version: int


class MessageEntity(Struct, frozen=True):
    """A line of the back-channel among chair, operators and desk. Staff only."""

    id: MessageId
    at: Instant
    role: Role
    link: LinkId
    phrase: str
    text: str
    delegation: Code | None


class SwapEntity(Struct, frozen=True):
    """Two delegations want to change places. Staff, and the two in ``mine``."""

    id: SwapId
    offered: RequestId
    wanted: RequestId
    offered_by: Code | None
    wanted_from: Code | None
    at: Instant
    accepted: bool


class AttendanceEntity(Struct, frozen=True):
    """The readiness board and who came: one row per delegation. Staff only."""

    id: Code
    checks: dict[Check, bool]
    sources: tuple[Source, ...]
    contact: str
    flag: Flag | None
    flag_reason: str


class AnnouncementEntity(Struct, frozen=True):
    """A sentence for everyone."""

    id: AnnouncementId
    text: str
    at: Instant


class SignalEntity(Struct, frozen=True):
    """A delegation calls for technical help. Staff only."""

    id: SignalId
    delegation: Code
    text: str
    device: str
    at: Instant


class LinkEntity(Struct, frozen=True):
    """A personal link. Staff only, and never its token."""

    id: LinkId
    role: Role
    delegation: Code | None
    label: str
    generation: int
    revoked: bool
    expires_at: Instant | None


Entity = (
    MeetingEntity
    | SegmentEntity
    | ListEntity
    | RequestEntity
    | FloorEntity
    | InterventionEntity
    | DelegationEntity
    | NoteEntity
    | AnnouncementEntity
    | SignalEntity
    | LinkEntity
    | MessageEntity
    | SwapEntity
    | ConclusionEntity
    | AttendanceEntity
)

#: The collections of the wire, and what is in each.
COLLECTIONS: dict[str, type] = {
    "meeting": MeetingEntity,
    "segments": SegmentEntity,
    "lists": ListEntity,
    "requests": RequestEntity,
    "floor": FloorEntity,
    "interventions": InterventionEntity,
    "delegations": DelegationEntity,
    "notes": NoteEntity,
    "announcements": AnnouncementEntity,
    "signals": SignalEntity,
    "links": LinkEntity,
    "messages": MessageEntity,
    "swaps": SwapEntity,
    "conclusions": ConclusionEntity,
    "attendance": AttendanceEntity,
}


class Mine(Struct, frozen=True, kw_only=True):
    """What a delegation sees of its own, always whole.

    ``requests`` are its live ones in full; ``places`` only where the list is not
    shown to all; ``floor`` its own call or intervention, from the call on; ``ended``
    its last request that ended without being heard, with what the pad may say of it.
    """

    delegation: Code
    requests: dict[str, RequestEntity]
    places: dict[str, int]
    floor: FloorEntity | None
    signals: tuple[SignalId, ...]
    ended: "EndedRequest | None"
    swaps: tuple[SwapEntity, ...]
    #: Replies made or asked for, by list: how many of the right are used.
    replies: dict[str, int]
    #: What operators say of the whole delegation: it cannot be called for now.
    flag: Flag | None
    #: Corrections of the record that it has filed, and what became of them.
    corrections: tuple["FiledCorrection", ...]


class FiledCorrection(Struct, frozen=True):
    """A correction that a delegation has filed; ``answer`` is the secretariat's."""

    id: NoteId
    intervention: InterventionId
    text: str
    at: Instant
    proposed: Reading | None
    settled: Settled | None
    answer: str


class EndedRequest(Struct, frozen=True):
    """A request that is no longer on the list: by whom, in words a pad may show."""

    id: RequestId
    list: ListId
    how: Literal[
        "withdrawn_by_you",
        "removed",
        "contact_secretariat",
        "time_did_not_permit",
        "carried",
        "written_only",
        "declined",
        "heard",
    ]
    at: Instant
    kind: Kind
    text: str
