"""The arithmetic of a rehearsal, by hand and against a count of every listener."""

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.rehearsal.diary import Pressed
from rostra.rehearsal.figures import (
    acknowledged,
    changes,
    completion,
    rushed,
    shown,
    shown_to_last,
    spread,
)
from rostra.rehearsal.story import Heard
from rostra.rehearsal.tally import row

MS = 1_000_000


def told(since: int, seq: int, first: int, *offsets: int, expected: int = 0) -> Any:
    """A row as a crowd tells it; milliseconds."""
    return {
        "from": since,
        "seq": seq,
        "first": first * MS,
        "last": (first + offsets[-1]) * MS,
        "count": len(offsets),
        "expected": expected or len(offsets),
        "bytes": 10 * len(offsets),
        "offsets": [each * MS for each in offsets],
    }


def press(seq: int | None, sent: int, answered: int, kind: str = "withdraw") -> Pressed:
    """A command; milliseconds."""
    return Pressed(type=kind, seq=seq, sent=sent * MS, answered=answered * MS)


def test_percentiles_of_a_hundred_are_what_one_counts_on_fingers() -> None:
    found = spread((each * MS, 1) for each in range(1, 101))
    assert found is not None
    assert (found.count, found.p50, found.p99, found.max) == (100, 50, 99, 100)
    assert spread([]) is None


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=200))
def test_a_percentile_is_not_exceeded_by_that_many(values: list[int]) -> None:
    found = spread((each * MS, 1) for each in values)
    assert found is not None
    ordered = sorted(values)
    for share, said in ((0.5, found.p50), (0.99, found.p99), (1, found.max)):
        rank = math.ceil(round(share * len(values), 6))
        assert said == ordered[max(1, rank) - 1]


def test_a_sample_counts_as_many_as_it_stands_for() -> None:
    found = spread([(1 * MS, 98.0), (7 * MS, 1.0), (9 * MS, 1.0)])
    assert found is not None
    assert (found.count, found.p50, found.p99, found.max) == (100, 1, 7, 9)


@pytest.mark.parametrize("count", [1, 7, 100, 101, 1_000, 10_000])
def test_a_crowds_row_gives_the_percentiles_of_all_its_listeners(count: int) -> None:
    rng = random.Random(count)
    times = sorted(rng.randrange(50 * MS) for _ in range(count))
    heard = Heard("moved", 4, 6)
    heard.times, heard.size, heard.expected = list(times), 30, count
    made = row(heard)
    assert heard.times == [], "taken"
    assert (made["from"], made["seq"], made["count"]) == (4, 6, count)
    assert (made["first"], made["last"]) == (times[0], times[-1])
    assert made["bytes"] == 30 * count
    change = changes([made])[6]
    found = spread((at, weight) for at, weight in change.receipts)
    assert found is not None
    assert found.count == count
    median = times[(count - 1) // 2] / MS
    assert found.p50 == pytest.approx(median, rel=0.05, abs=0.1)


def test_a_delta_over_several_commits_tells_all_of_them() -> None:
    found = changes([told(4, 7, 100, 0, 2), told(4, 5, 90, 0), told(5, 7, 95, 0, 1, 9)])
    assert list(found) == [5, 6, 7]
    assert (found[5].first, found[5].last) == (90 * MS, 102 * MS)
    assert (found[7].first, found[7].last) == (95 * MS, 104 * MS)
    assert (found[5].heard, found[7].heard) == (3, 5)
    assert (found[5].newest, found[6].newest, found[7].newest) == (True, False, True)


def test_who_caught_up_with_hundreds_of_changes_says_nothing_about_speed() -> None:
    assert changes([told(1, 900, 100, 0)]) == {}


def test_from_the_press_to_the_answer_to_the_listeners_to_the_last() -> None:
    pressed = [press(5, 80, 84), press(None, 10, 12), press(6, 89, 95)]
    found = changes([told(4, 5, 90, 0, 2), told(5, 6, 100, 0, 10)])
    one, two = acknowledged(pressed), shown(pressed, found)
    three, four = shown_to_last(pressed, found), completion(found)
    assert one and two and three and four
    assert (one.count, one.p50, one.max) == (3, 4, 6)
    assert (two.count, two.p50, two.max) == (4, 11, 21)
    assert (three.count, three.p50, three.max) == (2, 12, 21)
    assert (four.p50, four.max) == (2, 10)


def test_what_is_hidden_until_a_later_change_is_not_taken_for_slow() -> None:
    found = changes([told(4, 6, 900, 0)])
    pressed = [press(5, 80, 84, "call"), press(6, 890, 891, "start")]
    times = shown(pressed, found)
    assert times is not None
    assert (times.count, times.max) == (1, 10)


def test_what_is_told_in_the_same_turn_counts_for_each_press() -> None:
    found = changes([told(4, 6, 90, 0)])
    times = shown([press(5, 80, 84), press(6, 81, 84)], found)
    assert times is not None
    assert (times.count, times.max) == (2, 10)


def test_while_people_are_away_nothing_is_measured() -> None:
    away = [(85 * MS, 200 * MS)]
    found = changes([told(4, 5, 90, 0), told(5, 6, 300, 0, 1)])
    pressed = [press(5, 80, 84), press(6, 290, 291), press(None, 86, 190)]
    times = acknowledged(pressed, away)
    assert times is not None and times.count == 2
    assert (shown(pressed, found, away) or times).count == 2
    last = shown_to_last(pressed, found, away)
    assert last is not None and (last.count, last.max) == (1, 11)
    whole = completion(found, away)
    assert whole is not None and (whole.count, whole.max) == (1, 1)


def test_a_rush_ends_when_the_last_listener_has_the_whole_list() -> None:
    asked = [press(n, 100 + n, 120, "request_floor") for n in range(5, 9)]
    pressed = [*asked, press(9, 400, 401, "request_floor"), press(8, 104, 105)]
    rows = [told(4, 6, 110, 0, 5), told(6, 8, 115, 0, 30), told(8, 9, 410, 0)]
    rush = rushed(pressed, changes(rows), rows, (100 * MS, 200 * MS))
    assert rush is not None
    assert (rush.presses, rush.pressing_ms, rush.deltas) == (4, 3, 2)
    assert rush.complete_ms == 145 - 108
    assert rushed(pressed, changes(rows), rows, None) is None
