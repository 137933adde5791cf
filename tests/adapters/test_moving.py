"""Meetings that go from one journal into another."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.chains import EPOCH, MEETING, begun, chain, head_of, numbers, stored
from rostra.adapters.memory_journal import MemoryJournal
from rostra.adapters.moving import NotMoved, move
from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import Journal, Stored, Unknown
from support.redis_servers import RedisServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One for all."""
    folder: Path = tmp_path_factory.mktemp("redis")
    with RedisServer(folder) as started:
        yield started


@pytest.fixture
async def redis(server: RedisServer) -> AsyncIterator[RedisJournal]:
    """An empty journal in Redis."""
    await server.command("FLUSHALL")
    opened = await RedisJournal.open(server.address)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqliteJournal]:
    """An empty journal in a folder."""
    opened = await SqliteJournal.open(tmp_path / "data")
    yield opened
    await opened.close()


@pytest.mark.parametrize("to_redis", [True, False], ids=["to Redis", "to SQLite"])
async def test_a_meeting_is_the_same_byte_for_byte_where_it_was_brought(
    sqlite: SqliteJournal, redis: RedisJournal, to_redis: bool
) -> None:
    ways: tuple[Journal, Journal] = (sqlite, redis)
    source, target = ways if to_redis else ways[::-1]
    kept = await begun(source, 250)
    bare = replace(chain(1, after=kept[-1])[0], personal=None, personal_salt=None)
    await source.append(MEETING, head_of(kept), [bare])
    await source.new_epoch(MEETING, "e2")
    await source.alive([MEETING], Instant(5_000))
    assert await move(source, target, MEETING) == head_of([bare], "e2")
    assert await stored(target) == [*kept, bare]
    assert await target.meetings() == await source.meetings()
    assert await stored(source) == [*kept, bare]


async def test_what_was_stopped_goes_on_where_it_was() -> None:
    source, target = MemoryJournal(), MemoryJournal()
    kept = await begun(source, 250)
    await begun(target, 120)
    target.fail_next = Unknown("the line was cut")
    with pytest.raises(NotMoved, match="the line was cut"):
        await move(source, target, MEETING)
    assert await move(source, target, MEETING) == head_of(kept)
    assert await move(source, target, MEETING) == head_of(kept)
    assert await stored(target) == kept


@pytest.mark.parametrize("other", ["history", "epoch", "longer"])
async def test_another_meeting_of_the_same_name_is_left_alone(other: str) -> None:
    source, target = MemoryJournal(), MemoryJournal()
    await begun(source, 5)
    kept = chain(3, said="else") if other == "history" else chain(3)
    if other == "longer":
        kept = chain(9)
    epoch = "e0" if other == "epoch" else EPOCH
    await target.create(MEETING, epoch, kept[0])
    await target.append(MEETING, head_of(kept[:1], epoch), kept[1:])
    with pytest.raises(NotMoved, match="already, and it is another one"):
        await move(source, target, MEETING)
    assert await stored(target) == kept


async def test_what_is_before_a_damaged_commit_is_brought_and_it_is_said() -> None:
    source, target = MemoryJournal(), MemoryJournal()
    kept = await begun(source, 250)
    source.histories[MEETING].commits[149] = replace(kept[149], open=b"{}")
    with pytest.raises(NotMoved, match="Commit 150 of ctw-2020 is damaged"):
        await move(source, target, MEETING)
    assert numbers(await stored(target)) == list(range(1, 150))


async def test_a_meeting_that_is_not_there_is_said() -> None:
    with pytest.raises(NotMoved, match="There is no meeting ctw-2020"):
        await move(MemoryJournal(), MemoryJournal(), MEETING)


class GoesOn(MemoryJournal):
    """A source that somebody serves: it is longer as soon as it was looked at."""

    async def stored(self, meeting: MeetingId) -> Stored | None:
        """As it was, and then one commit more."""
        found = await super().stored(meeting)
        commits = self.histories[meeting].commits
        commits += chain(1, after=commits[-1])
        return found


async def test_a_meeting_that_goes_on_meanwhile_is_said() -> None:
    source = GoesOn()
    await begun(source, 2)
    with pytest.raises(NotMoved, match="has changed meanwhile"):
        await move(source, MemoryJournal(), MEETING)
