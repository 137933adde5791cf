"""The seam between a meeting and its clients, without a socket."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec import structs

from rostra.adapters.clock import SystemClock
from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.actor import CONTROL
from rostra.core.ids import Audience, Code
from rostra.engine.outcomes import Accepted
from rostra.engine.room import Room
from rostra.engine.rooms import Rooms
from rostra.protocol.messages import Bye, convert_command
from rostra.web import frames
from rostra.web.fanout import Client, Fanout
from rostra.web.frames import Frame
from rostra.web.submit import digest
from web.house import QUICK, XAD, XAE, command, founding

LIMITS = structs.replace(QUICK, lag_deltas=5, lag_s=30.0)


class Pipe:
    """An outlet that takes everything; :meth:`Hall.hold` lets it hold bytes."""

    raw = -1

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.writes = 0
        self.clear = True
        self.bye: Bye | None = None

    def write(self, *messages: Frame) -> None:
        self.frames += messages
        self.writes += 1

    def rest(self, data: bytes) -> None:
        raise AssertionError("nothing is written past it")

    def abort(self) -> None:
        raise AssertionError("nothing fails")

    def goodbye(self, bye: Bye) -> None:
        self.bye = bye

    def events(self) -> list[tuple[str, Any]]:
        """What was written, read back; then nothing is."""
        frames, self.frames = self.frames, []
        return [(each.name, json.loads(each.body)) for each in frames]


class Hall:
    """A room, a fan-out over it, and a clock that is set by hand."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.now = 0.0
        self.fanout = Fanout(room, LIMITS, lambda: self.now)
        room.subscribe(self.fanout.publish)

    def client(
        self, audience: Audience = "public", delegation: Code | None = None
    ) -> tuple[Client, Pipe]:
        """A client that stands at the present seq."""
        pipe = Pipe()
        client = Client(pipe, audience, delegation, lambda: None)
        client.seq = self.room.meeting.seq
        self.fanout.join(client)
        return client, pipe

    def hold(self, client: Client) -> None:
        """Its outlet holds bytes from now on."""
        client.outlet.clear = False
        self.fanout.held(client)

    def release(self, client: Client) -> None:
        """Its outlet is empty again."""
        client.outlet.clear = True
        self.fanout.drained(client)

    async def act(self, type_: str, **fields: Any) -> dict[str, Any]:
        """A command of the server's own."""
        body = convert_command(command(type_, **fields))
        outcome = await self.room.submit(body, CONTROL, digest(body))
        assert isinstance(outcome, Accepted), outcome
        return outcome.result


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    """A meeting in session."""
    rooms = Rooms(MemoryJournal(), SystemClock())
    made = Hall(await rooms.create(founding()))
    await made.act("open_lobby", expect={"state": "scheduled"})
    await made.act("call_to_order", expect={"state": "lobby"})
    if made.room.meeting.segment is None:
        await made.act("go_to_segment", segment="s1.0", expect={"segment": None})
    yield made
    await rooms.close()


async def test_a_frame_is_made_once_and_shared(hall: Hall) -> None:
    pipes = [hall.client()[1] for _ in range(3)]
    await hall.act("announce", text="x")
    first, *others = [pipe.frames[0] for pipe in pipes]
    assert all(each is first for each in others)


async def test_one_who_is_full_is_left_and_gets_one_delta_later(hall: Hall) -> None:
    client, pipe = hall.client()
    other = hall.client()[1]
    start = client.seq
    hall.hold(client)
    for text in ("a", "b", "c"):
        await hall.act("announce", text=text)
    assert pipe.frames == [] and len(other.frames) == 3
    hall.release(client)
    ((name, delta),) = pipe.events()
    assert (name, delta["from"], delta["seq"]) == ("delta", start, start + 3)
    await hall.act("announce", text="d")
    assert pipe.events()[0][1]["from"] == start + 3


async def test_a_slow_delegate_gets_only_its_newest_layer(hall: Hall) -> None:
    client, pipe = hall.client(delegation=XAD)
    hall.hold(client)
    added = await hall.act("insert", list="l1.0", entries=[{"delegation": XAD}])
    await hall.act("withdraw", request=added["requests"][0])
    hall.release(client)
    (first, mine), (second, delta) = pipe.events()
    assert (first, second) == ("mine", "delta")
    assert mine["seq"] == delta["seq"] == hall.room.meeting.seq
    assert "requests" not in mine["state"]


