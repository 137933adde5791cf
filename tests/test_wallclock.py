"""Wall clocks in a zone: the days of a meeting, and when its speakers can speak."""

from zoneinfo import ZoneInfo

import pytest

from rostra.cli.files import Material, founding, read_meeting, rebased
from rostra.cli.wallclock import DAYS, clock_of, midnights, planned, wall
from rostra.core.ids import Instant
from rostra.core.programme import day_of, parse_programme
from rostra.core.roster import BadFile

HOUR = 3_600_000
NEW_YORK = ZoneInfo("America/New_York")
TEXT = """
id = "x"
title = "X"
roster = "un"
profile = "web_dialogue"
zone = "America/New_York"
date = "{date}"
starts = "{starts}"
ends = "{ends}"
[[segments]]
kind = "opening"
title = "Opening"
[[segments]]
kind = "keynote"
title = "Keynote"
[[segments.speakers]]
name = "Ms. Early"
role = "keynote"
limit_s = 600
{window}
"""


def text(
    window: str = "",
    date: str = "2020-07-10",
    starts: str = "11:30",
    ends: str = "13:30",
) -> str:
    """A programme file of two segments, with one speaker."""
    return TEXT.format(date=date, starts=starts, ends=ends, window=window)


def shown(at: Instant | None) -> str:
    """The instant as a clock in New York shows it."""
    assert at is not None
    return wall(at, NEW_YORK).strftime("%d %H:%M")


def test_the_first_day_of_a_meeting_is_day_one_and_the_next_begins_at_midnight() -> (
    None
):
    found = planned(parse_programme(text()))
    assert found.starts_at is not None
    assert shown(found.midnights[0]) == "10 00:00"
    assert len(found.midnights) == DAYS
    assert day_of(found, found.starts_at) == 1
    assert day_of(found, Instant(found.starts_at + 13 * HOUR - HOUR // 2 - 1)) == 1
    assert day_of(found, Instant(found.starts_at + 13 * HOUR - HOUR // 2)) == 2


def test_days_are_as_long_as_the_clocks_of_the_zone_make_them() -> None:
    for date, hours in (("2020-03-08", 23), ("2020-11-01", 25), ("2020-07-10", 24)):
        days = planned(parse_programme(text(date=date))).midnights
        assert days[1] - days[0] == hours * HOUR
        assert {shown(each)[3:] for each in days} == {"00:00"}


def test_an_end_on_the_night_that_the_clocks_change_is_the_one_on_the_wall() -> None:
    late = text(date="2020-10-31", starts="22:00", ends="03:00")
    found = planned(parse_programme(late))
    assert found.starts_at is not None and found.ends_at is not None
    assert shown(found.ends_at) == "01 03:00"
    assert found.ends_at - found.starts_at == 6 * HOUR


def test_a_speaker_s_window_becomes_instants() -> None:
    window = 'not_before = "11:45"\nnot_after = "12:05"'
    ((segment, place, start, end),) = planned(parse_programme(text(window))).windows
    assert (segment, place) == (1, 0)
    assert (shown(start), shown(end)) == ("10 11:45", "10 12:05")
    half = planned(parse_programme(text('not_after = "12:05"'))).windows
    assert half[0][2] is None and shown(half[0][3]) == "10 12:05"
    assert planned(parse_programme(text())).windows == ()


def test_a_window_after_midnight_is_that_of_a_meeting_that_goes_on_until_then() -> None:
    late = text(
        'not_before = "23:30"\nnot_after = "00:45"', starts="22:00", ends="02:00"
    )
    ((_, _, start, end),) = planned(parse_programme(late)).windows
    assert (shown(start), shown(end)) == ("10 23:30", "11 00:45")
    edges = text(
        'not_before = "22:00"\nnot_after = "02:00"', starts="22:00", ends="02:00"
    )
    ((_, _, start, end),) = planned(parse_programme(edges)).windows
    assert (shown(start), shown(end)) == ("10 22:00", "11 02:00")
    # before the start, of a meeting that ends on its day
    early = planned(parse_programme(text('not_before = "09:00"'))).windows
    assert shown(early[0][2]) == "10 09:00"


@pytest.mark.parametrize(
    ("window", "why"),
    [
        ('not_after = "25:00"', "segment 2, speaker Ms. Early: not_after = '25:00'"),
        ('not_before = "noon"', "segment 2, speaker Ms. Early: not_before = 'noon'"),
        ('not_after = "12:05+01:00"', "is no time of day, such as 12:05"),
        (
            'not_before = "12:05"\nnot_after = "12:05"',
            "speaker Ms. Early: not_after is before not_before",
        ),
    ],
)
def test_a_window_that_cannot_be_meant_is_named(window: str, why: str) -> None:
    with pytest.raises(BadFile) as found:
        planned(parse_programme(text(window)))
    assert why in str(found.value)


def test_a_programme_without_a_date_has_neither_days_nor_windows_yet() -> None:
    undated = text('not_after = "12:05"').replace('date = "2020-07-10"', "")
    found = planned(parse_programme(undated))
    assert (found.starts_at, found.midnights, found.windows) == (None, (), ())


def material(name: str = "closing-discussion") -> Material:
    """A shipped meeting."""
    return read_meeting(name)


def test_a_meeting_without_a_date_counts_its_days_from_its_making() -> None:
    now = Instant(1_700_000_045_678)
    made = founding(material("bioterrorism"), now)
    assert made.planned.starts_at is None
    assert day_of(made.planned, now) == 1
    assert day_of(made.planned, Instant(now + 24 * HOUR)) == 2


def test_a_meeting_that_is_done_again_counts_its_days_from_its_making() -> None:
    found = material()
    assert found.planned.starts_at is not None
    at_its_time = founding(found, found.planned.starts_at)
    assert at_its_time.planned.midnights == found.planned.midnights
    again = Instant(found.planned.starts_at + 1000 * 24 * HOUR)
    assert day_of(founding(found, again).planned, again) == 1


def test_windows_and_days_move_with_a_rehearsal() -> None:
    window = 'not_before = "11:45"\nnot_after = "12:05"'
    programme = parse_programme(text(window))
    found = material()
    old = Material(
        programme=programme,
        planned=planned(programme),
        profile=found.profile,
        roster=found.roster,
    )
    now = Instant(1_700_000_045_678)
    made = rebased(old, now)
    start = made.planned.starts_at
    assert start is not None
    ((_, _, not_before, not_after),) = made.planned.windows
    assert (not_before, not_after) == (start + HOUR // 4, start + 35 * 60_000)
    speaker = made.programme.segments[1].speakers[0]
    assert speaker.not_after == clock_of(Instant(start + 35 * 60_000), NEW_YORK)
    assert made.planned.midnights == midnights(NEW_YORK, start)
    assert planned(made.programme) == made.planned


def test_a_date_and_a_zone_that_there_are_not_are_named() -> None:
    with pytest.raises(BadFile, match="2020-02-30 11:30 is no date and time"):
        planned(parse_programme(text(date="2020-02-30")))
    with pytest.raises(BadFile, match="Atlantis"):
        planned(parse_programme(text().replace("New_York", "Atlantis")))
