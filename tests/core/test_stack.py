"""The floor as a stack: who stands over whom, and who goes on when one leaves."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core.ids import RequestId
from rostra.core.meeting import Held, Running, Waiting
from rostra.core.profile import INTERRUPTIONS, Interruption
from rostra.core.stack import of_request, rules_of, ruling_pending, rulings
from support.floor import MODERATOR, Floor, delegate, rule


def speaking(**rules: Any) -> Floor:
    """A has spoken for 50 of 180 seconds; *rules* are those of points of order."""
    floor = Floor(**({"interruptions": _with(rules)} if rules else {})).opened()
    floor.ask("A", "B", "C", "D", "E")
    floor.speak("A", 50)
    return floor


def _with(rules: dict[str, Any]) -> Any:
    return {**INTERRUPTIONS, "point_of_order": Interruption(**rules)}


def beneath(floor: Floor) -> Any:
    """The clock of A."""
    return floor.meeting.interventions[floor.meeting.stack[0]].clock


@rule("X5", "E5")
@pytest.mark.parametrize(
    ("clock", "during", "after"),
    [("hold", Held, Running), ("stop", Held, Held), ("run_on", Running, Running)],
)
def test_what_happens_to_the_clock_beneath_is_data_of_the_kind(
    clock: str, during: type, after: type
) -> None:
    floor = speaking(clock=clock)
    floor.recognise(floor.raised("B"), 40)
    assert isinstance(beneath(floor), during)
    floor.end()
    assert isinstance(beneath(floor), after)
    assert floor.left_s() == (90 if clock == "run_on" else 130)


@rule("X5", "F9")
def test_after_a_stop_the_operator_resumes_without_any_credit() -> None:
    floor = speaking(clock="stop")
    floor.interrupted("B", 40)
    floor.resume()
    assert (floor.left_s(), floor.active.credit_ms) == (130, 0)


@rule("X5", "E5")
def test_a_clock_that_stood_already_stands_for_its_own_reason_afterwards() -> None:
    floor = speaking(ruling=False)
    floor.do(c.LineLost, expect=floor.on_floor)
    floor.interrupted("B", 40)
    clock = beneath(floor)
    assert isinstance(clock, Held) and clock.reason == "connection"
    assert floor.active.line_lost
    floor.resume()
    assert floor.left_s() == 140


@rule("X5")
def test_what_stopped_a_clock_is_not_ended_by_another_interruption() -> None:
    rules: Any = {**INTERRUPTIONS, "point_of_order": Interruption(ruling=False)}
    floor = Floor(interruptions=rules).opened()
    floor.ask("A")
    floor.speak("A", 50)
    _technical(floor)
    assert isinstance(beneath(floor), Held)
    floor.interrupted("B", 40)
    assert isinstance(beneath(floor), Held)
    floor.resume()
    assert floor.left_s() == 130


def _technical(floor: Floor) -> None:
    entry = c.Entry(kind="technical", label="Interpretation")
    found = floor.do(c.Insert, list="p1.0", entries=(entry,))
    floor.recognise(found["requests"][0], 20)
    floor.end()


@rule("X5", "X4")
def test_who_is_only_called_waits_beneath_and_is_not_interrupted() -> None:
    floor = Floor().opened()
    floor.ask("A")
    called = floor.call("A")
    point = floor.recognise(floor.raised("B"), 40)
    assert floor.active.over is None
    floor.end()
    assert floor.meeting.stack == (called,)
    assert isinstance(floor.active.clock, Waiting)
    assert not ruling_pending(floor.meeting, called)
    floor.start()
    floor.rule(point)
    assert floor.left_s() == 180


@rule("X8", "F2", "E11")
@pytest.mark.parametrize("way", ["withdraw", "by operator", "no_show", "revoke"])
def test_who_leaves_without_having_spoken_lets_the_interrupted_go_on(way: str) -> None:
    floor = speaking()
    point = floor.raised("B")
    floor.recognise(point)
    floor.wait(20)
    match way:
        case "withdraw":
            floor.withdraw(point, delegate("B"))
        case "by operator":
            floor.withdraw(point, MODERATOR)
        case "no_show":
            floor.do(c.NoShow, expect=floor.on_floor)
        case _:
            floor.do(c.Revoke, reason="order", expect=floor.on_floor)
    assert isinstance(beneath(floor), Running)
    assert floor.left_s() == 130
    assert floor.points() == ""
    assert floor.meeting.delivered == ()


@rule("X8", "E3")
def test_nobody_waits_for_a_point_that_is_not_made() -> None:
    floor = speaking()
    point = floor.raised("B")
    floor.recognise(point)
    assert floor.do(c.NoShow, expect=floor.on_floor) == {"dropped": True}
    assert floor.meeting.requests[point].status == "no_show"


@rule("X8", "E8")
def test_a_mistaken_point_is_back_among_the_points_and_the_speaker_goes_on() -> None:
    floor = speaking()
    first, second = floor.raised("B"), floor.raised("C")
    floor.recognise(second, 5)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.points() == "B C"
    assert isinstance(beneath(floor), Running)
    assert floor.left_s() == 130
    assert floor.meeting.requests[first].status == "queued"


@rule("X8", "F2")
def test_who_is_called_beneath_an_interruption_may_withdraw() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.call("A")
    point = floor.recognise(floor.raised("B"), 10)
    floor.withdraw("A")
    assert floor.meeting.stack == (point,)
    assert floor.request("A").status == "withdrawn"
    floor.end()
    assert floor.meeting.floor is None


@rule("X6", "E1")
def test_a_point_whose_line_is_lost_for_good_is_ruled_on_with_its_rest() -> None:
    floor = speaking()
    point = floor.raised("B")
    first = floor.recognise(point, 10)
    floor.end(returns=True)
    assert isinstance(beneath(floor), Running)
    floor.refused("wrong_phase", c.Rule, intervention=first, ruling="noted")
    assert floor.points() == "B"
    second = floor.recognise(point, 5)
    assert floor.active.limit_ms == 110_000
    floor.end()
    assert ruling_pending(floor.meeting, floor.active.id)
    floor.rule(second)
    assert isinstance(beneath(floor), Running)


@rule("X5", "M3", "E9")
def test_nobody_goes_on_by_itself_while_the_meeting_is_suspended() -> None:
    floor = speaking(ruling=False)
    floor.recognise(floor.raised("B"), 10)
    floor.suspend()
    floor.end()
    clock = beneath(floor)
    assert isinstance(clock, Held) and clock.reason == "interruption"
    floor.resume_meeting()
    assert isinstance(beneath(floor), Held)
    floor.resume()
    assert floor.left_s() == 130


@rule("M3", "E9", "X5")
def test_a_suspension_keeps_the_whole_stack_with_what_is_left() -> None:
    floor = speaking()
    point = floor.recognise(floor.raised("B"), 10)
    stack = floor.meeting.stack
    floor.suspend()
    floor.wait(50_000)
    floor.resume_meeting()
    assert floor.meeting.stack == stack
    held = floor.active.clock
    assert isinstance(held, Held) and held.reason == "suspension"
    floor.resume()
    assert floor.left_s() == 110
    floor.end()
    floor.rule(point)
    assert floor.left_s() == 130


@rule("M3", "E9")
def test_a_suspension_takes_back_a_point_that_is_only_called() -> None:
    floor = speaking()
    floor.recognise(floor.raised("B"))
    floor.suspend()
    assert floor.points() == "B"
    clock = beneath(floor)
    assert isinstance(clock, Held) and clock.reason == "interruption"
    floor.resume_meeting()
    floor.resume()
    assert floor.left_s() == 130


@rule("X6")
def test_the_chair_rules_on_points_of_order_and_motions_and_nothing_else() -> None:
    floor = Floor().opened()
    point = floor.raised("A")
    motion = floor.raised("B", kind="procedural_motion", motion="other")
    against = floor.raised("C", kind="procedural_motion", on=motion, side="against")

    def of(key: RequestId) -> tuple[str, ...]:
        return rulings(floor.meeting.requests[key])

    assert of(point) == ("upheld", "not_upheld", "withdrawn", "noted")
    assert of(motion) == ("carried", "lost", "withdrawn", "noted")
    assert of(against) == ()
    assert of(floor.ask("D")) == ()


def test_the_stack_is_searched_at_every_height() -> None:
    floor = speaking()
    key = floor.meeting.floor
    request = floor.request("A").id
    floor.recognise(floor.raised("B"), 1)
    found = of_request(floor.meeting, request)
    assert found and found.id == key
    assert of_request(floor.meeting, floor.request("C").id) is None


def test_a_kind_that_a_profile_leaves_out_has_the_usual_rules() -> None:
    floor = Floor(interruptions={}).opened()
    usual = INTERRUPTIONS["point_of_order"]
    assert rules_of(floor.meeting.profile, "point_of_order") == usual
