"""One command before the rules."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.case import Case
from rostra.core.refusals import Refused
from support.floor import MODERATOR, Floor, delegate, rule


@rule("I6")
def test_the_meeting_stays_as_it_was_while_events_are_tried() -> None:
    floor = Floor()
    case = Case(floor.meeting, MODERATOR, floor.now)
    case.say(e.LobbyOpened())
    assert (case.meeting.state, case.draft.state) == ("scheduled", "lobby")
    assert floor.meeting.seq == 1


def test_new_ids_are_tickets_of_the_commit() -> None:
    case = Case(Floor().meeting, MODERATOR, Floor().now)
    assert [case.new_id("r"), case.new_id("n")] == ["r2.0", "n2.1"]


@rule("U1")
def test_only_an_operator_s_act_can_be_undone() -> None:
    floor = Floor()
    case = Case(floor.meeting, delegate("A"), floor.now)
    case.undoable("end")
    assert case.act is None
    case = Case(floor.meeting, MODERATOR, floor.now)
    case.undoable("end")
    assert case.act == e.ActTaken(act="end")


@rule("F4")
def test_there_is_no_intervention_on_an_idle_floor() -> None:
    floor = Floor().opened()
    with pytest.raises(Refused) as refused:
        Case(floor.meeting, MODERATOR, floor.now).active()
    assert refused.value.refusal.code == "floor_idle"
    floor.ask("A")
    floor.call("A")
    case = Case(floor.meeting, MODERATOR, floor.now)
    assert case.active() == floor.active


@rule("E12", "F4")
@pytest.mark.parametrize("flag", ["absent", "suspended"])
def test_who_is_marked_keeps_the_place_and_is_not_called_until_it_is_cleared(
    flag: Any,
) -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.do(c.FlagDelegation, delegation="A", flag=flag, reason="as noted")
    assert floor.order() == "A B"
    key = floor.of("A")
    refusal = floor.refused(
        "delegation_flagged", c.Call, request=key, expect=floor.expect_head()
    )
    assert (refusal.params["delegation"], refusal.params["flag"]) == ("A", flag)
    floor.call("B")
    floor.undo()
    floor.do(c.FlagDelegation, delegation="A", flag=None)
    floor.call("A")


@rule("E12", "E13")
def test_nobody_speaks_for_a_group_while_the_delegation_is_marked() -> None:
    floor = Floor().opened()
    floor.ask("A", group="G77")
    floor.put("B")
    floor.do(c.FlagDelegation, delegation="A", flag="absent")
    for_group = floor.of("G77")
    head = floor.expect_head()
    floor.refused("delegation_flagged", c.Call, request=for_group, expect=head)


def test_it_knows_what_the_commit_has_touched() -> None:
    floor = Floor()
    case = Case(floor.meeting, MODERATOR, floor.now)
    assert case.said("lists") == frozenset()
    case.say(e.ListOpened(list=floor.speakers().id))
    assert case.said("lists") == {"l1.0"}


@rule("E21")
@pytest.mark.parametrize("command", [c.Withdraw, c.Park, c.Unpark, c.NameSpeaker])
def test_of_what_is_not_its_own_a_delegation_is_not_told_whether_it_is_there(
    command: type[c.Command],
) -> None:
    floor = Floor().opened()
    for request in (floor.raised("B"), floor.ask("B"), "r99.0"):
        floor.refused("not_your_delegation", command, delegate("A"), request=request)
    floor.refused("no_such_entity", c.Withdraw, request="r99.0")
