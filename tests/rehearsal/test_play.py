"""A whole rehearsal against the real application, and one that nobody lets in."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from rostra.rehearsal.crew import Cast
from rostra.rehearsal.machine import Reading, reading
from rostra.rehearsal.play import Plan, Play, shares
from rostra.rehearsal.report import report
from support.rooms import founding
from support.served_app import App, served

LISTENERS = 60


class Here:
    """The server is this process."""

    async def reading(self) -> Reading | None:
        """What it has used."""
        return reading(os.getpid())

    async def restart(self) -> tuple[int, int]:
        """Cannot be done to oneself."""
        raise AssertionError


@pytest.fixture
async def plan(tmp_path: Path) -> AsyncIterator[tuple[Plan, App, Any]]:
    """Four who act and sixty who listen, in two processes."""
    async with served(tmp_path, founding()) as (app, (room,)):
        base = str(app.client.make_url("/")).rstrip("/")
        codes = ("xad", "xae", "xal", "xah")
        cast = Cast(
            base=base,
            operator=app.token(room, "op1"),
            delegations={code.upper(): app.token(room, code) for code in codes},
            changes_per_s=6.0,
        )
        made = Plan(
            base=base,
            cast=cast,
            tokens=(app.token(room, "viewer"),),
            listeners=LISTENERS,
            seconds=4.0,
            processes=2,
        )
        yield made, app, room


async def test_everybody_is_told_everything_and_it_is_reported(
    plan: tuple[Plan, App, Any],
) -> None:
    lines: list[str] = []
    play = Play(plan[0], Here(), lambda each: lines.append(each.phase), print)
    found = await play.run()
    made = report(found)
    assert made.kept, made.promises
    assert (made.came, made.delegations) == (LISTENERS, 4)
    assert 8 <= made.changes <= plan[2].meeting.seq
    assert made.deliveries >= 8 * LISTENERS
    assert made.acknowledged and made.shown and made.shown_to_last
    assert made.acknowledged.count >= 8
    assert made.shown_to_last.p50 >= made.shown.p50
    assert made.generator["processes"] == 2
    assert found.places == [{"seq": plan[2].meeting.seq, "count": LISTENERS}]
    assert {"Connecting", "Playing", "Settling"} <= set(lines)


@pytest.mark.torture
async def test_it_can_be_stopped_with_the_figures_so_far(
    plan: tuple[Plan, App, Any],
) -> None:
    long = structs.replace(plan[0], seconds=600.0)
    play = Play(long, Here(), lambda _: None, print)
    running = asyncio.create_task(play.run())
    async with asyncio.timeout(30):
        while play.phase != "Playing" or play.seconds < 2:
            await asyncio.sleep(0.05)
        play.stop()
        found = await running
    made = report(found)
    assert made.stopped
    assert made.kept
    assert made.changes > 0


async def test_listeners_whose_link_is_wrong_fail_the_rehearsal(
    plan: tuple[Plan, App, Any],
) -> None:
    wrong = structs.replace(plan[0], tokens=("rl_harbour.viewer.wrong",), seconds=0.1)
    play = Play(wrong, Here(), lambda _: None, print)
    async with asyncio.timeout(30):
        found = await play.run()
    assert "refused unauthorized" in found.troubles[0]
    assert not report(found).kept


@pytest.mark.parametrize(("count", "among"), [(10, 3), (3, 5), (0, 2), (5, 0)])
def test_listeners_are_shared_out(count: int, among: int) -> None:
    parts = shares(count, among)
    assert sum(parts) == (count if among else 0)
    assert len(parts) == among
    assert not parts or max(parts) - min(parts) <= 1
