"""The meeting's states and its segments."""

import pytest

from rostra.core import commands as c
from rostra.core.alarms import next_alarm
from rostra.core.ids import Instant, LinkId, SegmentId
from rostra.core.meeting import Held
from rostra.core.profile import Interruption
from rostra.core.timing import used_ms
from support.floor import (
    DISCUSSION,
    PANEL,
    PROFILE,
    WHOLE,
    Floor,
    delegate,
    list_key,
    rule,
)


@rule("M1")
def test_the_lobby_opens_and_the_lists_with_it() -> None:
    floor = Floor(*WHOLE).lobby()
    assert floor.meeting.state == "lobby"
    states = [floor.speakers(each).state for each in range(4)]
    assert states == ["not_open", "open", "open", "not_open"]


@rule("M1")
def test_lists_open_at_the_call_to_order_or_by_hand_where_the_profile_says_so() -> None:
    at_order = Floor(lists_open="at_order").lobby()
    assert at_order.speakers().state == "not_open"
    at_order.do(c.CallToOrder, expect=at_order.expect_state())
    assert at_order.speakers().state == "open"
    assert Floor(lists_open="by_hand").opened().speakers().state == "not_open"


@rule("M1")
def test_a_list_that_was_closed_in_advance_is_not_opened_again() -> None:
    floor = Floor(lists_open="at_order")
    floor.do(c.OpenList, expect=floor.expect_list())
    floor.close()
    floor.opened()
    assert floor.speakers().state == "closed"


@rule("M2")
def test_the_call_to_order_begins_the_first_segment() -> None:
    floor = Floor(*WHOLE).lobby().wait(60)
    floor.do(c.CallToOrder, expect=floor.expect_state())
    assert floor.meeting.state == "in_session"
    assert floor.meeting.called_to_order_at == floor.now
    assert floor.meeting.segment == "s1.0"
    assert floor.meeting.segments[SegmentId("s1.0")].state == "running"


@rule("M8")
def test_a_button_that_showed_another_state_is_stale() -> None:
    floor = Floor().lobby()
    shown = c.ExpectState("scheduled")
    for kind in (c.OpenLobby, c.CallToOrder, c.Suspend, c.ResumeMeeting, c.Adjourn):
        refusal = floor.refused("stale", kind, expect=shown)
        assert refusal.current == {"state": "lobby"}
    floor.refused("stale", c.CloseRecord, expect=shown)


@rule("M8")
def test_what_the_state_does_not_allow_is_refused() -> None:
    floor = Floor()
    now = floor.expect_state()
    for kind in (c.CallToOrder, c.Suspend, c.ResumeMeeting, c.Adjourn, c.CloseRecord):
        floor.refused("wrong_meeting_state", kind, expect=now)
    floor.opened()
    floor.refused("wrong_meeting_state", c.OpenLobby, expect=floor.expect_state())
    floor.refused("wrong_meeting_state", c.CloseRecord, expect=floor.expect_state())


@rule("M3", "I7")
def test_suspending_holds_the_clock_of_who_speaks() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.speak("A", 50)
    floor.suspend()
    clock = floor.active.clock
    assert isinstance(clock, Held) and clock.reason == "suspension"
    floor.wait(3600)
    assert floor.used_s() == 50
    floor.refused("wrong_meeting_state", c.Start, expect=floor.on_floor)
    floor.refused("wrong_meeting_state", c.Resume, expect=floor.on_floor)


@rule("M3", "F5", "E23")
def test_suspending_takes_a_call_back_to_its_place_and_nobody_outside_sees_it() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    called = floor.call("B")
    floor.suspend()
    assert floor.meeting.floor is None
    assert floor.order() == "A B C"
    assert floor.request("B").status == "queued"
    assert floor.meeting.interventions[called].outcome == "voided"
    assert not {"floor", "requests", "interventions"} & floor.told().keys()
    assert not floor.public().order
    floor.refused(
        "wrong_meeting_state",
        c.Call,
        request=floor.of("A"),
        expect=floor.expect_head(),
    )


