"""Two servers on one journal: one order, one effect, and a lost past that is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from adapters.chains import chain
from engine.conftest import ask, requests
from rostra.adapters.memory_journal import MemoryJournal
from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.remembered import Remembered
from rostra.core.ids import Instant, LinkId, MeetingId
from rostra.core.meeting import Loss
from rostra.engine.outcomes import Published, Unsettled
from rostra.engine.ports import REFUSALS_KEPT_MS, Journal, Unknown
from rostra.engine.room import Room
from rostra.engine.rooms import NotCreated, Rooms
from rostra.protocol.messages import Lost, ResumeFrom
from support.redis_servers import RedisServer
from support.rooms import (
    AUDIENCES,
    MEETING,
    HandClock,
    Screen,
    Sender,
    begin,
    done,
    founding,
    on_list,
    opened,
    refused,
    until,
)

Pair = tuple[Room, Room]


async def journals(kind: str, folder: Path, stack: AsyncExitStack) -> list[Journal]:
    """What each of two servers has of one journal."""
    if kind == "memory":
        return [MemoryJournal(shared=True)] * 2
    server = stack.enter_context(RedisServer(folder))
    found: list[Journal] = []
    for _ in range(2):
        journal = await RedisJournal.open(server.address)
        stack.push_async_callback(journal.close)
        found.append(journal)
    return found


@pytest.fixture(params=["memory", "redis"])
async def pair(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Pair]:
    """The same meeting in session on two servers."""
    async with AsyncExitStack() as stack:
        here, there = await journals(request.param, tmp_path, stack)
        _, first = await stack.enter_async_context(opened(here))
        await begin(first)
        _, second = await stack.enter_async_context(opened(there))
        yield first, second


async def level(pair: Pair) -> None:
    """Wait until both are at the same commit."""
    first, second = pair
    ahead, behind = sorted(pair, key=lambda room: -room.meeting.seq)
    await until(behind, lambda: behind.meeting.seq >= ahead.meeting.seq)
    assert first.head == second.head


async def test_what_one_server_did_the_other_shows(pair: Pair) -> None:
    first, second = pair
    screens = [Screen(second, audience) for audience in AUDIENCES]
    for screen in screens:
        second.subscribe(screen.hear)
    done(await ask(first, "xad"))
    await level(pair)
    assert requests(second) == ["XAD"]
    assert all(screen.shows(second) for screen in screens)


async def test_a_rush_on_both_has_one_order(pair: Pair) -> None:
    first, second = pair
    links = ("xad", "xae", "xal", "xah")
    sent = [ask(room, link) for link in links for room in pair]
    outcomes = [done(each) for each in await asyncio.gather(*sent)]
    await level(pair)
    assert sorted(requests(first), key=str) == ["XAD", "XAE", "XAH", "XAL"]
    assert requests(first) == requests(second)
    joined = [each.result.get("joined", False) for each in outcomes]
    assert joined.count(False) == len(links)


async def test_a_command_that_is_sent_to_both_has_one_effect_and_one_answer(
    pair: Pair,
) -> None:
    first, second = pair
    sent = [ask(room, "xad", "the-same-command") for room in pair]
    one, other = [done(each) for each in await asyncio.gather(*sent)]
    assert (one.seq, one.result) == (other.seq, other.result)
    await level(pair)
    assert done(await ask(first, "xad", "the-same-command")).seq == one.seq
    assert first.meeting.seq == second.meeting.seq


async def test_a_no_is_never_from_an_old_state() -> None:
    """Without asking the journal the second would refuse what the first made right."""
    journal = MemoryJournal(shared=True)
    async with opened(journal) as (_, first), opened(journal) as (_, second):
        await begin(first)
        await until(second, lambda: second.meeting.seq == first.meeting.seq)
        operator = Sender(first, "op1")
        await operator.ok("close_list", expect=on_list(first.meeting))
        await until(second, lambda: second.meeting.seq == first.meeting.seq)
        # nothing is heard on the second meanwhile
        second._follower.stop()
        await operator.ok("reopen_list", expect=on_list(first.meeting), basis="chair")
        done(await ask(second, "xad"))


async def test_one_alarm_has_one_effect(pair: Pair) -> None:
    first, second = pair
    clocks = [room._clock for room in pair]
    now = first.now()
    expect = on_list(first.meeting)
    operator = Sender(first, "op1")
    await operator.ok("announce_closing", expect=expect, closes_at=now + 60_000)
    await level(pair)
    for clock in clocks:
        assert isinstance(clock, HandClock)
        clock.advance(60_000)
    # the loop's timers are looked at again within a second
    await until(second, lambda: second.meeting.lists["l1.1"].state == "closed")  # type: ignore[index]
    await until(first, lambda: first.meeting.lists["l1.1"].state == "closed")  # type: ignore[index]
    assert first.meeting.seq == second.meeting.seq
    await asyncio.sleep(0.5)
    assert first.meeting.seq == second.meeting.seq


async def test_a_client_that_comes_from_a_server_further_on_is_waited_for() -> None:
    journal = MemoryJournal(shared=True)
    async with opened(journal) as (_, first), opened(journal) as (_, second):
        await begin(first)
        second._follower.stop()
        done(await ask(first, "xad"))
        resume = ResumeFrom(first.epoch, first.head.seq, first.chain)
        assert second.since("public", resume).reason is not None
        await second.reach(resume)
        assert second.since("public", resume).reason is None


async def test_while_the_journal_takes_nothing_one_reads_on_and_is_told_to_wait(
    tmp_path: Path,
) -> None:
    with RedisServer(tmp_path) as server:
        journal = await RedisJournal.open(server.address)
        try:
            async with opened(journal) as (rooms, room):
                await begin(room)
                server.kill()
                assert isinstance(await ask(room, "xad"), Unsettled)
                assert room.stalled
                assert room.snapshot("public").collections
                server.start()
                async with asyncio.timeout(10):
                    while room.stalled:
                        await asyncio.sleep(0.05)
                done(await ask(room, "xad"))
                assert not rooms.failed.done()
        finally:
            await journal.close()


class Held(MemoryJournal):
    """The same journal by a line that can be held back."""

    def __init__(self, journal: MemoryJournal) -> None:
        super().__init__(shared=True)
        self.histories = journal.histories


async def test_what_one_server_refused_does_not_happen_on_another() -> None:
    journal = MemoryJournal(shared=True)
    held = Held(journal)
    async with opened(journal) as (_, first), opened(held) as (_, second):
        await begin(first)
        await second.reach(ResumeFrom(first.epoch, first.head.seq, first.chain))
        held.gate.clear()
        waiting = ask(second, "xad", "one-and-the-same")
        await asyncio.sleep(0.01)
        operator = Sender(first, "op1")
        await operator.ok("close_list", expect=on_list(first.meeting))
        # its sender has lost patience, and asks elsewhere
        code = refused(await ask(first, "xad", "one-and-the-same"))
        await operator.ok("reopen_list", expect=on_list(first.meeting), basis="chair")
        held.gate.set()
        assert refused(await waiting) == code
        assert requests(second) == []


async def test_what_one_server_called_expired_does_not_happen_on_another() -> None:
    journal = MemoryJournal(shared=True)
    held = Held(journal)
    async with opened(journal) as (_, first), opened(held) as (_, second):
        await begin(first)
        await second.reach(ResumeFrom(first.epoch, first.head.seq, first.chain))
        held.gate.clear()
        wish = {"id": "one-and-the-same", "type": "request_floor", "kind": "statement"}
        waiting = asyncio.create_task(Sender(second, "xad").send(wish))
        await asyncio.sleep(0.01)
        late = Instant(first.now() - 1)
        assert refused(await Sender(first, "xad").send(wish, late)) == "expired"
        held.gate.set()
        assert refused(await waiting) == "expired"
        assert requests(second) == []


async def test_an_old_no_of_another_server_does_not_hold_up_the_batch() -> None:
    journal, clock = MemoryJournal(shared=True), HandClock()
    async with opened(journal, clock) as (_, first), opened(journal, clock) as (_, b):
        await begin(first)
        operator = Sender(first, "op1")
        await operator.ok("close_list", expect=on_list(first.meeting))
        code = refused(await ask(first, "xad", "refused-long-ago"))
        await operator.ok("reopen_list", expect=on_list(first.meeting), basis="chair")
        clock.advance(REFUSALS_KEPT_MS + 1_000)
        # the journal may remember for longer than a room does
        old, other = ask(b, "xad", "refused-long-ago"), ask(b, "xae")
        assert refused(await old) == code
        done(await other)


async def test_a_server_that_cannot_follow_says_so_and_denies_nothing() -> None:
    journal = MemoryJournal(shared=True)
    async with opened(journal) as (rooms, room):
        await begin(room)
        kept = done(await ask(room, "xad", "kept-before-the-trouble"))
        (strange,) = chain(1, meeting=MEETING, after=room.head)
        await journal.append(MEETING, room.head, [strange])
        assert isinstance(await ask(room, "xae"), Unsettled)
        assert room.read_only
        assert room.stalled
        assert done(await ask(room, "xad", "kept-before-the-trouble")) == kept
        assert not rooms.failed.done()


async def test_a_meeting_that_is_damaged_is_its_own_trouble(tmp_path: Path) -> None:
    with RedisServer(tmp_path) as server:
        journal = await RedisJournal.open(server.address)
        async with opened(journal) as (rooms, room):
            await begin(room)
            await server.command("XDEL", f"rostra:{{{MEETING}}}:log", "1-0")
            await server.command("XADD", f"rostra:{{{MEETING}}}:log", "99-0", "a", "b")
            assert isinstance(await ask(room, "xad"), Unsettled)
            assert room.stalled
            await asyncio.sleep(1.2)
            assert not rooms.failed.done()
            other = await rooms.create(founding(MeetingId("island")))
            await begin(other)
            done(await ask(other, "xad"))
        await journal.close()


async def test_a_loss_that_another_server_has_told_is_not_told_again(
    tmp_path: Path,
) -> None:
    with RedisServer(tmp_path / "redis") as server:
        log = f"rostra:{{{MEETING}}}:log"
        heads = [Remembered(tmp_path / f"{n}.json") for n in range(2)]
        journals = [await RedisJournal.open(server.address, head) for head in heads]
        async with opened(journals[0]) as (_, a), opened(journals[1]) as (_, b):
            await begin(a)
            before = await server.command("DUMP", log)
            assert isinstance(before, bytes)
            done(await ask(a, "xad"))
            await until(b, lambda: b.head == a.head)
        for journal in journals:
            await journal.close()
        await server.command("RESTORE", log, 0, before, "REPLACE")
        journals = [await RedisJournal.open(server.address, head) for head in heads]
        async with opened(journals[0]) as (_, a), opened(journals[1]) as (_, b):
            assert len(a.meeting.losses) == len(b.meeting.losses) == 1
        for journal in journals:
            await journal.close()


async def test_a_meeting_that_too_few_have_is_not_made(tmp_path: Path) -> None:
    with RedisServer(tmp_path) as server:
        journal = await RedisJournal.open(f"{server.address}?replicas=1&wait_ms=50")
        rooms = Rooms(journal, HandClock())
        with pytest.raises(NotCreated, match="not safe yet"):
            await rooms.create(founding())
        await rooms.close()
        await journal.close()


# A past that is gone


class Lossy:
    """Two servers on a journal in memory that can lose its tail."""

    def __init__(self, journal: MemoryJournal, rooms: Pair) -> None:
        self.journal = journal
        self.first, self.second = rooms
        self.told: list[Published] = []
        for room in rooms:
            room.subscribe(self.told.append)


@pytest.fixture
async def lossy() -> AsyncIterator[Lossy]:
    """Both have seen the same three requests, and the journal has lost the last two."""
    journal = MemoryJournal(shared=True)
    async with opened(journal) as (_, first), opened(journal) as (_, second):
        await begin(first)
        for link in ("xad", "xae", "xal"):
            done(await ask(first, link, f"ask-of-{link}"))
        await until(second, lambda: second.meeting.seq == first.meeting.seq)
        journal.lose_tail(MEETING, first.meeting.seq - 2)
        yield Lossy(journal, (first, second))


async def test_a_lost_past_is_a_commit_in_a_new_epoch(lossy: Lossy) -> None:
    room = lossy.first
    epoch, seq = room.epoch, room.meeting.seq
    done(await ask(room, "xah"))
    assert room.epoch != epoch
    (loss,) = room.meeting.losses
    assert (loss.after, loss.until) == (seq - 2, seq)
    assert requests(room) == ["XAD", "XAH"]


async def test_everybody_on_every_server_is_welcomed_anew_once(lossy: Lossy) -> None:
    done(await ask(lossy.first, "xah"))
    await until(lossy.second, lambda: lossy.second.epoch == lossy.first.epoch)
    assert lossy.first.head == lossy.second.head
    assert [told.epoch_changed for told in lossy.told].count(True) == 2
    assert len(lossy.second.meeting.losses) == 1


async def test_who_had_been_told_yes_hears_that_it_is_not_kept(lossy: Lossy) -> None:
    done(await ask(lossy.first, "xah"))
    assert lossy.first.not_kept == {
        LinkId("xae"): ("ask-of-xae",),
        LinkId("xal"): ("ask-of-xal",),
    }


async def test_a_lost_command_that_comes_again_takes_effect(lossy: Lossy) -> None:
    done(await ask(lossy.first, "xae", "ask-of-xae"))
    assert requests(lossy.first) == ["XAD", "XAE"]


async def test_both_notice_at_the_same_time_and_it_is_written_once(
    lossy: Lossy,
) -> None:
    await asyncio.gather(ask(lossy.first, "xah"), ask(lossy.second, "xae"))
    await until(lossy.second, lambda: lossy.first.head == lossy.second.head)
    assert len(lossy.first.meeting.losses) == 1
    assert lossy.first.meeting.losses == lossy.second.meeting.losses


async def test_the_numbers_that_are_named_are_those_that_were_shown_here(
    lossy: Lossy,
) -> None:
    """The one that noticed first may not have heard of the last one."""
    second, until_ = lossy.second, lossy.second.head.seq
    done(await ask(lossy.first, "xah"))
    await until(second, lambda: second.epoch == lossy.first.epoch)
    second._had = until_ + 1
    assert second.lost == Lost(until_ - 2, until_ + 1)
    assert lossy.first.lost == Lost(until_ - 2, until_)


async def test_who_was_behind_the_loss_goes_on_in_the_new_epoch() -> None:
    journal = MemoryJournal(shared=True)
    async with opened(journal) as (_, first):
        await begin(first)
        done(await ask(first, "xad"))
        async with opened(journal) as (_, behind):
            behind._follower.stop()
            done(await ask(first, "xae"))
            journal.lose_tail(MEETING, first.meeting.seq - 1)
            done(await ask(first, "xal"))
            told: list[Published] = []
            behind.subscribe(told.append)
            done(await ask(behind, "xah"))
            assert behind.epoch == first.epoch
            assert behind.not_kept == {}
            assert [each.epoch_changed for each in told].count(True) == 1
            assert isinstance(behind.meeting.losses[0], Loss)


async def test_a_loss_is_noticed_though_nobody_does_anything(tmp_path: Path) -> None:
    with RedisServer(tmp_path) as server:
        journal = await RedisJournal.open(server.address)
        try:
            async with opened(journal) as (_, room):
                await begin(room)
                log = f"rostra:{{{MEETING}}}:log"
                before = await server.command("DUMP", log)
                assert isinstance(before, bytes)
                done(await ask(room, "xad"))
                await server.command("RESTORE", log, 0, before, "REPLACE")
                await until(room, lambda: bool(room.meeting.losses))
                assert requests(room) == []
        finally:
            await journal.close()


async def test_a_loss_while_everything_was_down_is_told_at_the_next_start(
    tmp_path: Path,
) -> None:
    with RedisServer(tmp_path / "redis") as server:
        log = f"rostra:{{{MEETING}}}:log"
        head = Remembered(tmp_path / "head.json")
        journal = await RedisJournal.open(server.address, head)
        async with opened(journal) as (_, room):
            await begin(room)
            before = await server.command("DUMP", log)
            assert isinstance(before, bytes)
            done(await ask(room, "xad"))
            epoch, seq = room.epoch, room.meeting.seq
        await journal.close()
        await server.command("RESTORE", log, 0, before, "REPLACE")
        journal = await RedisJournal.open(server.address, head)
        async with opened(journal) as (_, room):
            assert room.epoch != epoch
            (loss,) = room.meeting.losses
            assert (loss.after, loss.until) == (seq - 1, seq)
            done(await ask(room, "xad"))
        await journal.close()
        journal = await RedisJournal.open(server.address, head)
        assert journal.lost == {}
        await journal.close()


async def test_a_meeting_that_others_opened_is_opened_here_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rostra.engine.rooms.WAKE_EVERY_S", 0.02)
    journal = MemoryJournal(shared=True)
    rooms = Rooms(journal, HandClock(runs=True))
    waking = asyncio.create_task(rooms.wake())
    try:
        async with opened(journal, HandClock(runs=True)), asyncio.timeout(5):
            await journal.alive([MEETING], rooms._clock.now())
            while MEETING not in rooms._rooms:
                await asyncio.sleep(0.01)
    finally:
        waking.cancel()
        await rooms.close()


async def test_a_doubt_about_what_is_kept_is_wait_and_never_yes() -> None:
    journal = MemoryJournal(shared=True)
    async with opened(journal) as (_, room):
        await begin(room)
        done(await ask(room, "xad", "first-ask-of-xad"))
        journal.fail_next = Unknown("0 of 1 replicas have it")
        # the answer is known, and may still be lost
        assert isinstance(await ask(room, "xad", "first-ask-of-xad"), Unsettled)
        assert done(await ask(room, "xad", "first-ask-of-xad")).seq


async def test_a_journal_of_one_is_not_asked_for_nothing() -> None:
    journal = MemoryJournal()
    async with opened(journal) as (_, room):
        await begin(room)
        done(await ask(room, "xad", "first-ask-of-xad"))
        journal.fail_next = Unknown("nobody may ask")
        done(await ask(room, "xad", "first-ask-of-xad"))
        assert refused(await Sender(room, "xad")("withdraw", request="r99.0"))
