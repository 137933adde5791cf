"""Interruptions: recognised on the chair's word, ruled on, gone on from."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.ids import Code
from rostra.core.meeting import Held, Running
from rostra.core.own import mine
from rostra.core.profile import INTERRUPTIONS, Interruption
from rostra.core.programme import POINTS
from rostra.core.views import log, snapshot
from support.floor import (
    DEPUTY,
    DISCUSSION,
    OPENING,
    Floor,
    delegate,
    rule,
)

MOTION = {"kind": "procedural_motion", "motion": "close_debate"}


def speaking(**profile: Any) -> Floor:
    """A has spoken for 50 of 180 seconds; others are on the list."""
    floor = Floor(**profile).opened()
    floor.ask("A", "B", "C", "D", "E")
    floor.speak("A", 50)
    return floor


def kinds(**rules: Interruption) -> Any:
    """A profile with other rules for some interruptions."""
    return {"interruptions": {**INTERRUPTIONS, **rules}}


def refused(floor: Floor, code: Any, point: Any, **more: Any) -> Any:
    """Recognising a point is refused."""
    more.setdefault("expect", floor.on_top)
    return floor.refused(code, c.Recognise, request=point, **more)


# Recognising


@rule("X4", "I1", "E5")
def test_recognised_it_stands_over_who_speaks_with_its_own_clock() -> None:
    floor = speaking()
    below = floor.active.id
    key = floor.recognise(floor.raised("B"))
    assert floor.meeting.stack == (below, key)
    assert (floor.active.over, floor.active.limit_ms) == (below, 120_000)
    held = floor.meeting.interventions[below].clock
    assert held == Held(since=floor.now, used_ms=50_000, reason="interruption")
    floor.wait(9)
    floor.start()
    floor.wait(40)
    assert (floor.used_s(), floor.left_s()) == (40, 80)


@rule("X4")
def test_everything_that_works_on_a_speaker_works_on_the_top() -> None:
    floor = speaking()
    floor.recognise(floor.raised("B"))
    floor.do(c.Ready, delegate("B"), expect=floor.on_floor)
    floor.start()
    floor.pause()
    floor.resume(credit_s=0)
    floor.do(c.Extend, seconds=30, expect=floor.on_floor)
    floor.do(c.LineLost, expect=floor.on_floor)
    floor.resume(credit_s=0)
    assert floor.left_s() == 150
    floor.end(delegate("B", "laptop"))
    assert floor.active.started_at is not None
    assert floor.request("A").status == "granted"


@rule("X4")
def test_it_may_be_recognised_while_nobody_has_the_floor() -> None:
    floor = Floor().opened()
    floor.recognise(floor.raised("B"), 10)
    assert floor.active.over is None
    floor.end()
    assert floor.meeting.floor is None


@rule("X4", "E10")
def test_the_button_names_who_was_on_top_of_the_floor() -> None:
    floor = speaking()
    shown = floor.on_top
    first, second = floor.raised("B"), floor.raised("C")
    floor.recognise(first)
    refusal = refused(floor, "stale", second, expect=shown)
    assert refusal.params == {
        "what": "floor",
        "phase": "called",
        "called": "B",
        "label": "",
    }
    assert refusal.current == {"floor": floor.active.id, "phase": "called"}
    floor.do(c.NoShow, expect=floor.on_floor)
    idle = c.ExpectTop(None)
    assert refused(floor, "stale", second, expect=idle).params["called"] == "A"


@rule("X4", "F6")
def test_recognised_again_while_it_is_called_it_is_a_further_attempt() -> None:
    floor = speaking()
    point = floor.raised("B")
    first = floor.do(c.Recognise, request=point, expect=floor.on_top)
    key = floor.active.id
    assert first == {"intervention": key, "again": False}
    floor.wait(20)
    again = floor.do(c.Recognise, DEPUTY, request=point, expect=floor.on_top)
    assert again == {"intervention": key, "again": True}
    assert len(floor.active.attempts) == 2
    floor.recognise(floor.raised("C"))
    refused(floor, "floor_occupied", point)


@rule("X4", "F4")
def test_it_needs_a_session_and_a_live_point() -> None:
    floor = speaking()
    point = floor.raised("B")
    refused(floor, "not_on_list", floor.of("C"))
    floor.suspend()
    refused(floor, "wrong_meeting_state", point)
    floor.resume_meeting()
    floor.withdraw(point, delegate("B"))
    refused(floor, "not_on_list", point)
    refused(floor, "no_such_entity", "r99.0")


@rule("X4", "E12")
def test_a_delegation_that_is_suspended_is_not_recognised() -> None:
    floor = speaking()
    point = floor.raised("B")
    floor.do(c.FlagDelegation, delegation=Code("B"), flag="suspended", reason="link")
    refused(floor, "delegation_flagged", point)


@rule("X4", "E5")
@pytest.mark.parametrize("depth", [1, 2])
def test_so_many_interruptions_may_stand_over_one_intervention(depth: int) -> None:
    floor = speaking(interruption_depth=depth)
    for code in "BC"[:depth]:
        floor.recognise(floor.raised(code), 10)
    last = floor.raised("D")
    assert refused(floor, "depth_reached", last).params["depth"] == depth
    floor.end()
    floor.recognise(last)


@rule("X4", "E5")
def test_a_point_of_order_on_a_point_of_order_comes_back_to_each_in_turn() -> None:
    floor = speaking()
    below = floor.active.id
    first = floor.recognise(floor.raised("B"), 10)
    second = floor.recognise(floor.raised("C"), 20)
    assert floor.active.over == first
    floor.end()
    floor.rule(second)
    assert (floor.active.id, floor.left_s()) == (first, 110)
    assert isinstance(floor.active.clock, Running)
    assert isinstance(floor.meeting.interventions[below].clock, Held)
    floor.end()
    floor.rule(first)
    assert (floor.active.id, floor.left_s()) == (below, 130)


@rule("X4")
@pytest.mark.parametrize("state", ["speaking", "paused", "beneath"])
def test_a_motion_waits_until_nobody_speaks(state: str) -> None:
    floor = speaking()
    motion = floor.raised("B", **MOTION)
    if state == "paused":
        floor.pause()
    if state == "beneath":
        floor.recognise(floor.raised("C"))
    refusal = refused(floor, "floor_occupied", motion)
    assert refusal.params["delegation"] == ("C" if state == "beneath" else "A")


@rule("X4")
def test_a_motion_is_heard_between_interventions_also_over_one_who_is_called() -> None:
    floor = speaking()
    floor.end()
    floor.call("B")
    floor.recognise(floor.raised("C", **MOTION), 10)
    assert floor.active.over is None
    floor.end()
    assert floor.request("B").status == "called"


@rule("X4")
def test_what_the_rules_no_longer_provide_for_is_not_recognised() -> None:
    floor = speaking(**kinds(response=Interruption(when="at_once")))
    point = floor.raised("B", kind="response")
    text = "\n".join(
        ("format = 1", 'id = "x"', 'title = "X"', "[limits]", "statement = 60")
    )
    floor.do(c.SetProfile, text=text, reason="as decided")
    refused(floor, "not_enabled", point)


@rule("X4", "F4")
def test_nobody_of_the_list_is_called_over_an_interruption() -> None:
    floor = Floor().opened()
    floor.ask("A")
    point = floor.raised("B")
    floor.recognise(point, 5)
    refusal = floor.refused(
        "floor_occupied", c.Call, request=floor.of("A"), expect=floor.expect_head()
    )
    assert refusal.params["delegation"] == "B"
    floor.end()
    other = floor.raised("C")
    head = floor.expect_head()
    floor.refused("not_on_list", c.Call, request=other, expect=head)


# What is seen


@rule("X4", "F5", "U5")
def test_a_point_is_public_from_its_start_and_the_speaker_beneath_stays_public() -> (
    None
):
    floor = speaking()
    below = floor.active.id
    point = floor.raised("B")
    key = floor.recognise(point)
    shown = floor.told()
    assert set(shown) == {"floor"} and set(shown["floor"]) == {below}
    assert shown["floor"][below]["phase"] == "paused"
    assert set(snapshot(floor.meeting, "record")["floor"]) == {below}
    staff = snapshot(floor.meeting, "staff")["floor"]
    assert staff[key]["phase"] == "called"
    own = mine(floor.meeting, Code("B")).floor
    assert own and (own.phase, own.over) == ("called", below)
    theirs = mine(floor.meeting, Code("A")).floor
    assert theirs and (theirs.id, theirs.phase) == (below, "paused")
    floor.start()
    seen = snapshot(floor.meeting, "public")["floor"]
    assert (seen[key]["over"], seen[key]["depth"]) == (below, 1)
    assert seen[below]["depth"] == 0


@rule("X4", "F5")
def test_who_is_only_called_beneath_a_point_is_not_betrayed_by_it() -> None:
    floor = Floor().opened()
    floor.ask("A")
    below = floor.call("A")
    key = floor.recognise(floor.raised("B"), 5)
    seen = snapshot(floor.meeting, "public")["floor"]
    assert set(seen) == {key}
    assert (seen[key]["over"], seen[key]["depth"]) == (None, 0)
    assert snapshot(floor.meeting, "staff")["floor"][key]["depth"] == 1
    floor.end()
    assert below not in str(log(floor.meeting, "public"))


@rule("X4", "F5", "F10")
def test_the_interrupted_delegation_learns_nothing_of_a_point_that_is_called() -> None:
    floor = speaking()
    shown = c.ExpectFloor(floor.active.id, "paused")
    floor.recognise(floor.raised("B"))
    past = c.ExpectFloor(floor.active.id, "called")
    floor.refused("not_your_delegation", c.End, delegate("A"), expect=past)
    floor.do(c.End, delegate("A"), expect=shown)
    assert floor.request("A").status == "done"
    assert floor.request("B").status == "queued"
    floor.start()
    assert len(floor.meeting.stack) == 1


@rule("X4", "F10")
def test_the_interrupted_delegation_cannot_end_while_the_point_is_made() -> None:
    floor = speaking()
    shown = c.ExpectFloor(floor.active.id, "paused")
    floor.recognise(floor.raised("B"), 5)
    refusal = floor.refused("stale", c.End, delegate("A"), expect=shown)
    assert refusal.params["called"] == "B"


@rule("X4", "E1", "F7")
def test_a_line_that_comes_back_meanwhile_is_said_to_be_ready() -> None:
    floor = speaking()
    floor.do(c.LineLost, expect=floor.on_floor)
    shown = floor.on_floor
    floor.recognise(floor.raised("B"), 5)
    floor.do(c.Ready, delegate("A"), expect=shown)
    below = floor.meeting.interventions[floor.meeting.stack[0]]
    assert below.ready_at == floor.now


@rule("X4", "F7")
def test_ready_beneath_an_interruption_starts_no_clock() -> None:
    floor = Floor(clock_starts="at_ready").opened()
    floor.ask("A")
    floor.call("A")
    shown = floor.on_floor
    floor.recognise(floor.raised("B"))
    floor.do(c.Ready, delegate("A"), expect=shown)
    assert floor.request("A").status == "called"
    floor.do(c.Ready, delegate("B"), expect=floor.on_floor)
    assert isinstance(floor.active.clock, Running)


# The row


@rule("X7", "K7", "E5", "R1")
def test_an_interruption_is_a_row_and_no_intervention_of_its_delegation() -> None:
    floor = speaking()
    below = floor.active.id
    key = floor.interrupted("B", 40)
    (ended,) = (
        each for each in floor.events() if isinstance(each, e.InterventionEnded)
    )
    assert (ended.row.over, ended.row.kind) == (below, "point_of_order")
    assert not ended.counted
    total = floor.meeting.totals["B"]
    assert (total.interventions, total.spoken_ms) == (0, 40_000)
    (row,) = log(floor.meeting, "public")
    assert (row["id"], row["over"], row["kind"]) == (key, below, "point_of_order")


@rule("X7")
def test_a_profile_may_count_an_interruption() -> None:
    floor = speaking(**kinds(point_of_order=Interruption(counts=True)))
    floor.interrupted("B", 40)
    assert floor.meeting.totals["B"].interventions == 1


@rule("X7", "R1")
def test_a_motion_and_its_speakers_say_in_the_record_what_they_were() -> None:
    floor = Floor().opened()
    motion = floor.raised("A", **MOTION)
    for point in (
        motion,
        floor.raised("B", kind="procedural_motion", on=motion, side="against"),
    ):
        floor.recognise(point, 10)
        floor.end()
    rows = [(each["motion"], each["side"]) for each in log(floor.meeting, "public")]
    assert rows == [("close_debate", None), ("close_debate", "against")]
    (ended,) = (
        each for each in floor.events() if isinstance(each, e.InterventionEnded)
    )
    assert (ended.row.motion, ended.row.side) == ("close_debate", "against")


# The ruling


@rule("X6", "E5")
def test_until_the_ruling_is_recorded_the_interrupted_one_does_not_go_on() -> None:
    floor = speaking()
    key = floor.interrupted("B", 40)
    floor.wait(30)
    floor.refused("ruling_pending", c.Resume, expect=floor.on_floor)
    assert floor.rule(key, "upheld") == {"gone_on": True}
    assert (floor.left_s(), floor.active.credit_ms) == (130, 0)
    assert isinstance(floor.active.clock, Running)


@rule("X6")
def test_a_kind_without_a_ruling_lets_the_interrupted_go_on_at_once() -> None:
    floor = speaking(**kinds(point_of_order=Interruption()))
    floor.interrupted("B", 40)
    assert isinstance(floor.active.clock, Running)
    assert floor.left_s() == 130


@rule("X6")
def test_the_ruling_is_public_on_the_row_and_its_note_is_the_records() -> None:
    floor = speaking()
    key = floor.interrupted("B", 40)
    floor.rule(key, "upheld", appeal="ruling_stands", note=" Rule  71 ")
    (row,) = log(floor.meeting, "public")
    assert (row["ruling"], row["appeal"]) == ("upheld", "ruling_stands")
    assert "ruling_note" not in row
    assert log(floor.meeting, "record")[0]["ruling_note"] == "Rule 71"
    assert floor.told()["interventions"][key]["ruling"] == "upheld"


@rule("X6", "I5")
def test_a_ruling_is_corrected_by_saying_it_again() -> None:
    floor = speaking()
    key = floor.interrupted("B", 40)
    floor.rule(key, "upheld", appeal="ruling_overturned")
    assert floor.rule(key, "not_upheld") == {"gone_on": False}
    done = floor.meeting.interventions[key]
    assert (done.ruling, done.appeal) == ("not_upheld", None)
    said = [each for commit in floor.commits for each in commit[2]]
    assert sum(isinstance(each, e.RulingRecorded) for each in said) == 2


@rule("X6")
@pytest.mark.parametrize(
    ("kind", "ruling", "right"),
    [
        ("point_of_order", "upheld", True),
        ("point_of_order", "withdrawn", True),
        ("point_of_order", "carried", False),
        ("procedural_motion", "carried", True),
        ("procedural_motion", "noted", True),
        ("procedural_motion", "not_upheld", False),
    ],
)
def test_points_are_upheld_or_not_and_motions_carried_or_lost(
    kind: str, ruling: str, right: bool
) -> None:
    floor = Floor().opened()
    motion = "close_debate" if kind == "procedural_motion" else None
    key = floor.interrupted("B", kind=kind, motion=motion)
    if right:
        floor.rule(key, ruling)
    else:
        floor.refused("not_enabled", c.Rule, intervention=key, ruling=ruling)


@rule("X6")
def test_nobody_rules_on_a_statement_nor_on_who_is_speaking_yet() -> None:
    floor = speaking()
    below = floor.active.id
    floor.refused("wrong_phase", c.Rule, intervention=below, ruling="noted")
    key = floor.recognise(floor.raised("B"), 5)
    floor.refused("wrong_phase", c.Rule, intervention=key, ruling="noted")
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    floor.refused("wrong_phase", c.Rule, intervention=key, ruling="noted")
    floor.end()
    floor.refused("not_enabled", c.Rule, intervention=below, ruling="noted")
    floor.refused("no_such_entity", c.Rule, intervention="i99.0", ruling="noted")


@rule("X6")
def test_only_a_ruling_on_a_point_of_order_is_appealed_against() -> None:
    floor = Floor().opened()
    key = floor.interrupted("B", **MOTION)
    floor.refused(
        "not_enabled",
        c.Rule,
        intervention=key,
        ruling="carried",
        appeal="ruling_stands",
    )


@rule("X6")
def test_the_operator_may_let_the_interrupted_one_wait() -> None:
    floor = speaking()
    key = floor.interrupted("B", 40)
    assert floor.rule(key, then="wait") == {"gone_on": False}
    assert isinstance(floor.active.clock, Held)
    floor.resume()
    assert floor.left_s() == 130


@rule("X6", "X5")
def test_going_on_is_said_for_a_clock_that_was_stopped_too() -> None:
    floor = speaking(**kinds(point_of_order=Interruption(clock="stop", ruling=True)))
    key = floor.interrupted("B", 40)
    floor.rule(key)
    assert isinstance(floor.active.clock, Running)


@rule("X6", "E5", "F12")
def test_the_ruling_may_end_the_intervention_with_what_was_used() -> None:
    floor = speaking()
    below = floor.active.id
    key = floor.interrupted("B", 40)
    floor.wait(60)
    floor.rule(key, "upheld", then="end")
    done = floor.meeting.interventions[below]
    assert (done.outcome, done.counted) == ("order", True)
    assert floor.meeting.totals["A"].spoken_ms == 50_000
    assert floor.meeting.floor is None
    assert floor.request("A").status == "done"
    assert [each["id"] for each in log(floor.meeting, "record")] == [key, below]


@rule("X6")
def test_a_ruling_ends_nobody_but_the_one_who_was_interrupted_and_is_on_top() -> None:
    floor = speaking()
    key = floor.interrupted("B", 40)
    floor.recognise(floor.raised("C"), 5)
    end: Any = {"intervention": key, "ruling": "upheld", "then": "end"}
    assert floor.refused("stale", c.Rule, **end).params["called"] == "C"
    assert floor.rule(key) == {"gone_on": False}
    floor.end()
    floor.rule(floor.meeting.delivered[-1])
    floor.end()
    floor.refused("floor_idle", c.Rule, **end)


@rule("X6")
def test_a_ruling_that_ends_a_point_lets_the_one_beneath_wait_for_its_own() -> None:
    floor = speaking()
    below = floor.active.id
    first = floor.recognise(floor.raised("B"), 10)
    second = floor.interrupted("C", 5)
    floor.rule(second, "upheld", then="end")
    assert floor.active.id == below
    assert floor.meeting.interventions[first].outcome == "order"
    floor.refused("ruling_pending", c.Resume, expect=floor.on_floor)
    floor.rule(first, "withdrawn")
    assert floor.left_s() == 130


@rule("X6", "M3")
def test_a_ruling_in_a_suspended_meeting_starts_nobody() -> None:
    floor = speaking()
    key = floor.interrupted("B", 40)
    floor.suspend()
    assert floor.rule(key) == {"gone_on": False}
    assert isinstance(floor.active.clock, Held)
    floor.resume_meeting()
    floor.resume()
    assert floor.left_s() == 130


@rule("X6", "M7")
def test_a_ruling_is_mended_until_the_record_is_closed() -> None:
    floor = Floor().opened()
    key = floor.interrupted("B", 40)
    floor.adjourn()
    floor.rule(key, "upheld")
    assert log(floor.meeting, "public")[0]["ruling"] == "upheld"
    floor.do(c.CloseRecord, expect=floor.expect_state())
    floor.refused("wrong_meeting_state", c.Rule, intervention=key, ruling="noted")


# The chair's own remarks


@rule("X10", "I1")
def test_the_chair_speaks_at_once_and_has_a_row_that_counts_for_nobody() -> None:
    floor = Floor(OPENING, DISCUSSION).opened()
    floor.do(c.ChairRemarks, expect=floor.on_top)
    assert isinstance(floor.active.clock, Running)
    (shown,) = snapshot(floor.meeting, "public")["floor"].values()
    assert (shown["kind"], shown["label"]) == ("chair", "President")
    assert shown["person"]["name"] == "Ms. Chair"
    floor.wait(70)
    floor.end()
    (row,) = log(floor.meeting, "public")
    assert (row["kind"], row["used_ms"], row["person"]["name"]) == (
        "chair",
        70_000,
        "Ms. Chair",
    )
    done = floor.meeting.interventions[floor.meeting.delivered[0]]
    assert not done.counted
    assert not floor.meeting.segments[done.segment].called
    assert floor.meeting.lists[POINTS].order == ()


@rule("X10", "P2")
def test_a_presider_who_is_not_known_yet_has_a_function_and_no_name() -> None:
    floor = Floor().opened()
    floor.do(c.ChairRemarks, expect=floor.on_top)
    assert floor.meeting.requests[floor.active.request].person is None


@rule("X10", "F4", "E10")
def test_the_chair_takes_the_floor_only_while_it_is_idle() -> None:
    floor = Floor().lobby()
    floor.refused("wrong_meeting_state", c.ChairRemarks, expect=floor.on_top)
    floor.do(c.CallToOrder, expect=floor.expect_state())
    floor.ask("A")
    shown = floor.on_top
    floor.call("A")
    floor.refused("stale", c.ChairRemarks, expect=shown)
    refusal = floor.refused("floor_occupied", c.ChairRemarks, expect=floor.on_top)
    assert refusal.params["delegation"] == "A"


@rule("X10", "X4")
def test_a_point_of_order_interrupts_the_chair_too() -> None:
    floor = Floor().opened()
    floor.do(c.ChairRemarks, expect=floor.on_top)
    floor.wait(10)
    key = floor.interrupted("B", 5)
    floor.rule(key)
    assert (floor.active.over, floor.used_s()) == (None, 10)


@rule("X10", "E8")
def test_the_chair_called_by_mistake_waits_on_no_list() -> None:
    floor = Floor().opened()
    floor.do(c.ChairRemarks, expect=floor.on_top)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.meeting.floor is None
    assert all(not each.order for each in floor.meeting.lists.values())
    assert all(each.status == "declined" for each in floor.meeting.requests.values())
    assert floor.meeting.delivered == ()


@rule("X10", "E1")
def test_the_chair_does_not_come_back_for_the_rest() -> None:
    floor = Floor().opened()
    floor.do(c.ChairRemarks, expect=floor.on_top)
    floor.wait(10)
    floor.end(returns=True)
    done = floor.meeting.interventions[floor.meeting.delivered[0]]
    assert done.outcome == "delivered"
    assert floor.meeting.lists[POINTS].order == ()


# Taking it back


@rule("X4", "U2", "U6")
def test_recognising_is_undone_until_the_start_and_the_clock_has_run_on() -> None:
    floor = speaking()
    point = floor.raised("B")
    was = floor.active
    floor.recognise(point)
    floor.wait(15)
    floor.undo()
    assert floor.active == was
    assert floor.left_s() == 115
    assert floor.points() == "B"
    assert not {"requests", "interventions"} & floor.told().keys()
    floor.recognise(point)
    floor.start()
    floor.wait(3)
    floor.undo()
    assert floor.meeting.requests[point].status == "called"
    floor.undo()
    assert floor.active.id == was.id


@rule("X6", "U3")
def test_an_undone_ruling_leaves_the_point_in_the_record_without_one() -> None:
    floor = speaking()
    key = floor.interrupted("B", 40)
    delivered, totals = floor.meeting.delivered, floor.meeting.totals
    floor.rule(key, "upheld", then="end")
    floor.undo()
    assert (floor.meeting.delivered, floor.meeting.totals) == (delivered, totals)
    done = floor.meeting.interventions[key]
    assert (done.outcome, done.number, done.ruling) == ("delivered", 1, None)
    assert isinstance(floor.active.clock, Held)
    assert floor.left_s() == 130


@rule("U3", "X5")
def test_an_undone_end_of_an_interruption_puts_the_whole_stack_back() -> None:
    floor = speaking(**kinds(point_of_order=Interruption()))
    floor.recognise(floor.raised("B"), 40)
    stack = floor.meeting.stack
    floor.end()
    floor.wait(5)
    floor.undo()
    assert floor.meeting.stack == stack
    assert floor.used_s() == 45
    below = floor.meeting.interventions[stack[0]]
    assert isinstance(below.clock, Held) and below.holds == ()
    assert floor.meeting.delivered == ()


@rule("U4", "X4")
def test_overtaken_by_the_delegation_that_withdrew_its_point() -> None:
    floor = speaking()
    point = floor.raised("B")
    floor.recognise(point)
    floor.withdraw(point, delegate("B"))
    floor.refused("undo_overtaken", c.Undo, expect=floor.last_act())


@rule("U4", "X6")
def test_overtaken_by_the_interrupted_delegation_that_ended() -> None:
    floor = speaking()
    key = floor.interrupted("B", 40)
    floor.rule(key)
    floor.end(delegate("A"))
    floor.refused("undo_overtaken", c.Undo, expect=floor.last_act())


@rule("X10", "U3")
def test_the_chairs_remarks_are_undone_without_a_trace_in_the_record() -> None:
    floor = Floor().opened()
    floor.do(c.ChairRemarks, expect=floor.on_top)
    floor.wait(4)
    floor.undo()
    assert floor.meeting.floor is None
    assert log(floor.meeting, "staff") == []
    assert all(each.status == "voided" for each in floor.meeting.requests.values())


@rule("E14")
def test_a_presider_in_the_national_capacity_is_said_so_in_the_row() -> None:
    floor = Floor().opened()
    floor.put("A", national_capacity=True)
    floor.heard("A")
    (ended,) = (
        each for each in floor.events() if isinstance(each, e.InterventionEnded)
    )
    assert ended.row.national_capacity
    assert log(floor.meeting, "public")[0]["national_capacity"]
