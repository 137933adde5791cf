"""The floor: who is on it, who is called to it, and when the clock starts."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core.ids import Code, InterventionId, RequestId
from rostra.core.meeting import Running, Waiting
from rostra.core.own import mine
from rostra.core.views import snapshot
from support.floor import (
    MODERATOR,
    Floor,
    delegate,
    list_key,
    rule,
)


def three(**profile: Any) -> Floor:
    """A, B and C on the list of a meeting in session."""
    floor = Floor(**profile).opened()
    floor.ask("A", "B", "C")
    return floor


# Calling


@rule("F3", "E10")
def test_a_stale_head_with_an_idle_floor_says_who_is_first_now() -> None:
    floor = three()
    shown = floor.expect_head()
    floor.withdraw("A")
    refusal = floor.refused("stale", c.Call, request=floor.of("B"), expect=shown)
    assert refusal.params["head"] == "B"
    floor.withdraw("B")
    floor.withdraw("C")
    refusal = floor.refused("stale", c.Call, request=floor.of("C"), expect=shown)
    assert refusal.params["head"] is None


@rule("F3")
def test_somebody_else_than_the_head_may_be_called() -> None:
    floor = three()
    floor.call("C")
    assert floor.order() == "A B C"
    assert floor.expect_head().head == floor.of("A")


@rule("F4", "I1")
def test_nobody_is_called_while_somebody_has_the_floor() -> None:
    floor = three()
    floor.call("A")
    for _ in range(2):
        refusal = floor.refused(
            "floor_occupied", c.Call, request=floor.of("B"), expect=floor.expect_head()
        )
        assert refusal.params["delegation"] == "A"
        if floor.active.started_at is None:
            floor.start()


@rule("F4", "F6")
def test_who_speaks_already_is_not_called_again() -> None:
    floor = three()
    floor.speak("A", 5)
    key, head = floor.active.request, floor.expect_head()
    refusal = floor.refused("floor_occupied", c.Call, request=key, expect=head)
    assert refusal.params["delegation"] == "A"


@rule("F4")
def test_nobody_is_called_before_the_session() -> None:
    floor = Floor().lobby()
    floor.ask("A", list=list_key())
    nobody = c.ExpectHead(None)
    floor.refused("wrong_meeting_state", c.Call, request=floor.of("A"), expect=nobody)


@rule("F4")
def test_who_has_spoken_is_not_called_again_by_the_old_request() -> None:
    floor = three()
    key = floor.of("A")
    floor.heard("A")
    floor.refused("not_on_list", c.Call, request=key, expect=floor.expect_head())


@rule("F5", "E23")
def test_a_call_is_seen_by_staff_and_by_who_is_called_and_by_nobody_else() -> None:
    floor = three()
    key = floor.call("A")
    assert not floor.public()
    assert snapshot(floor.meeting, "record")["floor"] == {}
    own = mine(floor.meeting, Code("A"))
    assert own.floor and own.floor.phase == "called"
    assert own.requests[floor.of("A")].status == "called"
    assert mine(floor.meeting, Code("B")).floor is None
    assert snapshot(floor.meeting, "staff")["floor"][key]["phase"] == "called"
    assert floor.order() == "A B C"


@rule("F6", "E3")
def test_a_second_call_is_a_further_attempt() -> None:
    floor = three()
    first = floor.now
    key = floor.call("A")
    floor.wait(30)
    again = floor.do(c.Call, request=floor.of("A"), expect=floor.expect_head())
    assert again == {"intervention": key, "again": True}
    assert floor.active.attempts == (first, floor.now)
    floor.undo()
    assert floor.meeting.floor is None


@rule("F7", "E2")
def test_any_device_says_ready_and_nothing_starts() -> None:
    floor = three()
    floor.call("A")
    floor.wait(4)
    floor.do(c.Ready, delegate("A", "laptop"), expect=floor.on_floor)
    assert (floor.active.ready_at, floor.active.ready_by) == (floor.now, "laptop")
    assert isinstance(floor.active.clock, Waiting)
    floor.refused("not_your_delegation", c.Ready, delegate("B"), expect=floor.on_floor)


@rule("F7")
def test_the_clock_starts_at_ready_where_the_profile_says_so() -> None:
    floor = three(clock_starts="at_ready")
    floor.call("A")
    floor.do(c.Ready, delegate("A"), expect=floor.on_floor)
    assert floor.active.clock == Running(since=floor.now)


@rule("F7", "F10")
def test_ready_means_nothing_while_speaking_or_in_a_plain_pause() -> None:
    floor = three()
    floor.speak("A")
    floor.refused("wrong_phase", c.Ready, delegate("A"), expect=floor.on_floor)
    floor.pause()
    floor.refused("wrong_phase", c.Ready, delegate("A"), expect=floor.on_floor)


@rule("F8")
def test_at_the_start_the_request_is_granted_and_off_the_list() -> None:
    floor = three()
    key = floor.call("A")
    floor.wait(9)
    floor.start()
    assert floor.active.started_at == floor.now
    assert floor.request("A").status == "granted"
    assert floor.order() == "B C"
    assert floor.told()["floor"][key]["phase"] == "speaking"


@rule("F10")
def test_a_button_of_the_floor_names_intervention_and_phase() -> None:
    floor = three()
    key = floor.call("A")
    shown = floor.on_floor
    floor.start()
    refusal = floor.refused("stale", c.Start, expect=shown)
    assert refusal.current == {"floor": key, "phase": "speaking"}
    assert refusal.params["called"] == "A"
    speaking = floor.on_floor
    floor.end()
    for kind in (c.End, c.Start, c.NoShow, c.LineLost, c.Resume, c.Ready):
        by = delegate("A") if kind is c.Ready else MODERATOR
        refusal = floor.refused("stale", kind, by, expect=speaking)
        assert refusal.current == {"floor": None, "phase": None}


@rule("F10")
def test_what_the_phase_does_not_allow_is_refused() -> None:
    floor = three()
    floor.call("A")
    kind: Any
    for kind in (c.LineLost, c.Resume, c.End):
        floor.refused("wrong_phase", kind, expect=floor.on_floor)
    floor.refused("wrong_phase", c.Pause, reason="audio", expect=floor.on_floor)
    floor.refused("wrong_phase", c.Credit, ms=0, expect=floor.on_floor)
    floor.start()
    for kind in (c.Start, c.Resume, c.NoShow):
        floor.refused("wrong_phase", kind, expect=floor.on_floor)
    floor.pause()
    for kind in (c.Start, c.LineLost, c.NoShow):
        floor.refused("wrong_phase", kind, expect=floor.on_floor)


@rule("F5", "F10")
def test_a_delegation_learns_nothing_of_a_call_that_is_not_its_own() -> None:
    """Whatever it guesses, the answers are those of an idle floor."""
    floor = three()
    own = floor.heard("B")
    past = c.ExpectFloor(intervention=own, phase="speaking")
    guess = c.ExpectFloor(intervention=InterventionId("i999.0"), phase="called")
    idle = [
        floor.refused("stale", c.End, delegate("B"), expect=past),
        floor.refused("not_your_delegation", c.Ready, delegate("B"), expect=guess),
    ]
    floor.call("A")
    called = [
        floor.refused("stale", c.End, delegate("B"), expect=past),
        floor.refused("not_your_delegation", c.Ready, delegate("B"), expect=guess),
    ]
    assert called == idle
    floor.refused("not_your_delegation", c.Ready, delegate("B"), expect=floor.on_floor)


@rule("F6")
def test_the_answer_says_whether_it_was_a_first_call() -> None:
    floor = Floor().opened()
    floor.ask("A")
    first = floor.do(c.Call, request=floor.of("A"), expect=floor.expect_head())
    again = floor.do(c.Call, request=floor.of("A"), expect=floor.expect_head())
    assert (first["again"], again["again"]) == (False, True)


@rule("F3")
@pytest.mark.parametrize(("ask", "head"), [((), None), (("A",), "A")])
def test_a_stale_call_says_that_nobody_was_called_and_who_is_first(
    ask: tuple[str, ...], head: str | None
) -> None:
    floor = Floor().opened()
    if ask:
        floor.ask(*ask)
    shown = c.ExpectHead(RequestId("r9.9"))
    refusal = floor.refused("stale", c.Call, request=RequestId("r9.9"), expect=shown)
    assert (refusal.params["called"], refusal.params["head"]) == (None, head)
