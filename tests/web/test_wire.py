"""What strangers may send, and what becomes of it (PROMISES F1-F12)."""

import asyncio
import json
import logging
import socket
from typing import Any

import aiohttp
import pytest
from msgspec import structs

from rostra.protocol.messages import PROTOCOL
from rostra.web.app import HALLS, SOCKETS
from rostra.web.session import Session
from web.house import DELEGATE, MODERATOR, QUICK, VIEWER, House, opened


def connections(house: House) -> dict[str, Any]:
    """The server's own record of its sockets."""
    app = house.client.app
    assert app is not None
    return app[SOCKETS].connections


async def gone(house: House, within_s: float = 1.0) -> None:
    """Wait until the server has forgotten every socket."""
    async with asyncio.timeout(within_s):
        while connections(house):
            await asyncio.sleep(0.005)


FORGED = [
    '42/meeting,1["connect",{"REMOTE_ADDR":"6.6.6.6"},{"token":"FORGED"}]',
    '42/meeting,1["connect",{}]',
    '42/meeting,1["disconnect","x"]',
    '42/meeting,1["message",{}]',
    '42/meeting,1["*",{}]',
    '42/meeting,1["__proto__",{}]',
    '42/meeting,1["welcome",{}]',
    "42/meeting,1[]",
    "42/meeting,1[7]",
    "42/meeting,1{}",
    '42/meeting,1"cmd"',
    '42/meeting,["cmd",{}]',
    '42/meeting,1["cmd",{},{}]',
    '42/meeting,99999999999["cmd",{}]',
    '42/meeting,["time",{}]',
    '421["cmd",{}]',
    '42/other,1["cmd",{}]',
    "42",
    "42/meeting",
    "42/meeting,1",
    '422-/meeting,1["cmd",{}]',
    '42/meeting,1["cmd",NaN]',
    '42/meeting,1["cmd",Infinity]',
    '42/meeting,1["cmd",1e999]',
    '42/meeting,1["cmd",' + "1" * 5000 + "]",
    '42/meeting,1["cmd",{"a":1,"a":2}]',
    '42/meeting,1["cmd",{"a":"\\ud800"}]',
    '42/meeting,1["cmd",{"a":"\\u0000"}]',
    '42/meeting,1["cmd",' + "[" * 13 + "]" * 13 + "]",
    '42/meeting,1["cmd",' + "[" * 8000,
    '42/meeting,1["cmd",{"a":',
    "42/meeting,1" + "9" * 120 + '["cmd",{}]',
    "40/meeting,{}",
]


@pytest.mark.parametrize("packet", FORGED, ids=lambda p: p[:40])
async def test_three_bad_packets_cut_a_client_and_nothing_runs(
    house: House, packet: str, caplog: pytest.LogCaptureFixture
) -> None:
    line = await house.joined(DELEGATE)
    seq = house.room.meeting.seq
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            await line.send(packet)
        assert await line.closed() == 1008
    assert house.room.meeting.seq == seq
    ours = [r for r in caplog.records if r.name.startswith("rostra")]
    assert len(ours) == 3
    assert all(len(record.getMessage().encode()) <= 64 for record in ours)
    await gone(house)


async def test_one_bad_packet_is_forgiven(house: House) -> None:
    line = await house.joined(DELEGATE)
    await line.send(FORGED[0])
    await line.send(FORGED[2])
    assert "now" in await line.answer(await line.ask("time", {}))


AT_ONCE = ["", "hello", "1", "2", "2probe", "5", "6", "43/meeting,1[]", "44/meeting,{}"]
AT_ONCE += [
    "450-",
    '451-/meeting,["cmd",{"_placeholder":true,"num":0}]',
    "4",
    "49",
    "b4AAA",
]


@pytest.mark.parametrize("frame", AT_ONCE)
async def test_a_frame_that_no_client_sends_ends_the_socket_at_once(
    house: House, frame: str
) -> None:
    line = await house.joined(DELEGATE)
    await line.send(frame)
    await line.closed(0.5)
    await gone(house, 0.5)
    app = house.client.app
    assert app is not None and app[HALLS].connected == 0


