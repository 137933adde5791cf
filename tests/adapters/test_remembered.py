"""What a server wrote down of where it was, for the day when Redis knows less."""

from pathlib import Path

import pytest

from adapters.chains import EPOCH, MEETING, OTHER, begun, chain, head_of
from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.remembered import Remembered
from rostra.core.ids import Instant
from support.redis_servers import RedisServer

NOW = Instant(1_594_395_000_000)
LOG = f"rostra:{{{MEETING}}}:log"


async def reopened(server: RedisServer, path: Path) -> RedisJournal:
    """The journal as the next process of the same server finds it."""
    return await RedisJournal.open(server.address, Remembered(path))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file beside the server."""
    return tmp_path / "head.json"


async def test_what_is_as_it_was_is_no_loss(tmp_path: Path, path: Path) -> None:
    with RedisServer(tmp_path / "redis") as server:
        journal = await reopened(server, path)
        await begun(journal, 3)
        await journal.alive([MEETING], NOW)
        await journal.close()
        again = await reopened(server, path)
        assert again.lost == {}
        await again.close()


async def test_a_head_that_is_gone_is_named(tmp_path: Path, path: Path) -> None:
    with RedisServer(tmp_path / "redis") as server:
        journal = await reopened(server, path)
        kept = await begun(journal, 2)
        before = await server.command("DUMP", LOG)
        assert isinstance(before, bytes)
        more = chain(5)[2:]
        await journal.append(MEETING, head_of(kept), more)
        await journal.close()
        await server.command("RESTORE", LOG, 0, before, "REPLACE")
        again = await reopened(server, path)
        assert again.lost == {MEETING: head_of(more)}
        await again.close()


async def test_another_epoch_says_that_it_was_told(tmp_path: Path, path: Path) -> None:
    with RedisServer(tmp_path / "redis") as server:
        journal = await reopened(server, path)
        await begun(journal, 2)
        await journal.close()
        rival = await RedisJournal.open(server.address)
        await rival.new_epoch(MEETING, "e2")
        await rival.close()
        again = await reopened(server, path)
        assert again.lost == {}
        await again.close()


async def test_what_others_wrote_is_remembered_by_who_follows(
    tmp_path: Path, path: Path
) -> None:
    with RedisServer(tmp_path / "redis") as server:
        other = await RedisJournal.open(server.address)
        kept = await begun(other, 3)
        journal = await reopened(server, path)
        async for commit in journal.follow(MEETING, 0):
            if commit.seq == 3:
                break
        await journal.close()
        await other.close()
    assert Remembered(path).heads == {MEETING: head_of(kept)}


async def test_a_file_that_cannot_be_written_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    remembered = Remembered(tmp_path / "missing" / "head.json")
    for commit in chain(2):
        remembered.reached(OTHER, commit)
        await remembered.keep()
    assert caplog.text.count("cannot be written") == 1
    assert remembered.heads[OTHER].epoch == EPOCH
