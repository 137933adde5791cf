"""Turns: regional groups one after the other, and for and against."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from rostra.core import commands as c
from rostra.core.ids import Code
from rostra.core.turns import REGIONS, place_in_round, rounds
from support.floor import PANEL, PROFILE, ROSTER, Floor, person, rule
from support.rooms import roster

UN = roster("un")
BY_REGION = {
    region: [
        code
        for code, each in UN.delegations.items()
        if each.region == region and each.tier == "member_state"
    ][:4]
    for region in REGIONS
}


def rotating(*codes: str, **profile: Any) -> Floor:
    """A list in regional rotation, nobody told, with *codes* on it."""
    made = {"order": "regional_rotation", "on_deck": 0, "roster": UN, **profile}
    floor = Floor(**made).opened()
    if codes:
        floor.ask(*codes)
    return floor


@rule("O12")
def test_a_group_that_was_called_waits_for_the_others() -> None:
    floor = rotating("KEN", "NGA", "JPN", "POL")
    floor.heard("KEN")
    floor.heard("JPN")
    assert floor.order() == "POL NGA"
    floor.ask("FRA", "IND")
    assert floor.order() == "POL FRA NGA IND"


@rule("O12")
def test_who_is_called_or_told_has_taken_the_turn() -> None:
    floor = rotating("KEN", "JPN", "POL", "NGA", on_deck=2)
    floor.call("KEN")
    assert [floor.request(each).told_at is not None for each in ("JPN", "POL")] == [
        True,
        True,
    ]
    floor.ask("EGY", "IND", "BRA")
    assert floor.order() == "KEN JPN POL BRA NGA IND EGY"
    floor.start()
    floor.wait(60)
    floor.end()
    assert floor.order() == "JPN POL BRA NGA IND EGY"


@rule("O12")
def test_a_call_out_of_turn_costs_nobody_else_the_turn() -> None:
    floor = rotating("KEN", "NGA", "JPN", "POL", "FRA", "DEU")
    floor.heard("KEN")
    floor.heard("FRA")
    assert floor.order() == "JPN POL NGA DEU"


@rule("O12")
def test_a_group_that_had_nobody_waiting_has_lost_the_turn_and_no_more() -> None:
    floor = rotating("KEN", "NGA", "EGY", "JPN", "IND")
    for each in ("KEN", "JPN", "NGA", "IND"):
        floor.heard(each)
    floor.ask("POL", "CZE", "BRA", "PER")
    assert floor.order() == "POL BRA EGY CZE PER"


@rule("O12")
def test_those_without_a_group_come_last_in_each_round() -> None:
    floor = rotating("VAT", "EU", "KEN", "NGA", tiers=dict.fromkeys(_tiers(), 1))
    assert floor.order() == "KEN VAT NGA EU"


@rule("O12")
def test_a_person_and_an_unknown_region_are_without_a_group() -> None:
    strange = structs.replace(UN.delegations[Code("JPN")], region="MOON")
    delegations = {**UN.delegations, Code("JPN"): strange}
    roster = structs.replace(UN, delegations=delegations)
    floor = rotating("JPN", roster=roster, tiers=dict.fromkeys(_tiers(), 1))
    guest = c.Entry(person=person("Ms. Guest"), label="Expert")
    floor.do(c.Insert, list=floor.speakers().id, entries=(guest,))
    floor.ask("KEN", "NGA")
    assert floor.order() == "KEN JPN NGA Expert"


@rule("O12", "O18")
def test_rounds_are_numbered_from_the_first_call_on() -> None:
    floor = rotating("KEN", "NGA", "EGY", "JPN")
    floor.heard("KEN")
    turn = rounds(floor.meeting, floor.speakers(), floor.speakers().order)
    assert [turn[floor.of(each)] for each in ("JPN", "NGA", "EGY")] == [1, 2, 3]


@rule("O12")
def test_a_turn_that_was_told_is_of_its_round_for_all() -> None:
    floor = rotating("KEN", "NGA", "EGY", on_deck=1)
    floor.call("KEN")
    assert floor.request("NGA").told_at is not None
    floor.ask("JPN", "IND")
    assert floor.order() == "KEN NGA JPN EGY IND"


def _tiers() -> Any:
    return Floor().meeting.profile.tiers


@rule("O12")
def test_groups_that_come_first_take_no_turn() -> None:
    floor = rotating("NGA", "JPN", modifiers=("groups_first",))
    floor.ask("KEN", group="G77")
    assert floor.order() == "G77 NGA JPN"
    floor.heard("G77")
    assert floor.order() == "NGA JPN"


@rule("O12", "O17")
def test_who_was_placed_by_hand_takes_no_turn_until_called() -> None:
    floor = rotating("KEN", "NGA", "JPN", "IND")
    floor.move("KEN", 3)
    assert floor.order() == "NGA JPN IND KEN"
    assert floor.speakers().order[-1] == floor.of("KEN")
    floor.heard("KEN")
    assert floor.order() == "JPN NGA IND"


@rule("O12", "E8")
def test_a_mistaken_call_takes_no_turn() -> None:
    floor = rotating("KEN", "NGA", "JPN")
    floor.call("NGA")
    floor.undo()
    assert floor.order() == "KEN JPN NGA"


@rule("O12", "E1")
def test_an_intervention_in_two_parts_takes_one_turn() -> None:
    floor = rotating("KEN", "NGA", "JPN", "POL")
    floor.speak("KEN", 30)
    floor.end(returns=True)
    floor.heard("JPN")
    floor.heard("KEN")
    floor.ask("IND")
    assert floor.order() == "POL NGA IND"


@rule("O16")
def test_for_and_against_alternate_and_no_side_is_last() -> None:
    floor = Floor(order="alternate", on_deck=0).opened()
    floor.ask("A")
    floor.ask("B", "C", "D", side="for")
    floor.ask("E", "F", side="against")
    assert floor.order() == "B E C F D A"
    floor.heard("B")
    assert floor.order() == "E C F D A"
    floor.heard("C")
    assert floor.order() == "E D F A"


@rule("O16")
def test_the_side_that_was_told_last_waits() -> None:
    floor = Floor(order="alternate", on_deck=2).opened()
    floor.ask("A", "B", side="for")
    floor.ask("C", side="against")
    floor.call("A")
    assert floor.order() == "A C B"
    floor.ask("D", side="against")
    assert floor.order() == "A C B D"
    floor.ask("E", side="for")
    floor.ask("F", side="against")
    assert floor.order() == "A C B D E F"


@rule("O12", "D3")
def test_the_group_that_was_drawn_begins() -> None:
    speakers = rotating().speakers()
    assert [place_in_round(speakers, each) for each in REGIONS] == [0, 1, 2, 3, 4]
    for key in range(20):
        floor = rotating("KEN", "JPN", "POL", "BRA", "FRA", lot_key=str(key))
        first = _draw(floor)
        at = REGIONS.index(first)
        expected = ["KEN", "JPN", "POL", "BRA", "FRA"]
        assert floor.order().split() == expected[at:] + expected[:at]


def _draw(floor: Floor) -> str:
    floor.draw()
    return str(floor.speakers().draw.region)


@rule("O12")
@given(st.lists(st.sampled_from(REGIONS), max_size=9), st.data())
def test_between_two_turns_of_a_group_no_other_that_waits_has_two(
    arrivals: list[str], data: st.DataObject
) -> None:
    left = {region: list(codes) for region, codes in BY_REGION.items()}
    codes = [left[region].pop(0) for region in arrivals if left[region]]
    floor = rotating(*codes)
    heard = data.draw(st.integers(0, len(codes)))
    for _ in range(heard):
        floor.heard(floor.speakers().order[0])
    turn = rounds(floor.meeting, floor.speakers(), floor.speakers().order)
    order = floor.speakers().order
    region = {
        key: UN.delegations[floor.request(key).delegation or ""].region  # type: ignore[index]
        for key in order
    }
    assert [turn[key] for key in order] == sorted(turn[key] for key in order)
    for group in REGIONS:
        own = [turn[key] for key in order if region[key] == group]
        assert own == sorted(set(own))
        if own:
            assert own == list(range(own[0], own[0] + len(own)))
            assert own[0] <= min(turn.values(), default=1) + 1


@rule("O12", "P8")
def test_answers_before_those_who_were_told_change_nobodys_turn() -> None:
    regions = {"A": "AFR", "C": "APG", "D": "AFR", "B": "APG", "E": "EEG"}
    delegations = {
        code: structs.replace(each, region=regions.get(code, ""))
        for code, each in ROSTER.delegations.items()
    }
    roster = structs.replace(ROSTER, delegations=delegations)
    floor = Floor(PANEL, order="regional_rotation", roster=roster, on_deck=1)
    floor.opened()
    for panellist in list(floor.speakers().order):
        floor.heard(panellist)
    floor.ask("A", "C", "D", "B", "E", kind="question")
    floor.heard("A")
    assert floor.order() == "C E D B"
    floor.do(c.CloseRound, expect=floor.expect_list())
    assert floor.order().endswith("C E D B")
    assert len(floor.speakers().order) == 6


@rule("O16")
def test_no_side_is_last_also_where_it_was_first_and_only_one_takes_a_side() -> None:
    floor = Floor(order="alternate", on_deck=0).opened()
    floor.ask("A")
    floor.ask("B", side="for")
    assert floor.order() == "B A"


@rule("O12", "O3")
def test_groups_that_are_merged_with_members_take_no_turn_and_come_first() -> None:
    tiers = {**PROFILE.tiers, "group": 1}
    floor = rotating(modifiers=("groups_first",), tiers=tiers)
    floor.ask("KEN", "NGA")
    floor.ask("FRA", kind="group_statement", group="G77")
    assert floor.order() == "G77 KEN NGA"
