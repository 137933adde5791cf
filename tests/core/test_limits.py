"""Limits: changed for those not yet called, and which would fit."""

from fractions import Fraction
from typing import Any

import pytest
from msgspec import structs

from rostra.core import commands as c
from rostra.core.ids import Instant
from rostra.core.limits import (
    limit_of,
    nominal_s,
    outlook,
    scaled_s,
    share,
    suggest,
)
from rostra.core.profile import Profile
from rostra.core.programme import POINTS, Planned, replies_id
from rostra.core.views import snapshot
from support.floor import DEPUTY, PROFILE, START, WHOLE, Floor, rule


def limits(floor: Floor, *codes: str) -> list[float]:
    """The limits of delegations' requests, in seconds."""
    return [floor.request(code).limit_ms / 1000 for code in codes]


def set_limit(floor: Floor, seconds: int, segment: int = 0, **fields: Any) -> Any:
    """An operator changes the limit."""
    expect = floor.expect_list(segment)
    return floor.do(c.SetLimit, seconds=seconds, expect=expect, **fields)


def waiting(*codes: str, **profile: Any) -> Floor:
    """In session, with delegations on the list."""
    floor = Floor(**profile).opened()
    floor.ask(*codes)
    return floor


# Changing it


@rule("Z1")
def test_a_new_limit_is_a_member_s_and_others_have_their_share_of_it() -> None:
    floor = waiting("A", "H", "I", "N", "EU")
    floor.ask("B", group="G77")
    assert limits(floor, "A", "H", "I", "N", "EU", "G77") == [
        *(180, 180, 120, 120, 300, 300)
    ]
    assert set_limit(floor, 120) == {"requests": 6}
    # two thirds of it, and five thirds, in steps that can be spoken
    assert limits(floor, "A", "H", "I", "N", "EU", "G77") == [
        *(120, 120, 75, 75, 180, 180)
    ]
    set_limit(floor, 240)
    assert limits(floor, "A", "I", "EU") == [240, 150, 390]


@rule("Z1")
def test_or_it_is_the_same_for_everybody() -> None:
    floor = waiting("A", "N", "EU")
    set_limit(floor, 120)
    set_limit(floor, 100, scaled=False)
    assert limits(floor, "A", "N", "EU") == [100, 100, 100]


@rule("Z2")
def test_neither_the_speaker_nor_who_is_called_is_shortened() -> None:
    floor = waiting("A", "B", "C")
    floor.speak("A")
    set_limit(floor, 90)
    assert floor.active.limit_ms == 180_000
    floor.end()
    floor.call("B")
    set_limit(floor, 120)
    assert floor.active.limit_ms == 90_000
    assert limits(floor, "B", "C") == [90, 120]


@rule("Z3")
def test_who_has_a_limit_of_its_own_keeps_it() -> None:
    floor = Floor(*WHOLE).opened(2)
    floor.put("A", segment=2, limit_s=180)
    floor.put("B", segment=2, kind="programme")
    floor.put("C", segment=2, kind="introduction")
    floor.put("D", segment=2, media_s=100)
    floor.reply("E")
    floor.ask("F")
    floor.speak("F", 50)
    floor.end(returns=True)
    floor.ask("H")
    before = limits(floor, *"ABCDEF")
    assert set_limit(floor, 90, 2) == {"requests": 1}
    assert limits(floor, *"ABCDEF") == before
    assert limits(floor, "H") == [90]


@rule("Z3")
def test_who_waits_in_a_tray_has_the_new_limit_too() -> None:
    floor = waiting("A", approval=True)
    floor.do(c.Accept, request=floor.request("A").id)
    floor.do(c.Park, request=floor.request("A").id)
    floor.ask("B")
    set_limit(floor, 90)
    assert limits(floor, "A", "B") == [90, 90]


