"""The clock of an intervention: held, resumed, given more, begun again."""

from typing import Any

import pytest
from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.actor import ALARM
from rostra.core.alarms import ServerReturned, Silent, next_alarm
from rostra.core.ids import Code, Instant
from rostra.core.meeting import LIVE, Held, Running
from rostra.core.own import mine
from rostra.core.views import snapshot
from support.floor import (
    DISCUSSION,
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


@rule("F9", "E6")
@pytest.mark.parametrize(("reason", "credit"), [("audio", 10), ("other", 0)])
def test_after_a_technical_pause_the_credit_of_the_profile_is_given(
    reason: str, credit: int
) -> None:
    floor = three()
    floor.speak("A", 80)
    floor.pause(reason)
    floor.wait(60)
    floor.resume()
    assert floor.left_s() == 100 + credit
    assert floor.active.credit_ms == credit * 1000


@rule("F9")
def test_suspension_is_no_reason_of_an_operator() -> None:
    floor = three()
    floor.speak("A")
    floor.refused("wrong_phase", c.Pause, reason="suspension", expect=floor.on_floor)


@rule("E1")
def test_ready_is_said_anew_after_a_lost_line() -> None:
    floor = three()
    floor.call("A")
    floor.do(c.Ready, delegate("A"), expect=floor.on_floor)
    floor.start()
    floor.do(c.LineLost, expect=floor.on_floor)
    assert (floor.active.ready_at, floor.active.ready_by) == (None, "")


@rule("E7")
def test_time_is_added_up_to_the_cap_before_and_after_the_start() -> None:
    floor = three()
    floor.call("A")
    floor.do(c.Extend, seconds=60, expect=floor.on_floor)
    floor.start()
    floor.wait(200)
    assert floor.left_s() == 40
    floor.do(c.Extend, seconds=110, expect=floor.on_floor)
    refusal = floor.refused(
        "extension_cap", c.Extend, seconds=11, expect=floor.on_floor
    )
    assert refusal.params["left_s"] == 10
    floor.do(c.Extend, seconds=10, expect=floor.on_floor)
    refusal = floor.refused("extension_cap", c.Extend, seconds=1, expect=floor.on_floor)
    assert refusal.params["left_s"] == 0
    assert floor.active.allotted_ms == 360_000


@rule("E16")
def test_after_a_downtime_the_clock_has_run_on_and_time_is_given_back_on_request() -> (
    None
):
    floor = three()
    floor.speak("A", 20)
    since = floor.now
    floor.wait(45)
    floor.alarm(ServerReturned(since, floor.now))
    assert floor.meeting.downtime_ms == 45_000
    assert floor.used_s() == 65
    floor.refused("stale", c.Credit, ms=45_001, expect=floor.on_floor)
    floor.do(c.Credit, ms=40_000, expect=floor.on_floor)
    assert floor.meeting.downtime_ms == 0
    assert (floor.used_s(), floor.left_s()) == (65, 155)
    floor.refused("stale", c.Credit, ms=0, expect=floor.on_floor)


@rule("E16")
def test_the_speech_went_on_and_nothing_is_given_back() -> None:
    floor = three()
    floor.speak("A", 20)
    since = floor.now
    floor.wait(45)
    floor.alarm(ServerReturned(since, floor.now))
    floor.do(c.Credit, ms=0, expect=floor.on_floor)
    assert (floor.meeting.downtime_ms, floor.left_s()) == (0, 115)


@rule("E16")
def test_a_downtime_counts_from_when_the_clock_ran() -> None:
    floor = three()
    since = floor.now
    floor.wait(20)
    floor.speak("A", 40)
    floor.alarm(ServerReturned(since, floor.now))
    assert floor.meeting.downtime_ms == 40_000


@rule("E16")
def test_only_the_downtime_of_a_running_clock_is_asked_about() -> None:
    floor = three()
    away = ServerReturned(floor.now, Instant(floor.now + 60_000))
    refusal = floor.decide(away, MODERATOR)
    assert getattr(refusal, "code", None) == "floor_idle"
    floor.speak("A", 40)
    floor.alarm(away)
    assert floor.meeting.downtime_ms == 60_000
    floor.end()
    assert floor.meeting.downtime_ms == 0


@rule("I7")
def test_over_time_the_clock_counts_on() -> None:
    floor = Floor(DISCUSSION).opened()
    floor.ask("N")
    floor.speak("N", 150)
    assert (floor.used_s(), floor.left_s()) == (150, -30)
    floor.end()
    assert floor.meeting.totals["N"].spoken_ms == 150_000


@rule("F9", "X5")
def test_an_interruption_is_no_reason_of_an_operator() -> None:
    floor = three()
    floor.speak("A")
    floor.refused("wrong_phase", c.Pause, reason="interruption", expect=floor.on_floor)


# More time for all who are still to come


@rule("E7")
def test_the_same_extension_for_those_of_the_tier_who_are_still_to_come() -> None:
    floor = three()
    floor.ask("I")
    floor.ask("E", group="G77")
    floor.put("D", limit_s=100)
    floor.ask("A", list=list_key())
    floor.speak("A")
    floor.do(c.Extend, seconds=60, rest=True, expect=floor.on_floor)
    assert floor.active.allotted_ms == 240_000
    limits = {str(r.group or r.delegation): r.limit_ms for r in _live(floor)}
    assert limits == {
        "B": 240_000,
        "C": 240_000,
        "D": 160_000,
        "I": 120_000,
        "G77": 300_000,
    }
    assert floor.speakers().limits_set_at == floor.now
    assert floor.speakers().limits_s == {}


def _live(floor: Floor) -> Any:
    return [each for each in floor.meeting.requests.values() if each.status in LIVE]


@rule("E7")
def test_who_is_called_already_and_other_kinds_and_lists_are_left_alone() -> None:
    floor = Floor(DISCUSSION, DISCUSSION).opened()
    floor.ask("A", "B")
    floor.ask("C", list=list_key(1))
    floor.put("D", kind="introduction")
    floor.call("B")
    floor.do(c.Extend, seconds=30, rest=True, expect=floor.on_floor)
    assert floor.request("B").limit_ms == 180_000
    assert floor.active.allotted_ms == 210_000
    assert floor.request("A").limit_ms == 210_000
    assert floor.request("C").limit_ms == 180_000
    assert floor.request("D").limit_ms == 600_000


@rule("E7")
def test_with_nobody_to_come_only_the_speaker_has_more() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A")
    floor.do(c.Extend, seconds=30, rest=True, expect=floor.on_floor)
    assert floor.speakers().limits_set_at is None
    refusal = floor.refused(
        "extension_cap", c.Extend, seconds=160, rest=True, expect=floor.on_floor
    )
    assert refusal.params["left_s"] == 150


@rule("E7")
def test_those_who_wait_for_a_yes_have_more_too() -> None:
    floor = Floor(approval=True).opened()
    floor.put("A")
    floor.ask("B")
    floor.speak("A")
    floor.do(c.Extend, seconds=30, rest=True, expect=floor.on_floor)
    assert floor.request("B").limit_ms == 210_000


# Beginning again


@rule("F13", "E6")
def test_the_speaker_begins_again_with_the_whole_limit() -> None:
    floor = three()
    floor.speak("A", 70)
    floor.do(c.ResetClock, expect=floor.on_floor)
    assert (floor.used_s(), floor.left_s()) == (0, 180)
    floor.wait(10)
    assert floor.left_s() == 170
    assert e.ClockReset(intervention=floor.active.id) in floor.events()
    floor.end()
    assert floor.meeting.totals["A"].spoken_ms == 10_000


@rule("F13")
def test_a_clock_that_stands_begins_again_and_stands() -> None:
    floor = three()
    floor.speak("A", 70)
    floor.pause("interpretation")
    floor.wait(5)
    floor.do(c.ResetClock, expect=floor.on_floor)
    assert isinstance(floor.active.clock, Held)
    floor.wait(5)
    floor.resume(credit_s=0)
    assert floor.left_s() == 180
    assert floor.active.holds[0].until - floor.active.holds[0].since == 10_000


@rule("F13")
def test_nothing_begins_again_that_has_not_begun() -> None:
    floor = three()
    floor.call("A")
    floor.refused("wrong_phase", c.ResetClock, expect=floor.on_floor)


# The cut is signalled


def hard(grace_s: int = 30) -> Floor:
    """A speaks under rules that cut."""
    floor = Floor(enforcement="hard", grace_s=grace_s).opened()
    floor.ask("A", "B")
    floor.speak("A")
    return floor


def cut(floor: Floor) -> None:
    """The engine's alarm comes, in time."""
    due = next_alarm(floor.meeting)
    assert due
    floor.now = max(floor.now, due[0])
    floor.alarm(due[1])


@rule("F14")
@pytest.mark.parametrize("grace", [0, 30])
def test_at_limit_and_grace_the_cut_is_signalled_and_nothing_else_happens(
    grace: int,
) -> None:
    floor = hard(grace)
    cut(floor)
    assert floor.used_s() == 180 + grace
    assert floor.active.cut_at == floor.now
    assert floor.events() == (e.CutSignalled(intervention=floor.active.id),)
    assert isinstance(floor.active.clock, Running)
    assert not floor.public()
    (shown,) = snapshot(floor.meeting, "staff")["floor"].values()
    own = mine(floor.meeting, Code("A")).floor
    assert shown["cut_at"] == floor.now
    assert own and own.cut_at == floor.now
    floor.wait(500)
    assert next_alarm(floor.meeting) is None


@rule("F14")
def test_an_extension_moves_the_cut_also_after_it_was_signalled() -> None:
    floor = hard()
    early = next_alarm(floor.meeting)
    floor.do(c.Extend, seconds=30, expect=floor.on_floor)
    assert early
    floor.now = early[0]
    refusal = floor.decide(early[1], MODERATOR)
    assert getattr(refusal, "code", None) == "stale"
    cut(floor)
    assert floor.used_s() == 240
    floor.do(c.Extend, seconds=60, expect=floor.on_floor)
    assert floor.active.cut_at is None
    cut(floor)
    assert floor.used_s() == 300


@rule("F14", "U3")
def test_an_undone_extension_leaves_the_signal_that_was_given() -> None:
    floor = hard()
    cut(floor)
    at = floor.active.cut_at
    floor.do(c.Extend, seconds=60, expect=floor.on_floor)
    floor.undo()
    assert floor.active.cut_at == at
    assert next_alarm(floor.meeting) is None


@rule("F14", "F9", "E16")
def test_time_given_back_moves_the_cut_and_a_pause_without_credit_does_not() -> None:
    floor = hard()
    cut(floor)
    floor.pause()
    floor.resume(credit_s=0)
    assert next_alarm(floor.meeting) is None
    floor.pause()
    floor.resume(credit_s=10)
    cut(floor)
    assert floor.used_s() == 220
    since = floor.now
    floor.wait(40)
    floor.alarm(ServerReturned(since, floor.now))
    floor.do(c.Credit, ms=0, expect=floor.on_floor)
    assert next_alarm(floor.meeting) is None
    floor.alarm(ServerReturned(since, floor.now))
    floor.do(c.Credit, ms=40_000, expect=floor.on_floor)
    assert next_alarm(floor.meeting)


@rule("F14", "F13")
def test_who_begins_again_is_cut_after_the_whole_limit() -> None:
    floor = hard()
    cut(floor)
    floor.do(c.ResetClock, expect=floor.on_floor)
    cut(floor)
    assert floor.used_s() == 210


@rule("F14")
def test_a_cut_that_is_no_longer_due_does_nothing() -> None:
    floor = hard()
    due = next_alarm(floor.meeting)
    assert due
    for too_soon in (True, False):
        if not too_soon:
            floor.now = due[0]
            floor.end()
        refusal = floor.decide(due[1], MODERATOR)
        assert getattr(refusal, "code", None) == "stale"


# Every device is silent


@rule("F15", "E1")
def test_only_a_profile_holds_the_clock_when_every_device_is_silent() -> None:
    floor = three()
    key = floor.speak("A", 40)
    gone = Silent(key, floor.now)
    refusal = floor.decide(gone, ALARM)
    assert getattr(refusal, "code", None) == "not_enabled"
    floor = three(auto_hold=True)
    key = floor.speak("A", 5)
    gone = Silent(key, floor.now)
    floor.alarm(gone)
    assert floor.active.line_lost
    assert isinstance(floor.active.clock, Held)
    assert floor.left_s() == 175
    refusal = floor.decide(gone, ALARM)
    assert getattr(refusal, "code", None) == "stale"
    floor.refused("undo_overtaken", c.Undo, expect=floor.last_act())
    floor.resume()
    assert floor.left_s() == 185


@rule("F15")
def test_silence_of_one_who_has_ended_holds_nobody() -> None:
    floor = three(auto_hold=True)
    key = floor.heard("A")
    floor.speak("B")
    refusal = floor.decide(Silent(key, floor.now), ALARM)
    assert getattr(refusal, "code", None) == "stale"


@rule("F9")
def test_the_answer_says_what_is_left_and_what_was_given_back() -> None:
    floor = three()
    floor.speak("A", 50)
    held = floor.do(c.Pause, reason="audio", expect=floor.on_floor)
    assert held == {"left_ms": 130_000}
    resumed = floor.do(c.Resume, expect=floor.on_floor)
    assert resumed == {"credit_ms": 10_000}


@rule("F9", "M3")
def test_nobody_goes_on_while_the_meeting_is_suspended() -> None:
    floor = three()
    floor.speak("A", 50)
    floor.suspend()
    floor.refused("wrong_meeting_state", c.Resume, expect=floor.on_floor)


@rule("E7")
def test_under_a_lower_cap_nothing_is_left_and_nothing_is_taken_back() -> None:
    floor = three()
    floor.speak("A")
    floor.do(c.Extend, seconds=180, expect=floor.on_floor)
    profile = structs.replace(floor.meeting.profile, extension_cap_percent=50)
    floor.meeting = structs.replace(floor.meeting, profile=profile)
    refusal = floor.refused("extension_cap", c.Extend, seconds=1, expect=floor.on_floor)
    assert refusal.current == {"left_s": 0}
    assert floor.left_s() == 360
