"""What is to happen at a time happens once, whichever servers are still there."""

import asyncio
import time
from pathlib import Path

from cluster.history import History
from cluster.run import device, everybody_in
from cluster.servers import LIST, new_meeting, serving
from rostra.adapters.redis_journal import RedisJournal
from rostra.core.events import ListClosed
from rostra.protocol.stored import read
from support.redis_servers import RedisServer

AHEAD_MS = 2_500
#: PROMISES E 43: any other server does it, so much late at most.
LATE_MS = 2_000


async def test_a_list_closes_once_and_on_time_without_the_server_that_was_told(
    tmp_path: Path,
) -> None:
    history = History()
    with RedisServer(tmp_path / "redis") as redis:
        meeting = await new_meeting(redis.address)
        async with (
            serving(tmp_path, [redis.address] * 3) as servers,
            device(meeting, servers, history, link="op1", delegation=None) as one,
            device(
                meeting, servers, history, link="xad", delegation="XAD", n=1
            ) as other,
        ):
            await everybody_in([one, other])
            shown = other.shown()
            assert shown is not None
            at = int(time.monotonic() * 1000 + one.offset_ms) + AHEAD_MS
            expect = {
                "list": LIST,
                "state": "open",
                "generation": shown.generation,
            }
            fields = {"closes_at": at, "expect": expect}
            await one.command("announce_closing", fields)
            assert history.calls[0].outcome == "ok", history.calls[0].answer
            servers[0].kill()
            async with asyncio.timeout((AHEAD_MS + LATE_MS) / 1000 + 3):
                while not other.closed_list:
                    await asyncio.sleep(0.02)
            # the others would have done it too by now
            await asyncio.sleep(1)
        closings = await closed_at(redis.address, meeting.id)
    assert len(closings) == 1
    assert 0 <= closings[0] - at <= LATE_MS, closings[0] - at


async def closed_at(address: str, meeting: str) -> list[int]:
    """When the list was closed, each time."""
    journal = await RedisJournal.open(address)
    try:
        return [
            record.at
            async for commit in journal.read(meeting, 0)  # type: ignore[arg-type]
            for record in [read(commit)]
            if any(isinstance(event, ListClosed) for event in record.events)
        ]
    finally:
        await journal.close()
