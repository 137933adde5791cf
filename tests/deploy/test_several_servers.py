"""nginx-cluster.conf and haproxy.cfg as they stand, in front of three real servers."""

import asyncio
import json
import re
import secrets
import shutil
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from deploy.fronts import Cluster, Proxy, several
from deploy.proxies import ROOT, Front, Person, haproxy, nginx, until
from deploy.test_one_server import check_pages, check_upgrades

pytestmark = pytest.mark.torture

FILES: dict[str, tuple[Proxy, str]] = {
    "nginx": (nginx, "nginx-cluster.conf"),
    "haproxy": (haproxy, "haproxy.cfg"),
}
ADDRESSES = ("10.20.0.11:8080", "10.20.0.12:8080", "10.20.0.13:8080")
BUILT = ROOT / "client/dist"
PEOPLE = 12
COMMANDS = 60

Place = tuple[Front, Cluster]


@pytest.fixture(params=FILES)
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """A proxy and three servers; a has a file of its build that no other has."""
    tmp_path.chmod(0o755)
    proxy, file = FILES[request.param]
    newer = tmp_path / "newer"
    shutil.copytree(BUILT, newer)
    (newer / "assets/only-in-a-12345678.js").write_text("1")
    more = {"a": {"ROSTRA_STATIC_DIR": str(newer)}}
    async with several(tmp_path, proxy, file, ADDRESSES, more) as found:
        yield found


async def test_pages_api_redirects_and_upgrades_are_as_behind_one(place: Place) -> None:
    front, _ = place
    await check_pages(front)
    check_upgrades(front)


async def test_a_page_finds_its_build_while_servers_have_two(place: Place) -> None:
    front, _ = place
    async with front.session() as http:
        asset = f"{front.base}/static/assets/only-in-a-12345678.js"
        for _ in range(12):
            async with http.get(asset) as answer:
                assert answer.status == 200
                assert await answer.text() == "1"
                assert "immutable" in answer.headers["Cache-Control"]
        async with http.get(f"{front.base}/static/assets/nowhere.js") as answer:
            assert answer.status == 404


async def test_events_come_at_once_over_plain_http(place: Place) -> None:
    front, _ = place
    async with front.session("viewer") as http, front.session("moderator") as desk:
        state = await (await http.get(front.api)).json()
        stream = await http.get(
            f"{front.api}/events", headers={"Accept": "text/event-stream"}
        )
        assert stream.status == 200
        await asyncio.wait_for(stream.content.readuntil(b"event: welcome"), 5)
        after = f"{state['epoch']}.{state['seq']}.{state['chain']}"
        polled = asyncio.create_task(
            _json(http, f"{front.api}/events?after={after}&wait=20")
        )
        await asyncio.sleep(1)
        begun = time.monotonic()
        answer = await _command(
            desk, front, "open_lobby", expect={"state": "scheduled"}
        )
        assert answer["outcome"] == "ok", answer
        await asyncio.wait_for(stream.content.readuntil(b"event: delta"), 5)
        assert "delta" in json.dumps(await asyncio.wait_for(polled, 5))
        assert time.monotonic() - begun < 2
        stream.close()


async def test_who_was_on_a_killed_server_resumes_and_every_get_is_answered(
    place: Place,
) -> None:
    front, cluster = place
    async with AsyncExitStack() as stack:
        people = [
            await stack.enter_async_context(Person(front, "viewer"))
            for _ in range(PEOPLE)
        ]
        held = await _held(cluster)
        assert min(held.values()) > 0, held
        looking = asyncio.create_task(_look(front))
        asking = asyncio.create_task(_ask(front))
        await asyncio.sleep(1)
        for number in (signal.SIGKILL, signal.SIGTERM):
            server = cluster.servers[0 if number is signal.SIGKILL else 1]
            server.signal(number)
            await until(lambda server=server: server.state == "ended")  # type: ignore[misc]
            await asyncio.sleep(3)
            await cluster.start(server)
            await asyncio.sleep(1)
        asked = await asking
        looking.cancel()
        statuses = Counter((await asyncio.gather(looking, return_exceptions=True))[0])
        assert set(statuses) == {200}, statuses
        assert statuses[200] > 50
        assert len(asked) == COMMANDS
        assert sorted(await _inserted(front)) == sorted(asked), "each once"
        await until(lambda: len({person.seq for person in people}) == 1)
        came_back = [person for person in people if len(person.modes) > 1]
        assert len(came_back) >= held["a"]
        for person in people:
            assert set(person.modes[1:]) <= {"resume"}, person.modes
            assert person.gaps == 0