async def test_a_binary_frame_ends_the_socket_at_once(house: House) -> None:
    line = await house.joined(DELEGATE)
    await line.ws.send_bytes(b"4\x00")
    await line.closed(0.5)
    await gone(house, 0.5)


async def test_a_frame_over_16_kb_closes_with_1009(house: House) -> None:
    line = await house.joined(DELEGATE)
    await line.send('42/meeting,1["cmd",{"a":"' + "x" * 17_000 + '"}]')
    assert await line.closed() == 1009
    await gone(house)


async def test_a_socket_that_never_joins_is_cut(house: House) -> None:
    line = await house.line()
    with pytest.raises(EOFError):
        await line.frame(QUICK.join_deadline_s + 1)
    await gone(house)


@pytest.mark.parametrize("packet", ["40", "40/", "40/admin,", "40/other,{}"])
async def test_another_namespace_is_refused_and_closed(
    house: House, packet: str
) -> None:
    line = await house.line()
    await line.send(packet)
    assert (await line.frame()).startswith("44")
    assert await line.closed() == 1008


async def test_commands_before_joining_are_refused(house: House) -> None:
    line = await house.line()
    for _ in range(3):
        await line.send('42/meeting,1["cmd",{"type":"open_lobby"}]')
    assert await line.closed() == 1008
    assert house.room.meeting.state == "scheduled"


async def test_a_command_sent_with_the_connect_packet_waits_for_the_welcome(
    house: House,
) -> None:
    line = await house.line()
    await line.say({"protocol": PROTOCOL, "token": house.token(MODERATOR)})
    body = {"type": "open_lobby", "id": "12345678", "expect": {"state": "scheduled"}}
    await line.ask("cmd", body)
    assert (await line.frame()).startswith("40/meeting,")
    assert (await line.event())[0] == "welcome"
    assert (await line.answer())["outcome"] == "ok"


BAD_AUTH: list[Any] = [
    None,
    {},
    [],
    "token",
    {"protocol": PROTOCOL},
    {"protocol": PROTOCOL, "token": ""},
    {"protocol": PROTOCOL, "token": "rl_harbour.k1.0.AAAAAAAAAAAAAAAAAAAAAAAA"},
    {"protocol": PROTOCOL, "token": "x" * 190},
    {"protocol": PROTOCOL, "link": "k1.0"},
    {"protocol": 99, "token": "x"},
    {"protocol": PROTOCOL, "token": "x", "admin": True},
    {"protocol": "1"},
]


@pytest.mark.parametrize("auth", BAD_AUTH, ids=str)
async def test_who_is_not_known_is_refused_and_dropped(house: House, auth: Any) -> None:
    line = await house.line()
    await line.say(auth)
    refused = await line.frame()
    assert refused.startswith("44/meeting,")
    code = json.loads(refused[len("44/meeting,") :])["data"]["code"]
    assert code in ("unauthorized", "malformed", "protocol")
    assert await line.closed() == 1008
    assert all("welcome" not in frame for frame in line.frames)


