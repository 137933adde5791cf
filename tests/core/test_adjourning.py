"""The meeting rises: what becomes of those who were not heard."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.adjourning import unheard
from rostra.core.ids import Code, Instant
from rostra.core.own import mine, mine_changed
from rostra.core.views import snapshot
from support.floor import DISCUSSION, PANEL, Floor, delegate, rule


def adjourn(floor: Floor, **fields: Any) -> Any:
    """The whole answer."""
    return floor.do(c.Adjourn, expect=floor.expect_state(), **fields)


def told(floor: Floor, who: str) -> str:
    """What the pad says of the request that ended."""
    ended = mine(floor.meeting, Code(who)).ended
    assert ended is not None
    return ended.how


@rule("M10", "M6")
@pytest.mark.parametrize(
    ("profile", "status", "how"),
    [
        ({"carry_over": True}, "carried", "carried"),
        ({"unheard": "written_only"}, "written_only", "written_only"),
        ({"unheard": "expired"}, "expired", "time_did_not_permit"),
    ],
)
def test_whoever_was_not_heard_is_told_what_becomes_of_it(
    profile: dict[str, Any], status: str, how: str
) -> None:
    floor = Floor(**profile).opened()
    floor.ask("A", "B", "C")
    floor.heard("B")
    assert adjourn(floor)["unheard"] == ["A", "C"]
    assert [floor.request(each).status for each in "AC"] == [status, status]
    assert told(floor, "A") == how
    assert told(floor, "B") == "heard"
    assert floor.order() == ""


@rule("E3", "M10")
def test_who_did_not_answer_is_offered_the_deadline_for_written_statements() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    for who in ("A", "B"):
        floor.call(who)
        floor.do(c.NoShow, drop=True, expect=floor.on_floor)
    floor.ask("B")
    floor.heard("B")
    assert told(floor, "A") == "contact_secretariat"
    until = Instant(floor.now + 86_400_000)
    assert adjourn(floor, written_until=until)["unheard"] == ["C", "A"]
    assert set(unheard(floor.meeting)) == {"A", "C"}
    assert told(floor, "A") == "written_only"
    assert "A" in mine_changed(floor.before, floor.meeting)


@rule("M10")
@pytest.mark.parametrize("ends", ["written_only", "expired"])
def test_staff_can_read_who_was_not_heard_once_the_meeting_rose(ends: str) -> None:
    floor = Floor(unheard=ends).opened()
    floor.ask("A", "B", "C")
    floor.heard("B")
    assert unheard(floor.meeting) == ()
    adjourn(floor)
    assert unheard(floor.meeting) == ("A", "C")
    shown = snapshot(floor.meeting, "staff")["meeting"]["meeting"]
    assert tuple(shown["unheard"]) == ("A", "C")
    assert "unheard" not in snapshot(floor.meeting, "public")["meeting"]["meeting"]


@rule("M10")
def test_whoever_waits_beside_the_list_was_not_heard_either() -> None:
    floor = Floor(carry_over=True, late_tray=True).opened()
    floor.ask("A", "B")
    floor.do(c.Park, request=floor.of("A"))
    floor.close()
    floor.ask("C")
    assert adjourn(floor)["unheard"] == ["B", "A", "C"]
    assert floor.meeting.carried == tuple(floor.of(each) for each in "BAC")


@rule("M10")
def test_they_are_carried_in_the_order_of_the_list() -> None:
    floor = Floor(DISCUSSION, DISCUSSION, carry_over=True).opened()
    floor.ask("D", list="l1.1")
    floor.ask("A", "B", "C")
    floor.move("C", 0)
    adjourn(floor)
    carried = [floor.meeting.requests[key].delegation for key in floor.meeting.carried]
    assert carried == ["C", "A", "B", "D"]


@rule("M10", "P1", "X1")
def test_points_answers_and_the_programme_end_with_the_meeting() -> None:
    floor = Floor(PANEL, carry_over=True).opened()
    floor.ask("A", "B", kind="question")
    floor.heard("A")
    floor.do(c.CloseRound, expect=floor.expect_list())
    floor.raised("C")
    floor.reply("D")
    assert adjourn(floor)["unheard"] == ["D", "B"]
    ends = {
        (each.kind, each.status)
        for each in floor.meeting.requests.values()
        if each.status != "done"
    }
    assert ends == {
        ("question", "carried"),
        ("answer", "expired"),
        ("programme", "expired"),
        ("point_of_order", "expired"),
        ("right_of_reply", "written_only"),
    }


@rule("M10", "R3")
@pytest.mark.parametrize("carry_over", [True, False])
def test_who_was_not_heard_is_shown_to_staff_once_the_meeting_has_risen(
    carry_over: bool,
) -> None:
    floor = Floor(carry_over=carry_over).opened()
    floor.ask("A", "B", "C")
    floor.put("D", kind="introduction")
    floor.heard("B")
    floor.move("C", 0)
    assert unheard(floor.meeting) == ()
    adjourn(floor)
    # the order of the list is kept for those who come first at the next meeting
    assert unheard(floor.meeting) == (("C", "A") if carry_over else ("A", "C"))
    assert "unheard" not in snapshot(floor.meeting, "record")["meeting"]["meeting"]


@rule("M10")
def test_a_delegation_that_waits_twice_is_named_once() -> None:
    floor = Floor(DISCUSSION, DISCUSSION).opened()
    floor.ask("A")
    floor.ask("A", list="l1.1")
    assert adjourn(floor)["unheard"] == ["A"]


@rule("M10")
def test_the_deadline_for_written_statements_must_lie_ahead() -> None:
    floor = Floor().opened()
    for at in (floor.now, Instant(floor.now - 1)):
        expect = floor.expect_state()
        floor.refused("bad_time", c.Adjourn, written_until=at, expect=expect)
    until = Instant(floor.now + 1)
    adjourn(floor, written_until=until)
    assert floor.meeting.written_until == until


@rule("M10", "S5")
def test_an_offered_swap_lapses() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    one, other = floor.of("A"), floor.of("B")
    floor.do(c.OfferSwap, delegate("A"), request=one, wanted=other)
    adjourn(floor)
    assert floor.meeting.swaps == {}
    assert [each.why for each in floor.events() if isinstance(each, e.SwapEnded)] == [
        "lapsed"
    ]


@rule("M6", "M10")
def test_a_list_in_its_window_for_the_lot_closes_too() -> None:
    floor = Floor(order="lot", lot_window_min=15).opened()
    floor.ask("A")
    assert floor.speakers().state == "lot_window"
    adjourn(floor)
    assert floor.speakers().state == "closed"


@rule("M10", "M6")
def test_with_nobody_left_nobody_is_told() -> None:
    floor = Floor(carry_over=True).opened()
    floor.ask("A")
    floor.heard("A")
    assert adjourn(floor)["unheard"] == []
    assert floor.meeting.carried == ()
    assert not any(isinstance(each, e.RequestsExpired) for each in floor.events())
