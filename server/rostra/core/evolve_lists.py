"""The lists' part of ``evolve``: states, draws, limits, rounds and order."""

from collections.abc import Callable
from typing import Any

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.meeting import Draw


def _opening_announced(d: Draft, ev: e.OpeningAnnounced) -> None:
    d.change("lists", ev.list, opens_at=ev.opens_at)


def _lot_window_opened(d: Draft, ev: e.LotWindowOpened) -> None:
    prepared = bool(d.list(ev.list).commitment)
    d.change(
        "lists",
        ev.list,
        state="lot_window",
        lot_until=ev.until,
        commitment=ev.commitment,
        draws=d.list(ev.list).draws + (not prepared),
    )


def _draw_prepared(d: Draft, ev: e.DrawPrepared) -> None:
    d.change("lists", ev.list, commitment=ev.commitment, draws=ev.number)


def _drawn(d: Draft, ev: e.Drawn) -> None:
    draw = Draw(
        number=ev.number,
        at=d.at,
        policy=ev.policy,
        seed=ev.seed,
        inputs=ev.inputs,
        order=ev.order,
        letter=ev.letter,
        region=ev.region,
    )
    d.change("lists", ev.list, draw=draw, commitment="")
    if ev.policy == "lot":
        _place_drawn(d, ev)


def _place_drawn(d: Draft, ev: e.Drawn) -> None:
    """Each has the place that it was drawn for, and an earlier draw counts no more."""
    places = {request: place for place, request in enumerate(ev.order, start=1)}
    for request in list(d.requests.values()):
        if request.list == ev.list and request.drawn != places.get(request.id, 0):
            d.change("requests", request.id, drawn=places.get(request.id, 0))


def _list_opened(d: Draft, ev: e.ListOpened) -> None:
    d.change("lists", ev.list, state="open", closed_at=None, lot_until=None)


def _auto_close_set(d: Draft, ev: e.AutoCloseSet) -> None:
    d.change("lists", ev.list, auto_close_at=ev.closes_at)


def _limits_set(d: Draft, ev: e.LimitsSet) -> None:
    limits = {**d.list(ev.list).limits_s, **ev.limits_s}
    d.change("lists", ev.list, limits_s=limits, limits_set_at=d.at)
    for request, limit_ms in ev.requests:
        d.change("requests", request, limit_ms=limit_ms)


def _closing_announced(d: Draft, ev: e.ClosingAnnounced) -> None:
    # the chair's word takes the place of an automatic closing
    d.change(
        "lists", ev.list, state="closing", closes_at=ev.closes_at, auto_close_at=None
    )


def _list_closed(d: Draft, ev: e.ListClosed) -> None:
    d.change(
        "lists",
        ev.list,
        state="closed",
        closed_at=d.at,
        basis=ev.basis,
        auto_close_at=None,
    )


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


FACTS: dict[type, Callable[[Draft, Any], None]] = {
    e.ListOpened: _list_opened,
    e.ClosingAnnounced: _closing_announced,
    e.ListClosed: _list_closed,
    e.ListReopened: _list_reopened,
    e.PolicySet: _policy_set,
    e.RoundClosed: _round_closed,
    e.OrderChanged: _order_changed,
    e.OpeningAnnounced: _opening_announced,
    e.LotWindowOpened: _lot_window_opened,
    e.DrawPrepared: _draw_prepared,
    e.Drawn: _drawn,
    e.AutoCloseSet: _auto_close_set,
    e.LimitsSet: _limits_set,
}
