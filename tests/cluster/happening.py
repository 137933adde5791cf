"""One fault in one meeting: what was in flight, what became of it, and how soon."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from msgspec import Struct

from cluster.clients import Client
from cluster.run import Checked, Watched, checked, watched
from cluster.stands import Stand
from rostra.core.meeting import Meeting

IN_FLIGHT = 50
#: Traffic before the fault, and after it is over.
BEFORE_S = 0.7
AFTER_S = 1.0
#: A fault that nobody recovers from by then has broken a promise.
AGAIN_WITHIN_S = 60.0

Strike = Callable[[Stand, Meeting, int], Awaitable[None]]
MakeStand = Callable[[Path], AbstractAsyncContextManager[Stand]]


class Fault(Struct, frozen=True, kw_only=True):
    """``strike`` does it, and undoes what is undone; the number is that of the run."""

    name: str
    title: str
    stand: MakeStand
    strike: Strike
    #: Prepares it, a moment before.
    before: Strike | None = None
    #: Restores what must be whole before the next run.
    mend: Strike | None = None
    #: Whether what was acknowledged may be lost, and has to be told.
    lossy: bool = False
    #: Whether a stand can be used for one run only.
    once: bool = False
    #: Starts more than three servers and two Redis, or takes ten seconds.
    slow: bool = False


class Row(Struct, kw_only=True):
    """What one run showed."""

    fault: str
    run: int
    in_flight: int
    #: How long the strike itself took, until all that it broke was whole again.
    lasted_s: float
    #: From the strike until every device had an answer to what it sent later.
    again_s: float
    #: The same of the device in the middle.
    median_s: float
    ok: int
    no: int
    unknown: int
    #: Commands that were told to wait, and those that had to be sent again at all.
    waited: int
    again: int
    lost: int
    told: int
    twice: int
    denied: int
    torn: int
    misplaced: int
    compared: int
    divergent: int
    linearizable: bool | None
    #: By how much a commit's time was away from when its command was asked.
    clock_ms: int
    epochs: int


async def happens(fault: Fault, stand: Stand, run: int) -> tuple[Row, Watched, Checked]:
    """One run of *fault*."""
    meeting = await stand.meeting()
    async with watched(meeting, stand.servers, seed=run) as watching:
        traffic = watching.traffic
        await asyncio.sleep(BEFORE_S)
        if fault.before is not None:
            await fault.before(stand, meeting, run)
        in_flight = await traffic.burst(IN_FLIGHT)
        struck = time.monotonic()
        await fault.strike(stand, meeting, run)
        lasted_s = time.monotonic() - struck
        again_s = await watching.all_served(struck, AGAIN_WITHIN_S)
        each = sorted(watching.again_s(struck))
        await asyncio.sleep(AFTER_S)
        if fault.mend is not None:
            await fault.mend(stand, meeting, run)
        async with await stand.client(meeting) as redis:
            skew_ms = await _skew_ms(redis)
            found = await checked(watching, redis, lossy=fault.lossy)
    history = watching.history
    row = Row(
        fault=fault.name,
        run=run,
        in_flight=in_flight,
        lasted_s=round(lasted_s, 2),
        again_s=round(again_s, 2),
        median_s=round(each[len(each) // 2], 2),
        ok=history.count("ok"),
        no=history.count("no"),
        unknown=history.count("unknown"),
        waited=sum(call.waits > 0 for call in history.calls),
        again=sum(call.sent > 1 for call in history.calls),
        lost=len(found.findings.lost),
        told=_told(watching.clients, found),
        twice=len(found.findings.twice),
        denied=len(found.findings.denied),
        torn=len(found.findings.torn),
        misplaced=len(found.findings.misplaced),
        compared=found.findings.compared,
        divergent=len(found.divergent),
        linearizable=found.verdict.accepted,
        clock_ms=_clock_ms(watching, found, skew_ms),
        epochs=len({t.epoch for told in history.told.values() for t in told}),
    )
    return row, watching, found


def _told(clients: list[Client], found: Checked) -> int:
    """Of how many lost commands their senders were told."""
    told = {key for client in clients for key in client.not_kept}
    return len(told & set(found.findings.lost))


async def _skew_ms(redis: Any) -> float:
    """What is added to this machine's running clock to have the time of Redis."""
    before = time.monotonic()
    seconds, micros = await redis.time()
    middle = (before + time.monotonic()) / 2
    return float(seconds * 1000 + micros / 1000 - middle * 1000)


def _clock_ms(watching: Watched, found: Checked, skew_ms: float) -> int:
    """How far a commit was stamped outside the time between asking and answer."""
    at = {entry.command: entry.at for entry in found.kept.entries}
    away = [0.0]
    for call in watching.history.calls:
        if call.seq is not None and call.answered is not None and call.id in at:
            away.append(call.asked * 1000 + skew_ms - at[call.id])
            away.append(at[call.id] - call.answered * 1000 - skew_ms)
    return round(max(away))