async def test_nobody_new_waits_for_one_that_hangs(place: Place) -> None:
    front, cluster = place
    async with Person(front, "viewer"):
        cluster.servers[2].signal(signal.SIGSTOP)
        try:
            await asyncio.sleep(3)
            async with front.session("moderator") as http:
                begun = time.monotonic()
                for _ in range(9):
                    async with http.get(front.api) as answer:
                        assert answer.status == 200
                # one try of ten seconds in all (nginx), or none (HAProxy)
                assert time.monotonic() - begun < 25
        finally:
            cluster.servers[2].signal(signal.SIGCONT)


async def test_people_go_where_the_journal_is_reached_or_to_all_where_it_is_not(
    tmp_path: Path,
) -> None:
    """HAProxy alone asks for it."""
    found = several(tmp_path, haproxy, "haproxy.cfg", ADDRESSES, by_line="c")
    async with found as (front, cluster):
        assert cluster.line is not None and cluster.redis is not None
        async with AsyncExitStack() as stack:
            # a server notices it in a meeting that somebody has open there
            people = [
                await stack.enter_async_context(Person(front, "viewer"))
                for _ in range(3)
            ]
            await cluster.line.cut()
            await asyncio.sleep(5)
            people += [
                await stack.enter_async_context(Person(front, "viewer"))
                for _ in range(PEOPLE)
            ]
            held = await _held(cluster)
            assert held["c"] <= 1, held
            assert sum(held.values()) == len(people)
        cluster.redis.away(30, print)
        await asyncio.sleep(6)
        async with front.session("viewer") as http:
            for _ in range(6):
                assert (await http.get(front.api)).status == 200
        async with Person(front, "viewer") as person:
            assert person.modes == ["snapshot"]


async def _look(front: Front) -> list[int]:
    """Read the meeting again and again until cancelled; the statuses."""
    statuses: list[int] = []
    with suppress(asyncio.CancelledError):
        async with front.session("rapporteur") as http:
            while True:
                async with http.get(front.api) as answer:
                    await answer.read()
                    statuses.append(answer.status)
                await asyncio.sleep(0.08)
    return statuses


async def _ask(front: Front) -> list[str]:
    """Put delegations on a list, one a command; again where no answer came.

    What was sent and may have been carried out is sent with its id once more.
    """
    async with front.session("moderator") as http:
        state = await _json(http, front.api)
        codes = front.delegations()[:COMMANDS]
        for code in codes:
            fields = {"list": await _list(state), "entries": [{"delegation": code}]}
            ident = secrets.token_hex(8)
            while True:
                try:
                    answer = await _command(http, front, "insert", id=ident, **fields)
                except (aiohttp.ClientError, ValueError):
                    answer = {"outcome": "wait"}
                if answer["outcome"] != "wait":
                    break
                await asyncio.sleep(0.3)
            assert answer["outcome"] == "ok", answer
            await asyncio.sleep(0.15)
        return codes


async def _list(state: Any) -> str:
    """The speakers' list that takes requests."""
    lists = state["state"]["collections"]["lists"]
    return next(key for key, each in lists.items() if each["purpose"] == "speakers")


async def _inserted(front: Front) -> list[str]:
    """The delegations that were put on a list, as often as they were."""
    async with front.session("moderator") as http:
        state = await _json(http, front.api)
    requests = state["state"]["collections"]["requests"].values()
    mine = [each for each in requests if each["kind"] != "programme"]
    return [each["delegation"] for each in mine]


async def _command(
    http: aiohttp.ClientSession, front: Front, kind: str, /, **fields: Any
) -> Any:
    body = {"type": kind, "id": secrets.token_hex(8), **fields}
    async with http.post(f"{front.api}/commands", json=body) as answer:
        return await answer.json(content_type=None)


async def _json(http: aiohttp.ClientSession, url: str) -> Any:
    async with http.get(url) as answer:
        return await answer.json(content_type=None)


async def _held(cluster: Cluster) -> dict[str, int]:
    """How many sockets each server has."""
    found = {}
    async with aiohttp.ClientSession() as http:
        for server in cluster.servers:
            url = f"http://{server.host}:{server.port}/metrics"
            async with http.get(url) as answer:
                told = re.search(r"^rostra_clients (\S+)", await answer.text(), re.M)
                assert told is not None
                found[server.name] = int(float(told[1]))
    return found