@rule("M3")
def test_a_pause_that_was_there_before_stays_what_it_was() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 20)
    floor.do(c.LineLost, expect=floor.on_floor)
    floor.suspend()
    clock = floor.active.clock
    assert isinstance(clock, Held) and clock.reason == "connection"
    assert floor.active.line_lost


@rule("M3")
def test_an_operator_may_end_the_held_intervention_while_suspended() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 50)
    floor.suspend()
    floor.end()
    assert floor.meeting.floor is None
    assert floor.meeting.totals["A"].spoken_ms == 50_000


@rule("U4", "M3")
def test_suspending_leaves_nothing_to_undo() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 50)
    floor.pause()
    act = floor.last_act()
    floor.suspend()
    floor.refused("nothing_to_undo", c.Undo, expect=act)


@rule("M3", "M5")
def test_an_emergency_stops_the_lobby_too_and_leads_back_to_it() -> None:
    floor = Floor().lobby()
    floor.ask("A", list=list_key())
    floor.do(c.Suspend, reason="the platform is down", expect=floor.expect_state())
    assert floor.meeting.state == "suspended"
    assert floor.meeting.suspended_reason == "the platform is down"
    floor.refused("wrong_meeting_state", c.CallToOrder, expect=floor.expect_state())
    floor.resume_meeting()
    assert (floor.meeting.state, floor.order()) == ("lobby", "A")
    floor.do(c.CallToOrder, expect=floor.expect_state())
    assert floor.meeting.state == "in_session"


@rule("M4", "M5")
def test_requests_are_taken_while_suspended_unless_the_profile_says_no() -> None:
    floor = Floor().opened()
    floor.suspend()
    floor.ask("A")
    strict = Floor(inscribe_while_suspended=False).opened()
    strict.suspend()
    strict.refused(
        "wrong_meeting_state", c.RequestFloor, delegate("A"), kind="statement"
    )
    strict.resume_meeting()
    strict.ask("A")


@rule("M4")
def test_requests_are_taken_before_the_lobby_opens_where_the_list_is_open() -> None:
    floor = Floor()
    floor.do(c.OpenList, expect=floor.expect_list())
    floor.ask("A", list=floor.speakers().id)
    assert floor.order() == "A"


@rule("M5", "F9")
def test_resuming_leaves_everything_as_it_was_and_the_clock_to_the_operator() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.speak("A", 50)
    before = floor.speakers()
    floor.suspend()
    floor.wait(7200)
    floor.resume_meeting()
    assert floor.speakers() == before
    assert isinstance(floor.active.clock, Held)
    floor.wait(30)
    floor.resume()
    assert floor.left_s() == 130


@rule("M5")
def test_the_time_of_resuming_must_lie_ahead() -> None:
    floor = Floor().opened()
    for at in (floor.now, Instant(floor.now - 1)):
        floor.refused("bad_time", c.Suspend, resume_at=at, expect=floor.expect_state())
    at = Instant(floor.now + 1)
    floor.do(c.Suspend, resume_at=at, reason="x", expect=floor.expect_state())
    suspended = floor.meeting
    floor.resume_meeting()
    resumed = floor.meeting
    assert (suspended.resume_at, suspended.suspended_reason) == (at, "x")
    assert (resumed.resume_at, resumed.suspended_reason) == (None, "")


@rule("M6")
def test_the_meeting_does_not_rise_while_somebody_has_the_floor() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.call("A")
    refusal = floor.refused("floor_occupied", c.Adjourn, expect=floor.expect_state())
    assert refusal.params["delegation"] == "A"


