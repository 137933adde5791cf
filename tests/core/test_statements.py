"""What a statement may be: how long, how many, and recorded."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core.ids import Code, GroupCode, RequestId
from rostra.core.views import snapshot
from support.floor import DISCUSSION, Floor, delegate, list_key, rule


def enter(floor: Floor, who: str, **entry: Any) -> RequestId:
    """The operator's entry."""
    entries = (c.Entry(delegation=Code(who), **entry),)
    found = floor.do(c.Insert, list=list_key(), entries=entries)
    return RequestId(found["requests"][0])


def not_entered(floor: Floor, code: Any, who: str, **entry: Any) -> Any:
    """The operator's entry is refused."""
    entries = (c.Entry(delegation=Code(who), **entry),)
    return floor.refused(code, c.Insert, list=list_key(), entries=entries)


# Recorded


@rule("K9", "E19")
def test_a_recorded_statement_has_its_own_length_and_the_introduction() -> None:
    floor = Floor(media_intro_s=45).opened()
    floor.ask("A", media_s=170)
    request = floor.request("A")
    assert (request.limit_ms, request.media_ms) == (215_000, 170_000)
    shown = snapshot(floor.meeting, "public")["requests"][request.id]
    assert shown["media_ms"] == 170_000
    floor.call("A")
    assert floor.active.limit_ms == 215_000


@rule("K9", "E19")
def test_one_that_is_too_long_is_refused_with_the_limit_when_it_is_asked_for() -> None:
    floor = Floor().opened()
    floor.ask("A", media_s=180)
    refusal = floor.refused(
        "too_long", c.RequestFloor, delegate("B"), kind="statement", media_s=181
    )
    assert refusal.params["limit_s"] == 180
    # an organisation's limit is another
    refusal = floor.refused(
        "too_long", c.RequestFloor, delegate("I"), kind="statement", media_s=180
    )
    assert refusal.params["limit_s"] == 120
    floor.ask("C", group=GroupCode("G77"), media_s=300)


@rule("K9", "E20")
def test_an_operator_enters_a_longer_one_only_by_overriding() -> None:
    floor = Floor().opened()
    not_entered(floor, "too_long", "A", media_s=181)
    key = enter(floor, "A", media_s=181, override=True)
    assert floor.meeting.requests[key].limit_ms == 241_000
    assert floor.meeting.requests[key].override
    longer = enter(floor, "B", media_s=200, limit_s=200)
    assert floor.meeting.requests[longer].limit_ms == 260_000


# How many


@rule("K10")
def test_a_voice_has_so_many_statements_heard_and_to_come() -> None:
    floor = Floor(max_statements=2).opened()
    floor.ask("A")
    floor.heard("A")
    floor.ask("A")
    floor.call("A")
    floor.start()
    refusal = floor.refused(
        "max_statements", c.RequestFloor, delegate("A"), kind="statement"
    )
    assert refusal.params["delegation"] == "A"
    floor.end()
    floor.refused("max_statements", c.RequestFloor, delegate("A"), kind="statement")


@rule("K10", "E2")
def test_the_one_that_waits_is_joined_and_what_did_not_happen_does_not_count() -> None:
    floor = Floor(max_statements=1).opened()
    floor.ask("A")
    floor.ask("A")
    floor.withdraw("A")
    floor.ask("A")
    floor.do(c.Decline, request=floor.of("A"))
    floor.ask("A")
    floor.call("A")
    floor.do(c.NoShow, drop=True, expect=floor.on_floor)
    floor.ask("A")
    assert floor.order() == "A"


@rule("K10", "E13", "K2")
def test_a_group_and_a_delegation_s_own_voice_are_counted_apart() -> None:
    floor = Floor(max_statements=1).opened()
    floor.ask("A")
    floor.heard("A")
    floor.ask("A", group=GroupCode("G77"))
    # the group has had its statement, whoever speaks for it
    floor.refused(
        "max_statements",
        c.RequestFloor,
        delegate("B"),
        kind="statement",
        group=GroupCode("G77"),
    )
    floor.ask("B", kind="group_statement", group_text="Friends of Water")
    floor.refused(
        "max_statements",
        c.RequestFloor,
        delegate("C"),
        kind="group_statement",
        group_text="friends of water",
    )


@rule("K10", "E20")
def test_an_operator_is_told_and_may_override() -> None:
    floor = Floor(max_statements=1).opened()
    floor.ask("A")
    floor.heard("A")
    not_entered(floor, "max_statements", "A")
    enter(floor, "A", override=True)
    assert floor.order() == "A"


@rule("K10")
@pytest.mark.parametrize("kind", ["introduction", "secretariat"])
def test_only_statements_are_counted(kind: Any) -> None:
    floor = Floor(max_statements=1).opened()
    enter(floor, "A", kind=kind)
    floor.ask("A")
    enter(floor, "A", kind=kind)


@rule("K10", "P5")
def test_each_list_has_its_own_count() -> None:
    floor = Floor(DISCUSSION, DISCUSSION, max_statements=1).opened()
    floor.ask("A")
    floor.ask("A", list=list_key(1))
    assert (floor.order(0), floor.order(1)) == ("A", "A")
