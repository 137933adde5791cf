"""What follows from who is connected, where several servers keep one meeting."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from rostra.core.alarms import Silent
from web.house import (
    CHAIR,
    DELEGATE,
    DEPUTY,
    MODERATOR,
    OTHER_DELEGATE,
    VIEWER,
    XAD,
    XAE,
)
from web.servers import Town, settled, town


@pytest.fixture
async def two() -> AsyncIterator[Town]:
    """The servers a and b."""
    async with town("a", "b") as made:
        yield made


@pytest.fixture
async def three() -> AsyncIterator[Town]:
    """The servers a, b and c."""
    async with town("a", "b", "c") as made:
        yield made


class TestUnattended:
    """Whether there is no console, anywhere."""

    async def test_one_console_anywhere_attends_on_all_servers(
        self, three: Town
    ) -> None:
        a, b, c = three.servers
        console = a.join(MODERATOR)
        b.join(VIEWER)
        c.join(CHAIR)
        await three.wait(60)
        assert not (a.unattended or b.unattended or c.unattended)
        a.leave(console)
        b.join(DEPUTY)
        await three.wait(60)
        assert not (a.unattended or b.unattended or c.unattended)

    async def test_without_any_it_is_unattended_after_a_while_until_one_comes(
        self, two: Town
    ) -> None:
        a, b = two.servers
        console = a.join(MODERATOR)
        b.join(DELEGATE)
        await two.wait(30)
        a.leave(console)
        a.join(VIEWER)
        await two.wait(14)
        assert not (a.unattended or b.unattended)
        await two.wait(5)
        assert a.unattended and b.unattended
        a.join(DEPUTY)
        assert not a.unattended
        await two.wait(2)
        assert not b.unattended

    async def test_a_console_that_moves_leaves_nothing_unattended(
        self, two: Town
    ) -> None:
        a, b = two.servers
        console = a.join(MODERATOR)
        b.join(DELEGATE)
        a.join(VIEWER)
        await two.wait(30)
        a.leave(console)
        await two.wait(10)
        b.join(MODERATOR)
        for _ in range(60):
            await two.wait(1)
            assert not (a.unattended or b.unattended)

    async def test_a_redis_that_is_away_makes_nothing_unattended(
        self, two: Town
    ) -> None:
        a, b = two.servers
        a.join(MODERATOR)
        b.join(DELEGATE)
        await two.wait(30)
        two.board.broken = True
        for _ in range(120):
            await two.wait(1)
            assert not b.unattended
        two.board.broken = False
        for _ in range(60):
            await two.wait(1)
            assert not b.unattended

    async def test_what_was_unattended_before_redis_went_is_so_still(
        self, two: Town
    ) -> None:
        _, b = two.servers
        b.join(DELEGATE)
        await two.wait(30)
        assert b.unattended
        two.board.broken = True
        await two.wait(30)
        assert b.unattended
        b.join(MODERATOR)
        assert not b.unattended

    async def test_the_console_of_a_server_that_died_is_missed(self, two: Town) -> None:
        a, b = two.servers
        a.join(MODERATOR)
        b.join(DELEGATE)
        await two.wait(30)
        a.dead = True
        await two.wait(15)
        assert not b.unattended, "its client may not have noticed yet"
        await two.wait(10)
        assert b.unattended

    async def test_whoever_comes_to_an_empty_server_is_told_nothing_untrue(
        self, two: Town
    ) -> None:
        a, b = two.servers
        a.join(MODERATOR)
        await two.wait(120)
        b.join(VIEWER)
        assert not b.unattended
        for _ in range(30):
            await two.wait(1)
            assert not b.unattended

    async def test_whoever_comes_to_an_empty_server_waits_as_long_as_others(
        self, two: Town
    ) -> None:
        _, b = two.servers
        await two.wait(120)
        b.join(VIEWER)
        await two.wait(14)
        assert not b.unattended
        await two.wait(4)
        assert b.unattended


class TestSilence:
    """Whether every device of the speaker is gone, from all servers."""

    async def test_a_device_elsewhere_is_a_line_that_is_not_lost(
        self, two: Town
    ) -> None:
        a, b = two.servers
        one = a.join(DELEGATE)
        b.join(DELEGATE)
        await two.wait(2)
        await two.speaking()
        a.leave(one)
        a.join(MODERATOR)
        await two.wait(60)
        assert a.clock == b.clock == "Running"

    async def test_the_last_device_on_whichever_server_holds_the_clock_once(
        self, three: Town
    ) -> None:
        a, b, c = three.servers
        one, other = a.join(DELEGATE), b.join(DELEGATE)
        for each in three.servers:
            each.join(VIEWER)
        await three.wait(2)
        key = await three.speaking()
        b.leave(other)
        await three.wait(1)
        a.leave(one)
        since = three.clock.now()
        await three.wait(4)
        assert {each.clock for each in three.servers} == {"Running"}
        await three.wait(6)
        assert {each.clock for each in three.servers} == {"Held"}
        held = await three.events("ClockHeld")
        assert len(held) == 1
        assert held[0].origin.command == Silent(key, since).id
        await three.wait(30)
        assert len(await three.events("ClockHeld")) == 1
        assert c.hall.room.meeting.seq == a.hall.room.meeting.seq

    async def test_who_lets_the_clock_go_on_is_not_overruled_by_another_server(
        self, three: Town
    ) -> None:
        a, b, c = three.servers
        pad = a.join(DELEGATE)
        for each in three.servers:
            each.join(VIEWER)
        await three.wait(2)
        key = await three.speaking()
        a.leave(pad)
        c.dead = True  # it hears of nothing for a while
        await three.wait(10)
        assert b.clock == "Held"
        await three.act("resume", expect={"intervention": key, "phase": "paused"})
        c.dead = False
        await three.wait(30)
        assert {each.clock for each in three.servers} == {"Running"}
        again = b.join(DELEGATE)
        await three.wait(3)
        b.leave(again)
        await three.wait(10)
        assert {each.clock for each in three.servers} == {"Held"}

    @pytest.mark.parametrize("away_s", [0.5, 2, 4, 4.9])
    async def test_a_device_that_moves_in_time_is_not_lost(
        self, two: Town, away_s: float
    ) -> None:
        a, b = two.servers
        pad = a.join(DELEGATE)
        b.join(MODERATOR)
        a.join(VIEWER)
        await two.wait(2)
        await two.speaking()
        await two.wait(0.3)
        a.leave(pad)
        await two.wait(away_s)
        b.join(DELEGATE)
        await two.wait(60)
        assert a.clock == b.clock == "Running"

    async def test_who_moves_to_a_server_that_says_nothing_for_a_while_is_not_lost(
        self, two: Town
    ) -> None:
        """What it has to say is waited for as long as it may be there."""
        a, b = two.servers
        pad = a.join(DELEGATE)
        a.join(MODERATOR)
        viewer = b.join(VIEWER)
        await two.wait(2)
        b.leave(viewer)
        await two.wait(2)
        b.join(VIEWER)
        await two.wait(2)
        await two.speaking()
        a.leave(pad)
        await two.wait(4)
        b.peers.cut = True
        b.join(DELEGATE)
        await two.wait(3)
        b.peers.cut = False
        await two.wait(60)
        assert a.clock == b.clock == "Running"

    async def test_who_moves_in_time_to_a_server_that_had_nobody_is_not_lost(
        self, two: Town
    ) -> None:
        """It is heard of a moment later than it came."""
        a, b = two.servers
        pad = a.join(DELEGATE)
        a.join(MODERATOR)
        await two.wait(2)
        await two.speaking()
        a.leave(pad)
        await two.wait(4.9)
        b.join(DELEGATE)
        b.peers.gate.clear()
        exchange = asyncio.create_task(b.company.exchange())
        b.dead = True  # this once its word takes a second
        await two.wait(1)
        b.peers.gate.set()
        await exchange
        b.dead = False
        await two.wait(60)
        assert a.clock == b.clock == "Running"

    async def test_a_server_whose_last_person_leaves_is_not_waited_for(
        self, two: Town
    ) -> None:
        a, b = two.servers
        pad = a.join(DELEGATE)
        a.join(MODERATOR)
        viewer = b.join(VIEWER)
        await two.wait(2)
        await two.speaking()
        a.leave(pad)
        await two.wait(4)
        b.leave(viewer)
        await two.wait(2)
        assert a.clock == "Running"
        await two.wait(1)
        assert a.clock == "Held"

    async def test_a_server_that_dies_leaves_its_devices_the_time_to_notice(
        self, two: Town
    ) -> None:
        """13 s without a ping, then 5 s as for everybody."""
        a, b = two.servers
        a.join(DELEGATE)
        b.join(MODERATOR)
        await two.wait(2)
        await two.speaking()
        a.dead = True
        await two.wait(16)
        b.join(DELEGATE)
        await two.wait(60)
        assert b.clock == "Running"

    async def test_a_line_that_died_with_its_server_is_lost_once(
        self, three: Town
    ) -> None:
        a, b, c = three.servers
        a.join(DELEGATE)
        b.join(MODERATOR)
        c.join(VIEWER)
        await three.wait(2)
        await three.speaking()
        a.dead = True
        last_word = three.clock.now()
        await three.wait(17)
        assert b.clock == c.clock == "Running"
        await three.wait(4)
        assert b.clock == c.clock == "Held"
        (held,) = await three.events("ClockHeld")
        assert held.origin.command.endswith(f":{last_word}")

    async def test_nobody_falls_silent_because_redis_is_away(self, two: Town) -> None:
        a, b = two.servers
        pad = a.join(DELEGATE)
        b.join(DELEGATE)
        a.join(MODERATOR)
        await two.wait(2)
        await two.speaking()
        two.board.broken = True
        await two.wait(2)
        a.leave(pad)
        await two.wait(60)
        assert a.clock == "Running"
        two.board.broken = False
        await two.wait(30)
        assert a.clock == b.clock == "Running"

    async def test_who_cannot_hear_of_the_others_raises_nothing(
        self, two: Town
    ) -> None:
        a, b = two.servers
        pad = a.join(DELEGATE)
        a.join(VIEWER)
        b.join(MODERATOR)
        await two.wait(2)
        await two.speaking()
        a.peers.cut = True
        a.leave(pad)
        b.join(DELEGATE)
        await two.wait(60)
        assert a.clock == b.clock == "Running"

    async def test_a_server_that_stops_hands_its_devices_on(self, two: Town) -> None:
        a, b = two.servers
        a.join(DELEGATE)
        b.join(MODERATOR)
        await two.wait(2)
        await two.speaking()
        a.dead = True
        await a.halls.stop()
        await two.wait(3)
        moved = b.join(DELEGATE)
        await two.wait(30)
        assert b.clock == "Running"
        b.leave(moved)
        await two.wait(10)
        assert b.clock == "Held"

    async def test_a_line_that_was_lost_with_a_stop_is_lost_after_the_usual_time(
        self, two: Town
    ) -> None:
        a, b = two.servers
        a.join(DELEGATE)
        b.join(MODERATOR)
        await two.wait(2)
        await two.speaking()
        a.dead = True
        await a.halls.stop()
        await two.wait(8)
        assert b.clock == "Held"

    async def test_nothing_is_asked_while_the_journal_takes_nothing(
        self, two: Town
    ) -> None:
        a, b = two.servers
        pad = a.join(DELEGATE)
        a.join(MODERATOR)
        await two.wait(2)
        await two.speaking()
        a.hall.room.unreached = True
        a.leave(pad)
        b.dead = True
        await two.wait(20)
        assert a.clock == "Running"
        a.hall.room.unreached = False
        await two.wait(2)
        assert a.clock == "Held"


class TestAttended:
    """Pads that came are written down once."""

    async def test_each_server_enters_its_own_pads_and_one_on_both_once(
        self, two: Town
    ) -> None:
        a, b = two.servers
        await two.lobby()
        a.join(DELEGATE)
        b.join(DELEGATE)
        b.join(OTHER_DELEGATE)
        await two.wait(3)
        attendance = a.hall.room.meeting.attendance
        assert {k: v.sources for k, v in attendance.items()} == {
            XAD: ("pad",),
            XAE: ("pad",),
        }
        marked = [
            event.delegations  # type: ignore[union-attr]
            for record in await two.events("AttendanceMarked")
            for event in record.events
        ]
        assert marked == [(XAD,), (XAE,)]

    async def test_two_servers_that_ask_at_the_same_moment_are_no_trouble(
        self, two: Town
    ) -> None:
        a, b = two.servers
        await two.lobby()
        a.join(DELEGATE)
        a.join(OTHER_DELEGATE)
        b.join(DELEGATE)
        two.clock.advance(3000)
        for server in two.servers:
            server.hall.tick()
        await settled()
        await two.wait(10)
        attendance = b.hall.room.meeting.attendance
        assert sorted(attendance) == [XAD, XAE]
        assert a.hall.room.meeting.seq == b.hall.room.meeting.seq
