"""After the meeting: what is published, and that persons are erased."""

from typing import Any

from rostra.core import commands as c
from rostra.core.publishing import EVERYTHING
from rostra.core.views import snapshot
from support.floor import Floor, delegate, person, rule


def publish(floor: Floor, *what: Any) -> None:
    """An operator publishes these."""
    expect = c.ExpectPublished(floor.meeting.published)
    floor.do(c.Publish, published=what, expect=expect)


@rule("R18")
def test_nothing_is_published_until_an_operator_says_what() -> None:
    floor = Floor()
    assert snapshot(floor.meeting, "public")["meeting"]["meeting"]["published"] == ()
    publish(floor, "timeline", "page", "timeline")
    assert floor.told()["meeting"]["meeting"] == {"published": ("page", "timeline")}
    shown = c.ExpectPublished(("timeline", "page"))
    floor.refused("stale", c.Publish, published=("page", "timeline"), expect=shown)
    old = c.ExpectPublished(())
    stale = floor.refused("stale", c.Publish, published=(), expect=old)
    assert stale.current == {"published": "page,timeline"}
    publish(floor)
    assert floor.meeting.published == ()


@rule("R18", "M7")
def test_the_page_of_a_finished_meeting_is_published_once_its_record_is_closed() -> (
    None
):
    floor = Floor().opened()
    floor.adjourn()
    floor.do(c.CloseRecord, expect=floor.expect_state())
    publish(floor, *EVERYTHING)
    assert floor.meeting.published == EVERYTHING


def closed() -> Floor:
    """A meeting whose record is closed."""
    floor = Floor().opened()
    floor.ask("A", person=person("Ms. Ay"))
    floor.heard("A")
    floor.adjourn()
    floor.do(c.CloseRecord, expect=floor.expect_state())
    return floor


@rule("R19", "M7")
def test_persons_are_erased_once_and_for_a_reason() -> None:
    floor = Floor().opened()
    erase: dict[str, Any] = {"reason": "as agreed", "expect": floor.expect_state()}
    floor.refused("wrong_meeting_state", c.ErasePersons, **erase)
    floor = closed()
    floor.refused("stale", c.ErasePersons, **erase)
    erase["expect"] = floor.expect_state()
    floor.refused("reason_needed", c.ErasePersons, **{**erase, "reason": " "})
    floor.refused("not_permitted", c.ErasePersons, delegate("A"), **erase)
    done = floor.do(c.ErasePersons, **erase)
    assert done == {"up_to": floor.meeting.seq}
    assert floor.meeting.erased_seq == floor.meeting.seq
    assert floor.meeting.erased_at == floor.now
    floor.refused("stale", c.ErasePersons, **erase)


@rule("R19", "I10")
def test_nobody_is_shown_a_name_any_more() -> None:
    floor = closed()
    assert "Ms. Ay" in str(snapshot(floor.meeting, "staff"))
    floor.do(c.ErasePersons, reason="as agreed", expect=floor.expect_state())
    assert "Ms. Ay" not in str(snapshot(floor.meeting, "staff"))
    seen = snapshot(floor.meeting, "record")
    assert seen["meeting"]["meeting"]["erased_at"] == floor.now
    (row,) = seen["interventions"].values()
    assert (row["delegation"], row["person"]) == ("A", None)
