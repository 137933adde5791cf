"""The state of a meeting: what is true after the last commit.

Frozen structs only; :mod:`rostra.core.evolve` makes the next state from an event.
Instants and durations are integer milliseconds.

They are trees, and a long meeting is very many of them: ``gc=False`` keeps Python's
search for cycles from looking at each.
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
from rostra.core.profile import Profile
from rostra.core.programme import (
    Part,
    Planned,
    Presider,
    Programme,
    SegmentPlan,
)
from rostra.core.roster import Roster

MeetingState = Literal[
    "scheduled", "lobby", "in_session", "suspended", "rose", "archived"
]
ListState = Literal["not_open", "lot_window", "open", "closing", "closed"]
#: What a list is for: speakers of a segment, points raised, replies (RULES 3, 4).
ListPurpose = Literal["speakers", "points", "replies"]
#: Where an item stands; voting phases are labels only (RULES 2).
Phase = Literal[
    "introduction",
    "concerned_party",
    "debate",
    "panel_replies",
    "explanation_before",
    "voting",
    "explanation_after",
    "reply_1",
    "reply_2",
    "adjourned_debate",
    "closed_debate",
    "concluded",
]
REPLYING: frozenset[Phase] = frozenset({"reply_1", "reply_2"})
RequestStatus = Literal[
    "requested",
    "queued",
    "deferred",
    "late",
    "called",
    "granted",
    "done",
    "withdrawn",
    "declined",
    "no_show",
    "expired",
    "carried",
    "written_only",
    "voided",
]
PauseReason = Literal[
    "audio",
    "interpretation",
    "video",
    "platform",
    "connection",
    "emergency",
    "suspension",
    "interruption",
    "other",
]
Outcome = Literal["delivered", "time", "order", "security", "returned", "voided"]
#: How the chair ruled on a point of order, or what became of a motion.
Ruling = Literal["upheld", "not_upheld", "withdrawn", "carried", "lost", "noted"]
#: Whether the meeting upheld the ruling that was appealed against (RULES 7.5).
Appeal = Literal["ruling_stands", "ruling_overturned"]
Flag = Literal["absent", "suspended"]
#: What the secretariat made of a correction that was filed.
Settled = Literal["accepted", "declined"]
#: How it is known that a delegation attended.
Source = Literal["pad", "tick", "report"]

#: On a list, in its order.
LISTED: frozenset[RequestStatus] = frozenset({"queued", "called"})
#: One of these per delegation, capacity and family (I3).
LIVE: frozenset[RequestStatus] = LISTED | {"requested", "deferred", "late"}


class Person(Struct, frozen=True, gc=False):
    """Who speaks for a delegation: free text, honorifics and all (RULES 12)."""

    name: str
    title: str = ""


class Segment(Struct, frozen=True, kw_only=True, gc=False):
    """A segment of the programme and where it stands."""

    id: SegmentId
    list: ListId
    plan: SegmentPlan
    presider: Presider
    state: Literal["upcoming", "running", "done"] = "upcoming"
    started_at: Instant | None = None
    ended_at: Instant | None = None
    #: Whether somebody was called since it began: from then on places are locked.
    called: bool = False
    phase: Phase = "debate"
    phase_at: Instant | None = None
    #: The list of replies of its item; segments may share one (RULES 2).
    replies: ListId


class Draw(Struct, frozen=True, kw_only=True, gc=False):
    """A draw by lot that was made, with all that it takes to make it again.

    ``inputs`` are the entries drawn from, ``order`` what came out; ``letter`` and
    ``region`` are set where these were drawn instead.
    """

    number: int
    at: Instant
    policy: Policy
    seed: str
    inputs: tuple[str, ...]
    order: tuple[RequestId, ...] = ()
    letter: str = ""
    region: str = ""


class SpeakerList(Struct, frozen=True, kw_only=True, gc=False):
    """A list of speakers. ``order`` holds its requests that wait or are called.

    The list of points raised and a list of replies that several segments share belong
    to no segment.
    """

    id: ListId
    segment: SegmentId | None
    purpose: ListPurpose = "speakers"
    state: ListState = "not_open"
    generation: int = 0
    opens_at: Instant | None = None
    closes_at: Instant | None = None
    closed_at: Instant | None = None
    basis: str = ""
    policy: Policy
    modifiers: tuple[Modifier, ...]
    order: tuple[RequestId, ...] = ()
    #: Interventions counted per voice (a delegation's code or ``group:CODE``).
    spoken: dict[str, int] = {}
    #: Panel rounds: number of the round, and the questions heard in it.
    round: int = 1
    heard: tuple[RequestId, ...] = ()
    #: Limits for those not yet called, by tier or ``any``, once they were changed.
    limits_s: dict[str, int] = {}
    limits_set_at: Instant | None = None
    #: SHA-256 of the seed of the next draw, published before anyone knows the inputs.
    commitment: str = ""
    draws: int = 0
    draw: Draw | None = None
    #: When the window for the lot ends, and the list closes by itself.
    lot_until: Instant | None = None
    auto_close_at: Instant | None = None


class Request(Struct, frozen=True, kw_only=True, gc=False):
    """A request for the floor, from its registration to its end."""

    id: RequestId
    ticket: Ticket
    list: ListId
    kind: Kind
    delegation: Code | None
    group: GroupCode | None = None
    #: A group that is not in the register, as typed; public once confirmed.
    group_text: str = ""
    #: Function of a programme speaker ("Under-Secretary-General").
    label: str = ""
    #: Part of a programme speaker in the segment ("panellist").
    part: Part | None = None
    person: Person | None = None
    person_confirmed: bool = False
    language: str = ""
    channel: Channel
    registered_at: Instant
    #: Running number of requests in this meeting, as told to the delegation.
    number: int
    generation: int = 0
    status: RequestStatus = "queued"
    told_at: Instant | None = None
    #: Placed by hand or returning: automatic sorting leaves it where it is.
    fixed: bool = False
    limit_ms: int
    returns: int = 0
    resume_of: InterventionId | None = None
    #: Panellists (requests of the programme) to whom a question is addressed,
    #: and the questions that an answer answers.
    addressed: tuple[RequestId, ...] = ()
    answers: tuple[RequestId, ...] = ()
    unanswered: bool = False
    not_before: Instant | None = None
    not_after: Instant | None = None
    note: str = ""
    reason: str = ""
    #: What the delegation is told of a request that was declined.
    told: str = ""
    #: When it left the list for good.
    ended_at: Instant | None = None
    device: str = ""
    after_closure: bool = False
    #: Put on the list by an operator against the rules (RULES 7.15).
    override: bool = False
    #: Its limit was given to it alone: a change for all leaves it (RULES 7.7).
    own_limit: bool = False
    rank: Rank | None = None
    #: A side in a motion's debate or a list that alternates.
    side: Side | None = None
    #: Which motion it is; one who speaks for or against it names it in ``on``.
    motion: Motion | None = None
    on: RequestId | None = None
    #: The intervention to which it responds, replies or objects.
    trigger: InterventionId | None = None
    #: The item of a reply, to whom it replies, and whether it is the first or second.
    item: SegmentId | None = None
    to: Code | None = None
    turn: int = 0
    #: Length of a recorded statement; 0 for one that is spoken.
    media_ms: int = 0
    #: A presider who speaks for the own delegation (RULES 7.14).
    national_capacity: bool = False
    #: Its place in the last draw by lot, from 1; 0 if it was not drawn.
    drawn: int = 0
    #: By whose claims (rank, name, region) it stands, since places were exchanged.
    stands_as: RequestId | None = None

    @property
    def voice(self) -> str:
        """Who speaks by this request: a delegation, a group, or a person alone."""
        if self.group:
            return f"group:{self.group}"
        if self.group_text:
            return f"group:{self.group_text.casefold()}"
        return self.delegation or f"person:{self.id}"


class Waiting(Struct, frozen=True, tag="waiting", gc=False):
    """The clock has not started; ``used_ms`` is what an earlier part used."""

    used_ms: int = 0


class Running(Struct, frozen=True, tag="running", gc=False):
    """The clock runs since an instant, with so much used before it."""

    since: Instant
    used_ms: int = 0


class Held(Struct, frozen=True, tag="held", gc=False):
    """The clock stands still."""

    since: Instant
    used_ms: int
    reason: PauseReason


class Stopped(Struct, frozen=True, tag="stopped", gc=False):
    """The intervention is over."""

    at: Instant
    used_ms: int


Clock = Waiting | Running | Held | Stopped


class Hold(Struct, frozen=True, gc=False):
    """A pause that is over: ``reason``, from, to."""

    reason: PauseReason
    since: Instant
    until: Instant


class Reading(Struct, frozen=True, kw_only=True, gc=False):
    """Whom a row names, and for whom: what a correction changes.

    None is "as the request has it": of the person, and of the capacity where there is
    no ``kind``.
    """

    person: Person | None = None
    kind: Kind | None = None
    group: GroupCode | None = None
    group_text: str = ""


class Correction(Struct, frozen=True, kw_only=True, gc=False):
    """A finished row was corrected; ``was`` is how it read until then."""

    at: Instant
    reason: str
    was: Reading


class Intervention(Struct, frozen=True, kw_only=True, gc=False):
    """What was said once the floor was given, from the call to its end."""

    id: InterventionId
    request: RequestId
    list: ListId
    segment: SegmentId
    called_at: Instant
    #: Place in the list at the call, and who stood before it: for a return after a
    #: mistake, whatever happened to these meanwhile.
    place: int
    ahead: tuple[RequestId, ...] = ()
    #: The part that was heard before the line was lost for good.
    resume_of: InterventionId | None = None
    #: Times at which the delegation was called, the first included.
    attempts: tuple[Instant, ...]
    ready_at: Instant | None = None
    ready_by: str = ""
    started_at: Instant | None = None
    clock: Clock
    limit_ms: int
    extension_ms: int = 0
    credit_ms: int = 0
    line_lost: bool = False
    holds: tuple[Hold, ...] = ()
    outcome: Outcome | None = None
    #: Place in the record, from 1; 0 until it is delivered, and when voided.
    number: int = 0
    counted: bool = False
    ended_by: Literal["operator", "delegation"] | None = None
    #: The intervention that it interrupts, and how it was ruled on.
    over: InterventionId | None = None
    ruling: Ruling | None = None
    ruling_note: str = ""
    appeal: Appeal | None = None
    #: When the signal to cut was given (HARD).
    cut_at: Instant | None = None
    #: The phase of the item when the floor was given (RULES 8).
    phase: Phase = "debate"
    #: What the row says otherwise than its request, and how it read before.
    reading: Reading | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def allotted_ms(self) -> int:
        """Limit with everything that was added to it."""
        return self.limit_ms + self.extension_ms + self.credit_ms


class Link(Struct, frozen=True, kw_only=True, gc=False):
    """A personal way in. Its token is computed, never stored (DESIGN)."""

    id: LinkId
    role: Role
    delegation: Code | None = None
    label: str = ""
    generation: int = 1
    revoked: bool = False
    expires_at: Instant | None = None


class Note(Struct, frozen=True, kw_only=True, gc=False):
    """A note on an intervention: the rapporteur's gist, or an operator's own.

    Rapporteurs share one for each row and edit its fields by themselves. A correction
    for the record comes from a delegation and nobody edits it.
    """

    id: NoteId
    intervention: InterventionId | None = None
    request: RequestId | None = None
    scope: Literal["record", "staff"]
    text: str
    at: Instant
    version: int = 1
    #: The version in which each field was last changed that is written over as a whole.
    changed: dict[str, int] = {}
    tags: tuple[str, ...] = ()
    #: Guiding questions of the programme to which the intervention speaks, from 1.
    questions: tuple[int, ...] = ()
    follow_up: bool = False
    #: Symbol of the document that it is about ("A/CONF.1/L.2").
    document: str = ""
    correction: bool = False
    correction_by: Code | None = None
    #: How the row should read, where a correction is of that; what became of it.
    proposed: Reading | None = None
    settled: Settled | None = None
    answer: str = ""


class Conclusion(Struct, frozen=True, kw_only=True, gc=False):
    """A conclusion that rapporteurs draw, under a segment and a guiding question.

    ``place`` counts from 0 among those under the same heading. What is written after
    the hand-over is in the addendum.
    """

    id: ConclusionId
    segment: SegmentId
    #: Number of the guiding question, from 1; None where it is drawn from all.
    question: int | None
    place: int
    text: str
    at: Instant
    version: int = 1
    changed: dict[str, int] = {}
    agreed: bool = False
    #: The interventions that support it.
    interventions: tuple[InterventionId, ...] = ()
    released: bool = False
    addendum: bool = False


class Announcement(Struct, frozen=True, kw_only=True, gc=False):
    """A sentence of the secretariat on every pad and display."""

    id: AnnouncementId
    text: str
    at: Instant


class Signal(Struct, frozen=True, kw_only=True, gc=False):
    """A delegation's technical problem: a call for help, not for the floor."""

    id: SignalId
    delegation: Code
    text: str
    device: str
    at: Instant


