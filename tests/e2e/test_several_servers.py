"""One meeting on two servers over one Redis: what people at their pages notice of it.

Everything is real: Redis, the servers' processes, the pages in Chromium. Between them
is a proxy that sends each page to a server of its own while that is there.
"""

import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from msgspec import structs
from playwright.async_api import Browser, expect

from cluster.servers import Server, bring_into_session, founding, serving, token
from demo_cluster.proxy import Proxy
from e2e.conftest import FAILED
from e2e.test_slow_lane import covers_each_seq_once, is_on
from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.shared_clock import SharedClock
from rostra.core.meeting import Meeting
from rostra.engine.rooms import Rooms
from support.pages import PHONE, Company, Operator
from support.proxy import HOST, Line
from support.redis_servers import RedisServer
from support.rooms import link

pytestmark = pytest.mark.e2e

WAITS = "What you press waits and is sent by itself."
GONE = re.compile(r"The server lost its last .* gone\. What you see now is what")
NUMBERS = re.compile(r"\d+(?: to \d+)?")
KEPT = "Nothing is confirmed before it is kept."


class Behind:
    """A server behind a proxy; *first* is whether it is tried before others."""

    def __init__(self, server: Server, *, first: bool) -> None:
        self.host, self.port = HOST, server.port
        self._first = first

    @property
    def answers(self) -> bool:
        """Others are tried only where this one does not accept."""
        return self._first


class Pier:
    """The meeting, its Redis, two servers, and a way to each that may lead to both."""

    def __init__(
        self, redis: RedisServer, servers: list[Server], meeting: Meeting
    ) -> None:
        self.redis = redis
        self.servers = servers
        self._meeting = meeting
        self.base = servers[0].base
        self.ways: list[str] = []

    def token(self, who: str) -> str:
        """What the link of that office or delegation holds."""
        return token(self._meeting, who)

    def forget_since(self, kept: Path) -> None:
        """Redis dies, and comes back with what it had when *kept* was copied."""
        self.redis.kill()
        shutil.rmtree(self.redis.folder)
        shutil.copytree(kept, self.redis.folder)
        self.redis.start()


@pytest.fixture
async def pier(tmp_path: Path) -> AsyncIterator[Pier]:
    """A meeting in session, with people of all offices."""
    async with AsyncExitStack() as stack:
        redis = stack.enter_context(RedisServer(tmp_path / "redis"))
        meeting = await in_session(redis.address)
        servers = await stack.enter_async_context(
            serving(tmp_path, [redis.address] * 2)
        )
        made = Pier(redis, servers, meeting)
        for first in servers:
            behind = [Behind(each, first=each is first) for each in servers]
            made.ways.append(await way(stack, behind))
        yield made


async def way(stack: AsyncExitStack, behind: Sequence[Behind]) -> str:
    """The address of a proxy in front of these."""
    proxy = Proxy(HOST, 0, behind)
    await proxy.start()
    stack.push_async_callback(proxy.end)
    return f"http://{HOST}:{proxy.port}"


async def in_session(address: str) -> Meeting:
    """A new meeting at *address* with its list open."""
    made = founding()
    offices = (link("rapporteur", "rapporteur"), link("display", "display"))
    made = structs.replace(made, links=(*made.links, *offices))
    journal = await RedisJournal.open(address)
    clock = SharedClock(journal.time)
    await clock.set()
    rooms = Rooms(journal, clock, serving=False)
    try:
        room = await rooms.create(made)
        await bring_into_session(room)
        return room.meeting
    finally:
        await rooms.close()
        await journal.close()


@pytest.fixture
async def port(
    request: pytest.FixtureRequest, browser: Browser, pier: Pier
) -> AsyncIterator[Company]:
    """Whoever comes; their browsers are closed afterwards."""
    made = Company(browser, pier)  # type: ignore[arg-type]
    yield made
    if request.node.stash.get(FAILED, False):
        await made.photograph()
    for each in made.people:
        await each.context.close()


