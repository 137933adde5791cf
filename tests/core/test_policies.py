"""Why an entry stands where it stands, to whom."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core.ids import Code
from rostra.core.own import mine, mine_changed
from rostra.core.policies import otherwise, why
from rostra.core.views import change, snapshot
from support.floor import Floor, delegate, person, rule
from support.rooms import roster

UN = roster("un")


def reasons(floor: Floor, who: str, audience: Any = "staff") -> tuple[str, ...]:
    """Why somebody stands there, as an audience is told."""
    return why(floor.meeting, floor.request(who), audience)


@rule("O18")
@pytest.mark.parametrize(
    "policy, asked, said",
    [
        ("arrival", {}, ("tier:member_state", "arrival")),
        ("protocol_rank", {"rank": "minister"}, ("rank:minister",)),
        ("protocol_rank", {}, ("rank:chair_of_delegation",)),
        ("lot", {}, ("lot:waiting",)),
        ("alpha_from_lot", {}, ("letter:S", "lot:waiting")),
        ("regional_rotation", {}, ("region:none:1",)),
        ("least_spoken", {}, ("least:0",)),
        ("alternate", {"side": "against"}, ("side:against",)),
        ("alternate", {}, ("side:none",)),
        ("fixed", {}, ("fixed", "arrival")),
        ("manual", {}, ("manual",)),
    ],
)
def test_each_policy_says_what_it_goes_by(
    policy: Any, asked: dict[str, Any], said: tuple[str, ...]
) -> None:
    floor = Floor(order=policy).opened()
    floor.ask("A", **asked)
    if policy in ("arrival", "fixed", "manual"):
        assert reasons(floor, "A") == said
    else:
        assert reasons(floor, "A") == ("tier:member_state", *said, "arrival")


@rule("O18")
def test_reasons_come_with_the_most_decisive_first() -> None:
    floor = Floor(
        modifiers=("groups_first", "first_time_first"), late_tray=True
    ).opened()
    floor.ask("A", group="G77")
    assert reasons(floor, "G77") == ("first_time", "group", "arrival")
    floor.ask("B")
    floor.heard("B")
    floor.ask("B")
    assert reasons(floor, "B") == ("told", "spoken_before", "tier:member_state",
                                   "arrival")  # fmt: skip
    floor.put("C", kind="introduction")
    assert reasons(floor, "C") == ("band:introduction", "arrival")
    floor.close()
    floor.put("D")
    floor.reopen()
    floor.ask("E")
    assert reasons(floor, "D") == ("late", "first_time", "tier:member_state",
                                   "arrival")  # fmt: skip
    assert reasons(floor, "E") == ("generation:1", "first_time",
                                   "tier:member_state", "arrival")  # fmt: skip


@rule("O18", "O20")
def test_replies_say_their_turn_and_motions_what_they_are() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.heard("A")
    floor.reply("B")
    assert reasons(floor, "B") == ("turn:1", "arrival")
    floor.raised("C", kind="procedural_motion", motion="close_debate")
    assert reasons(floor, "C") == ("motion:close_debate", "arrival")


@rule("O18", "F5", "E3")
def test_what_only_staff_may_know_is_told_to_staff_and_its_own_delegation() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C", "D")
    floor.move("D", 2)
    floor.call("A")
    floor.do(c.NoShow, expect=floor.on_floor)
    floor.call("B")
    shown = ("tier:member_state", "arrival")
    kept = {"A": ("returned",), "B": ("called",), "D": ("pinned", "told"), "C": ()}
    for code, first in kept.items():
        for audience in ("staff", None):
            said = reasons(floor, code, audience)
            assert said[: len(first)] == first
            assert said[-2:] == shown
        for audience in ("public", "record"):
            assert reasons(floor, code, audience) == shown
    public = snapshot(floor.meeting, "public")["requests"]
    assert {tuple(each["why"]) for each in public.values()} == {shown}


@rule("O18", "N1")
def test_a_rank_is_public_with_the_name_it_belongs_to() -> None:
    floor = Floor(order="protocol_rank").opened()
    floor.ask("A", rank="minister", person=person("H.E. Ms. A"))
    assert reasons(floor, "A", "public") == ("tier:member_state", "arrival")
    assert "rank:minister" in reasons(floor, "A", "record")
    floor.do(c.ConfirmName, request=floor.of("A"))
    assert "rank:minister" in reasons(floor, "A", "public")


@rule("O18")
@pytest.mark.parametrize("published", [False, True])
def test_regional_groups_are_for_staff_unless_published(published: bool) -> None:
    floor = Floor(order="regional_rotation", roster=UN, show_regions=published)
    floor.opened().ask("NGA", "KEN")
    said = {each: reasons(floor, "KEN", each)[-2] for each in ("staff", "public", None)}
    told = "region:AFR:2" if published else "round:2"
    assert said == {"staff": "region:AFR:2", "public": told, None: told}


@rule("O18")
def test_drawn_ones_say_as_the_how_manieth() -> None:
    floor = Floor(order="lot", on_deck=0).opened()
    floor.ask("A", "B", "C")
    floor.draw()
    floor.ask("D")
    for place, code in enumerate(floor.order().split()[:3], start=1):
        assert f"lot:{place}" in reasons(floor, code)
    assert "lot:later" in reasons(floor, "D")


@rule("O18")
def test_who_is_not_on_the_order_has_no_reason_to_stand_there() -> None:
    floor = Floor(approval=True).opened()
    floor.ask("A")
    assert reasons(floor, "A") == ()


@rule("O18", "I10")
def test_a_reason_that_the_list_gives_reaches_those_who_see_it() -> None:
    floor = Floor(modifiers=("first_time_first",), on_deck=0).opened()
    floor.ask("A", "B")
    floor.ask("A", group="G77")
    floor.speak("A", 60)
    before = floor.meeting
    floor.end()
    assert list(otherwise(before, floor.meeting)) == []
    floor.ask("A")
    floor.speak("A", 60)
    key = floor.of("B")
    before = floor.meeting
    floor.policy("least_spoken")
    assert key in set(otherwise(before, floor.meeting))
    for audience in ("public", "record", "staff"):
        seen = change(before, floor.meeting, audience)  # type: ignore[arg-type]
        now = snapshot(floor.meeting, audience)["requests"]  # type: ignore[arg-type]
        assert seen.patch["requests"][key] == {"why": now[key]["why"]}
    assert Code("B") in mine_changed(before, floor.meeting)
    own = mine(floor.meeting, Code("B"))
    assert "least:0" in own.requests[key].why


@rule("O18")
def test_nothing_is_made_anew_while_no_reason_has_changed() -> None:
    floor = Floor(order="regional_rotation", roster=UN, on_deck=0).opened()
    floor.ask("KEN", "NGA", "JPN")
    before = floor.meeting
    floor.ask("EGY")
    new = set(floor.meeting.requests) - set(before.requests)
    assert set(otherwise(before, floor.meeting)) <= new
    before = floor.meeting
    floor.withdraw("NGA")
    assert list(otherwise(before, floor.meeting)) == [floor.of("EGY")]


@rule("O18", "E1")
def test_who_comes_back_after_a_lost_line_has_returned() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A", "B", "C")
    floor.speak("A", 30)
    floor.end(returns=True)
    assert reasons(floor, "A")[0] == "returned"


@rule("O18", "S4")
def test_who_stands_in_anothers_place_says_so_to_everyone() -> None:
    floor = Floor(on_deck=0, swaps="auto").opened()
    floor.ask("A", "B")
    pair: dict[str, Any] = {"request": floor.of("A"), "wanted": floor.of("B")}
    swap = floor.do(c.OfferSwap, delegate("A"), **pair)["swap"]
    floor.do(c.AnswerSwap, delegate("B"), swap=swap, accept=True)
    for audience in ("staff", "public", "record", None):
        assert reasons(floor, "A", audience)[0] == "swapped"


@rule("O18")
def test_a_rotation_is_told_to_those_it_begins_for_and_those_it_moves() -> None:
    floor = Floor(roster=UN, on_deck=0).opened()
    floor.ask("KEN", "NGA")
    before = floor.meeting
    floor.policy("regional_rotation")
    assert set(otherwise(before, floor.meeting)) == set(floor.speakers().order)
    before = floor.meeting
    floor.do(c.Pin, expect=floor.at_place("KEN"))
    assert floor.speakers() is before.lists[floor.speakers().id]
    assert floor.of("NGA") in set(otherwise(before, floor.meeting))
