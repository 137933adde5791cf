"""``evolve``: what is true after an event."""

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.evolve import evolve, fold
from rostra.core.founding import found
from rostra.core.ids import Instant, RequestId
from support.floor import WHOLE, Floor, delegate, rule


def eventful() -> Floor:
    """A meeting in which most things have happened once."""
    floor = Floor(*WHOLE).opened()
    floor.heard("r1.0", 200)
    floor.go(2)
    floor.ask("A", "B", "C", "D")
    floor.speak("A", 50)
    floor.pause()
    floor.wait(20)
    floor.resume()
    floor.end(returns=True)
    floor.call("B")
    floor.do(c.NoShow, expect=floor.on_floor)
    floor.speak("C", 5)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    floor.move("D", 0, segment=2)
    floor.undo()
    floor.withdraw("D")
    floor.close(segment=2)
    floor.reopen(segment=2)
    floor.suspend()
    floor.resume_meeting()
    floor.adjourn()
    return floor


@rule("I9")
def test_folding_all_events_in_one_draft_gives_the_state() -> None:
    floor = eventful()
    draft = Draft(found(floor.created, floor.meeting.created_at))
    for seq, at, events in floor.commits:
        fold(draft, seq, at, events)
    assert draft.freeze() == floor.meeting


@rule("I9")
def test_folding_them_commit_by_commit_gives_the_state() -> None:
    floor = eventful()
    meeting = found(floor.created, floor.meeting.created_at)
    for seq, at, events in floor.commits:
        meeting = evolve(meeting, seq, at, events)
    assert meeting == floor.meeting


@rule("I5")
def test_it_may_not_refuse_an_event_that_cannot_be_applied_is_corruption() -> None:
    meeting = Floor().meeting
    gone = e.RequestWithdrawn(request=RequestId("r9.9"), by="operator")
    with pytest.raises(KeyError):
        evolve(meeting, 2, Instant(0), [gone])


@rule("E2")
def test_a_second_press_changes_nothing() -> None:
    floor = Floor().opened()
    floor.ask("A")
    before = floor.meeting
    floor.do(c.RequestFloor, delegate("A", "other"), kind="statement")
    assert floor.meeting.requests == before.requests
    assert floor.meeting.lists == before.lists
