"""A history that cannot be read to its end is shown, and not written to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import structs, to_builtins

from engine.conftest import Counting, Kept, ask
from load import journals
from rostra.adapters.memory_journal import MemoryJournal
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.core.events import NameConfirmed
from rostra.core.ids import RequestId
from rostra.engine.ports import Done
from rostra.engine.replay import replay
from rostra.engine.room import Room
from rostra.protocol.commit import Commit, Head, first_hash, seal
from rostra.protocol.stored import read, write
from support.rooms import (
    MEETING,
    ROOT,
    START,
    HandClock,
    Sender,
    begin,
    call_next,
    on_floor,
    on_list,
    opened,
    plain,
    refused,
)


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


# A whole morning, read again


async def test_a_morning_is_read_again_as_it_was_played(tmp_path: Path) -> None:
    morning = journals.Morning(journals.plain_meeting(MEETING, START), START)
    morning.open()
    morning.play(60)
    journal = await SqliteJournal.open(tmp_path)
    head = await journals.keep(journal, MEETING, morning.records)
    await journal.close()
    journal = await SqliteJournal.open(tmp_path)
    stored = await journal.stored(MEETING)
    assert stored is not None
    replayed = await replay(journal, stored)
    await journal.close()
    assert not replayed.read_only
    assert replayed.meeting == morning.meeting
    assert replayed.head == head
    for record in morning.records:
        answered = replayed.ledger.accepted((record.origin.link, record.origin.command))
        assert answered is not None
        assert (answered.seq, answered.result) == (record.seq, record.origin.result)


# A history that was written before lists of points, replies and trays were known.

BEFORE = ROOT / "tests" / "data" / "history_of_the_first_rules.json"


async def first_rules() -> tuple[MemoryJournal, dict[str, Any]]:
    """The journal of that time, and what the public saw at its end."""
    kept = msgspec.json.decode(BEFORE.read_bytes())
    journal, previous = MemoryJournal(), first_hash(MEETING)
    epoch = kept["commits"][0][0]["epoch"]
    for seq, parts in enumerate(kept["commits"], start=1):
        written = tuple(msgspec.json.encode(part) for part in parts)
        commit = seal(previous, seq, written, (b"p" * 16, b"i" * 16))
        if seq == 1:
            await journal.create(MEETING, epoch, commit)
        else:
            head = Head(epoch, seq - 1, previous)
            assert isinstance(await journal.append(MEETING, head, [commit]), Done)
        previous = commit.hash
    return journal, kept


async def test_a_meeting_of_the_first_rules_stands_as_everyone_saw_it_then() -> None:
    journal, kept = await first_rules()
    async with opened(journal, HandClock(kept["now"])) as (_, room):
        assert not room.read_only
        now = plain(room.snapshot("public"))
        for name, entities in kept["public"].items():
            assert entities.keys() <= now["collections"][name].keys()
            for key, fields in entities.items():
                found = now["collections"][name][key]
                assert {field: found[field] for field in fields} == fields
        # there are lists of replies beside them now, and nobody is on these
        order = {key: ids for key, ids in now["order"].items() if ids}
        assert order == {key: ids for key, ids in kept["order"].items() if ids}


async def test_a_meeting_of_the_first_rules_goes_on_by_the_present_ones() -> None:
    journal, kept = await first_rules()
    clock = HandClock(kept["now"])
    async with opened(journal, clock) as (_, room):
        operator = Sender(room, "op1")
        spoke = room.meeting.floor
        point = await Sender(room, "xae").ok("request_floor", kind="point_of_order")
        top = {"expect": {"floor": spoke}}
        called = await operator.ok("recognise", request=point["request"], **top)
        await operator.ok("start", expect=on_floor(room.meeting))
        clock.advance(10_000)
        await operator.ok("end", expect=on_floor(room.meeting))
        ruled = {"intervention": called["intervention"], "ruling": "upheld"}
        assert await operator.ok("rule", **ruled) == {"gone_on": True}
        assert room.meeting.floor == spoke
        clock.advance(10_000)
        await operator.ok("end", expect=on_floor(room.meeting))
        await operator.ok("set_policy", policy="lot", expect=on_list(room.meeting))
        await operator.ok("draw", expect=on_list(room.meeting))
        running = {"segment": "s1.1", "phase": "debate"}
        await Sender(room, "xah").ok("request_floor", kind="right_of_reply")
        await operator.ok("set_phase", phase="reply_1", expect=running)
        await call_next(room)
        before = to_builtins(room.meeting)
    async with opened(journal.reopened(), clock) as (_, room):
        assert to_builtins(room.meeting) == before
        assert not room.read_only
