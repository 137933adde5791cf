"""The journal of several servers against real Redis servers and a bad line."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from adapters.chains import (
    EPOCH,
    MEETING,
    begun,
    chain,
    gathered,
    head_of,
    heads,
    numbers,
    stored,
)
from rostra.adapters.redis_journal import RedisJournal
from rostra.engine.ports import Conflict, Damaged, Done, Journal, Unavailable, Unknown
from rostra.protocol.commit import Commit, Head
from support.proxy import Line
from support.redis_servers import DURABLE, RedisServer, replica_of

LOG = f"rostra:{{{MEETING}}}:log"
PERSONAL = f"rostra:{{{MEETING}}}:personal"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """An empty server that keeps everything."""
    with RedisServer(tmp_path / "redis") as started:
        yield started


@pytest.fixture
async def journal(server: RedisServer) -> AsyncIterator[RedisJournal]:
    """One server's journal."""
    async with served(server.address) as opened:
        yield opened


@pytest.fixture
async def rival(server: RedisServer) -> AsyncIterator[RedisJournal]:
    """Another server's journal, on the same Redis."""
    async with served(server.address) as opened:
        yield opened


@asynccontextmanager
async def served(address: str) -> AsyncIterator[RedisJournal]:
    """A journal, closed at the end."""
    opened = await RedisJournal.open(address)
    try:
        yield opened
    finally:
        await opened.close()


