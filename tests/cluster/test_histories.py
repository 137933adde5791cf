"""Histories of real clients on real servers are those of one meeting."""

import asyncio
from pathlib import Path

from cluster.run import checked, watched
from cluster.servers import new_meeting, serving
from support.redis_servers import RedisServer

COMMANDS = 300


async def test_three_servers_answer_as_one_meeting(tmp_path: Path) -> None:
    with RedisServer(tmp_path / "redis") as redis:
        meeting = await new_meeting(redis.address)
        async with (
            serving(tmp_path, [redis.address] * 3) as servers,
            watched(
                meeting, servers, seed=1, fingers=4, pause_s=0.1, at_most=COMMANDS
            ) as run,
        ):
            async with asyncio.timeout(60):
                await run.traffic.end_of_all()
            async with redis.client() as client:
                found = await checked(run, client)
    assert len(run.history.calls) == COMMANDS
    assert run.history.count("unknown") == 0
    assert run.history.count("ok") > COMMANDS / 3
    assert run.history.count("no") > 0
    assert found.verdict.accepted, found.verdict
    assert found.findings.broken == [], found.findings
    assert found.findings.compared > 400
    assert found.divergent == ()
    assert len({client.base for client in run.clients}) == 3
