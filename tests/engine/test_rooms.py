"""All meetings of a journal: made once, opened when first needed, closed at the end."""

import asyncio

import pytest

from engine.conftest import Kept
from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.ids import Instant, MeetingId
from rostra.engine import rooms as rooms_module
from rostra.engine.ports import Unavailable, Unknown
from rostra.engine.rooms import MeetingExists, NotCreated, Rooms
from support.rooms import (
    MEETING,
    HandClock,
    Sender,
    begin,
    done,
    founding,
    opened,
)

OTHER = MeetingId("island")


async def test_a_meeting_is_made_by_its_first_commit(kept: Kept) -> None:
    async with opened(kept.journal) as (rooms, room):
        assert room.meeting.seq == 1
        assert await rooms.room(MEETING) is room
        assert await rooms.meetings() == [MEETING]
        assert await rooms.room(OTHER) is None
    async with opened(await kept.restarted()) as (rooms, again):
        assert again is not room
        assert again.head == room.head


async def test_each_meeting_has_a_secret_of_its_own_for_its_draws() -> None:
    secrets = []
    for _ in range(2):
        journal = MemoryJournal()
        async with opened(journal) as (_, room):
            secrets.append(room.meeting.lot_key)
            (commit,) = [each async for each in journal.read(MEETING, 0)]
            assert secrets[-1].encode() in commit.internal
            assert secrets[-1].encode() not in commit.open
    assert all(len(bytes.fromhex(each)) == 32 for each in secrets)
    assert secrets[0] != secrets[1]


async def test_a_meeting_is_made_once(kept: Kept) -> None:
    async with opened(kept.journal) as (rooms, room):
        with pytest.raises(MeetingExists):
            await rooms.create(founding())
        assert await rooms.room(MEETING) is room


async def test_a_meeting_whose_making_was_not_confirmed_is_there_all_the_same() -> None:
    journal = MemoryJournal()
    rooms = Rooms(journal, HandClock())
    journal.lose_next_answer = True
    room = await rooms.create(founding())
    assert room.meeting.seq == 1
    await rooms.close()


async def test_a_meeting_that_was_not_written_is_not_made() -> None:
    journal = MemoryJournal()
    rooms = Rooms(journal, HandClock())
    journal.fail_next = Unknown("time-out")
    with pytest.raises(NotCreated, match="time-out"):
        await rooms.create(founding())
    assert await rooms.room(MEETING) is None
    assert (await rooms.create(founding())).meeting.seq == 1
    await rooms.close()


async def test_many_who_come_at_once_come_to_the_same_room(kept: Kept) -> None:
    async with opened(kept.journal):
        pass
    rooms = Rooms(await kept.restarted(), HandClock())
    found = await asyncio.gather(*(rooms.room(MEETING) for _ in range(10)))
    assert len(set(map(id, found))) == 1
    await rooms.close()


async def test_meetings_know_nothing_of_each_other(kept: Kept) -> None:
    async with opened(kept.journal) as (rooms, room):
        other = await rooms.create(founding(OTHER))
        id_ = "the-same-id"
        first = await Sender(room, "op1")("announce", id_, text="here")
        second = await Sender(other, "op1")("announce", id_, text="there")
        assert (done(first).seq, done(second).seq) == (2, 2)
        assert room.chain != other.chain


async def test_the_journal_hears_that_the_server_is_alive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rooms_module, "ALIVE_EVERY_S", 0.01)
    stamped: asyncio.Queue[Instant] = asyncio.Queue()

    class Hearing(MemoryJournal):
        trouble = 0

        async def alive(self, meeting: MeetingId, at: Instant) -> None:
            if self.trouble:
                self.trouble -= 1
                raise Unavailable(Unknown("full", full=True))
            await super().alive(meeting, at)
            stamped.put_nowait(at)

    journal, clock = Hearing(), HandClock()
    async with opened(journal, clock) as (rooms, _):
        first = await asyncio.wait_for(stamped.get(), 1)
        # Trouble that may pass does not end it.
        journal.trouble = 2
        clock.advance(5_000)
        async with asyncio.timeout(1):
            while await stamped.get() != first + 5_000:
                pass
        assert journal.trouble == 0
        assert not rooms.failed.done()


async def test_a_journal_that_is_spent_while_nothing_is_written_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rooms_module, "ALIVE_EVERY_S", 0.01)
    journal = MemoryJournal()
    async with opened(journal) as (rooms, room):
        await journal.close()
        assert await asyncio.wait_for(rooms.failed, 1) == "closed"
        assert room.snapshot("public") is not None


async def test_an_old_meeting_does_not_hold_the_clock_of_another_back(
    kept: Kept,
) -> None:
    async with opened(kept.journal, HandClock(9_000_000)) as (rooms, room):
        await begin(room)
        await rooms.create(founding(OTHER))
    clock = HandClock(1_000_000)
    rooms = Rooms(await kept.restarted(), clock)
    assert await rooms.room(OTHER) is not None
    assert await rooms.room(MEETING) is not None
    assert clock.now() >= 9_000_000
    await rooms.close()


async def test_only_meetings_that_were_served_within_a_day_wake_with_the_server(
    kept: Kept,
) -> None:
    """Their lists close at the announced time, with nobody there to open them."""
    async with opened(kept.journal, HandClock(1_000_000)) as (rooms, _):
        await rooms.create(founding(OTHER))
    journal = await kept.restarted()
    now = 1_000_000 + rooms_module.WAKE_MS
    await journal.alive(MEETING, Instant(now - 1_000))
    await journal.alive(OTHER, Instant(now - rooms_module.WAKE_MS))
    rooms = Rooms(journal, HandClock(now))
    await rooms.wake()
    assert list(rooms._rooms) == [MEETING]
    await rooms.close()
