"""What follows from who is connected: attendance, silence, nobody at the floor."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec import structs

from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.actor import CONTROL
from rostra.core.ids import Instant
from rostra.core.profile import Profile
from rostra.engine.outcomes import Accepted
from rostra.engine.room import Room
from rostra.engine.rooms import Rooms
from rostra.protocol.messages import convert_command
from rostra.web.attention import Attention
from rostra.web.identity import Identity, identify
from rostra.web.submit import digest
from support.rooms import HandClock
from web.house import (
    CHAIR,
    DELEGATE,
    DEPUTY,
    MODERATOR,
    OTHER_DELEGATE,
    PROFILE,
    QUICK,
    VIEWER,
    XAD,
    XAE,
    House,
    command,
    founding,
    opened,
)

LIMITS = structs.replace(QUICK, attended_s=2.0, silent_s=5.0, unattended_s=15.0)
HOLDS: Profile = structs.replace(PROFILE, auto_hold=True)


class Watch:
    """A room, what watches its people, and a clock that is set by hand."""

    def __init__(self, room: Room, clock: HandClock) -> None:
        self.room = room
        self.clock = clock
        self.start = clock.now()
        self.attention = Attention(room, LIMITS, self.seconds)

    def seconds(self) -> float:
        """The clock of the web part."""
        return (self.clock.now() - self.start) / 1000

    def person(self, link: Any) -> Identity:
        """Who holds *link*."""
        return identify(self.room.meeting, self.room.meeting.links[link.id])

    def joined(self, *links: Any) -> None:
        """Devices of these links join."""
        for each in links:
            self.attention.arrived(self.person(each))

    def gone(self, *links: Any) -> None:
        """Devices of these links are gone."""
        for each in links:
            self.attention.left(self.person(each))

    async def wait(self, seconds: float) -> None:
        """Time passes, the hall ticks, and the room has done what it was asked."""
        self.clock.advance(int(seconds * 1000))
        self.attention.tick()
        for _ in range(20):
            await asyncio.sleep(0)

    async def act(self, type_: str, **fields: Any) -> dict[str, Any]:
        """A command of the server's own."""
        body = convert_command(command(type_, **fields))
        outcome = await self.room.submit(body, CONTROL, digest(body))
        assert isinstance(outcome, Accepted), outcome
        return outcome.result

    async def lobby(self) -> None:
        """The lobby opens."""
        await self.act("open_lobby", expect={"state": "scheduled"})

    async def speaking(self) -> str:
        """XAD speaks; the id of the intervention."""
        await self.lobby()
        await self.act("call_to_order", expect={"state": "lobby"})
        entry = {"delegation": XAD}
        put = await self.act("insert", list="l1.0", entries=[entry])
        (request,) = put["requests"]
        called = await self.act("call", request=request, expect={"head": request})
        key: str = called["intervention"]
        await self.act("start", expect={"intervention": key, "phase": "called"})
        return key

    @property
    def sources(self) -> dict[str, tuple[str, ...]]:
        """How it is known of whom that they were there."""
        return {k: v.sources for k, v in self.room.meeting.attendance.items()}

    @property
    def clock_of_speaker(self) -> str:
        """What the clock on the floor does."""
        active = self.room.meeting.active
        assert active is not None
        return type(active.clock).__name__


@pytest.fixture
async def watch() -> AsyncIterator[Watch]:
    """A meeting whose rules hold the clock by themselves."""
    clock = HandClock()
    rooms = Rooms(MemoryJournal(), clock)
    made = structs.replace(founding(), profile=HOLDS)
    yield Watch(await rooms.create(made), clock)
    await rooms.close()


async def test_pads_that_have_joined_are_entered_together_in_one_commit(
    watch: Watch,
) -> None:
    await watch.lobby()
    before = watch.room.meeting.seq
    watch.joined(DELEGATE, OTHER_DELEGATE, DELEGATE, MODERATOR, VIEWER)
    await watch.wait(1)
    assert watch.sources == {}
    await watch.wait(1)
    assert watch.sources == {XAD: ("pad",), XAE: ("pad",)}
    assert watch.room.meeting.seq == before + 1
    await watch.wait(2)
    assert watch.room.meeting.seq == before + 1


async def test_a_pad_that_is_tried_before_the_lobby_opens_did_not_attend(
    watch: Watch,
) -> None:
    watch.joined(DELEGATE, OTHER_DELEGATE)
    await watch.wait(2)
    watch.gone(OTHER_DELEGATE)
    assert watch.sources == {}
    await watch.lobby()
    await watch.wait(2)
    assert watch.sources == {XAD: ("pad",)}


async def test_who_was_ticked_by_the_desk_is_entered_by_pad_too(watch: Watch) -> None:
    await watch.lobby()
    await watch.act("mark_attendance", delegations=[XAD])
    watch.joined(DELEGATE)
    await watch.wait(2)
    assert watch.sources == {XAD: ("tick", "pad")}


