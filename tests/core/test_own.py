"""What a delegation alone is told of itself, and when that changes."""

from rostra.core import commands as c
from rostra.core.ids import Code
from rostra.core.own import mine, mine_changed
from support.floor import Floor, delegate, person, rule


def test_a_delegation_sees_its_own_words_and_what_became_of_its_request() -> None:
    floor = Floor(unheard="expired").opened()
    floor.ask("A", person=person("Ms. Ay"))
    own = mine(floor.meeting, Code("A"))
    assert own.requests[floor.of("A")].person == person("Ms. Ay")
    floor.heard("A")
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and (ended.how, ended.at) == ("heard", floor.now)
    floor.ask("B")
    floor.adjourn()
    ended = mine(floor.meeting, Code("B")).ended
    assert ended and ended.how == "time_did_not_permit"


@rule("E23")
def test_who_sees_only_the_own_place_hears_when_it_changes() -> None:
    floor = Floor(show_list="own_place").opened()
    floor.ask("A", "B")
    floor.withdraw("A")
    assert mine_changed(floor.before, floor.meeting) == {"A", "B"}


@rule("K6")
def test_a_delegation_hears_that_its_signal_is_up_and_that_it_is_down() -> None:
    floor = Floor().opened()
    floor.do(c.RequestFloor, delegate("A"), kind="technical")
    assert mine_changed(floor.before, floor.meeting) == {"A"}
    (signal,) = floor.meeting.signals
    floor.do(c.ClearSignal, signal=signal)
    assert mine_changed(floor.before, floor.meeting) == {"A"}