@rule("M6", "U4")
def test_at_the_end_lists_close_and_whoever_was_not_heard_is_told_so() -> None:
    floor = Floor(PANEL, DISCUSSION).opened(1)
    floor.ask("A", "B")
    floor.heard("A")
    floor.adjourn()
    assert floor.meeting.state == "rose"
    assert floor.meeting.rose_at == floor.now
    assert floor.speakers(1).state == "closed"
    assert floor.speakers(1).order == ()
    assert floor.request("B").status == "written_only"
    assert floor.request("r1.0").status == "expired"
    assert floor.request("A").status == "done"
    assert floor.meeting.actions == ()
    assert next_alarm(floor.meeting) is None


@rule("M6")
def test_a_suspended_meeting_may_rise() -> None:
    floor = Floor().opened()
    floor.suspend()
    floor.adjourn()
    assert floor.meeting.state == "rose"


@rule("M7")
def test_after_rising_names_and_notes_may_be_mended_and_nothing_else() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.heard("A")
    floor.adjourn()
    floor.do(c.WriteNote, intervention=key, text="gist")
    floor.do(c.NameSpeaker, request=floor.of("A"),
             language="fr")  # fmt: skip
    floor.refused("wrong_meeting_state", c.Announce, text="too late")
    floor.refused("wrong_meeting_state", c.OpenList, expect=floor.expect_list())
    floor.refused("wrong_meeting_state", c.Withdraw, request=floor.of("A"))
    floor.refused("wrong_meeting_state", c.SetPresider, segment="s1.0", name="Somebody")


@rule("M7")
def test_a_closed_record_changes_no_more_but_links_can_be_revoked() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.heard("A")
    signal = floor.do(c.RequestFloor, delegate("A"), kind="technical")["signal"]
    said = floor.do(c.Announce, text="Lunch")["announcement"]
    floor.adjourn()
    floor.do(c.CloseRecord, expect=floor.expect_state())
    assert floor.meeting.state == "archived"
    floor.refused("wrong_meeting_state", c.WriteNote, intervention=key, text="x")
    floor.refused("wrong_meeting_state", c.ConfirmName, request=floor.of("A"))
    floor.refused("wrong_meeting_state", c.ClearSignal, signal=signal)
    floor.refused("wrong_meeting_state", c.ClearAnnouncement, announcement=said)
    floor.do(c.RevokeLink, link=LinkId("dA"))


@rule("P3")
def test_each_segment_has_its_own_presider_changed_in_one_press() -> None:
    floor = Floor(*WHOLE)
    floor.do(c.SetPresider, segment="s1.2", name=" Mr. Vice ", function="Chair")
    segments = floor.meeting.segments
    assert segments[SegmentId("s1.2")].presider.name == "Mr. Vice"
    assert segments[SegmentId("s1.0")].presider.name == "Ms. Chair"
    floor.refused("no_such_entity", c.SetPresider, segment="s1.9", name="x")


@rule("P4")
def test_another_segment_begins_with_its_own_list_and_one_may_go_back() -> None:
    floor = Floor(*WHOLE).opened()
    floor.go(2)
    segments = floor.meeting.segments
    assert [each.state for each in segments.values()] == [
        "done",
        "upcoming",
        "running",
        "upcoming",
    ]
    started = segments[SegmentId("s1.0")].started_at
    floor.wait(60)
    floor.go(0)
    again = floor.meeting.segments[SegmentId("s1.0")]
    assert (again.state, again.started_at, again.ended_at) == ("running", started, None)
    assert floor.meeting.running_list == floor.speakers(0)


@rule("P4")
def test_a_segment_is_not_left_while_somebody_has_the_floor() -> None:
    floor = Floor(*WHOLE).opened()
    floor.call("r1.0")
    shown = c.ExpectSegment(SegmentId("s1.0"))
    floor.refused("floor_occupied", c.GoToSegment, segment="s1.1", expect=shown)