async def test_a_layer_goes_to_its_own_delegation_only(hall: Hall) -> None:
    _, own = hall.client(delegation=XAD)
    _, other = hall.client(delegation=XAE)
    _, staff = hall.client("staff")
    await hall.act("insert", list="l1.0", entries=[{"delegation": XAD}])
    assert own.writes == 1
    assert [name for name, _ in own.events()] == ["mine", "delta"]
    assert [name for name, _ in other.events()] == ["delta"]
    assert [name for name, _ in staff.events()] == ["delta"]


async def test_one_who_lags_too_many_commits_is_cut(hall: Hall) -> None:
    client, pipe = hall.client()
    hall.hold(client)
    for number in range(LIMITS.lag_deltas):
        await hall.act("announce", text=str(number))
    hall.fanout.sweep()
    before = pipe.bye
    await hall.act("announce", text="one more")
    hall.fanout.sweep()
    assert (before, pipe.bye) == (None, Bye("slow", 0))
    await hall.act("announce", text="and later")
    assert pipe.frames == []


async def test_one_who_lags_too_long_is_cut(hall: Hall) -> None:
    client, pipe = hall.client()
    hall.hold(client)
    await hall.act("announce", text="x")
    hall.now = LIMITS.lag_s
    hall.fanout.sweep()
    before = pipe.bye
    hall.now += 0.1
    hall.fanout.sweep()
    assert (before, pipe.bye) == (None, Bye("slow", 0))


async def test_one_who_is_full_but_missed_nothing_is_not_cut(hall: Hall) -> None:
    client, pipe = hall.client()
    hall.hold(client)
    hall.now = 10_000.0
    hall.fanout.sweep()
    hall.fanout.beat()
    assert pipe.bye is None and pipe.frames == []


async def test_one_who_left_gets_nothing(hall: Hall) -> None:
    client, pipe = hall.client(delegation=XAD)
    hall.fanout.leave(client)
    hall.fanout.leave(client)
    await hall.act("insert", list="l1.0", entries=[{"delegation": XAD}])
    hall.fanout.beat()
    assert pipe.frames == []


async def test_beats_and_deltas_make_one_unbroken_line(hall: Hall) -> None:
    """Whatever is hidden from whom, each frame begins where the last ended."""
    clients = [hall.client(audience) for audience in ("public", "record", "staff")]
    starts = [client.seq for client, _ in clients]
    added = await hall.act("insert", list="l1.0", entries=[{"delegation": XAD}])
    request = added["requests"][0]
    called = await hall.act("call", request=request, expect={"head": request})
    clients.append(hall.client())
    starts.append(clients[-1][0].seq)
    hall.fanout.beat()
    expect = {"intervention": called["intervention"], "phase": "called"}
    await hall.act("start", expect=expect)
    await hall.act("extend", seconds=30, expect={**expect, "phase": "speaking"})
    hall.fanout.beat()
    for (client, pipe), start in zip(clients, starts, strict=True):
        at = start
        for _, frame in pipe.events():
            assert frame["from"] == at
            at = frame["seq"]
        assert at == client.seq == hall.room.meeting.seq
        assert frame["chain"] == hall.room.chain


async def test_hidden_changes_go_out_as_numbers_before_they_are_too_many(
    hall: Hall,
) -> None:
    """Else the first change that is seen would find everybody beyond the tail."""
    client, pipe = hall.client()
    for number in range(3 * LIMITS.lag_deltas):
        await hall.act("message", text=f"number {number}")
    frames = pipe.events()
    assert len(frames) >= 2 and {name for name, _ in frames} == {"beat"}
    assert hall.room.meeting.seq - client.seq <= LIMITS.lag_deltas // 4 + 1
    assert pipe.bye is None


async def test_one_who_holds_bytes_and_missed_only_hidden_changes_stays(
    hall: Hall,
) -> None:
    client, pipe = hall.client()
    await hall.act("message", text="hidden")
    hall.hold(client)
    hall.now = 10_000.0
    hall.fanout.sweep()
    assert pipe.bye is None


async def test_one_whose_welcome_does_not_fit_is_cut_as_well(hall: Hall) -> None:
    pipe = Pipe()
    pipe.clear = False
    client = Client(pipe, "public", None, lambda: None)
    client.seq = hall.room.meeting.seq
    hall.fanout.join(client)
    await hall.act("announce", text="x")
    hall.now = LIMITS.lag_s + 0.1
    hall.fanout.sweep()
    assert pipe.bye == Bye("slow", 0)


async def test_one_who_asks_and_does_not_read_is_cut_as_well(hall: Hall) -> None:
    client, pipe = hall.client()
    hall.hold(client)
    hall.fanout.say(client, frames.acknowledgement(1, {"now": 0}))
    hall.now = LIMITS.lag_s + 0.1
    hall.fanout.sweep()
    assert pipe.bye == Bye("slow", 0)
