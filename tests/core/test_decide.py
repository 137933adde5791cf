"""``decide``: a calculation from a meeting, a command, an actor and an instant."""

from typing import get_args

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.alarms import Alarm
from rostra.core.decide import _RULES, Decision
from rostra.core.refusals import Refusal
from support.floor import MODERATOR, Floor, delegate, rule


def test_there_is_a_rule_for_every_command_and_every_alarm() -> None:
    assert _RULES.keys() == {*get_args(c.AnyCommand), *get_args(Alarm)}


@rule("I6")
def test_a_refusal_leaves_no_trace() -> None:
    floor = Floor().opened()
    floor.ask("A")
    before = floor.meeting
    shown = c.ExpectHead(None)
    refusal = floor.refused("stale", c.Call, request=floor.of("A"), expect=shown)
    assert refusal.current["head"] == floor.of("A")
    assert floor.meeting == before


@rule("I5", "I9")
def test_the_same_question_has_the_same_answer() -> None:
    floor = Floor().opened()
    command = c.RequestFloor(id="12345678", kind="statement")
    first = floor.decide(command, delegate("A"))
    again = floor.decide(command, delegate("A"))
    assert isinstance(first, Decision)
    assert first == again
    assert first.meeting.seq == floor.meeting.seq + 1
    assert len(first.events) >= 1


@rule("I4")
def test_what_the_client_says_of_the_time_changes_nothing() -> None:
    floor = Floor().opened()
    now = c.RequestFloor(id="12345678", kind="statement")
    late = c.RequestFloor(id="12345678", kind="statement", asked_at=1, valid_ms=1)  # type: ignore[arg-type]
    assert floor.decide(now, delegate("A")) == floor.decide(late, delegate("A"))


@rule("I5", "U1")
def test_an_act_closes_its_commit() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    floor.call("A")
    kinds = [type(each) for each in floor.events()]
    assert kinds == [e.FloorGiven, e.SpeakersTold, e.ActTaken]


@rule("M9")
def test_a_role_is_asked_for_before_the_rule() -> None:
    floor = Floor()
    command = c.OpenLobby(id="12345678", expect=floor.expect_state())
    refusal = floor.decide(command, delegate("A"))
    assert refusal == Refusal("not_permitted", {"command": "open_lobby"})
    assert isinstance(floor.decide(command, MODERATOR), Decision)
