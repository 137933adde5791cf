"""What an entry costs of the meeting's time, and what later segments need."""

import pytest

from rostra.core import commands as c
from rostra.core.forecast import (
    at_present,
    begins_at,
    cost_ms,
    hard_stop,
    overhead_ms,
    planned_ms,
    projected,
    reserve_ms,
)
from rostra.core.ids import Instant
from rostra.core.programme import POINTS, Planned, SegmentPlan
from rostra.core.views import snapshot
from support.floor import START, WHOLE, Floor, delegate, rule


@rule("P11")
def test_an_entry_costs_its_limit_and_the_change_of_speakers() -> None:
    floor = Floor().opened()
    floor.ask("A")
    assert cost_ms(floor.meeting, floor.request("A")) == 200_000


@rule("P11")
def test_a_segment_is_as_long_as_planned_or_as_its_own_speakers() -> None:
    floor = Floor(*WHOLE)
    lengths = [planned_ms(floor.meeting, s) for s in floor.meeting.segments.values()]
    assert lengths == [940_000, 3_600_000, 0, 620_000]


@rule("P11")
def test_segments_that_are_still_to_come_are_reserved() -> None:
    floor = Floor(*WHOLE)
    assert reserve_ms(floor.meeting) == 5_160_000 + 300_000
    floor.opened()
    assert reserve_ms(floor.meeting) == 4_220_000 + 300_000
    floor.go(2)
    assert reserve_ms(floor.meeting) == 4_220_000 + 300_000
    floor.go(3)
    assert reserve_ms(floor.meeting) == 3_600_000 + 300_000


@rule("P11")
def test_planned_times_are_counted_from_the_start_as_far_as_lengths_are_known() -> None:
    ten = SegmentPlan(kind="opening", title="Ten minutes", minutes=10)
    free = SegmentPlan(kind="discussion", title="As long as it takes", requests=True)
    floor = Floor(ten, free, ten, planned=Planned(starts_at=START))
    staff = snapshot(floor.meeting, "staff")["segments"]
    assert [each["planned_at"] for each in staff.values()] == [
        START,
        Instant(START + 600_000),
        None,
    ]


def gaps(floor: Floor, *seconds: int) -> None:
    """Delegations speak one after the other, with so long between them."""
    floor.ask("A")
    floor.heard("A", 30)
    for gap in seconds:
        floor.ask("B")
        floor.call("B")
        floor.wait(gap)
        floor.start()
        floor.wait(30)
        floor.end()


@rule("Z8")
def test_a_meeting_teaches_how_long_a_change_of_speakers_takes() -> None:
    floor = Floor().opened()
    gaps(floor, 10, 50)
    assert overhead_ms(floor.meeting) == 20_000
    gaps(floor, 12)
    # 10, 50, 0 (the next came at once), 12: the median
    assert overhead_ms(floor.meeting) == 11_000


@rule("Z8")
def test_the_last_ten_changes_count() -> None:
    floor = Floor().opened()
    gaps(floor, *[100] * 12)
    assert overhead_ms(floor.meeting) == 100_000
    gaps(floor, *[6] * 4)
    # of the last ten five were long, four took 6 s, and one came at once
    assert overhead_ms(floor.meeting) == 53_000


@rule("Z8")
def test_interruptions_and_the_chair_s_own_words_are_no_change_of_speakers() -> None:
    floor = Floor().opened()
    gaps(floor, 40, 40, 40)
    for _ in range(6):
        floor.wait(20)
        floor.do(c.ChairRemarks, expect=c.ExpectTop(None))
        floor.wait(15)
        floor.end()
        floor.ask("C")
        floor.call("C")
        floor.wait(5)
        floor.start()
        interrupted(floor)
        floor.end()
    assert overhead_ms(floor.meeting) == 40_000


def interrupted(floor: Floor) -> None:
    """A point of order over whoever speaks, and the chair's ruling."""
    speaks = floor.active.id
    floor.do(c.RequestFloor, delegate("D"), kind="point_of_order")
    point = floor.meeting.lists[POINTS].order[0]
    floor.do(c.Recognise, request=point, expect=c.ExpectTop(speaks))
    floor.start()
    floor.end()
    ruled = floor.meeting.delivered[-1]
    floor.do(c.Rule, intervention=ruled, ruling="upheld")


@rule("Z8")
def test_another_segment_learns_anew() -> None:
    floor = Floor(*WHOLE).opened(2)
    gaps(floor, 5, 5, 5)
    assert overhead_ms(floor.meeting) == 5_000
    floor.go(1)
    assert overhead_ms(floor.meeting) == 20_000


@rule("Z7")
def test_the_next_begins_when_the_floor_has_used_its_time() -> None:
    floor = Floor().opened()
    floor.ask("A")
    assert begins_at(floor.meeting, floor.now) == floor.now
    floor.speak("A", 100)
    assert begins_at(floor.meeting, floor.now) == floor.now + 80_000
    floor.wait(500)
    assert begins_at(floor.meeting, floor.now) == floor.now


@rule("Z7")
def test_while_suspended_it_begins_when_the_meeting_resumes() -> None:
    floor = Floor().opened()
    at = Instant(floor.now + 600_000)
    floor.do(c.Suspend, resume_at=at, expect=floor.expect_state())
    assert begins_at(floor.meeting, floor.now) == at
    assert begins_at(floor.meeting, Instant(at + 5)) == at + 5
    open_end = Floor().opened()
    open_end.suspend()
    assert begins_at(open_end.meeting, open_end.now) == open_end.now


@rule("Z7", "E18")
def test_the_hard_stop_is_the_planned_end_less_what_is_kept() -> None:
    ends = Instant(START + 3_600_000)
    floor = Floor(planned=Planned(ends_at=ends)).opened()
    assert hard_stop(floor.meeting, START) == ends - 300_000
    later = Instant(ends + 86_400_000)
    assert hard_stop(floor.meeting, later) is None
    assert hard_stop(floor.meeting, Instant(later - 1)) == ends - 300_000
    assert hard_stop(Floor().meeting, START) is None


@rule("E18")
@pytest.mark.parametrize(("seconds", "heard"), [(599, 2), (600, 3), (9999, 3)])
def test_as_many_are_heard_as_fit_before_the_hard_stop(
    seconds: int, heard: int
) -> None:
    ends = Instant(START + (seconds + 300) * 1000)
    floor = Floor(planned=Planned(ends_at=ends)).opened()
    floor.ask("A", "B", "C")
    found = at_present(floor.meeting, floor.speakers(), floor.now)
    assert (found.heard, found.ends_at) == (heard, START + 600_000)


@rule("E18")
def test_whoever_is_called_is_not_counted_twice() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.call("A")
    found = at_present(floor.meeting, floor.speakers(), floor.now)
    assert (found.heard, found.ends_at) == (1, floor.now + 380_000)
    assert projected(Instant(7), [], 5, None).ends_at == 7
