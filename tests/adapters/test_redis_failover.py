"""Primaries that die: promoted by Sentinels, and in a Cluster."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.chains import EPOCH, MEETING, begun, chain, head_of, heads, stored
from rostra.adapters.redis_journal import RedisJournal
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import Conflict, Done, Unavailable, Unknown
from rostra.protocol.commit import Commit
from support.redis_servers import HOST, RedisServer, cluster, replica_of, sentinels


@asynccontextmanager
async def served(address: str) -> AsyncIterator[RedisJournal]:
    """A journal, closed at the end."""
    opened = await RedisJournal.open(address)
    try:
        yield opened
    finally:
        await opened.close()


def hosts(servers: list[RedisServer]) -> str:
    """As an address has them."""
    return ",".join(f"{HOST}:{each.port}" for each in servers)


@pytest.mark.torture
async def test_sentinels_promote_and_nothing_acknowledged_is_lost(
    tmp_path: Path,
) -> None:
    with RedisServer(tmp_path / "primary") as primary:
        async with (
            replica_of(primary, tmp_path / "one"),
            replica_of(primary, tmp_path / "two"),
            sentinels(primary, tmp_path, replicas=2) as watching,
            served(f"redis+sentinel://{hosts(watching)}/m?replicas=1") as journal,
            served(f"redis+sentinel://{hosts(watching)}/m?replicas=1") as other,
        ):
            kept = await begun(journal, 20)
            seen: list[Commit] = []
            following = asyncio.create_task(take(other, seen))
            primary.kill()
            await append_at_last(journal, kept)
            more = await read_at_last(journal)
            assert more[:-1] == kept
            await until(lambda: seen == more)
            assert head_of(more) == (await heads(other))[MEETING]
            await other.close()
            await following


async def test_a_primary_without_its_replicas_is_doubted(tmp_path: Path) -> None:
    # One that died and came back may be the primary in its own eyes only.
    with RedisServer(tmp_path / "primary") as primary:
        async with (
            replica_of(primary, tmp_path / "one") as replica,
            sentinels(primary, tmp_path, replicas=1, many=1) as (watching,),
            served(f"redis+sentinel://{hosts([watching])}/m?replicas=1") as journal,
        ):
            kept = await begun(journal, 3)
            looking = await told(watching)
            looking = await told(watching) - looking
            before = await told(watching)
            await stored(journal)
            assert await told(watching) == before + looking
            replica.kill()
            wish = chain(1, after=kept[-1])
            answer = await journal.append(MEETING, head_of(kept), wish)
            assert isinstance(answer, Unknown), answer
            before = await told(watching)
            await stored(journal)
            assert await told(watching) > before + looking


@pytest.mark.torture
async def test_a_cluster_keeps_each_meeting_on_one_node(tmp_path: Path) -> None:
    async with (
        cluster(tmp_path) as nodes,
        served(f"redis+cluster://{hosts(nodes[:2])}?replicas=1") as journal,
    ):
        many = [MeetingId(f"meeting-{n}") for n in range(12)]
        for meeting in many:
            assert isinstance(
                await journal.create(meeting, EPOCH, chain(1, meeting=meeting)[0]), Done
            )
        assert sorted(await heads(journal)) == sorted(many)
        kept = await begun(journal, 5)
        await journal.alive([MEETING, *many], Instant(1_000))
        assert {each.alive_at for each in await journal.meetings()} == {1_000}
        seen: list[Commit] = []
        following = asyncio.create_task(take(journal, seen))
        holder = nodes[await holding(nodes)]
        holder.kill()
        # Its replica takes over and is alone: nothing is acknowledged.
        more = chain(1, after=kept[-1])
        async with asyncio.timeout(20):
            while await read_at_last(journal) == kept:
                answer = await journal.append(MEETING, head_of(kept), more)
                assert isinstance(answer, Unknown), answer
                await asyncio.sleep(0.05)
        holder.start()
        await append_at_last(journal, kept + more)
        kept = await read_at_last(journal)
        await until(lambda: seen == kept)
        assert len(await heads(journal)) == 13
        await journal.close()
        await following


async def told(sentinel: RedisServer) -> int:
    """How many commands *sentinel* was sent, those of this question among them."""
    async with sentinel.client() as client:
        return int((await client.info("stats"))["total_commands_processed"])


async def append_at_last(journal: RedisJournal, kept: list[Commit]) -> None:
    """Until it is acknowledged: it is there then, once."""
    wish = chain(1, after=kept[-1])
    async with asyncio.timeout(25):
        while True:
            match await journal.append(MEETING, head_of(kept), wish):
                case Done():
                    return
                case Conflict(head):
                    # What was not known has been written.
                    assert head == head_of(wish)
                    kept, wish = wish, []
                case Unknown():
                    await asyncio.sleep(0.05)


async def until(so: Callable[[], bool]) -> None:
    """Soon, or never."""
    async with asyncio.timeout(10):
        while not so():
            await asyncio.sleep(0.05)


async def holding(nodes: list[RedisServer]) -> int:
    """Which of the primaries has the meeting."""
    for n, node in enumerate(nodes[: len(nodes) // 2]):
        if await node.command("KEYS", f"rostra:{{{MEETING}}}:log"):
            return n
    raise AssertionError("none has it")


async def read_at_last(journal: RedisJournal) -> list[Commit]:
    """The history, as soon as it can be read."""
    while True:
        try:
            return await stored(journal)
        except Unavailable:
            await asyncio.sleep(0.05)


async def take(journal: RedisJournal, seen: list[Commit]) -> None:
    """Follow from the beginning into *seen*."""
    async for commit in journal.follow(MEETING, 0):
        seen.append(commit)
