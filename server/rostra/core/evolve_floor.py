"""The floor's part of ``evolve``: calls, clocks, ends and what they add up to."""

from collections.abc import Callable
from typing import Any

from rostra.core import events as e
from rostra.core.attribution import attributed
from rostra.core.draft import Draft
from rostra.core.ids import InterventionId, ListId
from rostra.core.meeting import (
    Held,
    Hold,
    Intervention,
    Request,
    Running,
    Stopped,
    Total,
    Waiting,
)
from rostra.core.readings import voice
from rostra.core.timing import used_ms


def _floor_given(d: Draft, ev: e.FloorGiven) -> None:
    request, speakers = d.request(ev.request), d.list(d.request(ev.request).list)
    segment = speakers.segment or d.segment
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
            over=ev.over,
            phase=d.segments[segment].phase,
        ),
    )
    # who is called has been told: an undo moves nobody; points are never told
    told_at = request.told_at or (d.at if speakers.purpose != "points" else None)
    d.change("requests", ev.request, status="called", told_at=told_at)
    if speakers.purpose == "speakers":
        d.change("segments", segment, called=True)
    d.amend(stack=(*d.stack, ev.intervention))


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
        cut_at=None if ev.credit_ms else intervention.cut_at,
        line_lost=False,
        holds=(*intervention.holds, Hold(clock.reason, clock.since, d.at)),
    )


def _reset(d: Draft, ev: e.ClockReset) -> None:
    clock = d.intervention(ev.intervention).clock
    again = (
        Held(since=clock.since, used_ms=0, reason=clock.reason)
        if isinstance(clock, Held)
        else Running(since=d.at)
    )
    d.change("interventions", ev.intervention, clock=again, cut_at=None)


def _cut_signalled(d: Draft, ev: e.CutSignalled) -> None:
    d.change("interventions", ev.intervention, cut_at=d.at)


def _ruled(d: Draft, ev: e.RulingRecorded) -> None:
    d.change(
        "interventions",
        ev.intervention,
        ruling=ev.ruling,
        ruling_note=ev.note,
        appeal=ev.appeal,
    )


def _extended(d: Draft, ev: e.TimeExtended) -> None:
    extension = d.intervention(ev.intervention).extension_ms + ev.ms
    d.change("interventions", ev.intervention, extension_ms=extension, cut_at=None)


def _credited(d: Draft, ev: e.TimeCredited) -> None:
    intervention = d.intervention(ev.intervention)
    d.change(
        "interventions",
        ev.intervention,
        credit_ms=intervention.credit_ms + ev.ms,
        cut_at=None if ev.ms else intervention.cut_at,
    )
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
    d.deliver(ev.intervention)
    _leave_floor(d, ev.intervention)
    count(d, d.intervention(ev.intervention), 1)


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
    _leave_floor(d, ev.intervention)


def _leave_floor(d: Draft, key: InterventionId) -> None:
    d.amend(stack=tuple(each for each in d.stack if each != key), downtime_ms=0)


def count(d: Draft, intervention: Intervention, sign: int) -> None:
    """Add a delivered intervention to the totals, or take it away again."""
    request = d.request(intervention.request)
    speakers = d.list(intervention.list)
    counted = sign if intervention.counted else 0
    add_up(d, intervention, sign)
    _spoken(d, intervention.list, request, counted)
    heard = tuple(each for each in speakers.heard if each != request.id or not counted)
    if request.kind == "question" and counted > 0:
        heard = (*heard, request.id)
    d.change("lists", speakers.id, heard=heard)


def add_up(d: Draft, row: Intervention, sign: int) -> None:
    """The time of *row*, as it reads, in the totals: more of it, or less."""
    if not attributed(d, row.segment):
        return
    whose = voice(row, d.request(row.request))
    old = d.totals.get(whose, Total())
    total = Total(
        old.interventions + (sign if row.counted else 0),
        old.spoken_ms + used_ms(row.clock, d.at) * sign,
    )
    others = (d.intervention(key) for key in d.delivered if key != row.id)
    heard = sign > 0 or any(
        voice(each, d.request(each.request)) == whose
        for each in others
        if attributed(d, each.segment)
    )
    d.put("totals", whose, total if heard else None)


def _spoken(d: Draft, key: ListId, request: Request, counted: int) -> None:
    """Who has spoken on a list; a perspective that counts has on every list."""
    if not counted:
        return
    lists = [key]
    if request.kind == "programme":
        lists = [each.id for each in d.lists.values() if each.purpose == "speakers"]
    for each in lists:
        spoken = dict(d.list(each).spoken)
        spoken[request.voice] = spoken.get(request.voice, 0) + counted
        if not spoken[request.voice]:
            del spoken[request.voice]
        d.change("lists", each, spoken=spoken)


FACTS: dict[type, Callable[[Draft, Any], None]] = {
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
    e.ClockReset: _reset,
    e.CutSignalled: _cut_signalled,
    e.RulingRecorded: _ruled,
}
