"""The faults: what is done to a stand while fifty commands wait for their answers."""

import asyncio
from functools import partial
from pathlib import Path

from cluster.happening import Fault
from cluster.stands import (
    Stand,
    alone,
    in_a_cluster,
    replicas_follow,
    watched_by_sentinels,
    with_a_link,
    with_replica,
)
from rostra.core.meeting import Meeting
from support.redis_servers import HOST

HOUR_S = 3600.0


async def kill(stand: Stand, _meeting: Meeting, run: int) -> None:
    """A server is gone without a word."""
    stand.servers[run % 3].kill()


async def restart_server(stand: Stand, _meeting: Meeting, run: int) -> None:
    """The supervisor starts it again."""
    server = stand.servers[run % 3]
    await server.gone()
    await stand.start(server)


async def hang(stand: Stand, _meeting: Meeting, run: int, *, for_s: float = 10) -> None:
    """A server stands still, and goes on as if nothing had been."""
    server = stand.servers[run % 3]
    server.hang()
    await asyncio.sleep(for_s)
    server.go_on()


async def cut(stand: Stand, _meeting: Meeting, run: int, *, for_s: float = 3) -> None:
    """One server does not reach Redis."""
    line = stand.lines[run % 3]
    await line.cut()
    await asyncio.sleep(for_s)
    await line.restore()


async def deafen(
    stand: Stand, _meeting: Meeting, run: int, *, for_s: float = 3
) -> None:
    """One server is heard by Redis, and does not hear it."""
    line = stand.lines[run % 3]
    line.swallow = True
    await asyncio.sleep(for_s)
    line.swallow = False
    # what was swallowed cannot be made up for on these connections
    await line.reset()


async def restart_redis(stand: Stand, _meeting: Meeting, _run: int) -> None:
    """Killed, and started again after a second."""
    stand.primary.kill()
    await asyncio.sleep(1)
    await asyncio.to_thread(stand.primary.start)


async def wait_for_replicas(stand: Stand, _meeting: Meeting, _run: int) -> None:
    """The next run begins with all of them."""
    await replicas_follow(stand)


async def promote(stand: Stand, _meeting: Meeting, _run: int) -> None:
    """The primary is killed; Sentinels make another."""
    stand.primary.kill()


async def cut_the_replica(stand: Stand, _meeting: Meeting, _run: int) -> None:
    """It hears nothing for half a second, and later neither."""
    assert stand.link is not None
    await stand.link.cut()
    await asyncio.sleep(0.5)


async def promote_late(stand: Stand, _meeting: Meeting, _run: int) -> None:
    """The primary is killed, and had more than the replica that becomes the primary.

    The operator makes it so; the old one comes back as its replica.
    """
    old, new = stand.redis
    old.kill()
    await new.command("REPLICAOF", "NO", "ONE")
    for line in stand.lines:
        await line.lead_to(new.port)
    old.settings["replicaof"] = f"{HOST} {new.port}"
    await asyncio.to_thread(old.start)


async def lose_a_node(stand: Stand, meeting: Meeting, _run: int) -> None:
    """The node of the meeting is killed, and comes back after three seconds."""
    holder = await stand.holder(meeting)
    holder.kill()
    await asyncio.sleep(3)
    await asyncio.to_thread(holder.start)


async def cut_the_file(stand: Stand, _meeting: Meeting, _run: int) -> None:
    """Redis is killed, the end of its file is gone, and it starts again."""
    stand.primary.kill()
    shorten(stand.primary.folder)
    await asyncio.sleep(0.5)
    await asyncio.to_thread(stand.primary.start)


async def cut_and_promote(stand: Stand, meeting: Meeting, _run: int) -> None:
    """The same of a primary that Sentinels watch: it comes back as a replica."""
    stand.primary.kill()
    shorten(stand.primary.folder)
    await stand.holder(meeting)
    await asyncio.to_thread(stand.primary.start)


async def fill(stand: Stand, _meeting: Meeting, _run: int, *, for_s: float = 2) -> None:
    """Redis has reached its maxmemory, until the operator gives it more."""
    await stand.primary.command("CONFIG", "SET", "maxmemory", "1mb")
    await asyncio.sleep(for_s)
    await stand.primary.command("CONFIG", "SET", "maxmemory", "0")


#: So much of the file's end is lost: a few commits.
CUT_BYTES = 6_000


def shorten(folder: Path) -> None:
    """Take the end from the log of the Redis in *folder*."""
    (file,) = sorted((folder / "appendonlydir").glob("*.incr.aof"))[-1:]
    size = file.stat().st_size
    assert size > 2 * CUT_BYTES, size
    with file.open("rb+") as handle:
        handle.truncate(size - CUT_BYTES)


FAULTS = (
    Fault(
        name="kill",
        title="kill -9 of a server",
        stand=with_replica,
        strike=kill,
        mend=restart_server,
    ),
    Fault(
        name="stop",
        title="SIGSTOP of a server for 10 s",
        stand=with_replica,
        strike=hang,
        slow=True,
    ),
    Fault(
        name="cut",
        title="line between a server and Redis cut for 3 s",
        stand=with_replica,
        strike=cut,
    ),
    Fault(
        name="deaf",
        title="Redis hears a server, its answers are lost, for 3 s",
        stand=with_replica,
        strike=deafen,
    ),
    Fault(
        name="restart",
        title="Redis killed, started again after 1 s",
        stand=with_replica,
        strike=restart_redis,
        mend=wait_for_replicas,
    ),
    Fault(
        name="promotion",
        title="primary killed, Sentinels promote a replica",
        stand=watched_by_sentinels,
        strike=promote,
        once=True,
        slow=True,
    ),
    Fault(
        name="late",
        title="replica cut off 0.5 s, primary killed, replica promoted by hand",
        stand=partial(with_a_link, wait=True),
        before=cut_the_replica,
        strike=promote_late,
        once=True,
        slow=True,
    ),
    Fault(
        name="cluster",
        title="Cluster node killed, back after 3 s",
        stand=in_a_cluster,
        strike=lose_a_node,
        once=True,
        slow=True,
    ),
    Fault(
        name="file-sentinel",
        title="primary killed, end of its file cut, Sentinels promote a replica",
        stand=watched_by_sentinels,
        strike=cut_and_promote,
        once=True,
        slow=True,
    ),
    Fault(
        name="memory",
        title="maxmemory reached for 2 s",
        stand=with_replica,
        strike=fill,
    ),
    Fault(
        name="clocks",
        title="clocks of the servers an hour apart, one killed",
        stand=partial(with_replica, ahead_s=(HOUR_S, -HOUR_S, 0)),
        strike=kill,
        mend=restart_server,
    ),
    Fault(
        name="file",
        title="without a replica: Redis killed, end of its file cut",
        stand=alone,
        strike=cut_the_file,
        lossy=True,
    ),
    Fault(
        name="late-unwaited",
        title="without WAIT: replica cut off 0.5 s, primary killed, replica promoted",
        stand=partial(with_a_link, wait=False),
        before=cut_the_replica,
        strike=promote_late,
        lossy=True,
        once=True,
        slow=True,
    ),
)


def named(name: str) -> Fault:
    """One of :data:`FAULTS`."""
    return next(each for each in FAULTS if each.name == name)
