"""What a person may ask of a meeting. Imperative names; DESIGN "Commands".

A command that acts on what a screen showed carries ``expect``: what the button said
it would act on. If that is no longer so the command is refused as ``stale``.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

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
    SegmentId,
    SignalId,
)
from rostra.core.meeting import ListState, MeetingState, PauseReason, Person

CommandId = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[\w.:-]+$")]
Short = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=4000)]
Language = Annotated[str, Meta(max_length=35)]


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


class ExpectPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """A request's place on the list, counted from 0."""

    request: RequestId
    place: int


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
    expect: ExpectState


class CloseRecord(Command, tag="close_record", frozen=True, kw_only=True):
    expect: ExpectState


class GoToSegment(Command, tag="go_to_segment", frozen=True, kw_only=True):
    segment: SegmentId
    expect: ExpectSegment


class SetPresider(Command, tag="set_presider", frozen=True, kw_only=True):
    segment: SegmentId
    name: Short
    function: Short = ""


# The list


class OpenList(Command, tag="open_list", frozen=True, kw_only=True):
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


class CloseRound(Command, tag="close_round", frozen=True, kw_only=True):
    """End the questions of a panel's round; the panellists answer in their order."""

    expect: ExpectList


class RequestFloor(Command, tag="request_floor", frozen=True, kw_only=True):
    """A delegation asks for the floor. ``technical`` calls for help instead."""

    list: ListId | None = None
    kind: Literal["statement", "group_statement", "question", "technical"]
    group: GroupCode | None = None
    group_text: Short = ""
    person: Person | None = None
    language: Language = ""
    addressed: tuple[RequestId, ...] = ()
    text: Short = ""


class Withdraw(Command, tag="withdraw", frozen=True, kw_only=True):
    request: RequestId
    reason: Short = ""


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


class ConfirmName(Command, tag="confirm_name", frozen=True, kw_only=True):
    request: RequestId


class WriteNote(Command, tag="note", frozen=True, kw_only=True):
    """Write a note, or change one: ``version`` is the one that was read."""

    note: NoteId | None = None
    intervention: InterventionId | None = None
    request: RequestId | None = None
    text: Text
    version: int = 0


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
    | SetPresider
    | OpenList
    | AnnounceClosing
    | CloseList
    | ReopenList
    | SetPolicy
    | CloseRound
    | RequestFloor
    | Withdraw
    | Insert
    | Move
    | Call
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
    | Announce
    | ClearAnnouncement
    | ClearSignal
    | RevokeLink
    | RenewLink
)
