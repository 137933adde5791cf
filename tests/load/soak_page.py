"""A real page among ten thousand listeners: from the commit to what is on its screen.

The page is a viewer's in Chromium; an operator makes announcements. The time counts
from the moment when the journal's thread has the commit on the disk to the moment when
the page's document holds the text, and to the next frame that is painted after it.
"""

import asyncio
import os
import re
import time
from typing import Any, cast

from playwright.async_api import async_playwright

from load import figures
from load.ours import Ours, ours
from load.plan import Plan
from load.processes import LOAD_CORE
from rostra.rehearsal.crowds import crowd
from support.chromium import chromium
from support.pages import Company
from support.served import Served

CONNECT_PER_S = 700
PAUSE_S = 0.25
LIVE_MS = 30_000

#: Notes when each text came into the document, and when the next frame was painted.
WATCH = """
() => {
  window.seen = {};
  const look = () => {
    for (const [text] of document.body.textContent.matchAll(/Change \\d+;/g)) {
      if (window.seen[text]) continue;
      const at = [Date.now(), 0];
      window.seen[text] = at;
      requestAnimationFrame(() => requestAnimationFrame(() => { at[1] = Date.now(); }));
    }
  };
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, characterData: true,
  });
}
"""


class Door:
    """What pages have to know of a server."""

    def __init__(self, served: Ours) -> None:
        self.base = f"http://127.0.0.1:{served.port}"
        self._links = served.meetings[0]

    def token(self, who: str) -> str:
        """The token of an office."""
        return str(self._links[who])


def measure(plan: Plan) -> dict[str, Any]:
    """One page, and all the others."""
    with ours(plan.folder / "page") as served:
        served.in_session(40)
        found = asyncio.run(_among(served, plan.page_clients, plan.page_changes))
    figures.show(clients=plan.page_clients, **found["document_ms"])
    return {"clients": plan.page_clients, **found}


async def _among(served: Ours, clients: int, changes: int) -> dict[str, Any]:
    door, launch = Door(served), chromium()
    async with (
        crowd(door.base, [door.token("viewer")]) as many,
        async_playwright() as playwright,
    ):
        os.sched_setaffinity(many.pid, {LOAD_CORE % (os.cpu_count() or 1)})
        await many.connect(clients, rate=CONNECT_PER_S)
        browser = await playwright.chromium.launch(
            executable_path=launch.executable,
            args=list(launch.args),
            env={**os.environ, **launch.env},
        )
        viewer = await Company(browser, cast(Served, door)).join("viewer")
        await viewer.page.evaluate(WATCH)
        seqs = await _announce(served, changes)
        await asyncio.sleep(1)
        seen = await viewer.page.evaluate("window.seen")
        moves = {row["seq"]: row for row in await many.moves()}
        await browser.close()
        state = await many.ask("state")
    assert not any(state["breaks"].get(kind) for kind in ("gap", "again", "overlap"))
    stamps = served.stamps()
    # of the same machine's clocks
    to_wall = time.time_ns() - time.monotonic_ns()
    committed = {text: (stamps[seq] + to_wall) / 1e6 for text, seq in seqs.items()}
    lasts = [moves[seq]["last"] - stamps[seq] for seq in seqs.values() if seq in moves]
    assert seen.keys() == seqs.keys(), f"{len(seen)} of {len(seqs)} were shown"
    return {
        "document_ms": figures.spread([seen[x][0] - committed[x] for x in seqs]),
        "frame_ms": figures.spread([seen[x][1] - committed[x] for x in seqs]),
        "last_listener_ms": figures.spread([figures.ms(each) for each in lasts]),
    }


async def _announce(served: Ours, changes: int) -> dict[str, int]:
    """So many announcements; the commit of each, by its text."""
    seqs = {}
    for number in range(changes):
        text = f"Change {number};"
        done = await asyncio.to_thread(served.do, "announce", text=text)
        found = re.search(r"\d+", done["announcement"])
        assert found is not None
        seqs[text] = int(found[0])
        await asyncio.sleep(PAUSE_S)
    return seqs
