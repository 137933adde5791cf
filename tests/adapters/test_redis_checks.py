"""What is asked of a Redis before it is trusted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.chains import MEETING, begun, heads, stored
from rostra.adapters import redis_checks
from rostra.adapters.opening import CannotOpen
from rostra.adapters.redis_journal import RedisJournal
from support.redis_servers import DURABLE, RedisServer, free_port, replica_of


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One that keeps everything; a test that changes that changes it back."""
    folder: Path = tmp_path_factory.mktemp("redis")
    with RedisServer(folder) as started:
        yield started


async def notes(address: str) -> list[str]:
    """What an operator is told who opens it."""
    journal = await RedisJournal.open(address)
    await journal.close()
    return journal.notes


async def refusal(address: str) -> str:
    """Why it cannot be opened."""
    with pytest.raises(CannotOpen) as refused:
        await RedisJournal.open(address)
    return str(refused.value)


async def test_of_one_that_keeps_everything_there_is_nothing_to_say(
    server: RedisServer,
) -> None:
    assert await notes(server.address) == []


@pytest.mark.parametrize(
    ("name", "value", "usual", "why"),
    [
        ("maxmemory-policy", "allkeys-lru", "noeviction", "must be noeviction"),
        ("appendonly", "no", "yes", "appendonly must be yes"),
        ("appendfsync", "no", "always", "it must be always or everysec"),
    ],
)
async def test_unsafe_settings_are_refused_unless_told(
    server: RedisServer, name: str, value: str, usual: str, why: str
) -> None:
    await server.command("CONFIG", "SET", name, value)
    try:
        said = await refusal(server.address)
        assert why in said
        assert "unsafe=1" in said
        (note,) = await notes(f"{server.address}?unsafe=1")
        assert why in note
    finally:
        await server.command("CONFIG", "SET", name, usual)


@pytest.mark.parametrize(
    ("name", "value", "usual", "why"),
    [
        ("appendfsync", "everysec", "always", "up to a second"),
        ("aof-load-truncated", "yes", "no", "The loss would be noticed"),
    ],
)
async def test_what_may_be_lost_is_said_in_a_sentence(
    server: RedisServer, name: str, value: str, usual: str, why: str
) -> None:
    await server.command("CONFIG", "SET", name, value)
    try:
        (note,) = await notes(server.address)
        assert why in note
    finally:
        await server.command("CONFIG", "SET", name, usual)


async def test_where_settings_are_not_told_that_is_said_and_it_is_used(
    server: RedisServer,
) -> None:
    await server.command(
        *("ACL", "SETUSER", "rostra", "on", ">word", "~rostra:*", "+@all", "-config")
    )
    address = server.address.replace("://", "://rostra:word@")
    (note,) = await notes(address)
    assert "could not be checked" in note


async def test_few_rights_are_enough(server: RedisServer) -> None:
    """What a careful operator allows; the page for operators has the same list."""
    rights = (
        "~rostra:* -@all +info +eval +evalsha +scan +wait +waitaof +select +time"
        " +xadd +xrange +xrevrange +xread +hset +hget +hmget +del +exists"
    )
    await server.command(
        *("ACL", "SETUSER", "few", "reset", "on", ">word", *rights.split())
    )
    address = server.address.replace("://", "://few:word@")
    journal = await RedisJournal.open(f"{address}/1")
    kept = await begun(journal, 3)
    assert await stored(journal) == kept
    following = journal.follow(MEETING, 0)
    assert await anext(following) == kept[0]
    assert list(await heads(journal)) == [MEETING]
    await journal.new_epoch(MEETING, "e2")
    assert await journal.time()
    await journal.close()


async def test_a_wrong_password_is_said_without_it(server: RedisServer) -> None:
    said = await refusal(server.address.replace("://", "://rostra:CANARY@"))
    assert "does not accept the user and password" in said
    assert "CANARY" not in said


async def test_nobody_there_is_said() -> None:
    said = await refusal(f"redis://127.0.0.1:{free_port()}")
    assert re.fullmatch(r"redis://127\.0\.0\.1:\d+/0: Redis cannot be reached\.", said)


async def test_sentinels_that_cannot_be_reached_are_said() -> None:
    said = await refusal(f"redis+sentinel://127.0.0.1:{free_port()}/m")
    assert said.endswith("/m/0: Redis cannot be reached.")


async def test_a_cluster_that_cannot_be_reached_is_said() -> None:
    said = await refusal(f"redis+cluster://127.0.0.1:{free_port()}")
    assert said.endswith("no node of the Redis Cluster can be reached.")


async def test_a_server_that_is_no_cluster_is_said(server: RedisServer) -> None:
    said = await refusal(server.address.replace("://", "+cluster://"))
    assert "Cluster" in said


async def test_a_replica_is_refused(server: RedisServer, tmp_path: Path) -> None:
    async with replica_of(server, tmp_path) as replica:
        assert "is a replica" in await refusal(replica.address)


async def test_a_node_of_a_cluster_is_no_server_of_its_own(tmp_path: Path) -> None:
    settings = DURABLE | {"cluster-enabled": "yes"}
    with RedisServer(tmp_path, settings=settings) as node:
        said = await refusal(node.address)
    assert "answers as cluster. Say redis:// for a server of its own" in said


async def test_a_sentinel_is_no_server_to_keep_meetings(tmp_path: Path) -> None:
    with RedisServer(tmp_path, settings={}, sentinel=True) as sentinel:
        said = await refusal(sentinel.address)
    assert "answers as sentinel" in said


async def test_a_server_that_is_too_old_is_refused(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_checks, "OLDEST", (99, 0))
    said = await refusal(server.address)
    assert re.search(r"is Redis \d+\.\d+\. Redis 7 or later is needed", said)