class Message(Struct, frozen=True, kw_only=True, gc=False):
    """A line of the back-channel: a stock phrase by its code, or a short text."""

    id: MessageId
    at: Instant
    role: Role
    link: LinkId
    phrase: str = ""
    text: str = ""
    delegation: Code | None = None


class Swap(Struct, frozen=True, kw_only=True, gc=False):
    """Two delegations want to change places; ``accepted`` waits for the operator."""

    id: SwapId
    offered: RequestId
    wanted: RequestId
    at: Instant
    accepted: bool = False


class Attendance(Struct, frozen=True, kw_only=True, gc=False):
    """What the desk knows of a delegation: the readiness board and who came."""

    delegation: Code
    checks: dict[Check, bool] = {}
    sources: tuple[Source, ...] = ()
    contact: str = ""
    flag: Flag | None = None
    flag_reason: str = ""


class Gavel(Struct, frozen=True, gc=False):
    """Who alone may act, where the profile wants one hand."""

    link: LinkId
    at: Instant
    reason: str = ""


class Total(Struct, frozen=True, gc=False):
    """Interventions that count, and the time they took."""

    interventions: int = 0
    spoken_ms: int = 0


class Action(Struct, frozen=True, kw_only=True, gc=False):
    """The last act of an operator, and what it changed, so that it can be undone.

    ``before`` and ``after`` hold what it touched, as it was and as it became.
    """

    seq: int
    type: str
    at: Instant
    request: RequestId | None
    list: ListId | None
    segment: SegmentId | None
    before: "Touched"
    after: "Touched"


