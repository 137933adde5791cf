"""One of two hundred stops reading: what that costs the others, and the server.

The same changes with and without it, in turns in one run: the time from the durable
commit to each of the others, and by how much the server's memory grows meanwhile.
"""

import asyncio
import os
from typing import Any

from load import figures
from load.ours import LIST, Ours, ours
from load.plan import Plan
from load.processes import LOAD_CORE
from rostra.rehearsal.crowds import Crowd, crowd

CLIENTS = 200
#: Entries of about 0.9 KB in one change: a usual one, and one of 10 KB.
ENTRIES = {"small": 1, "large": 11}
PAUSE_S = 0.03
SETTLE_S = 0.3


def measure(plan: Plan) -> dict[str, Any]:
    """With small and with large changes."""
    runs = []
    for size in ENTRIES:
        with ours(plan.folder / f"stall-{size}") as served:
            served.in_session(0)
            run = asyncio.run(_in_turns(served, size, plan))
        runs.append({"size": size, **run})
        ratio, more = run["ratio"], run["memory_mb"]
        figures.show(size=size, p99_ratio=ratio, memory_mb=more)
    return {"clients": CLIENTS, "runs": runs}


async def _in_turns(served: Ours, size: str, plan: Plan) -> dict[str, Any]:
    tokens = [served.meetings[0]["viewer"]]
    waits: dict[bool, list[list[float]]] = {False: [], True: []}
    grown: dict[bool, list[int]] = {False: [], True: []}
    async with crowd(f"http://127.0.0.1:{served.port}", tokens) as many:
        _pin(many.pid)
        await many.connect(CLIENTS)
        await _changes(served, many, size, 20)  # to be warm
        for repeat in range(2 * plan.stall_repeats):
            # none, one, one, none: what grows with time is in both
            stalled = repeat % 4 in (1, 2)
            if stalled:
                await many.ask("stall", count=1)
            before = served.child.memory()
            found = await _changes(served, many, size, plan.stall_changes)
            waits[stalled].append(found)
            grown[stalled].append(served.child.memory() - before)
            if stalled:
                await many.ask("unstall", count=1)
                await many.all_here()
                await asyncio.sleep(SETTLE_S)
                await many.moves()
        state = await many.ask("state")
    assert not any(state["breaks"].get(kind) for kind in ("gap", "again", "overlap"))
    # one hiccup of the machine shall not decide: of each phase its own, then the median
    p99, half = (
        {
            stalled: figures.median([figures.rank(each, share) for each in phases])
            for stalled, phases in waits.items()
        }
        for share in (0.99, 0.5)
    )
    mb = {stalled: max(grown[stalled]) / 1e6 for stalled in grown}
    return {
        "p99_ms": {"without": p99[False], "with": p99[True]},
        "median_ms": {"without": half[False], "with": half[True]},
        "ratio": round(p99[True] / p99[False], 3),
        "memory_mb": round(mb[True] - mb[False], 2),
        "grown_mb": {"without": round(mb[False], 2), "with": round(mb[True], 2)},
    }


async def _changes(served: Ours, many: Crowd, size: str, count: int) -> list[float]:
    """So many changes; how long each of the others waited for each, in milliseconds."""
    await many.moves()
    entry = {"name": "Ms. " + "n" * 190, "function": "名" * 190}
    for number in range(count):
        people = [
            {"person": {**entry, "name": f"{entry['name'][:180]} {number}.{each}"}}
            for each in range(ENTRIES[size])
        ]
        await asyncio.to_thread(served.do, "insert", list=LIST, entries=people)
        await asyncio.sleep(PAUSE_S)
    await asyncio.sleep(SETTLE_S)
    durable = served.stamps()
    waits: list[float] = []
    for row in await many.moves():
        # nobody hears more than one commit at once but who stood still
        if row["count"] < CLIENTS - 1 or row["seq"] not in durable:
            continue
        first = row["first"] - durable[row["seq"]]
        waits += [figures.ms(first + each) for each in row["offsets"]]
    assert len(waits) > count * 50, "the others did not hear the changes"
    return waits


def _pin(pid: int) -> None:
    os.sched_setaffinity(pid, {LOAD_CORE % (os.cpu_count() or 1)})
