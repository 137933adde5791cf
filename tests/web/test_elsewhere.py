"""Who is connected to other servers, as staff see it on this one."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from rostra.core.ids import InterventionId
from web.house import (
    CHAIR,
    DELEGATE,
    DESK,
    MODERATOR,
    OTHER_DELEGATE,
    RAPPORTEUR,
    VIEWER,
)
from web.servers import Town, settled, town


@pytest.fixture
async def two() -> AsyncIterator[Town]:
    """The servers a and b."""
    async with town("a", "b") as made:
        yield made


async def test_staff_of_each_server_see_the_devices_of_all_and_where_they_are(
    two: Town,
) -> None:
    a, b = two.servers
    console, desk = a.join(MODERATOR), b.join(DESK)
    pad, other = a.join(DELEGATE), b.join(OTHER_DELEGATE)
    await two.wait(2)
    everybody = {console.id: "a", pad.id: "a", desk.id: "b", other.id: "b"}
    assert console.sees == desk.sees == everybody
    assert pad.sees == {}
    a.leave(pad)
    third = b.join(DELEGATE)
    await two.wait(2)
    everybody = {console.id: "a", desk.id: "b", other.id: "b", third.id: "b"}
    assert console.sees == desk.sees == everybody


async def test_a_device_has_the_same_name_and_time_on_every_server(two: Town) -> None:
    a, b = two.servers
    console = a.join(MODERATOR)
    pad = b.join(DELEGATE)
    await two.wait(2)
    told = [each["set"][pad.id] for each in console.frames() if pad.id in each["set"]]
    assert told == [
        {
            "id": pad.id,
            "link": DELEGATE.id,
            "role": "delegate",
            "delegation": "XAD",
            "device": "Phone",
            "since": pad.present.since,
            "server": "b",
            "row": None,
            "label": "",
        }
    ]


async def test_in_which_row_a_rapporteur_works_is_seen_on_every_server(
    two: Town,
) -> None:
    a, b = two.servers
    one, other = a.join(RAPPORTEUR), b.join(RAPPORTEUR)
    await two.wait(2)
    assert one.sees == other.sees == {one.id: "a", other.id: "b"}
    b.hall.at(other, InterventionId("i1.0"))
    await two.wait(2)
    (change,) = one.frames()
    assert change["set"][other.id]["row"] == "i1.0"
    b.leave(other)
    await two.wait(2)
    assert one.sees == {one.id: "a"}


async def test_viewers_are_named_to_nobody_on_any_server(two: Town) -> None:
    a, b = two.servers
    console = a.join(MODERATOR)
    b.join(VIEWER)
    await two.wait(2)
    assert console.sees == {console.id: "a"}
    assert b"viewer" not in a.peers.board.words[a.hall.room.meeting_id]["b"].said


async def test_changes_elsewhere_come_as_changes_and_whoever_comes_gets_it_whole(
    two: Town,
) -> None:
    a, b = two.servers
    console = a.join(MODERATOR)
    pad = b.join(DELEGATE)
    await two.wait(2)
    console.frames()
    other = b.join(OTHER_DELEGATE)
    await two.wait(2)
    (change,) = console.frames()
    assert change["n"] > 0 and list(change["set"]) == [other.id]
    later = a.join(CHAIR)
    await two.wait(1)
    (whole, *_) = later.frames()
    assert whole["n"] == 0 and {pad.id, other.id, console.id} <= set(whole["set"])
    console.frames()
    await two.wait(5)
    assert console.frames() == [], "nothing changes, nothing is sent"


async def test_who_dies_vanishes_with_its_people_within_six_seconds(two: Town) -> None:
    a, b = two.servers
    console = a.join(MODERATOR)
    pad = b.join(DELEGATE)
    await two.wait(10)
    b.dead = True
    await two.wait(4)
    assert pad.id in console.sees
    await two.wait(2)
    assert console.sees == {console.id: "a"}
    b.dead = False
    await two.wait(2)
    assert console.sees == {console.id: "a", pad.id: "b"}


async def test_who_stops_takes_its_people_away_at_once(two: Town) -> None:
    a, b = two.servers
    console = a.join(MODERATOR)
    b.join(DELEGATE)
    await two.wait(10)
    b.dead = True
    await b.halls.stop()
    await two.wait(1)
    assert console.sees == {console.id: "a"}


async def test_a_redis_that_is_away_sends_nobody_away(two: Town) -> None:
    a, b = two.servers
    console, desk = a.join(MODERATOR), b.join(DESK)
    pad = b.join(DELEGATE)
    await two.wait(10)
    everybody = {console.id: "a", desk.id: "b", pad.id: "b"}
    two.board.broken = True
    await two.wait(60)
    assert console.sees == desk.sees == everybody
    two.board.broken = False
    b.dead = True  # it is slower to find Redis again
    await two.wait(4)
    assert console.sees == everybody
    b.dead = False
    await two.wait(10)
    assert console.sees == desk.sees == everybody


async def test_who_died_while_redis_was_away_vanishes_a_while_after(two: Town) -> None:
    a, b = two.servers
    console = a.join(MODERATOR)
    b.join(DELEGATE)
    await two.wait(10)
    two.board.broken = b.dead = True
    await two.wait(60)
    two.board.broken = False
    await two.wait(4)
    assert len(console.sees) == 2
    await two.wait(3)
    assert console.sees == {console.id: "a"}


async def test_a_server_without_people_asks_nothing_and_knows_nothing(
    two: Town,
) -> None:
    a, b = two.servers
    console = a.join(MODERATOR)
    pad = b.join(DELEGATE)
    await two.wait(2)
    b.leave(pad)
    await two.wait(2)
    assert console.sees == {console.id: "a"}
    asked = b.peers.exchanges
    await two.wait(10)
    assert b.peers.exchanges == asked
    a.leave(console)
    await two.wait(1)
    desk = b.join(DESK)
    await two.wait(2)
    assert desk.sees == {desk.id: "b"}


async def test_who_leaves_while_a_word_is_on_its_way_is_not_said_to_be_here(
    two: Town,
) -> None:
    a, b = two.servers
    console = a.join(MODERATOR)
    pad = b.join(DELEGATE)
    await two.wait(2)
    b.peers.gate.clear()
    exchange = asyncio.create_task(b.company.exchange())
    await settled()
    b.leave(pad)
    b.peers.gate.set()
    await exchange
    await two.wait(2)
    assert console.sees == {console.id: "a"}


async def test_what_is_not_understood_is_let_alone(
    two: Town, caplog: pytest.LogCaptureFixture
) -> None:
    a, b = two.servers
    console = a.join(MODERATOR)
    pad = b.join(DELEGATE)
    await two.wait(2)
    b.dead = True
    for _ in range(8):
        await b.peers.exchange({b.hall.room.meeting_id: b'{"of":"a later version"}'})
        await two.wait(1)
    assert console.sees == {console.id: "a", pad.id: "b"}
    assert len([each for each in caplog.records if "understood" in each.message]) == 1
    b.dead = False
    await two.wait(2)
    assert console.sees == {console.id: "a", pad.id: "b"}
