"""The same command again: one effect, and the same answer."""

import asyncio
from typing import Any

import pytest

from engine.conftest import Counting, Kept, ask
from rostra.engine.ledger import REFUSALS_KEPT_MS
from rostra.engine.outcomes import Accepted
from rostra.engine.room import Room
from support.rooms import (
    HandClock,
    Sender,
    begin,
    done,
    fresh_id,
    opened,
    refused,
)


async def test_the_same_command_twice_in_a_batch_has_one_effect(
    room: Room, journal: Counting
) -> None:
    id_ = fresh_id()
    first, second = await asyncio.gather(ask(room, "xad", id_), ask(room, "xad", id_))
    assert first == second
    assert done(first).result["joined"] is False
    assert journal.batches == [1]


async def test_the_same_command_later_gets_the_same_answer(
    room: Room, journal: Counting
) -> None:
    id_ = fresh_id()
    first = await ask(room, "xad", id_)
    await ask(room, "xae")
    assert await ask(room, "xad", id_) == first
    assert journal.batches == [1, 1]


async def test_after_a_restart_the_same_command_gets_the_same_answer(
    kept: Kept,
) -> None:
    id_, clock = fresh_id(), HandClock()
    async with opened(kept.journal, clock) as (_, room):
        await begin(room)
        first = done(await ask(room, "xad", id_))
        seq = room.meeting.seq
    async with opened(await kept.restarted(), clock) as (_, room):
        assert await ask(room, "xad", id_) == first
        assert room.meeting.seq == seq


async def test_an_id_is_one_links_own(room: Room) -> None:
    id_ = fresh_id()
    first, other = await ask(room, "xad", id_), await ask(room, "xae", id_)
    assert done(first).result["request"] != done(other).result["request"]


@pytest.mark.parametrize("how", ["in the same batch", "later"])
async def test_another_payload_under_an_id_is_refused(room: Room, how: str) -> None:
    id_, operator = fresh_id(), Sender(room, "op1")
    first = operator.later("announce", id_, text="one")
    if how == "later":
        await first
    other = operator.later("announce", id_, text="two")
    assert isinstance(await first, Accepted)
    assert refused(await other) == "id_reused"
    assert [each.text for each in room.meeting.announcements.values()] == ["one"]


async def test_another_payload_under_an_id_is_refused_after_a_restart(
    kept: Kept,
) -> None:
    id_, clock = fresh_id(), HandClock()
    async with opened(kept.journal, clock) as (_, room):
        await Sender(room, "op1")("announce", id_, text="one")
    async with opened(await kept.restarted(), clock) as (_, room):
        other = await Sender(room, "op1")("announce", id_, text="two")
        assert refused(other) == "id_reused"


async def test_a_refusal_stays_what_it_was_when_it_is_asked_again(room: Room) -> None:
    id_, operator = fresh_id(), Sender(room, "op1")
    fields: dict[str, Any] = {"request": "r1.1", "expect": {"head": None}}
    await ask(room, "xad")
    first = await operator("call", id_, **fields)
    request = room.meeting.lists["l1.1"].order[0]  # type: ignore[index]
    await operator.ok("withdraw", request=request)
    # Now the screen would be right, and yet the answer was no.
    assert refused(first) == "stale"
    assert await operator("call", id_, **fields) == first
    assert refused(await operator("call", **fields)) == "not_on_list"


async def test_another_payload_under_a_refused_id_is_refused(room: Room) -> None:
    id_, operator = fresh_id(), Sender(room, "op1")
    assert refused(await operator("withdraw", id_, request="r99.0")) == "no_such_entity"
    assert refused(await operator("announce", id_, text="Hear!")) == "id_reused"


async def test_a_refusal_is_forgotten_after_the_longest_validity(
    journal: Counting,
) -> None:
    clock, id_ = HandClock(), fresh_id()
    async with opened(journal, clock) as (_, room):
        operator = Sender(room, "op1")
        fields = {"request": "r1.1", "person": {"name": " "}}
        assert refused(await operator("name_speaker", id_, **fields)) == "empty"
        clock.advance(REFUSALS_KEPT_MS)
        assert refused(await operator("announce", id_, text="x")) == "id_reused"
        clock.advance(1)
        assert done(await operator("announce", id_, text="x"))


async def test_a_command_that_waited_too_long_does_not_act(journal: Counting) -> None:
    """P8: whatever it waited for, the disk included."""
    clock = HandClock()
    async with opened(journal, clock) as (_, room):
        operator = Sender(room, "op1")
        until = clock.now()
        assert done(await operator("announce", text="in time", until=until))
        clock.advance(1)
        late = await operator("announce", text="too late", until=until)
        assert refused(late) == "expired"


async def test_a_command_that_was_taken_in_time_is_answered_at_any_time(
    journal: Counting,
) -> None:
    clock, id_ = HandClock(), fresh_id()
    async with opened(journal, clock) as (_, room):
        operator = Sender(room, "op1")
        until = clock.now()
        first = await operator("announce", id_, text="Hear!", until=until)
        clock.advance(3_600_000)
        assert await operator("announce", id_, text="Hear!", until=until) == first
