"""How requests come: what is carried into them, and who takes which kind."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core.asking import ASKED, ENTERED
from rostra.core.ids import Code
from support.floor import WHOLE, Floor, delegate, list_key, rule


@rule("K11", "E13")
def test_what_a_delegation_asks_for_is_in_its_request() -> None:
    floor = Floor().opened()
    floor.ask("A", rank="minister", side="for", language="fr", media_s=60)
    request = floor.request("A")
    assert (request.rank, request.side) == ("minister", "for")
    assert (request.language, request.media_ms) == ("fr", 60_000)
    assert (request.channel, request.device) == ("pad", "phone")
    assert not request.override


@rule("K11", "E20")
def test_what_an_operator_enters_is_in_the_request() -> None:
    floor = Floor().opened()
    entry = c.Entry(
        delegation=Code("A"),
        rank="head_of_state",
        side="against",
        national_capacity=True,
        override=True,
        channel="phone",
    )
    floor.do(c.Insert, list=list_key(), entries=(entry,))
    request = floor.request("A")
    assert (request.rank, request.side) == ("head_of_state", "against")
    assert request.national_capacity and request.override
    assert request.channel == "phone"


@rule("K4")
@pytest.mark.parametrize(
    "kind", ["right_of_reply", "point_of_order", "procedural_motion", "response"]
)
def test_kinds_with_rules_of_their_own_are_taken_by_their_own_modules(
    kind: str,
) -> None:
    assert kind in ASKED
    assert kind in ENTERED


@rule("L11", "K4")
def test_an_entry_that_goes_to_another_list_is_not_spliced_into_the_named_one() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    entries = (
        c.Entry(delegation=Code("C"), kind="right_of_reply"),
        c.Entry(delegation=Code("D")),
    )
    made = floor.do(c.Insert, list=list_key(), entries=entries, at=0)["requests"]
    assert floor.order() == "D A B"
    reply = floor.meeting.requests[made[0]]
    assert (reply.kind, reply.list) == ("right_of_reply", "y1.0")


@rule("L11")
@pytest.mark.parametrize("state", ["not_open", "closed"])
def test_whatever_the_state_of_the_list_replies_points_and_entries_are_taken(
    state: str,
) -> None:
    floor = Floor(lists_open="by_hand").opened()
    if state == "closed":
        floor.do(c.OpenList, expect=floor.expect_list())
        floor.close()
    assert floor.speakers().state == state
    refused: Any = "list_not_open" if state == "not_open" else "list_closed"
    floor.refused(refused, c.RequestFloor, delegate("A"), kind="statement")
    floor.reply("A")
    floor.raised("B")
    floor.put("C", kind="secretariat")
    floor.put("D")
    assert floor.order() == "C D"


@rule("L7", "K4")
def test_nobody_asks_for_a_place_on_the_lists_of_points_and_replies() -> None:
    floor = Floor(*WHOLE).opened(2)
    for key in ("p1.0", "y1.2"):
        floor.refused(
            "list_takes_no_requests",
            c.RequestFloor,
            delegate("A"),
            kind="statement",
            list=key,
        )


@rule("L4", "W3")
def test_a_delegation_on_a_closed_list_is_told_that_it_is_closed() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.close()
    floor.refused("list_closed", c.RequestFloor, delegate("A"), kind="statement")
    tray = Floor(late_tray=True).opened()
    tray.ask("A")
    tray.close()
    answer = tray.do(c.RequestFloor, delegate("A"), kind="statement")
    assert answer["joined"] and "late" not in answer
