"""Deltas: several become one that does the same, and no drop is lost."""

from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from rostra.core.ids import ListId, RequestId
from rostra.core.views import Change
from rostra.protocol.deltas import Step, delta, merge
from rostra.protocol.messages import Delta

Collections = dict[str, dict[str, Any]]
Orders = dict[str, tuple[str, ...]]
World = tuple[Collections, Orders]

NAMES = st.sampled_from(["requests", "floor", "notes"])
KEYS = st.sampled_from(["a1.0", "b2.0", "c3.0", "d4.0"])
LISTS = ("l1.0", "l1.1")
entities = st.fixed_dictionaries({"x": st.integers(0, 2), "y": st.integers(0, 2)})
collections = st.dictionaries(NAMES, st.dictionaries(KEYS, entities), max_size=3)
orders = st.fixed_dictionaries(
    {each: st.lists(KEYS, unique=True).map(tuple) for each in LISTS}
)
worlds = st.lists(st.tuples(collections, orders), min_size=2, max_size=8)


def change(old: World, new: World) -> Change:
    """What turns *old* into *new*, made by comparing all of both."""
    put: Collections = {}
    patch: Collections = {}
    drop: dict[str, list[str]] = {}
    for name in {*old[0], *new[0]}:
        was, now = old[0].get(name, {}), new[0].get(name, {})
        rows = {key: each for key, each in now.items() if key not in was}
        other = {
            key: fields
            for key, each in now.items()
            if key in was and (fields := different(was[key], each))
        }
        gone = [key for key in was if key not in now]
        put |= {name: rows} if rows else {}
        patch |= {name: other} if other else {}
        drop |= {name: gone} if gone else {}
    moved = {
        ListId(key): (ids(old[1][key]), ids(new[1][key]))
        for key in LISTS
        if old[1][key] != new[1][key]
    }
    return Change(put, drop, moved, patch)


def different(was: dict[str, int], now: dict[str, int]) -> dict[str, int]:
    """The fields that are other than they were."""
    return {field: value for field, value in now.items() if was[field] != value}


def ids(order: tuple[str, ...]) -> tuple[RequestId, ...]:
    """As the core has them."""
    return tuple(map(RequestId, order))


def steps(history: list[World]) -> list[Step]:
    """One step for each world after the first."""
    return [
        Step(seq, f"{seq:016x}", change(old, new))
        for seq, (old, new) in enumerate(pairwise(history), start=1)
    ]


def applied(world: World, message: Delta) -> World:
    """A naive client: sets, patches, drops, splices, as the contract says."""
    now = {name: dict(rows) for name, rows in world[0].items()}
    for name, rows in message.set.items():
        now.setdefault(name, {}).update(rows)
    for name, patches in message.patch.items():
        for key, fields in patches.items():
            now[name][key] = {**now[name][key], **fields}
    for name, gone in message.drop.items():
        for key in gone:
            now.get(name, {}).pop(key, None)
    listed = {key: list(order) for key, order in world[1].items()}
    for key, splices in message.order.items():
        for index, count, *added in splices:
            listed[key][int(index) : int(index) + int(count)] = map(str, added)
    return now, {key: tuple(order) for key, order in listed.items()}


def tidy(world: World) -> World:
    """Without collections that are empty."""
    return {name: rows for name, rows in world[0].items() if rows}, world[1]


@given(worlds)
def test_one_delta_takes_a_client_from_the_first_state_to_the_last(
    history: list[World],
) -> None:
    message = delta(0, steps(history))
    assert tidy(applied(history[0], message)) == tidy(history[-1])
    last = len(history) - 1
    assert (message.from_, message.seq) == (0, last)
    assert message.chain == f"{last:016x}"


@given(worlds, st.data())
def test_it_does_not_matter_how_the_way_is_divided(
    history: list[World], data: st.DataObject
) -> None:
    half = data.draw(st.integers(1, len(history) - 1))
    all_steps = steps(history)
    world = applied(history[0], delta(0, all_steps[:half]))
    if all_steps[half:]:
        world = applied(world, delta(half, all_steps[half:]))
    assert tidy(world) == tidy(history[-1])


