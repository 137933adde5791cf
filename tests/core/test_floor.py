"""The floor: giving it, the clock of an intervention, and its end."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.alarms import ServerReturned
from rostra.core.ids import Code, Instant, InterventionId
from rostra.core.meeting import Held, Hold, Running, Stopped, Waiting
from rostra.core.own import mine
from rostra.core.views import log, snapshot
from support.floor import (
    DEPUTY,
    DISCUSSION,
    MODERATOR,
    Floor,
    delegate,
    list_key,
    person,
    rule,
)


def three(**profile: Any) -> Floor:
    """A, B and C on the list of a meeting in session."""
    floor = Floor(**profile).opened()
    floor.ask("A", "B", "C")
    return floor


# Calling


@rule("F3", "E10", "I6")
def test_t8_of_two_calls_of_the_same_head_the_second_skips_nobody() -> None:
    floor = three()
    shown, a, b = floor.expect_head(), floor.of("A"), floor.of("B")
    floor.do(c.Call, request=a, expect=shown)
    called = floor.meeting
    for key in (a, b):
        refusal = floor.refused("stale", c.Call, DEPUTY, request=key, expect=shown)
        assert refusal.params["called"] == "A"
        assert refusal.current["head"] == b
    assert floor.meeting is called
    assert floor.request("B").status == "queued"


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
    assert floor.public().set["floor"][key]["phase"] == "speaking"


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


# The clock


@rule("I7", "F9", "E6", "E17")
def test_t7_of_50_and_30_seconds_with_a_pause_80_are_used_and_100_left() -> None:
    floor = three()
    floor.speak("A", 50)
    floor.pause("interpretation")
    floor.wait(120)
    assert (floor.used_s(), floor.left_s()) == (50, 130)
    floor.resume(credit_s=0)
    floor.wait(30)
    assert (floor.used_s(), floor.left_s()) == (80, 100)


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
def test_t11_line_lost_at_100_of_180_leaves_80_and_10_seconds_of_credit() -> None:
    floor = three()
    floor.speak("A", 100)
    floor.do(c.LineLost, expect=floor.on_floor)
    key = floor.active.id
    assert floor.public().set["floor"][key]["one_moment"] is True
    floor.wait(40)
    floor.do(c.Ready, delegate("A", "another"), expect=floor.on_floor)
    assert isinstance(floor.active.clock, Held)
    assert floor.left_s() == 80
    floor.resume()
    assert floor.left_s() == 90
    assert not floor.active.line_lost
    assert floor.active.holds == (
        Hold("connection", Instant(floor.now - 40_000), floor.now),
    )


@rule("E1")
def test_ready_is_said_anew_after_a_lost_line() -> None:
    floor = three()
    floor.call("A")
    floor.do(c.Ready, delegate("A"), expect=floor.on_floor)
    floor.start()
    floor.do(c.LineLost, expect=floor.on_floor)
    assert (floor.active.ready_at, floor.active.ready_by) == (None, "")


@rule("E1", "K7", "R1")
def test_the_rest_is_kept_for_after_the_next_speaker_and_counts_once() -> None:
    floor = three()
    first = floor.speak("A", 100)
    floor.do(c.LineLost, expect=floor.on_floor)
    floor.end(returns=True)
    assert floor.order() == "B A C"
    request = floor.request("A")
    assert (request.limit_ms, request.resume_of) == (80_000, first)
    floor.heard("B")
    floor.speak("A", 30)
    second = floor.active.id
    assert floor.left_s() == 50
    floor.end()
    total = floor.meeting.totals["A"]
    assert (total.interventions, total.spoken_ms) == (1, 130_000)
    rows = log(floor.meeting, "staff")
    assert [(row["id"], row["n"], row["resume_of"]) for row in rows] == [
        (first, 1, None),
        (rows[1]["id"], 2, None),
        (second, 3, first),
    ]
    assert [row["outcome"] for row in rows] == ["returned", "delivered", "delivered"]


@rule("E1", "K7")
def test_lost_twice_each_part_names_the_one_before_it() -> None:
    floor = three()
    first = floor.speak("A", 60)
    floor.end(returns=True)
    second = floor.speak("A", 60)
    floor.end(returns=True)
    third = floor.heard("A", 60)
    rows = {row["id"]: row["resume_of"] for row in log(floor.meeting, "record")}
    assert rows == {first: None, second: first, third: second}
    assert floor.meeting.totals["A"].interventions == 1


@rule("E1", "K7")
def test_what_was_heard_counts_though_the_rest_is_withdrawn() -> None:
    floor = three()
    floor.speak("A", 100)
    floor.end(returns=True)
    floor.withdraw("A")
    total = floor.meeting.totals["A"]
    assert (total.interventions, total.spoken_ms) == (1, 100_000)


@rule("E1")
def test_with_nothing_left_a_return_is_a_plain_end() -> None:
    floor = three()
    floor.speak("A", 180)
    floor.end(returns=True)
    assert floor.request("A").status == "done"
    assert floor.order() == "B C"


@rule("E1", "M6")
def test_who_is_alone_returns_at_once_and_the_rest_is_kept_until_adjournment() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 100)
    floor.end(returns=True)
    assert floor.order() == "A"
    floor.adjourn()
    assert floor.request("A").status == "expired"


@rule("E1")
def test_only_an_operator_keeps_the_rest() -> None:
    floor = three()
    floor.speak("A", 10)
    floor.refused(
        "not_permitted", c.End, delegate("A"), returns=True, expect=floor.on_floor
    )


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


# The end


@rule("F11", "R1")
def test_the_end_makes_a_row_and_calls_nobody() -> None:
    floor = three()
    key = floor.speak("A", 70)
    floor.end()
    assert floor.meeting.floor is None
    assert floor.request("A").status == "done"
    assert floor.request("B").status == "queued"
    done = floor.meeting.interventions[key]
    assert done.clock == Stopped(at=floor.now, used_ms=70_000)
    assert (done.outcome, done.counted, done.ended_by) == (
        "delivered",
        True,
        "operator",
    )


@rule("F11", "E2")
def test_a_delegation_ends_its_own_intervention_and_no_other() -> None:
    floor = three()
    floor.speak("A", 30)
    floor.refused("not_your_delegation", c.End, delegate("B"), expect=floor.on_floor)
    key = floor.active.id
    floor.end(delegate("A", "laptop"))
    assert floor.meeting.interventions[key].ended_by == "delegation"
    ended = floor.events()[0]
    assert isinstance(ended, e.InterventionEnded) and ended.device == "laptop"


@rule("E6")
def test_a_pause_that_is_not_over_at_the_end_is_kept_too() -> None:
    floor = three()
    key = floor.speak("A", 30)
    floor.pause("platform")
    floor.wait(90)
    floor.end()
    done = floor.meeting.interventions[key]
    assert done.holds == (Hold("platform", Instant(floor.now - 90_000), floor.now),)
    assert log(floor.meeting, "record")[0]["held_ms"] == 90_000
    assert "held_ms" not in log(floor.meeting, "public")[0]


# Nobody answers


@rule("E3", "E23")
def test_who_does_not_answer_comes_back_after_the_next_two_unseen_by_others() -> None:
    floor = three()
    floor.ask("D")
    key = floor.call("A")
    floor.wait(60)
    floor.do(c.NoShow, expect=floor.on_floor)
    assert floor.order() == "B C A D"
    assert floor.request("A").returns == 1
    assert floor.meeting.interventions[key].outcome == "voided"
    assert not {"floor", "interventions"} & floor.public().set.keys()
    ended = mine(floor.meeting, Code("A")).ended
    assert ended is None


@rule("E3")
def test_with_fewer_than_two_others_it_comes_back_after_these_and_stays_there() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.call("A")
    floor.do(c.NoShow, expect=floor.on_floor)
    assert floor.order() == "B A"
    floor.ask("C")
    assert floor.order() == "B A C"
    alone = Floor().opened()
    alone.ask("A")
    alone.call("A")
    alone.do(c.NoShow, expect=alone.on_floor)
    assert alone.order() == "A"


@rule("E3")
def test_after_two_returns_the_delegation_leaves_the_list() -> None:
    floor = Floor().opened()
    floor.ask("A")
    for dropped in (False, False, True):
        floor.call("A")
        answer = floor.do(c.NoShow, expect=floor.on_floor)
        assert answer == {"dropped": dropped}
    assert floor.order() == ""
    assert floor.request("A").status == "no_show"
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and ended.how == "contact_secretariat"


@rule("E3")
def test_an_operator_may_drop_at_once() -> None:
    floor = three()
    floor.call("A")
    floor.do(c.NoShow, drop=True, expect=floor.on_floor)
    assert floor.order() == "B C"


# Taking it back


@rule("E8")
def test_t12_a_mistaken_grant_leaves_the_order_as_it_was_and_charges_nothing() -> None:
    floor = three()
    key = floor.speak("C", 20)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.order() == "A B C"
    assert floor.request("C").limit_ms == 180_000
    assert "C" not in floor.meeting.totals
    assert floor.meeting.delivered == ()
    assert snapshot(floor.meeting, "record")["interventions"] == {}
    internal = snapshot(floor.meeting, "staff")["interventions"][key]
    assert (internal["outcome"], internal["used_ms"]) == ("voided", 20_000)
    floor.call("A")


@rule("E8", "F5")
def test_a_mistaken_call_that_never_started_left_nothing() -> None:
    floor = three()
    floor.call("C")
    floor.move("B", 0)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.order() == "B A C"
    assert not floor.public()


@rule("E8")
def test_the_mistaken_one_stands_behind_those_who_stood_before_it_and_are_there() -> (
    None
):
    floor = three()
    floor.ask("D")
    floor.call("C")
    floor.start()
    floor.withdraw("A")
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.order() == "B C D"
    floor.call("C")
    floor.start()
    floor.withdraw("B")
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.order() == "C D"


@rule("E8")
def test_what_was_said_by_mistake_may_be_counted_as_delivered() -> None:
    floor = three()
    floor.speak("C", 45)
    floor.do(c.Revoke, reason="mistake", counts=True, expect=floor.on_floor)
    assert floor.order() == "A B"
    assert floor.request("C").status == "done"
    total = floor.meeting.totals["C"]
    assert (total.interventions, total.spoken_ms) == (1, 45_000)


@rule("F12")
@pytest.mark.parametrize("reason", ["order", "time", "security"])
def test_revoked_while_speaking_it_is_over_and_counts(reason: Any) -> None:
    floor = three()
    key = floor.speak("A", 30)
    floor.do(c.Revoke, reason=reason, expect=floor.on_floor)
    done = floor.meeting.interventions[key]
    assert (done.outcome, done.counted) == (reason, True)
    assert floor.request("A").status == "done"
    assert "outcome" not in log(floor.meeting, "record")[0]


@rule("F12")
def test_revoked_before_the_start_the_request_is_declined() -> None:
    floor = three()
    floor.call("A")
    floor.do(c.Revoke, reason="security", expect=floor.on_floor)
    assert floor.request("A").status == "declined"
    assert floor.order() == "B C"
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and ended.how == "contact_secretariat"


# What counts


@rule("K7", "P1")
@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("statement", 1),
        ("question", 1),
        ("introduction", 0),
        ("secretariat", 0),
        ("answer", 0),
        ("programme", 0),
        ("right_of_reply", 0),
    ],
)
def test_time_is_added_up_for_all_and_only_interventions_are_counted(
    kind: Any, counts: int
) -> None:
    floor = Floor().opened()
    floor.put("A", kind=kind)
    floor.heard("A", 40)
    total = floor.meeting.totals["A"]
    assert (total.interventions, total.spoken_ms) == (counts, 40_000)


@rule("I7")
def test_over_time_the_clock_counts_on() -> None:
    floor = Floor(DISCUSSION).opened()
    floor.ask("N")
    floor.speak("N", 150)
    assert (floor.used_s(), floor.left_s()) == (150, -30)
    floor.end()
    assert floor.meeting.totals["N"].spoken_ms == 150_000


@rule("N1")
def test_the_stored_row_has_no_group_that_nobody_has_confirmed() -> None:
    floor = Floor().opened()
    floor.ask("A", group_text="Somebody's friends", person=person("Ms. Ay"))
    floor.heard("Somebody's friends")
    ended = floor.events()[0]
    assert isinstance(ended, e.InterventionEnded) and ended.row.group_text == ""


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