class TestOneWriterAtATime:
    """The stream decides, whatever a server believes."""

    async def test_a_batch_after_a_foreign_commit_writes_nothing_of_itself(
        self, journal: RedisJournal, rival: RedisJournal
    ) -> None:
        kept = await begun(journal, 4)
        foreign = chain(1, after=kept[-1], said="the rival")
        mine = chain(3, after=kept[-1], said="mine")
        assert isinstance(await rival.append(MEETING, head_of(kept), foreign), Done)
        answer = await journal.append(MEETING, head_of(kept), mine)
        assert answer == Conflict(head_of(foreign))
        assert await stored(journal) == kept + foreign

    async def test_the_same_batch_in_a_transaction_would_write_its_rest(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        """Why there is a script: MULTI goes on after 5 is refused."""
        await begun(journal, 5)
        async with server.client() as client, client.pipeline() as transaction:
            for seq in (5, 6, 7):
                transaction.xadd(LOG, {"open": "mine"}, id=f"{seq}-0")
            answers = await transaction.execute(raise_on_error=False)
        assert isinstance(answers[0], Exception)
        assert answers[1:] == [b"6-0", b"7-0"]

    async def test_a_commit_far_ahead_is_refused_though_redis_would_take_its_id(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        kept = await begun(journal, 3)
        ahead = Head(EPOCH, 17, kept[-1].hash)
        answer = await journal.append(MEETING, ahead, chain(1, after=ahead))
        assert answer == Conflict(head_of(kept))
        assert await stored(journal) == kept
        assert await server.command("XADD", LOG, "18-0", "open", "x") == b"18-0"

    async def test_the_epoch_that_another_server_made_is_compared(
        self, journal: RedisJournal, rival: RedisJournal
    ) -> None:
        kept = await begun(journal, 2)
        await rival.new_epoch(MEETING, "e2")
        more = chain(1, after=kept[-1])
        answer = await journal.append(MEETING, head_of(kept), more)
        assert answer == Conflict(head_of(kept, "e2"))
        found = await journal.append(MEETING, head_of(kept, "e2"), more)
        assert found == Done(head_of(more, "e2"))

    async def test_of_two_servers_that_race_each_commit_is_one_link_of_one_chain(
        self, journal: RedisJournal, rival: RedisJournal
    ) -> None:
        await begun(journal)
        acknowledged: dict[int, bytes] = {}

        async def writer(own: Journal, name: str) -> None:
            for n in range(150):
                while True:
                    head = (await heads(own))[MEETING]
                    wish = chain(1, after=head, said=f"{name} {n}")
                    answer = await own.append(MEETING, head, wish)
                    if isinstance(answer, Done):
                        assert answer.head.seq not in acknowledged
                        acknowledged[answer.head.seq] = wish[0].open
                        break

        await asyncio.gather(writer(journal, "one"), writer(rival, "two"))
        kept = await stored(journal)
        assert numbers(kept) == list(range(1, 302))
        assert {commit.seq: commit.open for commit in kept[1:]} == acknowledged
        assert await stored(rival) == kept

    async def test_scripts_that_redis_has_forgotten_are_told_to_it_again(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        kept = await begun(journal, 2)
        await server.command("SCRIPT", "FLUSH")
        more = chain(1, after=kept[-1])
        assert await journal.append(MEETING, head_of(kept), more) == Done(head_of(more))

    async def test_a_new_meeting_inherits_nothing_of_one_that_was_removed(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        await begun(journal, 3)
        await server.command("DEL", LOG)
        kept = await begun(journal)
        assert await server.command("HKEYS", PERSONAL) == [b"1"]
        assert await stored(journal) == kept


class TestNotKnown:
    """Trouble is never an acknowledgement, and a re-read decides."""

    async def test_a_lost_answer_is_unknown_and_found_by_reading(
        self, server: RedisServer
    ) -> None:
        async with Line(server.port) as line, served(f"redis://{at(line)}") as journal:
            kept = await begun(journal)
            more = chain(2, after=kept[-1])
            line.swallow = True
            before = time.monotonic()
            answer = await journal.append(MEETING, head_of(kept), more)
            assert answer == Unknown("Redis did not answer in time")
            assert time.monotonic() - before < 2
            line.swallow = False
            assert await stored(journal) == kept + more
            again = await journal.append(MEETING, head_of(kept), more)
            assert again == Conflict(head_of(more))

    async def test_what_was_sent_is_never_sent_again_by_itself(
        self, server: RedisServer
    ) -> None:
        """A second sending would find the first one's commits, and say Conflict."""
        async with Line(server.port) as line, served(f"redis://{at(line)}") as journal:
            kept = await begun(journal)
            more = chain(1, after=kept[-1])
            line.swallow = True
            call = asyncio.create_task(journal.append(MEETING, head_of(kept), more))
            await asyncio.sleep(0.2)
            line.swallow = False
            await line.reset()
            assert await call == Unknown("Redis cannot be reached")
            assert await stored(journal) == kept + more

    async def test_a_cut_line_is_unknown_and_mends_by_itself(
        self, server: RedisServer
    ) -> None:
        async with Line(server.port) as line, served(f"redis://{at(line)}") as journal:
            kept = await begun(journal)
            more = chain(1, after=kept[-1])
            await line.cut()
            answer = await journal.append(MEETING, head_of(kept), more)
            assert answer == Unknown("Redis cannot be reached")
            with pytest.raises(Unavailable, match="Redis cannot be reached"):
                await stored(journal)
            await line.restore()
            assert await stored(journal) == kept
            found = await journal.append(MEETING, head_of(kept), more)
            assert found == Done(head_of(more))

    async def test_a_redis_that_hangs_is_unknown_within_two_seconds(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        kept = await begun(journal)
        more = chain(1, after=kept[-1])
        server.stop()
        before = time.monotonic()
        answer = await journal.append(MEETING, head_of(kept), more)
        took = time.monotonic() - before
        server.go_on()
        assert answer == Unknown("Redis did not answer in time")
        assert took < 2
        # What it had been sent before may still be carried out, and then is found.
        await asyncio.sleep(0.1)
        assert await stored(journal) in (kept, kept + more)

    async def test_a_restart_loses_nothing_that_was_acknowledged(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        kept = await begun(journal, 20)
        await journal.new_epoch(MEETING, "e2")
        server.kill()
        more = chain(1, after=kept[-1])
        answer = await journal.append(MEETING, head_of(kept, "e2"), more)
        assert answer == Unknown("Redis cannot be reached")
        server.start()
        assert await stored(journal) == kept
        found = await journal.append(MEETING, head_of(kept, "e2"), more)
        assert found == Done(head_of(more, "e2"))

    @pytest.mark.parametrize(
        ("trouble", "end", "why"),
        [
            (
                "CONFIG SET maxmemory 1",
                "CONFIG SET maxmemory 0",
                Unknown("Redis has no memory left (maxmemory)", full=True),
            ),
            (
                "CONFIG SET min-replicas-to-write 1",
                "CONFIG SET min-replicas-to-write 0",
                Unknown("Redis has too few replicas to accept anything"),
            ),
            (
                "REPLICAOF 127.0.0.1 1",
                "REPLICAOF NO ONE",
                Unknown("this Redis is a replica now; its primary is looked for"),
            ),
        ],
        ids=["no memory", "no replicas", "a replica"],
    )
    async def test_what_redis_refuses_is_not_written_at_all(
        self,
        journal: RedisJournal,
        server: RedisServer,
        trouble: str,
        end: str,
        why: Unknown,
    ) -> None:
        kept = await begun(journal, 2)
        more = chain(3, after=kept[-1], padding=10_000)
        await server.command(*trouble.split())
        assert await journal.append(MEETING, head_of(kept), more) == why
        assert await stored(journal) == kept
        await server.command(*end.split())
        assert await journal.append(MEETING, head_of(kept), more) == Done(head_of(more))


class TestFollowing:
    """Nothing is missed and nothing comes twice, whatever the line does."""

    async def test_a_follower_hears_of_another_servers_commits_at_once(
        self, journal: RedisJournal, rival: RedisJournal
    ) -> None:
        kept = await begun(journal)
        async with aclosing(rival.follow(MEETING, 1)) as following:
            waiting = asyncio.ensure_future(anext(following))
            await asyncio.sleep(0.05)
            before = time.monotonic()
            more = chain(1, after=kept[-1])
            await journal.append(MEETING, head_of(kept), more)
            assert await waiting == more[0]
            assert time.monotonic() - before < 0.5

    async def test_a_follower_outlasts_cut_lines_and_restarts(
        self,
        journal: RedisJournal,
        server: RedisServer,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        kept = await begun(journal)
        async with Line(server.port) as line, served(f"redis://{at(line)}") as other:
            seen: list[Commit] = []
            following = asyncio.create_task(take(other, seen))
            for n in range(40):
                if n == 10:
                    await line.reset()
                elif n == 20:
                    await line.cut()
                elif n == 25:
                    await line.restore()
                elif n == 30:
                    server.kill()
                    server.start()
                more = chain(1, after=kept[-1], said=str(n))
                await append_at_last(journal, kept, more)
                kept += more
            async with asyncio.timeout(5):
                while len(seen) < len(kept):
                    await asyncio.sleep(0.02)
            assert seen == kept
            # Once for each time, not for each try.
            gone, back = (
                [each for each in caplog.messages if words in each]
                for words in ("is not followed for now", "is followed again")
            )
            assert 1 <= len(gone) <= 3
            assert len(back) == len(gone)
            await other.close()
            await following

    @pytest.mark.torture
    async def test_a_follower_whose_server_hangs_reads_on_when_it_is_back(
        self, journal: RedisJournal, rival: RedisJournal, server: RedisServer
    ) -> None:
        kept = await begun(journal)
        seen: list[Commit] = []
        following = asyncio.create_task(take(rival, seen))
        server.stop()
        await asyncio.sleep(3)
        server.go_on()
        more = chain(1, after=kept[-1])
        await append_at_last(journal, kept, more)
        async with asyncio.timeout(3):
            while seen != kept + more:
                await asyncio.sleep(0.02)
        await rival.close()
        await following

    async def test_a_follower_gets_long_histories_page_by_page(
        self, journal: RedisJournal
    ) -> None:
        kept = await begun(journal, 450)
        seen: list[Commit] = []
        following = asyncio.create_task(take(journal, seen))
        async with asyncio.timeout(5):
            while len(seen) < 450:
                await asyncio.sleep(0.02)
        assert seen == kept
        await journal.close()
        await following

    async def test_a_follower_who_gives_up_leaves_no_task_behind(
        self, journal: RedisJournal
    ) -> None:
        await begun(journal)
        seen: list[Commit] = []
        following = asyncio.create_task(take(journal, seen))
        await asyncio.sleep(0.05)
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert numbers(seen) == [1]


class TestLoss:
    """A stream that is not what it was is found, by who reads and who follows."""

    async def test_a_follower_finds_within_seconds_that_its_tail_is_lost(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        await begun(journal, 5)
        following = asyncio.create_task(gathered(journal.follow(MEETING, 4)))
        await asyncio.sleep(0.05)
        await server.command("XDEL", LOG, "4-0", "5-0")
        with pytest.raises(Damaged) as found:
            await asyncio.wait_for(following, 3)
        assert found.value.seq == 5

    async def test_a_follower_finds_that_its_tail_was_replaced(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        kept = await begun(journal, 5)
        following = asyncio.create_task(gathered(journal.follow(MEETING, 5)))
        await asyncio.sleep(0.05)
        other = chain(1, after=kept[3], said="else")
        await replaced(server, kept[:4] + other)
        with pytest.raises(Damaged) as found:
            await asyncio.wait_for(following, 3)
        assert found.value.seq == 5

    async def test_a_follower_does_not_wait_for_ever_after_an_end_that_is_gone(
        self, journal: RedisJournal
    ) -> None:
        await begun(journal, 5)
        with pytest.raises(Damaged) as found:
            await gathered(journal.follow(MEETING, 9))
        assert found.value.seq == 9

    @pytest.mark.parametrize("damage", ["gone", "part", "altered", "names", "between"])
    async def test_a_damaged_commit_is_reported_after_those_before_it(
        self, journal: RedisJournal, server: RedisServer, damage: str
    ) -> None:
        kept = await begun(journal, 5)
        async with server.client() as client:
            if damage == "names":
                await client.hset(PERSONAL, "3", b"0" * 16 + b"{}")
            elif damage == "gone":
                await client.xdel(LOG, "3-0")
            else:
                entries = await client.xrange(LOG)
                fields = entries[2][1]
                await client.delete(LOG)
                if damage == "part":
                    del fields[b"internal"]
                elif damage == "altered":
                    fields[b"open"] += b" "
                else:
                    entries.insert(2, (b"2-1", fields))
                for entry, each in entries:
                    await client.xadd(LOG, each, id=entry)
        reading = journal.read(MEETING, 0)
        assert [await anext(reading) for _ in range(2)] == kept[:2]
        with pytest.raises(Damaged) as found:
            await anext(reading)
        assert (found.value.meeting, found.value.seq) == (MEETING, 3)
        following = journal.follow(MEETING, 0)
        assert [await anext(following) for _ in range(2)] == kept[:2]
        with pytest.raises(Damaged):
            await anext(following)

    async def test_reading_on_after_a_commit_that_is_gone_is_refused(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        await begun(journal, 5)
        await server.command("XDEL", LOG, "3-0")
        with pytest.raises(Damaged) as found:
            await gathered(journal.read(MEETING, 3))
        assert found.value.seq == 3

    async def test_names_can_be_deleted_and_the_chain_stays_whole(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        kept = await begun(journal, 5)
        await server.command("HDEL", PERSONAL, 2, 3)
        found = await stored(journal)
        assert [commit.personal is None for commit in found] == [
            *(False, True, True, False, False)
        ]
        assert [commit.hash for commit in found] == [commit.hash for commit in kept]
        async with server.client() as client:
            entries = await client.xrange(LOG)
        assert not any(b"person 2" in b"".join(e.values()) for _, e in entries)


class TestReplicas:
    """With replicas asked for, nothing is acknowledged before they have it."""

    async def test_it_is_done_when_the_replica_has_it(
        self, server: RedisServer, tmp_path: Path
    ) -> None:
        async with (
            replica_of(server, tmp_path / "replica") as replica,
            served(f"{server.address}?replicas=1") as journal,
        ):
            kept = await begun(journal, 3)
            assert journal.notes == []
            server.kill()
            await replica.command("REPLICAOF", "NO", "ONE")
            async with served(replica.address) as promoted:
                assert await stored(promoted) == kept

    async def test_what_fewer_replicas_than_there_are_cannot_promise_is_said(
        self, server: RedisServer, tmp_path: Path
    ) -> None:
        async with (
            replica_of(server, tmp_path / "one"),
            replica_of(server, tmp_path / "two"),
            served(f"{server.address}?replicas=1") as journal,
        ):
            (note,) = journal.notes
            assert "split network" in note
            assert "replicas=2" in note

    async def test_it_is_unknown_while_the_replica_hangs_and_asked_again_it_is_done(
        self, server: RedisServer, tmp_path: Path
    ) -> None:
        address = f"{server.address}?replicas=1&wait_ms=600"
        async with (
            replica_of(server, tmp_path / "replica") as replica,
            served(address) as journal,
            served(address) as other,
        ):
            kept = await begun(journal)
            more = chain(1, after=kept[-1])
            replica.stop()
            answer = await journal.append(MEETING, head_of(kept), more)
            assert isinstance(answer, Unknown)
            assert answer.reason.endswith("0 of 1 replicas have it")
            assert await stored(journal) == kept + more
            # Whoever asks whether it is kept, on a line of their own, hears no.
            for each in (journal, other):
                assert isinstance(
                    await each.append(MEETING, head_of(more), []), Unknown
                )
            replica.go_on()
            async with asyncio.timeout(5):
                while await other.append(MEETING, head_of(more), []) != Done(
                    head_of(more)
                ):
                    await asyncio.sleep(0.05)
            assert await stored(other) == kept + more

    async def test_without_a_replica_nothing_is_acknowledged_and_it_is_said(
        self, server: RedisServer
    ) -> None:
        async with served(f"{server.address}?replicas=1&wait_ms=50") as journal:
            (note,) = journal.notes
            assert "no command can be acknowledged" in note
            (first,) = chain(1)
            assert isinstance(await journal.create(MEETING, EPOCH, first), Unknown)
            assert await stored(journal) == [first]
            with pytest.raises(Unavailable, match="not safe yet"):
                await journal.new_epoch(MEETING, "e2")

    async def test_a_replica_that_has_it_in_memory_alone_does_not_do(
        self, server: RedisServer, tmp_path: Path
    ) -> None:
        """Where both write their logs always, disks count."""
        async with replica_of(server, tmp_path / "replica") as replica:
            await replica.command("CONFIG", "SET", "appendonly", "no")
            async with served(f"{server.address}?replicas=1&wait_ms=100") as journal:
                answer = await journal.create(MEETING, EPOCH, chain(1)[0])
        assert isinstance(answer, Unknown)
        assert answer.reason.endswith("0 of 1 replicas have it on their disks")

    async def test_where_the_disk_is_written_once_a_second_memory_will_do(
        self, tmp_path: Path
    ) -> None:
        settings = DURABLE | {"appendfsync": "everysec"}
        with RedisServer(tmp_path / "redis", settings=settings) as server:
            async with (
                replica_of(server, tmp_path / "replica"),
                served(f"{server.address}?replicas=1&wait_ms=100") as journal,
            ):
                await begun(journal, 3)
                assert "all its machines" in journal.notes[0]


async def append_at_last(
    journal: Journal, kept: list[Commit], more: list[Commit]
) -> None:
    """As a room does: what is not known is read again, and decided anew."""
    while isinstance(await journal.append(MEETING, head_of(kept), more), Unknown):
        if await stored(journal) != kept:
            break
    assert await stored(journal) == kept + more


async def take(journal: Journal, seen: list[Commit]) -> None:
    """Follow from the beginning into *seen*."""
    async for commit in journal.follow(MEETING, 0):
        seen.append(commit)


async def replaced(server: RedisServer, commits: list[Commit]) -> None:
    """Make *commits* the history, in one step, as a failover does."""
    async with server.client() as client:
        for commit in commits:
            fields: dict[Any, Any] = {
                "open": commit.open,
                "internal": commit.internal,
                "internal_salt": commit.internal_salt,
                "personal_hash": commit.personal_hash,
                "hash": commit.hash,
            }
            await client.xadd("staged", fields, id=f"{commit.seq}-0")
        await client.rename("staged", LOG)


def at(line: Line) -> str:
    """The address of Redis by this line."""
    return f"127.0.0.1:{line.port}"


class TestForgetting:
    """What was erased leaves Redis' own log too, a little later."""

    async def test_the_log_of_redis_is_written_anew_without_it(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        await begun(journal, 20)
        assert holding(server, b'"person 7"')
        assert await journal.forget(MEETING, 19) == 19
        within = time.monotonic() + 20
        while holding(server, b'"person 7"'):
            assert time.monotonic() < within, "the log was not written anew"
            await asyncio.sleep(0.05)
        assert [each.personal is None for each in await stored(journal)] == [
            *([True] * 19),
            False,
        ]

    async def test_where_it_may_not_be_asked_for_the_rest_is_done(
        self, journal: RedisJournal, server: RedisServer
    ) -> None:
        await begun(journal, 3)
        await server.command("ACL", "SETUSER", "default", "-bgrewriteaof")
        assert await journal.forget(MEETING, 3) == 3
        assert [each.personal for each in await stored(journal)] == [None] * 3


def holding(server: RedisServer, what: bytes) -> list[str]:
    """The files of *server* that have *what* in them."""
    found = []
    for path in server.folder.rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file() and what in path.read_bytes():
                found.append(path.name)
    return found
