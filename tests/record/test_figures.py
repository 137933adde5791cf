"""The figures of a record: what a picture shows is said in words too."""

from rostra.core.ids import Instant
from rostra.core.programme import list_id
from rostra.record.course import Course, LimitsChanged, Suspended
from rostra.record.figures import MOST_BARS, Stage, bars, over_time
from rostra.record.language import Dates, Language
from rostra.record.minutes import Bar, Steps, Timeline


def at(minute: float) -> Instant:
    return Instant(int(minute * 60_000))


def stage(course: Course) -> Stage:
    """An hour from 00:00 on."""
    found = Stage(Language(), Dates(Language(), "UTC"), course)
    found.since, found.until = at(0), at(60)
    found.lists = {list_id(0): "Discussion"}
    return found


def test_bars_go_from_the_longest_down_and_nobody_silent_has_one() -> None:
    rows = [Bar("A", 1_000, 1), Bar("B", 60_000, 2), Bar("C", 0, 0)]
    (found,) = bars("x", "X", rows, Language())
    assert [each.label for each in found.rows] == ["B", "A"]
    assert found.description == "B 1:00; A 0:01"
    assert list(bars("x", "X", [Bar("C", 0, 0)], Language())) == []


def test_those_for_whom_there_is_no_room_are_added_up() -> None:
    rows = [Bar(str(n), 60_000, 1) for n in range(MOST_BARS + 3)]
    (found,) = bars("x", "X", rows, Language())
    assert (len(found.rows), found.rest) == (MOST_BARS, "and 3 others, 3:00 in all")
    (all_of_them,) = bars("x", "X", rows[: MOST_BARS + 1], Language())
    assert (len(all_of_them.rows), all_of_them.rest) == (MOST_BARS + 1, "")


def test_the_timeline_says_what_it_shows() -> None:
    course = Course(
        suspensions=(Suspended(at(10), at(20)), Suspended(at(50), None)),
        limits=(LimitsChanged(at(30), list_id(0), {"any": 120, "ngo": 60}),),
    )
    (found,) = [e for e in over_time(stage(course), ()) if isinstance(e, Timeline)]
    (lane,) = found.lanes
    assert [(s.since, s.until) for s in lane.spans] == [
        (at(10), at(20)),
        (at(50), at(60)),
    ]
    assert [(mark.at, mark.label) for mark in found.marks] == [(at(30), "2:00")]
    assert found.description == (
        "00:00–01:00. Interventions: 0; interruptions: 0; pauses: 0; suspensions: 2;"
        " changes of limits: 1."
    )


def test_the_length_of_a_list_begins_with_what_it_was() -> None:
    lengths = {list_id(0): ((at(-5), 4), (at(10), 6), (at(20), 5), (at(90), 0))}
    (found,) = [
        e for e in over_time(stage(Course(lengths=lengths)), ()) if isinstance(e, Steps)
    ]
    assert found.series[0].points == ((at(0), 4), (at(10), 6), (at(20), 5))
    assert found.description == "Discussion: at most 6 delegations, at 00:10"


def test_a_meeting_without_a_length_has_no_picture() -> None:
    empty = stage(Course())
    empty.until = empty.since
    assert list(over_time(empty, ())) == []
