"""What an undone act had changed, put back; the acts themselves are in test_undo."""

from typing import Any

from rostra.core import commands as c
from rostra.core.alarms import ServerReturned
from rostra.core.ids import Instant
from rostra.core.meeting import Running
from rostra.core.restore import ACTIONS_KEPT
from support.floor import DISCUSSION, PANEL, Floor, delegate, rule


def three(**profile: Any) -> Floor:
    """A, B and C on the list of a meeting in session."""
    floor = Floor(DISCUSSION, DISCUSSION, **profile).opened()
    floor.ask("A", "B", "C")
    return floor


@rule("U5", "O8")
def test_an_undone_call_moves_nobody_who_was_told_though_a_group_has_come() -> None:
    floor = three(modifiers=("groups_first",))
    floor.call("A")
    floor.ask("E", group="G77")
    floor.undo()
    assert not floor.public()
    assert floor.order() == "A B C G77"


@rule("U3", "U4")
def test_a_call_is_undone_though_one_who_was_told_has_withdrawn() -> None:
    floor = three()
    floor.call("A")
    floor.withdraw("B")
    floor.undo()
    assert floor.order() == "A C"
    assert floor.request("B").status == "withdrawn"


@rule("U3", "U4")
def test_a_move_is_undone_though_the_speaker_has_ended_meanwhile() -> None:
    floor = three()
    floor.speak("A", 20)
    floor.move("C", 0)
    floor.end(delegate("A"))
    floor.undo()
    assert floor.order() == "B C"
    assert floor.meeting.floor is None


@rule("U6")
def test_a_clock_that_an_undo_sets_going_again_has_run_on() -> None:
    floor = three()
    floor.speak("A", 30)
    floor.end()
    floor.wait(8)
    floor.undo()
    assert isinstance(floor.active.clock, Running)
    assert floor.used_s() == 38


@rule("U3", "R1")
def test_an_undone_end_takes_the_row_and_the_totals_back() -> None:
    floor = three()
    floor.heard("A")
    floor.speak("B", 10)
    floor.end()
    floor.undo()
    assert len(floor.meeting.delivered) == 1
    assert list(floor.meeting.totals) == ["A"]
    floor.end()
    last = floor.meeting.delivered[-1]
    assert floor.meeting.interventions[last].number == 2


@rule("U3", "K7")
def test_a_voice_whose_only_row_left_took_no_time_keeps_its_total() -> None:
    floor = Floor().opened()
    for seconds in (0, 10):
        floor.put("A", kind="introduction")
        floor.heard("A", seconds)
    floor.undo()
    assert floor.meeting.totals["A"].spoken_ms == 0
    floor.end()
    assert floor.meeting.totals["A"].spoken_ms == 10_000


@rule("U3")
def test_attempts_and_ready_are_kept() -> None:
    floor = three()
    floor.call("A")
    floor.do(c.Extend, seconds=30, expect=floor.on_floor)
    floor.do(c.Call, request=floor.of("A"), expect=floor.expect_head())
    floor.do(c.Ready, delegate("A"), expect=floor.on_floor)
    floor.undo()
    assert floor.active.extension_ms == 0
    assert len(floor.active.attempts) == 2
    assert floor.active.ready_by == "phone"


@rule("U3")
def test_who_had_said_ready_is_ready_again_when_a_lost_line_was_a_mistake() -> None:
    floor = three()
    floor.call("A")
    floor.do(c.Ready, delegate("A"), expect=floor.on_floor)
    floor.start()
    floor.do(c.LineLost, expect=floor.on_floor)
    floor.undo()
    assert floor.active.ready_by == "phone"


@rule("U3", "E16")
def test_an_undone_answer_to_a_downtime_asks_again() -> None:
    floor = three()
    floor.speak("A", 30)
    floor.alarm(ServerReturned(Instant(floor.now - 20_000), floor.now))
    floor.do(c.Credit, ms=0, expect=floor.on_floor)
    floor.undo()
    assert floor.meeting.downtime_ms == 20_000


@rule("U3", "P8")
def test_an_undone_round_puts_the_questions_back() -> None:
    floor = Floor(PANEL).opened()
    floor.ask("A", "B", kind="question")
    floor.heard("A")
    heard = floor.speakers().heard
    order = floor.order()
    floor.do(c.CloseRound, expect=floor.expect_list())
    floor.undo()
    assert floor.speakers().heard == heard
    assert floor.order() == order
    assert floor.speakers().round == 1


@rule("U3")
def test_an_undone_opening_keeps_those_who_came() -> None:
    floor = Floor(lists_open="by_hand").opened()
    floor.do(c.OpenList, expect=floor.expect_list())
    floor.ask("A")
    floor.undo()
    assert (floor.speakers().state, floor.order()) == ("not_open", "A")


@rule("U1")
def test_ten_acts_can_be_taken_back() -> None:
    floor = three()
    for _ in range(12):
        floor.move("C", 0)
    for _ in range(10):
        floor.undo()
    floor.refused("nothing_to_undo", c.Undo, expect=c.ExpectAction(1))


def test_a_bounded_number_of_acts_is_kept() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    for _ in range(ACTIONS_KEPT + 5):
        floor.move("B", 0)
    assert len(floor.meeting.actions) == ACTIONS_KEPT


@rule("U3", "O8")
def test_who_stepped_aside_since_is_not_told_again_by_another_act_s_undo() -> None:
    floor = three()
    floor.heard("A")
    key = floor.of("B")
    assert floor.meeting.requests[key].told_at is not None
    floor.do(c.Pin, expect=floor.at_place("B"))
    floor.do(c.Park, delegate("B"), request=key)
    floor.undo()
    parked = floor.meeting.requests[key]
    assert (parked.status, parked.told_at) == ("deferred", None)


@rule("U3", "O17")
def test_an_undone_unpin_gives_the_place_back_though_others_have_come_before() -> None:
    floor = Floor(DISCUSSION, modifiers=("groups_first",)).opened()
    floor.ask("A")
    floor.do(c.Pin, expect=floor.at_place("A"))
    floor.do(c.Unpin, expect=floor.at_place("A"))
    floor.ask("E", group="G77")
    assert floor.order() == "G77 A"
    floor.undo()
    assert floor.order() == "A G77"
