"""What each policy sorts by."""

from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core.ids import Code
from rostra.core.sorting import letter_of
from support.floor import Floor, delegate, person, rule
from support.rooms import roster

UN = roster("un")


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
    floor.ask("ZWE", "HRV", "CIV", "TUR", "CRI")
    # as the roster sorts them: an accent parts no letters
    assert floor.order() == "CRI CIV HRV TUR ZWE Expert"


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


@rule("O15", "I2")
def test_the_seconds_of_who_still_speaks_reorder_nobody() -> None:
    floor = Floor(order="least_spoken", on_deck=0).opened()
    floor.ask("C")
    floor.speak("C")
    floor.ask("C", "D")
    floor.wait(300)
    floor.ask("E")
    assert floor.order() == "C D E"
