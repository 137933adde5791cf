"""The one suite of promises, for Redis: each server that can be started here."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from adapters.contract import JournalContract
from rostra.adapters.redis_journal import RedisJournal
from support.redis_servers import RedisServer, binaries


@pytest.fixture(scope="module", params=sorted(binaries()))
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RedisServer]:
    """One for the whole suite; each test finds it empty."""
    folder: Path = tmp_path_factory.mktemp("redis")
    with RedisServer(folder, binary=binaries()[request.param]) as started:
        yield started


@pytest.fixture
async def journal(server: RedisServer) -> AsyncIterator[RedisJournal]:
    """An empty one."""
    await server.command("FLUSHALL")
    await server.command("SCRIPT", "FLUSH")
    opened = await RedisJournal.open(server.address)
    yield opened
    await opened.close()


class TestRedisContract(JournalContract):
    """Valkey and, where it is installed, Redis."""
