"""An exported history as a journal: all of it can be read, nothing written."""

import asyncio

import pytest
from msgspec.structs import replace

from adapters.chains import EPOCH, chain, gathered, head_of
from rostra.adapters.archive_journal import ArchiveJournal
from rostra.adapters.memory_journal import MemoryJournal
from rostra.adapters.opening import CannotOpen
from rostra.core.actor import CONTROL
from rostra.core.commands import CallToOrder, ExpectState, OpenLobby
from rostra.core.ids import Instant, MeetingId
from rostra.engine.outcomes import Declined
from rostra.engine.ports import Damaged, Unavailable, Unknown
from rostra.engine.rooms import Rooms
from rostra.protocol.commit import Commit
from rostra.record.proof import CLOSED_PARTS
from rostra.web.submit import digest
from support.proofs import exported, forgotten, lines_of, wandered
from support.rooms import HandClock

HARBOUR = MeetingId("harbour-dialogue")


async def commits() -> list[Commit]:
    """A meeting with something in it."""
    return await wandered(5, HARBOUR, 40)


async def test_what_was_exported_whole_is_read_byte_for_byte() -> None:
    made = await commits()
    journal = ArchiveJournal(exported(made, CLOSED_PARTS))
    assert await gathered(journal.read(HARBOUR, 0)) == made
    assert await gathered(journal.read(HARBOUR, 3)) == made[3:]
    assert await gathered(journal.read(HARBOUR, 999)) == []
    assert await gathered(journal.read(MeetingId("other"), 0)) == []
    (stored,) = await journal.meetings()
    assert stored == await journal.stored(HARBOUR)
    assert (stored.head.seq, stored.head.hash) == (len(made), made[-1].hash)
    assert await journal.stored(MeetingId("other")) is None


async def test_personal_parts_may_be_missing() -> None:
    made = await commits()
    gone = forgotten(made, len(made))
    for file in (exported(made, ["internal"]), exported(gone, CLOSED_PARTS)):
        assert await gathered(ArchiveJournal(file).read(HARBOUR, 0)) == gone


async def test_a_room_of_it_shows_the_meeting_as_it_ended_and_takes_nothing() -> None:
    memory, made = MemoryJournal(), await commits()
    await memory.create(HARBOUR, EPOCH, made[0])
    await memory.append(HARBOUR, head_of(made[:1]), made[1:])
    rooms = Rooms(memory, HandClock(), serving=False)
    archived = Rooms(ArchiveJournal(exported(made, CLOSED_PARTS)), HandClock())
    room, then = await archived.room(HARBOUR), await rooms.room(HARBOUR)
    assert room is not None
    assert then is not None
    assert room.meeting == then.meeting
    assert room.read_only
    assert not then.read_only
    for command in (
        OpenLobby(id="command-1", expect=ExpectState("scheduled")),
        CallToOrder(id="command-2", expect=ExpectState("scheduled")),
    ):
        outcome = await room.submit(command, CONTROL, digest(command))
        assert isinstance(outcome, Declined)
        assert outcome.refusal.code == "read_only"
    assert room.meeting == then.meeting
    await archived.close()
    await rooms.close()


async def test_nothing_is_written_to_it() -> None:
    made = await commits()
    journal = ArchiveJournal(exported(made, CLOSED_PARTS))
    head = (await journal.meetings())[0].head
    more = chain(1, meeting=HARBOUR, after=head)
    assert isinstance(await journal.append(HARBOUR, head, more), Unknown)
    other = chain(1, meeting=MeetingId("other"))
    assert isinstance(
        await journal.create(MeetingId("other"), EPOCH, other[0]), Unknown
    )
    with pytest.raises(Unavailable):
        await journal.forget(HARBOUR, 1)
    with pytest.raises(Unavailable):
        await journal.new_epoch(HARBOUR, "e2")
    await journal.alive([HARBOUR], Instant(1))
    assert await gathered(journal.read(HARBOUR, 0)) == made
    assert (await journal.meetings())[0].alive_at is None


async def test_a_commit_that_does_not_follow_ends_it() -> None:
    made = await commits()
    broken = [*made[:2], replace(made[2], internal=b"{}"), *made[3:]]
    journal = ArchiveJournal(exported(broken, CLOSED_PARTS))
    seen = []
    with pytest.raises(Damaged) as damaged:
        async for commit in journal.read(HARBOUR, 0):
            seen.append(commit)
    assert (seen, damaged.value.seq) == (made[:2], 3)


async def test_a_follower_gets_all_and_ends_when_it_is_closed() -> None:
    made = await commits()
    journal = ArchiveJournal(exported(made, CLOSED_PARTS))
    seen = asyncio.create_task(gathered(journal.follow(HARBOUR, 0)))
    await asyncio.sleep(0.02)
    assert not seen.done()
    await journal.close()
    assert await asyncio.wait_for(seen, 2) == made
    with pytest.raises(Unavailable):
        await journal.meetings()
    head = head_of(made)
    answer = await journal.append(HARBOUR, head, [])
    assert isinstance(answer, Unknown)
    assert answer.fatal


async def test_what_cannot_be_opened_is_said_in_a_sentence() -> None:
    made = await commits()
    head = lines_of(exported(made))[-1]
    for file in (b"", b"number,name\n", exported(made), head, b'{"seq":1}\n'):
        with pytest.raises(CannotOpen, match="--with personal,internal"):
            ArchiveJournal(file)
