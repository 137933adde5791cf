"""The course of a meeting over its commits."""

from rostra.core.programme import list_id
from rostra.record.course import Suspended, course
from support.closing import CANARY, closing_discussion, commits
from support.floor import Floor


def test_a_suspension_has_its_beginning_and_its_end() -> None:
    floor = Floor().opened()
    floor.wait(60)
    since = floor.now
    floor.suspend()
    floor.wait(300)
    floor.resume_meeting()
    assert course(commits(floor)).suspensions == (Suspended(since, floor.now),)


def test_one_that_did_not_resume_has_no_end() -> None:
    floor = Floor().opened()
    floor.suspend()
    since = floor.now
    assert course(commits(floor)).suspensions == (Suspended(since, None),)
    floor.wait(60)
    floor.adjourn()
    assert course(commits(floor)).suspensions == (Suspended(since, None),)


def test_the_length_of_a_list_is_told_whenever_it_changes() -> None:
    floor = Floor().opened()
    first = floor.now
    floor.ask("A")
    floor.wait(5)
    floor.ask("B")
    floor.wait(5)
    floor.heard("A", 60)
    found = course(commits(floor)).lengths[list_id(0)]
    assert [count for _, count in found] == [1, 2, 1]
    assert found[0][0] == first


def test_points_raised_are_the_chairs_and_not_told() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.speak("A")
    floor.raised("C")
    assert set(course(commits(floor)).lengths) == {list_id(0)}


def test_limits_are_told_when_they_change() -> None:
    floor = closing_discussion()
    (change,) = course(commits(floor)).limits
    assert change.limits_s["member_state"] == 120
    assert CANARY not in repr(course(commits(floor)))


def test_there_is_nothing_to_tell_of_nothing() -> None:
    assert course([]).lengths == {}