class Touched(Struct, frozen=True, kw_only=True, gc=False):
    """The part of a meeting that an operator's act can change."""

    requests: dict[RequestId, Request] = {}
    interventions: dict[InterventionId, Intervention] = {}
    lists: dict[ListId, SpeakerList] = {}
    segments: dict[SegmentId, Segment] = {}
    swaps: dict[SwapId, Swap] = {}
    stack: tuple[InterventionId, ...] = ()
    segment: SegmentId | None = None
    downtime_ms: int = 0


class Loss(Struct, frozen=True, gc=False):
    """The journal had lost what came after commit ``after`` up to ``until``."""

    at: Instant
    after: int
    until: int


class Meeting(Struct, frozen=True, kw_only=True, gc=False):
    """A whole meeting.

    ``stack`` names who is on the floor: at its top the one called or speaking, beneath
    it whom that one interrupts.
    """

    id: MeetingId
    seq: int
    at: Instant
    created_at: Instant
    programme: Programme
    planned: Planned
    profile: Profile
    roster: Roster
    state: MeetingState = "scheduled"
    called_to_order_at: Instant | None = None
    suspended_at: Instant | None = None
    suspended_reason: str = ""
    resume_at: Instant | None = None
    rose_at: Instant | None = None
    segment: SegmentId | None = None
    segments: dict[SegmentId, Segment]
    lists: dict[ListId, SpeakerList]
    requests: dict[RequestId, Request]
    interventions: dict[InterventionId, Intervention]
    stack: tuple[InterventionId, ...] = ()
    #: Ids of the interventions that were delivered, in order: the record's rows.
    delivered: tuple[InterventionId, ...] = ()
    totals: dict[str, Total]
    notes: dict[NoteId, Note]
    announcements: dict[AnnouncementId, Announcement]
    signals: dict[SignalId, Signal]
    links: dict[LinkId, Link]
    messages: dict[MessageId, Message] = {}
    swaps: dict[SwapId, Swap] = {}
    conclusions: dict[ConclusionId, Conclusion] = {}
    #: When the conclusions were handed over to the chair: these are not changed.
    handed_over_at: Instant | None = None
    #: The released conclusion that stands on the displays.
    conclusion_shown: ConclusionId | None = None
    attendance: dict[Code, Attendance] = {}
    gavel: Gavel | None = None
    #: Until when written statements are taken from those who were not heard.
    written_until: Instant | None = None
    #: What of the pictures and figures, and whether its page, is public.
    published: tuple[Published, ...] = ()
    #: When the persons were erased, and up to which commit these are to be forgotten.
    erased_at: Instant | None = None
    erased_seq: int = 0
    #: Until when delegations file corrections of the record, once it rose.
    corrections_until: Instant | None = None
    #: Who is carried over to the next meeting of the item, in their order.
    carried: tuple[RequestId, ...] = ()
    #: Kept to staff: the seeds of all draws are made from it.
    lot_key: str = ""
    actions: tuple[Action, ...] = ()
    numbered: int = 0
    #: Downtime that nobody has answered for yet: how long, during which intervention.
    downtime_ms: int = 0
    #: Every time that the journal lost a part of the past.
    losses: tuple[Loss, ...] = ()
    #: Whose ``requests`` are whose: follows from them (:mod:`rostra.core.asked`).
    asked: dict[Code, tuple[RequestId, ...]]

    @property
    def floor(self) -> InterventionId | None:
        """The intervention on top of the floor."""
        return self.stack[-1] if self.stack else None

    @property
    def active(self) -> Intervention | None:
        """The intervention on the floor, called or speaking."""
        return self.interventions[self.stack[-1]] if self.stack else None

    @property
    def running_list(self) -> SpeakerList | None:
        """The list that is called from: the running segment's, or its replies."""
        if self.segment is None:
            return None
        segment = self.segments[self.segment]
        return self.lists[
            segment.replies if segment.phase in REPLYING else segment.list
        ]
