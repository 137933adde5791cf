"""What a person may ask of a meeting. Imperative names; DESIGN "Commands".

A command that acts on what a screen showed carries ``expect``: what the button said
it would act on. If that is no longer so the command is refused as ``stale``.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

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
    Modifier,
    Motion,
    NoteId,
    Policy,
    Published,
    Rank,
    RequestId,
    SegmentId,
    Side,
    SignalId,
    SwapId,
)
from rostra.core.meeting import (
    Appeal,
    Flag,
    ListState,
    MeetingState,
    PauseReason,
    Person,
    Phase,
    Ruling,
)

CommandId = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[\w.:-]+$")]
Short = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=4000)]
Language = Annotated[str, Meta(max_length=35)]
Tag = Annotated[str, Meta(max_length=40)]


class ExpectState(Struct, frozen=True, forbid_unknown_fields=True):
    """The meeting's state on the screen."""

    state: MeetingState


class ExpectSegment(Struct, frozen=True, forbid_unknown_fields=True):
    """The segment that runs, as the screen showed it."""

    segment: SegmentId | None


class ExpectList(Struct, frozen=True, forbid_unknown_fields=True):
    """A list as the screen showed it."""

    list: ListId
    state: ListState
    generation: int


class ExpectHead(Struct, frozen=True, forbid_unknown_fields=True):
    """The head of the running list: the first that is not yet called."""

    head: RequestId | None


