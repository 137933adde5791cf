"""The requests' part of ``evolve``: how they come, wait, change places and go."""

from collections.abc import Callable
from typing import Any

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.ids import RequestId, ticket_of
from rostra.core.meeting import LIVE, Request, Swap


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
            status=ev.status,
            rank=ev.rank,
            side=ev.side,
            motion=ev.motion,
            on=ev.on,
            trigger=ev.trigger,
            item=ev.item,
            to=ev.to,
            turn=ev.turn,
            media_ms=ev.media_ms,
            national_capacity=ev.national_capacity,
            override=ev.override,
            own_limit=ev.own_limit,
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
        _leave_list(d, d.request(request), ev.how, "adjourned")
    if ev.how == "carried":
        d.amend(carried=ev.requests)


def _dropped(d: Draft, ev: e.RequestDropped) -> None:
    _leave_list(d, d.request(ev.request), ev.why, ev.why)
    d.change("requests", ev.request, told=ev.text)


def _accepted(d: Draft, ev: e.RequestAccepted) -> None:
    d.change("requests", ev.request, status="queued")


def _parked(d: Draft, ev: e.RequestParked) -> None:
    d.change("requests", ev.request, status="deferred", told_at=None, fixed=False)


def _unparked(d: Draft, ev: e.RequestUnparked) -> None:
    request = d.request(ev.request)
    generation = request.generation
    if ev.ticket:
        # behind those of a list that was reopened meanwhile too
        generation = max(generation, d.list(request.list).generation)
    d.change(
        "requests",
        ev.request,
        status="queued",
        ticket=ev.ticket or request.ticket,
        generation=generation,
        # the lot and a swap were for the place that was given up
        drawn=0 if ev.ticket else request.drawn,
        stands_as=None if ev.ticket else request.stands_as,
    )


def _late_admitted(d: Draft, ev: e.LateAdmitted) -> None:
    for request in ev.requests:
        d.change("requests", request, status="queued", generation=ev.generation)


def _pinned(d: Draft, ev: e.RequestPinned) -> None:
    d.change("requests", ev.request, fixed=ev.pinned)
    # an undo puts back the place as well, whoever has come in between
    speakers = d.request(ev.request).list
    d.put("lists", speakers, d.list(speakers))


def _window_set(d: Draft, ev: e.WindowSet) -> None:
    d.change("requests", ev.request, not_before=ev.not_before, not_after=ev.not_after)


def _swap_offered(d: Draft, ev: e.SwapOffered) -> None:
    d.put(
        "swaps",
        ev.swap,
        Swap(id=ev.swap, offered=ev.offered, wanted=ev.wanted, at=d.at),
    )


def _swap_accepted(d: Draft, ev: e.SwapAccepted) -> None:
    d.change("swaps", ev.swap, accepted=True)


def _swap_made(d: Draft, ev: e.SwapMade) -> None:
    one, other = d.request(ev.offered), d.request(ev.wanted)
    for each, stands_as in ((one, other), (other, one)):
        d.change(
            "requests",
            each.id,
            ticket=stands_as.ticket,
            generation=stands_as.generation,
            told_at=stands_as.told_at,
            fixed=stands_as.fixed,
            drawn=stands_as.drawn,
            stands_as=_claims(each.id, stands_as),
        )
    places = {one.id: other.id, other.id: one.id}
    order = tuple(places.get(each, each) for each in d.list(one.list).order)
    d.change("lists", one.list, order=order)
    d.put("swaps", ev.swap, None)


def _claims(own: RequestId, taken: Request) -> RequestId | None:
    """By whose claims it stands now; who has got the own back stands for itself."""
    found = taken.stands_as or taken.id
    return found if found != own else None


def _swap_ended(d: Draft, ev: e.SwapEnded) -> None:
    d.put("swaps", ev.swap, None)


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


FACTS: dict[type, Callable[[Draft, Any], None]] = {
    e.RequestRegistered: _registered,
    e.RequestJoined: _joined,
    e.RequestWithdrawn: _withdrawn,
    e.RequestsExpired: _expired,
    e.RequestDropped: _dropped,
    e.RequestMoved: _moved,
    e.RequestReturned: _returned,
    e.SpeakersTold: _told,
    e.RequestAccepted: _accepted,
    e.RequestParked: _parked,
    e.RequestUnparked: _unparked,
    e.LateAdmitted: _late_admitted,
    e.RequestPinned: _pinned,
    e.WindowSet: _window_set,
    e.SwapOffered: _swap_offered,
    e.SwapAccepted: _swap_accepted,
    e.SwapMade: _swap_made,
    e.SwapEnded: _swap_ended,
}
