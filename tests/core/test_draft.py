"""A meeting in the making."""

import pytest

from rostra.core.draft import Draft
from rostra.core.ids import Instant
from support.floor import Floor, rule


@rule("I6")
def test_a_draft_never_changes_the_meeting_that_it_was_made_from() -> None:
    floor = Floor().opened()
    floor.ask("A")
    before = floor.meeting
    draft = Draft(before)
    draft.change("requests", floor.of("A"), note="changed")
    assert before.requests[floor.of("A")].note == ""
    assert draft.freeze().requests[floor.of("A")].note == "changed"


@rule("I9")
def test_a_frozen_meeting_does_not_change_with_what_is_drafted_afterwards() -> None:
    floor = Floor().opened()
    key = floor.ask("A")
    draft = Draft(floor.meeting)
    draft.change("requests", key, note="one")
    first = draft.freeze()
    draft.change("requests", key, note="two")
    assert first.requests[key].note == "one"
    assert first.lists is floor.meeting.lists


def test_it_remembers_what_a_commit_touched_as_it_was_and_as_it_is() -> None:
    floor = Floor().opened()
    key = floor.ask("A")
    draft = Draft(floor.meeting)
    draft.begin(9, Instant(1))
    draft.change("requests", key, note="one")
    draft.change("requests", key, note="two")
    draft.put("requests", "r9.0", draft.request(key))
    assert draft.touched("requests") == {key, "r9.0"}
    assert draft.before().requests == {key: floor.meeting.requests[key]}
    assert draft.after().requests[key].note == "two"
    draft.begin(10, Instant(2))
    assert draft.touched("requests") == frozenset()


def test_an_entity_can_be_taken_away() -> None:
    floor = Floor()
    draft = Draft(floor.meeting)
    draft.put("links", "dA", None)
    assert "dA" not in draft.freeze().links


def test_it_has_the_fields_of_a_meeting_and_no_others() -> None:
    draft = Draft(Floor().meeting)
    assert draft.state == "scheduled"
    with pytest.raises(AttributeError):
        _ = draft.nonsense