class ExpectFloor(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is on the floor, and how far."""

    intervention: InterventionId
    phase: Literal["called", "speaking", "paused"]


class ExpectTop(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is on top of the floor, if anybody, as the screen showed it."""

    floor: InterventionId | None


class ExpectGavel(Struct, frozen=True, forbid_unknown_fields=True):
    """Who held the gavel on the screen."""

    holder: LinkId | None


class ExpectPhase(Struct, frozen=True, forbid_unknown_fields=True):
    """The phase of a segment on the screen."""

    segment: SegmentId
    phase: Phase


class ExpectPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """A request's place on the list, counted from 0."""

    request: RequestId
    place: int


class ExpectConclusion(Struct, frozen=True, forbid_unknown_fields=True):
    """A conclusion as it was read."""

    conclusion: ConclusionId
    version: int


class ExpectConclusionPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """The place of a conclusion under its heading, counted from 0."""

    conclusion: ConclusionId
    place: int


class ExpectHandOver(Struct, frozen=True, forbid_unknown_fields=True):
    """When the conclusions had been handed over, as the screen showed it."""

    handed_over_at: Instant | None


class ExpectShown(Struct, frozen=True, forbid_unknown_fields=True):
    """The conclusion that stood large on the displays; None where none did."""

    conclusion: ConclusionId | None


class ExpectPublished(Struct, frozen=True, forbid_unknown_fields=True):
    """What was public on the screen."""

    published: tuple[Published, ...]


class ExpectRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the record, and how often it had been corrected on the screen."""

    intervention: InterventionId
    corrections: int


class ExpectAction(Struct, frozen=True, forbid_unknown_fields=True):
    """The action that the undo button named, by its commit."""

    action: int


class Command(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"
):
    """What every command has.

    ``id`` is made when the button is pressed. ``asked_at`` is the server's time as the
    client reckons it: after ``valid_ms`` the command is too old and is refused; it is
    never recorded.
    """

    id: CommandId
    asked_at: Instant | None = None
    valid_ms: Annotated[int, Meta(ge=1, le=300_000)] | None = None


# The meeting


class OpenLobby(Command, tag="open_lobby", frozen=True, kw_only=True):
    expect: ExpectState


class CallToOrder(Command, tag="call_to_order", frozen=True, kw_only=True):
    expect: ExpectState


class Suspend(Command, tag="suspend", frozen=True, kw_only=True):
    reason: Short = ""
    resume_at: Instant | None = None
    expect: ExpectState


class ResumeMeeting(Command, tag="resume_meeting", frozen=True, kw_only=True):
    expect: ExpectState


class Adjourn(Command, tag="adjourn", frozen=True, kw_only=True):
    """The meeting rises. ``written_until`` is the deadline for written statements."""

    written_until: Instant | None = None
    expect: ExpectState


class CloseRecord(Command, tag="close_record", frozen=True, kw_only=True):
    expect: ExpectState


class GoToSegment(Command, tag="go_to_segment", frozen=True, kw_only=True):
    segment: SegmentId
    expect: ExpectSegment


class SetPhase(Command, tag="set_phase", frozen=True, kw_only=True):
    """Where the running item stands; in a phase of replies these are called."""

    phase: Phase
    expect: ExpectPhase


class SetProfile(Command, tag="set_profile", frozen=True, kw_only=True):
    """Other rules of procedure from now on: *text* is a whole profile file (TOML)."""

    text: Annotated[str, Meta(max_length=12_000)]
    reason: Short = ""


class SetPresider(Command, tag="set_presider", frozen=True, kw_only=True):
    segment: SegmentId
    name: Short
    function: Short = ""


# The list


class OpenList(Command, tag="open_list", frozen=True, kw_only=True):
    """Open now; or announce that it opens ``at`` that instant."""

    at: Instant | None = None
    expect: ExpectList


class AnnounceClosing(Command, tag="announce_closing", frozen=True, kw_only=True):
    closes_at: Instant
    expect: ExpectList


class CloseList(Command, tag="close_list", frozen=True, kw_only=True):
    basis: Short = ""
    expect: ExpectList


class ReopenList(Command, tag="reopen_list", frozen=True, kw_only=True):
    basis: Short
    expect: ExpectList


class SetPolicy(Command, tag="set_policy", frozen=True, kw_only=True):
    policy: Policy
    modifiers: tuple[Modifier, ...] = ()
    expect: ExpectList


class DrawLots(Command, tag="draw", frozen=True, kw_only=True):
    """Draw what the list's policy leaves to the lot, and publish seed and inputs."""

    expect: ExpectList


class SetLimit(Command, tag="set_limit", frozen=True, kw_only=True):
    """Another limit for statements not yet called, from the next speaker on.

    ``seconds`` is a Member's; ``scaled`` gives the other tiers their share of it.
    """

    seconds: Annotated[int, Meta(ge=5, le=36_000)]
    scaled: bool = True
    expect: ExpectList


class AdmitLate(Command, tag="admit_late", frozen=True, kw_only=True):
    """Those of the late tray come on the list, in the order of their arrival."""

    requests: tuple[RequestId, ...] | None = None
    expect: ExpectList


class CloseRound(Command, tag="close_round", frozen=True, kw_only=True):
    """End the questions of a panel's round; the panellists answer in their order."""

    expect: ExpectList


class RequestFloor(Command, tag="request_floor", frozen=True, kw_only=True):
    """A delegation asks for the floor. ``technical`` calls for help instead."""

    list: ListId | None = None
    kind: Literal[
        "statement",
        "group_statement",
        "question",
        "explanation_of_vote",
        "right_of_reply",
        "point_of_order",
        "procedural_motion",
        "response",
        "technical",
    ]
    group: GroupCode | None = None
    group_text: Short = ""
    person: Person | None = None
    language: Language = ""
    addressed: tuple[RequestId, ...] = ()
    text: Short = ""
    rank: Rank | None = None
    side: Side | None = None
    motion: Motion | None = None
    #: The motion that one speaks for or against.
    on: RequestId | None = None
    #: The item of a right of reply (the running one unless named), and to whom.
    item: SegmentId | None = None
    to: Code | None = None
    media_s: Annotated[int, Meta(ge=0, le=36_000)] = 0


class Withdraw(Command, tag="withdraw", frozen=True, kw_only=True):
    request: RequestId
    reason: Short = ""


class Accept(Command, tag="accept", frozen=True, kw_only=True):
    request: RequestId


class Decline(Command, tag="decline", frozen=True, kw_only=True):
    """Not taken; ``reason`` is what the delegation is told."""

    request: RequestId
    reason: Short = ""


class Park(Command, tag="park", frozen=True, kw_only=True):
    """Not now: off the order, and back by ``unpark``."""

    request: RequestId


class Unpark(Command, tag="unpark", frozen=True, kw_only=True):
    request: RequestId


class Pin(Command, tag="pin", frozen=True, kw_only=True):
    """Sorting leaves it where it is."""

    expect: ExpectPlace


class Unpin(Command, tag="unpin", frozen=True, kw_only=True):
    expect: ExpectPlace


class SetWindow(Command, tag="set_window", frozen=True, kw_only=True):
    """When a person can speak: from, until. None leaves that side open."""

    request: RequestId
    not_before: Instant | None = None
    not_after: Instant | None = None


class OfferSwap(Command, tag="offer_swap", frozen=True, kw_only=True):
    """A delegation offers another its place, for the other's."""

    request: RequestId
    wanted: RequestId


class AnswerSwap(Command, tag="answer_swap", frozen=True, kw_only=True):
    """The other delegation's yes or no; from who offered, a no takes it back."""

    swap: SwapId
    accept: bool


class SettleSwap(Command, tag="settle_swap", frozen=True, kw_only=True):
    """The operator lets an accepted swap happen, or vetoes it at any stage."""

    swap: SwapId
    allow: bool


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line that an operator puts on a list."""

    delegation: Code | None = None
    group: GroupCode | None = None
    group_text: Short = ""
    kind: Kind = "statement"
    label: Short = ""
    person: Person | None = None
    language: Language = ""
    channel: Channel = "desk"
    note: Text = ""
    limit_s: Annotated[int, Meta(ge=1, le=36_000)] | None = None
    addressed: tuple[RequestId, ...] = ()
    not_before: Instant | None = None
    not_after: Instant | None = None
    rank: Rank | None = None
    side: Side | None = None
    motion: Motion | None = None
    on: RequestId | None = None
    item: SegmentId | None = None
    to: Code | None = None
    media_s: Annotated[int, Meta(ge=0, le=36_000)] = 0
    national_capacity: bool = False
    #: Against the rules (not entitled, a further reply): logged.
    override: bool = False


class Insert(Command, tag="insert", frozen=True, kw_only=True):
    """Put delegations or persons on a list, in the order given.

    ``at`` is a place counted from 0; without it the order of the list decides.
    Someone who is on the list already is left where they are and named in the
    result (``already``), so that a pasted list can be pasted again.
    """

    list: ListId
    entries: Annotated[tuple[Entry, ...], Meta(min_length=1, max_length=400)]
    at: int | None = None


class Move(Command, tag="move", frozen=True, kw_only=True):
    request: RequestId
    to: int
    expect: ExpectPlace


# The floor


class Call(Command, tag="call", frozen=True, kw_only=True):
    """Give the floor. A second call to one who is called already calls again."""

    request: RequestId
    expect: ExpectHead


class Recognise(Command, tag="recognise", frozen=True, kw_only=True):
    """On the chair's word a point of order, motion or response gets the floor.

    It stands over whoever speaks, whose clock does what the profile says of the kind.
    """

    request: RequestId
    expect: ExpectTop


class Rule(Command, tag="rule", frozen=True, kw_only=True):
    """The chair's ruling on a point of order, or what became of a motion.

    ``then`` says how the interrupted speaker goes on: with what was left, not yet, or
    not at all (the ruling ends the intervention).
    """

    intervention: InterventionId
    ruling: Ruling
    appeal: Appeal | None = None
    note: Short = ""
    then: Literal["go_on", "wait", "end"] = "go_on"


class ChairRemarks(Command, tag="chair_remarks", frozen=True, kw_only=True):
    """The presider speaks: a row of the record, at once, outside the list."""

    expect: ExpectTop


class ResetClock(Command, tag="reset_clock", frozen=True, kw_only=True):
    """The speaker begins again with the whole limit."""

    expect: ExpectFloor


class Ready(Command, tag="ready", frozen=True, kw_only=True):
    expect: ExpectFloor


class Start(Command, tag="start", frozen=True, kw_only=True):
    expect: ExpectFloor


class Pause(Command, tag="pause", frozen=True, kw_only=True):
    reason: PauseReason
    expect: ExpectFloor


class LineLost(Command, tag="line_lost", frozen=True, kw_only=True):
    expect: ExpectFloor


class Resume(Command, tag="resume", frozen=True, kw_only=True):
    """Go on. ``credit_s`` gives time back; without it the profile's credit."""

    credit_s: Annotated[int, Meta(ge=0, le=600)] | None = None
    expect: ExpectFloor


class Extend(Command, tag="extend", frozen=True, kw_only=True):
    seconds: Annotated[int, Meta(ge=1, le=3600)]
    #: The same for all of this tier who are still to come.
    rest: bool = False
    expect: ExpectFloor


class Credit(Command, tag="credit", frozen=True, kw_only=True):
    """Answer for the downtime of the server: give back ``ms``, or 0 for none."""

    ms: Annotated[int, Meta(ge=0, le=86_400_000)]
    expect: ExpectFloor


class End(Command, tag="end", frozen=True, kw_only=True):
    """The intervention is over; ``returns`` keeps what is left for later."""

    returns: bool = False
    expect: ExpectFloor


class NoShow(Command, tag="no_show", frozen=True, kw_only=True):
    """Nobody answered. ``drop`` takes the delegation off the list."""

    drop: bool = False
    expect: ExpectFloor


class Revoke(Command, tag="revoke", frozen=True, kw_only=True):
    """Take the floor back. After a mistake ``counts`` says what was said stands."""

    reason: Literal["order", "time", "mistake", "security"]
    counts: bool = False
    expect: ExpectFloor


class Undo(Command, tag="undo", frozen=True, kw_only=True):
    expect: ExpectAction


# Names, notes, announcements


class NameSpeaker(Command, tag="name_speaker", frozen=True, kw_only=True):
    """Say who speaks and in which language. Fields left out stay as they are."""

    request: RequestId
    person: Person | None = None
    language: Language | None = None
    rank: Rank | None = None


class ConfirmName(Command, tag="confirm_name", frozen=True, kw_only=True):
    request: RequestId


class TagEdit(Struct, frozen=True, forbid_unknown_fields=True):
    """Tags that a row gets, and tags that are taken away; the others stay."""

    add: Annotated[tuple[Tag, ...], Meta(max_length=100)] = ()
    drop: Annotated[tuple[Tag, ...], Meta(max_length=100)] = ()


class QuestionEdit(Struct, frozen=True, forbid_unknown_fields=True):
    """The same of guiding questions, by their numbers in the programme."""

    add: Annotated[tuple[int, ...], Meta(max_length=100)] = ()
    drop: Annotated[tuple[int, ...], Meta(max_length=100)] = ()


class WriteNote(Command, tag="note", frozen=True, kw_only=True):
    """Write a note, or change one: a field that is left out stays as it is.

    ``version`` is the one that was read. What somebody else has changed since is not
    written over; tags and questions are added and taken away one by one, so that these
    always merge. Without ``note`` a rapporteur's is the one of its intervention.
    """

    note: NoteId | None = None
    intervention: InterventionId | None = None
    request: RequestId | None = None
    text: Text | None = None
    tags: TagEdit | None = None
    questions: QuestionEdit | None = None
    follow_up: bool | None = None
    document: Short | None = None
    version: int = 0


class Capacity(Struct, frozen=True, forbid_unknown_fields=True):
    """For whom somebody speaks: a group, or with neither the own delegation."""

    group: GroupCode | None = None
    group_text: Short = ""


class Correct(Command, tag="correct", frozen=True, kw_only=True):
    """A correction for the record, in writing: it goes to the log (RULES 4).

    With ``person`` or ``capacity`` it proposes how the own row should read.
    """

    intervention: InterventionId
    text: Annotated[str, Meta(max_length=2000)]
    person: Person | None = None
    capacity: Capacity | None = None


class SettleCorrection(Command, tag="settle_correction", frozen=True, kw_only=True):
    """The secretariat accepts a correction that was filed, or declines it, saying why.

    With the yes the row reads as it was proposed.
    """

    correction: NoteId
    accept: bool
    reason: Short = ""


class OpenCorrections(Command, tag="open_corrections", frozen=True, kw_only=True):
    """Until then delegations file corrections after the meeting; None: no longer."""

    until: Instant | None
    expect: ExpectState


class CorrectRow(Command, tag="correct_row", frozen=True, kw_only=True):
    """A finished row names its speaker otherwise from now on; times never change."""

    person: Person | None = None
    capacity: Capacity | None = None
    reason: Short
    expect: ExpectRow


class Heading(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a conclusion stands: a segment, and a guiding question if it is of one."""

    segment: SegmentId
    question: int | None = None


class SupportEdit(Struct, frozen=True, forbid_unknown_fields=True):
    """Interventions that support a conclusion, and such as no longer do."""

    add: Annotated[tuple[InterventionId, ...], Meta(max_length=200)] = ()
    drop: Annotated[tuple[InterventionId, ...], Meta(max_length=200)] = ()


class WriteConclusion(Command, tag="write_conclusion", frozen=True, kw_only=True):
    """Draw a conclusion ``under`` a heading, at its end, or change one.

    As with a note, what is left out stays and ``version`` is the one that was read.
    A text that is changed is no longer agreed, unless the same command says so.
    """

    conclusion: ConclusionId | None = None
    under: Heading | None = None
    text: Text | None = None
    agreed: bool | None = None
    interventions: SupportEdit | None = None
    version: int = 0


class MoveConclusion(Command, tag="move_conclusion", frozen=True, kw_only=True):
    """To another place under its heading, or ``under`` another."""

    to: int
    under: Heading | None = None
    expect: ExpectConclusionPlace


class DropConclusion(Command, tag="drop_conclusion", frozen=True, kw_only=True):
    expect: ExpectConclusion


class HandOver(Command, tag="hand_over", frozen=True, kw_only=True):
    """The conclusions are the chair's and the last speaker's: fixed from now on."""

    expect: ExpectHandOver


class ReopenConclusions(Command, tag="reopen_conclusions", frozen=True, kw_only=True):
    """They can be changed again, and the addendum is one with them."""

    reason: Short
    expect: ExpectHandOver


class ReleaseConclusions(Command, tag="release_conclusions", frozen=True, kw_only=True):
    """Show agreed conclusions to everyone, or to everyone no longer."""

    released: bool
    expect: Annotated[tuple[ExpectConclusion, ...], Meta(min_length=1, max_length=200)]


class ShowConclusion(Command, tag="show_conclusion", frozen=True, kw_only=True):
    """A released conclusion takes the displays; with None they go back to the floor."""

    conclusion: ConclusionId | None
    expect: ExpectShown


class Publish(Command, tag="publish", frozen=True, kw_only=True):
    """These pictures, and the page of the meeting, are public; nothing else of them."""

    published: tuple[Published, ...]
    expect: ExpectPublished


class ErasePersons(Command, tag="erase_persons", frozen=True, kw_only=True):
    """Forget who the persons were, for good; the chain of commits stays whole."""

    reason: Short
    expect: ExpectState


class SendMessage(Command, tag="message", frozen=True, kw_only=True):
    """A line among chair, operators and desk: a stock phrase, or a short text."""

    phrase: Annotated[str, Meta(max_length=40)] = ""
    text: Annotated[str, Meta(max_length=140)] = ""
    delegation: Code | None = None


class Tick(Command, tag="tick", frozen=True, kw_only=True):
    """The desk's check of a delegation: sound, camera, name, text, in the room."""

    delegation: Code
    check: Check
    ok: bool


class MarkAttendance(Command, tag="mark_attendance", frozen=True, kw_only=True):
    """These were there: ticked by hand, or from the platform's report."""

    delegations: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=1000)]
    source: Literal["tick", "report"] = "tick"


