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


@rule("E23")
def test_who_keeps_the_own_place_is_told_nothing_when_others_move() -> None:
    floor = Floor(show_list="own_place", on_deck=0).opened()
    floor.ask("A", "B", "C", "D")
    floor.withdraw("C")
    assert mine_changed(floor.before, floor.meeting) == {"C", "D"}
    floor.ask("E")
    assert mine_changed(floor.before, floor.meeting) == {"E"}
    floor.move("E", 1)
    assert mine_changed(floor.before, floor.meeting) == {"B", "D", "E"}


@rule("K6")
def test_a_delegation_hears_that_its_signal_is_up_and_that_it_is_down() -> None:
    floor = Floor().opened()
    floor.do(c.RequestFloor, delegate("A"), kind="technical")
    assert mine_changed(floor.before, floor.meeting) == {"A"}
    (signal,) = floor.meeting.signals
    floor.do(c.ClearSignal, signal=signal)
    assert mine_changed(floor.before, floor.meeting) == {"A"}


@rule("E2")
def test_who_interrupts_itself_is_shown_the_floor_on_top() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 20)
    point = floor.ask("A", kind="point_of_order")
    top = c.ExpectTop(floor.meeting.floor)
    floor.do(c.Recognise, request=point, expect=top)
    own = mine(floor.meeting, Code("A")).floor
    assert own and (own.id, own.kind) == (floor.meeting.floor, "point_of_order")


@rule("E21")
def test_what_ended_last_is_told_though_it_was_asked_for_first() -> None:
    floor = Floor().opened()
    first = floor.ask("A", kind="group_statement", group="G77")
    second = floor.ask("A")
    floor.withdraw(second, delegate("A"))
    floor.wait(5)
    floor.withdraw(first, delegate("A"))
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and ended.id == first


@rule("E12")
def test_a_delegation_hears_of_its_own_flag_and_no_other_does() -> None:
    floor = Floor().opened()
    for code in ("A", "B"):
        fields = {"flag": "absent", "delegation": Code(code)}
        floor.do(c.FlagDelegation, **fields)
        assert mine_changed(floor.before, floor.meeting) == {code}
