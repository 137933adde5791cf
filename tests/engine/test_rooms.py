"""All meetings of a journal: made once, opened when first needed, closed at the end."""

import asyncio
from collections.abc import AsyncIterator, Collection

import pytest
from msgspec import structs

from engine.conftest import Kept
from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.ids import Instant, MeetingId
from rostra.engine import rooms as rooms_module
from rostra.engine.ports import Stored, Unavailable, Unknown
from rostra.engine.replay import Unreadable
from rostra.engine.rooms import MeetingExists, NotCreated, Rooms
from rostra.protocol.commit import Commit
from support.rooms import (
    FICTIONAL,
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

        async def alive(self, meetings: Collection[MeetingId], at: Instant) -> None:
            if self.trouble:
                self.trouble -= 1
                raise Unavailable(Unknown("full", full=True))
            await super().alive(meetings, at)
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
    await journal.alive([MEETING], Instant(now - 1_000))
    await journal.alive([OTHER], Instant(now - rooms_module.WAKE_MS))
    rooms = Rooms(journal, HandClock(now))
    await rooms.wake()
    assert list(rooms._rooms) == [MEETING]
    await rooms.close()


# Openings


class Slow(MemoryJournal):
    """A journal in which the meeting ``slow`` takes until ``let`` to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.slow: MeetingId | None = None
        self.reading = asyncio.Event()
        self.let = asyncio.Event()

    async def read(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """As always, but for the slow one."""
        if meeting == self.slow:
            self.reading.set()
            await self.let.wait()
        async for commit in super().read(meeting, after_seq):
            yield commit


#: In the order in which they wake: the one that was served last comes first.
NAMES = [MeetingId(name) for name in ("first", "second", "third", "fourth")]


async def asleep(slow: MeetingId | None = None) -> Slow:
    """Meetings that were all served a moment ago."""
    journal, clock = Slow(), HandClock()
    rooms = Rooms(journal, clock)
    for name in reversed(NAMES):
        await rooms.create(founding(name))
    await rooms.close()
    for before, name in enumerate(NAMES):
        await journal.alive([name], Instant(clock.now() - before))
    journal.slow = slow
    return journal


async def test_whoever_is_needed_does_not_wait_for_those_that_only_wake() -> None:
    journal = await asleep(slow=NAMES[1])
    rooms = Rooms(journal, HandClock())
    waking = asyncio.create_task(rooms.wake())
    await journal.reading.wait()
    assert list(rooms._rooms) == NAMES[:1]
    needed = await asyncio.wait_for(rooms.room(NAMES[3]), 1)
    assert needed is not None
    assert not waking.done()
    journal.let.set()
    await waking
    assert list(rooms._rooms) == [NAMES[0], NAMES[3], NAMES[1], NAMES[2]]
    await rooms.close()


async def test_those_that_only_wake_wait_for_whoever_is_needed() -> None:
    journal = await asleep(slow=NAMES[2])
    rooms = Rooms(journal, HandClock())
    needed = asyncio.create_task(rooms.room(NAMES[2]))
    await journal.reading.wait()
    waking = asyncio.create_task(rooms.wake())
    for _ in range(50):
        await asyncio.sleep(0)
    assert not rooms._rooms
    journal.let.set()
    await waking
    assert list(rooms._rooms) == [NAMES[2], NAMES[0], NAMES[1], NAMES[3]]
    assert await needed is rooms._rooms[NAMES[2]]
    await rooms.close()


async def test_somebody_who_goes_while_a_meeting_is_read_takes_it_from_nobody() -> None:
    journal = await asleep(slow=NAMES[0])
    rooms = Rooms(journal, HandClock())
    gone, stays = (asyncio.create_task(rooms.room(NAMES[0])) for _ in range(2))
    await journal.reading.wait()
    gone.cancel()
    await asyncio.sleep(0)
    journal.let.set()
    assert await asyncio.wait_for(stays, 1) is rooms._rooms[NAMES[0]]
    await rooms.close()


async def test_a_meeting_that_is_made_while_somebody_looks_for_it_is_there() -> None:
    class Late(MemoryJournal):
        """What it has found is told only when ``let``."""

        let = asyncio.Event()

        async def stored(self, meeting: MeetingId) -> Stored | None:
            found = await super().stored(meeting)
            await self.let.wait()
            return found

    journal = Late()
    rooms = Rooms(journal, HandClock())
    looking = asyncio.create_task(rooms.room(OTHER))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    making = asyncio.create_task(rooms.create(founding(OTHER)))
    while OTHER not in journal.histories:
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    journal.let.set()
    assert await looking is None
    assert (await making).meeting.id == OTHER
    await rooms.close()


async def test_a_meeting_that_cannot_be_read_lets_the_others_wake() -> None:
    journal = await asleep()
    commits = journal.histories[NAMES[1]].commits
    commits[0] = structs.replace(commits[0], internal=b"{}")
    rooms = Rooms(journal, HandClock())
    await rooms.wake()
    assert list(rooms._rooms) == [NAMES[0], *NAMES[2:]]
    for _ in range(2):
        with pytest.raises(Unreadable):
            await rooms.room(NAMES[1])
    await rooms.close()


async def test_closing_does_not_wait_for_a_meeting_to_be_read() -> None:
    journal = await asleep(slow=NAMES[1])
    rooms = Rooms(journal, HandClock())
    waking = asyncio.create_task(rooms.wake())
    await journal.reading.wait()
    waking.cancel()
    await asyncio.wait_for(rooms.close(), 1)
    assert list(rooms._rooms) == NAMES[:1]


async def test_a_journal_that_is_spent_while_meetings_wake_is_said() -> None:
    journal = await asleep(slow=NAMES[1])
    rooms = Rooms(journal, HandClock())
    waking = asyncio.create_task(rooms.wake())
    await journal.reading.wait()
    await journal.close()
    journal.let.set()
    await asyncio.wait_for(waking, 1)
    assert rooms.failed.result() == "closed"
    await rooms.close()


async def test_meetings_of_the_same_roster_share_it_and_of_another_do_not(
    kept: Kept,
) -> None:
    async with opened(kept.journal) as (rooms, _):
        await rooms.create(founding(OTHER))
        few = dict(list(FICTIONAL.delegations.items())[:12])
        named_alike = structs.replace(FICTIONAL, delegations=few)
        await rooms.create(founding(NAMES[0], roster=named_alike))
    rooms = Rooms(await kept.restarted(), HandClock())
    found = [await rooms.room(each) for each in (MEETING, OTHER, NAMES[0])]
    rosters = [room.meeting.roster for room in found if room is not None]
    assert rosters[0] is rosters[1]
    assert rosters == [FICTIONAL, FICTIONAL, named_alike]
    await rooms.close()
