"""A crowd's process: against the real server, and against one that misbehaves."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from rehearsal.doctored import CONNECTED, OPENED, PING, delta, event, welcome
from rehearsal.test_framing import unmasked
from rehearsal.test_listener import HEAD
from rostra.rehearsal import framing
from rostra.rehearsal.crowds import Crowd, CrowdError, crowd
from support.served_app import App, served

N = 50
Say = Callable[[bytes], Awaitable[None]]


class Doctored:
    """A server that says to each listener what it is told to say."""

    def __init__(self) -> None:
        self.writers: list[asyncio.StreamWriter] = []
        self.pongs = 0
        self.sources: set[str] = set()

    async def handle(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Let one listener in."""
        self.sources.add(writer.get_extra_info("peername")[0])
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD % framing.ACCEPT + OPENED)
        await _message(reader)
        writer.write(CONNECTED + welcome(10))
        self.writers.append(writer)
        try:
            while True:
                said = await _message(reader)
                self.pongs += said == b"3"
        except (asyncio.IncompleteReadError, OSError):
            writer.close()

    async def say(self, *frames: bytes, to: slice = slice(None)) -> None:
        """Say it to some, or to all."""
        for writer in self.writers[to]:
            writer.write(b"".join(frames))
        await asyncio.sleep(0.15)


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readexactly(2)
    size = head[1] & 0x7F
    long = await reader.readexactly(2) if size == 126 else b""
    size = int.from_bytes(long) if long else size
    return unmasked(head + long + await reader.readexactly(size + 4))[1]


@asynccontextmanager
async def doctored(
    count: int = N, tls: ssl.SSLContext | None = None, within_s: float = 10
) -> AsyncIterator[tuple[Doctored, Crowd]]:
    """A server of ours and a crowd that listens to it, all at change 10."""
    server = Doctored()
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    try:
        async with crowd(url, ["token"]) as listeners:
            await listeners.connect(count, rate=2_000, within_s=within_s)
            yield server, listeners
    finally:
        listening.close()


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[tuple[App, Any]]:
    """The real application and its one room."""
    async with served(tmp_path) as (made, rooms):
        yield made, rooms[0]


async def test_everybody_is_told_every_change_by_the_real_server(
    app: tuple[App, Any],
) -> None:
    made, room = app
    url = str(made.client.make_url("/")).rstrip("/")
    async with crowd(url, [made.token(room, "viewer")]) as listeners:
        await listeners.connect(N, rate=500)
        moderator = await made.line(room, "op1")
        before = room.meeting.seq
        for number in range(12):
            answer = await moderator.command("announce", text=f"No. {number}")
            assert answer["outcome"] == "ok"
        assert (await listeners.ask("cut", count=7))["did"] == "cut"
        await moderator.command("announce", text="while some were away")
        await listeners.all_here(15)
        await asyncio.sleep(0.3)
        rows = await listeners.moves()
        (place,) = (await listeners.ask("places"))["places"]
        lost = await listeners.ask("lost")
        state = await listeners.ask("state")
    assert place["count"] == N
    assert place["seq"] == room.meeting.seq == before + 13
    assert sum((row["seq"] - row["from"]) * row["count"] for row in rows) == 13 * N
    assert [why for _, why in lost["lost"]] == ["cut by us"] * 7
    assert all(back > away for away, back in lost["returns"])
    assert len(lost["returns"]) == 7
    assert (state["breaks"], state["contradictions"]) == ({}, [])
    assert state["joined"] == N


async def test_stamps_lie_between_the_sending_and_the_report() -> None:
    async with doctored() as (server, listeners):
        loop = asyncio.get_running_loop()
        began = int(loop.time() * 1e9)
        await server.say(delta(10, 11))
        ended = int(loop.time() * 1e9)
        (row,) = await listeners.moves()
        assert began <= row["first"] <= row["last"] <= ended
        assert (row["from"], row["seq"], row["count"], row["expected"]) == (
            *(10, 11, N, N),
        )
        assert len(row["offsets"]) == N
        assert row["offsets"] == sorted(row["offsets"])
        assert row["bytes"] == N * len(delta(10, 11))
        assert await listeners.moves() == [], "told once"


async def test_they_come_from_many_addresses_and_answer_pings() -> None:
    async with doctored() as (server, _):
        assert len(server.sources) == N
        await server.say(PING)
        await server.say(delta(10, 11), PING)
        assert server.pongs == 2 * N


async def test_several_changes_in_one_write_are_all_heard() -> None:
    async with doctored() as (server, listeners):
        await server.say(delta(10, 11), delta(11, 12), delta(12, 15))
        (place,) = (await listeners.ask("places"))["places"]
        assert (place["seq"], place["count"]) == (15, N)
        assert (await listeners.ask("state"))["breaks"] == {}


