"""What the simulated operator presses next: a pure answer to its screen."""

from typing import Any

import pytest

from rehearsal.test_view import welcome
from rostra.rehearsal.manners import Manners
from rostra.rehearsal.operator import Knowledge, next_step
from rostra.rehearsal.view import View

OPENING = {
    "id": "s1.0",
    "list": "l1.0",
    "requests": False,
    "kinds": [],
    "started_at": 1_000,
}
DISCUSSION = {
    "id": "s1.2",
    "list": "l1.2",
    "requests": True,
    "kinds": ["statement"],
    "started_at": None,
}
FLOOR = {
    "id": "i9.0",
    "request": "r7.0",
    "delegation": "XAD",
    "phase": "called",
    "called_at": 100_000,
    "attempts": [100_000],
    "ready_at": None,
    "running_since": None,
    "used_ms": 0,
    "limit_ms": 60_000,
    "allotted_ms": 60_000,
}


def knowledge(manners: Manners = "courteous", *simulated: str) -> Knowledge:
    """An operator who began at 0."""
    return Knowledge(
        simulated=frozenset(simulated or ("XAD",)), manners=manners, seed=1, since=0
    )


def screen(state: str, segment: str | None = None, **more: Any) -> View:
    """A console in that state."""
    meeting = {"state": state, "segment": segment, "called_to_order_at": 0}
    order = more.pop("order", [])
    collections = {
        "meeting": {"meeting": meeting},
        "segments": {"s1.0": OPENING, "s1.2": DISCUSSION},
        "lists": {"l1.2": {"id": "l1.2", "count": len(order)}},
        **more,
    }
    return View(welcome(collections=collections, order={"l1.2": order}))


def pressed(view: View, now: int, known: Knowledge | None = None) -> str | None:
    """The type of the next command."""
    step = next_step(view, known or knowledge(), now)
    return step.type if step else None


def test_it_opens_the_lobby_and_calls_to_order_when_some_wait() -> None:
    assert pressed(screen("scheduled"), 0) == "open_lobby"
    assert pressed(screen("lobby", order=["a"]), 1_000) is None
    assert pressed(screen("lobby", order=list("abcd")), 1_000) == "call_to_order"
    assert pressed(screen("lobby"), 60_000) == "call_to_order", "even if nobody waits"


def test_the_opening_is_short_and_the_meeting_lives_in_the_discussion() -> None:
    assert pressed(screen("in_session", "s1.0"), 1_500) is None
    step = next_step(screen("in_session", "s1.0"), knowledge(), 5_000)
    assert step is not None
    assert step.fields == {"segment": "s1.2", "expect": {"segment": "s1.0"}}


def test_it_calls_the_head_after_a_breath() -> None:
    rows = {"i8.0": {"ended_at": 99_000}}
    view = screen("in_session", "s1.2", order=["r7.0", "r6.0"], interventions=rows)
    assert pressed(view, 100_000) is None
    step = next_step(view, knowledge(), 102_000)
    assert step is not None
    assert step.fields == {"request": "r7.0", "expect": {"head": "r7.0"}}
    assert pressed(screen("in_session", "s1.2"), 200_000) is None, "nobody waits"


def test_it_starts_the_clock_when_the_delegation_is_ready() -> None:
    floor = {**FLOOR, "ready_at": 101_000}
    view = screen("in_session", "s1.2", floor={"i9.0": floor})
    assert pressed(view, 101_100) is None
    assert pressed(view, 102_000) == "start"


@pytest.mark.parametrize(
    ("manners", "delegation", "wait_s", "expected"),
    [
        ("courteous", "XAD", 10, None),
        ("courteous", "XAD", 21, "start"),
        ("courteous", "XBN", 16, "call"),
        ("courteous", "XBN", 41, "no_show"),
        ("lively", "XAD", 16, "call"),
        ("lively", "XAD", 41, "no_show"),
    ],
)
def test_silence_never_makes_a_simulated_state_absent(
    manners: Manners, delegation: str, wait_s: int, expected: str | None
) -> None:
    floor = {**FLOOR, "delegation": delegation}
    view = screen("in_session", "s1.2", floor={"i9.0": floor})
    now = 100_000 + wait_s * 1000
    assert pressed(view, now, knowledge(manners, "XAD")) == expected


@pytest.mark.parametrize(
    ("manners", "spoken_s", "expected"),
    [
        ("courteous", 30, None),
        ("courteous", 58, "end"),
        ("lively", 65, None),
        ("lively", 70, "end"),
    ],
)
def test_only_the_lively_may_go_over_time(
    manners: Manners, spoken_s: int, expected: str | None
) -> None:
    floor = {**FLOOR, "phase": "speaking", "running_since": 200_000}
    view = screen("in_session", "s1.2", floor={"i9.0": floor})
    now = 200_000 + spoken_s * 1000
    assert pressed(view, now, knowledge(manners)) == expected


def test_now_and_then_it_gives_thirty_seconds_more_and_only_once() -> None:
    speaking = {**FLOOR, "phase": "speaking", "running_since": 200_000}
    generous = 0
    for number in range(300):
        floor = {**speaking, "id": f"i{number}.0"}
        view = screen("in_session", "s1.2", floor={"x": floor})
        generous += pressed(view, 215_000) == "extend"
        longer = screen("in_session", floor={"x": {**floor, "allotted_ms": 90_000}})
        assert pressed(longer, 215_000) is None
    assert 5 < generous < 60


@pytest.mark.parametrize("state", ["suspended", "rose", "archived"])
def test_it_leaves_alone_what_only_a_person_can_have_done(state: str) -> None:
    assert pressed(screen(state, "s1.2", order=["a"]), 10**9) is None
