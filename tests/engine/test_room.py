"""The room: one inbox, one writer, and three honest answers."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from engine.conftest import Counting, ask, requests
from rostra.adapters.memory_journal import MemoryJournal
from rostra.engine import room as room_module
from rostra.engine.outcomes import Accepted, Published, Unsettled
from rostra.engine.ports import Appended, Unavailable, Unknown
from rostra.engine.room import Room
from rostra.protocol.commit import Commit
from support.rooms import (
    AUDIENCES,
    MEETING,
    Screen,
    Sender,
    begin,
    call_next,
    done,
    fresh_id,
    on_floor,
    on_list,
    opened,
    refused,
)

HALT = Unknown("the disk failed", fatal=True)
FULL = Unknown("no room on the disk", full=True)


# One batch, one append


async def test_what_waits_together_is_appended_and_told_once(
    room: Room, journal: Counting
) -> None:
    told: list[Published] = []
    room.subscribe(told.append)
    seq = room.meeting.seq
    outcomes = await asyncio.gather(*(ask(room, x) for x in ("xad", "xae", "xal")))
    assert journal.batches == [3]
    assert [done(each).seq for each in outcomes] == [seq + 1, seq + 2, seq + 3]
    assert [(each.from_seq, each.seq) for each in told] == [(seq, seq + 3)]


async def test_what_comes_while_the_disk_writes_becomes_the_next_batch(
    room: Room, journal: Counting
) -> None:
    journal.gate.clear()
    first = ask(room, "xad")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    rest = [ask(room, link) for link in ("xae", "xal", "xah")]
    await asyncio.sleep(0)
    assert not first.done()
    journal.gate.set()
    await asyncio.gather(first, *rest)
    assert journal.batches == [1, 3]


async def test_the_order_of_submission_is_the_order_of_the_list(room: Room) -> None:
    links = ["xal", "xah", "xad", "xae"]
    await asyncio.gather(*(ask(room, link) for link in links))
    assert requests(room) == [link.upper() for link in links]


async def test_a_batch_that_only_refuses_writes_nothing(
    room: Room, journal: Counting
) -> None:
    outcome = await Sender(room, "xad")("withdraw", request="r99.0")
    assert refused(outcome) == "not_your_delegation"
    assert journal.batches == []


async def test_a_command_is_decided_on_what_the_one_before_it_made(room: Room) -> None:
    asked = ask(room, "xad")
    again = ask(room, "xad")
    first, second = done(await asked), done(await again)
    assert (first.result["joined"], second.result["joined"]) == (False, True)
    assert second.result["request"] == first.result["request"]


async def test_a_rush_larger_than_a_batch_leaves_nobody_out(
    room: Room, journal: Counting
) -> None:
    many = room_module.BATCH + 44
    operator = Sender(room, "op1")
    screens = [Screen(room, audience) for audience in AUDIENCES]
    for screen in screens:
        room.subscribe(screen.hear)
    outcomes = await asyncio.gather(
        *(operator("announce", text=f"number {n}") for n in range(many))
    )
    assert [done(each).seq for each in outcomes] == sorted(o.seq for o in outcomes)
    assert journal.batches == [room_module.BATCH, 44]
    assert len(room.meeting.announcements) == many
    assert all(screen.shows(room) for screen in screens)


# Not known yet


@pytest.mark.parametrize("written", [False, True])
async def test_without_the_journals_word_nobody_is_acknowledged(
    room: Room, journal: Counting, written: bool
) -> None:
    told: list[Published] = []
    room.subscribe(told.append)
    seq = room.meeting.seq
    if written:
        journal.lose_next_answer = True
    else:
        journal.fail_next = Unknown("time-out")
    ids = [fresh_id(), fresh_id()]
    outcomes = await asyncio.gather(ask(room, "xad", ids[0]), ask(room, "xae", ids[1]))
    assert outcomes == [Unsettled(room_module.RETRY_MS)] * 2
    # What was written is the truth, whoever heard of it.
    assert room.meeting.seq == seq + (2 if written else 0)
    assert [each.seq for each in told] == ([seq + 2] if written else [])
    again = await asyncio.gather(ask(room, "xad", ids[0]), ask(room, "xae", ids[1]))
    assert [done(each).seq for each in again] == [seq + 1, seq + 2]
    assert requests(room) == ["XAD", "XAE"]


async def test_a_refusal_that_rested_on_a_lost_batch_is_not_kept(
    room: Room, journal: Counting
) -> None:
    operator, id_ = Sender(room, "op1"), fresh_id()
    expect = {"expect": on_list(room.meeting)}
    journal.fail_next = Unknown("time-out")
    closing, closing_again = (
        operator.later("close_list", **expect),
        operator.later("close_list", id_, **expect),
    )
    assert isinstance(await closing, Unsettled)
    assert isinstance(await closing_again, Unsettled)
    assert done(await operator("close_list", id_, **expect))


async def test_a_full_disk_is_read_only_until_there_is_room(
    room: Room, journal: Counting, caplog: pytest.LogCaptureFixture
) -> None:
    id_ = fresh_id()
    for _ in range(3):
        journal.fail_next = FULL
        assert isinstance(await ask(room, "xad", id_), Unsettled)
        assert requests(room) == []
    assert done(await ask(room, "xad", id_))


async def test_a_spent_journal_is_said_and_nothing_is_acknowledged_any_more(
    journal: Counting,
) -> None:
    async with opened(journal) as (rooms, room):
        await begin(room)
        journal.fail_next = HALT
        first = ask(room, "xad")
        await asyncio.sleep(0)
        journal.gate.clear()
        rest = [ask(room, "xae"), ask(room, "xal")]
        await asyncio.sleep(0)
        journal.gate.set()
        outcomes = await asyncio.gather(first, *rest)
        assert {type(each) for each in outcomes} == {Unsettled}
        assert await asyncio.wait_for(rooms.failed, 1) == "the disk failed"
        assert isinstance(await ask(room, "xah"), Unsettled)
        assert requests(room) == []


async def test_a_journal_that_raises_leaves_nobody_waiting(
    room: Room, journal: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> Appended:
        raise ValueError("a bug of ours")

    monkeypatch.setattr(journal, "append", broken)
    outcomes = await asyncio.gather(ask(room, "xad"), ask(room, "xae"))
    assert {type(each) for each in outcomes} == {Unsettled}
    assert isinstance(await ask(room, "xal"), Unsettled)


async def test_a_journal_that_cannot_be_read_after_a_doubt_is_read_later(
    journal: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(journal) as (rooms, room):
        await begin(room)

        async def unreadable(*_: object) -> AsyncIterator[Commit]:
            raise Unavailable(Unknown("gone"))
            yield

        monkeypatch.setattr(journal, "read", unreadable)
        journal.lose_next_answer = True
        assert isinstance(await ask(room, "xad"), Unsettled)
        assert room.stalled
        assert isinstance(await ask(room, "xae"), Unsettled)
        monkeypatch.undo()
        done(await ask(room, "xae"))
        assert requests(room) == ["XAD", "XAE"]
        assert not room.stalled
        assert not rooms.failed.done()


async def test_a_bug_in_a_rule_is_answered_and_changes_nothing(
    room: Room, journal: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rostra.engine.turn.decide", lambda *_: 1 / 0)
    assert refused(await ask(room, "xad")) == "internal"
    monkeypatch.undo()
    assert journal.batches == []
    assert done(await ask(room, "xad"))


async def test_a_listener_that_fails_keeps_nobody_from_hearing(room: Room) -> None:
    def broken(_: Published) -> None:
        raise RuntimeError("a listener's own fault")

    told: list[int] = []
    room.subscribe(broken)
    room.subscribe(lambda published: told.append(published.seq))
    seq = done(await ask(room, "xad")).seq
    assert told == [seq]
    assert done(await ask(room, "xae"))


# Somebody was faster


async def rivals(room: Room, journal: Counting, *links: str) -> list[Commit]:
    """What another server would append here: requests of *links*."""
    other = MemoryJournal()
    history = journal.histories[MEETING]
    copy = type(history)(history.epoch)
    copy.commits = list(history.commits)
    other.histories[MEETING] = copy
    async with opened(other) as (_, theirs):
        for link in links:
            await ask(theirs, link, f"rival-of-{link}")
    return copy.commits[len(history.commits) :]


async def test_whoever_was_slower_reads_on_and_decides_again(
    room: Room, journal: Counting
) -> None:
    told: list[Published] = []
    room.subscribe(told.append)
    seq = room.meeting.seq
    journal.rival_next = await rivals(room, journal, "xal", "xah")
    assert done(await ask(room, "xad")).seq == seq + 3
    assert requests(room) == ["XAL", "XAH", "XAD"]
    assert [(each.from_seq, each.seq) for each in told] == [
        (seq, seq + 2),
        (seq + 2, seq + 3),
    ]


async def test_the_slower_of_two_is_refused_by_what_the_faster_did(
    room: Room, journal: Counting
) -> None:
    journal.rival_next = await rivals(room, journal, "xad")
    result = done(await ask(room, "xad")).result
    assert result["joined"] is True
    assert requests(room) == ["XAD"]


async def test_the_same_command_on_two_servers_has_one_effect(
    room: Room, journal: Counting
) -> None:
    journal.rival_next = await rivals(room, journal, "xad")
    seq = room.meeting.seq
    assert done(await ask(room, "xad", "rival-of-xad")).seq == seq + 1
    assert room.meeting.seq == seq + 1


async def test_a_journal_with_another_past_is_not_written_to(
    journal: Counting,
) -> None:
    async with opened(journal) as (rooms, room):
        await begin(room)
        journal.histories[MEETING].epoch = "another"
        assert isinstance(await ask(room, "xad"), Unsettled)
        assert "damaged" in await asyncio.wait_for(rooms.failed, 1)


async def test_a_journal_whose_past_was_exchanged_is_not_read_on(
    journal: Counting,
) -> None:
    async with opened(journal) as (rooms, room):
        await begin(room)
        await ask(room, "xad")
        history = journal.histories[MEETING]
        kept, lost = history.commits[:-1], history.commits[-1]
        history.commits[:] = kept
        other = await rivals(room, journal, "xae", "xal")
        history.commits[:] = [*kept, *other]
        assert other[0].seq == lost.seq
        assert isinstance(await ask(room, "xah"), Unsettled)
        assert "damaged" in await asyncio.wait_for(rooms.failed, 1)
        assert requests(room) == ["XAD"]


# What listeners hear


async def test_every_listener_hears_of_every_commit_without_a_gap(room: Room) -> None:
    heard: list[tuple[int, int]] = []
    room.subscribe(lambda published: heard.append((published.from_seq, published.seq)))
    start = room.meeting.seq
    for link in ("xad", "xae"):
        await ask(room, link)
    await call_next(room)
    assert heard[0][0] == start
    assert heard[-1][1] == room.meeting.seq
    assert all(was[1] == now[0] for was, now in pairwise(heard))


async def test_a_commit_that_an_audience_may_not_see_sends_it_nothing(
    room: Room,
) -> None:
    await asyncio.gather(*(ask(room, link) for link in ("xad", "xae", "xal")))
    told: list[Published] = []
    room.subscribe(told.append)
    await call_next(room)
    assert set(told[-1].deltas) == {"staff"}
    assert told[-1].mine == {"XAD"} | told[-1].mine
    await Sender(room, "op1").ok("start", expect=on_floor(room.meeting))
    assert set(told[-1].deltas) == {"staff", "record", "public"}
    delta = told[-1].deltas["public"]
    assert (delta.from_, delta.seq) == (told[-1].from_seq, room.meeting.seq)


async def test_who_cancelled_hears_nothing_more(room: Room) -> None:
    heard: list[int] = []
    cancel = room.subscribe(lambda published: heard.append(published.seq))
    await ask(room, "xad")
    cancel()
    await ask(room, "xae")
    assert len(heard) == 1


async def test_a_withdrawn_link_is_named_to_listeners(room: Room) -> None:
    told: list[Published] = []
    room.subscribe(told.append)
    await Sender(room, "op1").ok("revoke_link", link="viewer")
    assert told[-1].links_touched == {"viewer"}


# The end


async def test_closing_settles_what_is_in_the_inbox_and_takes_no_more(
    journal: Counting,
) -> None:
    async with opened(journal) as (_, room):
        await begin(room)
        journal.gate.clear()
        waiting = [ask(room, "xad")]
        for _ in range(3):  # it is on its way to the disk
            await asyncio.sleep(0)
        waiting += [ask(room, link) for link in ("xae", "xal")]
        await asyncio.sleep(0)
        closing = asyncio.create_task(room.close())
        await asyncio.sleep(0)
        late = await ask(room, "xah")
        assert not closing.done()
        journal.gate.set()
        await closing
        assert isinstance(late, Unsettled)
        assert [type(await each) for each in waiting] == [Accepted] * 3
        assert requests(room) == ["XAD", "XAE", "XAL"]


async def test_a_sender_that_gave_up_waiting_has_its_command_done_all_the_same(
    room: Room,
) -> None:
    asked = ask(room, "xad")
    await asyncio.sleep(0)
    asked.cancel()
    assert done(await ask(room, "xae"))
    assert requests(room) == ["XAD", "XAE"]