async def test_a_frame_that_comes_in_pieces_is_one_frame() -> None:
    async with doctored() as (server, listeners):
        frame = delta(10, 11)
        await server.say(frame[:1])
        await server.say(frame[1:40])
        await server.say(frame[40:], delta(11, 12)[:9])
        await server.say(delta(11, 12)[9:])
        (place,) = (await listeners.ask("places"))["places"]
        assert (place["seq"], place["count"]) == (12, N)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ((delta(10, 11), delta(12, 13)), "gap"),
        ((delta(10, 11), delta(10, 11)), "again"),
        ((delta(11, 12), delta(10, 11)), "again"),
    ],
)
async def test_one_listener_who_is_told_otherwise_is_noticed(
    told: tuple[bytes, bytes], kind: str
) -> None:
    async with doctored() as (server, listeners):
        await server.say(delta(10, 11), to=slice(3, None))
        for frame in told:
            await server.say(frame, to=slice(0, 1))
        state = await listeners.ask("state")
        assert state["breaks"][kind] == 1
        assert state["examples"]


async def test_two_histories_are_noticed() -> None:
    async with doctored() as (server, listeners):
        await server.say(delta(10, 11), to=slice(0, 25))
        await server.say(delta(10, 11, chain="x"), to=slice(25, None))
        assert len((await listeners.ask("state"))["contradictions"]) == 1


async def test_a_listener_who_is_left_out_stands_where_it_was() -> None:
    async with doctored() as (server, listeners):
        await server.say(delta(10, 11), to=slice(1, None))
        places = (await listeners.ask("places"))["places"]
        assert [(each["seq"], each["count"]) for each in places] == [
            (10, 1),
            (11, N - 1),
        ]


async def test_who_is_told_goodbye_comes_back_when_it_was_told_to() -> None:
    async with doctored() as (server, listeners):
        bye = event("bye", {"code": "restarting", "retry_ms": 300})
        await server.say(bye, to=slice(0, 5))
        await listeners.all_here(5)
        told = await listeners.ask("lost")
        assert [why for _, why in told["lost"]] == ["bye restarting"] * 5
        away = [(back - lost) / 1e6 for lost, back in told["returns"]]
        assert len(away) == 5
        assert min(away) >= 300


async def test_a_stalled_listener_reads_later_what_it_missed() -> None:
    async with doctored(5) as (server, listeners):
        await listeners.ask("stall", count=2)
        await server.say(delta(10, 11))
        (place,) = (await listeners.ask("places"))["places"]
        assert place["count"] == 3, "who is stalled is not counted"
        await listeners.ask("unstall", count=2)
        await asyncio.sleep(0.1)
        (place,) = (await listeners.ask("places"))["places"]
        assert (place["seq"], place["count"]) == (11, 5)


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's certificate that the crowd's process trusts."""
    key, cert = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", key, "-out", cert),
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("SSL_CERT_FILE", cert)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context


async def test_a_server_with_tls_is_listened_to_as_well(
    certificate: ssl.SSLContext,
) -> None:
    async with doctored(N, certificate) as (server, listeners):
        await server.say(delta(10, 11), PING)
        await server.say(delta(11, 12)[:20])
        await server.say(delta(11, 12)[20:], delta(12, 13))
        await server.say(delta(13, 14, pad="x" * 60_000))
        (place,) = (await listeners.ask("places"))["places"]
        assert (place["seq"], place["count"]) == (14, N)
        assert server.pongs == N
        assert (await listeners.ask("state"))["breaks"] == {}


async def test_a_server_whose_certificate_nobody_trusts_is_not_listened_to(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(CrowdError, match="no TLS: SSLCertVerificationError"):
        async with doctored(1, certificate, within_s=1):
            pass


async def test_who_leaves_does_not_come_back() -> None:
    async with doctored(5) as (_, listeners):
        await listeners.ask("leave", count=2)
        await asyncio.sleep(0.3)
        state = await listeners.ask("state")
        assert (state["joined"], state["wanted"]) == (3, 3)


async def test_a_server_that_is_not_there_is_said() -> None:
    async with crowd("http://127.0.0.1:9", ["token"]) as listeners:
        with pytest.raises(CrowdError, match=r"0 of 3 .*not connected"):
            await listeners.connect(3, within_s=0.5)


async def test_an_order_that_nobody_knows_is_refused() -> None:
    async with doctored(1) as (_, listeners):
        with pytest.raises(CrowdError, match="unknown order"):
            await listeners.ask("dance")


async def test_a_broadcast_that_was_read_without_a_pause_is_counted_as_busy() -> None:
    async with doctored() as (server, listeners):
        for writer in server.writers:
            writer.write(delta(10, 11))
            await asyncio.sleep(0.002)
        await asyncio.sleep(0.2)
        state = await listeners.ask("state")
        assert state["bursts"] == 1
        assert state["busiest"] < 0.85, "it mostly waited for the server"
        assert state["saturated"] == 0
