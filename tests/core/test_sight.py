"""What is reckoned once while a state is drawn."""

from rostra.core import commands as c
from rostra.core.ids import ListId
from rostra.core.sight import Sight
from support.floor import Floor, delegate, rule
from support.rooms import roster

UN = roster("un")
LIST = ListId("l1.0")


@rule("O18")
def test_the_rounds_of_a_rotation_are_reckoned_once_and_of_other_lists_not_at_all() -> (
    None
):
    floor = Floor(order="regional_rotation", roster=UN, on_deck=0).opened()
    floor.ask("KEN", "NGA", "JPN")
    sight = Sight(floor.meeting)
    rounds = sight.rounds(LIST)
    assert [rounds[floor.of(who)] for who in ("KEN", "JPN", "NGA")] == [1, 1, 2]
    assert sight.rounds(LIST) is rounds
    floor.policy("arrival")
    assert Sight(floor.meeting).rounds(LIST) == {}


@rule("W3")
def test_trays_are_in_the_order_of_arrival_and_each_is_its_own() -> None:
    floor = Floor(late_tray=True).opened()
    floor.ask("C", "A", "B")
    floor.do(c.Park, delegate("A"), request=floor.of("A"))
    floor.do(c.Park, delegate("C"), request=floor.of("C"))
    floor.close()
    floor.ask("D")
    sight = Sight(floor.meeting)
    assert sight.beside(LIST, "deferred") == (floor.of("C"), floor.of("A"))
    assert sight.beside(LIST, "late") == (floor.of("D"),)
    assert sight.beside(LIST, "requested") == ()
    assert sight.beside(ListId("y1.0"), "deferred") == ()


def test_a_place_is_counted_from_the_front_of_its_list() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("C", "A", "B")
    sight = Sight(floor.meeting)
    places = [sight.place(LIST, floor.of(who)) for who in ("C", "A", "B")]
    assert places == [0, 1, 2]


def test_what_was_made_once_is_not_made_again() -> None:
    sight = Sight(Floor().meeting)
    made: list[int] = []

    def make() -> int:
        made.append(len(made) + 1)
        return made[-1]

    assert [sight.once(("x", "1"), make) for _ in range(3)] == [1, 1, 1]
    assert sight.once(("x", "2"), make) == 2
