"""The test vectors of the shared rules, with steps and results as stated there."""

from typing import Any

import pytest
from msgspec import structs

from rostra.core import commands as c
from rostra.core.draws import by_lot, seed
from rostra.core.ids import Instant
from rostra.core.limits import suggest
from rostra.core.meeting import Held, Hold, Running
from rostra.core.profile import RANKS
from rostra.core.sorting import letter_of
from rostra.core.views import log, snapshot
from support.floor import DEPUTY, PROFILE, Floor, delegate, list_key, rule
from support.rooms import roster

UN = roster("un")

#: "step 5 s", as the preset of the adoption of a review has it.
FIVES = structs.replace(PROFILE, limit_step_s=5, limit_step_short_s=5)


def three(**profile: Any) -> Floor:
    """A, B and C on the list of a meeting in session."""
    floor = Floor(**profile).opened()
    floor.ask("A", "B", "C")
    return floor


@rule("Z6")
def test_t4_thirteen_speakers_in_twenty_minutes_have_ninety_seconds() -> None:
    found = suggest(1_200_000, 0, [1] * 13, 0, FIVES)
    assert (found.limit_s, found.fits, found.heard) == (90, True, 13)


@rule("Z6")
def test_t5_everybody_fits_with_a_hundred_and_five_seconds() -> None:
    found = suggest(8_400_000, 0, [1] * 80, 0, FIVES)
    assert (found.exact_s, found.limit_s, found.fits) == (105, 105, True)


@rule("Z6")
def test_t5_seventy_seconds_are_announced_as_ninety_and_do_not_fit() -> None:
    found = suggest(8_400_000, 0, [1] * 100, 12_000, FIVES)
    assert (found.exact_s, FIVES.stepped(found.exact_s)) == (72, 70)
    assert (found.limit_s, found.fits, found.heard) == (90, False, 82)


@rule("L4", "L5", "L11", "W3", "W4", "E4")
@pytest.mark.parametrize("late_tray", [False, True])
def test_t6_closed_it_takes_replies_and_points_and_reopened_the_late_come_last(
    late_tray: bool,
) -> None:
    floor = Floor(late_tray=late_tray, modifiers=("groups_first",)).opened()
    floor.ask("A", "I")
    floor.close()
    if late_tray:
        floor.ask("C")
        assert floor.request("C").status == "late"
    else:
        floor.refused("list_closed", c.RequestFloor, delegate("C"), kind="statement")
    reply, point = floor.reply("B"), floor.raised("D")
    for key in (reply, point):
        assert floor.meeting.requests[key].status == "queued"
    floor.reopen()
    if late_tray:
        floor.do(c.AdmitLate, expect=floor.expect_list())
    else:
        floor.ask("C")
    assert floor.order() == "A I C"


@rule("I7", "F9", "X5", "X6", "E5", "E6", "E17")
def test_t7_50_and_30_seconds_with_a_point_of_order_and_a_pause_leave_100() -> None:
    floor = three()
    floor.speak("A", 50)
    point = floor.interrupted("B", 40)
    floor.rule(point)
    floor.wait(30)
    floor.pause("interpretation")
    floor.wait(120)
    assert (floor.used_s(), floor.left_s()) == (80, 100)
    floor.resume()
    assert floor.left_s() == 110


@rule("F3", "E10", "I6")
def test_t8_of_two_calls_of_the_same_head_the_second_skips_nobody() -> None:
    floor = three()
    shown, a, b = floor.expect_head(), floor.of("A"), floor.of("B")
    floor.do(c.Call, request=a, expect=shown)
    called = floor.meeting
    for key in (a, b):
        refusal = floor.refused("stale", c.Call, DEPUTY, request=key, expect=shown)
        assert refusal.params["called"] == "A"
        assert refusal.current["head"] == b
    assert floor.meeting is called
    assert floor.request("B").status == "queued"


@rule("X3", "X6", "E5", "I1")
def test_t9_points_of_order_of_p_and_then_q_while_r_speaks_and_then_r_resumes() -> None:
    floor = three()
    speech = floor.speak("A", 50)
    p, q = floor.raised("B"), floor.raised("C")
    assert floor.points() == "B C"
    first = floor.recognise(p, 20)
    floor.end()
    assert floor.left_s() == 130
    second = floor.recognise(q, 30)
    floor.end()
    for point in (first, second):
        assert floor.active.id == speech
        assert isinstance(floor.active.clock, Held)
        floor.rule(point)
    assert isinstance(floor.active.clock, Running)
    assert floor.left_s() == 130
    assert [row["delegation"] for row in log(floor.meeting, "public")] == ["B", "C"]


