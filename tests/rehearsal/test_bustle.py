"""Many changes a second, and the rush, on a real server."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rostra.rehearsal.bustle import list_to_ask_for
from rostra.rehearsal.crew import Cast, Crew
from rostra.rehearsal.diary import Diary
from rostra.rehearsal.wire import Wire
from support.rooms import founding
from support.served_app import served

CODES = ("xad", "xae", "xal", "xah")


@pytest.fixture
async def cast(tmp_path: Path) -> AsyncIterator[Cast]:
    """An operator and four delegations of a meeting that is served."""
    async with served(tmp_path, founding()) as (app, (room,)):
        yield Cast(
            base=str(app.client.make_url("/")).rstrip("/"),
            operator=app.token(room, "op1"),
            delegations={code.upper(): app.token(room, code) for code in CODES},
        )


async def played(cast: Cast, seconds: float) -> Diary:
    """What was noted in so many seconds after everybody was there."""
    diary = Diary()
    crew = Crew(cast, print, diary=diary, hold=True)
    acting = asyncio.create_task(crew.run())
    try:
        async with asyncio.timeout(20):
            while crew.connected <= len(cast.delegations):
                await asyncio.sleep(0.02)
        assert diary.pressed == [], "nobody acts before it begins"
        crew.begin()
        await asyncio.sleep(seconds)
        return diary
    finally:
        acting.cancel()
        await asyncio.wait({acting})


def with_(cast: Cast, rate: float | None, *, rush: bool) -> Cast:
    """The same people, busier."""
    return Cast(
        base=cast.base,
        operator=cast.operator,
        delegations=cast.delegations,
        changes_per_s=rate,
        rush=rush,
    )


@pytest.mark.torture
async def test_there_are_so_many_changes_a_second_as_were_asked_for(
    cast: Cast,
) -> None:
    diary = await played(with_(cast, 6.0, rush=False), 4.0)
    kinds = [p.type for p in diary.pressed if p.type in ("request_floor", "withdraw")]
    assert 10 <= len(kinds) <= 26
    assert {"request_floor", "withdraw"} == set(kinds)
    assert diary.gaps == diary.unanswered == 0
    assert all(each.sent < each.answered for each in diary.pressed)


@pytest.mark.torture
async def test_in_a_rush_all_ask_within_a_second(cast: Cast) -> None:
    diary = await played(with_(cast, None, rush=True), 3.5)
    assert diary.rush is not None
    began, ended = diary.rush
    asked = [each for each in diary.pressed if each.type == "request_floor"]
    rushed = [each for each in asked if began <= each.sent <= ended]
    assert len(rushed) == len(CODES)
    took = max(each.sent for each in rushed) - min(each.sent for each in rushed)
    assert 0.05e9 < took <= 1.1e9
    assert {each.seq is not None for each in rushed} == {True}


def test_without_a_view_there_is_no_list_to_ask_for() -> None:
    desk = Wire("http://127.0.0.1:9", "token", "device", random.Random(1))
    assert list_to_ask_for(desk) is None
