"""How a list would stand under another policy."""

from typing import Any

import pytest

from rostra.core.preview import preview
from support.floor import Floor, list_key, rule


@rule("O19")
def test_a_preview_changes_nothing_and_says_what_choosing_it_would_do() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("N", "A")
    floor.ask("B", group="G77")
    before = floor.meeting
    seen = preview(floor.meeting, list_key(), "arrival", ("groups_first",))
    assert floor.meeting is before
    assert floor.order() == "A G77 N"
    assert seen.order == tuple(floor.of(each) for each in ("G77", "A", "N"))
    assert seen.why[floor.of("G77")] == ("group", "arrival")
    floor.policy("arrival", "groups_first")
    assert floor.speakers().order == seen.order


@rule("O19", "I8")
def test_who_keeps_a_place_keeps_it_in_a_preview() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C", "D", "E")
    floor.move("D", 3)
    floor.call("A")
    seen = preview(floor.meeting, list_key(), "least_spoken", ())
    floor.policy("least_spoken")
    assert seen.order == floor.speakers().order
    assert seen.why[floor.of("B")][0] == "told"
    assert seen.why[floor.of("A")][0] == "called"


@rule("O19", "O13")
@pytest.mark.parametrize(
    "policy, to_draw",
    [
        ("lot", "order"),
        ("alpha_from_lot", "letter"),
        ("regional_rotation", "region"),
        ("protocol_rank", None),
    ],
)
def test_it_says_what_would_still_have_to_be_drawn(
    policy: Any, to_draw: str | None
) -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A", "B")
    seen = preview(floor.meeting, list_key(), policy)
    assert seen.to_draw == to_draw
    if policy == "lot":
        assert "lot:waiting" in seen.why[floor.of("A")]


@rule("O19")
def test_what_was_drawn_already_is_not_to_be_drawn() -> None:
    floor = Floor(order="lot", on_deck=0).opened()
    floor.ask("A", "B", "C")
    floor.draw()
    seen = preview(floor.meeting, list_key(), "lot")
    assert (seen.order, seen.to_draw) == (floor.speakers().order, None)
