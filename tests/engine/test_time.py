"""Time: what happens by itself, once, and never before the journal's own time."""

import asyncio
from collections.abc import Sequence

import pytest
from msgspec import structs

from engine.conftest import Counting, Kept, ask
from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.ids import MeetingId
from rostra.engine import room as room_module
from rostra.engine.ports import Appended, Unknown
from rostra.engine.room import Room
from rostra.protocol.commit import Commit, Head
from rostra.protocol.stored import read
from support.rooms import (
    MEETING,
    PROFILE,
    HandClock,
    Sender,
    begin,
    call_next,
    done,
    founding,
    on_floor,
    on_list,
    opened,
    refused,
    until,
)

FULL = Unknown("no room on the disk", full=True)


async def test_no_commit_is_earlier_than_the_one_before(journal: Counting) -> None:
    clock = HandClock()
    async with opened(journal, clock) as (_, room):
        await begin(room)
        at = room.meeting.at
        clock.advance(-3_600_000)
        await ask(room, "xad")
        assert room.meeting.at == at
        times = [read(c).at for c in journal.histories[MEETING].commits]
        assert times == sorted(times)


async def test_after_a_restart_the_clock_goes_on_from_the_journals_time(
    kept: Kept,
) -> None:
    async with opened(kept.journal, HandClock(2_000_000)) as (_, room):
        await begin(room)
        at = room.meeting.at
    behind = HandClock(1_000_000)
    async with opened(await kept.restarted(), behind) as (_, room):
        assert room.now() >= at
        await ask(room, "xad")
        assert room.meeting.at >= at


async def test_a_list_closes_by_itself_once_at_its_announced_time(
    kept: Kept,
) -> None:
    clock = HandClock(runs=True)
    async with opened(kept.journal, clock) as (_, room):
        await begin(room)
        closes_at = room.now() + 60
        await Sender(room, "op1").ok(
            "announce_closing", closes_at=closes_at, expect=on_list(room.meeting)
        )
        seq = room.meeting.seq
        await until(room, lambda: room.meeting.lists["l1.1"].state == "closed")
        closed = room.meeting.lists["l1.1"]
        assert closes_at <= (closed.closed_at or 0) < closes_at + 1_000
        assert refused(await ask(room, "xad")) == "list_closed"
        assert room.meeting.seq == seq + 1


async def test_a_list_whose_time_came_while_the_server_was_away_closes_once(
    kept: Kept,
) -> None:
    clock = HandClock()
    async with opened(kept.journal, clock) as (_, room):
        await begin(room)
        closes_at = room.now() + 60_000
        await Sender(room, "op1").ok(
            "announce_closing", closes_at=closes_at, expect=on_list(room.meeting)
        )
        seq = room.meeting.seq
    clock.advance(61_000)
    for _ in range(2):
        async with opened(await kept.restarted(), clock) as (_, room):
            # What was asked first after the return is asked of a closed list.
            assert refused(await ask(room, "xad")) == "list_closed"
            assert room.meeting.lists["l1.1"].state == "closed"
            assert room.meeting.seq == seq + 1


async def test_a_cut_whose_time_came_while_the_server_was_away_is_signalled_once(
    kept: Kept,
) -> None:
    rules = structs.replace(PROFILE, enforcement="hard", grace_s=5)
    made = founding(profile=rules)
    clock = HandClock()
    async with opened(kept.journal, clock, made) as (_, room):
        await begin(room)
        await ask(room, "xad")
        await call_next(room)
        await Sender(room, "op1").ok("start", expect=on_floor(room.meeting))
        due = room.now() + 185_000
    clock.advance(184_000)
    async with opened(await kept.restarted(), clock, made) as (_, room):
        assert room.meeting.active and room.meeting.active.cut_at is None
        clock.advance(1_500)
        await until(
            room, lambda: bool(room.meeting.active and room.meeting.active.cut_at)
        )
        cut = room.meeting.active.cut_at or 0
        assert due <= cut < due + 1_000
    for _ in range(2):
        async with opened(await kept.restarted(), clock, made) as (_, room):
            seq = room.meeting.seq
            await asyncio.sleep(0.05)
            assert room.meeting.active and room.meeting.active.cut_at == cut
            assert room.meeting.seq == seq


