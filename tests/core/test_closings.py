"""Lists that close by themselves, and the basis that they give."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.alarms import ListAutoCloses, ListTimeUp, next_alarm
from rostra.core.ids import Code, Instant
from rostra.core.profile import Closing
from rostra.core.views import snapshot
from support.floor import (
    DISCUSSION,
    MODERATOR,
    OPENING,
    PANEL,
    Floor,
    delegate,
    list_key,
    rule,
)

MINUTE = 60


def closing(
    *segments: Any, profile: dict[str, Any] | None = None, **when: Any
) -> Floor:
    """A meeting whose lists close by themselves."""
    return Floor(*segments, closing=Closing(**when), **(profile or {}))


def state(floor: Floor, segment: int = 0) -> tuple[str, str]:
    """How a list stands, and on what basis."""
    speakers = floor.speakers(segment)
    return speakers.state, speakers.basis


# So long after the segment began


@rule("L10")
def test_the_list_closes_so_long_after_its_segment_began() -> None:
    floor = closing(after_start_min=15).opened()
    at = Instant(floor.now + 15 * MINUTE * 1000)
    assert floor.speakers().auto_close_at == at
    due = next_alarm(floor.meeting)
    assert due == (at, ListAutoCloses(list_key(), at))
    floor.wait(15 * MINUTE)
    floor.alarm(due[1])
    assert state(floor) == ("closed", "after_start")
    assert floor.speakers().auto_close_at is None
    assert next_alarm(floor.meeting) is None


@rule("L10", "P4")
def test_it_counts_from_the_beginning_of_its_own_segment_and_only_once() -> None:
    floor = closing(DISCUSSION, DISCUSSION, after_start_min=15).opened()
    first = floor.speakers().auto_close_at
    assert floor.speakers(1).auto_close_at is None
    floor.wait(MINUTE)
    floor.go(1)
    assert floor.speakers(1).auto_close_at == floor.now + 15 * MINUTE * 1000
    floor.wait(MINUTE)
    floor.go(0)
    assert floor.speakers().auto_close_at == first
    assert not any(isinstance(each, e.AutoCloseSet) for each in floor.events())


@rule("L10")
def test_a_list_that_opens_while_its_segment_runs_counts_from_its_beginning() -> None:
    rules = {"lists_open": "by_hand"}
    floor = closing(profile=rules, after_start_min=15).opened()
    began = floor.now
    assert floor.speakers().auto_close_at is None
    floor.wait(10 * MINUTE)
    floor.do(c.OpenList, expect=floor.expect_list())
    assert floor.speakers().auto_close_at == began + 15 * MINUTE * 1000
    late = closing(profile=rules, after_start_min=15).opened()
    late.wait(15 * MINUTE)
    late.do(c.OpenList, expect=late.expect_list())
    assert late.speakers().auto_close_at is None


@rule("L10", "L3")
def test_an_announced_closing_takes_its_place() -> None:
    floor = closing(after_start_min=15).opened()
    auto = floor.speakers().auto_close_at
    announced = floor.announce_closing(in_s=30 * MINUTE)
    assert next_alarm(floor.meeting) == (
        announced,
        ListTimeUp(list_key(), announced),
    )
    floor.wait(15 * MINUTE)
    refusal = floor.decide(ListAutoCloses(list_key(), auto), MODERATOR)
    assert getattr(refusal, "code", None) == "stale"


@rule("L10", "L5")
def test_a_list_that_was_closed_and_reopened_is_left_alone() -> None:
    floor = closing(DISCUSSION, DISCUSSION, after_start_min=15).opened()
    auto = floor.speakers().auto_close_at
    floor.close()
    floor.reopen()
    floor.go(1)
    floor.close(1)
    floor.go(0)
    assert next_alarm(floor.meeting) is None
    refusal = floor.decide(ListAutoCloses(list_key(), auto), MODERATOR)
    assert getattr(refusal, "code", None) == "stale"


@rule("L10", "E9")
def test_it_closes_in_time_while_the_meeting_is_suspended() -> None:
    floor = closing(after_start_min=15).opened()
    floor.suspend()
    floor.wait(15 * MINUTE)
    due = next_alarm(floor.meeting)
    assert due is not None
    floor.alarm(due[1])
    assert state(floor) == ("closed", "after_start")


# Capacity


@rule("L10")
def test_the_request_that_fills_a_list_closes_it_in_the_same_commit() -> None:
    floor = closing(capacity=2).opened()
    floor.ask("A")
    assert state(floor) == ("open", "")
    floor.ask("B")
    assert state(floor) == ("closed", "capacity")
    assert [type(each) for each in floor.events()[:2]] == [
        e.RequestRegistered,
        e.ListClosed,
    ]
    floor.refused("list_closed", c.RequestFloor, delegate("C"), kind="statement")


@rule("L10")
def test_whoever_has_left_makes_room_again() -> None:
    floor = closing(capacity=2).opened()
    floor.ask("A")
    floor.withdraw("A")
    floor.ask("B")
    assert state(floor) == ("open", "")
    floor.heard("B")
    floor.ask("C")
    assert state(floor) == ("open", "")
    floor.ask("D")
    assert state(floor) == ("closed", "capacity")


@rule("L10", "W1", "W5")
def test_those_beside_the_list_fill_it_too() -> None:
    floor = closing(capacity=2, profile={"approval": True}).opened()
    floor.ask("A", "B")
    assert state(floor) == ("closed", "capacity")
    parked = closing(capacity=2).opened()
    parked.ask("A")
    parked.do(c.Park, request=parked.of("A"))
    parked.ask("B")
    assert state(parked) == ("closed", "capacity")


@rule("L10")
def test_what_operators_enter_and_the_programme_do_not_fill_a_list() -> None:
    floor = closing(PANEL, capacity=2).opened()
    floor.put("A", kind="introduction")
    floor.put("B", kind="secretariat")
    floor.ask("C", kind="question")
    assert state(floor) == ("open", "")
    floor.put("D", kind="question")
    assert state(floor) == ("closed", "capacity")


@rule("L10", "U3")
def test_undoing_the_entry_that_filled_it_opens_it_again() -> None:
    floor = closing(capacity=1).opened()
    floor.put("A")
    assert state(floor) == ("closed", "capacity")
    floor.undo()
    assert state(floor) == ("open", "")
    assert floor.order() == ""


@rule("L10", "L4", "L5")
def test_a_full_list_is_reopened_for_the_next_and_an_entry_leaves_it_closed() -> None:
    floor = closing(capacity=1).opened()
    floor.ask("A")
    floor.put("B")
    assert state(floor) == ("closed", "capacity")
    floor.reopen()
    assert state(floor) == ("open", "rule 73")
    floor.reply("C")
    reply = (c.Entry(delegation=Code("E"), kind="right_of_reply"),)
    floor.do(c.Insert, list=list_key(), entries=reply)
    assert state(floor) == ("open", "rule 73")
    floor.ask("D")
    assert state(floor) == ("closed", "capacity")


@rule("L10", "L3")
def test_a_list_whose_closing_is_announced_may_be_full_before() -> None:
    floor = closing(capacity=1).opened()
    floor.announce_closing(in_s=60)
    floor.ask("A")
    assert state(floor) == ("closed", "capacity")
    assert next_alarm(floor.meeting) is None


# Before the last


@rule("L10")
def test_it_closes_when_the_so_many_th_last_is_called() -> None:
    floor = closing(before_last=2).opened()
    floor.ask("A", "B", "C")
    floor.heard("A")
    assert state(floor) == ("open", "")
    floor.call("B")
    assert state(floor) == ("closed", "before_last")
    assert snapshot(floor.meeting, "public")["lists"][list_key()]["basis"] == (
        "before_last"
    )


@rule("L10", "U5")
def test_undoing_that_call_opens_the_list_again() -> None:
    floor = closing(before_last=1).opened()
    floor.ask("A")
    floor.call("A")
    assert state(floor) == ("closed", "before_last")
    floor.undo()
    assert state(floor) == ("open", "")


@rule("L10")
@pytest.mark.parametrize("last", [1, 2])
def test_lists_that_take_nothing_or_are_closed_are_left_as_they_are(last: int) -> None:
    floor = closing(OPENING, before_last=last).opened()
    floor.call("r1.0")
    assert state(floor) == ("not_open", "")
    closed = closing(before_last=last).opened()
    closed.ask("A")
    closed.close(basis="by the chair")
    closed.call("A")
    assert state(closed) == ("closed", "by the chair")


@rule("L10")
def test_replies_and_points_close_no_list() -> None:
    floor = closing(before_last=5, capacity=1).opened()
    floor.reply("A")
    floor.raised("B")
    assert state(floor) == ("open", "")
    assert all(each.state != "closed" for each in floor.meeting.lists.values())


@rule("L10", "I9")
def test_without_such_rules_nothing_closes_by_itself() -> None:
    floor = Floor().opened()
    floor.put("A", "B", "C", "D", "E", "F")
    floor.call("A")
    assert state(floor) == ("open", "")
    assert floor.speakers().auto_close_at is None
