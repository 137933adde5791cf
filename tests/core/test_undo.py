"""Taking back the last act of an operator."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.alarms import ListTimeUp, ServerReturned
from rostra.core.ids import Instant, SegmentId
from rostra.core.meeting import Meeting
from rostra.core.views import change, snapshot
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

Act = Callable[[Floor], Any]


def three(**profile: Any) -> Floor:
    """A, B and C on the list of a meeting in session."""
    floor = Floor(DISCUSSION, DISCUSSION, **profile).opened()
    floor.ask("A", "B", "C")
    return floor


def expecting(kind: Any, **fields: Any) -> Act:
    """A button of the floor."""
    return lambda floor: floor.do(kind, expect=floor.on_floor, **fields)


def called(floor: Floor) -> None:
    floor.call("A")


def speaking(floor: Floor) -> None:
    floor.speak("A", 30)


def paused(floor: Floor) -> None:
    floor.speak("A", 30)
    floor.pause()


def lost(floor: Floor) -> None:
    floor.speak("A", 30)
    floor.do(c.LineLost, expect=floor.on_floor)


def was_away(floor: Floor) -> None:
    floor.speak("A", 30)
    floor.alarm(ServerReturned(Instant(floor.now - 20_000), floor.now))


def raised(floor: Floor) -> None:
    floor.speak("A", 30)
    floor.raised("D")


def interrupting(floor: Floor) -> None:
    raised(floor)
    floor.recognise(floor.of("D"), 20)


def unruled(floor: Floor) -> None:
    interrupting(floor)
    floor.end()


def ruling(**more: Any) -> Act:
    """The chair rules on the last row."""
    return lambda floor: floor.rule(floor.meeting.delivered[-1], "upheld", **more)


def closed(floor: Floor) -> None:
    floor.close(basis="rule 73")


def nothing(_: Floor) -> None:
    """The list as it is."""


#: Every act that can be undone: what comes before it, and the act.
ACTS: dict[str, tuple[Act, Act]] = {
    "call": (nothing, lambda f: f.call("B")),
    "start": (called, expecting(c.Start)),
    "pause": (speaking, expecting(c.Pause, reason="video")),
    "line_lost": (speaking, expecting(c.LineLost)),
    "resume": (lost, expecting(c.Resume)),
    "extend": (speaking, expecting(c.Extend, seconds=60)),
    "credit": (was_away, expecting(c.Credit, ms=5000)),
    "end": (speaking, expecting(c.End)),
    "end paused": (paused, expecting(c.End)),
    "end, returns": (lost, expecting(c.End, returns=True)),
    "extend, rest": (speaking, expecting(c.Extend, seconds=60, rest=True)),
    "reset_clock": (speaking, expecting(c.ResetClock)),
    "reset_clock paused": (paused, expecting(c.ResetClock)),
    "recognise": (raised, lambda f: f.recognise(f.of("D"))),
    "start, of a point": (
        lambda f: (raised(f), f.recognise(f.of("D"))), expecting(c.Start)
    ),
    "end, of a point": (interrupting, expecting(c.End)),
    "revoke, a point": (interrupting, expecting(c.Revoke, reason="mistake")),
    "withdraw, a called point": (
        lambda f: (raised(f), f.recognise(f.of("D"))),
        lambda f: f.withdraw("D", MODERATOR),
    ),
    "no_show, of a point": (
        lambda f: (raised(f), f.recognise(f.of("D"))), expecting(c.NoShow)
    ),
    "rule": (unruled, ruling()),
    "rule, wait": (unruled, ruling(then="wait")),
    "rule, end": (unruled, ruling(then="end")),
    "rule again": (lambda f: (unruled(f), ruling()(f)), ruling(appeal="ruling_stands")),
    "chair_remarks": (
        nothing, lambda f: f.do(c.ChairRemarks, expect=f.on_top)
    ),
    "no_show": (called, expecting(c.NoShow)),
    "no_show, drop": (called, expecting(c.NoShow, drop=True)),
    "revoke, mistake": (speaking, expecting(c.Revoke, reason="mistake")),
    "revoke, order": (speaking, expecting(c.Revoke, reason="order")),
    "revoke called": (called, expecting(c.Revoke, reason="security")),
    "withdraw": (nothing, lambda f: f.withdraw("B", MODERATOR)),
    "withdraw called": (called, lambda f: f.withdraw("A", MODERATOR)),
    "insert": (nothing, lambda f: f.put("D", "E")),
    "insert at": (nothing, lambda f: f.put("D", "E", at=1)),
    "move": (nothing, lambda f: f.move("C", 0)),
    "open_list": (
        nothing,
        lambda f: f.do(c.AnnounceClosing, closes_at=f.now + 60_000,
                       expect=f.expect_list()),
    ),
    "close_list": (nothing, closed),
    "reopen_list": (closed, lambda f: f.reopen()),
    "set_policy": (nothing, lambda f: f.policy("manual")),
    "go_to_segment": (nothing, lambda f: f.go(1)),
}  # fmt: skip


def state(meeting: Meeting) -> Meeting:
    """What an undo restores: all but the log of acts, ids and who was told."""
    return structs.replace(
        meeting,
        seq=0,
        at=0,
        actions=(),
        numbered=0,
        requests={
            key: structs.replace(each, told_at=None)
            for key, each in meeting.requests.items()
            if each.status != "voided"
        },
        interventions={
            key: each
            for key, each in meeting.interventions.items()
            if each.outcome != "voided"
        },
    )


@rule("U1", "U3")
@pytest.mark.parametrize("name", ACTS)
def test_everything_that_the_act_changed_is_as_before(name: str) -> None:
    floor = three()
    before, act = ACTS[name]
    before(floor)
    was = floor.meeting
    act(floor)
    floor.wait(9)
    answer = floor.undo()
    assert answer["undone"] in name or name == "open_list"
    assert state(floor.meeting) == state(was)
    assert floor.meeting.actions == was.actions


@rule("U3")
@pytest.mark.parametrize("name", ACTS)
def test_what_others_did_since_stands(name: str) -> None:
    floor = three()
    before, act = ACTS[name]
    before(floor)
    order = floor.order()
    act(floor)
    floor.do(c.NameSpeaker, request=floor.of("B"), person=person("Ms. Bee"))
    floor.do(c.SetPresider, segment="s1.0", name="Ms. New")
    if floor.speakers().state == "open":
        floor.ask("F", list=list_key())
        order += " F"
    floor.undo()
    assert floor.order() == order
    assert floor.request("B").person == person("Ms. Bee")
    assert floor.meeting.segments[SegmentId("s1.0")].presider.name == "Ms. New"


@rule("U2")
@pytest.mark.parametrize(
    "name", [name for name in ACTS if name not in ("call", "recognise")]
)
def test_ten_seconds_later_it_is_too_late(name: str) -> None:
    floor = three()
    before, act = ACTS[name]
    before(floor)
    act(floor)
    floor.wait(10.001)
    floor.refused("undo_too_late", c.Undo, expect=floor.last_act())


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
