"""Which rows may differ between two states: those that do, and few others."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.core import commands as c
from rostra.core.differing import Between, altered, differing
from support.floor import Floor, delegate, person, rule
from support.rooms import roster

UN = roster("un")


def touched(floor: Floor) -> dict[str, set[str]]:
    """What the last command may have changed, where anything."""
    found = differing(Between(floor.before, floor.meeting))
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


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2)),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2)),
)
def test_what_is_another_new_or_gone_is_never_overlooked(
    older: dict[str, int], newer: dict[str, int]
) -> None:
    # an entity stands under its own key and no other
    objects = {(key, n): object() for key in "abcdef" for n in range(3)}
    was = {key: objects[key, n] for key, n in older.items()}
    now = {key: objects[key, n] for key, n in newer.items()}
    found = set(altered(was, now))
    assert {k for k in was.keys() | now.keys() if was.get(k) != now.get(k)} <= found
    assert altered(was, was) == []


def test_only_what_changed_is_named_while_nothing_is_taken_away() -> None:
    one, two, three = object(), object(), object()
    was = {"a": one, "b": two}
    assert altered(was, {"a": one, "b": three, "c": two}) == ["b", "c"]
    assert altered(was, {"b": two}) == ["b", "a"]


def test_what_two_states_differ_in_is_found_once() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A")
    between = Between(floor.before, floor.meeting)
    assert between.requests == [floor.of("A")]
    assert between.requests is between.requests
    assert between.otherwise == []
