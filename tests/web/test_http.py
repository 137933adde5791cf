"""Headers, hosts and errors of every route, and what mail scanners can do."""

from typing import Any

import pytest

from web.house import DELEGATE, MEETING, MODERATOR, OTHER, ROOT, House, opened

FIXED = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
ROUTES = [
    ("GET", "/", 200),
    ("GET", "/join", 200),
    ("GET", "/leave", 200),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/version", 200),
    ("GET", "/metrics", 200),
    ("GET", "/nothing", 404),
    ("GET", "/m/harbour/console", 404),
    ("GET", "/m/harbour/nothing", 404),
    ("GET", "/m/UPPER/console", 404),
    ("GET", "/static/nothing.js", 404),
    ("GET", "/rosters/harbour/0.json", 404),
    ("GET", "/rosters/nothing/0.json", 404),
    ("GET", "/locales/ar.0.json", 404),
    ("GET", "/socket.io/", 400),
    ("GET", "/api/v1/schema.json", 200),
    ("GET", "/api/v1/meetings/harbour", 401),
    ("GET", "/api/v1/meetings/nothing", 401),
    ("GET", "/api/v1/meetings/harbour/log.csv", 401),
    ("GET", "/api/v1/nothing", 404),
    ("POST", "/", 405),
    ("POST", "/join", 403),
    ("POST", "/api/v1/join/preview", 403),
    ("POST", "/api/v1/meetings/harbour/commands", 403),
    ("DELETE", "/api/v1/meetings/harbour", 405),
    ("HEAD", "/", 200),
    ("OPTIONS", "/", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), ROUTES)
async def test_every_response_has_every_header(
    house: House, method: str, path: str, status: int
) -> None:
    response = await house.client.request(method, path)
    assert response.status == status
    assert {name: response.headers.get(name) for name in FIXED} == FIXED
    assert "Server" not in response.headers
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Cache-Control"] == "no-store"
    policy = response.headers["Content-Security-Policy"]
    host = house.client.make_url("/").authority
    assert f"connect-src 'self' ws://{host};" in policy
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "Strict-Transport-Security" not in response.headers


async def test_a_socket_has_the_headers_too(house: House) -> None:
    line = await house.line()
    headers = line.ws._response.headers
    assert {name: headers.get(name) for name in FIXED} == FIXED


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/meetings/x"])
async def test_errors_of_the_api_are_problems(house: House, path: str) -> None:
    response = await house.client.get(path)
    assert response.content_type == "application/problem+json"
    body = await response.json()
    assert body["status"] == response.status
    assert {"type", "title", "detail"} <= body.keys()


@pytest.mark.parametrize("host", ["evil.example", "", "127.0.0.1.evil.example"])
async def test_a_host_that_is_not_ours_gets_421(house: House, host: str) -> None:
    for path in ("/", "/api/v1/schema.json", "/socket.io/?EIO=4&transport=websocket"):
        response = await house.client.get(path, headers={"Host": host})
        assert response.status == 421
        assert "evil" not in response.headers["Content-Security-Policy"]


async def test_health_is_told_to_whoever_asks(house: House) -> None:
    for path in ("/healthz", "/readyz"):
        response = await house.client.get(path, headers={"Host": "10.0.0.7"})
        assert response.status == 200


async def test_by_https_there_is_hsts_and_a_secure_cookie() -> None:
    async with opened(base="https://meet.example") as house:
        response = await house.client.get("/", headers={"Host": "meet.example"})
        assert "max-age" in response.headers["Strict-Transport-Security"]
        policy = response.headers["Content-Security-Policy"]
        assert "wss://meet.example" in policy
        joined = await house.post(
            "/join", {"token": house.token(DELEGATE)}, **{"X-Rostra-Link": "join"}
        )
        cookie = joined.headers["Set-Cookie"]
        assert cookie.startswith("__Host-rostra_") and "Secure" in cookie


async def test_a_compressed_body_is_refused(house: House) -> None:
    response = await house.client.post(
        "/join", data=b"x", headers={"Content-Encoding": "gzip"}
    )
    assert response.status == 415


async def test_a_large_body_is_refused(house: House) -> None:
    for length in (20_000, 200_000):
        body = {"token": "x" * length}
        response = await house.post("/join", body, **{"X-Rostra-Link": "join"})
        assert response.status == 413


async def test_our_bug_is_a_page_without_details(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    url = await house.join_page(MODERATOR)
    monkeypatch.setattr("rostra.web.pages.paint", crash)
    response = await house.client.get(url)
    assert response.status == 500
    assert "secret" not in await response.text()
    assert response.content_type == "text/html"


async def test_readiness_ends_with_the_goodbye(house: House) -> None:
    app = house.client.app
    assert app is not None
    await app.shutdown()
    assert (await house.client.get("/readyz")).status == 503
    assert (await house.client.get("/healthz")).status == 200
    refused = await house.client.get("/socket.io/?EIO=4&transport=websocket")
    assert refused.status in (400, 503)


async def test_who_asks_for_the_journal_hears_that_it_is_not_reached(
    house: House,
) -> None:
    assert (await house.client.get("/readyz?journal")).status == 200
    house.room.unreached = True
    assert (await house.client.get("/readyz?journal")).status == 503
    assert (await house.client.get("/readyz")).status == 200


async def test_metrics_count_clients(house: House) -> None:
    await house.joined(DELEGATE)
    text = await (await house.client.get("/metrics")).text()
    assert "rostra_clients 1.0" in text


async def test_metrics_say_which_server_has_what_of_a_meeting() -> None:
    async with opened(name="b") as house:
        await house.joined(DELEGATE)
        await house.joined(DELEGATE)
        await house.joined(MODERATOR)
        house.room.unreached = True
        text = await (await house.client.get("/metrics")).text()
    assert 'rostra_server_info{name="b",version="' in text
    assert f'rostra_meeting_seq{{meeting="{MEETING}"}} {house.room.meeting.seq}' in text
    assert f'rostra_meeting_stalled{{meeting="{MEETING}"}} 1.0' in text
    assert f'rostra_meeting_stalled{{meeting="{OTHER}"}} 0.0' in text
    told = f'rostra_meeting_clients{{meeting="{MEETING}",role='
    assert f'{told}"delegate"}} 2.0' in text
    assert f'{told}"moderator"}} 1.0' in text
    assert f'meeting="{OTHER}",role' not in text


async def test_metrics_are_for_this_machine_only() -> None:
    async with opened(trusted_proxies=("127.0.0.1",)) as house:
        headers = {"X-Forwarded-For": "192.0.2.7"}
        assert (await house.client.get("/metrics", headers=headers)).status == 404


@pytest.mark.parametrize("path", ["/static/../../pyproject.toml", "/static/%2e%2e/x"])
async def test_no_path_leads_out_of_the_static_folder(path: str) -> None:
    async with opened(static_dir=ROOT / "templates") as house:
        response = await house.client.get(path)
        assert response.status in (403, 404)
        ok = await house.client.get("/static/base.html")
        assert ok.status == 200


async def test_head_and_get_change_nothing(house: House) -> None:
    before = house.room.meeting
    token = house.token(DELEGATE)
    for path in ("/join", f"/join?token={token}", f"/join/{token}", "/leave"):
        for method in ("GET", "HEAD"):
            response: Any = await house.client.request(method, path)
            assert "Set-Cookie" not in response.headers
    assert house.room.meeting is before