class SetContact(Command, tag="set_contact", frozen=True, kw_only=True):
    """How a delegation is reached: for the list of those who were not heard."""

    delegation: Code
    contact: Short = ""


class FlagDelegation(Command, tag="flag_delegation", frozen=True, kw_only=True):
    """Absent or suspended: keeps its place, is not called until this is cleared."""

    delegation: Code
    flag: Flag | None
    reason: Short = ""


class TakeGavel(Command, tag="take_gavel", frozen=True, kw_only=True):
    """From now on this operator acts; from somebody else only with a reason."""

    reason: Short = ""
    expect: ExpectGavel


class HandGavel(Command, tag="hand_gavel", frozen=True, kw_only=True):
    """Hand the gavel to another operator's link, or put it down."""

    to: LinkId | None
    expect: ExpectGavel


class Announce(Command, tag="announce", frozen=True, kw_only=True):
    text: Annotated[str, Meta(max_length=280)]


class ClearAnnouncement(Command, tag="clear_announcement", frozen=True, kw_only=True):
    announcement: AnnouncementId


class ClearSignal(Command, tag="clear_signal", frozen=True, kw_only=True):
    signal: SignalId


class RevokeLink(Command, tag="revoke_link", frozen=True, kw_only=True):
    link: LinkId


class RenewLink(Command, tag="renew_link", frozen=True, kw_only=True):
    link: LinkId


