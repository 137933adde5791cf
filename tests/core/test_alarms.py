"""What the engine's own clock asks of a meeting."""

from rostra.core import commands as c
from rostra.core.alarms import ListTimeUp, ServerReturned, next_alarm
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


def test_a_meeting_that_has_risen_is_asked_nothing() -> None:
    floor = Floor().opened()
    floor.announce_closing(in_s=30)
    floor.adjourn()
    assert next_alarm(floor.meeting) is None
    floor.do(c.CloseRecord, expect=floor.expect_state())
    assert next_alarm(floor.meeting) is None
