"""Persons that are erased are erased from the journal too, and from what is at hand."""

import asyncio

import pytest

from engine.conftest import Counting, Kept
from rostra.engine.ports import Unavailable, Unknown
from rostra.engine.room import Room
from support.rooms import MEETING, Sender, begin, done, opened


async def erased(room: Room) -> None:
    """A device has asked, the meeting has ended, and persons are erased."""
    done(await Sender(room, "xad", "NAMED device")("request_floor", kind="statement"))
    operator = Sender(room, "op1")
    await operator.ok("adjourn", expect={"state": "in_session"})
    await operator.ok("close_record", expect={"state": "rose"})
    await operator.ok("erase_persons", reason="as agreed", expect={"state": "archived"})


async def named(room: Room) -> int:
    """How many commits of the journal still have a personal part."""
    commits = [each async for each in room._journal.read(MEETING, 0)]
    return sum(each.personal is not None for each in commits[: room.meeting.erased_seq])


async def nobody_named(room: Room) -> None:
    """Wait until the room has seen to it."""
    async with asyncio.timeout(5):
        while await named(room):
            await asyncio.sleep(0.01)


async def test_the_journal_forgets_once_the_act_is_kept(kept: Kept) -> None:
    async with opened(kept.journal) as (_, room):
        await begin(room)
        await erased(room)
        await nobody_named(room)
        assert room.meeting.erased_seq == room.head.seq
    async with opened(await kept.restarted()) as (_, room):
        assert "NAMED" not in str(room.meeting)
        assert not room.read_only


async def test_who_was_away_gets_a_snapshot_and_no_step_with_names(
    journal: Counting,
) -> None:
    async with opened(journal) as (_, room):
        await begin(room)
        before = room.head.seq
        await erased(room)
        await nobody_named(room)
        assert room.missed("staff", before).reason == "too_old"


async def test_what_could_not_be_forgotten_is_at_the_next_start(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(kept.journal) as (_, room):
        await begin(room)

        async def away(*_: object) -> int:
            raise Unavailable(Unknown("not now"))

        monkeypatch.setattr(kept.journal, "forget", away)
        await erased(room)
        assert await named(room)
    monkeypatch.undo()
    async with opened(await kept.restarted()) as (_, room):
        await nobody_named(room)
