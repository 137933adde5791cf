"""What the engine's own clock asks of a meeting."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core.alarms import (
    CutDue,
    ListAutoCloses,
    ListOpens,
    ListTimeUp,
    LotWindowEnds,
    ServerReturned,
    next_alarm,
)
from rostra.core.ids import Instant
from support.floor import DISCUSSION, START, Floor, list_key, rule


def test_without_an_announced_closing_nothing_happens_by_itself() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 999)
    assert next_alarm(floor.meeting) is None


@rule("L3")
def test_the_first_of_several_closings_comes_first() -> None:
    floor = Floor(DISCUSSION, DISCUSSION).opened()
    floor.announce_closing(in_s=90, segment=0)
    soon = floor.announce_closing(in_s=30, segment=1)
    assert next_alarm(floor.meeting) == (soon, ListTimeUp(list_key(1), soon))


@rule("L3")
def test_two_lists_may_close_at_the_same_instant() -> None:
    floor = Floor(DISCUSSION, DISCUSSION).opened()
    at = floor.announce_closing(in_s=30, segment=0)
    floor.announce_closing(in_s=30, segment=1)
    due = next_alarm(floor.meeting)
    assert due == (at, ListTimeUp(list_key(0), at))


@rule("L3")
def test_a_list_that_the_chair_closed_needs_no_alarm() -> None:
    floor = Floor().opened()
    floor.announce_closing(in_s=30)
    floor.close()
    assert next_alarm(floor.meeting) is None
    floor.reopen()
    assert next_alarm(floor.meeting) is None
    assert floor.speakers().closes_at is None


@rule("L3")
def test_lists_close_in_time_while_the_meeting_is_suspended() -> None:
    floor = Floor().opened()
    at = floor.announce_closing(in_s=30)
    floor.suspend()
    floor.wait(30)
    floor.alarm(ListTimeUp(list_key(), at))
    assert floor.speakers().state == "closed"


@rule("L3", "E16")
def test_an_alarm_has_the_same_id_on_every_server() -> None:
    assert ListTimeUp(list_key(), START).id == f"closes:l1.0:{START}"
    later = Instant(START + 1)
    assert ServerReturned(START, later).id == ServerReturned(START, START).id


@rule("L8", "L9", "L10", "E16")
def test_what_lists_do_by_themselves_has_one_id_each_after_a_restart_too() -> None:
    key, at = list_key(), START
    assert ListOpens(key, at).id == f"opens:l1.0:{at}"
    assert LotWindowEnds(key, at).id == f"lot:l1.0:{at}"
    assert ListAutoCloses(key, at).id == f"auto:l1.0:{at}"


@rule("L8", "L9", "L10")
def test_each_state_of_a_list_has_its_own_alarm_and_no_other() -> None:
    floor = Floor(lists_open="by_hand", order="lot", lot_window_min=15).opened()
    opens = Instant(floor.now + 60_000)
    floor.do(c.OpenList, at=opens, expect=floor.expect_list())
    assert next_alarm(floor.meeting) == (opens, ListOpens(list_key(), opens))
    floor.wait(60)
    floor.alarm(ListOpens(list_key(), opens))
    ends = Instant(floor.now + 900_000)
    assert next_alarm(floor.meeting) == (ends, LotWindowEnds(list_key(), ends))
    floor.wait(900)
    floor.alarm(LotWindowEnds(list_key(), ends))
    assert next_alarm(floor.meeting) is None


def test_a_meeting_that_has_risen_is_asked_nothing() -> None:
    floor = Floor().opened()
    floor.announce_closing(in_s=30)
    floor.adjourn()
    assert next_alarm(floor.meeting) is None
    floor.do(c.CloseRecord, expect=floor.expect_state())
    assert next_alarm(floor.meeting) is None


def hard(**profile: Any) -> Floor:
    """A is called under rules that cut."""
    floor = Floor(enforcement="hard", grace_s=5, **profile).opened()
    floor.ask("A")
    floor.call("A")
    return floor


@rule("F14")
@pytest.mark.parametrize("enforcement", ["soft", "firm"])
def test_only_hard_rules_signal_a_cut(enforcement: str) -> None:
    floor = Floor(enforcement=enforcement).opened()
    floor.ask("A")
    floor.speak("A", 999)
    assert next_alarm(floor.meeting) is None


@rule("F14")
def test_the_cut_is_due_while_the_clock_runs_and_only_then() -> None:
    floor = hard()
    assert next_alarm(floor.meeting) is None
    floor.start()
    at = Instant(floor.now + 185_000)
    key = floor.active.id
    assert next_alarm(floor.meeting) == (at, CutDue(key, at))
    floor.wait(100)
    floor.pause()
    assert next_alarm(floor.meeting) is None
    floor.wait(60)
    floor.resume(credit_s=0)
    later = Instant(at + 60_000)
    assert next_alarm(floor.meeting) == (later, CutDue(key, later))
    floor.end()
    assert next_alarm(floor.meeting) is None


@rule("F14", "X4")
def test_the_cut_is_for_the_top_of_the_floor_alone() -> None:
    floor = hard()
    floor.start()
    floor.wait(100)
    point = floor.recognise(floor.raised("B"))
    assert next_alarm(floor.meeting) is None
    floor.start()
    at = Instant(floor.now + 125_000)
    assert next_alarm(floor.meeting) == (at, CutDue(point, at))


@rule("F14", "X10")
def test_nobody_cuts_the_chair() -> None:
    floor = Floor(enforcement="hard").opened()
    floor.do(c.ChairRemarks, expect=floor.on_top)
    floor.wait(5000)
    assert next_alarm(floor.meeting) is None


@rule("F14", "L3")
def test_what_comes_first_comes_first() -> None:
    floor = hard()
    floor.start()
    soon = floor.announce_closing(in_s=30)
    assert next_alarm(floor.meeting) == (soon, ListTimeUp(list_key(), soon))
    floor.close()
    due = next_alarm(floor.meeting)
    assert due and isinstance(due[1], CutDue)


@rule("F14", "E16")
def test_a_cut_has_the_same_id_after_a_restart() -> None:
    floor = hard()
    floor.start()
    due = next_alarm(floor.meeting)
    assert due and due[1].id == f"cut:{floor.active.id}:{due[0]}"
