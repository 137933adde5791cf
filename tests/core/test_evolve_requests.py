"""The requests' part of ``evolve``: what each event makes of a request."""

import pytest

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.evolve_requests import FACTS
from rostra.core.meeting import Request
from support.floor import Floor, list_key, rule


def after(floor: Floor, who: str, *events: e.AnyEvent) -> Request:
    """The request of *who* after these."""
    key = floor.of(who)
    draft = Draft(floor.meeting)
    for event in events:
        FACTS[type(event)](draft, event)
    return draft.request(key)


def on_deck() -> Floor:
    """A was heard; B and C are on deck."""
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    floor.heard("A")
    return floor


@rule("W5", "W6")
def test_who_parks_forgets_that_it_was_told_and_placed() -> None:
    floor = on_deck()
    floor.move("B", 1)
    key = floor.of("B")
    assert floor.request("B").fixed
    parked = after(floor, "B", e.RequestParked(request=key, by="operator"))
    assert (parked.status, parked.told_at, parked.fixed) == ("deferred", None, False)
    back = e.RequestUnparked(request=key, ticket=(99, 0))
    again = after(floor, "B", e.RequestParked(request=key, by="operator"), back)
    assert (again.status, again.ticket, again.generation) == ("queued", (99, 0), 0)
    kept = e.RequestUnparked(request=key, ticket=None)
    assert after(floor, "B", kept).ticket == floor.request("B").ticket


@rule("W6", "L5")
def test_a_new_place_is_in_the_generation_of_the_list_and_an_old_one_in_its_own() -> (
    None
):
    floor = on_deck()
    floor.close()
    floor.reopen()
    key = floor.of("B")
    new = e.RequestUnparked(request=key, ticket=(99, 0))
    assert after(floor, "B", new).generation == 1
    kept = e.RequestUnparked(request=key, ticket=None)
    assert after(floor, "B", kept).generation == 0


@rule("W4")
def test_the_late_are_of_the_generation_that_is_said() -> None:
    floor = Floor(late_tray=True).opened()
    floor.close()
    floor.ask("A")
    admitted = e.LateAdmitted(list=list_key(), requests=(floor.of("A"),), generation=3)
    request = after(floor, "A", admitted)
    assert (request.status, request.generation) == ("queued", 3)


@rule("M10")
@pytest.mark.parametrize("how", ["carried", "written_only", "expired"])
def test_only_who_is_carried_over_is_remembered_for_the_next_meeting(how: str) -> None:
    floor = on_deck()
    keys = (floor.of("C"), floor.of("B"))
    draft = Draft(floor.meeting)
    event = e.RequestsExpired(requests=keys, how=how)  # type: ignore[arg-type]
    FACTS[e.RequestsExpired](draft, event)
    assert draft.carried == (keys if how == "carried" else ())
    assert {draft.request(key).status for key in keys} == {how}


@rule("W2")
def test_the_reason_of_a_decline_is_kept_as_told() -> None:
    floor = on_deck()
    key = floor.of("B")
    dropped = e.RequestDropped(request=key, why="declined", text="concluded")
    request = after(floor, "B", dropped)
    assert (request.status, request.told, request.reason) == (
        "declined",
        "concluded",
        "declined",
    )
    assert request.ended_at == floor.meeting.at
