"""The back-channel, the readiness board, attendance, contacts and flags."""

from typing import Any, get_args

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.actor import ALARM, Actor
from rostra.core.alarms import Attended
from rostra.core.channel import PHRASES
from rostra.core.evolve_words import MESSAGES_KEPT
from rostra.core.ids import Check, Code, LinkId
from rostra.core.meeting import Attendance
from rostra.core.own import mine
from rostra.core.refusals import Refusal
from rostra.core.views import snapshot
from support.floor import MODERATOR, Floor, delegate, rule

CHAIR = Actor(role="chair", link=LinkId("chair"))
DESK = Actor(role="desk", link=LinkId("desk"))
A, B = Code("A"), Code("B")


def known(floor: Floor, code: str = "A") -> Attendance:
    """What is known of a delegation."""
    return floor.meeting.attendance[Code(code)]


@rule("B1")
@pytest.mark.parametrize("by", [CHAIR, MODERATOR, DESK])
def test_chair_operators_and_desk_talk_to_each_other(by: Actor) -> None:
    floor = Floor().lobby()
    key = floor.do(c.SendMessage, by, phrase="wait", delegation=A)["message"]
    row = snapshot(floor.meeting, "staff")["messages"][key]
    assert row == {
        "id": key,
        "at": floor.now,
        "role": by.role,
        "link": by.link,
        "phrase": "wait",
        "text": "",
        "delegation": "A",
    }


@rule("B1", "I10")
def test_nobody_else_hears_them() -> None:
    floor = Floor().lobby()
    floor.do(c.SendMessage, CHAIR, text="Is she ill?")
    for audience in ("public", "record"):
        assert "messages" not in snapshot(floor.meeting, audience)  # type: ignore[arg-type]
    assert not floor.public()
    floor.refused("not_permitted", c.SendMessage, delegate("A"), text="Hello")


@rule("B1")
def test_a_line_says_something_that_can_be_read() -> None:
    floor = Floor().lobby()
    floor.refused("empty", c.SendMessage, DESK)
    floor.refused("empty", c.SendMessage, DESK, text=" \u200e ")
    floor.refused("no_such_entity", c.SendMessage, DESK, phrase="shut_up")
    floor.refused("not_in_roster", c.SendMessage, DESK, phrase="wait", delegation="Z")
    key = floor.do(c.SendMessage, DESK, phrase="no_sound", text=" in  the hall ")
    message = floor.meeting.messages[key["message"]]
    assert (message.phrase, message.text) == ("no_sound", "in the hall")


@rule("B1")
def test_the_last_hundred_lines_are_kept() -> None:
    floor = Floor().lobby()
    assert MESSAGES_KEPT == 100
    for number in range(MESSAGES_KEPT + 5):
        floor.do(c.SendMessage, DESK, text=str(number))
    texts = [each.text for each in floor.meeting.messages.values()]
    assert texts == [str(number) for number in range(5, MESSAGES_KEPT + 5)]


@rule("B1")
def test_every_stock_phrase_can_be_sent() -> None:
    floor = Floor().lobby()
    for each in PHRASES:
        floor.do(c.SendMessage, CHAIR, phrase=each)
    assert len(set(PHRASES)) == len(PHRASES)


@rule("B1", "U1")
def test_what_was_said_beside_the_floor_is_not_undone() -> None:
    floor = Floor().opened()
    floor.do(c.SendMessage, phrase="wait")
    floor.do(c.Tick, delegation=A, check="sound", ok=True)
    floor.do(c.MarkAttendance, delegations=(A,))
    floor.do(c.FlagDelegation, delegation=A, flag="absent")
    assert floor.meeting.actions == ()


@rule("B2")
@pytest.mark.parametrize("check", get_args(Check))
def test_the_desk_ticks_and_takes_back(check: Check) -> None:
    floor = Floor().lobby()
    floor.do(c.Tick, DESK, delegation=A, check=check, ok=True)
    assert known(floor).checks == {check: True}
    floor.do(c.Tick, DESK, delegation=A, check=check, ok=False)
    assert known(floor).checks == {check: False}
    assert known(floor).sources == ()
    floor.refused("not_in_roster", c.Tick, DESK, delegation="Z", check=check, ok=True)


@rule("B2", "I10")
def test_the_board_is_seen_by_chair_operators_and_desk_only() -> None:
    floor = Floor().lobby()
    floor.do(c.Tick, DESK, delegation=A, check="sound", ok=True)
    assert snapshot(floor.meeting, "staff")["attendance"]["A"]["checks"] == {
        "sound": True
    }
    assert "attendance" not in snapshot(floor.meeting, "record")
    assert not floor.public()


