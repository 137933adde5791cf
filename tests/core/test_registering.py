"""What a request is when it comes: its event, its limit, whose it is, its answer."""

from typing import Any

import pytest

from rostra.core import events as e
from rostra.core.profile import Interruption
from rostra.core.programme import POINTS
from rostra.core.registering import capacity
from support.floor import PROFILE, Floor, rule


@rule("I3", "X1")
def test_families_of_kinds_are_asked_for_beside_each_other() -> None:
    floor = Floor().opened()
    statement = floor.ask("A")
    point = floor.raised("A")
    motion = floor.raised("A", kind="procedural_motion", motion="close_debate")
    requests = floor.meeting.requests
    capacities = [capacity(requests[each]) for each in (statement, point, motion)]
    assert len(set(capacities)) == 3
    assert floor.raised("A") == point


@rule("X1", "R3")
@pytest.mark.parametrize("show_list", ["all", "count"])
def test_a_point_raised_is_no_public_fact_whatever_the_list_is(show_list: str) -> None:
    floor = Floor(show_list=show_list).opened()
    point = floor.raised("A")
    (registered,) = (
        each for each in floor.events() if isinstance(each, e.RequestRegistered)
    )
    assert (registered.request, registered.list) == (point, POINTS)
    assert registered.shown is False


@rule("K1")
def test_the_limit_is_that_of_the_kind_or_its_own() -> None:
    floor = Floor().opened()
    point = floor.raised("A")
    assert floor.meeting.requests[point].limit_ms == 120_000
    floor.put("B", limit_s=77)
    assert floor.request("B").limit_ms == 77_000


@rule("I10")
def test_a_statement_carries_nothing_of_a_motion_or_a_reply() -> None:
    floor = Floor().opened()
    strange: Any = {"on": "anything at all", "item": "s9", "to": "nobody"}
    key = floor.ask("A", **strange, motion="other", language="\u202eXX")
    request = floor.meeting.requests[key]
    assert (request.on, request.item, request.to) == (None, None, None)
    assert (request.motion, request.language) == (None, "XX")


@rule("E23", "R3")
@pytest.mark.parametrize("show_list", ["all", "own_place", "count"])
def test_a_request_is_a_public_fact_where_the_list_is_shown_to_all(
    show_list: str,
) -> None:
    floor = Floor(show_list=show_list).opened()
    floor.ask("A")
    (registered,) = (
        each for each in floor.events() if isinstance(each, e.RequestRegistered)
    )
    assert registered.shown is (show_list == "all")


@rule("K1")
@pytest.mark.parametrize(("code", "seconds"), [("A", 60), ("H", 45), ("N", 30)])
def test_the_limit_of_any_kind_may_go_by_the_tier(code: str, seconds: int) -> None:
    limits = {"response": {"member_state": 60, "observer_state": 45, "any": 30}}
    allowed = {"response": Interruption()}
    floor = Floor(limits={**PROFILE.limits, **limits}, interruptions=allowed).opened()
    floor.ask("B")
    floor.speak("B", 5)
    assert floor.request(floor.raised(code, kind="response")).limit_ms == seconds * 1000
