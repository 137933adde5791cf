"""The record as data crosses to another process and comes back the same."""

import msgspec

from rostra.record.course import course
from rostra.record.minutes import Minutes
from rostra.record.writing import minutes_of
from support.closing import closing_discussion, commits


def test_a_record_is_json_and_back() -> None:
    floor = closing_discussion()
    whole = minutes_of(floor.meeting, "staff", course=course(commits(floor)))
    kinds = {type(each).__name__ for each in whole.pictures}
    assert kinds == {"Bars", "Steps", "Timeline"}
    assert msgspec.json.decode(msgspec.json.encode(whole), type=Minutes) == whole
