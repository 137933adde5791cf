"""Bands, generations, who has spoken, and tiers: the class of an entry."""

from typing import Any, get_args

from rostra.core.bands import BANDS, ORDINARY, band, class_of, rank, tier
from rostra.core.ids import Kind
from support.floor import Floor, rule


@rule("K5", "O2")
def test_kinds_stand_in_their_bands() -> None:
    kinds: list[list[Kind]] = [
        ["point_of_order", "technical"],
        ["procedural_motion"],
        ["programme", "secretariat", "introduction", "concerned_party", "chair"],
        ["response", "answer"],
        ["statement", "group_statement", "question", "explanation_of_vote"],
        ["right_of_reply"],
    ]
    floor = Floor().opened()
    (key,) = floor.put("A")
    request = floor.request(key)
    for number, alike in enumerate(kinds):
        assert {band(_as(request, kind)) for kind in alike} == {number}
    assert {kind for alike in kinds for kind in alike} == set(get_args(Kind))
    assert BANDS.get("statement", ORDINARY) == ORDINARY == 4


def _as(request: Any, kind: Kind) -> Any:
    return type(request)(
        **{f: getattr(request, f) for f in request.__struct_fields__} | {"kind": kind}
    )


@rule("O2")
def test_outside_the_ordinary_list_a_class_is_a_band() -> None:
    floor = Floor(modifiers=("groups_first", "first_time_first")).opened()
    floor.close()
    floor.reopen()
    (key,) = floor.put("N", kind="secretariat")
    request = floor.request(key)
    assert class_of(floor.meeting, floor.speakers(), request) == (2, 0, 0, 0)


@rule("O2")
def test_late_within_tier_puts_the_generation_behind_the_tier() -> None:
    orders = []
    for late_within_tier in (False, True):
        floor = Floor(late_within_tier=late_within_tier).opened()
        floor.ask("A", "N")
        floor.close()
        floor.reopen()
        floor.ask("B", "I")
        orders.append(floor.order())
    assert orders == ["A N B I", "A B I N"]


@rule("O3", "O5")
def test_the_tier_of_a_group_is_first_where_groups_are() -> None:
    floor = Floor(modifiers=("groups_first",)).opened()
    floor.ask("EU", "A")
    floor.ask("N", group="G77")
    speakers = floor.speakers()
    assert tier(floor.meeting, speakers, floor.request("G77")) == "group"
    assert tier(floor.meeting, speakers, floor.request("EU")) == "group"
    assert tier(floor.meeting, speakers, floor.request("A")) == "member_state"
    floor.policy("arrival")
    speakers = floor.speakers()
    assert tier(floor.meeting, speakers, floor.request("G77")) == "ngo"
    assert tier(floor.meeting, speakers, floor.request("EU")) == "organisation"
    assert rank(floor.meeting, speakers, floor.request("EU")) == 3
