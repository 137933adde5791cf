"""``evolve``: what is true after an event. It may not refuse.

An event is a fact. One that cannot be applied is corruption and raises. What an undone
act had changed is put back in :mod:`rostra.core.restore`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.ids import Instant, RequestId, ticket_of
from rostra.core.meeting import (
    LIVE,
    Announcement,
    Held,
    Hold,
    Intervention,
    Meeting,
    Note,
    Request,
    Running,
    Signal,
    Stopped,
    Total,
    Waiting,
)
from rostra.core.programme import Presider
from rostra.core.restore import act_taken, act_undone
from rostra.core.timing import used_ms


def evolve(
    meeting: Meeting, seq: int, at: Instant, events: Iterable[e.AnyEvent]
) -> Meeting:
    """The meeting after commit *seq*, made *at*, with its *events*."""
    draft = Draft(meeting)
    fold(draft, seq, at, events)
    return draft.freeze()


def fold(draft: Draft, seq: int, at: Instant, events: Iterable[e.AnyEvent]) -> None:
    """Apply a commit to *draft*; replay folds a whole history through one."""
    draft.begin(seq, at)
    for event in events:
        apply(draft, event)


def apply(draft: Draft, event: e.AnyEvent) -> None:
    """Apply one event of the commit that *draft* has begun."""
    _APPLY[type(event)](draft, event)


# The meeting and its segments


def _lobby_opened(d: Draft, _: e.LobbyOpened) -> None:
    d.amend(state="lobby")


def _called_to_order(d: Draft, _: e.CalledToOrder) -> None:
    d.amend(state="in_session", called_to_order_at=d.at)


def _suspended(d: Draft, ev: e.MeetingSuspended) -> None:
    d.amend(
        state="suspended",
        suspended_at=d.at,
        suspended_reason=ev.reason,
        resume_at=ev.resume_at,
        # an undo would start a clock again while nobody may speak
        actions=(),
    )


def _resumed(d: Draft, _: e.MeetingResumed) -> None:
    d.amend(state="in_session", suspended_at=None, suspended_reason="", resume_at=None)


def _rose(d: Draft, _: e.MeetingRose) -> None:
    d.amend(state="rose", rose_at=d.at, actions=())
    if d.segment:
        d.change("segments", d.segment, state="done", ended_at=d.at)
    for speakers in d.lists.values():
        for question in speakers.heard:
            d.change("requests", question, unanswered=True)


def _record_closed(d: Draft, _: e.RecordClosed) -> None:
    d.amend(state="archived")


def _segment_entered(d: Draft, ev: e.SegmentEntered) -> None:
    if ev.left:
        d.change("segments", ev.left, state="done", ended_at=d.at)
    started = d.segments[ev.segment].started_at or d.at
    d.change("segments", ev.segment, state="running", started_at=started, ended_at=None)
    d.amend(segment=ev.segment)


def _presider_set(d: Draft, ev: e.PresiderSet) -> None:
    d.change("segments", ev.segment, presider=Presider(ev.name, ev.function))


# The lists


def _list_opened(d: Draft, ev: e.ListOpened) -> None:
    d.change("lists", ev.list, state="open", closed_at=None)


def _closing_announced(d: Draft, ev: e.ClosingAnnounced) -> None:
    d.change("lists", ev.list, state="closing", closes_at=ev.closes_at)


def _list_closed(d: Draft, ev: e.ListClosed) -> None:
    d.change("lists", ev.list, state="closed", closed_at=d.at, basis=ev.basis)


def _list_reopened(d: Draft, ev: e.ListReopened) -> None:
    d.change(
        "lists",
        ev.list,
        state="open",
        closes_at=None,
        closed_at=None,
        basis=ev.basis,
        generation=d.list(ev.list).generation + 1,
    )


def _policy_set(d: Draft, ev: e.PolicySet) -> None:
    d.change("lists", ev.list, policy=ev.policy, modifiers=ev.modifiers)


def _round_closed(d: Draft, ev: e.RoundClosed) -> None:
    d.change("lists", ev.list, round=ev.round + 1, heard=())
    for question in ev.unanswered:
        d.change("requests", question, unanswered=True)


def _order_changed(d: Draft, ev: e.OrderChanged) -> None:
    order: list[Any] = list(d.list(ev.list).order)
    for index, count, *ids in ev.splices:
        order[int(index) : int(index) + int(count)] = ids
    d.change("lists", ev.list, order=tuple(order))


# Requests


def _registered(d: Draft, ev: e.RequestRegistered) -> None:
    d.put(
        "requests",
        ev.request,
        Request(
            id=ev.request,
            ticket=ticket_of(ev.request),
            list=ev.list,
            kind=ev.kind,
            delegation=ev.delegation,
            group=ev.group,
            group_text=ev.group_text,
            label=ev.label,
            part=ev.part,
            person=ev.person,
            person_confirmed=ev.confirmed,
            language=ev.language,
            channel=ev.channel,
            registered_at=d.at,
            number=ev.number,
            generation=ev.generation,
            fixed=ev.fixed,
            limit_ms=ev.limit_ms,
            addressed=ev.addressed,
            answers=ev.answers,
            not_before=ev.not_before,
            not_after=ev.not_after,
            note=ev.note,
            device=ev.device,
            after_closure=ev.after_closure,
        ),
    )
    d.amend(numbered=max(d.numbered, ev.number))


def _joined(_: Draft, __: e.RequestJoined) -> None:
    """Another device pressed: a fact of the log, no change of the state."""


def _leave_list(d: Draft, request: Request, status: str, reason: str) -> None:
    d.change("requests", request.id, status=status, reason=reason, ended_at=d.at)
    for question in request.answers:
        if not _answered(d, question):
            d.change("requests", question, unanswered=True)


def _answered(d: Draft, question: RequestId) -> bool:
    """Whether a panellist has answered, or is going to."""
    return any(
        question in each.answers and each.status in (*LIVE, "granted", "done")
        for each in d.requests.values()
    )


def _withdrawn(d: Draft, ev: e.RequestWithdrawn) -> None:
    _leave_list(d, d.request(ev.request), "withdrawn", ev.by)


def _expired(d: Draft, ev: e.RequestsExpired) -> None:
    for request in ev.requests:
        _leave_list(d, d.request(request), "expired", "adjourned")


def _dropped(d: Draft, ev: e.RequestDropped) -> None:
    _leave_list(d, d.request(ev.request), ev.why, ev.why)


def _moved(d: Draft, ev: e.RequestMoved) -> None:
    d.change("requests", ev.request, fixed=True)


def _returned(d: Draft, ev: e.RequestReturned) -> None:
    request = d.request(ev.request)
    d.change(
        "requests",
        ev.request,
        status="queued",
        fixed=ev.fixed or request.fixed,
        returns=request.returns + ev.attempt,
        limit_ms=ev.limit_ms,
        resume_of=ev.resume_of or request.resume_of,
        ended_at=None,
        # one who is called later is told again when the time comes
        told_at=None if ev.attempt or ev.resume_of else request.told_at,
    )


def _told(d: Draft, ev: e.SpeakersTold) -> None:
    for request in ev.requests:
        d.change("requests", request, told_at=d.at)


# The floor


def _floor_given(d: Draft, ev: e.FloorGiven) -> None:
    request, speakers = d.request(ev.request), d.list(d.request(ev.request).list)
    segment = speakers.segment
    d.put(
        "interventions",
        ev.intervention,
        Intervention(
            id=ev.intervention,
            request=ev.request,
            list=request.list,
            segment=segment,
            called_at=d.at,
            place=ev.place,
            ahead=speakers.order[: ev.place],
            resume_of=request.resume_of,
            attempts=(d.at,),
            clock=Waiting(),
            limit_ms=ev.limit_ms,
        ),
    )
    # who is called has been told: an undo moves nobody
    told_at = request.told_at or d.at
    d.change("requests", ev.request, status="called", told_at=told_at)
    d.change("segments", segment, called=True)
    d.amend(floor=ev.intervention)


def _called_again(d: Draft, ev: e.CalledAgain) -> None:
    attempts = d.intervention(ev.intervention).attempts
    d.change("interventions", ev.intervention, attempts=(*attempts, d.at))


def _ready_said(d: Draft, ev: e.ReadySaid) -> None:
    d.change("interventions", ev.intervention, ready_at=d.at, ready_by=ev.device)


def _clock_started(d: Draft, ev: e.ClockStarted) -> None:
    intervention = d.intervention(ev.intervention)
    d.change(
        "interventions", ev.intervention, started_at=d.at, clock=Running(since=d.at)
    )
    d.change("requests", intervention.request, status="granted")


def _clock_held(d: Draft, ev: e.ClockHeld) -> None:
    clock = d.intervention(ev.intervention).clock
    d.change(
        "interventions",
        ev.intervention,
        clock=Held(since=d.at, used_ms=used_ms(clock, d.at), reason=ev.reason),
        line_lost=ev.line_lost,
        # "ready" after a lost line is said again, by any device
        **({"ready_at": None, "ready_by": ""} if ev.line_lost else {}),
    )


def _clock_resumed(d: Draft, ev: e.ClockResumed) -> None:
    intervention = d.intervention(ev.intervention)
    clock = intervention.clock
    assert isinstance(clock, Held)
    d.change(
        "interventions",
        ev.intervention,
        clock=Running(since=d.at, used_ms=clock.used_ms),
        credit_ms=intervention.credit_ms + ev.credit_ms,
        line_lost=False,
        holds=(*intervention.holds, Hold(clock.reason, clock.since, d.at)),
    )


def _extended(d: Draft, ev: e.TimeExtended) -> None:
    extension = d.intervention(ev.intervention).extension_ms + ev.ms
    d.change("interventions", ev.intervention, extension_ms=extension)


def _credited(d: Draft, ev: e.TimeCredited) -> None:
    credit = d.intervention(ev.intervention).credit_ms + ev.ms
    d.change("interventions", ev.intervention, credit_ms=credit)
    d.amend(downtime_ms=0)


def _downtime_noted(d: Draft, ev: e.DowntimeNoted) -> None:
    d.amend(downtime_ms=d.downtime_ms + ev.ms)


def _ended(d: Draft, ev: e.InterventionEnded) -> None:
    intervention = d.intervention(ev.intervention)
    d.change(
        "interventions",
        ev.intervention,
        clock=Stopped(at=d.at, used_ms=ev.row.used_ms),
        holds=_all_holds(d, intervention),
        line_lost=False,
        outcome=ev.outcome,
        number=len(d.delivered) + 1,
        counted=ev.counted,
        ended_by=ev.by,
    )
    d.change("requests", intervention.request, status="done", ended_at=d.at)
    d.amend(floor=None, downtime_ms=0, delivered=(*d.delivered, ev.intervention))
    _count(d, d.intervention(ev.intervention), 1)


def _all_holds(d: Draft, intervention: Intervention) -> tuple[Hold, ...]:
    """The pauses of an intervention that ends now, the last one included."""
    clock = intervention.clock
    if not isinstance(clock, Held):
        return intervention.holds
    return (*intervention.holds, Hold(clock.reason, clock.since, d.at))


def _voided(d: Draft, ev: e.InterventionVoided) -> None:
    intervention = d.intervention(ev.intervention)
    d.change(
        "interventions",
        ev.intervention,
        clock=Stopped(at=d.at, used_ms=used_ms(intervention.clock, d.at)),
        holds=_all_holds(d, intervention),
        line_lost=False,
        outcome="voided",
    )
    d.amend(floor=None, downtime_ms=0)


def _count(d: Draft, intervention: Intervention, sign: int) -> None:
    """Add a delivered intervention to the totals, or take it away again."""
    request = d.request(intervention.request)
    speakers = d.list(intervention.list)
    used = used_ms(intervention.clock, d.at) * sign
    counted = sign if intervention.counted else 0
    old = d.totals.get(request.voice, Total())
    total = Total(old.interventions + counted, old.spoken_ms + used)
    rows = (d.request(d.intervention(row).request) for row in d.delivered)
    heard_once = sign > 0 or any(row.voice == request.voice for row in rows)
    d.put("totals", request.voice, total if heard_once else None)
    spoken = dict(speakers.spoken)
    spoken[request.voice] = spoken.get(request.voice, 0) + counted
    heard = tuple(each for each in speakers.heard if each != request.id or not counted)
    if request.kind == "question" and counted > 0:
        heard = (*heard, request.id)
    d.change(
        "lists",
        speakers.id,
        spoken={voice: times for voice, times in spoken.items() if times},
        heard=heard,
    )


# Names, notes, announcements, signals, links


def _named(d: Draft, ev: e.SpeakerNamed) -> None:
    person = ev.person or d.request(ev.request).person
    d.change(
        "requests",
        ev.request,
        person=person,
        language=ev.language,
        person_confirmed=ev.confirmed,
    )


def _name_confirmed(d: Draft, ev: e.NameConfirmed) -> None:
    d.change("requests", ev.request, person_confirmed=True)


def _note_written(d: Draft, ev: e.NoteWritten) -> None:
    note = Note(
        id=ev.note,
        intervention=ev.intervention,
        request=ev.request,
        scope=ev.scope,
        text=ev.text,
        at=d.at,
        version=ev.version,
    )
    d.put("notes", ev.note, note)


def _announced(d: Draft, ev: e.Announced) -> None:
    d.put(
        "announcements",
        ev.announcement,
        Announcement(id=ev.announcement, text=ev.text, at=d.at),
    )


def _announcement_cleared(d: Draft, ev: e.AnnouncementCleared) -> None:
    d.put("announcements", ev.announcement, None)


def _signal_raised(d: Draft, ev: e.SignalRaised) -> None:
    signal = Signal(
        id=ev.signal,
        delegation=ev.delegation,
        text=ev.text,
        device=ev.device,
        at=d.at,
    )
    d.put("signals", ev.signal, signal)


def _signal_cleared(d: Draft, ev: e.SignalCleared) -> None:
    d.put("signals", ev.signal, None)


def _link_revoked(d: Draft, ev: e.LinkRevoked) -> None:
    d.change("links", ev.link, revoked=True)


def _link_renewed(d: Draft, ev: e.LinkRenewed) -> None:
    d.change("links", ev.link, generation=ev.generation, revoked=False)


# Undo


def _act_undone(d: Draft, ev: e.ActUndone) -> None:
    act_undone(d, ev, _count)


_APPLY: dict[type, Callable[[Draft, Any], None]] = {
    e.LobbyOpened: _lobby_opened,
    e.CalledToOrder: _called_to_order,
    e.MeetingSuspended: _suspended,
    e.MeetingResumed: _resumed,
    e.MeetingRose: _rose,
    e.RecordClosed: _record_closed,
    e.SegmentEntered: _segment_entered,
    e.PresiderSet: _presider_set,
    e.ListOpened: _list_opened,
    e.ClosingAnnounced: _closing_announced,
    e.ListClosed: _list_closed,
    e.ListReopened: _list_reopened,
    e.PolicySet: _policy_set,
    e.RoundClosed: _round_closed,
    e.OrderChanged: _order_changed,
    e.RequestRegistered: _registered,
    e.RequestJoined: _joined,
    e.RequestWithdrawn: _withdrawn,
    e.RequestsExpired: _expired,
    e.RequestDropped: _dropped,
    e.RequestMoved: _moved,
    e.RequestReturned: _returned,
    e.SpeakersTold: _told,
    e.FloorGiven: _floor_given,
    e.CalledAgain: _called_again,
    e.ReadySaid: _ready_said,
    e.ClockStarted: _clock_started,
    e.ClockHeld: _clock_held,
    e.ClockResumed: _clock_resumed,
    e.TimeExtended: _extended,
    e.TimeCredited: _credited,
    e.DowntimeNoted: _downtime_noted,
    e.InterventionEnded: _ended,
    e.InterventionVoided: _voided,
    e.SpeakerNamed: _named,
    e.NameConfirmed: _name_confirmed,
    e.NoteWritten: _note_written,
    e.Announced: _announced,
    e.AnnouncementCleared: _announcement_cleared,
    e.SignalRaised: _signal_raised,
    e.SignalCleared: _signal_cleared,
    e.LinkRevoked: _link_revoked,
    e.LinkRenewed: _link_renewed,
    e.ActTaken: act_taken,
    e.ActUndone: _act_undone,
}
