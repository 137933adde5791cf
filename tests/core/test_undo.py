"""Taking back the last act of an operator."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

import rostra.core.decide
from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.alarms import ListTimeUp
from rostra.core.asked import asked_by
from rostra.core.ids import SegmentId
from rostra.core.meeting import Meeting
from rostra.core.restore import ACTIONS_KEPT
from rostra.core.views import change, snapshot
from support.acts import ACTS, act_of, scene
from support.floor import (
    DEPUTY,
    DISCUSSION,
    Floor,
    delegate,
    list_key,
    person,
    rule,
)

CORE = Path(rostra.core.decide.__file__).parent


def three(**profile: Any) -> Floor:
    """A, B and C on the list of a meeting in session."""
    floor = Floor(DISCUSSION, DISCUSSION, **profile).opened()
    floor.ask("A", "B", "C")
    return floor


def in_code() -> set[str]:
    """The acts that a rule of the core says can be undone."""
    found = set()
    for path in CORE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            if getattr(node.func, "attr", "") == "undoable":
                names = [
                    each.value
                    for each in ast.walk(node.args[0])
                    if isinstance(each, ast.Constant)
                ]
                assert names, f"{path.name}:{node.lineno} names no act"
                found |= set(names)
    return found


def in_rulebook() -> set[str]:
    """The acts of the table in the rulebook's section."""
    book = (CORE / "RULEBOOK.md").read_text()
    section = book.partition("\n## Undo\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert len(names) == len(set(names))
    return set(names)


@rule("U7")
def test_the_rulebook_lists_every_act_that_can_be_undone_and_no_other() -> None:
    assert in_rulebook() == in_code()


@rule("U7")
def test_every_act_that_can_be_undone_is_tried() -> None:
    assert {act_of(name) for name in ACTS} == in_code()


def state(meeting: Meeting) -> Meeting:
    """What an undo restores: all but the log of acts, ids and who was told."""
    requests = {
        key: structs.replace(each, told_at=None)
        for key, each in meeting.requests.items()
        if each.status != "voided"
    }
    return structs.replace(
        meeting,
        seq=0,
        at=0,
        actions=(),
        numbered=0,
        requests=requests,
        asked=asked_by(requests.values()),
        interventions={
            key: each
            for key, each in meeting.interventions.items()
            if each.outcome != "voided"
        },
    )


@rule("U1", "U3")
@pytest.mark.parametrize("name", ACTS)
def test_everything_that_the_act_changed_is_as_before(name: str) -> None:
    floor = scene()
    before, act = ACTS[name]
    before(floor)
    was = floor.meeting
    act(floor)
    assert state(floor.meeting) != state(was)
    floor.wait(9)
    answer = floor.undo()
    assert answer["undone"] == act_of(name)
    assert state(floor.meeting) == state(was)
    assert floor.meeting.actions == was.actions[-(ACTIONS_KEPT - 1) :]


@rule("U3")
@pytest.mark.parametrize("name", ACTS)
def test_what_others_did_since_stands(name: str) -> None:
    floor = scene()
    before, act = ACTS[name]
    before(floor)
    orders = {key: each.order for key, each in floor.meeting.lists.items()}
    act(floor)
    floor.do(c.NameSpeaker, request=floor.of("B"), person=person("Ms. Bee"))
    floor.do(c.SetPresider, segment="s1.0", name="Ms. New")
    if floor.speakers().state == "open":
        asked = floor.ask("F", list=list_key())
        orders[list_key()] += (asked,)
    floor.undo()
    assert {key: each.order for key, each in floor.meeting.lists.items()} == orders
    assert floor.request("B").person == person("Ms. Bee")
    assert floor.meeting.segments[SegmentId("s1.0")].presider.name == "Ms. New"


@rule("U2")
@pytest.mark.parametrize(
    "name", [name for name in ACTS if act_of(name) not in ("call", "recognise")]
)
def test_ten_seconds_later_it_is_too_late(name: str) -> None:
    floor = scene()
    before, act = ACTS[name]
    before(floor)
    act(floor)
    floor.wait(10.001)
    floor.refused("undo_too_late", c.Undo, expect=floor.last_act())


@rule("U2")
@pytest.mark.parametrize(
    "name", [name for name in ACTS if act_of(name) in ("call", "recognise")]
)
def test_a_call_has_no_such_bound(name: str) -> None:
    floor = scene()
    before, act = ACTS[name]
    before(floor)
    was = floor.meeting
    act(floor)
    floor.wait(3600)
    floor.undo()
    assert state(floor.meeting) == state(was)


@rule("U2", "U5", "E8")
def test_a_call_can_be_undone_until_its_clock_starts_and_leaves_nothing_public() -> (
    None
):
    floor = three()
    key = floor.call("C")
    assert not floor.public()
    floor.wait(600)
    floor.undo()
    assert not floor.public()
    assert not change(floor.before, floor.meeting, "record")
    assert floor.meeting.interventions[key].outcome == "voided"
    assert e.ActUndone(action=floor.before.seq) in floor.events()
    assert floor.order() == "A B C"


@rule("U2")
def test_after_the_start_the_start_is_undone_first_and_then_the_call() -> None:
    floor = three()
    floor.call("A")
    floor.start()
    floor.undo()
    assert floor.request("A").status == "called"
    floor.wait(100)
    floor.undo()
    assert floor.meeting.floor is None
    assert floor.order() == "A B C"


@rule("U2", "U4")
def test_a_call_whose_clock_has_started_is_overtaken() -> None:
    floor = three(clock_starts="at_ready")
    floor.call("A")
    floor.do(c.Ready, delegate("A"), expect=floor.on_floor)
    floor.refused("undo_overtaken", c.Undo, expect=floor.last_act())
    assert snapshot(floor.meeting, "staff")["meeting"]["meeting"]["action"] is None


@rule("U1")
def test_any_operator_undoes_the_last_act_and_then_the_one_before() -> None:
    floor = three()
    floor.move("C", 0)
    floor.move("B", 0)
    assert floor.order() == "B C A"
    floor.do(c.Undo, DEPUTY, expect=floor.last_act())
    floor.undo()
    assert floor.order() == "A B C"
    shown = c.ExpectAction(1)
    floor.refused("nothing_to_undo", c.Undo, expect=shown)


@rule("U1", "E10")
def test_the_button_names_the_act() -> None:
    floor = three()
    floor.move("C", 0)
    shown = floor.last_act()
    floor.move("B", 0)
    refusal = floor.refused("stale", c.Undo, expect=shown)
    assert refusal.current == {"action": floor.last_act().action}


@rule("U1")
def test_what_delegations_and_the_clock_do_is_no_act_to_undo() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.withdraw("A")
    floor.do(c.Announce, text="Lunch")
    floor.refused("nothing_to_undo", c.Undo, expect=c.ExpectAction(1))


@rule("U4")
def test_overtaken_by_the_delegation_that_ended() -> None:
    floor = three()
    floor.speak("A", 5)
    floor.end(delegate("A"))
    floor.refused("undo_overtaken", c.Undo, expect=floor.last_act())


@rule("U4")
def test_overtaken_by_the_delegation_that_withdrew_what_was_inserted() -> None:
    floor = three()
    floor.put("D")
    floor.withdraw("D")
    floor.refused("undo_overtaken", c.Undo, expect=floor.last_act())


@rule("U4")
def test_overtaken_by_the_alarm_that_closed_the_list() -> None:
    floor = three()
    at = floor.announce_closing(in_s=5)
    floor.wait(5)
    floor.alarm(ListTimeUp(list_key(), at))
    floor.refused("undo_overtaken", c.Undo, expect=floor.last_act())


@rule("U4", "X4")
def test_overtaken_by_the_called_one_beneath_that_withdrew() -> None:
    floor = three()
    floor.call("A")
    floor.recognise(floor.raised("D"))
    floor.withdraw("A")
    floor.refused("undo_overtaken", c.Undo, expect=floor.last_act())
    assert [floor.active.request] == [floor.of("D")]


@rule("U3", "O8")
def test_who_was_told_before_the_act_is_told_after_the_undo() -> None:
    floor = Floor(DISCUSSION).opened()
    floor.ask("A", "B", "C", "D", "E")
    floor.heard("A")
    floor.put("F", at=0)
    told = floor.request("C").told_at
    assert told is not None
    floor.do(c.Park, request=floor.of("C"))
    assert floor.request("C").told_at is None
    floor.wait(5)
    floor.undo()
    assert (floor.request("C").told_at, floor.order()) == (told, "F B C D E")


@rule("M7", "U1")
def test_nothing_is_undone_once_the_record_is_closed() -> None:
    floor = three()
    floor.speak("A")
    point = floor.interrupted("B")
    floor.rule(point, then="wait")
    floor.end()
    floor.adjourn()
    floor.rule(point, "upheld", then="wait")
    floor.do(c.CloseRecord, expect=floor.expect_state())
    floor.refused("wrong_meeting_state", c.Undo, expect=floor.last_act())
