"""Draws by lot: committed to before, public after, and the same for everyone."""

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.core import commands as c
from rostra.core.draws import by_lot, commitment, seed
from rostra.core.events import Drawn, DrawPrepared, LotWindowOpened
from rostra.core.turns import REGIONS
from rostra.protocol.stored import part_of
from support.floor import Floor, list_key, rule
from support.rooms import roster

UN = roster("un")


def sha(text: str) -> str:
    """As anybody computes it."""
    return hashlib.sha256(text.encode()).hexdigest()


def drawn(floor: Floor) -> Drawn:
    """The draw of the last commit."""
    (found,) = (each for each in floor.events() if isinstance(each, Drawn))
    return found


def prepared(floor: Floor) -> DrawPrepared:
    """What the last commit published for a draw to come."""
    (found,) = (each for each in floor.events() if isinstance(each, DrawPrepared))
    return found


@rule("D1")
def test_the_seed_is_the_secrets_the_lists_and_the_numbers() -> None:
    floor = Floor(lot_key="secret")
    key = floor.speakers().id
    assert seed(floor.meeting, key, 1) == sha("secret:l1.0:1")
    seeds = {
        seed(each.meeting, list_key(segment), number)
        for each in (floor, Floor(lot_key="another"))
        for segment in (0, 1)
        for number in (1, 2)
    }
    assert len(seeds) == 8
    assert part_of(floor.created, "lot_key") == "internal"


@rule("D1")
def test_without_a_secret_the_meetings_name_stands_for_it() -> None:
    floor = Floor()
    assert seed(floor.meeting, floor.speakers().id, 2) == sha("m:l1.0:2")


@rule("D2")
@pytest.mark.parametrize("policy", ["lot", "alpha_from_lot", "regional_rotation"])
def test_the_digest_of_the_seed_is_published_before_the_draw(policy: Any) -> None:
    floor = Floor(order=policy, roster=UN, lot_key="secret")
    floor.lobby()
    first = prepared(floor)
    assert (first.list, first.number) == ("l1.0", 1)
    assert first.commitment == commitment(floor.meeting, floor.speakers().id, 1)
    assert first.commitment == sha(sha("secret:l1.0:1"))
    floor.ask("KEN", "JPN", list=list_key())
    assert floor.speakers().commitment == first.commitment
    floor.draw()
    assert sha(drawn(floor).seed) == first.commitment
    assert prepared(floor).number == 2
    assert floor.speakers().commitment == sha(sha("secret:l1.0:2"))


@rule("D2")
def test_it_is_published_with_the_policy_and_with_the_window() -> None:
    floor = Floor(order="arrival").lobby()
    assert floor.speakers().commitment == ""
    floor.policy("lot")
    assert prepared(floor).number == 1
    floor.policy("alpha_from_lot")
    assert not any(isinstance(each, DrawPrepared) for each in floor.events())
    window = Floor(order="lot", lot_window_min=15).lobby()
    (opened,) = (e for e in window.events() if isinstance(e, LotWindowOpened))
    assert window.speakers().commitment == opened.commitment
    assert not any(isinstance(each, DrawPrepared) for each in window.events())


@rule("D3", "D4")
def test_a_draw_says_everything_that_it_takes_to_make_it_again() -> None:
    floor = Floor(order="lot", lot_key="secret").opened()
    floor.ask("A", "B", "C", "D")
    floor.put("E", kind="introduction")
    floor.draw()
    said = drawn(floor)
    waiting = {each: floor.of(each) for each in "ABCD"}
    assert said.inputs == tuple(sorted(f"{r} {each}" for each, r in waiting.items()))
    by_digest = sorted(said.inputs, key=lambda each: sha(f"{said.seed}:{each}"))
    assert said.order == tuple(each.split()[0] for each in by_digest)
    assert floor.speakers().order[1:] == said.order
    assert (said.number, said.letter, said.region) == (1, "", "")
    draw = floor.speakers().draw
    assert (draw.number, draw.seed, draw.inputs) == (1, said.seed, said.inputs)
    assert all(part_of(said, field) == "open" for field in said.__struct_fields__)


@rule("D4", "I10")
def test_where_the_list_is_not_shown_nobody_is_named_by_the_draw() -> None:
    floor = Floor(order="lot", show_list="own_place").opened()
    floor.ask("A", "B")
    floor.draw()
    assert drawn(floor).inputs == tuple(sorted((floor.of("A"), floor.of("B"))))