@rule("Y4")
def test_t10_the_third_reply_of_a_delegation_on_an_item_is_refused() -> None:
    floor = Floor().opened()
    floor.phase("reply_1")
    for _ in range(2):
        floor.reply("A")
        floor.heard("A")
    floor.refused("max_replies", c.RequestFloor, delegate("A"), kind="right_of_reply")


@rule("E1")
def test_t11_line_lost_at_100_of_180_leaves_80_and_10_seconds_of_credit() -> None:
    floor = three()
    floor.speak("A", 100)
    floor.do(c.LineLost, expect=floor.on_floor)
    key = floor.active.id
    assert floor.told()["floor"][key]["one_moment"] is True
    floor.wait(40)
    floor.do(c.Ready, delegate("A", "another"), expect=floor.on_floor)
    assert isinstance(floor.active.clock, Held)
    assert floor.left_s() == 80
    floor.resume()
    assert floor.left_s() == 90
    assert not floor.active.line_lost
    assert floor.active.holds == (
        Hold("connection", Instant(floor.now - 40_000), floor.now),
    )


@rule("E8")
def test_t12_a_mistaken_grant_leaves_the_order_as_it_was_and_charges_nothing() -> None:
    floor = three()
    key = floor.speak("C", 20)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    assert floor.order() == "A B C"
    assert floor.request("C").limit_ms == 180_000
    assert "C" not in floor.meeting.totals
    assert floor.meeting.delivered == ()
    assert snapshot(floor.meeting, "record")["interventions"] == {}
    internal = snapshot(floor.meeting, "staff")["interventions"][key]
    assert (internal["outcome"], internal["used_ms"]) == ("voided", 20_000)
    floor.call("A")


@rule("O1", "F2")
def test_t1_whoever_withdraws_and_asks_again_is_last() -> None:
    floor = three()
    floor.withdraw("B")
    floor.ask("B")
    assert floor.order() == "A C B"


@rule("O12")
def test_t2_regional_groups_take_turns_from_the_african_on() -> None:
    floor = Floor(order="regional_rotation", on_deck=0, roster=UN).opened()
    floor.ask(*["FRA", "DEU", "KEN", "BRA", "JPN", "USA", "NGA", "POL"])
    expected = ["KEN", "JPN", "POL", "BRA", "FRA", "NGA", "DEU", "USA"]
    assert floor.order().split() == expected
    # and so they are called: nobody's turn changes by a call
    for each in list(expected):
        assert floor.order().split() == expected
        floor.heard(each)
        expected = expected[1:]


@rule("O11")
@pytest.mark.parametrize(
    "mode, expected", [("equal", "C D E A B"), ("strict", "C E D A B")]
)
def test_t3_ranks_in_the_order_of_protocol(mode: str, expected: str) -> None:
    strict = {**RANKS, "vice_president": 1, "crown_prince": 2, "head_of_government": 3}
    ranks = RANKS if mode == "equal" else strict
    floor = Floor(order="protocol_rank", on_deck=0, ranks=ranks).opened()
    for code, rank in (
        ("A", "minister"),
        ("B", "chair_of_delegation"),
        ("C", "head_of_state"),
        ("D", "head_of_government"),
        ("E", "head_of_state"),
    ):
        floor.ask(code, rank=rank)
    assert floor.order() == expected


@rule("O14", "D3", "D4")
def test_t13_the_letter_p_begins_and_o_is_last() -> None:
    letters = sorted({letter_of(each) for each in UN.delegations.values()})
    # a secret by which P is the first letter drawn
    for secret in map(str, range(1000)):
        floor = Floor(order="alpha_from_lot", on_deck=0, roster=UN, lot_key=secret)
        own = seed(floor.meeting, list_key(), 1)
        if by_lot(own, letters)[0] == "P":
            break
    floor.opened()
    floor.ask(
        *[
            "OMN",
            "ALB",
            "PER",
            "QAT",
            "ZWE",
            "PAK",
            "AFG",
            "NZL",
            "GBR",
            "TUR",
            "CIV",
            "CHE",
        ]
    )
    floor.draw()
    assert floor.speakers().draw.letter == "P"
    assert floor.order() == "PAK PER QAT CHE TUR GBR ZWE AFG ALB CIV NZL OMN"