@rule("Z4")
def test_who_comes_later_has_the_new_limit() -> None:
    floor = waiting("A")
    set_limit(floor, 120)
    floor.ask("B", "I")
    floor.ask("C", group="G77")
    floor.put("D")
    assert limits(floor, "B", "I", "G77", "D") == [120, 75, 180, 120]
    question = limit_of(floor.meeting, floor.speakers(), "question", None)
    assert question == 90_000


@rule("Z4")
def test_the_limit_of_another_list_stays() -> None:
    floor = Floor(*WHOLE).opened()
    floor.ask("B", list=floor.speakers(2).id)
    set_limit(floor, 90, 1)
    floor.ask("C", list=floor.speakers(2).id)
    assert limits(floor, "B", "C") == [180, 180]


@rule("Z5")
def test_the_new_limit_and_its_instant_are_public() -> None:
    floor = waiting("A").wait(60)
    set_limit(floor, 90)
    shown = snapshot(floor.meeting, "public")["lists"][floor.speakers().id]
    assert shown["limits_s"]["member_state"] == 90
    assert shown["limits_s"]["ngo"] == 60
    assert shown["limits_set_at"] == floor.now
    assert floor.speakers().id in floor.told()["lists"]


@rule("Z5")
def test_a_limit_is_undone() -> None:
    floor = waiting("A", "N")
    set_limit(floor, 90)
    floor.undo()
    assert limits(floor, "A", "N") == [180, 120]
    floor.ask("B")
    assert limits(floor, "B") == [180]


@rule("Z5", "L6")
def test_the_button_names_the_list_as_shown() -> None:
    floor = waiting("A")
    expect = floor.expect_list()
    floor.close()
    floor.refused("stale", c.SetLimit, DEPUTY, seconds=90, expect=expect)
    for key in (POINTS, replies_id(0)):
        other = c.ExpectList(key, "not_open", 0)
        floor.refused("list_takes_no_requests", c.SetLimit, seconds=90, expect=other)


@rule("Z1")
def test_a_share_is_never_less_than_the_shortest_step() -> None:
    assert scaled_s(PROFILE, 15, Fraction(1, 3)) == 15
    assert scaled_s(PROFILE, 77, 1) == 77
    assert (nominal_s(PROFILE), nominal_s(PROFILE, "group")) == (180, 300)
    assert share(PROFILE, "ngo") == Fraction(2, 3)


# Suggesting one


FIVES = structs.replace(PROFILE, limit_step_s=5, limit_step_short_s=5)


@rule("Z6")
def test_the_suggestion_is_between_the_lowest_and_the_nominal_limit() -> None:
    assert suggest(10_000_000, 0, [1, 1], 0, PROFILE).limit_s == 180
    none_left = suggest(-5000, 0, [1, 1], 0, PROFILE)
    assert (none_left.limit_s, none_left.exact_s) == (90, 0)
    assert (none_left.fits, none_left.heard) == (False, 0)
    short = Profile(id="x", title="x", limits={"statement": {"any": 60}})
    assert suggest(1000, 0, [1], 0, short).limit_s == 60
    nobody = suggest(0, 0, [], 0, PROFILE)
    assert (nobody.limit_s, nobody.fits, nobody.heard) == (180, True, 0)


@rule("Z6")
@pytest.mark.parametrize(
    ("exact", "announced"),
    [(179, 150), (150, 150), (149, 120), (120, 120), (119, 105), (104, 90)],
)
def test_it_is_a_number_that_can_be_spoken(exact: int, announced: int) -> None:
    found = suggest(exact * 10_000, 0, [1] * 10, 0, PROFILE)
    assert (found.exact_s, found.limit_s, found.fits) == (exact, announced, True)


@rule("Z6")
def test_it_leaves_the_reserve_and_the_changes_of_speakers() -> None:
    found = suggest(1_300_000, 100_000, [1] * 8, 20_000, PROFILE)
    assert (found.exact_s, found.limit_s) == (130, 120)
    assert (found.fits, found.heard) == (True, 8)