@rule("D3")
def test_a_letter_is_drawn_among_those_of_the_roster() -> None:
    floor = Floor(order="alpha_from_lot", roster=UN, lot_key="secret").opened()
    floor.draw()
    said = drawn(floor)
    assert "".join(said.inputs) == "ABCDEFGHIJKLMNOPQRSTUVYZ"
    assert said.letter == by_lot(said.seed, said.inputs)[0]
    assert (said.order, said.region) == ((), "")


@rule("D3")
def test_a_regional_group_is_drawn_among_those_of_the_roster() -> None:
    floor = Floor(order="regional_rotation", roster=UN).opened()
    floor.draw()
    said = drawn(floor)
    assert said.inputs == REGIONS
    assert said.region == by_lot(said.seed, said.inputs)[0]
    without = Floor(order="regional_rotation").opened()
    expect = without.expect_list()
    without.refused("nothing_to_draw", c.DrawLots, expect=expect)


@rule("D3")
def test_who_is_called_already_is_not_drawn() -> None:
    floor = Floor(order="lot", lot_key="secret").opened()
    floor.ask("A", "B", "C")
    floor.call("B")
    floor.draw()
    assert drawn(floor).inputs == (f"{floor.of('A')} A", f"{floor.of('C')} C")


@rule("D3")
def test_with_nothing_to_draw_it_is_said_so() -> None:
    floor = Floor(order="lot", lot_window_min=15).lobby()
    floor.ask("A", list=list_key())
    assert floor.speakers().state == "lot_window"
    floor.refused("nothing_to_draw", c.DrawLots, expect=floor.expect_list())
    floor = Floor(order="lot").opened()
    floor.put("A", kind="introduction")
    floor.refused("nothing_to_draw", c.DrawLots, expect=floor.expect_list())
    floor.ask("B")
    stale = c.ExpectList(floor.speakers().id, "closed", 0)
    floor.refused("stale", c.DrawLots, expect=stale)
    floor.draw()
    floor.policy("arrival")
    floor.refused("nothing_to_draw", c.DrawLots, expect=floor.expect_list())


@rule("D5", "U1")
def test_a_draw_is_not_undone_and_another_is_another() -> None:
    floor = Floor(order="lot", lot_key="x", on_deck=0).opened()
    floor.ask(*"ABCDEF")
    floor.draw()
    assert floor.meeting.actions == ()
    first = drawn(floor)
    assert floor.do(c.DrawLots, expect=floor.expect_list()) == {"draw": 2}
    second = drawn(floor)
    assert (first.number, second.number) == (1, 2)
    assert first.seed != second.seed
    assert first.order != second.order
    assert floor.speakers().order == second.order
    assert floor.speakers().draws == 3


@rule("D5", "I8")
def test_who_was_told_keeps_the_place_in_a_draw() -> None:
    floor = Floor(order="lot", lot_key="y").opened()
    floor.ask(*"ABCDEF")
    floor.call("A")
    told = floor.order().split()[:3]
    floor.draw()
    assert floor.order().split()[:3] == told
    assert sorted(floor.order().split()) == list("ABCDEF")


@rule("D5", "U3")
def test_undoing_the_policy_leaves_a_draw_that_was_made() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A", "B", "C")
    floor.policy("lot")
    floor.draw()
    draw = floor.speakers().draw
    floor.undo()
    assert floor.speakers().policy == "arrival"
    assert floor.order() == "A B C"
    assert (floor.speakers().draw, floor.speakers().draws) == (draw, 2)
    floor.policy("lot")
    assert floor.speakers().draws == 2


@rule("D4")
@given(st.text("0123456789abcdef", min_size=64, max_size=64), st.sets(st.text()))
def test_the_lot_is_a_matter_of_seed_and_inputs_alone(
    own: str, inputs: set[str]
) -> None:
    found = by_lot(own, inputs)
    assert set(found) == inputs
    assert len(found) == len(inputs)
    assert found == by_lot(own, reversed(found))


@rule("D4")
def test_every_place_is_as_likely_for_everyone() -> None:
    first = [by_lot(sha(str(n)), "ABCD")[0] for n in range(4000)]
    assert all(900 < first.count(each) < 1100 for each in "ABCD")
