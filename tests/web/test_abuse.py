"""What was tried against a running server, and must go on to fail (PROMISES E 2.4)."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from msgspec import structs

from rostra.protocol.messages import PROTOCOL
from rostra.web.settings import Rate
from web.house import (
    DELEGATE,
    MEETING,
    MODERATOR,
    QUICK,
    VIEWER,
    House,
    command,
    opened,
)

BASE = f"/api/v1/meetings/{MEETING}"


def bearer(house: House, link: object) -> dict[str, str]:
    return {"Authorization": f"Bearer {house.token(link)}"}  # type: ignore[arg-type]


async def test_a_link_that_is_withdrawn_while_a_body_is_on_its_way_does_nothing(
    house: House,
) -> None:
    """P16 holds for a request that was begun before."""
    gate = asyncio.Event()
    wire = json.dumps(command("request_floor", kind="technical", text="help")).encode()

    async def slowly() -> AsyncIterator[bytes]:
        yield wire[:5]
        await gate.wait()
        yield wire[5:]

    headers = {
        **bearer(house, DELEGATE),
        "Content-Type": "application/json",
        "Content-Length": str(len(wire)),
    }
    url = house.client.make_url(f"{BASE}/commands")
    async with aiohttp.ClientSession() as session:
        held = asyncio.create_task(session.post(url, data=slowly(), headers=headers))
        await asyncio.sleep(0.2)  # the server has looked at the link by now
        revoked = await house.client.post(
            f"{BASE}/commands",
            json=command("revoke_link", link=DELEGATE.id),
            headers=bearer(house, MODERATOR),
        )
        assert revoked.status == 200
        gate.set()
        assert (await held).status == 401
    assert not house.room.meeting.signals


async def test_reading_the_log_again_and_again_has_to_wait() -> None:
    """P10: one reader does not slow the others."""
    async with opened(structs.replace(QUICK, read_rate=Rate(0.1, 3))) as house:
        for path in ("", "/log", "/log.csv"):
            read = await house.client.get(BASE + path, headers=bearer(house, VIEWER))
            assert read.status == 200
        refused = await house.client.get(f"{BASE}/log", headers=bearer(house, VIEWER))
        assert refused.status == 503 and "Retry-After" in refused.headers
        other = await house.client.get(f"{BASE}/log", headers=bearer(house, DELEGATE))
        assert other.status == 200


async def test_a_personal_link_has_so_many_sockets_and_a_shared_one_more() -> None:
    async with opened(structs.replace(QUICK, sockets_per_link=2)) as house:
        for _ in range(2):
            await house.joined(DELEGATE)
        line = await house.line()
        await line.say({"protocol": PROTOCOL, "token": house.token(DELEGATE)})
        assert "too_many" in await line.frame()
        for _ in range(3):
            await house.joined(VIEWER)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {"Host": "[x"}, 421),
        ("/static/" + "x" * 5_000, {}, 404),
        ("/socket.io/?EIO=4&transport=websocket", {"Origin": "http://["}, 403),
    ],
)
async def test_odd_requests_are_refused_and_break_nothing(
    house: House, path: str, headers: dict[str, str], status: int
) -> None:
    if "websocket" in path:
        headers = {
            **headers,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
    response = await house.client.get(path, headers=headers)
    assert response.status == status
    assert "Content-Security-Policy" in response.headers


async def test_a_foreign_page_cannot_make_anybody_leave(house: House) -> None:
    await house.join_page(DELEGATE)
    path = f"/leave?as={house.handle(DELEGATE)}"
    foreign = await house.client.post(path, headers={"Origin": "http://evil.example"})
    assert foreign.status == 403
