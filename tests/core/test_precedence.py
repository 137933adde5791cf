"""Who comes before whom among points raised."""

import pytest

from rostra.core import commands as c
from rostra.core.ids import Code, RequestId
from rostra.core.profile import Interruption
from rostra.core.programme import POINTS
from support.floor import Floor, rule


def moved(floor: Floor, code: str, motion: str) -> RequestId:
    """A delegation moves something."""
    return floor.raised(code, kind="procedural_motion", motion=motion)


def on(floor: Floor, motion: RequestId, *codes: str, side: str) -> None:
    """Delegations ask to speak on a motion."""
    floor.raised(*codes, kind="procedural_motion", on=motion, side=side)


@rule("X3", "O1")
def test_points_of_order_come_first_in_their_order_of_arrival() -> None:
    floor = Floor().opened()
    moved(floor, "A", "suspend_meeting")
    floor.raised("B", "C")
    floor.raised("D")
    assert floor.points() == "B C D A"


@rule("X3", "X1")
def test_a_technical_matter_stands_with_the_points_of_order() -> None:
    floor = Floor().opened()
    moved(floor, "A", "suspend_meeting")
    floor.raised("B")
    line = c.Entry(delegation=Code("D"), kind="technical")
    floor.do(c.Insert, list=POINTS, entries=(line,))
    floor.raised("C")
    assert floor.points() == "B D C A"


@rule("X3")
def test_motions_stand_by_rule_77_whatever_came_first() -> None:
    floor = Floor().opened()
    for code, motion in zip(
        "ABCDE",
        ("other", "close_debate", "adjourn_debate", "adjourn_meeting",
         "suspend_meeting"),
        strict=True,
    ):  # fmt: skip
        moved(floor, code, motion)
    assert floor.points() == "E D C B A"


@rule("X3")
def test_two_motions_of_the_same_rank_in_their_order_of_arrival() -> None:
    floor = Floor().opened()
    for code in "BA":
        moved(floor, code, "close_debate")
    assert floor.points() == "B A"


@rule("X3")
@pytest.mark.parametrize(
    ("first", "order"), [("for", "A B D C E"), ("against", "A D B E C")]
)
def test_after_a_motion_its_speakers_for_and_against_in_turn(
    first: str, order: str
) -> None:
    floor = Floor().opened()
    motion = moved(floor, "A", "adjourn_debate")
    if first == "against":
        on(floor, motion, "D", side="against")
    on(floor, motion, "B", "C", side="for")
    on(floor, motion, *("DE" if first == "for" else "E"), side="against")
    moved(floor, "F", "close_debate")
    assert floor.points() == f"{order} F"


@rule("X3")
def test_a_side_that_is_alone_speaks_in_its_order_of_arrival() -> None:
    floor = Floor().opened()
    motion = moved(floor, "A", "close_debate")
    on(floor, motion, "C", "B", "D", side="against")
    assert floor.points() == "A C B D"


@rule("X3")
def test_who_has_spoken_on_a_motion_counts_in_the_turns() -> None:
    floor = Floor().opened()
    motion = moved(floor, "A", "close_debate")
    floor.recognise(motion, 30)
    floor.end()
    on(floor, motion, "B", "C", side="for")
    on(floor, motion, "D", side="against")
    assert floor.points() == "B D C"
    floor.recognise(floor.of("B"), 30)
    floor.end()
    assert floor.points() == "D C"
    floor.withdraw("D")
    on(floor, motion, "E", side="against")
    assert floor.points() == "E C"


@rule("X3", "X9")
def test_responses_come_after_everything_else() -> None:
    floor = Floor(interruptions={"response": Interruption(when="between")}).opened()
    floor.ask("F")
    floor.heard("F")
    floor.raised("A", kind="response")
    moved(floor, "B", "other")
    floor.raised("C")
    assert floor.points() == "C B A"


@rule("X3", "O7")
def test_the_chair_may_have_another_order_by_hand() -> None:
    floor = Floor().opened()
    first, second = floor.raised("A"), floor.raised("B")
    expect = c.ExpectPlace(second, 1)
    floor.do(c.Move, request=second, to=0, expect=expect)
    floor.raised("C")
    assert floor.points() == "B A C"
    assert floor.meeting.lists[POINTS].order[1] == first


@rule("X3")
def test_who_speaks_on_a_motion_counts_in_the_turns_already() -> None:
    floor = Floor().opened()
    motion = moved(floor, "A", "close_debate")
    floor.recognise(motion, 30)
    floor.end()
    on(floor, motion, "B", "C", side="for")
    floor.recognise(floor.of("B"), 30)
    on(floor, motion, "D", side="against")
    assert floor.points() == "D C"
