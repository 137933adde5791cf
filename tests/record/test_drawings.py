"""Pictures as lines, boxes and labels, turned round where Arabic is read."""

import pytest
from msgspec import structs

from rostra.record.course import course
from rostra.record.drawings import (
    WIDTH,
    Box,
    Drawing,
    Label,
    Line,
    drawing,
    fitted,
)
from rostra.record.minutes import Minutes
from rostra.record.writing import minutes_of
from support.closing import closing_discussion, commits

FLOOR = closing_discussion()
MINUTES = minutes_of(FLOOR.meeting, "staff", course=course(commits(FLOOR)))
KEYS = [each.key for each in MINUTES.pictures]


def drawn(key: str, minutes: Minutes = MINUTES) -> Drawing:
    """One of the pictures."""
    (picture,) = [each for each in minutes.pictures if each.key == key]
    return drawing(picture, minutes)


def test_there_is_one_of_each() -> None:
    assert KEYS == ["timeline", "lengths", "delegations", "groups", "regions", "kinds"]


@pytest.mark.parametrize("key", KEYS)
def test_everything_lies_within_the_edges(key: str) -> None:
    found = drawn(key)
    for item in found.items:
        match item:
            case Box():
                assert item.x >= 0 and item.x + item.width <= WIDTH
                assert item.y >= 0 and item.y + item.height <= found.height
            case Line():
                assert all(0 <= x <= WIDTH + 0.1 for x, _ in item.points)
                assert all(0 <= y <= found.height for _, y in item.points)
            case Label():
                assert 0 <= item.x <= WIDTH and 0 <= item.y <= found.height


def test_each_who_spoke_has_a_bar_as_long_as_the_time() -> None:
    boxes = [each for each in drawn("kinds").items if isinstance(each, Box)]
    (picture,) = [each for each in MINUTES.pictures if each.key == "kinds"]
    rows = [each.ms for each in picture.rows]
    assert len(boxes) == len(rows)
    for box, ms in zip(boxes, rows, strict=True):
        assert box.width / boxes[0].width == pytest.approx(ms / rows[0], abs=0.02)


def test_the_clock_shows_full_minutes_where_the_meeting_is() -> None:
    labels = [e.text for e in drawn("timeline").items if isinstance(e, Label)]
    assert {"12:00", "12:30", "13:00", "13:30"} <= set(labels)


def test_from_right_to_left_everything_is_the_other_way_round() -> None:
    arabic = structs.replace(MINUTES, direction="rtl")
    for here, there in zip(drawn("kinds").items, drawn("kinds", arabic).items,
                           strict=True):  # fmt: skip
        if isinstance(here, Box) and isinstance(there, Box):
            assert there.x + there.width == pytest.approx(WIDTH - here.x)
        if isinstance(here, Label) and isinstance(there, Label):
            assert {here.anchor, there.anchor} in ({"start", "end"}, {"middle"})


def test_a_label_that_has_no_room_is_cut() -> None:
    assert fitted("Adunara", 100) == "Adunara"
    assert fitted("x" * 100, 100).endswith("…") and len(fitted("x" * 100, 100)) < 25
    assert fitted("国" * 100, 100).count("国") < fitted("x" * 100, 100).count("x")
    assert fitted("abc", 1) == ""