@given(worlds)
def test_every_drop_on_the_way_is_in_the_whole_unless_it_came_back(
    history: list[World],
) -> None:
    every = steps(history)
    whole = merge(step.change for step in every)
    for step in every:
        for name, gone in step.change.drop.items():
            for key in gone:
                kept = key in whole.set.get(name, {})
                assert kept or key in whole.drop[name]
                assert kept == (key in history[-1][0].get(name, {}))


def test_what_came_and_went_in_between_is_dropped_all_the_same() -> None:
    came = Change({"floor": {"i2.0": {"x": 1}}}, {}, {})
    went = Change({}, {"floor": ["i2.0"]}, {})
    assert merge([came, went]) == Change({}, {"floor": ["i2.0"]}, {})
    # A client that holds it from before lets go of it.
    held: World = ({"floor": {"i2.0": {}}}, {})
    message = delta(1, [Step(2, "", merge([came, went]))])
    assert tidy(applied(held, message)) == ({}, {})


def test_what_went_and_came_back_is_set() -> None:
    went = Change({}, {"requests": ["r1.0"]}, {})
    back = Change({"requests": {"r1.0": {"x": 2}}}, {}, {})
    assert merge([went, back]) == Change({"requests": {"r1.0": {"x": 2}}}, {}, {})


def test_an_order_that_is_what_it_was_is_not_sent() -> None:
    one, two = ids(("a1.0", "b2.0")), ids(("b2.0", "a1.0"))
    key = ListId("l1.0")
    there = Change({}, {}, {key: (one, two)})
    back = Change({}, {}, {key: (two, one)})
    assert merge([there, back]).order == {}
    assert not merge([there, back])


@given(worlds)
def test_merging_leaves_its_parts_as_they_were(history: list[World]) -> None:
    every = [step.change for step in steps(history)]
    before = [repr(each) for each in every]
    merge(every)
    assert [repr(each) for each in every] == before


def test_a_change_of_what_came_on_the_way_is_part_of_it() -> None:
    came = Change({"notes": {"n1": {"x": 1, "y": 1}}}, {}, {})
    changed = Change({}, {}, {}, {"notes": {"n1": {"y": 2}}})
    whole = Change({"notes": {"n1": {"x": 1, "y": 2}}}, {}, {})
    assert merge([came, changed]) == whole


def test_a_change_of_what_went_afterwards_is_not_sent() -> None:
    changed = Change({}, {}, {}, {"notes": {"n1": {"y": 2}}})
    went = Change({}, {"notes": ["n1"]}, {})
    assert merge([changed, went]) == went
    # and what came back is whole, with nothing of before
    back = Change({"notes": {"n1": {"x": 3, "y": 3}}}, {}, {})
    assert merge([changed, went, back]) == back


def test_what_changed_twice_has_its_last_fields() -> None:
    one = Change({}, {}, {}, {"notes": {"n1": {"x": 1, "y": 1}}})
    two = Change({}, {}, {}, {"notes": {"n1": {"y": 2}}})
    assert merge([one, two]).patch == {"notes": {"n1": {"x": 1, "y": 2}}}


def test_an_order_says_how_many_stand_on_a_list_unless_it_is_empty() -> None:
    two, none = ids(("a1.0", "b2.0")), ids(())
    key = ListId("l1.0")

    def sent(order: Any, **fields: int) -> dict[str, dict[str, dict[str, Any]]]:
        step = Step(2, "", Change({}, {}, order, {"lists": {key: fields}}))
        return delta(1, [step]).patch

    assert sent({key: (none, two)}, count=2) == {}
    assert sent({key: (none, two)}, count=2, round=3) == {"lists": {key: {"round": 3}}}
    # emptied, or hidden: only the count can tell
    assert sent({key: (two, none)}, count=0) == {"lists": {key: {"count": 0}}}
    assert sent({}, count=2) == {"lists": {key: {"count": 2}}}


def test_what_is_empty_is_not_sent() -> None:
    message = delta(1, [Step(2, "c", Change({}, {"notes": ["n1"]}, {}))])
    sent = {"from": 1, "seq": 2, "chain": "c", "drop": {"notes": ["n1"]}}
    assert msgspec.json.decode(msgspec.json.encode(message)) == sent