async def test_who_was_on_a_server_that_stops_goes_on_with_the_other(
    pier: Pier, port: Company
) -> None:
    first, second = pier.ways
    console = await port.join("op1", base=first)
    pad = await port.join("xad", base=second, size=PHONE)
    began = (await pad.known())["seq"]
    operator = Operator(console)
    await pad.press("Request the floor")
    await operator.space("Give the floor to Adunara")
    await pad.reads("You have the floor.")

    assert await pier.servers[0].stop() == 0
    await operator.space("Start the clock of Adunara")
    await pad.press("I have finished")
    await pad.press("Press again to finish")
    await console.reads("Ended by the delegation")

    # and what the other goes on with is everybody's too
    await pier.servers[0].start(pier.redis.address)
    assert await pier.servers[1].stop() == 0
    await pad.press("Request the floor")
    await operator.is_offered("Give the floor to Adunara")
    last = (await console.known())["seq"]
    await pad.has_reached(last)
    for each, moved in ((console, 2), (pad, 1)):
        known = await each.known()
        covers_each_seq_once(known, began)
        assert len(known["welcomes"]) == 1 + moved, known
        each.is_well(cut=True)


async def test_while_redis_is_away_reading_goes_on_and_a_press_waits(
    pier: Pier, port: Company
) -> None:
    first, second = pier.ways
    console = await port.join("op1", base=first)
    pad = await port.join("xad", base=second, size=PHONE)
    display = await port.join("display", base=second)
    pier.redis.stop()
    try:
        await console.reads(WAITS)
        await pad.reads(KEPT)
        await pad.press("Request the floor")
        await pad.reads("Sending", "Not yet registered.", "Waiting")
        await display.lacks(KEPT, "Not connected")
        assert "Adunara" not in await console.page.locator(".list").inner_text()
    finally:
        pier.redis.go_on()
    await pad.reads("Withdraw")
    await pad.lacks(KEPT, "Waiting")
    await console.lacks(WAITS)
    await Operator(console).is_offered("Give the floor to Adunara")
    rows = console.page.locator(".list .row", has_text="Adunara")
    assert await rows.count() <= 1
    for each in (console, pad, display):
        assert len((await each.known())["welcomes"]) == 1, "no line was lost"
        each.is_well()


async def test_a_lost_past_is_told_to_everybody_and_to_whoever_pressed(
    pier: Pier, port: Company, tmp_path: Path
) -> None:
    first, second = pier.ways
    console = await port.join("op1", base=first)
    pad = await port.join("xad", base=second, size=PHONE)
    other = await port.join("xae", base=first, size=PHONE)
    log = await port.join("rapporteur", base=second)
    kept = tmp_path / "kept"
    shutil.copytree(pier.redis.folder, kept)
    await pad.press("Request the floor")
    await pad.reads("Withdraw")
    await Operator(console).is_offered("Give the floor to Adunara")

    pier.forget_since(kept)
    everybody = (console, pad, other, log)
    notices = [each.page.get_by_text(GONE) for each in everybody]
    told = {await each.inner_text() for each in notices}
    assert len(told) == 1, told
    own = "Your request for the floor was not kept. Press again if it still holds."
    await pad.reads(own, "Request the floor")
    await other.lacks(own)
    (numbers,) = {NUMBERS.findall(text)[0] for text in told}
    row = log.page.locator(".record .lost")
    assert NUMBERS.findall(await row.inner_text())[0] == numbers

    await pad.press("Understood")
    await pad.lacks(own)
    await pad.press("Request the floor")
    await pad.reads("Withdraw")
    await Operator(console).is_offered("Give the floor to Adunara")


async def test_polls_that_reach_either_server_lose_nothing(
    pier: Pier, port: Company
) -> None:
    async with AsyncExitStack() as stack:
        behind = [Behind(each, first=True) for each in pier.servers]
        either = await way(stack, behind)
        line = await stack.enter_async_context(
            Line(int(either.rpartition(":")[2]), no_upgrade=True, whole=True)
        )
        console = await port.join("op1", base=pier.ways[0])
        pad = await port.join("xad", base=line.base, size=PHONE)
        began = (await pad.known())["seq"]
        operator = Operator(console)
        await pad.press("Request the floor")
        await operator.space("Give the floor to Adunara")
        await pad.press("We are ready")
        await operator.space("Start the clock of Adunara")
        await expect(pad.page.get_by_role("timer")).to_be_visible()
        await operator.end("Adunara")
        await pad.reads("Thank you. Your statement was heard.")
        await pad.has_reached((await console.known())["seq"])
        known = await pad.known()
        covers_each_seq_once(known, began)
        assert len(known["welcomes"]) == 1, "it was welcomed by one and no more"
        await is_on(pad, "http")
        pad.is_well(cut=True)
