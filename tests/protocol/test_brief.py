"""Entities in short: nothing is lost, and the client fills in from the same table."""

import random
import subprocess
import sys
from typing import Any

import pytest

from rostra.core.entities import COLLECTIONS
from rostra.core.ids import Audience, Code
from rostra.core.views import snapshot
from rostra.protocol.brief import (
    USUAL,
    brief,
    brief_collections,
    brief_mine,
    brief_rows,
    filled,
    filled_collections,
    filled_mine,
    seen_by_all,
)
from support.rooms import AUDIENCES, ROOT, HandClock, opened, plain
from support.walk import Walk

USUAL_TS = ROOT / "client" / "src" / "generated" / "usual.ts"


@pytest.mark.parametrize("seed", range(2))
async def test_what_was_made_short_can_be_filled_in_again(seed: int) -> None:
    clock = HandClock()
    async with opened(clock=clock) as (_, room):
        walk = Walk(room, random.Random(seed))
        for _ in range(150):
            clock.advance(1_000)
            await walk.step()
        for audience in AUDIENCES:
            whole = plain(snapshot(room.meeting, audience))
            short = plain(brief_collections(snapshot(room.meeting, audience)))
            assert filled_collections(short) == whole
        for code in map(Code, ("XAD", "XAE", "XAL", "XAH")):
            mine = room.mine(code)
            assert filled_mine(plain(brief_mine(mine))) == plain(mine)


def test_what_is_usual_is_left_out_and_so_is_the_id() -> None:
    row = {"id": "r1.0", "kind": "statement", "turn": 0, "why": (), "person": None}
    assert brief("requests", row) == {}
    row = {"id": "r1.0", "kind": "question", "turn": 1, "why": ("lot:1",)}
    assert brief("requests", row) == {"kind": "question", "turn": 1, "why": ("lot:1",)}
    assert filled("requests", "r1.0", {})["id"] == "r1.0"


def test_nothing_of_another_kind_is_said() -> None:
    assert brief("lists", {"closes_at": 0, "count": 0}) == {"closes_at": 0}


@pytest.mark.parametrize("audience", AUDIENCES)
async def test_views_are_made_short_as_any_row_is(audience: Audience) -> None:
    async with opened() as (_, room):
        walk = Walk(room, random.Random(7))
        for _ in range(80):
            await walk.step()
        for name, rows in snapshot(room.meeting, audience).items():
            one_by_one = {key: brief(name, row) for key, row in rows.items()}
            assert brief_rows(name, rows) == one_by_one


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_only_some_audiences_see_is_always_said(collection: str) -> None:
    assert USUAL[collection].keys() < set(seen_by_all(collection))


def test_the_clients_table_is_this_one() -> None:
    """Where this fails: `npm run generate` in client/."""
    tools = ROOT / "client" / "node_modules" / ".bin"
    if not (tools / "biome").exists():
        pytest.skip("the client's tools are not installed (make setup)")
    command: list[Any] = [sys.executable, "-m", "rostra.protocol.brief"]
    made = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    path = USUAL_TS.relative_to(ROOT / "client")
    formatted = subprocess.run(
        [str(tools / "biome"), "format", f"--stdin-file-path={path}"],
        cwd=ROOT / "client",
        input=made,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert formatted == USUAL_TS.read_text(encoding="utf-8")