async def test_two_servers_close_a_list_with_one_effect(
    room: Room, journal: Counting
) -> None:
    operator = Sender(room, "op1")
    await operator.ok(
        "announce_closing",
        closes_at=room.now() + 60_000,
        expect=on_list(room.meeting),
    )
    clock = room._clock
    assert isinstance(clock, HandClock)
    # The rival's clock is ahead; its room closes the list, ours hears of it late.
    history = journal.histories[MEETING]
    other = MemoryJournal()
    copy = type(history)(history.epoch)
    copy.commits = list(history.commits)
    other.histories[MEETING] = copy
    async with opened(other, HandClock(clock.now() + 60_000)) as (_, theirs):
        await until(theirs, lambda: theirs.meeting.lists["l1.1"].state == "closed")
    journal.rival_next = copy.commits[len(history.commits) :]
    seq = room.meeting.seq
    clock.advance(60_000)
    assert done(await operator("announce", text="Closed.")).seq == seq + 2
    kinds = [type(e).__name__ for c in history.commits for e in read(c).events]
    assert kinds.count("ListClosed") == 1


async def test_an_alarm_that_cannot_be_written_does_not_keep_the_loop_busy() -> None:
    class Full(Counting):
        full = False

        async def append(
            self, meeting: MeetingId, head: Head, commits: Sequence[Commit]
        ) -> Appended:
            self.fail_next = FULL if self.full else None
            return await super().append(meeting, head, commits)

    journal, clock = Full(), HandClock(runs=True)
    async with opened(journal, clock) as (_, room):
        await begin(room)
        await Sender(room, "op1").ok(
            "announce_closing",
            closes_at=room.now() + 20,
            expect=on_list(room.meeting),
        )
        journal.batches.clear()
        journal.full = True
        while len(journal.batches) < 2:
            await asyncio.sleep(0.01)
        journal.full = False
        await until(room, lambda: room.meeting.lists["l1.1"].state == "closed")
        # Once at its time, and then every half second.
        tried_for_ms = room.meeting.at - (room.meeting.lists["l1.1"].closes_at or 0)
        assert len(journal.batches) == 3
        assert tried_for_ms >= 2 * room_module.RETRY_MS


async def test_what_is_asked_after_the_announced_time_finds_the_list_closed(
    room: Room,
) -> None:
    operator = Sender(room, "op1")
    closes_at = room.now() + 60_000
    await operator.ok(
        "announce_closing", closes_at=closes_at, expect=on_list(room.meeting)
    )
    clock = room._clock
    assert isinstance(clock, HandClock)
    clock.advance(60_000)
    too_late = await operator("close_list", expect=on_list(room.meeting))
    assert refused(too_late) == "stale"
    assert room.meeting.lists["l1.1"].basis == "announced"


async def test_downtime_during_a_running_clock_is_noted_once(kept: Kept) -> None:
    clock = HandClock()
    async with opened(kept.journal, clock) as (_, room):
        await begin(room)
        await ask(room, "xad")
        await call_next(room)
        await Sender(room, "op1").ok("start", expect=on_floor(room.meeting))
        await kept.journal.alive([MEETING], clock.now())
        used_from = clock.now()
    clock.advance(45_000)
    for _ in range(2):
        journal = await kept.restarted()
        async with opened(journal, clock) as (_, room):
            assert room.meeting.downtime_ms == 45_000
            # The clock followed the room: nothing was given back by itself.
            active = room.meeting.active
            assert active is not None
            assert active.clock.since == used_from  # type: ignore[union-attr]
            await journal.alive([MEETING], clock.now())
            clock.advance(1_000)


@pytest.mark.parametrize(
    ("away_ms", "speaking"), [(30_000, True), (45_000, False)], ids=["short", "silent"]
)
async def test_a_downtime_that_matters_to_nobody_is_not_noted(
    kept: Kept, away_ms: int, speaking: bool
) -> None:
    clock = HandClock()
    async with opened(kept.journal, clock) as (_, room):
        await begin(room)
        await ask(room, "xad")
        await call_next(room)
        if speaking:
            await Sender(room, "op1").ok("start", expect=on_floor(room.meeting))
        seq = room.meeting.seq
        await kept.journal.alive([MEETING], clock.now())
    clock.advance(away_ms)
    async with opened(await kept.restarted(), clock) as (_, room):
        assert (room.meeting.downtime_ms, room.meeting.seq) == (0, seq)
