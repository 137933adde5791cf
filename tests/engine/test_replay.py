"""A history that cannot be read to its end is shown, and not written to."""

from collections.abc import Callable

import msgspec
import pytest
from msgspec import structs, to_builtins

from engine.conftest import Counting, Kept, ask
from rostra.core.events import NameConfirmed
from rostra.core.ids import RequestId
from rostra.engine.room import Room
from rostra.protocol.commit import Commit, seal
from rostra.protocol.stored import read, write
from support.rooms import (
    MEETING,
    HandClock,
    begin,
    opened,
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