AnyCommand = (
    OpenLobby
    | CallToOrder
    | Suspend
    | ResumeMeeting
    | Adjourn
    | CloseRecord
    | GoToSegment
    | SetPhase
    | SetProfile
    | SetPresider
    | OpenList
    | AnnounceClosing
    | CloseList
    | ReopenList
    | SetPolicy
    | DrawLots
    | SetLimit
    | AdmitLate
    | CloseRound
    | RequestFloor
    | Withdraw
    | Accept
    | Decline
    | Park
    | Unpark
    | Pin
    | Unpin
    | SetWindow
    | OfferSwap
    | AnswerSwap
    | SettleSwap
    | Insert
    | Move
    | Call
    | Recognise
    | Rule
    | ChairRemarks
    | ResetClock
    | Ready
    | Start
    | Pause
    | LineLost
    | Resume
    | Extend
    | Credit
    | End
    | NoShow
    | Revoke
    | Undo
    | NameSpeaker
    | ConfirmName
    | WriteNote
    | Correct
    | SettleCorrection
    | OpenCorrections
    | CorrectRow
    | WriteConclusion
    | MoveConclusion
    | DropConclusion
    | HandOver
    | ReopenConclusions
    | ReleaseConclusions
    | ShowConclusion
    | Publish
    | ErasePersons
    | SendMessage
    | Tick
    | MarkAttendance
    | SetContact
    | FlagDelegation
    | TakeGavel
    | HandGavel
    | Announce
    | ClearAnnouncement
    | ClearSignal
    | RevokeLink
    | RenewLink
)
