"""A spokesperson's own statement, apart from the one for the group (RULES 7.13)."""

from hypothesis import given
from hypothesis import strategies as st

from rostra.core import commands as c
from rostra.core.ids import Code, GroupCode
from support.floor import Floor, rule


def apart(gap: int, **profile: object) -> Floor:
    """A list with that gap, groups first and nobody told."""
    made = {"modifiers": ("groups_first",), "on_deck": 0, **profile}
    return Floor(spokesperson_gap=gap, **made).opened()


@rule("E13")
def test_others_go_between_a_group_statement_and_the_own_one() -> None:
    orders = []
    for gap in (0, 1, 2, 3):
        floor = apart(gap)
        floor.ask("A", group="G77")
        floor.ask("A", "B", "C", "D", "E")
        orders.append(floor.order())
    assert orders == [
        "G77 A B C D E",
        "G77 B A C D E",
        "G77 B C A D E",
        "G77 B C D A E",
    ]


@rule("E13")
def test_the_own_statement_waits_also_where_it_would_come_before() -> None:
    floor = apart(2, modifiers=())
    floor.ask("A", "B")
    floor.ask("A", group="G77")
    floor.ask("C", "D", "E")
    assert floor.order() == "B G77 C D A E"


@rule("E13")
def test_it_still_waits_when_the_group_was_just_heard() -> None:
    floor = apart(2)
    floor.ask("A", group="G77")
    floor.ask("A", "B", "C", "D")
    floor.heard("G77")
    assert floor.order() == "B C A D"
    floor.heard("B")
    assert floor.order() == "C A D"
    floor.heard("C")
    assert floor.order() == "A D"


@rule("E13")
def test_without_enough_others_it_is_as_far_as_there_are_any() -> None:
    floor = apart(3)
    floor.ask("A", group="G77")
    floor.ask("A", "B")
    assert floor.order() == "G77 B A"


@rule("E13", "I8")
def test_whoever_keeps_a_place_keeps_it() -> None:
    floor = apart(2)
    floor.ask("A", group="G77")
    floor.ask("A", "B", "C", "D")
    floor.move("A", 1)
    assert floor.order() == "G77 A B C D"
    floor = apart(2)
    floor.ask("B", "C", "A", "D", "E", "F")
    floor.ask("A", group="G77")
    floor.move("G77", 2)
    assert floor.order() == "B C G77 D E A F"


@rule("E13")
def test_two_groups_may_follow_each_other_by_one_spokesperson() -> None:
    floor = apart(2)
    floor.ask("A", group="G77")
    floor.ask("A", group="ISLES")
    floor.ask("A", "B", "C")
    assert floor.order() == "G77 ISLES B C A"


@rule("E13", "O6")
def test_a_published_order_knows_no_gap() -> None:
    floor = apart(2, order="fixed")
    floor.ask("A", group="G77")
    floor.ask("A", "B", "C")
    assert floor.order() == "G77 A B C"


@rule("E13")
@given(st.permutations("ABCDEFH"), st.integers(1, 3), st.integers(0, 6))
def test_with_others_enough_nobody_stands_too_near(
    codes: list[str], gap: int, at: int
) -> None:
    floor = apart(gap, modifiers=())
    spokesperson = Code(codes[at])
    for place, code in enumerate(codes):
        if place == gap:
            entry = c.Entry(delegation=spokesperson, group=GroupCode("G77"))
            floor.do(c.Insert, list=floor.speakers().id, entries=(entry,))
        floor.put(code)
    order = floor.order().split()
    assert sorted(order) == sorted([*codes, "G77"])
    assert abs(order.index(spokesperson) - order.index("G77")) > gap or (
        # nobody is left to go between
        order.index(spokesperson) == len(order) - 1
    )