async def test_a_crash_while_admitting_refuses(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(*_: object) -> None:
        raise KeyError("a bug of ours")

    app = house.client.app
    assert app is not None
    reception = app[SOCKETS]._reception
    monkeypatch.setattr(reception, "by_token", crash)
    line = await house.line()
    await line.say({"protocol": PROTOCOL, "token": house.token(MODERATOR)})
    assert (await line.frame()).startswith("44/meeting,")
    assert await line.closed() == 1008
    await gone(house)


async def test_a_crash_while_taking_a_packet_closes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = await house.joined(DELEGATE)

    def crash(*_: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(Session, "event", crash)
    await line.ask("time", {})
    assert await line.closed() == 1011
    await gone(house)


async def test_a_client_that_leaves_the_namespace_is_closed(house: House) -> None:
    line = await house.joined(DELEGATE)
    await line.send("41/meeting,")
    assert await line.closed() == 1000
    await gone(house)


async def test_nothing_is_compressed(house: House) -> None:
    line = await house.line(compress=15)
    assert line.ws.compress == 0


REFUSED = [
    "/socket.io/",
    "/socket.io/?EIO=4&transport=polling",
    "/socket.io/?EIO=4&transport=polling&j=0",
    "/socket.io/?EIO=4&transport=websocket&j=0",
    "/socket.io/?EIO=3&transport=websocket",
    "/socket.io/?EIO=4&transport=websocket&sid=abc",
]


@pytest.mark.parametrize("url", REFUSED)
async def test_everything_but_a_fresh_websocket_is_refused(
    house: House, url: str
) -> None:
    assert (await house.client.get(url)).status == 400
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await house.client.ws_connect(url)
    assert refused.value.status == 400


async def test_polling_posts_are_not_there(house: House) -> None:
    url = "/socket.io/?EIO=4&transport=polling"
    assert (await house.client.post(url, data="4")).status == 405


async def test_a_request_that_is_no_upgrade_is_refused(house: House) -> None:
    url = "/socket.io/?EIO=4&transport=websocket"
    response = await house.client.get(url, headers={"Upgrade": "websocket"})
    assert response.status == 400
    assert not connections(house)


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1.evil"],
)
async def test_a_foreign_origin_is_refused_before_the_upgrade(
    house: House, origin: str
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await house.line(headers={"Origin": origin})
    assert refused.value.status == 403


async def test_our_own_origin_is_let_in(house: House) -> None:
    await house.line(headers={"Origin": house.origin})
    await house.line(headers={"Origin": "http://127.0.0.1:8080"})


async def test_forwarded_headers_of_strangers_are_not_believed(house: House) -> None:
    headers = {"Origin": "http://evil.example", "X-Forwarded-Host": "evil.example"}
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await house.line(headers=headers)


async def test_sockets_that_wait_are_limited_by_address_and_in_all() -> None:
    limits = structs.replace(QUICK, waiting_per_address=2, join_deadline_s=5.0)
    async with opened(limits) as house:
        await house.line()
        second = await house.line()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await house.line()
        assert refused.value.status == 429
        await second.join(token=house.token(VIEWER))
        await house.line()


async def test_a_socket_that_went_away_waits_no_longer() -> None:
    limits = structs.replace(QUICK, waiting_per_address=1, join_deadline_s=5.0)
    async with opened(limits) as house:
        for _ in range(5):
            line = await house.line()
            await line.ws.close()
            await gone(house)


async def test_addresses_are_told_apart_only_behind_a_trusted_proxy() -> None:
    limits = structs.replace(QUICK, waiting_per_address=1, join_deadline_s=5.0)
    async with opened(limits) as house:
        await house.line(headers={"X-Forwarded-For": "192.0.2.1"})
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await house.line(headers={"X-Forwarded-For": "192.0.2.2"})
    async with opened(limits, trusted_proxies=("127.0.0.0/8",)) as house:
        await house.line(headers={"X-Forwarded-For": "192.0.2.1"})
        await house.line(headers={"X-Forwarded-For": "192.0.2.2"})
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await house.line(headers={"X-Forwarded-For": "9.9.9.9, 192.0.2.2"})


async def test_control_frames_are_counted() -> None:
    async with opened() as house:
        line = await house.joined(DELEGATE)
        for _ in range(450):
            await line.ws.ping()
        await line.closed()
        await gone(house)


async def test_a_web_socket_ping_is_answered(house: House) -> None:
    url = "/socket.io/?EIO=4&transport=websocket"
    ws = await house.client.ws_connect(url, autoping=False)
    await ws.ping(b"x")
    for _ in range(3):
        message = await ws.receive(timeout=1)
        if message.type is aiohttp.WSMsgType.PONG:
            break
    assert message.data == b"x"


async def test_one_who_goes_during_the_handshake_leaves_no_trace_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """A stranger cannot fill the log by connecting and going away (F7)."""
    host, port = house.client.server.host, house.client.server.port
    head = (
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
        f"Host: {host}:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    for _ in range(50):
        raw = socket.create_connection((host, port))
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01" + b"\0" * 7)
        raw.sendall(head.encode())
        raw.close()
    await asyncio.sleep(0.3)
    await gone(house)
    assert not [each for each in caplog.records if each.levelno >= logging.WARNING]