@rule("B3")
def test_attendance_is_kept_by_how_it_is_known() -> None:
    floor = Floor().lobby()
    assert floor.do(c.MarkAttendance, DESK, delegations=(A, B, A)) == {
        "marked": 2,
        "already": 0,
    }
    report = floor.do(c.MarkAttendance, DESK, delegations=(A,), source="report")
    assert report == {"marked": 1, "already": 0}
    again = floor.do(c.MarkAttendance, delegations=(A, Code("C")), source="report")
    assert again == {"marked": 1, "already": 1}
    assert known(floor).sources == ("tick", "report")
    assert known(floor, "B").sources == ("tick",)


@rule("B3", "I6")
def test_a_report_with_a_stranger_marks_nobody() -> None:
    floor = Floor().lobby()
    codes = (A, Code("Z"))
    refusal = floor.refused("not_in_roster", c.MarkAttendance, DESK, delegations=codes)
    assert refusal.params == {"delegation": "Z"}
    assert not floor.meeting.attendance


@rule("B3")
def test_a_pad_that_joins_marks_its_delegation_once() -> None:
    floor = Floor().lobby()
    floor.alarm(Attended((A, Code("Z"))))
    assert floor.events() == (e.AttendanceMarked(delegations=(A,), source="pad"),)
    floor.alarm(Attended((A, B)))
    assert floor.events() == (e.AttendanceMarked(delegations=(B,), source="pad"),)
    again = floor.decide(Attended((A, B)), ALARM)
    assert isinstance(again, Refusal)
    assert Attended((A, B)).id == "attended:A,B"


@rule("B3")
def test_after_the_record_is_closed_nobody_attends_any_more() -> None:
    floor = Floor().opened()
    floor.adjourn()
    floor.do(c.MarkAttendance, DESK, delegations=(A,))
    floor.do(c.CloseRecord, expect=floor.expect_state())
    floor.refused("wrong_meeting_state", c.MarkAttendance, DESK, delegations=(A,))
    assert isinstance(floor.decide(Attended((B,)), ALARM), Refusal)


@rule("B4")
def test_a_delegation_says_how_it_is_reached() -> None:
    floor = Floor().lobby()
    phone = " +1 212  555 0100 "
    floor.do(c.SetContact, delegate("A"), delegation=A, contact=phone)
    assert known(floor).contact == "+1 212 555 0100"
    floor.refused(
        "not_your_delegation", c.SetContact, delegate("A"), delegation=B, contact="x"
    )
    floor.do(c.SetContact, DESK, delegation=A, contact="")
    assert known(floor).contact == ""
    floor.refused("not_in_roster", c.SetContact, DESK, delegation="Z", contact="x")


@rule("E12")
def test_a_flag_is_set_with_its_reason_and_cleared() -> None:
    floor = Floor().opened()
    floor.do(c.FlagDelegation, delegation=A, flag="absent")
    assert (known(floor).flag, known(floor).flag_reason) == ("absent", "")
    floor.do(c.FlagDelegation, delegation=A, flag="suspended", reason=" credentials ")
    assert known(floor).flag == "suspended"
    assert known(floor).flag_reason == "credentials"
    floor.do(c.FlagDelegation, delegation=A, flag=None, reason="cleared")
    assert (known(floor).flag, known(floor).flag_reason) == (None, "")
    floor.refused("stale", c.FlagDelegation, delegation=A, flag=None)
    floor.refused("stale", c.FlagDelegation, delegation=B, flag=None)


@rule("E12")
def test_a_suspension_says_why_and_keeps_the_place() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.refused("reason_needed", c.FlagDelegation, delegation=A, flag="suspended")
    floor.do(c.FlagDelegation, delegation=A, flag="suspended", reason="credentials")
    assert floor.order() == "A B"
    floor.refused("not_in_roster", c.FlagDelegation, delegation="Z", flag="absent")


@rule("E12", "I10")
def test_a_delegation_is_told_of_its_flag_and_never_of_the_reason() -> None:
    floor = Floor().opened()
    floor.do(c.FlagDelegation, delegation=A, flag="suspended", reason="credentials")
    own: Any = mine(floor.meeting, A)
    assert own.flag == "suspended"
    assert "credentials" not in str(own)
    assert not floor.public()
