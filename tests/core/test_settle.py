"""What follows from a command whatever it was: order, deck, one voice."""

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.ids import Code
from rostra.core.own import mine
from support.floor import DISCUSSION, MODERATOR, Floor, rule


def told(floor: Floor) -> str:
    """Who was told to be ready and is not yet called."""
    requests = map(floor.meeting.requests.__getitem__, floor.speakers().order)
    waiting = (r for r in requests if r.status == "queued")
    return " ".join(str(r.delegation) for r in waiting if r.told_at is not None)


@rule("O8")
def test_nobody_is_told_before_the_first_call() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    assert told(floor) == ""


@rule("O8")
def test_at_the_first_call_the_next_two_are_told() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C", "D")
    floor.call("A")
    assert told(floor) == "B C"
    floor.start()
    floor.end()
    floor.call("B")
    assert told(floor) == "C D"


@rule("O8")
def test_how_many_are_told_is_a_setting() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A", "B", "C")
    floor.call("A")
    assert told(floor) == ""


@rule("O8", "I8")
def test_those_who_were_told_keep_their_places_against_whoever_comes_later() -> None:
    floor = Floor(modifiers=("groups_first",)).opened()
    floor.ask("A", "B", "C", "D")
    floor.call("A")
    floor.ask("E", group="G77")
    assert floor.order() == "A B C G77 D"


@rule("O8")
def test_only_the_running_segment_has_a_deck() -> None:
    floor = Floor(DISCUSSION, DISCUSSION).opened()
    floor.ask("A", "B")
    floor.heard("A")
    floor.go(1)
    floor.ask("C", "D", list=floor.speakers(1).id)
    later = [floor.meeting.requests[key].told_at for key in floor.speakers(1).order]
    assert later == [None, None]
    assert told(floor) == "B"


@rule("O8", "E3")
def test_who_comes_back_later_is_told_again_when_the_time_comes() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C", "D")
    floor.heard("A")
    assert floor.request("B").told_at is not None
    floor.call("B")
    floor.do(c.NoShow, expect=floor.on_floor)
    assert floor.order() == "C D B"
    assert floor.request("B").told_at is None
    floor.heard("C")
    assert floor.request("B").told_at is not None


@rule("O9", "I8")
def test_several_who_keep_their_places_are_counted_in_calls_from_now() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A", "B", "C", "D", "N", "I")
    floor.move("N", 1)
    floor.move("I", 3)
    assert floor.order() == "A N B I C D"
    floor.heard("A")
    assert floor.order() == "N B I C D"
    floor.withdraw("B")
    assert floor.order() == "N I C D"
    floor.ask("E")
    floor.put("F", kind="secretariat")
    assert floor.order() == "N I F C D E"


@rule("I2", "I5")
def test_the_order_is_an_event_so_that_a_replay_never_sorts() -> None:
    floor = Floor().opened()
    floor.ask("N")
    floor.ask("A")
    changed = [each for each in floor.events() if isinstance(each, e.OrderChanged)]
    assert changed == [
        e.OrderChanged(list=floor.speakers().id, splices=((0, 0, floor.of("A")),))
    ]


@rule("I3", "E1")
def test_who_returns_and_has_asked_anew_stands_once_with_the_older_request() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.speak("A", 30)
    older = floor.active.request
    newer = floor.ask("A")
    floor.end(returns=True)
    assert floor.order() == "B A"
    assert floor.of("A") == older
    assert floor.meeting.requests[newer].status == "withdrawn"
    assert older in mine(floor.meeting, Code("A")).requests


@rule("I3", "U3")
def test_an_undone_withdrawal_finds_the_delegation_once_at_its_old_place() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    older = floor.of("A")
    floor.withdraw("A", MODERATOR)
    floor.ask("A")
    assert floor.order() == "B A"
    floor.undo()
    assert floor.order() == "A B"
    assert floor.of("A") == older


@rule("O4")
def test_hearing_somebody_sorts_the_list_anew() -> None:
    floor = Floor(modifiers=("first_time_first",), on_deck=0).opened()
    floor.ask("A")
    floor.speak("A", 5)
    floor.ask("A", "B")
    assert floor.order() == "A B"
    floor.end()
    assert floor.order() == "B A"


@rule("I2", "Q2")
def test_other_rules_bring_every_list_into_their_order_at_once() -> None:
    floor = Floor(DISCUSSION).opened()
    floor.ask("N", "A")
    before = floor.order()
    tiers = "\n".join(
        f"{tier} = {9 - rank}" for tier, rank in floor.meeting.profile.tiers.items()
    )
    text = f'id = "t"\ntitle = "T"\n[limits]\nstatement = 180\n[tiers]\n{tiers}\n'
    floor.do(c.SetProfile, text=text)
    assert (before, floor.order()) == ("A N", "N A")
