"""Whose requests are whose, without looking through all of them."""

from rostra.core.asked import asked_by
from rostra.core.ids import Code
from support.floor import DISCUSSION, OPENING, Floor, rule


def test_each_delegation_has_its_own_in_the_order_in_which_they_came() -> None:
    floor = Floor().opened()
    first = floor.ask("A")
    other = floor.ask("B")
    floor.heard("A")
    second = floor.ask("A")
    point = floor.raised("A")
    assert floor.meeting.asked[Code("A")] == (first, second, point)
    assert floor.meeting.asked[Code("B")] == (other,)


def test_those_of_the_programme_are_there_from_the_beginning() -> None:
    floor = Floor(OPENING, DISCUSSION)
    assert floor.meeting.asked == asked_by(floor.meeting.requests.values())
    assert floor.meeting.asked[Code("A")] == ("r1.0",)


def test_whoever_speaks_for_no_delegation_is_nobodys() -> None:
    floor = Floor(OPENING, DISCUSSION)
    assert "r1.1" in floor.meeting.requests
    assert set(floor.meeting.asked) == {Code("A")}


@rule("I3")
def test_who_has_left_the_list_is_known_still_and_once() -> None:
    floor = Floor().opened()
    gone = floor.ask("A")
    floor.withdraw("A")
    again = floor.ask("A")
    assert floor.meeting.asked[Code("A")] == (gone, again)


@rule("I6")
def test_a_meeting_keeps_its_own_whatever_comes_after_it() -> None:
    floor = Floor().opened()
    floor.ask("A")
    before = floor.meeting
    known = dict(before.asked)
    floor.ask("B")
    assert before.asked == known
    assert set(floor.meeting.asked) - set(known) == {Code("B")}
