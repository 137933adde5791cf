"""The room: one inbox, one writer, and three honest answers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from msgspec import structs, to_builtins

from engine.conftest import Kept
from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.events import NameConfirmed
from rostra.core.ids import MeetingId, RequestId
from rostra.engine import room as room_module
from rostra.engine.history import TAIL
from rostra.engine.ledger import REFUSALS_KEPT_MS
from rostra.engine.outcomes import Accepted, Published, Tail, Unsettled
from rostra.engine.ports import Appended, Unavailable, Unknown
from rostra.engine.room import Room
from rostra.protocol.commit import Commit, Head, seal
from rostra.protocol.messages import ResumeFrom
from rostra.protocol.stored import read, write
from support.rooms import (
    AUDIENCES,
    MEETING,
    HandClock,
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
    until,
)

HALT = Unknown("the disk failed", fatal=True)
FULL = Unknown("no room on the disk", full=True)


class Counting(MemoryJournal):
    """Remembers how many commits each append had."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[int] = []

    async def append(
        self, meeting: MeetingId, head: Head, commits: Sequence[Commit]
    ) -> Appended:
        """As always."""
        self.batches.append(len(commits))
        return await super().append(meeting, head, commits)


@pytest.fixture
async def journal() -> Counting:
    """A journal in memory, with faults to order."""
    return Counting()


@pytest.fixture
async def room(journal: Counting) -> AsyncIterator[Room]:
    """The made meeting in session, its discussion running."""
    async with opened(journal) as (_, room):
        await begin(room)
        journal.batches.clear()
        yield room


def ask(room: Room, link: str, id: str = "") -> "asyncio.Task[Any]":
    """A delegation's request, on its way."""
    return Sender(room, link).later("request_floor", id, kind="statement")


def requests(room: Room) -> list[str | None]:
    """Who is on the list of the discussion."""
    m = room.meeting
    return [m.requests[each].delegation for each in m.lists["l1.1"].order]  # type: ignore[index]


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
    assert refused(outcome) == "no_such_entity"
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


# The same id


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
        assert room.knows(operator.actor.link, id_)
        assert refused(await operator("announce", id_, text="x")) == "id_reused"
        clock.advance(1)
        assert not room.knows(operator.actor.link, id_)
        assert done(await operator("announce", id_, text="x"))


async def test_a_command_is_known_from_the_moment_it_is_in_the_inbox(
    room: Room, journal: Counting
) -> None:
    id_, link = fresh_id(), Sender(room, "xad").actor.link
    assert not room.knows(link, id_)
    journal.gate.clear()
    asked = ask(room, "xad", id_)
    await asyncio.sleep(0)
    assert room.knows(link, id_)  # in the inbox
    await asyncio.sleep(0)
    assert room.knows(link, id_)  # on its way to the disk
    journal.gate.set()
    await asked
    assert room.knows(link, id_)
    assert not room.knows(Sender(room, "xae").actor.link, id_)


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


