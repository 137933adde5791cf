"""The state of a meeting."""

import pytest

from rostra.core.ids import GroupCode
from support.floor import WHOLE, Floor, rule


@rule("E13", "K7")
def test_the_voice_of_a_request_is_a_delegation_a_group_or_a_person_alone() -> None:
    floor = Floor(*WHOLE).opened(2)
    floor.ask("A")
    floor.ask("A", group=GroupCode("G77"))
    floor.ask("A", group_text="Friends of Water")
    voices = [each.voice for each in floor.meeting.requests.values()]
    assert voices[1] == "person:r1.1"
    assert voices[-3:] == ["A", "group:G77", "group:friends of water"]


@rule("E7", "F9")
def test_allotted_is_the_limit_with_everything_that_was_added() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 10)
    floor.pause()
    floor.resume(credit_s=7)
    assert floor.active.allotted_ms == 187_000


@rule("I1")
def test_the_floor_names_the_only_active_intervention() -> None:
    floor = Floor().opened()
    assert floor.meeting.active is None
    assert floor.meeting.running_list == floor.speakers()
    floor.ask("A")
    key = floor.call("A")
    assert floor.meeting.floor == key
    assert floor.active.id == key


@rule("I5")
def test_a_state_is_never_changed() -> None:
    meeting = Floor().meeting
    with pytest.raises(AttributeError):
        meeting.state = "rose"  # type: ignore[misc]
