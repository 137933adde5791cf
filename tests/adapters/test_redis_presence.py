"""What servers hear of each other through a real Redis, and what it costs."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from rostra.adapters import redis_presence
from rostra.adapters.opening import CannotOpen
from rostra.adapters.redis_presence import RedisPresence
from rostra.core.ids import MeetingId
from rostra.engine.ports import Unavailable
from support.proxy import Line
from support.redis_servers import RedisServer, binaries, cluster

MEETING, OTHER = MeetingId("harbour"), MeetingId("island")
HERE = f"rostra:{{{MEETING}}}:here"


@pytest.fixture(params=binaries())
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RedisServer]:
    """An empty one of each kind that there is here."""
    binary = binaries()[request.param]
    with RedisServer(tmp_path / "redis", binary=binary) as started:
        yield started


@asynccontextmanager
async def presence(address: str) -> AsyncIterator[RedisPresence]:
    """What one server says and hears, closed at the end."""
    opened = RedisPresence.at(address)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
async def a(server: RedisServer) -> AsyncIterator[RedisPresence]:
    """One server."""
    async with presence(server.address) as opened:
        yield opened


@pytest.fixture
async def b(server: RedisServer) -> AsyncIterator[RedisPresence]:
    """Another server."""
    async with presence(server.address) as opened:
        yield opened


async def heard(
    listener: RedisPresence, said: bytes = b"me", meeting: MeetingId = MEETING
) -> list[bytes]:
    """What the others say of *meeting* when *listener* says *said*."""
    peers = (await listener.exchange({meeting: said}))[meeting]
    return sorted(each.said for each in peers.values())


async def test_each_hears_what_the_others_say_now_and_nothing_of_its_own(
    a: RedisPresence, b: RedisPresence, server: RedisServer
) -> None:
    assert await heard(a, b"a1") == []
    assert await heard(b, b"b1") == [b"a1"]
    assert await heard(a, b"a2") == [b"b1"]
    assert await heard(b, b"b1") == [b"a2"]
    async with presence(server.address) as third:
        assert await heard(third, b"c") == [b"a2", b"b1"]


async def test_meetings_are_told_apart_and_go_in_one_exchange(
    a: RedisPresence, b: RedisPresence
) -> None:
    await a.exchange({MEETING: b"a of harbour", OTHER: b"a of island"})
    found = await b.exchange({MEETING: b"b of harbour"})
    assert [each.said for each in found[MEETING].values()] == [b"a of harbour"]
    assert OTHER not in found
    assert await heard(b, b"b of island", OTHER) == [b"a of island"]


async def test_what_is_said_again_is_the_same_object_heard_of_later(
    a: RedisPresence, b: RedisPresence
) -> None:
    await heard(a, b"a" * 1000)
    ((_, first),) = (await b.exchange({MEETING: b"b"}))[MEETING].items()
    await asyncio.sleep(0.05)
    await heard(a, b"a" * 1000)
    ((_, second),) = (await b.exchange({MEETING: b"b"}))[MEETING].items()
    assert second.said is first.said
    assert second.at > first.at


async def test_a_word_crosses_the_line_only_when_it_is_new(
    a: RedisPresence, b: RedisPresence, server: RedisServer
) -> None:
    """However much was said, a second in which nothing changes costs a few hundred
    bytes either way.
    """
    large = b"x" * 100_000
    for _ in range(2):
        await heard(a, large)
        await heard(b, large)
    before = await traffic(server)
    for _ in range(10):
        assert await heard(a, large) == [large]
        assert await heard(b, large) == [large]
    inwards, outwards = [now - was for now, was in zip(
        await traffic(server), before, strict=True
    )]  # fmt: skip
    assert 0 < inwards < 20 * 600
    assert 0 < outwards < 20 * 600
    assert await heard(a, large + b"y") == [large]
    assert await heard(b, large) == [large + b"y"]


async def traffic(server: RedisServer) -> tuple[int, int]:
    """The bytes that *server* has read and written until now."""
    async with server.client() as client:
        stats = await client.info("stats")
    return stats["total_net_input_bytes"], stats["total_net_output_bytes"]


async def test_who_says_nothing_any_more_is_forgotten_by_redis_own_time(
    a: RedisPresence, b: RedisPresence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_presence, "FORGOTTEN_MS", 2_000)
    await heard(a, b"a")
    for _ in range(4):
        assert await heard(b) == [b"a"]
        await asyncio.sleep(0.1)
    await asyncio.sleep(1.8)
    assert await heard(b) == []
    assert await heard(a, b"a") == [b"me"]
    assert await heard(b) == []
    assert await heard(a, b"a") == [b"me"], "it is seen that its word was forgotten"
    assert await heard(b) == [b"a"]


async def test_of_a_meeting_that_nobody_speaks_of_nothing_stays(
    a: RedisPresence, server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_presence, "FORGOTTEN_MS", 100)
    await heard(a)
    assert await server.command("EXISTS", HERE, f"{HERE}:said") == 2
    await asyncio.sleep(0.3)
    assert await server.command("EXISTS", HERE, f"{HERE}:said") == 0


async def test_a_redis_that_lost_it_is_told_again_and_nobody_seems_to_go(
    a: RedisPresence, b: RedisPresence, server: RedisServer
) -> None:
    await heard(a, b"a")
    await heard(b, b"b")
    await server.command("DEL", HERE, f"{HERE}:said")
    await server.command("SCRIPT", "FLUSH")
    await heard(a, b"a")
    assert await heard(b, b"b") == [b"a"], "its number is gone, its word is known"
    await heard(a, b"a")
    async with presence(server.address) as third:
        assert await heard(third, b"c") == [b"a"], "b has not spoken again yet"
        await heard(b, b"b")
        assert await heard(third, b"c") == [b"a", b"b"]


async def test_one_that_starts_again_is_another(
    a: RedisPresence, b: RedisPresence, server: RedisServer
) -> None:
    await heard(a, b"a")
    async with presence(server.address) as again:
        await heard(again, b"a again")
        assert await heard(b) == [b"a", b"a again"]


async def test_trouble_is_said_in_time_and_over_when_redis_is_back(
    server: RedisServer, b: RedisPresence
) -> None:
    async with (
        Line(server.port) as line,
        presence(f"redis://127.0.0.1:{line.port}") as cut,
    ):
        await heard(cut, b"a")
        line.swallow = True
        with pytest.raises(Unavailable, match="in time"):
            async with asyncio.timeout(2):
                await heard(cut, b"a2")
        line.swallow = False
        await line.cut()
        assert await heard(b) == [b"a2"], "it was heard, only the answer was lost"
        with pytest.raises(Unavailable, match="reached"):
            await heard(cut, b"a3")
        await line.restore()
        assert await heard(cut, b"a4") == [b"me"]
        assert await heard(b) == [b"a4"]


async def test_a_full_redis_is_trouble_too(
    a: RedisPresence, server: RedisServer
) -> None:
    await server.command("CONFIG", "SET", "maxmemory", 1)
    with pytest.raises(Unavailable, match="memory"):
        await heard(a)


def test_an_address_that_is_none_is_refused_with_a_sentence() -> None:
    with pytest.raises(CannotOpen):
        RedisPresence.at("http://somewhere")


@pytest.mark.torture
async def test_in_a_cluster_each_meeting_is_at_its_own_node(tmp_path: Path) -> None:
    async with cluster(tmp_path) as nodes:
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes[:3])
        address = f"redis+cluster://{hosts}"
        async with presence(address) as one, presence(address) as other:
            meetings = {MeetingId(f"m{n}"): b"%d" % n for n in range(20)}
            await one.exchange(meetings)
            found = await other.exchange(dict.fromkeys(meetings, b"other"))
            assert {
                meeting: [each.said for each in peers.values()]
                for meeting, peers in found.items()
            } == {meeting: [word] for meeting, word in meetings.items()}