async def test_a_journal_that_cannot_be_read_after_a_doubt_ends_the_room(
    journal: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(journal) as (rooms, room):
        await begin(room)

        async def unreadable(*_: object) -> AsyncIterator[Commit]:
            raise Unavailable(Unknown("gone"))
            yield

        monkeypatch.setattr(journal, "read", unreadable)
        journal.fail_next = Unknown("time-out")
        assert isinstance(await ask(room, "xad"), Unsettled)
        assert "gone" in await asyncio.wait_for(rooms.failed, 1)


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
        assert "another past" in await asyncio.wait_for(rooms.failed, 1)


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


# Time


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


async def test_an_alarm_that_cannot_be_written_does_not_keep_the_loop_busy(
    journal: Counting,
) -> None:
    clock = HandClock(runs=True)
    async with opened(journal, clock) as (_, room):
        await begin(room)
        await Sender(room, "op1").ok(
            "announce_closing",
            closes_at=room.now() + 20,
            expect=on_list(room.meeting),
        )
        journal.batches.clear()
        journal.fail_next = FULL
        await until(room, lambda: room.meeting.lists["l1.1"].state == "closed")
        assert journal.batches == [1, 1]


async def test_downtime_during_a_running_clock_is_noted_once(kept: Kept) -> None:
    clock = HandClock()
    async with opened(kept.journal, clock) as (_, room):
        await begin(room)
        await ask(room, "xad")
        await call_next(room)
        await Sender(room, "op1").ok("start", expect=on_floor(room.meeting))
        await kept.journal.alive(MEETING, clock.now())
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
            await journal.alive(MEETING, clock.now())
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
        await kept.journal.alive(MEETING, clock.now())
    clock.advance(away_ms)
    async with opened(await kept.restarted(), clock) as (_, room):
        assert (room.meeting.downtime_ms, room.meeting.seq) == (0, seq)


# Read-only and the end


def of_format_2(previous: Commit) -> Commit:
    """The next commit, as a version that is to come would write it."""
    opened_part = previous.open.replace(b'"format":1', b'"format":2')
    assert opened_part != previous.open
    parts = (opened_part, previous.personal or b"", previous.internal)
    return seal(previous.hash, previous.seq + 1, parts, (b"p" * 16, b"i" * 16))


def of_unknown_event(previous: Commit) -> Commit:
    """The next commit, with an event that nobody here knows."""
    internal = b'[[0,"tea_served",{"v":1}]]'
    record = msgspec.json.decode(previous.internal)
    record["events"] = msgspec.json.decode(internal)
    blank = msgspec.json.decode(previous.open)
    blank["events"] = []
    parts = (
        msgspec.json.encode(blank),
        b'{"events":[]}',
        msgspec.json.encode(record),
    )
    return seal(previous.hash, previous.seq + 1, parts, (b"p" * 16, b"i" * 16))


def that_cannot_be_applied(previous: Commit) -> Commit:
    """The next commit, about a request that does not exist."""
    record = read(previous)
    event = NameConfirmed(request=RequestId("r999.0"))
    wrong = structs.replace(record, seq=record.seq + 1, events=(event,))
    return seal(previous.hash, previous.seq + 1, write(wrong), (b"p" * 16, b"i" * 16))


STRANGE = [of_format_2, of_unknown_event, that_cannot_be_applied]


@pytest.mark.parametrize("strange", STRANGE)
async def test_a_history_that_goes_on_strangely_is_shown_and_not_written_to(
    kept: Kept, strange: Callable[[Commit], Commit]
) -> None:
    clock = HandClock()
    async with opened(kept.journal, clock) as (_, room):
        await begin(room)
        await ask(room, "xad")
        before, head = room.meeting, room.head
    last = await anext(kept.journal.read(MEETING, head.seq - 1))
    await kept.journal.append(MEETING, head, [strange(last)])
    async with opened(await kept.restarted(), clock) as (rooms, room):
        assert room.read_only
        assert to_builtins(room.meeting) == to_builtins(before)
        assert refused(await ask(room, "xae")) == "read_only"
        assert not rooms.failed.done()
        assert room.snapshot("public") is not None
    stored = await kept.journal.meetings()
    assert [each.head.seq for each in stored] == [head.seq + 1]


@pytest.mark.parametrize("strange", STRANGE)
async def test_what_a_newer_server_writes_meanwhile_makes_the_room_read_only(
    room: Room, journal: Counting, strange: Callable[[Commit], Commit]
) -> None:
    before = room.meeting
    journal.rival_next = [strange(journal.histories[MEETING].commits[-1])]
    assert refused(await ask(room, "xad")) == "read_only"
    assert refused(await ask(room, "xae")) == "read_only"
    assert room.meeting is before
    assert len(journal.histories[MEETING].commits) == before.seq + 1


async def test_a_damaged_history_is_shown_up_to_the_damage_and_not_written_to(
    journal: Counting,
) -> None:
    clock = HandClock()
    async with opened(journal, clock) as (_, room):
        await begin(room)
        await ask(room, "xad")
        await ask(room, "xae")
        seq = room.meeting.seq
    commits = journal.histories[MEETING].commits
    commits[-2] = structs.replace(commits[-2], internal=commits[-2].internal + b" ")
    async with opened(journal.reopened(), clock) as (_, room):
        assert room.read_only
        assert room.meeting.seq == seq - 2
        assert refused(await ask(room, "xal")) == "read_only"


async def test_closing_settles_what_is_in_the_inbox_and_takes_no_more(
    journal: Counting,
) -> None:
    async with opened(journal) as (_, room):
        await begin(room)
        journal.gate.clear()
        waiting = [ask(room, link) for link in ("xad", "xae", "xal")]
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


# Those who were away


async def test_a_client_that_comes_first_gets_a_snapshot(room: Room) -> None:
    assert room.since("public", None) == Tail(None, "first")


async def test_a_client_that_missed_nothing_gets_nothing(room: Room) -> None:
    here = ResumeFrom(room.epoch, room.meeting.seq, room.chain)
    assert room.since("staff", here) == Tail(None, None)


async def test_after_a_restart_a_client_at_the_head_goes_on(kept: Kept) -> None:
    async with opened(kept.journal) as (_, room):
        await begin(room)
        here = ResumeFrom(room.epoch, room.meeting.seq, room.chain)
    async with opened(await kept.restarted()) as (_, room):
        assert room.since("public", here) == Tail(None, None)
        behind = ResumeFrom(here.epoch, here.seq - 1, "0" * 16)
        assert room.since("public", behind).reason == "too_old"


async def test_a_client_of_another_history_is_told_so(room: Room) -> None:
    seq, chain, epoch = room.meeting.seq, room.chain, room.epoch
    await ask(room, "xad")
    assert room.since("public", ResumeFrom("x", seq, chain)).reason == "epoch"
    wrong = ResumeFrom(epoch, seq, "0" * 16)
    assert room.since("public", wrong).reason == "diverged"
    ahead = ResumeFrom(epoch, seq + 9, chain)
    assert room.since("public", ahead).reason == "diverged"


async def test_whoever_is_away_for_the_whole_tail_catches_up_and_no_longer(
    room: Room,
) -> None:
    operator, screens = Sender(room, "op1"), []
    for n in range(TAIL + 1):
        if n < 2:
            screens.append(Screen(room, "public"))
        await operator.ok("announce", text=f"number {n}")
    older, old = screens
    gone = ResumeFrom(older.epoch, older.seq, older.chain)
    assert room.since("public", gone) == Tail(None, "too_old")
    tail = room.since("public", ResumeFrom(old.epoch, old.seq, old.chain))
    assert tail.delta is not None
    old.apply(tail.delta)
    assert old.shows(room)