@rule("P4")
def test_going_on_names_the_segment_that_was_shown() -> None:
    floor = Floor(*WHOLE)
    nowhere, first = c.ExpectSegment(None), c.ExpectSegment(SegmentId("s1.0"))
    floor.refused("wrong_meeting_state", c.GoToSegment, segment="s1.1", expect=nowhere)
    floor.opened()
    floor.refused("stale", c.GoToSegment, segment="s1.1", expect=nowhere)
    floor.refused("stale", c.GoToSegment, segment="s1.0", expect=first)
    floor.refused("no_such_entity", c.GoToSegment, segment="s1.9", expect=first)


@rule("E9", "M3", "M5")
def test_overnight_everything_stays_and_who_has_the_floor_goes_on_in_the_morning() -> (
    None
):
    floor = Floor(late_tray=True).opened()
    floor.ask("A", "B")
    floor.close()
    floor.ask("C")
    floor.speak("A", 50)
    lists, requests = floor.meeting.lists, floor.meeting.requests
    floor.suspend()
    floor.wait(16 * 3600)
    floor.resume_meeting()
    assert floor.meeting.lists == lists
    assert floor.meeting.requests == requests
    floor.resume()
    assert floor.left_s() == 130


@rule("E9", "E1")
def test_suspended_the_operator_may_keep_what_is_left_for_after_the_next() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    floor.speak("A", 50)
    floor.suspend()
    floor.end(returns=True)
    assert floor.order() == "B A C"
    assert floor.request("A").limit_ms == 130_000


@rule("E9", "M3", "X5")
def test_suspending_stands_every_height_of_the_floor_still() -> None:
    runs_on = {
        **PROFILE.interruptions,
        "point_of_order": Interruption(clock="run_on"),
    }
    floor = Floor(interruptions=runs_on).opened()
    floor.ask("A")
    speech = floor.speak("A", 50)
    floor.recognise(floor.raised("B"), 20)
    assert len(floor.meeting.stack) == 2
    floor.suspend()
    floor.wait(3600)
    clocks = [floor.meeting.interventions[key].clock for key in floor.meeting.stack]
    assert [
        (type(each), used_ms(each, floor.now), getattr(each, "reason", ""))
        for each in clocks
    ] == [(Held, 70_000, "suspension"), (Held, 20_000, "suspension")]
    assert floor.meeting.stack[0] == speech


@rule("E9", "M3", "X3")
def test_suspended_a_point_that_was_only_recognised_waits_again() -> None:
    floor = Floor().opened()
    floor.ask("A")
    speech = floor.speak("A", 50)
    point = floor.raised("B")
    floor.recognise(point)
    floor.suspend()
    assert floor.meeting.stack == (speech,)
    assert floor.meeting.requests[point].status == "queued"
    assert floor.points() == "B"
    floor.resume_meeting()
    floor.wait(5)
    assert floor.used_s() == 50
    floor.resume(credit_s=0)
    assert floor.left_s() == 130


@rule("L8", "M1")
def test_a_list_whose_opening_is_announced_is_left_to_its_time() -> None:
    floor = Floor()
    at = Instant(floor.now + 60_000)
    floor.do(c.OpenList, at=at, expect=floor.expect_list())
    floor.lobby()
    assert floor.speakers().state == "not_open"
    floor.wait(60)
    floor.do(c.CallToOrder, expect=floor.expect_state())
    assert floor.speakers().state == "not_open"
    due = next_alarm(floor.meeting)
    assert due is not None and due[0] == at
    floor.alarm(due[1])
    assert floor.speakers().state == "open"


@rule("L9", "M1")
@pytest.mark.parametrize("opens", ["at_lobby", "at_order"])
def test_lists_that_open_by_themselves_begin_with_the_window_for_the_lot(
    opens: str,
) -> None:
    floor = Floor(order="lot", lot_window_min=15, lists_open=opens).opened()
    assert floor.speakers().state == "lot_window"
    assert floor.speakers().lot_until == floor.now + 900_000
