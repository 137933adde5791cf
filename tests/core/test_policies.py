"""What each policy sorts by, and the codes that say why."""

from typing import Any

import pytest
from msgspec import structs

from rostra.core import commands as c
from rostra.core.ids import Code
from rostra.core.own import mine, mine_changed
from rostra.core.policies import letter_of, otherwise, why
from rostra.core.profile import RANKS
from rostra.core.views import change, snapshot
from support.floor import Floor, delegate, person, rule
from support.rooms import roster

UN = roster("un")
STRICT = {**RANKS, "vice_president": 1, "crown_prince": 2, "head_of_government": 3}


def ranked(**profile: Any) -> Floor:
    """The list of T3 before the call: a minister, nobody named, three others."""
    floor = Floor(order="protocol_rank", on_deck=0, **profile).opened()
    for code, rank in zip(
        "ABCDE",
        ("minister", None, "head_of_state", "head_of_government", "head_of_state"),
        strict=True,
    ):
        floor.ask(code, rank=rank)
    return floor


def reasons(floor: Floor, who: str, audience: Any = "staff") -> tuple[str, ...]:
    """Why somebody stands there, as an audience is told."""
    return why(floor.meeting, floor.request(who), audience)


@rule("O11")
def test_another_rank_before_the_call_sorts_anew() -> None:
    floor = ranked()
    floor.do(c.NameSpeaker, request=floor.of("B"), rank="vice_minister")
    assert floor.order() == "C D E A B"
    floor.do(c.NameSpeaker, request=floor.of("A"), rank="chair_of_delegation")
    assert floor.order() == "C D E B A"


@rule("O11", "I8")
def test_who_was_told_keeps_the_place_whatever_the_rank() -> None:
    floor = Floor(order="protocol_rank", on_deck=2).opened()
    floor.ask("A", "B", "C", rank="minister")
    floor.ask("D", rank="vice_minister")
    floor.call("A")
    floor.do(c.NameSpeaker, request=floor.of("D"), rank="head_of_state")
    floor.do(c.NameSpeaker, request=floor.of("B"), rank="vice_minister")
    assert floor.order() == "A B C D"


@rule("O11", "O13")
def test_equal_ranks_stand_as_they_were_drawn() -> None:
    floor = Floor(order="lot", on_deck=0).opened()
    floor.ask("A", "B", "C", "D")
    floor.draw()
    drawn = floor.order().split()
    floor.policy("protocol_rank")
    assert floor.order().split() == drawn
    floor.ask("E")
    floor.do(c.NameSpeaker, request=floor.of(drawn[2]), rank="minister")
    assert floor.order().split() == [drawn[2], drawn[0], drawn[1], drawn[3], "E"]


@rule("O13")
def test_the_lot_orders_those_drawn_and_later_ones_come_after() -> None:
    floor = Floor(order="lot", on_deck=0).opened()
    floor.ask("A", "B", "C", "D", "E", "F")
    assert floor.order() == "A B C D E F"
    floor.draw()
    drawn = floor.order()
    assert drawn != "A B C D E F"
    floor.withdraw("A")
    floor.ask("H")
    floor.ask("A")
    rest = drawn.replace("A ", "").replace(" A", "")
    assert floor.order() == f"{rest} A H"


@rule("O13", "W6")
def test_who_parks_and_comes_back_to_the_end_has_given_up_the_lot() -> None:
    floor = Floor(order="lot", on_deck=0).opened()
    floor.ask("A", "B", "C", "D")
    floor.draw()
    first, *rest = floor.order().split()
    floor.do(c.Park, delegate(first), request=floor.of(first))
    floor.ask("E")
    floor.do(c.Unpark, delegate(first), request=floor.of(first))
    assert floor.order().split() == [*rest, "E", first]
    kept = Floor(order="lot", on_deck=0, keep_place=True).opened()
    kept.ask("A", "B", "C", "D")
    kept.draw()
    first = kept.order().split()[0]
    kept.do(c.Park, delegate(first), request=kept.of(first))
    kept.do(c.Unpark, delegate(first), request=kept.of(first))
    assert kept.order().split()[0] == first


@rule("O14")
def test_without_a_place_in_the_roster_one_comes_last() -> None:
    floor = Floor(order="alpha_from_lot", on_deck=0, roster=UN, tiers=_one()).opened()
    guest = c.Entry(person=person("Ms. Guest"), label="Expert")
    floor.do(c.Insert, list=floor.speakers().id, entries=(guest,))
    floor.ask("ZWE", "CIV", "TUR")
    assert floor.order() == "CIV TUR ZWE Expert"


def _one() -> dict[Any, int]:
    return dict.fromkeys(Floor().meeting.profile.tiers, 1)


@rule("O14")
def test_a_letter_has_no_accent_and_is_of_the_name_not_of_the_code() -> None:
    delegations = UN.delegations
    assert letter_of(delegations[Code("CIV")]) == "C"
    assert letter_of(delegations[Code("CHE")]) == "S"
    strange = structs.replace(delegations[Code("CHE")], names={"en": "“Élan”"})
    assert letter_of(strange) == "E"


@rule("O15")
def test_least_spoken_counts_interventions_then_seconds_then_arrival() -> None:
    floor = Floor(order="least_spoken", on_deck=0).opened()
    floor.ask("A", "B", "C")
    floor.heard("A", 90)
    floor.heard("B", 30)
    floor.ask("A", "B", "D")
    assert floor.order() == "C D B A"
    floor.heard("B", 30)
    floor.ask("B")
    assert floor.order() == "C D A B"


@rule("O15")
def test_what_was_said_on_another_list_does_not_count() -> None:
    two = (Floor().created.programme.segments[0],) * 2
    floor = Floor(*two, order="least_spoken", on_deck=0).opened()
    floor.put("A")
    floor.heard("A", 90)
    floor.go(1)
    floor.put("A", "B", segment=1)
    assert floor.order(1) == "A B"


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
        assert seen.set["requests"][key] == now[key]
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
