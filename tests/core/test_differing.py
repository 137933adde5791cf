"""Which rows may differ between two states: those that do, and few others."""

from collections.abc import Callable

import pytest

from rostra.core import commands as c
from rostra.core.differing import differing
from support.floor import Floor, delegate, person, rule
from support.rooms import roster

UN = roster("un")


def touched(floor: Floor) -> dict[str, set[str]]:
    """What the last command may have changed, where anything."""
    found = differing(floor.before, floor.meeting)
    return {name: set(ids) for name, ids in found.items() if set(ids)}


@rule("I10")
@pytest.mark.parametrize(
    ("act", "collection", "prefix"),
    [
        (lambda f: f.call("A"), "floor", "i"),
        (lambda f: f.do(c.Announce, text="Lunch"), "announcements", "a"),
        (lambda f: f.do(c.SendMessage, text="Yes"), "messages", "m"),
        (
            lambda f: f.do(c.Tick, delegation="A", check="sound", ok=True),
            "attendance",
            "A",
        ),
        (lambda f: f.phase("introduction"), "segments", "s"),
    ],
)
def test_an_act_touches_the_rows_that_it_is_about(
    act: Callable[[Floor], object], collection: str, prefix: str
) -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A", "B")
    act(floor)
    rows = touched(floor)
    assert len(rows[collection]) == 1
    assert next(iter(rows[collection])).startswith(prefix)
    # the list is as it was, and so is everybody on it who was not called
    assert floor.of("B") not in rows.get("requests", set())
    assert rows["meeting"] == {"meeting"}


@rule("W3")
def test_a_list_is_touched_when_somebody_comes_to_wait_beside_it_or_goes() -> None:
    floor = Floor(approval=True).opened()
    request = floor.ask("A")
    assert touched(floor)["lists"] == {"l1.0"}
    floor.do(c.NameSpeaker, request=request, person=person("Ms. Ay"))
    assert touched(floor)["lists"] == {"l1.0"}
    floor.withdraw("A", delegate("A"))
    assert touched(floor)["lists"] == {"l1.0"}
    floor.do(c.NameSpeaker, request=request, person=person("Ms. Bee"))
    assert "lists" not in touched(floor)


@rule("O18")
def test_who_stands_for_another_reason_is_touched_though_its_request_is_not() -> None:
    floor = Floor(order="regional_rotation", roster=UN, on_deck=0).opened()
    floor.ask("KEN", "NGA", "JPN")
    before = floor.meeting
    floor.withdraw("KEN")
    moved = floor.of("NGA")
    assert floor.meeting.requests[moved] is before.requests[moved]
    assert moved in touched(floor)["requests"]
    assert floor.of("JPN") not in touched(floor)["requests"]


@rule("N1")
def test_a_group_as_typed_is_touched_where_its_name_is_confirmed() -> None:
    floor = Floor().opened()
    request = floor.ask("A", group_text="Friends of the quay")
    floor.heard(request)
    floor.do(c.ConfirmName, request=request)
    rows = touched(floor)
    assert rows["delegations"] == {"group:friends of the quay"}
    assert len(rows["interventions"]) == 1
