"""What can be checked of config/deploy without another machine."""

import re
from pathlib import Path

import pytest
from redis.exceptions import NoPermissionError

from adapters.chains import MEETING, begun, stored
from deploy.proxies import DEPLOY
from rostra.adapters.redis_journal import RedisJournal
from rostra.config import OTHER_NAMES, environ_name, names
from rostra.core.ids import Instant
from support.redis_servers import HOST, RedisServer, binaries

FILES = sorted(each for each in DEPLOY.iterdir() if each.is_file())
SERVERS = {f"10.20.0.{n}" for n in (11, 12, 13)}
BEHIND = {"nginx-cluster.conf", "haproxy.cfg", "compose.yaml"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_that_is_named_is_one(file: Path) -> None:
    named = set(re.findall(r"\bROSTRA_[A-Z_]+\b", file.read_text()))
    assert named <= {environ_name(path) for path in names()} | OTHER_NAMES


@pytest.mark.parametrize("name", sorted(BEHIND))
def test_the_same_three_servers_are_meant_everywhere(name: str) -> None:
    text = (DEPLOY / name).read_text()
    assert set(re.findall(r"\b10\.20\.0\.1[1-9]\b", text)) == SERVERS


@pytest.mark.parametrize("kind", binaries())
async def test_a_redis_with_the_shipped_file_has_nothing_unsafe(
    kind: str, tmp_path: Path
) -> None:
    settings = {"include": str(DEPLOY / "redis.conf")}
    binary = binaries()[kind]
    with RedisServer(tmp_path, binary=binary, settings=settings) as server:
        journal = await RedisJournal.open(server.address)
        assert journal.notes == []
        await journal.close()


@pytest.mark.parametrize("kind", binaries())
async def test_the_user_of_the_shipped_file_may_do_what_rostra_does(
    kind: str, tmp_path: Path
) -> None:
    text = (DEPLOY / "redis.conf").read_text()
    found = re.search(r"^#\s+(user rostra on >)\.\.\.( .*)$", text, re.M)
    assert found is not None
    users = tmp_path / "users.acl"
    users.write_text(f"{found[1]}secret{found[2]}\n")
    settings = {"include": str(DEPLOY / "redis.conf"), "aclfile": str(users)}
    binary = binaries()[kind]
    with RedisServer(tmp_path, binary=binary, settings=settings) as server:
        address = f"redis://rostra:secret@{HOST}:{server.port}"
        journal = await RedisJournal.open(address)
        assert journal.notes == []
        kept = await begun(journal, 5)
        assert await stored(journal) == kept
        await journal.alive([MEETING], Instant(1))
        assert [each.alive_at for each in await journal.meetings()] == [1]
        assert await journal.time() > 0
        await journal.close()
        async with server.client() as client:
            await client.execute_command("AUTH", "rostra", "secret")
            # what a withdrawn personal part is taken off the disk with
            await client.execute_command("BGREWRITEAOF")
            with pytest.raises(NoPermissionError):
                await client.execute_command("FLUSHALL")
