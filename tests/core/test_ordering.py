"""The operator's hand on the order: policy and pins."""

from rostra.core import commands as c
from rostra.core.programme import POINTS
from support.floor import DEPUTY, Floor, rule


@rule("O17", "O9")
def test_pinned_one_stays_where_it_is_counted_in_calls_from_now() -> None:
    floor = Floor(modifiers=("groups_first",), on_deck=0).opened()
    floor.ask("A", "B", "C")
    floor.do(c.Pin, expect=floor.at_place("B"))
    floor.ask("D", group="G77")
    floor.ask("E", group="ISLES")
    assert floor.order() == "G77 B ISLES A C"
    floor.do(c.Unpin, expect=floor.at_place("B"))
    assert floor.order() == "G77 ISLES A B C"


@rule("O17")
def test_a_returning_one_that_is_unpinned_goes_where_it_belongs() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A", "B", "C", "D")
    floor.call("A")
    floor.do(c.NoShow, expect=floor.on_floor)
    assert floor.order() == "B C A D"
    floor.do(c.Unpin, expect=floor.at_place("A"))
    assert floor.order() == "A B C D"


@rule("O17")
def test_both_name_the_place_that_was_shown() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A", "B")
    shown = floor.at_place("B")
    floor.withdraw("A")
    for kind in (c.Pin, c.Unpin):
        refusal = floor.refused("stale", kind, DEPUTY, expect=shown)
        assert refusal.current == {"place": 0}
        assert refusal.params["place"] == 1
    floor.withdraw("B")
    floor.refused("not_on_list", c.Pin, expect=shown)


@rule("O17")
def test_a_called_one_is_not_pinned() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.call("A")
    floor.refused("bad_place", c.Pin, expect=floor.at_place("A"))


@rule("O17", "U1", "U3")
def test_pinning_and_unpinning_can_be_undone() -> None:
    floor = Floor(modifiers=("groups_first",), on_deck=0).opened()
    floor.ask("A", "B")
    floor.do(c.Pin, expect=floor.at_place("A"))
    floor.ask("C", group="G77")
    assert floor.order() == "A G77 B"
    assert floor.undo() == {"undone": "pin"}
    assert floor.order() == "G77 A B"
    floor.do(c.Pin, expect=floor.at_place("B"))
    floor.move("A", 0)
    floor.do(c.Unpin, expect=floor.at_place("A"))
    assert floor.order() == "G77 A B"
    assert floor.undo() == {"undone": "unpin"}
    assert floor.order() == "A G77 B"
    assert floor.request("A").fixed


@rule("O20")
def test_points_and_replies_keep_their_own_order() -> None:
    floor = Floor().opened()
    replies = next(each for each in floor.meeting.lists if each.startswith("y"))
    for key in (POINTS, replies):
        speakers = floor.meeting.lists[key]
        expect = c.ExpectList(key, speakers.state, speakers.generation)
        floor.refused("not_enabled", c.SetPolicy, policy="manual", expect=expect)


@rule("O2", "L6", "U1")
def test_another_policy_sorts_anew_and_can_be_undone() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A")
    floor.ask("B", group="G77")
    floor.policy("arrival", "groups_first", "groups_first")
    assert floor.speakers().modifiers == ("groups_first",)
    assert floor.order() == "G77 A"
    floor.undo()
    assert floor.order() == "A G77"
    stale = c.ExpectList(floor.speakers().id, "closed", 0)
    floor.refused("stale", c.SetPolicy, policy="manual", expect=stale)
