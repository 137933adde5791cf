"""Lines that fail: a page that was cut off has missed nothing when it is back.

The proxy is ours and between one page and the server; all other pages have good lines.
"""

import asyncio
import time
from itertools import pairwise
from typing import Any

import pytest
from playwright.async_api import expect

from rostra.engine.history import TAIL
from support.pages import Company
from support.proxy import Line
from support.served import Served

pytestmark = pytest.mark.e2e

CUT_S = 10
CHANGES = 24


async def test_a_page_cut_off_for_ten_seconds_resumes_and_a_longer_one_starts_anew(
    people: Company,
) -> None:
    served = people.served
    await in_session(served)
    async with Line(served.port) as short, Line(served.port) as long:
        display, console = await asyncio.gather(
            people.join("display", base=short.base),
            people.join("moderator", base=long.base),
        )
        cut_at = time.monotonic()
        before = (await served.state())["seq"]
        await asyncio.gather(short.cut(), long.cut())
        for n in range(CHANGES):
            await change(served, n)
        after = (await served.state())["seq"]
        assert after - before >= 20
        await console.reads(
            "Not connected since", "What you see is how things stood then."
        )
        await asyncio.sleep(max(0.0, cut_at + CUT_S - time.monotonic()))
        assert (await display.known())["seq"] == before
        await short.restore()
        await display.has_reached(after)
        known = await display.known()
        assert (known["mode"], known["reason"]) == ("resume", None)
        assert len(known["welcomes"]) == 2
        covers_each_seq_once(known, before, (await served.state())["seq"])
        await display.reads(f"Change {CHANGES - 1}")

        # the other page stays away until the tail of the history has passed it
        last = await changes_one_by_one(served, TAIL + 1)
        await long.restore()
        await console.has_reached(last)
        known = await console.known()
        assert (known["mode"], known["reason"]) == ("snapshot", "too_old")
        assert known["seq"] == (await served.state())["seq"]
        await expect(console.page.locator("[data-row]")).to_have_count(
            len(await waiting(served))
        )
        await display.has_reached(last)
        covers_each_seq_once(await display.known(), before, last)
        for each in people.people:
            each.is_well(cut=True)


async def in_session(served: Served) -> None:
    await served.command("open_lobby", expect={"state": "scheduled"})
    await served.command("call_to_order", expect={"state": "lobby"})


async def change(served: Served, n: int) -> None:
    """Something that everybody sees, and a request that comes or goes."""
    await served.command("announce", text=f"Change {n}")
    code = sorted(served.links["delegations"])[n]
    await served.command(
        "insert", list="l1.2", entries=[{"delegation": code, "kind": "statement"}]
    )


async def changes_one_by_one(served: Served, count: int) -> int:
    """So many turns of the room, each a step of its history; the seq afterwards."""
    for n in range(count):
        await served.command("announce", text=f"More changes, {n}")
    seq: int = (await served.state())["seq"]
    return seq


async def waiting(served: Served) -> Any:
    """The requests on the list that the console shows."""
    return (await served.state())["state"]["order"].get("l1.0", [])


def covers_each_seq_once(known: Any, first: int, last: int) -> None:
    """The spans that the page applied follow each other without gap or overlap."""
    spans = known["seqs"]
    assert spans[0][0] <= first, (spans, first)
    for (_, end), (begin, _) in pairwise(spans):
        assert begin == end, spans
    assert spans[-1][1] == last, (spans, last)