@rule("Z6")
def test_weights_count_as_shares_and_everybody_fits_who_is_said_to() -> None:
    weights = [Fraction(5, 3), *[1] * 3, *[Fraction(2, 3)] * 6]
    for minutes in range(5, 40):
        found = suggest(minutes * 60_000, 0, weights, 20_000, PROFILE)
        each = [scaled_s(PROFILE, found.limit_s, w) + 20 for w in weights]
        assert found.fits is (sum(each) <= minutes * 60)
        if found.limit_s > 90:
            assert found.fits
        if found.fits and found.limit_s < 180:
            higher = {90: 105, 105: 120, 120: 150, 150: 180}[found.limit_s]
            assert found.exact_s < higher or not found_fits(higher, weights, minutes)


def found_fits(seconds: int, weights: list[Any], minutes: int) -> bool:
    """Whether a limit would fit by the sum."""
    each = [scaled_s(PROFILE, seconds, weight) + 20 for weight in weights]
    return sum(each) <= minutes * 60


@rule("Z6")
def test_it_says_how_many_would_still_be_heard() -> None:
    found = suggest(1_000_000, 0, [1] * 20, 10_000, PROFILE)
    assert (found.limit_s, found.fits, found.heard) == (90, False, 10)


# The outlook of a list


def ending(minutes: float, *codes: str) -> Floor:
    """A meeting that has so long until its end, with delegations on the list."""
    planned = Planned(ends_at=Instant(START + int(minutes * 60_000)))
    floor = Floor(planned=planned).opened()
    floor.ask(*codes)
    return floor


@rule("Z7", "E18")
def test_the_console_is_told_what_the_limits_lead_to() -> None:
    # five minutes are kept
    floor = ending(5 + 8, "A", "B", "C", "N")
    found = outlook(floor.meeting, floor.speakers(), floor.now, 90)
    assert (found.waiting, found.limit_s, found.overhead_ms) == (4, 180, 20_000)
    assert found.until == START + 480_000
    # 200 s each, 140 s the organisation
    assert (found.present.heard, found.present.ends_at) == (2, START + 740_000)
    assert found.suggestion is not None
    # (480 / (3 + 2/3)) - 20 = 110 s
    assert found.suggestion.exact_s == 110
    assert found.suggestion.limit_s == 105
    assert (found.suggestion.fits, found.suggestion.heard) == (True, 4)
    assert found.asked is not None
    assert (found.asked.heard, found.asked.ends_at) == (4, START + 410_000)
    assert outlook(floor.meeting, floor.speakers(), floor.now).asked is None


@rule("Z7")
def test_who_has_the_floor_and_who_has_a_limit_of_its_own_take_their_time() -> None:
    floor = ending(5 + 10, "A", "B", "C")
    floor.put("D", limit_s=240)
    floor.speak("A", 60)
    found = outlook(floor.meeting, floor.speakers(), floor.now, 120)
    # 120 s are left to A, then 140 s each, then 260 s of D
    assert found.waiting == 3
    assert found.asked is not None and found.suggestion is not None
    assert found.asked.ends_at == START + (60 + 120 + 140 + 140 + 260) * 1000
    assert found.asked.heard == 2
    # 600 - 60 - 120 - 260 = 160 s are left to two
    assert found.suggestion.exact_s == 60
    assert (found.suggestion.limit_s, found.suggestion.fits) == (90, False)
    assert found.suggestion.heard == 2


@rule("Z7")
def test_a_limit_that_was_set_is_the_present_one() -> None:
    floor = ending(60, "A")
    set_limit(floor, 120)
    found = outlook(floor.meeting, floor.speakers(), floor.now)
    assert found.limit_s == 120
    assert found.present.ends_at == START + 140_000


@rule("Z7")
def test_without_a_planned_end_nothing_is_suggested() -> None:
    floor = waiting("A", "B")
    found = outlook(floor.meeting, floor.speakers(), floor.now, 90)
    assert (found.until, found.suggestion) == (None, None)
    assert (found.present.heard, found.asked and found.asked.heard) == (2, 2)
