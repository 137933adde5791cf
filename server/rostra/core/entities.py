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
    Code,
    GroupCode,
    Instant,
    InterventionId,
    Kind,
    LinkId,
    ListId,
    Modifier,
    NoteId,
    Policy,
    RequestId,
    Role,
    SegmentId,
    SignalId,
)
from rostra.core.meeting import (
    ListState,
    MeetingState,
    Outcome,
    PauseReason,
    Person,
)
from rostra.core.profile import Profile
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
    enforcement: Literal["soft", "firm"]
    show_list: Literal["all", "own_place", "count"]
    on_deck: int
    overhead_ms: int
    extension_cap_percent: int


class MeetingEntity(Struct, frozen=True, kw_only=True):
    """The meeting itself; the only entity of its collection, id ``meeting``.

    ``starts_at`` and ``ends_at`` are None where the programme says "to be announced".
    ``downtime_ms`` > 0 asks the console whether the speech went on while the server
    was away. ``reserve_ms`` is what a forecast keeps for later segments.
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
    # staff
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
    panellists: tuple[RequestId, ...]
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
    segment: SegmentId
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
    status: Literal["queued", "called", "done"]
    told: bool
    limit_ms: int
    cost_ms: int
    addressed: tuple[RequestId, ...]
    answers: tuple[RequestId, ...]
    unanswered: bool
    # record
    confirmed: bool
    # staff
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
    """Who has the floor: at most one, id = the intervention.

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
    # record
    confirmed: bool
    reason: PauseReason | None
    # staff
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
    # record
    request: RequestId
    confirmed: bool
    held_ms: int
    holds: tuple[HoldEntity, ...]
    resume_of: InterventionId | None
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


class NoteEntity(Struct, frozen=True):
    """A note; ``scope`` record is the rapporteurs' and staff's, staff staff's only."""

    id: NoteId
    intervention: InterventionId | None
    request: RequestId | None
    scope: Literal["record", "staff"]
    text: str
    at: Instant
    version: int


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


class EndedRequest(Struct, frozen=True):
    """A request that is no longer on the list: by whom, in words a pad may show."""

    id: RequestId
    list: ListId
    how: Literal[
        "withdrawn_by_you",
        "removed",
        "contact_secretariat",
        "time_did_not_permit",
        "heard",
    ]
    at: Instant
