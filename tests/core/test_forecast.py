"""What an entry costs of the meeting's time, and what later segments need."""

from rostra.core.forecast import cost_ms, planned_ms, reserve_ms
from rostra.core.ids import Instant
from rostra.core.programme import Planned, SegmentPlan
from rostra.core.views import snapshot
from support.floor import START, WHOLE, Floor, rule


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