async def test_when_every_device_of_the_speaker_is_gone_the_clock_is_held(
    watch: Watch,
) -> None:
    watch.joined(DELEGATE, DELEGATE)
    await watch.speaking()
    watch.gone(DELEGATE)
    await watch.wait(60)
    assert watch.clock_of_speaker == "Running"
    watch.gone(DELEGATE)
    await watch.wait(4)
    assert watch.clock_of_speaker == "Running"
    await watch.wait(1)
    assert watch.clock_of_speaker == "Held"
    active = watch.room.meeting.active
    assert active is not None and active.line_lost


async def test_a_device_that_comes_back_in_time_holds_nothing(watch: Watch) -> None:
    watch.joined(DELEGATE)
    await watch.speaking()
    watch.gone(DELEGATE)
    await watch.wait(3)
    watch.joined(DELEGATE)
    await watch.wait(30)
    assert watch.clock_of_speaker == "Running"


async def test_who_never_had_a_device_is_not_silent(watch: Watch) -> None:
    watch.joined(DELEGATE)
    watch.gone(DELEGATE)
    await watch.wait(1)
    await watch.speaking()
    await watch.wait(60)
    assert watch.clock_of_speaker == "Running"


async def test_one_silence_holds_the_clock_once_and_the_next_one_again(
    watch: Watch,
) -> None:
    watch.joined(DELEGATE)
    key = await watch.speaking()
    watch.gone(DELEGATE)
    await watch.wait(5)
    paused = {"intervention": key, "phase": "paused"}
    await watch.act("resume", expect=paused)
    await watch.wait(30)
    assert watch.clock_of_speaker == "Running"
    watch.joined(DELEGATE)
    watch.gone(DELEGATE)
    await watch.wait(5)
    assert watch.clock_of_speaker == "Held"


async def test_who_held_the_clock_by_hand_and_let_it_go_on_is_not_overruled(
    watch: Watch,
) -> None:
    watch.joined(DELEGATE)
    key = await watch.speaking()
    watch.gone(DELEGATE)
    await watch.wait(2)
    await watch.act("line_lost", expect={"intervention": key, "phase": "speaking"})
    await watch.wait(1)
    await watch.act("resume", expect={"intervention": key, "phase": "paused"})
    await watch.wait(30)
    assert watch.clock_of_speaker == "Running"


async def test_without_the_profile_s_word_nothing_is_held(watch: Watch) -> None:
    text = 'id = "x"\ntitle = "X"\n[limits]\nstatement = 180\n'
    watch.joined(DELEGATE)
    await watch.speaking()
    await watch.act("set_profile", text=text)
    watch.gone(DELEGATE)
    await watch.wait(60)
    assert watch.clock_of_speaker == "Running"


async def test_a_meeting_without_a_console_is_unattended_after_a_while(
    watch: Watch,
) -> None:
    await watch.wait(14)
    assert not watch.attention.unattended
    await watch.wait(1)
    assert watch.attention.unattended
    watch.joined(MODERATOR, DEPUTY)
    assert not watch.attention.unattended
    watch.gone(MODERATOR)
    await watch.wait(60)
    assert not watch.attention.unattended
    watch.gone(DEPUTY)
    watch.joined(CHAIR, DELEGATE)
    await watch.wait(14)
    assert not watch.attention.unattended
    await watch.wait(1)
    assert watch.attention.unattended


async def test_nothing_is_asked_of_a_room_that_can_only_be_read(watch: Watch) -> None:
    await watch.lobby()
    watch.joined(DELEGATE)
    watch.room.read_only = True
    await watch.wait(5)
    watch.room.read_only = False
    assert watch.sources == {}
    assert watch.room.meeting.at <= Instant(watch.clock.now())


async def test_every_screen_is_told_that_nobody_operates() -> None:
    async with opened(structs.replace(QUICK, unattended_s=0.2)) as house:
        pad = await house.joined(DELEGATE)
        assert pad.welcome["unattended"] is False
        while not (await pad.event("beat"))[1]["unattended"]:
            pass
        later = await house.joined(VIEWER)
        assert later.welcome["unattended"] is True
        console = await house.joined(MODERATOR)
        assert console.welcome["unattended"] is False
        while (await pad.event("beat"))[1]["unattended"]:
            pass


async def test_consoles_see_whether_the_link_that_holds_the_gavel_is_there(
    house: House,
) -> None:
    deputy = await house.joined(DEPUTY)
    console = await house.joined(MODERATOR)
    found: dict[str, Any] = {}
    while MODERATOR.id not in {each["link"] for each in found.values()}:
        found |= (await deputy.event("here"))[1]["set"]
    mine = [key for key, each in found.items() if each["link"] == MODERATOR.id]
    await console.ws.close()
    dropped: list[str] = []
    while not dropped:
        dropped = (await deputy.event("here"))[1]["drop"]
    assert dropped == mine
