"""config/deploy/nginx.conf as it stands: one server behind nginx, with HTTPS."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.fronts import one
from deploy.proxies import NAME, Front, Person, nginx

pytestmark = pytest.mark.torture

#: Longer than proxies usually let a line be silent.
SILENT_S = 80


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    """nginx, and a server that believes it is reached by https."""
    tmp_path.chmod(0o755)
    async with one(tmp_path, nginx, "nginx.conf", "127.0.0.1:8080") as (front, _):
        yield front


async def test_pages_api_and_redirects_are_there_and_metrics_are_not(
    front: Front,
) -> None:
    await check_pages(front)


async def test_a_socket_on_which_the_client_says_nothing_lives_on(
    front: Front,
) -> None:
    async with Person(front, "viewer") as person:
        await asyncio.sleep(SILENT_S)
        assert person.modes == ["snapshot"]
        assert person.gaps == 0


async def test_nothing_but_a_socket_is_upgraded(front: Front) -> None:
    check_upgrades(front)


async def check_pages(front: Front) -> None:
    """What any proxy must let through, and what not."""
    async with front.session() as http:
        plain = await http.get(
            f"http://{NAME}:{front.plain}/join", allow_redirects=False
        )
        assert plain.status == 301
        assert plain.headers["Location"].startswith(f"https://{NAME}")
        assert plain.headers["Location"].endswith("/join")
        page = await http.get(f"{front.base}/join")
        assert page.status == 200
        assert "Strict-Transport-Security" in page.headers
        assert (await http.get(f"{front.base}/readyz")).status == 200
        assert (await http.get(f"{front.base}/metrics")).status == 404
        assert (await http.get(front.api)).status == 401
        forged = {"Host": "evil.example"}
        assert (await http.get(f"{front.base}/", headers=forged)).status == 421
        much = await http.post(f"{front.api}/commands", data=b"x" * 300_000)
        assert much.status == 413
    async with front.session("moderator") as http:
        assert (await http.get(front.api)).status == 200


def check_upgrades(front: Front) -> None:
    """An upgrade that is none must not open a tunnel to the pages behind."""
    inside = f"GET /metrics HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
    for path in ("/socket.io/?EIO=4&transport=websocket", "/", "/api/v1/x"):
        for protocol in ("websocket", "h2c"):
            raw = front.raw(
                f"GET {path} HTTP/1.1\r\nHost: {NAME}:{front.tls}\r\n"
                f"Connection: Upgrade\r\nUpgrade: {protocol}\r\n"
                "Sec-WebSocket-Version: 777\r\n"
                f"X-Forwarded-For: 6.6.6.6\r\n\r\n{inside}"
            )
            assert b"rostra_clients" not in raw, (path, protocol, raw[:400])
            assert b" 101 " not in raw.split(b"\r\n")[0], (path, protocol)
