"""Three servers are stopped and started again, one after the other, in a meeting."""

import asyncio
import time
from pathlib import Path

from cluster.run import checked, watched
from cluster.servers import new_meeting, serving
from support.redis_servers import RedisServer

PAUSE_S = 0.5


async def test_a_rolling_upgrade_during_a_meeting(tmp_path: Path) -> None:
    with RedisServer(tmp_path / "redis") as redis:
        meeting = await new_meeting(redis.address)
        async with serving(tmp_path, [redis.address] * 3) as servers:
            async with watched(meeting, servers, seed=3, fingers=2) as run:
                for server in servers:
                    await asyncio.sleep(PAUSE_S)
                    here = [c for c in run.clients if c.base == server.base]
                    assert here
                    before = {client.name: len(client.byes) for client in here}
                    told = time.monotonic()
                    assert await server.stop() == 0
                    for client in here:
                        byes = client.byes[before[client.name] :]
                        assert [bye["code"] for bye in byes] == ["restarting"]
                    # everybody goes on elsewhere before it is back
                    assert await run.all_served(told, within_s=10) < 10
                    assert all(client.base != server.base for client in here)
                    await server.start(redis.address)
                await asyncio.sleep(PAUSE_S)
                async with redis.client() as asked:
                    found = await checked(run, asked)
            reasons = [why for one in run.clients for _, why in one.welcomes]
    assert run.history.count("unknown") == 0
    assert found.verdict.accepted, found.verdict
    assert found.findings.broken == [], found.findings
    assert found.divergent == ()
    # whoever came back had nothing to load anew: only what was missed was sent
    assert reasons.count("first") == len(run.clients)
    assert set(reasons) == {"first", None}
