"""How an intervention ends: heard, without an answer, or taken back."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.ids import Code, Instant
from rostra.core.meeting import Hold, Stopped
from rostra.core.own import mine
from rostra.core.views import log
from support.floor import (
    Floor,
    delegate,
    person,
    rule,
)


def three(**profile: Any) -> Floor:
    """A, B and C on the list of a meeting in session."""
    floor = Floor(**profile).opened()
    floor.ask("A", "B", "C")
    return floor


# Over


@rule("F11", "R1")
def test_the_end_makes_a_row_and_calls_nobody() -> None:
    floor = three()
    key = floor.speak("A", 70)
    floor.end()
    assert floor.meeting.floor is None
    assert floor.request("A").status == "done"
    assert floor.request("B").status == "queued"
    done = floor.meeting.interventions[key]
    assert done.clock == Stopped(at=floor.now, used_ms=70_000)
    assert (done.outcome, done.counted, done.ended_by) == (
        "delivered",
        True,
        "operator",
    )


@rule("F11", "E2")
def test_a_delegation_ends_its_own_intervention_and_no_other() -> None:
    floor = three()
    floor.speak("A", 30)
    floor.refused("not_your_delegation", c.End, delegate("B"), expect=floor.on_floor)
    key = floor.active.id
    floor.end(delegate("A", "laptop"))
    assert floor.meeting.interventions[key].ended_by == "delegation"
    ended = floor.events()[0]
    assert isinstance(ended, e.InterventionEnded) and ended.device == "laptop"


@rule("E6")
def test_a_pause_that_is_not_over_at_the_end_is_kept_too() -> None:
    floor = three()
    key = floor.speak("A", 30)
    floor.pause("platform")
    floor.wait(90)
    floor.end()
    done = floor.meeting.interventions[key]
    assert done.holds == (Hold("platform", Instant(floor.now - 90_000), floor.now),)
    assert log(floor.meeting, "record")[0]["held_ms"] == 90_000
    assert "held_ms" not in log(floor.meeting, "public")[0]


# The rest is kept


@rule("E1", "K7", "R1")
def test_the_rest_is_kept_for_after_the_next_speaker_and_counts_once() -> None:
    floor = three()
    first = floor.speak("A", 100)
    floor.do(c.LineLost, expect=floor.on_floor)
    floor.end(returns=True)
    assert floor.order() == "B A C"
    request = floor.request("A")
    assert (request.limit_ms, request.resume_of) == (80_000, first)
    assert request.returns == 0
    floor.heard("B")
    floor.speak("A", 30)
    second = floor.active.id
    assert floor.left_s() == 50
    floor.end()
    total = floor.meeting.totals["A"]
    assert (total.interventions, total.spoken_ms) == (1, 130_000)
    rows = log(floor.meeting, "staff")
    assert [(row["id"], row["n"], row["resume_of"]) for row in rows] == [
        (first, 1, None),
        (rows[1]["id"], 2, None),
        (second, 3, first),
    ]
    assert [row["outcome"] for row in rows] == ["returned", "delivered", "delivered"]


@rule("E1", "K7")
def test_lost_twice_each_part_names_the_one_before_it() -> None:
    floor = three()
    first = floor.speak("A", 60)
    floor.end(returns=True)
    second = floor.speak("A", 60)
    floor.end(returns=True)
    third = floor.heard("A", 60)
    rows = {row["id"]: row["resume_of"] for row in log(floor.meeting, "record")}
    assert rows == {first: None, second: first, third: second}
    assert floor.meeting.totals["A"].interventions == 1


@rule("E1", "K7")
def test_what_was_heard_counts_though_the_rest_is_withdrawn() -> None:
    floor = three()
    floor.speak("A", 100)
    floor.end(returns=True)
    floor.withdraw("A")
    total = floor.meeting.totals["A"]
    assert (total.interventions, total.spoken_ms) == (1, 100_000)


@rule("E1")
def test_with_nothing_left_a_return_is_a_plain_end() -> None:
    floor = three()
    floor.speak("A", 180)
    floor.end(returns=True)
    assert floor.request("A").status == "done"
    assert floor.order() == "B C"


@rule("E1", "M6")
def test_who_is_alone_returns_at_once_and_the_rest_is_kept_until_adjournment() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 100)
    floor.end(returns=True)
    assert floor.order() == "A"
    floor.adjourn()
    assert floor.request("A").status == "written_only"


@rule("E1")
def test_only_an_operator_keeps_the_rest() -> None:
    floor = three()
    floor.speak("A", 10)
    floor.refused(
        "not_permitted", c.End, delegate("A"), returns=True, expect=floor.on_floor
    )


# Nobody answers


@rule("E3", "E23")
def test_who_does_not_answer_comes_back_after_the_next_two_unseen_by_others() -> None:
    floor = three()
    floor.ask("D")
    key = floor.call("A")
    floor.wait(60)
    floor.do(c.NoShow, expect=floor.on_floor)
    assert floor.order() == "B C A D"
    assert floor.request("A").returns == 1
    assert floor.meeting.interventions[key].outcome == "voided"
    assert not {"floor", "interventions"} & floor.told().keys()
    ended = mine(floor.meeting, Code("A")).ended
    assert ended is None


@rule("E3")
def test_with_fewer_than_two_others_it_comes_back_after_these_and_stays_there() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.call("A")
    floor.do(c.NoShow, expect=floor.on_floor)
    assert floor.order() == "B A"
    floor.ask("C")
    assert floor.order() == "B A C"
    alone = Floor().opened()
    alone.ask("A")
    alone.call("A")
    alone.do(c.NoShow, expect=alone.on_floor)
    assert alone.order() == "A"


@rule("E3")
def test_after_two_returns_the_delegation_leaves_the_list() -> None:
    floor = Floor().opened()
    floor.ask("A")
    for dropped in (False, False, True):
        floor.call("A")
        answer = floor.do(c.NoShow, expect=floor.on_floor)
        assert answer == {"dropped": dropped}
    assert floor.order() == ""
    assert floor.request("A").status == "no_show"
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and ended.how == "contact_secretariat"


@rule("E3")
def test_an_operator_may_drop_at_once() -> None:
    floor = three()
    floor.call("A")
    floor.do(c.NoShow, drop=True, expect=floor.on_floor)
    assert floor.order() == "B C"


@rule("E3")
@pytest.mark.parametrize("groups_first", [True, False])
def test_a_profile_may_call_again_at_the_end_of_the_category(
    groups_first: bool,
) -> None:
    floor = Floor(
        no_show="end_of_category",
        modifiers=("groups_first",) if groups_first else (),
    ).opened()
    floor.ask("E", group="G77")
    floor.ask("A", "B", "C", "D", "H", "N")
    floor.heard("G77")
    floor.call("A")
    floor.do(c.NoShow, expect=floor.on_floor)
    assert floor.order() == "B C D A H N"
    floor.call("N")
    floor.do(c.NoShow, expect=floor.on_floor)
    # nobody else is in that category: after the next two
    assert floor.order() == "B C N D A H"
    floor.ask("F")
    assert floor.order() == "B C N D A F H"


# Taking it back


@rule("E8", "F5")
def test_a_mistaken_call_that_never_started_left_nothing() -> None:
    floor = three()
    floor.call("C")
    floor.move("B", 0)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.order() == "B A C"
    assert not floor.public()
    assert (floor.request("C").status, floor.request("C").returns) == ("queued", 0)


@rule("E8")
def test_the_first_who_spoke_by_mistake_is_the_first_again() -> None:
    floor = three()
    floor.speak("A", 20)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.order() == "A B C"


@rule("E8")
def test_the_mistaken_one_stands_behind_those_who_stood_before_it_and_are_there() -> (
    None
):
    floor = three()
    floor.ask("D")
    floor.call("C")
    floor.start()
    floor.withdraw("A")
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.order() == "B C D"
    floor.call("C")
    floor.start()
    floor.withdraw("B")
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.order() == "C D"


@rule("E8")
def test_a_mistake_after_a_limit_was_changed_charges_nothing_either() -> None:
    floor = three()
    floor.speak("C", 45)
    floor.do(c.Extend, seconds=60, expect=floor.on_floor)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.request("C").limit_ms == 180_000
    assert floor.order() == "A B C"


@rule("E8")
def test_what_was_said_by_mistake_may_be_counted_as_delivered() -> None:
    floor = three()
    floor.speak("C", 45)
    floor.do(c.Revoke, reason="mistake", counts=True, expect=floor.on_floor)
    assert floor.order() == "A B"
    assert floor.request("C").status == "done"
    total = floor.meeting.totals["C"]
    assert (total.interventions, total.spoken_ms) == (1, 45_000)


@rule("F12")
@pytest.mark.parametrize("reason", ["order", "time", "security"])
def test_revoked_while_speaking_it_is_over_and_counts(reason: Any) -> None:
    floor = three()
    key = floor.speak("A", 30)
    floor.do(c.Revoke, reason=reason, expect=floor.on_floor)
    done = floor.meeting.interventions[key]
    assert (done.outcome, done.counted) == (reason, True)
    assert floor.request("A").status == "done"
    assert "outcome" not in log(floor.meeting, "record")[0]


@rule("F12")
def test_revoked_before_the_start_the_request_is_declined() -> None:
    floor = three()
    floor.call("A")
    floor.do(c.Revoke, reason="security", expect=floor.on_floor)
    assert floor.request("A").status == "declined"
    assert floor.order() == "B C"
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and ended.how == "contact_secretariat"


# What counts


@rule("K7", "P1")
@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("statement", 1),
        ("question", 1),
        ("introduction", 0),
        ("secretariat", 0),
        ("answer", 0),
        ("programme", 0),
        ("concerned_party", 0),
    ],
)
def test_time_is_added_up_for_all_and_only_interventions_are_counted(
    kind: Any, counts: int
) -> None:
    floor = Floor().opened()
    floor.put("A", kind=kind)
    floor.heard("A", 40)
    total = floor.meeting.totals["A"]
    assert (total.interventions, total.spoken_ms) == (counts, 40_000)


@rule("N1")
def test_the_stored_row_has_no_group_that_nobody_has_confirmed() -> None:
    floor = Floor().opened()
    floor.ask("A", group_text="Somebody's friends", person=person("Ms. Ay"))
    floor.heard("Somebody's friends")
    ended = floor.events()[0]
    assert isinstance(ended, e.InterventionEnded) and ended.row.group_text == ""


@rule("E1")
@pytest.mark.parametrize(("left_ms", "outcome"), [(1, "returned"), (0, "delivered")])
def test_the_last_millisecond_is_kept_too(left_ms: int, outcome: str) -> None:
    floor = three()
    key = floor.speak("A", 180 - left_ms / 1000)
    floor.end(returns=True)
    assert floor.meeting.interventions[key].outcome == outcome
